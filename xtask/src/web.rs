//! Builds the four programs of the browser into `dist/` (Trunk, wasm-opt, precompressed assets), and only when something
//! changed. Each has a page and a WebAssembly; style sheets are the same files.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::paths;
use crate::sh::{self, Res, heading};
use crate::{dist, tools};

/// The programs, as Cargo names them, with the page of each; `dist` gives each its budget. The first one has the page in the
/// sources, from which those of the others are made.
pub const PROGRAMS: [(&str, &str); 4] = [
    ("parcours-web", "index.html"),
    ("parcours-gestion", "gestion.html"),
    ("parcours-administration", "administration.html"),
    ("parcours-pilotage", "pilotage.html"),
];

/// What the built application depends on.
const INPUTS: &[&str] = &[
    "crates/web",
    "crates/domain/src",
    "crates/domain/Cargo.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    "e2e/package-lock.json",
    "xtask/src/abreger.mjs",
    "xtask/src/chargeur.mjs",
    "xtask/src/precompress.mjs",
    "xtask/src/web.rs",
];

/// Builds the application unless `dist/` already comes from the same sources.
pub fn build() -> Res {
    let stamp = paths::target().join("xtask").join("web.empreinte");
    let print = fingerprint()?;
    let known = std::fs::read_to_string(&stamp).is_ok_and(|known| known == print);
    if known && PROGRAMS.iter().all(|(_, page)| paths::dist().join(page).is_file()) {
        return Ok(());
    }
    heading("Construction du site (WebAssembly)");
    sh::run(&mut sh::command("node", &["crates/web/styles/assembler.mjs"]))?;
    trunk_build(&paths::root().join("crates/web/index.html"), &paths::dist())?;
    for (program, page) in &PROGRAMS[1..] {
        build_beside(program, page)?;
    }
    dist::precompress()?;
    sh::write(&stamp, print)
}

/// The modules that rustc wrote, before wasm-bindgen and wasm-opt: they still name their functions.
pub fn unstripped_wasm() -> [PathBuf; PROGRAMS.len()] {
    let folder = paths::target().join("wasm32-unknown-unknown/wasm-release");
    PROGRAMS.map(|(program, _)| folder.join(format!("{program}.wasm")))
}

/// Builds a program beside the first one, into the site.
fn build_beside(program: &str, page: &str) -> Res {
    let dist = build_alone(program, page)?;
    for file in std::fs::read_dir(&dist).map_err(|cause| format!("{} : {cause}", dist.display()))?.flatten() {
        if file.path().is_file() {
            let copy = paths::dist().join(file.file_name());
            std::fs::copy(file.path(), &copy).map_err(|cause| format!("{} : {cause}", copy.display()))?;
        }
    }
    Ok(())
}

/// The page that measures the table, which is no part of the site; gives the folder it is in.
pub fn measures() -> Res<PathBuf> {
    sh::run(&mut sh::command("node", &["crates/web/styles/assembler.mjs"]))?;
    build_alone("parcours-mesures", "mesures.html")
}

/// Builds a program into a folder of its own: it has the same page as the first one, but for the program that the page starts.
fn build_alone(program: &str, page: &str) -> Res<PathBuf> {
    let source = std::fs::read_to_string(paths::root().join("crates/web/index.html"));
    let source = source.map_err(|cause| format!("crates/web/index.html : {cause}"))?;
    let first = format!("data-bin=\"{}\"", PROGRAMS[0].0);
    if !source.contains(&first) {
        return Err(format!("crates/web/index.html ne contient pas {first}."));
    }
    let derived = paths::root().join("crates/web/genere").join(page);
    let started = format!("href=\"../Cargo.toml\" data-bin=\"{program}\"");
    sh::write(&derived, source.replace(&first, &started).replace("href=\"styles/", "href=\"../styles/"))?;
    let dist = paths::target().join("xtask").join(program);
    trunk_build(&derived, &dist)?;
    Ok(dist)
}

fn trunk_build(page: &Path, dist: &Path) -> Res {
    let bin = tools::trunk_bin();
    let path = sh::path_with(&[&bin, &tools::wasm_bindgen_bin()?, &paths::e2e().join("node_modules/.bin")])?;
    if dist.exists() {
        std::fs::remove_dir_all(dist).map_err(|cause| format!("Suppression de {} : {cause}", dist.display()))?;
    }
    let arguments = ["build", "--release", "--offline", "--cargo-profile", "wasm-release"];
    let mut trunk = sh::command(bin.join("trunk"), &arguments);
    // Trunk reads NO_COLOR as a boolean and refuses its usual value.
    trunk.env("PATH", path).env_remove("NO_COLOR");
    trunk.arg("--dist").arg(dist).arg(page);
    trunk.env("TRUNK_BUILD_HTML_OUTPUT", page.file_name().unwrap_or_default());
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags());
    sh::run(&mut trunk)
}

/// Views of one erased type instead of one type per view: a tenth less to download. And panic messages that name the files
/// of crates without the folders of this machine: shorter, and the same everywhere.
fn flags() -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut flags = "--cfg=erase_components".to_owned();
    // A registry has one folder per index; what its name holds differs from one version of Cargo to another.
    for folder in std::fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten() {
        let folder = folder.path().display().to_string();
        // Flags are separated by spaces: such a folder keeps its name.
        if !folder.contains(char::is_whitespace) {
            flags.push_str(&format!(" --remap-path-prefix={folder}="));
        }
    }
    flags
}

/// A print of the content of every input.
fn fingerprint() -> Res<String> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        let mut files = Vec::new();
        collect(&paths::root().join(input), &mut files)?;
        files.sort();
        for file in files {
            file.hash(&mut hasher);
            std::fs::read(&file).map_err(|cause| format!("Lecture de {} : {cause}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file under a path (the path itself when it is a file), but for what the build itself generates.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Res {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|cause| format!("Lecture de {} : {cause}", path.display()))?;
    for entry in entries {
        let entry = entry.map_err(|cause| format!("Lecture de {} : {cause}", path.display()))?;
        if entry.file_name() != "genere" {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}
