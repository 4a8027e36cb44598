//! The SMTP relay, and how a mail becomes a message for it.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{SmtpTransport, Transport};

use crate::config::MailConfig;
use crate::outbox::queue::Message;
use crate::text::mails::Mail;

/// Time the relay has to answer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Why a mail did not leave; the text is for the log and names nobody.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// Trying again later may succeed.
    Passing(String),
    /// Trying again would not help.
    Lasting(String),
}

/// Where mails go.
pub struct Relay {
    transport: SmtpTransport,
    sender: Mailbox,
    site: String,
}

impl Relay {
    /// The relay of the configuration, if there is one.
    pub fn new(config: &MailConfig) -> Result<Option<Self>, String> {
        let Some(url) = &config.relay else { return Ok(None) };
        let mut transport = SmtpTransport::from_url(url).map_err(|error| error.to_string())?.timeout(Some(TIMEOUT));
        if let Some(path) = &config.authority {
            let pem = std::fs::read(path).map_err(|error| error.to_string())?;
            let authority = Certificate::from_pem(&pem).map_err(|error| error.to_string())?;
            let parameters = TlsParameters::builder(config.host().to_owned()).add_root_certificate(authority);
            let parameters = parameters.build().map_err(|error| error.to_string())?;
            let wrapped = url.starts_with("smtps:");
            transport = transport.tls(if wrapped { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
        }
        let sender = config.sender.parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
        Ok(Some(Self { transport: transport.build(), sender, site: config.site.clone() }))
    }

    /// Public address of the service, where the links of mails lead.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Hands one mail over.
    pub fn send(&self, message: &Message, mail: &Mail) -> Result<(), Failure> {
        let lasting = |cause: &dyn std::fmt::Display| Failure::Lasting(cause.to_string());
        let to: Mailbox = mail.to.parse().map_err(|_named| Failure::Lasting("the address is malformed".to_owned()))?;
        let written = u64::try_from(message.cree_le.and_utc().timestamp()).unwrap_or(0);
        let mut head = lettre::Message::builder();
        if let Some(stop) = &mail.stop {
            head = head.raw_header(unsubscribe(stop));
        }
        let mail = head
            .from(self.sender.clone())
            .to(to)
            .subject(&mail.subject)
            .date(UNIX_EPOCH + Duration::from_secs(written))
            .message_id(Some(format!("<{}@{}>", message.id, self.sender.email.domain())))
            .raw_header(automatic())
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|error| lasting(&error))?;
        match self.transport.send(&mail) {
            Ok(_accepted) => Ok(()),
            Err(error) => {
                // What the relay says may name the recipient: its code is enough.
                let code = error.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string());
                if error.is_permanent() { Err(Failure::Lasting(code)) } else { Err(Failure::Passing(code)) }
            }
        }
    }
}

/// Lets a mail program propose to unsubscribe (RFC 2369). The address opens a page that asks: a scanner that follows it changes
/// nothing.
fn unsubscribe(address: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{address}>"))
}

/// Tells robots of absence not to answer (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}
