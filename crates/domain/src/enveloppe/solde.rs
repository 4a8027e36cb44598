//! The arithmetic of an envelope, in cents: what a demande weighs on it, what is left, what a training costs.

use crate::demande::choix::{DecisionFinancement, Financement, OuiNon, Presence};
use crate::demande::{Colonne, Formation, Ligne};
use crate::lot_eligibilite::est_refusee;
use crate::values::texte::plier;

/// The columns on which what a row takes from its envelope depends.
pub const PESEES: [Colonne; 9] = [
    Colonne::EnveloppeId,
    Colonne::Formation,
    Colonne::Organisme,
    Colonne::Financement,
    Colonne::DecisionFinancement,
    Colonne::DecisionEligibilite,
    Colonne::Presence,
    Colonne::Retiree,
    Colonne::AnnuleePar,
];

/// Whether a row is financed by its envelope: granted, alive, and paid by the envelope it stands in (ENV-2). A row that is
/// withdrawn, cancelled, deleted, paid by somebody else, or whose eligibility the Aidants Connect team refused, takes nothing,
/// whatever was decided before.
pub fn est_financee(ligne: &Ligne, supprimee: bool) -> bool {
    en_cours(ligne, supprimee, DecisionFinancement::Accorde)
}

/// Whether a row is on the waiting list of its envelope.
pub fn est_en_attente(ligne: &Ligne, supprimee: bool) -> bool {
    en_cours(ligne, supprimee, DecisionFinancement::ListeAttente)
}

fn en_cours(ligne: &Ligne, supprimee: bool, decision: DecisionFinancement) -> bool {
    !supprimee
        && ligne.get(Colonne::DecisionFinancement) == decision.as_str()
        && !ligne.get(Colonne::EnveloppeId).is_empty()
        && ligne.get(Colonne::Financement) == Financement::Enveloppe.as_str()
        && ligne.get(Colonne::Retiree) != OuiNon::Oui.as_str()
        && ligne.get(Colonne::AnnuleePar).is_empty()
        && !est_refusee(ligne)
}

/// What a demande weighs on its envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Poids {
    /// Trainings financed: 0 or 1 for one demande (person × training = 1 départ).
    pub departs: i64,
    /// Engaged, in cents.
    pub engage: i64,
    /// Consumed, in cents: engaged and attended.
    pub consomme: i64,
}

impl Poids {
    /// The weight of a row whose price is granted.
    pub fn de_ligne(ligne: &Ligne, supprimee: bool, prix: i64) -> Self {
        if !est_financee(ligne, supprimee) {
            return Self::default();
        }
        let present = ligne.get(Colonne::Presence) == Presence::Present.as_str();
        Self { departs: 1, engage: prix, consomme: if present { prix } else { 0 } }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, autre: Self) -> Self {
        Self {
            departs: self.departs + autre.departs,
            engage: self.engage + autre.engage,
            consomme: self.consomme + autre.consomme,
        }
    }

    /// This one without the other.
    #[must_use]
    pub const fn moins(self, autre: Self) -> Self {
        Self {
            departs: self.departs - autre.departs,
            engage: self.engage - autre.engage,
            consomme: self.consomme - autre.consomme,
        }
    }
}

/// The account of an envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Solde {
    /// Amount, in cents.
    pub montant: i64,
    /// What its financed demandes weigh.
    pub pris: Poids,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depassement {
    /// What is left, in cents.
    pub reste: i64,
    /// What was asked for beyond what is engaged, in cents.
    pub demande: i64,
}

impl Solde {
    /// What is left, in cents.
    pub const fn reste(&self) -> i64 {
        self.montant - self.pris.engage
    }

    /// Whether this much more fits. The amount alone limits, never the target (ENV-1).
    pub const fn tient(&self, prix: i64) -> Result<(), Depassement> {
        if prix <= 0 || prix <= self.reste() { Ok(()) } else { Err(Depassement { reste: self.reste(), demande: prix }) }
    }
}

/// The price an organisme asks for a training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tarif {
    /// Training.
    pub formation: Formation,
    /// Name of the organisme, folded.
    pub organisme: String,
    /// Price, in cents.
    pub prix: i64,
}

/// The prices of an envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tarifs {
    /// Of the training Aidants Numériques, in cents.
    pub aidants_numeriques: i64,
    /// Of the training Aidants Connect, in cents.
    pub aidants_connect: i64,
    /// Those of the organismes that have their own.
    pub organismes: Vec<Tarif>,
}

impl Tarifs {
    /// The price of a row: the organisme's when it is known, else the envelope's (ENV-2). An unreadable training is priced as
    /// Aidants Connect, as its path is computed.
    pub fn prix(&self, ligne: &Ligne) -> i64 {
        let formation = Formation::parse(ligne.get(Colonne::Formation)).unwrap_or(Formation::AidantsConnect);
        let nom = ligne.get(Colonne::Organisme);
        if !nom.is_empty() && !self.organismes.is_empty() {
            let plie = plier(nom);
            let sien = self.organismes.iter().find(|tarif| tarif.formation == formation && tarif.organisme == plie);
            if let Some(tarif) = sien {
                return tarif.prix;
            }
        }
        match formation {
            Formation::AidantsNumeriques => self.aidants_numeriques,
            Formation::AidantsConnect => self.aidants_connect,
        }
    }
}
