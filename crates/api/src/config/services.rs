//! The services of the outside that prove something of a structure, and how long they are waited for.

use std::time::Duration;

use reqwest::Url;

use super::{ConfigError, Lookup, Mode, parsed};
use crate::preuves::outgoing::is_public_host;
use crate::text::command as text;

/// Address of the company register.
const ENTREPRISES: &str = "PARCOURS_ENTREPRISES";
/// Address of SIRO.
const SIRO: &str = "PARCOURS_SIRO";
/// Key of SIRO.
const SIRO_KEY: &str = "PARCOURS_SIRO_CLE";
/// Address of the address base.
const ADRESSES: &str = "PARCOURS_ADRESSES";
/// How long an answer is waited for.
const DELAY: &str = "PARCOURS_DELAI_EXTERNE";

/// Services that are asked; none of those that have no address.
#[derive(Clone)]
pub struct ServicesConfig {
    /// API Recherche d'entreprises ([`ENTREPRISES`]).
    pub entreprises: Option<Url>,
    /// SIRO of France compétences ([`SIRO`]), with its key ([`SIRO_KEY`]).
    pub siro: Option<(Url, String)>,
    /// Géoplateforme geocoding ([`ADRESSES`]).
    pub adresses: Option<Url>,
    /// Time for a whole exchange ([`DELAY`], in milliseconds, 5,000 by default).
    pub delay: Duration,
    /// Only `https` and public addresses, as everywhere but in a demonstration.
    pub strict: bool,
}

impl ServicesConfig {
    /// Reads the variables.
    pub(super) fn read(get: Lookup, mode: Mode) -> Result<Self, ConfigError> {
        let strict = mode != Mode::Demonstration;
        let siro = match (service(get, SIRO, strict)?, get(SIRO_KEY)) {
            (Some(url), Some(key)) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Some((url, key))
            }
            (Some(_), _) => return Err(ConfigError { variable: SIRO_KEY, reason: text::A_SIRO_KEY.to_owned() }),
            (None, _) => None,
        };
        let delay = parsed(get, DELAY, 5_000_u64)?.clamp(1, 60_000);
        Ok(Self {
            entreprises: service(get, ENTREPRISES, strict)?,
            siro,
            adresses: service(get, ADRESSES, strict)?,
            delay: Duration::from_millis(delay),
            strict,
        })
    }

    /// Whether some service is asked.
    pub const fn any(&self) -> bool {
        self.entreprises.is_some() || self.siro.is_some() || self.adresses.is_some()
    }

    /// The variables and their values, the key masked.
    pub(super) fn describe(&self) -> [(&'static str, String); 5] {
        let shown = |url: Option<&Url>| url.map_or_else(|| text::NO_SERVICE.to_owned(), Url::to_string);
        [
            (ENTREPRISES, shown(self.entreprises.as_ref())),
            (SIRO, shown(self.siro.as_ref().map(|(url, _)| url))),
            (SIRO_KEY, if self.siro.is_some() { "***" } else { text::NO_SERVICE }.to_owned()),
            (ADRESSES, shown(self.adresses.as_ref())),
            (DELAY, self.delay.as_millis().to_string()),
        ]
    }
}

/// The base address of a service, which ends with a slash so that paths are added to it.
fn service(get: Lookup, variable: &'static str, strict: bool) -> Result<Option<Url>, ConfigError> {
    let Some(address) = get(variable).filter(|address| !address.is_empty()) else { return Ok(None) };
    let refused = || ConfigError { variable, reason: text::A_SERVICE.to_owned() };
    let url = Url::parse(&format!("{}/", address.trim_end_matches('/'))).map_err(|_form| refused())?;
    let schemes: &[&str] = if strict { &["https"] } else { &["https", "http"] };
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !schemes.contains(&url.scheme()) || !plain || url.fragment().is_some() || (strict && !is_public_host(&url)) {
        return Err(refused());
    }
    Ok(Some(url))
}
