//! Deciding on the eligibility of the demandes of a batch: each is weighed, then all that may be done is written in one
//! transaction with its journal (BAT-1).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;
use domain::courriel::Evenement;
use domain::demande::{Colonne, Ligne};
use domain::error::ErrorCode;
use domain::lot_eligibilite::{
    ActionEligibilite, DecisionLotSaisie, DecisionLotTraitee, RefusEligibilite, appliquer, peser_eligibilite,
};
use domain::permission::Role;
use domain::rules::Constat;
use domain::text::{fr_enveloppe, fr_lot as text};
use serde_json::Value;

use super::{echange, lots, queries};
use crate::areas::demande::decisions::{self, Sorted, Step};
use crate::areas::demande::queries::{self as demandes, Stored};
use crate::areas::demande::service::{self as demande, Context, Deed};
use crate::areas::enveloppe::registre;
use crate::courriels::{self, Fact, Values};
use crate::db::schema::structure;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::{journal, outbox};

/// Who decides.
pub struct Work {
    /// Clock, territories, author.
    pub context: Context,
    /// Role of the author.
    pub role: Role,
}

/// Decides on demandes of a batch, or tries to.
///
/// # Errors
/// 404 when there is no such batch; 409 when it is closed, or when lifting a refusal exceeds an amount; 422 when the form is
/// wrong, and when all or nothing is wanted and one is refused.
pub fn decide(
    conn: &mut DbConn,
    work: &Work,
    lot: &str,
    typed: &DecisionLotSaisie,
) -> Result<DecisionLotTraitee, AppError> {
    let reason = typed.valider().map_err(AppError::fields)?;
    // What is read below holds until it is written: no batch opens meanwhile.
    journal::hold(conn)?;
    let batch = lots::find(conn, lot)?;
    if batch.clos_le.is_some() && typed.action != ActionEligibilite::Rouvrir {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::LOT_CLOS));
    }
    let steps = weigh_all(conn, work, (lot, reason), typed)?;
    if typed.atomique && !typed.essai {
        decisions::refuse_all(&steps)?;
    }
    finish(conn, work, reason, typed, steps)
}

fn weigh_all(
    conn: &mut DbConn,
    work: &Work,
    (lot, reason): (&str, &str),
    typed: &DecisionLotSaisie,
) -> Result<Vec<(String, Step)>, AppError> {
    let members = queries::among(conn, lot, &typed.demandes)?;
    let stored = if members.is_empty() { Vec::new() } else { demandes::find_all(conn, &members)? };
    let constats = match typed.action {
        ActionEligibilite::Valider => demande::evaluate_all(conn, &work.context.territories, &stored)?,
        _ => vec![Vec::new(); stored.len()],
    };
    let mut known: HashMap<String, (Stored, Vec<Constat>)> =
        stored.into_iter().zip(constats).map(|(one, constats)| (one.id.clone(), (one, constats))).collect();
    let mut seen = HashSet::new();
    let mut steps = Vec::with_capacity(typed.demandes.len());
    for id in &typed.demandes {
        let step = match known.remove(id) {
            Some((stored, constats)) => weigh(typed.action, stored, &constats, !reason.is_empty()),
            None if seen.contains(id) => {
                Step::refuse("deja_dans_la_liste", ErrorCode::DejaExistant, fr_enveloppe::DEUX_FOIS)
            }
            None => Step::unknown(),
        };
        seen.insert(id);
        steps.push((id.clone(), step));
    }
    if typed.action == ActionEligibilite::Rouvrir {
        afford(conn, &mut steps)?;
    }
    Ok(steps)
}

fn weigh(action: ActionEligibilite, stored: Stored, constats: &[Constat], reason: bool) -> Step {
    let told = |refus: RefusEligibilite| Step::refuse(refus.code(), ErrorCode::ConflitEtat, text::refus(&refus));
    if action == ActionEligibilite::Complement && stored.line.get(Colonne::ReferentEmail).is_empty() {
        return Step::refuse("sans_referent", ErrorCode::ConflitEtat, text::SANS_REFERENT);
    }
    match peser_eligibilite(action, &stored.line, stored.deleted, constats, reason) {
        Err(refus) => told(refus),
        Ok(false) => Step::Keep(stored.version),
        Ok(true) => {
            let mut line = stored.line.clone();
            appliquer(action, &mut line);
            Step::Change(Box::new((stored, line)))
        }
    }
}

/// Refuses to lift the refusals whose money is no longer there: each takes from what those before it leave.
fn afford(conn: &mut DbConn, steps: &mut [(String, Step)]) -> Result<(), AppError> {
    let envelopes: BTreeSet<String> = steps
        .iter()
        .filter_map(|(_, step)| match step {
            Step::Change(change) => change.0.envelope().map(str::to_owned),
            _ => None,
        })
        .collect();
    let mut registre = registre::load(conn, envelopes.iter().map(String::as_str).collect())?;
    for (_, step) in steps {
        let Step::Change(change) = step else { continue };
        let (stored, line) = change.as_ref();
        let mut tried = registre.clone();
        tried.inscrire(Some(stored.entered()), line, false);
        match tried.verifier() {
            Ok(()) => registre = tried,
            Err(excess) => {
                let sentence = fr_enveloppe::depassement(&excess);
                *step = Step::refuse(registre::OVERRUN, ErrorCode::ConflitEtat, sentence);
            }
        }
    }
    Ok(())
}

