//! The first access of an account: setting an application, with the single-use link that was handed over.

use actix_web::{HttpResponse, post};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::session::{ApplicationOtp, CODE_MAX, ConfirmationAcces, JETON_MAX, PremierAcces};
use domain::values::CodeOtp;

use super::sign_in::bounded;
use crate::access::Public;
use crate::areas::compte::service::{self, Context};
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::limit::Quota;

/// The link opens nothing, or the address has tried too often.
fn refused(quota: Quota) -> AppError {
    if quota.left.is_none() {
        return AppError::new(ErrorCode::TropDeRequetes);
    }
    AppError::detail(ErrorCode::NonAuthentifie, crate::text::FIRST_ACCESS_REFUSED)
}

#[utoipa::path(
    tag = "Session",
    summary = "Préparer son application de codes",
    description = "Avec le secret du lien de premier accès : donne de quoi régler une application. Le lien reste bon jusqu’à la confirmation ; recommencer remplace ce qui n’a pas été confirmé.",
    security(()),
    request_body = PremierAcces,
    responses(
        (status = 200, body = ApplicationOtp, description = "De quoi régler l’application, montré cette seule fois"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Lien inconnu, expiré ou déjà utilisé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Texte trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/premier-acces")]
pub async fn prepare(public: Public, body: Json<PremierAcces>) -> Result<HttpResponse, AppError> {
    let secret = body.value.jeton;
    bounded(&[("jeton", &secret, JETON_MAX)])?;
    let context = Context::public(&public);
    let prepared = public.app.db.write(move |conn| service::prepare(conn, &context, &secret)).await?;
    let (email, pairing) = prepared.map_err(refused)?;
    let view = ApplicationOtp { email, secret: pairing.secret, adresse: pairing.address, qr: pairing.qr };
    Ok(HttpResponse::Ok().json(view))
}

#[utoipa::path(
    tag = "Session",
    summary = "Confirmer son application de codes",
    description = "Avec un code que montre l’application : le lien a servi, le compte peut se connecter.",
    security(()),
    request_body = ConfirmationAcces,
    responses(
        (status = 204, description = "L’application est confirmée"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Lien inconnu, expiré ou déjà utilisé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Le code n’est pas celui de l’application, ou un texte est trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/premier-acces/confirmer")]
pub async fn confirm(public: Public, body: Json<ConfirmationAcces>) -> Result<HttpResponse, AppError> {
    let ConfirmationAcces { jeton, code } = body.value;
    bounded(&[("jeton", &jeton, JETON_MAX), ("code", &code, CODE_MAX)])?;
    let context = Context::public(&public);
    let code = CodeOtp::lire(&code);
    let confirmed = public.app.db.write(move |conn| service::confirm(conn, &context, &jeton, code.as_ref())).await?;
    if confirmed.map_err(refused)? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(AppError::fields(vec![FieldError::new("/code", "code_refuse", crate::text::CODE_REFUSED)]))
}
