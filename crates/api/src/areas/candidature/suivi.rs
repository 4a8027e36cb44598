//! Where a candidature stands, for the structure that filed it: whoever holds the secret of a mailed link, which opens nothing
//! else and may be followed again. The mail of a question has a secret of its own, that opens the demandes it asks about.

use diesel::prelude::*;
use domain::candidature::{SuiviCandidature, SuiviDemande};
use domain::demande::{Etape, Formation};
use domain::error::ErrorCode;
use sha2::{Digest, Sha256};

use crate::areas::eligibilite;
use crate::clock::{Clock, iso_date};
use crate::db::schema::{candidature, demande, echange, enveloppe, structure};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::hex;

/// Page of the mailed link.
pub const PAGE: &str = "/suivi";

/// A secret for a new candidature, and what is stored of it.
pub fn secret(clock: &Clock) -> (String, String) {
    let secret = hex(&clock.bytes::<32>());
    let stored = fingerprint(&secret);
    (secret, stored)
}

fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

/// What a secret opens.
enum Opened {
    /// A candidature, by its reference.
    Candidature(String),
    /// The demandes about which the mail of the secret asked something.
    Demandes(Vec<String>),
}

fn opened(conn: &mut DbConn, secret: &str) -> Result<Opened, AppError> {
    let fingerprint = fingerprint(secret);
    let filed = candidature::table.filter(candidature::suivi.eq(&fingerprint)).select(candidature::reference);
    if let Some(reference) = filed.first(conn).optional()? {
        return Ok(Opened::Candidature(reference));
    }
    let asked = echange::table.filter(echange::suivi.eq(&fingerprint).and(echange::suivi.ne("")));
    let asked: Vec<String> = asked.select(echange::demande_id).distinct().limit(SHOWN).load(conn)?;
    if asked.is_empty() { Err(AppError::new(ErrorCode::Introuvable)) } else { Ok(Opened::Demandes(asked)) }
}

impl Opened {
    fn rows(&self, conn: &mut DbConn) -> Result<Vec<Row>, DbError> {
        let alive = demande::table.filter(demande::supprimee.eq(false)).into_boxed();
        let mine = match self {
            Self::Candidature(reference) => alive.filter(demande::reference.eq(reference.clone())),
            Self::Demandes(ids) => alive.filter(demande::id.eq_any(ids.clone())),
        };
        Ok(mine.order(demande::rang).limit(SHOWN).select(Row::as_select()).load(conn)?)
    }
}

/// Most demandes of a candidature.
const SHOWN: i64 = 200;

#[derive(Queryable, Selectable)]
#[diesel(table_name = demande)]
struct Row {
    id: String,
    prenom: String,
    nom: String,
    formation: String,
    etape: String,
    date_session: String,
    date_demande: String,
    structure_nom: String,
    reference: String,
    enveloppe_id: Option<String>,
}

/// Where what a secret opens stands.
///
/// # Errors
/// 404 when it opens nothing.
pub fn find(conn: &mut DbConn, secret: &str) -> Result<SuiviCandidature, AppError> {
    let opened = opened(conn, secret)?;
    let rows = opened.rows(conn)?;
    let mut head = match &opened {
        Opened::Candidature(reference) => filed(conn, reference)?,
        Opened::Demandes(_) => asked(conn, &rows)?,
    };
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut threads = eligibilite::public_threads(conn, &ids)?;
    for row in rows {
        let (Some(formation), Some(etape)) = (Formation::parse(&row.formation), Etape::parse(&row.etape)) else {
            continue;
        };
        let echanges = threads.remove(&row.id).unwrap_or_default();
        let peut_repondre = eligibilite::takes_answers(&echanges);
        let (prenom, nom, date_session) = (row.prenom, row.nom, row.date_session);
        let id = row.id;
        head.demandes.push(SuiviDemande { id, prenom, nom, formation, etape, date_session, echanges, peut_repondre });
    }
    Ok(head)
}

/// A candidature, without its demandes.
fn filed(conn: &mut DbConn, reference: &str) -> Result<SuiviCandidature, AppError> {
    type Filed = (crate::clock::Moment, String, Option<String>);
    let (filed, structure, recipiendaire): Filed = candidature::table
        .inner_join(structure::table.on(structure::id.eq(candidature::structure_id)))
        .left_join(enveloppe::table.on(candidature::enveloppe_id.eq(enveloppe::id.nullable())))
        .filter(candidature::reference.eq(reference))
        .select((candidature::cree_le, structure::nom, enveloppe::recipiendaire.nullable()))
        .first(conn)?;
    let (reference, deposee_le) = (reference.to_owned(), iso_date(filed));
    Ok(SuiviCandidature { reference, deposee_le, structure, recipiendaire, demandes: Vec::new() })
}

/// The same for demandes about which something was asked, candidature or not.
fn asked(conn: &mut DbConn, rows: &[Row]) -> Result<SuiviCandidature, AppError> {
    let first = rows.first().ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let envelope = first.enveloppe_id.as_deref().unwrap_or_default();
    let holder: Option<String> =
        enveloppe::table.find(envelope).select(enveloppe::recipiendaire).first(conn).optional()?;
    Ok(SuiviCandidature {
        reference: first.reference.clone(),
        deposee_le: first.date_demande.clone(),
        structure: first.structure_nom.clone(),
        recipiendaire: holder,
        demandes: Vec::new(),
    })
}

/// Whether a secret opens this demande.
///
/// # Errors
/// 404 when it opens nothing.
pub fn opens(conn: &mut DbConn, secret: &str, demande: &str) -> Result<bool, AppError> {
    let opened = opened(conn, secret)?;
    Ok(opened.rows(conn)?.iter().any(|row| row.id == demande))
}
