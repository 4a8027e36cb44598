//! Where a candidature stands, for the structure that filed it: whoever holds the secret of the mailed link, which opens
//! nothing else and may be followed again.

use diesel::prelude::*;
use domain::candidature::{SuiviCandidature, SuiviDemande};
use domain::demande::{Etape, Formation};
use domain::error::ErrorCode;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, iso_date};
use crate::db::DbConn;
use crate::db::schema::{candidature, demande, enveloppe, structure};
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

/// The candidature behind a secret.
pub fn find(conn: &mut DbConn, secret: &str) -> Result<SuiviCandidature, AppError> {
    type Row = (String, crate::clock::Moment, String, Option<String>);
    let row: Option<Row> = candidature::table
        .inner_join(structure::table.on(structure::id.eq(candidature::structure_id)))
        .left_join(enveloppe::table.on(candidature::enveloppe_id.eq(enveloppe::id.nullable())))
        .filter(candidature::suivi.eq(fingerprint(secret)))
        .select((candidature::reference, candidature::cree_le, structure::nom, enveloppe::recipiendaire.nullable()))
        .first(conn)
        .optional()?;
    let (reference, filed, structure, recipiendaire) = row.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let demandes = demandes(conn, &reference)?;
    Ok(SuiviCandidature { reference, deposee_le: iso_date(filed), structure, recipiendaire, demandes })
}

fn demandes(conn: &mut DbConn, reference: &str) -> Result<Vec<SuiviDemande>, AppError> {
    let rows: Vec<(String, String, String, String, String)> = demande::table
        .filter(demande::supprimee.eq(false).and(demande::reference.eq(reference)))
        .order(demande::rang)
        .limit(200)
        .select((demande::prenom, demande::nom, demande::formation, demande::etape, demande::date_session))
        .load(conn)?;
    let one = |(prenom, nom, formation, etape, date_session): (String, String, String, String, String)| {
        let (formation, etape) = (Formation::parse(&formation)?, Etape::parse(&etape)?);
        Some(SuiviDemande { prenom, nom, formation, etape, date_session })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}
