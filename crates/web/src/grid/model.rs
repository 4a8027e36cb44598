//! What a page gives to the table: columns, rows and where pages begin. Plain data.

use std::sync::Arc;

/// Way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name given back when its header is activated.
    pub id: String,
    /// Header.
    pub label: String,
    /// Width in tenths of `rem`.
    pub width: u32,
    /// Whether it stays in sight when the table scrolls sideways; only leading columns may.
    pub sticky: bool,
    /// How the rows are sorted by it, if they are.
    pub sort: Option<Direction>,
    /// Its rank among the columns that sort, from 1; 0 when it is alone.
    pub rank: usize,
    /// How its cells are changed, or why they are not.
    pub input: Input,
}

impl Column {
    /// A column that is only read, named as its header.
    pub fn read_only(label: &str, width: u32) -> Self {
        let (id, label) = (label.to_owned(), label.to_owned());
        Self { id, label, width, sticky: false, sort: None, rank: 0, input: Input::Locked("") }
    }
}

/// How a cell is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// It is not: why, in French.
    Locked(&'static str),
    /// A text of at most so many characters.
    Text(u32),
    /// A day.
    Date,
    /// One of these values (value, words), or none.
    Choice(Vec<(String, String)>),
}

/// Gravity shown by a badge. The icon and the words say it too, so that colour is never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neutral information.
    Neutral,
    /// In order.
    Success,
    /// Needs a look.
    Warning,
    /// Refused.
    Error,
}

impl Tone {
    /// Suffix of the style class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutre",
            Self::Success => "succes",
            Self::Warning => "attention",
            Self::Error => "erreur",
        }
    }

    /// Sign shown before the words.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Neutral => "•",
            Self::Success => "✓",
            Self::Warning => "!",
            Self::Error => "✕",
        }
    }
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words in a badge.
    Badge(Tone, String),
}

impl Cell {
    /// Its words.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Badge(_, words) => words,
        }
    }
}

/// A row as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Identifier given back when the row is opened.
    pub key: String,
    /// Its version.
    pub version: i64,
    /// One per column, in the order of the columns.
    pub cells: Vec<Cell>,
    /// The values behind them, when a table lets them be changed.
    pub values: Vec<String>,
}

impl Row {
    /// Takes the values that some of these columns now have, in this version.
    pub fn take(
        &mut self,
        version: i64,
        columns: &[String],
        values: &[(String, String)],
        show: fn(&str, &str) -> Cell,
    ) {
        self.version = version;
        for (name, value) in values {
            let Some(place) = columns.iter().position(|column| column == name) else { continue };
            if let (Some(cell), Some(known)) = (self.cells.get_mut(place), self.values.get_mut(place)) {
                *cell = show(name, value);
                known.clone_from(value);
            }
        }
    }
}

/// One page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Arc<Row>>,
}

/// A group of rows that follow one another in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What stands above them: its key tells the group, its first cell what they have in common.
    pub heading: Arc<Row>,
    /// How many they are.
    pub rows: usize,
}

/// Where pages begin, so that the scrollbar may jump anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Number of rows.
    pub total: usize,
    /// Rows between two cursors.
    pub step: usize,
    /// `cursors[i]` is the cursor of the page that starts at row `(i + 1) * step`.
    pub cursors: Vec<String>,
    /// The groups of the rows, in the order of the list; none when they are not grouped.
    pub sections: Vec<Section>,
}
