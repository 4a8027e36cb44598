//! `/vues`: named views of the table.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use domain::error::Problem;
use domain::page::Page;
use domain::vue::{Vue, VueSaisie};

use super::service::{self, Owner};
use crate::access::Actor;
use crate::access::rights::VueGerer;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::condition;

fn owner(actor: &Actor<VueGerer>) -> Owner {
    Owner { account: actor.who.id.clone(), role: actor.who.role, perimeter: actor.perimeter.clone() }
}

fn answer(status: StatusCode, view: &Vue) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    condition::tag(&mut response, view.version);
    response.json(view)
}

#[utoipa::path(
    tag = "Vues",
    summary = "Lister les vues du tableau",
    description = "Les siennes et celles que montrent les collègues de même rôle et, pour un récipiendaire, de même enveloppe.",
    responses((status = 200, body = Page<Vue>, description = "Les vues, par nom"))
)]
#[get("/vues")]
async fn list(actor: Actor<VueGerer>) -> Result<HttpResponse, AppError> {
    let owner = owner(&actor);
    let items = actor.app.db.read(move |conn| Ok::<_, AppError>(service::list(conn, &owner)?)).await?;
    Ok(HttpResponse::Ok().json(Page::<Vue> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Vues",
    summary = "Garder une vue du tableau",
    description = "Filtre, tri, recherche et colonnes, sous un nom. Partagée, elle est montrée aux collègues, qui ne peuvent pas la modifier.",
    request_body = VueSaisie,
    responses(
        (status = 201, body = Vue, description = "Gardée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Trop de vues"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/vues")]
async fn add(actor: Actor<VueGerer>, body: Json<VueSaisie>) -> Result<HttpResponse, AppError> {
    let (owner, id) = (owner(&actor), actor.app.clock.id());
    let view = actor.app.db.write(move |conn| service::add(conn, &owner, id, &body.value)).await?;
    Ok(answer(StatusCode::CREATED, &view))
}

#[utoipa::path(
    tag = "Vues",
    summary = "Remplacer une de ses vues",
    description = "Son nom, ce qu’elle montre, et si elle est partagée. `If-Match` porte la version lue.",
    request_body = VueSaisie,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la vue"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 200, body = Vue, description = "Remplacée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[put("/vues/{id}")]
async fn change(
    req: HttpRequest,
    actor: Actor<VueGerer>,
    id: web::Path<String>,
    body: Json<VueSaisie>,
) -> Result<HttpResponse, AppError> {
    let (owner, expected) = (owner(&actor), condition::expected_version(&req)?);
    let view = actor.app.db.write(move |conn| service::change(conn, &owner, (&id, expected), &body.value)).await?;
    Ok(answer(StatusCode::OK, &view))
}

#[utoipa::path(
    tag = "Vues",
    summary = "Supprimer une de ses vues",
    description = "Les demandes qu’elle montrait ne changent pas.",
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la vue"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 204, description = "Supprimée"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "`If-Match` illisible"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[delete("/vues/{id}")]
async fn remove(req: HttpRequest, actor: Actor<VueGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (owner, expected) = (owner(&actor), condition::expected_version(&req)?);
    actor.app.db.write(move |conn| service::remove(conn, &owner, (&id, expected))).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(add).service(change).service(remove);
}
