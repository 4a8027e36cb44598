//! Every migration exists for both databases, under the same name, with its way back.

use std::collections::BTreeSet;
use std::path::Path;

/// What is missing under `migrations/`.
pub fn check(folder: &Path) -> Vec<String> {
    let (sqlite, postgres) = (names(&folder.join("sqlite")), names(&folder.join("postgres")));
    let mut problems: Vec<String> = Vec::new();
    if sqlite.is_empty() && postgres.is_empty() {
        problems.push("migrations : aucune migration".to_owned());
    }
    for name in sqlite.symmetric_difference(&postgres) {
        let side = if sqlite.contains(name) { "postgres" } else { "sqlite" };
        problems.push(format!("migrations/{side}/{name} : manque, alors qu'elle existe pour l'autre base"));
    }
    for (side, names) in [("sqlite", &sqlite), ("postgres", &postgres)] {
        for name in names {
            for script in ["up.sql", "down.sql"] {
                let path = folder.join(side).join(name).join(script);
                if !std::fs::read_to_string(path).is_ok_and(|text| !text.trim().is_empty()) {
                    problems.push(format!("migrations/{side}/{name}/{script} : manque ou est vide"));
                }
            }
        }
    }
    problems
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sh;
    use crate::tempdir::TempDir;

    #[test]
    fn both_sides_and_both_ways_are_required() {
        let folder = TempDir::new("xtask-migrations").unwrap();
        assert_eq!(check(folder.path()).len(), 1);
        for (side, name, script) in
            [("sqlite", "0001_a", "up.sql"), ("sqlite", "0001_a", "down.sql"), ("postgres", "0001_a", "up.sql")]
        {
            sh::write(&folder.path().join(side).join(name).join(script), "SELECT 1;").unwrap();
        }
        assert_eq!(check(folder.path()), ["migrations/postgres/0001_a/down.sql : manque ou est vide"]);
        sh::write(&folder.path().join("postgres/0001_a/down.sql"), "SELECT 1;").unwrap();
        assert!(check(folder.path()).is_empty());
        sh::write(&folder.path().join("postgres/0002_b/up.sql"), "SELECT 1;").unwrap();
        sh::write(&folder.path().join("postgres/0002_b/down.sql"), "SELECT 1;").unwrap();
        assert_eq!(check(folder.path()), ["migrations/sqlite/0002_b : manque, alors qu'elle existe pour l'autre base"]);
    }
}
