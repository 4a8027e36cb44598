//! The OpenAPI document is in French throughout, nothing in it is left without words, and its examples are accepted: by
//! the schemas, and by the service itself.

use std::collections::BTreeMap;

use api::text::schemas::all;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::TestApp;

/// Built from the columns of the table, whose labels are in French.
const OF_COLUMNS: [&str; 3] = ["DemandeSaisie", "DemandeNouvelle", "DemandeVue"];
const ENGLISH: [&str; 20] = [
    "the", "of", "is", "are", "with", "when", "what", "which", "whether", "and", "or", "not", "for", "one", "rows",
    "value", "name", "this", "that", "has",
];

fn document() -> Value {
    serde_json::from_str(&api::openapi::json()).unwrap()
}

/// Calls `found` with the place and the object of each node of the document, examples left out.
fn walk(node: &Value, place: &str, found: &mut impl FnMut(&str, &serde_json::Map<String, Value>)) {
    match node {
        Value::Object(object) => {
            found(place, object);
            for (name, inner) in object {
                if name != "example" && name != "examples" {
                    walk(inner, &format!("{place}/{name}"), found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| walk(inner, place, found)),
        _ => {}
    }
}

/// The words of a sentence, what stands between backquotes left out: it is code.
fn english_words(text: &str) -> Vec<String> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let words = prose.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'');
    words.filter(|word| ENGLISH.contains(word)).map(str::to_owned).collect()
}

#[test]
fn every_sentence_of_the_document_is_in_french() {
    let mut sentences = 0;
    walk(&document(), "", &mut |place, object| {
        for field in ["description", "summary", "title"] {
            if let Some(text) = object.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()) {
                sentences += 1;
                assert_eq!(english_words(text), Vec::<String>::new(), "{place}/{field}: {text}");
            }
        }
    });
    assert!(sentences > 300, "{sentences}");
    assert_eq!(english_words("Number of rows, `of` code"), ["of", "rows"], "the check can fail");
}

fn described(name: &str) -> Option<&'static api::text::schemas::Described> {
    all().find(|one| one.name == name.split('_').next().unwrap())
}

#[test]
fn every_schema_and_every_member_has_the_words_written_for_it() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        let text = schema["description"].as_str().unwrap_or("");
        assert!(text.len() > 8, "{name}: say what it is in crates/api/src/text/schemas.rs");
        if OF_COLUMNS.contains(&name.as_str()) {
            continue;
        }
        let described = described(name).unwrap_or_else(|| panic!("{name}: crates/api/src/text/schemas.rs lacks it"));
        assert!(text.starts_with(described.text), "{name}: {text}");
        for (member, property) in members(schema) {
            let said = described.members.iter().find(|(known, ..)| known.trim_matches('"') == member);
            let (_, meaning, _) = said.unwrap_or_else(|| panic!("{name}.{member} lacks its description"));
            if !property.is_null() {
                assert_eq!(property["description"], *meaning, "{name}.{member}");
            }
        }
    }
    walk(&document["components"]["schemas"], "", &mut |place, object| {
        for (name, property) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            assert!(property["description"].as_str().is_some_and(|text| text.len() > 2), "{place}/{name}");
        }
    });
}

/// The properties of a schema, those it adds to another, or the values of a closed list (with nothing).
fn members(schema: &Value) -> BTreeMap<String, Value> {
    let own = schema.pointer("/allOf/1").unwrap_or(schema);
    let properties = own["properties"].as_object().into_iter().flatten();
    let values = schema["enum"].as_array().into_iter().flatten();
    properties
        .map(|(name, one)| (name.clone(), one.clone()))
        .chain(values.map(|value| (value.as_str().unwrap().to_owned(), Value::Null)))
        .collect()
}

