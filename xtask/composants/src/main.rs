//! What the program is made of, and what is known against it (SEC-67): the inventory of every locked component in
//! CycloneDX, and the security advisories that touch them. Works without a network; `cargo xtask composants` calls it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cargo_lock::Lockfile;
use time::OffsetDateTime;

mod avis;
mod inventaire;

/// A result, or the sentence that says what went wrong.
type Res<T = ()> = Result<T, String>;

const AIDE: &str =
    "Usage : composants inventaire <fichier> | composants verifier | composants relever <dépôt advisory-db>";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["inventaire", file] => inventory(Path::new(file)),
        ["verifier"] => verify(),
        ["relever", repository] => renew(Path::new(repository)),
        _ => Err(AIDE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn read(path: &str) -> Res<String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("{path} : {error}"))
}

fn lockfile() -> Res<Lockfile> {
    read("Cargo.lock")?.parse().map_err(cause)
}

/// Writes the inventory of all that is locked.
fn inventory(file: &Path) -> Res {
    let sources = inventaire::Sources {
        cargo: lockfile()?,
        npm: read("e2e/package-lock.json")?,
        python: read("xtask/schemathesis.txt")?,
    };
    let (text, count) = inventaire::write(&sources)?;
    std::fs::write(file, text).map_err(|error| format!("{} : {error}", file.display()))?;
    println!("{count} composants dans {}.", file.display());
    Ok(())
}

/// Refuses a locked version that an advisory touches, but those that are excused for now.
fn verify() -> Res {
    let base = avis::Base::read(&read(avis::SNAPSHOT)?)?;
    let excused = avis::exceptions(&read(avis::EXCEPTIONS)?)?;
    let report = avis::judge(&base, &lockfile()?, &excused, OffsetDateTime::now_utc().date());
    print!("{report}");
    if report.refused() { Err("Mettez ces composants à jour : voir docs/operations.md.".to_owned()) } else { Ok(()) }
}

/// Takes a new snapshot of the advisories from a clone of their repository.
fn renew(repository: &Path) -> Res {
    let snapshot = avis::renew(repository)?;
    std::fs::write(root().join(avis::SNAPSHOT), snapshot).map_err(|error| format!("{} : {error}", avis::SNAPSHOT))?;
    verify()
}
