//! Deciding on the financing of demandes: each is weighed in its order, then all that may be done is written in one
//! transaction with its journal and its mails (ENV-2, ENV-3).

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::demande::{Colonne, Ligne};
use domain::enveloppe::{
    ActionFinancement, DEMANDES_MAX, DecisionSaisie, DecisionTraitee, PromotionSaisie, Refus, Registre,
    SelectionSaisie, SoldeVue, appliquer, est_financee, peser_decision,
};
use domain::error::{ErrorCode, FieldError};
use domain::permission::Role;
use domain::rules::Constat;
use domain::text::fr_enveloppe as text;

use super::courriel;
use crate::access::Perimeter;
use crate::areas::demande::decisions::{self, Sorted, Step};
use crate::areas::demande::queries::{self, Stored};
use crate::areas::demande::routes::Criteria;
use crate::areas::demande::service::{self as demande, Context, Deed};
use crate::areas::demande::waiting;
use crate::areas::enveloppe::{registre, service as enveloppe};
use crate::db::DbConn;
use crate::error::AppError;
use crate::outbox;

/// Who decides, and within which reach.
pub struct Work {
    /// Clock, territories, author.
    pub context: Context,
    /// Role of the author.
    pub role: Role,
    /// What is within reach.
    pub perimeter: Perimeter,
}

/// A decision, its form checked.
struct Order<'a> {
    action: ActionFinancement,
    reason: &'a str,
    /// Whether the first one that does not fit stops those behind it.
    in_turn: bool,
    whole: bool,
    trial: bool,
}

/// Decides on demandes, or tries to.
///
/// # Errors
/// 422 when the form is wrong, and when all or nothing is wanted and one is refused; 412 when somebody else was quicker.
pub fn decide(conn: &mut DbConn, work: &Work, typed: &DecisionSaisie) -> Result<DecisionTraitee, AppError> {
    let mut errors = typed.erreurs();
    let reason = typed.motif().unwrap_or_else(|refused| {
        errors.push(refused);
        ""
    });
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let ids = match &typed.selection {
        Some(selection) => selected(conn, work, selection, typed.premieres)?,
        None => typed.demandes.clone().unwrap_or_default(),
    };
    let order = Order {
        action: typed.action,
        reason,
        in_turn: typed.premieres,
        whole: typed.atomique && !typed.premieres,
        trial: typed.essai,
    };
    carry_out(conn, work, &order, ids)
}

/// Grants the demandes of a waiting list, in their order, while the money lasts.
///
/// # Errors
/// 404 when the envelope is not within reach.
pub fn promote(
    conn: &mut DbConn,
    work: &Work,
    envelope: &str,
    typed: &PromotionSaisie,
) -> Result<DecisionTraitee, AppError> {
    let reason = typed.motif().map_err(|refused| AppError::fields(vec![refused]))?;
    let found = enveloppe::find(conn, envelope)?.filter(|one| work.perimeter.holds(Some(&one.id)));
    let found = found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let ids = waiting::in_turn(conn, &found.id, DEMANDES_MAX)?;
    let order = Order { action: ActionFinancement::Accorder, reason, in_turn: true, whole: false, trial: typed.essai };
    carry_out(conn, work, &order, ids)
}

/// The demandes of a filter, in the order of its sort.
fn selected(
    conn: &mut DbConn,
    work: &Work,
    typed: &SelectionSaisie,
    first_only: bool,
) -> Result<Vec<String>, AppError> {
    let criteria = Criteria { filter: typed.filter.clone(), sort: typed.sort.clone(), q: typed.q.clone() };
    let selection = criteria.selection(work.role, work.perimeter.clone()).map_err(in_selection)?;
    let page = queries::page(conn, &selection, &[], None, DEMANDES_MAX + 1)?;
    let mut ids: Vec<String> = page.into_iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Err(AppError::fields(vec![FieldError::new("/selection", "vide", text::PERSONNE)]));
    }
    if ids.len() > DEMANDES_MAX && !first_only {
        return Err(AppError::fields(vec![FieldError::new("/selection", "nombre", text::nombre(DEMANDES_MAX))]));
    }
    ids.truncate(DEMANDES_MAX);
    Ok(ids)
}

/// The refusal of a parameter, as that of a member of the selection.
fn in_selection(error: AppError) -> AppError {
    match error {
        AppError::Problem(problem) => AppError::fields(
            problem
                .errors
                .into_iter()
                .map(|field| FieldError { champ: format!("/selection/{}", field.champ), ..field })
                .collect(),
        ),
        other => other,
    }
}

