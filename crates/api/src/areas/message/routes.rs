//! `POST /demandes/courriels`: writing to the people of demandes.

use actix_web::{HttpRequest, HttpResponse, post};
use domain::error::Problem;
use domain::message::{MessageSaisie, MessageTraite};

use super::service::{self, Context};
use crate::access::rights::CourrielEnvoyer;
use crate::access::{Actor, Programs, fresh};
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency;

#[utoipa::path(
    tag = "Demandes",
    summary = "Écrire aux personnes de demandes",
    description = "Un courriel par personne, chacune une fois. Par défaut un essai : il montre ce que lirait la première, combien en recevraient, et combien il en reste pour la journée. Ce qui est parti ne se rappelle pas.",
    request_body = MessageSaisie,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite un second envoi")),
    responses(
        (status = 200, body = MessageTraite, description = "Ce qui part, ou partirait"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Clé mal formée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, ou code récent à donner (`code-requis`)"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés, trop de destinataires, ou clé réutilisée avec un autre message"),
    )
)]
#[post("/demandes/courriels")]
async fn send(
    req: HttpRequest,
    actor: Actor<CourrielEnvoyer>,
    body: Json<MessageSaisie>,
) -> Result<HttpResponse, AppError> {
    if !body.value.essai {
        fresh(&actor.app, &actor.who, Programs::Refused)?;
    }
    let key = idempotency::Key::read(&req, format!("demandes.courriels {}", actor.who.id), &body.bytes)?;
    let context = Context {
        clock: actor.app.clock.clone(),
        who: actor.who.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
        perimeter: actor.perimeter.clone(),
    };
    let answer = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), context.now, |conn| {
                let done: MessageTraite = service::send(conn, &context, &body.value)?;
                Ok((200, serde_json::to_string(&done).unwrap_or_default()))
            })
        })
        .await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(answer.body))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(send);
}
