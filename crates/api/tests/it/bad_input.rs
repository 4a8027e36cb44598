//! What is malformed is refused with a problem that names the field and the remedy; nothing is stored, and the server
//! answers the next request.

use actix_web::http::Method;
use serde_json::json;

use crate::support::{Answer, TestApp, candidature, demande};

async fn assert_untouched(app: &TestApp) {
    for table in ["demande", "candidature", "structure", "personne", "journal", "idempotence"] {
        assert_eq!(app.rows(table), 0, "{table}");
    }
    app.anonymous().get("/referentiel/types-structure").send().await.ok(200);
}

async fn raw(app: &TestApp, media: &str, body: impl Into<actix_web::web::Bytes>) -> Answer {
    let request = app.anonymous().post("/candidatures").header("idempotency-key", "corps-malforme");
    request.body(media, body).send().await
}

#[actix_web::test]
async fn what_is_not_json_is_refused() {
    let app = TestApp::new().await;
    let whole = candidature("01").to_string();
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let bodies = [
        String::new(),
        " ".to_owned(),
        "{".to_owned(),
        whole[..whole.len() - 1].to_owned(),
        format!("{whole}{whole}"),
        "null".to_owned(),
        "[]".to_owned(),
        "\"texte\"".to_owned(),
        "{'nom': 1}".to_owned(),
        "{\"structure\": NaN}".to_owned(),
        deep,
    ];
    for body in bodies {
        let shown: String = body.chars().take(40).collect();
        let answer = raw(&app, "application/json", body).await;
        assert_eq!(answer.status, 400, "{shown}");
        let problem = answer.problem(400, "json-invalide");
        assert!(!answer.text().contains("expected") && !answer.text().contains("EOF"), "in French: {problem}");
    }
    assert_untouched(&app).await;
}

#[actix_web::test]
async fn sec_45_a_field_that_is_unknown_missing_repeated_or_of_another_type_is_named() {
    let app = TestApp::new().await;
    let text = candidature("01").to_string();
    let cases = [
        (text.replacen("\"ville\"", "\"cite\"", 1), "/structure/cite", "champ_inconnu"),
        (text.replacen('{', "{\"couleur\": \"bleu\",", 1), "/couleur", "champ_inconnu"),
        (
            text.replacen("\"label_france_services\":false,", "", 1),
            "/structure/label_france_services",
            "champ_manquant",
        ),
        (
            text.replacen("\"label_france_services\":false", "\"label_france_services\":\"non\"", 1),
            "/structure/label_france_services",
            "type_invalide",
        ),
        (
            text.replacen("\"nom\":\"Noma\"", "\"nom\":\"Noma\",\"nom\":\"Autre\"", 1),
            "/professionnels/0/nom",
            "champ_en_double",
        ),
        (text.replacen("\"nom\":\"Noma\"", "\"nom\":12", 1), "/professionnels/0/nom", "type_invalide"),
        (text.replacen("\"nom\":\"Noma\"", "\"nom\":null", 1), "/professionnels/0/nom", "type_invalide"),
        (
            text.replacen("[\"aidants_numeriques\"]", "[\"poterie\"]", 1),
            "/professionnels/0/formations/0",
            "valeur_inconnue",
        ),
        (
            text.replacen("[\"aidants_numeriques\"]", "\"aidants_numeriques\"", 1),
            "/professionnels/0/formations",
            "type_invalide",
        ),
    ];
    for (body, field, code) in cases {
        assert_ne!(body, text, "{field}: the case changes something");
        let error = raw(&app, "application/json", body).await.refuses(400, "json-invalide", field);
        assert_eq!(error["code"], code, "{error}");
    }
    assert_untouched(&app).await;
}

#[actix_web::test]
async fn a_body_too_large_is_refused_whether_or_not_it_says_so() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_JSON", "5000")]).await;
    let mut body = candidature("01");
    body["structure"]["adresse"] = json!("x".repeat(6000));
    raw(&app, "application/json", body.to_string()).await.problem(413, "corps-trop-grand");
    let padded = format!("{}{}", candidature("01"), " ".repeat(5000));
    raw(&app, "application/json", padded).await.problem(413, "corps-trop-grand");
    assert_untouched(&app).await;
    let just = candidature("01").to_string();
    let padding = " ".repeat(5000 - just.len());
    raw(&app, "application/json", format!("{just}{padding}")).await.ok(201);
}

