//! The French sentences of the command line.

use crate::journal::{Defect, Mismatch};
use domain::permission::Portee;

/// No command was given.
pub const NO_COMMAND: &str = "donnez une commande ; « parcours --help » les liste";
/// PostgreSQL is behind.
pub const MIGRATE_FIRST: &str = "la base PostgreSQL n’est pas à jour : lancez d’abord « parcours migrate »";
/// PostgreSQL sorts otherwise than by bytes.
pub const COLLATION: &str =
    "recréez la base avec LC_COLLATE 'C' : l’ordre des listes en dépend, et leur vitesse (docs/database.md)";
/// Production on demonstration data.
pub const DEMONSTRATION_DATA: &str =
    "cette base contient des données de démonstration : une instance de production ne démarre pas dessus";
/// Demonstration data in production.
pub const NO_DEMO_IN_PRODUCTION: &str =
    "« demo » n’écrit pas dans une instance de production : réglez PARCOURS_MODE=demonstration";
/// Life of a token.
pub const TOKEN_LIFE: &str = "un jeton vaut de 1 à 365 jours";
/// The account was deactivated.
pub const ACCOUNT_DISABLED: &str = "ce compte est désactivé : un autre administrateur doit d’abord le réactiver";
/// The name of an account is missing.
pub const NAME_MISSING: &str = "donnez le nom de la personne : --nom";
/// The chain holds.
pub const JOURNAL_HOLDS: &str = "Le journal est intact.";
/// The chain does not hold.
pub const JOURNAL_BROKEN: &str = "le journal a été altéré aux endroits ci-dessus";

/// What a variable that counts must be.
pub const A_NUMBER: &str = "un nombre entier, sans unité ni signe";
/// What a variable that names a listener must be.
pub const AN_ADDRESS: &str = "une adresse IP et un port, par exemple 127.0.0.1:8080";
/// What `PARCOURS_RELAIS` must be.
pub const NETWORKS: &str =
    "les réseaux de vos relais, séparés par des virgules, par exemple 10.0.0.0/8,::1/128 ; jamais tout le monde (/0)";
/// What `DATABASE_URL` must be; the value itself may hold a password.
pub const A_DATABASE: &str = "attendu : postgres://utilisateur:secret@hôte/base, ou le chemin d’un fichier SQLite";

/// What came of the import of a SIRET-OPCO table.
pub fn table_imported(imported: &crate::preuves::table_opco::Imported) -> String {
    format!(
        "{} lignes importées, {} refusées (SIRET faux ou OPCO absent). Les verdicts suivent en arrière-plan.",
        imported.lines, imported.refused
    )
}
/// Where the doubles of the services listen.
pub fn simulating(port: u16) -> String {
    format!(
        "Simulateurs : PARCOURS_ENTREPRISES=http://127.0.0.1:{port}/entreprises PARCOURS_SIRO=http://127.0.0.1:{port}/siro PARCOURS_SIRO_CLE=demonstration PARCOURS_ADRESSES=http://127.0.0.1:{port}/adresses"
    )
}
/// A file that is not a SIRET-OPCO table.
pub const NOT_A_TABLE: &str = "Ce fichier n’est pas une table SIRET-OPCO : il faut un CSV dont une colonne s’appelle siret et une autre opco, et dont la plupart des SIRET sont justes.";
/// Two imports of a table at once.
pub const ANOTHER_TABLE: &str = "Un autre import de table SIRET-OPCO a pris la place de celui-ci : un seul à la fois.";
/// The address of a service of the outside is wrong.
pub const A_SERVICE: &str =
    "une adresse https:// publique, sans paramètre (http:// et adresses privées en démonstration seulement)";
/// SIRO is not asked without a key.
pub const A_SIRO_KEY: &str = "la clé que donne France compétences, nécessaire avec PARCOURS_SIRO";
/// A service that is not asked.
pub const NO_SERVICE: &str = "(aucune : ce service n’est pas interrogé)";
/// What `PARCOURS_SMTP` must be; the value itself may hold a password.
pub const A_RELAY: &str =
    "attendu smtps://utilisateur:secret@hôte:465 ou smtp://utilisateur:secret@hôte:587?tls=required";
