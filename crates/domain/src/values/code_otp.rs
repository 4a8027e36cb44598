//! Six-digit codes, however they were typed: one code has one canonical form, so that it is spent once whatever its
//! writing (RT-02).

use super::sans_separateurs;

/// Digits of a code.
pub const CHIFFRES: usize = 6;
/// The zeros of the decimal digits that keyboards and pasted texts may bring: ASCII, Arabic, Persian, full width.
const ZEROS: [char; 4] = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];

/// A code of six ASCII digits.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeOtp(String);

impl CodeOtp {
    /// Reads a code: spaces and hyphens are dropped, digits of other writings are converted, lost leading zeros come
    /// back. `None` when it cannot be a code.
    pub fn lire(texte: &str) -> Option<Self> {
        let chiffres: String = sans_separateurs(texte).map(chiffre).collect::<Option<_>>()?;
        if chiffres.is_empty() || chiffres.len() > CHIFFRES {
            return None;
        }
        Some(Self(format!("{chiffres:0>CHIFFRES$}")))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn chiffre(c: char) -> Option<char> {
    ZEROS.into_iter().find_map(|zero| {
        let valeur = u32::from(c).checked_sub(u32::from(zero)).filter(|valeur| *valeur < 10)?;
        char::from_digit(valeur, 10)
    })
}
