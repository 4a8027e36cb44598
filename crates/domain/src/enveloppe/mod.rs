//! Envelopes: what they hold, what a financed demande takes from them, and the decisions that spend them (ENV-1 … ENV-3).

mod decision;
mod fiche;
mod mouvement;
mod registre;
mod saisie;
mod solde;
pub mod tableau;

pub use decision::{ActionFinancement, Refus, appliquer, est_formee, peser_decision};
pub use fiche::{ACCES, AccesVue, EnveloppeDetail, EnveloppeNouvelle, EnveloppeReglages, EnveloppeResume, TarifSaisi};
pub use mouvement::{EtatMouvement, GenreMouvement, MouvementSaisie, MouvementVue};
pub use registre::{Compte, Ecart, Inscription, Prise, Registre};
pub(crate) use saisie::motif;
pub use saisie::{
    DEMANDES_MAX, DecisionSaisie, DecisionTraitee, MOTIF_MAX, PromotionSaisie, SelectionSaisie, SoldeVue,
};
pub use solde::{Depassement, PESEES, Poids, Solde, Tarif, Tarifs, est_en_attente, est_financee};

use crate::demande::choix::choix;
use serde::{Deserialize, Serialize};

/// Amount of an envelope that says none, in cents: 20 000 € (ENV-1).
pub const MONTANT: i64 = 2_000_000;
/// Départs an envelope aims at: a target shown, never a ceiling (ENV-1).
pub const CIBLE: i64 = 60;
/// Price of a training that says none, in cents: the amount over the target, rounded down so that the target fits.
pub const PRIX: i64 = MONTANT / CIBLE;
/// Most an amount or a price may be, in cents: a hundred million euros, far from what 64 bits hold.
pub const MONTANT_MAX: i64 = 10_000_000_000;

choix! {
    /// Where an envelope stands.
    EtatEnveloppe {
        /// Being prepared: it takes no candidature and finances nothing.
        Brouillon = "brouillon",
        /// It takes candidatures and finances.
        Ouverte = "ouverte",
        /// It takes nothing any more and finances nothing more; what is financed stays.
        Close = "close",
    }
}
