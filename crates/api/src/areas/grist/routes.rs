//! `/compat/grist/api/docs/{doc}/tables/{table}`: the table for scripts written for Grist.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, get, patch, post, put, web};
use domain::demande::{Colonne, Tri, colonne::Ecriture};
use domain::error::{ErrorCode, Problem};
use domain::grist::{self, TABLE};
use domain::permission::readable;
use domain::text::fr;
use serde::Deserialize;
use serde_json::json;

use super::service::{self, ByKey, MOST, OnMany, Work};
use super::wire::{
    AddedRecords, ChangedRecords, Column, ColumnFields, Columns, KeyedRecords, NewRecords, Records, Tables,
};
use crate::access::Actor;
use crate::access::rights::{DemandeCreer, DemandeExporter, DemandeLire, DemandeModifier};
use crate::areas::demande::routes::may_see;
use crate::areas::demande::selection::Selection;
use crate::areas::export::routes::{Wanted, stream};
use crate::areas::export::service::Format;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;
use crate::text::grist as text;

/// Document and table.
type Place = web::Path<(String, String)>;

fn check_table(name: &str) -> Result<(), AppError> {
    if name == TABLE { Ok(()) } else { Err(AppError::detail(ErrorCode::Introuvable, text::unknown_table())) }
}

/// Refuses more records than one request may carry.
fn check_size(records: usize) -> Result<(), AppError> {
    if records <= MOST {
        return Ok(());
    }
    Err(AppError::fields(vec![domain::error::FieldError::new("/records", "trop_long", text::too_many(MOST))]))
}

/// Does the work of a request in its document, in one transaction.
async fn write<R, T: Send + 'static>(
    actor: &Actor<R>,
    place: Place,
    work: impl FnOnce(&mut DbConn, &Work) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let (doc, table) = place.into_inner();
    check_table(&table)?;
    let (context, role, reach) = (actor.context(), actor.who.role, actor.perimeter.clone());
    actor
        .app
        .db
        .write(move |conn| {
            let perimeter = service::document(conn, reach, &doc)?;
            work(conn, &Work { context, role, perimeter })
        })
        .await
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Les tables d’un document",
    description = "Un document n’a qu’une table. `doc` est `parcours` (tout ce qui est à portée) ou l’identifiant d’une enveloppe.",
    params(("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document")),
    responses(
        (status = 200, body = Tables, description = "Les tables"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document inconnu"),
    )
)]
#[get("/compat/grist/api/docs/{doc}/tables")]
async fn tables(actor: Actor<DemandeLire>, doc: web::Path<String>) -> Result<HttpResponse, AppError> {
    let reach = actor.perimeter.clone();
    actor.app.db.read(move |conn| service::document(conn, reach, &doc).map(drop)).await?;
    Ok(HttpResponse::Ok().json(Tables::one(TABLE)))
}

