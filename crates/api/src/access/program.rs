//! Programs: the client behind a key or an access token, in one statement. Whatever it was given, it has no right that it,
//! its key or the person who made the key has lost since (SEC-22, RT-13, SEC-42).

use actix_web::web;
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::client_api::GenreCle;
use domain::error::ErrorCode;
use domain::permission::Portee;

use super::identity::{Identity, role_of};
use super::jwt::{self, Claims};
use super::stamp::Maker;
use super::{session, token};
use crate::app::App;
use crate::clock::Moment;
use crate::db::schema::{
    client_api, client_api_enveloppe, client_api_origine, compte, compte_enveloppe, compte_role, jeton,
};
use crate::db::{DbConn, DbError};
use crate::error::AppError;

/// What a program shows with a request.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A key.
    Key(token::Presented),
    /// An access token that is well signed and good now.
    Token(Claims),
}

/// Reads what follows `Bearer`; `None` when it is neither.
pub fn read(app: &App, value: &str) -> Option<Shown> {
    if let Some(key) = token::parse(value) {
        return Some(Shown::Key(key));
    }
    jwt::verify(&app.jwt, &app.issuer, value, app.clock.now()).map(Shown::Token)
}

/// A key that is neither expired nor revoked, of a client that may call.
pub struct Open {
    /// The client.
    pub who: Identity,
    /// How the key is used.
    pub kind: GenreCle,
    /// Hash of its secret.
    pub hash: String,
    /// When it last served.
    seen: Option<Moment>,
    /// Whether pages of the origin asked about may call with it.
    origin: bool,
}

type Row =
    ((String, String, Option<Moment>), (String, String, String, String), Maker, (Option<String>, Option<String>), bool);

/// The client of a key. One row per envelope of the client, with the same envelope of the key's maker beside it.
pub fn by_key(conn: &mut DbConn, key: &str, origin: &str, now: Moment) -> Result<Option<Open>, DbError> {
    let maker = compte::id.nullable().eq(jeton::createur);
    let role = compte_role::compte_id.nullable().eq(jeton::createur).and(compte_role::role.eq(client_api::role));
    let shared = compte_enveloppe::compte_id
        .nullable()
        .eq(jeton::createur)
        .and(compte_enveloppe::enveloppe_id.nullable().eq(client_api_enveloppe::enveloppe_id.nullable()));
    let listed = client_api_origine::table
        .filter(client_api_origine::client_id.eq(client_api::id).and(client_api_origine::origine.eq(origin)));
    let rows: Vec<Row> = jeton::table
        .inner_join(client_api::table.on(client_api::id.eq(jeton::client_id)))
        .left_join(compte::table.on(maker))
        .left_join(compte_role::table.on(role))
        .left_join(client_api_enveloppe::table.on(client_api_enveloppe::client_id.eq(client_api::id)))
        .left_join(compte_enveloppe::table.on(shared))
        .filter(jeton::cle.eq(key).and(jeton::expire_le.gt(now)).and(jeton::revoque.eq(false)))
        .filter(client_api::revoque_le.is_null())
        .select((
            (jeton::empreinte, jeton::genre, jeton::vu_le),
            (client_api::id, client_api::nom, client_api::role, client_api::portees),
            (
                jeton::createur,
                jeton::cachet,
                compte::cachet.nullable(),
                compte::etat.nullable(),
                compte_role::role.nullable(),
            ),
            (client_api_enveloppe::enveloppe_id.nullable(), compte_enveloppe::enveloppe_id.nullable()),
            exists(listed),
        ))
        .load(conn)?;
    open(rows)
}

fn open(rows: Vec<Row>) -> Result<Option<Open>, DbError> {
    let Some(((hash, kind, seen), (id, name, role, scopes), maker, _, origin)) = rows.first().cloned() else {
        return Ok(None);
    };
    let alone = maker.is_nobody();
    let Some(kind) = GenreCle::parse(&kind).filter(|_| maker.stands()) else { return Ok(None) };
    let kept = rows.into_iter().filter_map(|(_, _, _, (own, shared), _)| if alone { own } else { shared });
    let role = role_of(&role)?;
    let who = Identity {
        kind: "jeton",
        id,
        name,
        email: String::new(),
        role,
        roles: vec![role],
        scopes: Some(Portee::liste(&scopes)),
        envelopes: kept.collect(),
        owes_acceptance: false,
        code_at: None,
        stamp: 0,
    };
    Ok(Some(Open { who, kind, hash, seen, origin }))
}

/// The client that shows this, if it may call. That its key has served is written once a minute at most, and never keeps
/// a request from being served. `origin` is that of the page that calls, when a browser says that it is not one of ours.
pub async fn recognise(
    app: &web::Data<App>,
    shown: Shown,
    origin: Option<String>,
) -> Result<Option<Identity>, AppError> {
    let now = app.clock.now();
    let key = match &shown {
        Shown::Key(key) => key.key.clone(),
        Shown::Token(claims) => claims.cle.clone(),
    };
    let (asked, page) = (key.clone(), origin.clone().unwrap_or_default());
    let Some(open) = app.db.read(move |conn| by_key(conn, &asked, &page, now)).await? else { return Ok(None) };
    let Some(who) = admitted(&shown, &open) else { return Ok(None) };
    if origin.is_some() && !open.origin {
        return Err(AppError::detail(ErrorCode::NonAutorise, crate::text::FOREIGN_ORIGIN));
    }
    used(app, key, open.seen, now).await;
    Ok(Some(who))
}

/// The caller, when what it shows is what was given to it: a key that is exchanged does not serve as it is, nor the other
/// way round; an access token never does more than its own scopes.
fn admitted(shown: &Shown, open: &Open) -> Option<Identity> {
    match shown {
        Shown::Key(key) => (open.kind == GenreCle::Jeton && key.opens(&open.hash)).then(|| open.who.clone()),
        Shown::Token(claims) => {
            let asked = Portee::liste(&claims.scope);
            let kept = open.who.scopes.iter().flatten().copied().filter(|scope| asked.contains(scope));
            let fits = open.kind == GenreCle::Secret && claims.sub == open.who.id;
            fits.then(|| Identity { scopes: Some(kept.collect()), ..open.who.clone() })
        }
    }
}

async fn used(app: &web::Data<App>, key: String, seen: Option<Moment>, now: Moment) {
    if seen.is_some_and(|seen| !session::is_stale(seen, now)) {
        return;
    }
    let written = app.db.write(move |conn| mark(conn, &key, now)).await;
    if let Err(error) = written {
        tracing::warn!(error = %error, "key.use_not_written");
    }
}

/// Writes that a key has just served.
pub fn mark(conn: &mut DbConn, key: &str, now: Moment) -> Result<(), DbError> {
    diesel::update(jeton::table.find(key)).set(jeton::vu_le.eq(now)).execute(conn)?;
    Ok(())
}

/// Whether some client that may call lists this origin.
pub fn is_listed(conn: &mut DbConn, origin: &str) -> Result<bool, DbError> {
    let listed = client_api_origine::table
        .inner_join(client_api::table.on(client_api::id.eq(client_api_origine::client_id)))
        .filter(client_api_origine::origine.eq(origin).and(client_api::revoque_le.is_null()));
    Ok(diesel::select(exists(listed)).get_result(conn)?)
}
