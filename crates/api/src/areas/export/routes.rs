//! `/demandes/export`: the rows of a filter, or those that were chosen, as a file streamed as they are read.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::{HttpResponse, get, post, web};
use domain::demande::Colonne;
use domain::demande::choisies::ExportChoisies;
use domain::error::{ErrorCode, Problem};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::service::{self, Exported, Format, Pieces};
use crate::access::rights::DemandeExporter;
use crate::access::{Actor, Programs, fresh};
use crate::app::App;
use crate::areas::demande::routes::{Criteria, columns};
use crate::areas::demande::selection::Selection;
use crate::areas::import::text;
use crate::clock::iso_date;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;
use crate::journal::Author;

/// Exports at once; the others wait, and are told to come back when it lasts (SEC-53).
pub const AT_ONCE: usize = 4;
/// How long an export waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a client may take to read a piece: one that has stopped reading gives its turn back.
const SLOWEST: Duration = Duration::from_secs(60);
/// Pieces that may wait for the network.
const AHEAD: usize = 4;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// Format du fichier.
    #[serde(default = "csv")]
    #[param(pattern = "^(csv|ndjson|xlsx|ods)$", example = "csv")]
    format: String,
    /// Filtre, dans la grammaire commune.
    #[serde(default)]
    #[param(max_length = 4000, example = "etape eq \"recue\"")]
    filter: String,
    /// Tri ; par défaut les plus récentes d’abord.
    #[serde(default)]
    #[param(max_length = 200, example = "-date_demande,structure_nom")]
    sort: String,
    /// Recherche.
    #[serde(default)]
    #[param(max_length = 200, example = "mairie")]
    q: String,
    /// Colonnes voulues, séparées par des virgules ; toutes par défaut. `id` vient toujours en premier.
    #[serde(default)]
    #[param(max_length = 1000, example = "nom,prenom,structure_nom,etape")]
    fields: String,
}

fn csv() -> String {
    "csv".to_owned()
}

/// What the journal keeps in place of the filter of an export of chosen rows.
const CHOSEN: &str = "choisies";

/// What to export.
pub struct Wanted {
    /// Which rows, in which order.
    pub selection: Selection,
    /// Their columns.
    pub columns: Vec<Colonne>,
    /// How they are written.
    pub format: Format,
    /// Filter, sort and search as asked for: the journal keeps them.
    pub criteria: [String; 3],
}

/// An export under way.
struct Running {
    app: web::Data<App>,
    author: Author,
    wanted: Wanted,
    /// Its turn, given back at the end.
    _turn: OwnedSemaphorePermit,
}

impl Running {
    /// Writes the file into the channel, then notes the export. What fails cuts the answer short, which the client sees.
    fn run(self, output: &mpsc::Sender<Result<web::Bytes, AppError>>) {
        let runtime = tokio::runtime::Handle::current();
        let send = |piece| runtime.block_on(output.send_timeout(Ok(web::Bytes::from(piece)), SLOWEST)).is_ok();
        let mut pieces = Pieces::new(send);
        let Wanted { selection, columns, format, criteria } = self.wanted;
        let db = &self.app.db;
        let written = match format {
            Format::Csv => service::write_csv(db, &selection, &columns, &mut pieces),
            Format::Ndjson => service::write_ndjson(db, &selection, &columns, &mut pieces),
            Format::Xlsx => service::write_xlsx(db, &selection, &columns, &mut pieces),
            Format::Ods => super::ods::write(db, &selection, &columns, &mut pieces),
            Format::Grist(most) => service::write_grist(db, &selection, &columns, most, &mut pieces),
        };
        let ended = written.and_then(|count| {
            std::io::Write::flush(&mut pieces).map_err(service::broken)?;
            let what = Exported { format, criteria, count };
            let (clock, author) = (self.app.clock.clone(), self.author);
            self.app.db.write_blocking(move |conn| service::note(conn, &clock, &author, clock.now(), &what))
        });
        if let Err(error) = ended {
            tracing::warn!(error = %error, "export.cut");
            // The client may have gone.
            let _gone = output.try_send(Err(error));
        }
    }
}

