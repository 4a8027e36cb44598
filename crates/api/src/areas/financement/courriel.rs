//! The mails of a refusal, to the structure and to the professional, with its reason.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::demande::{Colonne, Formation};
use domain::text::fr;
use serde_json::json;

use crate::areas::demande::queries::Stored;
use crate::areas::demande::service::Context;
use crate::db::schema::enveloppe;
use crate::db::{DbConn, DbError};
use crate::outbox;

/// The addresses told of a refusal: each once.
pub fn recipients(stored: &Stored) -> Vec<&str> {
    let professional = stored.line.get(Colonne::Email);
    let structure = stored.line.get(Colonne::StructureEmail);
    let mut to: Vec<&str> = [structure, professional].into_iter().filter(|address| !address.is_empty()).collect();
    to.dedup();
    to
}

/// Queues the mails of these refusals.
pub fn push(conn: &mut DbConn, context: &Context, refused: &[&Stored], reason: &str) -> Result<(), DbError> {
    let names = holders(conn, refused)?;
    for stored in refused {
        let of = |column| stored.line.get(column);
        let training = Formation::parse(of(Colonne::Formation)).map_or("", fr::formation);
        let holder = stored.envelope().and_then(|id| names.get(id)).map_or("", String::as_str);
        for to in recipients(stored) {
            let payload = json!({
                "modele": "financement_refuse", "a": to, "prenom": of(Colonne::Prenom), "nom": of(Colonne::Nom),
                "formation": training, "recipiendaire": holder, "motif": reason,
            });
            outbox::push(conn, &context.clock, context.now, outbox::MAIL, &payload)?;
        }
    }
    Ok(())
}

/// Who holds the envelopes of these demandes.
fn holders(conn: &mut DbConn, refused: &[&Stored]) -> Result<BTreeMap<String, String>, DbError> {
    let mut ids: Vec<&str> = refused.iter().filter_map(|stored| stored.envelope()).collect();
    ids.sort_unstable();
    ids.dedup();
    let named = enveloppe::table.filter(enveloppe::id.eq_any(ids)).select((enveloppe::id, enveloppe::recipiendaire));
    Ok(named.load::<(String, String)>(conn)?.into_iter().collect())
}