#[actix_web::test]
async fn another_media_type_or_charset_is_refused() {
    let app = TestApp::new().await;
    let body = candidature("01").to_string();
    for media in
        ["text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"]
    {
        raw(&app, media, body.clone()).await.problem(415, "type-non-accepte");
    }
    for media in ["application/json; charset=iso-8859-1", "application/json;charset=\"utf-16\""] {
        raw(&app, media, body.clone()).await.problem(400, "encodage-invalide");
    }
    assert_untouched(&app).await;
    raw(&app, "Application/JSON; Charset=\"UTF-8\"", body).await.ok(201);
}

#[actix_web::test]
async fn bytes_that_are_not_text_are_refused() {
    let app = TestApp::new().await;
    let mut body = candidature("01").to_string().into_bytes();
    let place = body.windows(4).position(|four| four == b"Noma").unwrap();
    body[place] = 0xE9;
    raw(&app, "application/json", body).await.problem(400, "encodage-invalide");
    let marked = [b"\xEF\xBB\xBF".as_slice(), candidature("01").to_string().as_bytes()].concat();
    let answer = raw(&app, "application/json", marked).await;
    assert!(matches!(answer.status, 201 | 400), "{}", answer.text());
    for nul in ["\0", "\\u0000"] {
        let body = candidature("01").to_string().replacen("Noma", &format!("No{nul}ma"), 1);
        let answer = raw(&app, "application/json", body).await;
        let problem = answer.problem(400, "json-invalide");
        assert!(problem["detail"].as_str().unwrap().contains("U+0000"), "{problem}");
    }
    // A lone surrogate is not text either.
    let body = candidature("01").to_string().replacen("Noma", "No\\ud800ma", 1);
    raw(&app, "application/json", body).await.problem(400, "json-invalide");
}

#[actix_web::test]
async fn a_siret_that_is_not_one_is_refused_by_each_operation() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(domain::permission::Role::Recipiendaire, &[&envelope]);
    for wrong in ["00000000000000", "2101005350001", "210100535000123", "21010053500015", "2101005350001X", "", "à"] {
        let mut body = candidature("01");
        body["structure"]["siret"] = json!(wrong);
        let filed = raw(&app, "application/json", body.to_string()).await;
        let said = filed.refuses(422, "champs-invalides", "/structure/siret");
        let mut body = demande("01", 0);
        body["siret"] = json!(wrong);
        let added = caller.post("/demandes").json(&body).send().await.refuses(422, "champs-invalides", "/siret");
        assert_eq!(said["code"], added["code"], "{wrong}: the same reason everywhere");
    }
    assert_eq!((app.rows("demande"), app.rows("structure")), (0, 0));
}

#[actix_web::test]
async fn signs_of_every_kind_are_kept_as_typed() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(domain::permission::Role::Recipiendaire, &[&envelope]);
    for text in [
        "<script>alert(1)</script>",
        "=SOMME(A1)",
        "'; DROP TABLE demande; --",
        "😀 \u{202e}oups",
        "a\tb\nc",
        "\u{FEFF}x",
    ] {
        let mut body = demande("01", 0);
        body["commentaire"] = json!(text);
        let added = caller.post("/demandes").json(&body).send().await.ok(201);
        let kept = added["commentaire"].as_str().unwrap();
        assert_eq!(kept.trim_start_matches('\u{FEFF}'), text.trim_start_matches('\u{FEFF}'));
    }
}

