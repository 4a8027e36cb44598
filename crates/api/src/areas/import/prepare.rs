//! From a record of a file to what its line wants, everything that needs no database: headers, cells, rules of form,
//! duplicates inside the file.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use domain::demande::{Colonne, DemandeValide, Ligne};
use domain::import::{
    Cible, CleImport, Correspondance, Entetes, ErreurCellule, ReglagesImport, canonique, decoder, jamais_vide,
    reservees, separer,
};
use domain::permission::Role;
use domain::values::Refus;

use super::reader::{FileError, Record};
use super::text;

/// What the headers of a file, or the members of an object, mean.
#[derive(Debug)]
pub struct Layout {
    /// As written.
    pub headers: Vec<String>,
    /// What each means.
    pub targets: Vec<Cible>,
}

impl Layout {
    /// The layout of a header line.
    pub fn of_header(headers: Vec<String>, chosen: &Correspondance) -> Result<(Self, Vec<String>), FileError> {
        let known = Entetes::lire(&headers, chosen).map_err(|refused| FileError::refused(refused.message))?;
        let unknown = known.inconnues().to_vec();
        Ok((Self { headers, targets: known.cibles().to_vec() }, unknown))
    }

    fn of_members(keys: Vec<String>, chosen: &Correspondance) -> Self {
        let targets = keys.iter().map(|key| chosen.cible(key)).collect();
        Self { headers: keys, targets }
    }

    /// The header of a column as in the file, else its name.
    pub fn name(&self, column: Colonne) -> String {
        let place = self.targets.iter().position(|target| *target == Cible::Colonne(column));
        place.and_then(|place| self.headers.get(place)).map_or_else(|| column.nom().to_owned(), Clone::clone)
    }

    /// The header of the `id` column.
    pub fn id_name(&self) -> String {
        let place = self.targets.iter().position(|target| *target == Cible::Id);
        place.and_then(|place| self.headers.get(place)).map_or_else(|| "id".to_owned(), Clone::clone)
    }

    /// Two members of an object that mean the same column.
    fn twice(&self) -> Option<(&str, Colonne)> {
        self.targets.iter().enumerate().find_map(|(place, target)| match target {
            Cible::Colonne(column) if self.targets.iter().take(place).any(|before| before == target) => {
                self.headers.get(place).map(|header| (header.as_str(), *column))
            }
            _ => None,
        })
    }
}

/// A set of columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns(u64);

impl Columns {
    const fn bit(column: Colonne) -> u64 {
        1 << (column as u32)
    }

    fn add(&mut self, column: Colonne) {
        self.0 |= Self::bit(column);
    }

    fn remove(&mut self, column: Colonne) {
        self.0 &= !Self::bit(column);
    }

    /// Whether it holds a column.
    pub const fn has(self, column: Colonne) -> bool {
        self.0 & Self::bit(column) != 0
    }
}

/// A line as it was in the file.
#[derive(Debug)]
pub enum Source {
    /// Cells.
    Cells(Vec<String>),
    /// JSON text.
    Json(String),
}

/// What a line asks for.
#[derive(Debug)]
pub struct Wanted {
    /// The demande it names, if it does.
    pub id: Option<String>,
    /// The version it was exported at, if it says so.
    pub version: Option<i64>,
    /// Columns that it gives.
    pub given: Columns,
    /// Their values; valid when the line names no demande.
    pub row: Ligne,
    /// Decisions that its author may not take.
    pub declared: BTreeMap<String, String>,
}

impl Wanted {
    /// What tells it from other demandes: SIRET, unless it does not count, e-mail, training.
    pub fn key(&self, kind: CleImport) -> Key {
        let text = |column| self.row.get(column).to_owned();
        key(kind, (text(Colonne::Siret), text(Colonne::Email), text(Colonne::Formation)))
    }
}

/// What tells a demande from another: SIRET, e-mail, training.
pub type Key = (String, String, String);

/// What counts of it.
pub fn key(kind: CleImport, (siret, email, training): Key) -> Key {
    match kind {
        CleImport::Complete => (siret, email, training),
        CleImport::SansSiret => (String::new(), email, training),
    }
}

