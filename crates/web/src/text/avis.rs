//! Sentences about comments, avis, and the candidature that a structure follows.

use domain::avis::{Avis, GenreAvis, GenreDesabonne, MoyenAvis};
use domain::candidature::SuiviCandidature;
use domain::commentaire::Commentaire;
use domain::demande::Etape;

use super::fr::role;
use super::tableau::{date, instant};

/// Title of the list, and its entry in the header.
pub const AVIS: &str = "Mes avis";
/// What it shows.
pub const AIDE: &str = "Ce que l’on vous dit et ce qui arrive à vos demandes : mentions, réponses, demandes confiées, étapes franchies, imports finis.";
/// Nothing.
pub const AUCUN: &str = "Aucun avis pour l’instant.";
/// Marks all as read.
pub const TOUT_LU: &str = "Tout marquer comme lu";
/// Marks one as read.
pub const MARQUER_LU: &str = "Marquer comme lu";
/// Said when it is done.
pub const MARQUES: &str = "C’est noté comme lu.";
/// Before what is not read.
pub const NON_LU: &str = "Non lu";
/// More of the list.
pub const SUITE: &str = "Avis plus anciens";
/// Leads to the demande.
pub const OUVRIR: &str = "Ouvrir la demande";
/// Leads to the import.
pub const OUVRIR_IMPORT: &str = "Lire le rapport de l’import";
/// Leads to the demandes that one takes care of.
pub const OUVRIR_MIENNES: &str = "Voir les demandes que vous suivez";
/// Section of the choices.
pub const REGLAGES: &str = "Comment vous êtes averti";
/// What a choice is about.
pub const fn sur(genre: GenreAvis) -> &'static str {
    match genre {
        GenreAvis::Mention => "Quand quelqu’un vous mentionne",
        GenreAvis::Reponse => "Quand quelqu’un commente une demande que vous avez commentée",
        GenreAvis::Confiee => "Quand quelqu’un vous confie des demandes",
        GenreAvis::Etape => "Quand une demande que vous suivez change d’étape",
        GenreAvis::Import => "Quand un de vos imports est fini",
    }
}
/// Saves the choices.
pub const ENREGISTRER: &str = "Enregistrer";
/// Said when it is done.
pub const ENREGISTRE: &str = "Vos choix sont enregistrés.";
/// In place of words that were taken back.
pub const RETIRE: &str = "Commentaire retiré par son auteur.";

/// Title of the page of the link at the foot of the mails.
pub const DESABONNEMENT: &str = "Ne plus recevoir ces courriels";
/// What it does.
pub const DESABONNEMENT_AIDE: &str =
    "Vous continuerez à voir ces avis dans « Mes avis » ; seuls les courriels s’arrêtent.";
/// The same, of the reminders.
pub const DESABONNEMENT_RAPPELS: &str = "Les rappels de renseignements manquants, de lot et de fin de convention s’arrêtent ; les décisions arrivent toujours.";
/// The button.
pub const DESABONNER: &str = "Arrêter ces courriels";
/// Without a secret.
pub const LIEN_INCOMPLET: &str = "Ce lien n’est pas complet : ouvrez-le de nouveau depuis le courriel.";

/// Section of the comments of a demande.
pub const COMMENTAIRES: &str = "Commentaires";
/// None.
pub const AUCUN_COMMENTAIRE: &str = "Personne n’a encore commenté cette demande.";
/// Field of a new one.
pub const ECRIRE: &str = "Votre commentaire";
/// Who reads it.
pub const ECRIRE_AIDE: &str =
    "Lu par toutes les personnes qui voient cette demande. N’y mettez ni mot de passe ni donnée de santé.";
/// Whom to tell.
pub const PREVENIR: &str = "Prévenir une personne";
/// Whom to tell: nobody.
pub const PERSONNE: &str = "Personne en particulier";
/// Adds the person.
pub const AJOUTER: &str = "Ajouter";
/// Takes the person off.
pub const NE_PAS_PREVENIR: &str = "Ne pas prévenir";
/// Sends.
pub const ENVOYER: &str = "Envoyer le commentaire";
/// Said when it is done.
pub const ENVOYE: &str = "Votre commentaire est envoyé.";
/// Takes one's own back.
pub const RETIRER: &str = "Retirer";
/// Said when it is done.
pub const RETIRE_FAIT: &str = "Votre commentaire est retiré.";

/// Title of the page on which a structure follows its candidature.
pub const SUIVI: &str = "Où en est votre candidature";
/// Without a secret.
pub const SUIVI_INCOMPLET: &str =
    "Ce lien n’est pas complet : ouvrez celui du courriel reçu au dépôt de votre candidature.";
/// No candidature.
pub const SUIVI_INCONNU: &str = "Ce lien ne mène à aucune candidature. Ouvrez celui du courriel reçu au dépôt, ou écrivez au récipiendaire en citant votre référence.";
/// Heading of the demandes.
pub const SUIVI_DEMANDES: &str = "Vos professionnels";
/// Every demande has gone.
pub const SUIVI_AUCUNE: &str =
    "Cette candidature n’a plus de demande : écrivez au récipiendaire en citant sa référence.";

/// Entry of the header.
pub fn mes_avis(non_lus: i64) -> String {
    if non_lus == 0 { AVIS.to_owned() } else { format!("{AVIS} ({non_lus} à lire)") }
}