#[actix_web::test]
async fn an_unknown_address_is_a_problem_and_a_page_stays_a_page() {
    let app = TestApp::new().await;
    let anyone = app.anonymous();
    for address in ["/api/v1/rien", "/api/v1/", "/api/v2/demandes", "/api/v1/demandes/x/y/z", "/api/v1/demandes/"] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            anyone.bare(method, address).send().await.problem(404, "introuvable");
        }
    }
    anyone.bare(Method::POST, "/tableau").send().await.problem(404, "introuvable");
    let page = anyone.bare(Method::GET, "/une/page/de/l-application").header("accept", "text/html").send().await;
    assert_eq!((page.status, page.header("content-type").map(|kind| kind.starts_with("text/html"))), (200, Some(true)));
    assert_eq!(anyone.bare(Method::GET, "/absent.js").send().await.status, 404);
}

#[actix_web::test]
async fn another_method_is_answered_with_those_that_exist() {
    let app = TestApp::new().await;
    let cases = [
        (Method::PUT, "/api/v1/demandes", "GET, POST"),
        (Method::DELETE, "/api/v1/demandes", "GET, POST"),
        (Method::PUT, "/api/v1/demandes/x", "GET, PATCH, DELETE"),
        (Method::GET, "/api/v1/candidatures", "POST"),
        (Method::POST, "/api/v1/demandes/compteurs", "GET"),
        (Method::GET, "/api/v1/demandes/x/restaurer", "POST"),
    ];
    for (method, address, allowed) in cases {
        let answer = app.anonymous().bare(method.clone(), address).send().await;
        assert_eq!(answer.status, 405, "{method} {address}: {}", answer.text());
        answer.problem(405, "methode-non-permise");
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {address}");
    }
}

#[actix_web::test]
async fn sec_51_every_answer_carries_the_security_headers_and_its_id() {
    let app = TestApp::new().await;
    let anyone = app.anonymous();
    let mut ids = Vec::new();
    for (address, status) in [
        ("/api/v1/instance", 200),
        ("/api/v1/referentiel/departements", 200),
        ("/api/v1/demandes", 401),
        ("/api/v1/rien", 404),
        ("/api/v1/candidatures", 405),
        ("/api/v1/openapi.json", 200),
        ("/api/docs", 200),
        ("/problemes/introuvable", 200),
        ("/problemes/inconnu", 404),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/", 200),
        ("/absent.js", 404),
    ] {
        let answer = anyone.bare(Method::GET, address).send().await;
        assert_eq!(answer.status, status, "{address}: {}", answer.text());
        let expected = [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ];
        for (name, value) in expected {
            assert_eq!(answer.header(name), Some(value), "{address}: {name}");
        }
        let policy = answer.header("content-security-policy").unwrap_or("");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{address}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{address}: {policy}");
        let scripts = policy.split(';').find_map(|part| part.trim().strip_prefix("script-src "));
        assert!(matches!(scripts, None | Some("'self' 'wasm-unsafe-eval'")), "{address}: {policy}");
        assert!(answer.header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")), "{address}");
        assert_eq!(answer.header("strict-transport-security"), None, "a demonstration is reached without TLS");
        assert!(answer.header("cache-control").is_some(), "{address}");
        ids.push(answer.header("x-request-id").unwrap_or("").to_owned());
    }
    assert!(ids.iter().all(|id| id.len() == 36), "{ids:?}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 13, "one of its own for each");
}

#[actix_web::test]
async fn sec_51_in_production_browsers_are_told_to_keep_to_tls() {
    let app = TestApp::with(&[("PARCOURS_MODE", "production")]).await;
    for address in ["/", "/api/v1/instance", "/api/v1/demandes"] {
        let answer = app.anonymous().bare(Method::GET, address).send().await;
        let promise = answer.header("strict-transport-security").unwrap_or("");
        assert!(promise.starts_with("max-age=63072000"), "{address}: {promise}");
    }
}

#[actix_web::test]
async fn sec_52_a_page_of_another_site_changes_nothing() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let person = app.account(domain::permission::Role::Recipiendaire, &[&envelope]);
    let ask = |headers: &'static [(&'static str, &'static str)]| {
        let request = person.post("/demandes").json(&demande("01", 0)).header("host", "parcours.example");
        headers.iter().fold(request, |request, (name, value)| request.header(name, value)).send()
    };
    let foreign: [&[(&str, &str)]; 6] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://parcours.example")],
        &[("origin", "https://autre.example")],
        &[("origin", "null")],
        &[("origin", "https://parcours.example.autre.example")],
    ];
    for headers in foreign {
        let problem = ask(headers).await.problem(403, "non-autorise");
        assert!(problem["detail"].as_str().unwrap().contains("autre site"), "{headers:?}: {problem}");
    }
    assert_eq!(app.rows("demande"), 0);
    ask(&[("sec-fetch-site", "same-origin"), ("origin", "https://parcours.example")]).await.ok(201);
    let reading = person.get("/demandes").header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(reading.status, 200, "reading changes nothing, and no answer can be read from elsewhere");
    assert_eq!(reading.header("access-control-allow-origin"), None);
    // A token is not added by a browser, and pages of elsewhere use none but that of a client which lists them.
    app.anct().get("/demandes").send().await.ok(200);
    let program = app.anct().get("/demandes").header("origin", "https://autre.example").send().await;
    assert!(program.problem(403, "non-autorise")["detail"].as_str().unwrap().contains("origine"));
}

