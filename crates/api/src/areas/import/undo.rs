//! Undoing what an import wrote, batch by batch from the last. What has changed since is left as it is, and counted.

use domain::demande::Colonne;

use super::queries;
use super::report::{self, Effect};
use crate::areas::demande::queries::{self as demandes, Stored};
use crate::areas::demande::service::{self as demande, Context};
use crate::areas::enveloppe::registre;
use crate::db::DbConn;
use crate::error::AppError;

/// Undoes one effect; whether it could be.
fn undo(conn: &mut DbConn, context: &Context, stored: Stored, effect: &Effect) -> Result<bool, AppError> {
    if stored.deleted {
        // Deleted since: a creation is undone already, a change no longer matters.
        return Ok(true);
    }
    if !demande::untouched_since(conn, &stored, effect.version)? {
        return Ok(false);
    }
    let Some(before) = &effect.avant else {
        demande::mark(conn, context, &stored, true)?;
        return Ok(true);
    };
    let mut line = stored.line.clone();
    for (name, value) in before {
        if let Some(column) = Colonne::parse(name) {
            line.set(column, value.as_str());
        }
    }
    match demande::replace(conn, context, "demande.import_defait", stored, line) {
        Ok(_undone) => Ok(true),
        // The money that the import gave back is somebody else's now.
        Err(AppError::Problem(problem)) if registre::is_overrun(&problem) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Undoes a batch, in the caller's transaction; answers how many demandes could not be. What could not stays written in
/// the batch, so that an undoing that is taken up again counts it again.
pub fn batch(conn: &mut DbConn, context: &Context, import: &str, number: i64) -> Result<u64, AppError> {
    let Some(lot) = queries::lot(conn, import, number)? else { return Ok(0) };
    let effects = report::effects(&lot.effets);
    if effects.is_empty() {
        return Ok(0);
    }
    let ids: Vec<String> = effects.iter().map(|effect| effect.id.clone()).collect();
    let mut stored: std::collections::HashMap<String, Stored> =
        demandes::find_all(conn, &ids)?.into_iter().map(|one| (one.id.clone(), one)).collect();
    let (mut left, mut kept) = (String::new(), 0);
    // The last first, should a demande stand twice.
    for effect in effects.iter().rev() {
        let Some(one) = stored.remove(&effect.id) else { continue };
        if !undo(conn, context, one, effect)? {
            kept += 1;
            report::push_json(&mut left, effect);
        }
    }
    queries::set_effects(conn, import, number, &left)?;
    Ok(kept)
}
