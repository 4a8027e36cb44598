//! Which envelope a demande goes to.

use diesel::prelude::*;
use domain::error::{ErrorCode, FieldError};
use domain::session::EnveloppeVue;

use crate::access::Perimeter;
use crate::db::schema::enveloppe;
use crate::db::{DbConn, DbError};
use crate::error::AppError;

/// An envelope.
#[derive(Queryable, Insertable, Clone, Debug)]
#[diesel(table_name = enveloppe, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct Envelope {
    pub id: String,
    pub departement: String,
    pub annee: i64,
    pub recipiendaire: String,
    pub libelle: String,
    pub ouverte: bool,
}

impl From<Envelope> for EnveloppeVue {
    fn from(row: Envelope) -> Self {
        Self {
            id: row.id,
            libelle: row.libelle,
            departement: row.departement,
            annee: row.annee,
            recipiendaire: row.recipiendaire,
            ouverte: row.ouverte,
        }
    }
}

/// One envelope.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<Envelope>, DbError> {
    Ok(enveloppe::table.find(id).first(conn).optional()?)
}

/// The envelopes within reach, by département and year.
pub fn within(conn: &mut DbConn, perimeter: &Perimeter) -> Result<Vec<Envelope>, DbError> {
    let mut query = enveloppe::table.into_boxed();
    if let Perimeter::Envelopes(own) = perimeter {
        query = query.filter(enveloppe::id.eq_any(own.clone()));
    }
    let order = (enveloppe::departement, enveloppe::annee.desc(), enveloppe::id);
    Ok(query.order(order).limit(1_000).load(conn)?)
}

/// The one open envelope of a département; none when there is none or when several leave a doubt.
pub fn open_of_department(conn: &mut DbConn, department: &str) -> Result<Option<Envelope>, DbError> {
    let mut open: Vec<Envelope> = enveloppe::table
        .filter(enveloppe::departement.eq(department).and(enveloppe::ouverte.eq(true)))
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
        Some(envelope) if envelope.ouverte => Ok(envelope),
        Some(_) => Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::ENVELOPE_CLOSED)),
        None => {
            Err(AppError::fields(vec![FieldError::new("/enveloppe", "enveloppe_inconnue", crate::text::UNKNOWN_LINK)]))
        }
    }
}
