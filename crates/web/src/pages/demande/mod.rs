//! One demande on its own screen, and the screen that adds one.

pub mod changements;
pub mod detail;
pub mod fusion;
pub mod groupes;

pub mod brouillon;

mod commentaires;
mod conflit;
mod edition;
mod fiche;
pub mod formulaire;
mod historique;
pub mod nouvelle;
mod presence;
pub mod suite;

pub use fiche::nommer;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::PageTitle;

/// What stands for an identifier in the address of the screen that adds a demande.
pub const NOUVELLE: &str = "nouvelle";

/// The screen of one demande.
#[component]
pub fn DemandePage(
    /// Its identifier, or [`NOUVELLE`].
    id: String,
) -> impl IntoView {
    if id == NOUVELLE {
        return nouvelle::page();
    }
    let navigate = use_navigate();
    let on_close = Callback::new(move |()| navigate(&Route::Tableau.path(), NavigateOptions::default()));
    view! {
        <div class="demande-page">
            {retour()}
            <PageTitle title=texte::DEMANDE />
            <detail::Detail id on_close seule=true />
        </div>
    }
    .into_any()
}

/// The link back to the table.
fn retour() -> AnyView {
    view! {
        <p>
            <a class="fr-link" href=Route::Tableau.path()>{texte::RETOUR}</a>
        </p>
    }
    .into_any()
}
