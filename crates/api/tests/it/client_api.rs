//! API clients: made by people, known by their keys, stopped at the next request by a revocation or by what their makers lose.

use actix_web::http::Method;
use api::access::{Identity, Perimeter, stamp};
use api::areas::client_api::service::{self, Context};
use api::otp::Kind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::client_api::{NouveauClient, portees_du_role};
use domain::permission::{Portee, Role};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, Person, TestApp, Who, counts, demande, line};

const FORM: &str = "application/x-www-form-urlencoded";
const READS: &[&str] = &["demandes:lire"];

/// A client as it is asked for.
pub fn asked(kind: &str, scopes: &[&str], envelopes: &[&str]) -> Value {
    let key = json!({ "genre": kind, "jours": 30 });
    json!({ "nom": "Outil", "portees": scopes, "enveloppes": envelopes, "cle": key })
}

/// A client with a key, and what was shown of it.
pub async fn made(caller: &Caller<'_>, client: &Value) -> Value {
    caller.post("/clients-api").json(client).send().await.ok(201)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name}: {value}"))
}

/// The exchange of a secret, the client named by the header.
pub async fn exchange(app: &TestApp, client: &str, secret: &str, form: &str) -> Answer {
    let basic = format!("Basic {}", STANDARD.encode(format!("{client}:{secret}")));
    let request = app.anonymous().bare(Method::POST, "/api/v1/oauth/token").header("authorization", &basic);
    request.body(FORM, form.to_owned()).send().await
}

/// The access token that a secret is exchanged for.
pub async fn access_token(app: &TestApp, key: &Value) -> String {
    let answer = exchange(app, text(key, "client"), text(key, "secret"), "grant_type=client_credentials").await;
    text(&answer.ok(200), "access_token").to_owned()
}

async fn status(app: &TestApp, token: &str) -> u16 {
    app.caller(Who::Token(token.to_owned())).get("/demandes").send().await.status
}

#[actix_web::test]
async fn sec_42_a_client_does_what_its_role_its_scopes_and_its_envelopes_allow_together() {
    let app = TestApp::new().await;
    let (own, other) = (app.envelope("01"), app.envelope("02"));
    let ids = app.insert(vec![line("01", 0, &own), line("02", 1, &other)]);
    let maker = app.account(Role::Recipiendaire, &[&own]);
    let key = made(&maker, &asked("jeton", READS, &[&own])).await;
    let client = app.caller(Who::Token(text(&key, "secret").to_owned()));
    let page = client.list(&[]).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
    client.get(&format!("/demandes/{}", ids[0])).send().await.ok(200);
    client.get(&format!("/demandes/{}", ids[1])).send().await.problem(404, "introuvable");
    client.post("/demandes").json(&demande("01", 3)).send().await.problem(403, "non-autorise");
    client.get("/clients-api").send().await.problem(403, "non-autorise");
    client.post("/clients-api").json(&asked("jeton", READS, &[&own])).send().await.problem(403, "non-autorise");
    for (client, field) in [
        (asked("jeton", &["journal:lire"], &[&own]), "/portees"),
        (asked("jeton", &[], &[&own]), "/portees"),
        (asked("jeton", READS, &[&other]), "/enveloppes"),
    ] {
        maker.post("/clients-api").json(&client).send().await.refuses(422, "champs-invalides", field);
    }
    assert_eq!(app.rows("client_api"), 1);
}

#[actix_web::test]
async fn sec_24_making_a_client_or_a_key_asks_for_a_recent_code() {
    let app = TestApp::new().await;
    let maker = app.account(Role::Anct, &[]);
    let key = made(&maker, &asked("jeton", READS, &[])).await;
    app.clock.advance(chrono::Duration::seconds(900));
    maker.post("/clients-api").json(&asked("jeton", READS, &[])).send().await.problem(403, "code-requis");
    let keys = format!("/clients-api/{}/cles", text(&key, "client"));
    maker.post(&keys).json(&json!({ "genre": "jeton", "jours": 1 })).send().await.problem(403, "code-requis");
    maker.delete(&format!("{keys}/{}", text(&key, "id"))).send().await.ok(204);
}

