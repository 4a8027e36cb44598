//! Sentences shared by the screens: layout, controls, errors.

use domain::permission::Role;
use domain::rules::Verdict;

/// Name of the service.
pub const SERVICE: &str = "Parcours Aidants";
/// Brand block of the State, in two lines.
pub const REPUBLIQUE: &str = "République";
/// Its second line.
pub const FRANCAISE: &str = "Française";
/// What it is, in the header.
pub const SERVICE_DEVISE: &str = "De la candidature d’une structure à l’habilitation de ses aidants";
/// Name of the skip links.
pub const ACCES_RAPIDE: &str = "Accès rapide";
/// Skip link to the content.
pub const ALLER_AU_CONTENU: &str = "Aller au contenu";
/// Skip link to the navigation.
pub const ALLER_AU_MENU: &str = "Aller au menu";
/// Skip link to the footer.
pub const ALLER_AU_PIED: &str = "Aller au pied de page";
/// Link of the service's name.
pub const RETOUR_ACCUEIL: &str = "Retour à l’accueil";
/// Name of the main navigation.
pub const MENU_PRINCIPAL: &str = "Menu principal";
/// Home.
pub const ACCUEIL: &str = "Accueil";
/// Candidature form.
pub const DEPOSER: &str = "Déposer une candidature";
/// Table.
pub const TABLEAU: &str = "Tableau de gestion";
/// Menu: the dashboards.
pub const PILOTAGE: &str = "Pilotage";
/// Imports.
pub const IMPORTER: &str = "Importer un fichier";
/// Entry of the menu, and title: API clients.
pub const CLIENTS_API: &str = "Clients d’API";
/// Journal.
pub const JOURNAL: &str = "Journal";
/// Sign-in.
pub const SE_CONNECTER: &str = "Se connecter";
/// Sign-out.
pub const SE_DECONNECTER: &str = "Se déconnecter";
/// After signing out.
pub const DECONNECTE: &str = "Vous êtes déconnecté.";
/// API documentation.
pub const DOCUMENTATION_API: &str = "Documentation de l’API";
/// Mandatory mention of the footer.
pub const ACCESSIBILITE_MENTION: &str = "Accessibilité : non conforme";
/// Mention of the licence.
pub const LICENCE: &str = "Code source sous licence MIT";
/// What one changes of how the screens are shown.
pub const AFFICHAGE: &str = "Paramètres d’affichage";
/// Label of the theme.
pub const THEME: &str = "Thème :";
/// The themes, with their codes; that of the device has none.
pub const THEMES: [(&str, &str); 3] = [("", "celui de l’appareil"), ("light", "clair"), ("dark", "sombre")];
/// Name of the region of the banners.
pub const INFORMATIONS: &str = "Informations sur le service";
/// Banner of a demonstration instance.
pub const DEMONSTRATION: &str =
    "Instance de démonstration : les données sont fictives et peuvent être effacées à tout moment.";
/// Banner of a sandbox.
pub const BAC_A_SABLE: &str = "Bac à sable : ce site sert à s’exercer, rien n’y est réel.";
/// Banner without network.
pub const BANDEAU_HORS_LIGNE: &str =
    "Vous êtes hors ligne. Ce que vous saisissez dans un formulaire est conservé sur cet appareil.";
/// Read out when the network is back.
pub const DE_RETOUR_EN_LIGNE: &str = "La connexion est rétablie.";

/// Read before an information.
pub const TON_INFO: &str = "Information : ";
/// Read before a success.
pub const TON_SUCCES: &str = "Succès : ";
/// Read before a warning.
pub const TON_ATTENTION: &str = "Attention : ";
/// Read before an error.
pub const TON_ERREUR: &str = "Erreur : ";
/// Beside the label of a field that may be left empty.
pub const FACULTATIF: &str = " (facultatif)";
/// Empty option of a list.
pub const CHOISIR: &str = "Choisissez dans la liste";
/// Closes a dialog or a message.
pub const FERMER: &str = "Fermer";
/// Gives something up.
pub const ANNULER: &str = "Annuler";
/// Tries again.
pub const REESSAYER: &str = "Réessayer";
/// More of a list.
pub const AFFICHER_LA_SUITE: &str = "Afficher la suite";
/// Read out when more of a list is shown; `fin`: that is all of it.
pub fn de_plus(nombre: u32, fin: bool) -> String {
    let fin = if fin { " La liste est entière." } else { "" };
    match nombre {
        1 => format!("1 ligne de plus.{fin}"),
        _ => format!("{nombre} lignes de plus.{fin}"),
    }
}

/// While something loads.
pub const CHARGEMENT: &str = "Chargement en cours…";
/// Yes.
pub const OUI: &str = "Oui";
/// No.
pub const NON: &str = "Non";

/// The server cannot be reached.
pub const HORS_LIGNE: &str = "Le service ne répond pas. Vérifiez votre connexion à Internet, puis réessayez.";
/// A code was asked for and not given.
pub const SANS_CODE: &str = "Rien n’a été fait : cette action demande un code. Recommencez quand vous l’avez.";
/// The server was too slow.
pub const DELAI_DEPASSE: &str = "Le service met trop de temps à répondre. Patientez un instant, puis réessayez.";
/// The answer is not understood.
pub const REPONSE_INATTENDUE: &str =
    "Le service a donné une réponse inattendue. Rechargez la page ; si cela continue, signalez-le à l’assistance.";

/// Title of the screen that does not exist.
pub const INTROUVABLE_TITRE: &str = "Page introuvable";
/// What to do then.
pub const INTROUVABLE_TEXTE: &str =
    "Cette adresse ne mène à aucune page. Vérifiez qu’elle est complète, ou repartez de l’accueil.";
/// Title of a screen one may not open.
pub const INTERDIT_TITRE: &str = "Accès refusé";
/// What to do then.
pub const INTERDIT_TEXTE: &str =
    "Votre rôle ne permet pas d’ouvrir cette page. Connectez-vous avec un autre compte, ou revenez à l’accueil.";
/// Title while the session is being read, and when it cannot be.
pub const VERIFICATION_TITRE: &str = "Ouverture de la page";
/// What to do about a problem, after its explanation.
pub const PROBLEME_AIDE: &str =
    "Si vous avez besoin d’aide, indiquez le code ci-dessus et la référence affichée avec le message d’erreur.";
/// Title above the code of a problem.
pub const PROBLEME_CODE: &str = "Code du problème : ";

/// Title of the error summary of a form.
pub fn resume_titre(count: usize) -> String {
    match count {
        1 => "Il reste 1 réponse à corriger".to_owned(),
        _ => format!("Il reste {count} réponses à corriger"),
    }
}

/// Label of a link of the error summary.
pub fn resume_lien(label: &str, message: &str) -> String {
    if label.is_empty() { message.to_owned() } else { format!("{label} : {message}") }
}

/// Title of the tab.
pub fn titre_onglet(title: &str) -> String {
    format!("{title} – {SERVICE}")
}

/// Reference of an incident.
pub fn reference_incident(id: &str) -> String {
    format!("Référence à citer si vous demandez de l’aide : {id}")
}

/// Label of a verdict.
pub const fn verdict(verdict: Verdict) -> &'static str {
    domain::text::fr::verdict(verdict)
}

/// Name of a role.
pub const fn role(role: Role) -> &'static str {
    domain::text::fr::role(role)
}

/// Who is signed in, in the header.
pub fn connecte(nom: &str, role_actif: Role) -> String {
    format!("{nom} ({})", role(role_actif))
}
