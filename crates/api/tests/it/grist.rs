//! The API in the form of Grist: what a script written for Grist does, with the rights and rules of every other door.

use actix_web::http::Method;
use domain::demande::Colonne;
use domain::grist::{colonne, identifiant};
use domain::permission::Role;
use serde_json::{Map, Value, json};

use crate::support::{Caller, SCOPES, TestApp, demande, encode};

const TABLE: &str = "/compat/grist/api/docs/parcours/tables/Demandes";

/// A demande of the builders, under the identifiers of Grist.
fn fields(department: &str, n: usize) -> Value {
    let plain = demande(department, n);
    let named = |(name, value): (&String, &Value)| {
        let column = Colonne::parse(name)?;
        Some((identifiant(column).to_owned(), value.clone()))
    };
    Value::Object(plain.as_object().unwrap().iter().filter_map(named).collect::<Map<_, _>>())
}

async fn add(caller: &Caller<'_>, rows: &[Value]) -> Vec<i64> {
    let records: Vec<Value> = rows.iter().map(|row| json!({ "fields": row })).collect();
    let answer = caller.post(&format!("{TABLE}/records")).json(&json!({ "records": records })).send().await.ok(200);
    answer["records"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

async fn read(caller: &Caller<'_>, query: &str) -> Vec<Value> {
    let answer = caller.get(&format!("{TABLE}/records{query}")).send().await.ok(200);
    answer["records"].as_array().unwrap().clone()
}

async fn patch(caller: &Caller<'_>, id: i64, fields: Value) -> crate::support::Answer {
    let body = json!({ "records": [{ "id": id, "fields": fields }] });
    caller.patch(&format!("{TABLE}/records")).json(&body).send().await
}

async fn put(caller: &Caller<'_>, query: &str, body: &Value) -> crate::support::Answer {
    caller.request(Method::PUT, &format!("{TABLE}/records{query}")).json(body).send().await
}

#[actix_web::test]
async fn records_are_added_read_filtered_and_sorted() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let ids = add(&caller, &[fields("01", 0), fields("01", 1), fields("01", 2)]).await;
    assert_eq!(ids.len(), 3);
    let all = read(&caller, "").await;
    assert_eq!(all.iter().map(|one| one["id"].as_i64().unwrap()).collect::<Vec<_>>(), ids, "in the order of arrival");
    let first = &all[0]["fields"];
    assert_eq!(first["Nom_du_professionnel"], fields("01", 0)["Nom_du_professionnel"]);
    assert_eq!(first["Date_de_la_demande"], 1_772_409_600);
    assert_eq!((&first["Validation_du_financement"], &first["source"]), (&json!(false), &json!("Import")));
    let email = first["Adresse_e_mail"].as_str().unwrap();
    let found = read(&caller, &format!("?filter={}", encode(&json!({ "Adresse_e_mail": [email] }).to_string()))).await;
    assert_eq!(found.len(), 1);
    let named = read(&caller, &format!("?filter={}", encode(&json!({ "id": [ids[1], ids[2]] }).to_string()))).await;
    assert_eq!(named.len(), 2);
    let sorted = read(&caller, "?sort=-Adresse_e_mail&limit=2&hidden=False").await;
    let emails: Vec<&str> = sorted.iter().map(|one| one["fields"]["Adresse_e_mail"].as_str().unwrap()).collect();
    assert!(emails.len() == 2 && emails[0] > emails[1], "{emails:?}");
    let headed = caller.get(&format!("{TABLE}/records")).header("x-limit", "1").header("x-sort", "-Adresse_e_mail");
    let headed = headed.send().await.ok(200);
    assert_eq!(headed["records"], json!([sorted[0]]), "by headers as well");
    assert_eq!(app.texts("SELECT action AS v FROM journal WHERE action = 'demandes.exportees'").len(), 5);
}

#[actix_web::test]
async fn a_row_sent_back_whole_changes_nothing_and_one_field_changes_alone() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let id = add(&caller, &[fields("01", 0)]).await[0];
    // A decision that a boolean cannot tell.
    app.execute("UPDATE demande SET decision_financement = 'refuse', etape = 'financement_refuse'").unwrap();
    let whole = read(&caller, "").await.remove(0);
    let entries = app.rows("journal");
    assert_eq!(patch(&caller, id, whole["fields"].clone()).await.ok(200), Value::Null);
    assert_eq!(app.rows("journal"), entries, "nothing to say");
    assert_eq!(app.texts("SELECT decision_financement AS v FROM demande"), ["refuse"]);
    patch(&caller, id, json!({ "Commentaire": "Rappeler" })).await.ok(200);
    let changed = read(&caller, "").await.remove(0);
    assert_eq!(changed["fields"]["Commentaire"], "Rappeler");
    assert_eq!(changed["fields"]["Nom_du_professionnel"], whole["fields"]["Nom_du_professionnel"]);
}

