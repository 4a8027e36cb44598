//! The rules of form and the invariants of `docs/architecture.md` that the compiler does not see. Each check returns what it
//! found wrong; `cargo xtask tidy` shows all of it at once.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::sh::{self, Res};

mod clock;
mod form;
mod graph;
mod imports;
mod lexer;
mod lock;
mod migrations;
mod proofs;
mod rules;
mod scanner;
mod texts;
mod variables;
mod wasm;

pub use wasm::check as check_wasm;

use scanner::Source;

/// A Rust file of the project.
pub struct File {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
    source: Source,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), source: Source::parse(text) }
    }

    /// True for a file that only tests, measures or examples compile.
    fn is_test(&self) -> bool {
        let folder = ["/tests/", "/benches/", "/examples/"].iter().any(|folder| self.path.contains(folder));
        folder || self.path.ends_with("/tests.rs") || self.path.ends_with("_tests.rs")
    }

    fn problem(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// What reads the sources only: fast, no build.
pub fn check_sources() -> Res {
    let files = rust_files()?;
    let mut problems = Vec::new();
    for file in &files {
        problems.extend(form::check(file));
        problems.extend(texts::check(file));
        problems.extend(imports::check(file));
        problems.extend(clock::check(file));
    }
    problems.extend(migrations::check(&paths::root().join("migrations")));
    problems.extend(lock::check()?);
    problems.extend(proofs::check()?);
    problems.extend(rules::check(&files)?);
    problems.extend(variables::check(&files)?);
    if problems.is_empty() {
        println!("{} fichiers Rust en règle.", files.len());
        return Ok(());
    }
    problems.sort();
    Err(format!("{}\n{} défaut(s).", problems.join("\n"), problems.len()))
}

/// The sources, then the dependency graph and the domain's compilation for the browser.
pub fn check_all() -> Res {
    check_sources()?;
    graph::check()
}

fn rust_files() -> Res<Vec<File>> {
    let root = paths::root();
    let mut found = Vec::new();
    for folder in ["crates", "xtask"] {
        walk(&root.join(folder), &mut found)?;
    }
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            Ok(File::new(&name, &sh::read(&path)?))
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Res {
    let entries = std::fs::read_dir(folder).map_err(|cause| format!("{} : {cause}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && name != "target" && name != "node_modules" {
            walk(&path, found)?;
        } else if name.ends_with(".rs") {
            found.push(path);
        }
    }
    Ok(())
}