async fn turn(app: &App) -> Result<OwnedSemaphorePermit, AppError> {
    let busy = || AppError::detail(ErrorCode::Indisponible, text::EXPORTS_BUSY);
    match actix_web::rt::time::timeout(PATIENCE, Arc::clone(&app.exports).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) | Err(_) => Err(busy()),
    }
}

/// Waits for a turn, then gives the rows as they are read.
///
/// # Errors
/// A recent code to give first, more rows than a sheet holds, or no turn within [`PATIENCE`].
pub async fn stream(
    actor: &Actor<DemandeExporter>,
    wanted: Wanted,
) -> Result<impl Stream<Item = Result<web::Bytes, actix_web::Error>> + use<>, AppError> {
    fresh(&actor.app, &actor.who, Programs::Exempt)?;
    let turn = turn(&actor.app).await?;
    if wanted.format.is_sheet() {
        let counted = wanted.selection.clone();
        actor.app.db.read(move |conn| service::check_sheet(conn, &counted)).await?;
    }
    let running = Running { author: actor.author(), app: actor.app.clone(), wanted, _turn: turn };
    let (output, input) = mpsc::channel(AHEAD);
    let _detached = actix_web::rt::task::spawn_blocking(move || running.run(&output));
    Ok(stream::unfold(input, |mut input| async move { input.recv().await.map(|piece| (piece, input)) })
        .map(|piece| piece.map_err(actix_web::Error::from)))
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Exporter les demandes",
    description = "Exactement les lignes du filtre, dans l’ordre du tri, en un fichier qui se réimporte tel quel.",
    params(ExportQuery),
    responses(
        (status = 200, description = "Le fichier", content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"),
        )),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé, ou trop de lignes pour une feuille"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle ou portée insuffisants, ou code récent à donner (`code-requis`)"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Trop d’exports en cours"),
    )
)]
#[get("/demandes/export")]
/// Streams the rows of the criteria.
pub async fn export(actor: Actor<DemandeExporter>, Query(query): Query<ExportQuery>) -> Result<HttpResponse, AppError> {
    let format = Format::parse(&query.format)?;
    let columns = columns(actor.who.role, &query.fields)?;
    let criteria = Criteria { filter: query.filter, sort: query.sort, q: query.q };
    let selection = criteria.clone().selection(actor.who.role, actor.perimeter.clone())?;
    answer(&actor, Wanted { selection, columns, format, criteria: [criteria.filter, criteria.sort, criteria.q] }).await
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Exporter des demandes choisies",
    description = "Celles-ci exactement, dans l’ordre du tri, en un fichier qui se réimporte tel quel.",
    request_body = ExportChoisies,
    responses(
        (status = 200, description = "Le fichier", content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"),
        )),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Format, tri ou colonnes refusés"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle ou portée insuffisants, ou code récent à donner (`code-requis`)"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Aucune demande, ou trop"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Certaines n’existent plus ou ne sont pas à portée : rien n’est rendu"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Trop d’exports en cours"),
    )
)]
#[post("/demandes/export")]
/// Streams the rows that were chosen.
pub async fn export_chosen(
    actor: Actor<DemandeExporter>,
    body: Json<ExportChoisies>,
) -> Result<HttpResponse, AppError> {
    let ExportChoisies { ids, format, sort, fields } = body.value;
    let format = Format::parse(&format)?;
    let columns = columns(actor.who.role, &fields)?;
    let criteria = Criteria { sort, ..Criteria::default() };
    let selection = criteria.clone().selection(actor.who.role, actor.perimeter.clone())?;
    let selection = actor.app.db.read(move |conn| service::choose(conn, selection, ids)).await?;
    answer(&actor, Wanted { selection, columns, format, criteria: [CHOSEN.to_owned(), criteria.sort, String::new()] })
        .await
}

/// The file, as it is read.
async fn answer(actor: &Actor<DemandeExporter>, wanted: Wanted) -> Result<HttpResponse, AppError> {
    let format = wanted.format;
    let body = stream(actor, wanted).await?;
    let name = format!("demandes-{}.{}", iso_date(actor.app.clock.now()), format.as_str());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, format.media()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .streaming(body))
}
