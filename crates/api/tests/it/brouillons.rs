//! Drafts of candidatures: taken up by whoever holds the secret, and by nobody else; forgotten after thirty days (UX-14).

use chrono::Duration;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

async fn post(app: &TestApp, path: &str, body: Value) -> Answer {
    app.anonymous().post(&format!("/candidatures/brouillons{path}")).json(&body).send().await
}

#[actix_web::test]
async fn a_draft_is_taken_up_elsewhere_saved_again_and_erased() {
    let app = TestApp::new().await;
    let kept = post(&app, "", json!({ "contenu": "{\"structure.nom\":\"CCAS\"}" })).await.ok(200);
    let secret = kept["jeton"].clone();
    assert_eq!((secret.as_str().unwrap().len(), &kept["expire_le"]), (64, &json!("2026-04-01")));
    assert!(!app.texts("SELECT empreinte AS v FROM brouillon").contains(&secret.as_str().unwrap().to_owned()));
    let read = post(&app, "/lire", json!({ "jeton": secret })).await.ok(200);
    assert_eq!(read["contenu"], "{\"structure.nom\":\"CCAS\"}");
    app.clock.advance(Duration::days(20));
    let again = post(&app, "", json!({ "jeton": secret, "contenu": "deux" })).await.ok(200);
    assert_eq!((&again["jeton"], app.rows("brouillon")), (&secret, 1));
    app.clock.advance(Duration::days(20));
    assert_eq!(post(&app, "/lire", json!({ "jeton": secret })).await.ok(200)["contenu"], "deux");
    post(&app, "/effacer", json!({ "jeton": secret })).await.ok(204);
    post(&app, "/effacer", json!({ "jeton": secret })).await.ok(204);
    post(&app, "/lire", json!({ "jeton": secret })).await.problem(404, "introuvable");
    assert_eq!((app.rows("brouillon"), app.rows("boite_envoi")), (0, 0), "a mere draft sends no mail");
}

#[actix_web::test]
async fn a_draft_is_forgotten_when_nobody_saves_it_any_more() {
    let app = TestApp::new().await;
    let secret = post(&app, "", json!({ "contenu": "x" })).await.ok(200)["jeton"].clone();
    app.clock.advance(Duration::days(31));
    post(&app, "/lire", json!({ "jeton": secret })).await.problem(404, "introuvable");
    post(&app, "", json!({ "jeton": secret, "contenu": "y" })).await.problem(404, "introuvable");
    post(&app, "", json!({ "contenu": "z" })).await.ok(200);
    assert_eq!(app.texts("SELECT contenu AS v FROM brouillon"), ["z"], "the next one kept takes the old ones away");
}

#[actix_web::test]
async fn a_draft_that_says_nothing_or_too_much_is_refused_and_no_secret_is_guessed() {
    let app = TestApp::new().await;
    for wrong in [String::new(), "é".repeat(60_001), "a\0".to_owned()] {
        let answer = post(&app, "", json!({ "contenu": wrong })).await;
        assert!([400, 422].contains(&answer.status), "{}", answer.text());
    }
    post(&app, "", json!({ "contenu": "é".repeat(60_000) })).await.ok(200);
    for wrong in ["", "0", "%", &"0".repeat(64)] {
        post(&app, "/lire", json!({ "jeton": wrong })).await.problem(404, "introuvable");
    }
    post(&app, "/effacer", json!({ "jeton": "0".repeat(129) })).await.problem(404, "introuvable");
    assert_eq!(app.rows("brouillon"), 1);
}
