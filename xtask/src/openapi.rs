//! The committed OpenAPI document: rewritten by `cargo xtask openapi`, compared in `cargo xtask test`.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::sh::{self, Res};

fn committed() -> PathBuf {
    paths::root().join("openapi").join("openapi.json")
}

/// Writes the document that the code describes.
pub fn rewrite() -> Res {
    sh::run(&mut sh::cargo(&["build", "-p", "api", "--bins", "--tests"]))?;
    sh::write(&committed(), generated(&paths::built("debug", "parcours"))?)
}

/// Refuses a committed document that differs from the code.
pub fn check(program: &Path) -> Res {
    let (expected, found) = (generated(program)?, sh::read(&committed())?);
    match first_difference(&expected, &found) {
        None => Ok(()),
        Some(line) => Err(format!(
            "openapi/openapi.json ne correspond plus au code (ligne {line}). Lancez « cargo xtask openapi », relisez, validez."
        )),
    }
}

fn generated(program: &Path) -> Res<String> {
    sh::output(&mut sh::command(program, &["openapi"]))
}

/// The number of the first line that differs.
fn first_difference(expected: &str, found: &str) -> Option<usize> {
    if expected == found {
        return None;
    }
    let same = expected.lines().zip(found.lines()).take_while(|(left, right)| left == right).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_located() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a"), Some(2));
    }
}
