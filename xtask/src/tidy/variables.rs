//! `docs/operations.md` lists exactly the variables that the server reads.

use std::collections::BTreeSet;

use super::File;
use crate::paths;
use crate::sh::{self, Res};

/// Variables that the code reads and the page does not name, and the reverse.
pub fn check(files: &[File]) -> Res<Vec<String>> {
    let config = files.iter().filter(|file| file.path.starts_with("crates/api/src/config/"));
    let read: BTreeSet<String> = config.flat_map(read_by).collect();
    let listed = listed(&sh::read(&paths::root().join("docs").join("operations.md"))?);
    Ok(differences(&read, &listed))
}

fn differences(read: &BTreeSet<String>, listed: &BTreeSet<String>) -> Vec<String> {
    let forgotten = read.difference(listed);
    let stale = listed.difference(read);
    forgotten
        .map(|name| format!("docs/operations.md: {name} est lue par le serveur et n'y est pas"))
        .chain(stale.map(|name| format!("docs/operations.md: {name} n'est lue par personne")))
        .collect()
}

/// The string literals of this file, outside tests, that are names of variables.
fn read_by(file: &File) -> Vec<String> {
    let literals = file.source.strings.iter();
    literals
        .filter(|piece| !file.source.in_test(piece.offset) && is_variable(&piece.text))
        .map(|piece| piece.text.clone())
        .collect()
}

/// The first cells of the table: | `NAME` | …
fn listed(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| is_variable(name))
        .map(str::to_owned)
        .collect()
}

fn is_variable(text: &str) -> bool {
    let known = text == "DATABASE_URL" || text.strip_prefix("PARCOURS_").is_some_and(|rest| !rest.is_empty());
    known && text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_code_are_compared_both_ways() {
        let file = File::new(
            "crates/api/src/config/mod.rs",
            "fn f() { get(\"PARCOURS_A\"); get(\"DATABASE_URL\"); say(\"PARCOURS_A : non\") }",
        );
        let read: BTreeSet<String> = read_by(&file).into_iter().collect();
        let page = "| `DATABASE_URL` | x | y |\n| `PARCOURS_B` | x | y |\n| `parcours serve` | z |\n";
        let problems = differences(&read, &listed(page));
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems.iter().any(|problem| problem.contains("PARCOURS_A")));
        assert!(problems.iter().any(|problem| problem.contains("PARCOURS_B")));
    }
}
