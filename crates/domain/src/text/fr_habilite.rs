//! French sentences about the list of habilitated people.

use crate::values::Refus;

/// A number that is none.
pub const NOMBRE: Refus =
    Refus { code: "nombre_invalide", message: "Indiquez un nombre entier, ou laissez la cellule vide." };
/// A person without structure.
pub const STRUCTURE_VIDE: Refus = Refus { code: "structure_vide", message: "Indiquez le nom de la structure." };
/// A line that has another number of cells than there are headers.
pub const LARGEUR: &str = "Cette ligne n’a pas autant de cellules qu’il y a d’en-têtes : vérifiez les séparateurs.";
/// A file without a line.
pub const VIDE: &str = "Le fichier n’a aucune ligne : rien n’a été remplacé.";
/// The same person twice.
pub const DOUBLON: &str =
    "Cette personne est déjà plus haut dans le fichier, dans la même structure : gardez une ligne.";

/// A file that cannot be read on, from this line.
pub fn illisible(ligne: Option<u64>) -> String {
    let ou = ligne.map_or_else(String::new, |ligne| format!(" à partir de la ligne {ligne}"));
    format!("Ce fichier ne se lit pas comme du CSV{ou} : vérifiez les guillemets, puis envoyez-le de nouveau.")
}

/// A column that the list needs.
pub fn manquante(nom: &str) -> String {
    format!("Il manque la colonne « {nom} ».")
}

/// A column given twice.
pub fn double(nom: &str) -> String {
    format!("La colonne « {nom} » est donnée deux fois : gardez-en une.")
}

/// A file that is too long.
pub fn trop(most: usize) -> String {
    format!("Un fichier contient au plus {most} personnes : envoyez un département à la fois.")
}

/// What the export of the existing service calls the column that tells aidants from référents who are none.
pub const PEUT_CREER_DES_MANDATS: &str = "Aidant - Peut créer des mandats";

/// What files call a column, besides our own name: the list of the beneficiaries' guide, and the export of the existing service.
pub fn libelles(colonne: &str) -> &'static [&'static str] {
    match colonne {
        "departement" => &["Département", "Organisation: Code INSEE du département"],
        "nom" => &["Nom du professionnel", "Nom de l'aidant", "last_name"],
        "prenom" => &["Prénom du professionnel", "Prénom de l'aidant", "first_name"],
        "email" => &["Adresse e-mail", "Adresse électronique", "E-mail", "Courriel", "Email aidant"],
        "profession" => &["Profession de l'aidant"],
        "mandats" => &["Nombre de mandats", "Nombre de mandats créés", "num_mandats"],
        "demarches" => &[
            "Nombre de démarches",
            "Nombre de démarches réalisées",
            "Nombre de démarches réalisées avec Aidants Connect",
            "Accompagnements",
        ],
        "structure_nom" => &["Structure", "Nom de la structure", "Organisation", "Organisation: Nom"],
        "structure_type" => &["Type de structure", "Typologie", "Typologie de la structure", "Organisation type: Nom"],
        "adresse" => &["Adresse de la structure", "Organisation: Adresse"],
        "code_postal" => &["Code postal", "Code postal de la structure", "zipcode", "Organisation: Code Postal"],
        "ville" => &["Ville", "Commune", "city", "Organisation: Ville"],
        "siret" => &["SIRET", "Numéro SIRET", "Siret de la structure", "Organisation: N° SIRET"],
        "referent_nom" => &["Nom du référent"],
        "referent_prenom" => &["Prénom du référent"],
        "referent_profession" => &["Profession du référent"],
        "referent_email" => &["Adresse e-mail du référent", "E-mail du référent"],
        _ => &[],
    }
}
