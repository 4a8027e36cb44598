//! Sentences of the sign-in screen.

/// Title.
pub const TITRE: &str = "Se connecter";
/// What it is for.
pub const INTRODUCTION: &str = "La connexion est réservée aux récipiendaires, à l’équipe Aidants Connect et à l’ANCT. Déposer une candidature ne demande pas de compte.";
/// E-mail.
pub const EMAIL: &str = "Adresse e-mail";
/// Format of the e-mail.
pub const EMAIL_AIDE: &str = "Celle de votre compte, par exemple prenom.nom@departement.fr";
/// Code.
pub const CODE: &str = "Code à 6 chiffres";
/// Submit.
pub const VALIDER: &str = "Se connecter";
/// Empty e-mail.
pub const EMAIL_VIDE: &str = "Indiquez l’adresse e-mail de votre compte.";
/// Empty code.
pub const CODE_VIDE: &str = "Indiquez les 6 chiffres de votre code.";
/// Why one is here.
pub const SUITE: &str = "Connectez-vous pour ouvrir la page demandée.";
/// Title of the demonstration accounts.
pub const DEMO_TITRE: &str = "Comptes de démonstration";
/// How to use them.
pub const DEMO_TEXTE: &str = "Choisissez un compte, puis validez : le code est toujours 123456.";
/// Code of the demonstration.
pub const DEMO_CODE: &str = "123456";
/// Already signed in.
pub const DEJA: &str = "Vous êtes déjà connecté.";
/// Goes on.
pub const CONTINUER: &str = "Continuer";

/// Fills the form with a demonstration account.
pub fn demo_choisir(nom: &str, role: &str) -> String {
    format!("Utiliser le compte de {nom} ({role})")
}

/// Read out once the form is filled.
pub fn demo_rempli(email: &str) -> String {
    format!("Le formulaire est rempli avec le compte {email}.")
}

/// Read out once signed in.
pub fn bienvenue(nom: &str) -> String {
    format!("Vous êtes connecté en tant que {nom}.")
}
