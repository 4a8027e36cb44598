//! Throttles of sign-in: counted before verification, by account and by address, never for ever.

use actix_web::http::Method;
use api::access::session::{self, DEVICE_COOKIE};
use api::config::{PER_ACCOUNT, PER_ADDRESS, PER_CLIENT, PUBLIC_WRITES};
use api::otp::Kind;
use api::throttle::{ACCOUNT, ADDRESS, ARRIVAL_ACCOUNT, ARRIVAL_ADDRESS, LINK, STEP_UP, TOKEN_ADDRESS, TOKEN_CLIENT};
use domain::permission::Role;
use futures_util::future::join_all;
use serde_json::json;

use crate::client_api::{asked, made};
use crate::support::{Answer, TestApp};

fn assert_refused(answer: &Answer, policy: &str) {
    answer.problem(429, "trop-de-requetes");
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    assert!(answer.header("ratelimit").unwrap().contains(&format!("\"{policy}\";r=0")), "{answer:?}");
}

async fn from(app: &TestApp, address: &str, email: &str) -> Answer {
    let body = json!({ "email": email, "code": "000000" });
    app.anonymous().post("/connexion").json(&body).from(address).send().await
}

#[test]
fn sec_01_the_documented_numbers_are_those_of_the_code() {
    let page = include_str!("../../../../docs/security.md");
    let row = |name: &str| {
        let line = page.lines().find(|line| line.starts_with(&format!("| `{name}`")));
        line.unwrap_or_else(|| panic!("{name} is not documented")).to_owned()
    };
    for (rule, (variable, number)) in [
        (ACCOUNT, PER_ACCOUNT),
        (ADDRESS, PER_ADDRESS),
        (ARRIVAL_ACCOUNT, PER_ACCOUNT),
        (ARRIVAL_ADDRESS, PER_ADDRESS),
        (LINK, PER_ADDRESS),
        (STEP_UP, PER_ACCOUNT),
        (TOKEN_CLIENT, PER_CLIENT),
        (TOKEN_ADDRESS, PER_ADDRESS),
    ] {
        let line = row(rule.name);
        assert!(line.ends_with(&format!("| {number} | {} min | `{variable}` |", rule.window / 60)), "{line}");
    }
    let writes = row("ecritures-publiques");
    assert!(writes.ends_with(&format!("| {} | 1 min | `{}` |", PUBLIC_WRITES.1, PUBLIC_WRITES.0)), "{writes}");
    let lives = [
        (session::LINK_MINUTES, "min"),
        (session::IDLE_MINUTES, "min"),
        (session::HOURS, "h"),
        (session::DEVICE_DAYS, "jours"),
    ];
    for (number, unit) in lives {
        assert!(page.contains(&format!("{number} {unit}")), "{number} {unit}");
    }
}

#[actix_web::test]
async fn rt_03_two_hundred_parallel_wrong_codes_get_the_allowance_and_no_more() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "100000")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let wrong = app.wrong_code(Kind::App);
    let answers = join_all((0..200).map(|_| app.ask(&person.email, &wrong))).await;
    let verified = answers.iter().filter(|answer| answer.status == 202).count();
    assert_eq!(verified, 10, "the allowance");
    answers.iter().filter(|answer| answer.status != 202).for_each(|answer| assert_refused(answer, ACCOUNT.name));
    let refusals = app.texts("SELECT action AS v FROM journal WHERE action = 'connexion.refusee'");
    assert_eq!(refusals.len(), 10, "nothing was verified beyond");
    assert_refused(&app.ask(&person.email, &app.code(Kind::App, 0)).await, ACCOUNT.name);
    assert!(app.links(&person.email).is_empty(), "the right code is not looked at either");
    app.clock.advance(chrono::Duration::minutes(15));
    assert_eq!(app.ask(&person.email, &app.code(Kind::App, 0)).await.status, 202, "it ends by itself");
    assert_eq!(app.links(&person.email).len(), 1);
}

#[actix_web::test]
async fn rt_03_two_valid_parallel_sign_ins_both_succeed() {
    let app = TestApp::new().await;
    let people = [app.equipped(&[Role::Aidant], Kind::App), app.equipped(&[Role::Referent], Kind::Card)];
    let codes = [app.code(Kind::App, 0), app.code(Kind::Card, 0)];
    let answers = join_all(people.iter().zip(&codes).map(|(person, code)| app.sign_in(&person.email, code))).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
}

#[actix_web::test]
async fn an_unknown_address_is_counted_as_a_known_one() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    for email in [person.email.as_str(), "personne@test.example"] {
        for left in (0..10).rev() {
            let answer = app.ask(email, &app.wrong_code(Kind::App)).await;
            assert_eq!(answer.status, 202);
            let fields = answer.header("ratelimit").unwrap();
            assert!(fields.contains(&format!("\"connexion-compte\";r={left};")), "{email}: {fields}");
            assert!(answer.header("ratelimit-policy").unwrap().contains("\"connexion-compte\";q=10;w=900"));
        }
        assert_refused(&app.ask(&email.to_uppercase(), "000000").await, ACCOUNT.name);
    }
}

