//! Opening a batch, and reading its work list.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::courriel::Evenement;
use domain::demande::choix::DecisionEligibilite;
use domain::demande::{Colonne, Etape};
use domain::error::ErrorCode;
use domain::lot_eligibilite::{Complement, DecisionLot, LotDemandeVue, LotVue, est_douteux, est_retenu};
use domain::permission::{Role, may_read};
use domain::rules::Constat;
use domain::text::fr_lot as text;
use serde_json::json;

use super::calendrier;
use super::queries::{self, BatchRow, MemberRow};
use crate::areas::demande::queries::{self as demandes, Stored};
use crate::areas::demande::service::{self as demande, Context};
use crate::clock::rfc3339;
use crate::courriels::{self, Fact, Subject, Values};
use crate::db::schema::{lot_demande, lot_eligibilite};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Entry};

/// Whether a batch is due; read before the writer is disturbed.
pub fn is_due(conn: &mut DbConn, now: crate::clock::Moment) -> Result<bool, AppError> {
    Ok(due(conn, now)?.is_some())
}

fn due(conn: &mut DbConn, now: crate::clock::Moment) -> Result<Option<String>, AppError> {
    let Some(schedule) = calendrier::current(conn)? else { return Ok(None) };
    let last = queries::last_due(conn)?.as_deref().map(calendrier::read_day).transpose()?;
    Ok(schedule.due(last, calendrier::day(now)?).map(|day| day.to_string()))
}

/// Opens the batch that is due, if one is. However many openings were missed, one batch is opened; and one only, by however
/// many servers: each holds the journal while it looks.
pub fn open_due(conn: &mut DbConn, context: &Context) -> Result<Option<BatchRow>, AppError> {
    journal::hold(conn)?;
    match due(conn, context.now)? {
        Some(day) => open(conn, context, day, false).map(Some),
        None => Ok(None),
    }
}

/// Opens a batch now, by hand.
///
/// # Errors
/// 409 when nothing waits that the open batch does not have already.
pub fn open_now(conn: &mut DbConn, context: &Context) -> Result<LotVue, AppError> {
    journal::hold(conn)?;
    if !something_new(conn)? {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::RIEN_A_PRENDRE));
    }
    // With its moment: the opening that the schedule promises for this day keeps the day for itself.
    let row = open(conn, context, rfc3339(context.now), true)?;
    one(conn, row)
}

/// One demande that waits and that the open batch does not have.
const NEW: &str = "SELECT d.id AS v FROM demande d WHERE d.supprimee = FALSE AND d.etape = 'eligibilite_en_attente' \
     AND NOT EXISTS (SELECT 1 FROM lot_demande m JOIN lot_eligibilite l ON l.id = m.lot_id \
     WHERE m.demande_id = d.id AND l.clos_le IS NULL) LIMIT 1";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    #[expect(dead_code, reason = "that there is one is enough")]
    v: String,
}

fn something_new(conn: &mut DbConn) -> Result<bool, DbError> {
    Ok(!diesel::sql_query(NEW).load::<Found>(conn)?.is_empty())
}

/// Takes every demande that waits, with what the former batch knew of the information asked for.
const TAKE: &str = "INSERT INTO lot_demande (lot_id, demande_id, rang, decision, complement, motif, auteur_id, decide_le) \
     SELECT $1, d.id, d.rang, 'a_decider', coalesce(m.complement, 'aucun'), '', '', NULL \
     FROM demande d LEFT JOIN lot_demande m ON m.demande_id = d.id AND m.lot_id = $2 \
     WHERE d.supprimee = FALSE AND d.etape = 'eligibilite_en_attente'";

