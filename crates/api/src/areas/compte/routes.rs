//! `/session` and `/instance`: signing in, signing out, and what kind of instance this is.

use actix_web::{HttpResponse, delete, get, post};
use domain::error::{ErrorCode, Problem};
use domain::session::{InstanceVue, OuvertureSession, SessionVue};
use serde_json::json;

use super::service::{self, Account};
use crate::access::{Public, SignedIn, session};
use crate::config::Mode;
use crate::error::AppError;
use crate::http::body::Json;
use crate::journal::{self, Author, Entry};

#[utoipa::path(
    tag = "Session",
    summary = "Quelle instance répond",
    description = "Production, démonstration ou bac à sable ; sur une démonstration, les comptes avec lesquels se connecter.",
    security(()),
    responses((status = 200, body = InstanceVue, description = "L’instance"))
)]
#[get("/instance")]
async fn instance(public: Public) -> Result<HttpResponse, AppError> {
    let mode = public.app.config.mode;
    let accounts = if mode == Mode::Demonstration {
        public.app.db.read(|conn| Ok::<_, AppError>(service::demonstration(conn)?)).await?
    } else {
        Vec::new()
    };
    let comptes_demonstration = accounts.iter().filter_map(Account::view).collect();
    Ok(HttpResponse::Ok().json(InstanceVue { mode: mode.as_str().to_owned(), comptes_demonstration }))
}

#[utoipa::path(
    tag = "Session",
    summary = "Ouvrir une session de navigateur",
    description = "Sur une instance de démonstration seulement, avec le code 123456. Pour un programme, utiliser un jeton.",
    security(()),
    request_body = OuvertureSession,
    responses(
        (status = 200, body = SessionVue, description = "Connecté ; le témoin `__Host-session` porte la session"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Adresse ou code refusé"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/session")]
async fn open(public: Public, body: Json<OuvertureSession>) -> Result<HttpResponse, AppError> {
    let remaining = public.app.limit.take(public.address)?;
    let refused = || AppError::detail(ErrorCode::NonAuthentifie, crate::text::SIGN_IN_REFUSED);
    let email = body.value.email.trim().to_lowercase();
    let code_right = service::code_accepted(public.app.config.mode, &body.value.code);
    let (clock, now, request) = (public.app.clock.clone(), public.app.clock.now(), public.request.clone());
    let opened = public
        .app
        .db
        .write(move |conn| {
            let Some(account) = service::find(conn, &email)?.filter(|_| code_right) else {
                return Ok::<_, AppError>(None);
            };
            let id = session::open(conn, &clock, &account.id, now)?;
            let entry = Entry {
                action: "session.ouverte",
                object: "compte",
                object_id: account.id.clone(),
                values: json!({}).to_string(),
            };
            let author = Author { kind: "compte", id: account.id.clone(), role: "", request };
            journal::append(conn, &clock, &author, now, vec![entry])?;
            Ok(Some((id, account)))
        })
        .await?;
    let (id, account) = opened.ok_or_else(refused)?;
    let view = account.view().ok_or_else(refused)?;
    let mut response = HttpResponse::Ok();
    remaining.announce(&mut response);
    Ok(response.cookie(session::cookie(&id)).json(view))
}

#[utoipa::path(
    tag = "Session",
    summary = "Qui est connecté",
    description = "La personne ou le jeton qui appelle, avec son rôle.",
    responses((status = 200, body = SessionVue, description = "Connecté"))
)]
#[get("/session")]
async fn who(caller: SignedIn) -> HttpResponse {
    let SignedIn { who, .. } = caller;
    HttpResponse::Ok().json(SessionVue { nom: who.name, email: who.email, role: who.role })
}

#[utoipa::path(
    tag = "Session",
    summary = "Se déconnecter",
    description = "Ferme la session du navigateur ; sans effet pour un jeton.",
    responses((status = 204, description = "Déconnecté"))
)]
#[delete("/session")]
async fn close(caller: SignedIn) -> Result<HttpResponse, AppError> {
    if let Some(id) = caller.session {
        caller.app.db.write(move |conn| Ok::<_, AppError>(session::close(conn, &id)?)).await?;
    }
    Ok(HttpResponse::NoContent().cookie(session::cookie("")).insert_header(("clear-site-data", "\"cache\"")).finish())
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(instance).service(open).service(who).service(close);
}
