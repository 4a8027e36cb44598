//! The limit on public writes: `RateLimit` fields, 429 with `Retry-After`, and nothing that gives a new bucket (RT-17).

use actix_web::http::Method;
use api::otp::Kind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::client_api::{asked, made};
use crate::support::{Answer, Caller, TestApp, candidature};

async fn check(caller: &Caller<'_>, address: &str, forwarded: Option<&str>) -> Answer {
    let request = caller.post("/eligibilite/verifier").json(&candidature("01")).from(address);
    match forwarded {
        Some(chain) => request.header("x-forwarded-for", chain).send().await,
        None => request.send().await,
    }
}

async fn limited(quota: &str) -> TestApp {
    TestApp::with(&[("PARCOURS_LIMITE_PUBLIQUE", quota)]).await
}

/// One request per address, behind the proxies of these networks.
async fn behind(proxies: &str) -> TestApp {
    TestApp::with(&[("PARCOURS_LIMITE_PUBLIQUE", "1"), ("PARCOURS_RELAIS", proxies)]).await
}

fn assert_refused(answer: &Answer) {
    answer.problem(429, "trop-de-requetes");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    assert!(answer.header("ratelimit").unwrap().contains("r=0"), "{answer:?}");
}

#[actix_web::test]
async fn each_answer_tells_what_is_left_then_429_tells_when_to_come_back() {
    let app = limited("3").await;
    let caller = app.anonymous();
    for left in ["r=2", "r=1", "r=0"] {
        let answer = check(&caller, "192.0.2.7", None).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-policy"), Some("\"ecritures-publiques\";q=3;w=60"));
        assert!(answer.header("ratelimit").unwrap().contains(left), "{left}: {answer:?}");
    }
    assert_refused(&check(&caller, "192.0.2.7", None).await);
    assert_eq!(check(&caller, "192.0.2.8", None).await.status, 200, "another address has its own");
}

#[actix_web::test]
async fn every_public_write_counts_and_readings_do_not() {
    let app = limited("2").await;
    let caller = app.anonymous();
    let filed = caller.post("/candidatures").header("idempotency-key", "compte-aussi").json(&candidature("01"));
    filed.send().await.ok(201);
    let check = || caller.post("/eligibilite/verifier").json(&candidature("01"));
    check().send().await.ok(200);
    assert_refused(&check().send().await);
    let again = caller.post("/candidatures").header("idempotency-key", "refusee-avant").json(&candidature("01"));
    assert_refused(&again.send().await);
    assert_eq!(app.rows("demande"), 1, "what is refused is not done");
    caller.get("/referentiel/types-structure").send().await.ok(200);
    caller.get("/instance").send().await.ok(200);
}

#[actix_web::test]
async fn one_ipv6_subscriber_is_one_address() {
    let app = limited("1").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "2001:db8:1:2::1", None).await.status, 200);
    assert_refused(&check(&caller, "2001:db8:1:2:ffff:ffff:ffff:ffff", None).await);
    assert_eq!(check(&caller, "2001:db8:1:3::1", None).await.status, 200, "the neighbour is somebody else");
    assert_eq!(check(&caller, "192.0.2.9", None).await.status, 200);
    assert_refused(&check(&caller, "::ffff:192.0.2.9", None).await);
}

#[actix_web::test]
async fn rt_17_sec_46_without_a_proxy_the_forwarded_header_is_ignored() {
    let app = limited("1").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "192.0.2.1", Some("203.0.113.1")).await.status, 200);
    for rotated in ["203.0.113.2", "203.0.113.3, 203.0.113.4", "2001:db8::1"] {
        assert_refused(&check(&caller, "192.0.2.1", Some(rotated)).await);
    }
}

