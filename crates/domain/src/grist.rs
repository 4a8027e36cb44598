//! The tableau de gestion as Grist would show it, so that a script written for Grist works here: identifiers of columns,
//! cells as JSON, filters and sorts (domain facts §6).

use serde_json::{Map, Value};

use crate::demande::filtre::{CARACTERES_MAX, ErreurFiltre};
use crate::demande::{Colonne, Filtre, Operateur, Tri, TypeColonne};
use crate::import::{Cible, canonique, favorable};
use crate::text::fr;
use crate::text::fr_demande as texte;
use crate::values::{DateIso, Refus};

/// The only table of a document.
pub const TABLE: &str = "Demandes";

/// The integer that names a row: its order of arrival, for good.
pub const RANG: &str = "id";

/// Identifier of a column: that of the Grist document of the envelopes, else our own name.
pub fn identifiant(colonne: Colonne) -> &'static str {
    colonne.description().grist.first().copied().unwrap_or(colonne.nom())
}

/// The column of this identifier, in all the spellings that an import takes.
pub fn colonne(identifiant: &str) -> Option<Colonne> {
    match Cible::reconnaitre(identifiant) {
        Cible::Colonne(colonne) | Cible::Calculee(colonne) => Some(colonne),
        _ => None,
    }
}

/// The code for which a column that Grist holds as a boolean says true.
fn vrai(colonne: Colonne) -> Option<&'static str> {
    let oui = (colonne.genre() == TypeColonne::OuiNon).then_some("oui");
    oui.or(favorable(colonne))
}

/// Type of a column, in Grist's words.
pub fn genre(colonne: Colonne) -> &'static str {
    match colonne.genre() {
        _ if vrai(colonne).is_some() => "Bool",
        TypeColonne::Texte | TypeColonne::Code => "Text",
        TypeColonne::Date => "Date",
        TypeColonne::Choix | TypeColonne::OuiNon => "Choice",
    }
}

/// The labels that a choice may take; none for the other types.
pub fn choix(colonne: Colonne) -> Vec<&'static str> {
    match genre(colonne) {
        "Choice" => colonne.codes().into_iter().map(|code| fr::choix(colonne, code)).collect(),
        _ => Vec::new(),
    }
}

/// A cell as Grist writes it: dates in seconds, decisions and yes or no as booleans, labels for codes.
pub fn valeur(colonne: Colonne, cellule: &str) -> Value {
    if let Some(vrai) = vrai(colonne) {
        return Value::Bool(cellule == vrai);
    }
    match colonne.genre() {
        TypeColonne::Date => DateIso::parse_iso(cellule).map_or(Value::Null, |jour| jour.secondes().into()),
        TypeColonne::Choix => fr::choix(colonne, cellule).into(),
        _ => cellule.into(),
    }
}

/// The canonical value of what Grist would write in a cell.
///
/// # Errors
/// A list, a reference or an object, or what [`canonique`] refuses.
pub fn cellule(colonne: Colonne, valeur: &Value) -> Result<String, Refus> {
    let lu = match valeur {
        Value::Null => String::new(),
        Value::Bool(oui) => oui.to_string(),
        Value::Number(nombre) => nombre.to_string(),
        Value::String(lu) => lu.clone(),
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(code), Value::Number(secondes), ..] if code == "d" || code == "D" => secondes.to_string(),
            _ => return Err(texte::VALEUR_COMPOSEE),
        },
        Value::Object(_) => return Err(texte::VALEUR_COMPOSEE),
    };
    canonique(colonne, &lu).map(|canonique| canonique.into_owned())
}

/// What a filter chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choisies {
    /// Conditions on columns.
    pub filtre: Filtre,
    /// The rows that are named, when some are.
    pub rangs: Option<Vec<i64>>,
}

fn refuse(code: &'static str, message: String) -> ErreurFiltre {
    ErreurFiltre { position: 0, code, message }
}

