//! French of the table: refusals of filters and sorts, of imported headers and cells, and of demandes.

use crate::demande::{Colonne, Operateur, TypeColonne};
use crate::text::fr;
use crate::values::Refus;

/// A NUL sign in a value.
pub const CARACTERE_NUL: &str = "La valeur contient un signe invisible (NUL) : saisissez-la de nouveau au clavier.";
/// An empty value.
pub const VALEUR_VIDE: &str =
    "La valeur est vide : indiquez un mot, ou utilisez « empty » pour chercher les cellules vides.";
/// A word that is no link between two conditions.
pub const LIEN_ATTENDU: &str = "Reliez les conditions par « and » ou « or », et vérifiez les parenthèses.";
/// A backslash before another sign than a quote or a backslash.
pub const ECHAPPEMENT: &str =
    "Entre guillemets, la barre oblique inverse ne précède qu’un guillemet ou une autre barre : doublez-la.";
/// A quote that is never closed.
pub const GUILLEMET_OUVERT: &str = "Ce guillemet n’est pas refermé : ajoutez un guillemet à la fin de la valeur.";
/// No column where one is expected.
pub const COLONNE_ATTENDUE: &str = "Indiquez ici le nom d’une colonne, par exemple : etape eq \"recue\".";
/// No value where one is expected.
pub const VALEUR_ATTENDUE: &str =
    "Indiquez ici une valeur, entre guillemets si elle contient des espaces ou des accents.";
/// The reason of a refusal is compared in one way.
pub const OPERATEUR_DU_MOTIF: &str =
    "motif_refus se compare par « eq », par exemple : motif_refus eq \"Hors du territoire.\".";
/// No list behind `in`.
pub const LISTE_ATTENDUE: &str =
    "Après « in », donnez les valeurs entre parenthèses, par exemple : in (\"01\", \"69\").";
/// A list that is never closed.
pub const LISTE_OUVERTE: &str = "Séparez les valeurs par des virgules et refermez la parenthèse de la liste.";
/// A filter in Grist's form that cannot be read.
pub const FILTRE_GRIST: &str =
    "Écrivez le filtre comme Grist : {\"Colonne\": [valeur, …]}, les valeurs toujours entre crochets.";
/// An option of a sort.
pub const TRI_GRIST: &str =
    "Le tri ne prend pas d’option : gardez le nom des colonnes, précédé de « - » pour descendre.";
/// A list, a reference or an object where one value is expected.
pub const VALEUR_COMPOSEE: Refus = Refus {
    code: "valeur_composee",
    message: "Cette colonne prend une seule valeur : un texte, un nombre, true, false ou null.",
};
/// A comma without a column.
pub const TRI_VIDE: &str = "Il manque un nom de colonne : écrivez par exemple -date_demande,structure_nom.";

/// What the envelope is for, in the description of the API.
pub const ENVELOPPE_ID: &str =
    "Enveloppe de la demande ; sans elle, celle que la personne connectée est seule à gérer.";

/// Members of a row that are not columns, in the description of the API.
pub const ID: &str = "Identifiant (UUIDv7).";
/// The version of a row, in the description of the API.
pub const VERSION: &str = "Version, comme dans `ETag` ; chaque changement ajoute un.";
/// What a row is, in the description of the API.
pub const LIGNE: &str = "Une ligne du tableau : chaque colonne sous son nom, le texte vide quand elle n’est pas renseignée ; avec `fields`, seulement celles qui sont nommées.";

/// What a column holds, in the description of the API: its label and, for a short closed list, each code and its meaning.
pub fn description(colonne: Colonne) -> String {
    let libelle = fr::colonne(colonne);
    match colonne.genre() {
        TypeColonne::Choix if colonne == Colonne::StructureType => {
            format!("{libelle} : un code de `GET /referentiel/types-structure`")
        }
        TypeColonne::Choix => {
            let codes = colonne.codes().into_iter().map(|code| format!("`{code}` ({})", fr::choix(colonne, code)));
            format!("{libelle} : {}", codes.collect::<Vec<_>>().join(", "))
        }
        TypeColonne::OuiNon => format!("{libelle} : `oui` ou `non`"),
        _ => libelle.to_owned(),
    }
}

/// A column that the table does not have, in a request in Grist's form.
pub fn colonne_grist(nom: &str) -> String {
    format!("La colonne « {nom} » n’existe pas : les colonnes de la table sont données par « columns ».")
}

/// An error with its place, when it is known.
pub fn erreur_situee(message: &str, position: usize) -> String {
    if position == 0 { message.to_owned() } else { format!("Au caractère {position} : {message}") }
}

/// Names between quotes, separated by commas.
fn citer<'a>(noms: impl IntoIterator<Item = &'a str>) -> String {
    noms.into_iter().map(|nom| format!("« {nom} »")).collect::<Vec<_>>().join(", ")
}

