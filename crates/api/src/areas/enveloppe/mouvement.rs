//! Movements of the amounts: one person proposes, another approves. What is engaged never leaves an envelope.

use diesel::prelude::*;
use domain::enveloppe::{EtatMouvement, GenreMouvement, MONTANT_MAX, MouvementSaisie, MouvementVue};
use domain::error::{ErrorCode, FieldError};
use domain::text::fr_enveloppe as text;
use serde_json::json;

use super::gestion::{Context, within_reach};
use super::service;
use crate::access::Perimeter;
use crate::areas::financement::liberation;
use crate::clock::{Moment, rfc3339};
use crate::db::schema::{compte, enveloppe, mouvement_enveloppe};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Entry};

/// A movement.
#[derive(Queryable, Insertable, Clone, Debug)]
#[diesel(table_name = mouvement_enveloppe, treat_none_as_default_value = false)]
struct Row {
    id: String,
    genre: String,
    etat: String,
    enveloppe_id: String,
    vers_id: Option<String>,
    montant: i64,
    motif: String,
    propose_par: String,
    propose_le: Moment,
    decide_par: Option<String>,
    decide_le: Option<Moment>,
}

impl Row {
    /// What each envelope gains, or loses.
    fn gains(&self) -> Vec<(&str, i64)> {
        match &self.vers_id {
            Some(to) => vec![(&self.enveloppe_id, -self.montant), (to, self.montant)],
            None => vec![(&self.enveloppe_id, self.montant)],
        }
    }
}

/// The movements as they are shown, their people named.
fn views(conn: &mut DbConn, rows: Vec<Row>) -> Result<Vec<MouvementVue>, DbError> {
    let people: Vec<&String> =
        rows.iter().flat_map(|row| std::iter::once(&row.propose_par).chain(&row.decide_par)).collect();
    let named = compte::table.filter(compte::id.eq_any(people)).select((compte::id, compte::nom));
    let named: std::collections::HashMap<String, String> = named.load::<(String, String)>(conn)?.into_iter().collect();
    let name = |id: &String| named.get(id).cloned().unwrap_or_default();
    let view = |row: Row| MouvementVue {
        // The database only lets the known codes in.
        genre: GenreMouvement::parse(&row.genre).unwrap_or(GenreMouvement::Avenant),
        etat: EtatMouvement::parse(&row.etat).unwrap_or(EtatMouvement::Refuse),
        propose_par: name(&row.propose_par),
        propose_le: rfc3339(row.propose_le),
        decide_par: row.decide_par.as_ref().map(name),
        decide_le: row.decide_le.map(rfc3339),
        id: row.id,
        enveloppe_id: row.enveloppe_id,
        vers: row.vers_id,
        montant: row.montant,
        motif: row.motif,
    };
    Ok(rows.into_iter().map(view).collect())
}

