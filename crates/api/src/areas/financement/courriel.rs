//! The mails of decisions on the financing. The reason of a refusal is told; that of another decision stays in the journal.

use std::collections::BTreeMap;

use domain::courriel::Evenement;
use domain::enveloppe::{ActionFinancement, est_en_attente};
use serde_json::Value;

use crate::areas::demande::queries::Stored;
use crate::courriels::{self, Values};
use crate::db::{DbConn, DbError};

/// What a decision is, to the people of a demande that is as it was before.
fn event(action: ActionFinancement, stored: &Stored) -> Option<Evenement> {
    match action {
        ActionFinancement::Accorder if est_en_attente(&stored.line, stored.deleted) => {
            Some(Evenement::FinancementPromu)
        }
        ActionFinancement::Accorder => Some(Evenement::FinancementAccorde),
        ActionFinancement::Refuser => Some(Evenement::FinancementRefuse),
        ActionFinancement::MettreEnAttente => Some(Evenement::ListeAttente),
        ActionFinancement::Retirer => Some(Evenement::FinancementRetire),
        ActionFinancement::Rouvrir => None,
    }
}

/// The mails of a decision on these demandes, as they were before it.
pub fn prepare<'a>(
    conn: &mut DbConn,
    action: ActionFinancement,
    reason: &str,
    demandes: impl Iterator<Item = &'a Stored>,
) -> Result<Vec<Value>, DbError> {
    let mut values = Values::new();
    if action == ActionFinancement::Refuser {
        values.insert("motif", reason.to_owned());
    }
    let mut by_event: BTreeMap<Evenement, Vec<&Stored>> = BTreeMap::new();
    for stored in demandes {
        if let Some(event) = event(action, stored) {
            by_event.entry(event).or_default().push(stored);
        }
    }
    let mut mails = Vec::new();
    for (event, demandes) in by_event {
        mails.extend(courriels::prepare(conn, event, &courriels::same(demandes, &values))?);
    }
    Ok(mails)
}
