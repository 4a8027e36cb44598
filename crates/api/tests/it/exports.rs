//! Exports: exactly the filtered rows, harmless in a spreadsheet, and imported again without any change.

use api::areas::export::AT_ONCE;
use domain::permission::Role;
use serde_json::Value;

use crate::imports_files::*;
use crate::support::{Answer, Caller, TestApp, query};

async fn export(caller: &Caller<'_>, parameters: &[(&str, &str)]) -> Answer {
    caller.get(&query("/demandes/export", parameters)).send().await
}

fn rows(answer: &Answer) -> (Vec<String>, Vec<Vec<String>>) {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    let text = text.strip_prefix('\u{feff}').expect("no byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let headers = cells(reader.headers().unwrap());
    let rows = reader.records().map(|record| cells(&record.unwrap())).collect();
    (headers, rows)
}

#[actix_web::test]
async fn the_file_holds_exactly_the_filtered_rows_in_their_order() {
    let app = TestApp::new().await;
    let (ours, theirs) = (app.envelope("01"), app.envelope("02"));
    let caller = app.account(Role::Recipiendaire, &[&ours]);
    import(&caller, CSV, people("01", 40).with("cohorte", "A").set(3, "cohorte", "B").csv(','), &[]).await;
    import(&app.account(Role::Recipiendaire, &[&theirs]), CSV, people("02", 5).csv(','), &[]).await;
    let criteria = [("filter", "cohorte eq \"A\""), ("sort", "-nom"), ("q", "mairie"), ("fields", "nom,email")];
    let listed = caller.list(&[criteria.as_slice(), &[("limit", "1000")]].concat()).await;
    let expected: Vec<[String; 3]> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| ["id", "nom", "email"].map(|name| item[name].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(expected.len(), 39);
    let answer = export(&caller, &criteria).await;
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"demandes-2026-03-02.csv\""));
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let (headers, found) = rows(&answer);
    assert_eq!(headers, ["id", "nom", "email"]);
    assert_eq!(found, expected);
    let ndjson = export(&caller, &[criteria.as_slice(), &[("format", "ndjson")]].concat()).await.text();
    let found: Vec<Value> = ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 39);
    assert_eq!(found[0]["nom"], expected[0][1].as_str());
    // Seen by nobody else, and noted.
    assert_eq!(rows(&export(&caller, &[]).await).1.len(), 40);
    assert_eq!(rows(&export(&app.account(Role::Instructeur, &[]), &[]).await).1.len(), 45);
    let noted = app.texts("SELECT d.valeurs AS v FROM journal j JOIN journal_donnees d ON d.numero = j.numero WHERE j.action = 'demandes.exportees' ORDER BY j.numero");
    assert_eq!(noted.len(), 4);
    let first: Value = serde_json::from_str(&noted[0]).unwrap();
    assert_eq!((first["lignes"].as_i64(), first["filtre"].as_str()), (Some(39), Some("cohorte eq \"A\"")));
}

#[actix_web::test]
async fn rt_22_sec_48_every_format_comes_back_unchanged() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let table = people("01", 12)
        .with("commentaire", "")
        .with("date_session", "2026-05-04")
        .with("referent_telephone", "+33612345678")
        .with("presence", "present")
        .set(0, "commentaire", "=HYPERLINK(\"http://x.example\")")
        .set(1, "commentaire", "+1")
        .set(2, "commentaire", "-1 ; \"oui\", non\nsuite")
        .set(3, "commentaire", "@SOMME(A1)")
        .set(4, "commentaire", "''=1")
        .set(5, "commentaire", "'un mot'");
    import(&caller, CSV, table.csv(','), &[]).await;
    let before = app.texts("SELECT commentaire AS v FROM demande ORDER BY rang");
    assert!(before[0].starts_with("=HYPER"), "{before:?}");
    for (format, media) in [("csv", CSV), ("ndjson", NDJSON), ("xlsx", XLSX), ("ods", ODS)] {
        let answer = export(&caller, &[("format", format)]).await;
        assert_eq!(answer.status, 200);
        if format == "csv" {
            let (headers, found) = rows(&answer);
            let place = headers.iter().position(|name| name == "commentaire").unwrap();
            assert!(found.iter().all(|row| !row[place].starts_with(['=', '+', '-', '@'])), "a formula is awake");
        }
        let view = import(&caller, media, answer.body.to_vec(), &[]).await;
        assert_eq!(counters(&view), [0, 0, 12, 0], "{format}: {:?}", lines(&caller, &view).await);
    }
    assert_eq!(app.texts("SELECT commentaire AS v FROM demande ORDER BY rang"), before);
}