#[actix_web::test]
async fn rt_17_sec_46_what_a_client_writes_on_the_left_gives_no_new_bucket() {
    let app = behind("10.0.0.0/8").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "10.0.0.1", Some("203.0.113.1")).await.status, 200);
    // Whatever the client writes on the left, the proxy appends the true address on the right.
    for rotated in [
        "198.51.100.1, 203.0.113.1",
        "198.51.100.2,198.51.100.3, 203.0.113.1",
        "10.0.0.9, 203.0.113.1",
        "n'importe quoi, 203.0.113.1",
        " ,, 203.0.113.1 ",
        "203.0.113.1:4711",
        "::ffff:203.0.113.1",
    ] {
        assert_refused(&check(&caller, "10.0.0.1", Some(rotated)).await);
    }
    assert_eq!(check(&caller, "10.0.0.1", Some("203.0.113.1, 203.0.113.2")).await.status, 200);
    assert_refused(&check(&caller, "::ffff:10.0.0.3", Some("203.0.113.2")).await);
}

#[actix_web::test]
async fn rt_17_several_proxies_are_read_past_whatever_their_number() {
    let app = behind("10.0.0.0/8, 2001:db8:ffff::/48").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "10.0.0.1", Some("203.0.113.1, 2001:db8:ffff::7")).await.status, 200);
    for (peer, chain) in [
        ("10.0.0.1", "203.0.113.1"),
        ("2001:db8:ffff::1", "198.51.100.1, 203.0.113.1, 10.1.2.3, 10.4.5.6"),
        ("10.0.0.1", "203.0.113.1, [2001:db8:ffff::7]:443"),
    ] {
        assert_refused(&check(&caller, peer, Some(chain)).await);
    }
    // Two lines are one list, in their order.
    let name = "x-forwarded-for";
    let request = || caller.post("/eligibilite/verifier").json(&candidature("01")).from("10.0.0.1");
    let twice = request().header(name, "203.0.113.1").header_again(name, "203.0.113.9").send().await;
    assert_eq!(twice.status, 200, "the line that the proxy added counts");
    assert_refused(&request().header(name, "203.0.113.9").send().await);
}

#[actix_web::test]
async fn rt_17_a_subscriber_behind_a_proxy_is_one_address() {
    let app = behind("10.0.0.0/8").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "10.0.0.1", Some("2001:db8:1:2::1")).await.status, 200);
    assert_refused(&check(&caller, "10.0.0.1", Some("2001:db8:1:2:ffff::9")).await);
    assert_eq!(check(&caller, "10.0.0.1", Some("2001:db8:1:3::1")).await.status, 200);
}

#[actix_web::test]
async fn rt_17_a_chain_that_names_nobody_falls_back_to_the_peer() {
    let app = behind("10.0.0.0/8").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "10.0.0.1", None).await.status, 200);
    for chain in
        ["", "unknown", "203.0.113.1, unknown", "203.0.113.2, _secret", "10.2.2.2", "10.2.2.2, 10.3.3.3", "1.2.3"]
    {
        assert_refused(&check(&caller, "10.0.0.1", Some(chain)).await);
    }
    assert_eq!(check(&caller, "10.0.0.2", None).await.status, 200);
    // Somebody who is not a proxy is believed about nothing.
    assert_eq!(check(&caller, "192.0.2.1", Some("203.0.113.77")).await.status, 200);
    assert_refused(&check(&caller, "192.0.2.1", Some("203.0.113.78")).await);
}

#[actix_web::test]
async fn forgetting_idle_addresses_keeps_those_that_are_limited() {
    let app = limited("1").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "192.0.2.1", None).await.status, 200);
    app.app.limit.forget();
    assert_refused(&check(&caller, "192.0.2.1", None).await);
}

/// What a field of `RateLimit` says of a policy.
fn of_policy(fields: &str, policy: &str, letter: &str) -> u64 {
    let part = fields.split(", ").find(|part| part.starts_with(&format!("\"{policy}\";"))).unwrap();
    part.split(';').find_map(|pair| pair.strip_prefix(letter)?.strip_prefix('=')).unwrap().parse().unwrap()
}

