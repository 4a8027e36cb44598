//! Dashboards: counters that a recount confirms whatever is done, figures that open their rows, reports.

use std::collections::BTreeMap;

use api::areas::demande::{queries, service};
use api::areas::tableau_de_bord::compteurs::{kept, recount};
use api::error::AppError;
use api::journal::Author;
use api::seal::Keys;
use chrono::TimeDelta;
use domain::demande::{Colonne, Ligne};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp, counts, elsewhere, encode, line};

/// A demande to be trained for Aidants Connect.
fn connect(department: &str, n: usize, envelope: &str) -> Ligne {
    let mut line = line(department, n, envelope);
    for (column, value) in [
        (Colonne::Formation, "aidants_connect"),
        (Colonne::StatutProfessionnel, "salarie"),
        (Colonne::ConseillerNumerique, "non"),
        (Colonne::AccompagneDemarches, "oui"),
    ] {
        line.set(column, value);
    }
    line
}

/// Changes columns as the program does, whoever may decide.
fn change(app: &TestApp, ids: &[String], columns: &[(Colonne, &str)], reason: Option<&str>) {
    let (context, ids, db) = (app.context(), ids.to_vec(), app.db());
    let columns: Vec<(Colonne, String)> =
        columns.iter().map(|(column, value)| (*column, (*value).to_owned())).collect();
    let reason = reason.map(str::to_owned);
    let done: Result<(), AppError> = elsewhere(|| {
        db.write_blocking(move |conn| {
            let changes = queries::find_all(conn, &ids)?.into_iter().map(|stored| {
                let mut line = stored.line.clone();
                columns.iter().for_each(|(column, value)| line.set(*column, value));
                (stored, line)
            });
            let deed = service::Deed { reason: reason.as_deref(), ..service::Deed::plain("demande.modifiee") };
            service::replace_all(conn, &context, deed, changes.collect()).map(drop)
        })
    });
    done.unwrap();
}

fn days(app: &TestApp, days: i64) {
    app.clock.advance(TimeDelta::days(days));
}

/// The counters are those of a recount; answers how many there are.
fn checked(app: &TestApp) -> usize {
    let (counted, kept) = (app.read(recount), app.read(kept));
    assert_eq!(kept, counted);
    kept.len()
}

