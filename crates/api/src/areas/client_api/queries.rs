//! Reads of API clients and of their keys.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::client_api::{CleVue, ClientVu, EtatCle, EtatClient, GenreCle};
use domain::permission::{Portee, Role};

use crate::access::Perimeter;
use crate::access::stamp::Maker;
use crate::clock::{Moment, rfc3339};
use crate::db::schema::{client_api, client_api_enveloppe, client_api_origine, compte, compte_role, enveloppe, jeton};
use crate::db::{DbConn, DbError};

/// Most clients that a list shows.
const SHOWN: i64 = 500;
/// Most keys read for them.
const SHOWN_KEYS: i64 = 5_000;

/// A client, and the name of the person who answers for it.
#[derive(Queryable, Clone, Debug)]
pub struct Client {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Role it acts under.
    pub role: String,
    /// Scopes, separated by spaces.
    pub scopes: String,
    created: Moment,
    /// When it was revoked.
    pub revoked: Option<Moment>,
    answerer: Option<String>,
}

impl Client {
    /// What became of it, by what became of its keys.
    fn state(&self, keys: &[CleVue]) -> EtatClient {
        let some = |state: EtatCle| keys.iter().any(|key| key.etat == state);
        match self.revoked {
            Some(_) => EtatClient::Revoque,
            None if some(EtatCle::Suspendue) && !some(EtatCle::Active) => EtatClient::Suspendu,
            None => EtatClient::Actif,
        }
    }
}

/// The clients within reach, the last one first; only the one of this id, if one is named. Whoever works on envelopes
/// reaches the clients that work on nothing else.
pub fn within(conn: &mut DbConn, perimeter: &Perimeter, id: Option<&str>) -> Result<Vec<Client>, DbError> {
    let mut query = client_api::table
        .left_join(compte::table.on(compte::id.nullable().eq(client_api::responsable)))
        .select((
            client_api::id,
            client_api::nom,
            client_api::role,
            client_api::portees,
            client_api::cree_le,
            client_api::revoque_le,
            compte::nom.nullable(),
        ))
        .order((client_api::revoque_le.is_not_null(), client_api::cree_le.desc(), client_api::id.desc()))
        .limit(SHOWN)
        .into_boxed();
    if let Some(id) = id {
        query = query.filter(client_api::id.eq(id.to_owned()));
    }
    if let Perimeter::Envelopes(own) = perimeter {
        let of_client = || client_api_enveloppe::table.filter(client_api_enveloppe::client_id.eq(client_api::id));
        let inside = of_client().filter(client_api_enveloppe::enveloppe_id.eq_any(own.clone()));
        let outside = of_client().filter(client_api_enveloppe::enveloppe_id.ne_all(own.clone()));
        query = query.filter(client_api::role.eq(Role::Recipiendaire.as_str()));
        query = query.filter(exists(inside)).filter(not(exists(outside)));
    }
    Ok(query.load(conn)?)
}

type KeyRow = (String, String, String, Moment, Moment, bool, Option<Moment>, Maker);

/// What these clients show of themselves.
pub fn views(conn: &mut DbConn, clients: Vec<Client>, now: Moment) -> Result<Vec<ClientVu>, DbError> {
    let ids: Vec<&str> = clients.iter().map(|client| client.id.as_str()).collect();
    let envelopes: Vec<(String, String)> = client_api_enveloppe::table
        .inner_join(enveloppe::table.on(enveloppe::id.eq(client_api_enveloppe::enveloppe_id)))
        .filter(client_api_enveloppe::client_id.eq_any(&ids))
        .order((enveloppe::libelle, enveloppe::id))
        .select((client_api_enveloppe::client_id, enveloppe::libelle))
        .load(conn)?;
    let origins: Vec<(String, String)> = client_api_origine::table
        .filter(client_api_origine::client_id.eq_any(&ids))
        .order(client_api_origine::origine)
        .select((client_api_origine::client_id, client_api_origine::origine))
        .load(conn)?;
    let role = compte_role::compte_id.nullable().eq(jeton::createur).and(compte_role::role.eq(client_api::role));
    let keys: Vec<KeyRow> = jeton::table
        .inner_join(client_api::table.on(client_api::id.eq(jeton::client_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(jeton::createur)))
        .left_join(compte_role::table.on(role))
        .filter(jeton::client_id.eq_any(&ids))
        .order((jeton::cree_le.desc(), jeton::cle))
        .limit(SHOWN_KEYS)
        .select((
            jeton::client_id,
            jeton::cle,
            jeton::genre,
            jeton::cree_le,
            jeton::expire_le,
            jeton::revoque,
            jeton::vu_le,
            (
                jeton::createur,
                jeton::cachet,
                compte::cachet.nullable(),
                compte::etat.nullable(),
                compte_role::role.nullable(),
            ),
        ))
        .load(conn)?;
    Ok(clients.iter().filter_map(|client| view(client, &envelopes, &origins, &keys, now)).collect())
}

fn view(
    client: &Client,
    envelopes: &[(String, String)],
    origins: &[(String, String)],
    keys: &[KeyRow],
    now: Moment,
) -> Option<ClientVu> {
    let of = |list: &[(String, String)]| {
        list.iter().filter(|(id, _)| *id == client.id).map(|(_, text)| text.clone()).collect::<Vec<_>>()
    };
    let keys = keys.iter().filter(|key| key.0 == client.id).filter_map(|key| key_view(key, now));
    let keys: Vec<CleVue> = keys.collect();
    Some(ClientVu {
        id: client.id.clone(),
        nom: client.name.clone(),
        etat: client.state(&keys),
        role: Role::parse(&client.role)?,
        portees: Portee::liste(&client.scopes),
        enveloppes: of(envelopes),
        origines: of(origins),
        responsable: client.answerer.clone(),
        cree_le: rfc3339(client.created),
        cles: keys,
    })
}

fn key_view((_, id, kind, created, expires, revoked, seen, maker): &KeyRow, now: Moment) -> Option<CleVue> {
    let state = match (revoked, *expires > now) {
        (true, _) => EtatCle::Revoquee,
        (false, true) if !maker.stands() => EtatCle::Suspendue,
        (false, true) => EtatCle::Active,
        (false, false) => EtatCle::Expiree,
    };
    Some(CleVue {
        id: id.clone(),
        genre: GenreCle::parse(kind)?,
        etat: state,
        cree_le: rfc3339(*created),
        expire_le: rfc3339(*expires),
        vu_le: seen.map(rfc3339),
    })
}

/// Keys of a client that still open.
pub fn good_keys(conn: &mut DbConn, client: &str, now: Moment) -> Result<i64, DbError> {
    let good = jeton::client_id.eq(client).and(jeton::revoque.eq(false)).and(jeton::expire_le.gt(now));
    Ok(jeton::table.filter(good).count().get_result(conn)?)
}

/// Keys that stop for good if this account is closed or its means change.
pub fn keys_made_by(conn: &mut DbConn, account: &str, now: Moment) -> Result<i64, DbError> {
    let good = jeton::revoque.eq(false).and(jeton::expire_le.gt(now));
    let kept = compte::table.on(compte::id.nullable().eq(jeton::createur).and(compte::cachet.eq(jeton::cachet)));
    Ok(jeton::table.inner_join(kept).filter(jeton::createur.eq(account).and(good)).count().get_result(conn)?)
}
