//! Access tokens of ten minutes (RFC 9068), signed with ES256: the only module that names `jsonwebtoken` (SEC-25, RT-12).
//!
//! Nothing that decides is read from the token itself: the algorithm is fixed, the key is one of ours found by its name,
//! `jku`, `x5u` and `jwk` are never looked at, and each claim must be there and have its type. The times are checked here
//! and not by the library, which would ask the machine what time it is.

mod keys;
mod provider;

use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;

pub use keys::Keys;

/// How long a token is good, in seconds.
pub const LIFE: i64 = 600;
/// By how much the clocks of two servers may differ, in seconds.
const LEEWAY: i64 = 5;
/// Kind of token, so that one made for something else is not taken for it.
const KIND: &str = "at+jwt";

/// Who issues tokens, and for which API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Public address of the service.
    pub site: String,
}

impl Issuer {
    /// Address of the API that the tokens are for.
    pub fn audience(&self) -> String {
        format!("{}/api/v1", self.site)
    }
}

/// What a token says. A claim more or less, or of another type, and it is not ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: String,
    /// The client.
    pub sub: String,
    client_id: String,
    /// What the token may do, scopes separated by spaces.
    pub scope: String,
    /// The key that was exchanged for this token: revoked, it takes the token with it.
    pub cle: String,
}

/// A token to make.
pub struct New<'a> {
    /// The client.
    pub client: &'a str,
    /// The key that it showed.
    pub key: &'a str,
    /// Scopes, separated by spaces.
    pub scope: &'a str,
    /// Name of the token, unique.
    pub id: String,
}

/// Makes a token; `None` when the key cannot sign, which starting has excluded.
pub fn issue(keys: &Keys, issuer: &Issuer, new: New<'_>, now: Moment) -> Option<String> {
    let seconds = now.and_utc().timestamp();
    let claims = Claims {
        iss: issuer.site.clone(),
        aud: issuer.audience(),
        exp: seconds + LIFE,
        nbf: seconds,
        iat: seconds,
        jti: new.id,
        sub: new.client.to_owned(),
        client_id: new.client.to_owned(),
        scope: new.scope.to_owned(),
        cle: new.key.to_owned(),
    };
    let key = keys.current();
    let header = Header { typ: Some(KIND.to_owned()), kid: Some(key.id.clone()), ..Header::new(Algorithm::ES256) };
    provider::install();
    encode(&header, &claims, &key.private).ok()
}

/// What a token says, if it is one of ours and good now.
pub fn verify(keys: &Keys, issuer: &Issuer, token: &str, now: Moment) -> Option<Claims> {
    provider::install();
    let header = decode_header(token).ok()?;
    if header.alg != Algorithm::ES256 || header.typ.as_deref() != Some(KIND) || header.crit.is_some() {
        return None;
    }
    let key = keys.named(header.kid.as_deref()?)?;
    let claims = decode::<Claims>(token, &key.public, &signature_only()).ok()?.claims;
    holds(&claims, issuer, now).then_some(claims)
}

/// The library checks the signature; `holds` checks the rest.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    validation
}

fn holds(claims: &Claims, issuer: &Issuer, now: Moment) -> bool {
    let seconds = now.and_utc().timestamp();
    let begun = claims.nbf <= seconds.saturating_add(LEEWAY) && claims.iat <= seconds.saturating_add(LEEWAY);
    let ends =
        claims.exp > seconds && claims.exp.checked_sub(claims.iat).is_some_and(|life| (1..=LIFE).contains(&life));
    let ours = claims.iss == issuer.site && claims.aud == issuer.audience() && claims.sub == claims.client_id;
    begun && ends && ours && !claims.jti.is_empty()
}
