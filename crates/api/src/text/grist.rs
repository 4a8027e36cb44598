//! French of the API in the form of Grist.

use domain::grist::TABLE;

/// Another document than those within reach.
pub const DOCUMENT: &str =
    "Ce document n’existe pas : donnez « parcours », ou l’identifiant d’une enveloppe à votre portée.";
/// A column that is computed.
pub const COMPUTED: &str = "Cette colonne est calculée par la plateforme : retirez-la de l’envoi.";
/// A row that does not exist.
pub const NO_ROW: &str = "Aucune ligne ne porte cet identifiant dans ce document : relisez la table.";
/// Nothing to find a record by.
pub const NO_KEY: &str =
    "« require » est vide : nommez ce qui désigne la ligne, ou ajoutez allow_empty_require=true à l’adresse.";
/// More rows found by a key than one request may change.
pub const TOO_MANY_FOUND: &str = "Plus de 1 000 lignes répondent à « require » : précisez-le.";
/// A limit that is no number.
pub const LIMIT: &str = "Donnez un nombre entier de lignes ; 0, ou rien, pour toutes.";

/// Another table.
pub fn unknown_table() -> String {
    format!("Ce document n’a qu’une table : « {TABLE} ».")
}

/// More records than one request may carry.
pub fn too_many(most: usize) -> String {
    format!("Envoyez {most} enregistrements au plus à la fois.")
}
