//! Filters: every operator on every kind of column, and 300 drawn ones against the meaning given by the domain.

use domain::demande::colonne::TypeColonne;
use domain::demande::{Colonne, Filtre, Ligne, Operateur, Tri};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::demandes_pages::{cell, compared, varied};
use crate::support::{Caller, TestApp, query};

/// The stored rows, read one by one: what the domain applies the filter to.
async fn stored(app: &TestApp, ids: &[String]) -> Vec<(String, Ligne)> {
    let ids = ids.to_vec();
    let rows = app.db().read_blocking(|conn| api::areas::demande::queries::find_all(conn, &ids)).unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.rank, row.id, row.line)).collect();
    rows.sort_by_key(|(rank, _, _)| *rank);
    rows.into_iter().map(|(_, id, line)| (id, line)).collect()
}

/// The rows in the order of a sort: empty first keys last, rank in the direction of the first key.
fn sorted(rows: &[(String, Ligne)], sort: &Tri) -> Vec<String> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| {
        let of = |place: &usize, column: Colonne| compared(column, rows[*place].1.get(column));
        for (rank, key) in sort.cles().iter().enumerate() {
            let (x, y) = (of(a, key.colonne), of(b, key.colonne));
            if rank == 0 && x.is_empty() != y.is_empty() {
                return x.is_empty().cmp(&y.is_empty());
            }
            let order = if key.descendant { y.cmp(&x) } else { x.cmp(&y) };
            if order.is_ne() {
                return order;
            }
        }
        if sort.cles()[0].descendant { b.cmp(a) } else { a.cmp(b) }
    });
    order.into_iter().map(|place| rows[place].0.clone()).collect()
}

async fn answered(caller: &Caller<'_>, filter: &str, sort: &str) -> (Vec<String>, u64) {
    let parameters = [("filter", filter), ("sort", sort), ("limit", "1000"), ("fields", "nom"), ("total", "true")];
    let answer = caller.get(&query("/demandes", &parameters)).send().await;
    assert_eq!(answer.status, 200, "{filter} / {sort}: {}", answer.text());
    let page = answer.json();
    let ids = page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned());
    (ids.collect(), page["total"].as_u64().unwrap())
}

async fn assert_same(caller: &Caller<'_>, rows: &[(String, Ligne)], filter: &str, sort: &str) -> usize {
    let tree = Filtre::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error}"));
    let order = Tri::parse(sort).unwrap();
    let kept: Vec<(String, Ligne)> = rows.iter().filter(|(_, line)| tree.accepte(line)).cloned().collect();
    let expected = sorted(&kept, &order);
    let (found, total) = answered(caller, filter, sort).await;
    assert_eq!(found, expected, "filter « {filter} », sort « {sort} »");
    assert_eq!(total, expected.len() as u64, "{filter}");
    expected.len()
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn condition(column: Colonne, operator: Operateur, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let values = if operator == Operateur::In { format!("({})", values.join(", ")) } else { values.join("") };
    format!("{} {} {values}", column.nom(), operator.as_str())
}

/// Values that a column takes in a filter, some of which are in the rows.
fn values(column: Colonne, rows: &[(String, Ligne)], draw: &mut StdRng) -> String {
    let here = rows[draw.random_range(0..rows.len())].1.get(column).to_owned();
    let other = cell(column, draw.random_range(0..100)).unwrap_or_default();
    let value = if draw.random_bool(0.6) { here } else { other };
    let value = if column.genre() == TypeColonne::Texte && draw.random_bool(0.3) {
        value.chars().take(2).collect()
    } else {
        value
    };
    let fallback = match column.genre() {
        TypeColonne::Date => "2026-02-11".to_owned(),
        TypeColonne::Choix | TypeColonne::OuiNon => column.codes()[0].to_owned(),
        TypeColonne::Texte => "élan".to_owned(),
        TypeColonne::Code => "01".to_owned(),
    };
    let usable = Filtre::condition(column, Operateur::Eq, vec![value.clone()]).is_ok();
    if usable { value } else { fallback }
}

fn takes(column: Colonne, operator: Operateur, value: &str) -> bool {
    let values = if matches!(operator, Operateur::Empty | Operateur::Filled) { vec![] } else { vec![value.to_owned()] };
    Filtre::condition(column, operator, values).is_ok()
}

