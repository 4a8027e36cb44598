//! Bars of the reference that concern every operation at once, or no area in particular; each test bears the name of its bar.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web;
use api::access::session::{COOKIE, DEVICE_COOKIE, LINK_COOKIE};
use api::http::request::surround;
use api::otp::Kind;
use domain::permission::{Access, CATALOGUE, Role};
use serde_json::{Value, json};

use crate::client_api::{asked as client, made};
use crate::support::{Answer, Caller, TestApp, Who, candidature, line, query};

/// The method and the address of an operation, on this object.
fn address(name: &str, id: &str) -> (Method, String) {
    let (method, path) = name.split_once(' ').unwrap();
    (Method::from_bytes(method.as_bytes()).unwrap(), path.replace("{id}", id))
}

fn operations(keep: impl Fn(&str) -> bool) -> impl Iterator<Item = (&'static str, Access)> {
    CATALOGUE.iter().copied().filter(move |(name, _)| keep(name))
}

#[test]
fn sec_02_each_way_in_is_written_down_and_there_is_no_other() {
    let page = include_str!("../../../../docs/security.md");
    let entries = page.split("## Qui entre").nth(1).unwrap().split("\n## ").next().unwrap();
    for (name, access) in operations(|name| !name.starts_with("GET ")) {
        let said = entries.contains(&format!("`{}`", name.replace("/api/v1", "")));
        assert_eq!(said, access == Access::Public, "{name}: « Qui entre » lists what nobody must be signed in for");
    }
    let document: Value = serde_json::from_str(&api::openapi::json()).unwrap();
    let schemes: Vec<&String> = document["components"]["securitySchemes"].as_object().unwrap().keys().collect();
    assert_eq!(schemes, ["jeton", "session"]);
}

#[actix_web::test]
async fn sec_06_no_role_enters_with_one_factor() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CONNEXION", "10000")]).await;
    for role in Role::COMPTES {
        let person = app.equipped(&[role], Kind::App);
        app.ask(&person.email, &app.wrong_code(Kind::App)).await.ok(202);
        assert!(app.links(&person.email).is_empty(), "{role:?}: the address alone");
        let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
        asked.ok(202);
        assert_eq!(asked.cookie(COOKIE), None, "{role:?}: the code alone");
        let secret = "0".repeat(64);
        app.redeem(&asked, &format!("/connexion#{secret}")).await.problem(401, "non-authentifie");
        let bare = app.person(&[role], &[]);
        app.ask(&bare.email, &app.code(Kind::App, 0)).await.ok(202);
        assert!(app.links(&bare.email).is_empty(), "{role:?}: an account without means");
    }
    assert_eq!(app.rows("session"), 0);
}

#[actix_web::test]
async fn sec_26_personal_answers_are_kept_by_no_cache() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let id = app.insert(vec![line("01", 0, &envelope)]).remove(0);
    let caller = app.account(Role::Anct, &[]);
    for (name, _) in operations(|name| name.starts_with("GET ") && !name.contains("/referentiel/")) {
        let (method, address) = address(name, &id);
        for who in [&caller, &app.anonymous()] {
            let answer = who.bare(method.clone(), &address).send().await;
            let kept = answer.header("cache-control").unwrap_or("");
            assert!(kept.contains("no-store"), "{name}: {kept}");
        }
    }
}

/// Refuses the objects of a body that would take what they do not know.
fn assert_closed(document: &Value, schema: &Value, what: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#')).unwrap();
        return assert_closed(document, found, name);
    }
    if let Some(fields) = schema["properties"].as_object() {
        assert_eq!(schema["additionalProperties"], false, "{what}");
        fields.values().for_each(|field| assert_closed(document, field, what));
    }
    assert_closed_parts(document, schema, what);
}

fn assert_closed_parts(document: &Value, schema: &Value, what: &str) {
    for several in ["oneOf", "anyOf", "allOf"] {
        schema[several].as_array().into_iter().flatten().for_each(|one| assert_closed(document, one, what));
    }
    if schema["items"].is_object() {
        assert_closed(document, &schema["items"], what);
    }
}

#[test]
fn sec_45_no_body_takes_a_field_that_it_does_not_know() {
    let document: Value = serde_json::from_str(&api::openapi::json()).unwrap();
    let mut bodies = 0;
    for (name, _) in operations(|name| !name.starts_with("GET ")) {
        let (method, path) = name.split_once(' ').unwrap();
        let body = &document["paths"][path][method.to_lowercase()]["requestBody"]["content"]["application/json"];
        if body.is_object() {
            bodies += 1;
            assert_closed(&document, &body["schema"], name);
        }
    }
    assert!(bodies >= 5, "{bodies}");
}

