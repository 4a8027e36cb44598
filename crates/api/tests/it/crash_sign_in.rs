//! The server is killed at random while five hundred people sign in and write: what was acknowledged is there, and nothing is
//! half done.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::Duration;

use api::access::session;
use api::clock::Clock;
use api::db::DbConn;
use api::db::schema::{compte, compte_role};
use api::otp::{Generator, Kind, NewMeans, add};
use api::seal::Keys;
use diesel::prelude::*;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::crash::connect;
use crate::support::{Database, Process, Reply, SEED, demande, number, some_time, texts};

const PEOPLE: usize = 500;
const AT_ONCE: usize = 8;
const KILLS: usize = 10;

/// Accounts of the national team with an app of the test's seed.
pub fn enroll(database: &Database, people: usize) -> Vec<String> {
    let (clock, keys) = (Clock::system(), Keys::public());
    let mut conn = connect(database);
    conn.begin_write().unwrap();
    let emails = (0..people).map(|n| {
        let (id, email) = (clock.id(), format!("camille.{n}@test.example"));
        let account =
            (compte::id.eq(&id), compte::email.eq(&email), compte::nom.eq("Camille"), compte::etat.eq("actif"));
        diesel::insert_into(compte::table).values(account).execute(&mut conn).unwrap();
        let role = (compte_role::compte_id.eq(&id), compte_role::role.eq(Role::Anct.as_str()));
        diesel::insert_into(compte_role::table).values(role).execute(&mut conn).unwrap();
        let means = NewMeans { account: &id, kind: Kind::App, seed: SEED, active: true };
        add(&mut conn, &keys, &clock, &means).unwrap();
        email
    });
    let emails: Vec<String> = emails.collect();
    conn.commit().unwrap();
    emails
}

/// The code that the app of the test's seed shows now.
pub fn code_now() -> String {
    let generator = Generator::new(Kind::App, SEED).unwrap();
    generator.code(generator.step(Clock::system().now())).unwrap()
}

/// A change asked for by a page of ours, with these cookies.
pub fn post(server: &Process, path: &str, cookies: &str, key: &str, body: &Value) -> std::io::Result<Reply> {
    let mut headers = vec![("Content-Type", "application/json"), ("X-Requested-With", "parcours")];
    headers.extend((!cookies.is_empty()).then_some(("Cookie", cookies)));
    headers.extend((!key.is_empty()).then_some(("Idempotency-Key", key)));
    server.call("POST", &format!("/api/v1{path}"), &headers, body.to_string().as_bytes())
}

/// The secret of the last link mailed to an address.
pub fn secret(conn: &mut DbConn, email: &str) -> Option<String> {
    let sql = format!("SELECT charge AS v FROM boite_envoi WHERE charge LIKE '%\"{email}\"%' ORDER BY cree_le DESC");
    let mail: Value = serde_json::from_str(texts(conn, &sql).first()?).unwrap();
    Some(mail["chemin"].as_str()?.split_once('#')?.1.to_owned())
}

/// What the server has acknowledged.
#[derive(Default)]
struct Acknowledged {
    links: Vec<String>,
    sessions: Vec<String>,
    demandes: BTreeSet<String>,
}

