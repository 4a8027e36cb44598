//! The screens of those who work with candidatures.

use leptos::prelude::*;

use crate::pages::demande::DemandePage;
use crate::pages::introuvable::IntrouvablePage;
use crate::pages::tableau::TableauPage;
use crate::routes::Route;

/// The screen of an address of this program.
pub fn draw(route: Route) -> AnyView {
    match route {
        Route::Tableau => view! { <TableauPage /> }.into_any(),
        Route::Demande(id) => view! { <DemandePage id /> }.into_any(),
        _ => view! { <IntrouvablePage /> }.into_any(),
    }
}