#[actix_web::test]
async fn sec_47_what_is_said_twice_is_refused() {
    let app = TestApp::new().await;
    let caller = app.anct();
    for (path, parameter) in [
        ("/demandes", "limit=1&limit=2"),
        ("/demandes/compteurs", "q=a&q=b"),
        ("/demandes/reperes", "pas=100&pas=100"),
        ("/demandes/export", "format=csv&format=csv"),
        ("/referentiel/communes", "q=ain&q=ain"),
        ("/imports", "objet=demandes&objet=demandes"),
    ] {
        let address = format!("{path}?{parameter}");
        let request =
            if path == "/imports" { caller.post(&address).body("text/csv", "nom\nx\n") } else { caller.get(&address) };
        request.send().await.problem(400, "parametre-invalide");
    }
    let twice = r#"{"role":"anct","role":"aidant"}"#;
    let session = app.account(Role::Anct, &[]);
    session.patch("/session").body("application/json", twice).send().await.problem(400, "json-invalide");
}

/// Everything that is stored, but when a session last served.
fn stored(app: &TestApp) -> Vec<i64> {
    ["demande", "candidature", "import", "session", "compte", "boite_envoi", "usage_unique", "journal"]
        .map(|table| app.rows(table))
        .to_vec()
}

#[actix_web::test]
async fn sec_52_no_operation_is_done_for_a_foreign_page_and_no_reading_changes_anything() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let id = app.insert(vec![line("01", 0, &envelope)]).remove(0);
    let caller = app.account(Role::Anct, &[]);
    let before = stored(&app);
    // An export is a reading that the journal tells of.
    for (name, _) in operations(|name| !name.contains("/export")) {
        let (method, address) = address(name, &id);
        let safe = method.is_safe();
        let foreign = caller.bare(method, &address).header("sec-fetch-site", "cross-site");
        let answer = foreign.header("x-requested-with", "parcours").version(1).json(&json!({})).send().await;
        if safe {
            assert_ne!(answer.status, 403, "{name}");
        } else {
            answer.problem(403, "non-autorise");
        }
        let head = caller.bare(Method::HEAD, &address).send().await;
        assert!(head.status < 500 && stored(&app) == before, "{name}, then HEAD: {}", head.status);
    }
}

#[actix_web::test]
async fn sec_54_a_panic_is_answered_with_a_problem_and_its_id() {
    let app = TestApp::new().await;
    let service = actix_web::App::new()
        .app_data(app.app.clone())
        .route("/", web::get().to(|| async { if true { panic!("secret-de-panique") } else { "" } }))
        .route("/ensuite", web::get().to(|| async { "bien" }))
        .wrap(from_fn(surround));
    let service = actix_web::test::init_service(service).await;
    let request = actix_web::test::TestRequest::get().uri("/").to_request();
    let error = actix_web::test::try_call_service(&service, request).await.err().unwrap();
    let response = error.as_response_error().error_response();
    assert_eq!(response.status(), 500);
    let id = response.headers().get("x-request-id").unwrap().to_str().unwrap().to_owned();
    assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
    assert_eq!(response.headers().get("x-content-type-options").unwrap(), "nosniff");
    let body = actix_web::body::to_bytes(response.into_body()).await.ok().unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((&problem["code"], &problem["instance"]), (&json!("erreur-interne"), &json!(id)));
    assert!(!problem.to_string().contains("secret-de-panique"));
    let next = actix_web::test::TestRequest::get().uri("/ensuite").to_request();
    assert_eq!(actix_web::test::call_service(&service, next).await.status(), 200);
}

fn with_cookies<'a>(
    app: &'a TestApp,
    method: Method,
    path: &str,
    cookies: &[(&str, &str)],
) -> crate::support::Request<'a> {
    let text: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    app.anonymous().request(method, path).header("cookie", &text.join("; ")).header("x-requested-with", "parcours")
}

