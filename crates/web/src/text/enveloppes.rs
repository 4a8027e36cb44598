//! Sentences about envelopes and the decisions on the financing.

use domain::enveloppe::{ActionFinancement, EtatEnveloppe, EtatMouvement, GenreMouvement};

use super::tableau::{instant, milliers};
use crate::api::enveloppes::{Compte, Mouvement, Traitee};

/// Title of the list, and its entry in the menu.
pub const ENVELOPPES: &str = "Enveloppes";
/// What they are.
pub const AIDE: &str =
    "Chaque enveloppe paie les formations d’un département pour une année. Les montants sont exacts à l’instant.";
/// None.
pub const AUCUNE: &str = "Aucune enveloppe ne vous est confiée pour le moment.";
/// Title of one.
pub const ENVELOPPE: &str = "Enveloppe";
/// Back to the list.
pub const RETOUR: &str = "Toutes les enveloppes";
/// Link to the decisions.
pub const DECIDER: &str = "Décider des financements";
/// Link to the rows.
pub const TABLEAU: &str = "Voir ses demandes dans le tableau";
/// Link to the dashboard.
pub const CHIFFRES: &str = "Voir son tableau de bord et son rapport";
/// Section: the account.
pub const COMPTE: &str = "Le compte";
/// Section: who holds it.
pub const ACCES: &str = "Les accès nommés";
/// Section: movements.
pub const MOUVEMENTS: &str = "Transferts et avenants";
/// None.
pub const AUCUN_MOUVEMENT: &str = "Aucun transfert ni avenant.";
/// A second person decides.
pub const DEUX_PERSONNES: &str = "Proposé par une personne, un mouvement est approuvé par une autre.";
/// Approves.
pub const APPROUVER: &str = "Approuver";
/// Refuses.
pub const REFUSER: &str = "Refuser";
/// It is done.
pub const TRANCHE: &str = "C’est enregistré.";
/// Title of the decisions.
pub const FINANCEMENT: &str = "Financements à décider";
/// What is listed.
pub const QUELLES: &str = "Demandes à montrer";
/// What is decided.
pub const QUOI: &str = "Que décider ?";
/// On which.
pub const SUR: &str = "Pour quelles demandes ?";
/// Those that are ticked.
pub const COCHEES: &str = "Celles qui sont cochées";
/// All of the list.
pub const TOUTES: &str = "Toutes celles de la liste";
/// Those that fit.
pub const PREMIERES: &str = "Les premières de la liste qui tiennent dans ce qui reste";
/// Reason.
pub const MOTIF: &str = "Motif";
/// When it is needed.
pub const MOTIF_AIDE: &str = "Nécessaire pour refuser (il est envoyé à la structure et au professionnel) et pour accorder malgré un point à vérifier (il reste au journal).";
/// Tries.
pub const ESSAYER: &str = "Essayer sans rien décider";
/// Waiting list, served.
pub const PROMOUVOIR: &str = "Servir la liste d’attente dans l’ordre";
/// None is ticked.
pub const AUCUNE_COCHEE: &str = "Cochez au moins une demande.";
/// Nothing is listed.
pub const RIEN: &str = "Aucune demande ici.";
/// Link to a demande.
pub const DETAIL: &str = "Voir la demande et ses constats";

/// The lists that one may look at: code, words, filter.
pub const LISTES: [(&str, &str, &str); 4] = [
    (
        "a_decider",
        "À décider",
        "decision_financement empty and financement eq \"enveloppe\" and annulee_par empty and retiree ne \"oui\"",
    ),
    ("attente", "En liste d’attente", "decision_financement eq \"liste_attente\""),
    ("accordees", "Accordées", "decision_financement eq \"accorde\""),
    ("refusees", "Refusées ou retirées", "decision_financement eq \"refuse\" or retiree eq \"oui\""),
];

/// What may be decided.
pub const fn action(action: ActionFinancement) -> &'static str {
    match action {
        ActionFinancement::Accorder => "Accorder le financement",
        ActionFinancement::Refuser => "Refuser",
        ActionFinancement::MettreEnAttente => "Mettre en liste d’attente",
        ActionFinancement::Retirer => "Retirer la demande",
        ActionFinancement::Rouvrir => "Remettre à l’étude",
    }
}

