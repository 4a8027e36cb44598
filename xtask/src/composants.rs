//! What the program is made of, and what is known against it (SEC-67): the work of the crate `composants`, which has
//! dependencies of its own.

use crate::paths;
use crate::sh::{self, Res};

fn composants(arguments: &[&str]) -> Res {
    let mut cargo = sh::cargo(&["run", "--quiet", "-p", "composants", "--"]);
    sh::run(cargo.args(arguments))
}

/// Writes the inventory beside what is built, then compares it with the advisories; `--avis DÉPÔT` renews these first.
pub fn run(arguments: &[String]) -> Res {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => check(),
        ["--avis", repository] => {
            composants(&["relever", repository])?;
            check()
        }
        _ => Err("Usage : cargo xtask composants [--avis <clone du dépôt des avis>]".to_owned()),
    }
}

/// The same, after its own tests.
pub fn test() -> Res {
    sh::run(&mut sh::cargo(&["test", "-p", "composants"]))?;
    check()
}

fn check() -> Res {
    let file = paths::target().join("composants.cdx.json");
    composants(&["inventaire", &file.to_string_lossy()])?;
    composants(&["verifier"])
}
