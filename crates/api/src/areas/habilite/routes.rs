//! `/habilites`: the list of habilitated people, searched, exported, given anew.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::error::Problem;
use domain::habilite::{Habilite, ListeHabilites, colonnes};
use domain::import::neutraliser;
use domain::page::Page;
use domain::values::CodeDepartement;
use serde::Deserialize;

use super::queries::{self, HabiliteRow, Search};
use super::service;
use crate::access::rights::{HabiliteImporter, HabiliteLire};
use crate::access::{Actor, Perimeter, Programs, fresh};
use crate::areas::demande::routes::limit;
use crate::clock::iso_date;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::query::Query;
use crate::{journal, text};

/// Longest search, in characters.
const WORDS_MAX: usize = 200;
/// Most bytes of a file of the list.
const FILE_BYTES: usize = 32 << 20;
/// People read at once for a file.
const BATCH: i64 = 2_000;

#[derive(Deserialize, Clone, Debug, Default, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Code d’un département ; tous ceux à portée par défaut.
    #[param(max_length = 3, example = "01")]
    departement: String,
    /// Mots cherchés : nom, adresse, structure, ville, SIRET, référent.
    #[param(max_length = 200, example = "mairie")]
    q: String,
    /// Nombre de personnes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    cursor: String,
}

#[derive(Deserialize, Clone, Debug, Default, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// Code d’un département ; tous ceux à portée par défaut.
    #[param(max_length = 3, example = "01")]
    departement: String,
    /// Mots cherchés.
    #[param(max_length = 200, example = "mairie")]
    q: String,
}

/// The search of these criteria, within reach. A département out of reach has nobody.
fn search(conn: &mut DbConn, perimeter: &Perimeter, department: &str, words: &str) -> Result<Search, AppError> {
    let reached = queries::departments(conn, perimeter)?;
    let departments = match (reached, department) {
        (reached, "") => reached,
        (Some(reached), one) if !reached.iter().any(|reached| reached == one) => Some(Vec::new()),
        (_, one) => Some(vec![one.to_owned()]),
    };
    Ok(Search { departments, words: words.to_owned(), after: None, limit: BATCH })
}

fn check(department: &str, words: &str) -> Result<(), AppError> {
    if words.chars().count() > WORDS_MAX {
        return Err(AppError::parameter("q", "trop_long", text::WORDS_TOO_LONG));
    }
    if department.is_empty() {
        return Ok(());
    }
    match CodeDepartement::parse(department) {
        Ok(_known) => Ok(()),
        Err(refused) => Err(AppError::parameter("departement", refused.code, refused.message)),
    }
}

