//! What a batch leaves behind: the report of each line, the rejected lines to correct and send again, and what it takes
//! to undo it.

use std::collections::BTreeMap;

use domain::import::{Cible, ErreurCellule, denneutraliser, neutraliser};
use serde::{Deserialize, Serialize};

use super::prepare::{Layout, Source};
use super::text;

/// Name of the column that rejected lines gain.
const ERROR: &str = "erreur";

/// What was done to a demande, so that it can be undone.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The demande.
    pub id: String,
    /// Its version after.
    pub version: i64,
    /// Its values before; absent when it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avant: Option<BTreeMap<String, String>>,
}

/// Adds a value as a line of NDJSON.
pub fn push_json(text: &mut String, value: &impl Serialize) {
    // These values always serialise; a line that did not would only be missing from the report.
    if let Ok(line) = serde_json::to_string(value) {
        text.push_str(&line);
        text.push('\n');
    }
}

/// The effects of a batch.
pub fn effects(text: &str) -> Vec<Effect> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn csv_line<'a>(delimiter: u8, cells: impl Iterator<Item = &'a str>) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    let cells = cells.map(|cell| neutraliser(&denneutraliser(cell)).into_owned());
    // Writing to memory does not fail.
    let _written = writer.write_record(cells.collect::<Vec<_>>());
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Cells of the columns that are kept in a file of rejects: an `erreur` column that was there is replaced.
fn kept<'a>(layout: &'a Layout, cells: &'a [String]) -> impl Iterator<Item = &'a str> {
    let mut targets = layout.targets.iter();
    cells.iter().filter(move |_| targets.next() != Some(&Cible::Erreur)).map(String::as_str)
}

/// The header line of the file of rejects.
pub fn reject_header(layout: &Layout, delimiter: u8) -> String {
    csv_line(delimiter, kept(layout, &layout.headers).chain(std::iter::once(ERROR)))
}

fn sentence(errors: &[ErreurCellule]) -> String {
    text::rejection(errors.iter().map(|error| (error.colonne.as_str(), error.message.as_str())))
}

/// A rejected line, as it was plus the reason.
pub fn reject(layout: &Layout, source: &Source, delimiter: u8, errors: &[ErreurCellule]) -> String {
    let why = sentence(errors);
    match source {
        Source::Json(raw) => json_reject(raw, &why),
        Source::Cells(cells) => {
            let mut cells = cells.clone();
            cells.resize(layout.headers.len().max(cells.len()), String::new());
            csv_line(delimiter, kept(layout, &cells).chain(std::iter::once(why.as_str())))
        }
    }
}

/// The object with its reason; what is no object is given as text.
fn json_reject(raw: &str, why: &str) -> String {
    let mut object = match serde_json::from_str(raw) {
        Ok(serde_json::Value::Object(object)) => object,
        _ => {
            let mut object = serde_json::Map::new();
            object.insert("texte".to_owned(), raw.into());
            object
        }
    };
    object.retain(|key, _| Cible::reconnaitre(key) != Cible::Erreur);
    object.insert(ERROR.to_owned(), why.into());
    let mut line = serde_json::Value::Object(object).to_string();
    line.push('\n');
    line
}
