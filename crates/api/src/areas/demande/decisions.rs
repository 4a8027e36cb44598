//! A decision on many demandes: each is weighed, then those that may be are written together. Shared by the decisions on the
//! financing and on the eligibility.

use domain::demande::Ligne;
use domain::demande::lot::{IssueLot, ResultatLot};
use domain::error::{ErrorCode, FieldError, Problem};

use super::queries::Stored;
use crate::error::AppError;

/// What becomes of a demande, once weighed.
pub enum Step {
    /// It is so already, at this version.
    Keep(i64),
    /// It changes.
    Change(Box<(Stored, Ligne)>),
    /// It is refused.
    Refuse(Box<Problem>),
}

impl Step {
    /// A refusal with its code and its sentence.
    pub fn refuse(code: &str, kind: ErrorCode, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        let mut problem = Problem::with_detail(kind, sentence.clone());
        problem.errors.push(FieldError::new("/demandes", code, sentence));
        Self::Refuse(Box::new(problem))
    }

    /// The refusal of what does not exist, or is not within reach.
    pub fn unknown() -> Self {
        Self::Refuse(Box::new(Problem::new(ErrorCode::Introuvable)))
    }
}

/// Refuses the whole decision if one demande is, naming all that must be mended.
pub fn refuse_all(steps: &[(String, Step)]) -> Result<(), AppError> {
    let mut errors = Vec::new();
    for (place, (_, step)) in steps.iter().enumerate() {
        let Step::Refuse(problem) = step else { continue };
        let at = format!("/demandes/{place}");
        match problem.errors.first() {
            Some(field) => errors.push(FieldError { champ: at, ..field.clone() }),
            None => errors.push(FieldError::new(at, problem.code.clone(), problem.detail.clone())),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::fields(errors)) }
}

/// What there is to tell and to write.
pub struct Sorted {
    /// What becomes of each, in their order.
    pub results: Vec<ResultatLot>,
    /// Place of each change among the results.
    pub places: Vec<usize>,
    /// What changes.
    pub changes: Vec<(Stored, Ligne)>,
}

/// Sorts the steps into what is told and what is to be written.
pub fn sort(steps: Vec<(String, Step)>) -> Sorted {
    let mut sorted = Sorted { results: Vec::with_capacity(steps.len()), places: Vec::new(), changes: Vec::new() };
    for (place, (id, step)) in steps.into_iter().enumerate() {
        let done = |issue, version| ResultatLot { issue, id: None, version, colonnes: [].into(), probleme: None };
        let result = match step {
            Step::Refuse(problem) => ResultatLot { probleme: Some(*problem), ..done(IssueLot::Refusee, None) },
            Step::Keep(version) => done(IssueLot::Inchangee, Some(version)),
            Step::Change(change) => {
                let version = change.0.version;
                sorted.places.push(place);
                sorted.changes.push(*change);
                done(IssueLot::Faite, Some(version))
            }
        };
        sorted.results.push(ResultatLot { id: Some(id), ..result });
    }
    sorted
}
