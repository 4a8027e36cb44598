//! The rows of imports as the database holds them.

use diesel::prelude::*;
use domain::import::{EtatImport, ImportVue, ReglagesImport};

use crate::clock::{Moment, rfc3339};
use crate::db::schema::{import, import_lot};

/// An import.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = import)]
pub struct ImportRow {
    pub id: String,
    pub version: i64,
    pub etat: String,
    pub essai: bool,
    pub format: String,
    pub acteur_genre: String,
    pub acteur_id: String,
    pub role: String,
    pub requete: String,
    pub enveloppe_id: Option<String>,
    pub fichier: String,
    pub octets: i64,
    pub octets_lus: i64,
    pub lignes: i64,
    pub creees: i64,
    pub modifiees: i64,
    pub inchangees: i64,
    pub rejetees: i64,
    pub colonnes_inconnues: String,
    pub erreur: Option<String>,
    pub arret_demande: bool,
    pub cree_le: Moment,
    pub termine_le: Option<Moment>,
    pub reglages: String,
    pub feuilles_ignorees: String,
}

/// The report of a batch.
#[derive(Queryable, Selectable, Insertable, Clone, Debug, Default)]
#[diesel(table_name = import_lot)]
pub struct LotRow {
    pub import_id: String,
    pub numero: i64,
    pub rapport: String,
    pub rejets: String,
    pub effets: String,
}

/// Code of a state, as stored.
pub const fn code(state: EtatImport) -> &'static str {
    match state {
        EtatImport::EnAttente => "en_attente",
        EtatImport::EnCours => "en_cours",
        EtatImport::Termine => "termine",
        EtatImport::Annule => "annule",
        EtatImport::Echoue => "echoue",
        EtatImport::Defait => "defait",
    }
}

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

impl ImportRow {
    /// The state.
    pub fn state(&self) -> EtatImport {
        use EtatImport as E;
        let all = [E::EnAttente, E::EnCours, E::Termine, E::Annule, E::Defait];
        // The database only lets the known codes in.
        all.into_iter().find(|state| code(*state) == self.etat).unwrap_or(E::Echoue)
    }

    /// How its file is to be read.
    pub fn settings(&self) -> ReglagesImport {
        // Written by us, from what was checked.
        serde_json::from_str(&self.reglages).unwrap_or_default()
    }

    /// What the API shows of it.
    pub fn view(&self) -> ImportVue {
        ImportVue {
            id: self.id.clone(),
            etat: self.state(),
            dry_run: self.essai,
            format: self.format.clone(),
            octets: unsigned(self.octets),
            octets_lus: unsigned(self.octets_lus),
            lignes: unsigned(self.lignes),
            creees: unsigned(self.creees),
            modifiees: unsigned(self.modifiees),
            inchangees: unsigned(self.inchangees),
            rejetees: unsigned(self.rejetees),
            colonnes_inconnues: serde_json::from_str(&self.colonnes_inconnues).unwrap_or_default(),
            feuilles_ignorees: serde_json::from_str(&self.feuilles_ignorees).unwrap_or_default(),
            erreur: self.erreur.clone(),
            cree_le: rfc3339(self.cree_le),
            termine_le: self.termine_le.map(rfc3339),
        }
    }
}
