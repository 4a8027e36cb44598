//! Sentences of the sign-in screen.

/// Title.
pub const TITRE: &str = "Se connecter";
/// What it is for.
pub const INTRODUCTION: &str = "La connexion se fait en deux temps : votre adresse et un code, puis un lien reçu par courriel. Déposer une candidature ne demande pas de compte.";
/// E-mail.
pub const EMAIL: &str = "Adresse e-mail";
/// Format of the e-mail.
pub const EMAIL_AIDE: &str = "Celle de votre compte, par exemple prenom.nom@departement.fr";
/// Code.
pub const CODE: &str = "Code à 6 chiffres";
/// Where the code comes from.
pub const CODE_AIDE: &str = "Celui que montre votre application ou votre carte";
/// Where it comes from, for whoever signs in.
pub const CODE_CONNEXION_AIDE: &str =
    "Celui que montre votre application ou votre carte. Première connexion d’un référent : celui du kit de bienvenue";
/// Unfolds the second code.
pub const CARTE_PERDUE: &str = "Ma carte est refusée";
/// What it is for.
pub const CARTE_PERDUE_TEXTE: &str = "L’horloge d’une carte peut dériver. Donnez ci-dessus un code de la carte, et ici celui qui s’affiche juste après : ils suffisent à la retrouver.";
/// Second code.
pub const CODE_SUIVANT: &str = "Code suivant de la carte";
/// The mails of a demonstration.
pub const DEMO_COURRIELS: &str = "Voir les courriels de la démonstration";
/// Title of the dialog that asks for a code again.
pub const CODE_ENCORE_TITRE: &str = "Confirmez avec un code";
/// Why it is asked.
pub const CODE_ENCORE_TEXTE: &str =
    "Cette action est sensible : donnez un nouveau code pour continuer. Ce que vous avez saisi est gardé.";
/// Gives it.
pub const CODE_ENCORE_VALIDER: &str = "Continuer";
/// Submit.
pub const VALIDER: &str = "Recevoir le lien de connexion";
/// Title once the link is asked for.
pub const ENVOYE_TITRE: &str = "Ouvrez le lien reçu par courriel";
/// What to do when nothing comes.
pub const ENVOYE_RIEN: &str =
    "Rien reçu ? Regardez dans les courriels indésirables, puis recommencez avec le code suivant.";
/// Back to the form.
pub const RECOMMENCER: &str = "Recommencer";
/// A demonstration shows its mails.
pub const DEMO_COURRIEL: &str = "Une démonstration n’envoie pas de courriel : voici le lien qu’il contiendrait.";
/// The link of the mail.
pub const DEMO_OUVRIR: &str = "Ouvrir le lien du courriel";
/// No mail was queued.
pub const DEMO_AUCUN: &str =
    "Une démonstration n’envoie pas de courriel. Ici aucun ne serait parti : l’adresse ou le code n’est pas le bon.";
/// Title of the page of the link.
pub const LIEN_TITRE: &str = "Terminer la connexion";
/// What the button does.
pub const LIEN_TEXTE: &str =
    "Confirmez pour ouvrir votre session dans ce navigateur. Une session déjà ouverte ici se fermera.";
/// Opens the session.
pub const LIEN_VALIDER: &str = "Me connecter";
/// The address has no secret.
pub const LIEN_INCOMPLET: &str = "Ce lien est incomplet : ouvrez-le depuis le courriel, ou copiez-le en entier.";
/// Asks for another.
pub const LIEN_AUTRE: &str = "Demander un autre lien";
/// Empty e-mail.
pub const EMAIL_VIDE: &str = "Indiquez l’adresse e-mail de votre compte.";
/// Empty code.
pub const CODE_VIDE: &str = "Indiquez les 6 chiffres de votre code.";
/// Why one is here.
pub const SUITE: &str = "Connectez-vous pour ouvrir la page demandée.";
/// Title of the demonstration accounts.
pub const DEMO_TITRE: &str = "Comptes de démonstration";
/// How to use them.
pub const DEMO_TEXTE: &str = "Choisissez un compte, puis demandez le lien : le code est toujours 123456.";
/// Code of the demonstration.
pub const DEMO_CODE: &str = "123456";
/// Already signed in.
pub const DEJA: &str = "Vous êtes déjà connecté.";
/// Goes on.
pub const CONTINUER: &str = "Continuer";

/// Title of the first access.
pub const ACCES_TITRE: &str = "Premier accès";
/// What it is for.
pub const ACCES_TEXTE: &str = "Vous allez régler une application de codes (par exemple FreeOTP) sur votre téléphone : elle vous donnera un code à chaque connexion.";
/// Begins.
pub const ACCES_COMMENCER: &str = "Régler mon application";
/// How to set it.
pub const ACCES_QR: &str = "Dans l’application, ajoutez un compte en photographiant cette image :";
/// Name of the image.
pub const ACCES_QR_NOM: &str = "QR code à photographier avec l’application";
/// The other way.
pub const ACCES_SECRET: &str = "Ou saisissez cette clé à la main :";
/// Label of the confirmation.
pub const ACCES_CODE: &str = "Code que montre l’application";
/// Submit.
pub const ACCES_CONFIRMER: &str = "Confirmer";
/// Done.
pub const ACCES_FINI: &str = "Votre application est réglée. Connectez-vous avec votre adresse et le prochain code.";

/// Whose account it is.
pub fn acces_compte(email: &str) -> String {
    format!("Compte : {email}")
}

/// Fills the form with a demonstration account.
pub fn demo_choisir(nom: &str, role: &str) -> String {
    format!("Utiliser le compte de {nom} ({role})")
}

/// Read out once the form is filled.
pub fn demo_rempli(email: &str) -> String {
    format!("Le formulaire est rempli avec le compte {email}.")
}

/// What was asked for.
pub fn envoye(email: &str) -> String {
    format!(
        "Si l’adresse {email} et le code sont justes, un lien vient d’y être envoyé. Il vaut cinq minutes, ne sert \
         qu’une fois et s’ouvre dans ce navigateur."
    )
}

/// Read out once signed in.
pub fn bienvenue(nom: &str) -> String {
    format!("Vous êtes connecté en tant que {nom}.")
}
