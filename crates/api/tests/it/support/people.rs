//! People with accounts, roles and means of giving codes; the links they receive, and the cookies of their browser.

use actix_web::http::header::SET_COOKIE;
use api::access::session;
use api::db::schema::{compte, compte_enveloppe, compte_role};
use api::otp::{Generator, Kind, NewMeans, add};
use diesel::prelude::*;
use domain::permission::Role;
use serde_json::{Value, json};

use super::request::{Answer, Caller, Who};
use super::{TestApp, texts_of};

/// Seed of the tests: that of the vectors of RFC 6238.
pub const SEED: &[u8; 20] = b"12345678901234567890";

/// Someone with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id of the account.
    pub id: String,
    /// Address.
    pub email: String,
}

impl TestApp {
    /// An active account with these roles and envelopes, without means.
    pub fn person(&self, roles: &[Role], envelopes: &[&str]) -> Person {
        let clock = self.clock.clone();
        let (roles, envelopes) = (roles.to_vec(), envelopes.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        self.write(move |conn| {
            let id = clock.id();
            let email = format!("{id}@test.example");
            diesel::insert_into(compte::table)
                .values((
                    compte::id.eq(&id),
                    compte::email.eq(&email),
                    compte::nom.eq("Camille Testeur"),
                    compte::etat.eq("actif"),
                ))
                .execute(conn)?;
            for role in roles {
                let held = (compte_role::compte_id.eq(&id), compte_role::role.eq(role.as_str()));
                diesel::insert_into(compte_role::table).values(held).execute(conn)?;
            }
            for envelope in &envelopes {
                let own = (compte_enveloppe::compte_id.eq(&id), compte_enveloppe::enveloppe_id.eq(envelope));
                diesel::insert_into(compte_enveloppe::table).values(own).execute(conn)?;
            }
            Ok(Person { id, email })
        })
        .unwrap()
    }

    /// The same with an active means of the test's seed.
    pub fn equipped(&self, roles: &[Role], kind: Kind) -> Person {
        let person = self.person(roles, &[]);
        self.equip(&person, kind);
        person
    }

    /// Gives somebody an active means of the test's seed, and returns its id.
    pub fn equip(&self, person: &Person, kind: Kind) -> String {
        let (keys, clock, account) = (self.app.config.keys.clone(), self.clock.clone(), person.id.clone());
        self.write(move |conn| {
            add(conn, &keys, &clock, &NewMeans { account: &account, kind, seed: SEED, active: true })
        })
        .unwrap()
    }

    /// The code that a means of the test's seed shows, `offset` steps from now.
    pub fn code(&self, kind: Kind, offset: i64) -> String {
        let generator = Generator::new(kind, SEED).unwrap();
        generator.code(generator.step(self.clock.now()) + offset).unwrap()
    }

    /// A code that no step around now has.
    pub fn wrong_code(&self, kind: Kind) -> String {
        let near: Vec<String> = (-2..=2).map(|offset| self.code(kind, offset)).collect();
        (0..10).map(|n| format!("{n}00000")).find(|code| !near.contains(code)).unwrap()
    }

    /// A session of somebody, opened without signing in.
    pub fn session_of(&self, person: &Person, role: Role) -> Caller<'_> {
        let (clock, account) = (self.clock.clone(), person.id.clone());
        let id = self.write(move |conn| {
            let now = clock.now();
            session::open(
                conn,
                &clock,
                &session::New { account: &account, role, device: "Firefox, Linux", otp: now },
                now,
            )
        });
        self.caller(Who::Session(id.unwrap()))
    }

    /// A person of this role, signed in, with these envelopes.
    pub fn account(&self, role: Role, envelopes: &[&str]) -> Caller<'_> {
        let person = self.person(&[role], envelopes);
        self.session_of(&person, role)
    }

    /// What was mailed to an address, in order.
    pub fn mails(&self, email: &str) -> Vec<Value> {
        let mails = texts_of(self, "SELECT charge AS v FROM boite_envoi ORDER BY cree_le, id");
        let mails = mails.iter().map(|text| serde_json::from_str::<Value>(text).unwrap());
        mails.filter(|mail| mail["a"] == email).collect()
    }

    /// The paths of the links mailed to an address.
    pub fn links(&self, email: &str) -> Vec<String> {
        self.mails(email).iter().filter_map(|mail| Some(mail["chemin"].as_str()?.to_owned())).collect()
    }

    /// Asks to sign in.
    pub async fn ask(&self, email: &str, code: &str) -> Answer {
        self.anonymous().post("/connexion").json(&json!({ "email": email, "code": code })).send().await
    }

    /// Opens a link in the browser that was answered so.
    pub async fn redeem(&self, asked: &Answer, link: &str) -> Answer {
        let secret = link.split_once('#').unwrap().1;
        let cookie = asked.cookie(session::LINK_COOKIE).unwrap_or_default();
        let request = self.anonymous().post("/session").json(&json!({ "jeton": secret }));
        request.header("cookie", &format!("{}={cookie}", session::LINK_COOKIE)).send().await
    }

    /// Signs somebody in from the start; the answer holds the cookies.
    pub async fn sign_in(&self, email: &str, code: &str) -> Answer {
        let asked = self.ask(email, code).await;
        assert_eq!(asked.status, 202, "{}", asked.text());
        let link = self.links(email).pop().expect("a link was mailed");
        self.redeem(&asked, &link).await
    }
}

impl Answer {
    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(SET_COOKIE).filter_map(|value| value.to_str().ok());
        let start = format!("{name}=");
        set.filter_map(|text| text.strip_prefix(&start)?.split(';').next().map(str::to_owned)).next()
    }
}
