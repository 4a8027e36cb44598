//! What a program may be allowed: a resource and a verb. Nothing of it administers accounts, texts or keys: those are
//! decided by people, with a recent code.

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;

choix! {
    /// A scope (API-20), as an API client is given it and as an access token carries it.
    Portee {
        /// Read and export demandes.
        DemandesLire = "demandes:lire",
        /// Add, change, delete and restore demandes.
        DemandesEcrire = "demandes:ecrire",
        /// Start, cancel and undo imports.
        ImportsEcrire = "imports:ecrire",
        /// Follow imports.
        ImportsLire = "imports:lire",
        /// Read envelopes.
        EnveloppesLire = "enveloppes:lire",
        /// Make and set the links of the candidature form.
        EnveloppesEcrire = "enveloppes:ecrire",
        /// Decide on the financing of demandes.
        FinancementsEcrire = "financements:ecrire",
        /// Decide on the eligibility of demandes, and set when its batches open.
        EligibilitesEcrire = "eligibilites:ecrire",
        /// Read and verify the journal.
        JournalLire = "journal:lire",
    }
}

impl Portee {
    /// Reads scopes separated by spaces; those that are no longer known give nothing.
    pub fn liste(codes: &str) -> Vec<Self> {
        codes.split(' ').filter_map(Self::parse).collect()
    }

    /// Writes them so.
    pub fn texte(portees: &[Self]) -> String {
        portees.iter().map(|portee| portee.as_str()).collect::<Vec<_>>().join(" ")
    }
}
