//! What imports read and write: formats, encodings, headers, matching, decisions, reports.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::imports_files::*;
use crate::support::{Caller, SCOPES, TestApp};

fn recipiendaire<'a>(app: &'a TestApp, envelopes: &[&str]) -> Caller<'a> {
    app.account(Role::Recipiendaire, envelopes)
}

async fn fields(caller: &Caller<'_>, columns: &str) -> Vec<Value> {
    let page = caller.list(&[("fields", columns), ("sort", "nom"), ("limit", "1000")]).await;
    page["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn the_same_file_twice_changes_nothing() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = recipiendaire(&app, &[&envelope]);
    let file = people("01", 30).csv(',');
    let first = import(&caller, CSV, file.clone(), &[]).await;
    assert_eq!(first["etat"], "termine", "{first}");
    assert_eq!(counters(&first), [30, 0, 0, 0]);
    assert_eq!((&first["lignes"], &first["octets_lus"]), (&json!(30), &json!(file.len())));
    let before = (app.rows("demande"), app.rows("journal"));
    let again = import(&caller, CSV, file, &[]).await;
    assert_eq!(counters(&again), [0, 0, 30, 0]);
    assert_eq!(app.rows("demande"), before.0);
    // Two entries tell of the import itself, none of the demandes.
    assert_eq!(app.rows("journal"), before.1 + 2);
    let row = &fields(&caller, "nom,prenom,source,enveloppe_id,departement,date_demande").await[0];
    assert_eq!(row["prenom"], "Angéla");
    assert_eq!(row["source"], "import");
    assert_eq!(row["enveloppe_id"], envelope.as_str());
    assert_eq!(row["departement"], "01");
    assert_eq!(row["date_demande"], "2026-03-02");
    assert!(std::fs::read_dir(app.app.spool()).unwrap().next().is_none(), "a file was left behind");
}

#[actix_web::test]
async fn every_delimiter_and_encoding_reads_the_same() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let table = people("01", 3).with("commentaire", "à ; voir, « été »\tici");
    let files = [
        (CSV, table.csv(',').into_bytes()),
        (CSV, table.csv(';').into_bytes()),
        (CSV, table.csv('\t').into_bytes()),
        (CSV, format!("\u{feff}{}", table.csv(';')).into_bytes()),
        (CSV, windows_1252(&table.csv(';'))),
        ("text/csv; charset=windows-1252", windows_1252(&table.csv(','))),
        ("text/csv; charset=\"UTF-8\"", table.csv(',').replace('\n', "\r\n").into_bytes()),
        (NDJSON, table.ndjson().into_bytes()),
        (XLSX, table.xlsx()),
        (ODS, table.ods()),
    ];
    for (place, (media, bytes)) in files.into_iter().enumerate() {
        let view = import(&caller, media, bytes, &[]).await;
        let expected = if place == 0 { [3, 0, 0, 0] } else { [0, 0, 3, 0] };
        assert_eq!(counters(&view), expected, "{place} {media}: {view} {:?}", lines(&caller, &view).await);
    }
    let row = &fields(&caller, "commentaire,prenom,siret").await[0];
    assert_eq!(row["commentaire"], "à ; voir, « été »\tici");
    assert_eq!(row["prenom"], "Angéla");
}

#[actix_web::test]
async fn headers_are_our_names_grist_ids_or_labels() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let table = people("01", 2);
    import(&caller, CSV, table.csv(','), &[]).await;
    for headers in [
        "Nom_du_professionnel,Prenom_du_professionnel,Adresse_e_mail,Choix_de_la_formation,Nom_de_la_structure,Type_de_structure,Numero_Siret,Code_postal,Ville",
        "Nom du professionnel,Prénom du professionnel,Adresse e-mail,Choix de la formation,Nom de la structure,Type de structure,Numéro Siret,Code postal,VILLE",
    ] {
        let headers = headers.split(',').map(str::to_owned).collect();
        let renamed = Table { headers, rows: table.rows.clone() }.with("Météo", "beau");
        let renamed = renamed.set(0, "Météo", "pluie");
        let view = import(&caller, CSV, renamed.csv(';'), &[]).await;
        assert_eq!(counters(&view), [0, 0, 2, 0], "{view}");
        assert_eq!(view["colonnes_inconnues"], json!(["Météo"]));
    }
}

