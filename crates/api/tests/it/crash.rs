//! The server is killed, or its disk is full, while it works: nothing acknowledged is lost, nothing is done twice, and the
//! import goes on by itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use api::areas::client_api::service::{NewClient, store};
use api::clock::Clock;
use api::db::{DbConn, Usage};
use domain::client_api::{GenreCle, NouvelleCle};
use domain::permission::{Portee, Role};
use serde_json::{Value, json};

use crate::imports_files::people;
use crate::support::{Database, Process, Reply, candidature, number, professional, some_time, texts};

pub fn connect(database: &Database) -> DbConn {
    DbConn::open(&database.url, Usage::Write).unwrap()
}

/// `Authorization` of the national team.
pub fn authorization(database: &Database) -> String {
    let clock = Clock::system();
    let new = NewClient {
        name: "test".to_owned(),
        role: Role::Anct,
        scopes: Portee::ALL.to_vec(),
        envelopes: Vec::new(),
        origins: Vec::new(),
        answerer: None,
    };
    let key = NouvelleCle { genre: GenreCle::Jeton, jours: 1 };
    let mut conn = connect(database);
    conn.begin_write().unwrap();
    let made = store(&mut conn, &clock, &new, &key).unwrap();
    conn.commit().unwrap();
    format!("Bearer {}", made.secret)
}

fn send_file(server: &Process, authorization: &str, file: &str) -> Reply {
    let headers = [("Authorization", authorization), ("Content-Type", "text/csv")];
    server.call("POST", "/api/v1/imports?objet=demandes", &headers, file.as_bytes()).unwrap()
}

/// Files the `n`-th candidature, with a key of its own; an error when the server died before it answered.
fn file(server: &Process, n: usize) -> std::io::Result<Reply> {
    let mut body = candidature("02");
    body["professionnels"] = json!([professional(n)]);
    let headers = [("Idempotency-Key", format!("depot-{n:06}")), ("Content-Type", "application/json".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    server.call("POST", "/api/v1/candidatures", &headers, body.to_string().as_bytes())
}

fn wait_end(server: &Process, authorization: &str, id: &str) -> Value {
    let begun = Instant::now();
    loop {
        let headers = [("Authorization", authorization)];
        let view = server.call("GET", &format!("/api/v1/imports/{id}"), &headers, b"").unwrap().json();
        if !matches!(view["etat"].as_str(), Some("en_attente" | "en_cours")) {
            return view;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{view}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn assert_whole(database: &Database, lines: i64, filed: i64) {
    let mut conn = connect(database);
    assert_eq!(number(&mut conn, "SELECT count(*) AS n FROM candidature"), filed);
    assert_eq!(number(&mut conn, "SELECT count(*) AS n FROM demande WHERE NOT supprimee"), lines + filed);
    assert_eq!(number(&mut conn, "SELECT count(DISTINCT email) AS n FROM demande"), lines + filed, "done twice");
    assert_eq!(api::journal::verify(&mut conn).unwrap(), []);
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_done_twice_when_the_server_is_killed() {
    const LINES: usize = 5_000;
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let authorization = authorization(&database);
    let mut server = Process::start(&database, spool.path());
    let received = send_file(&server, &authorization, &people("01", LINES).csv(','));
    assert_eq!(received.status, 202, "{received:?}");
    let id = received.json()["id"].as_str().unwrap().to_owned();
    let mut references = BTreeSet::new();
    // Numbers beyond those of the file, so that every person is somebody else.
    let first = LINES + 1;
    for round in 0..4 {
        let killer = server.kill_after(some_time(Duration::from_millis(if round == 0 { 300 } else { 1_200 })));
        while let Ok(answer) = file(&server, first + references.len()) {
            assert_eq!(answer.status, 201, "{answer:?}");
            references.insert(answer.json()["reference"].as_str().unwrap().to_owned());
        }
        killer.join().unwrap();
        if round == 0 {
            let state = texts(&mut connect(&database), "SELECT etat AS v FROM import");
            assert!(state == ["en_cours"] || state == ["en_attente"], "killed while it reads: {state:?}");
        }
        server = Process::start(&database, spool.path());
    }
    // What was under way at the last kill is sent again under its key.
    let last = file(&server, first + references.len()).unwrap();
    references.insert(last.json()["reference"].as_str().unwrap().to_owned());
    let view = wait_end(&server, &authorization, &id);
    assert_eq!((&view["etat"], &view["creees"], &view["lignes"]), (&"termine".into(), &LINES.into(), &LINES.into()));
    assert_whole(&database, i64::try_from(LINES).unwrap(), i64::try_from(references.len()).unwrap());
    let kept: BTreeSet<String> =
        texts(&mut connect(&database), "SELECT reference AS v FROM candidature").into_iter().collect();
    assert_eq!(kept, references);
    let report = server.call("GET", &format!("/api/v1/imports/{id}/lignes"), &[("Authorization", &authorization)], b"");
    let report = report.unwrap().body;
    let numbers: BTreeSet<i64> =
        report.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["ligne"].as_i64().unwrap()).collect();
    assert_eq!((report.lines().count(), numbers.len()), (LINES, LINES));
}

/// No file may grow beyond a megabyte: neither the write-ahead log of SQLite nor a received file.
#[test]
fn a_full_disk_stops_an_import_and_edits_cleanly_and_all_goes_on_once_there_is_room() {
    const LINES: usize = 2_000;
    let database = Database::file();
    let spool = tempfile::tempdir().unwrap();
    let authorization = authorization(&database);
    let server = Process::start_cramped(&database, spool.path(), 2_048);
    let large = people("01", 12_000).csv(',');
    assert!(large.len() > 1 << 20);
    let refused = send_file(&server, &authorization, &large).problem(503, "indisponible");
    assert!(refused["detail"].as_str().unwrap().contains("place"), "{refused}");
    let left = std::fs::read_dir(spool.path().join("imports")).unwrap().count();
    assert_eq!(left, 0, "the part that was received is removed");
    let received = send_file(&server, &authorization, &people("01", LINES).csv(','));
    assert_eq!(received.status, 202, "{received:?}");
    let id = received.json()["id"].as_str().unwrap().to_owned();
    let mut filed = 0;
    let refused = loop {
        let answer = file(&server, LINES + 1 + filed).unwrap();
        if answer.status != 201 {
            break answer;
        }
        filed += 1;
        assert!(filed < 1_000, "the disk is never full");
    };
    refused.problem(503, "indisponible");
    assert_eq!(server.get("/healthz").unwrap().status, 200);
    let list = server.call("GET", "/api/v1/demandes", &[("Authorization", &authorization)], b"").unwrap();
    assert_eq!(list.status, 200, "what is there can still be read");
    drop(server);
    let server = Process::start(&database, spool.path());
    let view = wait_end(&server, &authorization, &id);
    if view["etat"] == "echoue" {
        // There was room to say so, and not for the lines: nothing of them is left, and the remedy is said.
        let said = view["erreur"].as_str().unwrap();
        assert!(said.contains("rien n’en a été gardé") && said.contains("de nouveau"), "{said}");
        assert_whole(&database, 0, i64::try_from(filed).unwrap());
        let again = send_file(&server, &authorization, &people("01", LINES).csv(',')).json();
        let view = wait_end(&server, &authorization, again["id"].as_str().unwrap());
        assert_eq!((&view["etat"], &view["creees"]), (&"termine".into(), &LINES.into()), "{view}");
    }
    assert_whole(&database, i64::try_from(LINES).unwrap(), i64::try_from(filed).unwrap());
}
