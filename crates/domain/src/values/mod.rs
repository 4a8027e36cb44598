//! The values of the trade. Each is built by a `parse` that refuses with a stable code and a French sentence, is kept
//! in one canonical form, and knows how it is shown.

pub mod code_otp;
pub mod code_postal;
pub mod commune;
pub mod date;
pub mod departement;
pub mod email;
pub mod nom;
pub mod siret;
pub mod telephone;
pub mod texte;
pub mod type_structure;

pub use code_otp::CodeOtp;
pub use code_postal::CodePostal;
pub use commune::CodeInsee;
pub use date::DateIso;
pub use departement::CodeDepartement;
pub use email::Email;
pub use nom::NomPersonne;
pub use siret::{Siren, Siret};
pub use telephone::Telephone;
pub use texte::plier;
pub use type_structure::TypeStructure;

use crate::error::FieldError;

/// Why a text is not the value it should be: a stable code for programs, a French sentence for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refus {
    /// Stable code, in `snake_case`.
    pub code: &'static str,
    /// What is wrong and what to do, in French.
    pub message: &'static str,
}

impl Refus {
    /// The refusal of the field at `champ`: a JSON Pointer (`/structure/siret`) or the name of a parameter.
    pub fn au_champ(self, champ: impl Into<String>) -> FieldError {
        FieldError::new(champ, self.code, self.message)
    }
}

/// The text without the signs people put between groups of digits: spaces of any width, dots and hyphens.
pub(crate) fn sans_separateurs(texte: &str) -> impl Iterator<Item = char> + '_ {
    texte.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}'))
}
