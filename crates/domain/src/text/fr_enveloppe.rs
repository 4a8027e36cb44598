//! What is said of envelopes and of the decisions that spend them.

use crate::enveloppe::{Depassement, Refus};

/// A refusal tells its reason.
pub const MOTIF_REFUS: &str =
    "Écrivez le motif du refus : il est envoyé à la structure et au professionnel.";
/// Granting in spite of a doubt.
pub const MOTIF_REQUIS: &str =
    "Des règles demandent une vérification : écrivez ce que vous avez vérifié, ou pourquoi vous accordez quand même.";
/// Neither, or both.
pub const UNE_DES_DEUX: &str = "Donnez `demandes` ou `selection`, l’une des deux.";
/// Only granting has a limit.
pub const PREMIERES: &str = "`premieres` ne va qu’avec `accorder`.";
/// Nobody is selected.
pub const PERSONNE: &str = "Aucune demande ne répond à cette sélection.";
/// A demande is named twice.
pub const DEUX_FOIS: &str = "Cette demande est déjà dans la liste.";
/// Somebody before it did not fit.
pub const APRES: &str = "Une demande qui la précède n’entre pas dans ce qui reste : celle-ci attend son tour.";
/// A decision is no gesture.
pub const PAS_UN_GESTE: &str = "Une décision de financement ne s’annule pas ainsi : les courriels partis ne se rappellent pas, et l’argent rendu a pu être accordé à d’autres. Rouvrez ces demandes, puis décidez de nouveau.";
/// What an import gives in excess.
pub const IMPORT: &str = "Ce financement accordé n’entre pas dans le montant de l’enveloppe : il est gardé comme déclaré.";

/// How many demandes a decision takes.
pub fn nombre(max: usize) -> String {
    format!("Une décision porte sur 1 à {max} demandes : précisez la sélection, ou décidez en plusieurs fois.")
}

/// A reason is too long.
pub fn motif(max: usize) -> String {
    format!("Le motif tient en {max} caractères, sans caractère de contrôle.")
}

/// An amount, in euros: « 1 234,50 € ».
pub fn euros(centimes: i64) -> String {
    let absolu = centimes.unsigned_abs();
    let chiffres = (absolu / 100).to_string();
    let mut entier = String::new();
    for (place, chiffre) in chiffres.chars().enumerate() {
        if place > 0 && (chiffres.len() - place) % 3 == 0 {
            entier.push('\u{202f}');
        }
        entier.push(chiffre);
    }
    let signe = if centimes < 0 { "−" } else { "" };
    let reste = absolu % 100;
    let decimales = if reste == 0 { String::new() } else { format!(",{reste:02}") };
    format!("{signe}{entier}{decimales}\u{a0}€")
}

/// What does not fit.
pub fn depassement(depassement: &Depassement) -> String {
    format!(
        "Il reste {} sur l’enveloppe, et il en faut {} : mettez en liste d’attente, libérez un financement, ou faites augmenter le montant.",
        euros(depassement.reste),
        euros(depassement.demande)
    )
}

/// Why a decision is refused, and what to do.
pub fn refus(refus: &Refus) -> String {
    match refus {
        Refus::Supprimee => "Cette demande est supprimée : restaurez-la d’abord.".to_owned(),
        Refus::HorsEnveloppe => {
            "Aucune enveloppe ne paie cette demande : son financement est un autre, ou elle n’a pas d’enveloppe.".to_owned()
        }
        Refus::EnveloppeFermee => {
            "Cette enveloppe n’est pas ouverte : elle n’accorde pas de financement.".to_owned()
        }
        Refus::Retiree => "Cette demande est retirée : rouvrez-la d’abord.".to_owned(),
        Refus::Annulee => "Cette demande est annulée : sa décision ne change plus.".to_owned(),
        Refus::Formee => "La formation a été suivie : cette décision ne change plus.".to_owned(),
        Refus::Bloquante(phrases) => format!("Des règles refusent ce financement. {}", phrases.join(" ")),
        Refus::MotifRequis(phrases) => format!("{MOTIF_REQUIS} {}", phrases.join(" ")),
        Refus::Montant(de) => depassement(de),
    }
}
