//! `GET /demandes/{id}/historique`: every change, with its author.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpResponse, get, web};
use domain::demande::view::Changement;
use domain::demande::{Colonne, EntreeHistorique, OrigineEntree};
use domain::error::Problem;
use domain::page::Page;
use domain::permission::{Role, may_read};
use serde::Deserialize;

use super::criteria::{limit, may_see};
use crate::access::Actor;
use crate::access::rights::DemandeLire;
use crate::areas::demande::service;
use crate::areas::import::service as imports;
use crate::clock::rfc3339;
use crate::error::AppError;
use crate::http::query::Query;
use crate::journal;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// Nombre d’entrées, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
    /// Seulement les changements de cette colonne.
    #[param(max_length = 60, example = "ville")]
    colonne: Option<String>,
}

/// What an import does to a demande.
const IMPORTED: &str = "demande.importee";
/// What undoing an import does to a demande.
const UNDONE: &str = "demande.import_defait";

/// Entries looked at for one page of the history of a column.
const LOOKED_AT: i64 = 2_000;

#[utoipa::path(
    tag = "Demandes",
    summary = "Historique d’une demande",
    description = "Chaque changement, du plus récent au plus ancien : auteur, rôle, par quoi il est venu, valeurs avant et après.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande"), HistoryQuery),
    responses(
        (status = 200, body = Page<EntreeHistorique>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/historique")]
pub async fn history(
    actor: Actor<DemandeLire>,
    id: web::Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let column = query.colonne.as_deref().map(|name| column(actor.who.role, name)).transpose()?;
    let bound_to = format!("historique {id} {}", query.colonne.as_deref().unwrap_or_default());
    let before: Option<i64> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(&bound_to, &query.cursor)?) };
    let (who, perimeter) = (actor.who.clone(), actor.perimeter.clone());
    let (events, imports, position) = actor
        .app
        .db
        .read(move |conn| {
            let stored = service::get(conn, &perimeter, &id)?;
            let most = if column.is_some() { LOOKED_AT } else { i64::try_from(limit + 1).unwrap_or(i64::MAX) };
            let mut events = journal::history(conn, &stored.id, &journal::Page { before, limit: most })?;
            let all = i64::try_from(events.len()).unwrap_or(i64::MAX) < most;
            let beyond = events.last().filter(|_| !all).map(|event| event.numero);
            if let Some(column) = column {
                events.retain(|event| changes(event, column));
            }
            let more = events.len() > limit;
            events.truncate(limit);
            // Few changes of a column among many entries: the next page looks further.
            let position = if more { events.last().map(|event| event.numero) } else { beyond };
            let imported = events.iter().filter(|event| event.action == IMPORTED);
            let requests: Vec<String> = imported.map(|event| event.requete.clone()).collect();
            Ok::<_, AppError>((events, imports::of_requests(conn, &who, &requests)?, position))
        })
        .await?;
    let next = position.map(|numero| actor.app.signer.seal(&bound_to, &numero));
    let items = events.into_iter().map(|event| history_entry(actor.who.role, event, &imports)).collect();
    Ok(HttpResponse::Ok().json(Page::<EntreeHistorique> { items, next, total: None }))
}

/// The column whose history is asked for, which this role reads.
fn column(role: Role, name: &str) -> Result<Colonne, AppError> {
    let unknown = || AppError::parameter("colonne", "colonne_inconnue", crate::text::unknown_column(name));
    let column = Colonne::parse(name).ok_or_else(unknown)?;
    may_see(role, "colonne", &[column])?;
    Ok(column)
}

/// Whether an event gave this column another value.
fn changes(event: &journal::Event, column: Colonne) -> bool {
    let values: Option<Values> = event.valeurs.as_deref().and_then(|text| serde_json::from_str(text).ok());
    values.is_some_and(|values| values.apres.contains_key(column.nom()))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Values {
    avant: BTreeMap<String, String>,
    apres: BTreeMap<String, String>,
    annule: Option<String>,
    motif: Option<String>,
}

/// By what a change came.
fn origin(event: &journal::Event) -> OrigineEntree {
    match (event.action.as_str(), event.acteur_genre.as_str()) {
        (IMPORTED | UNDONE, _) => OrigineEntree::Import,
        (_, "jeton") => OrigineEntree::Client,
        (_, "public") => OrigineEntree::Formulaire,
        (_, "systeme") => OrigineEntree::Plateforme,
        _ => OrigineEntree::Ecran,
    }
}

fn history_entry(role: Role, event: journal::Event, imports: &HashMap<String, String>) -> EntreeHistorique {
    let mut values: Values =
        event.valeurs.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let changements = std::mem::take(&mut values.apres)
        .into_iter()
        .filter(|(name, _)| Colonne::parse(name).is_some_and(|column| may_read(role, column)))
        .map(|(colonne, apres)| Changement { avant: values.avant.remove(&colonne).unwrap_or_default(), apres, colonne })
        .collect();
    EntreeHistorique {
        date: rfc3339(event.date),
        origine: origin(&event),
        import_id: imports.get(&event.requete).filter(|_| event.action == IMPORTED).cloned(),
        auteur: event.nom.or(event.client).unwrap_or_else(|| crate::text::author(&event.acteur_genre).to_owned()),
        role: Some(event.role).filter(|role| !role.is_empty()),
        action: event.action,
        annulation: values.annule.is_some(),
        motif: values.motif,
        changements,
    }
}
