//! Signing in: an e-mail and a code, then the mailed link; nothing tells a stranger what was wrong.

use std::time::Instant;

use actix_web::http::Method;
use api::access::session::{COOKIE, DEVICE_COOKIE, LINK_COOKIE};
use api::otp::Kind;
use domain::permission::Role;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Answer, TestApp, Who};

async fn demonstration(mode: &str) -> TestApp {
    let app = TestApp::with(&[("PARCOURS_MODE", mode), ("PARCOURS_LIMITE_CONNEXION", "1000")]).await;
    app.write(|conn| api::demo::write(conn, 0, 1).map(drop).map_err(|error| panic!("{error}"))).unwrap();
    app
}

#[actix_web::test]
async fn a_demonstration_takes_its_one_code_and_shows_its_mails() {
    let app = demonstration("demonstration").await;
    let instance = app.anonymous().get("/instance").send().await.ok(200);
    let accounts = instance["comptes_demonstration"].as_array().unwrap().clone();
    assert_eq!(accounts.len(), 11, "one for each role, one with several, one that has accepted nothing yet");
    for account in accounts {
        let email = account["email"].as_str().unwrap();
        let asked = app.ask(&format!(" {} ", email.to_uppercase()), "123 456").await;
        assert_eq!(asked.ok(202), json!({ "duree_lien": 300 }));
        let mails = app.anonymous().get("/demonstration/courriels").send().await.ok(200);
        let mail = mails["items"].as_array().unwrap().iter().find(|mail| mail["a"] == email).unwrap().clone();
        let opened = app.redeem(&asked, mail["chemin"].as_str().unwrap()).await;
        let session = opened.ok(200);
        assert_eq!(session["role"], account["role"]);
        assert_eq!(session["engagement_requis"], email.starts_with("nouvel-aidant@"), "{email}");
        let mails = app.anonymous().get("/demonstration/courriels").send().await.ok(200);
        let sent = |template: &str| {
            let mut mails = mails["items"].as_array().unwrap().iter();
            mails
                .find(|mail| mail["a"] == email && mail["modele"] == template)
                .cloned()
                .unwrap_or_else(|| panic!("{template}"))
        };
        assert!(sent("nouvel_appareil")["chemin"].is_null(), "SEC-08: the browser is new");
        let used = sent("connexion_lien");
        assert!(used["chemin"].is_null(), "a link that has served is shown no more: {used}");
        app.caller(Who::Session(opened.cookie(COOKIE).unwrap())).get("/session").send().await.ok(200);
    }
}

#[actix_web::test]
async fn sec_05_the_one_code_opens_nothing_elsewhere_nor_for_other_accounts() {
    for mode in ["production", "bac-a-sable"] {
        let app = demonstration(mode).await;
        assert_eq!(app.ask("anct@demo.example", "123456").await.status, 202);
        assert!(app.links("anct@demo.example").is_empty(), "{mode}");
        let instance = app.anonymous().get("/instance").send().await.ok(200);
        assert_eq!(instance["comptes_demonstration"], json!([]), "{mode}");
        app.anonymous().get("/demonstration/courriels").send().await.problem(404, "introuvable");
    }
    let app = demonstration("demonstration").await;
    let person = app.person(&[Role::Anct], &[]);
    app.ask(&person.email, "123456").await;
    assert!(app.links(&person.email).is_empty(), "not one of the seeded accounts");
}

/// Everything a stranger can see of an answer, but the names of the request and of the browser.
fn visible(answer: &Answer) -> (u16, String, Vec<String>) {
    let drawn = ["x-request-id", "set-cookie"];
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            "set-cookie" => {
                let cookie = value.to_str().unwrap();
                let (name, rest) = cookie.split_once('=').unwrap();
                let (drawn, attributes) = rest.split_once(';').unwrap();
                format!("{name} {} {attributes}", drawn.len())
            }
            name if drawn.contains(&name) => name.to_owned(),
            name => format!("{name}: {}", value.to_str().unwrap()),
        })
        .collect();
    headers.sort();
    (answer.status, answer.text(), headers)
}

