//! Access tokens that nobody gave: each way to forge one, and the keys that may verify.

use actix_web::http::Method;
use api::access::jwt::{Keys, LIFE};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::permission::Role;
use hmac::{Hmac, KeyInit, Mac};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::client_api::{access_token, asked, made};
use crate::support::{TestApp, Who};

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
