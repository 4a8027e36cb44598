//! What was typed, against what stands on the server: what to send, and what to choose when both changed.

use domain::demande::colonne::Ecriture;
use domain::demande::{Colonne, DemandeSaisie, DemandeVue, Ligne};

/// A column that both changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflit {
    /// Column.
    pub colonne: Colonne,
    /// What was typed here.
    pub saisi: String,
    /// What was saved meanwhile.
    pub serveur: String,
}

/// A column that only the other one changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autre {
    /// Column.
    pub colonne: Colonne,
    /// Value when the form was opened.
    pub avant: String,
    /// Value now.
    pub apres: String,
}

/// The outcome of two concurrent changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fusion {
    /// A person has to choose.
    pub conflits: Vec<Conflit>,
    /// Taken over as they are.
    pub autres: Vec<Autre>,
}

/// The columns a person may type, in order.
pub fn libres() -> impl Iterator<Item = Colonne> {
    Colonne::ALL.iter().copied().filter(|colonne| colonne.description().ecriture == Ecriture::Libre)
}

/// The row of a demande.
pub fn ligne(demande: &DemandeVue) -> Ligne {
    let mut ligne = Ligne::default();
    for (nom, valeur) in &demande.colonnes {
        if let Some(colonne) = Colonne::parse(nom) {
            ligne.set(colonne, valeur.clone());
        }
    }
    ligne
}

/// What was changed, and nothing else.
pub fn saisie(base: &Ligne, tapee: &Ligne) -> DemandeSaisie {
    let mut saisie = DemandeSaisie::default();
    for colonne in libres() {
        let valeur = tapee.get(colonne);
        if valeur != base.get(colonne) {
            saisie.set(colonne, valeur);
        }
    }
    saisie
}

/// Compares what was typed with what was saved meanwhile, both starting from `base`.
pub fn fusionner(base: &Ligne, tapee: &Ligne, serveur: &Ligne) -> Fusion {
    let mut fusion = Fusion::default();
    for colonne in libres() {
        let (avant, ici, apres) = (base.get(colonne), tapee.get(colonne), serveur.get(colonne));
        if apres == avant || apres == ici {
            continue;
        }
        if ici == avant {
            fusion.autres.push(Autre { colonne, avant: avant.to_owned(), apres: apres.to_owned() });
        } else {
            fusion.conflits.push(Conflit { colonne, saisi: ici.to_owned(), serveur: apres.to_owned() });
        }
    }
    fusion
}

#[cfg(test)]
mod tests {
    use super::*;

    fn de(valeurs: &[(Colonne, &str)]) -> Ligne {
        let mut ligne = Ligne::default();
        for (colonne, valeur) in valeurs {
            ligne.set(*colonne, *valeur);
        }
        ligne
    }

    #[test]
    fn only_what_was_changed_is_sent_and_emptying_is_a_change() {
        let base = de(&[(Colonne::Nom, "Dubois"), (Colonne::Ville, "Lyon"), (Colonne::Etape, "recue")]);
        let tapee = de(&[(Colonne::Nom, "Dubois"), (Colonne::Profession, "Agent"), (Colonne::Etape, "annulee")]);
        let envoyee = serde_json::to_value(saisie(&base, &tapee)).unwrap();
        assert_eq!(envoyee, serde_json::json!({ "ville": null, "profession": "Agent" }));
        assert!(saisie(&base, &base).est_vide());
    }

    #[test]
    fn nothing_typed_is_lost_when_both_changed() {
        let base = de(&[(Colonne::Nom, "Dubois"), (Colonne::Ville, "Lyon"), (Colonne::Adresse, "a")]);
        let tapee = de(&[(Colonne::Nom, "Dubois-Roy"), (Colonne::Ville, "Bron"), (Colonne::Adresse, "a")]);
        let serveur = de(&[(Colonne::Nom, "Duboys"), (Colonne::Ville, "Bron"), (Colonne::Adresse, "b")]);
        let fusion = fusionner(&base, &tapee, &serveur);
        let choix = Conflit { colonne: Colonne::Nom, saisi: "Dubois-Roy".into(), serveur: "Duboys".into() };
        assert_eq!(fusion.conflits, [choix]);
        let pris = Autre { colonne: Colonne::Adresse, avant: "a".into(), apres: "b".into() };
        assert_eq!(fusion.autres, [pris]);
    }

    #[test]
    fn decisions_and_computed_columns_are_never_typed() {
        assert!(libres().all(|colonne| DemandeSaisie::default().set(colonne, "x")));
        let sent = DemandeSaisie::default().champs().count();
        assert_eq!(libres().count(), sent);
    }
}
