//! Single-use objects: once, in time, for their purpose, in the browser that asked.

use api::db::DbConn;
use api::single_use::{New, Purpose, consume, issue, revoke};

use crate::support::TestApp;

fn new(client: &str) -> New<'_> {
    New { purpose: Purpose::SignIn, subject: "compte-1", client, life: chrono::Duration::minutes(5) }
}

impl TestApp {
    fn issued(&self, client: &str) -> String {
        let (clock, now, client) = (self.clock.clone(), self.clock.now(), client.to_owned());
        self.write(move |conn| issue(conn, &clock, now, &new(&client))).unwrap()
    }

    fn used(&self, purpose: Purpose, secret: &str, client: &str) -> Option<String> {
        let (now, secret, client) = (self.clock.now(), secret.to_owned(), client.to_owned());
        self.write(move |conn| consume(conn, now, purpose, &secret, &client)).unwrap()
    }
}

#[actix_web::test]
async fn sec_11_an_object_serves_once_in_sequence() {
    let app = TestApp::new().await;
    let secret = app.issued("");
    assert_eq!(app.used(Purpose::SignIn, &secret, "").as_deref(), Some("compte-1"));
    assert_eq!(app.used(Purpose::SignIn, &secret, ""), None);
    assert!(app.texts("SELECT empreinte AS v FROM usage_unique").iter().all(|hash| *hash != secret), "stored hashed");
}

#[actix_web::test]
async fn rt_01_of_fifty_parallel_uses_one_succeeds() {
    let app = TestApp::new().await;
    let (secret, now) = (app.issued(""), app.clock.now());
    let used = app.in_parallel(50, move |conn: &mut DbConn| consume(conn, now, Purpose::SignIn, &secret, "").unwrap());
    assert_eq!(used.into_iter().flatten().count(), 1);
}

#[actix_web::test]
async fn rt_06_an_object_does_not_serve_for_another_purpose() {
    let app = TestApp::new().await;
    let secret = app.issued("");
    for other in [Purpose::FirstAccess, Purpose::EmailConfirmation, Purpose::Invitation] {
        assert_eq!(app.used(other, &secret, ""), None, "{other:?}");
    }
    assert!(app.used(Purpose::SignIn, &secret, "").is_some(), "the attempts have not spent it");
}

#[actix_web::test]
async fn rt_08_an_object_bound_to_a_browser_serves_in_no_other() {
    let app = TestApp::new().await;
    let secret = app.issued("navigateur");
    for other in ["", "autre", "Navigateur"] {
        assert_eq!(app.used(Purpose::SignIn, &secret, other), None, "{other}");
    }
    assert!(app.used(Purpose::SignIn, &secret, "navigateur").is_some());
}

#[actix_web::test]
async fn an_object_expires_and_is_taken_back() {
    let app = TestApp::new().await;
    let (late, early, back) = (app.issued(""), app.issued(""), app.issued(""));
    app.clock.advance(chrono::Duration::seconds(299));
    assert!(app.used(Purpose::SignIn, &early, "").is_some());
    let now = app.clock.now();
    app.write(move |conn| revoke(conn, now, Purpose::SignIn, "compte-1")).unwrap();
    assert_eq!(app.used(Purpose::SignIn, &back, ""), None);
    app.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(app.used(Purpose::SignIn, &late, ""), None);
    app.issued("");
    assert_eq!(app.rows("usage_unique"), 1, "what has expired is swept away");
}
