//! The OpenAPI document: the committed one is the generated one, and each operation is described.

use std::collections::BTreeSet;

use serde_json::Value;

fn document() -> Value {
    serde_json::from_str(&api::openapi::json()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let named = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter().filter(|(_, operation)| operation["responses"].is_object());
        methods.map(move |(method, operation)| (format!("{method} {path}"), operation.clone()))
    });
    named.collect()
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/openapi.json");
    let committed = std::fs::read_to_string(path).expect("openapi/openapi.json is missing: « cargo xtask openapi »");
    assert!(committed == api::openapi::json(), "openapi/openapi.json is out of date: « cargo xtask openapi »");
}

#[test]
fn the_document_is_the_same_at_each_generation() {
    assert_eq!(api::openapi::json(), api::openapi::json());
}

#[test]
fn each_operation_has_an_id_of_its_own_a_summary_a_description_and_a_known_tag() {
    let document = document();
    let tags: Vec<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = BTreeSet::new();
    let operations = operations(&document);
    assert!(operations.len() > 15);
    for (name, operation) in operations {
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{name}: no operationId"));
        assert!(ids.insert(id.to_owned()), "{name}: « {id} » is taken");
        for field in ["summary", "description"] {
            let text = operation[field].as_str().unwrap_or("");
            assert!(
                text.len() > 3 && text.chars().next().is_some_and(|c| !c.is_lowercase()),
                "{name}: {field} « {text} »"
            );
        }
        let tag = operation["tags"][0].as_str().unwrap_or("");
        assert!(tags.contains(&tag), "{name}: tag « {tag} »");
    }
}

#[test]
fn each_operation_describes_its_answers_and_problems() {
    for (name, operation) in operations(&document()) {
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name}");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} {status}");
            // The exchange of a secret is refused in the words of RFC 6749, which programs know already.
            let oauth = name == "post /api/v1/oauth/token" && ["400", "401"].contains(&status.as_str());
            if status.starts_with(['4', '5']) && !oauth {
                let content = &response["content"]["application/problem+json"];
                let schema = content["schema"]["$ref"].as_str();
                assert_eq!(schema, Some("#/components/schemas/Problem"), "{name} {status}: {response}");
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let described = parameter["description"].as_str().is_some_and(|text| text.len() > 3);
            assert!(described, "{name}: parameter {parameter}");
        }
        if operation["requestBody"].is_object() {
            for status in ["400", "413", "415"] {
                assert!(responses.contains_key(status), "{name}: {status}");
            }
        }
    }
}

#[test]
fn each_reference_of_the_document_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let mut seen = 0;
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
        seen += 1;
    }
    assert!(seen > 20);
    for scheme in ["jeton", "session"] {
        assert!(document["components"]["securitySchemes"][scheme].is_object());
    }
}

#[actix_web::test]
async fn the_served_document_is_the_generated_one() {
    let app = crate::support::TestApp::new().await;
    let served = app.anonymous().get("/openapi.json").send().await;
    assert_eq!((served.status, served.header("content-type")), (200, Some("application/json")));
    assert_eq!(served.text(), api::openapi::json());
    let page = app.anonymous().bare(actix_web::http::Method::GET, "/api/docs").send().await.text();
    for (name, _) in operations(&document()) {
        let path = name.split_once(' ').unwrap().1;
        assert!(page.contains(path), "{path} is not on the page");
    }
    for outside in ["src=\"http", "href=\"http", "url(http", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}