fn column(column: Colonne) -> Column {
    let choices = grist::choix(column);
    let widget_options = if choices.is_empty() { String::new() } else { json!({ "choices": choices }).to_string() };
    let fields = ColumnFields {
        label: fr::colonne(column),
        kind: grist::genre(column),
        is_formula: column.description().ecriture == Ecriture::Calculee,
        widget_options,
    };
    Column { id: grist::identifiant(column), fields }
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Les colonnes de la table",
    description = "Identifiant, libellé et type de chaque colonne que lit l’appelant.",
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
    ),
    responses(
        (status = 200, body = Columns, description = "Les colonnes"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document ou table inconnus"),
    )
)]
#[get("/compat/grist/api/docs/{doc}/tables/{table}/columns")]
async fn columns(actor: Actor<DemandeLire>, place: Place) -> Result<HttpResponse, AppError> {
    let (doc, table) = place.into_inner();
    check_table(&table)?;
    let reach = actor.perimeter.clone();
    actor.app.db.read(move |conn| service::document(conn, reach, &doc).map(drop)).await?;
    Ok(HttpResponse::Ok().json(Columns { columns: readable(actor.who.role).map(column).collect() }))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RecordsQuery {
    /// Filtre : `{"Colonne": [valeur, …]}`.
    #[serde(default)]
    #[param(max_length = 4000, example = r#"{"Code_postal":["01000"]}"#)]
    filter: String,
    /// Tri : colonnes séparées par des virgules, précédées de `-` pour descendre ; l’ordre d’arrivée par défaut. Aussi par l’en-tête `X-Sort`.
    #[serde(default)]
    #[param(max_length = 200, example = "-Date_de_la_demande")]
    sort: String,
    /// Nombre de lignes au plus ; 0 pour toutes. Aussi par l’en-tête `X-Limit`.
    #[param(maximum = 4294967295_u32, example = 10)]
    limit: Option<u32>,
    /// Sans effet : aucune colonne n’est cachée.
    #[param(example = "false")]
    #[serde(rename = "hidden")]
    _hidden: Option<String>,
}

/// The value of a header that may stand for a parameter.
fn header(req: &HttpRequest, name: &str) -> Option<String> {
    req.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The number of rows asked for, by parameter or header.
fn limit(req: &HttpRequest, asked: Option<u32>) -> Result<u64, AppError> {
    let given = match (asked, header(req, "x-limit")) {
        (Some(limit), _) => limit,
        (None, None) => 0,
        (None, Some(text)) => {
            let refused = |_not_a_number| AppError::parameter("X-Limit", "nombre_refuse", text::LIMIT);
            if text.is_empty() { 0 } else { text.parse().map_err(refused)? }
        }
    };
    Ok(if given == 0 { u64::MAX } else { u64::from(given) })
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Lire les enregistrements",
    description = "Les lignes du filtre, à mesure qu’elles sont lues, au format de Grist : dates en secondes, décisions en booléens, libellés des choix. La lecture est un export, inscrit au journal.",
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
        RecordsQuery,
    ),
    responses(
        (status = 200, body = Records, description = "Les enregistrements"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document ou table inconnus"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Trop d’exports en cours"),
    )
)]
#[get("/compat/grist/api/docs/{doc}/tables/{table}/records")]
async fn list(
    req: HttpRequest,
    actor: Actor<DemandeExporter>,
    place: Place,
    Query(query): Query<RecordsQuery>,
) -> Result<HttpResponse, AppError> {
    let (doc, table) = place.into_inner();
    check_table(&table)?;
    let refused = |name: &'static str| {
        move |error: domain::demande::filtre::ErreurFiltre| AppError::parameter(name, error.code, error.message)
    };
    let sort = if query.sort.is_empty() { header(&req, "x-sort").unwrap_or_default() } else { query.sort };
    let chosen = grist::filtre(&query.filter).map_err(refused("filter"))?;
    let order: Tri = grist::tri(&sort).map_err(refused("sort"))?;
    let (role, most) = (actor.who.role, limit(&req, query.limit)?);
    may_see(role, "filter", &chosen.filtre.colonnes())?;
    may_see(role, "sort", &order.cles().iter().map(|cle| cle.colonne).collect::<Vec<_>>())?;
    let reach = actor.perimeter.clone();
    let perimeter = actor.app.db.read(move |conn| service::document(conn, reach, &doc)).await?;
    let selection =
        Selection { filter: chosen.filtre, sort: order, search: String::new(), perimeter, ranks: chosen.rangs };
    let format = Format::Grist(most);
    let criteria = [query.filter, sort, String::new()];
    let wanted = Wanted { selection, columns: readable(role).collect(), format, criteria };
    let body = stream(&actor, wanted).await?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, format.media())).streaming(body))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct WriteQuery {
    /// Sans effet : une valeur est toujours lue selon le type de sa colonne.
    #[param(example = false)]
    #[serde(rename = "noparse")]
    _no_parse: Option<bool>,
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Ajouter des enregistrements",
    description = "Tous ou aucun. Les règles s’appliquent comme partout ; une décision que l’appelant ne peut pas prendre est gardée comme déclarée.",
    request_body = NewRecords,
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
        WriteQuery,
    ),
    responses(
        (status = 200, body = AddedRecords, description = "Leurs lignes, dans le même ordre"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document ou table inconnus"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/compat/grist/api/docs/{doc}/tables/{table}/records")]
