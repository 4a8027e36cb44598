//! `/tableaux-de-bord`, and the report of a convention.

use std::time::Duration;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use domain::error::{ErrorCode, Problem};
use domain::pilotage::TableauDeBord;
use serde::Deserialize;

use super::{fichiers, pdf, service};
use crate::access::Actor;
use crate::access::rights::{EnveloppeLire, PilotageLire};
use crate::clock::{Moment, iso_date};
use crate::error::AppError;
use crate::http::query::Query;
use crate::text;

/// Reports written at once: each takes a processor for a moment.
pub const AT_ONCE: usize = 2;
/// How long a report waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DashboardQuery {
    /// Format : `json` par défaut, ou `csv`, un chiffre par ligne.
    #[serde(default = "json")]
    #[param(pattern = "^(json|csv)$", example = "json")]
    format: String,
}

fn json() -> String {
    "json".to_owned()
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReportQuery {
    /// Format du fichier : `pdf` (PDF/UA-1, accessible) par défaut, ou `xlsx`.
    #[serde(default = "pdf_format")]
    #[param(pattern = "^(xlsx|pdf)$", example = "pdf")]
    format: String,
}

fn pdf_format() -> String {
    "pdf".to_owned()
}

/// Refuses a format that is none of these.
fn check(format: &str, known: [&str; 2], sentence: &str) -> Result<(), AppError> {
    if known.contains(&format) { Ok(()) } else { Err(AppError::parameter("format", "format_inconnu", sentence)) }
}

fn file(name: &str, media: &'static str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .body(body)
}

fn answer(dashboard: &TableauDeBord, format: &str, now: Moment) -> Result<HttpResponse, AppError> {
    if format == "csv" {
        let name = format!("tableau-de-bord-{}-{}.csv", dashboard.etendue.as_str(), iso_date(now));
        return Ok(file(&name, "text/csv; charset=utf-8", fichiers::csv(dashboard)?));
    }
    Ok(HttpResponse::Ok().json(dashboard))
}

#[utoipa::path(
    tag = "Tableaux de bord",
    summary = "Le tableau de bord d’une enveloppe",
    description = "Chiffres exacts à la dernière écriture ; chacun donne le filtre du tableau qui ouvre ses demandes. Montants en centimes, délais en jours entiers.",
    params(DashboardQuery, ("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 200, description = "Le tableau de bord", content((TableauDeBord = "application/json"), (String = "text/csv"))),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/tableaux-de-bord/enveloppes/{id}")]
async fn envelope(
    actor: Actor<EnveloppeLire>,
    id: web::Path<String>,
    Query(query): Query<DashboardQuery>,
) -> Result<HttpResponse, AppError> {
    check(&query.format, ["json", "csv"], text::DASHBOARD_FORMAT)?;
    let perimeter = actor.perimeter.clone();
    let built = actor.app.db.read(move |conn| service::envelope(conn, &perimeter, &id)).await?;
    answer(&built, &query.format, actor.app.clock.now())
}

#[utoipa::path(
    tag = "Tableaux de bord",
    summary = "Le tableau de bord d’un département",
    description = "Les demandes du département, et l’argent de ses enveloppes. Chiffres exacts à la dernière écriture ; chacun donne le filtre du tableau qui ouvre ses demandes.",
    params(DashboardQuery, ("code" = String, Path, min_length = 2, max_length = 3, description = "Code du département", example = "01")),
    responses(
        (status = 200, description = "Le tableau de bord", content((TableauDeBord = "application/json"), (String = "text/csv"))),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/tableaux-de-bord/departements/{code}")]
async fn department(
    actor: Actor<PilotageLire>,
    code: web::Path<String>,
    Query(query): Query<DashboardQuery>,
) -> Result<HttpResponse, AppError> {
    check(&query.format, ["json", "csv"], text::DASHBOARD_FORMAT)?;
    let territories = actor.app.territories.clone();
    let built = actor.app.db.read(move |conn| service::department(conn, &territories, &code)).await?;
    answer(&built, &query.format, actor.app.clock.now())
}

#[utoipa::path(
    tag = "Tableaux de bord",
    summary = "Le tableau de bord national",
    description = "Toutes les demandes, l’argent de toutes les enveloppes, et les chiffres de chaque département. Exacts à la dernière écriture ; chacun donne le filtre du tableau qui ouvre ses demandes.",
    params(DashboardQuery),
    responses(
        (status = 200, description = "Le tableau de bord", content((TableauDeBord = "application/json"), (String = "text/csv"))),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/tableaux-de-bord/national")]
async fn national(actor: Actor<PilotageLire>, Query(query): Query<DashboardQuery>) -> Result<HttpResponse, AppError> {
    check(&query.format, ["json", "csv"], text::DASHBOARD_FORMAT)?;
    let territories = actor.app.territories.clone();
    let built = actor.app.db.read(move |conn| service::national(conn, &territories)).await?;
    answer(&built, &query.format, actor.app.clock.now())
}

#[utoipa::path(
    tag = "Tableaux de bord",
    summary = "Le rapport d’une convention",
    description = "Ce que l’enveloppe a financé, ses étapes, ses délais, ses structures et ses refus, en un fichier à joindre à la convention.",
    params(ReportQuery, ("id" = String, Path, format = "uuid", description = "Identifiant de l’enveloppe")),
    responses(
        (status = 200, description = "Le fichier", content(
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Trop de rapports en cours"),
    )
)]
#[get("/enveloppes/{id}/rapport")]
async fn report(
    actor: Actor<EnveloppeLire>,
    id: web::Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<HttpResponse, AppError> {
    check(&query.format, ["pdf", "xlsx"], text::REPORT_FORMAT)?;
    let (perimeter, now) = (actor.perimeter.clone(), actor.app.clock.now());
    let (built, settings) = actor.app.db.read(move |conn| service::convention(conn, &perimeter, &id)).await?;
    // The reading is over: a report being written holds no connection, and there are few at once.
    let busy = || AppError::detail(ErrorCode::Indisponible, text::REPORTS_BUSY);
    let turn = actix_web::rt::time::timeout(PATIENCE, actor.app.reports.acquire()).await;
    let _turn = turn.map_err(|_late| busy())?.map_err(|_closed| busy())?;
    let in_pdf = query.format == "pdf";
    let written = web::block(move || {
        let identity = fichiers::identity(&built, &settings, &iso_date(now));
        if in_pdf { pdf::write(&built, &settings, &identity) } else { fichiers::xlsx(&built, &identity) }
    });
    let body = written.await.map_err(|error| AppError::Internal(error.to_string()))??;
    let name = format!("rapport-convention-{}.{}", iso_date(now), query.format);
    Ok(file(&name, if in_pdf { "application/pdf" } else { XLSX }, body))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(national).service(department).service(envelope).service(report);
}
