//! `/inscription`: asking for an account of `demandeur`.

use actix_web::{HttpResponse, post};
use domain::compte::Inscription;
use domain::error::{ErrorCode, Problem};

use crate::access::Public;
use crate::areas::compte::service::{Context, accounts, registration};
use crate::error::AppError;
use crate::http::beat::Beat;
use crate::http::body::Json;

#[utoipa::path(
    tag = "Session",
    summary = "S’inscrire comme demandeur",
    description = "Un nom et une adresse. La réponse est la même que l’adresse ait un compte ou non ; seul le courriel reçu le dit : un lien qui confirme l’adresse et règle une application de codes, ou le rappel du compte existant.",
    security(()),
    request_body = Inscription,
    responses(
        (status = 202, description = "Demande reçue : la suite est dans le courriel"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de demandes : attendre `Retry-After` secondes"),
    )
)]
#[post("/inscription")]
pub async fn register(public: Public, body: Json<Inscription>) -> Result<HttpResponse, AppError> {
    let (name, email) = accounts::person(&body.value.nom, &body.value.email)?;
    let context = Context::public(&public);
    let write = move |conn: &mut crate::db::DbConn| registration::register(conn, &context, &name, &email);
    let beat = Beat::start();
    let asked = public.app.db.write(write).await;
    beat.end().await;
    let asked = asked?;
    if asked.is_refused() {
        return Err(AppError::new(ErrorCode::TropDeRequetes));
    }
    Ok(HttpResponse::Accepted().finish())
}
