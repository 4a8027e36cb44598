//! One demande: read, added, changed, deleted, restored.

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use domain::demande::{Colonne, DemandeDetail, DemandeSaisie, DemandeVue};
use domain::error::Problem;
use domain::permission::{Door, Role, may_read, readable};
use domain::rules::eligibilite::verdict_global;

use crate::access::rights::{DemandeCreer, DemandeLire, DemandeModifier};
use crate::access::{Actor, Perimeter};
use crate::areas::demande::edits::Edit;
use crate::areas::demande::queries::{self, Stored};
use crate::areas::demande::service::{self, Context};
use crate::clock::rfc3339;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::{condition, idempotency};
use crate::journal;

fn view_of(role: Role, stored: &Stored) -> DemandeVue {
    let text = |column: Colonne| (column.nom().to_owned(), stored.line.get(column).to_owned());
    let colonnes = readable(role).map(text).collect();
    DemandeVue { id: stored.id.clone(), version: stored.version, colonnes }
}

/// What this role reads of a demande, with its constats, as it is now.
fn detail(conn: &mut DbConn, actor: &Context, role: Role, stored: &Stored) -> Result<DemandeDetail, AppError> {
    let reads = |name: &str| Colonne::parse(name).is_some_and(|column| may_read(role, column));
    let constats = service::evaluate(conn, &actor.territories, stored)?;
    let supprimee_le = if stored.deleted { deleted_at(conn, &stored.id)? } else { None };
    Ok(DemandeDetail {
        demande: view_of(role, stored),
        verdict_global: verdict_global(&constats),
        constats: constats.into_iter().filter(|one| one.champ.as_deref().is_none_or(reads)).collect(),
        declare: queries::declared(conn, &stored.id)?.into_iter().filter(|(name, _)| reads(name)).collect(),
        supprimee_le,
    })
}

fn deleted_at(conn: &mut DbConn, id: &str) -> Result<Option<String>, AppError> {
    let page = journal::Page { before: None, limit: 50 };
    let events = journal::history(conn, id, &page)?;
    Ok(events.iter().find(|event| event.action == "demande.supprimee").map(|event| rfc3339(event.date)))
}

fn answer(status: actix_web::http::StatusCode, detail: &DemandeDetail) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    condition::tag(&mut response, detail.demande.version);
    response.json(detail)
}

impl<R> Actor<R> {
    /// What a change made by this caller needs to know.
    pub fn context(&self) -> Context {
        Context {
            clock: self.app.clock.clone(),
            territories: self.app.territories.clone(),
            author: self.author(),
            now: self.app.clock.now(),
            keys: self.app.config.keys.clone(),
        }
    }
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Lire une demande",
    description = "Toutes les colonnes, les constats évalués maintenant et les décisions déclarées.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = DemandeDetail, description = "La demande"),
        (status = 304, description = "Inchangée depuis la version donnée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}")]
pub async fn show(
    req: HttpRequest,
    actor: Actor<DemandeLire>,
    id: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let (context, role, perimeter) = (actor.context(), actor.who.role, actor.perimeter);
    let found = actor
        .app
        .db
        .read(move |conn| {
            let stored = service::get(conn, &perimeter, &id)?;
            detail(conn, &context, role, &stored)
        })
        .await?;
    if condition::not_modified(&req, found.demande.version) {
        return Ok(HttpResponse::NotModified().finish());
    }
    Ok(answer(actix_web::http::StatusCode::OK, &found))
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Ajouter une demande",
    description = "Une ligne ajoutée par le récipiendaire. Sans `enveloppe_id`, elle va à l’enveloppe de l’appelant s’il n’en a qu’une.",
    request_body = domain::demande::request::DemandeNouvelle,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite un double enregistrement")),
    responses(
        (status = 201, body = DemandeDetail, description = "Ajoutée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/demandes")]
pub async fn add(
    req: HttpRequest,
    actor: Actor<DemandeCreer>,
    body: Json<DemandeSaisie>,
) -> Result<HttpResponse, AppError> {
    let role = actor.who.role;
    service::check_fields(role, Door::Create, &body.value)?;
    let key =
        idempotency::Key::read(&req, format!("demandes.ajouter {} {}", actor.who.id, role.as_str()), &body.bytes)?;
    let (context, perimeter) = (actor.context(), actor.perimeter.clone());
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), context.now, |conn| {
                let incoming = vec![service::typed(conn, &context, &perimeter, &body.value)?];
                let created = service::create(conn, &context, "demande.creee", incoming)?;
                let id = created.first().map(|one| one.id.clone()).unwrap_or_default();
                let stored = service::get(conn, &Perimeter::All, &id)?;
                let detail = detail(conn, &context, role, &stored)?;
                Ok((201, serde_json::to_string(&detail).unwrap_or_default()))
            })
        })
        .await?;
    created_answer(&answered)
}

