//! From the text of a cell to the canonical value of its column, and the apostrophe that keeps formulas asleep.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::demande::Colonne;
use crate::demande::choix::OuiNon;
use crate::demande::colonne::TypeColonne;
use crate::demande::request::est_code;
use crate::text::fr::{self, refus};
use crate::text::fr_demande as texte;
use crate::values::{CodeDepartement, CodePostal, DateIso, Refus, Siret, Telephone, TypeStructure, plier};

/// The sign that a spreadsheet takes for « this is text ».
const APOSTROPHE: char = '\'';

/// Whether a spreadsheet may read a cell that begins so as a formula.
const fn est_dangereux(signe: char) -> bool {
    matches!(signe, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0')
}

/// Whether, behind its apostrophes if any, the text begins like a formula.
fn ressemble_a_une_formule(valeur: &str) -> bool {
    valeur.trim_start_matches(APOSTROPHE).starts_with(est_dangereux)
}

/// The text as written in a cell of a spreadsheet: an apostrophe before what would be read as a formula. A text that
/// already looks neutralised gets one more, so that [`denneutraliser`] gives every text back.
pub fn neutraliser(valeur: &str) -> Cow<'_, str> {
    if ressemble_a_une_formule(valeur) { Cow::Owned(format!("{APOSTROPHE}{valeur}")) } else { Cow::Borrowed(valeur) }
}

/// Undoes [`neutraliser`].
pub fn denneutraliser(cellule: &str) -> Cow<'_, str> {
    match cellule.strip_prefix(APOSTROPHE) {
        Some(valeur) if ressemble_a_une_formule(cellule) => Cow::Borrowed(valeur),
        _ => Cow::Borrowed(cellule),
    }
}

/// The canonical value of a cell of a spreadsheet or a CSV file: [`canonique`] once the apostrophe is taken off.
///
/// # Errors
/// As [`canonique`].
pub fn decoder(colonne: Colonne, cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let sans = cellule.strip_prefix(APOSTROPHE).filter(|_| ressemble_a_une_formule(cellule));
    canonique(colonne, sans.unwrap_or(cellule))
}

/// The canonical value of a text read from a file: trimmed, dates in ISO form, codes for labels, `oui` or `non` for
/// booleans, numbers without spaces. The empty cell is the empty value. What is only wrong in itself (a SIRET whose key is
/// false) is refused later, by [`crate::demande::DemandeValide`].
///
/// # Errors
/// A [`Refus`] when the cell cannot be read: unknown label, date or département, digits that a spreadsheet has lost.
pub fn canonique(colonne: Colonne, cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let cellule = cellule.trim();
    if cellule.is_empty() {
        return Ok(Cow::Borrowed(""));
    }
    match colonne {
        Colonne::Siret => siret(cellule),
        Colonne::CodePostal => code_postal(cellule),
        Colonne::Departement => departement(cellule),
        Colonne::ReferentTelephone => telephone(cellule),
        Colonne::NumeroHabilitation => numero(cellule),
        Colonne::StructureType => type_structure(cellule).map(Cow::Borrowed),
        Colonne::DecisionFinancement | Colonne::DecisionEligibilite | Colonne::Presence => decision(colonne, cellule),
        _ => match colonne.genre() {
            TypeColonne::Date => date(cellule),
            TypeColonne::OuiNon => oui_non(cellule),
            TypeColonne::Choix => choix(colonne, cellule),
            TypeColonne::Texte => Ok(sans_controles(cellule)),
            TypeColonne::Code => Ok(Cow::Borrowed(cellule)),
        },
    }
}

/// What Windows-1252 puts where Unicode has the control signs U+0080 to U+009F; 0 where it puts nothing.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// The sign meant by a control sign left by a program that took Windows-1252 for Latin-1, as in real address files; any
/// other sign is itself.
fn signe_voulu(signe: char) -> char {
    let place = (signe as usize).checked_sub(0x80);
    let voulu = place.and_then(|place| WINDOWS_1252.get(place)).filter(|code| **code != 0);
    voulu.and_then(|code| char::from_u32(u32::from(*code))).unwrap_or(signe)
}

