//! Demandes that were deleted, and may be restored.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::demande::choisies::DemandeSupprimee;

use crate::access::Perimeter;
use crate::clock::{Moment, rfc3339};
use crate::db::schema::{client_api, compte, demande, journal};
use crate::db::{DbConn, DbError};
use crate::text;

/// To the letter the condition of the index `journal_par_suppression`.
const DELETED: &str = "journal.action = 'demande.supprimee'";

/// A demande that was deleted, restored and deleted again stands once.
const LAST: &str = "NOT EXISTS (SELECT 1 FROM journal ensuite WHERE ensuite.objet_id = journal.objet_id \
                    AND ensuite.numero > journal.numero AND ensuite.action = 'demande.supprimee')";

#[derive(Queryable)]
struct Row {
    numero: i64,
    date: Moment,
    acteur_genre: String,
    compte: Option<String>,
    client: Option<String>,
    id: String,
    prenom: String,
    nom: String,
    structure: String,
}

/// The deleted demandes within reach, the last deleted first, each with the number of the entry that deleted it; `before` is the
/// last of those of the page before.
pub fn list(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<(i64, DemandeSupprimee)>, DbError> {
    let mut query = journal::table
        .inner_join(demande::table.on(demande::id.eq(journal::objet_id)))
        .left_join(compte::table.on(compte::id.eq(journal::acteur_id)))
        .left_join(client_api::table.on(client_api::id.eq(journal::acteur_id)))
        .filter(sql::<Bool>(DELETED))
        .filter(sql::<Bool>(LAST))
        .filter(demande::supprimee.eq(true).and(journal::numero.lt(before.unwrap_or(i64::MAX))))
        .into_boxed();
    if let Perimeter::Envelopes(own) = perimeter {
        query = query.filter(demande::enveloppe_id.eq_any(own).assume_not_null());
    }
    let rows: Vec<Row> = query
        .order(journal::numero.desc())
        .limit(limit)
        .select((
            journal::numero,
            journal::date,
            journal::acteur_genre,
            compte::nom.nullable(),
            client_api::nom.nullable(),
            demande::id,
            demande::prenom,
            demande::nom,
            demande::structure_nom,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(Row::view).collect())
}

impl Row {
    fn view(self) -> (i64, DemandeSupprimee) {
        let auteur = self.compte.or(self.client).unwrap_or_else(|| text::author(&self.acteur_genre).to_owned());
        let view = DemandeSupprimee {
            id: self.id,
            prenom: self.prenom,
            nom: self.nom,
            structure_nom: self.structure,
            supprimee_le: rfc3339(self.date),
            auteur,
        };
        (self.numero, view)
    }
}
