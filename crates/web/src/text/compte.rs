//! Sentences of one's own account.

use domain::mon_compte::{ConnexionVue, GenreMoyen, MoyenVue};
use domain::session::SessionOuverte;

use super::fr::role;
use super::tableau::instant;

/// Title.
pub const TITRE: &str = "Mon compte";
/// Menu of the roles.
pub const CHANGER_ROLE: &str = "Changer de rôle";
/// Why there is a choice.
pub const ROLES_AIDE: &str = "Vous agissez sous un seul rôle à la fois ; chaque changement est inscrit au journal.";
/// Section of the means.
pub const MOYENS: &str = "Mes moyens d’obtenir un code";
/// What they are for.
pub const MOYENS_AIDE: &str =
    "Gardez-en deux, par exemple une application et une carte : en perdre un ne vous arrêtera pas.";
/// What to do without any.
pub const PREMIER_MOYEN: &str = "Vous n’en avez aucun. Ajoutez maintenant une application ou votre carte : le code d’un kit de bienvenue ne sert qu’une fois, et sans moyen vous ne pourriez plus vous connecter.";
/// Adds an application.
pub const AJOUTER_APPLICATION: &str = "Ajouter une application";
/// Attaches a card.
pub const RATTACHER_CARTE: &str = "Rattacher une carte";
/// Name of a means.
pub const NOM: &str = "Nom du moyen";
/// What the name is for.
pub const NOM_AIDE: &str = "Pour le reconnaître, par exemple « Mon téléphone »";
/// Serial number.
pub const SERIE: &str = "Numéro de série";
/// Where it is.
pub const SERIE_AIDE: &str = "Au dos de la carte";
/// First of two codes.
pub const CODE: &str = "Code à 6 chiffres de la carte";
/// Second.
pub const CODE_SUIVANT: &str = "Code suivant de la carte";
/// How to get it.
pub const CODE_SUIVANT_AIDE: &str = "Celui qui s’affiche juste après : attendez une minute";
/// Goes on.
pub const SUITE: &str = "Continuer";
/// Records.
pub const ENREGISTRER: &str = "Enregistrer";
/// Renames.
pub const RENOMMER: &str = "Renommer";
/// Removes.
pub const RETIRER: &str = "Retirer";
/// Finds a card again.
pub const RECALER: &str = "Recaler";
/// What removing does.
pub const RETIRER_AIDE: &str = "Ses codes ne serviront plus. Vos autres sessions se fermeront, et les clés d’API que vous avez créées, s’il y en a, s’arrêteront.";
/// What adding does.
pub const AJOUTER_AIDE: &str =
    "Vos autres sessions se fermeront, et les clés d’API que vous avez créées, s’il y en a, s’arrêteront.";
/// Section of the sessions.
pub const SESSIONS: &str = "Mes sessions ouvertes";
/// Closes one.
pub const FERMER: &str = "Fermer";
/// Closes the others.
pub const FERMER_AUTRES: &str = "Fermer les autres";
/// Closes all.
pub const PARTOUT: &str = "Me déconnecter partout";
/// Section of the sign-ins.
pub const CONNEXIONS: &str = "Mes dernières connexions";
/// What to do of them.
pub const CONNEXIONS_AIDE: &str =
    "Vous ne reconnaissez pas une ligne ? Déconnectez-vous partout, puis prévenez l’assistance.";
/// Done.
pub const FAIT: &str = "C’est fait.";

/// Acts under this role.
pub fn agir(nom: &str) -> String {
    format!("Agir comme : {nom}")
}

/// A means in a few words.
pub fn moyen(moyen: &MoyenVue) -> String {
    let genre = match (moyen.genre, &moyen.serie) {
        (GenreMoyen::Application, _) => "Application".to_owned(),
        (GenreMoyen::Carte, Some(serie)) => format!("Carte n° {serie}"),
        (GenreMoyen::Carte, None) => "Carte".to_owned(),
    };
    if moyen.nom.is_empty() { genre } else { format!("{genre} « {} »", moyen.nom) }
}

/// Since when, and when it last served.
pub fn usage(moyen: &MoyenVue) -> String {
    let ajoute = instant(&moyen.ajoute_le);
    match &moyen.utilise_le {
        Some(utilise) => format!("Ajouté le {ajoute}, utilisé le {}", instant(utilise)),
        None => format!("Ajouté le {ajoute}, jamais utilisé"),
    }
}

/// What a button does to what.
pub fn sur(action: &str, objet: &str) -> String {
    format!("{action} : {objet}")
}

/// A session in a few words.
pub fn session(session: &SessionOuverte) -> String {
    let appareil = if session.appareil.is_empty() { "Navigateur inconnu" } else { &session.appareil };
    let ici = if session.actuelle { " – cette session" } else { "" };
    format!("{appareil}, {}{ici}", role(session.role))
}

/// When it was opened and last used.
pub fn session_dates(session: &SessionOuverte) -> String {
    format!("Ouverte le {}, utilisée le {}", instant(&session.ouverte_le), instant(&session.vue_le))
}

/// A sign-in in a sentence.
pub fn connexion(connexion: &ConnexionVue) -> String {
    let issue = if connexion.reussie { "session ouverte" } else { "tentative refusée" };
    let date = instant(&connexion.date);
    let detail = [&*connexion.appareil, &*connexion.adresse].into_iter().filter(|texte| !texte.is_empty());
    let detail: String = detail.map(|texte| format!(", {texte}")).collect();
    format!("{date} : {issue}{detail}")
}
