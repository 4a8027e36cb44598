//! What the headers of a file mean by the choice of a person, by what its lines are matched, and what they change, cell by cell.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::imports_files::*;
use crate::support::{Caller, SCOPES, TestApp, query, siret};

/// A file whose headers nobody else writes so.
fn odd(table: &str) -> String {
    table.replacen("structure_nom", "Employeur", 1).replacen("ville", "Où", 1).replacen("email", "Courrier", 1)
}

/// The same value in a column of every line.
fn everywhere(table: Table, header: &str, value: &str) -> Table {
    (0..table.rows.len()).fold(table, |table, row| table.set(row, header, value))
}

const CHOSEN: &str = r#"{"Employeur":"structure_nom","Où":"ville","Courrier":"email","profession":""}"#;

async fn seen(caller: &Caller<'_>, media: &str, bytes: impl Into<Vec<u8>>) -> Value {
    caller.post("/imports/apercu").body(media, bytes.into()).send().await.ok(200)
}

fn column<'a>(seen: &'a Value, header: &str) -> &'a Value {
    let found = seen["entetes"].as_array().unwrap().iter().find(|one| one["entete"] == header);
    &found.unwrap_or_else(|| panic!("{header}: {seen}"))["colonne"]
}

#[actix_web::test]
async fn ux_22_headers_are_shown_with_what_they_are_taken_for_and_some_cells_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&app.envelope("01")]);
    let table = people("01", 40);
    for (media, bytes) in [
        (CSV, odd(&table.csv(';')).into_bytes()),
        (NDJSON, odd(&table.ndjson()).into_bytes()),
        (XLSX, table.xlsx()),
        (ODS, table.ods()),
    ] {
        let seen = seen(&caller, media, bytes).await;
        assert_eq!((column(&seen, "siret"), &seen["memorisee"]), (&json!("siret"), &json!(false)), "{media}");
        if media == CSV {
            assert_eq!(column(&seen, "Employeur"), &Value::Null);
            assert_eq!(seen["entetes"][0]["exemples"].as_array().unwrap().len(), 3, "{seen}");
        }
    }
    // The beginning of a text is enough, cut anywhere.
    let long = people("01", 2_000).csv(',');
    assert_eq!(column(&seen(&caller, CSV, &long.as_bytes()[..60_000]).await, "nom"), "nom");
    caller.post("/imports/apercu").body(CSV, "").send().await.problem(422, "fichier-illisible");
    caller.post("/imports/apercu").body("application/pdf", "x").send().await.problem(415, "type-non-accepte");
    assert!(std::fs::read_dir(app.app.spool()).unwrap().next().is_none(), "a file was left behind");
    assert_eq!((app.rows("import"), app.rows("demande")), (0, 0));
}

#[actix_web::test]
async fn ux_22_what_was_chosen_is_read_and_remembered_by_the_organisation() {
    let app = TestApp::new().await;
    let (ain, aisne, allier) = (app.envelope("01"), app.envelope("02"), app.envelope("03"));
    let caller = app.account(Role::Recipiendaire, &[&allier, &ain]);
    let file = odd(&people("01", 3).with("profession", "Agente").csv(','));
    send(&caller, CSV, file.clone(), &[]).await.problem(422, "fichier-illisible");
    let rehearsed = import(&caller, CSV, file.clone(), &[("correspondance", CHOSEN), ("dry_run", "true")]).await;
    assert_eq!(counters(&rehearsed), [3, 0, 0, 0], "{rehearsed}");
    assert_eq!(seen(&caller, CSV, file.clone()).await["memorisee"], false, "a rehearsal chooses nothing");
    let done = import(&caller, CSV, file.clone(), &[("correspondance", CHOSEN)]).await;
    assert_eq!((counters(&done), &done["colonnes_inconnues"]), ([3, 0, 0, 0], &json!([])), "{done}");
    assert_eq!(app.texts("SELECT DISTINCT profession AS v FROM demande"), [""], "not to be read");
    let colleague = app.account(Role::Recipiendaire, &[&ain]);
    let again = seen(&colleague, CSV, file.clone()).await;
    assert_eq!((&again["memorisee"], column(&again, "Où")), (&json!(true), &json!("ville")));
    assert_eq!(column(&again, "profession"), &Value::Null);
    let foreign = app.account(Role::Recipiendaire, &[&aisne]);
    assert_eq!(seen(&foreign, CSV, file).await["memorisee"], false, "of another organisation");
}

#[actix_web::test]
async fn a_choice_that_is_none_is_refused_and_nothing_is_received() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    for bad in ["[]", "{", r#"{"a":"inconnue"}"#, r#"{"a":"etape"}"#, r#"{"a":"verdict"}"#] {
        let path = query("/imports", &[("objet", "demandes"), ("correspondance", bad)]);
        let answer = caller.post(&path).body(CSV, people("01", 1).csv(',')).send().await;
        answer.refuses(400, "parametre-invalide", "correspondance");
    }
    let path = query("/imports", &[("objet", "demandes"), ("cle", "nom")]);
    caller.post(&path).body(CSV, people("01", 1).csv(',')).send().await.problem(400, "parametre-invalide");
    // Two headers for one column.
    let twice = r#"{"Employeur":"ville"}"#;
    let answer = send(
        &caller,
        CSV,
        people("01", 1).csv(',').replacen("structure_nom", "Employeur", 1),
        &[("correspondance", twice)],
    )
    .await;
    answer.problem(422, "fichier-illisible");
    assert_eq!(app.rows("import"), 0);
}

