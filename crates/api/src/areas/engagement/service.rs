//! Publishing a version, reading what one must accept, accepting it.

use diesel::prelude::*;
use domain::engagement::GenreTexte;
use domain::error::ErrorCode;
use domain::permission::Role;
use serde_json::json;

use crate::clock::{Clock, Moment};
use crate::db::schema::{acceptation, texte_engagement};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::text::engagements;

/// Most acceptances that are read of one account.
const ACCEPTANCES: i64 = 200;

/// A version of a text.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = texte_engagement)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct TextRow {
    pub id: String,
    pub genre: String,
    pub version: i64,
    pub contenu: String,
    pub publie_le: Moment,
}

/// The texts in force for a role, each with the moment the account accepted it.
pub fn required(conn: &mut DbConn, account: &str, role: Role) -> Result<Vec<(TextRow, Option<Moment>)>, DbError> {
    let own = acceptation::texte_id.eq(texte_engagement::id).and(acceptation::compte_id.eq(account));
    let charter = GenreTexte::charte(role).unwrap_or(GenreTexte::Cgu);
    Ok(texte_engagement::table
        .left_join(acceptation::table.on(own))
        .filter(texte_engagement::courant.eq(true))
        .filter(texte_engagement::genre.eq(GenreTexte::Cgu.as_str()).or(texte_engagement::genre.eq(charter.as_str())))
        .order(texte_engagement::genre)
        .select((TextRow::as_select(), acceptation::accepte_le.nullable()))
        .load(conn)?)
}

/// Whether a text in force for a role is still to be accepted by an account.
pub fn owes(conn: &mut DbConn, account: &str, role: Role) -> Result<bool, DbError> {
    let own = acceptation::texte_id.eq(texte_engagement::id).and(acceptation::compte_id.eq(account));
    let charter = GenreTexte::charte(role).unwrap_or(GenreTexte::Cgu);
    let missing: Option<String> = texte_engagement::table
        .left_join(acceptation::table.on(own))
        .filter(texte_engagement::courant.eq(true).and(acceptation::texte_id.nullable().is_null()))
        .filter(texte_engagement::genre.eq_any([GenreTexte::Cgu.as_str(), charter.as_str()]))
        .select(texte_engagement::id)
        .first(conn)
        .optional()?;
    Ok(missing.is_some())
}

/// Every acceptance of an account: text, version, moment; last first.
pub fn history(conn: &mut DbConn, account: &str) -> Result<Vec<(String, i64, Moment)>, DbError> {
    Ok(acceptation::table
        .inner_join(texte_engagement::table.on(texte_engagement::id.eq(acceptation::texte_id)))
        .filter(acceptation::compte_id.eq(account))
        .order((acceptation::accepte_le.desc(), texte_engagement::genre))
        .limit(ACCEPTANCES)
        .select((texte_engagement::genre, texte_engagement::version, acceptation::accepte_le))
        .load(conn)?)
}

/// Accepts a version in force; nothing happens when it was accepted.
pub fn accept(conn: &mut DbConn, clock: &Clock, author: &Author, now: Moment, id: &str) -> Result<(), AppError> {
    let text: Option<(String, i64)> = texte_engagement::table
        .filter(texte_engagement::id.eq(id).and(texte_engagement::courant.eq(true)))
        .select((texte_engagement::genre, texte_engagement::version))
        .first(conn)
        .optional()?;
    let Some((kind, version)) = text else { return Err(AppError::new(ErrorCode::Introuvable)) };
    let done: i64 = acceptation::table.find((&author.id, id)).count().get_result(conn)?;
    if done > 0 {
        return Ok(());
    }
    write_acceptance(conn, &author.id, id, now)?;
    let values = json!({ "texte": kind, "version": version }).to_string();
    let entry = Entry { action: "engagement.accepte", object: "compte", object_id: author.id.clone(), values };
    Ok(journal::append(conn, clock, author, now, vec![entry])?)
}

fn write_acceptance(conn: &mut DbConn, account: &str, id: &str, now: Moment) -> Result<(), DbError> {
    diesel::insert_into(acceptation::table)
        .values((acceptation::compte_id.eq(account), acceptation::texte_id.eq(id), acceptation::accepte_le.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Accepts everything that is in force, for an account of demonstration.
pub fn accept_all(conn: &mut DbConn, account: &str, now: Moment) -> Result<(), DbError> {
    let ids: Vec<String> =
        texte_engagement::table.filter(texte_engagement::courant.eq(true)).select(texte_engagement::id).load(conn)?;
    ids.iter().try_for_each(|id| write_acceptance(conn, account, id, now))
}

/// Publishes a version, in force at once: gives its id and its number.
pub fn publish(
    conn: &mut DbConn,
    clock: &Clock,
    (author, now): (&Author, Moment),
    kind: GenreTexte,
    content: &str,
) -> Result<(String, i64), AppError> {
    let of_kind = texte_engagement::table.filter(texte_engagement::genre.eq(kind.as_str()));
    let last: Option<i64> = of_kind.select(diesel::dsl::max(texte_engagement::version)).first(conn)?;
    let version = last.unwrap_or(0) + 1;
    diesel::update(of_kind).set(texte_engagement::courant.eq(false)).execute(conn)?;
    let id = clock.id();
    diesel::insert_into(texte_engagement::table)
        .values((
            texte_engagement::id.eq(&id),
            texte_engagement::genre.eq(kind.as_str()),
            texte_engagement::version.eq(version),
            texte_engagement::contenu.eq(content),
            texte_engagement::publie_le.eq(now),
            texte_engagement::courant.eq(true),
        ))
        .execute(conn)?;
    let values = json!({ "texte": kind, "version": version }).to_string();
    let entry = Entry { action: "engagement.publie", object: "texte", object_id: id.clone(), values };
    journal::append(conn, clock, author, now, vec![entry])?;
    Ok((id, version))
}

/// Publishes the texts that the program brings, where there is none yet.
pub fn seed(conn: &mut DbConn, clock: &Clock) -> Result<(), AppError> {
    for kind in GenreTexte::ALL {
        let of_kind = texte_engagement::table.filter(texte_engagement::genre.eq(kind.as_str()));
        let known: i64 = of_kind.count().get_result(conn)?;
        if known == 0 {
            let author = Author::system("parcours");
            publish(conn, clock, (&author, clock.now()), kind, engagements::first_version(kind))?;
        }
    }
    Ok(())
}
