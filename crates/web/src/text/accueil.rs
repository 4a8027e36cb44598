//! Sentences of the home screen.

/// Title.
pub const TITRE: &str = "Former vos agents à l’accompagnement numérique";
/// What this is.
pub const INTRODUCTION: &str = "Parcours Aidants suit un professionnel depuis la demande de formation de sa structure jusqu’à son habilitation Aidants Connect : candidature, financement, vérification de l’éligibilité, session, présence.";
/// Title of what waits for the person.
pub const A_FAIRE: &str = "À faire";
/// Nothing waits.
pub const RIEN: &str = "Rien ne vous attend pour l’instant.";
/// The avis that are not read.
pub const AVIS: &str = "Avis à lire";
/// The demandes that the person takes care of.
pub const SUIVIES: &str = "Demandes que vous suivez";

/// Title of the entries.
pub const ENTREES: &str = "Que voulez-vous faire ?";

/// Title of the first entry.
pub const STRUCTURE_TITRE: &str = "Ma structure veut former ses agents";
/// What it is.
pub const STRUCTURE_TEXTE: &str = "Déposez une candidature pour un ou plusieurs professionnels, sans créer de compte. Prévoyez le numéro SIRET de la structure et l’adresse e-mail nominative de chaque personne.";
/// Its action.
pub const STRUCTURE_ACTION: &str = "Déposer une candidature";

/// Title of the second entry.
pub const ENVELOPPE_TITRE: &str = "Je gère une enveloppe de formation";
/// What it is.
pub const ENVELOPPE_TEXTE: &str = "Retrouvez les demandes de votre département dans le tableau de gestion, avec le verdict des règles d’éligibilité et ses raisons. Triez, filtrez, corrigez, importez et exportez.";
/// Its action.
pub const ENVELOPPE_ACTION: &str = "Ouvrir le tableau de gestion";

/// Title of the third entry.
pub const API_TITRE: &str = "J’intègre l’API dans un autre outil";
/// What it is.
pub const API_TEXTE: &str = "Tout ce que fait l’écran est possible par programme : dépôt, import de fichiers, lecture et export. La documentation est en français et chaque exemple se lance tel quel.";
/// Its action.
pub const API_ACTION: &str = "Lire la documentation de l’API";

/// Title of the trainings.
pub const FORMATIONS_TITRE: &str = "Deux formations, une journée chacune";
/// First training.
pub const FORMATION_AN: &str = "Aidants Numériques";
/// What it is.
pub const FORMATION_AN_TEXTE: &str = "Une sensibilisation de 7 heures à l’accompagnement des personnes en difficulté avec le numérique, ouverte aussi aux élus.";
/// Second training.
pub const FORMATION_AC: &str = "Aidants Connect";
/// What it is.
pub const FORMATION_AC_TEXTE: &str = "7 heures pour apprendre à réaliser des démarches en ligne à la place d’une personne, avec un mandat, dans un cadre légal sûr.";

/// Title of the steps.
pub const ETAPES_TITRE: &str = "Comment cela se passe";
/// The steps, in order.
pub const ETAPES: [&str; 4] = [
    "La structure dépose sa candidature : les règles d’éligibilité sont vérifiées pendant la saisie.",
    "Le récipiendaire de l’enveloppe du département décide du financement.",
    "Pour Aidants Connect, l’équipe nationale valide l’éligibilité tous les 15 jours.",
    "Le professionnel suit la session ; son compte Aidants Connect est ouvert après le test Pix.",
];
