//! The one translation of filter, sort, search and cursor into SQL (architecture, invariant 8). Only column names of
//! [`Colonne`] enter the text; every value is bound.

use domain::demande::colonne::TypeColonne;
use domain::demande::filtre::Cle;
use domain::demande::{Colonne, Filtre, Operateur, Tri};
use domain::values::texte::plier;
use serde::{Deserialize, Serialize};

use crate::access::Perimeter;

/// Which demandes, in which order.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Conditions.
    pub filter: Filtre,
    /// Order.
    pub sort: Tri,
    /// Words searched in names, e-mails, structures, SIRET; folded here.
    pub search: String,
    /// What the caller reaches.
    pub perimeter: Perimeter,
    /// Only these rows, by rank.
    pub ranks: Option<Vec<i64>>,
}

/// Where a page begins: just after the row with these sort keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// Values of the sort columns.
    pub keys: Vec<String>,
    /// Tie-break: the row's rank.
    pub rank: i64,
}

/// How the substrings of a selection are best looked for, learnt by a short probe: the few rows of a rare one are
/// fetched by rank; a frequent one is met soon enough while reading in the order of the sort.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Whether the searched words are rare.
    pub rare_search: bool,
    /// The `contains` conditions that are rare.
    pub rare: Vec<(Colonne, String)>,
    /// Whether so many rows answer the filter that a page is found soonest by reading in the order of the sort: SQLite,
    /// which does not weigh this, is then kept from sorting all the rows that an index of the filter gives, and PostgreSQL
    /// from checking the searched text of each row for a substring that many columns hold.
    pub frequent: bool,
}

/// A piece of SQL and the values it binds, in order.
#[derive(Debug)]
pub struct Sql {
    /// Text.
    pub text: String,
    /// Values bound as text.
    pub binds: Vec<String>,
    postgres: bool,
    /// Whether the conditions of the filter are written so that they choose no index of their own.
    loose: bool,
}

/// The part of a sort being read: rows that have the first key, then those that do not, so that empty cells come last
/// whatever the direction, as in a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The first sort key is given.
    Filled,
    /// It is empty.
    Empty,
}

/// The SQL column that compares and sorts a column: the folded twin of words, the column itself otherwise.
pub fn key(column: Colonne) -> String {
    match (column, column.genre()) {
        (Colonne::EnveloppeId, _) => "coalesce(enveloppe_id, '')".to_owned(),
        (_, TypeColonne::Texte) => format!("{}_tri", column.nom()),
        _ => column.nom().to_owned(),
    }
}

/// Characters from which the trigram index can answer.
const TRIGRAM: usize = 3;

/// The columns that are searched, in the order of [`SEARCHED`].
pub const SEARCHED_COLUMNS: [Colonne; 10] = [
    Colonne::Nom,
    Colonne::Prenom,
    Colonne::Email,
    Colonne::StructureNom,
    Colonne::Siret,
    Colonne::Ville,
    Colonne::ReferentNom,
    Colonne::ReferentEmail,
    Colonne::StructureEmail,
    Colonne::Reference,
];

/// The text that is searched; the same expression as in the migrations, which PostgreSQL's index needs to the letter.
const SEARCHED: &str = "nom_tri || ' ' || prenom_tri || ' ' || email || ' ' || structure_nom_tri || ' ' || siret || ' ' || ville_tri || ' ' || referent_nom_tri || ' ' || referent_email || ' ' || structure_email || ' ' || reference";

/// What `LIKE` reads as something else than itself.
const WILDCARDS: [char; 3] = ['%', '_', '\\'];

/// The longest word, if the trigram index can answer for it.
fn longest(words: &str) -> Option<&str> {
    words.split_whitespace().max_by_key(|word| word.chars().count()).filter(|word| word.chars().count() >= TRIGRAM)
}

/// The pattern of a substring; a wildcard stands for any one character and is checked afterwards.
fn pattern(words: &str) -> String {
    format!("%{}%", words.replace(WILDCARDS, "_"))
}

