//! What is said of batches and of undoing.

use domain::demande::Colonne;
use domain::text::fr;

/// A member that the action needs is missing.
pub const MISSING: &str = "Cette action en a besoin : ajoutez-le.";
/// A new demande was given an id.
pub const NEW_HAS_NO_ID: &str = "Une demande à ajouter n’a pas encore d’identifiant : retirez-le.";
/// Two operations are about one demande.
pub const TWICE: &str = "Cette demande est déjà dans le lot : réunissez ce qui la concerne, ou envoyez deux lots.";
/// A created demande has been changed since.
pub const CHANGED_SINCE: &str = "Cette demande a été modifiée depuis : supprimez-la si elle ne doit pas rester.";
/// The values of an entry have been erased.
pub const ERASED: &str = "Les valeurs d’avant ont été effacées : elles ne peuvent pas revenir.";
/// A demande is given to somebody who does not reach it.
pub const FOLLOWER: &str =
    "Cette adresse n’est pas celle d’une personne qui a accès à la demande : choisissez un collègue de l’enveloppe.";
/// A gesture is too old.
pub const TOO_OLD: &str = "Ce changement date de plus de 30 jours : modifiez les demandes elles-mêmes.";

/// How many operations a batch may hold.
pub fn number(most: usize) -> String {
    format!("Un lot contient de 1 à {most} opérations : envoyez-en plusieurs.")
}

/// A cell has been changed since.
pub fn changed_since(column: Colonne) -> String {
    format!("« {} » a été modifié depuis : corrigez cette demande elle-même.", fr::colonne(column))
}