#[actix_web::test]
async fn only_the_columns_of_the_file_change() {
    let app = TestApp::new().await;
    let caller = app.anct();
    import(&caller, CSV, people("01", 2).with("profession", "Secrétaire").csv(','), &[]).await;
    let view = import(&caller, CSV, people("01", 2).with("cohorte", "Printemps").csv(','), &[]).await;
    assert_eq!(counters(&view), [0, 2, 0, 0]);
    let row = &fields(&caller, "profession,cohorte").await[0];
    assert_eq!((&row["profession"], &row["cohorte"]), (&json!("Secrétaire"), &json!("Printemps")));
    assert_eq!(row["version"], 2);
    let history = caller.get(&format!("/demandes/{}/historique", row["id"].as_str().unwrap())).send().await.ok(200);
    assert_eq!(history["items"][0]["action"], "demande.importee");
    assert_eq!(history["items"][0]["changements"][0]["apres"], "Printemps");
}

#[actix_web::test]
async fn a_line_with_an_id_changes_that_demande_only() {
    let app = TestApp::new().await;
    let (ours, theirs) = (app.envelope("01"), app.envelope("02"));
    let caller = recipiendaire(&app, &[&ours]);
    import(&caller, CSV, people("01", 1).csv(','), &[]).await;
    import(&recipiendaire(&app, &[&theirs]), CSV, people("02", 1).csv(','), &[]).await;
    let id = fields(&caller, "nom").await[0]["id"].as_str().unwrap().to_owned();
    let foreign = app.texts(&format!("SELECT id AS v FROM demande WHERE enveloppe_id = '{theirs}'")).remove(0);
    let file = format!("id,cohorte\n{id},Une\n{foreign},Deux\nnimporte,Trois\n{id},Quatre\n");
    let view = import(&caller, CSV, file.clone(), &[]).await;
    assert_eq!(counters(&view), [0, 1, 0, 3]);
    let report = lines(&caller, &view).await;
    let change = json!({"colonne": "cohorte", "avant": "", "apres": "Une"});
    assert_eq!(report[0], json!({"ligne": 2, "statut": "modifiee", "id": id, "changements": [change]}));
    assert_eq!(codes(&report[1]), ["demande_introuvable"]);
    assert_eq!(codes(&report[2]), ["demande_introuvable"]);
    assert_eq!(codes(&report[3]), ["ligne_en_double"]);
    assert!(report[3]["erreurs"][0]["message"].as_str().unwrap().contains("ligne 2"));
    assert_eq!(fields(&caller, "cohorte").await[0]["cohorte"], "Une");
    // A file that says which version it was exported at does not overwrite a newer one.
    let stale = import(&caller, CSV, format!("id,version,cohorte\n{id},1,Autre\n"), &[]).await;
    assert_eq!(codes(&lines(&caller, &stale).await[0]), ["version_perimee"]);
}