/// A relay without TLS in production.
pub const CLEAR_RELAY: &str = "en production, le relais se joint par TLS : smtps://… ou …?tls=required";
/// No relay.
pub const NO_RELAY: &str = "(aucun : les courriels attendent)";
/// What `PARCOURS_EXPEDITEUR` must be.
pub const A_SENDER: &str = "attendu une adresse, par exemple Parcours Aidants <ne-pas-repondre@exemple.fr>";
/// A file that is not there.
pub const NO_FILE: &str = "ce fichier n’existe pas";
/// What `PARCOURS_CLE_JOURNAL` must be; the value itself is a secret.
pub const A_SEED: &str = "attendu 64 chiffres hexadécimaux (32 octets), par exemple de « openssl rand -hex 32 »";
/// No key.
pub const NO_KEY: &str = "(aucune : la tête du journal n’est pas signée)";
/// The head cannot be signed.
pub const KEY_FIRST: &str = "réglez d’abord PARCOURS_CLE_JOURNAL";
/// No mail is parked.
pub const NO_PARKED_MAIL: &str = "Aucun courriel arrêté.";
/// The mail is not a parked one.
pub const NOT_PARKED: &str = "aucun courriel arrêté ne porte cet identifiant";

/// A key that nobody drew.
pub const MONOTONOUS: &str = "ce secret se devine : tirez-le au hasard, par exemple avec « openssl rand -hex 32 »";
/// The key that the code publishes.
pub const PUBLIC_KEY: &str = "cette clé est publique, bonne pour une démonstration seulement : tirez-en une autre";
/// `PARCOURS_SECRET` is too short.
pub const SECRET_TOO_SHORT: &str = "32 caractères au moins";
/// A variable without which production does not start.
pub const PRODUCTION_NEEDS_IT: &str = "obligatoire en production";
/// `PARCOURS_URL` is not an address.
pub const A_SITE: &str =
    "attendu : l’adresse publique du service, en https en production, par exemple https://aidants.example";
/// A relay without `PARCOURS_URL`.
pub const SITE_FIRST: &str = "obligatoire avec PARCOURS_SMTP : les liens des courriels y mènent";
/// `PARCOURS_SECRET` is not set.
pub const SECRET_DRAWN: &str = "(tiré au démarrage)";

/// A variable that cannot be read.
pub fn wrong_value(value: &str, wanted: &str) -> String {
    format!("« {value} » : attendu {wanted}")
}

/// An envelope that a token cannot be bound to.
pub fn unknown_envelope(id: &str) -> String {
    format!("l’enveloppe « {id} » n’existe pas")
}

/// `PARCOURS_CLES_OTP` is ill-formed.
pub const KEYS_FORM: &str = "attendu : nom:clé, avec 32 octets en base 64 (par exemple « openssl rand -base64 32 ») ; plusieurs séparées par des \
                             virgules, la première chiffre";
/// `PARCOURS_CLES_JWT` is ill-formed.
pub const JWT_KEYS_FORM: &str = "attendu : nom:clé, avec une clé P-256 (ES256) en PKCS#8 et base 64, telle que l’écrit « parcours cle jwt » ; \
                                 plusieurs séparées par des virgules, la première signe";
/// The name of a key is wrong.
pub const KEY_NAME: &str = "le nom d’une clé compte de 1 à 32 lettres sans accent, chiffres ou tirets";
/// The machine has no randomness.
pub const NO_RANDOMNESS: &str = "le système n’a pas donné de hasard : la clé n’est pas tirée";
/// Two keys are named alike.
pub const KEYS_TWICE: &str = "deux clés portent le même nom";

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
    format!(
        "le rôle « {role} » n’existe pas, ou n’est pas celui d’un compte : {}",
        domain::permission::Role::COMPTES.map(domain::permission::Role::as_str).join(", ")
    )
}

/// An unknown scope.
pub fn unknown_scope(scope: &str) -> String {
    format!("la portée « {scope} » n’existe pas : {}", Portee::texte(Portee::ALL).replace(' ', ", "))
}

/// What sealing again has done.
pub fn rekeyed(done: &crate::otp::Rekeyed) -> String {
    format!("{} graines rechiffrées, {} illisibles.", done.changed, done.unreadable.len())
}
/// Seeds that no key opens.
pub const UNREADABLE_SEEDS: &str = "aucune clé de PARCOURS_CLES_OTP n’ouvre les moyens ci-dessus : ajoutez l’ancienne clé à la liste, ou faites refaire ces moyens";

