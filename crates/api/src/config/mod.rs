//! Configuration, from the environment only: one struct per concern, refused at start with the variable's name.

mod mail;
mod reminders;
mod services;

pub use mail::MailConfig;
pub use reminders::RemindersConfig;
pub use services::ServicesConfig;

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::access::jwt;
use crate::db::DbUrl;
use crate::http::client::Proxies;
use crate::journal::SigningKey;
use crate::seal::{Keys, is_monotonous};
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
    /// Networks of the proxies whose `X-Forwarded-For` is believed (`PARCOURS_RELAIS`, none by default: it is ignored).
    pub proxies: Proxies,
}

/// Public writes per address and per minute: variable and default.
pub const PUBLIC_WRITES: (&str, u32) = ("PARCOURS_LIMITE_PUBLIQUE", 30);
/// Attempts per address and per quarter of an hour.
pub const PER_ADDRESS: (&str, u32) = ("PARCOURS_LIMITE_CONNEXION", 100);
/// Attempts per account and per quarter of an hour.
pub const PER_ACCOUNT: (&str, u32) = ("PARCOURS_LIMITE_COMPTE", 10);
/// Access tokens per key of a client and per quarter of an hour.
pub const PER_CLIENT: (&str, u32) = ("PARCOURS_LIMITE_JETON", 60);

/// Limits that protect the service.
#[derive(Clone)]
pub struct LimitConfig {
    /// [`PUBLIC_WRITES`].
    pub public_per_minute: u32,
    /// [`PER_ADDRESS`].
    pub sign_in_per_address: u32,
    /// [`PER_ACCOUNT`].
    pub sign_in_per_account: u32,
    /// [`PER_CLIENT`].
    pub tokens_per_client: u32,
    /// How long a one-time code is recent enough for a sensitive act, in seconds (`PARCOURS_CODE_RECENT`, 900 by default).
    pub code_seconds: i64,
    /// How long a client follows the changes in one request, in seconds (`PARCOURS_FLUX_DUREE`, 55 by default; 0 answers at once).
    pub feed_seconds: u64,
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
    /// Seed of the key that signs the head of the journal (`PARCOURS_CLE_JOURNAL`, 64 hexadecimal digits).
    pub journal_key: Option<String>,
    /// Mails.
    pub mail: MailConfig,
    /// When reminders are sent.
    pub reminders: RemindersConfig,
    /// Services of the outside.
    pub services: ServicesConfig,
    /// Keys that seal the seeds of one-time codes (`PARCOURS_CLES_OTP`).
    pub keys: Keys,
    /// Keys that sign access tokens (`PARCOURS_CLES_JWT`); drawn at start outside production.
    pub jwt: Option<jwt::Keys>,
}

type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A value read from text; `wanted` says what it must be.
fn read<T: std::str::FromStr>(variable: &'static str, value: &str, wanted: &str) -> Result<T, ConfigError> {
    value.parse().ok().ok_or_else(|| ConfigError { variable, reason: text::wrong_value(value, wanted) })
}

fn parsed<T: std::str::FromStr>(get: Lookup, variable: &'static str, default: T) -> Result<T, ConfigError> {
    get(variable).map_or(Ok(default), |value| read(variable, &value, text::A_NUMBER))
}

fn address(get: Lookup, variable: &'static str) -> Result<Option<SocketAddr>, ConfigError> {
    get(variable).map(|value| read(variable, &value, text::AN_ADDRESS)).transpose()
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
    Ok(HttpConfig {
        listen: address(get, "PARCOURS_LISTEN")?.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
        metrics: address(get, "PARCOURS_METRICS_LISTEN")?,
        proxies: get("PARCOURS_RELAIS")
            .map_or(Ok(Proxies::default()), |list| read("PARCOURS_RELAIS", &list, text::NETWORKS))?,
    })
}