#[actix_web::test]
async fn refused_cells_are_named_and_come_back_ready_to_be_corrected() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let siret = person("01", 0)[6].clone();
    let table = people("01", 5)
        .with("commentaire", "")
        .set(0, "siret", siret.trim_start_matches('0').get(1..).unwrap())
        .set(1, "code_postal", "1000")
        .set(2, "email", "pas une adresse")
        .set(2, "formation", "poterie")
        .set(3, "commentaire", "=1+1")
        .set(3, "nom", "");
    let view = import(&caller, CSV, table.csv(';'), &[]).await;
    assert_eq!(counters(&view), [1, 0, 0, 4], "{view}");
    let report = lines(&caller, &view).await;
    assert_eq!(codes(&report[0]), ["siret_13_chiffres"]);
    assert_eq!(codes(&report[1]), ["code_postal_4_chiffres"]);
    assert_eq!(report[1]["erreurs"][0]["colonne"], "code_postal");
    assert_eq!(report[1]["erreurs"][0]["valeur"], "1000");
    let both: Vec<&str> =
        report[2]["erreurs"].as_array().unwrap().iter().map(|e| e["colonne"].as_str().unwrap()).collect();
    assert_eq!(both.len(), 2, "{}", report[2]);
    assert!(both.contains(&"email") && both.contains(&"formation"));
    let file = rejects(&caller, &view).await;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(headers, [table.headers.clone(), vec!["erreur".to_owned()]].concat());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[1][10].starts_with("code_postal : "), "{:?}", rows[1]);
    assert_eq!(rows[3][9], "'=1+1", "a formula must sleep");
    // Corrected and sent again, as it is.
    for (row, n) in rows.iter_mut().zip(0..) {
        let comment = row[9].clone();
        *row = [person("01", n), vec![comment, "encore".to_owned()]].concat();
    }
    let corrected = Table { headers, rows };
    let view = import(&caller, CSV, corrected.csv(';'), &[]).await;
    assert_eq!(counters(&view), [4, 0, 0, 0], "{:?}", lines(&caller, &view).await);
    assert_eq!(app.texts("SELECT commentaire AS v FROM demande WHERE commentaire <> ''"), ["=1+1"]);
}

#[actix_web::test]
async fn ndjson_lines_are_judged_one_by_one() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let good = people("01", 2).ndjson();
    let number: u64 = person("01", 2)[6].parse().unwrap();
    let mut typed: Value = serde_json::from_str(people("01", 3).ndjson().lines().nth(2).unwrap()).unwrap();
    typed["siret"] = json!(number);
    typed["conseiller_numerique"] = json!(false);
    typed["date_demande"] = json!(1_767_225_600);
    let bad = "{\"nom\": [\"a\"]}\n[1]\n{\"nom\": \"a\", \"nom\": \"b\"}\n{oups\n{\"nom\": \"a\\u0000b\"}\n";
    let view = import(&caller, NDJSON, format!("{good}\n{bad}{typed}"), &[]).await;
    let report = lines(&caller, &view).await;
    assert_eq!(counters(&view), [3, 0, 0, 5], "{report:?}");
    let found: Vec<&str> = report[2..7].iter().map(|line| codes(line)[0]).collect();
    assert_eq!(found, ["type_inattendu", "objet_attendu", "champ_en_double", "json_invalide", "caractere_nul"]);
    // The empty line counts in the numbers, as in a text editor.
    assert_eq!(report[2]["ligne"], 4);
    let rejected = rejects(&caller, &view).await;
    let first: Value = serde_json::from_str(rejected.lines().next().unwrap()).unwrap();
    assert_eq!(first["nom"], json!(["a"]));
    assert!(first["erreur"].as_str().unwrap().starts_with("nom : "));
    let dates = app.texts("SELECT date_demande AS v FROM demande WHERE conseiller_numerique = 'non'");
    assert_eq!(dates, ["2026-01-01"]);
}

#[actix_web::test]
async fn a_line_that_repeats_another_is_refused_and_names_it() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let mut table = people("01", 3);
    table.rows.push(table.rows[1].clone());
    let view = import(&caller, CSV, table.csv(','), &[]).await;
    assert_eq!(counters(&view), [3, 0, 0, 1]);
    let report = lines(&caller, &view).await;
    assert_eq!(codes(&report[3]), ["ligne_en_double"]);
    assert!(report[3]["erreurs"][0]["message"].as_str().unwrap().contains("ligne 3"));
}