struct Cast {
    active: String,
    others: Vec<(&'static str, String)>,
}

/// An active account, and those a stranger must not tell from it.
fn cast(app: &TestApp) -> Cast {
    let active = app.equipped(&[Role::Aidant], Kind::Card);
    let disabled = app.equipped(&[Role::Aidant], Kind::Card);
    let unconfirmed = app.person(&[Role::Aidant], &[]);
    for (state, person) in [("desactive", &disabled), ("a_confirmer", &unconfirmed)] {
        app.execute(&format!("UPDATE compte SET etat = '{state}' WHERE id = '{}'", person.id)).unwrap();
    }
    let without = app.person(&[Role::Aidant], &[]);
    let unknown = format!("{}@test.example", app.clock.id());
    let others = vec![
        ("unknown", unknown),
        ("disabled", disabled.email),
        ("unconfirmed", unconfirmed.email),
        ("without means", without.email),
    ];
    Cast { active: active.email, others }
}

#[actix_web::test]
async fn sec_07_every_refusal_is_answered_alike_and_so_is_success() {
    let app = TestApp::new().await;
    let cast = cast(&app);
    let (right, wrong) = (app.code(Kind::Card, 0), app.wrong_code(Kind::Card));
    let expected = visible(&app.ask(&cast.active, &wrong).await);
    assert_eq!(expected.0, 202);
    let addresses: Vec<&str> = cast.others.iter().map(|(_, email)| email.as_str()).collect();
    app.execute("DELETE FROM frein").unwrap();
    for (email, code) in addresses.iter().flat_map(|email| [(*email, &right), (*email, &wrong)]) {
        assert_eq!(visible(&app.ask(email, code).await), expected, "{email}");
        app.execute("DELETE FROM frein").unwrap();
    }
    for unreadable in ["", "12", "abcdef", "1234567"] {
        assert_eq!(visible(&app.ask(&cast.active, unreadable).await), expected, "{unreadable}");
        app.execute("DELETE FROM frein").unwrap();
    }
    assert_eq!(app.rows("boite_envoi"), 0);
    assert_eq!(visible(&app.ask(&cast.active, &right).await), expected, "the mailbox alone tells");
    assert_eq!(app.rows("boite_envoi"), 1);
}

/// Welch's t between two samples.
fn welch(one: &[f64], two: &[f64]) -> f64 {
    let moments = |sample: &[f64]| {
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, variance / n)
    };
    let ((mean_one, error_one), (mean_two, error_two)) = (moments(one), moments(two));
    (mean_one - mean_two) / (error_one + error_two).sqrt()
}

/// 1 %, two-sided, for samples of this size.
const CRITICAL: f64 = 2.576;
const PAIRS: usize = 1_000;

/// A true difference separates the samples each time; chance does once in a hundred: what was separated is measured
/// again, twice.
#[actix_web::test]
async fn sec_07_no_statistic_tells_a_wrong_code_from_an_account_that_is_not_there() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "1000000"), ("PARCOURS_LIMITE_COMPTE", "1000000")]).await;
    let cast = cast(&app);
    let wrong = app.wrong_code(Kind::Card);
    let mut suspects = cast.others.clone();
    for _ in 0..50 {
        app.ask(&cast.active, &wrong).await;
    }
    for round in 0..3 {
        let mut taken = vec![Vec::with_capacity(PAIRS); suspects.len() + 1];
        for turn in 0..PAIRS {
            // Each goes first in turn.
            for place in 0..taken.len() {
                let who = (place + turn) % taken.len();
                let email = suspects.get(who).map_or(cast.active.as_str(), |(_, email)| email.as_str());
                let started = Instant::now();
                let answer = app.ask(email, &wrong).await;
                taken[who].push(started.elapsed().as_secs_f64());
                assert_eq!(answer.status, 202);
            }
        }
        let reference = taken.pop().unwrap();
        let scores: Vec<f64> = taken.iter().map(|sample| welch(sample, &reference)).collect();
        let separated = |n: &usize| scores[*n].abs() > CRITICAL;
        suspects = (0..suspects.len()).filter(separated).map(|n| suspects[n].clone()).collect();
        if suspects.is_empty() {
            return;
        }
        println!("round {round}: {scores:?} leave {suspects:?}");
    }
    panic!("told apart by their latency, three times: {suspects:?}");
}

