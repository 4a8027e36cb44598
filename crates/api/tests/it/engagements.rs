//! The terms and the charters: what blocks until they are accepted, and what stays open (REF-4).

use api::areas::engagement::service::seed;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp, counts, elsewhere};

impl TestApp {
    /// The texts that an instance starts with.
    fn with_texts(&self) {
        let clock = self.clock.clone();
        let db = self.db();
        elsewhere(|| db.write_blocking(move |conn| seed(conn, &clock))).unwrap_or_else(|error| panic!("{error}"));
    }
}

async fn texts_of(caller: &Caller<'_>) -> Vec<Value> {
    caller.get("/engagements").send().await.ok(200)["textes"].as_array().unwrap().clone()
}

async fn accept_all(caller: &Caller<'_>) {
    for text in texts_of(caller).await {
        let path = format!("/engagements/{}/accepter", text["id"].as_str().unwrap());
        assert_eq!(caller.post(&path).send().await.status, 204);
    }
}

#[actix_web::test]
async fn ref_4_nothing_but_the_texts_and_the_session_is_open_until_they_are_accepted() {
    let app = TestApp::new().await;
    app.with_texts();
    let person = app.person(&[Role::Anct, Role::Referent], &[]);
    let caller = app.session_of(&person, Role::Anct);
    caller.get("/demandes").send().await.problem(403, "engagement-requis");
    caller.get("/comptes").send().await.problem(403, "engagement-requis");
    caller.get("/sessions").send().await.ok(200);
    assert_eq!(caller.get("/session").send().await.ok(200)["engagement_requis"], true);
    let texts = texts_of(&caller).await;
    assert_eq!(texts.len(), 1, "an administrator has no charter");
    assert!(texts[0]["contenu"].as_str().unwrap().len() > 500 && texts[0].get("accepte_le").is_none());
    accept_all(&caller).await;
    caller.get("/demandes").send().await.ok(200);
    assert_eq!(caller.get("/session").send().await.ok(200)["engagement_requis"], false);
    let done = caller.get("/engagements").send().await.ok(200);
    assert_eq!((&done["acceptations"][0]["genre"], &done["acceptations"][0]["version"]), (&json!("cgu"), &json!(1)));
    accept_all(&caller).await;
    assert_eq!(app.rows("acceptation"), 1, "accepting again does nothing");
    let role = json!({ "role": "referent" });
    let switched = caller.request(actix_web::http::Method::PATCH, "/session").json(&role).send().await;
    let session = switched.cookie(api::access::session::COOKIE).unwrap();
    assert_eq!(switched.ok(200)["engagement_requis"], true, "the charter of the other role");
    let caller = app.caller(crate::support::Who::Session(session));
    let texts = texts_of(&caller).await;
    assert_eq!(texts.iter().map(|text| &text["genre"]).collect::<Vec<_>>(), ["cgu", "charte_referent"]);
    assert_eq!(caller.delete("/session").send().await.status, 204, "signing out stays open");
}

#[actix_web::test]
async fn ref_4_a_new_version_is_asked_of_those_who_accepted_the_former_one() {
    let app = TestApp::new().await;
    app.with_texts();
    let caller = app.account(Role::Anct, &[]);
    accept_all(&caller).await;
    let former = texts_of(&caller).await.remove(0);
    let body = json!({ "genre": "cgu", "contenu": "# Nouvelles conditions\n\nUn texte." });
    let publish = || caller.post("/engagements/textes").header("idempotency-key", "version-deux").json(&body).send();
    let published = publish().await.ok(201);
    assert_eq!(published["version"], 2);
    let other = app.account(Role::Aidant, &[]);
    assert_eq!(texts_of(&other).await.len(), 2, "the terms and the charter of the aidant");
    caller.get("/demandes").send().await.problem(403, "engagement-requis");
    let path = format!("/engagements/{}/accepter", former["id"].as_str().unwrap());
    caller.post(&path).send().await.problem(404, "introuvable");
    accept_all(&caller).await;
    assert_eq!(publish().await.ok(201), published, "the same key publishes once");
    caller.get("/demandes").send().await.ok(200);
    let done = caller.get("/engagements").send().await.ok(200);
    assert_eq!(done["acceptations"].as_array().unwrap().len(), 2);
    for content in [String::new(), " \n".to_owned(), "x".repeat(50_001)] {
        let body = json!({ "genre": "cgu", "contenu": content });
        let refused = caller.post("/engagements/textes").json(&body).send().await;
        refused.refuses(422, "champs-invalides", "/contenu");
    }
}

#[actix_web::test]
async fn a_program_is_no_person_it_accepts_nothing_and_nothing_is_asked_of_it() {
    let app = TestApp::new().await;
    app.with_texts();
    let program = app.token(Role::Anct, &SCOPES);
    program.get("/demandes").send().await.ok(200);
    let text = texts_of(&program).await.remove(0);
    let path = format!("/engagements/{}/accepter", text["id"].as_str().unwrap());
    program.post(&path).send().await.problem(403, "non-autorise");
    let other = app.token(Role::Instructeur, &SCOPES);
    let body = json!({ "genre": "cgu", "contenu": "Un texte." });
    other.post("/engagements/textes").json(&body).send().await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn authentication_stays_one_statement_whatever_is_to_be_accepted() {
    let app = TestApp::new().await;
    app.with_texts();
    let caller = app.account(Role::Referent, &[]);
    let cost = async || {
        let before = counts(&app.database).statements;
        caller.get("/session").send().await.ok(200);
        counts(&app.database).statements - before
    };
    assert_eq!(cost().await, 1);
    accept_all(&caller).await;
    assert_eq!(cost().await, 1);
}
