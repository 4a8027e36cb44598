//! One's own account and its last sign-ins.

use actix_web::{HttpRequest, HttpResponse, get};
use domain::error::{ErrorCode, Problem};
use domain::mon_compte::{CompteVue, ConnexionVue, ConnexionsVue, OrganisationVue};
use domain::permission::Role;

use crate::access::SignedIn;
use crate::areas::compte::queries::{self, SignIn};
use crate::areas::compte::service::{Context, Holder};
use crate::clock::rfc3339;
use crate::error::AppError;
use crate::http::client::address_of;

/// The person who acts, in its browser: a token has no account of its own.
pub(super) fn person(caller: SignedIn, req: &HttpRequest) -> Result<(Context, Holder), AppError> {
    let Some(session) = caller.session else {
        return Err(AppError::detail(ErrorCode::NonAutorise, crate::text::PEOPLE_ONLY));
    };
    let address = address_of(req, &caller.app.config.http.proxies);
    let context = Context::new(&caller.app, address, caller.request, caller.tally);
    Ok((context, Holder { who: caller.who, session }))
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Son compte",
    description = "Qui est la personne connectée, ses rôles et ses organisations.",
    responses(
        (status = 200, body = CompteVue, description = "Le compte"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/compte")]
pub async fn account(caller: SignedIn, req: HttpRequest) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    let (_context, Holder { who, .. }) = person(caller, &req)?;
    let id = who.id;
    let found = app.db.read(move |conn| Ok::<_, AppError>(queries::organisations(conn, &id)?)).await?;
    let organisation = |(role, nom): (String, String)| Some(OrganisationVue { role: Role::parse(&role)?, nom });
    let organisations = found.into_iter().filter_map(organisation).collect();
    Ok(HttpResponse::Ok().json(CompteVue { nom: who.name, email: who.email, roles: who.roles, organisations }))
}

#[utoipa::path(
    tag = "Mon compte",
    summary = "Ses dernières connexions",
    description = "Les vingt dernières sessions ouvertes et tentatives refusées, pour reconnaître ce qui ne vient pas de soi.",
    responses(
        (status = 200, body = ConnexionsVue, description = "Les connexions, la dernière d’abord"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/compte/connexions")]
pub async fn sign_ins(caller: SignedIn, req: HttpRequest) -> Result<HttpResponse, AppError> {
    let app = caller.app.clone();
    let (_context, Holder { who, .. }) = person(caller, &req)?;
    let found = app.db.read(move |conn| Ok::<_, AppError>(queries::sign_ins(conn, &who.id)?)).await?;
    Ok(HttpResponse::Ok().json(ConnexionsVue { items: found.into_iter().map(sign_in).collect() }))
}

fn sign_in((date, action, values): SignIn) -> ConnexionVue {
    let values: serde_json::Value = values.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let text = |name: &str| values.get(name).and_then(|value| value.as_str()).unwrap_or("").to_owned();
    ConnexionVue {
        date: rfc3339(date),
        reussie: action == "session.ouverte",
        appareil: text("appareil"),
        adresse: text("adresse"),
    }
}