#[actix_web::test]
async fn rt_01_a_code_opens_one_link_in_sequence_and_in_parallel() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "1000")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let code = app.code(Kind::App, 0);
    let answers = join_all((0..50).map(|_| app.ask(&person.email, &code))).await;
    assert!(answers.iter().all(|answer| answer.status == 202));
    assert_eq!(app.links(&person.email).len(), 1);
    app.ask(&person.email, &code).await;
    assert_eq!(app.links(&person.email).len(), 1);
}

#[actix_web::test]
async fn rt_01_a_link_opens_one_session_of_fifty_parallel_ones() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).remove(0);
    let answers = join_all((0..50).map(|_| app.redeem(&asked, &link))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    answers
        .iter()
        .filter(|answer| answer.status != 200)
        .for_each(|answer| drop(answer.problem(401, "non-authentifie")));
    assert_eq!(app.rows("session"), 1);
}

#[actix_web::test]
async fn rt_02_a_code_is_the_same_however_it_is_typed() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let code = app.code(Kind::App, 0);
    let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0xff10).unwrap()).collect();
    app.ask(&person.email, &wide).await;
    assert_eq!(app.links(&person.email).len(), 1);
    app.ask(&person.email, &format!("{} {}", &code[..3], &code[3..])).await;
    assert_eq!(app.links(&person.email).len(), 1, "spent whatever its writing");
}

#[actix_web::test]
async fn rt_04_a_deactivation_stops_a_link_that_was_already_sent() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).remove(0);
    app.execute("UPDATE compte SET etat = 'desactive'").unwrap();
    app.redeem(&asked, &link).await.problem(401, "non-authentifie");
    assert_eq!(app.rows("session"), 0);
}

#[actix_web::test]
async fn rt_08_a_link_opens_only_in_the_browser_that_asked_for_it() {
    let app = TestApp::new().await;
    let (person, attacker) = (app.equipped(&[Role::Aidant], Kind::App), app.equipped(&[Role::Aidant], Kind::App));
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let elsewhere = app.ask(&attacker.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).remove(0);
    app.redeem(&elsewhere, &link).await.problem(401, "non-authentifie");
    let secret = link.split_once('#').unwrap().1;
    app.anonymous().post("/session").json(&json!({ "jeton": secret })).send().await.problem(401, "non-authentifie");
    app.redeem(&asked, &link).await.ok(200);
}

#[actix_web::test]
async fn rt_19_following_the_link_changes_nothing_and_it_lasts_five_minutes() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).remove(0);
    let (path, secret) = link.split_once('#').unwrap();
    assert_eq!(path, "/connexion/lien");
    for method in [Method::GET, Method::HEAD] {
        for address in [path.to_owned(), format!("{path}?jeton={secret}"), format!("/api/v1/session?jeton={secret}")] {
            app.anonymous().bare(method.clone(), &address).send().await;
        }
    }
    app.clock.advance(chrono::Duration::seconds(299));
    app.redeem(&asked, &link).await.ok(200);
    let late = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    app.clock.advance(chrono::Duration::seconds(300));
    let link = app.links(&person.email).pop().unwrap();
    app.redeem(&late, &link).await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn rt_21_failures_never_enlarge_the_window() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "1000")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    for _ in 0..20 {
        app.ask(&person.email, &app.wrong_code(Kind::Card)).await;
    }
    for offset in [-2, 2, 5, -10] {
        app.ask(&person.email, &app.code(Kind::Card, offset)).await;
    }
    assert!(app.links(&person.email).is_empty());
    let pair = |first: i64, second: i64| json!({ "email": person.email, "code": app.code(Kind::Card, first), "code_suivant": app.code(Kind::Card, second) });
    for body in
        [pair(5, 7), pair(6, 5), json!({ "email": person.email, "code": app.code(Kind::Card, 0), "code_suivant": "x" })]
    {
        assert_eq!(app.anonymous().post("/connexion").json(&body).send().await.status, 202);
    }
    assert!(app.links(&person.email).is_empty());
    app.anonymous().post("/connexion").json(&pair(5, 6)).send().await.ok(202);
    assert_eq!(app.links(&person.email).len(), 1, "two codes in a row find the card again");
    app.clock.advance(chrono::Duration::minutes(1));
    app.ask(&person.email, &app.code(Kind::Card, 6)).await;
    assert_eq!(app.links(&person.email).len(), 2, "and its drift is kept");
}

