//! `GET /demandes` and its companions: columns, parameters, search, counters, landmarks, number of statements.

use domain::demande::Colonne;
use domain::permission::Role;
use serde_json::Value;

use crate::support::{TestApp, counts, last_name, line, query};

/// An application with `n` plain demandes in an envelope of the Ain.
async fn with_rows(n: usize) -> (TestApp, String) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert((0..n).map(|place| line("01", place, &envelope)).collect());
    (app, envelope)
}

fn names(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|row| row["nom"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn an_empty_table_is_an_empty_page() {
    let app = TestApp::new().await;
    let page = app.anct().list(&[("total", "true")]).await;
    assert_eq!(page, serde_json::json!({ "items": [], "total": 0 }));
}

#[actix_web::test]
async fn a_row_has_every_column_or_those_asked_for() {
    let (app, _) = with_rows(1).await;
    let caller = app.anct();
    let whole = caller.list(&[]).await["items"][0].clone();
    for column in Colonne::ALL {
        assert!(whole[column.nom()].is_string(), "{}", column.nom());
    }
    assert_eq!(whole.as_object().unwrap().len(), Colonne::ALL.len() + 2, "and id, version");
    let some = caller.list(&[("fields", "nom, prenom,id,nom")]).await["items"][0].clone();
    let fields: Vec<&String> = some.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "nom", "prenom", "version"]);
    caller.get("/demandes?fields=nom,chapeau").send().await.refuses(400, "parametre-invalide", "fields");
}

#[actix_web::test]
async fn parameters_are_read_strictly() {
    let (app, _) = with_rows(1).await;
    let caller = app.anct();
    let refused = [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=abc", "limit"),
        ("limit=-1", "limit"),
        ("limit=10&limit=20", "limit"),
        ("total=peut-etre", "total"),
        ("inconnu=1", "inconnu"),
        ("sort=chapeau", "sort"),
        ("sort=nom,-nom", "sort"),
        ("sort=nom,prenom,ville,email", "sort"),
        ("filter=nom", "filter"),
        ("filter=nom%20eq%20%22ouvert", "filter"),
        ("filter=etape%20eq%20nulle", "filter"),
        ("filter=date_demande%20eq%20demain", "filter"),
    ];
    for (text, field) in refused {
        caller.get(&format!("/demandes?{text}")).send().await.refuses(400, "parametre-invalide", field);
    }
    let long = "a".repeat(201);
    caller.get(&query("/demandes", &[("q", &long)])).send().await.refuses(400, "parametre-invalide", "q");
    caller.get("/demandes?q=%00").send().await.problem(400, "parametre-invalide");
    for limit in ["1", "1000"] {
        assert_eq!(names(&caller.list(&[("limit", limit)]).await).len(), 1);
    }
    for path in ["/demandes/compteurs?limit=3", "/demandes/reperes?pas=49", "/demandes/reperes?pas=10001"] {
        caller.get(path).send().await.problem(400, "parametre-invalide");
    }
}

#[actix_web::test]
async fn an_altered_or_foreign_cursor_is_refused() {
    let (app, envelope) = with_rows(5).await;
    let caller = app.anct();
    let first = caller.list(&[("limit", "2"), ("sort", "nom")]).await;
    let cursor = first["next"].as_str().unwrap().to_owned();
    let page = |sort: &'static str, cursor: String, filter: &'static str| {
        caller
            .get(&query("/demandes", &[("limit", "2"), ("sort", sort), ("cursor", &cursor), ("filter", filter)]))
            .send()
    };
    page("nom", cursor.clone(), "").await.ok(200);
    for place in [0, 10, 30, cursor.len() - 1] {
        let mut altered = cursor.clone().into_bytes();
        altered[place] = if altered[place] == b'0' { b'1' } else { b'0' };
        page("nom", String::from_utf8(altered).unwrap(), "").await.problem(400, "curseur-invalide");
    }
    for wrong in [cursor[..cursor.len() - 2].to_owned(), format!("{cursor}00"), "x".to_owned(), "é".repeat(30)] {
        page("nom", wrong, "").await.problem(400, "curseur-invalide");
    }
    page("-nom", cursor.clone(), "").await.problem(400, "curseur-invalide");
    page("nom", cursor.clone(), "nom filled").await.problem(400, "curseur-invalide");
    // The same list, seen by somebody who reaches less.
    let other = app.token_on(Role::Recipiendaire, &["demandes:lire"], &[&envelope]);
    let theirs = query("/demandes", &[("limit", "2"), ("sort", "nom"), ("cursor", &cursor)]);
    other.get(&theirs).send().await.problem(400, "curseur-invalide");
    let id = first["items"][0]["id"].as_str().unwrap();
    caller.get(&format!("/demandes/{id}/historique?cursor={cursor}")).send().await.problem(400, "curseur-invalide");
}