#[test]
fn no_description_outlives_what_it_describes() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for described in all() {
        let kept = schemas.iter().find(|(name, _)| name.split('_').next() == Some(described.name));
        let (_, schema) = kept.unwrap_or_else(|| panic!("{} is no longer a schema", described.name));
        for (member, ..) in described.members {
            assert!(members(schema).contains_key(member.trim_matches('"')), "{}.{member}", described.name);
        }
    }
}

/// Whether a value fits a schema of the document; formats are checked too.
fn refusals(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut whole = schema.clone();
    if let Some(object) = whole.as_object_mut() {
        object.insert("components".to_owned(), document["components"].clone());
    }
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&whole).unwrap();
    validator.iter_errors(value).map(|error| format!("{error} ({})", error.instance_path())).collect()
}

fn examples(node: &serde_json::Map<String, Value>) -> Vec<Value> {
    let listed = node.get("examples").and_then(Value::as_array).into_iter().flatten();
    node.get("example").into_iter().chain(listed).cloned().collect()
}

#[test]
fn every_example_fits_its_schema() {
    let document = document();
    let mut checked = 0;
    let mut check = |place: &str, schema: &Value, value: &Value| {
        checked += 1;
        assert_eq!(refusals(&document, schema, value), Vec::<String>::new(), "{place}: {value}");
    };
    walk(&document, "", &mut |place, object| {
        let schema = object.get("schema").cloned().unwrap_or_else(|| {
            // A schema carries its own examples.
            let mut bare = object.clone();
            bare.retain(|name, _| name != "example" && name != "examples");
            Value::Object(bare)
        });
        for example in examples(object) {
            check(place, &schema, &example);
        }
    });
    assert!(checked > 200, "{checked}");
    let wrong = refusals(&document, &json!({"$ref": "#/components/schemas/EnveloppeVue"}), &json!({"id": 1}));
    assert!(!wrong.is_empty(), "the check can fail");
}

#[test]
fn every_body_and_every_parameter_that_needs_one_has_an_example() {
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().into_iter().flatten();
            let good = answers.filter(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer);
            for body in good.chain([&operation["requestBody"]]) {
                let json = &body["content"]["application/json"];
                let listed = json["example"].as_array().is_some_and(|items| !items.is_empty());
                assert!(json.is_null() || json["example"].is_object() || listed, "{method} {path}: {json}");
            }
        }
    }
}

/// The example of the JSON body of an operation.
fn body(method: &str, path: &str) -> Value {
    let pointer = format!("/paths/{}/{method}", path.replace('/', "~1"));
    document().pointer(&pointer).unwrap()["requestBody"]["content"]["application/json"]["example"].clone()
}

#[actix_web::test]
async fn the_service_accepts_the_examples_of_its_document() {
    let app = TestApp::new().await;
    let envelope = "0198c0de-0000-7000-8000-000000000001";
    app.execute(&format!(
        "INSERT INTO enveloppe (id, departement, annee, recipiendaire, libelle, etat) \
         VALUES ('{envelope}', '01', 2026, 'Conseil', 'Ain 2026', 'ouverte')"
    ))
    .unwrap();
    let filing = body("post", "/api/v1/candidatures");
    let checked = app.anonymous().post("/eligibilite/verifier").json(&body("post", "/api/v1/eligibilite/verifier"));
    checked.send().await.ok(200);
    let filed = app.anonymous().post("/candidatures").header("idempotency-key", "exemple-1").json(&filing);
    filed.send().await.ok(201);
    let follower = app.person(&[Role::Anct], &[]);
    app.execute(&format!("UPDATE compte SET email = 'anct@demo.example' WHERE id = '{}'", follower.id)).unwrap();
    let caller = app.account(Role::Recipiendaire, &[envelope]);
    let added = caller.post("/demandes").json(&body("post", "/api/v1/demandes")).send().await.ok(201);
    let address = format!("/demandes/{}", added["id"].as_str().unwrap());
    let change = body("patch", "/api/v1/demandes/{id}");
    caller.patch(&address).version(1).json(&change).send().await.ok(200);
}