/// Posts to the server that runs; while it is down, waits for the next one. An error: it died before it answered.
fn post_when_up(
    server: &RwLock<Process>,
    path: &str,
    cookies: &str,
    key: &str,
    body: &Value,
) -> std::io::Result<Reply> {
    loop {
        match post(&server.read().unwrap(), path, cookies, key, body) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => {}
            answer => return answer,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Signs somebody in and writes in their name; stops where an answer is lost and nothing tells what became of it.
fn live(server: &RwLock<Process>, conn: &mut DbConn, n: usize, email: &str, seen: &Mutex<Acknowledged>) {
    let ask = json!({ "email": email, "code": code_now() });
    let Ok(asked) = post_when_up(server, "/connexion", "", "", &ask) else { return };
    assert_eq!(asked.status, 202, "{asked:?}");
    seen.lock().unwrap().links.push(email.to_owned());
    let link = secret(conn, email).unwrap_or_else(|| panic!("{email}: the link of an acknowledged code is there"));
    let client = format!("{}={}", session::LINK_COOKIE, asked.cookie(session::LINK_COOKIE).unwrap());
    let Ok(opened) = post_when_up(server, "/session", &client, "", &json!({ "jeton": link })) else { return };
    assert_eq!(opened.status, 200, "{opened:?}");
    let id = opened.cookie(session::COOKIE).unwrap().to_owned();
    seen.lock().unwrap().sessions.push(id.clone());
    let cookie = format!("{}={id}", session::COOKIE);
    let (key, body) = (format!("demande-{n:06}"), demande("01", n));
    // A lost answer is asked for again under the same key, until there is one.
    loop {
        let Ok(added) = post_when_up(server, "/demandes", &cookie, &key, &body) else { continue };
        assert_eq!(added.status, 201, "{added:?}");
        seen.lock().unwrap().demandes.insert(added.json()["id"].as_str().unwrap().to_owned());
        return;
    }
}

fn count(conn: &mut DbConn, what: &str) -> i64 {
    number(conn, &format!("SELECT count(*) AS n FROM {what}"))
}

/// Each step is there whole: what it spends, what it gives, what it says in the journal.
fn assert_nothing_half_done(conn: &mut DbConn) {
    let links = count(conn, "boite_envoi WHERE charge LIKE '%\"connexion_lien\"%'");
    assert_eq!(links, count(conn, "moyen_otp WHERE dernier_pas >= 0"), "a spent code and its link");
    assert_eq!(links, count(conn, "usage_unique"), "a link and the mail that carries it");
    assert_eq!(links, count(conn, "journal WHERE action = 'connexion.lien_envoye'"), "a link and its entry");
    let sessions = count(conn, "session");
    assert_eq!(sessions, count(conn, "usage_unique WHERE consomme_le IS NOT NULL"), "a used link and its session");
    assert_eq!(sessions, count(conn, "journal WHERE action = 'session.ouverte'"), "a session and its entry");
    let demandes = count(conn, "demande");
    assert_eq!(demandes, count(conn, "journal WHERE action = 'demande.creee'"), "a demande and its entry");
    assert_eq!(demandes, count(conn, "idempotence"), "a demande and the key under which it was asked for");
    assert_eq!(demandes, number(conn, "SELECT count(DISTINCT email) AS n FROM demande"), "done twice");
    assert_eq!(count(conn, "journal WHERE action = 'connexion.refusee'"), 0);
    assert_eq!(api::journal::verify(conn).unwrap(), []);
}

#[test]
fn five_hundred_people_sign_in_and_write_while_the_server_is_killed() {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let emails = enroll(&database, PEOPLE);
    let server = RwLock::new(Process::start(&database, spool.path()));
    let (next, seen, mut kills) = (AtomicUsize::new(0), Mutex::new(Acknowledged::default()), 0);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let mut conn = connect(&database);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(email) = emails.get(n) else { return };
                    live(&server, &mut conn, n, email, &seen);
                }
            });
        }
        // Each kill costs somebody an answer: a slow machine would have too many of them.
        while next.load(Ordering::Relaxed) < PEOPLE && kills < KILLS {
            let killer = server.read().unwrap().kill_after(some_time(Duration::from_millis(700)));
            killer.join().unwrap();
            kills += 1;
            *server.write().unwrap() = Process::start(&database, spool.path());
        }
    });
    let seen = seen.into_inner().unwrap();
    eprintln!("{kills} kills, {} links, {} sessions", seen.links.len(), seen.sessions.len());
    assert!(kills >= 3 && seen.demandes.len() > PEOPLE / 2, "{kills}, {}", seen.demandes.len());
    let mut conn = connect(&database);
    assert_nothing_half_done(&mut conn);
    let kept: BTreeSet<String> = texts(&mut conn, "SELECT empreinte AS v FROM session").into_iter().collect();
    assert!(seen.sessions.iter().all(|id| kept.contains(&session::hash(id))), "a session that was given is open");
    let mails = texts(&mut conn, "SELECT charge AS v FROM boite_envoi").join("\n");
    assert!(
        seen.links.iter().all(|email| mails.contains(&format!("\"{email}\""))),
        "a link that was promised is there"
    );
    let stored: BTreeSet<String> = texts(&mut conn, "SELECT id AS v FROM demande").into_iter().collect();
    assert_eq!(stored, seen.demandes, "every line was acknowledged in the end, and each is there");
    let cookie = format!("{}={}", session::COOKIE, seen.sessions.last().unwrap());
    let read = server.read().unwrap().call("GET", "/api/v1/session", &[("Cookie", &cookie)], b"").unwrap();
    assert_eq!(read.status, 200, "and it still serves");
}
