//! Read and write of every field of a demande by every role, against the access matrix.

use domain::demande::{Colonne, DemandeSaisie};
use domain::permission::{Door, Operation, Reach, Role, may_read, may_write, reach};
use serde_json::{Value, json};

use crate::imports_files::import;
use crate::support::{Caller, SCOPES, TestApp, demande, line, query};

/// What stands in every column: nothing else in the application has it.
const SECRET: &str = "zzcanari";

/// Somebody who reaches the demandes of the scene.
const FOLLOWER: &str = "suivi@mairie.example";

struct Scene {
    app: TestApp,
    envelope: String,
    id: String,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let mut row = line("01", 0, &envelope);
    row.set(Colonne::Commentaire, SECRET);
    let id = app.insert(vec![row, line("01", 1, &envelope)]).remove(0);
    let holder = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let body = json!({ "commentaire": format!("{SECRET} bis") });
    holder.patch(&format!("/demandes/{id}")).version(1).json(&body).send().await.ok(200);
    app.execute(&format!(
        "INSERT INTO demande_declaree (demande_id, colonne, valeur) VALUES ('{id}', 'commentaire', '{SECRET}')"
    ))
    .unwrap();
    let follower = app.person(&[Role::Recipiendaire], &[&envelope]);
    app.execute(&format!("UPDATE compte SET email = '{FOLLOWER}' WHERE id = '{}'", follower.id)).unwrap();
    Scene { app, envelope, id }
}

/// The roles that do this operation, each as a program and as a person.
fn callers(scene: &Scene, operation: Operation) -> Vec<(Role, Caller<'_>)> {
    let roles = Role::COMPTES.into_iter().filter(|role| reach(*role, operation) != Reach::Nothing);
    let both = roles.flat_map(|role| {
        let envelopes = [scene.envelope.as_str()];
        [(role, scene.app.token_on(role, &SCOPES, &envelopes)), (role, scene.app.account(role, &envelopes))]
    });
    both.collect()
}

fn columns_of(object: &Value) -> Vec<&str> {
    let names = object.as_object().unwrap().keys().map(String::as_str);
    names.filter(|name| Colonne::parse(name).is_some()).collect()
}

#[actix_web::test]
async fn sec_40_each_role_reads_its_fields_and_no_other() {
    let scene = scene().await;
    for (role, caller) in callers(&scene, Operation::DemandeLire) {
        let mut expected: Vec<&str> =
            Colonne::ALL.iter().filter(|column| may_read(role, **column)).map(|column| column.nom()).collect();
        expected.sort_unstable();
        let row = caller.list(&[]).await["items"][0].clone();
        assert_eq!(columns_of(&row), expected, "{role:?}, page");
        let detail = caller.get(&format!("/demandes/{}", scene.id)).send().await.ok(200);
        assert_eq!(columns_of(&detail), expected, "{role:?}, detail");
        let declared = detail["declare"].as_object().cloned().unwrap_or_default();
        assert_eq!(declared.contains_key("commentaire"), may_read(role, Colonne::Commentaire), "{role:?}, declared");
        let history = caller.get(&format!("/demandes/{}/historique", scene.id)).send().await.ok(200);
        for entry in history["items"].as_array().unwrap() {
            for change in entry["changements"].as_array().unwrap() {
                let column = Colonne::parse(change["colonne"].as_str().unwrap()).unwrap();
                assert!(may_read(role, column), "{role:?}, history: {change}");
            }
        }
        for format in ["csv", "ndjson"] {
            let file = caller.get(&format!("/demandes/export?format={format}")).send().await;
            assert_eq!(file.status, 200);
            assert_eq!(file.text().contains(SECRET), may_read(role, Colonne::Commentaire), "{role:?}, {format}");
        }
    }
}

#[actix_web::test]
async fn sec_41_a_hidden_field_cannot_be_asked_for_nor_guessed() {
    let scene = scene().await;
    for (role, caller) in callers(&scene, Operation::DemandeLire) {
        for column in Colonne::ALL.iter().copied() {
            let (name, reads) = (column.nom(), may_read(role, column));
            let (filter, nested) = (format!("{name} filled"), format!("nom filled or not ({name} empty)"));
            let (down, second) = (format!("-{name}"), format!("departement,{name}"));
            let second = if name == "departement" { name } else { second.as_str() };
            for (parameter, value) in [
                ("filter", filter.as_str()),
                ("filter", nested.as_str()),
                ("sort", name),
                ("sort", down.as_str()),
                ("sort", second),
                ("fields", name),
            ] {
                for path in ["/demandes", "/demandes/compteurs", "/demandes/reperes", "/demandes/export"] {
                    if parameter == "fields" && !matches!(path, "/demandes" | "/demandes/export") {
                        continue;
                    }
                    let answer = caller.get(&query(path, &[(parameter, value)])).send().await;
                    if reads {
                        assert_eq!(answer.status, 200, "{role:?} {path} {parameter}={value}: {}", answer.text());
                    } else {
                        let refused = answer.refuses(400, "parametre-invalide", parameter);
                        assert_eq!(refused["code"], "colonne_non_permise", "{role:?} {path} {value}");
                    }
                }
            }
        }
        // What is searched is read by whoever searches: a hidden field is found by no word.
        let found = caller.list(&[("q", SECRET), ("total", "true")]).await;
        assert_eq!(found["total"], 0, "{role:?}");
    }
}

