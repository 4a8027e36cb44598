//! Sentences about the eligibility batches.

use domain::lot_eligibilite::{ActionEligibilite, Complement, DecisionLot};
use domain::rules::Verdict;

use super::tableau::{date, instant, milliers};
use crate::api::eligibilite::{Calendrier, Dit, Ligne, Lot, Message, Traitee};

/// Title of the list.
pub const LOTS: &str = "Lots d’éligibilité";
/// What they are.
pub const AIDE: &str = "Un lot prend toutes les demandes Aidants Connect dont le financement est accordé, ou qu’aucune enveloppe ne paie. Ce qui n’y est pas décidé passe dans le suivant.";
/// None.
pub const AUCUN: &str = "Aucun lot n’a encore été ouvert.";
/// Opens one.
pub const OUVRIR: &str = "Ouvrir un lot maintenant";
/// Section of the schedule.
pub const REGLER: &str = "Régler le calendrier";
/// What it changes.
pub const REGLER_AIDE: &str =
    "Vaut à partir d’aujourd’hui : une ouverture d’avant n’est pas rattrapée. Les réglages d’avant sont gardés.";
/// First day.
pub const PREMIER_JOUR: &str = "Premier jour";
/// Its form.
pub const PREMIER_JOUR_AIDE: &str = "Format attendu : AAAA-MM-JJ";
/// Days between two openings.
pub const PERIODE: &str = "Nombre de jours entre deux lots";
/// Saves.
pub const ENREGISTRER: &str = "Enregistrer le calendrier";
/// It is done.
pub const ENREGISTRE: &str = "Le calendrier est enregistré.";
/// Title of one.
pub const LOT: &str = "Lot d’éligibilité";
/// Back to the list.
pub const RETOUR: &str = "Tous les lots";
/// Which demandes are listed.
pub const QUELLES: &str = "Demandes à montrer";
/// Verdict looked for.
pub const VERDICT: &str = "Verdict des règles";
/// Any verdict.
pub const TOUS: &str = "Tous";
/// Words looked for.
pub const MOTS: &str = "Rechercher";
/// In what.
pub const MOTS_AIDE: &str = "Nom, adresse e-mail, structure, ville ou SIRET";
/// Looks.
pub const CHERCHER: &str = "Rechercher";
/// Nothing is listed.
pub const RIEN: &str = "Aucune demande ici.";
/// Ticks all that are shown.
pub const COCHER: &str = "Cocher toutes celles qui sont montrées";
/// What the rules say.
pub const CONSTATS: &str = "Constats et preuves";
/// Shows the thread.
pub const ECHANGES: &str = "Lire les échanges";
/// Link to a demande.
pub const DETAIL: &str = "Voir la demande";
/// What is decided.
pub const QUOI: &str = "Que décider pour celles qui sont cochées ?";
/// Reason.
pub const MOTIF: &str = "Motif ou question";
/// When it is needed.
pub const MOTIF_AIDE: &str = "Nécessaire pour refuser (il est envoyé), pour demander un complément (c’est la question, envoyée au référent) et pour valider malgré un point à vérifier (il reste dans l’historique).";
/// Tries.
pub const ESSAYER: &str = "Essayer sans rien décider";
/// None is ticked.
pub const AUCUNE_COCHEE: &str = "Cochez au moins une demande.";
/// Only read.
pub const LECTURE: &str = "L’équipe Aidants Connect décide ; vous pouvez lire.";

/// The lists of a batch: code, words.
pub const LISTES: [(&str, &str); 5] = [
    ("a_decider", "À décider"),
    ("recu", "Réponse reçue"),
    ("demande", "En attente d’une réponse"),
    ("validee", "Validées"),
    ("refusee", "Refusées"),
];

/// The verdicts that one may look for.
pub const VERDICTS: [(&str, &str); 3] =
    [("ok", "Rien à signaler"), ("a-verifier", "À vérifier"), ("bloquant", "Bloquant")];

/// What may be decided.
pub const fn action(action: ActionEligibilite) -> &'static str {
    match action {
        ActionEligibilite::Valider => "Valider l’éligibilité",
        ActionEligibilite::Refuser => "Refuser",
        ActionEligibilite::Complement => "Demander un complément",
        ActionEligibilite::Rouvrir => "Remettre à l’étude",
    }
}

fn nombre(combien: i64) -> String {
    milliers(combien.unsigned_abs())
}

/// The name of a batch.
pub fn nom(lot: &Lot) -> String {
    let etat = if lot.clos { "clos" } else { "ouvert" };
    format!("Lot {} du {}, {etat}", lot.numero, date(&lot.prevu_le))
}

