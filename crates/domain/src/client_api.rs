//! API clients (product §1): programs of third parties, the keys they show, and what may be asked of both, as the wire
//! carries them.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::permission::{Operation, Portee, Reach, Role, reach};
use crate::text::fr::client_api as text;

/// Longest name of a client.
pub const NOM_MAX: usize = 100;
/// How long a key lasts at most, in days (API-20).
pub const JOURS_MAX: i64 = 365;
/// Most origins of a client.
pub const ORIGINES_MAX: usize = 10;
/// Longest origin.
const ORIGINE_MAX: usize = 200;
/// Most envelopes of a client.
const ENVELOPPES_MAX: usize = 200;

/// How a key is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GenreCle {
    /// Sent as it is with each request.
    Jeton,
    /// Exchanged for access tokens of ten minutes (OAuth 2 client credentials).
    Secret,
}

impl GenreCle {
    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jeton => "jeton",
            Self::Secret => "secret",
        }
    }

    /// The kind of this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Jeton, Self::Secret].into_iter().find(|kind| kind.as_str() == code)
    }
}

/// A key to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NouvelleCle {
    /// How it will be used.
    pub genre: GenreCle,
    /// How long it lasts, in days.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 90))]
    pub jours: i64,
}

/// A client to make, with its first key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NouveauClient {
    /// Name, to recognise it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub nom: String,
    /// What it may do: scopes.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 6))]
    pub portees: Vec<Portee>,
    /// Envelopes it works on, among those of whoever makes it; for the role `recipiendaire` only.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub enveloppes: Vec<String>,
    /// Origins of the pages that may call with its keys.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    pub origines: Vec<String>,
    /// Its first key.
    pub cle: NouvelleCle,
}

/// What has become of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EtatClient {
    /// It may call.
    Actif,
    /// No key of it opens, for their makers do not answer for them any more: it may not call.
    Suspendu,
    /// Revoked for good.
    Revoque,
}

/// What has become of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EtatCle {
    /// It opens.
    Active,
    /// The person who made it does not answer for it any more: it opens nothing.
    Suspendue,
    /// Its time is over.
    Expiree,
    /// Revoked for good.
    Revoquee,
}

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleVue {
    /// Its public part, which opens nothing.
    pub id: String,
    /// How it is used.
    pub genre: GenreCle,
    /// What has become of it.
    pub etat: EtatCle,
    /// When it was made (RFC 3339).
    pub cree_le: String,
    /// When it ends (RFC 3339).
    pub expire_le: String,
    /// When it last served, to the minute (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vu_le: Option<String>,
}

/// A client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientVu {
    /// Identifier; the `client_id` of OAuth 2.
    pub id: String,
    /// Name.
    pub nom: String,
    /// What has become of it.
    pub etat: EtatClient,
    /// Role it acts under.
    pub role: Role,
    /// What it may do.
    pub portees: Vec<Portee>,
    /// Labels of the envelopes it works on.
    pub enveloppes: Vec<String>,
    /// Origins of the pages that may call with its keys.
    pub origines: Vec<String>,
    /// Name of the person who answers for it; absent for a client made on the command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsable: Option<String>,
    /// When it was made (RFC 3339).
    pub cree_le: String,
    /// Its keys, the last one first.
    pub cles: Vec<CleVue>,
}

/// Clients within reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientsVus {
    /// The last one first.
    pub items: Vec<ClientVu>,
}

/// A key that was just made: the only time its secret is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleCreee {
    /// The client; the `client_id` of OAuth 2.
    pub client: String,
    /// Public part of the key.
    pub id: String,
    /// How it is used.
    pub genre: GenreCle,
    /// The whole key: `client_secret` of OAuth 2, or the token itself.
    pub secret: String,
    /// When it ends (RFC 3339).
    pub expire_le: String,
}

/// Asks for an access token (RFC 6749: the names are those of that text).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemandeJeton {
    /// `client_credentials`.
    pub grant_type: String,
    /// Scopes wanted, separated by spaces; all those of the client when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The client, unless it is named by `Authorization: Basic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Its secret, unless it is in `Authorization: Basic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JetonAcces {
    /// The token, to send after `Bearer`.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds that it lasts.
    pub expires_in: i64,
    /// Its scopes, separated by spaces.
    pub scope: String,
}

/// Why no access token is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErreurOauth {
    /// Code of RFC 6749: `invalid_request`, `invalid_client`, `invalid_scope`, `unsupported_grant_type`.
    pub error: String,
    /// What to do, in French without accents: RFC 6749 only takes ASCII there.
    pub error_description: String,
}

/// The scopes that some operation of this role asks for: a client never gets more than the role that makes it.
pub fn portees_du_role(role: Role) -> Vec<Portee> {
    let open = |operation: &&Operation| reach(role, **operation) != Reach::Nothing;
    let asked: Vec<Portee> = Operation::ALL.iter().filter(open).filter_map(|operation| operation.scope()).collect();
    Portee::ALL.iter().copied().filter(|portee| asked.contains(portee)).collect()
}

/// Whether this is the origin of a page: `https://host` with a port if need be; without TLS on the machine itself only.
fn est_une_origine(text: &str) -> bool {
    let Some((scheme, place)) = text.split_once("://") else { return false };
    let (host, port) = place.split_once(':').unwrap_or((place, "443"));
    let named = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && !host.starts_with(['.', '-'])
        && !host.ends_with(['.', '-']);
    let numbered = port.parse::<u16>().is_ok_and(|number| number > 0) && !port.starts_with('0');
    let local = matches!(host, "localhost" | "127.0.0.1");
    text.len() <= ORIGINE_MAX && named && numbered && (scheme == "https" || (scheme == "http" && local))
}

impl NouvelleCle {
    fn refuse(&self, at: &str) -> Option<FieldError> {
        let fits = (1..=JOURS_MAX).contains(&self.jours);
        (!fits).then(|| text::DUREE.au_champ(format!("{at}/jours")))
    }

    /// What is wrong with it.
    pub fn refus(&self) -> Vec<FieldError> {
        self.refuse("").into_iter().collect()
    }
}

impl NouveauClient {
    /// What is wrong with it, for whoever acts under this role; whether the envelopes are theirs is for the server to say.
    pub fn refus(&self, role: Role) -> Vec<FieldError> {
        let name = self.nom.trim();
        let mut found = Vec::new();
        if name.is_empty() || name.chars().count() > NOM_MAX || name.chars().any(char::is_control) {
            found.push(text::NOM.au_champ("/nom"));
        }
        let known = portees_du_role(role);
        if self.portees.is_empty() || !self.portees.iter().all(|portee| known.contains(portee)) {
            found.push(text::PORTEES.au_champ("/portees"));
        }
        let own = role == Role::Recipiendaire;
        if self.enveloppes.is_empty() == own || self.enveloppes.len() > ENVELOPPES_MAX {
            found.push(if own { text::ENVELOPPES } else { text::SANS_ENVELOPPE }.au_champ("/enveloppes"));
        }
        if self.origines.len() > ORIGINES_MAX || !self.origines.iter().all(|origin| est_une_origine(origin)) {
            found.push(text::ORIGINES.au_champ("/origines"));
        }
        found.extend(self.cle.refuse("/cle"));
        found
    }
}
