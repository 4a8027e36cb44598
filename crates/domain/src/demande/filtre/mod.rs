//! One grammar of filters and sorts for the API, the table, saved views and exports (architecture, invariant 8).
//!
//! ```text
//! filtre    = et { "or" et }
//! et        = facteur { "and" facteur }
//! facteur   = "not" facteur | "(" filtre ")" | condition
//! condition = colonne ( "empty" | "filled" )
//!           | colonne ( "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "contains" | "starts" ) valeur
//!           | colonne "in" "(" valeur { "," valeur } ")"
//!           | "motif_refus" "eq" valeur
//! valeur    = "\"" … "\"" with \" and \\ | [A-Za-z0-9_.@+-]+
//! ```
//!
//! Meaning, the same in [`Filtre::accepte`] and in SQL: a text column is compared folded ([`crate::values::plier`]), the
//! others as they are; the order is that of the bytes; an empty cell is neither before nor after anything (`lt`, `le`,
//! `gt`, `ge` refuse it) and differs from every value (`ne` accepts it); `empty` looks at
//! the cell before it is folded, and a cell whose signs all fold to nothing (« --- ») is compared as it stands.
//! `motif_refus` is no column: it opens the rows behind a figure, refused for exactly this reason.

mod controle;
mod evaluation;
mod lecture;
mod proches;
mod tri;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::demande::Colonne;
use crate::demande::choix::choix;

pub use proches::noms_proches;
pub use tri::{CLES_MAX, Cle, Tri};

/// What names the reason of a refusal in a filter.
pub const MOTIF: &str = "motif_refus";
/// Most characters of a filter or a sort.
pub const CARACTERES_MAX: usize = 4_000;
/// Most brackets and `not` inside each other.
pub const PROFONDEUR_MAX: usize = 8;
/// Most conditions of a filter.
pub const CONDITIONS_MAX: usize = 50;
/// Most values of an `in`.
pub const VALEURS_MAX: usize = 100;

choix! {
    /// How a condition compares.
    Operateur {
        /// Equal.
        Eq = "eq",
        /// Not equal; an empty cell differs from every value.
        Ne = "ne",
        /// Strictly before.
        Lt = "lt",
        /// Before or equal.
        Le = "le",
        /// Strictly after.
        Gt = "gt",
        /// After or equal.
        Ge = "ge",
        /// Contains the value.
        Contains = "contains",
        /// Begins with the value.
        Starts = "starts",
        /// Equal to one of the values.
        In = "in",
        /// Not given.
        Empty = "empty",
        /// Given.
        Filled = "filled",
    }
}

/// A filter: a tree of conditions. The empty `Et` accepts every row and is written as the empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filtre {
    /// All of them.
    Et(Vec<Filtre>),
    /// At least one of them.
    Ou(Vec<Filtre>),
    /// Not this one.
    Non(Box<Filtre>),
    /// One comparison.
    Condition {
        /// Column looked at.
        colonne: Colonne,
        /// How.
        operateur: Operateur,
        /// Values, in the form in which the column is compared: none for `empty` and `filled`, several for `in`, else
        /// one.
        valeurs: Vec<String>,
    },
    /// Refused for this reason, as the dashboards write it; the empty reason: for none that was kept.
    Motif(String),
}

impl Default for Filtre {
    fn default() -> Self {
        Self::Et(Vec::new())
    }
}

/// Why a filter or a sort was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErreurFiltre {
    /// Character at which the trouble begins, from 1; 0 when the text is not at hand.
    pub position: usize,
    /// Stable code, in `snake_case`.
    pub code: &'static str,
    /// What is wrong and what to do, in French.
    pub message: String,
}

impl fmt::Display for ErreurFiltre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::fr_demande::erreur_situee(&self.message, self.position))
    }
}

impl std::error::Error for ErreurFiltre {}

impl Filtre {
    /// Reads a filter; the blank text is the filter that accepts everything.
    ///
    /// # Errors
    /// An [`ErreurFiltre`] that says where and what to do: unknown column (with the near names), operator or value that
    /// the column does not take, syntax, or one of the limits above.
    pub fn parse(texte: &str) -> Result<Self, ErreurFiltre> {
        lecture::lire(texte)
    }

