//! The welcome kit: a printed code of six digits opens the first session of a référent, with the mailed link, once.

use api::areas::compte::service::welcome::WELCOME_DAYS;
use api::otp::Kind;
use domain::permission::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::first_access::shown;
use crate::support::{Answer, Caller, TestApp, Who};

const EMAIL: &str = "referente@mairie.example";

/// An account of a référent without means, made by an administrator; its id.
async fn referent(admin: &Caller<'_>, roles: &[&str]) -> String {
    let body = json!({ "nom": "Réjane Référente", "email": EMAIL, "roles": roles });
    admin.post("/comptes").json(&body).send().await.ok(201)["id"].as_str().unwrap().to_owned()
}

async fn ask_code(admin: &Caller<'_>, id: &str) -> Answer {
    admin.post(&format!("/comptes/{id}/code-accueil")).send().await
}

async fn code(admin: &Caller<'_>, id: &str) -> String {
    ask_code(admin, id).await.ok(200)["code"].as_str().unwrap().to_owned()
}

/// A code that is not this one.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

fn session(app: &TestApp, opened: &Answer) -> String {
    assert_eq!(opened.status, 200, "{}", app.links(EMAIL).len());
    opened.cookie(api::access::session::COOKIE).unwrap()
}

#[actix_web::test]
async fn s13_the_code_of_the_kit_and_the_mailed_link_open_the_first_session_once() {
    let app = TestApp::new().await;
    let admin = app.account(Role::Anct, &[]);
    let id = referent(&admin, &["referent"]).await;
    let made = ask_code(&admin, &id).await.ok(200);
    let code = made["code"].as_str().unwrap().to_owned();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let account = admin.get(&format!("/comptes/{id}")).send().await.ok(200);
    assert_eq!((&account["etat"], &account["code_accueil_expire_le"]), (&json!("a_confirmer"), &made["expire_le"]));

    assert_eq!(app.ask(EMAIL, &other(&code)).await.status, 202);
    assert!(app.links(EMAIL).is_empty(), "a wrong code sends nothing");
    let opened = app.sign_in(EMAIL, &code).await;
    let seen = opened.ok(200);
    assert_eq!((&seen["role"], &seen["moyen_requis"]), (&json!("referent"), &json!(true)));
    let account = admin.get(&format!("/comptes/{id}")).send().await.ok(200);
    assert_eq!((&account["etat"], &account["code_accueil_expire_le"]), (&json!("actif"), &Value::Null));
    app.ask(EMAIL, &code).await;
    assert_eq!(app.links(EMAIL).len(), 1, "the code has served");

    // Without any means, the first one is added however late, and no other one without a code.
    let holder = app.caller(Who::Session(session(&app, &opened)));
    app.clock.advance(chrono::Duration::minutes(20));
    let prepared = holder.post("/compte/application").json(&json!({ "nom": "Téléphone" })).send().await.ok(200);
    let given = json!({ "code": shown(&app, &prepared, 0) });
    assert_eq!(holder.post("/compte/application/confirmer").json(&given).send().await.status, 204);
    let again = holder.post("/compte/application").json(&json!({ "nom": "Autre" })).send().await;
    again.problem(403, "code-requis");
    app.clock.advance(chrono::Duration::seconds(30));
    let signed = app.sign_in(EMAIL, &shown(&app, &prepared, 0)).await.ok(200);
    assert!(signed.get("moyen_requis").is_none(), "{signed}");
}

#[actix_web::test]
async fn of_two_links_asked_with_the_code_of_a_kit_one_opens_a_session() {
    let app = TestApp::new().await;
    let admin = app.account(Role::Anct, &[]);
    let code = code(&admin, &referent(&admin, &["co_referent"]).await).await;
    let asked = [app.ask(EMAIL, &code).await, app.ask(EMAIL, &code).await];
    let links = app.links(EMAIL);
    assert_eq!(links.len(), 2, "a link left unopened does not burn the code");
    let statuses = [app.redeem(&asked[0], &links[0]).await.status, app.redeem(&asked[1], &links[1]).await.status];
    let opened = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(opened, 1, "{statuses:?}");
    assert_eq!(app.rows("session"), 2, "the administrator’s and one");
}

#[actix_web::test]
async fn the_code_of_a_kit_expires_is_replaced_and_stops_with_its_account() {
    let app = TestApp::new().await;
    let admin = app.account(Role::Anct, &[]);
    let id = referent(&admin, &["referent"]).await;
    let replaced = code(&admin, &id).await;
    let last = code(&admin, &id).await;
    if replaced != last {
        app.ask(EMAIL, &replaced).await;
        assert!(app.links(EMAIL).is_empty(), "replaced");
    }
    let change = |state: &str, version: i64| {
        let (body, version) = (json!({ "etat": state }), format!("\"{version}\""));
        admin.patch(&format!("/comptes/{id}")).header("If-Match", &version).json(&body).send()
    };
    let asked = app.ask(EMAIL, &last).await;
    let link = app.links(EMAIL).remove(0);
    change("desactive", 1).await.ok(200);
    app.redeem(&asked, &link).await.problem(401, "non-authentifie");
    ask_code(&admin, &id).await.problem(409, "conflit-etat");
    change("actif", 2).await.ok(200);
    app.ask(EMAIL, &last).await;
    assert_eq!(app.links(EMAIL).len(), 1, "RT-04: nothing comes back with the account");

    let fresh = code(&admin, &id).await;
    app.clock.advance(chrono::Duration::days(WELCOME_DAYS));
    app.ask(EMAIL, &fresh).await;
    assert_eq!(app.links(EMAIL).len(), 1, "expired");
}

#[actix_web::test]
async fn only_a_referent_without_means_gets_the_code_of_a_kit() {
    let app = TestApp::new().await;
    let admin = app.account(Role::Anct, &[]);
    let other_role = referent(&admin, &["aidant"]).await;
    ask_code(&admin, &other_role).await.problem(409, "conflit-etat");
    let equipped = app.equipped(&[Role::Referent], Kind::App);
    ask_code(&admin, &equipped.id).await.problem(409, "conflit-etat");
    ask_code(&admin, "inconnu").await.problem(404, "introuvable");
}

#[actix_web::test]
async fn the_code_of_a_kit_is_not_found_again_from_the_database() {
    let app = TestApp::new().await;
    let admin = app.account(Role::Anct, &[]);
    let id = referent(&admin, &["referent"]).await;
    let code = code(&admin, &id).await;
    let stored = app.texts("SELECT empreinte AS v FROM usage_unique WHERE genre = 'code_accueil'");
    assert_eq!(stored.len(), 1);
    let plain = |secret: String| {
        let hash = Sha256::new().chain_update("code_accueil").chain_update([0]).chain_update(secret).finalize();
        api::journal::hex(&hash)
    };
    assert!(!stored.contains(&plain(code.clone())) && !stored.contains(&plain(format!("{id}\u{0}{code}"))));
    let journal = app.texts("SELECT valeurs AS v FROM journal_donnees").join(" ");
    assert!(!journal.contains(&format!("\"{code}\"")), "{journal}");
}
