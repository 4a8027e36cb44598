//! `/enveloppes/{id}/liens`, `/liens`: links of the candidature form, and the short address that each has.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::error::{ErrorCode, Problem};
use domain::lien::{Lien, LienPublic, LienSaisie, est_un_code};
use domain::page::Page;
use qrcode::QrCode;
use qrcode::render::svg;

use super::service::{self, Context, Link};
use crate::access::rights::{EnveloppeLire, LienGerer};
use crate::access::{Actor, Public};
use crate::app::App;
use crate::areas::enveloppe::service::Envelope;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::condition;

/// Least width of a QR code, in pixels.
const QR_WIDTH: u32 = 320;

fn address(app: &App, code: &str) -> String {
    format!("{}/c/{code}", app.config.issuer().site)
}

fn view(app: &App, envelope: &Envelope, link: Link) -> Lien {
    Lien {
        etat: service::state(envelope, &link, app.clock.now()),
        adresse: address(app, &link.code),
        id: link.id,
        version: link.version,
        code: link.code,
        candidatures: link.filed,
        reglages: link.settings,
    }
}

fn context(actor: &Actor<LienGerer>) -> Context {
    Context {
        clock: actor.app.clock.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
        perimeter: actor.perimeter.clone(),
    }
}

fn answer(status: StatusCode, link: &Lien) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    condition::tag(&mut response, link.version);
    response.json(link)
}

#[utoipa::path(
    tag = "Liens",
    summary = "Les liens de candidature d’une enveloppe",
    description = "Chaque lien mène au formulaire de candidature de l’enveloppe, entre deux jours, avec ce qui y est prérempli.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 200, body = Page<Lien>, description = "Les liens, le dernier fait d’abord"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/enveloppes/{id}/liens")]
async fn list(actor: Actor<EnveloppeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let (envelope, links) = actor.app.db.read(move |conn| service::list(conn, &perimeter, &id)).await?;
    let items = links.into_iter().map(|link| view(&actor.app, &envelope, link)).collect();
    Ok(HttpResponse::Ok().json(Page::<Lien> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Liens",
    summary = "Faire un lien de candidature",
    description = "À envoyer aux structures d’un territoire, par adresse courte ou par QR code.",
    request_body = LienSaisie,
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 201, body = Lien, description = "Fait"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Trop de liens"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/enveloppes/{id}/liens")]
async fn add(actor: Actor<LienGerer>, id: web::Path<String>, body: Json<LienSaisie>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let (envelope, link) = actor.app.db.write(move |conn| service::add(conn, &context, &id, body.value)).await?;
    Ok(answer(StatusCode::CREATED, &view(&actor.app, &envelope, link)))
}

#[utoipa::path(
    tag = "Liens",
    summary = "Régler un lien de candidature",
    description = "Son libellé, ses jours, ce que le formulaire contient d’avance, et s’il est fermé. Son adresse ne change pas.",
    request_body = LienSaisie,
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant du lien"),
        ("If-Match" = String, Header, example = "\"1\"", pattern = "^\"[0-9]{1,18}\"$", description = "Version lue, entre guillemets"),
    ),
    responses(
        (status = 200, body = Lien, description = "Réglé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifié depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[put("/liens/{id}")]
async fn change(
    req: HttpRequest,
    actor: Actor<LienGerer>,
    id: web::Path<String>,
    body: Json<LienSaisie>,
) -> Result<HttpResponse, AppError> {
    let (context, expected) = (context(&actor), condition::expected_version(&req)?);
    let (envelope, link) =
        actor.app.db.write(move |conn| service::change(conn, &context, (&id, expected), body.value)).await?;
    Ok(answer(StatusCode::OK, &view(&actor.app, &envelope, link)))
}

#[utoipa::path(
    tag = "Liens",
    summary = "Le QR code d’un lien",
    description = "L’adresse courte du lien, en image SVG à imprimer.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant du lien")),
    responses(
        (status = 200, body = String, content_type = "image/svg+xml", description = "L’image"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/liens/{id}/qr")]
async fn qr(actor: Actor<EnveloppeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let (_envelope, link) = actor.app.db.read(move |conn| service::find(conn, &perimeter, &id)).await?;
    let code = QrCode::new(address(&actor.app, &link.code).as_bytes());
    let code = code.map_err(|error| AppError::Internal(error.to_string()))?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(QR_WIDTH, QR_WIDTH).build();
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "image/svg+xml")).body(image))
}

#[utoipa::path(
    tag = "Liens",
    summary = "Le lien de candidature suivi",
    description = "Ce que le formulaire de candidature montre du lien suivi : son enveloppe, s’il est ouvert, et ce qui est prérempli.",
    security(()),
    params(("code" = String, Path, min_length = 1, max_length = 16, example = "7K3M9Q2D", description = "La fin de l’adresse courte")),
    responses(
        (status = 200, body = LienPublic, description = "Le lien"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/candidatures/liens/{code}")]
async fn public_face(public: Public, code: web::Path<String>) -> Result<HttpResponse, AppError> {
    let now = public.app.clock.now();
    let found = public.app.db.read(move |conn| service::public_face(conn, &code, now)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// The short address of a link: leads to the form, whatever the case in which it was typed.
#[get("/c/{code}")]
async fn short(code: web::Path<String>) -> Result<HttpResponse, AppError> {
    let code = code.to_ascii_uppercase();
    if !est_un_code(&code) {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    let form = format!("/candidature?lien={code}");
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, form)).insert_header((CACHE_CONTROL, "no-store")).finish())
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(add).service(change).service(qr).service(public_face);
}

/// Declares the short addresses, which stand outside the API.
pub fn configure_short(config: &mut web::ServiceConfig) {
    config.service(short);
}
