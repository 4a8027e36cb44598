//! Registering alone: the same answer for everybody, the mail decides, the link sets an application.

use api::areas::compte::service::registration::REGISTRATION_HOURS;
use api::otp::Kind;
use domain::permission::Role;
use serde_json::json;

use crate::first_access::shown;
use crate::support::{Answer, TestApp};

impl TestApp {
    async fn register(&self, email: &str) -> Answer {
        self.anonymous().post("/inscription").json(&json!({ "nom": "Léo Roux", "email": email })).send().await
    }
}

const EMAIL: &str = "leo.roux@mairie.example";

#[actix_web::test]
async fn a_person_registers_alone_and_becomes_a_demandeur() {
    let app = TestApp::new().await;
    assert_eq!(app.register("Leo.Roux@mairie.example").await.status, 202);
    assert_eq!(app.rows("compte"), 0, "nothing is made before the address is confirmed");
    let link = app.links(EMAIL).pop().unwrap();
    let opened = app.open_invitation(&link).await.ok(200);
    assert_eq!(opened["role"], "demandeur");
    assert!(app.ask(EMAIL, &shown(&app, &opened["application"], 0)).await.status == 202);
    assert_eq!(app.links(EMAIL).len(), 1, "no sign-in before the code of the application");
    assert_eq!(app.accept_invitation(&link, &shown(&app, &opened["application"], 0)).await.status, 204);
    app.open_invitation(&link).await.problem(401, "non-authentifie");
    app.clock.advance(chrono::Duration::seconds(30));
    let session = app.sign_in(EMAIL, &shown(&app, &opened["application"], 0)).await.ok(200);
    assert_eq!((&session["nom"], &session["roles"]), (&json!("Léo Roux"), &json!(["demandeur"])));
    assert!(
        app.account(Role::Anct, &[]).get("/invitations").send().await.ok(200)["items"].as_array().unwrap().is_empty()
    );
}

/// What the caller sees, the values that count requests apart.
fn visible(answer: &Answer) -> (u16, Vec<String>, String) {
    let mut names: Vec<String> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
    names.sort();
    (answer.status, names, answer.text())
}

#[actix_web::test]
async fn rt_23_an_address_that_has_an_account_is_answered_alike_and_its_owner_is_told() {
    let app = TestApp::new().await;
    let active = app.equipped(&[Role::Aidant], Kind::App);
    let closed = app.person(&[Role::Aidant], &[]);
    app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", closed.id)).unwrap();
    let waiting = app.person(&[Role::Referent], &[]);
    app.execute(&format!("UPDATE compte SET etat = 'a_confirmer' WHERE id = '{}'", waiting.id)).unwrap();
    let expected = visible(&app.register(EMAIL).await);
    assert_eq!(expected.0, 202);
    for person in [&active, &closed, &waiting] {
        assert_eq!(visible(&app.register(&person.email).await), expected);
        let mails = app.mails(&person.email);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0]["modele"], "inscription_connue");
        assert!(mails[0].get("chemin").is_none(), "no link: {}", mails[0]);
    }
    assert_eq!(app.mails(EMAIL)[0]["modele"], "inscription");
    assert_eq!(app.rows("compte"), 3);
}

#[actix_web::test]
async fn sec_07_a_registration_runs_the_same_statements_whether_the_address_is_known_or_not() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "100000"), ("PARCOURS_LIMITE_COMPTE", "100000")]).await;
    let known = app.equipped(&[Role::Aidant], Kind::App);
    app.register("chauffe@mairie.example").await;
    let cost = async |email: &str| {
        let before = crate::support::counts(&app.database).statements;
        assert_eq!(app.register(email).await.status, 202);
        crate::support::counts(&app.database).statements - before
    };
    let unknown = cost(EMAIL).await;
    assert_eq!(cost(&known.email).await, unknown);
    assert_eq!(cost(EMAIL).await, unknown, "asked again");
}

#[actix_web::test]
async fn sec_09_the_link_of_a_registration_expires_and_what_nobody_confirmed_is_forgotten() {
    let app = TestApp::new().await;
    app.register(EMAIL).await;
    let link = app.links(EMAIL).pop().unwrap();
    app.clock.advance(chrono::Duration::hours(REGISTRATION_HOURS));
    app.open_invitation(&link).await.problem(401, "non-authentifie");
    app.register("autre@mairie.example").await;
    assert_eq!(app.rows("invitation"), 1);
}

#[actix_web::test]
async fn registrations_are_slowed_down_by_address_apart_from_sign_ins() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "2")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    for _ in 0..2 {
        assert_eq!(app.register(&person.email).await.status, 202);
    }
    let refused = app.register(&person.email).await;
    refused.problem(429, "trop-de-requetes");
    assert!(refused.header("retry-after").is_some());
    app.sign_in(&person.email, &app.code(Kind::App, 0)).await.ok(200);
}

#[actix_web::test]
async fn a_registration_that_waits_gives_nothing_to_an_account_made_meanwhile() {
    let app = TestApp::new().await;
    app.register(EMAIL).await;
    let link = app.links(EMAIL).pop().unwrap();
    let body = json!({ "nom": "Léo Roux", "email": EMAIL, "roles": ["anct"] });
    app.account(Role::Anct, &[]).post("/comptes").json(&body).send().await.ok(201);
    app.open_invitation(&link).await.problem(401, "non-authentifie");
    let refused = app.anonymous().post("/inscription").json(&json!({ "nom": "", "email": "x" })).send().await;
    refused.refuses(422, "champs-invalides", "/email");
}
