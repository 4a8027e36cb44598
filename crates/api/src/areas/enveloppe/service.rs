//! Which envelope a demande goes to.

use diesel::prelude::*;
use domain::enveloppe::EtatEnveloppe;
use domain::error::{ErrorCode, FieldError};

pub use super::rows::Envelope;
use crate::access::Perimeter;
use crate::db::schema::enveloppe;
use crate::db::{DbConn, DbError};
use crate::error::AppError;

/// One envelope.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<Envelope>, DbError> {
    Ok(enveloppe::table.find(id).first(conn).optional()?)
}

/// The one open envelope of a département; none when there is none or when several leave a doubt.
pub fn open_of_department(conn: &mut DbConn, department: &str) -> Result<Option<Envelope>, DbError> {
    let mut open: Vec<Envelope> = enveloppe::table
        .filter(enveloppe::departement.eq(department).and(enveloppe::etat.eq(EtatEnveloppe::Ouverte.as_str())))
        .limit(2)
        .load(conn)?;
    Ok(if open.len() == 1 { open.pop() } else { None })
}

fn refused(code: &str, message: &str) -> AppError {
    AppError::fields(vec![FieldError::new("/enveloppe_id", code, message)])
}

/// The envelope of a demande added by a signed-in caller: the one named, else the only one of the caller, else the open
/// one of the département within reach. A caller who sees everything may leave a demande without envelope.
pub fn choose(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    wanted: Option<&str>,
    department: &str,
) -> Result<Option<String>, AppError> {
    if let Some(id) = wanted {
        let found = find(conn, id)?.filter(|envelope| perimeter.holds(Some(&envelope.id)));
        return match found {
            Some(envelope) => Ok(Some(envelope.id)),
            None => Err(refused("enveloppe_inconnue", crate::text::UNKNOWN_ENVELOPE)),
        };
    }
    match perimeter {
        Perimeter::Envelopes(own) if own.len() == 1 => Ok(own.first().cloned()),
        Perimeter::Envelopes(_) => match open_of_department(conn, department)? {
            Some(envelope) if perimeter.holds(Some(&envelope.id)) => Ok(Some(envelope.id)),
            _ => Err(refused("enveloppe_a_preciser", crate::text::WHICH_ENVELOPE)),
        },
        Perimeter::All => Ok(open_of_department(conn, department)?.map(|envelope| envelope.id)),
    }
}

/// The envelope the link of a candidature names; it must be open.
pub fn of_link(conn: &mut DbConn, id: &str) -> Result<Envelope, AppError> {
    match find(conn, id)? {
        Some(envelope) if envelope.open() => Ok(envelope),
        Some(_) => Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::ENVELOPE_CLOSED)),
        None => {
            Err(AppError::fields(vec![FieldError::new("/enveloppe", "enveloppe_inconnue", crate::text::UNKNOWN_LINK)]))
        }
    }
}
