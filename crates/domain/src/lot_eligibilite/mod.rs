//! The eligibility batches (BAT-1): when they open, what is decided in them, and what a validation brings about.

mod calendrier;
mod decision;
mod echange;
mod effets;
mod saisie;
mod vues;

pub use calendrier::{Calendrier, CalendrierSaisi, CalendrierVersion, CalendrierVue, PERIODE_MAX};
pub use decision::{ActionEligibilite, RefusEligibilite, appliquer, est_douteux, est_retenu, peser_eligibilite};
pub use echange::{EchangeVue, GenreEchange, REPONSE_MAX, REPONSES_MAX, ReponseSuivi};
pub use effets::{acces_du, est_refusee, est_validee, prefixe};
pub use saisie::{DecisionLotSaisie, DecisionLotTraitee};
pub use vues::{AccesBacASable, EtatAcces, LotDemandeVue, LotVue};

use crate::demande::choix::choix;
use serde::{Deserialize, Serialize};

choix! {
    /// What a batch knows of the decision on a demande.
    DecisionLot {
        /// Nobody has decided yet.
        ADecider = "a_decider",
        /// Validated.
        Validee = "validee",
        /// Refused.
        Refusee = "refusee",
        /// Left undecided: the next batch took it.
        Reportee = "reportee",
    }
}

choix! {
    /// Whether information was asked of the structure.
    Complement {
        /// Nothing was.
        Aucun = "aucun",
        /// It was, and the structure has not answered.
        Demande = "demande",
        /// It has answered.
        Recu = "recu",
    }
}
