//! Decisions found in a file: set by the national team when it migrates history, kept as declared otherwise (product §3).

use std::collections::BTreeMap;

use crate::demande::colonne::Ecriture;
use crate::demande::{Colonne, Ligne};
use crate::permission::Role;

/// Takes out of an imported row the decisions its author may not set, and gives them by column name; what was not given
/// is not declared. An import by `anct` is a migration of history: its decisions stay in the row.
pub fn separer(role: Role, ligne: &mut Ligne) -> BTreeMap<String, String> {
    if role == Role::Anct {
        return BTreeMap::new();
    }
    let decisions = Colonne::ALL.iter().filter(|colonne| colonne.description().ecriture == Ecriture::Decision);
    decisions
        .map(|colonne| (colonne.nom().to_owned(), ligne.take(*colonne)))
        .filter(|(_, valeur)| !valeur.is_empty())
        .collect()
}
