//! Reference data.

use domain::page::Page;
use domain::referentiel::CommuneVue;
use domain::session::EnveloppeVue;

use super::query::encode;
use super::{ClientError, Query, Request};

/// The communes of a postal code.
pub async fn communes(code_postal: &str) -> Result<Vec<CommuneVue>, ClientError> {
    let path = Query::new().with("code_postal", code_postal).on("/referentiel/communes");
    Request::get(path).fetch::<Page<CommuneVue>>().await.map(|page| page.items)
}

/// The communes whose name holds these words.
pub async fn communes_nommees(mots: &str) -> Result<Vec<CommuneVue>, ClientError> {
    let path = Query::new().with("q", mots).on("/referentiel/communes");
    Request::get(path).fetch::<Page<CommuneVue>>().await.map(|page| page.items)
}

/// The envelope of a public link.
pub async fn enveloppe_publique(id: &str) -> Result<EnveloppeVue, ClientError> {
    Request::get(format!("/enveloppes/{}/publique", encode(id))).fetch().await
}

/// The envelopes in reach of the signed-in person.
pub async fn enveloppes() -> Result<Vec<EnveloppeVue>, ClientError> {
    Request::get("/enveloppes").fetch::<Page<EnveloppeVue>>().await.map(|page| page.items)
}
