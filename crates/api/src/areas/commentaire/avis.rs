//! What each account is told of, and how it wants to be told.

use diesel::prelude::*;
use domain::commentaire::{Avis, Desabonne, GenreAvis, GenreDesabonne, MoyenAvis, PreferencesAvis};
use domain::error::ErrorCode;
use domain::text::fr_commentaire as text;
use serde_json::json;

use super::service::Context;
use crate::access::Perimeter;
use crate::clock::{Moment, rfc3339};
use crate::courriels::refus;
use crate::db::schema::{avis, commentaire, compte, demande, preference_avis};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::outbox;
use crate::seal::Keys;

/// Page of the link at the foot of the mails.
pub const UNSUBSCRIBE_PAGE: &str = "/desabonnement";

/// Somebody who is told of a comment.
pub struct Told {
    /// Account.
    pub account: String,
    /// What of.
    pub genre: GenreAvis,
}

/// Tells of a comment: in the application, and by the mail that each wants.
pub fn tell(
    conn: &mut DbConn,
    context: &Context,
    (demande, comment): (&str, &str),
    told: &[Told],
) -> Result<(), AppError> {
    let accounts: Vec<&str> = told.iter().map(|one| one.account.as_str()).collect();
    let chosen: Vec<(String, String, String)> = preference_avis::table
        .filter(preference_avis::compte_id.eq_any(&accounts))
        .select((preference_avis::compte_id, preference_avis::genre, preference_avis::moyen))
        .load(conn)?;
    let addresses: Vec<(String, String)> =
        compte::table.filter(compte::id.eq_any(&accounts)).select((compte::id, compte::email)).load(conn)?;
    for Told { account, genre } in told {
        let means = chosen
            .iter()
            .find(|(id, kind, _)| id == account && kind == genre.as_str())
            .and_then(|(.., means)| MoyenAvis::parse(means))
            .unwrap_or(genre.moyen_habituel());
        diesel::insert_into(avis::table)
            .values((
                avis::id.eq(context.clock.id()),
                avis::compte_id.eq(account),
                avis::genre.eq(genre.as_str()),
                avis::commentaire_id.eq(comment),
                avis::cree_le.eq(context.now),
                avis::a_resumer.eq(means == MoyenAvis::Resume),
            ))
            .execute(conn)?;
        let address = addresses.iter().find(|(id, _)| id == account).map(|(_, email)| email);
        if let (MoyenAvis::Courriel, Some(email)) = (means, address) {
            let mail = json!({
                "modele": "avis", "a": email, "genre": genre.as_str(), "auteur": context.who.name,
                "chemin": format!("/demandes/{demande}"), "arret": unsubscribe_path(&context.keys, account, *genre),
            });
            outbox::push(conn, &context.clock, context.now, outbox::MAIL, &mail)?;
        }
    }
    Ok(())
}

/// The address by which an account wants no more mail of a kind: it holds its own proof, and may be followed again.
pub fn unsubscribe_path(keys: &Keys, account: &str, genre: GenreAvis) -> String {
    let proof = keys.fingerprints(&proved(account, genre)).into_iter().next().unwrap_or_default();
    format!("{UNSUBSCRIBE_PAGE}#{}.{account}.{proof}", genre.as_str())
}

fn proved(account: &str, genre: GenreAvis) -> String {
    format!("desabonnement {} {account}", genre.as_str())
}

/// No more mail of the kind that this secret names.
pub fn unsubscribe(conn: &mut DbConn, keys: &Keys, secret: &str, now: Moment) -> Result<Desabonne, AppError> {
    let refused = || AppError::detail(ErrorCode::Introuvable, text::LIEN);
    let mut parts = secret.split('.');
    let (Some(genre), Some(account), Some(proof), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refused());
    };
    if genre == refus::KIND {
        let done = refus::refuse(conn, keys, (account, proof), now)?;
        return if done { Ok(Desabonne { genre: GenreDesabonne::Rappel }) } else { Err(refused()) };
    }
    let genre = GenreAvis::parse(genre).ok_or_else(refused)?;
    let same = |one: &String| bool::from(subtle::ConstantTimeEq::ct_eq(one.as_bytes(), proof.as_bytes()));
    if !keys.fingerprints(&proved(account, genre)).iter().any(same) {
        return Err(refused());
    }
    prefer(conn, account, genre, MoyenAvis::Application)?;
    Ok(Desabonne { genre: genre.into() })
}

/// How an account wants to be told.
pub fn preferences(conn: &mut DbConn, account: &str) -> Result<PreferencesAvis, DbError> {
    let chosen: Vec<(String, String)> = preference_avis::table
        .filter(preference_avis::compte_id.eq(account))
        .select((preference_avis::genre, preference_avis::moyen))
        .load(conn)?;
    let mut preferences = PreferencesAvis::default();
    for (genre, means) in chosen {
        if let (Some(genre), Some(means)) = (GenreAvis::parse(&genre), MoyenAvis::parse(&means)) {
            preferences.regler(genre, means);
        }
    }
    Ok(preferences)
}

