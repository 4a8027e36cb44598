//! The French sentences of the command line.

use crate::journal::Defect;

/// No command was given.
pub const NO_COMMAND: &str = "donnez une commande ; « parcours --help » les liste";
/// PostgreSQL is behind.
pub const MIGRATE_FIRST: &str = "la base PostgreSQL n’est pas à jour : lancez d’abord « parcours migrate »";
/// Production on demonstration data.
pub const DEMONSTRATION_DATA: &str =
    "cette base contient des données de démonstration : une instance de production ne démarre pas dessus";
/// Demonstration data in production.
pub const NO_DEMO_IN_PRODUCTION: &str =
    "« demo » n’écrit pas dans une instance de production : réglez PARCOURS_MODE=demonstration";
/// Life of a token.
pub const TOKEN_LIFE: &str = "un jeton vaut de 1 à 365 jours";
/// The chain holds.
pub const JOURNAL_HOLDS: &str = "Le journal est intact.";
/// The chain does not hold.
pub const JOURNAL_BROKEN: &str = "le journal a été altéré aux endroits ci-dessus";

/// `PARCOURS_SECRET` is too short.
pub const SECRET_TOO_SHORT: &str = "32 caractères au moins";
/// `PARCOURS_SECRET` is not set.
pub const SECRET_DRAWN: &str = "(tiré au démarrage)";

/// `PARCOURS_MODE` is not a kind of instance.
pub fn unknown_mode(mode: &str) -> String {
    format!("« {mode} » : production, demonstration ou bac-a-sable")
}

/// `PARCOURS_MARQUE` is not a look.
pub fn unknown_brand(brand: &str) -> String {
    format!("« {brand} » : neutre ou etat")
}

/// An unknown role.
pub fn unknown_role(role: &str) -> String {
    format!("le rôle « {role} » n’existe pas : recipiendaire, instructeur ou anct")
}

/// An unknown scope.
pub fn unknown_scope(scope: &str) -> String {
    format!("la portée « {scope} » n’existe pas : {}", domain::permission::SCOPES.join(", "))
}

/// Where the chain does not hold.
pub fn defect(defect: &Defect) -> String {
    match defect {
        Defect::Edited(number) => format!("Entrée {number} : modifiée."),
        Defect::Broken(number) => format!("Avant l’entrée {number} : des entrées manquent ou ont été ajoutées."),
        Defect::ValuesEdited(number) => format!("Entrée {number} : ses valeurs ont été modifiées."),
        Defect::Truncated(number) => format!("Après l’entrée {number} : les dernières entrées manquent."),
    }
}

/// What `demo` wrote.
pub fn demo_written(rows: usize) -> String {
    format!("{rows} demandes de démonstration écrites. Comptes (code 123456) :")
}

/// Names of the demonstration accounts, by role code.
pub fn demo_account(role: &str) -> &'static str {
    match role {
        "recipiendaire" => "Camille Récipiendaire",
        "instructeur" => "Dominique Instructeur",
        _ => "Claude Administration",
    }
}

/// Words demonstration data is made of.
pub mod demo {
    /// First names.
    pub const FIRST: [&str; 40] = [
        "Aïcha",
        "Adrien",
        "Béatrice",
        "Benoît",
        "Camille",
        "Cédric",
        "Chloé",
        "Claire",
        "Corentin",
        "Élodie",
        "Émile",
        "Fatou",
        "Florence",
        "François",
        "Gaëlle",
        "Gérard",
        "Hélène",
        "Inès",
        "Jean-Jacques",
        "Jérôme",
        "Julie",
        "Karim",
        "Laëtitia",
        "Léa",
        "Lucie",
        "Maëlys",
        "Marie-Claude",
        "Mehdi",
        "Nadia",
        "Noémie",
        "Océane",
        "Patrice",
        "Raphaël",
        "Rémi",
        "Sandrine",
        "Sébastien",
        "Thérèse",
        "Valérie",
        "Yasmine",
        "Zoé",
    ];
    /// Last names.
    pub const LAST: [&str; 50] = [
        "Abadie",
        "Aubry",
        "Bacri",
        "Barbier",
        "Benali",
        "Bernard",
        "Blanchard",
        "Bonnet",
        "Boucher",
        "Brun",
        "Caron",
        "Chevalier",
        "Colin",
        "Da Silva",
        "David",
        "De La Tour",
        "Diallo",
        "Dubois",
        "Dufour",
        "Dupont",
        "Durand",
        "Fabre",
        "Faure",
        "Fontaine",
        "Garnier",
        "Gauthier",
        "Girard",
        "Guérin",
        "Haddad",
        "Henry",
        "Hervé",
        "Jacquet",
        "Lambert",
        "Le Goff",
        "Lefèvre",
        "Lemoine",
        "Léger",
        "Marchand",
        "Martin",
        "Mercier",
        "Moreau",
        "N’Guyen",
        "Noël",
        "Perrin",
        "Petit",
        "Renaud",
        "Robert",
        "Roussel",
        "Saint-Martin",
        "Traoré",
    ];
    /// Professions.
    pub const JOBS: [&str; 10] = [
        "Secrétaire de mairie",
        "Agent d’accueil",
        "Agente France Services",
        "Travailleuse sociale",
        "Médiateur numérique",
        "Agent de CCAS",
        "Bibliothécaire",
        "Conseillère en insertion",
        "Chargé d’accueil social",
        "Animatrice",
    ];
    /// Streets.
    pub const STREETS: [&str; 6] = [
        "place de la Mairie",
        "rue de la République",
        "rue des Écoles",
        "avenue Jean-Jaurès",
        "place de l’Église",
        "rue Victor-Hugo",
    ];

    /// Name of a town hall.
    pub fn town_hall(commune: &str) -> String {
        format!("Mairie de {commune}")
    }

    /// Label of an envelope.
    pub fn envelope(department: &str, year: i64) -> String {
        format!("{department} {year}")
    }

    /// Name of a récipiendaire.
    pub fn recipient(department: &str) -> String {
        format!("Conseil départemental — {department}")
    }
}
