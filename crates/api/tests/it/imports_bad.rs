//! Files that cannot be imported: each is refused with what to do, nothing is stored, and the server goes on.

use serde_json::Value;

use crate::imports_files::*;
use crate::support::{Answer, TestApp};

fn refused(app: &TestApp, answer: &Answer, status: u16, code: &str, words: &str) {
    let problem = answer.problem(status, code);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(words), "{detail}");
    assert_eq!((app.rows("import"), app.rows("demande")), (0, 0));
    let left = std::fs::read_dir(app.app.spool()).map(|entries| entries.count()).unwrap_or(0);
    assert_eq!(left, 0, "a file was left behind");
}

#[actix_web::test]
async fn what_the_beginning_shows_is_refused_at_once() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let header = NAMES.join(",");
    let wide = (0..500).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(header.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bad = [
        (CSV, Vec::new(), "vide"),
        (CSV, b"\n\n".to_vec(), "vide"),
        (NDJSON, b"\n \n".to_vec(), "vide"),
        (CSV, format!("{header}\n;;\n\n").replace(';', ",").into_bytes(), "en-têtes"),
        (CSV, format!("{wide}\n1\n").into_bytes(), "500 colonnes"),
        (CSV, b"nom,prenom\na,b\n".to_vec(), "Il manque"),
        (CSV, b"nom,Nom du professionnel,email\na,b,c\n".to_vec(), "même colonne"),
        (CSV, format!("{header}\na,\"b\n").into_bytes(), "ligne 2"),
        (CSV, format!("{header}\na,b\0,c\n").into_bytes(), "ligne 2 contient un caractère nul"),
        (CSV, utf16, "UTF-16"),
        (CSV, people("01", 1).xlsx(), "classeur"),
        (NDJSON, people("01", 1).xlsx(), "classeur"),
        (XLSX, people("01", 1).csv(',').into_bytes(), "classeur lisible"),
        (XLSX, people("01", 1).ods(), "classeur lisible"),
        (ODS, people("01", 1).xlsx(), "classeur lisible"),
        (XLSX, b"PK\x03\x04abc".to_vec(), "classeur lisible"),
        (XLSX, [0xD0, 0xCF, 0x11, 0xE0, 0xA1].to_vec(), "mot de passe"),
        (XLSX, people("01", 0).xlsx(), "en-têtes"),
        (ODS, people("01", 0).ods(), "en-têtes"),
    ];
    for (media, bytes, words) in bad {
        let answer = send(&caller, media, bytes, &[]).await;
        refused(&app, &answer, 422, "fichier-illisible", words);
    }
}

