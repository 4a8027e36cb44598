//! The order of the rows, by up to three columns: what the headers do, where they are not in sight.

use domain::demande::Colonne;
use domain::demande::filtre::{CLES_MAX, Cle};
use leptos::prelude::*;

use super::etat::Etat;
use super::{Tableau, colonnes};
use crate::reactive::effect;
use crate::text::tableau as texte;
use crate::ui::Select;
use crate::ui::plain::{dialog_button, several, words};

/// Codes of the two orders.
const CROISSANT: &str = "croissant";
const DECROISSANT: &str = "decroissant";

/// What one line of the dialog holds: column, and whether the largest comes first.
#[derive(Clone, Copy)]
struct Saisie {
    colonne: RwSignal<String>,
    sens: RwSignal<String>,
}

/// The button and its dialog.
pub fn choix(tableau: Tableau) -> AnyView {
    let ouvert = RwSignal::new(false);
    let vide = || RwSignal::new(String::new());
    let lignes: [Saisie; CLES_MAX] = std::array::from_fn(|_| Saisie { colonne: vide(), sens: vide() });
    let preparer = move || remplir(&tableau.present(), &lignes);
    effect(move || {
        let cles: Vec<Cle> = lignes.iter().filter_map(|ligne| lire(*ligne)).collect();
        let present = tableau.present();
        let suivant = present.trie(&cles);
        if ouvert.get_untracked() && suivant.tri != present.tri {
            tableau.remplacer(suivant);
        }
    });
    let colonnes = colonnes::lues();
    let champs = move |(rang, (ligne, label)): (usize, (Saisie, &'static str))| {
        let (options, value) = (colonnes.clone(), ligne.colonne);
        let sens = [(CROISSANT, texte::CROISSANT), (DECROISSANT, texte::DECROISSANT)];
        let sens: Vec<(String, String)> = sens.map(|(code, mots)| (code.to_owned(), mots.to_owned())).to_vec();
        let placeholder = Some(texte::TRI_AUCUN);
        view! {
            <div class="tableau__tri">
                <Select id=format!("tri-{rang}") label value options placeholder />
                <Select id=format!("sens-{rang}") label=texte::ordre(rang) value=ligne.sens options=sens placeholder=None />
            </div>
        }
        .into_any()
    };
    let contenu = move || several(lignes.into_iter().zip(texte::TRIER_PAR).enumerate().map(&champs).collect());
    dialog_button(words(texte::TRIER), ("tri", texte::TRIER), ouvert, Box::new(preparer), Box::new(contenu))
}

fn remplir(etat: &Etat, lignes: &[Saisie]) {
    for (rang, ligne) in lignes.iter().enumerate() {
        let cle = etat.tri.cles().get(rang);
        let descendant = cle.is_some_and(|cle| cle.descendant);
        ligne.sens.set(if descendant { DECROISSANT } else { CROISSANT }.to_owned());
        ligne.colonne.set(cle.map(|cle| cle.colonne.nom().to_owned()).unwrap_or_default());
    }
}

/// The key that a line says (tracked).
fn lire(ligne: Saisie) -> Option<Cle> {
    let descendant = *ligne.sens.read() == DECROISSANT;
    Some(Cle { colonne: Colonne::parse(&ligne.colonne.read())?, descendant })
}