fn carry_out(conn: &mut DbConn, work: &Work, order: &Order, ids: Vec<String>) -> Result<DecisionTraitee, AppError> {
    let found = queries::find_all(conn, &ids)?.into_iter().filter(|one| work.perimeter.holds(one.envelope()));
    let found: Vec<Stored> = found.collect();
    let envelopes: BTreeSet<String> = found.iter().filter_map(|one| one.envelope().map(str::to_owned)).collect();
    let mut registre = registre::load(conn, envelopes.iter().map(String::as_str).collect())?;
    let constats = demande::evaluate_all(conn, &work.context.territories, &found)?;
    let mut known: HashMap<String, (Stored, Vec<Constat>)> =
        found.into_iter().zip(constats).map(|(stored, constats)| (stored.id.clone(), (stored, constats))).collect();
    let mut seen = HashSet::new();
    let mut full = HashSet::new();
    let mut steps = Vec::with_capacity(ids.len());
    for id in ids {
        let step = match known.remove(&id) {
            Some((stored, constats)) => weigh(order, &mut registre, &mut full, stored, &constats),
            None if seen.contains(&id) => Step::refuse("deja_dans_la_liste", ErrorCode::DejaExistant, text::DEUX_FOIS),
            None => Step::unknown(),
        };
        seen.insert(id.clone());
        steps.push((id, step));
    }
    if order.whole && !order.trial {
        decisions::refuse_all(&steps)?;
    }
    finish(conn, work, order, &registre, &envelopes, steps)
}

/// What becomes of one demande: its cost is entered at once, so that those behind it find what is then left.
fn weigh(
    order: &Order,
    registre: &mut Registre,
    full: &mut HashSet<String>,
    stored: Stored,
    constats: &[Constat],
) -> Step {
    let account = stored.envelope().and_then(|id| registre.compte(id));
    let state = account.as_ref().map(|account| account.etat);
    let reason = !order.reason.is_empty();
    let told = |refus: Refus| Step::refuse(refus.code(), ErrorCode::ConflitEtat, text::refus(&refus));
    match peser_decision(order.action, &stored.line, stored.deleted, state, constats, reason) {
        Err(refus) => return told(refus),
        Ok(false) => return Step::Keep(stored.version),
        Ok(true) => {}
    }
    let mut line = stored.line.clone();
    appliquer(order.action, &mut line);
    if est_financee(&line, false) {
        let envelope = line.get(Colonne::EnveloppeId);
        if full.contains(envelope) {
            return Step::refuse("apres", ErrorCode::ConflitEtat, text::APRES);
        }
        let price = registre.prix(Some(stored.entered()), &line);
        if let Some(Err(excess)) = account.map(|account| account.solde.tient(price)) {
            if order.in_turn {
                full.insert(envelope.to_owned());
            }
            return told(Refus::Montant(excess));
        }
    }
    registre.inscrire(Some(stored.entered()), &line, false);
    Step::Change(Box::new((stored, line)))
}

/// Writes what may be done, unless it is a trial, and tells what became of each.
fn finish(
    conn: &mut DbConn,
    work: &Work,
    order: &Order,
    registre: &Registre,
    envelopes: &BTreeSet<String>,
    steps: Vec<(String, Step)>,
) -> Result<DecisionTraitee, AppError> {
    let Sorted { mut results, places, changes } = decisions::sort(steps);
    let mails = courriel::prepare(conn, order.action, order.reason, changes.iter().map(|(stored, _)| stored))?;
    if !order.trial {
        outbox::push_all(conn, &work.context.clock, work.context.now, outbox::MAIL, &mails)?;
        let written = write(conn, work, order, changes)?;
        for (place, (stored, columns)) in places.into_iter().zip(written) {
            if let Some(result) = results.get_mut(place) {
                (result.version, result.colonnes) = (Some(stored.version), columns);
            }
        }
    }
    let accounts = envelopes.iter().filter_map(|id| {
        let account = registre.compte(id)?;
        Some(SoldeVue::new(id, &account.solde, account.cible))
    });
    Ok(DecisionTraitee::compter(order.trial, mails.len(), accounts.collect(), results))
}

/// A demande as it then is, and its columns that have changed.
type Written = (Stored, std::collections::BTreeMap<String, String>);

fn write(
    conn: &mut DbConn,
    work: &Work,
    order: &Order,
    changes: Vec<(Stored, Ligne)>,
) -> Result<Vec<Written>, AppError> {
    let before: Vec<Ligne> = changes.iter().map(|(stored, _)| stored.line.clone()).collect();
    let reason = Some(order.reason).filter(|reason| !reason.is_empty());
    let deed = Deed { reason, ..Deed::plain(demande::FINANCING) };
    let after = demande::replace_all(conn, &work.context, deed, changes)?;
    let ids: Vec<String> = after.iter().map(|stored| stored.id.clone()).collect();
    queries::forget_declared(conn, &ids, Colonne::DecisionFinancement)?;
    let columns = before.iter().zip(&after).map(|(before, after)| demande::changed(work.role, before, &after.line));
    let columns: Vec<_> = columns.collect();
    Ok(after.into_iter().zip(columns).collect())
}
