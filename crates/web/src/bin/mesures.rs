//! The page of `cargo xtask bench grille`: the table of the product over rows held in memory, and the operations of the
//! js-framework-benchmark as buttons. Never part of the site.

use std::sync::Arc;

use leptos::prelude::*;
use web::grid::store::LocalFuture;
use web::grid::{Cell, Column, Grid, GridStore, Loader, Marks, Row, Rows};

/// Rows of the operations that create some.
const ROWS: usize = 1_000;
/// Columns of a row.
const COLUMNS: usize = 13;
/// Rows between two cursors, as the product's pages.
const STEP: usize = 200;

/// The rows in memory, and the number of the next one.
type Known = StoredValue<(Vec<Arc<Row>>, usize)>;

fn main() {
    // `?virtuel`: only what is in sight is drawn, as in the product.
    let whole = window().location().search().unwrap_or_default() != "?virtuel";
    web::browser::clear_shell();
    leptos::mount::mount_to_body(move || page(whole));
}

fn page(whole: bool) -> impl IntoView {
    let known: Known = StoredValue::new((Vec::new(), 1));
    let store = GridStore::default();
    let current = RwSignal::new(None::<String>);
    let columns = (0..COLUMNS).map(|col| Column::read_only(&format!("Colonne {col}"), 100)).collect::<Vec<_>>();
    let ids = columns.iter().map(|column| column.id.clone()).collect::<Vec<_>>();
    let columns = RwSignal::new(columns);
    store.load(loader(known), ids, true);
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

fn loader(known: Known) -> Loader {
    let marks = move || -> LocalFuture<_> {
        let total = known.with_value(|(rows, _)| rows.len());
        let cursors = (1..total.div_ceil(STEP)).map(|page| (page * STEP).to_string()).collect();
        Box::pin(async move { Ok(Marks { total, step: STEP, cursors, sections: Vec::new() }) })
    };
    let page = move |request: web::grid::pages::Request| -> LocalFuture<_> {
        let from = request.page * request.limit;
        let rows = known.with_value(|(rows, _)| rows.iter().skip(from).take(request.limit).cloned().collect());
        Box::pin(async move { Ok(Rows { rows }) })
    };
    Loader { marks: Arc::new(marks), page: Arc::new(page) }
}

fn row(number: usize) -> Arc<Row> {
    let cells = (0..COLUMNS).map(|col| Cell::Text(format!("Valeur {number} de la colonne {col}"))).collect();
    Arc::new(Row { key: number.to_string(), version: 1, cells, values: Vec::new() })
}

fn append((rows, next): &mut (Vec<Arc<Row>>, usize)) {
    rows.extend((*next..*next + ROWS).map(row));
    *next += ROWS;
}

fn replace(known: &mut (Vec<Arc<Row>>, usize)) {
    known.0.clear();
    append(known);
}

fn change_every_tenth(known: Known, store: GridStore) {
    let keys = known.with_value(|(rows, _)| rows.iter().step_by(10).map(|row| row.key.clone()).collect::<Vec<_>>());
    for key in keys {
        store.change_row(&key, |row, _columns| {
            if let Some(Cell::Text(text)) = row.cells.get_mut(1) {
                text.push_str(" !!!");
            }
        });
    }
}

fn key_of(known: Known, place: usize) -> Option<String> {
    known.with_value(|(rows, _)| rows.get(place).map(|row| row.key.clone()))
}
