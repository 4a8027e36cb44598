//! The facts the rules rest on beside the row itself. Whoever has a register or a database gathers them; the rules
//! only read them. An absent fact is unknown, never favourable.

use crate::demande::{Etape, Formation};

/// What the public sources say of the structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaitsExternes {
    /// What a company register says of the establishment.
    pub registre: Option<FaitRegistre>,
    /// Why a register that was to be asked says nothing.
    pub registre_absent: Option<FaitAbsent>,
    /// Whether the SIREN is that of a commune of the official list: it then exists and is of public law.
    pub commune_siren: Option<bool>,
    /// The OPCO of the structure.
    pub opco: Option<FaitOpco>,
    /// Why a source that was to give the OPCO says nothing.
    pub opco_absent: Option<FaitAbsent>,
}

/// A fact that was looked for and is not known. It proves nothing: the constat says « non vérifié », or that the source
/// does not know the structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaitAbsent {
    /// Why.
    pub motif: MotifAbsence,
    /// When it was last looked for (ISO date); empty when it never was.
    pub date: String,
    /// Which source, in French.
    pub source: String,
}

/// Why a source says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MotifAbsence {
    /// It has not been asked yet.
    EnAttente,
    /// It was asked and did not answer; it will be asked again.
    Echec,
    /// It answered that it does not know the structure.
    Inconnu,
}

/// An establishment in a company register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaitRegistre {
    /// Company and establishment are both open.
    pub ouvert: bool,
    /// What makes the employer one of public law, as the proof shows it; empty when nothing does.
    pub droit_public: String,
    /// When the register was read (ISO date).
    pub date: String,
    /// Which register, in French.
    pub source: String,
}

/// The OPCO of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaitOpco {
    /// Code or name of the OPCO, as the source gives it.
    pub code: String,
    /// Given by SIRO or an imported table; a presumption by collective agreement is not.
    pub confirme: bool,
    /// What the source said, as the proof shows it: the name of the OPCO, or the collective agreements.
    pub valeur: String,
    /// When it was established (ISO date).
    pub date: String,
    /// Which source, in French.
    pub source: String,
}

/// What our own records say of the person. Public operations have none: answering would reveal it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaitsInternes {
    /// Whether the person is habilitated already; unknown when the list could not be read.
    pub deja_habilite: Option<bool>,
    /// Day (ISO) of the list that says so; empty when it is not known, or when one of our own demandes says it.
    pub liste_du: String,
    /// Whether the address is that of a person of another name.
    pub email_autre_personne: bool,
    /// The other demandes of the same person.
    pub demandes_existantes: Vec<DemandeExistante>,
}

/// Another demande of the same person: what may be shown across envelopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandeExistante {
    /// Code of its département.
    pub departement: String,
    /// Its training.
    pub formation: Formation,
    /// Its stage.
    pub etape: Etape,
    /// It belongs to the same envelope: the reader may open it.
    pub meme_enveloppe: bool,
}
