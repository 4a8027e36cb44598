//! What may be done with links. A link stands under an envelope and never moves to another.

use diesel::prelude::*;
use domain::error::{ErrorCode, FieldError};
use domain::lien::{EtatLien, LIENS_MAX, LienPublic, LienSaisie, SIGNES};
use domain::session::EnveloppeVue;
use domain::text::fr_lien as text;
use serde_json::json;

use crate::access::Perimeter;
use crate::areas::enveloppe::service::{self as enveloppe, Envelope};
use crate::clock::{Clock, Moment, iso_date};
use crate::db::schema::{candidature, lien_candidature};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

/// Who changes a link, and when.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// Who acts.
    pub author: Author,
    /// When.
    pub now: Moment,
    /// What is within reach.
    pub perimeter: Perimeter,
}

#[derive(Queryable, Selectable, Insertable, Debug)]
#[diesel(table_name = lien_candidature, treat_none_as_default_value = false)]
struct LinkRow {
    id: String,
    code: String,
    enveloppe_id: String,
    libelle: String,
    ouvre_le: String,
    ferme_le: String,
    structure: String,
    ferme: bool,
    cree_le: Moment,
    version: i64,
}

/// A link, with the number of candidatures filed by it.
pub struct Link {
    /// Identifier.
    pub id: String,
    /// Version.
    pub version: i64,
    /// What its short address ends with.
    pub code: String,
    /// Its envelope.
    pub envelope: String,
    /// What was set.
    pub settings: LienSaisie,
    /// Candidatures filed by it.
    pub filed: i64,
}

impl Link {
    fn new(row: LinkRow, filed: i64) -> Self {
        let settings = LienSaisie {
            libelle: row.libelle,
            ouvre_le: row.ouvre_le,
            ferme_le: row.ferme_le,
            // Written by us, from what was checked.
            structure: serde_json::from_str(&row.structure).unwrap_or_default(),
            ferme: row.ferme,
        };
        Self { id: row.id, version: row.version, code: row.code, envelope: row.enveloppe_id, settings, filed }
    }
}

/// A code that is drawn: 40 bits, read over the telephone.
fn code(clock: &Clock) -> String {
    let sign = |byte: &u8| SIGNES.get(usize::from(byte & 31)).copied().map_or('2', char::from);
    clock.bytes::<{ domain::lien::CODE }>().iter().map(sign).collect()
}

fn own_envelope(conn: &mut DbConn, context: &Perimeter, id: &str) -> Result<Envelope, AppError> {
    let found = enveloppe::find(conn, id)?.filter(|envelope| context.holds(Some(&envelope.id)));
    found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

fn checked(typed: LienSaisie) -> Result<LienSaisie, AppError> {
    let errors = typed.erreurs();
    if errors.is_empty() {
        Ok(LienSaisie { libelle: typed.libelle.trim().to_owned(), ..typed })
    } else {
        Err(AppError::fields(errors))
    }
}

fn written(typed: &LienSaisie) -> Result<String, AppError> {
    serde_json::to_string(&typed.structure).map_err(|error| AppError::Internal(error.to_string()))
}

fn record(conn: &mut DbConn, context: &Context, action: &'static str, link: &Link) -> Result<(), AppError> {
    let values = json!({ "enveloppe": link.envelope, "code": link.code, "reglages": link.settings }).to_string();
    let entry = Entry { action, object: "lien_candidature", object_id: link.id.clone(), values };
    Ok(journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?)
}

/// The links of an envelope, the last made first.
pub fn list(conn: &mut DbConn, perimeter: &Perimeter, envelope: &str) -> Result<(Envelope, Vec<Link>), AppError> {
    let envelope = own_envelope(conn, perimeter, envelope)?;
    let rows: Vec<LinkRow> = lien_candidature::table
        .filter(lien_candidature::enveloppe_id.eq(&envelope.id))
        .order(lien_candidature::cree_le.desc())
        .then_order_by(lien_candidature::id)
        .limit(LIENS_MAX)
        .select(LinkRow::as_select())
        .load(conn)?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let counted: Vec<(Option<String>, i64)> = candidature::table
        .filter(candidature::lien_id.eq_any(ids))
        .group_by(candidature::lien_id)
        .select((candidature::lien_id, diesel::dsl::count_star()))
        .load(conn)?;
    let filed = |id: &str| counted.iter().find(|(link, _)| link.as_deref() == Some(id)).map_or(0, |(_, n)| *n);
    let links = rows.into_iter().map(|row| {
        let filed = filed(&row.id);
        Link::new(row, filed)
    });
    Ok((envelope, links.collect()))
}

/// Makes a link of an envelope.
pub fn add(
    conn: &mut DbConn,
    context: &Context,
    envelope: &str,
    typed: LienSaisie,
) -> Result<(Envelope, Link), AppError> {
    let envelope = own_envelope(conn, &context.perimeter, envelope)?;
    let typed = checked(typed)?;
    let of_envelope = lien_candidature::table.filter(lien_candidature::enveloppe_id.eq(&envelope.id));
    let made: i64 = of_envelope.count().get_result(conn)?;
    if made >= LIENS_MAX {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::TROP));
    }
    let row = LinkRow {
        id: context.clock.id(),
        code: code(&context.clock),
        enveloppe_id: envelope.id.clone(),
        structure: written(&typed)?,
        libelle: typed.libelle,
        ouvre_le: typed.ouvre_le,
        ferme_le: typed.ferme_le,
        ferme: typed.ferme,
        cree_le: context.now,
        version: 1,
    };
    diesel::insert_into(lien_candidature::table).values(&row).execute(conn)?;
    let link = Link::new(row, 0);
    record(conn, context, "lien.cree", &link)?;
    Ok((envelope, link))
}

