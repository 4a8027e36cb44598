//! The first version of the terms of use and of the charters. The operator reads them, has them validated, and publishes
//! its own.

use domain::engagement::GenreTexte;

/// The text that a new instance starts with.
pub const fn first_version(kind: GenreTexte) -> &'static str {
    match kind {
        GenreTexte::Cgu => include_str!("cgu.txt"),
        GenreTexte::CharteReferent => include_str!("charte_referent.txt"),
        GenreTexte::CharteAidant => include_str!("charte_aidant.txt"),
    }
}