/// The words with those signs put right.
fn sans_controles(cellule: &str) -> Cow<'_, str> {
    if cellule.chars().any(|signe| ('\u{80}'..='\u{9F}').contains(&signe)) {
        Cow::Owned(cellule.chars().map(signe_voulu).collect())
    } else {
        Cow::Borrowed(cellule)
    }
}

/// Digits whose separators are dropped; anything else stays, for the value to refuse with its own reason.
fn chiffres(cellule: &str) -> Cow<'_, str> {
    // A number that went through a program: « 21010053300012.0 ».
    let cellule = cellule.strip_suffix(".0").filter(|avant| tout_chiffres(avant)).unwrap_or(cellule);
    if tout_chiffres(cellule) {
        return Cow::Borrowed(cellule);
    }
    let sans: String = cellule.chars().filter(|c| !c.is_whitespace()).collect();
    if tout_chiffres(&sans) { Cow::Owned(sans) } else { Cow::Borrowed(cellule) }
}

fn tout_chiffres(texte: &str) -> bool {
    !texte.is_empty() && texte.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a spreadsheet has turned a number into `2,175E+13`.
fn est_scientifique(cellule: &str) -> bool {
    cellule.split_once(['E', 'e']).is_some_and(|(mantisse, exposant)| {
        let signe = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        mantisse.starts_with(|c: char| c.is_ascii_digit())
            && mantisse.chars().all(signe)
            && tout_chiffres(exposant.trim_start_matches(['+', '-']))
    })
}

fn siret(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let nombre = chiffres(cellule);
    if let Ok(siret) = Siret::parse(&nombre) {
        return Ok(if siret.as_str() == nombre { nombre } else { Cow::Owned(siret.as_str().to_owned()) });
    }
    match nombre.len() {
        13 if tout_chiffres(&nombre) => Err(texte::SIRET_ZERO_PERDU),
        _ if est_scientifique(cellule) => Err(texte::SIRET_SCIENTIFIQUE),
        _ => Ok(nombre),
    }
}

fn code_postal(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let nombre = chiffres(cellule);
    match CodePostal::parse(&nombre) {
        Err(refus) if refus.code == texte::CODE_POSTAL_ZERO_PERDU.code => Err(texte::CODE_POSTAL_ZERO_PERDU),
        _ if est_scientifique(cellule) => Err(texte::NOMBRE_SCIENTIFIQUE),
        _ => Ok(nombre),
    }
}

fn numero(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    if est_scientifique(cellule) { Err(texte::NOMBRE_SCIENTIFIQUE) } else { Ok(chiffres(cellule)) }
}

fn telephone(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    match Telephone::parse(cellule) {
        Ok(numero) if numero.as_str() == cellule => Ok(Cow::Borrowed(cellule)),
        Ok(numero) => Ok(Cow::Owned(numero.as_str().to_owned())),
        Err(refus) if refus.code == texte::TELEPHONE_ZERO_PERDU.code => Err(texte::TELEPHONE_ZERO_PERDU),
        Err(_) if est_scientifique(cellule) => Err(texte::NOMBRE_SCIENTIFIQUE),
        Err(_) => Ok(Cow::Borrowed(cellule)),
    }
}

/// Folded name → code of the départements.
static DEPARTEMENTS: LazyLock<HashMap<String, &'static str>> =
    LazyLock::new(|| CodeDepartement::tous().map(|code| (plier(code.nom()), code.as_str())).collect());

/// A code, a name, or « 01 - Ain ».
fn departement(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let refuse = match CodeDepartement::parse(cellule) {
        Ok(code) => return Ok(Cow::Borrowed(code.as_str())),
        Err(refus) if refus.code == texte::DEPARTEMENT_ZERO_PERDU.code => {
            return Err(texte::DEPARTEMENT_ZERO_PERDU);
        }
        Err(refus) => refus,
    };
    let plie = plier(cellule);
    if let Some(code) = DEPARTEMENTS.get(&plie) {
        return Ok(Cow::Borrowed(code));
    }
    let (code, nom) = plie.split_once(' ').ok_or(refuse)?;
    match CodeDepartement::parse(code) {
        Ok(code) if plier(code.nom()) == nom => Ok(Cow::Borrowed(code.as_str())),
        _ => Err(refuse),
    }
}

fn type_structure(cellule: &str) -> Result<&'static str, Refus> {
    TypeStructure::par_code(cellule)
        .or_else(|| TypeStructure::par_libelle(cellule))
        .map(|genre| genre.code)
        .ok_or(refus::TYPE_STRUCTURE_INCONNU)
}

