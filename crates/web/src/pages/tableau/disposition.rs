//! How the table is laid out: density, cards on narrow screens, widths and order of the columns.

use domain::demande::Colonne;
use leptos::ev;
use leptos::prelude::*;

use super::{GRILLE_ID, Tableau};
use crate::browser;
use crate::grid::{self, Column, Density, Layout};
use crate::reactive::computed;

/// Windows narrower than this, in pixels, show each row as a card.
const ETROIT: f64 = 576.0;
/// Columns of a card: the first ones.
const LIGNES_DE_CARTE: usize = 6;

fn etroit() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < ETROIT)
}

/// What the person changes of the layout; all of it is in the address.
pub fn disposition(tableau: Tableau) -> Layout {
    let cartes = RwSignal::new(etroit());
    let resize = window_event_listener(ev::resize, move |_| {
        if cartes.get_untracked() != etroit() {
            let dedans = browser::focus_within(GRILLE_ID);
            cartes.set(etroit());
            if dedans {
                // The cell that had the focus is drawn anew, or no longer is.
                grid::focus_in_place_later(GRILLE_ID);
            }
        }
    });
    on_cleanup(move || resize.remove());
    let density = computed(move || {
        let etat = tableau.etat.read();
        match (cartes.get(), etat.serre) {
            (true, _) => {
                let lines = u32::try_from(etat.colonnes.len().min(LIGNES_DE_CARTE)).unwrap_or(1);
                Density::Cards { lines }
            }
            (false, true) => Density::Tight,
            (false, false) => Density::Usual,
        }
    });
    let on_width = Callback::new(move |(nom, largeur): (String, u32)| {
        if let Some(colonne) = Colonne::parse(&nom) {
            let largeur = u16::try_from(largeur).ok().filter(|largeur| *largeur > 0);
            tableau.remplacer(tableau.present().avec_largeur(colonne, largeur));
        }
    });
    let on_shift = Callback::new(move |(nom, plus_loin): (String, bool)| {
        if let Some(colonne) = Colonne::parse(&nom) {
            tableau.remplacer(tableau.present().deplacee(colonne, plus_loin));
        }
    });
    Layout { density: density.into(), on_width, on_shift }
}

/// The columns that this density shows.
pub fn en_vue(mut colonnes: Vec<Column>, density: Density) -> Vec<Column> {
    if matches!(density, Density::Cards { .. }) {
        colonnes.truncate(LIGNES_DE_CARTE);
    }
    colonnes
}
