//! The report of a convention as PDF/UA-1. What people wrote reaches the typesetter as data, never as its markup.

use std::sync::LazyLock;

use domain::enveloppe::EnveloppeReglages;
use domain::pilotage::{Cellule, TableauDeBord, sections};
use domain::text::{fr_enveloppe, fr_pilotage as text};
use serde_json::{Value, json};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::error::AppError;

/// The report, in the language of the typesetter: it reads `donnees.json` and nothing else.
const TEMPLATE: &str = include_str!("rapport.typ");
/// The only file that the template may read.
const DATA: &str = "donnees.json";
/// Free fonts, embedded (data/fonts).
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../../../data/fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../../../../../data/fonts/LibertinusSerif-Bold.otf"),
];

/// What every report shares.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

static SHARED: LazyLock<Result<Shared, String>> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().filter_map(|font| Font::new(Bytes::new(*font), 0)).collect();
    let path = |name| VirtualPath::new(name).map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
    let place = |name| path(name).map_err(|error| format!("{error:?}"));
    Ok(Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        template: Source::new(place("rapport.typ")?, TEMPLATE.to_owned()),
        data: place(DATA)?,
        fonts,
    })
});

/// One report: the shared parts and its data. It has no clock, no network and no disk.
struct Report {
    shared: &'static Shared,
    data: Bytes,
}

impl World for Report {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.shared.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.shared.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// What is wrong with the template: never with the data.
fn broken<'a>(found: impl IntoIterator<Item = &'a SourceDiagnostic>) -> AppError {
    let said: Vec<&str> = found.into_iter().map(|one| one.message.as_str()).collect();
    AppError::Internal(format!("typst: {}", said.join("; ")))
}

fn cell(cell: &Cellule) -> String {
    match cell {
        Cellule::Texte(words) => words.clone(),
        Cellule::Nombre(number) => text::nombre(*number),
        Cellule::Euros(cents) => fr_enveloppe::euros(*cents),
        Cellule::Jours(Some(days)) => text::jours(*days),
        Cellule::Jours(None) => text::NON_MESURE.to_owned(),
    }
}

/// What the template reads: words, all of them.
fn data(dashboard: &TableauDeBord, settings: &EnveloppeReglages, identity: &[(&'static str, String)]) -> Value {
    let tables = sections(dashboard).into_iter().map(|section| {
        let rows: Vec<Vec<String>> = section.lignes.iter().map(|row| row.iter().map(cell).collect()).collect();
        let is_words = |cell: &&Cellule| matches!(cell, Cellule::Texte(_));
        let words = section.lignes.first().map_or(0, |row| row.iter().take_while(is_words).count());
        json!({ "titre": section.titre, "entetes": section.entetes, "lignes": rows, "mots": words })
    });
    json!({
        "titre": format!("{} : {}", text::RAPPORT, dashboard.titre),
        "auteur": settings.recipiendaire,
        "identite": { "titre": text::IDENTITE, "entetes": [text::MESURE, text::VALEUR], "lignes": identity, "mots": 2 },
        "tables": tables.collect::<Vec<_>>(),
        "note": text::NOTE,
        "page": text::PAGE,
    })
}

/// Typesets the report: some milliseconds of a processor, for a thread that may block.
pub fn write(
    dashboard: &TableauDeBord,
    settings: &EnveloppeReglages,
    identity: &[(&'static str, String)],
) -> Result<Vec<u8>, AppError> {
    let shared = SHARED.as_ref().map_err(|error| AppError::Internal(error.clone()))?;
    let data = data(dashboard, settings, identity).to_string();
    let report = Report { shared, data: Bytes::from_string(data) };
    let document: PagedDocument = typst::compile(&report).output.map_err(|found| broken(&found))?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| AppError::Internal(format!("{error:?}")))?;
    let options = PdfOptions { standards, creator: Smart::Custom(None), ..PdfOptions::default() };
    let written = typst_pdf::pdf(&document, &options).map_err(|found| broken(&found));
    // What the typesetter remembers of past reports serves no other.
    comemo::evict(0);
    written
}
