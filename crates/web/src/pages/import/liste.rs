//! One's imports, in the same table as the demandes: columns, rows, a loader, and nothing else.

use std::sync::Arc;

use domain::import::{EtatImport, ImportVue};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::imports;
use crate::grid::pages::PAGE_SIZE;
use crate::grid::{Cell, Column, Grid, GridStore, Loader, Marks, Row, Rows, Tone, help};
use crate::routes::Route;
use crate::text::{grille, tableau as texte};
use crate::ui::dynamic::failure;
use crate::ui::plain::{element, heading, paragraph};

/// A column: label, width in tenths of `rem`, cell.
type Colonne = (&'static str, u32, fn(&ImportVue) -> Cell);

const COLONNES: [Colonne; 7] = [
    (texte::RECU_LE, 150, |un| Cell::Text(texte::instant(&un.cree_le))),
    (texte::ETAT_IMPORT, 130, |un| Cell::Badge(ton(un), texte::etat_court(un.etat, un.dry_run).to_owned())),
    (texte::FORMAT, 80, |un| Cell::Text(un.format.to_ascii_uppercase())),
    (texte::LIGNES, 90, |un| Cell::Text(texte::milliers(un.lignes))),
    (texte::AJOUTEES, 90, |un| Cell::Text(texte::milliers(un.creees))),
    (texte::MODIFIEES, 90, |un| Cell::Text(texte::milliers(un.modifiees))),
    (texte::REFUSEES, 90, |un| Cell::Text(texte::milliers(un.rejetees))),
];

const fn ton(import: &ImportVue) -> Tone {
    match (import.etat, import.rejetees) {
        (EtatImport::Echoue, _) => Tone::Error,
        (EtatImport::Termine, 0) => Tone::Success,
        (EtatImport::Termine, _) => Tone::Warning,
        _ => Tone::Neutral,
    }
}

fn ligne(import: &ImportVue) -> Arc<Row> {
    let cells = COLONNES.iter().map(|(_, _, cellule)| cellule(import)).collect();
    Arc::new(Row { key: import.id.clone(), version: 1, cells, values: Vec::new() })
}

fn chargeur() -> Loader {
    let marks = async || {
        let (total, cursors) = imports::reperes(PAGE_SIZE).await?;
        Ok(Marks { total, step: PAGE_SIZE, cursors, sections: Vec::new() })
    };
    let page = async |cursor: Option<String>, limit| {
        let (imports, _) = imports::lister(cursor.as_deref(), limit).await?;
        Ok(Rows { rows: imports.iter().map(ligne).collect() })
    };
    Loader {
        marks: Arc::new(move || Box::pin(marks())),
        page: Arc::new(move |asked| Box::pin(page(asked.cursor, asked.limit))),
    }
}

/// The section of the screen.
pub fn liste() -> AnyView {
    let (store, navigate) = (GridStore::default(), use_navigate());
    let columns: Vec<Column> = COLONNES.iter().map(|(label, width, _)| Column::read_only(label, *width)).collect();
    store.load(chargeur(), columns.iter().map(|column| column.id.clone()).collect(), false);
    let on_open = Callback::new(move |id: String| navigate(&Route::Import(id).path(), NavigateOptions::default()));
    let current = Signal::stored(None::<String>);
    let grille = view! { <Grid id="imports" label=texte::MES_IMPORTS store columns current on_open /> };
    let titre = heading("h2", "fr-h5", texte::MES_IMPORTS);
    let touches = help(&[".import__choix", ".import__liste"], &[grille::RACCOURCIS]);
    let aide = paragraph("", texte::MES_IMPORTS_AIDE);
    let contenu = vec![titre, aide, touches, failure(store.failure(), None), grille.into_any()];
    element("section", "import__liste", None, contenu)
}