/// A line ready to be written, or refused.
#[derive(Debug)]
pub struct Prepared {
    /// Line of the file.
    pub line: u64,
    /// Its layout.
    pub layout: Arc<Layout>,
    /// As it was.
    pub source: Source,
    /// What it asks for, or why it is refused.
    pub wanted: Result<Wanted, Vec<ErreurCellule>>,
}

/// Keys are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Hash of something already seen → its line. Sixteen bytes per line: a million lines stay small. In parts, because a table that
/// grows is in memory twice meanwhile.
#[derive(Default)]
pub struct Seen([HashMap<u64, u32, BuildHasherDefault<Identity>>; PARTS]);

/// Parts of [`Seen`].
const PARTS: usize = 32;

impl Seen {
    /// The line that had it first, or nothing, and it is now this line's.
    pub fn first(&mut self, value: &impl Hash, line: u64) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        let (hash, line) = (hasher.finish(), u32::try_from(line).unwrap_or(u32::MAX));
        // Bits that the table itself does not use to place it.
        let part = usize::try_from(hash >> 32).unwrap_or(0) % PARTS;
        match self.0.get_mut(part)?.entry(hash) {
            std::collections::hash_map::Entry::Occupied(first) => Some(u64::from(*first.get())),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(line);
                None
            }
        }
    }
}

/// Prepares the lines of one file.
pub struct Preparer {
    role: Role,
    today: String,
    /// Layout of the file, or of the last object.
    layout: Arc<Layout>,
    /// Whether cells carry the apostrophe of spreadsheets.
    spreadsheet: bool,
    seen: Seen,
    /// Members that were not recognised, in files without header line.
    unknown: Vec<String>,
    settings: ReglagesImport,
}

fn refused(column: String, code: &str, message: &str, value: &str) -> ErreurCellule {
    ErreurCellule { colonne: column, code: code.to_owned(), message: message.to_owned(), valeur: shortened(value) }
}

/// The beginning of a value, for a report that stays readable.
pub fn shortened(value: &str) -> String {
    value.chars().take(200).filter(|c| *c != '\0').collect()
}

impl Preparer {
    /// Prepares lines for an author of this role, read as asked; `today` dates those that have no date.
    pub fn new(role: Role, today: String, settings: ReglagesImport) -> Self {
        let layout = Arc::new(Layout { headers: Vec::new(), targets: Vec::new() });
        Self { role, today, layout, spreadsheet: false, seen: Seen::default(), unknown: Vec::new(), settings }
    }

    /// Takes the header line in.
    pub fn header(&mut self, headers: Vec<String>) -> Result<Arc<Layout>, FileError> {
        let (layout, unknown) = Layout::of_header(headers, &self.settings.correspondance)?;
        self.layout = Arc::new(layout);
        self.unknown = unknown;
        self.spreadsheet = true;
        Ok(Arc::clone(&self.layout))
    }

    /// Columns that were not recognised so far.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Layouts of objects follow each other and are mostly the same.
    fn layout_of(&mut self, keys: Vec<String>) -> Arc<Layout> {
        if self.layout.headers != keys {
            self.layout = Arc::new(Layout::of_members(keys, &self.settings.correspondance));
            for (header, target) in self.layout.headers.iter().zip(&self.layout.targets) {
                let room = self.unknown.len() < domain::import::entetes::ENTETES_MAX;
                if *target == Cible::Inconnue && room && !self.unknown.contains(header) {
                    self.unknown.push(header.clone());
                }
            }
        }
        Arc::clone(&self.layout)
    }

    /// Prepares a record.
    pub fn prepare(&mut self, record: Record) -> Prepared {
        let Record { line, keys, values, raw, fault } = record;
        let layout = match keys {
            Some(keys) => self.layout_of(keys),
            None => Arc::clone(&self.layout),
        };
        let wanted = match fault {
            Some(fault) => Err(vec![refused(fault.column, fault.code, &fault.message, "")]),
            None => self.wanted(&layout, &values).and_then(|wanted| self.once(&layout, wanted, line)),
        };
        let source = raw.map_or(Source::Cells(values), Source::Json);
        Prepared { line, layout, source, wanted }
    }

