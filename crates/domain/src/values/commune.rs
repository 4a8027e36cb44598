//! INSEE codes of communes: département (`01`, `2A`, `97`) and number, five signs.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;
use crate::values::departement::CodeDepartement;

/// Longest text read as a code.
pub const SAISIE_MAX: usize = 20;

/// A well-formed code of a known département. Whether the commune exists is for the reference data to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeInsee([u8; 5]);

impl CodeInsee {
    /// Reads a code; `2a004` is read as `2A004`.
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, four digits (lost leading zero), other forms, unknown département.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(refus::CODE_INSEE_VIDE);
        }
        if texte.len() == 4 && texte.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refus::CODE_INSEE_QUATRE_CHIFFRES);
        }
        let Ok(mut code) = <[u8; 5]>::try_from(texte.as_bytes()) else {
            return Err(refus::CODE_INSEE_FORME);
        };
        code.make_ascii_uppercase();
        let [a, b, reste @ ..] = code;
        let tete = a.is_ascii_digit() && (b.is_ascii_digit() || (a == b'2' && matches!(b, b'A' | b'B')));
        if !tete || !reste.iter().all(u8::is_ascii_digit) {
            return Err(refus::CODE_INSEE_FORME);
        }
        let code = Self(code);
        CodeDepartement::du_code_insee(code.as_str()).map(|_| code).ok_or(refus::CODE_INSEE_DEPARTEMENT)
    }

    /// The five signs.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The département it belongs to.
    pub fn departement(&self) -> Option<CodeDepartement> {
        CodeDepartement::du_code_insee(self.as_str())
    }
}

impl fmt::Display for CodeInsee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