/// Reads `{"Colonne": [valeur, …], …}`: one of the values in each of the columns; the blank text chooses every row.
///
/// # Errors
/// What is not such an object, an unknown column, or a value that its column cannot hold.
pub fn filtre(lu: &str) -> Result<Choisies, ErreurFiltre> {
    if lu.trim().is_empty() {
        return Ok(Choisies::default());
    }
    if lu.chars().count() > CARACTERES_MAX {
        return Err(refuse("trop_long", texte::trop_long(CARACTERES_MAX)));
    }
    let colonnes: Map<String, Value> = serde_json::from_str(lu).map_err(|_autre_chose| illisible())?;
    let une = |(nom, valeurs): (&String, &Value)| match valeurs {
        Value::Array(valeurs) => Ok((nom.clone(), valeurs.clone())),
        _ => Err(illisible()),
    };
    choisir(colonnes.iter().map(une).collect::<Result<Vec<_>, _>>()?)
}

/// What the key of a record chooses: exactly these values.
///
/// # Errors
/// As [`filtre`].
pub fn cle<'a>(champs: impl Iterator<Item = (&'a str, &'a Value)>) -> Result<Choisies, ErreurFiltre> {
    choisir(champs.map(|(nom, valeur)| (nom.to_owned(), vec![valeur.clone()])))
}

fn illisible() -> ErreurFiltre {
    refuse("filtre_illisible", texte::FILTRE_GRIST.to_owned())
}

fn choisir(colonnes: impl IntoIterator<Item = (String, Vec<Value>)>) -> Result<Choisies, ErreurFiltre> {
    let mut choisies = Choisies::default();
    let mut conditions = Vec::new();
    for (nom, valeurs) in colonnes {
        if nom == RANG {
            choisies.rangs = Some(valeurs.iter().map(Value::as_i64).collect::<Option<_>>().ok_or_else(illisible)?);
        } else {
            let colonne = colonne(&nom).ok_or_else(|| refuse("colonne_inconnue", texte::colonne_grist(&nom)))?;
            conditions.push(une_de(colonne, &valeurs)?);
        }
    }
    choisies.filtre = Filtre::Et(conditions);
    Ok(choisies)
}

/// A column equal to one of these values. False is what is not true: also the empty cell.
fn une_de(colonne: Colonne, valeurs: &[Value]) -> Result<Filtre, ErreurFiltre> {
    let mut egales = Vec::new();
    let mut autres = Vec::new();
    for valeur in valeurs {
        let cellule = cellule(colonne, valeur).map_err(|refus| refuse(refus.code, refus.message.to_owned()))?;
        match (vrai(colonne), cellule.as_str()) {
            (Some(vrai), "" | "non") => {
                autres.push(Filtre::condition(colonne, Operateur::Ne, vec![vrai.to_owned()])?);
            }
            (None, "") => autres.push(Filtre::condition(colonne, Operateur::Empty, Vec::new())?),
            _ => egales.push(cellule),
        }
    }
    if !egales.is_empty() {
        autres.push(Filtre::condition(colonne, Operateur::In, egales)?);
    }
    Ok(Filtre::Ou(autres))
}

/// Reads `Colonne,-Autre`; the blank text, or `id`, is the order of arrival.
///
/// # Errors
/// An unknown column or option, or more columns than [`Tri`] takes.
pub fn tri(lu: &str) -> Result<Tri, ErreurFiltre> {
    if matches!(lu.trim(), "" | RANG | "manualSort") {
        return Ok(Tri::arrivee());
    }
    if lu.contains(':') {
        return Err(refuse("tri_refuse", texte::TRI_GRIST.to_owned()));
    }
    let mut traduit = Vec::new();
    for morceau in lu.split(',').map(str::trim) {
        let (signe, nom) = morceau.strip_prefix('-').map_or(("", morceau), |nom| ("-", nom));
        let colonne = colonne(nom).ok_or_else(|| refuse("colonne_inconnue", texte::colonne_grist(nom)))?;
        traduit.push(format!("{signe}{}", colonne.nom()));
    }
    Tri::parse(&traduit.join(","))
}
