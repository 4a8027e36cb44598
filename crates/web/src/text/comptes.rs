//! Sentences about accounts, invitations, registration and the texts to accept.

use domain::compte::{CodeAccueil, CompteResume, EtatCompte, InvitationVue, MoyenCompte, Rattachement};
use domain::engagement::GenreTexte;
use domain::permission::Role;

use super::fr::role;
use super::tableau::instant;

/// Title of the list, and its entry in the menu.
pub const COMPTES: &str = "Comptes";
/// Words looked for.
pub const MOTS: &str = "Nom ou adresse e-mail";
/// State looked for.
pub const ETAT: &str = "État";
/// Any state.
pub const TOUS: &str = "Tous les états";
/// Searches.
pub const CHERCHER: &str = "Chercher";
/// Nothing was found.
pub const AUCUN: &str = "Aucun compte ne correspond.";
/// Section of the invitations.
pub const INVITATIONS: &str = "Invitations en attente";
/// None waits.
pub const AUCUNE_INVITATION: &str = "Aucune invitation n’attend de réponse.";
/// Form of an invitation, and its button.
pub const INVITER: &str = "Inviter une personne";
/// What it does.
pub const INVITER_AIDE: &str = "La personne reçoit un lien bon sept jours, qui ne sert qu’une fois. Elle y règle une application de codes, ou donne un code si elle a déjà un compte.";
/// Name.
pub const NOM: &str = "Nom et prénom";
/// Address.
pub const EMAIL: &str = "Adresse e-mail";
/// Role.
pub const ROLE: &str = "Rôle";
/// Envelope of a récipiendaire.
pub const ENVELOPPE: &str = "Enveloppe";
/// Sends an invitation.
pub const ENVOYER: &str = "Envoyer l’invitation";
/// Takes one back.
pub const RETIRER: &str = "Retirer";

/// Title of an account.
pub const COMPTE: &str = "Compte";
/// Back to the list.
pub const RETOUR: &str = "Retour aux comptes";
/// One's own account.
pub const LE_VOTRE: &str =
    "C’est votre compte : un autre administrateur peut en changer les rôles, les organisations, l’état et les moyens.";
/// Saves the name.
pub const ENREGISTRER_NOM: &str = "Enregistrer le nom";
/// Section of the roles.
pub const ROLES: &str = "Rôles";
/// What a change does.
pub const ROLES_AIDE: &str =
    "Un changement ferme aussitôt les sessions de la personne, et ses clés d’API perdent ce que vous retirez.";
/// Saves.
pub const ENREGISTRER: &str = "Enregistrer les rôles";
/// Section of the organisations.
pub const ORGANISATIONS: &str = "Organisations";
/// None.
pub const SANS_ORGANISATION: &str = "Aucune organisation.";
/// Adds an envelope.
pub const AJOUTER: &str = "Ajouter cette enveloppe";
/// Section of the means.
pub const MOYENS: &str = "Moyens de donner un code";
/// None.
pub const SANS_MOYEN: &str = "Aucun moyen : la personne ne peut pas se connecter.";
/// Revokes a means.
pub const REVOQUER: &str = "Révoquer";
/// What it does.
pub const REVOQUER_AIDE: &str =
    "Ses codes ne serviront plus, les sessions de la personne se fermeront, et un courriel l’en préviendra.";
/// Sends a first access.
pub const PREMIER_ACCES: &str = "Envoyer un premier accès";
/// What it does.
pub const PREMIER_ACCES_AIDE: &str =
    "La personne recevra un lien bon trois jours, pour régler une application de codes.";
