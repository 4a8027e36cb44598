//! The page of `cargo xtask bench grille`: the table of the product over rows held in memory, and the operations of the
//! js-framework-benchmark as buttons; or a table of 100,000 rows and 60 columns, to be scrolled. Never part of the site.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use web::grid::store::LocalFuture;
use web::grid::{Cell, Column, Grid, GridStore, Loader, Marks, Row, Rows, Tone};

/// Rows of the operations that create some.
const ROWS: usize = 1_000;
/// Columns of a row.
const COLUMNS: usize = 13;
/// Rows and columns of the large table.
const LARGE: (usize, usize) = (100_000, 60);
/// Rows between two cursors, as the product's pages.
const STEP: usize = 200;

/// The rows in memory, and the number of the next one.
type Known = StoredValue<(Vec<Arc<Row>>, usize)>;

fn main() {
    let asked = window().location().search().unwrap_or_default();
    web::browser::clear_shell();
    match asked.as_str() {
        "?large" => leptos::mount::mount_to_body(large),
        // Only what is in sight is drawn, as in the product.
        "?virtuel" => leptos::mount::mount_to_body(|| page(false)),
        _ => leptos::mount::mount_to_body(|| page(true)),
    }
}

/// A table made as it is read: two columns stay in sight, one out of five shows badges.
fn large() -> impl IntoView {
    let store = GridStore::default();
    let column = |col| Column { sticky: col < 2, ..Column::read_only(&format!("Colonne {col}"), 100) };
    let columns = (0..LARGE.1).map(column).collect::<Vec<_>>();
    store.load(loader(|| LARGE.0, |from, count| (from..from + count).map(large_row).collect()), ids(&columns), true);
    let (columns, current) = (RwSignal::new(columns), RwSignal::new(None::<String>));
    let on_open = Callback::new(move |key| current.set(Some(key)));
    view! { <Grid id="grille" label="Mesures" store columns current on_open /> }
}

fn large_row(number: usize) -> Arc<Row> {
    let cell = |col| match col % 5 {
        4 => Cell::Badge(
            if number.is_multiple_of(2) { Tone::Success } else { Tone::Warning },
            format!("Valeur {}", number % 7),
        ),
        _ => Cell::Text(format!("Valeur {number}, {col}")),
    };
    Arc::new(Row { key: number.to_string(), version: 1, cells: (0..LARGE.1).map(cell).collect(), values: Vec::new() })
}

fn ids(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|column| column.id.clone()).collect()
}

fn page(whole: bool) -> impl IntoView {
    let known: Known = StoredValue::new((Vec::new(), 1));
    let store = GridStore::default();
    let current = RwSignal::new(None::<String>);
    let columns = (0..COLUMNS).map(|col| Column::read_only(&format!("Colonne {col}"), 100)).collect::<Vec<_>>();
    let total = move || known.with_value(|(rows, _)| rows.len());
    let read = move |from, count| known.with_value(|(rows, _)| rows.iter().skip(from).take(count).cloned().collect());
    store.load(loader(total, read), ids(&columns), true);
    let columns = RwSignal::new(columns);
    let refreshed = move |change: fn(&mut Vec<Arc<Row>>)| {
        known.update_value(|(rows, _)| change(rows));
        store.refresh();
    };
    view! {
        <p>
            <button id="creer" on:click=move |_| { known.update_value(replace); store.start(); }>"creer"</button>
            <button id="ajouter" on:click=move |_| { known.update_value(append); store.refresh(); }>"ajouter"</button>
            <button id="modifier" on:click=move |_| change_every_tenth(known, store)>"modifier"</button>
            <button id="choisir" on:click=move |_| current.set(key_of(known, 5))>"choisir"</button>
            <button id="echanger" on:click=move |_| refreshed(|rows| if rows.len() > 998 { rows.swap(1, 998) })>"echanger"</button>
            <button id="retirer" on:click=move |_| refreshed(|rows| drop(rows.remove(5)))>"retirer"</button>
            <button id="vider" on:click=move |_| { known.update_value(|(rows, _)| rows.clear()); store.start(); }>"vider"</button>
        </p>
        <Grid id="grille" label="Mesures" store columns current on_open=Callback::new(move |key| current.set(Some(key))) whole />
    }
}

fn loader(
    total: impl Fn() -> usize + Send + Sync + 'static,
    read: impl Fn(usize, usize) -> Vec<Arc<Row>> + Send + Sync + 'static,
) -> Loader {
    let marks = move || -> LocalFuture<_> {
        let total = total();
        let cursors = (1..total.div_ceil(STEP)).map(|page| (page * STEP).to_string()).collect();
        Box::pin(async move { Ok(Marks { total, step: STEP, cursors, sections: Vec::new() }) })
    };
    let page = move |request: web::grid::pages::Request| -> LocalFuture<_> {
        let rows = read(request.page * request.limit, request.limit);
        Box::pin(async move { Ok(Rows { rows }) })
    };
    Loader { marks: Arc::new(marks), page: Arc::new(page) }
}

/// A row of columns of these names. `text` is written over, then copied: the formatting machinery would be measured more than the table.
fn row(number: usize, columns: &[String], text: &mut String) -> Arc<Row> {
    let key = number.to_string();
    text.clear();
    text.extend(["Valeur ", &key, " de la colonne "]);
    let begins = text.len();
    let cell = |column: &String| {
        text.truncate(begins);
        text.push_str(column);
        Cell::Text(text.clone())
    };
    let cells = columns.iter().map(cell).collect();
    Arc::new(Row { key, version: 1, cells, values: Vec::new() })
}

fn append((rows, next): &mut (Vec<Arc<Row>>, usize)) {
    let columns: Vec<String> = (0..COLUMNS).map(|col| col.to_string()).collect();
    let mut text = String::new();
    rows.extend((*next..*next + ROWS).map(|number| row(number, &columns, &mut text)));
    *next += ROWS;
}

fn replace(known: &mut (Vec<Arc<Row>>, usize)) {
    known.0.clear();
    append(known);
}

fn change_every_tenth(known: Known, store: GridStore) {
    let now = |row: &Row| {
        let mut row = row.clone();
        if let Some(Cell::Text(text)) = row.cells.get_mut(1) {
            text.push_str(" !!!");
        }
        row
    };
    known.with_value(|(rows, _)| {
        let keys: HashSet<&str> = rows.iter().step_by(10).map(|row| &*row.key).collect();
        store.change_rows(|row, _columns| keys.contains(&*row.key).then(|| now(row)));
    });
}

fn key_of(known: Known, place: usize) -> Option<String> {
    known.with_value(|(rows, _)| rows.get(place).map(|row| row.key.clone()))
}
