//! Sentences of the journal and of the mails of a demonstration.

use domain::journal::EntreeJournal;

use super::tableau::{instant, milliers};

/// Title.
pub const TITRE: &str = "Journal";
/// What it is.
pub const AIDE: &str =
    "Qui a fait quoi, et quand. Les entrées forment une chaîne d’empreintes : en changer ou en retirer une se voit.";
/// Section of the verification.
pub const VERIFICATION: &str = "Vérification";
/// Verifies.
pub const VERIFIER: &str = "Vérifier le journal";
/// Section of the entries.
pub const ENTREES: &str = "Entrées";
/// Author.
pub const AUTEUR: &str = "Auteur";
/// What may be given.
pub const AUTEUR_AIDE: &str = "Adresse e-mail, identifiant, « public » ou « systeme »";
/// Action.
pub const ACTION: &str = "Action";
/// What may be given.
pub const ACTION_AIDE: &str = "Code ou son début, par exemple session.";
/// Object.
pub const OBJET: &str = "Identifiant de l’objet";
/// First day.
pub const DU: &str = "Du";
/// Last day.
pub const AU: &str = "Au";
/// Searches.
pub const CHERCHER: &str = "Chercher";
/// Nothing found so far.
pub const AUCUNE: &str = "Aucune entrée parmi celles examinées.";
/// Values of an entry.
pub const VALEURS: &str = "Valeurs";
/// Shows the entries around a defect.
pub const VOIR: &str = "Voir ces entrées";

/// Shows the entries around this one.
pub fn voir(numero: i64) -> String {
    format!("{VOIR}, à partir du n° {numero}")
}

/// How far the verification went.
pub fn progres(vues: i64, total: i64) -> String {
    format!("{} entrées vérifiées sur {}", nombre(vues), nombre(total))
}

/// The chain holds.
pub fn intact(total: i64) -> String {
    format!("Le journal est intact : ses {} entrées ont été vérifiées.", nombre(total))
}

/// It does not.
pub fn defauts(nombre: usize) -> String {
    format!("Le journal n’est pas intact : {nombre} défauts.")
}

fn nombre(n: i64) -> String {
    milliers(u64::try_from(n).unwrap_or_default())
}

/// Who did it and when.
pub fn entree(entree: &EntreeJournal) -> String {
    let role = entree.role.as_deref().map(|role| format!(" ({role})")).unwrap_or_default();
    format!("N° {}, {}, {}{role}", entree.numero, instant(&entree.date), entree.auteur)
}

/// The object, by its codes.
pub fn objet(entree: &EntreeJournal) -> String {
    format!("{}, {} {}", entree.action, entree.objet, entree.objet_id)
}

/// Title of the mails.
pub const COURRIELS: &str = "Courriels de la démonstration";
/// What they are.
pub const COURRIELS_AIDE: &str =
    "Une démonstration n’envoie pas de courriel : voici les derniers qu’elle aurait envoyés.";
/// No mail yet.
pub const AUCUN_COURRIEL: &str = "Aucun courriel pour le moment.";
/// Opens the link of a mail.
pub const OUVRIR_LIEN: &str = "Ouvrir le lien du courriel";
/// Opens the link by which one wants no more of these mails.
pub const OUVRIR_ARRET: &str = "Ne plus recevoir ces courriels";

/// To whom and when.
pub fn courriel(a: &str, date: &str) -> String {
    format!("À {a}, le {}", instant(date))
}
