//! Names of people: letters of any alphabet, apostrophes, hyphens, spaces, dots; never digits.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;

/// Most signs of a name.
pub const LONGUEUR_MAX: usize = 150;

/// A last or a first name, with single spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NomPersonne(String);

impl NomPersonne {
    /// Reads a name; spaces around and between words are tidied, letters are kept as typed.
    ///
    /// # Errors
    /// A [`Refus`] when it is empty, longer than [`LONGUEUR_MAX`], holds digits or signs no name has.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        if texte.chars().count() > LONGUEUR_MAX {
            return Err(refus::NOM_TROP_LONG);
        }
        let mut nom = String::with_capacity(texte.len());
        for mot in texte.split_whitespace() {
            if !nom.is_empty() {
                nom.push(' ');
            }
            nom.push_str(mot);
        }
        if nom.is_empty() {
            return Err(refus::NOM_VIDE);
        }
        if nom.chars().any(char::is_numeric) {
            return Err(refus::NOM_CHIFFRE);
        }
        if !nom.chars().all(est_de_nom) || !nom.chars().any(char::is_alphabetic) {
            return Err(refus::NOM_SIGNE);
        }
        Ok(Self(nom))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters, combining accents, apostrophes, hyphens, and the dots, commas and brackets of « J. » or « née (…) ».
fn est_de_nom(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, ' ' | '.' | ',' | '(' | ')' | '\'' | '-' | '`' | '\u{b4}' | '\u{b7}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{2010}'..='\u{2013}')
}

impl fmt::Display for NomPersonne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
