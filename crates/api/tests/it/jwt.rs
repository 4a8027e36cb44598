//! Access tokens that nobody gave: each way to forge one, and the keys that may verify.

use std::collections::BTreeSet;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::http::Method;
use api::access::jwt::{Issuer, Keys, LIFE, New, issue, verify};
use api::clock::Moment;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::permission::Role;
use hmac::{Hmac, KeyInit, Mac};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::client_api::{access_token, asked, made};
use crate::support::{TestApp, Who, start};

fn pair(key: &str) -> EcdsaKeyPair {
    let bytes = STANDARD.decode(key.split_once(':').unwrap().1).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes, &SystemRandom::new()).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(key: &str, header: &Value, claims: &Value) -> String {
    let body = format!("{}.{}", part(header), part(claims));
    let signature = pair(key).sign(&SystemRandom::new(), body.as_bytes()).unwrap();
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

/// A real token, taken apart.
fn read(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    let mut value = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
    (value(), value())
}

fn with(value: &Value, name: &str, to: Value) -> Value {
    let mut changed = value.clone();
    changed[name] = to;
    changed
}

fn without(value: &Value, name: &str) -> Value {
    let mut changed = value.clone();
    changed.as_object_mut().unwrap().remove(name);
    changed
}

async fn status(app: &TestApp, token: &str) -> u16 {
    app.caller(Who::Token(token.to_owned())).get("/demandes").send().await.status
}

#[actix_web::test]
async fn rt_12_sec_25_a_token_that_was_not_given_opens_nothing() {
    let (ours, theirs) = (Keys::draw("ours").unwrap(), Keys::draw("ours").unwrap());
    let app = TestApp::with(&[("PARCOURS_CLES_JWT", &ours)]).await;
    let maker = app.account(Role::Anct, &[]);
    let key = made(&maker, &asked("secret", &["demandes:lire"], &[])).await;
    let token = access_token(&app, &key).await;
    let (header, claims) = read(&token);
    assert_eq!(status(&app, &signed(&ours, &header, &claims)).await, 200, "the forger's tools make good tokens");
    let now = claims["iat"].as_i64().unwrap();
    let published = app.anonymous().bare(Method::GET, "/.well-known/jwks.json").send().await.text();
    for (name, to) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("ES384")),
        ("typ", json!("JWT")),
        ("kid", json!("autre")),
        ("crit", json!(["exp"])),
    ] {
        assert_eq!(status(&app, &signed(&ours, &with(&header, name, to.clone()), &claims)).await, 401, "{name} {to}");
    }
    assert_eq!(status(&app, &signed(&ours, &without(&header, "typ"), &claims)).await, 401, "no kind");
    assert_eq!(status(&app, &signed(&ours, &without(&header, "kid"), &claims)).await, 401, "no key");
    for (name, to) in [
        ("iss", json!("https://ailleurs.example")),
        ("aud", json!("https://ailleurs.example/api/v1")),
        ("aud", json!([claims["aud"]])),
        ("sub", json!("autre")),
        ("client_id", json!("autre")),
        ("cle", json!("autre")),
        ("jti", json!("")),
        ("exp", json!(now)),
        ("exp", json!(now + LIFE + 1)),
        ("exp", json!((now + LIFE).to_string())),
        ("nbf", json!(now + 60)),
        ("iat", json!(now + 60)),
        ("role", json!("anct")),
    ] {
        assert_eq!(status(&app, &signed(&ours, &header, &with(&claims, name, to.clone()))).await, 401, "{name} {to}");
    }
    for name in ["iss", "aud", "exp", "nbf", "iat", "jti", "sub", "client_id", "scope", "cle"] {
        assert_eq!(status(&app, &signed(&ours, &header, &without(&claims, name))).await, 401, "no {name}");
    }
    assert_eq!(status(&app, &signed(&theirs, &header, &claims)).await, 401, "the key of somebody else");
    let body = token.rsplit_once('.').unwrap().0;
    let unsigned = format!("{}.{}.", part(&with(&header, "alg", json!("none"))), part(&claims));
    for forged in
        [unsigned, format!("{body}."), body.to_owned(), format!("{token}x"), hmac_with(&published, &header, &claims)]
    {
        assert_eq!(status(&app, &forged).await, 401, "{forged}");
    }
    let wider = with(&claims, "scope", json!("demandes:lire journal:lire"));
    let wider = app.caller(Who::Token(signed(&ours, &header, &wider)));
    wider.get("/journal").send().await.problem(403, "non-autorise");
}

