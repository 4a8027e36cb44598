//! `/engagements`: the texts one must accept, accepting them, and publishing a version.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::engagement::{AcceptationVue, EngagementsVue, GenreTexte, TexteNouveau, TextePublie, TexteVue};
use domain::error::{ErrorCode, FieldError, Problem};

use super::service::{self, TextRow};
use crate::access::rights::TextePublier;
use crate::access::{Actor, Programs, SignedIn, fresh};
use crate::clock::{Moment, rfc3339};
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency;

/// Most characters of a text.
const TEXT_MAX: usize = 50_000;

fn text(row: TextRow, accepted: Option<Moment>) -> Option<TexteVue> {
    Some(TexteVue {
        id: row.id,
        genre: GenreTexte::parse(&row.genre)?,
        version: row.version,
        contenu: row.contenu,
        publie_le: rfc3339(row.publie_le),
        accepte_le: accepted.map(rfc3339),
    })
}

fn acceptance((kind, version, when): (String, i64, Moment)) -> Option<AcceptationVue> {
    Some(AcceptationVue { genre: GenreTexte::parse(&kind)?, version, accepte_le: rfc3339(when) })
}

#[utoipa::path(
    tag = "Engagements",
    summary = "Les textes à accepter, et ceux acceptés",
    description = "Les versions en vigueur des conditions d’utilisation et de la charte du rôle actif, et toutes les acceptations du compte. Tant qu’un texte n’est pas accepté, les autres opérations répondent `engagement-requis`. Un jeton n’a rien à accepter.",
    responses((status = 200, body = EngagementsVue, description = "Les textes et les acceptations"))
)]
#[get("/engagements")]
async fn read(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let (id, role) = (caller.who.id, caller.who.role);
    let (texts, done) = caller
        .app
        .db
        .read(move |conn| Ok::<_, AppError>((service::required(conn, &id, role)?, service::history(conn, &id)?)))
        .await?;
    let textes = texts.into_iter().filter_map(|(row, accepted)| text(row, accepted)).collect();
    let acceptations = done.into_iter().filter_map(acceptance).collect();
    Ok(HttpResponse::Ok().json(EngagementsVue { textes, acceptations }))
}

#[utoipa::path(
    tag = "Engagements",
    summary = "Accepter un texte",
    description = "Accepte la version en vigueur d’un texte ; sans effet si elle l’est déjà. Un jeton ne peut pas accepter.",
    params(("id" = String, Path, description = "Identifiant de la version lue")),
    responses(
        (status = 204, description = "Acceptée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucune version en vigueur de cet identifiant"),
    )
)]
#[post("/engagements/{id}/accepter")]
async fn accept(caller: SignedIn, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    if caller.session.is_none() {
        return Err(AppError::new(ErrorCode::NonAutorise));
    }
    let author = caller.author();
    let (clock, now) = (caller.app.clock.clone(), caller.app.clock.now());
    caller.app.db.write(move |conn| service::accept(conn, &clock, &author, now, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Engagements",
    summary = "Publier une version d’un texte",
    description = "La version est en vigueur aussitôt : les personnes concernées doivent l’accepter pour continuer.",
    request_body = TexteNouveau,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite une double publication")),
    responses(
        (status = 201, body = TextePublie, description = "Publiée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Une autre version vient d’être publiée"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Texte vide ou trop long"),
    )
)]
#[post("/engagements/textes")]
async fn publish(
    req: HttpRequest,
    actor: Actor<TextePublier>,
    body: Json<TexteNouveau>,
) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Exempt)?;
    let key = idempotency::Key::read(&req, format!("engagements.publier {}", actor.who.id), &body.bytes)?;
    let TexteNouveau { genre, contenu } = body.value;
    let refused = |code: &str, message: String| Err(AppError::fields(vec![FieldError::new("/contenu", code, message)]));
    if contenu.chars().count() > TEXT_MAX {
        return refused("trop_long", crate::text::too_long(TEXT_MAX));
    }
    if contenu.trim().is_empty() {
        return refused("vide", crate::text::accounts::EMPTY_TEXT.to_owned());
    }
    let (clock, now, author) = (actor.app.clock.clone(), actor.app.clock.now(), actor.author());
    let answer = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), now, |conn| {
                let (id, version) = service::publish(conn, &clock, (&author, now), genre, contenu.trim())?;
                Ok((201, serde_json::to_string(&TextePublie { id, genre, version }).unwrap_or_default()))
            })
        })
        .await?;
    Ok(HttpResponse::Created().content_type("application/json").body(answer.body))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(read).service(accept).service(publish);
}
