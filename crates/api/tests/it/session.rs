//! Signing in and out, and what a cookie may do: the request must come from our own pages.

use actix_web::http::Method;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{TestApp, Who, demande};

async fn demonstration() -> TestApp {
    let app = TestApp::new().await;
    app.write(|conn| api::demo::write(conn, 0, 1).map(drop).map_err(|error| panic!("{error}"))).unwrap();
    app
}

fn credentials(email: &str, code: &str) -> Value {
    json!({ "email": email, "code": code })
}

#[actix_web::test]
async fn a_demonstration_instance_lists_its_accounts_and_takes_its_one_code() {
    let app = demonstration().await;
    let instance = app.anonymous().get("/instance").send().await.ok(200);
    assert_eq!(instance["mode"], "demonstration");
    assert_eq!(instance["comptes_demonstration"].as_array().unwrap().len(), 3);
    for role in ["recipiendaire", "instructeur", "anct"] {
        let body = credentials(&format!(" {}@Demo.example ", role.to_uppercase()), "123 456");
        let answer = app.anonymous().post("/session").json(&body).send().await;
        assert_eq!(answer.ok(200)["role"], role);
        let cookie = answer.header("set-cookie").unwrap();
        for attribute in ["__Host-session=", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let id = cookie.split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
        assert!(id.len() >= 64);
        assert!(app.texts("SELECT empreinte AS v FROM session").iter().all(|hash| *hash != id), "stored hashed");
        let caller = app.caller(Who::Session(id));
        assert_eq!(caller.get("/session").send().await.ok(200)["role"], role);
        let out = caller.delete("/session").send().await;
        assert_eq!(out.status, 204);
        assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
        caller.get("/session").send().await.problem(401, "non-authentifie");
    }
}

#[actix_web::test]
async fn a_refused_sign_in_does_not_tell_which_of_the_two_was_wrong() {
    let app = demonstration().await;
    let mut said = Vec::new();
    for (email, code) in [
        ("anct@demo.example", "654321"),
        ("personne@demo.example", "123456"),
        ("", ""),
        ("anct@demo.example' --", "123456"),
    ] {
        let answer = app.anonymous().post("/session").json(&credentials(email, code)).send().await;
        said.push(answer.problem(401, "non-authentifie")["detail"].clone());
        assert!(answer.header("set-cookie").is_none());
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
}

#[actix_web::test]
async fn the_one_code_opens_nothing_elsewhere() {
    for mode in ["production", "bac-a-sable"] {
        let app = TestApp::with(&[("PARCOURS_MODE", mode)]).await;
        app.write(|conn| api::demo::write(conn, 0, 1).map(drop).map_err(|error| panic!("{error}"))).unwrap();
        let answer = app.anonymous().post("/session").json(&credentials("anct@demo.example", "123456")).send().await;
        answer.problem(401, "non-authentifie");
        let instance = app.anonymous().get("/instance").send().await.ok(200);
        assert_eq!(instance["comptes_demonstration"], json!([]), "{mode}");
    }
}

#[actix_web::test]
async fn a_session_ends_by_itself_and_with_its_account() {
    let app = TestApp::new().await;
    let (one, two) = (app.account(Role::Anct, &[]), app.account(Role::Anct, &[]));
    app.execute("UPDATE compte SET actif = FALSE WHERE id IN (SELECT min(id) FROM compte)").unwrap();
    let answers = [one.get("/session").send().await.status, two.get("/session").send().await.status];
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 1, "{answers:?}");
    app.clock.advance(chrono::Duration::hours(12));
    for caller in [&one, &two] {
        caller.get("/session").send().await.problem(401, "non-authentifie");
    }
}

#[actix_web::test]
async fn a_write_by_cookie_must_come_from_our_own_pages() {
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
