//! A filter applied to one row in memory: the oracle of the SQL and the filter of the browser.

use crate::demande::colonne::TypeColonne;
use crate::demande::filtre::{Filtre, Operateur};
use crate::demande::{Colonne, Ligne};
use crate::values::plier;

impl Filtre {
    /// Whether the row passes. A row does not carry the reason of its refusal: it answers to none.
    pub fn accepte(&self, ligne: &Ligne) -> bool {
        match self {
            Self::Et(parties) => parties.iter().all(|partie| partie.accepte(ligne)),
            Self::Ou(parties) => parties.iter().any(|partie| partie.accepte(ligne)),
            Self::Non(partie) => !partie.accepte(ligne),
            Self::Condition { colonne, operateur, valeurs } => condition(*colonne, *operateur, valeurs, ligne),
            Self::Motif(_) => false,
        }
    }
}

fn condition(colonne: Colonne, operateur: Operateur, valeurs: &[String], ligne: &Ligne) -> bool {
    let brut = ligne.get(colonne);
    if colonne.genre() == TypeColonne::Texte {
        // A cell of signs that fold to nothing is still a cell that was filled: it is compared as it stands.
        let plie = plier(brut);
        let cellule = if plie.is_empty() { brut } else { &plie };
        comparer(operateur, cellule, brut.is_empty(), valeurs)
    } else {
        comparer(operateur, brut, brut.is_empty(), valeurs)
    }
}

fn comparer(operateur: Operateur, cellule: &str, vide: bool, valeurs: &[String]) -> bool {
    let une = |test: fn(&str, &str) -> bool| valeurs.first().is_some_and(|valeur| test(cellule, valeur));
    match operateur {
        Operateur::Eq => une(|cellule, valeur| cellule == valeur),
        Operateur::Ne => une(|cellule, valeur| cellule != valeur),
        Operateur::Lt => !cellule.is_empty() && une(|cellule, valeur| cellule < valeur),
        Operateur::Le => !cellule.is_empty() && une(|cellule, valeur| cellule <= valeur),
        Operateur::Gt => une(|cellule, valeur| cellule > valeur),
        Operateur::Ge => une(|cellule, valeur| cellule >= valeur),
        Operateur::Contains => une(|cellule, valeur| cellule.contains(valeur)),
        Operateur::Starts => une(|cellule, valeur| cellule.starts_with(valeur)),
        Operateur::In => valeurs.iter().any(|valeur| valeur == cellule),
        Operateur::Empty => vide,
        Operateur::Filled => !vide,
    }
}