/// Writes what may be done, unless it is a trial, and tells what became of each.
fn finish(
    conn: &mut DbConn,
    work: &Work,
    reason: &str,
    typed: &DecisionLotSaisie,
    steps: Vec<(String, Step)>,
) -> Result<DecisionLotTraitee, AppError> {
    let Sorted { mut results, places, changes } = decisions::sort(steps);
    let new = if typed.action == ActionEligibilite::Valider { unnumbered(conn, &changes)? } else { BTreeSet::new() };
    if typed.action == ActionEligibilite::Complement {
        let asked: Vec<Stored> = changes.into_iter().map(|(stored, _)| stored).collect();
        let mails = if typed.essai {
            echange::asking_mails(conn, &asked, reason)?
        } else {
            echange::ask(conn, &work.context, &asked, reason)?
        };
        return Ok(DecisionLotTraitee::compter(typed.essai, mails, 0, results));
    }
    if typed.essai {
        let decided: Vec<Stored> = changes.into_iter().map(|(stored, _)| stored).collect();
        let mails = mails(conn, typed.action, reason, &decided, &new)?.len();
        return Ok(DecisionLotTraitee::compter(true, mails, new.len(), results));
    }
    let written = write(conn, work, reason, changes)?;
    let (decided, columns): (Vec<Stored>, Vec<_>) = written.into_iter().unzip();
    let mails = mails(conn, typed.action, reason, &decided, &new)?;
    outbox::push_all(conn, &work.context.clock, work.context.now, outbox::MAIL, &mails)?;
    for (place, (stored, columns)) in places.into_iter().zip(decided.iter().zip(columns)) {
        if let Some(result) = results.get_mut(place) {
            (result.version, result.colonnes) = (Some(stored.version), columns);
        }
    }
    Ok(DecisionLotTraitee::compter(false, mails.len(), new.len(), results))
}

/// The mails of a decision on these demandes, and of the habilitation of these structures.
fn mails(
    conn: &mut DbConn,
    action: ActionEligibilite,
    reason: &str,
    decided: &[Stored],
    new: &BTreeSet<String>,
) -> Result<Vec<Value>, DbError> {
    let (event, values) = match action {
        ActionEligibilite::Valider => (Evenement::EligibiliteValidee, Values::new()),
        ActionEligibilite::Refuser => (Evenement::EligibiliteRefusee, Values::from([("motif", reason.to_owned())])),
        ActionEligibilite::Complement | ActionEligibilite::Rouvrir => return Ok(Vec::new()),
    };
    let mut mails = courriels::prepare(conn, event, &courriels::same(decided, &values))?;
    let mut told = BTreeSet::new();
    let first = decided.iter().filter(|one| new.contains(&one.structure) && told.insert(one.structure.as_str()));
    let number = |one: &Stored| {
        // In a trial, no number is given yet: each structure is still told of its own.
        let given = Some(one.line.get(Colonne::NumeroHabilitation)).filter(|number| !number.is_empty());
        Values::from([("numero", given.unwrap_or(&one.structure).to_owned())])
    };
    let habilitated: Vec<Fact> = first.map(|one| Fact::of(one, number(one))).collect();
    mails.extend(courriels::prepare(conn, Evenement::StructureHabilitee, &habilitated)?);
    Ok(mails)
}

/// The structures of these demandes that are not habilitated yet.
fn unnumbered(conn: &mut DbConn, changes: &[(Stored, Ligne)]) -> Result<BTreeSet<String>, DbError> {
    let ids: BTreeSet<&str> = changes.iter().map(|(stored, _)| stored.structure.as_str()).collect();
    let without = structure::table.filter(structure::id.eq_any(ids)).filter(structure::numero_habilitation.is_null());
    Ok(without.select(structure::id).load::<String>(conn)?.into_iter().collect())
}

/// A demande as it then is, and its columns that have changed.
type Written = (Stored, BTreeMap<String, String>);

fn write(
    conn: &mut DbConn,
    work: &Work,
    reason: &str,
    changes: Vec<(Stored, Ligne)>,
) -> Result<Vec<Written>, AppError> {
    let before: Vec<Ligne> = changes.iter().map(|(stored, _)| stored.line.clone()).collect();
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    let deed = Deed { reason, ..Deed::plain(demande::ELIGIBILITY) };
    let after = demande::replace_all(conn, &work.context, deed, changes)?;
    let ids: Vec<String> = after.iter().map(|stored| stored.id.clone()).collect();
    demandes::forget_declared(conn, &ids, Colonne::DecisionEligibilite)?;
    let columns = before.iter().zip(&after).map(|(before, after)| demande::changed(work.role, before, &after.line));
    let columns: Vec<_> = columns.collect();
    Ok(after.into_iter().zip(columns).collect())
}