#[actix_web::test]
async fn the_link_of_the_next_page_leads_through_the_whole_list() {
    let (app, _) = with_rows(7).await;
    let caller = app.anct();
    let mut address = query("/demandes", &[("limit", "3"), ("sort", "nom"), ("q", "mairie")]);
    let mut seen = Vec::new();
    loop {
        let answer = caller.get(&address).send().await;
        seen.extend(names(&answer.ok(200)));
        let Some(link) = answer.header("link") else { break };
        let (target, rest) = link.trim_start_matches('<').split_once('>').unwrap();
        assert_eq!(rest, "; rel=\"next\"");
        address = target.strip_prefix("/api/v1").unwrap().to_owned();
    }
    let mut expected: Vec<String> = (0..7).map(last_name).collect();
    expected.sort();
    assert_eq!(seen, expected);
}

#[actix_web::test]
async fn search_ignores_accents_and_case_and_takes_signs_to_the_letter() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let words = [
        ("nom", "Béranger-Œuvrard"),
        ("prenom", "Zoë"),
        ("structure_nom", "Centre social « L'Étoile »"),
        ("ville", "Saint-Étienne"),
        ("email", "pierre_dupond@mairie.example"),
        ("email", "pierrexdupond@mairie.example"),
        ("referent_nom", "N'Guyen"),
        ("structure_nom", "Remise de 100% garantie"),
        ("reference", "PA-7K3M-9Q2D"),
        ("structure_nom", "Le fil \\ la ligne"),
    ];
    let lines = words.iter().enumerate().map(|(place, (column, value))| {
        let mut line = line("01", place, &envelope);
        line.set(Colonne::parse(column).unwrap(), *value);
        line
    });
    let ids = app.insert(lines.collect());
    let caller = app.anct();
    let cases: [(&str, &[usize]); 20] = [
        ("beranger oeuvrard", &[0]),
        ("oeuvrard beranger", &[0]),
        ("garantie remise 100", &[7]),
        ("BÉRANGER", &[0]),
        ("rang", &[0]),
        ("zoe", &[1]),
        ("ZO", &[1]),
        ("l'etoile", &[2]),
        ("saint étienne", &[3]),
        ("pierre_dupond", &[4]),
        ("e_d", &[4]),
        ("_d", &[4]),
        ("xd", &[5]),
        ("n guyen", &[6]),
        ("100%", &[7]),
        ("0%", &[7]),
        ("%", &[7]),
        ("fil \\ la", &[9]),
        ("absent de partout", &[]),
        ("dupond", &[4, 5]),
    ];
    for (words, expected) in cases {
        let page = caller.list(&[("q", words), ("total", "true"), ("fields", "nom")]).await;
        let mut found: Vec<&str> =
            page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        found.sort_unstable();
        let mut wanted: Vec<&str> = expected.iter().map(|place| ids[*place].as_str()).collect();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "« {words} »");
        assert_eq!(page["total"], wanted.len());
    }
    let siret = caller.get(&format!("/demandes/{}", ids[3])).send().await.ok(200)["siret"].as_str().unwrap().to_owned();
    let by_siret = caller.list(&[("q", &siret)]).await;
    assert!(by_siret["items"].as_array().unwrap().iter().any(|row| row["id"] == ids[3].as_str()));
}

#[actix_web::test]
async fn search_follows_changes_deletions_and_restorations() {
    let (app, _) = with_rows(1).await;
    let caller = app.anct();
    let id = caller.list(&[]).await["items"][0]["id"].as_str().unwrap().to_owned();
    let found = async |words: &str| caller.list(&[("q", words), ("total", "true")]).await["total"].as_u64().unwrap();
    assert_eq!((found("nomba").await, found("rebaptis").await), (0, 0));
    assert_eq!(found("noma").await, 1);
    let change = serde_json::json!({ "nom": "Rebaptisée" });
    caller.patch(&format!("/demandes/{id}")).version(1).json(&change).send().await.ok(200);
    assert_eq!((found("rebaptis").await, found("eb").await), (1, 1));
    caller.delete(&format!("/demandes/{id}")).version(2).send().await.ok(204);
    assert_eq!(found("rebaptis").await, 0);
    caller.post(&format!("/demandes/{id}/restaurer")).send().await.ok(200);
    assert_eq!(found("rebaptis").await, 1);
}

