//! What follows from a decision on the eligibility, whatever the door: the structure is habilitated, the access to the training
//! site is queued or taken back, the batch knows. The three writers of demandes (`create`, `replace_all`, `mark_all`) come here,
//! before their rows are written and after.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use domain::demande::choix::DecisionEligibilite;
use domain::demande::{Colonne, Ligne};
use domain::lot_eligibilite::{Complement, DecisionLot, EtatAcces, acces_du, est_validee};

use super::habilitation::{self, Wanted};
use crate::areas::demande::service::Context;
use crate::db::schema::{acces_bac_a_sable, lot_demande, lot_eligibilite};
use crate::db::{DbConn, DbError, bulk_insert};
use crate::journal::{self, Entry};

/// A demande on both sides of a change.
pub struct Change<'a> {
    /// Id.
    pub id: &'a str,
    /// Id of the structure.
    pub structure: &'a str,
    /// Id of the person.
    pub person: &'a str,
    /// Its columns before, and whether it was deleted; none for a new one.
    pub before: Option<(&'a Ligne, bool)>,
    /// Its columns after: the number of its structure is written in them.
    pub line: &'a mut Ligne,
    /// Whether it is deleted after.
    pub deleted: bool,
}

/// What is to be written once the demandes are.
#[derive(Default)]
pub struct Effects {
    /// Accesses to queue: demande, person, structure.
    queued: Vec<(String, String, String)>,
    /// Demandes whose access is taken back.
    cancelled: Vec<String>,
    /// Demandes by the decision that their batch is to know.
    decided: BTreeMap<&'static str, Vec<String>>,
    /// Entries of the journal.
    pub entries: Vec<Entry>,
}

/// What a change moves, if it moves anything of the eligibility.
struct Moved {
    newly: bool,
    access: Option<bool>,
    decision: Option<&'static str>,
}

impl Moved {
    fn of(change: &Change) -> Self {
        let before =
            |holds: fn(&Ligne, bool) -> bool| change.before.is_some_and(|(line, deleted)| holds(line, deleted));
        let (was, is) = (before(est_validee), est_validee(change.line, change.deleted));
        let (had, has) = (before(acces_du), acces_du(change.line, change.deleted));
        let decision = |line: &Ligne| match DecisionEligibilite::parse(line.get(Colonne::DecisionEligibilite)) {
            Some(DecisionEligibilite::Validee) => DecisionLot::Validee.as_str(),
            Some(DecisionEligibilite::Refusee) => DecisionLot::Refusee.as_str(),
            None => DecisionLot::ADecider.as_str(),
        };
        let now = decision(change.line);
        // Somebody trained meanwhile keeps the access; somebody no longer validated loses it.
        let access = if has && !had { Some(true) } else { (was && !is).then_some(false) };
        let decision = change.before.filter(|(line, _)| decision(line) != now).map(|_| now);
        Self { newly: is && !was, access, decision }
    }

    const fn anything(&self) -> bool {
        self.newly || self.access.is_some() || self.decision.is_some()
    }
}

/// Whether a change moves anything of the eligibility.
pub fn moves(change: &Change) -> bool {
    Moved::of(change).anything()
}

/// Habilitates the structures of what is newly validated and writes their number in the lines. Nothing is read of the database
/// when no eligibility moves.
pub fn prepare(conn: &mut DbConn, context: &Context, mut changes: Vec<Change>) -> Result<Effects, DbError> {
    let moved: Vec<Moved> = changes.iter().map(Moved::of).collect();
    if !moved.iter().any(Moved::anything) {
        return Ok(Effects::default());
    }
    // Nobody else decides, opens a batch or gives a number until the transaction ends.
    journal::hold(conn)?;
    let newly = changes.iter().zip(&moved).filter(|(_, moved)| moved.newly);
    let wanted: HashMap<&str, Wanted> = newly.map(|(change, _)| (change.structure, Wanted::of(change.line))).collect();
    let (numbers, entries) = habilitation::ensure(conn, context, &wanted)?;
    let mut effects = Effects { entries, ..Effects::default() };
    for (change, moved) in changes.iter_mut().zip(moved) {
        let id = change.id.to_owned();
        if let Some(number) = numbers.get(change.structure).filter(|_| moved.newly) {
            change.line.set(Colonne::NumeroHabilitation, number);
        }
        match moved.access {
            Some(true) => effects.queued.push((id.clone(), change.person.to_owned(), change.structure.to_owned())),
            Some(false) => effects.cancelled.push(id.clone()),
            None => {}
        }
        if let Some(decision) = moved.decision {
            effects.decided.entry(decision).or_default().push(id);
        }
    }
    Ok(effects)
}

