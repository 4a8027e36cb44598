//! What is said of the links of the candidature form.

/// The days are the wrong way round.
pub const DATES_INVERSEES: &str = "Le dernier jour vient avant le premier : corrigez l’un des deux.";
/// An unknown type of structure.
pub const TYPE: &str = "Choisissez un type de structure de la liste, ou laissez ce champ vide.";
/// Too many links.
pub const TROP: &str = "Cette enveloppe a déjà 500 liens : modifiez l’un d’eux.";

/// The label is empty or too long.
pub fn libelle(max: usize) -> String {
    format!("Donnez un libellé de 1 à {max} caractères.")
}

/// A text is too long or has control characters.
pub fn texte(max: usize) -> String {
    format!("Ce texte tient sur une ligne, de {max} caractères au plus.")
}
