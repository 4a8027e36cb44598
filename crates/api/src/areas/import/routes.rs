//! `/imports`: sending a file, following it, reading its report, cancelling and undoing it.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, LOCATION,
};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::error::{ErrorCode, Problem};
use domain::import::reglages::nom_de;
use domain::import::{ApercuImport, CleImport, Correspondance, EnteteApercu, ImportVue, LigneImport, ReglagesImport};
use domain::page::Page;
use futures_util::stream;
use serde::Deserialize;

use super::reader::{Format, Limits};
use super::receive::{self, Declared};
use super::rows::LotRow;
use super::service::{self, Asked, Registration};
use super::text;
use crate::access::rights::{ImportEcrire, ImportLire};
use crate::access::{Actor, Programs, fresh};
use crate::areas::demande::routes::limit;
use crate::clock::Moment;
use crate::db::Db;
use crate::error::AppError;
use crate::http::body::encoded;
use crate::http::idempotency;
use crate::http::query::Query;

/// How long « défaire » waits for the end before it answers 202.
const UNDO_WAIT: Duration = Duration::from_secs(20);

#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Ce que contient le fichier.
    #[param(pattern = "^demandes$", example = "demandes")]
    objet: String,
    /// Essai à blanc : même rapport, rien n’est écrit.
    #[serde(default)]
    dry_run: bool,
    /// Enveloppe des demandes créées ; sans elle, la vôtre si vous n’en avez qu’une, sinon l’enveloppe ouverte du département.
    #[param(format = "uuid")]
    enveloppe_id: Option<String>,
    /// Ce que veulent dire des en-têtes que nous ne reconnaissons pas, ou autrement : objet JSON, en-tête → nom de colonne
    /// (vide : ne pas lire). Retenu pour les prochains fichiers de mêmes en-têtes.
    #[serde(default)]
    #[param(max_length = 20000, example = "{\"Commune\":\"ville\"}")]
    correspondance: String,
    /// À quoi l’on reconnaît une demande qui existe, quand le fichier n’a pas de colonne `id`.
    #[serde(default)]
    #[param(inline)]
    cle: Option<CleImport>,
}

impl ImportQuery {
    /// How the file is to be read.
    fn settings(&self) -> Result<ReglagesImport, AppError> {
        let refused = |sentence: String| AppError::parameter("correspondance", "correspondance", sentence);
        let correspondance = match self.correspondance.as_str() {
            "" => Correspondance::default(),
            json => Correspondance::lire(json).map_err(refused)?,
        };
        Ok(ReglagesImport { correspondance, cle: self.cle.unwrap_or(CleImport::Complete) })
    }
}

