//! Filing a candidature.

use domain::candidature::NouvelleCandidature;
use domain::preuve::StructureAnnuaire;

use super::{ClientError, Request};

/// Files a candidature, and gives the answer as it is (a `CandidatureRecue` in JSON): the confirmation keeps it for the
/// tab. The same `key` with the same candidature files it once, however often it is sent.
pub async fn file(candidature: &NouvelleCandidature, key: &str) -> Result<String, ClientError> {
    Request::post("/candidatures").header("Idempotency-Key", key).json(candidature).send().await?.text().await
}

/// What the company register says of a SIRET.
pub async fn annuaire(siret: &str) -> Result<StructureAnnuaire, ClientError> {
    Request::post(format!("/structures/{siret}/annuaire")).fetch().await
}