#[actix_web::test]
async fn ux_23_the_report_says_what_changes_cell_by_cell_before_and_after_it_is_done() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    import(&caller, CSV, people("01", 3).csv(','), &[]).await;
    let changed = everywhere(people("01", 3), "ville", "Trévoux").csv(',');
    for dry_run in ["true", "false"] {
        let view = import(&caller, CSV, changed.clone(), &[("dry_run", dry_run)]).await;
        assert_eq!(counters(&view), [0, 3, 0, 0], "{view}");
        let report = lines(&caller, &view).await;
        let changes = report[0]["changements"].as_array().unwrap();
        let ville = changes.iter().find(|one| one["colonne"] == "ville").unwrap();
        assert_eq!(ville["apres"], "Trévoux", "{report:?}");
        assert_ne!(ville["avant"], "Trévoux");
    }
}

#[actix_web::test]
async fn lines_may_be_matched_without_the_siret_when_somebody_has_changed_structure() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    import(&caller, CSV, people("01", 2).csv(','), &[]).await;
    let moved = everywhere(people("01", 2), "siret", &siret("210100046", 77)).csv(',');
    let usual = import(&caller, CSV, moved.clone(), &[("dry_run", "true")]).await;
    assert_eq!(counters(&usual), [2, 0, 0, 0], "others: {usual}");
    let matched = import(&caller, CSV, moved, &[("cle", "email_formation")]).await;
    assert_eq!(counters(&matched), [0, 2, 0, 0], "{matched}");
    assert_eq!(app.rows("demande"), 2);
}

#[actix_web::test]
async fn a_whole_document_of_several_sheets_imports_the_one_that_holds_demandes() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let others = book.add_worksheet();
    others.set_name("Organismes").unwrap();
    for (col, text) in ["Nom", "Ville", "Téléphone"].into_iter().enumerate() {
        others.write_string(0, u16::try_from(col).unwrap(), text).unwrap();
        others.write_string(1, u16::try_from(col).unwrap(), "x").unwrap();
    }
    let demandes = book.add_worksheet();
    demandes.set_name("Demandes").unwrap();
    let table = people("01", 3);
    for (row, cells) in std::iter::once(&table.headers).chain(&table.rows).enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            demandes.write_string(u32::try_from(row).unwrap(), u16::try_from(col).unwrap(), cell).unwrap();
        }
    }
    let file = book.save_to_buffer().unwrap();
    let seen = caller.post("/imports/apercu").body(XLSX, file.clone()).send().await.ok(200);
    assert_eq!(seen["feuilles_ignorees"], json!(["Organismes"]), "before anything is imported");
    let view = import(&caller, XLSX, file, &[]).await;
    assert_eq!(counters(&view), [3, 0, 0, 0], "{view}");
    assert_eq!(view["feuilles_ignorees"], json!(["Organismes"]));

    let texts = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let others = Table { headers: texts(["Nom", "Ville", "Téléphone"]), rows: vec![texts(["x", "x", "x"]); 4] };
    let empty = Table { headers: Vec::new(), rows: Vec::new() };
    let view = import(&caller, ODS, ods_of(&[&others, &empty, &people("01", 4), &others]), &[]).await;
    assert_eq!(counters(&view), [1, 0, 3, 0], "{view}");
    assert_eq!(view["feuilles_ignorees"].as_array().unwrap().len(), 3, "{view}");
    // None that names all that a demande needs: the one that names most says what misses.
    send(&caller, ODS, ods_of(&[&empty, &others]), &[]).await.problem(422, "fichier-illisible");
    send(&caller, ODS, ods_of(&[]), &[]).await.problem(422, "fichier-illisible");
}

#[actix_web::test]
async fn imports_are_listed_to_who_made_them_and_to_who_sees_everything() {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    let caller = app.account(Role::Recipiendaire, &[&ain]);
    let mut made = Vec::new();
    for _ in 0..3 {
        app.clock.advance(chrono::Duration::seconds(1));
        let view = import(&caller, CSV, people("01", 1).csv(','), &[("dry_run", "true")]).await;
        made.insert(0, view["id"].clone());
    }
    let foreign = app.account(Role::Recipiendaire, &[&aisne]);
    import(&foreign, CSV, people("02", 1).csv(','), &[]).await;
    let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
    let first = caller.get("/imports?limit=2").send().await.ok(200);
    assert_eq!(ids(&first), made[..2]);
    let next = first["next"].as_str().unwrap();
    let rest = caller.get(&format!("/imports?limit=2&cursor={next}")).send().await.ok(200);
    assert_eq!((ids(&rest), &rest["next"]), (made[2..].to_vec(), &Value::Null));
    foreign.get(&format!("/imports?cursor={next}")).send().await.problem(400, "curseur-invalide");
    assert_eq!(ids(&foreign.get("/imports").send().await.ok(200)).len(), 1);
    assert_eq!(ids(&app.anct().get("/imports").send().await.ok(200)).len(), 4);
}