#[actix_web::test]
async fn sec_41_a_client_out_of_reach_does_not_exist() {
    let app = TestApp::new().await;
    let (own, other) = (app.envelope("01"), app.envelope("02"));
    let maker = app.account(Role::Recipiendaire, &[&own]);
    let key = made(&maker, &asked("jeton", READS, &[&own])).await;
    let stranger = app.account(Role::Recipiendaire, &[&other]);
    assert_eq!(stranger.get("/clients-api").send().await.ok(200)["items"], json!([]));
    let client = format!("/clients-api/{}", text(&key, "client"));
    stranger.delete(&client).send().await.problem(404, "introuvable");
    stranger.delete(&format!("{client}/cles/{}", text(&key, "id"))).send().await.problem(404, "introuvable");
    let more = json!({ "genre": "jeton", "jours": 1 });
    stranger.post(&format!("{client}/cles")).json(&more).send().await.problem(404, "introuvable");
    let seen = app.account(Role::Anct, &[]).get("/clients-api").send().await.ok(200);
    assert_eq!(seen["items"][0]["id"], key["client"], "{seen}");
    assert_eq!(status(&app, text(&key, "secret")).await, 200);
}

#[actix_web::test]
async fn api_20_a_key_is_recognisable_shown_once_stored_hashed_and_ends() {
    let app = TestApp::new().await;
    let maker = app.account(Role::Anct, &[]);
    let key = made(&maker, &asked("jeton", READS, &[])).await;
    let secret = text(&key, "secret").to_owned();
    assert!(secret.starts_with("parcours_") && secret.contains(text(&key, "id")), "{secret}");
    let listed = maker.get("/clients-api").send().await;
    let hidden = secret.rsplit('_').next().unwrap();
    assert!(!listed.text().contains(hidden), "{}", listed.text());
    let stored = app.texts("SELECT empreinte AS v FROM jeton");
    assert!(stored.iter().all(|hash| !hash.contains(hidden)), "{stored:?}");
    assert_eq!(listed.ok(200)["items"][0]["cles"][0].get("vu_le"), None);
    assert_eq!(status(&app, &secret).await, 200);
    let listed = maker.get("/clients-api").send().await.ok(200);
    assert!(listed["items"][0]["cles"][0]["vu_le"].is_string(), "{listed}");
    let mut wrong = secret.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    let before = counts(&app.database);
    assert_eq!(status(&app, &wrong).await, 401, "the sum does not fit");
    assert_eq!(counts(&app.database), before, "and the database is not asked");
    app.clock.advance(chrono::Duration::days(30));
    assert_eq!(status(&app, &secret).await, 401);
}

#[actix_web::test]
async fn a_client_has_ten_good_keys_at_most() {
    let app = TestApp::new().await;
    let maker = app.account(Role::Anct, &[]);
    let key = made(&maker, &asked("jeton", READS, &[])).await;
    let keys = format!("/clients-api/{}/cles", text(&key, "client"));
    let more = json!({ "genre": "secret", "jours": 30 });
    for _ in 0..9 {
        maker.post(&keys).json(&more).send().await.ok(201);
    }
    maker.post(&keys).json(&more).send().await.problem(409, "conflit-etat");
    maker.delete(&format!("{keys}/{}", text(&key, "id"))).send().await.ok(204);
    maker.post(&keys).json(&more).send().await.ok(201);
}

