//! Sentences about envelopes and the decisions on the financing.

use domain::enveloppe::tableau::EnveloppesImportees;
use domain::enveloppe::{ActionFinancement, EnveloppeReglages, EtatEnveloppe, EtatMouvement, GenreMouvement};
use domain::error::FieldError;

use super::tableau::{instant, milliers};
use crate::api::enveloppes::{Compte, ConstatLu, Mouvement, Traitee};

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

/// Section: a new envelope.
pub const NOUVELLE: &str = "Créer une enveloppe";
/// Makes it.
pub const CREER: &str = "Créer l’enveloppe";
/// Section: what is set.
pub const REGLER: &str = "Régler cette enveloppe";
/// Sets it.
pub const ENREGISTRER: &str = "Enregistrer les réglages";
/// It is set.
pub const REGLEE: &str = "Réglages enregistrés. Un prix changé vaut pour les financements à venir.";
/// Where it stands.
pub const ETAT: &str = "Où en est-elle ?";
/// An amount that is none.
pub const MONTANT_ILLISIBLE: &str = "Écrivez un montant en euros, par exemple 20 000 ou 333,33.";
/// Section: a movement.
pub const PROPOSER: &str = "Proposer un transfert ou un avenant";
/// What it is.
pub const GENRE: &str = "Que proposer ?";
/// An amendment.
pub const AVENANT: &str = "Un avenant : le montant augmente, ou diminue";
/// A transfer.
pub const TRANSFERT: &str = "Un transfert vers une autre enveloppe";
/// Where money goes.
pub const VERS: &str = "Enveloppe qui reçoit (pour un transfert)";
/// How much.
pub const COMBIEN: &str = "Montant, en euros";
/// Format of it.
pub const COMBIEN_AIDE: &str = "Par exemple 1 500. Pour un avenant qui diminue le montant : -1 500.";
/// Why.
pub const POURQUOI: &str = "Raison";
/// Sends it.
pub const PROPOSER_BOUTON: &str = "Proposer";
/// It is proposed.
pub const PROPOSE: &str = "Proposé : une autre personne doit l’approuver.";
/// Section: the national list.
pub const LISTE: &str = "La liste nationale, en un fichier";
/// What it does.
pub const LISTE_AIDE: &str = "Téléchargez la liste, complétez-la dans un tableur, puis renvoyez-la en CSV : les enveloppes nouvelles sont créées, les autres réglées.                               Une seule case refusée, et rien n’est écrit. Le montant d’une enveloppe qui existe ne change pas ainsi.";
/// Takes it away.
pub const TELECHARGER: &str = "Télécharger la liste (CSV)";
/// Tries it.
pub const ESSAYER_LISTE: &str = "Vérifier sans rien écrire";
/// Sends it.
pub const ENVOYER_LISTE: &str = "Envoyer la liste";

/// A column of the national list: words above its field, and a hint.
pub fn reglage(colonne: &str) -> (&'static str, &'static str) {
    match colonne {
        "departement" => ("Code du département", "Par exemple 01 ou 2A."),
        "annee" => ("Année", ""),
        "montant_euros" => ("Montant, en euros", "20 000 si vous n’écrivez rien."),
        "libelle" => ("Libellé", "Seul de son nom dans un département et une année."),
        "recipiendaire" => ("Structure récipiendaire", ""),
        "siret" => ("Numéro Siret du récipiendaire", "14 chiffres, si vous le connaissez."),
        "convention" => ("Référence de la convention", ""),
        "debut" => ("Premier jour de la convention", ""),
        "fin" => ("Dernier jour de la convention", ""),
        "cible" => ("Départs visés", "Un objectif montré, jamais un plafond."),
        "acces" => ("Accès nommés, au plus", ""),
        "prix_aidants_numeriques_euros" => ("Prix d’une formation Aidants Numériques, en euros", ""),
        "prix_aidants_connect_euros" => ("Prix d’une formation Aidants Connect, en euros", ""),
        _ => ("", ""),
    }
}

/// What became of a file.
pub fn envoyee(faite: &EnveloppesImportees) -> String {
    let quoi = if faite.essai { "Rien n’est écrit. Avec ce fichier" } else { "C’est fait" };
    format!("{quoi} : créées {}, réglées autrement {}, déjà ainsi {}.", faite.creees, faite.modifiees, faite.inchangees)
}

/// A cell that is refused: `/lignes/3/montant_euros`.
pub fn case(refus: &FieldError) -> String {
    let mut morceaux = refus.champ.trim_start_matches('/').splitn(3, '/');
    match (morceaux.next(), morceaux.next(), morceaux.next()) {
        (Some("lignes"), Some(ligne), Some(colonne)) => format!("Ligne {ligne}, colonne {colonne} : {}", refus.message),
        (Some("lignes"), Some(ligne), None) => format!("Ligne {ligne} : {}", refus.message),
        _ => refus.message.clone(),
    }
}

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

/// Shows what the rules say of a demande, and on what.
pub const PREUVES: &str = "Voir les constats et leurs preuves";

/// What a rule says.
pub fn constat(un: &ConstatLu) -> String {
    format!("{} : {}", un.regle, un.phrase)
}

/// What it rests on.
pub fn preuve(un: &ConstatLu) -> String {
    let [source, jour, valeur] = &un.preuve;
    let quand = if jour.is_empty() { String::new() } else { format!(", le {}", super::tableau::date(jour)) };
    let valeur = if valeur.is_empty() { "rien" } else { valeur };
    format!("Preuve : {source}{quand} ; valeur : {valeur}.")
}

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
    let EnveloppeReglages { convention, debut, fin, .. } = &compte.reglages;
    let mut dits = vec![
        format!("Département {}, année {}, {}.", compte.departement, compte.annee, compte.etat.map_or("", etat)),
        format!(
            "Prix d’une formation : Aidants Numériques {}, Aidants Connect {}.",
            euros(compte.reglages.prix_aidants_numeriques),
            euros(compte.reglages.prix_aidants_connect)
        ),
    ];
    if !convention.is_empty() {
        dits.push(format!("Convention {convention}."));
    }
    match (debut.is_empty(), fin.is_empty()) {
        (true, true) => {}
        (false, true) => dits.push(format!("À partir du {}.", super::tableau::date(debut))),
        (true, false) => dits.push(format!("Jusqu’au {}.", super::tableau::date(fin))),
        (false, false) => dits.push(format!("Du {} au {}.", super::tableau::date(debut), super::tableau::date(fin))),
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