#[actix_web::test]
async fn every_operator_means_the_same_on_every_column_as_in_the_domain() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert(varied(60, &envelope));
    let rows = stored(&app, &ids).await;
    let caller = app.anct();
    let mut draw = StdRng::seed_from_u64(7);
    let (mut tried, mut useful) = (0, 0);
    for column in Colonne::ALL.iter().copied() {
        for operator in Operateur::ALL.iter().copied() {
            let value = values(column, &rows, &mut draw);
            if !takes(column, operator, &value) {
                continue;
            }
            let other = values(column, &rows, &mut draw);
            let given = match operator {
                Operateur::Empty | Operateur::Filled => vec![],
                Operateur::In => vec![value, other],
                _ => vec![value],
            };
            let kept = assert_same(&caller, &rows, &condition(column, operator, &given), "nom").await;
            tried += 1;
            useful += usize::from(kept > 0 && kept < rows.len());
        }
    }
    assert!(tried > 250 && useful > 120, "{tried} conditions, {useful} of which keep a part of the rows");
}

#[actix_web::test]
async fn an_operator_that_a_column_does_not_take_is_refused() {
    let app = TestApp::new().await;
    let caller = app.anct();
    for filter in ["etape contains rec", "verdict lt ok", "date_demande starts 2026", "pix_passe gt oui", "nom eq"] {
        let answer = caller.get(&query("/demandes", &[("filter", filter)])).send().await;
        answer.refuses(400, "parametre-invalide", "filter");
    }
}

fn drawn(rows: &[(String, Ligne)], draw: &mut StdRng, depth: usize) -> String {
    if depth > 0 && draw.random_bool(0.6) {
        let glue = if draw.random_bool(0.5) { " and " } else { " or " };
        let parts: Vec<String> =
            (0..draw.random_range(2..4)).map(|_| format!("({})", drawn(rows, draw, depth - 1))).collect();
        return parts.join(glue);
    }
    // Nested without end they would be refused.
    if depth > 0 && draw.random_bool(0.3) {
        return format!("not ({})", drawn(rows, draw, depth - 1));
    }
    loop {
        let column = Colonne::ALL[draw.random_range(0..Colonne::ALL.len())];
        let operator = Operateur::ALL[draw.random_range(0..Operateur::ALL.len())];
        let value = values(column, rows, draw);
        if takes(column, operator, &value) {
            let count = match operator {
                Operateur::Empty | Operateur::Filled => 0,
                Operateur::In => draw.random_range(1..4),
                _ => 1,
            };
            let mut given: Vec<String> = (1..count).map(|_| values(column, rows, draw)).collect();
            if count > 0 {
                given.push(value);
            }
            return condition(column, operator, &given);
        }
    }
}

fn drawn_sort(draw: &mut StdRng) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for _ in 0..draw.random_range(1..4) {
        let name = Colonne::ALL[draw.random_range(0..Colonne::ALL.len())].nom();
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    let keys = columns.iter().map(|name| format!("{}{name}", if draw.random_bool(0.5) { "-" } else { "" }));
    keys.collect::<Vec<_>>().join(",")
}

/// The seed is printed with the filter, so that a failure can be replayed.
#[actix_web::test]
async fn three_hundred_drawn_filters_and_sorts_agree_with_the_domain() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert(varied(120, &envelope));
    let rows = stored(&app, &ids).await;
    let caller = app.anct();
    let mut draw = StdRng::seed_from_u64(20_260_302);
    let mut useful = 0;
    for _ in 0..300 {
        let filter = drawn(&rows, &mut draw, 2);
        let sort = drawn_sort(&mut draw);
        let kept = assert_same(&caller, &rows, &filter, &sort).await;
        useful += usize::from(kept > 0 && kept < rows.len());
    }
    assert!(useful > 150, "only {useful} filters keep a part of the rows");
}

#[actix_web::test]
async fn a_value_is_never_read_as_sql() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert(varied(10, &envelope));
    let rows = stored(&app, &ids).await;
    let caller = app.anct();
    for value in ["' OR 1=1 --", "\"; DROP TABLE demande; --", "%", "_", "\\", "$1", "{0}", "?", "élan' --"] {
        for operator in [Operateur::Eq, Operateur::Contains, Operateur::Starts] {
            let filter = condition(Colonne::Ville, operator, &[value.to_owned()]);
            if Filtre::parse(&filter).is_ok() {
                assert_same(&caller, &rows, &filter, "nom").await;
            }
        }
        caller.list(&[("q", value)]).await;
    }
    assert_eq!(app.rows("demande"), 10);
}
