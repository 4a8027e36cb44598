//! Where mails go.

use std::path::PathBuf;

use super::{ConfigError, Lookup, Mode};
use crate::text::command as text;

/// The relay of mails and their sender.
#[derive(Clone)]
pub struct MailConfig {
    /// Address of the relay (`PARCOURS_SMTP`), which production needs; without it mails wait in the outbox.
    pub relay: Option<String>,
    /// Certificate of an authority trusted beside those of the system (`PARCOURS_SMTP_AUTORITE`, a PEM file).
    pub authority: Option<PathBuf>,
    /// Who mails come from (`PARCOURS_EXPEDITEUR`).
    pub sender: String,
    /// Public address of the service, without a slash at its end (`PARCOURS_URL`): the links of mails lead there.
    pub site: String,
}

impl MailConfig {
    /// Reads the variables; mails of real people do not travel in clear.
    pub(super) fn read(get: Lookup, mode: Mode) -> Result<Self, ConfigError> {
        let refuse = |variable, reason: &str| Err(ConfigError { variable, reason: reason.to_owned() });
        let config = Self {
            relay: get("PARCOURS_SMTP"),
            authority: get("PARCOURS_SMTP_AUTORITE").map(PathBuf::from),
            sender: get("PARCOURS_EXPEDITEUR")
                .unwrap_or_else(|| "Parcours Aidants <ne-pas-repondre@localhost>".to_owned()),
            site: get("PARCOURS_URL").unwrap_or_default().trim_end_matches('/').to_owned(),
        };
        let schemes: &[&str] = if mode == Mode::Production { &["https://"] } else { &["https://", "http://"] };
        if !config.site.is_empty() && !schemes.iter().any(|scheme| config.site.starts_with(scheme)) {
            return refuse("PARCOURS_URL", text::A_SITE);
        }
        if config.sender.parse::<lettre::message::Mailbox>().is_err() {
            return refuse("PARCOURS_EXPEDITEUR", text::A_SENDER);
        }
        if config.relay.is_none() && mode == Mode::Production {
            // Nobody signs in without a mail: a server that sends none is out of order.
            return refuse("PARCOURS_SMTP", text::PRODUCTION_NEEDS_IT);
        }
        if let Some(url) = &config.relay {
            if lettre::SmtpTransport::from_url(url).is_err() {
                return refuse("PARCOURS_SMTP", text::A_RELAY);
            }
            if mode == Mode::Production && !url.starts_with("smtps://") && !url.contains("tls=required") {
                return refuse("PARCOURS_SMTP", text::CLEAR_RELAY);
            }
            if config.site.is_empty() {
                return refuse("PARCOURS_URL", text::SITE_FIRST);
            }
        }
        if config.authority.as_ref().is_some_and(|path| !path.is_file()) {
            return refuse("PARCOURS_SMTP_AUTORITE", text::NO_FILE);
        }
        Ok(config)
    }

    /// Name of the relay's host, which its certificate must bear.
    pub fn host(&self) -> &str {
        let address = self.relay.as_deref().and_then(|url| url.split("://").nth(1)).unwrap_or("");
        let authority = address.split(['/', '?']).next().unwrap_or("");
        let host = authority.rsplit('@').next().unwrap_or("");
        host.rsplit_once(':').map_or(host, |(host, _port)| host)
    }

    /// The relay without its password.
    pub(super) fn masked(&self) -> String {
        let Some(url) = &self.relay else { return text::NO_RELAY.to_owned() };
        match (url.split_once("://"), url.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, host))) => format!("{scheme}://***@{host}"),
            _ => url.clone(),
        }
    }
}