/// Its counters.
pub fn nombres(lot: &Lot) -> String {
    let [demandes, a_decider, validees, refusees, reportees, ..] = lot.nombres.map(nombre);
    format!(
        "{demandes} demandes : {a_decider} à décider, {validees} validées, {refusees} refusées, {reportees} reportées."
    )
}

/// What waits for structures.
pub fn complements(lot: &Lot) -> String {
    let [.., en_complement, reponses] = lot.nombres.map(nombre);
    format!("Compléments : {reponses} réponses reçues, {en_complement} attendues.")
}

/// When the next one opens.
pub fn prochaine(calendrier: &Calendrier) -> String {
    let rythme = format!("Tous les {} jours depuis le {}.", calendrier.periode, date(&calendrier.premier_jour));
    match &calendrier.prochaine {
        Some(jour) => format!("Prochain lot : {}. {rythme}", date(jour)),
        None => rythme,
    }
}

/// Who set it.
pub fn regle_par(calendrier: &Calendrier) -> String {
    format!("Calendrier réglé par : {}.", calendrier.auteur)
}

/// Who it is about.
pub fn qui(ligne: &Ligne) -> String {
    let [prenom, nom, structure, ville, _] = &ligne.dites;
    format!("{prenom} {nom} – {structure}, {ville}")
}

/// Where it stands in the batch.
pub fn etat(ligne: &Ligne) -> String {
    let mut dits = vec![match ligne.decision {
        DecisionLot::ADecider => "À décider",
        DecisionLot::Validee => "Validée",
        DecisionLot::Refusee => "Refusée",
        DecisionLot::Reportee => "Reportée au lot suivant",
    }];
    match ligne.complement {
        Complement::Aucun => {}
        Complement::Demande => dits.push("complément demandé"),
        Complement::Recu => dits.push("réponse reçue"),
    }
    match ligne.retenue {
        (true, _) => dits.push("un constat bloque la validation"),
        (false, true) => dits.push("un motif est nécessaire pour valider"),
        (false, false) => {}
    }
    dits.join(" · ")
}

/// The reason that was written.
pub fn motif(ligne: &Ligne) -> Option<String> {
    let [motif, auteur] = &ligne.motif;
    (!motif.is_empty()).then(|| format!("{auteur} : {motif}"))
}

/// What a rule says, and on what it rests.
pub fn constat(dit: &Dit) -> String {
    let verdict = match dit.verdict {
        Verdict::Ok => "en ordre",
        Verdict::AVerifier => "à vérifier",
        Verdict::Bloquant => "bloquant",
    };
    let [source, jour, valeur] = &dit.preuve;
    let jour = if jour.is_empty() { String::new() } else { format!(", {}", date(jour)) };
    format!("{} ({verdict}) : {} Preuve : {valeur} – {source}{jour}", dit.regle, dit.phrase)
}

/// A message of a thread.
pub fn message((question, texte, quand, auteur): &Message) -> String {
    let qui = if *question { auteur.as_str() } else { "La structure" };
    format!("{qui}, le {} : {texte}", instant(quand))
}

/// Nothing was said.
pub const AUCUN_ECHANGE: &str = "Rien n’a encore été demandé à la structure.";

/// What a decision gives.
pub fn resume(traitee: &Traitee) -> String {
    let [faites, inchangees, refusees, courriels, structures] = traitee.nombres.map(nombre);
    let (verbe, partent) =
        if traitee.essai { ("seraient traitées", "partiraient") } else { ("sont traitées", "partent") };
    format!(
        "{faites} demandes {verbe}, {inchangees} sont déjà ainsi, {refusees} refusées. {courriels} courriels {partent}. Structures habilitées : {structures}."
    )
}

/// The button that decides for real.
pub fn faire(combien: i64) -> String {
    format!("Décider pour {} demandes", nombre(combien))
}

/// Follow-up page: what the team asks.
pub const QUESTION: &str = "L’équipe Aidants Connect vous demande une précision";
/// Follow-up page: answer.
pub const REPONSE: &str = "Votre réponse";
/// Follow-up page: who reads it.
pub const REPONSE_AIDE: &str = "Lue par l’équipe Aidants Connect et par le récipiendaire.";
/// Follow-up page: sends.
pub const ENVOYER: &str = "Envoyer la réponse";
/// Follow-up page: it left.
pub const ENVOYEE: &str = "Votre réponse est envoyée.";

/// A message as the structure reads it.
pub fn dit(question: bool, texte: &str, quand: &str) -> String {
    let qui = if question { "Équipe Aidants Connect" } else { "Vous" };
    format!("{qui}, le {} : {texte}", instant(quand))
}