/// Where an envelope stands.
pub const fn etat(etat: EtatEnveloppe) -> &'static str {
    match etat {
        EtatEnveloppe::Brouillon => "en préparation",
        EtatEnveloppe::Ouverte => "ouverte",
        EtatEnveloppe::Close => "close",
    }
}

/// An amount in cents, in euros.
pub fn euros(centimes: i64) -> String {
    let absolu = centimes.unsigned_abs();
    let signe = if centimes < 0 { "-" } else { "" };
    let reste = absolu % 100;
    let decimales = if reste == 0 { String::new() } else { format!(",{reste:02}") };
    format!("{signe}{}{decimales}\u{a0}€", milliers(absolu / 100))
}

/// Who an envelope is.
pub fn nom(compte: &Compte) -> String {
    format!("{} – {}", compte.libelle, compte.recipiendaire)
}

/// What is engaged.
pub fn engage(compte: &Compte) -> String {
    format!(
        "{} engagés sur {}, dont {} consommés : il reste {}.",
        euros(compte.engage),
        euros(compte.montant),
        euros(compte.consomme),
        euros(compte.reste)
    )
}

/// How many trainings are financed.
pub fn departs(compte: &Compte) -> String {
    let depart = if compte.departs > 1 { "départs financés" } else { "départ financé" };
    format!("{} {depart}, pour {} visés.", compte.departs, compte.cible)
}

/// The rest of what is known of it.
pub fn reglages(compte: &Compte) -> Vec<String> {
    let [convention, debut, fin] = &compte.convention;
    let mut dits = vec![
        format!("Département {}, année {}, {}.", compte.departement, compte.annee, compte.etat.map_or("", etat)),
        format!(
            "Prix d’une formation : Aidants Numériques {}, Aidants Connect {}.",
            euros(compte.prix.0),
            euros(compte.prix.1)
        ),
    ];
    if !convention.is_empty() {
        dits.push(format!("Convention {convention}."));
    }
    if !debut.is_empty() || !fin.is_empty() {
        dits.push(format!("Du {} au {}.", super::tableau::date(debut), super::tableau::date(fin)));
    }
    if compte.en_attente > 0 {
        dits.push(format!("{} demandes en liste d’attente.", compte.en_attente));
    }
    dits
}

/// One who holds it.
pub fn acces((nom, email, invitation): &(String, String, bool)) -> String {
    if *invitation { format!("{email} (invité, pas encore entré)") } else { format!("{nom}, {email}") }
}

/// What a movement is.
pub fn mouvement(un: &Mouvement) -> String {
    let genre = match un.genre {
        Some(GenreMouvement::Transfert) => "Transfert",
        Some(GenreMouvement::Avenant) => "Avenant",
        None => "Mouvement",
    };
    let etat = match un.etat {
        Some(EtatMouvement::Propose) => "à approuver",
        Some(EtatMouvement::Approuve) => "approuvé",
        Some(EtatMouvement::Refuse) => "refusé",
        None => "",
    };
    let (qui, quand) = &un.propose;
    format!("{genre} de {} ({etat}), proposé par {qui} le {} : {}", euros(un.montant), instant(quand), un.motif)
}

/// What a decision gives.
pub fn resume(traitee: &Traitee) -> String {
    let [faites, inchangees, refusees, courriels] = traitee.nombres;
    let quoi = if traitee.essai { "Essai" } else { "Fait" };
    let courriels = match courriels {
        0 => String::new(),
        nombre if traitee.essai => format!(" {nombre} courriels partiraient, sans retour possible."),
        nombre => format!(" {nombre} courriels partent."),
    };
    let reste = match traitee.reste {
        Some(reste) if traitee.essai => format!(" Il resterait {}.", euros(reste)),
        Some(reste) => format!(" Il reste {}.", euros(reste)),
        None => String::new(),
    };
    format!("{quoi} : {faites} décidées, {inchangees} déjà ainsi, {refusees} impossibles.{reste}{courriels}")
}

/// Button that decides.
pub fn faire(nombre: i64) -> String {
    if nombre == 1 { "Décider pour 1 demande".to_owned() } else { format!("Décider pour {nombre} demandes") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_euros() {
        assert_eq!(euros(2_000_000).replace('\u{202f}', " "), "20 000\u{a0}€");
        assert_eq!((euros(-1_250).as_str(), euros(5).as_str()), ("-12,50\u{a0}€", "0,05\u{a0}€"));
    }
}
