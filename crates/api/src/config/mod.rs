//! Configuration, from the environment only: one struct per concern, refused at start with the variable's name.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::db::DbUrl;
use crate::text::command as text;

/// A variable that is missing or wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Name of the variable.
    pub variable: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} : {}", self.variable, self.reason)
    }
}

impl std::error::Error for ConfigError {}

/// Kind of instance (product §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Real people: code 123456 is never accepted.
    Production,
    /// Seeded accounts, simulators, code 123456.
    Demonstration,
    /// The learners' training site.
    BacASable,
}

impl Mode {
    /// Code of the mode, as in `PARCOURS_MODE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demonstration => "demonstration",
            Self::BacASable => "bac-a-sable",
        }
    }
}

/// What the pages look like. The brand of the State is reserved for its services: an operator entitled to it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    /// Own colours and the fonts of the device.
    Neutral,
    /// Brand block, Marianne font and blue of the French State.
    Etat,
}

impl Brand {
    /// Code of the brand, as in `PARCOURS_MARQUE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutre",
            Self::Etat => "etat",
        }
    }
}

/// Where to listen, and whom to believe about the client's address.
#[derive(Clone)]
pub struct HttpConfig {
    /// Address of the service (`PARCOURS_LISTEN`).
    pub listen: SocketAddr,
    /// Address of the metrics, apart from the service (`PARCOURS_METRICS_LISTEN`); none when unset.
    pub metrics: Option<SocketAddr>,
    /// Number of proxies in front that append to `X-Forwarded-For` (`PARCOURS_PROXIES`, 0 by default: the header is ignored).
    pub proxies: usize,
}

/// Limits that protect the service.
#[derive(Clone)]
pub struct LimitConfig {
    /// Public writes per address and per minute (`PARCOURS_LIMITE_PUBLIQUE`, 30 by default).
    pub public_per_minute: u32,
    /// Largest JSON body, in bytes (`PARCOURS_LIMITE_JSON`, 1 MiB by default).
    pub json_bytes: usize,
    /// Largest CSV or NDJSON file, in bytes (`PARCOURS_LIMITE_FICHIER`, 2 GiB by default).
    pub file_bytes: u64,
    /// Largest XLSX or ODS file, in bytes (`PARCOURS_LIMITE_CLASSEUR`, 20 MiB by default).
    pub workbook_bytes: u64,
    /// Largest unpacked XLSX or ODS, in bytes (`PARCOURS_LIMITE_CLASSEUR_OUVERT`, 200 MiB by default).
    pub workbook_unpacked_bytes: u64,
}

/// Everything the server needs to know before it starts.
#[derive(Clone)]
pub struct Config {
    /// The database (`DATABASE_URL`).
    pub database: DbUrl,
    /// Readers at once (`PARCOURS_LECTEURS`, 8 by default).
    pub readers: u32,
    /// Kind of instance (`PARCOURS_MODE`).
    pub mode: Mode,
    /// Look of the pages (`PARCOURS_MARQUE`, `neutre` by default).
    pub brand: Brand,
    /// Listeners.
    pub http: HttpConfig,
    /// Limits.
    pub limits: LimitConfig,
    /// Directory where imported files wait (`PARCOURS_DONNEES`, `donnees` by default).
    pub spool: PathBuf,
    /// Key that signs cursors (`PARCOURS_SECRET`, at least 32 characters); drawn at start outside production.
    pub secret: Option<String>,
}

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

fn parsed<T: std::str::FromStr>(get: Lookup, variable: &'static str, default: T) -> Result<T, ConfigError>
where
    T::Err: std::fmt::Display,
{
    match get(variable) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|error: T::Err| ConfigError { variable, reason: error.to_string() }),
    }
}

/// A number that must not be 0.
fn positive(get: Lookup, variable: &'static str, default: u32) -> Result<u32, ConfigError> {
    match parsed(get, variable, default)? {
        0 => Err(ConfigError { variable, reason: "0 : au moins 1".to_owned() }),
        number => Ok(number),
    }
}

fn mode(get: Lookup) -> Result<Mode, ConfigError> {
    match get("PARCOURS_MODE").as_deref() {
        None | Some("production") => Ok(Mode::Production),
        Some("demonstration") => Ok(Mode::Demonstration),
        Some("bac-a-sable") => Ok(Mode::BacASable),
        Some(other) => Err(ConfigError { variable: "PARCOURS_MODE", reason: text::unknown_mode(other) }),
    }
}

