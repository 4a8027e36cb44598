//! The only way out by HTTP (SEC-50): fixed addresses, no redirection, no proxy of the environment, one deadline, a bounded
//! answer, and never a private address: names are resolved here, and the connection goes to the address that was checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use domain::preuve::EchecPreuve;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Url, redirect};

use crate::clock::Moment;
use crate::config::ServicesConfig;

/// Largest answer that is read, in bytes.
const LARGEST: usize = 1 << 20;
/// Longest pause, in seconds, that a service may ask for: more would break the promise that a check is made again within ten
/// minutes of its return. The minute that is left is for the one request that then tries.
const LONGEST_PAUSE: i64 = 540;

/// Why nothing useful came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub kind: EchecPreuve,
    /// Seconds for which the service asks to be left alone.
    pub pause: Option<i64>,
}

impl From<EchecPreuve> for Failure {
    fn from(kind: EchecPreuve) -> Self {
        Self { kind, pause: None }
    }
}

/// The client of every service.
pub struct Outgoing {
    client: Client,
    strict: bool,
}

impl Outgoing {
    /// Builds it once.
    ///
    /// # Errors
    /// For the log: the TLS settings were refused.
    pub fn new(config: &ServicesConfig, site: &str) -> Result<Self, String> {
        let who = if site.is_empty() { String::new() } else { format!(" (+{site})") };
        let mut client = Client::builder()
            .user_agent(format!("Parcours-Aidants/{}{who}", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .https_only(config.strict)
            .connect_timeout(config.delay / 2)
            .timeout(config.delay)
            .pool_max_idle_per_host(8)
            .pool_idle_timeout(Duration::from_secs(30))
            .tls_backend_preconfigured(tls()?);
        if config.strict {
            client = client.dns_resolver(PublicOnly);
        }
        let client = client.build().map_err(|error| error.to_string())?;
        Ok(Self { client, strict: config.strict })
    }

    /// The body of a 200.
    pub async fn get(&self, url: Url, key: Option<(&'static str, &str)>, now: Moment) -> Result<Vec<u8>, Failure> {
        if self.strict && !is_public_host(&url) {
            return Err(EchecPreuve::Injoignable.into());
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some((name, value)) = key {
            let mut value = HeaderValue::from_str(value).map_err(|_form| EchecPreuve::Refus)?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        let mut response = self.client.get(url).headers(headers).send().await.map_err(|error| failure(&error))?;
        match response.status().as_u16() {
            200 => {}
            429 => return Err(Failure { kind: EchecPreuve::Sature, pause: pause(response.headers(), now) }),
            500.. => return Err(Failure { kind: EchecPreuve::Panne, pause: pause(response.headers(), now) }),
            _ => return Err(EchecPreuve::Refus.into()),
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > LARGEST {
                return Err(EchecPreuve::Illisible.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// TLS by rustls and ring, with the authorities of the system.
fn tls() -> Result<rustls::ClientConfig, String> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

fn failure(error: &reqwest::Error) -> Failure {
    // The address of the request may hold a key: the log has none of it.
    if error.is_timeout() { EchecPreuve::Delai.into() } else { EchecPreuve::Injoignable.into() }
}

/// `Retry-After`, as seconds or as a date.
fn pause(headers: &HeaderMap, now: Moment) -> Option<i64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_date) => (DateTime::parse_from_rfc2822(text).ok()?.naive_utc() - now).num_seconds(),
    };
    Some(seconds.clamp(0, LONGEST_PAUSE))
}

/// Resolves a name, and refuses it as a whole when one of its addresses is private: it is not that of a public service.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() || found.iter().any(|address| !is_public(address.ip())) {
                return Err("not a public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address names its host, or gives a public one: names are looked at once resolved.
pub fn is_public_host(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    !host.is_empty() && bare.parse::<IpAddr>().map_or(true, is_public)
}

/// Whether an address is one of the Internet: not private, local, shared, documentary, multicast nor reserved.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

/// Only global unicast, and of it neither what documents, nor what carries an IPv4 address (6to4, Teredo, NAT64).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    (0x2000..0x4000).contains(&a)
        && !(a == 0x2001 && (b < 0x200 || b == 0xdb8))
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}
