//! The days on which demandes reached their milestones, beside their rows.

use diesel::prelude::*;
use domain::pilotage::Jalons;

use super::queries::{SEPARATOR, Stored};
use crate::db::schema::demande_jalon;
use crate::db::{DbConn, DbError, bulk_insert};

/// The milestones of a row in one text, for [`read`].
pub fn joined(postgres: bool) -> String {
    let char = if postgres { "chr" } else { "char" };
    format!(
        "concat_ws({char}(31), financement_le, eligibilite_le, presence_le, habilitation_le, motif_refus) AS jalons"
    )
}

/// The milestones of a text of [`joined`]; a demande that has no row there has none.
pub fn read(joined: &str) -> Jalons {
    let mut parts = joined.split(SEPARATOR).map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    Jalons { financement: next(), eligibilite: next(), presence: next(), habilitation: next(), motif: next() }
}

#[derive(Insertable)]
#[diesel(table_name = demande_jalon, treat_none_as_default_value = false)]
struct MilestoneRow<'a> {
    demande_id: &'a str,
    financement_le: &'a str,
    eligibilite_le: &'a str,
    presence_le: &'a str,
    habilitation_le: &'a str,
    motif_refus: &'a str,
}

/// Writes the milestones of demandes whose milestones have changed.
pub fn write(conn: &mut DbConn, changed: &[&Stored]) -> Result<(), DbError> {
    if changed.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = changed.iter().map(|stored| stored.id.as_str()).collect();
    diesel::delete(demande_jalon::table.filter(demande_jalon::demande_id.eq_any(ids))).execute(conn)?;
    let known = changed.iter().filter(|stored| stored.milestones != Jalons::default());
    let rows: Vec<MilestoneRow<'_>> = known
        .map(|stored| MilestoneRow {
            demande_id: &stored.id,
            financement_le: &stored.milestones.financement,
            eligibilite_le: &stored.milestones.eligibilite,
            presence_le: &stored.milestones.presence,
            habilitation_le: &stored.milestones.habilitation,
            motif_refus: &stored.milestones.motif,
        })
        .collect();
    bulk_insert!(conn, demande_jalon::table, &rows);
    Ok(())
}
