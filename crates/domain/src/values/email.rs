//! E-mail addresses, read by hand: the common form `locale@domaine`, in lower case, at most 254 signs.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;

/// Longest address (RFC 5321, path of 256 with its brackets).
pub const LONGUEUR_MAX: usize = 254;
/// Longest local part (RFC 5321).
const LOCALE_MAX: usize = 64;
/// Longest label of a domain (RFC 1035).
const ETIQUETTE_MAX: usize = 63;

/// A well-formed address, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email {
    texte: String,
    arobase: usize,
}

impl Email {
    /// Reads an address; surrounding spaces are dropped and letters lower-cased.
    ///
    /// # Errors
    /// A [`Refus`] that says which part is wrong.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        if texte.len() > LONGUEUR_MAX {
            return Err(refus::EMAIL_TROP_LONG);
        }
        let (locale, domaine) = decouper(texte.trim())?;
        let mut texte = String::with_capacity(locale.len() + domaine.len() + 1);
        texte.push_str(locale);
        texte.push('@');
        texte.push_str(domaine);
        texte.make_ascii_lowercase();
        Ok(Self { arobase: locale.len(), texte })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.texte
    }

    /// What stands before the `@`.
    pub fn locale(&self) -> &str {
        self.texte.get(..self.arobase).unwrap_or_default()
    }

    /// What stands after the `@`.
    pub fn domaine(&self) -> &str {
        self.texte.get(self.arobase + 1..).unwrap_or_default()
    }
}

/// Checks an address already trimmed and cuts it at its `@`, without copying it.
///
/// # Errors
/// A [`Refus`] that says which part is wrong.
pub fn decouper(texte: &str) -> Result<(&str, &str), Refus> {
    if texte.is_empty() {
        return Err(refus::EMAIL_VIDE);
    }
    if texte.len() > LONGUEUR_MAX {
        return Err(refus::EMAIL_TROP_LONG);
    }
    if texte.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(refus::EMAIL_ESPACE);
    }
    let (locale, domaine) = texte.split_once('@').ok_or(refus::EMAIL_SANS_AROBASE)?;
    if domaine.contains('@') {
        return Err(refus::EMAIL_PLUSIEURS_AROBASES);
    }
    if !texte.is_ascii() {
        return Err(refus::EMAIL_ACCENT);
    }
    if !locale_correcte(locale) {
        return Err(refus::EMAIL_LOCALE);
    }
    if domaine_correct(domaine) { Ok((locale, domaine)) } else { Err(refus::EMAIL_DOMAINE) }
}

/// Letters, digits and the signs of RFC 5322, in dot-separated words.
fn locale_correcte(locale: &str) -> bool {
    let signe = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    locale.len() <= LOCALE_MAX && locale.split('.').all(|mot| !mot.is_empty() && mot.bytes().all(signe))
}

/// At least two labels of letters, digits and inner hyphens, the last one beginning with a letter.
fn domaine_correct(domaine: &str) -> bool {
    let etiquette = |e: &str| {
        (1..=ETIQUETTE_MAX).contains(&e.len())
            && !e.starts_with('-')
            && !e.ends_with('-')
            && e.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domaine.split('.').all(etiquette)
        && domaine
            .rsplit_once('.')
            .is_some_and(|(_, fin)| fin.len() >= 2 && fin.starts_with(|c: char| c.is_ascii_alphabetic()))
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texte)
    }
}
