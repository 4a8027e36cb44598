//! Titles and sentences of the problems the API answers with.

use crate::error::ErrorCode;

/// Short title of a kind of problem.
pub const fn problem_title(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::JsonInvalide => "Le contenu envoyé n’est pas un JSON correct",
        ErrorCode::ChampsInvalides => "Des champs sont à corriger",
        ErrorCode::ParametreInvalide => "Un paramètre de l’adresse est à corriger",
        ErrorCode::CorpsTropGrand => "Le contenu envoyé est trop volumineux",
        ErrorCode::TypeNonAccepte => "Ce format de contenu n’est pas accepté ici",
        ErrorCode::EncodageInvalide => "L’encodage du texte n’est pas reconnu",
        ErrorCode::NonAuthentifie => "Connexion nécessaire",
        ErrorCode::NonAutorise => "Action non autorisée",
        ErrorCode::EngagementRequis => "Textes à accepter",
        ErrorCode::CodeRequis => "Un code récent est nécessaire",
        ErrorCode::Introuvable => "Introuvable",
        ErrorCode::MethodeNonPermise => "Méthode non permise à cette adresse",
        ErrorCode::CleIdempotenceManquante => "L’en-tête Idempotency-Key manque",
        ErrorCode::CleIdempotenceReutilisee => "Cette clé Idempotency-Key a servi à un autre envoi",
        ErrorCode::CleIdempotenceEnCours => "Le premier envoi est encore en cours",
        ErrorCode::VersionManquante => "L’en-tête If-Match manque",
        ErrorCode::VersionPerimee => "La demande a changé entre-temps",
        ErrorCode::ConflitEtat => "L’état actuel ne permet pas cette action",
        ErrorCode::DejaExistant => "Existe déjà",
        ErrorCode::CurseurInvalide => "Le curseur de page n’est pas valable",
        ErrorCode::FichierIllisible => "Le fichier ne peut pas être lu",
        ErrorCode::TropDeRequetes => "Trop de requêtes",
        ErrorCode::Indisponible => "Service momentanément indisponible",
        ErrorCode::RequeteIllisible => "La requête n’est pas du HTTP correct",
        ErrorCode::RequeteTropLente => "La requête met trop de temps à arriver",
        ErrorCode::AdresseTropLongue => "L’adresse est trop longue",
        ErrorCode::EnTetesTropLongs => "Les en-têtes sont trop longs ou trop nombreux",
        ErrorCode::ErreurInterne => "Erreur inattendue",
    }
}

/// What to do about a kind of problem, when nothing more precise is known.
#[rustfmt::skip]
pub const fn problem_detail(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::JsonInvalide => "Vérifiez que le contenu est un JSON bien formé et que chaque champ a le nom et le type décrits dans la documentation.",
        ErrorCode::ChampsInvalides => "Corrigez les champs signalés, puis renvoyez. Rien n’a été enregistré.",
        ErrorCode::ParametreInvalide => "Corrigez le paramètre signalé dans l’adresse, puis recommencez.",
        ErrorCode::CorpsTropGrand => "Réduisez le contenu ou envoyez-le en plusieurs fois. Rien n’a été enregistré.",
        ErrorCode::TypeNonAccepte => "Indiquez dans l’en-tête Content-Type l’un des formats acceptés par cette opération.",
        ErrorCode::EncodageInvalide => "Enregistrez le texte en UTF-8, puis renvoyez-le.",
        ErrorCode::NonAuthentifie => "Connectez-vous, ou joignez un jeton d’accès valable, puis recommencez.",
        ErrorCode::NonAutorise => "Votre rôle ou votre jeton ne permet pas cette action. Demandez l’accès à un administrateur si vous en avez besoin.",
        ErrorCode::EngagementRequis => "Lisez et acceptez les conditions d’utilisation et la charte de votre rôle, puis recommencez.",
        ErrorCode::CodeRequis => "Cette action demande un code à 6 chiffres donné il y a peu. Donnez-en un (POST /api/v1/session/code), puis renvoyez la même requête. Rien n’a été enregistré.",
        ErrorCode::Introuvable => "Vérifiez l’adresse ou l’identifiant : rien n’y correspond, ou vous n’y avez pas accès.",
        ErrorCode::MethodeNonPermise => "Utilisez l’une des méthodes annoncées par l’en-tête Allow.",
        ErrorCode::CleIdempotenceManquante => "Ajoutez un en-tête Idempotency-Key avec une valeur unique par envoi, par exemple un UUID.",
        ErrorCode::CleIdempotenceReutilisee => "Prenez une nouvelle clé pour un nouveau contenu, ou renvoyez le contenu d’origine avec la même clé.",
        ErrorCode::CleIdempotenceEnCours => "Attendez quelques secondes, puis renvoyez la même requête avec la même clé.",
        ErrorCode::VersionManquante => "Lisez d’abord l’objet, puis renvoyez son ETag dans l’en-tête If-Match.",
        ErrorCode::VersionPerimee => "Quelqu’un d’autre l’a modifiée. Rechargez-la, vérifiez les différences, puis refaites votre modification.",
        ErrorCode::ConflitEtat => "Rechargez la page pour voir l’état actuel, puis choisissez une action possible.",
        ErrorCode::DejaExistant => "Cet élément est déjà enregistré : modifiez celui qui existe au lieu d’en créer un autre.",
        ErrorCode::CurseurInvalide => "Reprenez la liste à sa première page, avec les mêmes filtres et le même tri.",
        ErrorCode::FichierIllisible => "Vérifiez que le fichier s’ouvre et qu’il est en CSV, NDJSON, XLSX ou ODS, puis renvoyez-le.",
        ErrorCode::TropDeRequetes => "Attendez le délai indiqué par l’en-tête Retry-After, puis recommencez.",
        ErrorCode::Indisponible => "Attendez quelques instants, puis recommencez. Ce que vous avez saisi n’est pas perdu.",
        ErrorCode::RequeteIllisible => "Vérifiez la première ligne, les en-têtes (Host, Content-Length) et qu’il s’agit bien de HTTP et non de TLS, puis recommencez.",
        ErrorCode::RequeteTropLente => "Vérifiez la connexion, puis renvoyez la requête en une fois.",
        ErrorCode::AdresseTropLongue => "Raccourcissez les paramètres de l’adresse, filter et q surtout, ou cherchez en plusieurs fois.",
        ErrorCode::EnTetesTropLongs => "Retirez des en-têtes ou des témoins (cookies) : 96 en-têtes et 128 Kio au plus.",
        ErrorCode::ErreurInterne => "Recommencez dans quelques minutes. Si l’erreur se répète, signalez-la avec l’identifiant de la requête.",
    }
}

/// What is said to a caller that goes on well past its quota.
pub const ABNORMAL_USAGE: &str = "Bien plus de demandes que permis arrivent d’ici ou pour ce compte. Arrêtez le programme qui les \
     envoie, attendez le délai indiqué par l’en-tête Retry-After, puis recommencez.";