#[actix_web::test]
async fn counters_add_up_within_filter_search_and_reach() {
    let (app, envelope) = with_rows(6).await;
    let other = app.envelope("02");
    app.insert(vec![line("02", 20, &other), line("02", 21, "")]);
    app.execute("UPDATE demande SET etape = 'habilitee', verdict = 'ok' WHERE nom IN ('Noma', 'Nomb')").unwrap();
    app.execute("UPDATE demande SET verdict = 'bloquant' WHERE nom = 'Nomc'").unwrap();
    let counted = app.anct().get("/demandes/compteurs").send().await.ok(200);
    assert_eq!(counted["total"], 8);
    assert_eq!(counted["etapes"]["habilitee"], 2);
    assert_eq!(counted["etapes"]["recue"], 6);
    assert_eq!(counted["verdicts"]["bloquant"], 1);
    let sum: u64 = counted["verdicts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(sum, 8);
    let own = app.token_on(Role::Recipiendaire, &["demandes:lire"], &[&envelope]);
    assert_eq!(own.get("/demandes/compteurs").send().await.ok(200)["total"], 6);
    let filtered = query("/demandes/compteurs", &[("filter", "etape eq habilitee"), ("q", "nomb")]);
    assert_eq!(own.get(&filtered).send().await.ok(200)["total"], 1);
}

#[actix_web::test]
async fn landmarks_lead_to_their_rows() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    // 230 rows with a profession, among which equal ones, and 70 without: the landmarks go on from one part to the other.
    let lines = (0..300).map(|place| {
        let mut line = line("01", place, &envelope);
        line.set(Colonne::Profession, if place < 230 { format!("Métier {}", place % 17) } else { String::new() });
        line
    });
    app.insert(lines.collect());
    let caller = app.anct();
    for sort in ["profession", "-profession", "profession,-nom", "-date_demande", "cohorte"] {
        let whole = caller.list(&[("sort", sort), ("limit", "1000"), ("fields", "nom")]).await;
        let order: Vec<&str> =
            whole["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(order.len(), 300);
        for step in [50_usize, 60, 70, 299] {
            let address = query("/demandes/reperes", &[("sort", sort), ("pas", &step.to_string())]);
            let landmarks = caller.get(&address).send().await.ok(200);
            assert_eq!((landmarks["total"].as_u64(), landmarks["pas"].as_u64()), (Some(300), Some(step as u64)));
            let cursors = landmarks["curseurs"].as_array().unwrap();
            let inside: Vec<_> = (1..).map(|i| i * step).take_while(|row| *row <= 300).collect();
            assert_eq!(cursors.len(), inside.len(), "{sort} {step}");
            for (cursor, row) in cursors.iter().zip(inside) {
                let page = caller.list(&[("sort", sort), ("limit", "1"), ("cursor", cursor.as_str().unwrap())]).await;
                let first = page["items"].get(0).map(|row| row["id"].as_str().unwrap());
                assert_eq!(first, order.get(row).copied(), "{sort} {step}: row {row}");
            }
        }
    }
}

#[actix_web::test]
async fn a_page_takes_few_statements_however_many_rows_it_has() {
    let (app, envelope) = with_rows(120).await;
    let caller = app.token_on(Role::Recipiendaire, &["demandes:lire"], &[&envelope]);
    let mut taken = Vec::new();
    // Counts the totals, which then hold as long as nothing changes.
    caller.list(&[("total", "true")]).await;
    caller.list(&[("q", "nom"), ("total", "true")]).await;
    for limit in ["1", "10", "100"] {
        let before = counts(&app.database).statements;
        caller.list(&[("limit", limit), ("sort", "profession,-nom"), ("total", "true")]).await;
        let plain = counts(&app.database).statements - before;
        // A search first looks how rare its words are, for the page and for the total.
        caller.list(&[("limit", limit), ("sort", "profession,-nom"), ("q", "nom"), ("total", "true")]).await;
        taken.push((plain, counts(&app.database).statements - before - plain));
    }
    let few = |(plain, searched): &(usize, usize)| (3..=6).contains(plain) && (3..=8).contains(searched);
    assert!(taken.iter().all(few), "{taken:?}");
    assert!(taken.iter().all(|n| *n == taken[0]), "as many for a hundred rows as for one: {taken:?}");
}

#[actix_web::test]
async fn a_total_that_was_counted_already_follows_every_change() {
    let (app, envelope) = with_rows(30).await;
    let caller = app.token_on(Role::Recipiendaire, &["demandes:lire", "demandes:ecrire"], &[&envelope]);
    let filter = ("filter", "departement filled");
    let all = caller.list(&[filter, ("total", "true"), ("limit", "1")]).await;
    let before = all["total"].as_u64().unwrap();
    assert_eq!(caller.list(&[filter, ("total", "true")]).await["total"].as_u64(), Some(before), "counted once");
    let id = all["items"][0]["id"].as_str().unwrap();
    assert_eq!(caller.delete(&format!("/demandes/{id}")).version(1).send().await.status, 204);
    assert_eq!(caller.list(&[filter, ("total", "true")]).await["total"].as_u64(), Some(before - 1), "after the change");
}

#[actix_web::test]
async fn every_column_sorts_before_another_one() {
    let (app, _) = with_rows(30).await;
    let caller = app.anct();
    for column in domain::demande::Colonne::ALL {
        let second = if column.nom() == "nom" { "prenom" } else { "nom" };
        for sign in ["", "-"] {
            let sort = format!("{sign}{},-{second}", column.nom());
            let page = caller.list(&[("sort", &sort), ("limit", "100")]).await;
            assert_eq!(page["items"].as_array().unwrap().len(), 30, "{sort}");
        }
    }
}
