//! The assets in `dist/`: their precompressed twins and the byte budget of the browser.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::sh::{self, Res};

/// WebAssembly and JavaScript, in brotli: bytes.
const CODE_BUDGET: u64 = 350_000;
/// Style sheets, in brotli: bytes.
const STYLE_BUDGET: u64 = 45_000;

/// Writes `.br` and `.gz` beside each compressible asset.
pub fn precompress() -> Res {
    let script = paths::root().join("xtask/src/precompress.mjs");
    sh::run(sh::command("node", &[]).arg(script).arg(paths::dist()))
}

/// Refuses an application that grew beyond its budget, and prints what each asset weighs.
pub fn check_budget() -> Res {
    let mut assets = Vec::new();
    list(&paths::dist(), &mut assets)?;
    let (code, style) = (total(&assets, &[".wasm.br", ".js.br"]), total(&assets, &[".css.br"]));
    for (path, size) in assets.iter().filter(|(path, _)| path.to_string_lossy().ends_with(".br")) {
        println!("  {size:>9}  {}", path.strip_prefix(paths::dist()).unwrap_or(path).display());
    }
    println!("WASM + JS : {code} octets en brotli (budget {CODE_BUDGET}) ; CSS : {style} (budget {STYLE_BUDGET}).");
    within("WASM + JS", code, CODE_BUDGET)?;
    within("CSS", style, STYLE_BUDGET)
}

fn within(what: &str, size: u64, budget: u64) -> Res {
    match size {
        0 => Err(format!("{what} : aucun fichier compressé dans dist/.")),
        size if size > budget => Err(format!("{what} : {size} octets, budget {budget} dépassé.")),
        _ => Ok(()),
    }
}

fn total(assets: &[(PathBuf, u64)], endings: &[&str]) -> u64 {
    let counted = |path: &Path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    assets.iter().filter(|(path, _)| counted(path)).map(|(_, size)| size).sum()
}

/// Every file under a folder, with its size, in order of name.
fn list(folder: &Path, assets: &mut Vec<(PathBuf, u64)>) -> Res {
    let failed = |cause: std::io::Error| format!("Lecture de {} : {cause}", folder.display());
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(failed)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, assets)?;
        } else {
            let size = path.metadata().map_err(failed)?.len();
            assets.push((path, size));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_compressed_code_counts() {
        let assets = [("dist/a.wasm", 900), ("dist/a.wasm.br", 200), ("dist/a.js.br", 30), ("dist/s.css.br", 7)]
            .map(|(path, size)| (PathBuf::from(path), size));
        assert_eq!(total(&assets, &[".wasm.br", ".js.br"]), 230);
        assert_eq!(total(&assets, &[".css.br"]), 7);
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert!(within("x", 0, 10).is_err());
        assert!(within("x", 11, 10).is_err());
        assert!(within("x", 10, 10).is_ok());
    }
}