/// Makes the code of a welcome kit.
pub const CODE_ACCUEIL: &str = "Créer le code du kit de bienvenue";
/// What it does.
pub const CODE_ACCUEIL_AIDE: &str = "Un code à 6 chiffres, à imprimer dans le kit, tiendra lieu de moyen à la première connexion. Un code créé avant ne servira plus.";
/// It was made.
pub const CODE_ACCUEIL_CREE: &str = "Code du kit de bienvenue, montré cette seule fois :";
/// Section of the sessions.
pub const SESSIONS: &str = "Sessions ouvertes";
/// None.
pub const SANS_SESSION: &str = "Aucune session ouverte.";
/// Closes one.
pub const FERMER: &str = "Fermer";
/// Closes all.
pub const FERMER_TOUT: &str = "Fermer toutes ses sessions";
/// What it does.
pub const FERMER_TOUT_AIDE: &str = "La personne devra se connecter de nouveau.";
/// Deactivates.
pub const DESACTIVER: &str = "Désactiver le compte";
/// What it does.
pub const DESACTIVER_AIDE: &str = "La personne est déconnectée aussitôt et ne peut plus entrer ; les liens et invitations en route ne valent plus rien.";
/// Reactivates.
pub const REACTIVER: &str = "Réactiver le compte";
/// What it does.
pub const REACTIVER_AIDE: &str = "La personne pourra de nouveau se connecter, avec les rôles ci-dessous.";
/// Confirms.
pub const CONFIRMER: &str = "Confirmer";
/// Done.
pub const FAIT: &str = "C’est fait.";

/// What an act does, and what becomes of the API keys that the person made.
pub fn avec_cles(aide: &str, cles: i64) -> String {
    let cles = match cles {
        0 => return aide.to_owned(),
        1 => "La clé d’API que cette personne a créée s’arrête aussitôt, pour de bon".to_owned(),
        nombre => format!("Les {nombre} clés d’API que cette personne a créées s’arrêtent aussitôt, pour de bon"),
    };
    format!(
        "{aide} {cles}. Pour ne pas couper un logiciel, un autre administrateur de l’organisation en crée d’abord une autre : « Clients d’API », puis « Ajouter une clé »."
    )
}

/// Title of the page of an invitation.
pub const INVITATION: &str = "Rejoindre Parcours Aidants";
/// Before opening.
pub const INVITATION_TEXTE: &str = "Ce lien vous donne accès à Parcours Aidants. Il vous faut un téléphone avec une application de codes (par exemple FreeOTP), ou le moyen que vous utilisez déjà pour vous connecter.";
/// Opens.
pub const OUVRIR: &str = "Continuer";
/// The account has a means.
pub const AVEC_MOYEN: &str =
    "Vous avez déjà un compte à cette adresse : donnez un code de votre application ou de votre carte pour accepter.";
/// Accepts.
pub const ACCEPTER_INVITATION: &str = "Accepter";
/// Accepted.
pub const INVITATION_FINIE: &str = "C’est fait. Connectez-vous avec votre adresse et le prochain code.";

/// Title of the registration, and its links.
pub const INSCRIPTION: &str = "Créer un compte";
/// What it is for.
pub const INSCRIPTION_TEXTE: &str = "Ce compte est celui d’une personne qui fait des demandes pour sa structure. Déposer une candidature ne demande pas de compte ; les autres personnes reçoivent une invitation.";
/// Why the address is asked.
pub const INSCRIPTION_EMAIL_AIDE: &str = "Vous y recevrez un lien pour terminer, par exemple prenom.nom@mairie.fr";
/// Sends.
pub const INSCRIPTION_VALIDER: &str = "Recevoir le lien";
/// Title once it is sent.
pub const INSCRIPTION_ENVOYEE: &str = "Regardez vos courriels";
/// What to do then.
pub const INSCRIPTION_SUITE: &str = "Un courriel vient de partir à cette adresse. Son lien vaut 24 heures et ne sert qu’une fois. Rien reçu ? Regardez dans les courriels indésirables.";
/// Before the link, on the sign-in screen.
pub const PAS_DE_COMPTE: &str = "Pas encore de compte ?";