#[derive(Insertable)]
#[diesel(table_name = acces_bac_a_sable, treat_none_as_default_value = false)]
struct AccessRow<'a> {
    demande_id: &'a str,
    personne_id: &'a str,
    structure_id: &'a str,
    etat: &'a str,
    demande_le: crate::clock::Moment,
    maj_le: crate::clock::Moment,
}

impl Effects {
    /// Queues and takes back the accesses, and tells the batches, with the reason that was written.
    pub fn write(&self, conn: &mut DbConn, context: &Context, reason: Option<&str>) -> Result<(), DbError> {
        self.queue(conn, context)?;
        if !self.cancelled.is_empty() {
            let waiting = acces_bac_a_sable::table
                .filter(acces_bac_a_sable::demande_id.eq_any(&self.cancelled))
                .filter(acces_bac_a_sable::etat.eq(EtatAcces::EnFile.as_str()));
            diesel::update(waiting)
                .set((
                    acces_bac_a_sable::etat.eq(EtatAcces::Annule.as_str()),
                    acces_bac_a_sable::maj_le.eq(context.now),
                ))
                .execute(conn)?;
        }
        for (decision, ids) in &self.decided {
            tell_batch(conn, context, ids, decision, reason.unwrap_or_default())?;
        }
        Ok(())
    }

    fn queue(&self, conn: &mut DbConn, context: &Context) -> Result<(), DbError> {
        if self.queued.is_empty() {
            return Ok(());
        }
        let ids: Vec<&str> = self.queued.iter().map(|(id, _, _)| id.as_str()).collect();
        let known = || acces_bac_a_sable::table.filter(acces_bac_a_sable::demande_id.eq_any(&ids));
        let there: Vec<String> = known().select(acces_bac_a_sable::demande_id).load(conn)?;
        diesel::update(known().filter(acces_bac_a_sable::etat.eq(EtatAcces::Annule.as_str())))
            .set((acces_bac_a_sable::etat.eq(EtatAcces::EnFile.as_str()), acces_bac_a_sable::maj_le.eq(context.now)))
            .execute(conn)?;
        let rows: Vec<AccessRow> = self
            .queued
            .iter()
            .filter(|(id, _, _)| !there.contains(id))
            .map(|(id, person, structure)| AccessRow {
                demande_id: id,
                personne_id: person,
                structure_id: structure,
                etat: EtatAcces::EnFile.as_str(),
                demande_le: context.now,
                maj_le: context.now,
            })
            .collect();
        bulk_insert!(conn, acces_bac_a_sable::table, &rows);
        Ok(())
    }
}

/// Tells the open batch what was decided of its demandes. What is to be studied again in a batch that is closed is left to the
/// next one.
fn tell_batch(
    conn: &mut DbConn,
    context: &Context,
    ids: &[String],
    decision: &str,
    reason: &str,
) -> Result<(), DbError> {
    let open = lot_eligibilite::table.filter(lot_eligibilite::clos_le.is_null()).select(lot_eligibilite::id);
    let open: Vec<String> = open.load(conn)?;
    let mine = lot_demande::demande_id.eq_any(ids);
    let reopened = decision == DecisionLot::ADecider.as_str();
    let author = if reopened { "" } else { context.author.id.as_str() };
    let here = lot_demande::table.filter(mine.and(lot_demande::lot_id.eq_any(&open)));
    diesel::update(here)
        .set((
            lot_demande::decision.eq(decision),
            lot_demande::motif.eq(reason),
            lot_demande::auteur_id.eq(author),
            lot_demande::decide_le.eq((!reopened).then_some(context.now)),
        ))
        .execute(conn)?;
    if reopened {
        let decided = [DecisionLot::Validee, DecisionLot::Refusee].map(DecisionLot::as_str);
        let elsewhere = lot_demande::table
            .filter(lot_demande::demande_id.eq_any(ids).and(lot_demande::lot_id.ne_all(&open)))
            .filter(lot_demande::decision.eq_any(decided));
        diesel::update(elsewhere).set(lot_demande::decision.eq(DecisionLot::Reportee.as_str())).execute(conn)?;
    }
    Ok(())
}

/// Tells the batches of a demande that a question was asked of its structure, or answered.
pub fn tell_exchange(conn: &mut DbConn, ids: &[&str], state: Complement) -> Result<(), DbError> {
    let waiting = lot_demande::decision.eq(DecisionLot::ADecider.as_str());
    let waiting = lot_demande::table.filter(lot_demande::demande_id.eq_any(ids).and(waiting));
    diesel::update(waiting).set(lot_demande::complement.eq(state.as_str())).execute(conn)?;
    Ok(())
}
