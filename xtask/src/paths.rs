//! Where things are: the workspace, the build outputs, and the cache of tools outside `target/`.

use std::path::{Path, PathBuf};

/// The root of the workspace (the parent of `xtask/`).
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Cargo's output folder, which `CARGO_TARGET_DIR` may move.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The built single-page application, embedded in the server.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Journeys, their node modules (playwright-core, axe-core) and the node tools of the build (wasm-opt, design system).
pub fn e2e() -> PathBuf {
    root().join("e2e")
}

/// The tools' cache: survives `cargo clean`, shared by every clone of the project on this machine.
pub fn tools() -> PathBuf {
    if let Some(folder) = std::env::var_os("PARCOURS_OUTILS") {
        return PathBuf::from(folder).join("outils");
    }
    let cache = match std::env::var_os("XDG_CACHE_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME").unwrap_or_else(|| "/tmp".into())).join(".cache"),
    };
    cache.join("parcours-aidants").join("outils")
}

/// A program built by cargo in this profile folder (`debug` or `release`).
pub fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