#[utoipa::path(
    tag = "Habilités",
    summary = "Les professionnels déjà habilités",
    description = "Par nom : ce qu’ils ont fait avec Aidants Connect, leur structure, son référent. Un récipiendaire lit la liste des départements de ses enveloppes.",
    params(ListQuery),
    responses(
        (status = 200, body = Page<Habilite>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/habilites")]
async fn list(actor: Actor<HabiliteLire>, Query(query): Query<ListQuery>) -> Result<HttpResponse, AppError> {
    check(&query.departement, &query.q)?;
    let limit = i64::try_from(limit(query.limit)?).unwrap_or(i64::MAX);
    let bound_to = format!("habilites {} {:?} {}", query.departement, query.q, actor.who.id);
    let after: Option<(String, String)> = match query.cursor.as_str() {
        "" => None,
        cursor => Some(actor.app.signer.open(&bound_to, cursor)?),
    };
    let perimeter = actor.perimeter.clone();
    let mut rows = actor
        .app
        .db
        .read(move |conn| {
            let search = search(conn, &perimeter, &query.departement, &query.q)?;
            Ok::<_, AppError>(queries::page(conn, &Search { after, limit: limit + 1, ..search })?)
        })
        .await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| more).map(|row| (row.cle.clone(), row.id.clone()));
    let next = last.map(|last| actor.app.signer.seal(&bound_to, &last));
    let items = rows.into_iter().map(HabiliteRow::view).collect();
    Ok(HttpResponse::Ok().json(Page::<Habilite> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Habilités",
    summary = "Exporter les professionnels déjà habilités",
    description = "Les mêmes, en un fichier CSV qui se réimporte tel quel.",
    params(ExportQuery),
    responses(
        (status = 200, body = String, content_type = "text/csv", description = "Le fichier"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle ou portée insuffisants, ou code récent à donner (`code-requis`)"),
    )
)]
#[get("/habilites/export")]
async fn export(actor: Actor<HabiliteLire>, Query(query): Query<ExportQuery>) -> Result<HttpResponse, AppError> {
    check(&query.departement, &query.q)?;
    fresh(&actor.app, &actor.who, Programs::Exempt)?;
    let context = actor.context();
    let perimeter = actor.perimeter.clone();
    let now = context.now;
    let file = actor
        .app
        .db
        .write(move |conn| {
            let file = file(conn, &perimeter, &query)?;
            let asked = serde_json::json!({ "departement": query.departement, "q": query.q, "lignes": file.1 });
            let entry = journal::Entry {
                action: "habilites.exportes",
                object: "habilites",
                object_id: String::new(),
                values: asked.to_string(),
            };
            journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?;
            Ok::<_, AppError>(file.0)
        })
        .await?;
    let name = format!("attachment; filename=\"habilites-{}.csv\"", iso_date(now));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(file))
}

/// The file of a search, and how many people it holds.
fn file(conn: &mut DbConn, perimeter: &Perimeter, query: &ExportQuery) -> Result<(Vec<u8>, usize), AppError> {
    let broken = |error: csv::Error| AppError::Internal(error.to_string());
    let mut search = search(conn, perimeter, &query.departement, &query.q)?;
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let names: Vec<&str> = colonnes(&Habilite::default()).into_iter().map(|(name, _)| name).collect();
    writer.write_record(names).map_err(broken)?;
    let mut count = 0;
    loop {
        let rows = queries::page(conn, &search)?;
        count += rows.len();
        search.after = rows.last().map(|row| (row.cle.clone(), row.id.clone()));
        for row in rows {
            let cells = colonnes(&row.view());
            writer.write_record(cells.iter().map(|(_, cell)| neutraliser(cell).into_owned())).map_err(broken)?;
        }
        if search.after.is_none() {
            let bytes = writer.into_inner().map_err(|error| AppError::Internal(error.to_string()))?;
            return Ok((bytes, count));
        }
    }
}

#[utoipa::path(
    tag = "Habilités",
    summary = "Donner la liste des professionnels habilités",
    description = "Un fichier CSV en UTF-8, aux en-têtes de l’export ou du service Aidants Connect. Il remplace toute la liste de chaque département qu’il contient ; les demandes de ces \
                   départements sont ensuite réévaluées (règle ELI-5). Une seule erreur refuse le fichier, et rien ne change.",
    request_body(content = String, content_type = "text/csv", example = "nom,prenom,structure_nom,departement\nDubois,Angela,Mairie de Bourg-en-Bresse,01\n"),
    responses(
        (status = 200, body = ListeHabilites, description = "Ce qui a été lu"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Fichier qui n’est pas en UTF-8"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Fichier de plus de 32 Mio"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Ce n’est pas du CSV"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Lignes refusées : `/ligne/colonne`"),
    )
)]
#[post("/habilites/import")]
async fn import(
    req: HttpRequest,
    actor: Actor<HabiliteImporter>,
    payload: web::Payload,
) -> Result<HttpResponse, AppError> {
    let people = service::read(&crate::http::csv::file(&req, payload, FILE_BYTES).await?)?;
    let given = actor.context();
    let done = actor.app.db.write(move |conn| service::replace(conn, &given, people)).await?;
    let mut after = Some(0);
    while let Some(rank) = after {
        let (again, departments) = (actor.context(), done.departements.clone());
        after = actor.app.db.write(move |conn| service::weigh(conn, &again, &departments, rank)).await?;
    }
    Ok(HttpResponse::Ok().json(done))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(export).service(import);
}
