//! Sentences about the templates of the mails.

use domain::courriel::EnvoiVue;
use domain::text::fr_courriel::{destinataire, evenement};

/// Title of the screen.
pub const MODELES: &str = "Modèles des courriels";
/// What it shows.
pub const AIDE: &str = "Chaque courriel que le service envoie, avec des valeurs d’exemple. Rien n’est envoyé d’ici ; les phrases changent avec une nouvelle version.";
/// Shows one.
pub const VOIR: &str = "Lire";
/// Its HTML.
pub const HTML: &str = "Code HTML envoyé";
/// It may be stopped.
pub const RAPPEL: &str = "Rappel : chacun peut ne plus en recevoir.";
/// A mail of accounts, of comments, or that a person writes.
const SANS_EVENEMENT: &str = "Compte, commentaire, ou message écrit par une personne.";

/// When it leaves, and for whom.
pub fn envois(envois: &[EnvoiVue]) -> String {
    let Some(premier) = envois.first() else { return SANS_EVENEMENT.to_owned() };
    let qui = envois.iter().map(|envoi| destinataire(envoi.destinataire)).collect::<Vec<_>>().join(", ");
    format!("{}, pour : {qui}.", evenement(premier.evenement))
}

/// A button, out of its context.
pub fn voir(objet: &str) -> String {
    format!("{VOIR} « {objet} »")
}