fn view(conn: &mut DbConn, row: Row) -> Result<MouvementVue, AppError> {
    views(conn, vec![row])?.pop().ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// The movements of an envelope within reach, the last proposed first, before the one of this id.
pub fn list(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    envelope: &str,
    before: Option<String>,
    limit: usize,
) -> Result<Vec<MouvementVue>, AppError> {
    let envelope = within_reach(conn, perimeter, envelope)?.id;
    let concerned = mouvement_enveloppe::enveloppe_id.eq(&envelope).or(mouvement_enveloppe::vers_id.eq(&envelope));
    let mut query = mouvement_enveloppe::table.filter(concerned.assume_not_null()).into_boxed();
    if let Some(id) = before {
        // Ids grow with time.
        query = query.filter(mouvement_enveloppe::id.lt(id));
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = query.order(mouvement_enveloppe::id.desc()).limit(limit).load(conn)?;
    Ok(views(conn, rows)?)
}

fn record(conn: &mut DbConn, context: &Context, action: &'static str, row: &Row) -> Result<(), AppError> {
    let values = json!({
        "mouvement": row.id, "genre": row.genre, "vers": row.vers_id, "montant": row.montant, "motif": row.motif,
    });
    let entry = |id: &str| Entry { action, object: "enveloppe", object_id: id.to_owned(), values: values.to_string() };
    let entries = row.gains().into_iter().map(|(id, _)| entry(id)).collect();
    Ok(journal::append(conn, &context.clock, &context.author, context.now, entries)?)
}

/// Proposes a movement; nothing moves yet.
///
/// # Errors
/// 404 out of reach, 422 when fields are refused.
pub fn propose(
    conn: &mut DbConn,
    context: &Context,
    envelope: &str,
    typed: &MouvementSaisie,
) -> Result<MouvementVue, AppError> {
    let envelope = within_reach(conn, &context.perimeter, envelope)?;
    let mut errors = typed.erreurs(&envelope.id);
    if let Some(to) = &typed.vers
        && service::find(conn, to)?.is_none()
    {
        errors.push(FieldError::new("/vers", "enveloppe_inconnue", text::VERS_INCONNUE));
    }
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let row = Row {
        id: context.clock.id(),
        genre: typed.genre.as_str().to_owned(),
        etat: EtatMouvement::Propose.as_str().to_owned(),
        enveloppe_id: envelope.id,
        vers_id: typed.vers.clone(),
        montant: typed.montant,
        motif: typed.motif.trim().to_owned(),
        propose_par: context.author.id.clone(),
        propose_le: context.now,
        decide_par: None,
        decide_le: None,
    };
    diesel::insert_into(mouvement_enveloppe::table).values(&row).execute(conn)?;
    record(conn, context, "enveloppe.mouvement_propose", &row)?;
    view(conn, row)
}

/// Approves a movement proposed by somebody else, once, or refuses it.
///
/// # Errors
/// 404 when there is none; 409 when it was decided already, when whoever proposed it approves it, and when an amount would
/// fall below what is engaged. Nothing then moves.
pub fn decide(
    conn: &mut DbConn,
    context: &Context,
    id: &str,
    decision: EtatMouvement,
) -> Result<MouvementVue, AppError> {
    journal::hold(conn)?;
    let row: Option<Row> = mouvement_enveloppe::table.find(id).first(conn).optional()?;
    let row = row.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let approved = decision == EtatMouvement::Approuve;
    if approved && row.propose_par == context.author.id {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::DEUX_PERSONNES));
    }
    let proposed = mouvement_enveloppe::etat.eq(EtatMouvement::Propose.as_str());
    let decided = diesel::update(mouvement_enveloppe::table.find(id).filter(proposed))
        .set((
            mouvement_enveloppe::etat.eq(decision.as_str()),
            mouvement_enveloppe::decide_par.eq(&context.author.id),
            mouvement_enveloppe::decide_le.eq(context.now),
        ))
        .execute(conn)?;
    if decided == 0 {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::DEJA_DECIDE));
    }
    if approved {
        for (envelope, gain) in row.gains() {
            shift(conn, envelope, gain)?;
        }
    }
    let action = if approved { "enveloppe.mouvement_approuve" } else { "enveloppe.mouvement_refuse" };
    record(conn, context, action, &row)?;
    for (envelope, _) in row.gains().into_iter().filter(|(_, gain)| approved && *gain > 0) {
        liberation::raised(conn, &context.clock, context.now, envelope)?;
    }
    let (etat, decide_par) = (decision.as_str().to_owned(), Some(context.author.id.clone()));
    view(conn, Row { etat, decide_par, decide_le: Some(context.now), ..row })
}

/// Moves an amount, which stays above what is engaged and below what an amount may be.
fn shift(conn: &mut DbConn, envelope: &str, gain: i64) -> Result<(), AppError> {
    let after = || enveloppe::montant + gain;
    let bounds = after().ge(enveloppe::engage).and(after().le(MONTANT_MAX));
    let moved = diesel::update(enveloppe::table.find(envelope).filter(bounds))
        .set((enveloppe::montant.eq(after()), enveloppe::version.eq(enveloppe::version + 1)))
        .execute(conn)?;
    if moved == 1 {
        return Ok(());
    }
    let left = service::find(conn, envelope)?.map_or(0, |row| row.account().solde.reste());
    let sentence = if gain < 0 { text::sous_engage(left) } else { text::MONTANT_MAXIMUM.to_owned() };
    Err(AppError::detail(ErrorCode::ConflitEtat, sentence))
}
