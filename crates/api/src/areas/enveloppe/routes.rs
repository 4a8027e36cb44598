//! `/enveloppes`: the envelopes of the caller, and the public face of the one a link names.

use actix_web::{HttpResponse, get, web};
use domain::error::{ErrorCode, Problem};
use domain::page::Page;
use domain::session::EnveloppeVue;

use super::service;
use crate::access::rights::EnveloppeLire;
use crate::access::{Actor, Public};
use crate::error::AppError;

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Mes enveloppes",
    description = "Les enveloppes à portée de l’appelant.",
    responses((status = 200, body = Page<EnveloppeVue>, description = "Les enveloppes"))
)]
#[get("/enveloppes")]
async fn list(actor: Actor<EnveloppeLire>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let found = actor.app.db.read(move |conn| Ok::<_, AppError>(service::within(conn, &perimeter)?)).await?;
    let items = found.into_iter().map(EnveloppeVue::from).collect();
    Ok(HttpResponse::Ok().json(Page::<EnveloppeVue> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "L’enveloppe d’un lien de candidature",
    description = "Ce que le formulaire de candidature montre de l’enveloppe que nomme son lien.",
    security(()),
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 200, body = EnveloppeVue, description = "L’enveloppe"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/enveloppes/{id}/publique")]
async fn public_face(public: Public, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let found = public.app.db.read(move |conn| Ok::<_, AppError>(service::find(conn, &id)?)).await?;
    match found {
        Some(envelope) => Ok(HttpResponse::Ok().json(EnveloppeVue::from(envelope))),
        None => Err(AppError::new(ErrorCode::Introuvable)),
    }
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(public_face);
}
