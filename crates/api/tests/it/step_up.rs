//! A code given again before a sensitive act: when it is asked for, what it renews, and what it never lets through.

use api::access::Identity;
use api::access::session::COOKIE;
use api::areas::compte::service::{Context, step_up};
use api::http::limit::Tally;
use api::otp::Kind;
use domain::permission::Role;
use domain::values::CodeOtp;
use serde_json::json;

use crate::imports_files::{CSV, people};
use crate::support::{Answer, Caller, SCOPES, TestApp, Who};

/// The default of `PARCOURS_CODE_RECENT`.
const RECENT: i64 = 900;
const EXPORT: &str = "/demandes/export?format=csv";
const IMPORT: &str = "/imports?objet=demandes";

async fn give(caller: &Caller<'_>, code: &str) -> Answer {
    caller.post("/session/code").json(&json!({ "code": code })).send().await
}

fn renewed<'a>(app: &'a TestApp, given: &Answer) -> Caller<'a> {
    assert_eq!(given.status, 204, "{}", given.text());
    app.caller(Who::Session(given.cookie(COOKIE).expect("another session cookie")))
}

/// Every act that asks for a recent code, sent by this caller.
async fn acts(caller: &Caller<'_>) -> Vec<(&'static str, Answer)> {
    vec![
        ("GET /session/code", caller.get("/session/code").send().await),
        ("export", caller.get(EXPORT).send().await),
        ("import", caller.post(IMPORT).body(CSV, people("01", 1).csv(',')).send().await),
        ("undo", caller.post("/imports/inconnu/defaire").send().await),
    ]
}

#[actix_web::test]
async fn sec_24_a_sensitive_act_asks_for_a_recent_code_and_goes_on_once_it_is_given() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let caller = app.session_of(&person, Role::Anct);
    app.clock.advance(chrono::Duration::seconds(RECENT - 1));
    for (what, answer) in acts(&caller).await {
        assert!(answer.status < 400 || answer.status == 404, "{what}: {}", answer.text());
    }
    app.clock.advance(chrono::Duration::seconds(1));
    let before = app.rows("import");
    for (what, answer) in acts(&caller).await {
        let problem = answer.problem(403, "code-requis");
        assert!(problem["detail"].as_str().unwrap().contains("/session/code"), "{what}");
    }
    assert_eq!(app.rows("import"), before, "nothing was done");
    caller.get("/demandes").send().await.ok(200);
    let rehearsal = caller.post(&format!("{IMPORT}&dry_run=true")).body(CSV, people("01", 1).csv(',')).send().await;
    assert_eq!(rehearsal.status, 202, "a rehearsal writes nothing: {}", rehearsal.text());
    let caller = renewed(&app, &give(&caller, &app.code(Kind::App, 0)).await);
    for (what, answer) in acts(&caller).await {
        assert!(answer.status < 400 || answer.status == 404, "{what}: {}", answer.text());
    }
}

#[actix_web::test]
async fn sec_24_a_program_has_its_scopes_for_code() {
    let app = TestApp::new().await;
    let program = app.token(Role::Anct, &SCOPES);
    app.clock.advance(chrono::Duration::seconds(RECENT));
    assert_eq!(program.get(EXPORT).send().await.status, 200);
    assert_eq!(program.get("/session/code").send().await.status, 204);
    give(&program, "123456").await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn sec_24_the_limit_is_one_setting() {
    let app = TestApp::with(&[("PARCOURS_CODE_RECENT", "60")]).await;
    let caller = app.account(Role::Anct, &[]);
    app.clock.advance(chrono::Duration::seconds(59));
    assert_eq!(caller.get(EXPORT).send().await.status, 200);
    app.clock.advance(chrono::Duration::seconds(1));
    caller.get(EXPORT).send().await.problem(403, "code-requis");
}

#[actix_web::test]
async fn sec_20_a_code_given_again_changes_the_id_and_keeps_the_session() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant, Role::Anct], Kind::Card);
    let caller = app.session_of(&person, Role::Anct);
    let listed = app.texts("SELECT id || ' ' || role || ' ' || expire_le AS v FROM session");
    app.clock.advance(chrono::Duration::minutes(20));
    let next = renewed(&app, &give(&caller, &app.code(Kind::Card, 0)).await);
    caller.get("/session").send().await.problem(401, "non-authentifie");
    assert_eq!(next.get("/session").send().await.ok(200)["role"], "anct");
    assert_eq!(app.texts("SELECT id || ' ' || role || ' ' || expire_le AS v FROM session"), listed);
}