/// What ends a key of this person, as it is done for real.
async fn end(app: &TestApp, what: &str, person: &Person, client: &str, key: &str) {
    let (anct, maker) = (app.account(Role::Anct, &[]), app.session_of(person, Role::Anct));
    let account = format!("/comptes/{}", person.id);
    let change = async |change: Value| {
        let version = anct.get(&account).send().await.ok(200)["version"].as_i64().unwrap();
        anct.patch(&account).version(version).json(&change).send().await.ok(200)
    };
    let means = async || {
        let means = maker.get("/compte/moyens").send().await.ok(200)["items"].clone();
        means.as_array().unwrap().iter().map(|one| text(one, "id").to_owned()).collect::<Vec<_>>()
    };
    match what {
        "the key is revoked" => maker.delete(&format!("/clients-api/{client}/cles/{key}")).send().await.ok(204),
        "the client is revoked" => maker.delete(&format!("/clients-api/{client}")).send().await.ok(204),
        "the account is closed" => change(json!({ "etat": "desactive" })).await,
        "the account was closed and is open again" => {
            change(json!({ "etat": "desactive" })).await;
            change(json!({ "etat": "actif" })).await
        }
        "the role is withdrawn" => change(json!({ "roles": ["aidant"] })).await,
        "a means is taken back" => anct.delete(&format!("{account}/moyens/{}", means().await[0])).send().await.ok(204),
        "one removes a means" => maker.delete(&format!("/compte/moyens/{}", means().await[0])).send().await.ok(204),
        other => panic!("{other}"),
    };
}

#[actix_web::test]
async fn rt_13_keys_and_access_tokens_die_with_the_key_the_client_or_the_rights_of_their_maker() {
    let app = TestApp::new().await;
    let keeper = app.person(&[Role::Anct], &[]);
    let bystander = made(&app.session_of(&keeper, Role::Anct), &asked("jeton", READS, &[])).await;
    for what in [
        "the key is revoked",
        "the client is revoked",
        "the account is closed",
        "the account was closed and is open again",
        "the role is withdrawn",
        "a means is taken back",
        "one removes a means",
    ] {
        let person = app.equipped(&[Role::Anct], Kind::App);
        app.equip(&person, Kind::Card);
        let maker = app.session_of(&person, Role::Anct);
        let (plain, traded) =
            (made(&maker, &asked("jeton", READS, &[])).await, made(&maker, &asked("secret", READS, &[])).await);
        let tokens = [text(&plain, "secret").to_owned(), access_token(&app, &traded).await];
        for token in &tokens {
            assert_eq!(status(&app, token).await, 200, "{what}");
        }
        end(&app, what, &person, text(&plain, "client"), text(&plain, "id")).await;
        if what.ends_with("is revoked") {
            end(&app, what, &person, text(&traded, "client"), text(&traded, "id")).await;
        }
        for token in &tokens {
            assert_eq!(status(&app, token).await, 401, "{what}");
        }
        let again = exchange(&app, text(&traded, "client"), text(&traded, "secret"), "grant_type=client_credentials");
        assert_eq!(again.await.status, 401, "{what}");
    }
    assert_eq!(status(&app, text(&bystander, "secret")).await, 200, "those of the others go on");
}

#[actix_web::test]
async fn rt_13_each_key_dies_with_its_own_maker_and_the_client_lives_on_by_the_key_of_another() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let people = [(); 2].map(|()| app.person(&[Role::Recipiendaire], &[&envelope]));
    let [leaver, heir] = [0, 1].map(|n| app.session_of(&people[n], Role::Recipiendaire));
    let first = made(&leaver, &asked("jeton", READS, &[&envelope])).await;
    let keys = format!("/clients-api/{}/cles", text(&first, "client"));
    let state = async |caller: &Caller<'_>| {
        let seen = caller.get("/clients-api").send().await.ok(200)["items"][0].clone();
        let keys = seen["cles"].as_array().unwrap().iter().map(|key| text(key, "etat").to_owned());
        (text(&seen, "etat").to_owned(), keys.collect::<Vec<_>>())
    };
    let account = format!("/comptes/{}", people[0].id);
    let anct = app.account(Role::Anct, &[]);
    assert_eq!(anct.get(&account).send().await.ok(200)["cles_api"], 1, "who deactivates is told");
    let close = json!({ "etat": "desactive" });
    anct.patch(&account).version(1).json(&close).send().await.ok(200);
    assert_eq!(status(&app, text(&first, "secret")).await, 401);
    assert_eq!(anct.get(&account).send().await.ok(200)["cles_api"], 0);
    assert_eq!(state(&heir).await, ("suspendu".to_owned(), vec!["suspendue".to_owned()]));
    let more = json!({ "genre": "jeton", "jours": 30 });
    // The last key comes first.
    app.clock.advance(chrono::Duration::seconds(1));
    let second = heir.post(&keys).json(&more).send().await.ok(201);
    assert_eq!(status(&app, text(&second, "secret")).await, 200, "the organisation goes on");
    assert_eq!(status(&app, text(&first, "secret")).await, 401, "what the leaver knows stays dead");
    assert_eq!(state(&heir).await, ("actif".to_owned(), vec!["active".to_owned(), "suspendue".to_owned()]));
}

