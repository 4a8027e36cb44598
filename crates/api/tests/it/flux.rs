//! Following the changes of the table: what is within reach, from where one was, without keeping a session alive.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SCOPES, TestApp, line};

/// The events of an answer: entry and data.
fn events(answer: &Answer) -> Vec<(i64, Value)> {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/event-stream")));
    let text = answer.text();
    let field = |block: &str, name: &str| block.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
    text.split("\n\n")
        .filter_map(|block| {
            let data = serde_json::from_str(&field(block, "data: ")?).unwrap();
            Some((field(block, "id: ").unwrap().parse().unwrap(), data))
        })
        .collect()
}

async fn follow(caller: &Caller<'_>, after: Option<i64>) -> (i64, Value) {
    let request = caller.get("/demandes/flux");
    let answer = match after {
        Some(number) => request.header("last-event-id", &number.to_string()).send().await,
        None => request.send().await,
    };
    let mut told = events(&answer);
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

#[actix_web::test]
async fn each_change_is_told_once_to_those_who_reach_it() {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    let ids = app.insert(vec![line("01", 0, &ain), line("02", 0, &aisne)]);
    let caller = app.account(Role::Recipiendaire, &[&ain]);
    let (start, data) = follow(&caller, None).await;
    assert_eq!(data, json!({ "demandes": [], "presences": [] }), "from now on");
    for (id, envelope) in [(&ids[0], &ain), (&ids[1], &aisne)] {
        let writer = app.account(Role::Recipiendaire, &[envelope]);
        let patch = writer.patch(&format!("/demandes/{id}")).version(1).json(&json!({ "cohorte": "x" }));
        patch.send().await.ok(200);
    }
    let own = json!([{ "id": ids[0], "version": 2 }]);
    let (next, data) = follow(&caller, Some(start)).await;
    assert_eq!((next - start, &data["demandes"]), (2, &own), "what is out of reach is not told, and passes by");
    assert_eq!(follow(&caller, Some(next)).await.1["demandes"], json!([]));
    let everything = follow(&app.anct(), Some(start)).await.1;
    assert_eq!(everything["demandes"].as_array().unwrap().len(), 2);
    let by_parameter = caller.get(&format!("/demandes/flux?depuis={start}")).send().await;
    assert_eq!(events(&by_parameter)[0].1["demandes"], own);
    caller.delete(&format!("/demandes/{}", ids[0])).version(2).send().await.ok(204);
    assert_eq!(
        follow(&caller, Some(next)).await.1["demandes"],
        json!([{ "id": ids[0], "version": 3 }]),
        "a deletion too"
    );
}

#[actix_web::test]
async fn too_much_to_tell_says_to_read_the_list_again() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let (start, _) = follow(&caller, None).await;
    app.insert((0..201).map(|n| line("01", n, &envelope)).collect());
    assert_eq!(follow(&caller, Some(start)).await.1, json!({ "tout": true, "demandes": [], "presences": [] }));
}

#[actix_web::test]
async fn a_place_that_is_none_is_refused_and_one_to_come_is_now() {
    let app = TestApp::new().await;
    let caller = app.anct();
    caller.get("/demandes/flux?depuis=-1").send().await.refuses(400, "parametre-invalide", "depuis");
    for wrong in ["x", "-1", "1.5"] {
        let answer = caller.get("/demandes/flux").header("last-event-id", wrong).send().await;
        answer.refuses(400, "parametre-invalide", "Last-Event-ID");
    }
    let (now, _) = follow(&caller, None).await;
    assert_eq!(follow(&caller, Some(now + 1_000)).await.0, now, "as after a database that was restored");
    app.token(Role::Aidant, &SCOPES).get("/demandes/flux").send().await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn sec_21_following_the_table_keeps_no_session_from_being_idle() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    for _ in 0..10 {
        app.clock.advance(chrono::Duration::minutes(10));
        caller.get("/demandes/flux").send().await;
    }
    caller.get("/demandes/flux").send().await.problem(401, "non-authentifie");
}

/// Reads a feed until it tells of this version of a demande; how long that took since `since`.
fn heard(feed: &mut std::net::TcpStream, said: &str, since: std::time::Instant) -> std::time::Duration {
    use std::io::Read;
    let (mut text, mut chunk) = (String::new(), [0; 4096]);
    while !text.contains(said) {
        let read = feed.read(&mut chunk).expect("the feed is silent");
        assert!(read > 0, "the feed is over: {text}");
        text.push_str(&String::from_utf8_lossy(&chunk[..read]));
    }
    since.elapsed()
}

#[test]
fn what_is_changed_on_a_server_is_told_by_another_within_a_second() {
    use std::io::Write;
    use std::time::{Duration, Instant};

    use crate::support::{Database, Process};

    let database = Database::fresh();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authorization = crate::crash::authorization(&database);
    let (here, there) = (Process::start(&database, one.path()), Process::start(&database, two.path()));
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
    let added =
        here.call("POST", "/api/v1/demandes", &headers, crate::support::demande("01", 1).to_string().as_bytes());
    let id = added.unwrap().json()["id"].as_str().unwrap().to_owned();

    let mut feed = std::net::TcpStream::connect(there.address).unwrap();
    feed.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let ask =
        format!("GET /api/v1/demandes/flux HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}\r\n\r\n");
    feed.write_all(ask.as_bytes()).unwrap();
    heard(&mut feed, "data: ", Instant::now());
    let mut delays = Vec::new();
    for version in 1..=5 {
        let matched = format!("\"{version}\"");
        let headers = [headers[0], headers[1], ("If-Match", matched.as_str())];
        let edit = json!({ "commentaire": format!("Passage {version}") }).to_string();
        let path = format!("/api/v1/demandes/{id}");
        assert_eq!(here.call("PATCH", &path, &headers, edit.as_bytes()).unwrap().status, 200);
        delays.push(heard(&mut feed, &format!("\"id\":\"{id}\",\"version\":{}", version + 1), Instant::now()));
    }
    delays.sort_unstable();
    assert!(delays[2] <= Duration::from_secs(1), "{delays:?}");
}
