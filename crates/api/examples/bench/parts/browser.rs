//! Measures made in a real Chromium, by the scripts of `e2e/mesures/`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Res;

/// One run of a script in a fresh browser, on the server at this address; `cargo xtask bench` names the Chromium.
pub fn measure<T: serde::de::DeserializeOwned>(script: &str, url: &str) -> Res<Vec<T>> {
    let e2e = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
    let mut node = Command::new("node");
    node.arg(format!("mesures/{script}")).current_dir(e2e).env("PARCOURS_URL", url);
    let done =
        node.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|error| format!("node : {error}"))?;
    if !done.status.success() {
        return Err(format!("La mesure {script} a échoué."));
    }
    serde_json::from_slice(&done.stdout).map_err(|error| format!("Mesure {script} illisible : {error}"))
}
