//! `/demandes/{id}/commentaires`: what people say about demandes, and who else has one open.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use domain::commentaire::{Commentaire, CommentaireSaisie, Interlocuteur, PresenceVue};
use domain::error::Problem;
use domain::page::Page;

use super::presence;
use super::service::{self, Context};
use crate::access::rights::{Commenter, DemandeLire};
use crate::access::{Actor, Perimeter};
use crate::error::AppError;
use crate::http::body::Json;

impl<R> Actor<R> {
    /// This caller as one who comments, within this reach.
    pub fn speaker(&self, perimeter: Perimeter) -> Context {
        Context {
            clock: self.app.clock.clone(),
            who: self.who.clone(),
            author: self.author(),
            now: self.app.clock.now(),
            perimeter,
            keys: self.app.config.keys.clone(),
        }
    }
}

fn context(actor: &Actor<Commenter>) -> Context {
    actor.speaker(actor.perimeter.clone())
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Les commentaires d’une demande",
    description = "Du plus ancien au plus récent. Qui lit la demande les lit.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = Page<Commentaire>, description = "Les commentaires"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/commentaires")]
async fn list(actor: Actor<DemandeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (caller, perimeter) = (actor.who.id.clone(), actor.perimeter.clone());
    let items = actor.app.db.read(move |conn| service::list(conn, (&caller, &perimeter), &id)).await?;
    Ok(HttpResponse::Ok().json(Page::<Commentaire> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Commenter une demande",
    description = "Les personnes mentionnées et celles qui ont déjà commenté en sont averties, chacune comme elle l’a choisi.",
    request_body = CommentaireSaisie,
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 201, body = Commentaire, description = "Écrit"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Trop de commentaires"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/demandes/{id}/commentaires")]
async fn add(
    actor: Actor<Commenter>,
    id: web::Path<String>,
    body: Json<CommentaireSaisie>,
) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let comment = actor.app.db.write(move |conn| service::add(conn, &context, &id, &body.value)).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(comment))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Retirer un de ses commentaires",
    description = "Ses mots sont effacés ; qu’il y ait eu un commentaire reste visible. Seul son auteur le retire.",
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la demande"),
        ("commentaire" = String, Path, format = "uuid", description = "Identifiant du commentaire"),
    ),
    responses(
        (status = 204, description = "Retiré"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[delete("/demandes/{id}/commentaires/{commentaire}")]
async fn take_back(actor: Actor<Commenter>, path: web::Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let (demande, id) = path.into_inner();
    actor.app.db.write(move |conn| service::take_back(conn, &context, &demande, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Qui peut être mentionné",
    description = "Les personnes qui voient la demande, par nom, l’appelant excepté.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = Page<Interlocuteur>, description = "Les personnes"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/interlocuteurs")]
async fn interlocutors(actor: Actor<Commenter>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (caller, perimeter) = (actor.who.id.clone(), actor.perimeter.clone());
    let items = actor.app.db.read(move |conn| service::interlocutors(conn, (&caller, &perimeter), &id)).await?;
    Ok(HttpResponse::Ok().json(Page::<Interlocuteur> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Dire que l’on a la demande ouverte",
    description = "À redire toutes les vingt secondes ; répond qui d’autre l’a ouverte. Ne prolonge pas la session.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = PresenceVue, description = "Les autres"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[post("/demandes/{id}/presence")]
async fn present(actor: Actor<Commenter>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let autres = actor.app.db.write(move |conn| presence::tell(conn, &context, &id)).await?;
    Ok(HttpResponse::Ok().json(PresenceVue { autres }))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(add).service(take_back).service(interlocutors).service(present);
}