#[actix_web::test]
async fn rt_13_a_key_asked_for_before_the_stamp_changed_and_made_after_opens_nothing() {
    let app = TestApp::new().await;
    let person = app.person(&[Role::Anct], &[]);
    let who = Identity {
        kind: "compte",
        id: person.id.clone(),
        name: String::new(),
        email: person.email.clone(),
        role: Role::Anct,
        roles: vec![Role::Anct],
        scopes: None,
        envelopes: Vec::new(),
        owes_acceptance: false,
        code_at: Some(app.clock.now()),
        stamp: 0,
    };
    let (clock, now, author) = (app.clock.clone(), app.clock.now(), who.author("r"));
    let client: NouveauClient = serde_json::from_value(asked("jeton", READS, &[])).unwrap();
    let make = |changed: bool| {
        let context =
            Context { clock: clock.clone(), who: who.clone(), perimeter: Perimeter::All, author: author.clone(), now };
        let client = client.clone();
        app.write(move |conn| {
            if changed {
                stamp::renew(conn, &context.who.id)?;
            }
            Ok(service::create(conn, &context, client).unwrap().secret)
        })
        .unwrap()
    };
    assert_eq!(status(&app, &make(false)).await, 200);
    assert_eq!(status(&app, &make(true)).await, 401);
}

#[actix_web::test]
async fn rt_13_a_client_loses_the_envelope_that_its_maker_loses() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert(vec![line("01", 0, &envelope)]);
    let person = app.person(&[Role::Recipiendaire], &[&envelope]);
    let maker = app.session_of(&person, Role::Recipiendaire);
    let key = made(&maker, &asked("jeton", READS, &[&envelope])).await;
    let client = app.caller(Who::Token(text(&key, "secret").to_owned()));
    assert_eq!(client.list(&[]).await["items"].as_array().unwrap().len(), 1);
    app.execute(&format!("DELETE FROM compte_enveloppe WHERE compte_id = '{}'", person.id)).unwrap();
    assert_eq!(client.list(&[]).await["items"], json!([]));
}

#[actix_web::test]
async fn rt_24_what_is_said_twice_or_in_two_ways_gets_no_token() {
    let app = TestApp::new().await;
    let key = made(&app.account(Role::Anct, &[]), &asked("secret", READS, &[])).await;
    let (client, secret) = (text(&key, "client"), text(&key, "secret"));
    let grant = "grant_type=client_credentials";
    for (form, error) in [
        (format!("{grant}&{grant}"), "invalid_request"),
        (format!("{grant}&scope=demandes:lire&scope=demandes:lire"), "invalid_request"),
        (format!("{grant}&client_secret={secret}"), "invalid_request"),
        (format!("{grant}&client_id=un-autre"), "invalid_request"),
        ("grant_type=password".to_owned(), "unsupported_grant_type"),
        (String::new(), "invalid_request"),
        (format!("{grant}&scope=journal:lire"), "invalid_scope"),
        (format!("{grant}&scope=demandes:lire%20demandes:ecrire"), "invalid_scope"),
    ] {
        let answer = exchange(&app, client, secret, &form).await;
        assert_eq!((answer.status, text(&answer.json(), "error")), (400, error), "{form}");
    }
    let by_form = format!("{grant}&client_id={client}&client_secret={secret}");
    let posted = app.anonymous().bare(Method::POST, "/api/v1/oauth/token").body(FORM, by_form).send().await;
    let given = posted.ok(200);
    assert_eq!((text(&given, "token_type"), text(&given, "scope")), ("Bearer", "demandes:lire"));
    assert_eq!(given["expires_in"], 600);
    assert!(posted.header("cache-control").unwrap().contains("no-store"), "{posted:?}");
    assert_eq!(app.texts("SELECT action AS v FROM journal WHERE action = 'client_api.jeton_emis'").len(), 1);
}