fn open(conn: &mut DbConn, context: &Context, day: String, by_hand: bool) -> Result<BatchRow, AppError> {
    let numero = queries::last_number(conn)? + 1;
    let former: Option<String> = lot_eligibilite::table
        .order(lot_eligibilite::numero.desc())
        .select(lot_eligibilite::id)
        .first(conn)
        .optional()?;
    let former = former.unwrap_or_default();
    let row = BatchRow {
        id: context.clock.id(),
        numero,
        prevu_le: day,
        a_la_main: by_hand,
        ouvert_le: context.now,
        clos_le: None,
    };
    diesel::insert_into(lot_eligibilite::table).values(&row).execute(conn)?;
    let taken =
        diesel::sql_query(TAKE).bind::<Text, _>(row.id.clone()).bind::<Text, _>(former.clone()).execute(conn)?;
    let left = lot_demande::table
        .filter(lot_demande::lot_id.eq(&former).and(lot_demande::decision.eq(DecisionLot::ADecider.as_str())));
    diesel::update(left).set(lot_demande::decision.eq(DecisionLot::Reportee.as_str())).execute(conn)?;
    diesel::update(lot_eligibilite::table.find(&former).filter(lot_eligibilite::clos_le.is_null()))
        .set(lot_eligibilite::clos_le.eq(context.now))
        .execute(conn)?;
    let values = json!({ "numero": numero, "prevu_le": row.prevu_le, "demandes": taken }).to_string();
    let entry =
        Entry { action: "lot_eligibilite.ouvert", object: "lot_eligibilite", object_id: row.id.clone(), values };
    journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?;
    if taken > 0 {
        let date = calendrier::day(row.ouvert_le)?.afficher();
        let values = Values::from([("date", date), ("nombre", taken.to_string())]);
        let fact = Fact { subject: Subject::National, values, detail: String::new() };
        courriels::push(conn, &context.clock, context.now, Evenement::LotOuvert, &[fact])?;
    }
    Ok(row)
}

/// A batch with its counters.
pub fn one(conn: &mut DbConn, row: BatchRow) -> Result<LotVue, AppError> {
    let view = queries::views(conn, vec![row])?.pop();
    view.ok_or_else(|| AppError::Internal("a batch without counters".to_owned()))
}

/// A batch by its id.
///
/// # Errors
/// 404 when there is none.
pub fn find(conn: &mut DbConn, id: &str) -> Result<BatchRow, AppError> {
    queries::find(conn, id)?.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// A page of a work list: what each demande says now, what the rules say of it, what the batch knows. With the rank at which
/// the next page begins after.
pub fn work_list(
    conn: &mut DbConn,
    context: &Context,
    role: Role,
    (lot, search): (&str, &queries::Search),
) -> Result<Vec<(i64, LotDemandeVue)>, AppError> {
    find(conn, lot)?;
    let members = queries::members(conn, lot, search)?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = members.iter().map(|member| member.demande_id.clone()).collect();
    let stored = demandes::find_all(conn, &ids)?;
    let constats = demande::evaluate_all(conn, &context.territories, &stored)?;
    let mut known: HashMap<String, (Stored, Vec<Constat>)> =
        stored.into_iter().zip(constats).map(|(one, constats)| (one.id.clone(), (one, constats))).collect();
    let authors: Vec<&str> = members.iter().map(|member| member.auteur_id.as_str()).collect();
    let names = queries::names(conn, &authors)?;
    let views = members.into_iter().filter_map(|member| {
        let (stored, constats) = known.remove(&member.demande_id)?;
        let author = names.get(&member.auteur_id).cloned().unwrap_or_default();
        Some((member.rang, item(role, member, author, stored, constats)?))
    });
    Ok(views.collect())
}

fn item(
    role: Role,
    member: MemberRow,
    auteur: String,
    stored: Stored,
    constats: Vec<Constat>,
) -> Option<LotDemandeVue> {
    let colonnes = stored.line.iter().filter(|(column, value)| may_read(role, *column) && !value.is_empty());
    let decided = DecisionEligibilite::parse(stored.line.get(Colonne::DecisionEligibilite)).is_some();
    Some(LotDemandeVue {
        id: member.demande_id,
        version: stored.version,
        etape: Etape::parse(stored.line.get(Colonne::Etape))?,
        decision: DecisionLot::parse(&member.decision)?,
        complement: Complement::parse(&member.complement)?,
        motif: member.motif,
        auteur,
        decide_le: member.decide_le.map(rfc3339),
        retenue: !decided && constats.iter().any(est_retenu),
        motif_requis: !decided && constats.iter().any(est_douteux),
        colonnes: colonnes.map(|(column, value)| (column.nom().to_owned(), value.to_owned())).collect(),
        constats,
    })
}