/// Each operation that counts what it is asked, and a request that it refuses or serves, but has counted.
fn counted() -> Vec<(&'static str, Value)> {
    let (link, code) = (json!({ "jeton": "x" }), json!({ "jeton": "x", "code": "1" }));
    let pair = json!({ "code": "1", "code_suivant": "2" });
    let card = json!({ "serie": "GADT000123", "code": "1", "code_suivant": "2" });
    vec![
        ("POST /api/v1/candidatures", candidature("01")),
        ("POST /api/v1/eligibilite/verifier", candidature("01")),
        ("POST /api/v1/structures/{siret}/annuaire", Value::Null),
        ("POST /api/v1/candidatures/brouillons", json!({ "contenu": "x" })),
        ("POST /api/v1/candidatures/brouillons/lire", link.clone()),
        ("POST /api/v1/candidatures/brouillons/effacer", link.clone()),
        ("POST /api/v1/candidatures/suivi", link.clone()),
        ("POST /api/v1/candidatures/suivi/reponse", json!({ "jeton": "x", "demande": "x", "texte": "Oui." })),
        ("POST /api/v1/avis/desabonnement", link.clone()),
        ("POST /api/v1/connexion", json!({ "email": "a@test.example", "code": "1" })),
        ("POST /api/v1/session", link.clone()),
        ("POST /api/v1/premier-acces", link.clone()),
        ("POST /api/v1/premier-acces/confirmer", code.clone()),
        ("POST /api/v1/invitation", link),
        ("POST /api/v1/invitation/accepter", code),
        ("POST /api/v1/inscription", json!({ "nom": "Ana", "email": "ana@test.example" })),
        ("POST /api/v1/oauth/token", json!("grant_type=client_credentials&client_id=a&client_secret=b")),
        ("POST /api/v1/session/code", json!({ "code": "1" })),
        ("POST /api/v1/compte/application/confirmer", json!({ "code": "1" })),
        ("POST /api/v1/compte/cartes", card),
        ("POST /api/v1/compte/moyens/{id}/recaler", pair),
    ]
}

#[test]
fn api_07_the_document_names_each_operation_that_counts_and_describes_its_fields() {
    let document: Value = serde_json::from_str(&api::openapi::json()).unwrap();
    let mut limited = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().into_iter().flatten();
            for (status, answer) in responses.filter(|_| !operation["responses"]["429"].is_null()) {
                let told = |name: &str| answer["headers"][name]["description"].is_string();
                let wanted = status.starts_with('2') || status == "429";
                assert_eq!(told("RateLimit") && told("RateLimit-Policy"), wanted, "{method} {path} {status}");
                assert_eq!(told("Retry-After"), status == "429", "{method} {path} {status}");
                limited.extend((status == "429").then(|| format!("{} {path}", method.to_uppercase())));
            }
        }
    }
    let mut known: Vec<&str> = counted().into_iter().map(|(name, _)| name).collect();
    known.sort_unstable();
    limited.sort_unstable();
    assert_eq!(limited, known);
}