#[actix_web::test]
async fn a_secret_is_exchanged_a_token_is_sent_and_neither_serves_as_the_other() {
    let app = TestApp::new().await;
    let maker = app.account(Role::Anct, &[]);
    let (plain, traded) =
        (made(&maker, &asked("jeton", READS, &[])).await, made(&maker, &asked("secret", READS, &[])).await);
    let grant = "grant_type=client_credentials";
    let refused = exchange(&app, text(&plain, "client"), text(&plain, "secret"), grant).await;
    assert_eq!((refused.status, text(&refused.json(), "error")), (401, "invalid_client"));
    assert!(refused.header("www-authenticate").unwrap().starts_with("Basic "), "{refused:?}");
    assert_eq!(exchange(&app, text(&plain, "client"), text(&traded, "secret"), grant).await.status, 401);
    assert_eq!(status(&app, text(&traded, "secret")).await, 401, "a secret is not sent as it is");
    let token = access_token(&app, &traded).await;
    app.clock.advance(chrono::Duration::seconds(599));
    assert_eq!(status(&app, &token).await, 200);
    app.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(status(&app, &token).await, 401);
    assert_eq!(app.texts("SELECT action AS v FROM journal WHERE action = 'client_api.refuse'").len(), 2);
}

#[actix_web::test]
async fn sec_52_pages_of_other_sites_are_let_in_only_where_a_client_lists_them_and_never_with_a_cookie() {
    let app = TestApp::new().await;
    let maker = app.account(Role::Anct, &[]);
    let scopes: Vec<&str> = portees_du_role(Role::Anct).into_iter().map(Portee::as_str).collect();
    let mut client = asked("jeton", &scopes, &[]);
    client["origines"] = json!(["https://outil.example"]);
    let listed = text(&made(&maker, &client).await, "secret").to_owned();
    let unlisted = text(&made(&maker, &asked("jeton", READS, &[])).await, "secret").to_owned();
    let get = |token: &str, origin: &str| {
        let caller = app.caller(Who::Token(token.to_owned()));
        caller.get("/demandes").header("origin", origin).header("sec-fetch-site", "cross-site").send()
    };
    let allowed = get(&listed, "https://outil.example").await;
    allowed.ok(200);
    assert_eq!(allowed.header("access-control-allow-origin"), Some("https://outil.example"));
    assert_eq!(allowed.header("access-control-allow-credentials"), None);
    assert_eq!(get(&unlisted, "https://outil.example").await.status, 403, "this key is not for that page");
    let foreign = get(&listed, "https://ailleurs.example").await;
    assert_eq!((foreign.status, foreign.header("access-control-allow-origin")), (403, None));
    let preflight = |origin: &str| {
        let request = app.anonymous().bare(Method::OPTIONS, "/api/v1/demandes").header("origin", origin);
        request.header("sec-fetch-site", "cross-site").header("access-control-request-method", "GET").send()
    };
    let asked = preflight("https://outil.example").await;
    assert_eq!((asked.status, asked.header("access-control-allow-origin")), (204, Some("https://outil.example")));
    assert_eq!(preflight("https://ailleurs.example").await.header("access-control-allow-origin"), None);
    let by_cookie = maker.get("/session").header("origin", "https://outil.example");
    let by_cookie = by_cookie.header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(by_cookie.header("access-control-allow-origin"), None);
}