#[actix_web::test]
async fn rt_09_who_signs_in_after_another_in_one_browser_never_has_their_session() {
    let app = TestApp::new().await;
    let (one, two) = (app.equipped(&[Role::Anct], Kind::App), app.equipped(&[Role::Aidant], Kind::App));
    let code = app.code(Kind::App, 0);
    let opened = app.sign_in(&one.email, &code).await;
    let (session, device) = (opened.cookie(COOKIE).unwrap(), opened.cookie(DEVICE_COOKIE).unwrap());
    // The second asks while the first has left all of their cookies behind, and had asked for another link too.
    app.clock.advance(chrono::Duration::seconds(30));
    let pending = app.ask(&one.email, &app.code(Kind::App, 0)).await;
    let theirs = app.links(&one.email).pop().unwrap();
    let body = json!({ "email": two.email, "code": app.code(Kind::App, 0) });
    let left = [(COOKIE, session.as_str()), (DEVICE_COOKIE, device.as_str())];
    let asked = with_cookies(&app, Method::POST, "/connexion", &left).json(&body).send().await;
    asked.ok(202);
    let link = asked.cookie(LINK_COOKIE).unwrap();
    assert_ne!(pending.cookie(LINK_COOKIE).unwrap(), link);
    app.redeem(&asked, &theirs).await.problem(401, "non-authentifie");
    let secret = app.links(&two.email).pop().unwrap();
    let jar = [left[0], left[1], (LINK_COOKIE, link.as_str())];
    let body = json!({ "jeton": secret.split_once('#').unwrap().1 });
    let second = with_cookies(&app, Method::POST, "/session", &jar).json(&body).send().await;
    assert_eq!(second.ok(200)["email"], two.email);
    let own = second.cookie(COOKIE).unwrap();
    assert_ne!(own, session);
    let seen = with_cookies(&app, Method::GET, "/session", &[(COOKIE, &own), (DEVICE_COOKIE, &device)]).send().await;
    assert_eq!(seen.ok(200)["email"], two.email);
    with_cookies(&app, Method::GET, "/session", &[(COOKIE, &session)]).send().await.problem(401, "non-authentifie");
    // Signed out, or with the session's cookie lost, what is left opens nothing.
    with_cookies(&app, Method::DELETE, "/session", &[(COOKIE, &own)]).send().await.ok(204);
    let rest = [(DEVICE_COOKIE, device.as_str()), (LINK_COOKIE, link.as_str())];
    with_cookies(&app, Method::GET, "/session", &rest).send().await.problem(401, "non-authentifie");
    with_cookies(&app, Method::GET, "/session", &[(COOKIE, &own)]).send().await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn rt_14_an_import_neither_reads_nor_writes_the_rows_of_others() {
    let app = TestApp::new().await;
    let (own, other) = (app.envelope("01"), app.envelope("02"));
    let theirs = app.insert(vec![line("02", 0, &other)]).remove(0);
    let holder = app.account(Role::Recipiendaire, &[&own]);
    let before = app.anct().get(&format!("/demandes/{theirs}")).send().await.ok(200);
    let row = |envelope: &str| json!({ "id": theirs, "version": 1, "enveloppe_id": envelope, "ville": "Lyon" });
    for body in [row(&other), row(&own), json!({ "id": theirs, "ville": "Lyon" })] {
        let view = crate::imports_files::import(&holder, "application/x-ndjson", format!("{body}\n"), &[]).await;
        assert_eq!((&view["creees"], &view["modifiees"]), (&json!(0), &json!(0)), "{view}");
    }
    let envelope = query("/imports", &[("objet", "demandes"), ("enveloppe_id", &other)]);
    let file = "structure_nom,siret,nom,prenom,email,formation,structure_type\nx,1,x,x,x,x,x\n";
    assert_eq!(holder.post(&envelope).body("text/csv", file).send().await.status, 422);
    assert_eq!(app.rows("import"), 3, "the last one was not received");
    assert_eq!(app.anct().get(&format!("/demandes/{theirs}")).send().await.ok(200), before);
}

#[actix_web::test]
async fn rt_14_who_is_not_confirmed_owns_nothing_yet() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Anct], Kind::App);
    let caller = app.session_of(&person, Role::Anct);
    let key = made(&caller, &client("jeton", &["demandes:lire"], &[])).await;
    let program = app.caller(Who::Token(key["secret"].as_str().unwrap().to_owned()));
    for who in [&caller, &program] {
        who.get("/demandes").send().await.ok(200);
    }
    app.execute(&format!("UPDATE compte SET etat = 'a_confirmer' WHERE id = '{}'", person.id)).unwrap();
    for who in [&caller, &program] {
        who.get("/demandes").send().await.problem(401, "non-authentifie");
    }
    app.ask(&person.email, &app.code(Kind::App, 0)).await.ok(202);
    assert!(app.links(&person.email).is_empty());
}

#[actix_web::test]
async fn rt_16_no_size_of_page_and_no_file_of_another_kind_harms() {
    let app = TestApp::new().await;
    let caller = app.anct();
    for size in ["0", "-1", "1001", "99999999999999999999", "1e9", "NaN", "", "0x10", "１"] {
        let answer = caller.get(&query("/demandes", &[("limit", size)])).send().await;
        assert_eq!(answer.status, 400, "{size}: {}", answer.text());
        let pace = caller.get(&query("/demandes/reperes", &[("pas", &format!("{size}0000"))])).send().await;
        assert_eq!(pace.status, 400, "{size}0000: {}", pace.text());
    }
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for media in ["image/svg+xml", "text/html", "application/pdf"] {
        let sent = caller.post("/imports?objet=demandes").body(media, drawing).send().await;
        sent.problem(415, "type-non-accepte");
    }
    assert_eq!(app.rows("import"), 0);
}

async fn asked(caller: &Caller<'_>) -> Answer {
    caller.post("/eligibilite/verifier").json(&candidature("01")).send().await
}

#[actix_web::test]
async fn rt_18_a_preflight_is_not_counted_and_a_refusal_says_when_to_come_back() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_PUBLIQUE", "1")]).await;
    let anyone = app.anonymous();
    for _ in 0..5 {
        let preflight = anyone.bare(Method::OPTIONS, "/api/v1/eligibilite/verifier");
        let preflight =
            preflight.header("origin", "https://autre.example").header("access-control-request-method", "POST");
        assert!(preflight.send().await.header("access-control-allow-origin").is_none(), "nobody is on the list");
    }
    asked(&anyone).await.ok(200);
    let refused = asked(&anyone).await;
    refused.problem(429, "trop-de-requetes");
    assert!(refused.header("retry-after").is_some() && refused.header("ratelimit").is_some());
}
