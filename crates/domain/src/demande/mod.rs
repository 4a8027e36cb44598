//! A demande: one professional × one training × one financing (product §3), a row of the tableau de gestion.

pub mod choisies;
pub mod choix;
pub mod colonne;
pub mod etape;
pub mod filtre;
pub mod ligne;
pub mod lot;
pub mod request;
pub mod view;

pub use choix::{
    AuteurAnnulation, DecisionEligibilite, DecisionFinancement, Financement, Formation, OuiNon, Presence, Source,
    StatutProfessionnel,
};
pub use colonne::{Colonne, TypeColonne};
pub use etape::{Etape, Faits};
pub use filtre::{Filtre, Operateur, Tri};
pub use ligne::Ligne;
pub use request::{DemandeSaisie, DemandeValide};
pub use view::{DemandeDetail, DemandeVue, EntreeHistorique, OrigineEntree};
