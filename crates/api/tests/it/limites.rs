//! The limit on public writes: `RateLimit` fields, 429 with `Retry-After`, and nothing that gives a new bucket (RT-17).

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
async fn rt_17_without_a_proxy_the_forwarded_header_is_ignored() {
    let app = limited("1").await;
    let caller = app.anonymous();
    assert_eq!(check(&caller, "192.0.2.1", Some("203.0.113.1")).await.status, 200);
    for rotated in ["203.0.113.2", "203.0.113.3, 203.0.113.4", "2001:db8::1"] {
        assert_refused(&check(&caller, "192.0.2.1", Some(rotated)).await);
    }
}

#[actix_web::test]
async fn rt_17_what_a_client_writes_on_the_left_gives_no_new_bucket() {
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