/// A date in one of the forms of [`DateIso::parse`], or the seconds of Grist.
fn date(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    if DateIso::parse_iso(cellule).is_ok() {
        return Ok(Cow::Borrowed(cellule));
    }
    let entier = cellule.strip_suffix(".0").unwrap_or(cellule);
    let jour = match entier.parse::<i64>() {
        // Eight signs at least: a lone year or day is no number of seconds.
        Ok(secondes) if entier.len() >= 8 => DateIso::depuis_epoch(secondes).ok_or(refus::DATE_FORME)?,
        _ => DateIso::parse(cellule)?,
    };
    Ok(Cow::Owned(jour.to_string()))
}

/// A boolean as people and programs write it.
fn booleen(cellule: &str) -> Option<bool> {
    match cellule {
        "oui" | "true" | "1" => return Some(true),
        "non" | "false" | "0" => return Some(false),
        _ => {}
    }
    match plier(cellule).as_str() {
        "oui" | "true" | "vrai" | "1" | "x" | "yes" | "o" | "y" | "\u{2713}" | "\u{2714}" | "\u{2611}" => Some(true),
        "non" | "false" | "faux" | "0" | "no" | "n" | "\u{2610}" => Some(false),
        _ => None,
    }
}

fn oui_non(cellule: &str) -> Result<Cow<'_, str>, Refus> {
    let reponse = booleen(cellule).map(|oui| if oui { OuiNon::Oui } else { OuiNon::Non });
    reponse.map(|reponse| Cow::Borrowed(reponse.as_str())).ok_or(texte::OUI_NON_INCONNU)
}

/// The favourable decision of a column that Grist holds as a boolean.
pub const fn favorable(colonne: Colonne) -> Option<&'static str> {
    match colonne {
        Colonne::DecisionFinancement => Some("accorde"),
        Colonne::DecisionEligibilite => Some("validee"),
        Colonne::Presence => Some("present"),
        _ => None,
    }
}

/// Whether an empty cell leaves this column as it is: it is never empty.
pub const fn jamais_vide(colonne: Colonne) -> bool {
    matches!(colonne, Colonne::DateDemande | Colonne::Financement)
}

/// A decision column of Grist is a boolean: true is the favourable decision, false is none at all. Ours holds codes.
fn decision(colonne: Colonne, cellule: &str) -> Result<Cow<'_, str>, Refus> {
    if est_code(colonne, cellule) {
        return Ok(Cow::Borrowed(cellule));
    }
    match booleen(cellule) {
        Some(true) => Ok(Cow::Borrowed(favorable(colonne).unwrap_or_default())),
        Some(false) => Ok(Cow::Borrowed("")),
        None => choix(colonne, cellule).or(Err(texte::DECISION_INCONNUE)),
    }
}

/// A code, or the label of one, case, accents and signs ignored.
fn choix(colonne: Colonne, cellule: &str) -> Result<Cow<'_, str>, Refus> {
    if est_code(colonne, cellule) {
        return Ok(Cow::Borrowed(cellule));
    }
    let cherche = lettres(cellule);
    let trouve = colonne
        .codes()
        .into_iter()
        .find(|code| !cherche.is_empty() && (lettres(code) == cherche || lettres(fr::choix(colonne, code)) == cherche));
    trouve.map(Cow::Borrowed).ok_or(if colonne == Colonne::Formation {
        texte::FORMATION_INCONNUE
    } else {
        texte::CHOIX_INCONNU
    })
}

/// Letters and digits of the folded text.
fn lettres(texte: &str) -> String {
    let mut plie = plier(texte);
    plie.retain(char::is_alphanumeric);
    plie
}