/// Sets how an account wants to be told of a kind; what waited for a summary that is no longer wanted waits no more.
pub fn prefer(conn: &mut DbConn, account: &str, genre: GenreAvis, means: MoyenAvis) -> Result<(), DbError> {
    let row = (
        preference_avis::compte_id.eq(account),
        preference_avis::genre.eq(genre.as_str()),
        preference_avis::moyen.eq(means.as_str()),
    );
    let known = preference_avis::table.find((account, genre.as_str()));
    if diesel::update(known).set(preference_avis::moyen.eq(means.as_str())).execute(conn)? == 0 {
        diesel::insert_into(preference_avis::table).values(row).execute(conn)?;
    }
    if means != MoyenAvis::Resume {
        let waiting = avis::table.filter(avis::compte_id.eq(account).and(avis::genre.eq(genre.as_str())));
        diesel::update(waiting.filter(avis::a_resumer.eq(true))).set(avis::a_resumer.eq(false)).execute(conn)?;
    }
    Ok(())
}

/// Who reads avis: what has left the reach of an account since is no longer shown to it.
pub struct Reader {
    /// Account.
    pub account: String,
    /// What is within reach; nothing for a role that reads no demande.
    pub perimeter: Perimeter,
}

/// How many avis of an account are not read.
pub fn unread(conn: &mut DbConn, reader: &Reader) -> Result<i64, DbError> {
    let mut query = avis::table
        .inner_join(commentaire::table.on(commentaire::id.eq(avis::commentaire_id)))
        .inner_join(demande::table.on(demande::id.eq(commentaire::demande_id)))
        .filter(avis::compte_id.eq(&reader.account).and(avis::lu_le.is_null()))
        .into_boxed();
    if let Perimeter::Envelopes(own) = &reader.perimeter {
        query = query.filter(demande::enveloppe_id.eq_any(own));
    }
    Ok(query.count().get_result(conn)?)
}

/// Which part of the list to read.
pub struct Page {
    /// Only what is older than this moment and this id.
    pub before: Option<(Moment, String)>,
    /// Only what is not read.
    pub unread: bool,
    /// Most avis.
    pub limit: i64,
}

/// An avis, and where the next page begins if it is the last.
pub type Listed = (Avis, (Moment, String));

/// The avis of an account, the last first.
pub fn list(conn: &mut DbConn, reader: &Reader, page: &Page) -> Result<Vec<Listed>, DbError> {
    let mut query = avis::table
        .inner_join(commentaire::table.on(commentaire::id.eq(avis::commentaire_id)))
        .inner_join(compte::table.on(compte::id.eq(commentaire::compte_id)))
        .inner_join(demande::table.on(demande::id.eq(commentaire::demande_id)))
        .filter(avis::compte_id.eq(&reader.account))
        .into_boxed();
    if let Perimeter::Envelopes(own) = &reader.perimeter {
        query = query.filter(demande::enveloppe_id.eq_any(own));
    }
    if let Some((moment, id)) = &page.before {
        query = query.filter(avis::cree_le.lt(*moment).or(avis::cree_le.eq(*moment).and(avis::id.lt(id.clone()))));
    }
    if page.unread {
        query = query.filter(avis::lu_le.is_null());
    }
    type Row = (String, String, Moment, Option<Moment>, String, String, String, String, String);
    let rows: Vec<Row> = query
        .order((avis::cree_le.desc(), avis::id.desc()))
        .limit(page.limit)
        .select((
            avis::id,
            avis::genre,
            avis::cree_le,
            avis::lu_le,
            compte::nom,
            demande::id,
            demande::prenom,
            demande::nom,
            commentaire::texte,
        ))
        .load(conn)?;
    let one = |(id, genre, date, read, auteur, demande_id, prenom, nom, texte): Row| {
        let position = (date, id.clone());
        let genre = GenreAvis::parse(&genre)?;
        let personne = format!("{prenom} {nom}");
        Some((
            Avis { id, genre, auteur, date: rfc3339(date), demande_id, personne, texte, lu: read.is_some() },
            position,
        ))
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Marks avis of an account as read: these, or all of them when there is none.
pub fn read(conn: &mut DbConn, account: &str, ids: &[String], now: Moment) -> Result<(), DbError> {
    let own = avis::table.filter(avis::compte_id.eq(account).and(avis::lu_le.is_null()));
    if ids.is_empty() {
        diesel::update(own).set(avis::lu_le.eq(now)).execute(conn)?;
    } else {
        diesel::update(own.filter(avis::id.eq_any(ids))).set(avis::lu_le.eq(now)).execute(conn)?;
    }
    Ok(())
}
