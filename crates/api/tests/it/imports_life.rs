//! The life of an import: cancelled, undone, resumed, seen by whom, sent twice.

use std::time::{Duration, Instant};

use api::areas::import::Runner;
use api::db::{DbConn, DbError};
use domain::permission::Role;
use serde_json::json;

use crate::imports_files::*;
use crate::support::{SCOPES, TestApp, elsewhere, number};

#[actix_web::test]
async fn an_undone_import_leaves_what_has_changed_since() {
    let app = TestApp::new().await;
    let caller = app.anct();
    import(&caller, CSV, people("01", 2).with("cohorte", "Avant").csv(','), &[]).await;
    let view = import(&caller, CSV, people("01", 4).with("cohorte", "Pendant").csv(','), &[]).await;
    assert_eq!(counters(&view), [2, 2, 0, 0]);
    let report = lines(&caller, &view).await;
    let changed = report[2]["id"].as_str().unwrap();
    caller.patch(&format!("/demandes/{changed}")).version(1).json(&json!({"cohorte": "Apres"})).send().await.ok(200);
    let id = view["id"].as_str().unwrap();
    let undone = caller.post(&format!("/imports/{id}/defaire")).send().await.ok(200);
    assert_eq!(undone["etat"], "defait", "{undone}");
    assert!(undone["erreur"].as_str().unwrap().starts_with("1 demande"), "{undone}");
    let left = app.texts("SELECT cohorte AS v FROM demande WHERE NOT supprimee ORDER BY rang");
    assert_eq!(left, ["Avant", "Avant", "Apres"]);
    caller.post(&format!("/imports/{id}/defaire")).send().await.problem(409, "conflit-etat");
    caller.post(&format!("/imports/{id}/annuler")).send().await.problem(409, "conflit-etat");
    let defects = app.read(api::journal::verify);
    assert!(defects.is_empty(), "{defects:?}");
}

#[actix_web::test]
async fn a_rehearsal_cannot_be_undone() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let view = import(&caller, CSV, people("01", 1).csv(','), &[("dry_run", "true")]).await;
    caller
        .post(&format!("/imports/{}/defaire", view["id"].as_str().unwrap()))
        .send()
        .await
        .problem(409, "conflit-etat");
}

#[actix_web::test]
async fn a_cancelled_import_leaves_nothing() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let view = send(&caller, CSV, people("01", 6_000).csv(','), &[]).await.ok(202);
    let id = view["id"].as_str().unwrap();
    let waiting = send(&caller, CSV, people("02", 3).csv(','), &[]).await.ok(202);
    let cancelled = caller.post(&format!("/imports/{}/annuler", waiting["id"].as_str().unwrap())).send().await;
    assert_eq!(cancelled.ok(200)["etat"], "annule");
    while caller.get(&format!("/imports/{id}")).send().await.ok(200)["lignes"] == 0 {
        actix_web::rt::time::sleep(Duration::from_millis(5)).await;
    }
    let asked = caller.post(&format!("/imports/{id}/annuler")).send().await;
    asked.ok(202);
    let view = wait(&caller, id).await;
    assert_eq!(view["etat"], "annule", "{view}");
    assert!(view["lignes"].as_i64().unwrap() < 6_000);
    assert_eq!(app.texts("SELECT id AS v FROM demande WHERE NOT supprimee"), Vec::<String>::new());
    // The one that was cancelled while it waited leaves its file when its turn comes.
    let last = import(&caller, CSV, people("03", 1).csv(','), &[]).await;
    assert_eq!(counters(&last), [1, 0, 0, 0]);
    assert_spool_empty(&app).await;
}

#[actix_web::test]
async fn sec_53_imports_are_read_one_after_the_other() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let first = send(&caller, CSV, people("01", 4_000).csv(','), &[]).await.ok(202)["id"].clone();
    let second = send(&caller, CSV, people("02", 3).csv(','), &[]).await.ok(202)["id"].clone();
    let mut waited = false;
    loop {
        let path = |id: &serde_json::Value| format!("/imports/{}", id.as_str().unwrap());
        // Read in this order, so that what ends between both readings cannot look like two at once.
        let behind = caller.get(&path(&second)).send().await.ok(200);
        let ahead = caller.get(&path(&first)).send().await.ok(200);
        if ahead["etat"] == "termine" {
            break;
        }
        assert_eq!(behind["etat"], "en_attente", "{ahead}");
        waited = true;
    }
    assert!(waited, "the file was read before anything could be seen");
    assert_eq!(counters(&wait(&caller, second.as_str().unwrap()).await), [3, 0, 0, 0]);
}

