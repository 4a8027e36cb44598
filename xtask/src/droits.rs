//! The tables of the access matrix in `docs/security.md`: rewritten by `cargo xtask droits`, compared by the tests of the
//! domain, which own them.

use crate::sh::{self, Res};

/// Writes the tables that the code describes.
pub fn rewrite() -> Res {
    let mut command = sh::cargo(&["test", "-q", "-p", "domain", "--test", "droits", "la_page_de_securite"]);
    command.env("PARCOURS_REECRIRE", "1");
    sh::run(&mut command)
}
