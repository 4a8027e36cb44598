//! The dashboards, and the files made of them.

use domain::pilotage::TableauDeBord;

use super::http::PREFIX;
use super::{ClientError, Request};

/// Reads a dashboard: `national`, `departements/01`, `enveloppes/…`.
pub async fn lire(quoi: &str) -> Result<TableauDeBord, ClientError> {
    Request::get(format!("/tableaux-de-bord/{quoi}")).fetch().await
}

/// The address of its CSV file.
pub fn fichier(quoi: &str) -> String {
    format!("{PREFIX}/tableaux-de-bord/{quoi}?format=csv")
}

/// The address of the report of the convention of an envelope.
pub fn rapport(enveloppe: &str, format: &str) -> String {
    format!("{PREFIX}/enveloppes/{}/rapport?format={format}", super::query::encode(enveloppe))
}
