//! French postal codes: five digits, never padded.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;

/// Longest text read as a postal code: five digits and their spaces.
pub const SAISIE_MAX: usize = 20;

/// Five digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePostal([u8; 5]);

impl CodePostal {
    /// Reads a postal code; spaces are dropped.
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, other signs than digits, four digits (lost leading zero), other length,
    /// `00…`.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        if texte.chars().count() > SAISIE_MAX {
            return Err(refus::CODE_POSTAL_LONGUEUR);
        }
        let mut chiffres = [0_u8; 5];
        let mut nombre = 0;
        for c in texte.chars().filter(|c| !c.is_whitespace()) {
            let octet = u8::try_from(c).ok().filter(u8::is_ascii_digit).ok_or(refus::CODE_POSTAL_CARACTERES)?;
            if let Some(place) = chiffres.get_mut(nombre) {
                *place = octet;
            }
            nombre += 1;
        }
        match nombre {
            0 => Err(refus::CODE_POSTAL_VIDE),
            4 => Err(refus::CODE_POSTAL_QUATRE_CHIFFRES),
            5 if chiffres.starts_with(b"00") => Err(refus::CODE_POSTAL_INCONNU),
            5 => Ok(Self(chiffres)),
            _ => Err(refus::CODE_POSTAL_LONGUEUR),
        }
    }

    /// The five digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CodePostal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
