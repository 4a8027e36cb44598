//! Secrets at rest: sealed with a key of the configuration, never of the database, and bound to the place they are
//! kept at, so that a sealed value moved to another row opens nothing (SEC-63). Several keys may be known: the first
//! seals, all of them open, which is how a key is replaced without stopping. Short codes, which a plain hash would not
//! hide, are recognised by a keyed one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::journal::hex;
use crate::text::command as text;

/// Bytes of a key.
const KEY: usize = 32;
/// Different bytes that a key of at least 32 has: one drawn has 28 to 32 of them.
const DIFFERENT: usize = 8;
/// Bytes of the nonce in front of what is sealed.
const NONCE: usize = 24;

#[derive(Clone)]
struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
    mac: Hmac<Sha256>,
}

/// The keys of this instance.
#[derive(Clone)]
pub struct Keys {
    current: Key,
    former: Vec<Key>,
}

/// A sealed secret, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Key that seals it.
    pub key: String,
    /// Nonce and ciphertext, in base 64.
    pub text: String,
}

/// Whether a key was written by hand rather than drawn: so few different bytes never come out of a draw (SEC-62).
pub fn is_monotonous(key: &[u8]) -> bool {
    let mut different = key.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() < DIFFERENT
}

/// Where a secret is kept: its column and its row.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `table.column`.
    pub column: &'a str,
    /// Primary key.
    pub row: &'a str,
}

impl Key {
    fn new(id: &str, bytes: &[u8]) -> Option<Self> {
        let cipher = XChaCha20Poly1305::new_from_slice(bytes).ok()?;
        // A key of its own for each use, both from the one that is configured.
        let derived = <Hmac<Sha256> as KeyInit>::new_from_slice(bytes).ok()?.chain_update("empreintes").finalize();
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&derived.into_bytes()).ok()?;
        Some(Self { id: id.to_owned(), cipher, mac })
    }

    /// `name:base64 of 32 bytes`.
    fn parse(text: &str) -> Option<Self> {
        let (id, encoded) = text.trim().split_once(':')?;
        let named = !id.is_empty() && id.len() <= 32 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let bytes = Zeroizing::new(STANDARD.decode(encoded).ok()?);
        (named && bytes.len() == KEY && !is_monotonous(&bytes)).then(|| Self::new(id, &bytes)).flatten()
    }

    /// What the ciphertext is bound to.
    fn context(&self, place: Place<'_>) -> Vec<u8> {
        [place.column, place.row, &self.id].join("\u{0}").into_bytes()
    }
}

impl Keys {
    /// Reads `name:key,name:key…`; the first one seals.
    ///
    /// # Errors
    /// A sentence that says what form is expected.
    pub fn parse(list: &str) -> Result<Self, String> {
        let keys: Option<Vec<Key>> = list.split(',').map(Key::parse).collect();
        let mut keys = keys.ok_or(text::KEYS_FORM)?.into_iter();
        let current = keys.next().ok_or(text::KEYS_FORM)?;
        let former: Vec<Key> = keys.collect();
        let mut names: Vec<&str> = former.iter().map(|key| key.id.as_str()).chain([current.id.as_str()]).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(text::KEYS_TWICE.to_owned());
        }
        Ok(Self { current, former })
    }

    /// The key that everybody knows: for instances without secrets only (demonstration, training site).
    pub fn public() -> Self {
        let bytes = Sha256::digest("parcours-aidants, instance sans secret");
        let current = Key::new("publique", &bytes).unwrap_or_else(|| unreachable!("32 bytes are a key"));
        Self { current, former: Vec::new() }
    }

    /// Whether the key that everybody knows is among them.
    pub fn holds_the_public_one(&self) -> bool {
        let known = Self::public().fingerprints("");
        self.fingerprints("").iter().any(|one| known.contains(one))
    }

    /// Seals a secret for this place.
    pub fn seal(&self, clock: &Clock, place: Place<'_>, secret: &[u8]) -> Sealed {
        let nonce = clock.bytes::<NONCE>();
        let aad = self.current.context(place);
        let payload = Payload { msg: secret, aad: &aad };
        // Encryption only fails beyond 256 GiB; an empty text then opens nothing.
        let sealed = self.current.cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        Sealed { key: self.current.id.clone(), text: STANDARD.encode([nonce.as_slice(), &sealed].concat()) }
    }

    /// Opens a secret kept at this place; `None` when the key is unknown or anything was altered or moved.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
        let key = [&self.current].into_iter().chain(&self.former).find(|key| key.id == sealed.key)?;
        let bytes = STANDARD.decode(&sealed.text).ok()?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE>()?;
        let aad = key.context(place);
        key.cipher.decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &aad }).ok().map(Zeroizing::new)
    }

    /// What a short code is recognised by, under each key: the first is to be stored, any may be found.
    pub fn fingerprints(&self, code: &str) -> Vec<String> {
        let keys = [&self.current].into_iter().chain(&self.former);
        keys.map(|key| hex(&key.mac.clone().chain_update(code).finalize().into_bytes())).collect()
    }

    /// Name of the key that seals now.
    pub fn current_name(&self) -> &str {
        &self.current.id
    }

    /// Whether this secret is sealed with the key that seals now.
    pub fn is_current(&self, sealed: &Sealed) -> bool {
        sealed.key == self.current.id
    }
}
