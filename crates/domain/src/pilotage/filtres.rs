//! The filter of the table that opens the rows of a figure.

use super::compteurs::Etendue;
use super::figures::Chiffre;
use super::jalons::{Jalon, Passage};
use crate::demande::choix::{DecisionEligibilite, DecisionFinancement, Financement, Formation, OuiNon, Presence};
use crate::demande::{Colonne, Etape, Filtre, Operateur};

/// What a dashboard covers: the whole, one envelope, one département.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What it covers.
    pub etendue: Etendue,
    /// Which one; empty for the whole.
    pub lieu: &'a str,
}

/// A condition on a column. The values are codes of ours or data: they are compared as they stand.
fn condition(colonne: Colonne, operateur: Operateur, valeurs: &[&str]) -> Filtre {
    let valeurs = valeurs.iter().map(|valeur| (*valeur).to_owned()).collect();
    Filtre::Condition { colonne, operateur, valeurs }
}

fn egal(colonne: Colonne, valeur: &str) -> Filtre {
    if valeur.is_empty() {
        condition(colonne, Operateur::Empty, &[])
    } else {
        condition(colonne, Operateur::Eq, &[valeur])
    }
}

impl Place<'_> {
    /// The figure of the rows that answer all of these conditions, here.
    pub fn chiffre(&self, nombre: i64, conditions: Vec<Filtre>) -> Chiffre {
        let ici = match self.etendue {
            Etendue::Enveloppe => Some(egal(Colonne::EnveloppeId, self.lieu)),
            Etendue::Departement => Some(egal(Colonne::Departement, self.lieu)),
            Etendue::National => None,
        };
        Chiffre::new(nombre, Filtre::et(ici.into_iter().chain(conditions)).to_string())
    }
}

/// At a stage.
pub(super) fn etape(etape: Etape) -> Filtre {
    egal(Colonne::Etape, etape.as_str())
}

/// Of a type of structure.
pub(super) fn structure(code: &str) -> Filtre {
    egal(Colonne::StructureType, code)
}

/// Financed, as `est_financee` says it.
pub(super) fn financees() -> Vec<Filtre> {
    vec![
        condition(Colonne::EnveloppeId, Operateur::Filled, &[]),
        egal(Colonne::Financement, Financement::Enveloppe.as_str()),
        egal(Colonne::DecisionFinancement, DecisionFinancement::Accorde.as_str()),
        condition(Colonne::Retiree, Operateur::Ne, &[OuiNon::Oui.as_str()]),
        condition(Colonne::AnnuleePar, Operateur::Empty, &[]),
        // Whose eligibility is refused is never trained, unless that was before.
        Filtre::Ou(vec![
            condition(Colonne::DecisionEligibilite, Operateur::Ne, &[DecisionEligibilite::Refusee.as_str()]),
            egal(Colonne::Formation, Formation::AidantsNumeriques.as_str()),
            presentes(),
        ]),
    ]
}

/// Attended.
pub(super) fn presentes() -> Filtre {
    egal(Colonne::Presence, Presence::Present.as_str())
}

/// Has reached a milestone.
pub(super) fn jalon(jalon: Jalon) -> Filtre {
    match jalon {
        Jalon::Financement => {
            let decidees = [DecisionFinancement::Accorde.as_str(), DecisionFinancement::Refuse.as_str()];
            condition(Colonne::DecisionFinancement, Operateur::In, &decidees)
        }
        Jalon::Eligibilite => condition(Colonne::DecisionEligibilite, Operateur::Filled, &[]),
        Jalon::Session => condition(Colonne::DateSession, Operateur::Filled, &[]),
        Jalon::Presence => condition(Colonne::Presence, Operateur::Filled, &[]),
        Jalon::Habilitation => egal(Colonne::Habilite, OuiNon::Oui.as_str()),
    }
}

/// Has come to the end of a passage.
pub(super) fn passage(passage: Passage) -> Filtre {
    match passage.arrivee() {
        Some(arrivee) => jalon(arrivee),
        None => {
            let connect = Filtre::Et(vec![
                egal(Colonne::Formation, Formation::AidantsConnect.as_str()),
                jalon(Jalon::Habilitation),
            ]);
            let numeriques = Filtre::Et(vec![
                egal(Colonne::Formation, Formation::AidantsNumeriques.as_str()),
                jalon(Jalon::Presence),
            ]);
            Filtre::Ou(vec![connect, numeriques])
        }
    }
}
