//! `/demandes`: the tableau de gestion over HTTP.

use std::collections::BTreeMap;

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use domain::demande::view::{Changement, Compteurs};
use domain::demande::{Colonne, DemandeDetail, DemandeSaisie, DemandeVue, EntreeHistorique, Filtre, Ligne, Tri};
use domain::error::Problem;
use domain::page::{LIMIT_DEFAULT, LIMIT_MAX, Page};
use domain::rules::eligibilite::verdict_global;
use serde::{Deserialize, Serialize};

use super::queries::{self, PageRow, Stored};
use super::selection::{Position, Selection};
use super::service::{self, Context, Incoming};
use crate::access::rights::{DemandeCreer, DemandeLire, DemandeModifier};
use crate::access::{Actor, Perimeter};
use crate::areas::enveloppe;
use crate::clock::{iso_date, rfc3339};
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;
use crate::http::{condition, idempotency};
use crate::journal;

/// Longest search, in characters.
const SEARCH_MAX: usize = 200;

/// Filter, sort and search, shared by every reading of the table.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Criteria {
    /// Filtre : `etape eq "recue" and (ville contains "lyon" or ville starts "dijon")`. Voir la page « Filtres ».
    #[param(max_length = 4000, example = "formation eq \"aidants_connect\"")]
    pub filter: String,
    /// Tri : colonnes séparées par des virgules, précédées de `-` pour l’ordre décroissant ; trois au plus.
    #[param(max_length = 200, example = "-date_demande")]
    pub sort: String,
    /// Recherche dans les noms, adresses e-mail, structures, villes et SIRET, sans tenir compte des accents.
    #[param(max_length = 200, example = "mairie")]
    pub q: String,
}

impl Criteria {
    /// What these criteria select within a perimeter.
    pub fn selection(&self, perimeter: Perimeter) -> Result<Selection, AppError> {
        if self.q.chars().count() > SEARCH_MAX {
            return Err(AppError::parameter("q", "trop_long", crate::text::WORDS_TOO_LONG));
        }
        let filter =
            Filtre::parse(&self.filter).map_err(|error| AppError::parameter("filter", error.code, error.to_string()))?;
        let sort = Tri::parse(&self.sort).map_err(|error| AppError::parameter("sort", error.code, error.to_string()))?;
        Ok(Selection { filter, sort, search: self.q.clone(), perimeter })
    }
}

/// The columns named in `fields=`, or all.
pub fn columns(fields: &str) -> Result<Vec<Colonne>, AppError> {
    if fields.trim().is_empty() {
        return Ok(Colonne::ALL.to_vec());
    }
    let mut asked = Vec::new();
    for name in fields.split(',').map(str::trim).filter(|name| !matches!(*name, "id" | "version")) {
        let column = Colonne::parse(name)
            .ok_or_else(|| AppError::parameter("fields", "colonne_inconnue", crate::text::unknown_column(name)))?;
        if !asked.contains(&column) {
            asked.push(column);
        }
    }
    Ok(asked)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
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
    /// Nombre de lignes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    #[param(max_length = 4000)]
    cursor: String,
    /// Colonnes voulues, séparées par des virgules ; toutes par défaut.
    #[serde(default)]
    #[param(max_length = 1000, example = "nom,prenom,structure_nom,etape")]
    fields: String,
    /// Donner aussi le nombre exact de lignes.
    #[serde(default)]
    total: bool,
}

fn limit(asked: Option<u32>) -> Result<usize, AppError> {
    let limit = asked.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(AppError::parameter("limit", "hors_limites", crate::text::limit(LIMIT_MAX)));
    }
    Ok(limit as usize)
}