/// `201` with `Location` and `ETag`, first or replayed.
fn created_answer(answered: &idempotency::Answer) -> Result<HttpResponse, AppError> {
    let detail: DemandeDetail =
        serde_json::from_str(&answered.body).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut response = HttpResponse::Created();
    condition::tag(&mut response, detail.demande.version);
    response.insert_header(("location", format!("/api/v1/demandes/{}", detail.demande.id)));
    Ok(response.json(detail))
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Modifier une demande",
    description = "Fusion (RFC 7396) : un champ absent ne change pas, `null` ou le texte vide efface. `If-Match` porte la version lue.",
    request_body = DemandeSaisie,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la demande"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 200, body = DemandeDetail, description = "Modifiée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Demande supprimée, ou montant de l’enveloppe dépassé"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[patch("/demandes/{id}")]
pub async fn change(
    req: HttpRequest,
    actor: Actor<DemandeModifier>,
    id: web::Path<String>,
    body: Json<DemandeSaisie>,
) -> Result<HttpResponse, AppError> {
    let expected = condition::expected_version(&req)?;
    let role = actor.who.role;
    service::check_fields(role, Door::Change, &body.value)?;
    let (context, perimeter) = (actor.context(), actor.perimeter.clone());
    let edit = Edit { context, perimeter, id: id.into_inner(), expected, typed: body.value };
    let changed = actor.app.edits.write(&actor.app.db, edit).await?;
    as_it_is(&actor, role, changed).await
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Supprimer une demande",
    description = "La suppression est réversible : voir « restaurer ».",
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la demande"),
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
#[delete("/demandes/{id}")]
pub async fn remove(
    req: HttpRequest,
    actor: Actor<DemandeModifier>,
    id: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let expected = condition::expected_version(&req)?;
    let (context, perimeter) = (actor.context(), actor.perimeter.clone());
    actor.app.db.write(move |conn| service::delete(conn, &context, &perimeter, (&id, expected))).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Restaurer une demande supprimée",
    description = "Sans effet sur une demande qui n’est pas supprimée.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = DemandeDetail, description = "Restaurée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Son financement n’entre plus dans le montant de l’enveloppe"),
    )
)]
#[post("/demandes/{id}/restaurer")]
pub async fn restore(actor: Actor<DemandeModifier>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (context, role, perimeter) = (actor.context(), actor.who.role, actor.perimeter.clone());
    let restored = actor.app.db.write(move |conn| service::restore(conn, &context, &perimeter, &id)).await?;
    as_it_is(&actor, role, restored).await
}

/// Answers a demande that has just been written: what is known beside it is read by a reader, so that the writer, which everybody
/// waits for, is free sooner.
async fn as_it_is<R>(actor: &Actor<R>, role: Role, stored: Stored) -> Result<HttpResponse, AppError> {
    let context = actor.context();
    let detail = actor.app.db.read(move |conn| detail(conn, &context, role, &stored)).await?;
    Ok(answer(actix_web::http::StatusCode::OK, &detail))
}