#[actix_web::test]
async fn a_long_export_is_whole() {
    let app = TestApp::new().await;
    let caller = app.anct();
    import(&caller, CSV, people("01", 4_321).csv(','), &[]).await;
    let (_, mut found) = rows(&export(&caller, &[("fields", "email"), ("sort", "profession")]).await);
    assert_eq!(found.len(), 4_321);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 4_321);
}

#[actix_web::test]
async fn sec_53_exports_wait_for_their_turn_and_are_told_to_come_back() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let turns = u32::try_from(AT_ONCE).unwrap();
    let mut held = Some(app.app.exports.clone().acquire_many_owned(turns).await.unwrap());
    let refused = export(&caller, &[]).await;
    refused.problem(503, "indisponible");
    assert!(refused.header("retry-after").is_some(), "says when to come back");
    let waiting = export(&caller, &[]);
    let leaving = async {
        actix_web::rt::time::sleep(std::time::Duration::from_millis(200)).await;
        held.take();
    };
    assert_eq!(futures_util::future::join(waiting, leaving).await.0.status, 200, "its turn comes");
    assert_eq!(export(&caller, &[]).await.status, 200);
    assert_eq!(app.app.exports.available_permits(), AT_ONCE, "each turn is given back");
}

#[actix_web::test]
async fn wrong_parameters_are_named() {
    let app = TestApp::new().await;
    let caller = app.anct();
    export(&caller, &[("format", "pdf")]).await.refuses(400, "parametre-invalide", "format");
    export(&caller, &[("fields", "couleur")]).await.refuses(400, "parametre-invalide", "fields");
    export(&caller, &[("filter", "nom")]).await.refuses(400, "parametre-invalide", "filter");
    export(&caller, &[("limit", "10")]).await.problem(400, "parametre-invalide");
    export(&app.anonymous(), &[]).await.problem(401, "non-authentifie");
    assert_eq!(rows(&export(&caller, &[]).await).1.len(), 0);
}

#[actix_web::test]
async fn chosen_rows_are_exported_and_no_others_or_nothing_is() {
    let app = TestApp::new().await;
    let (ours, theirs) = (app.envelope("01"), app.envelope("02"));
    let ids = app.insert((0..5).map(|n| crate::support::line("01", n, &ours)).collect());
    let foreign = app.insert(vec![crate::support::line("02", 0, &theirs)]).remove(0);
    let caller = app.account(Role::Recipiendaire, &[&ours]);
    let chosen = async |ids: &[&String]| {
        let body = serde_json::json!({ "ids": ids, "format": "csv", "sort": "-nom", "fields": "nom" });
        caller.post("/demandes/export").json(&body).send().await
    };
    let (headers, found) = rows(&chosen(&[&ids[1], &ids[3], &ids[1]]).await);
    assert_eq!(headers, ["id", "nom"]);
    let mut expected = [&ids[1], &ids[3]];
    expected.sort_by_key(|id| std::cmp::Reverse(found.iter().find(|row| row[0] == ***id).map(|row| row[1].clone())));
    assert_eq!(found.iter().map(|row| &row[0]).collect::<Vec<_>>(), expected);
    // One that is out of reach, deleted or unknown: nothing leaves.
    chosen(&[&ids[0], &foreign]).await.problem(404, "introuvable");
    caller.delete(&format!("/demandes/{}", ids[0])).version(1).send().await.ok(204);
    chosen(&[&ids[0], &ids[1]]).await.problem(404, "introuvable");
    chosen(&[]).await.refuses(422, "champs-invalides", "/ids");
    let many: Vec<String> = (0..10_001).map(|n| format!("id{n}")).collect();
    chosen(&many.iter().collect::<Vec<_>>()).await.refuses(422, "champs-invalides", "/ids");
    let body = serde_json::json!({ "ids": [ids[1]], "format": "pdf" });
    caller.post("/demandes/export").json(&body).send().await.refuses(400, "parametre-invalide", "format");
    let noted = app.texts("SELECT d.valeurs AS v FROM journal j JOIN journal_donnees d ON d.numero = j.numero WHERE j.action = 'demandes.exportees'");
    assert_eq!(noted.len(), 1);
    let noted: Value = serde_json::from_str(&noted[0]).unwrap();
    assert_eq!((noted["lignes"].as_i64(), noted["filtre"].as_str()), (Some(2), Some("choisies")));
}
