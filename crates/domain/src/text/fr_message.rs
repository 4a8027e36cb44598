//! What is said of mails written to the people of demandes.

/// The person has already been named by another demande of the same sending.
pub const DEJA: &str = "Cette personne reçoit déjà ce message pour une autre demande.";
/// The demande was deleted.
pub const SUPPRIMEE: &str = "Cette demande est supprimée : restaurez-la d’abord.";

/// Too few or too many demandes.
pub fn nombre(max: usize) -> String {
    format!("Choisissez de 1 à {max} demandes.")
}

/// A text is empty or too long.
pub fn longueur(max: usize) -> String {
    format!("Écrivez de 1 à {max} caractères.")
}

/// A mark that stands for nothing.
pub fn marque(marque: &str, connues: &[&str]) -> String {
    format!("« {marque} » n’est pas une des mentions remplacées : {}.", connues.join(", "))
}

/// More than one may send today.
pub fn trop(voulus: usize, reste: i64) -> String {
    format!(
        "Ce message partirait à {voulus} personnes, et vous pouvez encore en envoyer {reste} aujourd’hui : choisissez-en moins, ou attendez demain."
    )
}
