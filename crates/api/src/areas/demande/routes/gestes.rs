//! `/gestes`: what one did to demandes, and its undoing; `/demandes/supprimees`: what may be restored.

use actix_web::{HttpResponse, get, post, web};
use domain::demande::choisies::DemandeSupprimee;
use domain::demande::lot::{Geste, LotTraite};
use domain::error::Problem;
use domain::page::Page;
use serde::Deserialize;

use super::criteria::limit;
use crate::access::Actor;
use crate::access::rights::DemandeModifier;
use crate::areas::demande::{gestes, supprimees};
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::query::Query;

/// What a cursor of this list is bound to, beside its owner.
const LIST: &str = "gestes";

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GesturesQuery {
    /// Nombre de gestes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Lister ses gestes",
    description = "Ce que l’appelant a fait aux demandes depuis 30 jours, une ligne par requête, du plus récent au plus ancien. Un import se défait autrement : `POST /imports/{id}/defaire`.",
    params(GesturesQuery),
    responses(
        (status = 200, body = Page<Geste>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/gestes")]
pub async fn list(actor: Actor<DemandeModifier>, Query(query): Query<GesturesQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let bound_to = format!("{LIST} {}", actor.who.id);
    let before: Option<i64> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let context = actor.context();
    let (items, next) =
        actor.app.db.read(move |conn| gestes::list(conn, &context.author.id, context.now, before, limit)).await?;
    let next = next.map(|before| actor.app.signer.seal(&bound_to, &before));
    Ok(HttpResponse::Ok().json(Page::<Geste> { items, next, total: None }))
}

/// What a cursor of the deleted demandes is bound to.
const DELETED: &str = "demandes-supprimees";

#[utoipa::path(
    tag = "Demandes",
    summary = "Lister les demandes supprimées",
    description = "Celles de sa portée, la dernière supprimée d’abord, quel que soit qui l’a fait : `POST /demandes/{id}/restaurer` les rend à la liste.",
    params(GesturesQuery),
    responses(
        (status = 200, body = Page<DemandeSupprimee>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/demandes/supprimees")]
pub async fn deleted(
    actor: Actor<DemandeModifier>,
    Query(query): Query<GesturesQuery>,
) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let signer = &actor.app.signer;
    let before: Option<i64> = if query.cursor.is_empty() { None } else { Some(signer.open(DELETED, &query.cursor)?) };
    let (perimeter, most) = (actor.perimeter.clone(), i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let read = move |conn: &mut DbConn| Ok::<_, AppError>(supprimees::list(conn, &perimeter, before, most)?);
    let mut found = actor.app.db.read(read).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(numero, _)| signer.seal(DELETED, numero));
    let items = found.into_iter().map(|(_, one)| one).collect();
    Ok(HttpResponse::Ok().json(Page::<DemandeSupprimee> { items, next, total: None }))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UndoQuery {
    /// `true` : rien n’est écrit, la réponse dit ce qui le serait.
    #[serde(default)]
    #[param(example = false)]
    essai: bool,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Annuler un geste",
    description = "Remet les demandes comme elles étaient avant. Celle qui a changé depuis est laissée telle quelle : son résultat le dit. \
                   L’annulation est elle-même un geste : l’annuler rétablit.",
    params(
        ("id" = String, Path, max_length = 64, pattern = "^[0-9a-z-]+$", example = "0198c0de-0000-7000-8000-000000000009", description = "Le geste : l’en-tête `X-Request-Id` de la réponse reçue, ou `geste` d’un lot"),
        UndoQuery,
    ),
    responses(
        (status = 200, body = LotTraite, description = "Ce qu’il est advenu de chaque demande"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "L’appelant n’a rien fait sous ce nom"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Plus de 30 jours ont passé, décision de financement, ou montant de l’enveloppe dépassé"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Une demande a changé pendant le traitement : recommencez"),
    )
)]
#[post("/gestes/{id}/annuler")]
pub async fn undo(
    actor: Actor<DemandeModifier>,
    id: web::Path<String>,
    Query(query): Query<UndoQuery>,
) -> Result<HttpResponse, AppError> {
    let work = actor.work();
    let done: LotTraite = actor.app.db.write(move |conn| gestes::undo(conn, &work, &id, query.essai)).await?;
    Ok(HttpResponse::Ok().json(done))
}
