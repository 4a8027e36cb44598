//! Giving a code again before a sensitive act.

use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::session::{CODE_MAX, CodeSaisi};
use domain::values::CodeOtp;

use super::sign_in::bounded;
use crate::access::{Programs, SignedIn, fresh, session};
use crate::areas::compte::service::{self, Context};
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::client::address_of;

/// The refusal of a code.
pub(super) fn wrong_code(sentence: &str) -> AppError {
    AppError::fields(vec![FieldError::new("/code", "code_refuse", sentence)])
}

#[utoipa::path(
    tag = "Session",
    summary = "Vérifier qu’un code récent a été donné",
    description = "Pour demander un code avant d’entreprendre un acte sensible, sans l’entreprendre. Toujours vrai pour un jeton.",
    responses(
        (status = 204, description = "Un code a été donné il y a peu"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Un code est à donner (`code-requis`)"),
    )
)]
#[get("/session/code")]
pub async fn ask(caller: SignedIn) -> Result<HttpResponse, AppError> {
    fresh(&caller.app, &caller.who, Programs::Exempt)?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Session",
    summary = "Donner de nouveau un code",
    description = "Quand un acte sensible a répondu `code-requis` : un code de la personne, qui ne sert qu’une fois. La session change d’identifiant, et la même requête peut alors être renvoyée.",
    request_body = CodeSaisi,
    responses(
        (status = 204, description = "Code accepté ; le témoin `__Host-session` est remplacé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton, ou d’une page d’un autre site"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Code faux ou déjà utilisé"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/session/code")]
pub async fn give(caller: SignedIn, req: HttpRequest, body: Json<CodeSaisi>) -> Result<HttpResponse, AppError> {
    let code = body.value.code;
    bounded(&[("code", &code, CODE_MAX)])?;
    let Some(id) = caller.session else {
        return Err(AppError::detail(ErrorCode::NonAutorise, crate::text::PEOPLE_ONLY));
    };
    let app = caller.app;
    let context = Context::new(&app, address_of(&req, &app.config.http.proxies), caller.request, caller.tally);
    let who = caller.who;
    let code = CodeOtp::lire(&code);
    let renewed = app.db.write(move |conn| service::step_up(conn, &context, &who, &id, code)).await?;
    let renewed = renewed.ok_or_else(|| AppError::new(ErrorCode::NonAuthentifie))?;
    match renewed.id {
        Some(next) => Ok(HttpResponse::NoContent().cookie(session::session_cookie(&next)).finish()),
        None if renewed.quota.left.is_none() => Err(AppError::new(ErrorCode::TropDeRequetes)),
        None => Err(wrong_code(crate::text::CODE_WRONG)),
    }
}
