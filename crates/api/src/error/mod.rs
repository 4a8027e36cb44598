//! How a failure becomes an RFC 9457 answer. Refusals carry their problem; causes of failures go to the log only.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use domain::error::{ErrorCode, FieldError, Problem};

use crate::db::DbError;

/// Media type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was not served.
#[derive(Debug)]
pub enum AppError {
    /// A refusal that the caller can understand and mend.
    Problem(Box<Problem>),
    /// The database failed.
    Db(DbError),
    /// Anything else unforeseen; the text is for the log.
    Internal(String),
}

/// What the log must know of a failed request, left in the response for the request log.
pub struct Cause(pub String);

impl AppError {
    /// A refusal with its standard sentence.
    pub fn new(code: ErrorCode) -> Self {
        Self::Problem(Box::new(Problem::new(code)))
    }

    /// A refusal with a sentence for this very case.
    pub fn detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Problem(Box::new(Problem::with_detail(code, detail)))
    }

    /// The refusal of fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self::Problem(Box::new(Problem::fields(errors)))
    }

    /// The refusal of fields for this reason.
    pub fn refused_fields(code: ErrorCode, errors: Vec<FieldError>) -> Self {
        Self::Problem(Box::new(Problem { errors, ..Problem::new(code) }))
    }

    /// The refusal of one query parameter or header.
    pub fn parameter(name: &str, code: &str, message: impl Into<String>) -> Self {
        let mut problem = Problem::new(ErrorCode::ParametreInvalide);
        problem.errors.push(FieldError::new(name, code, message));
        Self::Problem(Box::new(problem))
    }

    /// The problem to show, and the cause to log if it is not in the problem.
    fn expose(&self) -> (Problem, Option<String>) {
        match self {
            Self::Problem(problem) => (problem.as_ref().clone(), None),
            Self::Internal(cause) => (Problem::new(ErrorCode::ErreurInterne), Some(cause.clone())),
            Self::Db(error) => match unique_problem(error) {
                Some(problem) => (problem, None),
                None if error.is_transient() => (Problem::new(ErrorCode::Indisponible), Some(error.to_string())),
                None => (Problem::new(ErrorCode::ErreurInterne), Some(error.to_string())),
            },
        }
    }
}

/// Violated uniqueness is a refusal, not a failure: somebody was quicker.
fn unique_problem(error: &DbError) -> Option<Problem> {
    let name = error.constraint()?;
    let code = match name {
        "idempotence_pk" => ErrorCode::CleIdempotenceEnCours,
        name if name.ends_with("_unique") || name.ends_with("_pk") => ErrorCode::DejaExistant,
        _ => return None,
    };
    Some(Problem::new(code))
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(DbError::Diesel(error))
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Problem(problem) => {
                write!(f, "{}: {}", problem.code, problem.detail)?;
                problem.errors.iter().try_for_each(|error| write!(f, " {}: {}", error.champ, error.message))
            }
            Self::Db(error) => write!(f, "{error}"),
            Self::Internal(cause) => write!(f, "{cause}"),
        }
    }
}

impl std::error::Error for AppError {}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.expose().0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let (problem, cause) = self.expose();
        let mut response = respond(&problem);
        if let Some(cause) = cause {
            response.extensions_mut().insert(Cause(cause));
        }
        response.extensions_mut().insert(problem);
        response
    }
}

/// The answer that carries a problem.
pub fn respond(problem: &Problem) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_TYPE, PROBLEM_JSON));
    match problem.status {
        401 => drop(response.insert_header((WWW_AUTHENTICATE, "Bearer"))),
        503 => drop(response.insert_header((RETRY_AFTER, "5"))),
        _ => {}
    }
    response.body(serde_json::to_vec(problem).unwrap_or_default())
}
