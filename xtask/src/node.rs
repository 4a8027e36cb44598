//! The node modules of `e2e/`: playwright-core and axe-core for the journeys, binaryen (wasm-opt) and the State design system
//! for the build.

use crate::paths;
use crate::sh::{self, Res, heading};

/// Installs exactly what `e2e/package-lock.json` says, when it differs from what is installed.
pub fn ensure_modules() -> Res {
    let lock = sh::read(&paths::e2e().join("package-lock.json"))?;
    let stamp = paths::e2e().join("node_modules").join(".parcours-installe");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    ensure_version()?;
    heading("Installation des modules Node.js");
    sh::run(sh::command("npm", &["ci"]).current_dir(paths::e2e()))?;
    sh::write(&stamp, lock)
}

fn ensure_version() -> Res {
    let version = sh::output(&mut sh::command("node", &["--version"]))?;
    match parse_version(&version) {
        Some(found) if found >= (20, 19) => Ok(()),
        _ => Err(format!(
            "Node.js 20.19 ou plus récent est nécessaire (trouvé : {}). Installez une version récente, puis relancez.",
            version.trim()
        )),
    }
}

/// Major and minor of `v20.19.2`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(parse_version("v20.19.2\n"), Some((20, 19)));
        assert!(parse_version("v22.3.0") > parse_version("v20.19.0"));
        assert!(parse_version("v9.30.0") < parse_version("v20.19.0"));
        assert_eq!(parse_version("garbage"), None);
    }
}
