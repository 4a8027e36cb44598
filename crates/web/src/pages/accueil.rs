//! Home: what this is, and where to go by need.

use leptos::prelude::*;

use crate::routes::Route;
use crate::text::accueil as text;
use crate::ui::plain::{element, heading, link, paragraph, title, words};

/// One entry by need. `external`: the address is not a screen of the app.
fn entree(titre: &'static str, texte: &'static str, action: &'static str, href: String, external: bool) -> AnyView {
    let lien = link("fr-btn fr-btn--secondary", href, action, external);
    let contenu =
        vec![heading("h3", "fr-h5", titre), paragraph("", texte), element("p", "pa-carte__action", None, vec![lien])];
    element("li", "pa-carte", None, contenu)
}

fn formation(nom: &'static str, texte: &'static str) -> AnyView {
    let nom = element("strong", "", None, vec![words(nom)]);
    element("p", "", None, vec![nom, element("br", "", None, Vec::new()), words(texte)])
}

/// The screen `/`.
#[component]
pub fn AccueilPage() -> impl IntoView {
    let entrees = vec![
        entree(text::STRUCTURE_TITRE, text::STRUCTURE_TEXTE, text::STRUCTURE_ACTION, Route::Candidature.path(), false),
        entree(text::ENVELOPPE_TITRE, text::ENVELOPPE_TEXTE, text::ENVELOPPE_ACTION, Route::Tableau.path(), false),
        entree(text::API_TITRE, text::API_TEXTE, text::API_ACTION, crate::app::API_DOCS.to_owned(), true),
    ];
    let etapes = text::ETAPES.map(|etape| element("li", "", None, vec![words(etape)]));
    let formations = vec![
        heading("h2", "fr-h4", text::FORMATIONS_TITRE),
        formation(text::FORMATION_AN, text::FORMATION_AN_TEXTE),
        formation(text::FORMATION_AC, text::FORMATION_AC_TEXTE),
    ];
    let parcours = vec![heading("h2", "fr-h4", text::ETAPES_TITRE), element("ol", "", None, etapes.into())];
    let colonnes = vec![element("section", "", None, parcours), element("section", "", None, formations)];
    let contenu = vec![
        element("div", "pa-texte", None, vec![title(text::TITRE), paragraph("fr-text--lead", text::INTRODUCTION)]),
        heading("h2", "fr-h3", text::ENTREES),
        element("ul", "pa-cartes", None, entrees),
        element("div", "pa-colonnes", None, colonnes),
    ];
    element("div", "", None, contenu)
}