#[actix_web::test]
async fn api_07_each_answer_of_an_operation_that_counts_tells_what_is_left_and_when_to_come_back() {
    let ones =
        ["PARCOURS_LIMITE_PUBLIQUE", "PARCOURS_LIMITE_CONNEXION", "PARCOURS_LIMITE_COMPTE", "PARCOURS_LIMITE_JETON"];
    let app = TestApp::with(&ones.map(|name| (name, "1"))).await;
    for (n, (name, body)) in counted().into_iter().enumerate() {
        let path = name.strip_prefix("POST /api/v1").unwrap().replace("{id}", "x").replace("{siret}", "21010053400017");
        let person = app.equipped(&[Role::Aidant], Kind::App);
        let own = path.starts_with("/session/code") || path.starts_with("/compte");
        let caller = if own { app.session_of(&person, Role::Aidant) } else { app.anonymous() };
        let send = async |key: &str| {
            let request = caller.post(&path).from(&format!("198.51.100.{n}")).header("idempotency-key", key);
            match body.as_str() {
                Some(form) => request.body("application/x-www-form-urlencoded", form.to_owned()).send().await,
                None => request.json(&body).send().await,
            }
        };
        let first = send(&format!("premiere-{n}")).await;
        assert!(first.status < 429, "{name}: {first:?}");
        let policies = first.header("ratelimit-policy").unwrap_or_else(|| panic!("{name}: {first:?}"));
        assert!(policies.contains(";q=1;w="), "{name}: {policies}");
        let second = send(&format!("seconde-{n}")).await;
        let problem = second.problem(429, "trop-de-requetes");
        assert_eq!(problem["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
        let violated = problem["violated-policies"].as_array().unwrap();
        assert!(!violated.is_empty(), "{name}: {problem}");
        let wait: u64 = second.header("retry-after").unwrap().parse().unwrap();
        for policy in violated {
            let (policy, left) = (policy.as_str().unwrap(), second.header("ratelimit").unwrap());
            assert_eq!(of_policy(left, policy, "r"), 0, "{name}: {left}");
            assert!(wait >= of_policy(left, policy, "t"), "{name}: {left}, {wait}");
            assert_eq!(of_policy(second.header("ratelimit-policy").unwrap(), policy, "q"), 1);
        }
        assert_eq!(second.header("x-ratelimit-limit"), None, "not the older form");
    }
}

#[actix_web::test]
async fn api_07_a_caller_that_goes_on_well_past_its_quota_is_told_so_by_the_registered_type() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "2")]).await;
    let mut kinds = Vec::new();
    for n in 0..24 {
        let answer = app.ask("personne@test.example", "000000").await;
        if answer.status == 202 {
            continue;
        }
        let problem = answer.problem(429, "trop-de-requetes");
        assert_eq!(problem["violated-policies"], json!(["connexion-compte"]));
        kinds.push((n, problem["type"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned()));
    }
    let (ordinary, abnormal) = kinds.split_at(18);
    assert_eq!((ordinary[0].0, abnormal[0].0), (2, 20), "ten times the quota");
    assert!(ordinary.iter().all(|(_, kind)| kind == "quota-exceeded"), "{ordinary:?}");
    assert!(abnormal.iter().all(|(_, kind)| kind == "abnormal-usage-detected"), "{abnormal:?}");
}

#[actix_web::test]
async fn rt_18_a_page_of_a_listed_origin_reads_the_refusal_and_its_preflights_are_not_counted() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_PUBLIQUE", "1"), ("PARCOURS_LIMITE_JETON", "1")]).await;
    let mut client = asked("secret", &["demandes:lire"], &[]);
    client["origines"] = json!(["https://outil.example"]);
    let key = made(&app.account(Role::Anct, &[]), &client).await;
    let (id, secret) = (key["client"].as_str().unwrap(), key["secret"].as_str().unwrap());
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let send = async |path: &str, origin: &str| {
        let request = app.anonymous().post(path).header("origin", origin).header("sec-fetch-site", "cross-site");
        let request = request.header("authorization", &basic);
        match path {
            "/oauth/token" => {
                request
                    .body("application/x-www-form-urlencoded", "grant_type=client_credentials".to_owned())
                    .send()
                    .await
            }
            _ => request.json(&candidature("01")).send().await,
        }
    };
    for path in ["/eligibilite/verifier", "/oauth/token"] {
        for _ in 0..5 {
            let preflight = app.anonymous().bare(Method::OPTIONS, &format!("/api/v1{path}"));
            let preflight = preflight.header("origin", "https://outil.example");
            let preflight = preflight.header("access-control-request-method", "POST").send().await;
            assert_eq!((preflight.status, preflight.header("ratelimit")), (204, None));
        }
        let served = send(path, "https://outil.example").await;
        served.ok(200);
        assert!(served.header("ratelimit").unwrap().contains("r=0"), "the first one that is counted: {served:?}");
        let refused = send(path, "https://outil.example").await;
        refused.problem(429, "trop-de-requetes");
        for answer in [&served, &refused] {
            assert_eq!(answer.header("access-control-allow-origin"), Some("https://outil.example"), "{path}");
            let readable = answer.header("access-control-expose-headers").unwrap();
            for name in ["retry-after", "ratelimit", "ratelimit-policy"] {
                assert!(readable.split(", ").any(|one| one == name), "{readable}");
            }
        }
        let elsewhere = send(path, "https://ailleurs.example").await;
        assert_eq!((elsewhere.status, elsewhere.header("access-control-allow-origin")), (429, None), "{path}");
    }
}
