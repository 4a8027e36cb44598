//! Where one is in the four steps of an import.

use leptos::prelude::*;

use crate::text::tableau as texte;
use crate::ui::plain::{Tag, element, paragraph, words};

/// Choosing the file.
pub const FICHIER: usize = 1;
/// Saying what its columns mean.
pub const COLONNES: usize = 2;

/// The step of an import that was sent: what it would change, or its run.
pub const fn envoye(essai: bool) -> usize {
    if essai { 3 } else { 4 }
}

/// The step of this rank, from 1, and the one that follows.
pub fn etape(rang: usize) -> AnyView {
    let nom = |rang: usize| texte::ETAPES_IMPORT.get(rang - 1).copied().unwrap_or_default();
    let nombre = texte::ETAPES_IMPORT.len();
    let etat = element("span", "fr-stepper__state", None, vec![words(texte::etape_sur(rang, nombre))]);
    let barre = Tag::new("div", "fr-stepper__steps")
        .with("data-fr-current-step", rang.to_string())
        .with("data-fr-steps", nombre.to_string())
        .around(Vec::new());
    let titre = element("h2", "fr-stepper__title", None, vec![etat, words(nom(rang))]);
    let mut contenu = vec![titre, barre];
    if rang < nombre {
        contenu.push(paragraph("fr-stepper__details", texte::etape_suivante(nom(rang + 1))));
    }
    element("div", "fr-stepper", None, contenu)
}
