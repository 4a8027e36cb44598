//! Départements and overseas collectivities (COG 2026): the closed list of their codes.

use std::fmt;

use crate::text::fr::{departements, refus};
use crate::values::Refus;
use crate::values::texte::plier;

/// Every code: 96 metropolitan, 5 overseas départements, 8 overseas collectivities.
#[rustfmt::skip]
const CODES: [&str; 109] = [
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "21", "22", "23", "24", "25", "26", "27", "28", "29", "2A", "2B", "30", "31", "32", "33", "34", "35", "36", "37",
    "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54", "55", "56",
    "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72", "73", "74", "75",
    "76", "77", "78", "79", "80", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94",
    "95", "971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988", "989",
];

/// Code of a département or an overseas collectivity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeDepartement(&'static str);

impl CodeDepartement {
    /// Every code, in order.
    pub fn tous() -> impl Iterator<Item = Self> {
        CODES.into_iter().map(Self)
    }

    /// Reads a code; `2a` is read as `2A`.
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, one digit (lost leading zero), unknown.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        let texte = texte.trim();
        match texte.as_bytes() {
            [] => Err(refus::DEPARTEMENT_VIDE),
            [b'1'..=b'9'] => Err(refus::DEPARTEMENT_ZERO_PERDU),
            _ => Self::connu(texte).ok_or(refus::DEPARTEMENT_INCONNU),
        }
    }

    /// The département with this code, whatever the case of its letter.
    fn connu(texte: &str) -> Option<Self> {
        CODES.into_iter().find(|code| code.eq_ignore_ascii_case(texte)).map(Self)
    }

    /// Reads a code or a name, as the Grist document shows it (« Côte-d'Or »), case and accents ignored.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_code_ou_nom(texte: &str) -> Result<Self, Refus> {
        Self::parse(texte).or_else(|refus| {
            let cherche = plier(texte);
            Self::tous().find(|code| plier(code.nom()) == cherche && !cherche.is_empty()).ok_or(refus)
        })
    }

    /// The département of an INSEE code, exactly.
    pub fn du_code_insee(code: &str) -> Option<Self> {
        let longueur = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
        code.get(..longueur).and_then(Self::connu)
    }

    /// The département a postal code points to. A guess: a score of communes are served from a neighbouring
    /// département, so the INSEE code, when known, comes first.
    pub fn deviner(code_postal: &str) -> Option<Self> {
        match (code_postal.get(..2)?, code_postal.get(..3)?) {
            ("20", "200" | "201") => Self::connu("2A"),
            ("20", _) => Self::connu("2B"),
            _ if code_postal == "97133" => Self::connu("977"),
            _ if code_postal == "97150" => Self::connu("978"),
            ("97" | "98", trois) => Self::connu(trois),
            (deux, _) => Self::connu(deux),
        }
    }

    /// The code: `01`, `2A`, `974`.
    pub const fn as_str(&self) -> &'static str {
        self.0
    }

    /// The name: « Ain ».
    pub fn nom(&self) -> &'static str {
        departements::nom(self.0)
    }
}

impl fmt::Display for CodeDepartement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
