//! `GET /demandes`, its counters and its landmarks.

use std::collections::BTreeMap;

use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::demande::view::Compteurs;
use domain::demande::{Colonne, DemandeVue};
use domain::error::Problem;
use domain::message::{Groupe, Groupes};
use domain::page::Page;
use serde::{Deserialize, Serialize};

use super::criteria::{Criteria, columns, limit, may_see};
use crate::access::Actor;
use crate::access::rights::DemandeLire;
use crate::areas::demande::queries::{self, PageRow};
use crate::areas::demande::selection::Position;
use crate::error::AppError;
use crate::http::query::Query;

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
    cursor: String,
    /// Colonnes voulues, séparées par des virgules ; toutes par défaut.
    #[serde(default)]
    #[param(max_length = 1000, example = "nom,prenom,structure_nom,etape")]
    fields: String,
    /// Donner aussi le nombre exact de lignes.
    #[serde(default)]
    total: bool,
}

fn row_view(row: PageRow, columns: &[Colonne]) -> DemandeVue {
    let named = row.cells(columns).map(|(column, cell)| (column.nom().to_owned(), cell.to_owned()));
    let colonnes = named.collect();
    DemandeVue { id: row.id, version: row.version, colonnes }
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
pub async fn list(
    req: HttpRequest,
    actor: Actor<DemandeLire>,
    Query(query): Query<ListQuery>,
) -> Result<HttpResponse, AppError> {
    let criteria = Criteria { filter: query.filter, sort: query.sort, q: query.q };
    let selection = criteria.selection(actor.who.role, actor.perimeter)?;
    let (limit, columns) = (limit(query.limit)?, columns(actor.who.role, &query.fields)?);
    let bound_to = selection.fingerprint();
    let after: Option<Position> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let (asked, app) = (columns.clone(), actor.app.clone());
    let (mut rows, total) = actor
        .app
        .db
        .read(move |conn| {
            let rows = queries::page(conn, &selection, &asked, after.as_ref(), limit + 1)?;
            let total = if query.total { Some(app.totals.count(conn, &selection)?) } else { None };
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
pub async fn counters(actor: Actor<DemandeLire>, Query(criteria): Query<Criteria>) -> Result<HttpResponse, AppError> {
    let selection = criteria.selection(actor.who.role, actor.perimeter)?;
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

/// Groups listed.
const GROUPS: usize = 200;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GroupQuery {
    /// Nom de la colonne.
    #[param(max_length = 60, example = "departement")]
    par: String,
    /// Filtre, dans la grammaire commune.
    #[serde(default)]
    #[param(max_length = 4000, example = "etape eq \"recue\"")]
    filter: String,
    /// Mots cherchés.
    #[serde(default)]
    #[param(max_length = 200, example = "mairie")]
    q: String,
}

#[utoipa::path(
    tag = "Demandes",
    summary = "Grouper les demandes par une colonne",
    description = "Chaque valeur de la colonne et combien de demandes l’ont, la plus fréquente d’abord : 200 groupes au plus, le reste compté dans `autres`.",
    params(GroupQuery),
    responses(
        (status = 200, body = Groupes, description = "Les groupes"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Colonne, filtre ou recherche refusés"),
    )
)]
#[get("/demandes/groupes")]
pub async fn groups(actor: Actor<DemandeLire>, Query(query): Query<GroupQuery>) -> Result<HttpResponse, AppError> {
    let unknown = || AppError::parameter("par", "colonne_inconnue", crate::text::unknown_column(&query.par));
    let column = Colonne::parse(&query.par).ok_or_else(unknown)?;
    may_see(actor.who.role, "par", &[column])?;
    let criteria = Criteria { filter: query.filter, sort: String::new(), q: query.q };
    let selection = criteria.selection(actor.who.role, actor.perimeter)?;
    let counted =
        actor.app.db.read(move |conn| Ok::<_, AppError>(queries::count_by(conn, &selection, column)?)).await?;
    let mut groupes: Vec<Groupe> = counted.into_iter().map(|(valeur, nombre)| Groupe { valeur, nombre }).collect();
    groupes.sort_by(|a, b| b.nombre.cmp(&a.nombre).then_with(|| a.valeur.cmp(&b.valeur)));
    let autres = groupes.iter().skip(GROUPS).map(|groupe| groupe.nombre).sum();
    groupes.truncate(GROUPS);
    Ok(HttpResponse::Ok().json(Groupes { par: column.nom().to_owned(), groupes, autres }))
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
pub async fn landmarks(
    actor: Actor<DemandeLire>,
    Query(query): Query<LandmarkQuery>,
) -> Result<HttpResponse, AppError> {
    let step = query.pas.unwrap_or(500);
    if !(50..=10_000).contains(&step) {
        return Err(AppError::parameter("pas", "hors_limites", crate::text::LANDMARK_STEP));
    }
    let selection =
        Criteria { filter: query.filter, sort: query.sort, q: query.q }.selection(actor.who.role, actor.perimeter)?;
    let (bound_to, app) = (selection.fingerprint(), actor.app.clone());
    let (total, positions) = actor
        .app
        .db
        .read(move |conn| {
            Ok::<_, AppError>((app.totals.count(conn, &selection)?, queries::landmarks(conn, &selection, step)?))
        })
        .await?;
    let curseurs = positions.iter().map(|position| actor.app.signer.seal(&bound_to, position)).collect();
    Ok(HttpResponse::Ok().json(Reperes { total, pas: step, curseurs }))
}
