//! Signing in at a steady pace: the code is checked, the link redeemed, both durable; and what recognising somebody adds to a
//! request.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use api::access::session::{COOKIE, LINK_COOKIE};
use api::clock::Clock;
use api::db::schema::{compte, compte_role};
use api::db::{DbConn, DbUrl, Usage};
use api::otp::{Generator, Kind, NewMeans, add};
use api::seal::Keys;
use diesel::prelude::*;
use domain::permission::Role;

use crate::Res;
use crate::base::{Base, Fresh};
use crate::client::{Answer, Client};
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, ms};
use crate::stats::Sample;

/// Sign-ins begun each second.
const PACE: usize = 50;
/// People who sign in, each once: a code serves once.
const PEOPLE: usize = 1_000;
/// Connections that share them.
const CONNECTIONS: usize = 16;
const SEED: &[u8] = b"12345678901234567890";
const OURS: &str = "X-Requested-With: parcours\r\n";

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// How long each step took, from the moment at which it was due.
#[derive(Default)]
struct Times {
    code: Vec<Duration>,
    link: Vec<Duration>,
    session: String,
}

/// The times of one step.
type Step = fn(&Times) -> &[Duration];

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(1)?;
    enroll(&fresh)?;
    let server = Parcours::new(&fresh)?.serve()?;
    let start = Instant::now() + Duration::from_millis(100);
    let fresh = &fresh;
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..CONNECTIONS).map(|place| scope.spawn(move || sign_in(fresh, server.address, start, place))).collect();
        let joined = threads.into_iter().map(|thread| thread.join().map_err(|_panic| "Une connexion s'est arrêtée."));
        joined.map(|times| times?).collect::<Res<Vec<Times>>>()
    })?;
    let session = times.iter().map(|one| one.session.clone()).find(|id| !id.is_empty()).unwrap_or_default();
    let steps: [(&str, Step); 2] = [("code", |one| &one.code), ("lien", |one| &one.link)];
    for (step, of) in steps {
        let mut sample = Sample::default();
        times.iter().flat_map(of).for_each(|time| sample.push(*time));
        let value = format!("p50 {}, p99 {}", ms(sample.percentile(50)), ms(sample.percentile(99)));
        report.add(base.column(), &format!("Connexion, {step}, {PACE} par seconde"), "p99 ≤ 50 ms", "", value);
    }
    let known = format!("Cookie: {COOKIE}={session}\r\n");
    let with = p50(server.address, options.requests, &known, 200)?;
    let without = p50(server.address, options.requests, "", 401)?;
    let value = format!("{} (avec {}, sans {})", ms(with - without), ms(with), ms(without));
    report.add(base.column(), "Reconnaître une session, par requête, p50", "≤ 0,3 ms", "", value);
    Ok(())
}

fn email(person: usize) -> String {
    format!("personne.{person}@banc.example")
}

fn open(fresh: &Fresh) -> Res<DbConn> {
    DbConn::open(&DbUrl::parse(&fresh.url).map_err(cause)?, Usage::Write).map_err(cause)
}

/// Accounts of the national team, each with an app of the same seed.
fn enroll(fresh: &Fresh) -> Res {
    let (clock, keys) = (Clock::system(), Keys::public());
    let mut conn = open(fresh)?;
    conn.begin_write().map_err(cause)?;
    for person in 0..PEOPLE {
        let (id, email) = (clock.id(), email(person));
        let row = (compte::id.eq(&id), compte::email.eq(&email), compte::nom.eq("Camille"), compte::etat.eq("actif"));
        diesel::insert_into(compte::table).values(row).execute(&mut conn).map_err(cause)?;
        let role = (compte_role::compte_id.eq(&id), compte_role::role.eq(Role::Anct.as_str()));
        diesel::insert_into(compte_role::table).values(role).execute(&mut conn).map_err(cause)?;
        let means = NewMeans { account: &id, kind: Kind::App, seed: SEED, active: true };
        add(&mut conn, &keys, &clock, &means).map_err(cause)?;
    }
    conn.commit().map_err(cause)
}

/// Signs in every person of this connection, each at her time.
fn sign_in(fresh: &Fresh, address: SocketAddr, start: Instant, place: usize) -> Res<Times> {
    let mut client = Client::connect(address, None)?;
    let mut conn = open(fresh)?;
    let generator = Generator::new(Kind::App, SEED).ok_or("Graine trop courte.")?;
    let mut times = Times::default();
    for person in (place..PEOPLE).step_by(CONNECTIONS) {
        let due = start + Duration::from_secs_f64(person as f64 / PACE as f64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let code = generator.code(generator.step(Clock::system().now())).ok_or("Pas de code.")?;
        let body = serde_json::json!({ "email": email(person), "code": code }).to_string();
        let asked = expect(client.send("POST", "/api/v1/connexion", OURS, &body)?, 202)?;
        times.code.push(due.elapsed());
        let link = link(&mut conn, person)?;
        let headers = format!("{OURS}Cookie: {LINK_COOKIE}={}\r\n", asked.cookie(LINK_COOKIE).ok_or("Pas de cookie.")?);
        let body = serde_json::json!({ "jeton": link }).to_string();
        let begun = Instant::now();
        let opened = expect(client.send("POST", "/api/v1/session", &headers, &body)?, 200)?;
        times.link.push(begun.elapsed());
        times.session = opened.cookie(COOKIE).ok_or("Pas de session.")?.to_owned();
    }
    Ok(times)
}

fn expect(answer: Answer, status: u16) -> Res<Answer> {
    let body = String::from_utf8_lossy(&answer.body);
    if answer.status == status { Ok(answer) } else { Err(format!("{} : {body}", answer.status)) }
}

/// The secret of the link mailed to a person, as she reads it in her mail.
fn link(conn: &mut DbConn, person: usize) -> Res<String> {
    #[derive(diesel::QueryableByName)]
    struct Mail {
        #[diesel(sql_type = diesel::sql_types::Text)]
        charge: String,
    }
    let sql = format!("SELECT charge FROM boite_envoi WHERE charge LIKE '%\"{}\"%'", email(person));
    let mails: Vec<Mail> = diesel::sql_query(sql).load(conn).map_err(cause)?;
    let mail = mails.first().ok_or("Le lien n'est pas parti.")?;
    let mail: serde_json::Value = serde_json::from_str(&mail.charge).map_err(cause)?;
    let link = mail.get("chemin").and_then(|path| path.as_str()).and_then(|path| path.split_once('#'));
    link.map(|(_, secret)| secret.to_owned()).ok_or_else(|| "Le courriel ne porte pas de lien.".to_owned())
}

/// The middle time, in milliseconds, of asking who one is: this operation reads nothing but the session. Without a cookie,
/// the same route answers before any statement.
fn p50(address: SocketAddr, requests: usize, headers: &str, status: u16) -> Res<f64> {
    let mut client = Client::connect(address, None)?;
    let mut sample = Sample::default();
    for _ in 0..requests {
        let begun = Instant::now();
        expect(client.send("GET", "/api/v1/session", headers, "")?, status)?;
        sample.push(begun.elapsed());
    }
    Ok(sample.percentile(50))
}