    fn wanted(&self, layout: &Layout, values: &[String]) -> Result<Wanted, Vec<ErreurCellule>> {
        let mut errors = Vec::new();
        let extra = values.iter().skip(layout.targets.len()).find(|value| !value.trim().is_empty());
        if let Some(value) = extra {
            return Err(vec![refused(String::new(), "trop_de_cellules", text::TOO_MANY_CELLS, value)]);
        }
        if let Some((header, column)) = layout.twice() {
            let message = text::same_column(column);
            return Err(vec![refused(header.to_owned(), "colonne_en_double", &message, "")]);
        }
        let mut wanted = Wanted {
            id: None,
            version: None,
            given: Columns::default(),
            row: Ligne::default(),
            declared: BTreeMap::new(),
        };
        let mut wrong = Columns::default();
        for ((target, header), value) in layout.targets.iter().zip(&layout.headers).zip(values) {
            match target {
                Cible::Colonne(column) => {
                    if let Err(refus) = self.cell(&mut wanted, *column, value) {
                        wrong.add(*column);
                        errors.push(refused(header.clone(), refus.code, refus.message, value));
                    }
                }
                Cible::Id => wanted.id = Some(value.trim().to_owned()).filter(|id| !id.is_empty()),
                Cible::Version => wanted.version = value.trim().parse().ok(),
                _ => {}
            }
        }
        self.set_apart(&mut wanted);
        if wanted.id.is_none() {
            self.complete((layout, values), &mut wanted, wrong, &mut errors);
        }
        if errors.is_empty() { Ok(wanted) } else { Err(errors) }
    }

    fn cell(&self, wanted: &mut Wanted, column: Colonne, value: &str) -> Result<(), Refus> {
        if value.contains('\0') {
            return Err(Refus { code: "caractere_nul", message: text::NUL });
        }
        let read = if self.spreadsheet { decoder(column, value)? } else { canonique(column, value)? };
        // An empty cell empties the column, but for those that are never empty.
        let kept = read.is_empty() && jamais_vide(column);
        if !kept {
            wanted.given.add(column);
        }
        if !read.is_empty() {
            wanted.row.set(column, read);
        }
        Ok(())
    }

    /// Takes out what the author may not set: it is kept as declared.
    fn set_apart(&self, wanted: &mut Wanted) {
        wanted.declared = separer(self.role, &mut wanted.row);
        for column in reservees(self.role) {
            wanted.given.remove(column);
        }
    }

    /// Makes a valid demande of a line that names none. All that is wrong is said at once; a cell that could not be read
    /// is empty by now, and is not said to be missing.
    fn complete(
        &self,
        (layout, values): (&Layout, &[String]),
        wanted: &mut Wanted,
        wrong: Columns,
        errors: &mut Vec<ErreurCellule>,
    ) {
        let mut row = std::mem::take(&mut wanted.row);
        if row.get(Colonne::DateDemande).is_empty() {
            row.set(Colonne::DateDemande, self.today.as_str());
        }
        row.set(Colonne::Source, "import");
        match DemandeValide::valider(row) {
            Ok(valid) => wanted.row = valid.into_ligne(),
            Err(refusals) => {
                let others = refusals.into_iter().filter(|(column, _)| !wrong.has(*column));
                errors.extend(others.map(|(column, refus)| {
                    let place = layout.targets.iter().position(|target| *target == Cible::Colonne(column));
                    let value = place.and_then(|place| values.get(place)).map_or("", String::as_str);
                    refused(layout.name(column), refus.code, refus.message, value)
                }));
            }
        }
    }

    /// Refuses a line that names the same demande as an earlier one.
    fn once(&mut self, layout: &Layout, wanted: Wanted, line: u64) -> Result<Wanted, Vec<ErreurCellule>> {
        let (first, column) = match &wanted.id {
            Some(id) => (self.seen.first(&("id", id), line), layout.id_name()),
            None => (self.seen.first(&wanted.key(self.settings.cle), line), layout.name(Colonne::Email)),
        };
        match first {
            None => Ok(wanted),
            Some(first) => {
                let value = wanted.id.as_deref().unwrap_or_else(|| wanted.row.get(Colonne::Email));
                Err(vec![refused(column, "ligne_en_double", &text::duplicate(first), value)])
            }
        }
    }
}

/// Refusals of columns as refusals of cells.
pub fn cell_errors(layout: &Layout, row: &Ligne, refusals: &[(Colonne, Refus)]) -> Vec<ErreurCellule> {
    let error =
        |(column, refus): &(Colonne, Refus)| refused(layout.name(*column), refus.code, refus.message, row.get(*column));
    refusals.iter().map(error).collect()
}
