//! The screens one cannot see: unknown, or not for this role.

use leptos::prelude::*;

use crate::routes::Route;
use crate::text::fr;
use crate::ui::PageTitle;

/// Unknown address.
#[component]
pub fn IntrouvablePage() -> impl IntoView {
    view! {
        <PageTitle title=fr::INTROUVABLE_TITRE />
        <p class="fr-text--lead">{fr::INTROUVABLE_TEXTE}</p>
        <p><a class="fr-btn" href=Route::Accueil.path()>{fr::RETOUR_ACCUEIL}</a></p>
    }
}

/// A screen that this role may not open.
#[component]
pub fn InterditPage() -> impl IntoView {
    view! {
        <PageTitle title=fr::INTERDIT_TITRE />
        <p class="fr-text--lead">{fr::INTERDIT_TEXTE}</p>
        <p><a class="fr-btn" href=Route::Accueil.path()>{fr::RETOUR_ACCUEIL}</a></p>
    }
}
