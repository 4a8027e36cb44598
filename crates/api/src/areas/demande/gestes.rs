//! What a person did to demandes, request by request, read from the journal; and its undoing, demande by demande: what has
//! changed since is left as it is, and told.

use std::collections::{BTreeMap, HashMap};

use domain::demande::colonne::Ecriture;
use domain::demande::lot::{ANNULABLE_JOURS, Geste, LotTraite};
use domain::demande::{Colonne, Ligne};
use domain::error::ErrorCode;
use domain::permission::{Door, may_write};
use domain::text::fr_enveloppe;
use serde::Deserialize;

use super::lots::{self, Step, Work};
use super::queries::Stored;
use super::service;
use crate::clock::{Moment, rfc3339};
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal;
use crate::text::lots as text;

/// The values of an entry.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Values {
    avant: BTreeMap<String, String>,
    apres: BTreeMap<String, String>,
    annule: Option<String>,
}

impl Values {
    fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

/// What one request did to one demande, its entries put together.
#[derive(Default)]
struct Deed {
    created: bool,
    /// Whether it was deleted (`true`) or restored, at the end.
    marked: Option<bool>,
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
    /// Whether the values of an entry have been erased.
    erased: bool,
}

impl Deed {
    fn add(&mut self, action: &str, values: Option<&str>) {
        self.erased |= values.is_none_or(str::is_empty);
        let values = values.map(Values::read).unwrap_or_default();
        match action {
            "demande.creee" => self.created = true,
            "demande.supprimee" => self.marked = Some(true),
            "demande.restauree" => self.marked = Some(false),
            _ => {
                for (column, value) in values.avant {
                    self.before.entry(column).or_insert(value);
                }
                self.after.extend(values.apres);
            }
        }
    }

    /// What undoes it; a cell that somebody has changed since stops it.
    fn undo(&self, conn: &mut DbConn, work: &Work, stored: &Stored) -> Result<Step, AppError> {
        if self.erased {
            return Err(AppError::detail(ErrorCode::ConflitEtat, text::ERASED));
        }
        let deleted = self.created || self.marked == Some(true);
        if deleted && self.created == stored.deleted {
            // Created and gone since, or deleted and back since: it is undone already.
            return Ok(Step::Keep(Box::new(stored.clone())));
        }
        if self.created {
            return if service::untouched_since(conn, stored, 1)? {
                Ok(Step::Mark(Box::new(stored.clone()), true))
            } else {
                Err(AppError::detail(ErrorCode::ConflitEtat, text::CHANGED_SINCE))
            };
        }
        match self.marked {
            Some(true) => Ok(Step::Mark(Box::new(stored.clone()), false)),
            Some(false) if !stored.deleted => Ok(Step::Mark(Box::new(stored.clone()), true)),
            Some(false) => Ok(Step::Keep(Box::new(stored.clone()))),
            None => self.write_back(work, stored),
        }
    }

    fn write_back(&self, work: &Work, stored: &Stored) -> Result<Step, AppError> {
        if stored.deleted {
            return Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::DELETED));
        }
        let mut line = stored.line.clone();
        for (column, before, after) in self.columns() {
            let present = stored.line.get(column);
            if present == before {
                continue;
            }
            if present != after {
                return Err(AppError::detail(ErrorCode::ConflitEtat, text::changed_since(column)));
            }
            if !may_write(work.role, column, Door::Change) {
                return Err(AppError::new(ErrorCode::NonAutorise));
            }
            line.set(column, before);
        }
        if line == stored.line {
            return Ok(Step::Keep(Box::new(stored.clone())));
        }
        let line: Ligne = service::validate(line)?;
        Ok(Step::Change(Box::new((stored.clone(), line))))
    }

    /// The columns that somebody wrote, before and after; those that are worked out follow.
    fn columns(&self) -> impl Iterator<Item = (Colonne, &str, &str)> {
        self.after.iter().filter_map(|(name, after)| {
            let column = Colonne::parse(name).filter(|one| one.description().ecriture != Ecriture::Calculee)?;
            Some((column, self.before.get(name).map_or("", String::as_str), after.as_str()))
        })
    }
}

/// Undoes what this person did in this request.
///
/// # Errors
/// 404 when she did nothing in it, 409 when it was a decision on the financing or more than [`ANNULABLE_JOURS`] days ago, 412 when somebody else was
/// quicker. Nothing is then written.
pub fn undo(conn: &mut DbConn, work: &Work, request: &str, trial: bool) -> Result<LotTraite, AppError> {
    let entries = journal::gesture(conn, &work.context.author.id, request)?;
    let Some(last) = entries.last() else {
        // What was decided is no gesture: mails have left, and the money given back may be somebody else's.
        let decided = journal::decided(conn, &work.context.author.id, request)?;
        let why = decided.then(|| AppError::detail(ErrorCode::ConflitEtat, fr_enveloppe::PAS_UN_GESTE));
        return Err(why.unwrap_or_else(|| AppError::new(ErrorCode::Introuvable)));
    };
    if last.date < oldest(work.context.now) {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::TOO_OLD));
    }
    let mut order: Vec<String> = Vec::new();
    let mut deeds: HashMap<String, Deed> = HashMap::new();
    for entry in entries {
        if !deeds.contains_key(&entry.demande) {
            order.push(entry.demande.clone());
        }
        deeds.entry(entry.demande).or_default().add(&entry.action, entry.values.as_deref());
    }
    let known = lots::within_reach(conn, work, &order)?;
    let mut steps = Vec::with_capacity(order.len());
    for id in order {
        let step = match (known.get(&id), deeds.get(&id)) {
            (Some(stored), Some(deed)) => deed.undo(conn, work, stored),
            _ => Err(AppError::new(ErrorCode::Introuvable)),
        };
        steps.push((Some(id), lots::as_problem(step)?));
    }
    lots::finish(conn, work, Some(request), trial, steps)
}

/// From when on a gesture may be undone.
fn oldest(now: Moment) -> Moment {
    now - chrono::Duration::days(ANNULABLE_JOURS)
}

/// The gestures of this person that may be undone, last first, and what the next page begins before.
pub fn list(
    conn: &mut DbConn,
    author: &str,
    now: Moment,
    before: Option<i64>,
    limit: usize,
) -> Result<(Vec<Geste>, Option<i64>), AppError> {
    let asked = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found = journal::gestures(conn, author, before.unwrap_or(i64::MAX), asked)?;
    found.retain(|gesture| gesture.date >= oldest(now));
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|gesture| gesture.last);
    let gestures = found.into_iter().map(|gesture| {
        let [creees, modifiees, supprimees, restaurees] = gesture.counts;
        let annule = gesture.values.as_deref().and_then(|values| Values::read(values).annule);
        let date = rfc3339(gesture.date);
        Geste { id: gesture.request, date, creees, modifiees, supprimees, restaurees, annule }
    });
    Ok((gestures.collect(), next))
}