/// A value as quoted in a sentence: its beginning only.
fn extrait(valeur: &str) -> String {
    const MAX: usize = 60;
    let mut court: String = valeur.chars().take(MAX).collect();
    if court.len() < valeur.len() {
        court.push('…');
    }
    court
}

fn citer_operateurs(operateurs: &[Operateur]) -> String {
    citer(operateurs.iter().map(|operateur| operateur.as_str()))
}

/// A filter or a sort beyond its limit.
pub fn trop_long(max: usize) -> String {
    format!("Le texte dépasse {max} caractères : retirez des conditions.")
}

/// Too many brackets inside each other.
pub fn trop_profond(max: usize) -> String {
    format!("Les parenthèses et les « not » s’emboîtent sur plus de {max} niveaux : simplifiez le filtre.")
}

/// Too many conditions.
pub fn trop_de_conditions(max: usize) -> String {
    format!("Le filtre compte plus de {max} conditions : retirez-en, ou regroupez des valeurs avec « in ».")
}

/// Too many values in a list.
pub fn trop_de_valeurs(max: usize) -> String {
    format!("La liste compte plus de {max} valeurs : retirez-en.")
}

/// A sign the grammar does not have.
pub fn signe_inattendu(signe: char) -> String {
    format!("Le signe « {} » n’est pas attendu ici : mettez la valeur entre guillemets.", signe.escape_debug())
}

/// A bracket that is never closed.
pub fn parenthese_ouverte(position: usize) -> String {
    format!("La parenthèse ouverte au caractère {position} n’est pas refermée : ajoutez « ) ».")
}

/// A column that does not exist.
pub fn colonne_inconnue(nom: &str, proches: &[&str]) -> String {
    let nom = extrait(nom);
    if proches.is_empty() {
        return format!("La colonne « {nom} » n’existe pas : vérifiez son nom dans la documentation de l’API.");
    }
    format!("La colonne « {nom} » n’existe pas. Vouliez-vous dire {} ?", citer(proches.iter().copied()))
}

/// A word that is no operator.
pub fn operateur_attendu(colonne: Colonne, permis: &[Operateur]) -> String {
    format!("Après « {} », indiquez l’un de ces opérateurs : {}.", colonne.nom(), citer_operateurs(permis))
}

/// An operator the column does not take.
pub fn operateur_refuse(colonne: Colonne, operateur: Operateur, permis: &[Operateur]) -> String {
    format!(
        "L’opérateur « {} » ne s’applique pas à la colonne « {} ». Utilisez l’un de ceux-ci : {}.",
        operateur.as_str(),
        colonne.nom(),
        citer_operateurs(permis)
    )
}

/// A wrong number of values.
pub fn nombre_de_valeurs(operateur: Operateur, max: usize) -> String {
    let attendu = match operateur {
        Operateur::Empty | Operateur::Filled => "ne prend pas de valeur".to_owned(),
        Operateur::In => format!("prend de 1 à {max} valeurs"),
        _ => "prend une seule valeur".to_owned(),
    };
    format!("L’opérateur « {} » {attendu} : corrigez le filtre.", operateur.as_str())
}

/// A value that is no ISO date.
pub fn date_refusee(colonne: Colonne, valeur: &str) -> String {
    format!(
        "La colonne « {} » se compare à une date comme 2026-12-31, et « {} » n’en est pas une.",
        colonne.nom(),
        extrait(valeur)
    )
}

/// A value that is no code of the column.
pub fn valeur_inconnue(colonne: Colonne, valeur: &str, codes: &[&str]) -> String {
    let debut = format!("La colonne « {} » ne prend pas la valeur « {} »", colonne.nom(), extrait(valeur));
    if codes.is_empty() {
        return format!("{debut} : vérifiez les codes dans la documentation de l’API.");
    }
    format!("{debut}. Utilisez par exemple : {}.", citer(codes.iter().copied()))
}

/// A column twice in a sort.
pub fn tri_en_double(colonne: Colonne) -> String {
    format!("La colonne « {} » figure deux fois dans le tri : retirez-en une.", colonne.nom())
}

/// Too many columns in a sort.
pub fn tri_trop_de_cles(max: usize) -> String {
    format!("Le tri porte sur plus de {max} colonnes : gardez les premières.")
}

/// A file without any header.
pub const ENTETES_VIDES: &str =
    "Le fichier n’a pas de ligne d’en-têtes : ajoutez en première ligne le nom des colonnes.";

/// Too many headers.
pub fn entetes_trop(nombre: usize, max: usize) -> String {
    format!("Le fichier compte {nombre} colonnes, et {max} au plus sont acceptées : retirez celles qui ne servent pas.")
}

