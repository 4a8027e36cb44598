//! Dashboards (S25): what of a demande is counted and where, the days between its milestones, and the figures that are shown.

pub mod carte;
mod compteurs;
mod delais;
mod figures;
mod filtres;
mod jalons;
mod rapport;

pub use compteurs::{Cle, Compteurs, Ecart, Etendue, Mesure, Suivie};
pub use delais::Histogramme;
pub use figures::{
    Chiffre, DelaiChiffre, DepartementChiffre, EtapeChiffre, JalonChiffre, Montants, MotifChiffre, RefusChiffre,
    StructureChiffre, TableauDeBord,
};
pub use filtres::Place;
pub use jalons::{DecisionRefus, Jalon, Jalons, Passage};
pub use rapport::{Cellule, Section, sections};
