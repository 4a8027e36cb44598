//! The keys that sign access tokens: given by the configuration, never kept in the database. The first signs, all of them
//! verify, so that a key is replaced without a refusal (SEC-61). What is not a P-256 key is refused at start (SEC-62).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, EncodingKey};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::clock::entropy;
use crate::text::command as text;

/// Longest name of a key.
const NAME_MAX: usize = 32;

pub(super) struct Key {
    pub(super) id: String,
    pub(super) private: EncodingKey,
    pub(super) public: DecodingKey,
    x: String,
    y: String,
}

/// The keys of this instance.
#[derive(Clone)]
pub struct Keys {
    current: Arc<Key>,
    former: Vec<Arc<Key>>,
}

impl Key {
    fn new(id: &str, pkcs8: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &entropy()).ok()?;
        // An uncompressed point: a byte that says so, then its two coordinates.
        let (x, y) = pair.public_key().as_ref().get(1..)?.split_at_checked(32)?;
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        let public = DecodingKey::from_ec_components(&x, &y).ok()?;
        Some(Self { id: id.to_owned(), private: EncodingKey::from_ec_der(pkcs8), public, x, y })
    }

    /// `name:base64 of PKCS#8`.
    fn parse(text: &str) -> Option<Arc<Self>> {
        let (id, encoded) = text.trim().split_once(':')?;
        let named = (1..=NAME_MAX).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let bytes = Zeroizing::new(STANDARD.decode(encoded).ok()?);
        named.then(|| Self::new(id, &bytes)).flatten().map(Arc::new)
    }

    /// The public half, as others read it (RFC 7517).
    fn published(&self) -> Value {
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id, "x": self.x, "y": self.y })
    }
}

impl Keys {
    /// Reads `name:key,name:key…`; the first one signs.
    ///
    /// # Errors
    /// A sentence that says what form is expected.
    pub fn parse(list: &str) -> Result<Self, String> {
        let keys: Option<Vec<Arc<Key>>> = list.split(',').map(Key::parse).collect();
        let mut keys = keys.ok_or(text::JWT_KEYS_FORM)?.into_iter();
        let current = keys.next().ok_or(text::JWT_KEYS_FORM)?;
        let read = Self { current, former: keys.collect() };
        let mut names: Vec<&str> = read.all().map(|key| key.id.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(text::KEYS_TWICE.to_owned());
        }
        Ok(read)
    }

    /// A new key, as the configuration takes it: `name:base64 of PKCS#8`.
    ///
    /// # Errors
    /// A sentence: the machine gave no randomness.
    pub fn draw(name: &str) -> Result<String, String> {
        let drawn = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &entropy());
        let bytes = drawn.map_err(|_unspecified| text::NO_RANDOMNESS.to_owned())?;
        Ok(format!("{name}:{}", STANDARD.encode(bytes.as_ref())))
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Key>> {
        [&self.current].into_iter().chain(&self.former)
    }

    pub(super) fn current(&self) -> &Key {
        &self.current
    }

    pub(super) fn named(&self, id: &str) -> Option<&Key> {
        self.all().find(|key| key.id == id).map(AsRef::as_ref)
    }

    /// The public keys, for whoever wants to verify a token (`/.well-known/jwks.json`).
    pub fn published(&self) -> Value {
        json!({ "keys": self.all().map(|key| key.published()).collect::<Vec<_>>() })
    }
}