async fn add(
    actor: Actor<DemandeCreer>,
    place: Place,
    _query: Query<WriteQuery>,
    body: Json<NewRecords>,
) -> Result<HttpResponse, AppError> {
    let records = body.value.records;
    check_size(records.len())?;
    let ranks = write(&actor, place, move |conn, work| service::add(conn, work, &records)).await?;
    Ok(HttpResponse::Ok().json(AddedRecords::new(ranks)))
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Modifier des enregistrements",
    description = "Tous ou aucun. Un champ absent, ou renvoyé tel qu’il a été lu, ne change pas. Comme chez Grist, la dernière écriture l’emporte.",
    request_body = ChangedRecords,
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
        WriteQuery,
    ),
    responses(
        (status = 200, description = "Modifiés (`null`)"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document, table ou ligne inconnus"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Montant de l’enveloppe dépassé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[patch("/compat/grist/api/docs/{doc}/tables/{table}/records")]
async fn change(
    actor: Actor<DemandeModifier>,
    place: Place,
    _query: Query<WriteQuery>,
    body: Json<ChangedRecords>,
) -> Result<HttpResponse, AppError> {
    let records = body.value.records;
    check_size(records.len())?;
    write(&actor, place, move |conn, work| service::change(conn, work, &records)).await?;
    Ok(HttpResponse::Ok().json(()))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[derive(Default)]
struct KeyQuery {
    /// Sans effet : une valeur est toujours lue selon le type de sa colonne.
    #[param(example = false)]
    #[serde(rename = "noparse")]
    _no_parse: Option<bool>,
    /// Ce qui est modifié quand plusieurs lignes répondent : la première (`first`), aucune (`none`), toutes (`all`).
    #[param(value_type = String, pattern = "^(first|none|all)$", example = "first")]
    onmany: OnMany,
    /// Ne rien ajouter.
    #[param(example = false)]
    noadd: bool,
    /// Ne rien modifier.
    #[param(example = false)]
    noupdate: bool,
    /// Accepter une clé vide, qui désigne toutes les lignes.
    #[param(example = false)]
    allow_empty_require: bool,
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Ajouter ou modifier selon une clé",
    description = "`require` désigne la ligne ; trouvée, elle reçoit `fields` ; sinon une ligne est ajoutée avec les deux. Tous ou aucun.",
    request_body = KeyedRecords,
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
        KeyQuery,
    ),
    responses(
        (status = 200, description = "Faits (`null`)"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document ou table inconnus"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Montant de l’enveloppe dépassé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[put("/compat/grist/api/docs/{doc}/tables/{table}/records")]
async fn put_by_key(
    actor: Actor<DemandeModifier>,
    place: Place,
    Query(query): Query<KeyQuery>,
    body: Json<KeyedRecords>,
) -> Result<HttpResponse, AppError> {
    let records = body.value.records;
    check_size(records.len())?;
    let how = ByKey {
        on_many: query.onmany,
        no_add: query.noadd,
        no_update: query.noupdate,
        allow_empty: query.allow_empty_require,
    };
    write(&actor, place, move |conn, work| service::put_by_key(conn, work, &records, how)).await?;
    Ok(HttpResponse::Ok().json(()))
}

async fn delete_rows(actor: Actor<DemandeModifier>, place: Place, ranks: Vec<i64>) -> Result<HttpResponse, AppError> {
    check_size(ranks.len())?;
    write(&actor, place, move |conn, work| service::delete(conn, work, &ranks)).await?;
    Ok(HttpResponse::Ok().json(()))
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Supprimer des enregistrements",
    description = "Tous ou aucun ; la suppression est réversible par `POST /demandes/{id}/restaurer`.",
    request_body(content = Vec<i64>, example = json!([7])),
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
    ),
    responses(
        (status = 200, description = "Supprimés (`null`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document, table ou ligne inconnus"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Trop de lignes"),
    )
)]
#[post("/compat/grist/api/docs/{doc}/tables/{table}/records/delete")]
async fn delete(actor: Actor<DemandeModifier>, place: Place, body: Json<Vec<i64>>) -> Result<HttpResponse, AppError> {
    delete_rows(actor, place, body.value).await
}

#[utoipa::path(
    tag = "Compatibilité Grist",
    summary = "Supprimer des enregistrements (ancienne adresse)",
    description = "Comme `records/delete`, pour les scripts d’avant Grist 1.7.5.",
    request_body(content = Vec<i64>, example = json!([7])),
    params(
        ("doc" = String, Path, max_length = 100, pattern = "^[0-9a-z-]+$", example = "parcours", description = "Document"),
        ("table" = String, Path, max_length = 100, pattern = "^[0-9A-Za-z_]+$", example = "Demandes", description = "Table"),
    ),
    responses(
        (status = 200, description = "Supprimés (`null`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Document, table ou ligne inconnus"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Trop de lignes"),
    )
)]
#[post("/compat/grist/api/docs/{doc}/tables/{table}/data/delete")]
async fn delete_data(
    actor: Actor<DemandeModifier>,
    place: Place,
    body: Json<Vec<i64>>,
) -> Result<HttpResponse, AppError> {
    delete_rows(actor, place, body.value).await
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(tables).service(columns).service(list).service(add).service(change).service(put_by_key);
    config.service(delete).service(delete_data);
}
