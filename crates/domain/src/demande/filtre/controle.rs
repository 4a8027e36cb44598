//! What a filter may ask of each column, and the form in which a value is compared.

use crate::demande::Colonne;
use crate::demande::colonne::TypeColonne;
use crate::demande::filtre::{ErreurFiltre, Operateur, VALEURS_MAX, noms_proches};
use crate::text::fr_demande as texte;
use crate::values::{DateIso, Telephone, plier};

/// Most codes listed in a sentence; beyond, only the near ones are.
const CODES_LISTES: usize = 16;

/// A refusal whose place in the text is for the caller to say.
pub(super) struct RefusFiltre {
    code: &'static str,
    message: String,
}

impl RefusFiltre {
    pub(super) fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }

    /// The error at this character.
    pub(super) fn a(self, position: usize) -> ErreurFiltre {
        ErreurFiltre { position, code: self.code, message: self.message }
    }
}

/// The operators a column takes.
pub(super) fn operateurs(genre: TypeColonne) -> &'static [Operateur] {
    use Operateur as O;
    match genre {
        TypeColonne::Texte | TypeColonne::Code => Operateur::ALL,
        TypeColonne::Date => &[O::Eq, O::Ne, O::Lt, O::Le, O::Gt, O::Ge, O::In, O::Empty, O::Filled],
        TypeColonne::Choix | TypeColonne::OuiNon => &[O::Eq, O::Ne, O::In, O::Empty, O::Filled],
    }
}

/// Checks that a column takes this operator.
pub(super) fn operateur(colonne: Colonne, operateur: Operateur) -> Result<(), RefusFiltre> {
    let permis = operateurs(colonne.genre());
    if permis.contains(&operateur) {
        return Ok(());
    }
    Err(RefusFiltre::new("operateur_refuse", texte::operateur_refuse(colonne, operateur, permis)))
}

/// Checks that an operator takes this number of values.
pub(super) fn nombre(operateur: Operateur, valeurs: usize) -> Result<(), RefusFiltre> {
    let juste = match operateur {
        Operateur::Empty | Operateur::Filled => valeurs == 0,
        Operateur::In => (1..=VALEURS_MAX).contains(&valeurs),
        _ => valeurs == 1,
    };
    if juste {
        return Ok(());
    }
    Err(RefusFiltre::new("nombre_de_valeurs", texte::nombre_de_valeurs(operateur, VALEURS_MAX)))
}

/// Refuses the character that no database holds.
pub(super) fn sans_nul(valeur: String) -> Result<String, RefusFiltre> {
    if valeur.contains('\0') {
        return Err(RefusFiltre::new("caractere_refuse", texte::CARACTERE_NUL.to_owned()));
    }
    Ok(valeur)
}

/// The value in the form in which the column is compared. Idempotent.
pub(super) fn valeur(colonne: Colonne, valeur: String) -> Result<String, RefusFiltre> {
    let valeur = sans_nul(valeur)?;
    let normale = match colonne.genre() {
        TypeColonne::Texte => plier(&valeur),
        TypeColonne::Code => code(colonne, valeur),
        TypeColonne::Date => match DateIso::parse_iso(&valeur) {
            Ok(_) => valeur,
            Err(_) => {
                return Err(RefusFiltre::new("date_refusee", texte::date_refusee(colonne, &valeur)));
            }
        },
        TypeColonne::Choix | TypeColonne::OuiNon => return choix(colonne, valeur),
    };
    if normale.is_empty() {
        return Err(RefusFiltre::new("valeur_vide", texte::VALEUR_VIDE.to_owned()));
    }
    Ok(normale)
}

/// A code of the column's list.
fn choix(colonne: Colonne, valeur: String) -> Result<String, RefusFiltre> {
    let codes = colonne.codes();
    if codes.contains(&valeur.as_str()) {
        return Ok(valeur);
    }
    let proposes = if codes.len() > CODES_LISTES { noms_proches(&valeur, &codes) } else { codes };
    Err(RefusFiltre::new("valeur_inconnue", texte::valeur_inconnue(colonne, &valeur, &proposes)))
}

/// Machine text as it is stored: an address in lower case, a number without its spaces.
fn code(colonne: Colonne, mut valeur: String) -> String {
    match colonne {
        Colonne::Email | Colonne::StructureEmail | Colonne::ReferentEmail | Colonne::EnveloppeId => {
            valeur.make_ascii_lowercase();
        }
        Colonne::Departement | Colonne::Reference => valeur.make_ascii_uppercase(),
        Colonne::Siret | Colonne::NumeroHabilitation | Colonne::CodePostal => {
            valeur.retain(|c| !c.is_whitespace());
            return valeur;
        }
        Colonne::ReferentTelephone => {
            if let Ok(numero) = Telephone::parse(&valeur) {
                return numero.as_str().to_owned();
            }
            valeur.retain(|c| !c.is_whitespace());
            return valeur;
        }
        _ => {}
    }
    let taille = valeur.trim().len();
    if taille == valeur.len() { valeur } else { valeur.trim().to_owned() }
}
