//! Accessibility statement.

/// Title.
pub const TITRE: &str = "Déclaration d’accessibilité";
/// Undertaking.
pub const ENGAGEMENT: &str = "L’équipe de Parcours Aidants s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005. Cette déclaration s’applique au service Parcours Aidants.";
/// Title of the state.
pub const ETAT_TITRE: &str = "État de conformité";
/// State.
pub const ETAT: &str = "Le service est déclaré non conforme au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2, car aucun audit complet n’a encore été mené. Chaque écran passe des tests automatiques et des parcours au clavier à chaque modification, ce qui ne remplace pas un audit.";
/// Title of what is known not to conform.
pub const CONTENUS_TITRE: &str = "Contenus non accessibles";
/// What is known.
pub const CONTENUS: &str = "Aucun défaut n’est connu à ce jour dans les écrans de ce service. Seul un audit permettra de l’établir ; ses résultats seront publiés sur cette page.";
/// Title of how it was written.
pub const ETABLISSEMENT_TITRE: &str = "Établissement de cette déclaration";
/// How it was written.
pub const ETABLISSEMENT: &str = "Cette déclaration a été établie le 22 novembre 2026. Technologies utilisées : HTML5, CSS, WebAssembly. Outils de vérification : axe-core et un navigateur piloté (Chromium).";
/// Title of the contact.
pub const CONTACT_TITRE: &str = "Retour d’information et contact";
/// Contact.
pub const CONTACT: &str = "Si vous ne pouvez pas accéder à un contenu ou à une démarche, signalez-le au récipiendaire de votre département ou à l’organisme qui exploite ce service : une solution de remplacement vous sera proposée.";
/// Title of the remedies.
pub const RECOURS_TITRE: &str = "Voies de recours";
/// Remedies.
pub const RECOURS: &str = "Si vous avez signalé un défaut d’accessibilité et n’avez pas obtenu de réponse satisfaisante, vous pouvez écrire un message au Défenseur des droits, contacter son délégué dans votre région, ou lui envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.";