/// Two headers for one column.
pub fn entetes_en_double(premier: &str, second: &str, colonne: &str) -> String {
    format!(
        "Les en-têtes « {} » et « {} » désignent la même colonne ({colonne}) : n’en gardez qu’un.",
        extrait(premier),
        extrait(second)
    )
}

/// Mandatory columns that no header names.
pub fn entetes_manquants(colonnes: &[Colonne]) -> String {
    let noms = citer(colonnes.iter().map(|colonne| fr::colonne(*colonne)));
    let (quoi, suite) = match colonnes.len() {
        1 => ("cette colonne obligatoire", "ajoutez-la"),
        _ => ("ces colonnes obligatoires", "ajoutez-les"),
    };
    format!("Il manque {quoi} : {noms}. Corrigez l’en-tête s’il porte un autre nom, sinon {suite}.")
}

/// Declares refusals of cells and demandes: name, code, sentence.
macro_rules! refus {
    ($($nom:ident = $code:literal, $message:literal;)+) => {
        $(#[doc = concat!("`", $code, "`")] pub const $nom: Refus = Refus { code: $code, message: $message };)+
    };
}

refus! {
    SIRET_ZERO_PERDU = "siret_13_chiffres", "Ce SIRET n’a que 13 chiffres : le tableur a sans doute effacé un zéro au début. Mettez la colonne au format « Texte », puis saisissez de nouveau les 14 chiffres.";
    CODE_POSTAL_ZERO_PERDU = "code_postal_4_chiffres", "Ce code postal n’a que 4 chiffres : le tableur a sans doute effacé le zéro du début. Mettez la colonne au format « Texte », puis saisissez de nouveau les 5 chiffres, par exemple 01000.";
    DEPARTEMENT_ZERO_PERDU = "departement_zero_perdu", "Ce code de département n’a qu’un chiffre : le tableur a sans doute effacé le zéro du début. Mettez la colonne au format « Texte », puis saisissez par exemple 01.";
    TELEPHONE_ZERO_PERDU = "telephone_zero_perdu", "Ce numéro n’a que 9 chiffres : le tableur a sans doute effacé le zéro du début. Mettez la colonne au format « Texte », puis saisissez de nouveau les 10 chiffres.";
    SIRET_SCIENTIFIQUE = "siret_notation_scientifique", "Le tableur a abrégé ce SIRET (par exemple 2,175E+13) et perdu ses derniers chiffres. Mettez la colonne au format « Texte », puis saisissez de nouveau les 14 chiffres.";
    NOMBRE_SCIENTIFIQUE = "notation_scientifique", "Le tableur a abrégé ce numéro (par exemple 3,36E+10) et perdu ses derniers chiffres. Mettez la colonne au format « Texte », puis saisissez de nouveau le numéro entier.";
    OUI_NON_INCONNU = "oui_non_inconnu", "Répondez par oui ou par non, ou laissez la cellule vide.";
    CHOIX_INCONNU = "choix_inconnu", "Cette valeur ne fait pas partie de la liste : choisissez l’une de celles que propose la colonne.";
    FORMATION_INCONNUE = "formation_inconnue", "Cette formation est inconnue : écrivez « Aidants Connect » ou « Aidants Numériques ».";
    DECISION_INCONNUE = "decision_inconnue", "Cette décision est inconnue : écrivez oui, laissez la cellule vide, ou reprenez un libellé du tableau.";
    DATE_HORS_LIMITES = "date_hors_limites", "Cette date est hors limites : l’année doit être comprise entre 2000 et 2099.";
    NOM_VIDE = "nom_vide", "Indiquez le nom du professionnel.";
    PRENOM_VIDE = "prenom_vide", "Indiquez le prénom du professionnel.";
    FORMATION_VIDE = "formation_vide", "Choisissez la formation demandée : Aidants Connect ou Aidants Numériques.";
    STRUCTURE_NOM_VIDE = "structure_nom_vide", "Indiquez le nom de la structure.";
    EMAIL_VIDE = "email_vide", "Indiquez l’adresse e-mail du professionnel, par exemple prenom.nom@structure.fr.";
    NUMERO_HABILITATION = "numero_habilitation", "Le numéro d’habilitation ne contient que des chiffres, 20 au plus : retirez les autres signes.";
}

/// The choice of what headers mean is not an object.
pub const CORRESPONDANCE_FORME: &str =
    "Donnez un objet JSON : chaque en-tête du fichier, et le nom de sa colonne (vide s’il ne doit pas être lu).";

/// Too many headers, or too long ones.
pub fn correspondance_trop(entetes: usize, caracteres: usize) -> String {
    format!("La correspondance tient en {entetes} en-têtes, de {caracteres} caractères au plus.")
}

/// A column that is not one, or that is computed.
pub fn correspondance_colonne(nom: &str) -> String {
    format!("« {nom} » n’est pas une colonne qui s’importe : choisissez-en une autre, ou laissez vide.")
}
