//! The French sentences of imports and exports. Each says what to do next.

use domain::demande::Colonne;
use domain::import::EtatImport;
use domain::text::fr;

/// The object to import is not one we know.
pub const OBJECT: &str = "Seules les demandes s’importent : indiquez objet=demandes.";
/// The media type is not one of the four.
pub const MEDIA: &str = "Envoyez le fichier tel quel, en CSV (text/csv), NDJSON (application/x-ndjson), XLSX ou ODS, avec son type dans l’en-tête Content-Type.";
/// The declared character set is not one we read.
pub const CHARSET: &str = "Ce jeu de caractères n’est pas lu : enregistrez le fichier en UTF-8 (ou en Windows-1252), puis envoyez-le de nouveau.";
/// Nothing was sent.
pub const EMPTY_FILE: &str =
    "Le fichier est vide : choisissez un fichier qui contient une ligne d’en-têtes et au moins une ligne.";
/// Headers, and nothing else.
pub const HEADER_ONLY: &str =
    "Le fichier n’a que sa ligne d’en-têtes : ajoutez au moins une ligne, puis envoyez-le de nouveau.";
/// The file is UTF-16.
pub const UTF16: &str =
    "Le fichier est en UTF-16 (« texte Unicode ») : enregistrez-le en « CSV UTF-8 », puis envoyez-le de nouveau.";
/// A workbook sent as text, or the reverse.
pub const NOT_TEXT: &str = "Ce fichier est un classeur ou une archive, pas du texte : envoyez-le avec le type XLSX ou ODS, ou enregistrez-le en CSV.";
/// Not a workbook.
pub const NOT_A_WORKBOOK: &str =
    "Ce fichier n’est pas un classeur lisible : ouvrez-le dans votre tableur et enregistrez-le en XLSX, ODS ou CSV.";
/// A workbook protected by a password.
pub const PROTECTED: &str = "Ce classeur est protégé par un mot de passe : enregistrez-en une copie sans mot de passe.";
/// A workbook that grows too much when it is opened.
pub const TOO_BIG_OPEN: &str =
    "Une fois ouvert, ce classeur dépasse la taille acceptée : enregistrez-le en CSV, puis envoyez-le de nouveau.";
/// No sheet.
pub const NO_SHEET: &str =
    "Ce classeur n’a pas de feuille de calcul visible : mettez les lignes dans la première feuille.";
/// The received file is gone.
pub const FILE_GONE: &str = "Le fichier reçu n’est plus sur le serveur : envoyez-le de nouveau.";
/// The disk of the server is full.
pub const DISK_FULL: &str =
    "Le serveur manque de place pour recevoir ce fichier : réessayez plus tard, ou prévenez l’équipe.";
/// The transfer was cut.
pub const CUT: &str = "L’envoi du fichier s’est interrompu : envoyez-le de nouveau.";
/// A line that is no JSON object.
pub const JSON_OBJECT: &str =
    "Chaque ligne doit être un objet JSON, par exemple {\"nom\": \"Dubois\", \"prenom\": \"Angela\"}.";
/// A list or an object where a plain value is expected.
pub const JSON_PLAIN: &str =
    "Cette valeur est une liste ou un objet : donnez un texte, un nombre, true, false ou null.";
/// A member given twice.
pub const JSON_REPEATED: &str = "Ce champ est donné deux fois dans la ligne : n’en gardez qu’un.";
/// A line that is not in the declared encoding.
pub const ENCODING: &str =
    "Cette ligne n’est pas en UTF-8 : enregistrez le fichier en « CSV UTF-8 », puis envoyez-le de nouveau.";
/// A NUL sign.
pub const NUL: &str = "La valeur contient un signe invisible (NUL) : saisissez-la de nouveau au clavier.";
/// More cells than headers.
pub const TOO_MANY_CELLS: &str = "Cette ligne a plus de cellules que l’en-tête : vérifiez le séparateur, ou entourez de guillemets le texte qui le contient.";
/// The demande named by `id` is unknown or out of reach.
pub const UNKNOWN_DEMANDE: &str =
    "Aucune de vos demandes ne porte cet identifiant : videz la cellule pour créer une demande, ou corrigez-la.";
/// The demande named by `id` was deleted.
pub const DELETED_DEMANDE: &str =
    "Cette demande a été supprimée : restaurez-la d’abord, ou videz la cellule pour en créer une autre.";
/// The demande has changed since it was exported.
pub const STALE: &str =
    "Cette demande a changé depuis l’export du fichier : exportez-la de nouveau et reportez vos corrections.";