#[actix_web::test]
async fn private_answers_are_not_stored_and_reference_data_may_be() {
    let app = TestApp::new().await;
    let private = app.anct().get("/demandes").send().await;
    assert_eq!(private.header("cache-control"), Some("no-store"));
    let public = app.anonymous().get("/referentiel/departements").send().await;
    assert_eq!(public.header("cache-control"), Some("public, max-age=3600"));
}

#[actix_web::test]
async fn each_kind_of_problem_has_its_page() {
    let app = TestApp::new().await;
    for code in domain::error::ErrorCode::ALL {
        let page = app.anonymous().bare(Method::GET, &format!("/problemes/{}", code.as_str())).send().await;
        assert_eq!(page.status, 200, "{}", code.as_str());
        assert!(page.text().contains("lang=\"fr\""), "{}", code.as_str());
    }
}

#[actix_web::test]
async fn communes_are_found_by_name_and_postal_code_and_bounds_are_stated() {
    let app = TestApp::new().await;
    let anyone = app.anonymous();
    let found = async |query: &str| {
        let page = anyone.get(&format!("/referentiel/communes?{query}")).send().await.ok(200);
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code_insee"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(found("code_postal=01400").await.contains(&"01001".to_owned()));
    assert!(found("q=ABERGEMENT%20clemenciat").await.contains(&"01001".to_owned()));
    assert_eq!(found("q=clemenciat&code_postal=01400").await, ["01001"]);
    assert!(found("q=saint").await.len() <= 50);
    assert_eq!(found("q=introuvablement").await, Vec::<String>::new());
    let long = "a".repeat(101);
    anyone.get(&format!("/referentiel/communes?q={long}")).send().await.refuses(400, "parametre-invalide", "q");
    anyone.get("/referentiel/communes?ville=Lyon").send().await.refuses(400, "parametre-invalide", "ville");
}

#[actix_web::test]
async fn a_problem_said_to_be_compressed_is() {
    let app = TestApp::new().await;
    let answer = app.anonymous().get("/demandes").header("accept-encoding", "gzip").send().await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.body.starts_with(&[0x1f, 0x8b]), "not gzip: {}", answer.text());
}

#[actix_web::test]
async fn epci_are_found_by_name_with_the_type_that_a_link_takes() {
    let app = TestApp::new().await;
    let anyone = app.anonymous();
    let page = anyone.get("/referentiel/epci?q=DOMBES").send().await.ok(200);
    let expected =
        json!({ "siren": "200069193", "nom": "CC de la Dombes", "type_structure": "communaute_de_communes" });
    assert!(page["items"].as_array().unwrap().contains(&expected), "{page}");
    let metropole = anyone.get("/referentiel/epci?q=metropole%20de%20lyon").send().await.ok(200);
    assert_eq!(metropole["items"][0]["type_structure"], "epci", "{metropole}");
    let long = "a".repeat(101);
    anyone.get(&format!("/referentiel/epci?q={long}")).send().await.refuses(400, "parametre-invalide", "q");
    anyone.get("/referentiel/epci?departement=01").send().await.refuses(400, "parametre-invalide", "departement");
}