#[actix_web::test]
async fn decisions_are_taken_by_anct_and_declared_by_others() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let table = people("01", 1).with("Validation_du_financement", "true").with("Test_PIX_Passe", "oui");
    let caller = recipiendaire(&app, &[&envelope]);
    let view = import(&caller, CSV, table.csv(','), &[]).await;
    let report = lines(&caller, &view).await;
    assert_eq!(report[0]["avertissements"][0]["code"], "decision_declaree");
    let id = report[0]["id"].as_str().unwrap();
    let detail = caller.get(&format!("/demandes/{id}")).send().await.ok(200);
    assert_eq!(detail["declare"], json!({"decision_financement": "accorde", "pix_passe": "oui"}));
    assert_eq!(detail["decision_financement"], "");
    assert_eq!(detail["etape"], "recue");
    let national = app.anct();
    let view = import(&national, CSV, table.csv(','), &[]).await;
    assert_eq!(counters(&view), [0, 1, 0, 0]);
    let detail = national.get(&format!("/demandes/{id}")).send().await.ok(200);
    assert_eq!(detail["decision_financement"], "accorde");
    assert_eq!(detail["etape"], "financement_accorde");
    // What was decided since is no longer only declared.
    let view = import(&caller, CSV, table.csv(','), &[]).await;
    assert_eq!(lines(&caller, &view).await[0].get("avertissements"), None);
}

#[actix_web::test]
async fn the_envelope_is_the_one_asked_for_or_the_only_one_that_fits() {
    let app = TestApp::new().await;
    let (one, two) = (app.envelope("01"), app.envelope("02"));
    let both = app.token_on(Role::Recipiendaire, &SCOPES, &[&one, &two]);
    let mut table = people("01", 1);
    table.rows.push(person("02", 1));
    table.rows.push(person("75", 2));
    let view = import(&both, CSV, table.csv(','), &[]).await;
    let report = lines(&both, &view).await;
    assert_eq!(counters(&view), [2, 0, 0, 1], "{report:?}");
    assert_eq!(codes(&report[2]), ["enveloppe_a_preciser"]);
    let view = import(&both, CSV, table.csv(','), &[("enveloppe_id", &two)]).await;
    assert_eq!(counters(&view), [1, 0, 2, 0]);
    let placed = app.texts("SELECT enveloppe_id AS v FROM demande ORDER BY rang");
    assert_eq!(placed, [one.clone(), two.clone(), two.clone()]);
    let foreign = app.envelope("03");
    send(&both, CSV, table.csv(','), &[("enveloppe_id", &foreign)]).await.refuses(
        422,
        "champs-invalides",
        "/enveloppe_id",
    );
    // The national team may leave a demande to wait.
    let view = import(&app.anct(), CSV, people("69", 1).csv(','), &[]).await;
    assert_eq!(counters(&view), [1, 0, 0, 0]);
}

#[actix_web::test]
async fn a_rehearsal_says_what_the_import_does_and_writes_nothing() {
    let app = TestApp::new().await;
    let caller = app.anct();
    import(&caller, CSV, people("01", 2).csv(','), &[]).await;
    let before = (app.rows("demande"), app.rows("personne"), app.rows("structure"));
    let table = people("01", 4).with("cohorte", "").set(0, "cohorte", "Une").set(3, "siret", "12").csv(',');
    let rehearsal = import(&caller, CSV, table.clone(), &[("dry_run", "true")]).await;
    assert_eq!(rehearsal["dry_run"], true);
    assert_eq!((app.rows("demande"), app.rows("personne"), app.rows("structure")), before);
    let real = import(&caller, CSV, table, &[("dry_run", "false")]).await;
    assert_eq!(counters(&rehearsal), [1, 1, 1, 1]);
    assert_eq!(counters(&rehearsal), counters(&real));
    assert_eq!(rejects(&caller, &rehearsal).await, rejects(&caller, &real).await);
    let strip = |mut lines: Vec<Value>| {
        for line in &mut lines {
            if line["statut"] == "creee" {
                line.as_object_mut().unwrap().remove("id");
            }
        }
        lines
    };
    assert_eq!(strip(lines(&caller, &rehearsal).await), strip(lines(&caller, &real).await));
}
