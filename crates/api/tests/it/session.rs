//! Sessions: their cookie, their limits, what ends them, the active role, and what a cookie may do.

use actix_web::http::Method;
use api::access::session::{COOKIE, IDLE_MINUTES};
use api::otp::Kind;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, Who, counts, demande};

fn session(answer: &Answer) -> Who {
    Who::Session(answer.cookie(COOKIE).expect("a session cookie"))
}

#[actix_web::test]
async fn sec_26_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let opened = app.sign_in(&person.email, &app.code(Kind::App, 0)).await;
    assert_eq!(opened.ok(200)["role"], "anct");
    let set: Vec<&str> = opened.headers.get_all("set-cookie").map(|value| value.to_str().unwrap()).collect();
    assert_eq!(set.len(), 3, "{set:?}");
    for cookie in set {
        for attribute in ["__Host-", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert_eq!(opened.header("cache-control"), Some("no-store"));
}

#[actix_web::test]
async fn sec_20_an_id_is_long_stored_hashed_and_new_at_each_sign_in() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let first = app.sign_in(&person.email, &app.code(Kind::App, 0)).await.cookie(COOKIE).unwrap();
    assert!(first.len() >= 32);
    assert!(app.texts("SELECT empreinte || id AS v FROM session").iter().all(|text| !text.contains(&first)));
    app.clock.advance(chrono::Duration::seconds(60));
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).pop().unwrap();
    let cookies = format!(
        "{COOKIE}={first}; {}={}",
        api::access::session::LINK_COOKIE,
        asked.cookie(api::access::session::LINK_COOKIE).unwrap()
    );
    let body = json!({ "jeton": link.split_once('#').unwrap().1 });
    let again = app.anonymous().post("/session").json(&body).header("cookie", &cookies).send().await;
    assert_ne!(again.cookie(COOKIE).unwrap(), first);
    app.caller(Who::Session(first)).get("/session").send().await.problem(401, "non-authentifie");
    app.caller(session(&again)).get("/session").send().await.ok(200);
    assert_eq!(app.rows("session"), 1, "the earlier one of this browser is closed");
}