/// No open envelope fits.
pub const WHICH_ENVELOPE: &str = "Aucune de vos enveloppes ouvertes ne correspond, seule, au département de cette ligne : importez-la en choisissant l’enveloppe.";
/// A decision kept as declared.
pub const DECLARED: &str = "Décision gardée comme déclarée : elle sera prise dans la plateforme par qui en a le droit.";
/// An import that is over cannot be cancelled.
pub const ALREADY_OVER: &str = "Cet import est déjà fini : pour revenir en arrière, défaites-le.";
/// Only a finished, real import can be undone.
pub const NOT_UNDOABLE: &str = "Seul un import terminé, et qui n’était pas un essai, peut être défait.";
/// The database refused a batch twice.
pub const DATABASE: &str = "L’import s’est arrêté sur une erreur de la base de données, et rien n’en a été gardé : envoyez le fichier de nouveau plus tard.";
/// Something unforeseen.
pub const UNFORESEEN: &str = "L’import s’est arrêté sur une erreur imprévue, et rien n’en a été gardé : prévenez l’équipe en donnant le numéro de l’import.";
/// An export in an unknown format.
pub const EXPORT_FORMAT: &str = "Les formats d’export sont csv, ndjson, xlsx et ods.";
/// More rows than a sheet holds.
pub const TOO_MANY_ROWS: &str =
    "Une feuille de classeur ne tient pas autant de lignes : exportez en CSV, ou ajoutez un filtre.";
/// Too many exports at once.
pub const EXPORTS_BUSY: &str = "Trop d’exports sont en cours : réessayez dans une minute.";

/// A NUL byte found while the file was received.
pub fn nul_at(line: u64) -> String {
    format!(
        "La ligne {line} contient un caractère nul (U+0000) : ouvrez le fichier dans un tableur et enregistrez-le en « CSV UTF-8 »."
    )
}

/// A quote that is never closed.
pub fn unclosed_quote(line: u64) -> String {
    format!(
        "Le guillemet ouvert à la ligne {line} n’est jamais refermé : fermez-le ou retirez-le. Rien n’a été importé."
    )
}

/// A line beyond what is read at once.
pub fn line_too_long(line: u64, max: usize) -> String {
    format!("La ligne {line} dépasse {} ko : vérifiez les fins de ligne du fichier. Rien n’a été importé.", max / 1_024)
}

/// More columns than a file may have.
pub fn too_many_columns(max: usize) -> String {
    format!("Le fichier compte plus de {max} colonnes : retirez celles qui ne servent pas.")
}

/// A file larger than the limit.
pub fn too_large(max: u64) -> String {
    format!("Le fichier dépasse {} Mo : coupez-le en plusieurs, ou envoyez-le en CSV.", max >> 20)
}

/// A line that is no JSON.
pub fn json_malformed(column: usize) -> String {
    format!("Ce n’est pas du JSON bien formé (caractère {column}) : corrigez la ligne.")
}

/// The same demande earlier in the file.
pub fn duplicate(line: u64) -> String {
    format!(
        "Cette ligne désigne la même demande que la ligne {line} (même SIRET, même e-mail, même formation) : n’en gardez qu’une."
    )
}

/// Demandes chosen for an export are gone, or out of reach.
pub const CHOSEN_GONE: &str = "Certaines des demandes choisies n’existent plus ou ne sont pas à votre portée : relisez la liste, puis choisissez de nouveau.";

/// None or too many demandes are chosen for an export.
pub fn chosen(max: usize) -> String {
    format!("Choisissez de 1 à {max} demandes.")
}

/// How an import ended: lines created, changed, left alone and refused.
pub fn ended(state: EtatImport, [created, changed, same, refused]: [i64; 4]) -> String {
    if state != EtatImport::Termine {
        return "L’import s’est arrêté sur une erreur : rien n’a été gardé.".to_owned();
    }
    format!("Import fini : {created} créées, {changed} modifiées, {same} inchangées, {refused} rejetées.")
}

/// What could not be undone.
pub fn kept(count: u64) -> String {
    match count {
        1 => "1 demande a changé depuis l’import : elle est restée telle quelle.".to_owned(),
        n => format!("{n} demandes ont changé depuis l’import : elles sont restées telles quelles."),
    }
}

/// The `erreur` cell of a rejected line: each refusal with its column.
pub fn rejection<'a>(errors: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (column, message) in errors {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        if !column.is_empty() {
            text.push_str(column);
            text.push_str(" : ");
        }
        text.push_str(message);
    }
    text
}

/// A column meant twice in one object.
pub fn same_column(column: Colonne) -> String {
    format!("Deux champs de la ligne désignent la même colonne ({}) : n’en gardez qu’un.", fr::colonne(column))
}
