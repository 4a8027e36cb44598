//! The table of results, in Markdown, with the machine and what was run.

use std::fmt::Write;

use crate::options::Options;

struct Line {
    measure: String,
    aim: &'static str,
    grist: &'static str,
    values: [String; 2],
}

/// Measures by database, in the order in which they came.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
    notes: Vec<String>,
}

impl Report {
    /// Records a measure for the database of this column (0 SQLite, 1 PostgreSQL).
    pub fn add(&mut self, column: usize, measure: &str, aim: &'static str, grist: &'static str, value: String) {
        eprintln!("    {measure} : {value}");
        let place = self.lines.iter().position(|line| line.measure == measure).unwrap_or_else(|| {
            self.lines.push(Line { measure: measure.to_owned(), aim, grist, values: Default::default() });
            self.lines.len() - 1
        });
        if let Some(slot) = self.lines.get_mut(place).and_then(|line| line.values.get_mut(column)) {
            *slot = value;
        }
    }

    /// Adds a remark under the table.
    pub fn note(&mut self, text: String) {
        eprintln!("    {text}");
        self.notes.push(text);
    }

    /// The table.
    pub fn markdown(&self, options: &Options) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _written = self.write(&mut text, options);
        text
    }

    fn write(&self, text: &mut String, options: &Options) -> std::fmt::Result {
        writeln!(text, "{}.", machine())?;
        let command: Vec<String> = std::env::args().skip(1).collect();
        writeln!(
            text,
            "Commande : `cargo xtask bench {}` ; médiane de {} passages.\n",
            command.join(" "),
            options.runs
        )?;
        writeln!(text, "| Mesure | Objectif | Grist | SQLite | PostgreSQL |\n|---|---|---|---|---|")?;
        for line in &self.lines {
            let [sqlite, postgres] = &line.values;
            writeln!(text, "| {} | {} | {} | {sqlite} | {postgres} |", line.measure, line.aim, line.grist)?;
        }
        if !self.notes.is_empty() {
            writeln!(text)?;
        }
        for note in &self.notes {
            writeln!(text, "- {note}")?;
        }
        Ok(())
    }
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processeur inconnu".to_owned());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kilobytes: f64 = memory.trim_end_matches("kB").trim().parse().unwrap_or(0.0);
    let memory = decimal(kilobytes / 1_048_576.0, 0);
    let system = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("Machine : {model}, {cores} cœurs, {memory} Gio de mémoire, Linux {}", system.trim())
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Milliseconds.
pub fn ms(value: f64) -> String {
    format!("{} ms", decimal(value, if value < 10.0 { 2 } else { 1 }))
}

/// Megabytes.
pub fn mb(bytes: u64) -> String {
    format!("{} Mo", decimal(bytes as f64 / 1_000_000.0, 1))
}

/// A number with a decimal comma.
pub fn decimal(value: f64, digits: usize) -> String {
    format!("{value:.digits$}").replace('.', ",")
}

/// A whole number with its thousands apart.
pub fn whole(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