#[actix_web::test]
async fn sec_21_a_session_ends_when_idle_and_at_its_absolute_limit() {
    let app = TestApp::new().await;
    let (idle, busy) = (app.account(Role::Anct, &[]), app.account(Role::Anct, &[]));
    let step = chrono::Duration::minutes(IDLE_MINUTES) - chrono::Duration::seconds(1);
    app.clock.advance(step);
    busy.get("/session").send().await.ok(200);
    app.clock.advance(chrono::Duration::seconds(1));
    idle.get("/session").send().await.problem(401, "non-authentifie");
    // The last use is known to the minute.
    for _ in 0..7 {
        app.clock.advance(chrono::Duration::minutes(IDLE_MINUTES - 2));
        busy.get("/session").send().await.ok(200);
    }
    app.clock.advance(chrono::Duration::seconds(13 * 60 + 59));
    busy.get("/session").send().await.ok(200);
    app.clock.advance(chrono::Duration::seconds(1));
    busy.get("/session").send().await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn sec_22_a_deactivation_or_a_withdrawn_role_counts_at_the_next_request() {
    let app = TestApp::new().await;
    let people = [app.person(&[Role::Anct], &[]), app.person(&[Role::Anct], &[])];
    let [one, two] = [0, 1].map(|n: usize| app.session_of(&people[n], Role::Anct));
    for caller in [&one, &two] {
        caller.get("/demandes").send().await.ok(200);
    }
    app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", people[0].id)).unwrap();
    app.execute(&format!("DELETE FROM compte_role WHERE compte_id = '{}'", people[1].id)).unwrap();
    for caller in [&one, &two] {
        caller.get("/demandes").send().await.problem(401, "non-authentifie");
    }
}

async fn listed(app: &TestApp, who: &Who) -> Vec<Value> {
    app.caller(who.clone()).get("/sessions").send().await.ok(200)["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn sec_23_one_sees_ones_sessions_and_closes_one_or_all() {
    let app = TestApp::new().await;
    let person = app.person(&[Role::Aidant], &[]);
    let stranger = app.account(Role::Aidant, &[]);
    let callers: Vec<Who> = (0..3)
        .map(|_| {
            app.clock.advance(chrono::Duration::seconds(1));
            app.session_of(&person, Role::Aidant).who.clone()
        })
        .collect();
    let items = listed(&app, &callers[1]).await;
    assert_eq!(items.len(), 3);
    let current: Vec<bool> = items.iter().map(|item| item["actuelle"].as_bool().unwrap()).collect();
    assert_eq!(current, [false, true, false], "the last opened first");
    assert_eq!(items[0]["appareil"], "Firefox, Linux");
    let other = items[0]["id"].as_str().unwrap();
    stranger.delete(&format!("/sessions/{other}")).send().await.problem(404, "introuvable");
    let one = app.caller(callers[1].clone());
    assert_eq!(one.delete(&format!("/sessions/{other}")).send().await.status, 204);
    one.delete(&format!("/sessions/{other}")).send().await.problem(404, "introuvable");
    app.caller(callers[2].clone()).get("/session").send().await.problem(401, "non-authentifie");
    let out = one.delete("/sessions").send().await;
    assert_eq!((out.status, out.header("clear-site-data")), (204, Some("\"cache\"")));
    for who in callers {
        app.caller(who).get("/session").send().await.problem(401, "non-authentifie");
    }
    stranger.get("/session").send().await.ok(200);
    let actions = app.texts("SELECT action AS v FROM journal WHERE objet = 'compte' ORDER BY numero");
    assert_eq!(actions, ["session.fermee", "session.toutes_fermees"]);
}

#[actix_web::test]
async fn signing_out_takes_the_cookie_back() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Anct, &[]);
    let out = caller.delete("/session").send().await;
    assert_eq!((out.status, out.header("clear-site-data")), (204, Some("\"cache\"")));
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    caller.get("/session").send().await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn sec_20_the_role_is_chosen_among_ones_own_journalled_and_changes_the_id() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert(vec![crate::support::line("01", 0, &envelope)]);
    let person = app.person(&[Role::Aidant, Role::Recipiendaire], &[&envelope]);
    let caller = app.session_of(&person, Role::Aidant);
    let seen = caller.get("/session").send().await.ok(200);
    assert_eq!(seen["roles"], json!(["recipiendaire", "aidant"]));
    caller.get("/demandes").send().await.problem(403, "non-autorise");
    for other in ["anct", "usager"] {
        caller.patch("/session").json(&json!({ "role": other })).send().await.problem(403, "non-autorise");
    }
    caller.patch("/session").json(&json!({ "role": "roi" })).send().await.problem(400, "json-invalide");
    let switched = caller.patch("/session").json(&json!({ "role": "recipiendaire" })).send().await;
    assert_eq!(switched.ok(200)["role"], "recipiendaire");
    caller.get("/session").send().await.problem(401, "non-authentifie");
    let recipiendaire = app.caller(session(&switched));
    assert_eq!(recipiendaire.list(&[]).await["items"].as_array().unwrap().len(), 1);
    let changes = app.texts(
        "SELECT d.valeurs AS v FROM journal j JOIN journal_donnees d ON d.numero = j.numero \
         WHERE j.action = 'session.role_change'",
    );
    assert_eq!(changes, [r#"{"apres":"recipiendaire","avant":"aidant"}"#]);
    let token = app.token_on(Role::Anct, &["demandes:lire"], &[]);
    token.patch("/session").json(&json!({ "role": "anct" })).send().await.problem(403, "non-autorise");
    assert_eq!(token.get("/sessions").send().await.ok(200)["items"], json!([]));
}

#[actix_web::test]
async fn recognising_a_caller_costs_one_statement() {
    let app = TestApp::new().await;
    let envelopes = ["01", "02", "03"].map(|department| app.envelope(department));
    let own: Vec<&str> = envelopes.iter().map(String::as_str).collect();
    let person = app.person(&[Role::Recipiendaire, Role::Referent, Role::Aidant], &own);
    let callers =
        [app.session_of(&person, Role::Recipiendaire), app.token_on(Role::Recipiendaire, &["demandes:lire"], &own)];
    for caller in callers {
        caller.get("/session").send().await.ok(200);
        let before = counts(&app.database).statements;
        caller.get("/session").send().await.ok(200);
        assert_eq!(counts(&app.database).statements - before, 1);
    }
}

#[actix_web::test]
async fn sec_52_a_write_by_cookie_must_come_from_our_own_pages() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let post = || caller.bare(Method::POST, "/api/v1/demandes").json(&demande("01", 0));
    post().send().await.problem(403, "non-autorise");
    post().header("x-requested-with", "XMLHttpRequest").send().await.problem(403, "non-autorise");
    for site in ["cross-site", "same-site"] {
        let foreign = post().header("x-requested-with", "parcours").header("sec-fetch-site", site);
        foreign.send().await.problem(403, "non-autorise");
    }
    assert_eq!(app.rows("demande"), 0);
    let read = caller.bare(Method::GET, "/api/v1/demandes").header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(read.status, 200, "reading changes nothing");
    post().header("x-requested-with", "parcours").header("sec-fetch-site", "same-origin").send().await.ok(201);
    let token = app.token_on(Role::Recipiendaire, &["demandes:ecrire"], &[&envelope]);
    let program = token.bare(Method::POST, "/api/v1/demandes").json(&demande("01", 1)).send().await;
    assert_eq!(program.status, 201, "a program has no cookie to steal");
}
