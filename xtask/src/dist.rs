//! The assets in `dist/`: their precompressed twins and the byte budget of the browser.

use std::path::{Path, PathBuf};

use crate::paths;
use crate::sh::{self, Res};
use crate::web::PROGRAMS;

/// WebAssembly and JavaScript of one program, in brotli: bytes.
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
    let style = total(&assets, |name| name.ends_with(".css.br"));
    for (path, size) in assets.iter().filter(|(path, _)| path.to_string_lossy().ends_with(".br")) {
        println!("  {size:>9}  {}", path.strip_prefix(paths::dist()).unwrap_or(path).display());
    }
    for (program, _) in PROGRAMS {
        let code = total(&assets, |name| is_code_of(program, name));
        println!("{program} : {code} octets de WASM et JS en brotli (budget {CODE_BUDGET}).");
        within(program, code, CODE_BUDGET)?;
    }
    println!("CSS : {style} octets en brotli (budget {STYLE_BUDGET}).");
    within("CSS", style, STYLE_BUDGET)
}

fn within(what: &str, size: u64, budget: u64) -> Res {
    match size {
        0 => Err(format!("{what} : aucun fichier compressé dans dist/.")),
        size if size > budget => Err(format!("{what} : {size} octets, budget {budget} dépassé.")),
        _ => Ok(()),
    }
}

/// Its module and the script around it. Those that start the programs weigh too little to be told apart: each counts them all.
fn is_code_of(program: &str, name: &str) -> bool {
    let code = name.ends_with(".wasm.br") || name.ends_with(".js.br");
    code && (name.starts_with(&format!("{program}-")) || name.starts_with("demarrage-"))
}

fn total(assets: &[(PathBuf, u64)], counted: impl Fn(&str) -> bool) -> u64 {
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    assets.iter().filter(|(path, _)| counted(&name(path))).map(|(_, size)| size).sum()
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
    fn only_the_compressed_code_of_the_program_counts() {
        let files = [
            ("dist/p-a.wasm", 900),
            ("dist/p-a.wasm.br", 200),
            ("dist/demarrage-b.js.br", 30),
            ("dist/q-a.wasm.br", 7),
        ];
        let assets = files.map(|(path, size)| (PathBuf::from(path), size));
        assert_eq!(total(&assets, |name| is_code_of("p", name)), 230);
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert!(within("x", 0, 10).is_err());
        assert!(within("x", 11, 10).is_err());
        assert!(within("x", 10, 10).is_ok());
    }
}
