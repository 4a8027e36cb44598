//! Reading envelopes: a list, one of them, and the public face of the one a link names.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use domain::enveloppe::{EnveloppeDetail, EnveloppeResume};
use domain::error::{ErrorCode, Problem};
use domain::page::{LIMIT_MAX, Page};
use domain::session::EnveloppeVue;
use serde::Deserialize;

use super::answer;
use crate::access::rights::EnveloppeLire;
use crate::access::{Actor, Public};
use crate::areas::demande::routes::limit;
use crate::areas::enveloppe::{gestion, queries, service};
use crate::error::AppError;
use crate::http::query::Query;

/// What the cursor of the list is bound to.
const LIST: &str = "enveloppes";

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Nombre d’enveloppes, 1 000 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Mes enveloppes",
    description = "Les enveloppes à portée de l’appelant, avec leurs comptes, par département puis de la dernière année à la première. Montants en centimes.",
    params(ListQuery),
    responses(
        (status = 200, body = Page<EnveloppeResume>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/enveloppes")]
pub async fn list(actor: Actor<EnveloppeLire>, Query(query): Query<ListQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(Some(query.limit.unwrap_or(LIMIT_MAX)))?;
    let after: Option<queries::Position> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(LIST, &query.cursor)?) };
    let perimeter = actor.perimeter.clone();
    let mut found = actor
        .app
        .db
        .read(move |conn| Ok::<_, AppError>(queries::page(conn, &perimeter, after.as_ref(), limit + 1)?))
        .await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more).map(queries::Position::from);
    let next = last.map(|position| actor.app.signer.seal(LIST, &position));
    let items = found.into_iter().map(gestion::summary).collect();
    Ok(HttpResponse::Ok().json(Page::<EnveloppeResume> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Une enveloppe",
    description = "Ce qui en est réglé, ses comptes exacts à l’instant, qui y a accès. Montants en centimes.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 200, body = EnveloppeDetail, description = "L’enveloppe"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/enveloppes/{id}")]
pub async fn show(actor: Actor<EnveloppeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (perimeter, now) = (actor.perimeter.clone(), actor.app.clock.now());
    let detail = actor.app.db.read(move |conn| gestion::show(conn, &perimeter, &id, now)).await?;
    Ok(answer(StatusCode::OK, &detail))
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
pub async fn public_face(public: Public, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let found = public.app.db.read(move |conn| Ok::<_, AppError>(service::find(conn, &id)?)).await?;
    match found {
        Some(envelope) => Ok(HttpResponse::Ok().json(EnveloppeVue::from(envelope))),
        None => Err(AppError::new(ErrorCode::Introuvable)),
    }
}
