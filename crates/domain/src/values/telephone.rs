//! French phone numbers, metropolitan and overseas, kept in the international form `+33612345678`.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;

/// Longest text read as a number.
pub const SAISIE_MAX: usize = 40;
/// Sign between groups of digits, where a line is never broken.
const INSECABLE: char = '\u{a0}';

/// Where each national prefix leads: the four first digits of the national number, the country code.
const OUTRE_MER: [(&str, &str); 16] = [
    // Numbers for works of fiction and examples, which no operator gives: metropolitan, in the middle of Mayotte's.
    ("063998", "33"),
    ("0590", "590"),
    ("0690", "590"),
    ("0691", "590"),
    ("0594", "594"),
    ("0694", "594"),
    ("0596", "596"),
    ("0696", "596"),
    ("0697", "596"),
    ("0262", "262"),
    ("0263", "262"),
    ("0269", "262"),
    ("0639", "262"),
    ("0692", "262"),
    ("0693", "262"),
    ("0508", "508"),
];

/// A phone number of France.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Telephone {
    /// `+`, country code, subscriber number.
    e164: String,
    /// Length of the country code.
    indicatif: usize,
}

impl Telephone {
    /// Reads a national (`06 12 34 56 78`) or an international number (`+33`, `0033`, `+262`…).
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, other signs than digits, nine digits (lost leading zero), wrong length,
    /// foreign country.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        if texte.len() > SAISIE_MAX * 4 || texte.chars().count() > SAISIE_MAX {
            return Err(refus::TELEPHONE_LONGUEUR);
        }
        let (chiffres, international) = nettoyer(texte)?;
        if international {
            return Self::international(&chiffres);
        }
        match chiffres.len() {
            10 => Self::national(&chiffres),
            9 if !chiffres.starts_with('0') => Err(refus::TELEPHONE_ZERO_PERDU),
            11 if chiffres.starts_with("33") => Self::international(&chiffres),
            _ => Err(refus::TELEPHONE_LONGUEUR),
        }
    }

    /// Ten digits beginning with zero.
    fn national(chiffres: &str) -> Result<Self, Refus> {
        let abonne = chiffres.strip_prefix('0').filter(|reste| !reste.starts_with('0'));
        let abonne = abonne.ok_or(refus::TELEPHONE_FORME)?;
        let indicatif = OUTRE_MER.iter().find(|(prefixe, _)| chiffres.starts_with(prefixe)).map_or("33", |(_, i)| *i);
        // Saint-Pierre-et-Miquelon: the country code replaces the first four digits instead of preceding nine.
        let abonne = if indicatif == "508" { abonne.strip_prefix("508").unwrap_or(abonne) } else { abonne };
        Ok(Self { e164: format!("+{indicatif}{abonne}"), indicatif: indicatif.len() })
    }

    /// Country code and subscriber number, without `+`.
    fn international(chiffres: &str) -> Result<Self, Refus> {
        let (indicatif, reste) = ["33", "590", "594", "596", "262", "508"]
            .into_iter()
            .find_map(|code| chiffres.strip_prefix(code).map(|reste| (code, reste)))
            .ok_or(refus::TELEPHONE_ETRANGER)?;
        // « +33 (0)6 … » is written on many cards.
        let abonne = reste.strip_prefix('0').unwrap_or(reste);
        match (indicatif, abonne.len()) {
            ("508", 6) => Self::national(&format!("0508{abonne}")),
            (_, 9) => {
                let numero = Self::national(&format!("0{abonne}"))?;
                // « +33 690… » is a slip for « +590 690… »; « +590 612… » is nobody's number.
                let coherent = indicatif == "33" || numero.e164.get(1..=numero.indicatif) == Some(indicatif);
                if coherent { Ok(numero) } else { Err(refus::TELEPHONE_FORME) }
            }
            _ => Err(refus::TELEPHONE_LONGUEUR),
        }
    }

    /// The international form: `+33612345678`.
    pub fn as_str(&self) -> &str {
        &self.e164
    }

    /// What follows the country code.
    fn abonne(&self) -> &str {
        self.e164.get(self.indicatif + 1..).unwrap_or_default()
    }

    /// Whether it can receive a text message, as far as its prefix tells.
    pub fn est_mobile(&self) -> bool {
        if self.e164.starts_with("+508") {
            return self.abonne().starts_with("55");
        }
        self.abonne().starts_with(['6', '7'])
    }

    /// The national form in pairs, with no-break spaces.
    pub fn afficher(&self) -> String {
        let prefixe = if self.e164.starts_with("+508") { "0508" } else { "0" };
        let mut texte = String::with_capacity(20);
        for (rang, c) in prefixe.chars().chain(self.abonne().chars()).enumerate() {
            if rang > 0 && rang.is_multiple_of(2) {
                texte.push(INSECABLE);
            }
            texte.push(c);
        }
        texte
    }
}

/// The digits alone, and whether a country code leads them.
fn nettoyer(texte: &str) -> Result<(String, bool), Refus> {
    let texte = texte.trim();
    let (reste, plus) = texte.strip_prefix('+').map_or((texte, false), |reste| (reste, true));
    let mut chiffres = String::with_capacity(14);
    for c in reste.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '0'..='9' => chiffres.push(c),
            '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' => {}
            _ => return Err(refus::TELEPHONE_CARACTERES),
        }
    }
    if chiffres.is_empty() {
        return Err(refus::TELEPHONE_VIDE);
    }
    match chiffres.strip_prefix("00") {
        Some(reste) if !plus => Ok((reste.to_owned(), true)),
        _ => Ok((chiffres, plus)),
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.e164)
    }
}
