//! Signed cursors: opaque to callers, bound to the list they come from, refused when altered.

use domain::error::ErrorCode;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::error::AppError;
use crate::journal::hex;

/// Hexadecimal characters of the signature kept: 96 bits.
const SIGNATURE: usize = 24;

/// Signs and checks cursors.
#[derive(Clone)]
pub struct Signer {
    key: Hmac<Sha256>,
}

impl Signer {
    /// A signer with this key.
    pub fn new(secret: &str) -> Self {
        // HMAC takes keys of any length; the fallback is unreachable but keeps this total.
        let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
            .unwrap_or_else(|_any_length_is_valid| Hmac::<Sha256>::new(&Default::default()));
        Self { key }
    }

    fn signature(&self, list: &str, payload: &str) -> String {
        let mut mac = self.key.clone();
        mac.update(list.as_bytes());
        mac.update(&[0]);
        mac.update(payload.as_bytes());
        hex(&mac.finalize().into_bytes()).chars().take(SIGNATURE).collect()
    }

    /// The cursor that stands for `position` in the list described by `list`.
    pub fn seal(&self, list: &str, position: &impl Serialize) -> String {
        let payload = hex(serde_json::to_string(position).unwrap_or_default().as_bytes());
        format!("{}{payload}", self.signature(list, &payload))
    }

    /// The position behind a cursor of this very list.
    pub fn open<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<T, AppError> {
        let refused = || AppError::new(ErrorCode::CurseurInvalide);
        if !cursor.is_ascii() || cursor.len() < SIGNATURE {
            return Err(refused());
        }
        let (signature, payload) = cursor.split_at(SIGNATURE);
        let genuine = self.signature(list, payload);
        if !bool::from(subtle::ConstantTimeEq::ct_eq(signature.as_bytes(), genuine.as_bytes())) {
            return Err(refused());
        }
        unhex(payload).and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(refused)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok()).collect()
}
