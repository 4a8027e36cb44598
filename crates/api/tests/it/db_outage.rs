//! The database is gone, full, read-only or busy: 503 with `Retry-After`, nothing half done, and the service recovers by itself.

use std::time::Duration;

use api::db::DbError;
use serde_json::Value;

use crate::support::{Answer, TestApp, candidature};

async fn file(app: &TestApp, key: &str) -> Answer {
    app.anonymous().post("/candidatures").header("idempotency-key", key).json(&candidature("01")).send().await
}

fn assert_unavailable(answer: &Answer) -> Value {
    let problem = answer.problem(503, "indisponible");
    assert_eq!(answer.header("retry-after"), Some("5"));
    let text = answer.text().to_lowercase();
    for cause in ["sqlite", "disk", "readonly", "connection", "postgres", "terminat", "locked", "pool"] {
        assert!(!text.contains(cause), "the cause is for the log: {text}");
    }
    problem
}

#[actix_web::test]
async fn a_full_disk_refuses_the_write_and_stores_nothing() {
    let app = TestApp::new().await;
    if app.is_postgres() {
        // A full disk on the database server shows as an error of the statement; its code is what counts.
        app.execute(
            "CREATE FUNCTION plein() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END; $$",
        )
        .unwrap();
        app.execute("CREATE TRIGGER plein BEFORE INSERT ON journal EXECUTE FUNCTION plein()").unwrap();
    } else {
        app.write(|conn| {
            let pages = crate::support::number(conn, "SELECT page_count AS n FROM pragma_page_count");
            crate::support::execute(conn, &format!("PRAGMA max_page_count = {pages}")).map(drop)
        })
        .unwrap();
    }
    let mut last = file(&app, "disque-plein-0").await;
    for attempt in 1..200 {
        if last.status != 201 {
            break;
        }
        last = file(&app, &format!("disque-plein-{attempt}")).await;
    }
    assert_unavailable(&last);
    let (demandes, journal) = (app.rows("demande"), app.rows("journal"));
    assert_eq!(app.rows("candidature") * 2, journal, "each candidature with its two entries, or neither");
    assert_eq!(app.rows("candidature"), demandes);
    if app.is_postgres() {
        app.execute("DROP TRIGGER plein ON journal").unwrap();
    } else {
        // Refused when the writer has already opened the file again, which forgets the bound.
        let _freed = app.write(|conn| crate::support::execute(conn, "PRAGMA max_page_count = 1000000"));
    }
    file(&app, "place-faite").await.ok(201);
    assert_eq!(app.read(api::journal::verify), []);
}

#[actix_web::test]
async fn a_database_turned_read_only_is_answered_503_then_recovers() {
    let app = TestApp::new().await;
    let off = if app.is_postgres() { "SET default_transaction_read_only = on" } else { "PRAGMA query_only = ON" };
    let on = if app.is_postgres() { "SET default_transaction_read_only = off" } else { "PRAGMA query_only = OFF" };
    app.execute(off).unwrap();
    let refused = file(&app, "lecture-seule").await;
    if app.is_postgres() {
        assert_unavailable(&refused);
        assert_eq!(app.rows("demande"), 0);
        app.anonymous().get("/referentiel/departements").send().await.ok(200);
        app.execute(on).unwrap();
    }
    // On SQLite the writer sees it when it takes the lock, and opens the file again before it does anything.
    file(&app, "lecture-seule").await.ok(201);
    assert_eq!(app.rows("demande"), 1);
}

#[actix_web::test]
async fn sec_53_readers_all_busy_for_too_long_is_answered_503_then_recovers() {
    let app = TestApp::with(&[("PARCOURS_LECTEURS", "1")]).await;
    let caller = app.anct();
    let db = app.db().clone();
    let (release, hold) = std::sync::mpsc::channel::<()>();
    let (taken, is_taken) = std::sync::mpsc::channel::<()>();
    let busy = std::thread::spawn(move || {
        db.read_blocking(|_| {
            taken.send(()).unwrap();
            let _released = hold.recv();
            Ok::<_, DbError>(())
        })
    });
    is_taken.recv().unwrap();
    assert_unavailable(&caller.get("/demandes").send().await);
    release.send(()).unwrap();
    busy.join().unwrap().unwrap();
    caller.get("/demandes").send().await.ok(200);
}

/// The server that holds the database restarts: every connection is cut, and new ones are refused for a while.
#[actix_web::test]
async fn a_server_that_goes_away_is_answered_503_and_found_again() {
    let app = TestApp::new().await;
    if !app.is_postgres() {
        return locked_by_another_program(&app).await;
    }
    let caller = app.anct();
    caller.get("/demandes").send().await.ok(200);
    app.database.run_outside(|name| format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    let cut = |name: &str| format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    app.database.run_outside(cut);
    assert_unavailable(&caller.get("/demandes").send().await);
    assert_unavailable(&file(&app, "serveur-parti").await);
    let ready = app.anonymous().bare(actix_web::http::Method::GET, "/readyz").send().await;
    assert_unavailable(&ready);
    let alive = app.anonymous().bare(actix_web::http::Method::GET, "/healthz").send().await;
    assert_eq!(alive.status, 200, "the process itself is well");
    app.database.run_outside(|name| format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    file(&app, "serveur-parti").await.ok(201);
    caller.get("/demandes").send().await.ok(200);
    // Cut without being away: the next request already works.
    app.database.run_outside(cut);
    actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    caller.get("/demandes").send().await.ok(200);
    file(&app, "serveur-revenu").await.ok(201);
    assert_eq!(app.rows("candidature"), 2);
}

/// On SQLite a backup or a tool may hold the write lock for longer than the writer waits.
async fn locked_by_another_program(app: &TestApp) {
    let caller = app.anct();
    let mut other = app.connection();
    other.begin_write().unwrap();
    assert_unavailable(&file(app, "fichier-verrouille").await);
    caller.get("/demandes").send().await.ok(200);
    other.rollback().unwrap();
    file(app, "fichier-verrouille").await.ok(201);
    assert_eq!(app.rows("candidature"), 1);
}
