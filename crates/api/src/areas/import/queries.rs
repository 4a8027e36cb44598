//! Reads and writes of imports, of their reports, and of the demandes that their lines name.

use diesel::prelude::*;
use domain::enveloppe::EtatEnveloppe;
use domain::import::EtatImport;

use super::rows::{ImportRow, LotRow, code};
use crate::access::Perimeter;
use crate::areas::demande::cells;
use crate::areas::demande::selection::Sql;
use crate::clock::Moment;
use crate::db::schema::{
    client_api, client_api_enveloppe, compte_enveloppe, correspondance_import, enveloppe, import, import_lot,
};
use crate::db::{DbConn, DbError};

/// Registers an import.
pub fn insert(conn: &mut DbConn, row: &ImportRow) -> Result<(), DbError> {
    diesel::insert_into(import::table).values(row).execute(conn)?;
    Ok(())
}

/// One import.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<ImportRow>, DbError> {
    Ok(import::table.find(id).select(ImportRow::as_select()).first(conn).optional()?)
}

/// Which imports to list, the last first.
pub struct Listed {
    /// Those of this author; all of them without one.
    pub author: Option<(&'static str, String)>,
    /// Only what is older than this moment and this id.
    pub before: Option<(Moment, String)>,
    /// Most imports.
    pub limit: i64,
}

/// Imports, the last first.
pub fn list(conn: &mut DbConn, wanted: &Listed) -> Result<Vec<ImportRow>, DbError> {
    let mut query = import::table.into_boxed();
    if let Some((kind, id)) = &wanted.author {
        query = query.filter(import::acteur_genre.eq(*kind).and(import::acteur_id.eq(id)));
    }
    if let Some((moment, id)) = &wanted.before {
        let same = import::cree_le.eq(*moment).and(import::id.lt(id));
        query = query.filter(import::cree_le.lt(*moment).or(same));
    }
    let order = (import::cree_le.desc(), import::id.desc());
    Ok(query.order(order).limit(wanted.limit).select(ImportRow::as_select()).load(conn)?)
}

/// The imports that these requests sent, by request.
pub fn of_requests(conn: &mut DbConn, requests: &[String]) -> Result<Vec<ImportRow>, DbError> {
    let sent = import::table.filter(import::requete.eq_any(requests).and(import::essai.eq(false)));
    Ok(sent.select(ImportRow::as_select()).load(conn)?)
}

/// What a stop has left to do, oldest first: imports to read, and finished ones whose undoing was asked for.
pub fn pending(conn: &mut DbConn) -> Result<Vec<ImportRow>, DbError> {
    let waiting = [code(EtatImport::EnAttente), code(EtatImport::EnCours)];
    let undone = import::etat.eq(code(EtatImport::Termine)).and(import::arret_demande.eq(true));
    Ok(import::table
        .filter(import::etat.eq_any(waiting).or(undone))
        .order((import::cree_le, import::id))
        .select(ImportRow::as_select())
        .load(conn)?)
}

/// Changes the state, when it is still `from`.
pub fn turn(
    conn: &mut DbConn,
    id: &str,
    from: EtatImport,
    to: EtatImport,
    ended: Option<Moment>,
) -> Result<bool, DbError> {
    let changed = diesel::update(import::table.filter(import::id.eq(id).and(import::etat.eq(code(from)))))
        .set((import::etat.eq(code(to)), import::termine_le.eq(ended), import::version.eq(import::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Asks for a running import to stop, or for a finished one to be undone.
pub fn ask_stop(conn: &mut DbConn, id: &str, asked: bool) -> Result<(), DbError> {
    diesel::update(import::table.find(id))
        .set((import::arret_demande.eq(asked), import::version.eq(import::version + 1)))
        .execute(conn)?;
    Ok(())
}

/// Whether a stop was asked for.
pub fn stop_asked(conn: &mut DbConn, id: &str) -> Result<bool, DbError> {
    Ok(import::table.find(id).select(import::arret_demande).first(conn)?)
}

/// Says why an import ended otherwise than hoped.
pub fn explain(conn: &mut DbConn, id: &str, sentence: &str) -> Result<(), DbError> {
    diesel::update(import::table.find(id)).set(import::erreur.eq(sentence)).execute(conn)?;
    Ok(())
}

/// Records the columns that were not recognised.
pub fn unknown_columns(conn: &mut DbConn, id: &str, json: &str) -> Result<(), DbError> {
    diesel::update(import::table.find(id)).set(import::colonnes_inconnues.eq(json)).execute(conn)?;
    Ok(())
}

/// Records the sheets that were not read.
pub fn ignored_sheets(conn: &mut DbConn, id: &str, json: &str) -> Result<(), DbError> {
    diesel::update(import::table.find(id)).set(import::feuilles_ignorees.eq(json)).execute(conn)?;
    Ok(())
}

/// What a batch adds to the counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Created.
    pub created: i64,
    /// Changed.
    pub changed: i64,
    /// Already so.
    pub unchanged: i64,
    /// Refused.
    pub rejected: i64,
}

/// Adds a batch to the counters of a running import.
pub fn advance(conn: &mut DbConn, id: &str, counts: Counts, position: i64) -> Result<(), DbError> {
    let lines = counts.created + counts.changed + counts.unchanged + counts.rejected;
    diesel::update(import::table.find(id))
        .set((
            import::octets_lus.eq(position),
            import::lignes.eq(import::lignes + lines),
            import::creees.eq(import::creees + counts.created),
            import::modifiees.eq(import::modifiees + counts.changed),
            import::inchangees.eq(import::inchangees + counts.unchanged),
            import::rejetees.eq(import::rejetees + counts.rejected),
            import::version.eq(import::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps the report of a batch.
pub fn insert_lot(conn: &mut DbConn, lot: &LotRow) -> Result<(), DbError> {
    diesel::insert_into(import_lot::table).values(lot).execute(conn)?;
    Ok(())
}

/// Number of the last batch written; 0 holds the header line only.
pub fn last_lot(conn: &mut DbConn, id: &str) -> Result<Option<i64>, DbError> {
    let last = import_lot::table.filter(import_lot::import_id.eq(id)).select(diesel::dsl::max(import_lot::numero));
    Ok(last.first(conn)?)
}

/// One batch.
pub fn lot(conn: &mut DbConn, id: &str, number: i64) -> Result<Option<LotRow>, DbError> {
    Ok(import_lot::table.find((id, number)).select(LotRow::as_select()).first(conn).optional()?)
}

/// Replaces what remains to undo in a batch.
pub fn set_effects(conn: &mut DbConn, id: &str, number: i64, effects: &str) -> Result<(), DbError> {
    diesel::update(import_lot::table.find((id, number))).set(import_lot::effets.eq(effects)).execute(conn)?;
    Ok(())
}

/// What one of these organisations chose for these headers.
pub fn mapping(conn: &mut DbConn, organisations: &[String], headers: &str) -> Result<Option<String>, DbError> {
    let known = correspondance_import::table
        .filter(correspondance_import::organisation.eq_any(organisations))
        .filter(correspondance_import::entetes.eq(headers))
        .order(correspondance_import::organisation);
    Ok(known.select(correspondance_import::correspondance).first(conn).optional()?)
}

/// Remembers what an organisation chose for these headers.
pub fn remember(conn: &mut DbConn, organisation: &str, headers: &str, mapping: &str) -> Result<(), DbError> {
    let known = correspondance_import::table.find((organisation, headers));
    let set = correspondance_import::correspondance.eq(mapping);
    if diesel::update(known).set(set).execute(conn)? == 0 {
        let place = (correspondance_import::organisation.eq(organisation), correspondance_import::entetes.eq(headers));
        diesel::insert_into(correspondance_import::table).values((place, set)).execute(conn)?;
    }
    Ok(())
}

/// A demande that a line may name by its natural key.
#[derive(Debug)]
pub struct Named {
    /// Id.
    pub id: String,
    /// SIRET, e-mail, training.
    pub key: (String, String, String),
    /// Envelope; empty when none.
    pub envelope: String,
}

/// The demandes of these addresses within reach, oldest first.
pub fn by_emails(conn: &mut DbConn, perimeter: &Perimeter, emails: &[String]) -> Result<Vec<Named>, DbError> {
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(conn.is_postgres());
    sql.push(
        "SELECT CAST(rang AS TEXT) AS rang_texte, id, siret, email, formation, coalesce(enveloppe_id, '') AS enveloppe \
         FROM demande WHERE supprimee = FALSE AND ",
    );
    sql.push_in("email", emails);
    let mut rows = cells::load(conn, sql)?;
    // Sorted here: asked to, SQLite would read the whole table in this order rather than look the addresses up.
    rows.sort_by_cached_key(|row| row.number(0));
    let named = rows.into_iter().map(|row| {
        let mut cells = row.0.into_iter().skip(1);
        let mut next = || cells.next().unwrap_or_default();
        Named { id: next(), key: (next(), next(), next()), envelope: next() }
    });
    Ok(named.filter(|one| perimeter.holds(Some(one.envelope.as_str()).filter(|id| !id.is_empty()))).collect())
}

/// The envelopes of an account, or those of a program that the person who answers for it still has.
pub fn own_envelopes(conn: &mut DbConn, kind: &str, id: &str) -> Result<Vec<String>, DbError> {
    if kind == "jeton" {
        let shared = compte_enveloppe::compte_id
            .nullable()
            .eq(client_api::responsable)
            .and(compte_enveloppe::enveloppe_id.eq(client_api_enveloppe::enveloppe_id));
        let own = client_api_enveloppe::table
            .inner_join(client_api::table.on(client_api::id.eq(client_api_enveloppe::client_id)))
            .left_join(compte_enveloppe::table.on(shared))
            .filter(client_api::id.eq(id))
            .filter(client_api::responsable.is_null().or(compte_enveloppe::compte_id.nullable().is_not_null()))
            .select(client_api_enveloppe::enveloppe_id);
        return Ok(own.load(conn)?);
    }
    let own = compte_enveloppe::table.filter(compte_enveloppe::compte_id.eq(id)).select(compte_enveloppe::enveloppe_id);
    Ok(own.load(conn)?)
}

/// Open envelopes within reach, with their départements.
pub fn open_envelopes(conn: &mut DbConn, perimeter: &Perimeter) -> Result<Vec<(String, String)>, DbError> {
    let mut query = enveloppe::table.filter(enveloppe::etat.eq(EtatEnveloppe::Ouverte.as_str())).into_boxed();
    if let Perimeter::Envelopes(own) = perimeter {
        query = query.filter(enveloppe::id.eq_any(own.clone()));
    }
    Ok(query.select((enveloppe::departement, enveloppe::id)).load(conn)?)
}