/// A token signed with what everybody knows, as if the public key were a shared secret.
fn hmac_with(published: &str, header: &Value, claims: &Value) -> String {
    let body = format!("{}.{}", part(&with(header, "alg", json!("HS256"))), part(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(published.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

#[actix_web::test]
async fn sec_61_a_former_key_still_verifies_and_the_first_one_signs() {
    let (new, former) = (Keys::draw("nouvelle").unwrap(), Keys::draw("ancienne").unwrap());
    let app = TestApp::with(&[("PARCOURS_CLES_JWT", &format!("{new},{former}"))]).await;
    let key = made(&app.account(Role::Anct, &[]), &asked("secret", &["demandes:lire"], &[])).await;
    let (header, claims) = read(&access_token(&app, &key).await);
    assert_eq!(header["kid"], "nouvelle");
    assert_eq!(status(&app, &signed(&former, &with(&header, "kid", json!("ancienne")), &claims)).await, 200);
    assert_eq!(status(&app, &signed(&former, &header, &claims)).await, 401, "under the name of the other");
    let published = app.anonymous().bare(Method::GET, "/.well-known/jwks.json").send().await.ok(200);
    let names: Vec<&Value> = published["keys"].as_array().unwrap().iter().map(|key| &key["kid"]).collect();
    assert_eq!(names, ["nouvelle", "ancienne"]);
    assert!(published["keys"].as_array().unwrap().iter().all(|key| key.get("d").is_none()), "{published}");
}

/// A token whose claims are this text, signed as ours are.
fn signed_text(key: &str, header: &Value, claims: &str) -> String {
    let body = format!("{}.{}", part(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = pair(key).sign(&SystemRandom::new(), body.as_bytes()).unwrap();
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

/// An application that takes the tokens of this key, and a token of it, taken apart.
async fn scene(key: &str) -> (TestApp, String, Value, Value) {
    let app = TestApp::with(&[("PARCOURS_CLES_JWT", key)]).await;
    let made = made(&app.account(Role::Anct, &[]), &asked("secret", &["demandes:lire"], &[])).await;
    let token = access_token(&app, &made).await;
    let (header, claims) = read(&token);
    assert_eq!(status(&app, &signed(key, &header, &claims)).await, 200, "the forger's tools make good tokens");
    (app, token, header, claims)
}

#[actix_web::test]
async fn rt_12_a_claim_of_another_type_or_out_of_range_is_not_taken_for_a_good_one() {
    let ours = Keys::draw("ours").unwrap();
    let (app, _, header, claims) = scene(&ours).await;
    let text = claims.to_string();
    for name in ["exp", "nbf", "iat"] {
        let good = claims[name].as_i64().unwrap();
        let there = format!("\"{name}\":{good}");
        assert!(text.contains(&there), "{text}");
        for wrong in [
            format!("\"{good}\""),
            format!("[{good}]"),
            format!("{{\"v\":{good}}}"),
            "null".to_owned(),
            "true".to_owned(),
            "\"\"".to_owned(),
            format!("{good}.0"),
            format!("{good}.5"),
            "1e300".to_owned(),
            "1e999".to_owned(),
            "-1e300".to_owned(),
            "99999999999999999999".to_owned(),
            i64::MAX.to_string(),
            format!("{good},\"{name}\":{good}"),
        ] {
            let forged = signed_text(&ours, &header, &text.replace(&there, &format!("\"{name}\":{wrong}")));
            assert_eq!(status(&app, &forged).await, 401, "{name}: {wrong}");
        }
    }
    for (name, wrong) in [("exp", i64::MIN), ("exp", -1), ("iat", i64::MIN), ("iat", 0)] {
        assert_eq!(
            status(&app, &signed(&ours, &header, &with(&claims, name, json!(wrong)))).await,
            401,
            "{name} {wrong}"
        );
    }
    for name in ["iss", "aud", "sub", "client_id", "scope", "cle", "jti"] {
        for wrong in [json!(1), json!(null), json!(true), json!([claims[name]]), json!({ "v": claims[name] })] {
            let forged = signed(&ours, &header, &with(&claims, name, wrong.clone()));
            assert_eq!(status(&app, &forged).await, 401, "{name} {wrong}");
        }
    }
    for whole in ["", "null", "[]", "1", "\"\"", "{}", "{", "\u{feff}{}"] {
        assert_eq!(status(&app, &signed_text(&ours, &header, whole)).await, 401, "{whole}");
    }
}

#[actix_web::test]
async fn rt_12_no_key_is_taken_from_the_token_nor_fetched_for_it() {
    let (ours, theirs) = (Keys::draw("ours").unwrap(), Keys::draw("ours").unwrap());
    let (app, _, header, claims) = scene(&ours).await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
    let their_keys = Keys::parse(&theirs).unwrap().published()["keys"][0].clone();
    for (name, to) in [("jku", json!(url)), ("x5u", json!(url)), ("jwk", their_keys)] {
        let header = with(&header, name, to);
        assert_eq!(status(&app, &signed(&ours, &header, &claims)).await, 200, "{name} is not looked at");
        for kid in ["ours", "theirs"] {
            let header = with(&header, "kid", json!(kid));
            assert_eq!(status(&app, &signed(&theirs, &header, &claims)).await, 401, "{name}, under the name {kid}");
        }
        let nameless = without(&header, "kid");
        assert_eq!(status(&app, &signed(&theirs, &nameless, &claims)).await, 401, "{name}, without a name");
    }
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "nothing was fetched");
}

#[actix_web::test]
async fn rt_12_neither_another_algorithm_nor_a_hollow_signature_passes() {
    let ours = Keys::draw("ours").unwrap();
    let (app, token, header, claims) = scene(&ours).await;
    for alg in ["none", "None", "nOnE", "", "es256", "ES512", "EdDSA", "RS256", "PS256", "HS384", "HS512"] {
        let forged = signed(&ours, &with(&header, "alg", json!(alg)), &claims);
        assert_eq!(status(&app, &forged).await, 401, "{alg}");
    }
    let point = pair(&ours).public_key().as_ref().to_vec();
    let spki = [&SPKI_P256[..], &point].concat();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&spki));
    for secret in [&point, &point[1..].to_vec(), &spki, &pem.into_bytes(), &Vec::new()] {
        let body = format!("{}.{}", part(&with(&header, "alg", json!("HS256"))), part(&claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(body.as_bytes());
        let forged = format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        assert_eq!(status(&app, &forged).await, 401, "the public key as a shared secret");
    }
    let body = token.rsplit_once('.').unwrap().0;
    let real = URL_SAFE_NO_PAD.decode(token.rsplit_once('.').unwrap().1).unwrap();
    let mut last_bit = real.clone();
    *last_bit.last_mut().unwrap() ^= 1;
    let order: Vec<u8> = [&[0; 32][..], &P256_ORDER].concat();
    for hollow in [vec![0; 64], vec![0xff; 64], order, real[..63].to_vec(), [&real[..], &[0]].concat(), last_bit] {
        let forged = format!("{body}.{}", URL_SAFE_NO_PAD.encode(&hollow));
        assert_eq!(status(&app, &forged).await, 401, "{hollow:?}");
    }
    for kind in ["JWT", "jwt", "id_token+jwt", "secevent+jwt", "application/jwt", ""] {
        assert_eq!(status(&app, &signed(&ours, &with(&header, "typ", json!(kind)), &claims)).await, 401, "{kind}");
    }
}

/// What stands before the point in a public key of P-256 (RFC 5480).
const SPKI_P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// The order of P-256.
const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7,
    0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The servers of an instance, each with the keys of its last start.
type Fleet = RwLock<Vec<Keys>>;

/// Restarts the servers with these keys, one after the other.
fn restart(fleet: &Fleet, keys: &[&str]) {
    let servers = fleet.read().unwrap().len();
    for server in 0..servers {
        fleet.write().unwrap()[server] = Keys::parse(&keys.join(",")).unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A token that some server gave, and whether each server takes it.
fn exchange_somewhere(fleet: &Fleet, n: usize, now: Moment) -> (String, bool) {
    let issuer = Issuer { site: "https://aidants.example".to_owned() };
    let servers = fleet.read().unwrap();
    let new = New { client: "c", key: "k", scope: "demandes:lire", id: format!("{n}") };
    let token = issue(&servers[n % servers.len()], &issuer, new, now).unwrap();
    let taken = servers.iter().all(|keys| verify(keys, &issuer, &token, now).is_some());
    (token, taken)
}

#[test]
fn sec_61_two_rotations_of_the_signing_key_under_load_refuse_no_token() {
    let [one, two, three] = ["un", "deux", "trois"].map(|name| Keys::draw(name).unwrap());
    let fleet: Fleet = RwLock::new(vec![Keys::parse(&one).unwrap(); 3]);
    let (now, done, refused) = (start(), AtomicBool::new(false), AtomicUsize::new(0));
    let issuer = Issuer { site: "https://aidants.example".to_owned() };
    let kept = std::thread::scope(|scope| {
        let load: Vec<_> = (0..4)
            .map(|worker| {
                let (fleet, done, refused) = (&fleet, &done, &refused);
                scope.spawn(move || {
                    let mut kept = Vec::new();
                    for n in worker.. {
                        let (token, taken) = exchange_somewhere(fleet, n, now);
                        refused.fetch_add(usize::from(!taken), Ordering::Relaxed);
                        kept.push(token);
                        if done.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                    kept
                })
            })
            .collect();
        for (former, next) in [(&one, &two), (&two, &three)] {
            restart(&fleet, &[former, next]);
            restart(&fleet, &[next, former]);
        }
        done.store(true, Ordering::Relaxed);
        load.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(refused.load(Ordering::Relaxed), 0, "of {}", kept.len());
    let name = |token: &String| read(token).0["kid"].as_str().unwrap().to_owned();
    let names: BTreeSet<String> = kept.iter().map(name).collect();
    assert_eq!(names.len(), 3, "each key signed some");
    // Once the tokens of a former key are over, it may go; before, it may not.
    let last = [Keys::parse(&three).unwrap()];
    let of_two = kept.iter().find(|token| name(token) == "deux").unwrap();
    assert!(verify(&last[0], &issuer, of_two, now).is_none());
    let later = now + chrono::Duration::seconds(LIFE);
    assert!(kept.iter().all(|token| verify(&fleet.read().unwrap()[0], &issuer, token, later).is_none()));
}