fn header(headers: &HeaderMap, name: impl actix_web::http::header::AsHeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The import that a request describes, checked before its body is read.
fn asked(req: &HttpRequest, query: &ImportQuery, app: &crate::app::App) -> Result<(Declared, u64), AppError> {
    if query.objet != "demandes" {
        return Err(AppError::parameter("objet", "objet_inconnu", text::OBJECT));
    }
    if encoded(req.headers()) {
        return Err(AppError::detail(ErrorCode::TypeNonAccepte, crate::text::ENCODED_BODY));
    }
    let declared = Declared::of_header(header(req.headers(), CONTENT_TYPE))?;
    let limit = declared.limit(&app.config.limits);
    let announced: u64 = header(req.headers(), CONTENT_LENGTH).parse().unwrap_or(0);
    if announced > limit {
        return Err(receive::too_large(limit));
    }
    Ok((declared, limit))
}

#[utoipa::path(
    tag = "Imports",
    summary = "Importer un fichier",
    description = "Le corps est le fichier lui-même, en CSV, NDJSON, XLSX ou ODS. Il est lu en arrière-plan : suivre `Location`. Importer deux fois le même fichier ne change rien.",
    params(
        ImportQuery,
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite un double enregistrement"),
    ),
    request_body(
        description = "Le fichier : une ligne d’en-têtes, puis une demande par ligne",
        content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"),
        ),
    ),
    responses(
        (status = 202, body = ImportVue, description = "Reçu ; `Location` donne son adresse"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou jeu de caractères refusé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle ou portée insuffisants, ou code récent à donner (`code-requis`)"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Même clé en cours de traitement"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Fichier trop grand"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Type de fichier non accepté"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Fichier illisible, enveloppe inconnue, ou clé réutilisée avec un autre fichier"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Plus de place pour recevoir le fichier"),
    )
)]
#[post("/imports")]
async fn send(
    req: HttpRequest,
    actor: Actor<ImportEcrire>,
    Query(query): Query<ImportQuery>,
    body: web::Payload,
) -> Result<HttpResponse, AppError> {
    let (declared, limit) = asked(&req, &query, &actor.app)?;
    let settings = query.settings()?;
    if !query.dry_run {
        fresh(&actor.app, &actor.who, Programs::Exempt)?;
    }
    let id = actor.app.clock.id();
    let name = declared.file_name(&id);
    let text = !declared.format.is_workbook();
    let file = receive::receive(body, actor.app.spool(), name, text, limit).await?;
    let path = file.path.clone();
    let registered = register(&req, &actor, (query, settings), declared, id.clone(), file).await;
    let answer = match registered {
        Ok(answer) if !answer.replayed => answer,
        other => {
            // Refused, or already received under this key: this copy is of no use.
            let _removed = std::fs::remove_file(&path);
            other?
        }
    };
    if !answer.replayed {
        actor.app.imports.submit(id);
    }
    let view: ImportVue = serde_json::from_str(&answer.body).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(HttpResponse::Accepted().insert_header((LOCATION, format!("/api/v1/imports/{}", view.id))).json(view))
}

#[utoipa::path(
    tag = "Imports",
    summary = "Voir les en-têtes d’un fichier avant de l’importer",
    description = "Chaque en-tête, la colonne pour laquelle il est pris (reconnue, ou choisie la dernière fois) et quelques cellules. Rien n’est gardé.",
    request_body(
        description = "Le fichier",
        content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"),
        ),
    ),
    responses(
        (status = 200, body = ApercuImport, description = "Les en-têtes"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Jeu de caractères refusé"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "Fichier trop grand"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "Type de fichier non accepté"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Fichier illisible"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Plus de place pour recevoir le fichier"),
    )
)]
#[post("/imports/apercu")]
async fn preview(req: HttpRequest, actor: Actor<ImportEcrire>, body: web::Payload) -> Result<HttpResponse, AppError> {
    let query = ImportQuery { objet: "demandes".to_owned(), dry_run: true, ..ImportQuery::default() };
    let (declared, limit) = asked(&req, &query, &actor.app)?;
    let name = declared.file_name(&actor.app.clock.id());
    let text = !declared.format.is_workbook();
    let file = receive::receive(body, actor.app.spool(), name, text, limit).await?;
    let limits = Limits { unpacked: actor.app.config.limits.workbook_unpacked_bytes };
    let seen = receive::preview(file.path.clone(), declared, limits).await;
    let _removed = std::fs::remove_file(&file.path);
    let receive::Preview { headers, examples, ignored, .. } = seen?;
    let (perimeter, asked) = (actor.perimeter.clone(), headers.clone());
    let remembered =
        actor.app.db.read(move |conn| Ok::<_, AppError>(service::remembered(conn, &perimeter, &asked)?)).await?;
    let chosen = remembered.clone().unwrap_or_default();
    let entete = |(entete, exemples): (String, Vec<String>)| EnteteApercu {
        colonne: nom_de(&chosen.cible(&entete)).map(str::to_owned),
        entete,
        exemples,
    };
    let entetes = headers.into_iter().zip(examples).map(entete).collect();
    Ok(HttpResponse::Ok().json(ApercuImport { entetes, feuilles_ignorees: ignored, memorisee: remembered.is_some() }))
}

