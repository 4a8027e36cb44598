//! The screens one cannot see: unknown, or not for this role.

use leptos::prelude::*;

use crate::routes::Route;
use crate::text::fr;
use crate::ui::plain::{element, link, paragraph, title};

/// Unknown address.
#[component]
pub fn IntrouvablePage() -> impl IntoView {
    refus(fr::INTROUVABLE_TITRE, fr::INTROUVABLE_TEXTE)
}

/// A screen that this role may not open.
#[component]
pub fn InterditPage() -> impl IntoView {
    refus(fr::INTERDIT_TITRE, fr::INTERDIT_TEXTE)
}

#[inline(never)]
fn refus(titre: &'static str, texte: &'static str) -> AnyView {
    let accueil = link("fr-btn", Route::Accueil.path(), fr::RETOUR_ACCUEIL, false);
    let contenu = vec![title(titre), paragraph("fr-text--lead", texte), element("p", "", None, vec![accueil])];
    element("div", "", None, contenu)
}
