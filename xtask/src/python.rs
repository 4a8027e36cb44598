//! The Python environment of Schemathesis and of the Grist client, in the tools' cache, rebuilt when
//! `xtask/schemathesis.txt` changes.

use std::path::PathBuf;

use crate::paths;
use crate::sh::{self, Res, heading};

const REQUIREMENTS: &str = include_str!("../schemathesis.txt");

fn folder() -> PathBuf {
    let version = REQUIREMENTS.lines().find_map(|line| line.strip_prefix("schemathesis==")).unwrap_or("inconnue");
    paths::tools().join(format!("schemathesis-{}", version.trim()))
}

/// The `schemathesis` program.
pub fn schemathesis() -> PathBuf {
    folder().join("bin").join("schemathesis")
}

/// Its interpreter.
pub fn python() -> PathBuf {
    folder().join("bin").join("python")
}

/// Creates the environment when it is missing or made from other requirements.
pub fn ensure_schemathesis() -> Res {
    let stamp = folder().join("requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(());
    }
    heading("Installation de Schemathesis");
    let folder = folder();
    sh::run(sh::command("python3", &["-m", "venv", "--clear"]).arg(&folder))?;
    let requirements = paths::root().join("xtask").join("schemathesis.txt");
    let options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r"];
    sh::run(sh::command(python(), &options).arg(requirements))?;
    sh::write(&stamp, REQUIREMENTS)
}
