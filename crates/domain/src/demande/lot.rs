//! Many demandes changed at once, and what became of each; the gestures of a person, which she may undo.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::DemandeSaisie;
use crate::error::Problem;

/// Most operations of a batch.
pub const OPERATIONS_MAX: usize = 1_000;
/// Days during which a gesture may be undone.
pub const ANNULABLE_JOURS: i64 = 30;

/// What is done to one demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionLot {
    /// A new demande is added, with `valeurs`.
    Ajouter,
    /// The demande `id`, read at `version`, takes `valeurs`.
    Modifier,
    /// The demande `id`, read at `version`, is deleted.
    Supprimer,
    /// The deleted demande `id` is restored.
    Restaurer,
    /// `commentaire` is said of the demande `id`.
    Commenter,
}

/// One operation of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OperationLot {
    /// What is done.
    pub action: ActionLot,
    /// Which demande; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub id: Option<String>,
    /// The version that was read, to change or to delete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub version: Option<i64>,
    /// The columns, to add or to change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valeurs: Option<DemandeSaisie>,
    /// What is said, to comment. It mentions nobody: one comment of many demandes would write as many mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2000))]
    pub commentaire: Option<String>,
}

/// Body of `POST /demandes:batch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// The operations, each on another demande.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub operations: Vec<OperationLot>,
    /// Whether one refusal refuses them all. Otherwise those that can be done are done.
    #[serde(default = "vrai")]
    pub atomique: bool,
    /// Whether nothing is written: only what would become of each is answered.
    #[serde(default)]
    pub essai: bool,
}

const fn vrai() -> bool {
    true
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IssueLot {
    /// Done; in a trial, it would be.
    Faite,
    /// Nothing was to be done.
    Inchangee,
    /// Refused: `probleme` says why.
    Refusee,
}

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultatLot {
    /// What became of it.
    pub issue: IssueLot,
    /// The demande; absent for one that was not added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its version now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The columns that have changed, computed ones included, with their value now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub colonnes: BTreeMap<String, String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probleme: Option<Problem>,
}

impl ResultatLot {
    /// One that was refused.
    pub fn refusee(id: Option<String>, probleme: Problem) -> Self {
        Self { issue: IssueLot::Refusee, id, version: None, colonnes: BTreeMap::new(), probleme: Some(probleme) }
    }
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotTraite {
    /// Whether it was a trial.
    pub essai: bool,
    /// How many were done.
    pub faites: usize,
    /// How many had nothing to do.
    pub inchangees: usize,
    /// How many were refused.
    pub refusees: usize,
    /// The gesture by which all that was written is undone; absent when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geste: Option<String>,
    /// What became of each, in the order of the request.
    pub resultats: Vec<ResultatLot>,
}

impl LotTraite {
    /// Counts what became of each, in the gesture of this name when there is something to undo.
    pub fn compter(essai: bool, geste: Option<&str>, resultats: Vec<ResultatLot>) -> Self {
        let nombre = |issue| resultats.iter().filter(|resultat| resultat.issue == issue).count();
        let (faites, inchangees, refusees) =
            (nombre(IssueLot::Faite), nombre(IssueLot::Inchangee), nombre(IssueLot::Refusee));
        let geste = geste.filter(|_| !essai).map(str::to_owned);
        Self { essai, faites, inchangees, refusees, geste, resultats }
    }
}

/// Something a person did to demandes in one request, which she may undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Geste {
    /// Its name: the `X-Request-Id` of the answer to the request.
    pub id: String,
    /// When (RFC 3339, UTC).
    pub date: String,
    /// How many demandes it added.
    pub creees: i64,
    /// How many it changed.
    pub modifiees: i64,
    /// How many it deleted.
    pub supprimees: i64,
    /// How many it restored.
    pub restaurees: i64,
    /// The gesture that it undid, if it is an undoing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annule: Option<String>,
}

/// A demande that has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangementDemande {
    /// The demande.
    pub id: String,
    /// Its version now.
    pub version: i64,
}

/// What has changed, as those who follow the table are told: never values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changements {
    /// Too much has changed to tell it: the list is to be read again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tout: bool,
    /// The demandes within reach that have changed, deleted ones included.
    pub demandes: Vec<ChangementDemande>,
    /// The demandes that others have open, when they are no longer those told before; never told to programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presences: Option<Vec<PresenceDemande>>,
}

/// A demande that others have open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceDemande {
    /// Its id.
    pub id: String,
    /// Their names.
    pub noms: Vec<String>,
}

/// An event of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvenementFlux {
    /// Entry of the journal up to which it tells.
    pub id: String,
    /// [`Changements`], as JSON.
    pub data: String,
}

impl EvenementFlux {
    /// The event as it is sent (`text/event-stream`).
    pub fn ecrire(&self) -> String {
        format!("id: {}\ndata: {}\n\n", self.id, self.data)
    }
}
