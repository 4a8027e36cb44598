//! Movements of the amounts, decided by two people, each with a recent code.

use actix_web::{HttpResponse, get, post, web};
use domain::enveloppe::{EtatMouvement, MouvementSaisie, MouvementVue};
use domain::error::Problem;
use domain::page::Page;
use serde::Deserialize;

use super::context;
use crate::access::rights::{EnveloppeLire, MouvementDecider};
use crate::access::{Actor, Programs, fresh};
use crate::areas::demande::routes::limit;
use crate::areas::enveloppe::mouvement;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MovementsQuery {
    /// Nombre de mouvements, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Les mouvements d’une enveloppe",
    description = "Avenants et transferts, proposés, approuvés ou refusés, le dernier proposé d’abord.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe"), MovementsQuery),
    responses(
        (status = 200, body = Page<MouvementVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/enveloppes/{id}/mouvements")]
pub async fn list(
    actor: Actor<EnveloppeLire>,
    id: web::Path<String>,
    Query(query): Query<MovementsQuery>,
) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let bound_to = format!("mouvements {id}");
    let before: Option<String> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let perimeter = actor.perimeter.clone();
    let mut items = actor.app.db.read(move |conn| mouvement::list(conn, &perimeter, &id, before, limit + 1)).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| actor.app.signer.seal(&bound_to, &last.id));
    Ok(HttpResponse::Ok().json(Page::<MouvementVue> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Proposer un mouvement",
    description = "Un avenant au montant, ou un transfert vers une autre enveloppe. Rien ne bouge avant qu’une autre personne l’approuve.",
    request_body = MouvementSaisie,
    params(("id" = String, Path, format = "uuid", description = "L’enveloppe amendée, ou celle qui donne")),
    responses(
        (status = 201, body = MouvementVue, description = "Proposé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, ou code récent à donner (`code-requis`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/enveloppes/{id}/mouvements")]
pub async fn propose(
    actor: Actor<MouvementDecider>,
    id: web::Path<String>,
    body: Json<MouvementSaisie>,
) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Refused)?;
    let context = context(&actor);
    let made = actor.app.db.write(move |conn| mouvement::propose(conn, &context, &id, &body.value)).await?;
    Ok(HttpResponse::Created().json(made))
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Approuver un mouvement",
    description = "Par une autre personne que celle qui l’a proposé. Un montant ne descend jamais sous ce qui est engagé.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant du mouvement")),
    responses(
        (status = 200, body = MouvementVue, description = "Approuvé : les montants ont changé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, ou code récent à donner (`code-requis`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Déjà décidé, proposé par vous, ou montant engagé"),
    )
)]
#[post("/mouvements/{id}/approuver")]
pub async fn approve(actor: Actor<MouvementDecider>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    decide(actor, id.into_inner(), EtatMouvement::Approuve).await
}

#[utoipa::path(
    tag = "Enveloppes",
    summary = "Refuser ou abandonner un mouvement",
    description = "Rien ne bouge. Qui l’a proposé l’abandonne ainsi.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant du mouvement")),
    responses(
        (status = 200, body = MouvementVue, description = "Refusé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, ou code récent à donner (`code-requis`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Déjà décidé"),
    )
)]
#[post("/mouvements/{id}/refuser")]
pub async fn refuse(actor: Actor<MouvementDecider>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    decide(actor, id.into_inner(), EtatMouvement::Refuse).await
}

async fn decide(actor: Actor<MouvementDecider>, id: String, decision: EtatMouvement) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Refused)?;
    let context = context(&actor);
    let decided = actor.app.db.write(move |conn| mouvement::decide(conn, &context, &id, decision)).await?;
    Ok(HttpResponse::Ok().json(decided))
}
