//! SIREN and SIRET (rule ELI-9): 9 and 14 digits checked by the Luhn key, never padded, shown in groups.

use std::fmt;

use crate::text::fr::refus;
use crate::values::{Refus, sans_separateurs};

/// SIREN of La Poste, whose establishments may follow another key than Luhn's.
const LA_POSTE: &str = "356000000";
/// Sign between groups of digits, where a line is never broken.
const INSECABLE: char = '\u{a0}';
/// Longest text read as a number: 14 digits and their separators; beyond, it is something else.
pub const SAISIE_MAX: usize = 40;

/// Number of a company: nine digits, the last one being a key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren([u8; 9]);

/// Number of an establishment: its SIREN and five digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret([u8; 14]);

impl Siren {
    /// Reads a SIREN, separators allowed.
    ///
    /// # Errors
    /// A [`Refus`] when it is empty, holds anything but digits, has not nine of them, is all zeros, or its key is wrong.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        let (chiffres, nombre) = chiffres::<9>(texte, refus::SIREN_VIDE, refus::SIREN_CARACTERES)?;
        match nombre {
            9 if chiffres.iter().all(|c| *c == b'0') => Err(refus::SIREN_CLE),
            9 if luhn(&chiffres) => Ok(Self(chiffres)),
            9 => Err(refus::SIREN_CLE),
            _ => Err(refus::SIREN_LONGUEUR),
        }
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// In groups of three, with no-break spaces.
    pub fn afficher(&self) -> String {
        grouper(self.as_str(), &[3, 6])
    }

    /// Whether the number is one of those given to public-law bodies: State (1…) and local ones (2…).
    pub const fn est_public(&self) -> bool {
        let [premier, ..] = self.0;
        matches!(premier, b'1' | b'2')
    }
}

impl Siret {
    /// Reads a SIRET, separators allowed. Nothing is ever padded: a lost leading zero is refused and named.
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, letters, scientific notation, 9 digits (a SIREN), 13 digits (lost zero),
    /// too short, too long, zeros, wrong key.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        if texte.len() > SAISIE_MAX * 4 || texte.chars().count() > SAISIE_MAX {
            return Err(refus::SIRET_TROP_LONG);
        }
        let lettres =
            if est_notation_scientifique(texte) { refus::SIRET_SCIENTIFIQUE } else { refus::SIRET_CARACTERES };
        let (chiffres, nombre) = chiffres::<14>(texte, refus::SIRET_VIDE, lettres)?;
        match nombre {
            14 => Self::verifier(chiffres),
            13 => Err(refus::SIRET_TREIZE_CHIFFRES),
            9 => Err(refus::SIRET_EST_UN_SIREN),
            n if n > 14 => Err(refus::SIRET_TROP_LONG),
            _ => Err(refus::SIRET_TROP_COURT),
        }
    }

    /// Checks the keys of 14 digits.
    fn verifier(chiffres: [u8; 14]) -> Result<Self, Refus> {
        let siret = Self(chiffres);
        let siren = siret.siren();
        if siren.0.iter().all(|c| *c == b'0') {
            return Err(refus::SIRET_ZEROS);
        }
        let poste = siren.as_str() == LA_POSTE && somme(&chiffres).is_multiple_of(5);
        if luhn(&siren.0) && (luhn(&chiffres) || poste) { Ok(siret) } else { Err(refus::SIRET_CLE) }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The company the establishment belongs to.
    pub const fn siren(&self) -> Siren {
        let [a, b, c, d, e, f, g, h, i, ..] = self.0;
        Siren([a, b, c, d, e, f, g, h, i])
    }

    /// In groups 3-3-3-5, with no-break spaces.
    pub fn afficher(&self) -> String {
        grouper(self.as_str(), &[3, 6, 9])
    }
}

/// The first `N` digits of a text, and how many it has in all.
fn chiffres<const N: usize>(texte: &str, vide: Refus, autre: Refus) -> Result<([u8; N], usize), Refus> {
    let mut chiffres = [0_u8; N];
    let mut nombre = 0;
    for c in sans_separateurs(texte) {
        let octet = u8::try_from(c).ok().filter(u8::is_ascii_digit).ok_or(autre)?;
        if let Some(place) = chiffres.get_mut(nombre) {
            *place = octet;
        }
        nombre += 1;
    }
    if nombre == 0 { Err(vide) } else { Ok((chiffres, nombre)) }
}

/// Whether a spreadsheet has turned the number into `2,175E+13`: its last digits are lost.
fn est_notation_scientifique(texte: &str) -> bool {
    let texte = texte.trim();
    texte.split_once(['E', 'e']).is_some_and(|(mantisse, exposant)| {
        let chiffre = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '+');
        !mantisse.is_empty() && !exposant.is_empty() && mantisse.chars().all(chiffre) && exposant.chars().all(chiffre)
    })
}

/// The Luhn sum of ASCII digits is a multiple of ten.
fn luhn(chiffres: &[u8]) -> bool {
    let total: u32 = chiffres
        .iter()
        .rev()
        .enumerate()
        .map(|(rang, c)| {
            let valeur = u32::from(c.wrapping_sub(b'0')) * if rang % 2 == 1 { 2 } else { 1 };
            if valeur > 9 { valeur - 9 } else { valeur }
        })
        .sum();
    total.is_multiple_of(10)
}

/// Plain sum of ASCII digits.
fn somme(chiffres: &[u8]) -> u32 {
    chiffres.iter().map(|c| u32::from(c.wrapping_sub(b'0'))).sum()
}

/// The digits with a no-break space before each of these positions.
fn grouper(chiffres: &str, coupures: &[usize]) -> String {
    let mut texte = String::with_capacity(chiffres.len() + 2 * coupures.len());
    for (rang, c) in chiffres.chars().enumerate() {
        if coupures.contains(&rang) {
            texte.push(INSECABLE);
        }
        texte.push(c);
    }
    texte
}

impl fmt::Debug for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Siren({})", self.as_str())
    }
}

impl fmt::Debug for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Siret({})", self.as_str())
    }
}

impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