#[actix_web::test]
async fn requests_that_say_something_else_are_refused() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_FICHIER", "1000"), ("PARCOURS_LIMITE_CLASSEUR", "1000")]).await;
    let caller = app.anct();
    let file = people("01", 1).csv(',');
    refused(&app, &send(&caller, "application/json", file.clone(), &[]).await, 415, "type-non-accepte", "CSV");
    let zipped = caller.post("/imports?objet=demandes&dry_run=true").header("content-encoding", "gzip");
    zipped.body("text/csv", file.clone()).send().await.problem(415, "type-non-accepte");
    refused(
        &app,
        &send(&caller, "text/csv; charset=utf-7", file.clone(), &[]).await,
        400,
        "encodage-invalide",
        "UTF-8",
    );
    refused(&app, &send(&caller, CSV, people("01", 40).csv(','), &[]).await, 413, "corps-trop-grand", "dépasse");
    refused(&app, &send(&caller, XLSX, people("01", 40).xlsx(), &[]).await, 413, "corps-trop-grand", "dépasse");
    send(&caller, CSV, file.clone(), &[("dry_run", "peut-etre")]).await.problem(400, "parametre-invalide");
    caller.post("/imports?objet=aidants").body(CSV, file.clone()).send().await.refuses(
        400,
        "parametre-invalide",
        "objet",
    );
    caller.post("/imports").body(CSV, file.clone()).send().await.problem(400, "parametre-invalide");
    app.anonymous().post("/imports?objet=demandes").body(CSV, file).send().await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn sec_49_a_bomb_is_refused_before_it_is_unpacked() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_CLASSEUR_OUVERT", "2000000")]).await;
    let caller = app.anct();
    let zeros = vec![b' '; 3_000_000];
    for media in [XLSX, ODS] {
        let bomb = zipped(&[("content.xml", &zeros), ("xl/workbook.xml", &zeros)]);
        assert!(bomb.len() < 20_000);
        refused(&app, &send(&caller, media, bomb.clone(), &[]).await, 422, "fichier-illisible", "taille acceptée");
        // The same, with a directory that lies about the sizes.
        refused(&app, &send(&caller, media, lying(bomb, 3_000_000), &[]).await, 422, "fichier-illisible", "");
    }
    let many: Vec<(String, &[u8])> = (0..6_000).map(|n| (format!("f{n}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    refused(&app, &send(&caller, XLSX, zipped(&many), &[]).await, 422, "fichier-illisible", "taille acceptée");
    // A few bytes that announce a billion cells.
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"900\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let xml = format!("<office:spreadsheet><table:table>{row}{row}</table:table></office:spreadsheet>");
    let answer = send(&caller, ODS, zipped(&[("content.xml", xml.as_bytes())]), &[]).await;
    answer.problem(422, "fichier-illisible");
    // The server is alive.
    assert_eq!(counters(&import(&caller, CSV, people("01", 1).csv(','), &[]).await), [1, 0, 0, 0]);
}

#[actix_web::test]
async fn a_workbook_that_declares_entities_is_refused_and_none_is_opened() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let file = people("01", 1);
    for (media, workbook) in [(ODS, file.ods()), (XLSX, file.xlsx())] {
        let hostile = with_entity(&workbook, "file:///etc/hostname");
        refused(&app, &send(&caller, media, hostile, &[]).await, 422, "fichier-illisible", "classeur lisible");
    }
    // The same files without it are taken: the entity was the reason.
    for (media, workbook) in [(ODS, file.ods()), (XLSX, file.xlsx())] {
        assert_eq!(counters(&import(&caller, media, workbook, &[("dry_run", "true")]).await), [1, 0, 0, 0]);
    }
}

/// The workbook with an external entity declared at the head of each of its documents, and used in its cells.
fn with_entity(workbook: &[u8], address: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let declared = format!("?><!DOCTYPE d [<!ENTITY e SYSTEM \"{address}\">]>");
    let documents: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|name| {
            let text = std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap();
            let text =
                text.replacen("?>", &declared, 1).replace("</text:p>", "&e;</text:p>").replace("</t>", "&e;</t>");
            (name, text.into_bytes())
        })
        .collect();
    let documents: Vec<(&str, &[u8])> = documents.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    zipped(&documents)
}

/// The zip with the announced size of every entry set to 1.
fn lying(mut zip: Vec<u8>, size: u32) -> Vec<u8> {
    let (real, fake) = (size.to_le_bytes(), 1_u32.to_le_bytes());
    for place in 0..zip.len() - 4 {
        if zip[place..place + 4] == real {
            zip[place..place + 4].copy_from_slice(&fake);
        }
    }
    zip
}

#[actix_web::test]
async fn what_is_found_late_undoes_what_was_written() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let file = format!("{}Dupont,\"Ana\n{}", people("01", 1_500).csv(','), "x".repeat(100));
    let view = import(&caller, CSV, file, &[]).await;
    assert_eq!(view["etat"], "echoue", "{view}");
    assert!(view["erreur"].as_str().unwrap().contains("ligne 1502"), "{view}");
    assert_eq!(app.texts("SELECT id AS v FROM demande WHERE NOT supprimee"), Vec::<String>::new());
}

#[actix_web::test]
async fn lines_that_do_not_fit_are_refused_one_by_one() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let mut file = people("01", 2).csv(',').into_bytes();
    file.extend_from_slice(b"a,b,c,d,e,f,g,h,i,de,trop\n");
    file.extend_from_slice(b"a\xff\xfeb,b,c\n");
    let view = import(&caller, "text/csv; charset=utf-8", file, &[]).await;
    let report: Vec<Value> = lines(&caller, &view).await;
    assert_eq!(counters(&view), [2, 0, 0, 2], "{report:?}");
    assert_eq!(codes(&report[2]), ["trop_de_cellules"]);
    assert_eq!(codes(&report[3]), ["encodage_invalide"]);
}