impl Sql {
    /// An empty piece.
    pub const fn new(postgres: bool) -> Self {
        Self { text: String::new(), binds: Vec::new(), postgres, loose: false }
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a bound value.
    pub fn bind(&mut self, value: impl Into<String>) -> &mut Self {
        self.binds.push(value.into());
        let place = self.binds.len();
        self.text.push_str(&format!("${place}"));
        self
    }

    /// `WHERE` of a selection, by a plan.
    pub fn push_where(&mut self, selection: &Selection, plan: &Plan) -> &mut Self {
        self.push(" WHERE supprimee = FALSE");
        if let Perimeter::Envelopes(own) = &selection.perimeter {
            self.push(" AND ");
            self.push_in(&key(Colonne::EnveloppeId), own);
        }
        if let Some(ranks) = &selection.ranks {
            self.push(" AND ").push_ranks(ranks);
        }
        self.push_search(&selection.search, plan.rare_search);
        if selection.filter.conditions() > 0 {
            self.push(" AND ");
            self.loose = plan.frequent;
            self.push_filter(&selection.filter);
            self.loose = false;
        }
        for (column, value) in &plan.rare {
            self.push(" AND rang IN (SELECT rang FROM demande");
            self.push_rows_containing(*column, value).push(")");
        }
        self
    }

    /// `WHERE` of the rows whose column contains a text, in the form that reads the column's index alone.
    pub fn push_rows_containing(&mut self, column: Colonne, value: &str) -> &mut Self {
        let key = key(column);
        self.push(" WHERE supprimee = FALSE AND ").push(&key).push(" <> '' AND ");
        self.push_implied_search(column, Operateur::Contains, value);
        self.push_contains(&key, value);
        self
    }

    /// What is in a searched column is in the searched text too: said, it lets PostgreSQL read its trigram index for a rare
    /// substring instead of every cell of the column.
    fn push_implied_search(&mut self, column: Colonne, operator: Operateur, value: &str) {
        let indexed = value.chars().count() >= TRIGRAM && SEARCHED_COLUMNS.contains(&column);
        if self.postgres && operator == Operateur::Contains && indexed {
            self.push_trigrams(value).push(" AND ");
        }
    }

    /// `column IN (…)`; nothing is in an empty list.
    pub fn push_in(&mut self, column: &str, values: &[String]) {
        if values.is_empty() {
            self.push("1 = 0");
            return;
        }
        self.push(column).push(" IN (");
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self.push(")");
    }

    /// `rang IN (…)`.
    pub fn push_ranks(&mut self, ranks: &[i64]) -> &mut Self {
        let listed: Vec<String> = ranks.iter().map(i64::to_string).collect();
        let listed = if listed.is_empty() { "NULL".to_owned() } else { listed.join(", ") };
        self.push("rang IN (").push(&listed).push(")")
    }

    fn push_contains(&mut self, text: &str, value: &str) {
        self.push(if self.postgres { "strpos(" } else { "instr(" }).push(text).push(", ").bind(value).push(") > 0");
    }

    /// Every searched word must be found, in any order. The trigram index answers for the longest one, from three
    /// characters on and when it is rare; its wildcards are then checked to the letter. PostgreSQL weighs its own
    /// index by its statistics.
    fn push_search(&mut self, words: &str, rare: bool) {
        let words = plier(words);
        let indexed = longest(&words).filter(|_| rare || self.postgres);
        if let Some(word) = indexed {
            self.push(" AND ").push_trigrams(word);
        }
        for word in words.split_whitespace() {
            if indexed != Some(word) || word.contains(WILDCARDS) {
                self.push(" AND ");
                self.push_contains(SEARCHED, word);
            }
        }
    }

    /// The condition that the trigram index answers.
    fn push_trigrams(&mut self, word: &str) -> &mut Self {
        if self.postgres {
            return self.push("(").push(SEARCHED).push(") LIKE ").bind(pattern(word));
        }
        self.push("rang IN (").push_matches(word).push(")")
    }

    /// The ranks of the rows that hold this word (SQLite's trigram table).
    fn push_matches(&mut self, word: &str) -> &mut Self {
        self.push("SELECT rowid FROM demande_recherche WHERE texte LIKE ").bind(pattern(word))
    }

    /// How many rows hold the longest searched word, counted up to a bound; nothing to count where the database decides
    /// by itself or the words are too short for the index.
    pub fn push_search_probe(&mut self, words: &str, bound: usize) -> bool {
        let words = plier(words);
        let Some(word) = longest(&words).filter(|_| !self.postgres) else { return false };
        self.push("SELECT CAST(count(*) AS TEXT) AS n FROM (").push_matches(word).push(&format!(" LIMIT {bound})"));
        true
    }

    fn push_filter(&mut self, filter: &Filtre) {
        match filter {
            Filtre::Et(parts) => self.push_group(parts, " AND ", "1 = 1"),
            Filtre::Ou(parts) => self.push_group(parts, " OR ", "1 = 0"),
            Filtre::Non(part) => {
                self.push("NOT ");
                self.push_group(std::slice::from_ref(part), " AND ", "1 = 1");
            }
            Filtre::Condition { colonne, operateur, valeurs } => self.push_condition(*colonne, *operateur, valeurs),
            Filtre::Motif(reason) => self.push_reason(reason),
        }
    }

    /// Refused for this reason, which stands beside the row; for the empty one: for no reason that was kept.
    fn push_reason(&mut self, reason: &str) {
        self.push(if reason.is_empty() { "id NOT IN (" } else { "id IN (" });
        self.push("SELECT demande_id FROM demande_jalon WHERE motif_refus <> ''");
        if !reason.is_empty() {
            self.push(" AND motif_refus = ").bind(reason);
        }
        self.push(")");
    }

    fn push_group(&mut self, parts: &[Filtre], glue: &str, none: &str) {
        if parts.is_empty() {
            self.push(none);
            return;
        }
        self.push("(");
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                self.push(glue);
            }
            self.push_filter(part);
        }
        self.push(")");
    }

    /// Saying that the column is not empty lets the sparse indexes answer.
    fn push_condition(&mut self, column: Colonne, operator: Operateur, values: &[String]) {
        let key = if self.loose && !self.postgres { format!("+{}", key(column)) } else { key(column) };
        let value = values.first().map_or("", String::as_str);
        match operator {
            Operateur::Empty => {
                self.push(&key).push(" = ''");
            }
            Operateur::Filled => {
                self.push(&key).push(" <> ''");
            }
            Operateur::Ne => {
                self.push(&key).push(" <> ").bind(value);
            }
            Operateur::Eq if value.is_empty() => {
                self.push(&key).push(" = ''");
            }
            _ => {
                self.push("(").push(&key).push(" <> '' AND ");
                if !self.loose {
                    self.push_implied_search(column, operator, value);
                }
                self.push_comparison(&key, operator, values, value);
                self.push(")");
            }
        }
    }

    fn push_comparison(&mut self, key: &str, operator: Operateur, values: &[String], value: &str) {
        let sign = match operator {
            Operateur::Contains => return self.push_contains(key, value),
            Operateur::In => return self.push_in(key, values),
            Operateur::Starts => {
                self.push(key).push(" >= ").bind(value).push(" AND ").push(key).push(" < ");
                self.bind(format!("{value}\u{10FFFF}"));
                return;
            }
            Operateur::Lt => " < ",
            Operateur::Le => " <= ",
            Operateur::Gt => " > ",
            Operateur::Ge => " >= ",
            Operateur::Eq | Operateur::Ne | Operateur::Empty | Operateur::Filled => " = ",
        };
        self.push(key).push(sign).bind(value);
    }

    /// Restricts to one phase of the sort.
    pub fn push_phase(&mut self, sort: &Tri, phase: Phase) -> &mut Self {
        if let Some(first) = sort.cles().first() {
            let test = if phase == Phase::Filled { " <> ''" } else { " = ''" };
            self.push(" AND ").push(&key(first.colonne)).push(test);
        }
        self
    }

    /// Restricts to what comes after a position, in the order of the sort.
    pub fn push_after(&mut self, sort: &Tri, position: &Position) -> &mut Self {
        let keys = sort.cles();
        let rank = position.rank.to_string();
        let first_desc = keys.first().is_some_and(|k| k.descendant);
        if let ([only], Some(value)) = (keys, position.keys.first()) {
            let sign = if only.descendant { " < " } else { " > " };
            return self
                .push(" AND (")
                .push(&key(only.colonne))
                .push(", rang)")
                .push(sign)
                .push("(")
                .bind(value)
                .push(", ")
                .push(&rank)
                .push(")");
        }
        self.push_bound(keys, position);
        self.push(" AND (");
        for (depth, _) in keys.iter().enumerate() {
            self.push("(");
            self.push_equal_before(keys, position, depth);
            self.push_beyond(keys, position, depth);
            self.push(") OR ");
        }
        self.push("(");
        self.push_equal_before(keys, position, keys.len());
        self.push(if first_desc { "rang < " } else { "rang > " }).push(&rank).push("))")
    }

    /// A plain bound on the first key, which an index can use.
    fn push_bound(&mut self, keys: &[Cle], position: &Position) {
        if let (Some(first), Some(value)) = (keys.first(), position.keys.first()) {
            let sign = if first.descendant { " <= " } else { " >= " };
            self.push(" AND ").push(&key(first.colonne)).push(sign).bind(value);
        }
    }

    fn push_equal_before(&mut self, keys: &[Cle], position: &Position, depth: usize) {
        for (cle, value) in keys.iter().zip(&position.keys).take(depth) {
            self.push(&key(cle.colonne)).push(" = ").bind(value).push(" AND ");
        }
    }

    fn push_beyond(&mut self, keys: &[Cle], position: &Position, depth: usize) {
        if let (Some(cle), Some(value)) = (keys.get(depth), position.keys.get(depth)) {
            let sign = if cle.descendant { " < " } else { " > " };
            self.push(&key(cle.colonne)).push(sign).bind(value);
        }
    }

    /// `ORDER BY` of a sort; the rank makes it total. Where the first key is empty for every row, only the others order:
    /// the rows can then be read as they lie.
    pub fn push_order(&mut self, sort: &Tri, phase: Phase) -> &mut Self {
        self.push(" ORDER BY ");
        let constant = usize::from(phase == Phase::Empty);
        for cle in sort.cles().iter().skip(constant) {
            self.push(&key(cle.colonne)).push(if cle.descendant { " DESC, " } else { ", " });
        }
        let descending = sort.cles().first().is_some_and(|cle| cle.descendant);
        self.push(if descending { "rang DESC" } else { "rang" })
    }
}

impl Selection {
    /// The `contains` conditions every row must meet.
    pub fn substrings(&self) -> Vec<(Colonne, String)> {
        let condition = |part: &Filtre| match part {
            Filtre::Condition { colonne, operateur: Operateur::Contains, valeurs } => {
                valeurs.first().map(|value| (*colonne, value.clone()))
            }
            _ => None,
        };
        let parts =
            if let Filtre::Et(parts) = &self.filter { parts.as_slice() } else { std::slice::from_ref(&self.filter) };
        parts.iter().filter_map(condition).collect()
    }

    /// What tells its rows from those of another selection, whatever the order.
    pub fn scope(&self) -> String {
        format!("{}\n{}\n{:?}\n{:?}", self.filter, self.search, self.perimeter, self.ranks)
    }

    /// What a cursor is bound to: another filter, sort or search refuses it.
    pub fn fingerprint(&self) -> String {
        format!("{}\n{}", self.sort, self.scope())
    }
}
