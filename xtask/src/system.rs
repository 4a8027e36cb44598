//! What the operating system must provide. Installs by apt-get when allowed (root, or sudo without password); otherwise says
//! exactly what to type.

use std::path::PathBuf;

use crate::postgres;
use crate::sh::{self, Res, heading};

/// A thing the system provides: how to see that it is there, and the packages that bring it (apt, dnf, brew).
struct Need {
    name: &'static str,
    present: fn() -> bool,
    apt: &'static [&'static str],
    dnf: &'static [&'static str],
    brew: &'static [&'static str],
}

const NEEDS: &[Need] = &[
    Need {
        name: "un compilateur C",
        present: || ["cc", "gcc", "clang"].iter().any(|name| sh::which(name).is_some()),
        apt: &["build-essential"],
        dnf: &["gcc", "make"],
        brew: &["gcc"],
    },
    Need {
        name: "PostgreSQL (serveur, pour les tests)",
        present: || postgres::programs().is_some(),
        apt: &["postgresql"],
        dnf: &["postgresql-server", "postgresql-contrib"],
        brew: &["postgresql@17"],
    },
    Need {
        name: "Chromium (parcours de bout en bout)",
        present: || chromium().is_some(),
        apt: &["chromium", "fonts-liberation"],
        dnf: &["chromium"],
        brew: &["--cask", "chromium"],
    },
    Need {
        name: "Node.js et npm",
        present: || sh::which("node").is_some() && sh::which("npm").is_some(),
        apt: &["nodejs", "npm"],
        dnf: &["nodejs", "npm"],
        brew: &["node"],
    },
    Need {
        name: "Python 3 avec venv (Schemathesis)",
        present: || sh::succeeds(&mut sh::command("python3", &["-c", "import venv, ensurepip"])),
        apt: &["python3", "python3-venv"],
        dnf: &["python3"],
        brew: &["python"],
    },
    Need {
        name: "curl (exemples de la documentation)",
        present: || sh::which("curl").is_some(),
        apt: &["curl"],
        dnf: &["curl"],
        brew: &["curl"],
    },
];

/// A needed program's names, for `run`: tests need more than a demonstration does.
const FOR_RUN: usize = 1;

/// The browser of the journeys: `CHROMIUM`, else the first known name on the PATH.
pub fn chromium() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(given)).filter(|path| path.is_file());
    }
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].iter().find_map(|name| sh::which(name))
}

/// Everything the tests need.
pub fn ensure_all() -> Res {
    ensure(NEEDS.iter().collect())
}

/// What building and running needs: a C compiler and Node.js.
pub fn ensure_for_run() -> Res {
    let node = NEEDS.iter().filter(|need| need.apt.contains(&"nodejs"));
    ensure(NEEDS.iter().take(FOR_RUN).chain(node).collect())
}

fn ensure(needs: Vec<&Need>) -> Res {
    let missing: Vec<&Need> = needs.into_iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.name).collect();
    heading(&format!("Il manque : {}", names.join(", ")));
    match apt_prefix() {
        Some(prefix) => install(&prefix, &missing)?,
        None => return Err(what_to_type(&missing)),
    }
    match missing.iter().find(|need| !(need.present)()) {
        None => Ok(()),
        Some(need) => Err(format!(
            "Après installation, {} reste introuvable. Vérifiez le PATH, puis relancez « cargo xtask setup ».",
            need.name
        )),
    }
}

/// The words before `apt-get` when packages may be installed without asking.
fn apt_prefix() -> Option<Vec<&'static str>> {
    sh::which("apt-get")?;
    if is_root() {
        return Some(Vec::new());
    }
    sh::succeeds(&mut sh::command("sudo", &["-n", "true"])).then(|| vec!["sudo", "-n"])
}

/// True for the superuser.
pub fn is_root() -> bool {
    sh::output(&mut sh::command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}

fn install(prefix: &[&str], missing: &[&Need]) -> Res {
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.apt.iter().copied()).collect();
    apt(prefix, &["update", "-q"], &[])?;
    apt(prefix, &["install", "-q", "-y", "--no-install-recommends"], &packages)
}

fn apt(prefix: &[&str], verb: &[&str], packages: &[&str]) -> Res {
    let words: Vec<&str> = [
        prefix,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"],
        verb,
        packages,
    ]
    .concat();
    let (program, arguments) = words.split_first().ok_or("commande vide")?;
    sh::run(&mut sh::command(program, arguments))
}

/// The exact commands for this system.
fn what_to_type(missing: &[&Need]) -> String {
    let list = |select: fn(&Need) -> &'static [&'static str]| {
        missing.iter().flat_map(|need| select(need).iter().copied()).collect::<Vec<_>>().join(" ")
    };
    let (apt, dnf, brew) = (list(|need| need.apt), list(|need| need.dnf), list(|need| need.brew));
    let lines = if sh::which("apt-get").is_some() {
        format!("  sudo apt-get update && sudo apt-get install -y {apt}")
    } else if sh::which("dnf").is_some() {
        format!("  sudo dnf install -y {dnf}")
    } else if sh::which("brew").is_some() {
        format!("  brew install {brew}")
    } else {
        format!("  (Debian, Ubuntu) sudo apt-get install -y {apt}\n  (Fedora)         sudo dnf install -y {dnf}")
    };
    format!("Tapez ceci, puis relancez la commande :\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_says_what_to_type_everywhere() {
        for need in NEEDS {
            assert!(!need.apt.is_empty() && !need.dnf.is_empty() && !need.brew.is_empty(), "{}", need.name);
        }
    }

    #[test]
    fn what_to_type_names_every_missing_package() {
        let message = what_to_type(&NEEDS.iter().collect::<Vec<_>>());
        assert!(message.contains("install"), "{message}");
        assert!(message.contains("postgresql") && message.contains("node"), "{message}");
    }
}