/// Every figure of a dashboard: an object that has a number and a filter.
fn figures(node: &Value, found: &mut Vec<(i64, String)>) {
    match node {
        Value::Object(object) => {
            if let (Some(number), Some(filter)) = (object.get("nombre"), object.get("filtre")) {
                found.push((number.as_i64().unwrap(), filter.as_str().unwrap().to_owned()));
            }
            object.values().for_each(|inner| figures(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| figures(inner, found)),
        _ => {}
    }
}

/// A country of two envelopes where much has happened.
async fn scene() -> (TestApp, [String; 2], Vec<String>) {
    let app = TestApp::new().await;
    let envelopes = [app.envelope("01"), app.envelope("02")];
    let mut ids = app.insert((0..8).map(|n| connect("01", n, &envelopes[0])).collect());
    ids.extend(app.insert((0..4).map(|n| line("02", n, &envelopes[1])).collect()));
    ids.extend(app.insert(vec![line("974", 0, ""), line("2A", 0, &envelopes[1])]));
    days(&app, 10);
    change(&app, &ids[..5], &[(Colonne::DecisionFinancement, "accorde")], None);
    change(&app, &ids[5..7], &[(Colonne::DecisionFinancement, "refuse")], Some("Hors du  territoire."));
    change(&app, &ids[8..10], &[(Colonne::DecisionFinancement, "accorde")], None);
    days(&app, 20);
    change(&app, &ids[..3], &[(Colonne::DecisionEligibilite, "validee")], None);
    change(&app, &ids[3..4], &[(Colonne::DecisionEligibilite, "refusee")], Some("Déjà habilité."));
    change(&app, &ids[..2], &[(Colonne::DateSession, "2026-05-01")], None);
    days(&app, 40);
    change(&app, &ids[..2], &[(Colonne::Presence, "present")], None);
    change(&app, &ids[8..9], &[(Colonne::DateSession, "2026-05-10"), (Colonne::Presence, "present")], None);
    days(&app, 1);
    change(&app, &ids[..1], &[(Colonne::PixPasse, "oui"), (Colonne::Habilite, "oui")], None);
    (app, envelopes, ids)
}

async fn dashboard(caller: &Caller<'_>, path: &str) -> Value {
    caller.get(&format!("/tableaux-de-bord/{path}")).send().await.ok(200)
}

#[actix_web::test]
async fn the_counters_are_those_of_a_recount_whatever_is_done_to_demandes() {
    let (app, envelopes, ids) = scene().await;
    assert!(checked(&app) > 40);
    let caller = app.account(Role::Recipiendaire, &[&envelopes[0], &envelopes[1]]);
    // Typed, changed of type, of département, deleted, restored, undone.
    let address = format!("/demandes/{}", ids[7]);
    caller
        .patch(&address)
        .version(1)
        .json(&json!({ "structure_type": "ccas", "departement": "02" }))
        .send()
        .await
        .ok(200);
    checked(&app);
    caller.delete(&address).version(2).send().await.ok(204);
    checked(&app);
    caller.post(&format!("{address}/restaurer")).send().await.ok(200);
    checked(&app);
    let body = json!({ "operations": [{ "action": "supprimer", "id": ids[6], "version": 2 }] });
    let done = caller.post("/demandes:batch").json(&body).send().await.ok(200);
    checked(&app);
    caller.post(&format!("/gestes/{}/annuler", done["geste"].as_str().unwrap())).send().await.ok(200);
    checked(&app);
    let refuse = json!({ "action": "refuser", "demandes": [ids[10]], "motif": "Plus de place." });
    caller.post("/demandes/financement").json(&refuse).send().await.ok(200);
    let reopen = json!({ "action": "rouvrir", "demandes": [ids[5], ids[10], ids[4]] });
    checked(&app);
    caller.post("/demandes/financement").json(&reopen).send().await.ok(200);
    checked(&app);
    // A change that is refused leaves the counters as they were.
    let before = app.read(kept);
    caller.delete(&address).version(1).send().await.problem(412, "version-perimee");
    assert_eq!(app.read(kept), before);
    // An edit that moves nothing writes no counter.
    let first = "SELECT CAST(sum(nombre) AS TEXT) AS v FROM compteur";
    let sum = app.texts(first);
    caller.patch(&address).version(4).json(&json!({ "commentaire": "Rappeler." })).send().await.ok(200);
    assert_eq!(app.texts(first), sum);
    checked(&app);
}

#[actix_web::test]
async fn an_import_is_counted_and_counted_out_when_it_is_undone() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let before = app.read(kept);
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let names = [
        "nom",
        "prenom",
        "email",
        "formation",
        "structure_nom",
        "structure_type",
        "adresse",
        "code_postal",
        "ville",
        "siret",
    ];
    let mut file = names.join(",");
    for n in 0..30 {
        let line = line("01", n, &envelope);
        let cells = names.map(|name| line.get(Colonne::parse(name).unwrap()).to_owned());
        file.push_str(&format!("\n{}", cells.map(|cell| format!("\"{cell}\"")).join(",")));
    }
    let sent = caller.post("/imports?objet=demandes").body("text/csv", file).send().await.ok(202);
    let address = format!("/imports/{}", sent["id"].as_str().unwrap());
    let settled = async || {
        for _ in 0..500 {
            let seen = caller.get(&address).send().await.ok(200);
            if !["en_attente", "en_cours"].contains(&seen["etat"].as_str().unwrap()) {
                return seen;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the import does not end");
    };
    settled().await;
    checked(&app);
    let seen = dashboard(&caller, &format!("enveloppes/{envelope}")).await;
    assert_eq!(seen["demandes"]["nombre"], 30);
    caller.post(&format!("{address}/defaire")).send().await;
    settled().await;
    assert_eq!(app.read(kept), before, "nothing is left of it");
}

#[actix_web::test]
async fn every_figure_opens_exactly_the_rows_that_it_counts() {
    let (app, envelopes, _ids) = scene().await;
    let caller = app.anct();
    for path in [format!("enveloppes/{}", envelopes[0]), "departements/01".to_owned(), "national".to_owned()] {
        let mut found = Vec::new();
        figures(&dashboard(&caller, &path).await, &mut found);
        assert!(found.len() > 35, "{path}: {}", found.len());
        // Many figures are zero: one read for each filter that is different.
        let distinct: BTreeMap<String, i64> = found.into_iter().map(|(number, filter)| (filter, number)).collect();
        for (filter, number) in
            distinct.into_iter().filter(|(filter, number)| *number > 0 || !filter.contains("etape")).take(60)
        {
            let page =
                caller.get(&format!("/demandes?limit=1&total=true&filter={}", encode(&filter))).send().await.ok(200);
            assert_eq!(page["total"], number, "{path}: {filter}");
        }
    }
}

#[actix_web::test]
async fn env_1_an_envelope_shows_its_stages_its_money_its_delays_and_its_refusals() {
    let (app, envelopes, _ids) = scene().await;
    let caller = app.account(Role::Recipiendaire, &[&envelopes[0]]);
    let seen = dashboard(&caller, &format!("enveloppes/{}", envelopes[0])).await;
    let money = &seen["montants"];
    let said = ["montant", "engage", "consomme", "reste", "cible"].map(|name| money[name].as_i64().unwrap());
    assert_eq!(said, [2_000_000, 4 * 33_333, 2 * 33_333, 2_000_000 - 4 * 33_333, 60]);
    assert_eq!([&money["departs"]["nombre"], &money["suivis"]["nombre"]], [4, 2]);
    let of = |list: &str, key: &str, value: &str| {
        seen[list].as_array().unwrap().iter().find(|one| one[key] == value).unwrap().clone()
    };
    let stage = |code: &str| {
        let one = of("etapes", "etape", code);
        (one["demandes"]["nombre"].as_i64().unwrap(), one["departs"]["nombre"].as_i64().unwrap())
    };
    assert_eq!([stage("recue"), stage("financement_refuse")], [(1, 0), (2, 0)]);
    assert_eq!([stage("eligibilite_validee"), stage("habilitee")], [(1, 1); 2]);
    assert_eq!(stage("eligibilite_refusee"), (1, 0), "the money of who is refused is free again");
    assert_eq!(stage("eligibilite_en_attente"), (1, 1));
    let delay = |code: &str| {
        let one = of("delais", "passage", code);
        (one["mesures"].as_i64().unwrap(), one["mediane"].as_i64(), one["p90"].as_i64())
    };
    assert_eq!(delay("recue_financement"), (7, Some(10), Some(10)));
    assert_eq!(delay("financement_eligibilite"), (4, Some(20), Some(20)));
    assert_eq!(delay("decision_session"), (2, Some(30), Some(30)));
    assert_eq!(delay("session_presence"), (2, Some(10), Some(10)));
    assert_eq!((delay("presence_habilitation"), delay("parcours")), ((1, Some(1), Some(1)), (1, Some(71), Some(71))));
    let reasons = |place: usize| {
        let given = seen["refus"][place]["motifs"].as_array().unwrap().iter();
        given.map(|one| (one["motif"].clone(), one["demandes"]["nombre"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(reasons(0), [(json!("Hors du territoire."), json!(2))]);
    assert_eq!(reasons(1), [(json!("Déjà habilité."), json!(1))]);
    assert_eq!(of("structures", "type_structure", "municipalites")["demandes"]["nombre"], 8);
}

#[actix_web::test]
async fn the_country_shows_every_departement_and_all_envelopes() {
    let (app, _envelopes, _ids) = scene().await;
    let seen = dashboard(&app.token(Role::Instructeur, &SCOPES), "national").await;
    assert_eq!(seen["demandes"]["nombre"], 14);
    assert_eq!([&seen["montants"]["montant"], &seen["montants"]["engage"]], [4_000_000, 6 * 33_333]);
    let departments = seen["departements"].as_array().unwrap();
    assert!(departments.len() >= 101);
    let of = |code: &str| departments.iter().find(|one| one["code"] == code).unwrap();
    assert_eq!([&of("01")["demandes"]["nombre"], &of("01")["habilitees"]["nombre"]], [8, 1]);
    assert_eq!([&of("974")["demandes"]["nombre"], &of("974")["montant"], &of("2A")["demandes"]["nombre"]], [1, 0, 1]);
    let sum: i64 = departments.iter().map(|one| one["demandes"]["nombre"].as_i64().unwrap()).sum();
    assert_eq!(sum, 14);
    let one = dashboard(&app.anct(), "departements/02").await;
    assert_eq!([&one["demandes"]["nombre"], &one["montants"]["montant"]], [4, 2_000_000]);
    assert_eq!(one["enveloppes"].as_array().unwrap().len(), 1);
    app.anct().get("/tableaux-de-bord/departements/99").send().await.problem(404, "introuvable");
    app.anct().get("/tableaux-de-bord/national?format=pdf").send().await.problem(400, "parametre-invalide");
}

#[actix_web::test]
async fn sec_41_a_recipiendaire_reads_the_figures_of_its_envelopes_only() {
    let (app, envelopes, _ids) = scene().await;
    for caller in [
        app.account(Role::Recipiendaire, &[&envelopes[0]]),
        app.token_on(Role::Recipiendaire, &SCOPES, &[&envelopes[0]]),
    ] {
        dashboard(&caller, &format!("enveloppes/{}", envelopes[0])).await;
        for address in [
            format!("/tableaux-de-bord/enveloppes/{}", envelopes[1]),
            format!("/enveloppes/{}/rapport", envelopes[1]),
            "/tableaux-de-bord/enveloppes/inconnue".to_owned(),
        ] {
            caller.get(&address).send().await.problem(404, "introuvable");
        }
        for address in ["/tableaux-de-bord/departements/01", "/tableaux-de-bord/national"] {
            caller.get(address).send().await.problem(403, "non-autorise");
        }
    }
}

#[actix_web::test]
async fn a_dashboard_is_a_csv_file_too_and_a_reason_is_no_formula() {
    let (app, envelopes, ids) = scene().await;
    change(&app, &ids[7..8], &[(Colonne::DecisionFinancement, "refuse")], Some("=1+1"));
    let caller = app.account(Role::Recipiendaire, &[&envelopes[0]]);
    let file = caller.get(&format!("/tableaux-de-bord/enveloppes/{}?format=csv", envelopes[0])).send().await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(
        file.header("content-disposition").unwrap().starts_with("attachment; filename=\"tableau-de-bord-enveloppe-")
    );
    let text = file.text();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    let value = |element: &str, measure: &str| {
        let row = rows
            .iter()
            .find(|row| &row[1] == element && &row[2] == measure)
            .unwrap_or_else(|| panic!("{element}: {text}"));
        (row[3].to_owned(), row[4].to_owned())
    };
    assert_eq!(value("Engagé", "Valeur"), ("1333.32".to_owned(), "€".to_owned()));
    assert_eq!(value("Demande reçue → financement décidé", "Médiane"), ("10".to_owned(), "jours".to_owned()));
    assert_eq!(value("Financement refusé : =1+1", "Demandes").0, "1");
    assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '@']))));
}

#[actix_web::test]
async fn the_report_of_a_convention_is_a_workbook_with_the_figures() {
    use calamine::{Data, Reader, Xlsx};
    let (app, envelopes, _ids) = scene().await;
    let caller = app.account(Role::Recipiendaire, &[&envelopes[0]]);
    let file = caller.get(&format!("/enveloppes/{}/rapport?format=xlsx", envelopes[0])).send().await;
    assert_eq!(file.status, 200, "{}", file.text());
    let mut book = Xlsx::new(std::io::Cursor::new(file.body.to_vec())).unwrap();
    let sheet = book.worksheet_range("Rapport").unwrap();
    let cell = |name: &str| {
        let row = sheet.rows().find(|row| row[0] == Data::String(name.to_owned()));
        row.unwrap_or_else(|| panic!("{name}"))[1].clone()
    };
    assert_eq!(cell("Récipiendaire"), Data::String("Conseil départemental 01".to_owned()));
    assert_eq!([cell("Engagé"), cell("Reste")], [1_333.32, 18_666.68].map(Data::Float));
    assert_eq!([cell("Habilité"), cell("Départs visés")], [1.0, 60.0].map(Data::Float));
    caller
        .get(&format!("/enveloppes/{}/rapport?format=docx", envelopes[0]))
        .send()
        .await
        .problem(400, "parametre-invalide");
}

/// The words of a PDF document, page after page, however they are cut into lines.
fn words(document: &lopdf::Document) -> String {
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn the_report_of_a_convention_is_an_accessible_pdf_that_runs_nothing_of_what_people_wrote() {
    let (app, envelopes, ids) = scene().await;
    let hostile = "#panic(\"non\") *gras* $x$ <a> @b [c] = d #read(\"/etc/passwd\")";
    change(&app, &ids[7..8], &[(Colonne::DecisionFinancement, "refuse")], Some(hostile));
    app.execute(&format!(
        "UPDATE enveloppe SET recipiendaire = '#let x = 1', convention = '2026-01 « A »' WHERE id = '{}'",
        envelopes[0]
    ))
    .unwrap();
    let caller = app.account(Role::Recipiendaire, &[&envelopes[0]]);
    let file = caller.get(&format!("/enveloppes/{}/rapport", envelopes[0])).send().await;
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")), "{}", file.text());
    assert!(file.header("content-disposition").unwrap().ends_with(".pdf\""));
    if let Some(folder) = std::env::var_os("PARCOURS_GARDER_RAPPORT") {
        std::fs::write(std::path::Path::new(&folder).join("rapport.pdf"), &file.body).unwrap();
    }
    let document = lopdf::Document::load_mem(&file.body).unwrap();
    let text = words(&document);
    for expected in [
        "Rapport de convention",
        "Enveloppe 01 2026",
        "1 333,32 €",
        "10 jours",
        "Hors du territoire.",
        "#let x = 1",
        "2026-01 « A »",
    ] {
        let plain = |text: &str| text.replace(['\u{202f}', '\u{a0}', ' '], "");
        assert!(plain(&text).contains(&plain(expected)), "{expected}: {text}");
    }
    assert!(text.replace(' ', "").contains("#panic(\"non\")*gras*$x$"), "{text}");
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr-FR");
    assert!(catalog.get(b"StructTreeRoot").is_ok() && catalog.get(b"MarkInfo").is_ok(), "it is tagged");
    let metadata = document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let stream = metadata.as_stream().unwrap();
    let xmp = String::from_utf8(stream.decompressed_content().unwrap_or_else(|_plain| stream.content.clone())).unwrap();
    assert!(xmp.contains("pdfuaid:part") && xmp.contains("Rapport de convention"), "{xmp}");
    let tags: Vec<&[u8]> =
        document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok()).collect();
    for tag in [&b"Table"[..], b"TH", b"TD", b"H1", b"H2"] {
        assert!(tags.contains(&tag), "{}", String::from_utf8_lossy(tag));
    }
}

#[actix_web::test]
async fn the_migration_counts_what_was_there() {
    let app = TestApp::new().await;
    let envelopes = [app.envelope("01"), app.envelope("02")];
    let mut lines: Vec<Ligne> =
        (0..12).map(|n| connect(if n % 3 == 0 { "02" } else { "01" }, n, &envelopes[n % 2])).collect();
    lines.push(line("974", 0, ""));
    for (place, columns) in [
        (0, &[(Colonne::DecisionFinancement, "accorde"), (Colonne::DecisionEligibilite, "validee")][..]),
        (1, &[(Colonne::DecisionFinancement, "accorde"), (Colonne::DecisionEligibilite, "refusee")]),
        (2, &[(Colonne::DecisionFinancement, "refuse")]),
        (3, &[(Colonne::DecisionFinancement, "liste_attente"), (Colonne::DateSession, "2026-05-01")]),
        (4, &[(Colonne::DecisionFinancement, "accorde"), (Colonne::Presence, "present"), (Colonne::Habilite, "oui")]),
        (5, &[(Colonne::DecisionFinancement, "accorde"), (Colonne::Retiree, "oui")]),
    ] {
        columns.iter().for_each(|(column, value)| lines[place].set(*column, *value));
    }
    let ids = app.insert(lines);
    app.anct().delete(&format!("/demandes/{}", ids[6])).version(1).send().await.ok(204);
    let counted = app.read(kept);
    assert!(counted.len() > 25, "{}", counted.len());
    let up = if app.is_postgres() {
        include_str!("../../../../migrations/postgres/0034_pilotage/up.sql")
    } else {
        include_str!("../../../../migrations/sqlite/0034_pilotage/up.sql")
    };
    let fill = up.split_once("INSERT INTO compteur").unwrap().1;
    app.execute("DELETE FROM compteur").unwrap();
    app.execute(&format!("INSERT INTO compteur{fill}")).unwrap();
    assert_eq!(app.read(kept), counted);
}

#[actix_web::test]
async fn a_dashboard_takes_a_fixed_number_of_statements() {
    let (app, envelopes, _ids) = scene().await;
    let caller = app.anct();
    for (path, most) in
        [(format!("enveloppes/{}", envelopes[0]), 3), ("departements/01".to_owned(), 4), ("national".to_owned(), 4)]
    {
        let before = counts(&app.database).statements;
        dashboard(&caller, &path).await;
        let taken = counts(&app.database).statements - before;
        assert!(taken <= most + 6, "{path}: {taken}");
    }
}

#[actix_web::test]
async fn two_hundred_changes_at_once_leave_the_counters_exact() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert((0..20).map(|n| line("01", n, &envelope)).collect());
    let (clock, territories) = (app.clock.clone(), app.app.territories.clone());
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let done = app.in_parallel(200, |conn| {
        let n = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let stored = queries::find(conn, &ids[n % ids.len()]).unwrap().unwrap();
        let mut line = stored.line.clone();
        let (column, value) = [
            (Colonne::DateSession, "2026-06-01"),
            (Colonne::StructureType, "ccas"),
            (Colonne::Departement, "02"),
            (Colonne::StructureType, "municipalites"),
            (Colonne::Departement, "01"),
        ][n % 5];
        line.set(column, value);
        let (author, now) = (Author::system("test"), clock.now());
        let context = service::Context {
            clock: clock.clone(),
            territories: territories.clone(),
            author,
            now,
            keys: Keys::public(),
        };
        service::replace_all(conn, &context, service::Deed::plain("demande.modifiee"), vec![(stored, line)]).is_ok()
    });
    assert!(done.iter().filter(|done| **done).count() > 20);
    checked(&app);
}
