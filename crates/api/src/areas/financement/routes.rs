//! `POST /demandes/financement`, `POST /enveloppes/{id}/promouvoir`: deciding on the financing of demandes.

use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, post, web};
use domain::enveloppe::{DecisionSaisie, DecisionTraitee, PromotionSaisie};
use domain::error::Problem;

use super::service::{self, Work};
use crate::access::Actor;
use crate::access::rights::Financer;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency::{self, Key};

fn work(actor: &Actor<Financer>) -> Work {
    Work { context: actor.context(), role: actor.who.role, perimeter: actor.perimeter.clone() }
}

/// Does the work once per key, and answers what became of it.
async fn once(
    actor: &Actor<Financer>,
    key: Option<Key>,
    work_on: impl FnOnce(&mut DbConn, &Work) -> Result<DecisionTraitee, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let work = work(actor);
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), work.context.now, |conn| {
                let done = work_on(conn, &work)?;
                let body = serde_json::to_string(&done).map_err(|error| AppError::Internal(error.to_string()))?;
                Ok((200, body))
            })
        })
        .await?;
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(answered.body))
}

#[utoipa::path(
    tag = "Financement",
    summary = "Décider du financement de demandes",
    description = "De 1 à 1 000 demandes, nommées ou choisies par un filtre, dans leur ordre. `premieres` accorde celles qui tiennent dans ce qui reste, \
                   et s’arrête à la première qui n’y entre pas. Un constat bloquant refuse ; un constat à vérifier demande un motif. Le motif d’un refus est \
                   envoyé à la structure et au professionnel : un courriel parti ne se rappelle pas.",
    request_body = DecisionSaisie,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite de décider deux fois")),
    responses(
        (status = 200, body = DecisionTraitee, description = "Ce qu’il est advenu de chaque demande"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Clé mal formée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement, ou montant atteint entre-temps"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Une demande a changé pendant le traitement : recommencez"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés ou, si la décision est atomique, demandes refusées"),
    )
)]
#[post("/demandes/financement")]
async fn decide(
    req: HttpRequest,
    actor: Actor<Financer>,
    body: Json<DecisionSaisie>,
) -> Result<HttpResponse, AppError> {
    let key = Key::read(&req, format!("demandes.financement {}", actor.who.id), &body.bytes)?;
    once(&actor, key, move |conn, work| service::decide(conn, work, &body.value)).await
}

#[utoipa::path(
    tag = "Financement",
    summary = "Accorder aux demandes de la liste d’attente",
    description = "Dans leur ordre d’entrée, tant que l’argent suffit : la première qui n’y entre pas arrête. Une demande qu’une règle retient est laissée, et dite.",
    request_body = PromotionSaisie,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite de décider deux fois"),
    ),
    responses(
        (status = 200, body = DecisionTraitee, description = "Ce qu’il est advenu de chaque demande"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Clé mal formée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement, ou montant atteint entre-temps"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Une demande a changé pendant le traitement : recommencez"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/enveloppes/{id}/promouvoir")]
async fn promote(
    req: HttpRequest,
    actor: Actor<Financer>,
    id: web::Path<String>,
    body: Json<PromotionSaisie>,
) -> Result<HttpResponse, AppError> {
    let key = Key::read(&req, format!("enveloppes.promouvoir {} {id}", actor.who.id), &body.bytes)?;
    once(&actor, key, move |conn, work| service::promote(conn, work, &id, &body.value)).await
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(decide).service(promote);
}
