//! How the events that are told by mail are named, and who is told.

use crate::courriel::{Destinataire, Evenement};
use crate::demande::Colonne;
use crate::text::fr;

/// What happened.
pub const fn evenement(evenement: Evenement) -> &'static str {
    match evenement {
        Evenement::CandidatureRecue => "Candidature reçue",
        Evenement::FinancementAccorde => "Financement accordé",
        Evenement::FinancementPromu => "Financement accordé après attente",
        Evenement::FinancementRefuse => "Financement refusé",
        Evenement::ListeAttente => "Mise en liste d’attente",
        Evenement::FinancementRetire => "Demande retirée",
        Evenement::FondsLiberes => "Argent revenu, liste d’attente à servir",
        Evenement::EligibiliteValidee => "Éligibilité validée",
        Evenement::EligibiliteRefusee => "Éligibilité refusée",
        Evenement::ComplementDemande => "Précision demandée",
        Evenement::ComplementRecu => "Précision reçue",
        Evenement::StructureHabilitee => "Structure habilitée",
        Evenement::LotOuvert => "Lot d’éligibilité ouvert",
        Evenement::LotProche => "Lot d’éligibilité proche",
        Evenement::InformationsManquantes => "Renseignements manquants",
        Evenement::ConventionFinissante => "Fin de convention proche",
    }
}

/// Who is told.
pub const fn destinataire(destinataire: Destinataire) -> &'static str {
    match destinataire {
        Destinataire::Professionnel => "professionnel",
        Destinataire::Referent => "référent",
        Destinataire::Structure => "structure",
        Destinataire::Recipiendaire => "récipiendaire",
        Destinataire::InstructeursAidantsConnect => "équipe Aidants Connect",
        Destinataire::Anct => "ANCT",
    }
}

/// What is asked for, column by column.
pub fn manques(colonnes: &[Colonne]) -> String {
    let demande = |colonne: &Colonne| match colonne {
        Colonne::Email => "une adresse électronique nominative, à la place de celle d’un service",
        Colonne::Siret => "un numéro Siret exact",
        autre => fr::colonne(*autre),
    };
    colonnes.iter().map(demande).collect::<Vec<_>>().join(" ; ")
}

/// A convention that ends with money left.
pub fn fin_de_convention(jour: &str, reste: &str) -> String {
    format!("fin le {jour}, il reste {reste}")
}