/// One link within reach, with its envelope.
pub fn find(conn: &mut DbConn, perimeter: &Perimeter, id: &str) -> Result<(Envelope, Link), AppError> {
    let row: Option<LinkRow> = lien_candidature::table.find(id).select(LinkRow::as_select()).first(conn).optional()?;
    let row = row.filter(|row| perimeter.holds(Some(&row.enveloppe_id)));
    let row = row.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let envelope = own_envelope(conn, perimeter, &row.enveloppe_id)?;
    let filed = candidature::table.filter(candidature::lien_id.eq(id)).count().get_result(conn)?;
    Ok((envelope, Link::new(row, filed)))
}

/// Replaces what was set for a link, as it was read at `expected`; its code does not change.
pub fn change(
    conn: &mut DbConn,
    context: &Context,
    (id, expected): (&str, i64),
    typed: LienSaisie,
) -> Result<(Envelope, Link), AppError> {
    let (envelope, link) = find(conn, &context.perimeter, id)?;
    if link.version != expected {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    let typed = checked(typed)?;
    let at_version = lien_candidature::table.find(id).filter(lien_candidature::version.eq(expected));
    let changed = diesel::update(at_version)
        .set((
            lien_candidature::libelle.eq(&typed.libelle),
            lien_candidature::ouvre_le.eq(&typed.ouvre_le),
            lien_candidature::ferme_le.eq(&typed.ferme_le),
            lien_candidature::structure.eq(written(&typed)?),
            lien_candidature::ferme.eq(typed.ferme),
            lien_candidature::version.eq(expected + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    let link = Link { version: expected + 1, settings: typed, ..link };
    record(conn, context, "lien.modifie", &link)?;
    Ok((envelope, link))
}

/// Whether a link takes candidatures at a moment: its envelope must be open too.
pub fn state(envelope: &Envelope, link: &Link, now: Moment) -> EtatLien {
    if envelope.open() { link.settings.etat(&iso_date(now)) } else { EtatLien::Ferme }
}

fn by_code(conn: &mut DbConn, code: &str) -> Result<Option<(Envelope, Link)>, DbError> {
    let row: Option<LinkRow> = lien_candidature::table
        .filter(lien_candidature::code.eq(code))
        .select(LinkRow::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let envelope = enveloppe::find(conn, &row.enveloppe_id)?;
    Ok(envelope.map(|envelope| (envelope, Link::new(row, 0))))
}

/// What whoever follows a link is shown.
pub fn public_face(conn: &mut DbConn, code: &str, now: Moment) -> Result<LienPublic, AppError> {
    let (envelope, link) = by_code(conn, code)?.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let etat = state(&envelope, &link, now);
    Ok(LienPublic {
        code: link.code,
        libelle: link.settings.libelle,
        etat,
        ouvre_le: link.settings.ouvre_le,
        ferme_le: link.settings.ferme_le,
        structure: link.settings.structure,
        enveloppe: EnveloppeVue::from(envelope),
    })
}

/// The envelope that a candidature filed by a link goes to, and the link; it must take candidatures now.
pub fn followed(conn: &mut DbConn, code: &str, now: Moment) -> Result<(Envelope, String), AppError> {
    let Some((envelope, link)) = by_code(conn, code)? else {
        return Err(AppError::fields(vec![FieldError::new("/lien", "lien_inconnu", crate::text::UNKNOWN_LINK)]));
    };
    match state(&envelope, &link, now) {
        EtatLien::Ouvert => Ok((envelope, link.id)),
        EtatLien::AVenir => {
            Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::link_not_open(&link.settings.ouvre_le)))
        }
        EtatLien::Ferme => Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::LINK_CLOSED)),
    }
}