/// What an avis tells.
pub fn quoi(avis: &Avis) -> String {
    let Avis { auteur, personne, nombre, texte, .. } = avis;
    let qui = if auteur.is_empty() { "Un programme" } else { auteur };
    match avis.genre {
        GenreAvis::Mention => format!("{qui} vous a mentionné à propos de {personne}"),
        GenreAvis::Reponse => format!("{qui} a aussi commenté la demande de {personne}"),
        GenreAvis::Confiee if *nombre == 1 => format!("{qui} vous a confié la demande de {personne}"),
        GenreAvis::Confiee => format!("{qui} vous a confié {nombre} demandes"),
        GenreAvis::Etape if *nombre == 1 => format!("La demande de {personne} est passée à l’étape « {texte} »"),
        GenreAvis::Etape if texte.is_empty() => format!("{nombre} demandes que vous suivez ont changé d’étape"),
        GenreAvis::Etape => format!("{nombre} demandes que vous suivez sont passées à l’étape « {texte} »"),
        GenreAvis::Import => "Votre import est fini".to_owned(),
    }
}

/// When an avis was given.
pub fn quand(avis: &Avis) -> String {
    let lu = if avis.lu { "lu" } else { "non lu" };
    format!("{} ({lu})", instant(&avis.date))
}

/// A way to be told.
pub const fn moyen(moyen: MoyenAvis) -> &'static str {
    match moyen {
        MoyenAvis::Courriel => "Ici, et par courriel aussitôt",
        MoyenAvis::Resume => "Ici, et par un courriel par jour",
        MoyenAvis::Application => "Ici seulement",
    }
}

/// After the mails of a kind are stopped.
pub const fn desabonne(genre: GenreDesabonne) -> &'static str {
    match genre {
        GenreDesabonne::Mention => "C’est fait : plus de courriel quand quelqu’un vous mentionne.",
        GenreDesabonne::Reponse => "C’est fait : plus de courriel pour les réponses.",
        GenreDesabonne::Confiee => "C’est fait : plus de courriel quand on vous confie des demandes.",
        GenreDesabonne::Etape => "C’est fait : plus de courriel quand vos demandes changent d’étape.",
        GenreDesabonne::Import => "C’est fait : plus de courriel quand un import est fini.",
        GenreDesabonne::Resume => "C’est fait : plus de résumé quotidien.",
        GenreDesabonne::Rappel => "C’est fait : plus de rappel à cette adresse.",
    }
}

/// Who wrote a comment, and when.
pub fn auteur(commentaire: &Commentaire) -> String {
    format!("{} ({}), le {}", commentaire.auteur, role(commentaire.role), instant(&commentaire.date))
}

/// Name of the button that takes a comment back.
pub fn retirer(commentaire: &Commentaire) -> String {
    format!("Retirer mon commentaire du {}", instant(&commentaire.date))
}

/// Name of the button that tells somebody no longer.
pub fn ne_pas_prevenir(nom: &str) -> String {
    format!("{NE_PAS_PREVENIR} {nom}")
}

/// Who else has the demande open.
pub fn presents(noms: &[String]) -> String {
    match noms {
        [] => String::new(),
        [seul] => format!("{seul} regarde aussi cette demande."),
        plusieurs => format!("{} regardent aussi cette demande.", plusieurs.join(", ")),
    }
}

/// What a candidature is.
pub fn candidature(suivi: &SuiviCandidature) -> String {
    format!("Candidature {} de {}, déposée le {}.", suivi.reference, suivi.structure, date(&suivi.deposee_le))
}

/// Who studies it.
pub fn etudiee_par(recipiendaire: Option<&str>) -> String {
    match recipiendaire {
        Some(nom) => format!("Elle est étudiée par : {nom}."),
        None => "Elle attend une enveloppe de formation dans votre département.".to_owned(),
    }
}

/// The day of a session.
pub fn session(jour: &str) -> String {
    format!("Session le {}.", date(jour))
}

/// What comes after a stage, for the structure.
pub const fn suite(etape: Etape) -> &'static str {
    match etape {
        Etape::Recue => "Le récipiendaire va l’étudier : vous n’avez rien à faire.",
        Etape::ListeAttente => "Elle sera reprise dès qu’une place se libère : vous n’avez rien à faire.",
        Etape::FinancementAccorde => "L’organisme de formation prendra contact avec le professionnel.",
        Etape::FinancementRefuse | Etape::EligibiliteRefusee => "Le récipiendaire peut vous en dire la raison.",
        Etape::EligibiliteEnAttente => "L’équipe Aidants Connect l’étudie, tous les quinze jours.",
        Etape::EligibiliteValidee => "L’organisme de formation va proposer une session.",
        Etape::Planifiee => "Le professionnel est attendu à la session.",
        Etape::Presente => "La formation est suivie.",
        Etape::PresencePartielle | Etape::Absente => "L’organisme de formation peut proposer une autre session.",
        Etape::PixPasse => "Le test est passé : la présence reste à confirmer.",
        Etape::Habilitee => "Le professionnel peut se connecter à Aidants Connect.",
        Etape::Annulee | Etape::Retiree => "Rien d’autre n’est prévu.",
    }
}
