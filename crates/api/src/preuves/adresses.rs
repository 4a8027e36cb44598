//! The national address base, by the geocoding of the Géoplateforme: `GET /search`, which answers GeoJSON.

use domain::preuve::{AdresseGeocodee, EchecPreuve};
use reqwest::Url;
use serde_json::Value;

use super::reading::text;

/// Score from which an address of the same postal code is believed.
const CERTAIN: u8 = 80;

/// The address of the look-up of an address; `q` is cut to what the service takes.
pub fn request(base: &Url, address: &str, postal_code: &str) -> Url {
    let mut url = super::join(base, "search");
    let words: String = address.chars().take(200).collect();
    let mut pairs = url.query_pairs_mut();
    pairs.append_pair("q", &words).append_pair("limit", "1").append_pair("autocomplete", "0");
    if !postal_code.is_empty() {
        pairs.append_pair("postcode", postal_code);
    }
    drop(pairs);
    url
}

/// The address that is most alike; nothing when none is.
///
/// # Errors
/// [`EchecPreuve::Illisible`] when the answer is not GeoJSON with a score and a point.
pub fn decode(body: &[u8], postal_code: &str) -> Result<Option<AdresseGeocodee>, EchecPreuve> {
    let unreadable = |_error| EchecPreuve::Illisible;
    let answer: Value = serde_json::from_slice(body).map_err(unreadable)?;
    let features = answer.get("features").and_then(Value::as_array).ok_or(EchecPreuve::Illisible)?;
    let Some(feature) = features.first() else { return Ok(None) };
    let properties = feature.get("properties").ok_or(EchecPreuve::Illisible)?;
    let score = properties.get("score").and_then(Value::as_f64).ok_or(EchecPreuve::Illisible)?;
    let point = feature.pointer("/geometry/coordinates").and_then(Value::as_array).ok_or(EchecPreuve::Illisible)?;
    let &[longitude, latitude] = point.iter().filter_map(Value::as_f64).collect::<Vec<_>>().as_slice() else {
        return Err(EchecPreuve::Illisible);
    };
    let found = text(properties, "postcode");
    let score = percent(score);
    Ok(Some(AdresseGeocodee {
        libelle: text(properties, "label"),
        code_insee: text(properties, "citycode"),
        certaine: score >= CERTAIN && found == postal_code,
        code_postal: found,
        longitude: format!("{longitude:.6}"),
        latitude: format!("{latitude:.6}"),
        score,
    }))
}

/// A score from 0 to 1, as whole hundredths.
fn percent(score: f64) -> u8 {
    (0..=100_u8).rev().find(|hundredth| score * 100.0 >= f64::from(*hundredth)).unwrap_or(0)
}