fn row_view(row: PageRow, columns: &[Colonne]) -> DemandeVue {
    let named = columns.iter().map(|column| column.nom().to_owned()).zip(row.cells);
    DemandeVue { id: row.id, version: row.version, colonnes: named.collect() }
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Lire le tableau de gestion",
    description = "Une page de demandes, dans l’ordre voulu. Le lien `next` donne la suite.",
    params(ListQuery),
    responses(
        (status = 200, body = Page<DemandeVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/demandes")]
async fn list(req: HttpRequest, actor: Actor<DemandeLire>, Query(query): Query<ListQuery>) -> Result<HttpResponse, AppError> {
    let criteria = Criteria { filter: query.filter, sort: query.sort, q: query.q };
    let selection = criteria.selection(actor.perimeter)?;
    let (limit, columns) = (limit(query.limit)?, columns(&query.fields)?);
    let bound_to = selection.fingerprint();
    let after: Option<Position> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let asked = columns.clone();
    let (mut rows, total) = actor
        .app
        .db
        .read(move |conn| {
            let rows = queries::page(conn, &selection, &asked, after.as_ref(), limit + 1)?;
            let total = if query.total { Some(queries::count(conn, &selection)?) } else { None };
            Ok::<_, AppError>((rows, total))
        })
        .await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| actor.app.signer.seal(&bound_to, &row.position));
    let mut response = HttpResponse::Ok();
    if let Some(cursor) = &next {
        response.insert_header((LINK, next_link(&req, cursor)));
    }
    let items = rows.into_iter().map(|row| row_view(row, &columns)).collect();
    Ok(response.json(Page::<DemandeVue> { items, next, total }))
}

/// `Link` of the next page: the same request with another cursor (RFC 8288).
fn next_link(req: &HttpRequest, cursor: &str) -> String {
    let kept = req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query: String = kept.map(|pair| format!("{pair}&")).collect();
    query.push_str("cursor=");
    query.push_str(cursor);
    format!("<{}?{query}>; rel=\"next\"", req.path())
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Compter les demandes",
    description = "Nombre de demandes par étape et par verdict, dans le filtre donné.",
    params(Criteria),
    responses(
        (status = 200, body = Compteurs, description = "Compteurs"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/demandes/compteurs")]
async fn counters(actor: Actor<DemandeLire>, Query(criteria): Query<Criteria>) -> Result<HttpResponse, AppError> {
    let selection = criteria.selection(actor.perimeter)?;
    let counted = actor
        .app
        .db
        .read(move |conn| {
            let stages: BTreeMap<String, u64> =
                queries::count_by(conn, &selection, Colonne::Etape)?.into_iter().collect();
            let verdicts = queries::count_by(conn, &selection, Colonne::Verdict)?.into_iter().collect();
            Ok::<_, AppError>(Compteurs { total: stages.values().sum(), etapes: stages, verdicts })
        })
        .await?;
    Ok(HttpResponse::Ok().json(counted))
}

/// Landmarks of the table.
#[derive(Serialize, utoipa::ToSchema)]
struct Reperes {
    /// Exact number of rows.
    total: u64,
    /// Rows between two landmarks.
    pas: u32,
    /// `curseurs[i]` gives the page that begins at row `(i + 1) × pas`.
    curseurs: Vec<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LandmarkQuery {
    /// Filtre, dans la grammaire commune.
    #[serde(default)]
    #[param(max_length = 4000)]
    filter: String,
    /// Tri.
    #[serde(default)]
    #[param(max_length = 200)]
    sort: String,
    /// Recherche.
    #[serde(default)]
    #[param(max_length = 200)]
    q: String,
    /// Lignes entre deux repères, 500 par défaut.
    #[param(minimum = 50, maximum = 10000, example = 500)]
    pas: Option<u32>,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Repères pour parcourir un grand tableau",
    description = "Un curseur toutes les `pas` lignes, pour aller directement n’importe où dans la liste.",
    params(LandmarkQuery),
    responses(
        (status = 200, body = Reperes, description = "Repères"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/demandes/reperes")]
async fn landmarks(actor: Actor<DemandeLire>, Query(query): Query<LandmarkQuery>) -> Result<HttpResponse, AppError> {
    let step = query.pas.unwrap_or(500);
    if !(50..=10_000).contains(&step) {
        return Err(AppError::parameter("pas", "hors_limites", crate::text::LANDMARK_STEP));
    }
    let selection = Criteria { filter: query.filter, sort: query.sort, q: query.q }.selection(actor.perimeter)?;
    let bound_to = selection.fingerprint();
    let (total, positions) = actor
        .app
        .db
        .read(move |conn| {
            Ok::<_, AppError>((queries::count(conn, &selection)?, queries::landmarks(conn, &selection, step)?))
        })
        .await?;
    let curseurs = positions.iter().map(|position| actor.app.signer.seal(&bound_to, position)).collect();
    Ok(HttpResponse::Ok().json(Reperes { total, pas: step, curseurs }))
}

fn view_of(stored: &Stored) -> DemandeVue {
    let colonnes = stored.line.iter().map(|(column, value)| (column.nom().to_owned(), value.to_owned())).collect();
    DemandeVue { id: stored.id.clone(), version: stored.version, colonnes }
}

/// A demande with its constats, as it is now.
fn detail(conn: &mut DbConn, actor: &Context, stored: &Stored) -> Result<DemandeDetail, AppError> {
    let constats = service::evaluate(conn, &actor.territories, stored)?;
    let supprimee_le = if stored.deleted { deleted_at(conn, &stored.id)? } else { None };
    Ok(DemandeDetail {
        demande: view_of(stored),
        verdict_global: verdict_global(&constats),
        constats,
        declare: queries::declared(conn, &stored.id)?.into_iter().collect(),
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
async fn show(req: HttpRequest, actor: Actor<DemandeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (context, perimeter) = (actor.context(), actor.perimeter);
    let found = actor
        .app
        .db
        .read(move |conn| {
            let stored = service::get(conn, &perimeter, &id)?;
            detail(conn, &context, &stored)
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
async fn add(req: HttpRequest, actor: Actor<DemandeCreer>, body: Json<DemandeSaisie>) -> Result<HttpResponse, AppError> {
    let key = idempotency::Key::read(&req, format!("demandes.ajouter {}", actor.who.id), &body.bytes)?;
    let mut line = Ligne::default();
    body.value.appliquer(&mut line);
    let context = actor.context();
    if line.get(Colonne::DateDemande).is_empty() {
        line.set(Colonne::DateDemande, iso_date(context.now));
    }
    line.set(Colonne::Source, "saisie");
    let (perimeter, wanted) = (actor.perimeter.clone(), body.value.enveloppe_id.clone());
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), context.now, |conn| {
                let mut line = service::validate(line)?;
                let envelope = enveloppe::service::choose(conn, &perimeter, wanted.as_deref(), line.get(Colonne::Departement))?;
                line.set(Colonne::EnveloppeId, envelope.unwrap_or_default());
                let incoming = vec![Incoming { line, declared: BTreeMap::new() }];
                let created = service::create(conn, &context, "demande.creee", incoming)?;
                let id = created.first().map(|one| one.id.clone()).unwrap_or_default();
                let stored = service::get(conn, &Perimeter::All, &id)?;
                let detail = detail(conn, &context, &stored)?;
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
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Demande supprimée"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[patch("/demandes/{id}")]
async fn change(
    req: HttpRequest,
    actor: Actor<DemandeModifier>,
    id: web::Path<String>,
    body: Json<DemandeSaisie>,
) -> Result<HttpResponse, AppError> {
    let expected = condition::expected_version(&req)?;
    if body.value.enveloppe_id.is_some() {
        let error = domain::error::FieldError::new("/enveloppe_id", "non_modifiable", crate::text::ENVELOPE_FIXED);
        return Err(AppError::fields(vec![error]));
    }
    let (context, perimeter) = (actor.context(), actor.perimeter.clone());
    let changed = actor
        .app
        .db
        .write(move |conn| {
            let stored = service::modify(conn, &context, &perimeter, (&id, expected), |line| body.value.appliquer(line))?;
            detail(conn, &context, &stored)
        })
        .await?;
    Ok(answer(actix_web::http::StatusCode::OK, &changed))
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
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 412, body = Problem, content_type = "application/problem+json", description = "Modifiée depuis votre lecture"),
        (status = 428, body = Problem, content_type = "application/problem+json", description = "`If-Match` manque"),
    )
)]
#[delete("/demandes/{id}")]
async fn remove(req: HttpRequest, actor: Actor<DemandeModifier>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
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
    )
)]
#[post("/demandes/{id}/restaurer")]
async fn restore(actor: Actor<DemandeModifier>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (context, perimeter) = (actor.context(), actor.perimeter.clone());
    let restored = actor
        .app
        .db
        .write(move |conn| {
            let stored = service::restore(conn, &context, &perimeter, &id)?;
            detail(conn, &context, &stored)
        })
        .await?;
    Ok(answer(actix_web::http::StatusCode::OK, &restored))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// Nombre d’entrées, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    #[param(max_length = 4000)]
    cursor: String,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Historique d’une demande",
    description = "Chaque changement, du plus récent au plus ancien : auteur, rôle, valeurs avant et après.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande"), HistoryQuery),
    responses(
        (status = 200, body = Page<EntreeHistorique>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/historique")]
async fn history(
    actor: Actor<DemandeLire>,
    id: web::Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let bound_to = format!("historique {id}");
    let before: Option<i64> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let perimeter = actor.perimeter.clone();
    let mut events = actor
        .app
        .db
        .read(move |conn| {
            let stored = service::get(conn, &perimeter, &id)?;
            let page = journal::Page { before, limit: i64::try_from(limit + 1).unwrap_or(i64::MAX) };
            Ok::<_, AppError>(journal::history(conn, &stored.id, &page)?)
        })
        .await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next = events.last().filter(|_| more).map(|event| actor.app.signer.seal(&bound_to, &event.numero));
    let items = events.into_iter().map(history_entry).collect();
    Ok(HttpResponse::Ok().json(Page::<EntreeHistorique> { items, next, total: None }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Values {
    avant: BTreeMap<String, String>,
    apres: BTreeMap<String, String>,
}

fn history_entry(event: journal::Event) -> EntreeHistorique {
    let mut values: Values =
        event.valeurs.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let changements = std::mem::take(&mut values.apres)
        .into_iter()
        .map(|(colonne, apres)| Changement { avant: values.avant.remove(&colonne).unwrap_or_default(), apres, colonne })
        .collect();
    EntreeHistorique {
        date: rfc3339(event.date),
        auteur: event.nom.unwrap_or_else(|| crate::text::author(&event.acteur_genre).to_owned()),
        role: Some(event.role).filter(|role| !role.is_empty()),
        action: event.action,
        changements,
    }
}

/// Declares the area's routes. Fixed paths first: `{id}` would take them.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(counters).service(landmarks).service(crate::areas::export::routes::export);
    config.service(list).service(add).service(show).service(change).service(remove);
    config.service(restore).service(history);
}