fn brand(get: Lookup) -> Result<Brand, ConfigError> {
    match get("PARCOURS_MARQUE").as_deref() {
        None | Some("neutre") => Ok(Brand::Neutral),
        Some("etat") => Ok(Brand::Etat),
        Some(other) => Err(ConfigError { variable: "PARCOURS_MARQUE", reason: text::unknown_brand(other) }),
    }
}

fn http(get: Lookup) -> Result<HttpConfig, ConfigError> {
    let metrics = match get("PARCOURS_METRICS_LISTEN") {
        None => None,
        Some(text) => Some(text.parse().map_err(|error: std::net::AddrParseError| ConfigError {
            variable: "PARCOURS_METRICS_LISTEN",
            reason: error.to_string(),
        })?),
    };
    Ok(HttpConfig {
        listen: parsed(get, "PARCOURS_LISTEN", SocketAddr::from(([127, 0, 0, 1], 8080)))?,
        metrics,
        proxies: parsed(get, "PARCOURS_PROXIES", 0)?,
    })
}

fn limits(get: Lookup) -> Result<LimitConfig, ConfigError> {
    Ok(LimitConfig {
        public_per_minute: positive(get, "PARCOURS_LIMITE_PUBLIQUE", 30)?,
        json_bytes: parsed(get, "PARCOURS_LIMITE_JSON", 1 << 20)?,
        file_bytes: parsed(get, "PARCOURS_LIMITE_FICHIER", 2 << 30)?,
        workbook_bytes: parsed(get, "PARCOURS_LIMITE_CLASSEUR", 20 << 20)?,
        workbook_unpacked_bytes: parsed(get, "PARCOURS_LIMITE_CLASSEUR_OUVERT", 200 << 20)?,
    })
}

fn secret(get: Lookup, mode: Mode) -> Result<Option<String>, ConfigError> {
    let variable = "PARCOURS_SECRET";
    match get(variable) {
        Some(text) if text.len() < 32 => Err(ConfigError { variable, reason: text::SECRET_TOO_SHORT.to_owned() }),
        None if mode == Mode::Production => {
            Err(ConfigError { variable, reason: "obligatoire en production".to_owned() })
        }
        other => Ok(other),
    }
}

impl Config {
    /// Reads the environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(&|name| std::env::var(name).ok())
    }

    /// Reads from any source of variables (tests).
    pub fn from_lookup(get: Lookup) -> Result<Self, ConfigError> {
        let mode = mode(get)?;
        let database = get("DATABASE_URL").unwrap_or_else(|| "donnees/parcours.sqlite".to_owned());
        Ok(Self {
            database: DbUrl::parse(&database).map_err(|reason| ConfigError { variable: "DATABASE_URL", reason })?,
            readers: positive(get, "PARCOURS_LECTEURS", 8)?,
            mode,
            brand: brand(get)?,
            http: http(get)?,
            limits: limits(get)?,
            spool: get("PARCOURS_DONNEES").unwrap_or_else(|| "donnees".to_owned()).into(),
            secret: secret(get, mode)?,
        })
    }

    /// The configuration as text, secrets masked (`--print-config`).
    pub fn describe(&self) -> String {
        let metrics = self.http.metrics.map_or_else(|| "(aucune)".to_owned(), |address| address.to_string());
        let secret = if self.secret.is_some() { "***" } else { text::SECRET_DRAWN };
        [
            ("DATABASE_URL", self.database.masked()),
            ("PARCOURS_LECTEURS", self.readers.to_string()),
            ("PARCOURS_MODE", self.mode.as_str().to_owned()),
            ("PARCOURS_MARQUE", self.brand.as_str().to_owned()),
            ("PARCOURS_LISTEN", self.http.listen.to_string()),
            ("PARCOURS_METRICS_LISTEN", metrics),
            ("PARCOURS_PROXIES", self.http.proxies.to_string()),
            ("PARCOURS_LIMITE_PUBLIQUE", self.limits.public_per_minute.to_string()),
            ("PARCOURS_LIMITE_JSON", self.limits.json_bytes.to_string()),
            ("PARCOURS_LIMITE_FICHIER", self.limits.file_bytes.to_string()),
            ("PARCOURS_LIMITE_CLASSEUR", self.limits.workbook_bytes.to_string()),
            ("PARCOURS_LIMITE_CLASSEUR_OUVERT", self.limits.workbook_unpacked_bytes.to_string()),
            ("PARCOURS_DONNEES", self.spool.display().to_string()),
            ("PARCOURS_SECRET", secret.to_owned()),
        ]
        .map(|(name, value)| format!("{name}={value}\n"))
        .concat()
    }
}
