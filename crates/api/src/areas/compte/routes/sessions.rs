//! Who is signed in, under which role, and in which browsers.

use actix_web::{HttpResponse, delete, get, patch, web};
use domain::error::{ErrorCode, Problem};
use domain::session::{ChoixRole, SessionOuverte, SessionVue, SessionsOuvertes};
use serde::Deserialize;

use crate::access::{Identity, SignedIn, session};
use crate::areas::compte::service;
use crate::clock::rfc3339;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;

fn view(caller: Identity) -> SessionVue {
    let (nom, email, engagement_requis) = (caller.name, caller.email, caller.owes_acceptance);
    SessionVue { nom, email, role: caller.role, roles: caller.roles, engagement_requis, moyen_requis: false }
}

/// An open session as it is shown; `current` is the hash of the cookie that asks.
pub(super) fn open_session(row: session::Row, current: &str) -> Option<SessionOuverte> {
    Some(SessionOuverte {
        actuelle: row.empreinte == current,
        role: domain::permission::Role::parse(&row.role)?,
        id: row.id,
        appareil: row.appareil,
        ouverte_le: rfc3339(row.cree_le),
        vue_le: rfc3339(row.vue_le),
        expire_le: rfc3339(row.expire_le),
    })
}

/// An answer that ends the session of this browser: the cookie goes, and what the browser kept of our answers.
fn signed_out() -> HttpResponse {
    HttpResponse::NoContent()
        .cookie(session::session_cookie(""))
        .insert_header(("clear-site-data", "\"cache\""))
        .finish()
}

#[utoipa::path(
    tag = "Session",
    summary = "Qui est connecté",
    description = "La personne ou le jeton qui appelle, avec son rôle et ceux qu’elle peut choisir.",
    responses((status = 200, body = SessionVue, description = "Connecté"))
)]
#[get("/session")]
pub async fn read(caller: SignedIn) -> HttpResponse {
    HttpResponse::Ok().json(view(caller.who))
}

#[utoipa::path(
    tag = "Session",
    summary = "Changer de rôle",
    description = "Choisit un autre rôle du compte ; la session change d’identifiant. Un jeton n’a qu’un rôle.",
    request_body = ChoixRole,
    responses(
        (status = 200, body = SessionVue, description = "Le rôle est choisi ; le témoin `__Host-session` est remplacé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Le compte n’a pas ce rôle, ou l’appel vient d’un jeton"),
    )
)]
#[patch("/session")]
pub async fn switch(caller: SignedIn, body: Json<ChoixRole>) -> Result<HttpResponse, AppError> {
    let role = body.value.role;
    let author = caller.author();
    let Some(id) = caller.session.filter(|_| caller.who.roles.contains(&role)) else {
        return Err(AppError::detail(ErrorCode::NonAutorise, crate::text::NOT_YOUR_ROLE));
    };
    let (clock, now) = (caller.app.clock.clone(), caller.app.clock.now());
    let next = caller.app.db.write(move |conn| service::switch(conn, &clock, &author, &id, role, now)).await?;
    let (next, owes_acceptance) = next.ok_or_else(|| AppError::new(ErrorCode::NonAuthentifie))?;
    let chosen = Identity { role, owes_acceptance, ..caller.who };
    Ok(HttpResponse::Ok().cookie(session::session_cookie(&next)).json(view(chosen)))
}

#[utoipa::path(
    tag = "Session",
    summary = "Se déconnecter",
    description = "Ferme la session du navigateur ; sans effet pour un jeton.",
    responses((status = 204, description = "Déconnecté"))
)]
#[delete("/session")]
pub async fn close(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let author = caller.author();
    if let Some(id) = caller.session {
        let (clock, now) = (caller.app.clock.clone(), caller.app.clock.now());
        caller.app.db.write(move |conn| service::close(conn, &clock, &author, &id, now)).await?;
    }
    Ok(signed_out())
}

#[utoipa::path(
    tag = "Session",
    summary = "Ses sessions ouvertes",
    description = "Les navigateurs où la personne est connectée ; aucune pour un jeton.",
    responses((status = 200, body = SessionsOuvertes, description = "Les sessions, la dernière ouverte d’abord"))
)]
#[get("/sessions")]
pub async fn list(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let Some(current) = caller.session.as_deref().map(session::hash) else {
        return Ok(HttpResponse::Ok().json(SessionsOuvertes { items: Vec::new() }));
    };
    let now = caller.app.clock.now();
    let id = caller.who.id;
    let rows = caller.app.db.read(move |conn| Ok::<_, AppError>(session::list(conn, &id, now)?)).await?;
    let items = rows.into_iter().filter_map(|row| open_session(row, &current));
    Ok(HttpResponse::Ok().json(SessionsOuvertes { items: items.collect() }))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CloseQuery {
    /// Garder la session qui le demande.
    #[serde(default)]
    #[param(example = true)]
    autres: bool,
}

#[utoipa::path(
    tag = "Session",
    summary = "Se déconnecter partout",
    description = "Ferme toutes les sessions de la personne, dans tous les navigateurs, ou toutes sauf celle qui le demande ; sans effet pour un jeton.",
    params(CloseQuery),
    responses(
        (status = 204, description = "Déconnecté partout, ou des autres navigateurs"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[delete("/sessions")]
pub async fn close_all(caller: SignedIn, Query(query): Query<CloseQuery>) -> Result<HttpResponse, AppError> {
    let author = caller.author();
    let (clock, now) = (caller.app.clock.clone(), caller.app.clock.now());
    match caller.session {
        Some(id) if query.autres => {
            caller.app.db.write(move |conn| service::close_others(conn, &clock, &author, &id, now)).await?;
        }
        Some(_) => caller.app.db.write(move |conn| service::close_all(conn, &clock, &author, now)).await?,
        None => {}
    }
    Ok(if query.autres { HttpResponse::NoContent().finish() } else { signed_out() })
}

#[utoipa::path(
    tag = "Session",
    summary = "Fermer une de ses sessions",
    description = "Déconnecte un autre navigateur de la même personne.",
    params(("id" = String, Path, description = "Identifiant lu dans la liste des sessions")),
    responses(
        (status = 204, description = "Fermée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucune session ouverte de cet identifiant"),
    )
)]
#[delete("/sessions/{id}")]
pub async fn close_one(caller: SignedIn, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let author = caller.author();
    let (clock, now, id) = (caller.app.clock.clone(), caller.app.clock.now(), id.into_inner());
    let closed = caller.app.db.write(move |conn| service::close_one(conn, &clock, &author, &id, now)).await?;
    if closed { Ok(HttpResponse::NoContent().finish()) } else { Err(AppError::new(ErrorCode::Introuvable)) }
}
