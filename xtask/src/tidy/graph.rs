//! The dependency graph (architecture, invariant 1): the domain is free of database, server and runtime, whatever its features,
//! and compiles for the browser.

use crate::sh::{self, Res};

/// Crates that the domain must not reach.
const NOT_IN_DOMAIN: &[&str] = &["diesel", "actix-web", "tokio", "rand", "getrandom", "chrono"];
/// Crates that the browser must not reach.
const NOT_IN_WEB: &[&str] = &["diesel", "actix-web", "utoipa", "reqwest", "chrono-tz", "hyper"];

/// Refuses a forbidden dependency, and a domain that does not compile for wasm32.
pub fn check() -> Res {
    forbid("domain", NOT_IN_DOMAIN, &["--all-features", "--target", "all"])?;
    forbid("web", NOT_IN_WEB, &["--target", "wasm32-unknown-unknown"])?;
    sh::run(&mut sh::cargo(&["check", "--quiet", "-p", "domain", "--target", "wasm32-unknown-unknown"]))
}

fn forbid(package: &str, forbidden: &[&str], options: &[&str]) -> Res {
    let tree = ["tree", "-p", package, "-e", "normal", "--prefix", "none", "--format", "{p}"];
    let listing = sh::output(sh::cargo(&tree).args(options))?;
    let found = reached(&listing, forbidden);
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "La crate {package} atteint {} : « cargo tree -p {package} -i {} » dit par où.",
        found.join(", "),
        found.first().copied().unwrap_or_default()
    ))
}

/// The forbidden names among the first words of the lines.
fn reached<'a>(listing: &str, forbidden: &[&'a str]) -> Vec<&'a str> {
    let named = |name: &str| listing.lines().any(|line| line.split(' ').next() == Some(name));
    forbidden.iter().copied().filter(|name| named(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_compared() {
        let listing = "domain v0.1.0\nserde v1.0.0\ntokio-util v0.7.0\ndiesel v2.3.0 (*)\n";
        assert_eq!(reached(listing, &["diesel", "tokio"]), ["diesel"]);
    }
}
