//! What is said of envelopes and of the decisions that spend them.

use crate::enveloppe::{Depassement, Refus};

/// A refusal tells its reason.
pub const MOTIF_REFUS: &str = "Écrivez le motif du refus : il est envoyé à la structure et au professionnel.";
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
pub const PAS_UN_GESTE: &str = "Une décision de financement ou d’éligibilité ne s’annule pas ainsi : les courriels partis ne se rappellent pas, et l’argent rendu a pu être accordé à d’autres. Rouvrez ces demandes, puis décidez de nouveau.";
/// What an import gives in excess.
pub const IMPORT: &str =
    "Ce financement accordé n’entre pas dans le montant de l’enveloppe : il est gardé comme déclaré.";

/// How many demandes a decision takes.
pub fn nombre(max: usize) -> String {
    format!("Une décision porte sur 1 à {max} demandes : précisez la sélection, ou décidez en plusieurs fois.")
}

/// A reason is too long.
pub fn motif(max: usize) -> String {
    format!("Le motif tient en {max} caractères, sans caractère de contrôle.")
}

/// A number with its thousands apart: « 12 345 ».
pub(super) fn milliers(nombre: u64) -> String {
    let chiffres = nombre.to_string();
    let mut texte = String::new();
    for (place, chiffre) in chiffres.chars().enumerate() {
        if place > 0 && (chiffres.len() - place).is_multiple_of(3) {
            texte.push('\u{202f}');
        }
        texte.push(chiffre);
    }
    texte
}

/// An amount, in euros: « 1 234,50 € ».
pub fn euros(centimes: i64) -> String {
    let absolu = centimes.unsigned_abs();
    let entier = milliers(absolu / 100);
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
            "Aucune enveloppe ne paie cette demande : son financement est un autre, ou elle n’a pas d’enveloppe."
                .to_owned()
        }
        Refus::EnveloppeFermee => "Cette enveloppe n’est pas ouverte : elle n’accorde pas de financement.".to_owned(),
        Refus::Retiree => "Cette demande est retirée : rouvrez-la d’abord.".to_owned(),
        Refus::Annulee => "Cette demande est annulée : sa décision ne change plus.".to_owned(),
        Refus::Formee => "La formation a été suivie : cette décision ne change plus.".to_owned(),
        Refus::Bloquante(phrases) => format!("Des règles refusent ce financement. {}", phrases.join(" ")),
        Refus::MotifRequis(phrases) => format!("{MOTIF_REQUIS} {}", phrases.join(" ")),
        Refus::EligibiliteRefusee => {
            "L’équipe Aidants Connect a refusé l’éligibilité de cette demande : elle ne peut être financée que si ce refus est levé."
                .to_owned()
        }
        Refus::Montant(de) => depassement(de),
    }
}

/// Somebody else was quicker with what was left.
pub const DEPASSE: &str = "Ce qui reste sur l’enveloppe ne suffit plus : relisez-la, puis recommencez.";
/// The days are the wrong way round.
pub const DATES_INVERSEES: &str = "La convention finit avant de commencer : corrigez l’une des deux dates.";
/// Two prices for one training of one organisme.
pub const TARIF_DOUBLE: &str = "Cet organisme a déjà un prix pour cette formation : gardez-en un.";
/// The amount of a movement.
pub const MONTANT_MOUVEMENT: &str =
    "Donnez un montant en centimes, autre que zéro ; un transfert est positif, un avenant peut retirer.";
/// The other envelope of a transfer.
pub const VERS: &str = "Un transfert va vers une autre enveloppe ; un avenant n’en nomme aucune.";
/// There is no such envelope.
pub const VERS_INCONNUE: &str = "Cette enveloppe n’existe pas : choisissez-en une autre.";
/// Whoever proposed it does not approve it.
pub const DEUX_PERSONNES: &str =
    "Vous avez proposé ce mouvement : une autre personne l’approuve. Vous pouvez le refuser pour l’abandonner.";
/// It was approved or refused.
pub const DEJA_DECIDE: &str = "Ce mouvement a déjà été approuvé ou refusé : relisez-le.";
/// The label is taken.
pub const LIBELLE_PRIS: &str = "Une enveloppe de ce département et de cette année porte déjà ce libellé.";

/// A number is out of its bounds.
pub fn bornes(min: i64, max: i64) -> String {
    format!("Donnez un nombre entier de {min} à {max}.")
}

/// Too many prices.
pub fn tarifs(max: usize) -> String {
    format!("Une enveloppe a au plus {max} tarifs d’organismes.")
}

/// A movement tells why.
pub fn motif_mouvement(max: usize) -> String {
    format!("Dites pourquoi, en {max} caractères au plus.")
}

/// What is engaged does not leave an envelope.
pub fn sous_engage(reste: i64) -> String {
    format!("Il ne reste que {} à retirer sur cette enveloppe : ce qui est engagé y reste.", euros(reste))
}

/// Too many hold an envelope.
pub fn acces(max: i64) -> String {
    format!(
        "Cette enveloppe a déjà {max} accès nominatifs, invitations comprises : retirez-en un, ou augmentez leur nombre."
    )
}

/// An amount beyond what makes sense.
pub const MONTANT_MAXIMUM: &str = "Le montant dépasserait cent millions d’euros : vérifiez-le.";
/// A cell that is no amount.
pub const EUROS: &str = "Donnez un montant en euros, comme 20000 ou 333,33.";
/// A cell that is no whole number.
pub const ENTIER: &str = "Donnez un nombre entier.";
/// A cell that is no state.
pub const ETAT: &str = "Donnez brouillon, ouverte ou close.";
/// The amount of an envelope that exists.
pub const MONTANT_FIXE: &str =
    "Cette enveloppe existe avec un autre montant : il change par un mouvement, que deux personnes décident.";
/// Two lines for one envelope.
pub const LIGNE_DOUBLE: &str = "Une ligne d’avant nomme déjà cette enveloppe : gardez-en une.";
/// A file without lines.
pub const FICHIER_VIDE: &str = "Ce fichier ne contient aucune enveloppe.";

/// A file has too many lines.
pub fn lignes(max: usize) -> String {
    format!("Ce fichier a plus de {max} lignes : envoyez-en plusieurs.")
}

/// A column is missing from a file.
pub fn colonne_manquante(nom: &str) -> String {
    format!("La colonne « {nom} » manque : ajoutez-la à la première ligne.")
}

/// A column is not known.
pub fn colonne_inconnue(nom: &str) -> String {
    format!("La colonne « {nom} » n’est pas connue : retirez-la, ou corrigez son nom.")
}

/// A line cannot be read.
pub fn ligne_illisible(ligne: usize) -> String {
    format!("La ligne {ligne} n’a pas autant de cases que la première : corrigez-la.")
}
