//! A candidature: one structure, its référent, and the professionals it wants to have trained (system S1).

pub mod brouillon;
mod champs;
pub mod request;
mod suivi;
mod valide;
pub mod view;

pub use brouillon::{BrouillonDemande, BrouillonSaisie, BrouillonVue};
pub use request::{NouvelleCandidature, PROFESSIONNELS_MAX, ProfessionnelSaisie, ReferentSaisie, StructureSaisie};
pub use suivi::{DemandeSuivi, SuiviCandidature, SuiviDemande};
pub use valide::CandidatureValide;
pub use view::{CandidatureRecue, DemandeEvaluee, EvaluationCandidature};
