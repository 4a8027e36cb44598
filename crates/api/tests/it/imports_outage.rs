//! The database fails while a file is read: a cut connection, a lock, no room. The import goes on; nothing is done twice.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::imports_files::*;
use crate::support::{Caller, TestApp};

/// Four batches.
const LINES: usize = 4_000;

async fn begin(caller: &Caller<'_>) -> String {
    let view = send(caller, CSV, people("01", LINES).csv(','), &[]).await.ok(202);
    view["id"].as_str().unwrap().to_owned()
}

/// Waits until more lines than these are written; answers how many.
async fn more_than(app: &TestApp, lines: i64) -> i64 {
    let begun = Instant::now();
    loop {
        let mut conn = app.connection();
        let now = crate::support::number(&mut conn, "SELECT lignes AS n FROM import");
        if now > lines {
            return now;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written beyond {lines}");
        actix_web::rt::time::sleep(Duration::from_millis(3)).await;
    }
}

async fn assert_whole(app: &TestApp, caller: &Caller<'_>, id: &str) {
    let view: Value = wait(caller, id).await;
    assert_eq!(view["etat"], "termine", "{view}");
    let lines = i64::try_from(LINES).unwrap();
    assert_eq!(counters(&view), [lines, 0, 0, 0], "{view}");
    assert_eq!(app.rows("demande"), lines);
    let numbers = crate::support::number(&mut app.connection(), "SELECT count(DISTINCT email) AS n FROM demande");
    assert_eq!(numbers, lines);
    assert_eq!(lines_of(caller, &view).await, LINES);
    assert_eq!(app.read(api::journal::verify), []);
}

async fn lines_of(caller: &Caller<'_>, view: &Value) -> usize {
    let report = lines(caller, view).await;
    assert!(report.iter().zip(2..).all(|(line, number)| line["ligne"] == number));
    report.len()
}

/// PostgreSQL cuts the connection in the middle of two batches; on SQLite another program keeps the file for itself.
#[actix_web::test]
async fn a_batch_cut_in_its_middle_is_written_again() {
    let app = TestApp::new().await;
    let caller = app.anct();
    if app.is_postgres() {
        // A sequence is not rolled back: the second and the fifth attempt are cut, what follows them is not.
        app.execute("CREATE SEQUENCE tentatives").unwrap();
        let cut = "CREATE FUNCTION couper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                   IF nextval('tentatives') IN (2, 5) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; \
                   RETURN NEW; END; $$";
        app.execute(cut).unwrap();
        app.execute("CREATE TRIGGER couper BEFORE INSERT ON import_lot FOR EACH ROW EXECUTE FUNCTION couper()")
            .unwrap();
    }
    let id = begin(&caller).await;
    if !app.is_postgres() {
        more_than(&app, 0).await;
        let mut other = app.connection();
        other.begin_write().unwrap();
        actix_web::rt::time::sleep(Duration::from_secs(6)).await;
        other.rollback().unwrap();
    }
    assert_whole(&app, &caller, &id).await;
    if app.is_postgres() {
        let attempts = crate::support::number(&mut app.connection(), "SELECT last_value AS n FROM tentatives");
        assert_eq!(attempts, 1 + 4 + 2, "the header, four batches, and two of them again");
    }
}

/// Both attempts at a batch fail, and the database is back when the import would say that it failed: it goes on all the same.
#[actix_web::test]
async fn an_outage_that_ends_as_the_import_gives_up_a_batch_does_not_end_it() {
    let app = TestApp::new().await;
    let caller = app.anct();
    if app.is_postgres() {
        app.execute("CREATE SEQUENCE tentatives").unwrap();
        let cut = "CREATE FUNCTION couper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                   IF nextval('tentatives') IN (3, 4) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; \
                   RETURN NEW; END; $$";
        app.execute(cut).unwrap();
        app.execute("CREATE TRIGGER couper BEFORE INSERT ON import_lot FOR EACH ROW EXECUTE FUNCTION couper()")
            .unwrap();
    }
    let id = begin(&caller).await;
    if !app.is_postgres() {
        more_than(&app, 0).await;
        let mut other = app.connection();
        other.begin_write().unwrap();
        // Two attempts of five seconds each, and less than a third.
        actix_web::rt::time::sleep(Duration::from_millis(11_500)).await;
        other.rollback().unwrap();
    }
    assert_whole(&app, &caller, &id).await;
}

/// The server of databases is away for longer than a batch is tried again: the import waits for it.
#[actix_web::test]
async fn an_import_waits_for_a_database_that_is_gone() {
    let app = TestApp::new().await;
    if !app.is_postgres() {
        // An SQLite file does not go away; a full disk and a lock are tested beside this.
        return;
    }
    let caller = app.anct();
    let id = begin(&caller).await;
    more_than(&app, 0).await;
    app.database.run_outside(|name| format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    app.database
        .run_outside(|name| format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
    caller.get("/demandes").send().await.problem(503, "indisponible");
    actix_web::rt::time::sleep(Duration::from_secs(7)).await;
    app.database.run_outside(|name| format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    assert_whole(&app, &caller, &id).await;
}

/// PostgreSQL tells of a full disk as an error of the statement; its code is what counts.
#[actix_web::test]
async fn an_import_waits_for_room_on_the_server_of_databases() {
    let app = TestApp::new().await;
    if !app.is_postgres() {
        // On SQLite the real thing is tested, with a real limit (crash.rs).
        return;
    }
    let caller = app.anct();
    let full = "CREATE FUNCTION plein() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END; $$";
    app.execute(full).unwrap();
    let id = begin(&caller).await;
    app.execute("CREATE TRIGGER plein BEFORE INSERT ON journal EXECUTE FUNCTION plein()").unwrap();
    actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    let filing = crate::support::candidature("01");
    let filed = app.anonymous().post("/candidatures").header("idempotency-key", "disque-plein").json(&filing).send();
    filed.await.problem(503, "indisponible");
    caller.get("/demandes").send().await.ok(200);
    app.execute("DROP TRIGGER plein ON journal").unwrap();
    assert_whole(&app, &caller, &id).await;
}
