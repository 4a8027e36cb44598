//! Filing a candidature.

use domain::candidature::NouvelleCandidature;
use domain::preuve::StructureAnnuaire;

use super::read::Read;
use super::{ClientError, Request};

/// Files a candidature, and gives the answer as it is (a `CandidatureRecue` in JSON): the confirmation keeps it for the
/// tab. The same `key` with the same candidature files it once, however often it is sent.
pub async fn file(candidature: &NouvelleCandidature, key: &str) -> Result<String, ClientError> {
    Request::post("/candidatures").header("Idempotency-Key", key).json(candidature).send().await?.text().await
}

/// Keeps a draft by the server, a new one or in place of the one of this secret; gives its secret and the day it is kept until.
pub async fn garder_brouillon(jeton: Option<&str>, contenu: &str) -> Result<(String, String), ClientError> {
    let membres = [("jeton", jeton.unwrap_or_default()), ("contenu", contenu)];
    let membres = if jeton.is_some() { &membres[..] } else { &membres[1..] };
    let lu = Read::answer(Request::post("/candidatures/brouillons").texts(membres)).await?;
    Ok((lu.text("jeton"), lu.text("expire_le")))
}

/// What was typed in the draft of this secret, and the day it is kept until.
pub async fn lire_brouillon(jeton: &str) -> Result<(String, String), ClientError> {
    let lu = Read::answer(Request::post("/candidatures/brouillons/lire").texts(&[("jeton", jeton)])).await?;
    Ok((lu.text("contenu"), lu.text("expire_le")))
}

/// Has the server forget the draft of this secret.
pub async fn effacer_brouillon(jeton: &str) -> Result<(), ClientError> {
    Request::post("/candidatures/brouillons/effacer").texts(&[("jeton", jeton)]).send().await.map(drop)
}

/// What the company register says of a SIRET.
pub async fn annuaire(siret: &str) -> Result<StructureAnnuaire, ClientError> {
    Request::post(format!("/structures/{siret}/annuaire")).fetch().await
}
