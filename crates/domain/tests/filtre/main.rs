//! The grammar of filters and sorts: what it reads, what it refuses and where, and that what it writes it reads again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod aller_retour;
mod arbres;
mod evaluation;
#[path = "../generateur/mod.rs"]
mod generateur;
mod lecture;
mod refus;
mod tri;

use domain::demande::{Colonne, Filtre, Operateur};

/// A condition as it stands, unchecked.
fn condition(colonne: Colonne, operateur: Operateur, valeurs: &[&str]) -> Filtre {
    Filtre::Condition { colonne, operateur, valeurs: valeurs.iter().map(|v| (*v).to_owned()).collect() }
}
