//! The build tools that come from the Rust ecosystem: the wasm32 target, Trunk, and wasm-bindgen's command line at exactly the
//! version of the lock file (any other version refuses to work).

use std::path::PathBuf;

use crate::paths;
use crate::sh::{self, Res, heading};

const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";

/// The version of a package in Cargo.lock's text.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let header = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != header);
    lines.next()?;
    let version = lines.next()?.trim().strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

/// The version of wasm-bindgen that the workspace is locked to.
fn wasm_bindgen_version() -> Res<String> {
    let lock = sh::read(&paths::root().join("Cargo.lock"))?;
    locked_version(&lock, "wasm-bindgen").ok_or_else(|| "wasm-bindgen est absent de Cargo.lock.".to_owned())
}

fn tool_root(name: &str, version: &str) -> PathBuf {
    paths::tools().join(format!("{name}-{version}"))
}

/// The folder with `trunk`.
pub fn trunk_bin() -> PathBuf {
    tool_root("trunk", TRUNK).join("bin")
}

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub fn wasm_bindgen_bin() -> Res<PathBuf> {
    Ok(tool_root("wasm-bindgen-cli", &wasm_bindgen_version()?).join("bin"))
}

/// Adds the wasm32 target when the toolchain lacks it.
pub fn ensure_wasm_target() -> Res {
    let sysroot = sh::output(&mut sh::command("rustc", &["--print", "sysroot"]))?;
    if PathBuf::from(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    heading("Ajout de la cible WebAssembly");
    sh::run(&mut sh::command("rustup", &["target", "add", TARGET])).map_err(|cause| {
        format!("{cause}\nInstallez rustup, ou ajoutez la cible {TARGET} à votre installation de Rust.")
    })
}

/// Builds Trunk and wasm-bindgen-cli into the cache when they are not there yet (some minutes, once per machine).
pub fn ensure_cargo_tools() -> Res {
    // Trunk's own lock file is needed: with newer dependencies this version no longer compiles.
    let trunk = ["--locked", "--no-default-features", "--features", "rustls"];
    install("wasm-bindgen-cli", &wasm_bindgen_version()?, "wasm-bindgen", &[])?;
    install("trunk", TRUNK, "trunk", &trunk)
}

fn install(package: &str, version: &str, program: &str, options: &[&str]) -> Res {
    let root = tool_root(package, version);
    if root.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX)).is_file() {
        return Ok(());
    }
    heading(&format!("Construction de {package} {version} (une seule fois par machine, quelques minutes)"));
    let root = root.to_string_lossy();
    let mut cargo = sh::cargo(&["install", package, "--version", version, "--root", &root]);
    // The project's own lints, flags and output folder are not the tool's.
    cargo.args(options).current_dir(std::env::temp_dir()).env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
    sh::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_takes_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
