//! `/journal`: its entries, and its verification part by part.

use actix_web::{HttpResponse, get};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::error::Problem;
use domain::journal::{DefautJournal, EntreeJournal, GenreDefaut, VerificationJournal};
use domain::page::Page;
use serde::Deserialize;

use super::queries::{self, Line, Search};
use crate::access::Actor;
use crate::access::rights::JournalLire;
use crate::areas::demande::routes::limit;
use crate::clock::{Moment, rfc3339};
use crate::error::AppError;
use crate::http::query::Query;
use crate::journal::{self, Defect, Mark};
use crate::text;

/// Entries verified by one request: a few tens of milliseconds.
const PART: i64 = 5_000;
/// What the cursor of a verification is bound to.
const VERIFICATION: &str = "journal verification";

#[derive(Deserialize, Debug, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
#[derive(Default)]
struct JournalQuery {
    /// Auteur : adresse e-mail ou identifiant d’un compte ou d’un client d’API, `public` ou `systeme`.
    #[param(max_length = 254, example = "anct@demo.example")]
    auteur: String,
    /// Action, ou son début : `session.ouverte`, `session.`…
    #[param(max_length = 60, example = "session.")]
    action: String,
    /// Genre d’objet : `compte`, `demande`…
    #[param(max_length = 60, example = "compte")]
    objet: String,
    /// Identifiant de l’objet.
    #[param(max_length = 60)]
    objet_id: String,
    /// Du jour (UTC, compris), par exemple 2026-03-01.
    #[param(example = "2026-03-01")]
    du: String,
    /// Au jour (UTC, compris).
    #[param(example = "2026-03-31")]
    au: String,
    /// Commencer à cette entrée.
    #[param(minimum = 1)]
    numero: Option<i64>,
    /// Nombre d’entrées, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    cursor: String,
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The beginning of a day, or of the next one.
fn day(name: &str, text: &str, next: bool) -> Result<Option<Moment>, AppError> {
    let Some(text) = some(text) else { return Ok(None) };
    let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    let date = date.and_then(|date| date.checked_add_days(Days::new(u64::from(next))));
    let date = date.ok_or_else(|| AppError::parameter(name, "date_forme", text::ISO_DATE))?;
    Ok(Some(date.and_time(NaiveTime::MIN)))
}

#[utoipa::path(
    tag = "Journal",
    summary = "Lire le journal",
    description = "Qui a fait quoi, et quand, du plus récent au plus ancien. Chaque page examine un nombre borné d’entrées : avec un filtre rare elle peut être courte, ou vide, et avoir une suite.",
    params(JournalQuery),
    responses(
        (status = 200, body = Page<EntreeJournal>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/journal")]
async fn list(actor: Actor<JournalLire>, Query(query): Query<JournalQuery>) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let cursor = query.cursor.clone();
    let criteria = JournalQuery { cursor: String::new(), limit: None, numero: None, ..query };
    let bound_to = format!("{criteria:?}");
    let before = if cursor.is_empty() {
        query.numero.map(|numero| numero.saturating_add(1))
    } else {
        Some(actor.app.signer.open(&bound_to, &cursor)?)
    };
    let search = Search {
        author: some(&criteria.auteur),
        action: some(&criteria.action),
        object: some(&criteria.objet),
        object_id: some(&criteria.objet_id),
        since: day("du", &criteria.du, false)?,
        until: day("au", &criteria.au, true)?,
        before,
        limit: i64::try_from(limit).unwrap_or(i64::MAX),
    };
    let (lines, next) = actor.app.db.read(move |conn| found(conn, search)).await?;
    let next = next.map(|numero| actor.app.signer.seal(&bound_to, &numero));
    let items = lines.into_iter().map(entry).collect();
    Ok(HttpResponse::Ok().json(Page::<EntreeJournal> { items, next, total: None }))
}

/// An address names the account behind it; that of nobody has done nothing.
fn found(conn: &mut crate::db::DbConn, mut search: Search) -> Result<queries::Found, AppError> {
    if let Some(email) = search.author.as_ref().filter(|author| author.contains('@')) {
        let Some(id) = queries::account(conn, &email.to_lowercase())? else { return Ok((Vec::new(), None)) };
        search.author = Some(id);
    }
    Ok(queries::search(conn, &search)?)
}

fn entry(line: Line) -> EntreeJournal {
    EntreeJournal {
        numero: line.numero,
        date: rfc3339(line.date),
        auteur: line.nom.unwrap_or_else(|| text::author(&line.acteur_genre).to_owned()),
        auteur_id: line.acteur_id,
        role: Some(line.role).filter(|role| !role.is_empty()),
        libelle: text::journal::action(&line.action).to_owned(),
        action: line.action,
        objet: line.objet,
        objet_id: line.objet_id,
        requete: line.requete,
        valeurs: line.valeurs,
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VerifyQuery {
    /// Curseur `suite` reçu avec la partie précédente ; absent pour commencer.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Journal",
    summary = "Vérifier le journal",
    description = "Relit la chaîne d’empreintes par parties de 5 000 entrées, et situe ce qui a été modifié, retiré ou ajouté. Rappeler avec `suite` jusqu’à ce qu’elle soit absente.",
    params(VerifyQuery),
    responses(
        (status = 200, body = VerificationJournal, description = "Ce que cette partie a donné"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Curseur refusé"),
    )
)]
#[get("/journal/verification")]
async fn verify(actor: Actor<JournalLire>, Query(query): Query<VerifyQuery>) -> Result<HttpResponse, AppError> {
    let signer = &actor.app.signer;
    let from: Mark =
        if query.cursor.is_empty() { Mark::default() } else { signer.open(VERIFICATION, &query.cursor)? };
    let (part, last) = actor
        .app
        .db
        .read(move |conn| {
            let part = journal::verify_part(conn, from, PART)?;
            Ok::<_, AppError>((part, journal::last(conn)?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(VerificationJournal {
        jusqu_a: part.mark.numero,
        derniere: last,
        defauts: part.defects.iter().map(defect).collect(),
        suite: (!part.ended).then(|| signer.seal(VERIFICATION, &part.mark)),
    }))
}

fn defect(defect: &Defect) -> DefautJournal {
    let (genre, numero) = match defect {
        Defect::Edited(numero) => (GenreDefaut::EntreeModifiee, *numero),
        Defect::ValuesEdited(numero) => (GenreDefaut::ValeursModifiees, *numero),
        Defect::Broken(numero) => (GenreDefaut::EntreesRetirees, *numero),
        Defect::Truncated(numero) => (GenreDefaut::FinRetiree, *numero),
    };
    DefautJournal { genre, numero, message: text::command::defect(defect) }
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(verify).service(list);
}
