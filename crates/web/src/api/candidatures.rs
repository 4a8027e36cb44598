//! Filing a candidature.

use domain::candidature::{CandidatureRecue, NouvelleCandidature};

use super::{ClientError, Request};

/// Files a candidature. The same `key` with the same candidature files it once, however often it is sent.
pub async fn file(candidature: &NouvelleCandidature, key: &str) -> Result<CandidatureRecue, ClientError> {
    Request::post("/candidatures").header("Idempotency-Key", key).json(candidature).fetch().await
}
