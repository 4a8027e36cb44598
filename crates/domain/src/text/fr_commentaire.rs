//! What is said of comments.

/// Somebody mentioned does not reach the demande.
pub const MENTION_INCONNUE: &str = "Cette personne ne voit pas cette demande : choisissez-la dans la liste.";
/// Too many comments.
pub const TROP: &str = "Cette demande a déjà 1 000 commentaires : poursuivez par un autre moyen.";
/// The link of a mail is not complete.
pub const LIEN: &str =
    "Ce lien n’est pas complet : ouvrez de nouveau celui du courriel, ou réglez vos avis dans « Mon compte ».";

/// The text is empty or too long.
pub fn texte(max: usize) -> String {
    format!("Écrivez de 1 à {max} caractères.")
}

/// Too many people are mentioned.
pub fn mentions(max: usize) -> String {
    format!("Mentionnez {max} personnes au plus.")
}
