//! SIRO, of France compétences: the OPCO of an establishment, `GET /siro/v1/public/{siret}` with a key.

use domain::preuve::{EchecPreuve, ReponseSiro};
use reqwest::Url;
use serde_json::Value;

use super::reading::text;

/// The header that carries the key.
pub const KEY: &str = "x-gravitee-api-key";

/// The address of the look-up of an establishment.
pub fn request(base: &Url, siret: &str) -> Url {
    super::join(base, &format!("siro/v1/public/{siret}"))
}

/// The OPCO of an establishment; nothing when SIRO does not know it. Code 02 (claimed, or partly masked) gives a name that
/// is not certain.
///
/// # Errors
/// [`EchecPreuve::Illisible`] when the answer is not that of SIRO, or is about another establishment.
pub fn decode(body: &[u8], siret: &str) -> Result<Option<ReponseSiro>, EchecPreuve> {
    let unreadable = |_error| EchecPreuve::Illisible;
    let answer: Value = serde_json::from_slice(body).map_err(unreadable)?;
    let code = text(&answer, "code");
    let about = text(&answer, "siret");
    if !answer.is_object() || (!about.is_empty() && about != siret) {
        return Err(EchecPreuve::Illisible);
    }
    let confirme = match code.as_str() {
        "01" | "1" | "03" | "3" => true,
        "02" | "2" => false,
        "99" => return Ok(None),
        _ => return Err(EchecPreuve::Illisible),
    };
    let name = answer.get("opcoRattachement").map(|opco| text(opco, "nom")).unwrap_or_default();
    match name.as_str() {
        "" => Err(EchecPreuve::Illisible),
        "N/C" => Ok(None),
        _ => Ok(Some(ReponseSiro { opco: name, confirme })),
    }
}
