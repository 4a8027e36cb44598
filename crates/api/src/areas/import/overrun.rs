//! Lines whose financing does not fit in the amount of their envelope: a new demande is added without it, a change is refused.

use domain::demande::{Colonne, DecisionFinancement};
use domain::import::ErreurCellule;
use domain::text::fr_enveloppe;

use super::prepare::Prepared;
use crate::areas::enveloppe::registre;
use crate::error::AppError;

fn cell(line: &Prepared, message: String) -> ErreurCellule {
    ErreurCellule {
        colonne: line.layout.name(Colonne::DecisionFinancement),
        code: registre::OVERRUN.to_owned(),
        message,
        valeur: DecisionFinancement::Accorde.as_str().to_owned(),
    }
}

/// The warning of a new demande whose financing is kept as declared.
pub fn kept_as_declared(line: &Prepared) -> ErreurCellule {
    cell(line, fr_enveloppe::IMPORT.to_owned())
}

/// The refusal of a line that makes a demande dearer than what is left.
///
/// # Errors
/// Any other failure, which is the whole batch's.
pub fn refusal(line: &Prepared, error: AppError) -> Result<Vec<ErreurCellule>, AppError> {
    match error {
        AppError::Problem(problem) if registre::is_overrun(&problem) => Ok(vec![cell(line, problem.detail)]),
        other => Err(other),
    }
}