#[actix_web::test]
async fn rt_01_the_code_of_the_sign_in_does_not_serve_again() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let code = app.code(Kind::App, 0);
    let signed_in = app.sign_in(&person.email, &code).await;
    let caller = app.caller(Who::Session(signed_in.cookie(COOKIE).unwrap()));
    give(&caller, &code).await.refuses(422, "champs-invalides", "/code");
    app.clock.advance(chrono::Duration::seconds(30));
    // RT-02: the same code however it is typed.
    let next = app.code(Kind::App, 0);
    let spaced = format!("{} {}", &next[..3], &next[3..]);
    let caller = renewed(&app, &give(&caller, &spaced).await);
    give(&caller, &next).await.refuses(422, "champs-invalides", "/code");
}

#[actix_web::test]
async fn rt_01_of_fifty_parallel_uses_of_a_code_one_renews_the_session() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "1000")]).await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let Who::Session(id) = app.session_of(&person, Role::Anct).who else { panic!("not a session") };
    let context = Context::new(&app.app, "192.0.2.1".parse().unwrap(), "r".to_owned(), Tally::default());
    let who = Identity {
        kind: "compte",
        id: person.id.clone(),
        name: String::new(),
        email: person.email.clone(),
        role: Role::Anct,
        roles: vec![Role::Anct],
        scopes: None,
        envelopes: Vec::new(),
        owes_acceptance: false,
        code_at: None,
        stamp: 0,
    };
    let code = CodeOtp::lire(&app.code(Kind::App, 0));
    let renewed = app.in_parallel(50, |conn| {
        step_up(conn, &context, &who, &id, code.clone()).unwrap().is_some_and(|renewed| renewed.id.is_some())
    });
    assert_eq!(renewed.iter().filter(|one| **one).count(), 1);
    assert_eq!(app.rows("session"), 1);
}

#[actix_web::test]
async fn rt_03_a_stolen_cookie_gives_no_more_tries_than_the_allowance() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let caller = app.session_of(&person, Role::Anct);
    for _ in 0..10 {
        give(&caller, &app.wrong_code(Kind::App)).await.refuses(422, "champs-invalides", "/code");
    }
    let refused = give(&caller, &app.code(Kind::App, 0)).await;
    refused.problem(429, "trop-de-requetes");
    assert!(refused.header("ratelimit-policy").unwrap().contains("code-session"));
    // The owner still signs in: another throttle.
    app.sign_in(&person.email, &app.code(Kind::App, 0)).await.ok(200);
    app.clock.advance(chrono::Duration::minutes(15));
    renewed(&app, &give(&caller, &app.code(Kind::App, 0)).await);
    let actions = app.texts("SELECT action AS v FROM journal WHERE action LIKE 'session.code%' ORDER BY numero");
    assert_eq!(actions.len(), 11);
    assert_eq!(actions.last().unwrap(), "session.code_donne");
}

#[actix_web::test]
async fn a_code_of_somebody_else_or_of_no_means_renews_nothing() {
    let app = TestApp::new().await;
    let (one, bare) = (app.equipped(&[Role::Anct], Kind::App), app.person(&[Role::Anct], &[]));
    let caller = app.session_of(&bare, Role::Anct);
    for code in [app.code(Kind::App, 0), "123456".to_owned(), String::new(), "abc".to_owned()] {
        give(&caller, &code).await.refuses(422, "champs-invalides", "/code");
    }
    give(&caller, &"1".repeat(17)).await.refuses(422, "champs-invalides", "/code");
    renewed(&app, &give(&app.session_of(&one, Role::Anct), &app.code(Kind::App, 0)).await);
}