fn limits(get: Lookup) -> Result<LimitConfig, ConfigError> {
    Ok(LimitConfig {
        public_per_minute: positive(get, PUBLIC_WRITES.0, PUBLIC_WRITES.1)?,
        sign_in_per_address: positive(get, PER_ADDRESS.0, PER_ADDRESS.1)?,
        sign_in_per_account: positive(get, PER_ACCOUNT.0, PER_ACCOUNT.1)?,
        tokens_per_client: positive(get, PER_CLIENT.0, PER_CLIENT.1)?,
        code_seconds: i64::from(positive(get, "PARCOURS_CODE_RECENT", 900)?),
        feed_seconds: parsed(get, "PARCOURS_FLUX_DUREE", 55)?,
        json_bytes: parsed(get, "PARCOURS_LIMITE_JSON", 1 << 20)?,
        file_bytes: parsed(get, "PARCOURS_LIMITE_FICHIER", 2 << 30)?,
        workbook_bytes: parsed(get, "PARCOURS_LIMITE_CLASSEUR", 20 << 20)?,
        workbook_unpacked_bytes: parsed(get, "PARCOURS_LIMITE_CLASSEUR_OUVERT", 200 << 20)?,
    })
}

fn secret(get: Lookup, mode: Mode) -> Result<Option<String>, ConfigError> {
    let variable = "PARCOURS_SECRET";
    match get(variable) {
        Some(text) if is_monotonous(text.as_bytes()) => {
            Err(ConfigError { variable, reason: text::MONOTONOUS.to_owned() })
        }
        Some(text) if text.len() < 32 => Err(ConfigError { variable, reason: text::SECRET_TOO_SHORT.to_owned() }),
        None if mode == Mode::Production => Err(ConfigError { variable, reason: text::PRODUCTION_NEEDS_IT.to_owned() }),
        other => Ok(other),
    }
}

fn journal_key(get: Lookup) -> Result<Option<String>, ConfigError> {
    let variable = "PARCOURS_CLE_JOURNAL";
    match get(variable) {
        Some(seed) if is_monotonous(seed.as_bytes()) => {
            Err(ConfigError { variable, reason: text::MONOTONOUS.to_owned() })
        }
        Some(seed) if SigningKey::parse(&seed).is_none() => {
            Err(ConfigError { variable, reason: text::A_SEED.to_owned() })
        }
        other => Ok(other),
    }
}

/// Seeds outlive a start: the key is given, or known to everybody where there is nothing to hide.
fn keys(get: Lookup, mode: Mode) -> Result<Keys, ConfigError> {
    let variable = "PARCOURS_CLES_OTP";
    match get(variable) {
        Some(list) => {
            let keys = Keys::parse(&list).map_err(|reason| ConfigError { variable, reason })?;
            if mode == Mode::Production && keys.holds_the_public_one() {
                return Err(ConfigError { variable, reason: text::PUBLIC_KEY.to_owned() });
            }
            Ok(keys)
        }
        None if mode == Mode::Production => Err(ConfigError { variable, reason: text::PRODUCTION_NEEDS_IT.to_owned() }),
        None => Ok(Keys::public()),
    }
}

fn jwt_keys(get: Lookup, mode: Mode) -> Result<Option<jwt::Keys>, ConfigError> {
    let variable = "PARCOURS_CLES_JWT";
    match get(variable) {
        Some(list) => jwt::Keys::parse(&list).map(Some).map_err(|reason| ConfigError { variable, reason }),
        None if mode == Mode::Production => Err(ConfigError { variable, reason: text::PRODUCTION_NEEDS_IT.to_owned() }),
        None => Ok(None),
    }
}

impl Config {
    /// The keys that sign access tokens: those given, else one that this start draws and that goes with it.
    ///
    /// # Errors
    /// A sentence: the machine gave no randomness.
    pub fn jwt_keys(&self) -> Result<jwt::Keys, String> {
        self.jwt.clone().map_or_else(|| jwt::Keys::draw("demarrage").and_then(|key| jwt::Keys::parse(&key)), Ok)
    }

    /// Who issues access tokens: the public address, else the one where the server listens.
    pub fn issuer(&self) -> jwt::Issuer {
        let site =
            if self.mail.site.is_empty() { format!("http://{}", self.http.listen) } else { self.mail.site.clone() };
        jwt::Issuer { site }
    }