    /// One condition, checked and put in the form in which the column is compared.
    ///
    /// # Errors
    /// An [`ErreurFiltre`] without position when the column does not take this operator or these values.
    pub fn condition(colonne: Colonne, operateur: Operateur, valeurs: Vec<String>) -> Result<Self, ErreurFiltre> {
        let mut normales = Vec::with_capacity(valeurs.len());
        controle::operateur(colonne, operateur).map_err(|refus| refus.a(0))?;
        controle::nombre(operateur, valeurs.len()).map_err(|refus| refus.a(0))?;
        for valeur in valeurs {
            normales.push(controle::valeur(colonne, valeur).map_err(|refus| refus.a(0))?);
        }
        Ok(Self::Condition { colonne, operateur, valeurs: normales })
    }

    /// All of these filters; those that accept everything fall out, a lone one stands for itself.
    pub fn et(parties: impl IntoIterator<Item = Self>) -> Self {
        let mut utiles: Vec<Self> = parties.into_iter().filter(|partie| *partie != Self::default()).collect();
        if utiles.len() == 1 { utiles.pop().unwrap_or_default() } else { Self::Et(utiles) }
    }

    /// Every column that a condition looks at.
    pub fn colonnes(&self) -> Vec<Colonne> {
        match self {
            Self::Et(parties) | Self::Ou(parties) => parties.iter().flat_map(Self::colonnes).collect(),
            Self::Non(partie) => partie.colonnes(),
            Self::Condition { colonne, .. } => vec![*colonne],
            // The reason is read by whom reads the decisions.
            Self::Motif(_) => vec![Colonne::DecisionFinancement, Colonne::DecisionEligibilite],
        }
    }

    /// Number of conditions in the tree.
    pub fn conditions(&self) -> usize {
        match self {
            Self::Et(parties) | Self::Ou(parties) => parties.iter().map(Self::conditions).sum(),
            Self::Non(partie) => partie.conditions(),
            Self::Condition { .. } | Self::Motif(_) => 1,
        }
    }

    /// Writes the tree; a group inside another stands in brackets.
    fn ecrire(&self, f: &mut fmt::Formatter<'_>, dedans: bool) -> fmt::Result {
        let (parties, lien) = match self {
            Self::Et(parties) => (parties, " and "),
            Self::Ou(parties) => (parties, " or "),
            Self::Non(partie) => {
                f.write_str("not ")?;
                return partie.ecrire(f, true);
            }
            Self::Condition { colonne, operateur, valeurs } => {
                return ecrire_condition(f, *colonne, *operateur, valeurs);
            }
            Self::Motif(motif) => {
                write!(f, "{MOTIF} {} ", Operateur::Eq.as_str())?;
                return ecrire_valeur(f, motif);
            }
        };
        if dedans {
            f.write_str("(")?;
        }
        for (rang, partie) in parties.iter().enumerate() {
            if rang > 0 {
                f.write_str(lien)?;
            }
            partie.ecrire(f, true)?;
        }
        if dedans { f.write_str(")") } else { Ok(()) }
    }
}

fn ecrire_condition(
    f: &mut fmt::Formatter<'_>,
    colonne: Colonne,
    operateur: Operateur,
    valeurs: &[String],
) -> fmt::Result {
    write!(f, "{} {}", colonne.nom(), operateur.as_str())?;
    let plusieurs = operateur == Operateur::In;
    for (rang, valeur) in valeurs.iter().enumerate() {
        f.write_str(match (rang, plusieurs) {
            (0, true) => " (",
            (0, false) => " ",
            _ => ", ",
        })?;
        ecrire_valeur(f, valeur)?;
    }
    if plusieurs { f.write_str(")") } else { Ok(()) }
}

/// The value between quotes, `"` and `\` escaped.
fn ecrire_valeur(f: &mut fmt::Formatter<'_>, valeur: &str) -> fmt::Result {
    f.write_str("\"")?;
    for morceau in valeur.split_inclusive(['"', '\\']) {
        match morceau.strip_suffix(['"', '\\']) {
            Some(avant) => {
                let signe = if morceau.ends_with('"') { '"' } else { '\\' };
                write!(f, "{avant}\\{signe}")?;
            }
            None => f.write_str(morceau)?,
        }
    }
    f.write_str("\"")
}

impl fmt::Display for Filtre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ecrire(f, false)
    }
}

impl std::str::FromStr for Filtre {
    type Err = ErreurFiltre;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        Self::parse(texte)
    }
}