#[actix_web::test]
async fn rt_17_an_address_has_its_own_allowance_and_a_subscriber_is_one_address() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "2")]).await;
    for (n, address) in ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"].iter().enumerate() {
        assert_eq!(from(&app, address, &format!("p{n}@test.example")).await.status, 202);
    }
    assert_refused(&from(&app, "2001:db8:1:2::3", "autre@test.example").await, ADDRESS.name);
    assert_eq!(from(&app, "2001:db8:1:3::1", "autre@test.example").await.status, 202, "the neighbour is somebody else");
    let link = |address: &'static str| app.anonymous().post("/session").json(&json!({ "jeton": "x" })).from(address);
    for _ in 0..2 {
        link("192.0.2.50").send().await.problem(401, "non-authentifie");
    }
    assert_refused(&link("192.0.2.50").send().await, LINK.name);
}

#[actix_web::test]
async fn sec_01_strangers_do_not_lock_the_owner_out_of_a_browser_that_is_known() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let opened = app.sign_in(&person.email, &app.code(Kind::App, 0)).await;
    let browser = opened.cookie(DEVICE_COOKIE).expect("the browser is known from now on");
    app.clock.advance(chrono::Duration::minutes(16));
    for _ in 0..11 {
        from(&app, "203.0.113.9", &person.email).await;
    }
    let ask = |cookie: String| {
        let body = json!({ "email": person.email, "code": app.code(Kind::App, 0) });
        app.anonymous().post("/connexion").json(&body).header("cookie", &format!("{DEVICE_COOKIE}={cookie}")).send()
    };
    let forged = format!("{}0", &browser[..browser.len() - 1]);
    assert_refused(&ask(forged).await, ACCOUNT.name);
    assert_eq!(ask(browser.clone()).await.status, 202);
    assert_eq!(app.links(&person.email).len(), 2);
    let other = app.equipped(&[Role::Aidant], Kind::App);
    let body = json!({ "email": other.email, "code": "000000" });
    let counted = |n: u32| format!("\"connexion-compte\";r={n};");
    let request = app.anonymous().post("/connexion").json(&body);
    let answer = request.header("cookie", &format!("{DEVICE_COOKIE}={browser}")).send().await;
    assert!(
        answer.header("ratelimit").unwrap().contains(&counted(9)),
        "known to one account is a stranger to the others"
    );
}

#[actix_web::test]
async fn expired_counts_are_swept_away() {
    let app = TestApp::new().await;
    from(&app, "192.0.2.1", "a@test.example").await;
    assert_eq!(app.rows("frein"), 2);
    app.clock.advance(chrono::Duration::minutes(30));
    from(&app, "192.0.2.2", "b@test.example").await;
    assert_eq!(app.rows("frein"), 2);
    assert!(app.texts("SELECT cle AS v FROM frein").iter().all(|key| !key.contains('@') && key.len() == 64), "hashed");
}

/// The exchange of a secret that may be anything, from an address.
async fn exchanged(app: &TestApp, (client, secret): (&str, &str), address: &str) -> Answer {
    let form = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
    let request = app.anonymous().bare(Method::POST, "/api/v1/oauth/token").from(address);
    request.body("application/x-www-form-urlencoded", form).send().await
}

#[actix_web::test]
async fn rt_03_the_exchanges_of_a_client_are_counted_before_its_secret_is_looked_at_wherever_they_come_from() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_JETON", "3")]).await;
    let key = made(&app.account(Role::Anct, &[]), &asked("secret", &["demandes:lire"], &[])).await;
    let (client, secret) = (key["client"].as_str().unwrap(), key["secret"].as_str().unwrap());
    for (n, left) in [2, 1, 0].into_iter().enumerate() {
        let answer = exchanged(&app, (client, "faux"), &format!("192.0.2.{n}")).await;
        assert_eq!(answer.status, 401);
        assert!(answer.header("ratelimit").unwrap().contains(&format!("\"jeton-client\";r={left};")), "{answer:?}");
    }
    assert_refused(&exchanged(&app, (client, "faux"), "192.0.2.9").await, TOKEN_CLIENT.name);
    assert_eq!(exchanged(&app, ("un-autre", "faux"), "192.0.2.9").await.status, 401, "each client has its own");
    // Who knows the number of the client does not keep its key out; nor do its own exchanges go on for ever.
    for _ in 0..3 {
        assert_eq!(exchanged(&app, (client, secret), "192.0.2.10").await.status, 200);
    }
    let before = app.rows("journal");
    assert_refused(&exchanged(&app, (client, secret), "192.0.2.11").await, TOKEN_CLIENT.name);
    assert_eq!(app.rows("journal"), before, "nothing was verified");
    app.clock.advance(chrono::Duration::minutes(15));
    assert_eq!(exchanged(&app, (client, secret), "192.0.2.11").await.status, 200, "it ends by itself");
}

#[actix_web::test]
async fn rt_03_two_hundred_parallel_exchanges_get_the_allowance_of_their_address_and_no_more() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "10")]).await;
    let clients: Vec<String> = (0..200).map(|n| format!("client-{n}")).collect();
    let answers = join_all(clients.iter().map(|client| exchanged(&app, (client, "faux"), "2001:db8:1:2::1"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 10, "the allowance");
    answers.iter().filter(|answer| answer.status != 401).for_each(|one| assert_refused(one, TOKEN_ADDRESS.name));
    let refusals = app.texts("SELECT action AS v FROM journal WHERE action = 'client_api.refuse'");
    assert_eq!(refusals.len(), 10, "nothing was verified beyond");
    assert_refused(&exchanged(&app, ("x", "faux"), "2001:db8:1:2::2").await, TOKEN_ADDRESS.name);
    assert_eq!(exchanged(&app, ("x", "faux"), "2001:db8:1:3::1").await.status, 401);
}
