//! Every test that the pages of proofs name must exist: a proof that was renamed or removed proves nothing.

use crate::paths;
use crate::sh::{self, Res};

const PAGES: [&str; 2] = ["docs/security-preuves.md", "docs/security-asvs.md"];

/// Where the tests that they name are.
const PLACES: [&str; 3] = ["crates/api/tests/it", "crates/domain/tests", "xtask/composants/src"];

/// The tests that the pages name and that no file holds.
pub fn check() -> Res<Vec<String>> {
    let mut problems = Vec::new();
    for page in PAGES {
        for (file, test) in named(&sh::read(&paths::root().join(page))?) {
            let places = PLACES.map(|place| paths::root().join(place).join(format!("{file}.rs")));
            let proof = places.iter().find(|path| path.is_file());
            if !proof.is_some_and(|path| sh::read(path).is_ok_and(|source| holds(&source, test))) {
                problems.push(format!("{page}: {file}::{test} n'existe pas"));
            }
        }
    }
    Ok(problems)
}

fn named(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split('`').skip(1).step_by(2).filter_map(|code| code.split_once("::"))
}

fn holds(source: &str, test: &str) -> bool {
    source.contains(&format!("fn {test}("))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_a_missing_test_is_seen() {
        let found: Vec<_> = named("| x | `a::b`, `c::d` et `e` |").collect();
        assert_eq!(found, [("a", "b"), ("c", "d")]);
        assert!(holds("async fn b() {", "b"));
        assert!(!holds("fn bc() {", "b"));
    }
}