#[actix_web::test]
async fn an_import_goes_on_after_a_stop() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let mut table = people("01", 8_000);
    table.rows.push(table.rows[0].clone());
    let file = table.csv(',');
    std::fs::create_dir_all(app.app.spool()).unwrap();
    std::fs::write(app.app.spool().join("un.auto.csv"), &file).unwrap();
    app.execute(&format!(
        "INSERT INTO import (id, etat, essai, format, acteur_genre, acteur_id, role, requete, fichier, octets, cree_le) \
         VALUES ('un', 'en_attente', FALSE, 'csv', 'jeton', 'x', 'anct', '', 'imports/un.auto.csv', {}, '2026-03-02 09:00:00')",
        file.len()
    ))
    .unwrap();
    let (shared, clock) = (app.app.clone(), app.clock.clone());
    let start = || Runner::start(shared.db.clone(), clock.clone(), shared.territories.clone(), &shared.config).unwrap();
    let lines_done = || {
        let read = |conn: &mut DbConn| Ok::<_, DbError>(number(conn, "SELECT lignes AS n FROM import"));
        shared.db.read_blocking(read).unwrap()
    };
    elsewhere(|| {
        let first = start();
        let begun = Instant::now();
        while lines_done() == 0 {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing is read");
            std::thread::sleep(Duration::from_millis(2));
        }
        drop(first);
    });
    let done = lines_done();
    assert!((1_000..8_001).contains(&done) && done % 1_000 == 0, "{done}");
    assert_eq!(app.texts("SELECT etat AS v FROM import"), ["en_cours"]);
    assert_eq!(app.rows("demande"), done);
    let _second = start();
    let view = wait(&caller, "un").await;
    assert_eq!(view["etat"], "termine", "{view}");
    assert_eq!(counters(&view), [8_000, 0, 0, 1]);
    assert_eq!(app.rows("demande"), 8_000);
    let report = lines(&caller, &view).await;
    assert_eq!(report.len(), 8_001);
    assert!(report.iter().zip(2..).all(|(line, number)| line["ligne"] == number));
    // A line written before the stop is still known to be repeated.
    assert_eq!(codes(&report[8_000]), ["ligne_en_double"]);
}

#[actix_web::test]
async fn an_import_is_seen_by_its_author_and_by_the_national_team() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let author = app.account(Role::Recipiendaire, &[&envelope]);
    let other = app.account(Role::Recipiendaire, &[&envelope]);
    let view = import(&author, CSV, people("01", 1).csv(','), &[]).await;
    let id = view["id"].as_str().unwrap();
    for path in ["", "/lignes", "/rejets"] {
        other.get(&format!("/imports/{id}{path}")).send().await.problem(404, "introuvable");
        assert_eq!(app.anct().get(&format!("/imports/{id}{path}")).send().await.status, 200);
    }
    for action in ["annuler", "defaire"] {
        other.post(&format!("/imports/{id}/{action}")).send().await.problem(404, "introuvable");
    }
    author.get("/imports/inconnu").send().await.problem(404, "introuvable");
    app.account(Role::Instructeur, &[]).get(&format!("/imports/{id}")).send().await.problem(403, "non-autorise");
    app.token(Role::Anct, &["imports:lire"])
        .post("/imports?objet=demandes")
        .body(CSV, "a")
        .send()
        .await
        .problem(403, "non-autorise");
}

#[actix_web::test]
async fn a_key_receives_a_file_once() {
    let app = TestApp::new().await;
    let caller = app.token(Role::Anct, &SCOPES);
    let send = |file: String, key: &'static str| {
        caller.post("/imports?objet=demandes").header("idempotency-key", key).body(CSV, file).send()
    };
    let file = people("01", 1).csv(',');
    let first = send(file.clone(), "cle-numero-1").await.ok(202);
    let again = send(file.clone(), "cle-numero-1").await.ok(202);
    assert_eq!(first["id"], again["id"]);
    send(people("01", 2).csv(','), "cle-numero-1").await.problem(422, "cle-idempotence-reutilisee");
    wait(&caller, first["id"].as_str().unwrap()).await;
    assert_eq!((app.rows("import"), app.rows("demande")), (1, 1));
    assert_spool_empty(&app).await;
}

/// The file goes just after the state is written.
async fn assert_spool_empty(app: &TestApp) {
    let left = || std::fs::read_dir(app.app.spool()).unwrap().count();
    for _ in 0..200 {
        if left() == 0 {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} files were left behind", left());
}