/// A value that a column takes, other than the one it has.
fn another(column: Colonne) -> &'static str {
    match column {
        Colonne::DateDemande | Colonne::DateSession => "2026-02-03",
        Colonne::Email | Colonne::StructureEmail | Colonne::ReferentEmail => "zoe.martin@mairie.example",
        Colonne::SuiviPar => FOLLOWER,
        Colonne::StatutProfessionnel => "salarie",
        Colonne::ConseillerNumerique | Colonne::AccompagneDemarches | Colonne::LabelFranceServices => "non",
        Colonne::Formation => "aidants_connect",
        Colonne::Financement => "fonds_propres",
        Colonne::StructureType => "communaute_de_communes",
        Colonne::CodePostal => "01000",
        Colonne::Departement => "01",
        Colonne::Siret => "21010053300012",
        Colonne::NumeroHabilitation => "1234",
        Colonne::ReferentTelephone => "+33639980102",
        _ => "Dupont",
    }
}

/// Everything that is stored of the demandes.
fn stored(app: &TestApp) -> Vec<String> {
    let rows = "SELECT id || ' ' || CAST(version AS TEXT) || ' ' || organisme || session_formation || commentaire AS v \
                FROM demande ORDER BY rang";
    [app.texts(rows), app.texts("SELECT CAST(count(*) AS TEXT) AS v FROM journal")].concat()
}

#[actix_web::test]
async fn sec_40_each_role_changes_its_fields_and_no_other() {
    let scene = scene().await;
    let address = format!("/demandes/{}", scene.id);
    for (role, caller) in callers(&scene, Operation::DemandeModifier) {
        for (column, _) in DemandeSaisie::default().champs() {
            let (name, before) = (column.nom(), stored(&scene.app));
            let read = caller.get(&address).send().await.ok(200);
            let version = read["version"].as_i64().unwrap();
            // Even the value that stands there: a refusal must not tell it from another.
            for value in [read[name].as_str().unwrap_or(""), another(column)] {
                let body = json!({ name: value });
                let answer = caller.patch(&address).version(version).json(&body).send().await;
                if !may_write(role, column, Door::Change) {
                    answer.refuses(403, "non-autorise", &format!("/{name}"));
                    assert_eq!(stored(&scene.app), before, "{role:?} {name}: nothing is stored");
                    continue;
                }
                assert!([200, 422].contains(&answer.status), "{role:?} {name}: {}", answer.text());
                if value == another(column) {
                    assert_eq!(answer.ok(200)[name], value, "{role:?}");
                    let back = json!({ name: read[name] });
                    let version = version + i64::from(read[name] != value);
                    caller.patch(&address).version(version).json(&back).send().await.ok(200);
                }
            }
        }
        let moved = caller.patch(&address).version(1).json(&json!({ "enveloppe_id": scene.envelope })).send().await;
        moved.refuses(422, "champs-invalides", "/enveloppe_id");
    }
}

#[actix_web::test]
async fn sec_40_each_role_gives_its_fields_to_a_new_demande_and_no_other() {
    let scene = scene().await;
    let mut n = 10;
    for (role, caller) in callers(&scene, Operation::DemandeCreer) {
        for (column, _) in DemandeSaisie::default().champs() {
            n += 1;
            let (name, before) = (column.nom(), stored(&scene.app));
            let mut body = demande("01", n);
            if body.get(name).is_none() {
                body[name] = json!(another(column));
            }
            let answer = caller.post("/demandes").json(&body).send().await;
            if may_write(role, column, Door::Create) {
                answer.ok(201);
            } else {
                answer.refuses(403, "non-autorise", &format!("/{name}"));
                assert_eq!(stored(&scene.app), before, "{role:?} {name}: nothing is stored");
            }
        }
    }
}

#[actix_web::test]
async fn sec_40_an_import_sets_the_fields_of_its_author_and_declares_the_others() {
    let scene = scene().await;
    for (n, (role, caller)) in callers(&scene, Operation::ImportEcrire).into_iter().enumerate() {
        let mut body = demande("01", 50 + n);
        body["organisme"] = json!("01 - Organisme");
        body["decision_financement"] = json!("accorde");
        body["presence"] = json!("present");
        let file = format!("{body}\n");
        let report = import(&caller, "application/x-ndjson", file, &[]).await;
        assert_eq!(report["creees"], 1, "{report}");
        let filter = format!("email eq \"{}\"", body["email"].as_str().unwrap());
        let row = caller.list(&[("filter", &filter)]).await["items"][0].clone();
        let detail = caller.get(&format!("/demandes/{}", row["id"].as_str().unwrap())).send().await.ok(200);
        for (name, value) in
            [("organisme", "01 - Organisme"), ("decision_financement", "accorde"), ("presence", "present")]
        {
            let writes = may_write(role, Colonne::parse(name).unwrap(), Door::Import);
            assert_eq!(detail[name], if writes { value } else { "" }, "{role:?} {name}");
            let declared = detail["declare"].get(name).and_then(Value::as_str);
            assert_eq!(declared, (!writes).then_some(value), "{role:?} {name}");
        }
    }
}
