//! Accessibility statement, due to the public (RGAA).

use leptos::prelude::*;

use crate::text::accessibilite as text;
use crate::ui::plain::{element, heading, paragraph, title};

/// The screen `/accessibilite`.
#[component]
pub fn AccessibilitePage() -> impl IntoView {
    const SECTIONS: [(&str, &str); 5] = [
        (text::ETAT_TITRE, text::ETAT),
        (text::CONTENUS_TITRE, text::CONTENUS),
        (text::ETABLISSEMENT_TITRE, text::ETABLISSEMENT),
        (text::CONTACT_TITRE, text::CONTACT),
        (text::RECOURS_TITRE, text::RECOURS),
    ];
    let section =
        |(titre, mots)| element("section", "", None, vec![heading("h2", "fr-h4", titre), paragraph("", mots)]);
    let mut contenu = vec![title(text::TITRE), paragraph("", text::ENGAGEMENT)];
    contenu.extend(SECTIONS.map(section));
    element("div", "pa-texte", None, contenu)
}
