//! The 29 types of structure (domain facts §0.3), with the identifiers of the existing service.

use std::sync::LazyLock;

use crate::text::fr::types_structure as noms;
use crate::values::texte::plier_dans;

/// A type of structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeStructure {
    /// Identifier in the existing service.
    pub identifiant: i64,
    /// Code used by the API and the database.
    pub code: &'static str,
}

/// Shorthand for the table below.
const fn genre(identifiant: i64, code: &'static str) -> TypeStructure {
    TypeStructure { identifiant, code }
}

/// Every type, in the order of the identifiers.
pub const TYPES: [TypeStructure; 29] = [
    genre(1, "france_services"),
    genre(2, "ccas"),
    genre(3, "centres_sociaux"),
    genre(5, "maisons_departementales_solidarites"),
    genre(6, "bibliotheque_mediatheque"),
    genre(8, "guichet_accueil"),
    genre(12, "autre"),
    genre(13, "associations"),
    genre(20, "communaute_de_communes"),
    genre(29, "regie_de_quartier"),
    genre(30, "municipalites"),
    genre(32, "epci"),
    genre(35, "mission_locale"),
    genre(55, "prefecture_sous_prefecture"),
    genre(60, "esat"),
    genre(91, "cias"),
    genre(94, "gip"),
    genre(144, "maison_de_l_emploi"),
    genre(202, "tiers_lieu"),
    genre(238, "maison_de_quartier"),
    genre(242, "conseil_departemental"),
    genre(247, "ehpad"),
    genre(255, "chu"),
    genre(358, "udaf"),
    genre(393, "chrs"),
    genre(459, "mjc"),
    genre(557, "clinique_privee"),
    genre(577, "pimms"),
    genre(578, "msa"),
];

/// The codes, in the order of the types.
pub fn codes() -> Vec<&'static str> {
    TYPES.iter().map(|genre| genre.code).collect()
}

impl TypeStructure {
    /// The type with this code.
    pub fn par_code(code: &str) -> Option<Self> {
        TYPES.into_iter().find(|genre| genre.code == code)
    }

    /// The type with this identifier of the existing service.
    pub fn par_identifiant(identifiant: i64) -> Option<Self> {
        TYPES.into_iter().find(|genre| genre.identifiant == identifiant)
    }

    /// The type a label or a code names, whatever the case, accents, signs and the age of the label. An unknown label
    /// is nothing: it never becomes `autre` by itself.
    pub fn par_libelle(libelle: &str) -> Option<Self> {
        static PAR_CLE: LazyLock<Vec<(String, TypeStructure)>> = LazyLock::new(|| {
            let libelles = TYPES.into_iter().flat_map(|genre| {
                let longs =
                    noms::AUTRES_LIBELLES.iter().filter(move |(code, _)| *code == genre.code).map(|(_, nom)| *nom);
                [genre.code, noms::libelle(genre.code)].into_iter().chain(longs).map(move |nom| (cle(nom), genre))
            });
            libelles.collect()
        });
        let cherche = cle(libelle);
        PAR_CLE.iter().find(|(cle, _)| *cle == cherche).map(|(_, genre)| *genre)
    }

    /// The label shown to people.
    pub fn libelle(&self) -> &'static str {
        noms::libelle(self.code)
    }
}

/// What two spellings of a label share: letters and digits of the folded text.
fn cle(libelle: &str) -> String {
    let mut cle = String::with_capacity(libelle.len());
    plier_dans(libelle, &mut cle);
    cle.retain(char::is_alphanumeric);
    cle
}