/// Where the chain does not hold.
pub fn defect(defect: &Defect) -> String {
    match defect {
        Defect::Edited(number) => format!("Entrée {number} : modifiée."),
        Defect::Broken(number) => format!("Avant l’entrée {number} : des entrées manquent ou ont été ajoutées."),
        Defect::ValuesEdited(number) => format!("Entrée {number} : ses valeurs ont été modifiées."),
        Defect::Truncated(number) => format!("Après l’entrée {number} : les dernières entrées manquent."),
    }
}

/// Why a signed head does not hold.
pub fn mismatch(file: &str, mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Unsigned => format!("{file} : la signature n’est pas celle de la clé de confiance."),
        Mismatch::Removed(number) => format!("{file} : l’entrée {number}, signée, a été retirée."),
        Mismatch::Rewritten(number) => format!("{file} : l’entrée {number} n’est plus celle qui a été signée."),
    }
}

/// There are demandes already: nothing was added to them.
pub fn demo_already(rows: i64) -> String {
    format!("{rows} demandes sont déjà là : rien n’est ajouté. Pour repartir de zéro, donnez une base neuve.")
}

/// An argument that the command does not understand.
pub fn argument(kind: clap::error::ErrorKind, named: Option<&str>) -> String {
    use clap::error::ErrorKind as K;
    let named = named.map(|name| format!(" « {name} »")).unwrap_or_default();
    match kind {
        K::UnknownArgument => format!("l’argument{named} n’existe pas"),
        K::InvalidSubcommand => format!("la commande{named} n’existe pas"),
        K::MissingSubcommand | K::DisplayHelpOnMissingArgumentOrSubcommand => "il manque une commande".to_owned(),
        K::MissingRequiredArgument => format!("il manque{named}"),
        K::InvalidValue | K::ValueValidation => format!("la valeur de{named} n’est pas celle attendue"),
        K::NoEquals | K::TooFewValues | K::WrongNumberOfValues => format!("il manque la valeur de{named}"),
        K::TooManyValues => format!("il y a trop de valeurs pour{named}"),
        K::ArgumentConflict => format!("l’argument{named} est donné deux fois, ou ne va pas avec un autre"),
        _ => format!("l’argument{named} ne se lit pas"),
    }
}

/// Where the help is.
pub const SEE_HELP: &str = "l’aide : parcours --help, ou parcours <commande> --help";
/// Titles of the help.
pub const HELP: &str = "{about}\n\nUsage : {usage}\n\n{all-args}";
/// Title of the commands, in the help.
pub const COMMANDS: &str = "Commandes";
/// What stands for a command, in the help.
pub const COMMAND: &str = "COMMANDE";
/// Title of the options, in the help.
pub const OPTIONS: &str = "Options";
/// Title of what has no dash, in the help.
pub const ARGUMENTS: &str = "Arguments";
/// What `--help` does.
pub const HELP_FLAG: &str = "Affiche cette aide";
/// What `--version` does.
pub const VERSION_FLAG: &str = "Affiche la version";

/// What `demo` wrote.
pub fn demo_written(rows: usize) -> String {
    format!("{rows} demandes de démonstration écrites. Comptes (code 123456) :")
}

/// Names of the demonstration accounts, by the name of their address.
pub fn demo_account(role: &str) -> &'static str {
    match role {
        "demandeur" => "Alix Demandeur",
        "recipiendaire" => "Camille Récipiendaire",
        "organisme" => "Lou Organisme",
        "formateur" => "Sacha Formateur",
        "referent" => "Morgan Référent",
        "co_referent" => "Charlie Coréférent",
        "aidant" => "Andréa Aidant",
        "instructeur" => "Dominique Instructeur",
        "anct" => "Claude Administration",
        "nouvel-aidant" => "Noa Nouvel-Aidant",
        _ => "Maxime Plusieurs-Rôles",
    }
}

/// Words demonstration data is made of.
pub mod demo {
    /// Kind of the structures of the lists, in words.
    pub const TOWN_HALLS: &str = "Mairie";

    /// Reference of the convention of a département.
    pub fn convention(department: &str) -> String {
        format!("FNE-2026-{department}")
    }

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
    /// Reasons of refusals.
    pub const REFUSALS: [&str; 3] = [
        "Structure hors du territoire de la convention.",
        "La personne suit déjà cette formation par un autre financement.",
        "Demande incomplète, sans réponse à nos relances.",
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
