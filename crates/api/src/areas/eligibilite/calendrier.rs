//! When the batches open: the version that holds, and setting another.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::error::{ErrorCode, FieldError};
use domain::lot_eligibilite::{Calendrier, CalendrierSaisi, CalendrierVersion, CalendrierVue};
use domain::text::fr_lot as text;
use domain::values::DateIso;
use serde_json::json;

use super::queries;
use crate::areas::demande::service::Context;
use crate::clock::{Moment, iso_date, rfc3339};
use crate::db::schema::calendrier_eligibilite;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Entry};

/// Versions that are shown.
const SHOWN: i64 = 20;

#[derive(Queryable, Selectable, Insertable, Debug)]
#[diesel(table_name = calendrier_eligibilite, treat_none_as_default_value = false)]
struct VersionRow {
    version: i64,
    premier_jour: String,
    periode: i64,
    auteur_id: String,
    depuis: Moment,
}

/// The day of a moment.
pub fn day(moment: Moment) -> Result<DateIso, AppError> {
    read_day(&iso_date(moment))
}

/// A day that the database holds.
pub fn read_day(text: &str) -> Result<DateIso, AppError> {
    DateIso::parse_iso(text).map_err(|refused| AppError::Internal(format!("{text}: {}", refused.code)))
}

fn versions(conn: &mut DbConn, most: i64) -> Result<Vec<VersionRow>, DbError> {
    let last = calendrier_eligibilite::table.order(calendrier_eligibilite::version.desc());
    Ok(last.limit(most).select(VersionRow::as_select()).load(conn)?)
}

impl VersionRow {
    fn schedule(&self) -> Result<Calendrier, AppError> {
        let premier_jour = read_day(&self.premier_jour)?;
        Ok(Calendrier { premier_jour, periode: self.periode, depuis: day(self.depuis)? })
    }
}

/// The version that holds; none when the table was emptied.
pub fn current(conn: &mut DbConn) -> Result<Option<Calendrier>, AppError> {
    versions(conn, 1)?.first().map(VersionRow::schedule).transpose()
}

/// The day of the next opening (ISO), when one is planned.
pub fn next_opening(conn: &mut DbConn, now: Moment) -> Result<Option<String>, AppError> {
    let Some(held) = current(conn)? else { return Ok(None) };
    let last = queries::last_due(conn)?.as_deref().map(read_day).transpose()?;
    Ok(held.prochaine(last, day(now)?).map(|day| day.to_string()))
}

/// The schedule, with the opening that comes next.
pub fn show(conn: &mut DbConn, now: Moment) -> Result<CalendrierVue, AppError> {
    let rows = versions(conn, SHOWN)?;
    let held = rows.first().ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let last = queries::last_due(conn)?.as_deref().map(read_day).transpose()?;
    let next = held.schedule()?.prochaine(last, day(now)?);
    let ids: Vec<&str> = rows.iter().map(|row| row.auteur_id.as_str()).collect();
    let names = queries::names(conn, &ids)?;
    Ok(CalendrierVue {
        version: held.version,
        premier_jour: held.premier_jour.clone(),
        periode: held.periode,
        prochaine: next.map(|day| day.to_string()),
        versions: rows.iter().map(|row| version_view(row, &names)).collect(),
    })
}

fn version_view(row: &VersionRow, names: &HashMap<String, String>) -> CalendrierVersion {
    let author = names.get(&row.auteur_id).map_or(text::PROGRAMME, String::as_str);
    CalendrierVersion {
        version: row.version,
        premier_jour: row.premier_jour.clone(),
        periode: row.periode,
        depuis: rfc3339(row.depuis),
        auteur: author.to_owned(),
    }
}

/// Sets another version, over the one that was read.
///
/// # Errors
/// 422 when a field is wrong, 412 when somebody else has set one meanwhile.
pub fn set(
    conn: &mut DbConn,
    context: &Context,
    expected: i64,
    typed: &CalendrierSaisi,
) -> Result<CalendrierVue, AppError> {
    let first = typed.valider().map_err(AppError::fields)?;
    // Years that moments do not have would stop the worker.
    if first.annee() < 2_000 {
        return Err(AppError::fields(vec![FieldError::new("/premier_jour", "bornes", text::PREMIER_JOUR)]));
    }
    journal::hold(conn)?;
    let held = versions(conn, 1)?.first().map_or(0, |row| row.version);
    if held != expected {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    let row = VersionRow {
        version: held + 1,
        premier_jour: first.to_string(),
        periode: typed.periode,
        auteur_id: context.author.id.clone(),
        depuis: context.now,
    };
    diesel::insert_into(calendrier_eligibilite::table).values(&row).execute(conn)?;
    let values = json!({ "premier_jour": row.premier_jour, "periode": row.periode }).to_string();
    let object_id = row.version.to_string();
    let entry = Entry { action: "lot_eligibilite.calendrier", object: "calendrier_eligibilite", object_id, values };
    journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?;
    show(conn, context.now)
}
