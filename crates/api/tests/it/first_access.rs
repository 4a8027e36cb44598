//! The first access: a link handed over by the operator sets an application, and serves once.

use api::areas::compte::service::{FIRST_ACCESS_HOURS, create_admin};
use api::otp::{Generator, Kind};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

const EMAIL: &str = "premiere.personne@anct.example";

impl TestApp {
    fn admin_link(&self) -> String {
        let (clock, now) = (self.clock.clone(), self.clock.now());
        let work = move |conn: &mut api::db::DbConn| create_admin(conn, &clock, EMAIL, "Première Personne", now);
        let db = self.db();
        crate::support::elsewhere(|| db.write_blocking(work)).unwrap_or_else(|error| panic!("{error}"))
    }

    async fn prepare(&self, link: &str) -> Answer {
        self.anonymous().post("/premier-acces").json(&json!({ "jeton": link })).send().await
    }

    async fn confirm(&self, link: &str, code: &str) -> Answer {
        let body = json!({ "jeton": link, "code": code });
        self.anonymous().post("/premier-acces/confirmer").json(&body).send().await
    }
}

fn base32(text: &str) -> Vec<u8> {
    let bits: String =
        text.chars().map(|c| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap())).collect();
    (0..bits.len() / 8).map(|n| u8::from_str_radix(&bits[n * 8..n * 8 + 8], 2).unwrap()).collect()
}

/// The code that an application set so shows.
pub fn shown(app: &TestApp, prepared: &Value, offset: i64) -> String {
    let seed = base32(prepared["secret"].as_str().unwrap());
    assert_eq!(seed.len(), 20, "160 bits");
    let generator = Generator::new(Kind::App, &seed).unwrap();
    generator.code(generator.step(app.clock.now()) + offset).unwrap()
}

#[actix_web::test]
async fn sec_05_the_first_administrator_enters_by_a_link_that_serves_once() {
    let app = TestApp::new().await;
    let link = app.admin_link();
    assert!(app.texts("SELECT empreinte AS v FROM usage_unique").iter().all(|hash| *hash != link), "stored hashed");
    let prepared = app.prepare(&link).await.ok(200);
    assert_eq!(prepared["email"], EMAIL);
    assert!(prepared["qr"].as_str().unwrap().starts_with("<svg"));
    let address = prepared["adresse"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/Parcours%20Aidants:premiere.personne%40anct.example?secret="));
    assert!(address.contains("algorithm=SHA1") && address.contains("digits=6") && address.contains("period=30"));
    app.ask(EMAIL, &shown(&app, &prepared, 0)).await;
    assert!(app.links(EMAIL).is_empty(), "nothing is confirmed yet");
    app.confirm(&link, "000").await.refuses(422, "champs-invalides", "/code");
    assert_eq!(app.confirm(&link, &shown(&app, &prepared, 0)).await.status, 204);
    app.prepare(&link).await.problem(401, "non-authentifie");
    app.confirm(&link, &shown(&app, &prepared, 0)).await.problem(401, "non-authentifie");
    app.ask(EMAIL, &shown(&app, &prepared, 0)).await;
    assert!(app.links(EMAIL).is_empty(), "the code that confirmed is spent");
    app.clock.advance(chrono::Duration::seconds(30));
    assert_eq!(app.sign_in(EMAIL, &shown(&app, &prepared, 0)).await.ok(200)["role"], "anct");
    let stored = app.texts("SELECT graine AS v FROM moyen_otp").join(" ");
    assert!(!stored.contains(prepared["secret"].as_str().unwrap()), "{stored}");
}

#[actix_web::test]
async fn a_first_access_may_be_begun_again_until_it_is_confirmed() {
    let app = TestApp::new().await;
    let link = app.admin_link();
    let first = app.prepare(&link).await.ok(200);
    let second = app.prepare(&link).await.ok(200);
    assert_ne!(first["secret"], second["secret"]);
    assert_eq!(app.rows("moyen_otp"), 1);
    app.confirm(&link, &shown(&app, &first, 0)).await.refuses(422, "champs-invalides", "/code");
    assert_eq!(app.confirm(&link, &shown(&app, &second, 1)).await.status, 204, "a telephone a step ahead");
}

#[actix_web::test]
async fn a_first_access_expires_is_replaced_and_stops_with_its_account() {
    let app = TestApp::new().await;
    let replaced = app.admin_link();
    let link = app.admin_link();
    app.prepare(&replaced).await.problem(401, "non-authentifie");
    app.prepare(&link).await.ok(200);
    app.execute("UPDATE compte SET etat = 'desactive'").unwrap();
    app.prepare(&link).await.problem(401, "non-authentifie");
    app.execute("UPDATE compte SET etat = 'a_confirmer'").unwrap();
    app.clock.advance(chrono::Duration::hours(FIRST_ACCESS_HOURS));
    app.prepare(&link).await.problem(401, "non-authentifie");
    assert_eq!(app.rows("compte"), 1, "one account, whatever the number of links");
}

#[actix_web::test]
async fn rt_06_a_first_access_link_is_not_a_sign_in_link() {
    let app = TestApp::new().await;
    let link = app.admin_link();
    app.anonymous().post("/session").json(&json!({ "jeton": link })).send().await.problem(401, "non-authentifie");
    app.prepare(&link).await.ok(200);
}