#[actix_web::test]
async fn a_decision_is_set_by_who_may_take_it_and_kept_as_declared_otherwise() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let mut decided = fields("01", 0);
    decided["Eligibilite_validee"] = json!(true);
    let id = add(&caller, &[decided]).await[0];
    assert_eq!(app.texts("SELECT decision_eligibilite AS v FROM demande"), [""]);
    assert_eq!(
        app.texts("SELECT colonne || '=' || valeur AS v FROM demande_declaree"),
        ["decision_eligibilite=validee"]
    );
    patch(&app.anct(), id, json!({ "Eligibilite_validee": true, "Validation_du_financement": true })).await.ok(200);
    assert_eq!(app.texts("SELECT decision_eligibilite || decision_financement AS v FROM demande"), ["valideeaccorde"]);
}

#[actix_web::test]
async fn a_refusal_names_the_field_of_the_record_and_changes_nothing() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let id = add(&caller, &[fields("01", 0)]).await[0];
    let cases = [
        (json!({ "Numero_Siret": "21010053300013" }), "Numero_Siret"),
        (json!({ "Numero_Siret": ["L", "1"] }), "Numero_Siret"),
        (json!({ "Nom_du_professionnel": "" }), "Nom_du_professionnel"),
        (json!({ "Inconnue/1": "x" }), "Inconnue~11"),
        (json!({ "etape": "Habilité" }), "etape"),
        (json!({ "Date_de_la_demande": "demain" }), "Date_de_la_demande"),
    ];
    for (wrong, name) in cases {
        let mut new = fields("01", 1);
        new.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        let body = json!({ "records": [{ "fields": fields("01", 2) }, { "fields": new }] });
        let answer = caller.post(&format!("{TABLE}/records")).json(&body).send().await;
        answer.refuses(422, "champs-invalides", &format!("/records/1/fields/{name}"));
        patch(&caller, id, wrong).await.refuses(422, "champs-invalides", &format!("/records/0/fields/{name}"));
    }
    assert_eq!(app.rows("demande"), 1, "all or nothing");
    patch(&caller, id + 100, json!({})).await.refuses(404, "introuvable", "/records/0/id");
    let twice = r#"{"records":[{"fields":{"Ville":"A","Ville":"B"}}]}"#;
    let answer = caller.post(&format!("{TABLE}/records")).body("application/json", twice).send().await;
    answer.problem(400, "json-invalide");
    for query in ["?filter=Ville", "?sort=Villle", "?limit=-1", "?inconnu=1"] {
        caller.get(&format!("{TABLE}/records{query}")).send().await.problem(400, "parametre-invalide");
    }
    let many = json!({ "records": vec![json!({ "fields": {} }); 1_001] });
    let answer = caller.post(&format!("{TABLE}/records")).json(&many).send().await;
    answer.refuses(422, "champs-invalides", "/records");
    caller.get("/compat/grist/api/docs/parcours/tables/Autre/records").send().await.problem(404, "introuvable");
}

#[actix_web::test]
async fn a_key_finds_the_record_to_change_or_adds_it() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let mut row = fields("01", 0);
    let email = row.as_object_mut().unwrap().remove("Adresse_e_mail").unwrap();
    let keyed = |fields: &Value| json!({ "records": [{ "require": { "Adresse_e_mail": email }, "fields": fields }] });
    put(&caller, "?noadd=true", &keyed(&row)).await.ok(200);
    assert_eq!(app.rows("demande"), 0);
    put(&caller, "", &keyed(&row)).await.ok(200);
    put(&caller, "", &keyed(&json!({ "Commentaire": "un" }))).await.ok(200);
    put(&caller, "?noupdate=true", &keyed(&json!({ "Commentaire": "deux" }))).await.ok(200);
    assert_eq!(app.texts("SELECT commentaire AS v FROM demande"), ["un"]);
    // A second row with the same address, for the other training.
    let mut other = fields("01", 0);
    other["Choix_de_la_formation"] = json!("Aidants Numériques");
    add(&caller, &[other]).await;
    put(&caller, "?onmany=none", &keyed(&json!({ "Commentaire": "trois" }))).await.ok(200);
    let comments = "SELECT commentaire AS v FROM demande ORDER BY rang";
    assert_eq!(app.texts(comments), ["un", ""]);
    put(&caller, "?onmany=first", &keyed(&json!({ "Commentaire": "quatre" }))).await.ok(200);
    assert_eq!(app.texts(comments), ["quatre", ""]);
    put(&caller, "?onmany=all", &keyed(&json!({ "Commentaire": "cinq" }))).await.ok(200);
    assert_eq!(app.texts(comments), ["cinq", "cinq"]);
    let none = json!({ "records": [{ "require": {}, "fields": { "Commentaire": "six" } }] });
    put(&caller, "", &none).await.refuses(422, "champs-invalides", "/records/0/require");
    put(&caller, "?allow_empty_require=true&onmany=all", &none).await.ok(200);
    assert_eq!(app.texts(comments), ["six", "six"]);
}

