//! Generated filters.

use domain::demande::colonne::TypeColonne;
use domain::demande::{Colonne, Filtre, Operateur};
use domain::values::plier;

use crate::generateur::{Hasard, SIGNES};

/// A value the column compares as it is.
pub fn valeur(hasard: &mut Hasard, colonne: Colonne) -> Option<String> {
    match colonne.genre() {
        TypeColonne::Texte => Some(plier(&hasard.texte(SIGNES, 12)).replace('\0', "")).filter(|v| plier(v) == *v),
        TypeColonne::Code => Some(hasard.texte(&['0', '1', 'é', '"', '\\'], 8)),
        TypeColonne::Date => Some(format!("20{:02}-0{}-1{}", hasard.sous(100), 1 + hasard.sous(9), hasard.sous(10))),
        TypeColonne::Choix | TypeColonne::OuiNon => Some(hasard.parmi(&colonne.codes()).to_owned()),
    }
    .filter(|valeur| !valeur.is_empty())
}

fn feuille(hasard: &mut Hasard) -> Filtre {
    loop {
        let colonne = hasard.parmi(Colonne::ALL);
        let operateur = hasard.parmi(Operateur::ALL);
        let nombre = match operateur {
            Operateur::Empty | Operateur::Filled => 0,
            Operateur::In => 1 + hasard.sous(4),
            _ => 1,
        };
        let valeurs: Option<Vec<String>> = (0..nombre).map(|_| valeur(hasard, colonne)).collect();
        let Some(valeurs) = valeurs else { continue };
        if let Ok(filtre) = Filtre::condition(colonne, operateur, valeurs) {
            return filtre;
        }
    }
}

/// A tree of at most this depth, whose groups have at least two parts.
pub fn arbre(hasard: &mut Hasard, profondeur: usize) -> Filtre {
    if profondeur == 0 {
        return feuille(hasard);
    }
    let groupe = |hasard: &mut Hasard| (0..2 + hasard.sous(2)).map(|_| arbre(hasard, profondeur - 1)).collect();
    match hasard.sous(5) {
        0 => Filtre::Et(groupe(hasard)),
        1 => Filtre::Ou(groupe(hasard)),
        2 => Filtre::Non(Box::new(arbre(hasard, profondeur - 1))),
        _ => feuille(hasard),
    }
}
