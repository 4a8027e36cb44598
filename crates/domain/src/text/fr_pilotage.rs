//! What dashboards and reports say.

use crate::pilotage::{DecisionRefus, Jalon, Passage};
use crate::text::fr;
use crate::text::fr_enveloppe::milliers;

/// Title of the national dashboard.
pub const NATIONAL: &str = "France entière";
/// First table.
pub const SYNTHESE: &str = "Synthèse";
/// Head of the names of measures.
pub const MESURE: &str = "Mesure";
/// Head of their values.
pub const VALEUR: &str = "Valeur";
/// All the demandes.
pub const TOTAL: &str = "Demandes";
/// Amount.
pub const MONTANT: &str = "Montant";
/// Engaged.
pub const ENGAGE: &str = "Engagé";
/// Consumed.
pub const CONSOMME: &str = "Consommé";
/// Left.
pub const RESTE: &str = "Reste";
/// Target.
pub const CIBLE: &str = "Départs visés";
/// Financed.
pub const FINANCES: &str = "Départs financés";
/// Financed and attended.
pub const SUIVIS: &str = "Départs financés et présents";
/// Table of the stages.
pub const ETAPES: &str = "Demandes et départs par étape";
/// Head of the stages.
pub const ETAPE: &str = "Étape";
/// Head of numbers of demandes.
pub const DEMANDES: &str = "Demandes";
/// Head of numbers of financed demandes.
pub const DEPARTS: &str = "Départs financés";
/// Table of the delays.
pub const DELAIS: &str = "Délais entre les étapes, en jours entiers";
/// Head of the passages.
pub const PASSAGE: &str = "De… à…";
/// Head of the numbers that are measured.
pub const MESUREES: &str = "Demandes mesurées";
/// Head of the medians.
pub const MEDIANE: &str = "Médiane";
/// Head of the ninth deciles.
pub const P90: &str = "Neuf sur dix";
/// Table of the milestones.
pub const JALONS: &str = "Jalons atteints";
/// Head of the milestones.
pub const JALON: &str = "Jalon";
/// Table of the types of structure.
pub const STRUCTURES: &str = "Demandes par type de structure";
/// Head of the types.
pub const TYPE: &str = "Type de structure";
/// Table of the refusals.
pub const REFUS: &str = "Refus et motifs";
/// Head of the decisions.
pub const DECISION: &str = "Décision";
/// Head of the reasons.
pub const MOTIF: &str = "Motif";
/// Reasons beyond those shown.
pub const AUTRES_MOTIFS: &str = "Autres motifs";
/// Table of the départements.
pub const DEPARTEMENTS: &str = "Départements";
/// Head of the départements.
pub const DEPARTEMENT: &str = "Département";
/// Head of the accounts opened.
pub const HABILITEES: &str = "Habilités";
/// Head of the tables in a file.
pub const RUBRIQUE: &str = "Rubrique";
/// Head of what is counted in a file.
pub const ELEMENT: &str = "Élément";

/// Unit of amounts in a file.
pub const EUROS: &str = "€";
/// Unit of delays in a file.
pub const JOURS: &str = "jours";
/// Head of the units in a file.
pub const UNITE: &str = "Unité";
/// Nothing was measured.
pub const NON_MESURE: &str = "non mesuré";
/// Title of the report of a convention.
pub const RAPPORT: &str = "Rapport de convention";
/// Its only sheet.
pub const FEUILLE: &str = "Rapport";
/// Its first table.
pub const IDENTITE: &str = "La convention";
/// Name of the envelope.
pub const ENVELOPPE: &str = "Enveloppe";
/// Year.
pub const ANNEE: &str = "Année";
/// Who receives the money.
pub const RECIPIENDAIRE: &str = "Récipiendaire";
/// Its SIRET.
pub const SIRET: &str = "SIRET";
/// Reference of the convention.
pub const CONVENTION: &str = "Référence de la convention";
/// First day of the convention.
pub const DEBUT: &str = "Premier jour";
/// Last day of the convention.
pub const FIN: &str = "Dernier jour";
/// Day of the figures.
pub const ARRETE: &str = "Chiffres arrêtés au";
/// Before the number of a page.
pub const PAGE: &str = "Page";
/// How the figures are to be read.
pub const NOTE: &str = "Un départ est une personne et une formation : une personne qui suit les deux formations compte deux fois. Les départs visés sont un objectif, \
     jamais un plafond : seul le montant limite. La médiane est le nombre de jours en lequel la moitié des demandes mesurées ont franchi l’étape ; « neuf sur dix », celui en lequel \
     neuf sur dix l’ont franchie.";

/// From what to what.
pub const fn passage(passage: Passage) -> &'static str {
    match passage {
        Passage::RecueFinancement => "Demande reçue → financement décidé",
        Passage::FinancementEligibilite => "Financement décidé → éligibilité décidée",
        Passage::DecisionSession => "Dernière décision → session",
        Passage::SessionPresence => "Session → présence connue",
        Passage::PresenceHabilitation => "Présence connue → habilitation",
        Passage::Parcours => "Parcours entier",
    }
}

/// A milestone.
pub const fn jalon(jalon: Jalon) -> &'static str {
    match jalon {
        Jalon::Financement => "Financement décidé",
        Jalon::Eligibilite => "Éligibilité décidée",
        Jalon::Session => "Session datée",
        Jalon::Presence => "Présence connue",
        Jalon::Habilitation => "Habilitation",
    }
}

/// The decision that refuses.
pub const fn refus(decision: DecisionRefus) -> &'static str {
    match decision {
        DecisionRefus::Financement => "Financement refusé",
        DecisionRefus::Eligibilite => "Éligibilité refusée",
    }
}

/// A reason, or that there is none.
pub const fn motif(motif: &str) -> &str {
    if motif.is_empty() { "Sans motif" } else { motif }
}

/// A type of structure, or that there is none.
pub fn structure(code: &str) -> &'static str {
    if code.is_empty() { "Type non précisé" } else { fr::types_structure::libelle(code) }
}

/// A number as people read it: « 12 345 ».
pub fn nombre(nombre: i64) -> String {
    format!("{}{}", if nombre < 0 { "−" } else { "" }, milliers(nombre.unsigned_abs()))
}

/// So many days.
pub fn jours(jours: i64) -> String {
    format!("{}\u{a0}{}", nombre(jours), if jours.abs() < 2 { "jour" } else { "jours" })
}
