//! What a file gives and its author may not set: decisions kept as declared, but for the national team that migrates
//! history (product §3). The access matrix says who may set what.

use std::collections::BTreeMap;

use crate::demande::{Colonne, Ligne};
use crate::permission::{Door, Role, field, may_write};

/// The columns that an import may set, but not one of this role.
pub fn reservees(role: Role) -> impl Iterator<Item = Colonne> {
    let importables = Colonne::ALL.iter().copied().filter(|colonne| !field(*colonne).import.is_empty());
    importables.filter(move |colonne| !may_write(role, *colonne, Door::Import))
}

/// Takes out of an imported row what its author may not set, and gives it by column name; what was not given is not
/// declared.
pub fn separer(role: Role, ligne: &mut Ligne) -> BTreeMap<String, String> {
    let declarees = reservees(role).map(|colonne| (colonne.nom().to_owned(), ligne.take(colonne)));
    declarees.filter(|(_, valeur)| !valeur.is_empty()).collect()
}