/// Title of the texts.
pub const TEXTES: &str = "Conditions d’utilisation et chartes";
/// Why they are shown.
pub const TEXTES_AIDE: &str = "Lisez ces textes. Vous devez les accepter pour utiliser le service sous ce rôle.";
/// Accepts one.
pub const ACCEPTER: &str = "J’ai lu et j’accepte";
/// Goes on.
pub const CONTINUER: &str = "Continuer";
/// Section of what was accepted.
pub const ACCEPTATIONS: &str = "Ce que vous avez accepté";
/// Publishes a version, for administrators.
pub const PUBLIER: &str = "Publier une version d’un texte";
/// What it does.
pub const PUBLIER_AIDE: &str = "La version est en vigueur aussitôt : les personnes concernées devront l’accepter pour continuer. Une ligne vide sépare les paragraphes ; un titre commence par « # ».";
/// Which text.
pub const TEXTE: &str = "Texte concerné";
/// Its content.
pub const CONTENU: &str = "Texte complet";
/// Sends.
pub const PUBLIER_VALIDER: &str = "Publier";

/// Name of a state.
pub const fn etat(etat: EtatCompte) -> &'static str {
    match etat {
        EtatCompte::AConfirmer => "À confirmer",
        EtatCompte::Actif => "Actif",
        EtatCompte::Desactive => "Désactivé",
    }
}

/// Name of a text.
pub const fn texte(genre: GenreTexte) -> &'static str {
    match genre {
        GenreTexte::Cgu => "Conditions d’utilisation",
        GenreTexte::CharteReferent => "Charte du référent",
        GenreTexte::CharteAidant => "Charte de l’aidant",
    }
}

/// A version of a text.
pub fn version(genre: GenreTexte, numero: i64) -> String {
    format!("{}, version {numero}", texte(genre))
}

/// Since when it is in force.
pub fn publie(date: &str) -> String {
    format!("Publiée le {}", instant(date))
}

/// When it was accepted.
pub fn accepte(date: &str) -> String {
    format!("Acceptée le {}", instant(date))
}

/// The state and the roles of an account, under its name.
pub fn resume(compte: &CompteResume) -> String {
    format!("{} – {} – {}", compte.email, etat(compte.etat), roles(&compte.roles))
}

/// Roles in a row.
pub fn roles(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "aucun rôle".to_owned();
    }
    roles.iter().map(|one| role(*one)).collect::<Vec<_>>().join(", ")
}

/// An invitation in a few words.
pub fn invitation(invitation: &InvitationVue) -> String {
    format!("{} – {}", invitation.nom, propose(invitation.role, invitation.organisation.as_deref()))
}

/// Where it was sent, and until when it is good.
pub fn invitation_dates(invitation: &InvitationVue) -> String {
    format!("{} – jusqu’au {}", invitation.email, instant(&invitation.expire_le))
}

/// A role in an organisation.
pub fn propose(propose: Role, organisation: Option<&str>) -> String {
    match organisation {
        Some(nom) => format!("{} : {nom}", role(propose)),
        None => role(propose).to_owned(),
    }
}

/// An organisation of an account.
pub fn rattachement(un: &Rattachement) -> String {
    propose(un.role, Some(&un.libelle))
}

/// A means in a few words.
pub fn moyen(moyen: &MoyenCompte) -> String {
    let genre = if moyen.genre == "carte" { "Carte" } else { "Application" };
    let numero = moyen.serie.as_deref().map(|serie| format!(" n° {serie}")).unwrap_or_default();
    format!("{genre}{numero}, ajoutée le {}", instant(&moyen.ajoute_le))
}

/// How the code of a welcome kit is used.
pub fn code_accueil(cree: &CodeAccueil) -> String {
    let jusque = instant(&cree.expire_le);
    format!(
        "Imprimez-le dans le kit. La personne le donne avec son adresse e-mail sur la page de connexion, une fois, jusqu’au {jusque}."
    )
}

/// Until when a code already made is good.
pub fn code_en_cours(jusque: &str) -> String {
    format!("Un code de kit de bienvenue attend la première connexion, jusqu’au {}.", instant(jusque))
}

/// What a button does to what.
pub fn sur(action: &str, objet: &str) -> String {
    format!("{action} : {objet}")
}

/// An invitation was sent.
pub fn invite(email: &str) -> String {
    format!("L’invitation est partie à {email}.")
}

/// What is proposed, and to whom.
pub fn invite_comme(email: &str, quoi: &str) -> String {
    format!("{email} – {quoi}")
}