#[actix_web::test]
async fn sec_65_sign_ins_and_refusals_are_journalled_without_their_secrets() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let (wrong, right) = (app.wrong_code(Kind::App), app.code(Kind::App, 0));
    app.ask("personne@test.example", &wrong).await;
    app.ask(&person.email, &wrong).await;
    app.sign_in(&person.email, &right).await.ok(200);
    let entries = app.texts(
        "SELECT j.action || ' ' || j.objet_id || ' ' || d.valeurs AS v FROM journal j \
         JOIN journal_donnees d ON d.numero = j.numero WHERE j.objet = 'compte' ORDER BY j.numero",
    );
    let actions: Vec<&str> = entries.iter().map(|entry| entry.split(' ').next().unwrap()).collect();
    assert_eq!(actions, ["connexion.refusee", "connexion.refusee", "connexion.lien_envoye", "session.ouverte"]);
    assert!(entries[0].contains("inconnu") && entries[1].contains("\"code\"") && entries[1].contains(&person.id));
    let secret = app.links(&person.email)[0].split_once('#').unwrap().1.to_owned();
    let all = entries.join("\n");
    for canary in [wrong.as_str(), right.as_str(), &secret, "personne@test.example"] {
        assert!(!all.contains(canary), "{canary}: {all}");
    }
    assert!(app.read(api::journal::verify).is_empty());
}

#[actix_web::test]
async fn what_is_longer_than_any_true_value_is_refused_with_its_name() {
    let app = TestApp::new().await;
    let long = |field: &str, length: usize| {
        let mut body = json!({ "email": "a@b.example", "code": "1" });
        body[field] = "1".repeat(length).into();
        app.anonymous().post("/connexion").json(&body).send()
    };
    for (field, max) in [("email", 254), ("code", 16), ("code_suivant", 16)] {
        long(field, max + 1).await.refuses(422, "champs-invalides", &format!("/{field}"));
        long(field, max).await.ok(202);
    }
    let secret = json!({ "jeton": "1".repeat(129) });
    app.anonymous().post("/session").json(&secret).send().await.refuses(422, "champs-invalides", "/jeton");
    assert_eq!(app.ask("a@b.example", "1").await.cookie(LINK_COOKIE).unwrap().len(), 64);
}

#[actix_web::test]
async fn sec_08_a_sign_in_from_a_new_browser_is_mailed_and_one_from_a_known_browser_is_not() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let told = || app.mails(&person.email).iter().filter(|mail| mail["modele"] == "nouvel_appareil").count();
    let opened = app.sign_in(&person.email, &app.code(Kind::App, 0)).await;
    assert_eq!(told(), 1);
    let device = opened.cookie(DEVICE_COOKIE).unwrap();
    app.clock.advance(chrono::Duration::seconds(60));
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let link = app.links(&person.email).pop().unwrap();
    let cookies = format!("{DEVICE_COOKIE}={device}; {LINK_COOKIE}={}", asked.cookie(LINK_COOKIE).unwrap());
    let body = json!({ "jeton": link.split_once('#').unwrap().1 });
    app.anonymous().post("/session").json(&body).header("cookie", &cookies).send().await.ok(200);
    assert_eq!(told(), 1);
    let other = app.equipped(&[Role::Aidant], Kind::App);
    app.sign_in(&other.email, &app.code(Kind::App, 0)).await.ok(200);
    assert_eq!(told(), 1, "each is told of its own");
}

#[actix_web::test]
async fn sec_08_the_link_tells_of_the_failures_that_came_before_it() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let told =
        || app.mails(&person.email).iter().rfind(|mail| mail["modele"] == "connexion_lien").unwrap()["echecs"].clone();
    for (wrong, expected) in [(2, 0), (3, 3), (0, 0)] {
        app.execute("DELETE FROM frein").unwrap();
        for _ in 0..wrong {
            app.ask(&person.email, &app.wrong_code(Kind::App)).await;
        }
        app.sign_in(&person.email, &app.code(Kind::App, 0)).await.ok(200);
        assert_eq!(told(), expected, "after {wrong} wrong codes since the last sign-in");
        app.clock.advance(chrono::Duration::seconds(60));
    }
}