async fn register(
    req: &HttpRequest,
    actor: &Actor<ImportEcrire>,
    (query, settings): (ImportQuery, ReglagesImport),
    declared: Declared,
    id: String,
    file: receive::Received,
) -> Result<idempotency::Answer, AppError> {
    let limits = Limits { unpacked: actor.app.config.limits.workbook_unpacked_bytes };
    let chosen = settings.correspondance.clone();
    let headers = receive::examine(file.path.clone(), declared, limits, chosen).await?;
    let fingerprint = format!("{} {} {:?} {settings:?}", file.hash, query.dry_run, query.enveloppe_id);
    let scope = format!("imports.envoyer {}", actor.who.id);
    let key = idempotency::Key::read(req, scope, fingerprint.as_bytes())?;
    let new = Registration {
        id,
        author: actor.author(),
        perimeter: actor.perimeter.clone(),
        asked: Asked { format: declared.format, dry_run: query.dry_run, envelope: query.enveloppe_id, settings },
        clock: actor.app.clock.clone(),
        headers,
    };
    let now = actor.app.clock.now();
    actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), now, |conn| {
                let view = service::register(conn, &new, &file)?;
                Ok((202, serde_json::to_string(&view).unwrap_or_default()))
            })
        })
        .await
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ImportsQuery {
    /// Nombre d’imports, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Imports",
    summary = "Ses imports",
    description = "Du plus récent au plus ancien, essais compris ; ceux de tous pour l’administration nationale.",
    params(ImportsQuery),
    responses(
        (status = 200, body = Page<ImportVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/imports")]
async fn list(actor: Actor<ImportLire>, Query(query): Query<ImportsQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let bound_to = format!("imports {}", actor.who.id);
    let before: Option<(Moment, String)> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let (who, perimeter) = (actor.who.clone(), actor.perimeter.clone());
    let asked = (before, i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut rows =
        actor.app.db.read(move |conn| Ok::<_, AppError>(service::list(conn, &who, &perimeter, asked)?)).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let position = |row: &super::rows::ImportRow| (row.cree_le, row.id.clone());
    let next = rows.last().filter(|_| more).map(|row| actor.app.signer.seal(&bound_to, &position(row)));
    let items = rows.iter().map(super::rows::ImportRow::view).collect();
    Ok(HttpResponse::Ok().json(Page::<ImportVue> { items, next, total: None }))
}

async fn find<R>(actor: &Actor<R>, id: String) -> Result<super::rows::ImportRow, AppError> {
    let (who, perimeter) = (actor.who.clone(), actor.perimeter.clone());
    actor.app.db.read(move |conn| service::get(conn, &who, &perimeter, &id)).await
}

#[utoipa::path(
    tag = "Imports",
    summary = "Suivre un import",
    description = "État et compteurs. `octets_lus` sur `octets` donne l’avancement.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’import")),
    responses(
        (status = 200, body = ImportVue, description = "L’import"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/imports/{id}")]
async fn show(actor: Actor<ImportLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let row = find(&actor, id.into_inner()).await?;
    Ok(HttpResponse::Ok().json(row.view()))
}

/// The report of an import, batch after batch: a million lines never stand in memory.
fn parts(
    db: Db,
    id: String,
    part: fn(LotRow) -> String,
) -> impl futures_core::Stream<Item = Result<web::Bytes, actix_web::Error>> {
    stream::try_unfold((db, id, 0), move |(db, id, number)| async move {
        let asked = id.clone();
        let found = db.read(move |conn| service::report_part(conn, &asked, number, part)).await?;
        Ok(found.map(|text| (web::Bytes::from(text), (db, id, number + 1))))
    })
}

#[utoipa::path(
    tag = "Imports",
    summary = "Rapport d’un import, ligne à ligne",
    description = "Une ligne NDJSON par ligne du fichier traitée : numéro, statut, identifiant de la demande, erreurs par colonne.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’import")),
    responses(
        (status = 200, body = LigneImport, content_type = "application/x-ndjson", description = "Le rapport"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/imports/{id}/lignes")]
async fn lines(actor: Actor<ImportLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let row = find(&actor, id.into_inner()).await?;
    let body = parts(actor.app.db.clone(), row.id, |lot| lot.rapport);
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/x-ndjson")).streaming(body))
}

#[utoipa::path(
    tag = "Imports",
    summary = "Lignes rejetées, à corriger et renvoyer",
    description = "Les colonnes du fichier d’origine, plus `erreur`. CSV, ou NDJSON si le fichier en était ; le renvoyer corrigé suffit.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’import")),
    responses(
        (status = 200, content((String = "text/csv"), (String = "application/x-ndjson")), description = "Les lignes rejetées"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/imports/{id}/rejets")]
async fn rejects(actor: Actor<ImportLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let row = find(&actor, id.into_inner()).await?;
    let (media, extension) = match Format::parse(&row.format) {
        Some(Format::Ndjson) => ("application/x-ndjson", "ndjson"),
        _ => ("text/csv; charset=utf-8", "csv"),
    };
    let disposition = format!("attachment; filename=\"rejets-{}.{extension}\"", row.id);
    let body = parts(actor.app.db.clone(), row.id, |lot| lot.rejets);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .streaming(body))
}

#[utoipa::path(
    tag = "Imports",
    summary = "Annuler un import en cours",
    description = "L’import s’arrête avant son lot suivant, et ce qu’il avait écrit est défait.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’import")),
    responses(
        (status = 200, body = ImportVue, description = "Annulé"),
        (status = 202, body = ImportVue, description = "Arrêt demandé : l’import sera annulé dans un instant"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "L’import est déjà fini"),
    )
)]
#[post("/imports/{id}/annuler")]
async fn cancel(actor: Actor<ImportEcrire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (clock, author) = (actor.app.clock.clone(), actor.author());
    let (who, perimeter) = (actor.who.clone(), actor.perimeter.clone());
    let after = actor
        .app
        .db
        .write(move |conn| {
            let row = service::get(conn, &who, &perimeter, &id)?;
            service::cancel(conn, &clock, &author, &row)
        })
        .await?;
    let done = after.termine_le.is_some();
    let status = if done { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(HttpResponse::build(status).json(after.view()))
}

#[utoipa::path(
    tag = "Imports",
    summary = "Défaire un import terminé",
    description = "Les demandes créées sont supprimées et les demandes modifiées reprennent leurs valeurs, sauf celles qui ont changé depuis : `erreur` dit combien.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de l’import")),
    responses(
        (status = 200, body = ImportVue, description = "Défait"),
        (status = 202, body = ImportVue, description = "Demandé : ce sera fait dans un instant"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle ou portée insuffisants, ou code récent à donner (`code-requis`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Cet import ne peut pas être défait"),
    )
)]
#[post("/imports/{id}/defaire")]
async fn undo(actor: Actor<ImportEcrire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Exempt)?;
    let id = id.into_inner();
    let (clock, author) = (actor.app.clock.clone(), actor.author());
    let (who, perimeter, asked) = (actor.who.clone(), actor.perimeter.clone(), id.clone());
    actor
        .app
        .db
        .write(move |conn| {
            let row = service::get(conn, &who, &perimeter, &asked)?;
            service::ask_undo(conn, &clock, &author, &row)
        })
        .await?;
    let done = actor.app.imports.undo(id.clone(), actor.author());
    let in_time = actix_web::rt::time::timeout(UNDO_WAIT, done).await.is_ok();
    let row = find(&actor, id).await?;
    if row.state() == domain::import::EtatImport::Termine && in_time && !row.arret_demande {
        return Err(AppError::new(ErrorCode::Indisponible));
    }
    let status = if row.arret_demande { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(row.view()))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config
        .service(list)
        .service(send)
        .service(preview)
        .service(lines)
        .service(rejects)
        .service(cancel)
        .service(undo)
        .service(show);
}