    /// The key that signs the head of the journal.
    pub fn signing_key(&self) -> Option<SigningKey> {
        self.journal_key.as_deref().and_then(SigningKey::parse)
    }

    /// Reads the environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(&|name| std::env::var(name).ok())
    }

    /// Reads from any source of variables (tests).
    pub fn from_lookup(get: Lookup) -> Result<Self, ConfigError> {
        let mode = mode(get)?;
        let database = get("DATABASE_URL").unwrap_or_else(|| "donnees/parcours.sqlite".to_owned());
        Ok(Self {
            database: DbUrl::parse(&database)
                .map_err(|_why| ConfigError { variable: "DATABASE_URL", reason: text::A_DATABASE.to_owned() })?,
            readers: positive(get, "PARCOURS_LECTEURS", 8)?,
            mode,
            brand: brand(get)?,
            http: http(get)?,
            limits: limits(get)?,
            spool: get("PARCOURS_DONNEES").unwrap_or_else(|| "donnees".to_owned()).into(),
            secret: secret(get, mode)?,
            journal_key: journal_key(get)?,
            mail: MailConfig::read(get, mode)?,
            reminders: RemindersConfig::read(get)?,
            services: ServicesConfig::read(get, mode)?,
            keys: keys(get, mode)?,
            jwt: jwt_keys(get, mode)?,
        })
    }

    /// The configuration as text, secrets masked (`--print-config`).
    pub fn describe(&self) -> String {
        let metrics = self.http.metrics.map_or_else(|| "(aucune)".to_owned(), |address| address.to_string());
        let authority = self.mail.authority.as_ref().map_or_else(String::new, |path| path.display().to_string());
        let secret = if self.secret.is_some() { "***" } else { text::SECRET_DRAWN };
        let own = [
            ("DATABASE_URL", self.database.masked()),
            ("PARCOURS_LECTEURS", self.readers.to_string()),
            ("PARCOURS_MODE", self.mode.as_str().to_owned()),
            ("PARCOURS_MARQUE", self.brand.as_str().to_owned()),
            ("PARCOURS_LISTEN", self.http.listen.to_string()),
            ("PARCOURS_METRICS_LISTEN", metrics),
            ("PARCOURS_RELAIS", self.http.proxies.to_string()),
            (PUBLIC_WRITES.0, self.limits.public_per_minute.to_string()),
            (PER_ADDRESS.0, self.limits.sign_in_per_address.to_string()),
            (PER_ACCOUNT.0, self.limits.sign_in_per_account.to_string()),
            (PER_CLIENT.0, self.limits.tokens_per_client.to_string()),
            ("PARCOURS_CODE_RECENT", self.limits.code_seconds.to_string()),
            ("PARCOURS_FLUX_DUREE", self.limits.feed_seconds.to_string()),
            ("PARCOURS_LIMITE_JSON", self.limits.json_bytes.to_string()),
            ("PARCOURS_LIMITE_FICHIER", self.limits.file_bytes.to_string()),
            ("PARCOURS_LIMITE_CLASSEUR", self.limits.workbook_bytes.to_string()),
            ("PARCOURS_LIMITE_CLASSEUR_OUVERT", self.limits.workbook_unpacked_bytes.to_string()),
            ("PARCOURS_DONNEES", self.spool.display().to_string()),
            ("PARCOURS_SECRET", secret.to_owned()),
            ("PARCOURS_CLE_JOURNAL", if self.journal_key.is_some() { "***" } else { text::NO_KEY }.to_owned()),
            ("PARCOURS_URL", self.mail.site.clone()),
            ("PARCOURS_SMTP", self.mail.masked()),
            ("PARCOURS_SMTP_AUTORITE", authority),
            ("PARCOURS_EXPEDITEUR", self.mail.sender.clone()),
            ("PARCOURS_CLES_OTP", "***".to_owned()),
            ("PARCOURS_CLES_JWT", if self.jwt.is_some() { "***" } else { text::SECRET_DRAWN }.to_owned()),
        ];
        let own = own.into_iter().chain(self.reminders.describe());
        own.chain(self.services.describe()).map(|(name, value)| format!("{name}={value}\n")).collect()
    }
}
