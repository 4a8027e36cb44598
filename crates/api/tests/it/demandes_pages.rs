//! Sorting: every column, both ways, empty cells last, and pages that give each row exactly once.

use domain::demande::colonne::TypeColonne;
use domain::demande::{Colonne, Ligne};
use domain::values::plier;
use serde_json::Value;

use crate::support::{TestApp, line, query};

/// Rows with equal, empty, accented and odd cells in every column that may be written.
pub fn varied(n: usize, envelope: &str) -> Vec<Ligne> {
    (0..n)
        .map(|place| {
            let mut line = line("01", place, if place % 5 == 0 { "" } else { envelope });
            for (rank, column) in Colonne::ALL.iter().copied().enumerate() {
                if let Some(value) = cell(column, place * 7 + rank * 3) {
                    line.set(column, value);
                }
            }
            line
        })
        .collect()
}

/// A cell that the database takes; `None` leaves the usual one.
pub fn cell(column: Colonne, draw: usize) -> Option<String> {
    const WORDS: [&str; 14] = [
        "",
        "élan",
        "Elan",
        "ÉLAN",
        "œuvre",
        "Zoé",
        "a b",
        "a-b",
        "ab",
        "100 % sûr",
        "d'Hiver",
        "de l’été",
        "sous_marin",
        "---",
    ];
    let pick = |list: &[&str]| list[draw % list.len()].to_owned();
    match column {
        Colonne::EnveloppeId | Colonne::Siret | Colonne::Etape | Colonne::Verdict | Colonne::Email => None,
        Colonne::Nom | Colonne::Prenom | Colonne::StructureNom => Some(pick(&WORDS[1..13])),
        Colonne::DateDemande => Some(format!("2026-0{}-1{}", 1 + draw % 3, draw % 4)),
        Colonne::DateSession => {
            Some(if draw.is_multiple_of(3) { String::new() } else { format!("2026-05-0{}", 1 + draw % 6) })
        }
        Colonne::Formation | Colonne::Financement | Colonne::Source => Some(pick(&column.codes())),
        _ => match column.genre() {
            TypeColonne::Texte => Some(pick(&WORDS)),
            TypeColonne::Code => Some(pick(&["", "01", "1", "10", "2A", "zz", "Z", "a@b.example"])),
            _ => {
                let codes = column.codes();
                Some(if draw.is_multiple_of(4) { String::new() } else { pick(&codes) })
            }
        },
    }
}

/// The cell as it is compared.
pub fn compared(column: Colonne, text: &str) -> String {
    let folded = if column.genre() == TypeColonne::Texte { plier(text) } else { text.to_owned() };
    if folded.is_empty() { text.to_owned() } else { folded }
}

fn cells<'a>(page: &'a Value, column: &str) -> Vec<(&'a str, &'a str)> {
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|row| (row["id"].as_str().unwrap(), row[column].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn every_column_sorts_both_ways_with_empty_cells_last_and_pages_that_miss_nothing() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert(varied(60, &envelope));
    let caller = app.anct();
    for column in Colonne::ALL.iter().copied() {
        for descending in [false, true] {
            let sort = format!("{}{}", if descending { "-" } else { "" }, column.nom());
            let whole = caller.list(&[("sort", &sort), ("limit", "1000"), ("fields", column.nom())]).await;
            let rows = cells(&whole, column.nom());
            assert_eq!(rows.len(), 60, "{sort}");
            let filled: Vec<String> =
                rows.iter().map(|(_, text)| compared(column, text)).take_while(|text| !text.is_empty()).collect();
            assert!(rows[filled.len()..].iter().all(|(_, text)| text.is_empty()), "{sort}: empty cells last");
            let ordered =
                filled.windows(2).all(|pair| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] });
            assert!(ordered, "{sort}: {filled:?}");
            for limit in ["7", "20"] {
                let paged = walk(&caller, &sort, limit).await;
                let expected: Vec<&str> = rows.iter().map(|(id, _)| *id).collect();
                assert_eq!(paged, expected, "{sort} by {limit}");
            }
        }
    }
    assert_eq!(ids.len(), 60);
}

async fn walk(caller: &crate::support::Caller<'_>, sort: &str, limit: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = caller.list(&[("sort", sort), ("limit", limit), ("cursor", &cursor), ("fields", "id")]).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return seen,
        }
        assert!(seen.len() <= 200, "pages go round in circles");
    }
}

#[actix_web::test]
async fn rows_added_while_paging_neither_repeat_nor_hide_the_others() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert((0..20).map(|place| line("01", place, &envelope)).collect());
    let caller = app.anct();
    let first = caller.list(&[("sort", "nom"), ("limit", "10"), ("fields", "nom")]).await;
    let mut before = line("01", 100, &envelope);
    before.set(Colonne::Nom, "Aaa");
    let mut after = line("01", 101, &envelope);
    after.set(Colonne::Nom, "Zzz");
    app.insert(vec![before, after]);
    let cursor = first["next"].as_str().unwrap();
    let second = caller.list(&[("sort", "nom"), ("limit", "1000"), ("fields", "nom"), ("cursor", cursor)]).await;
    let names = |page: &Value| cells(page, "nom").iter().map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>();
    let mut all = names(&first);
    all.extend(names(&second));
    let mut expected: Vec<String> = (0..20).map(crate::support::last_name).collect();
    expected.push("Zzz".to_owned());
    assert_eq!(all, expected);
}

#[actix_web::test]
async fn several_columns_sort_in_turn_each_in_its_direction() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert(varied(60, &envelope));
    let caller = app.anct();
    for sort in ["profession,-date_demande,nom", "-presence,ville,-code_postal", "cohorte,-cohorte_absente"] {
        let address = query("/demandes", &[("sort", sort), ("limit", "1000")]);
        let answer = caller.get(&address).send().await;
        if sort.contains("absente") {
            answer.refuses(400, "parametre-invalide", "sort");
            continue;
        }
        let page = answer.ok(200);
        let keys: Vec<(Colonne, bool)> = sort
            .split(',')
            .map(|key| (Colonne::parse(key.trim_start_matches('-')).unwrap(), key.starts_with('-')))
            .collect();
        let rows = page["items"].as_array().unwrap();
        for pair in rows.windows(2) {
            let order = keys.iter().enumerate().find_map(|(rank, (column, descending))| {
                let [a, b] = [0, 1].map(|side| compared(*column, pair[side][column.nom()].as_str().unwrap()));
                let order = match (rank, a.is_empty(), b.is_empty()) {
                    (0, true, false) => return Some(std::cmp::Ordering::Greater),
                    (0, false, true) => return Some(std::cmp::Ordering::Less),
                    _ => a.cmp(&b),
                };
                let order = if *descending { order.reverse() } else { order };
                order.is_ne().then_some(order)
            });
            assert_ne!(order, Some(std::cmp::Ordering::Greater), "{sort}: {} then {}", pair[0], pair[1]);
        }
        assert_eq!(walk(&caller, sort, "9").await.len(), 60);
    }
}