#[actix_web::test]
async fn rows_are_deleted_and_can_be_restored() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let ids = add(&caller, &[fields("01", 0), fields("01", 1), fields("01", 2)]).await;
    let wrong = json!([ids[0], ids[2] + 50]);
    caller.post(&format!("{TABLE}/records/delete")).json(&wrong).send().await.refuses(404, "introuvable", "/1");
    assert_eq!(read(&caller, "").await.len(), 3);
    caller.post(&format!("{TABLE}/records/delete")).json(&json!([ids[0]])).send().await.ok(200);
    caller.post(&format!("{TABLE}/data/delete")).json(&json!([ids[1]])).send().await.ok(200);
    assert_eq!(read(&caller, "").await.len(), 1);
    let id = app.texts(&format!("SELECT id AS v FROM demande WHERE rang = {}", ids[0])).remove(0);
    caller.post(&format!("/demandes/{id}/restaurer")).send().await.ok(200);
    assert_eq!(read(&caller, "").await[0]["id"], ids[0], "under its own number");
}

#[actix_web::test]
async fn sec_41_another_envelope_is_no_document_and_its_rows_do_not_exist() {
    let app = TestApp::new().await;
    let (own, foreign) = (app.envelope("01"), app.envelope("02"));
    let there = app.token_on(Role::Recipiendaire, &SCOPES, &[&foreign]);
    let stranger = add(&there, &[fields("02", 0)]).await[0];
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&own]);
    let table = |doc: &str| format!("/compat/grist/api/docs/{doc}/tables/Demandes/records");
    for doc in [foreign.as_str(), "inconnu"] {
        caller.get(&table(doc)).send().await.problem(404, "introuvable");
        let body = json!({ "records": [{ "fields": fields("02", 1) }] });
        caller.post(&table(doc)).json(&body).send().await.problem(404, "introuvable");
        caller.get(&format!("/compat/grist/api/docs/{doc}/tables")).send().await.problem(404, "introuvable");
    }
    patch(&caller, stranger, json!({ "Commentaire": "x" })).await.problem(404, "introuvable");
    let key = json!({ "records": [{ "require": { "id": stranger }, "fields": { "Commentaire": "x" } }] });
    put(&caller, "?noadd=true", &key).await.ok(200);
    caller.post(&format!("{TABLE}/records/delete")).json(&json!([stranger])).send().await.problem(404, "introuvable");
    assert!(read(&caller, "").await.is_empty());
    assert_eq!(app.texts("SELECT commentaire AS v FROM demande"), [""]);
    let whole = app.anct().get(&table(&foreign)).send().await.ok(200);
    assert_eq!(whole["records"][0]["id"], stranger, "an envelope is a document of its own");
}

#[actix_web::test]
async fn tables_and_columns_are_told() {
    let app = TestApp::new().await;
    let anct = app.anct();
    let tables = anct.get("/compat/grist/api/docs/parcours/tables").send().await.ok(200);
    assert_eq!(tables["tables"][0]["id"], "Demandes");
    let columns = anct.get(&format!("{TABLE}/columns")).send().await.ok(200);
    let columns = columns["columns"].as_array().unwrap();
    for column in columns {
        let id = column["id"].as_str().unwrap();
        assert!(colonne(id).is_some(), "{id}");
        assert!(["Text", "Date", "Bool", "Choice"].contains(&column["fields"]["type"].as_str().unwrap()), "{column}");
    }
    let training = columns.iter().find(|column| column["id"] == "Choix_de_la_formation").unwrap();
    assert!(training["fields"]["widgetOptions"].as_str().unwrap().contains("Aidants Connect"));
    let instructor = app.token(Role::Instructeur, &SCOPES);
    let fewer = instructor.get(&format!("{TABLE}/columns")).send().await.ok(200);
    assert!(!fewer["columns"].as_array().unwrap().iter().any(|column| column["id"] == "Commentaire"));
    let hidden =
        instructor.get(&format!("{TABLE}/records?filter=%7B%22Commentaire%22%3A%5B%22x%22%5D%7D")).send().await;
    hidden.problem(400, "parametre-invalide");
}
