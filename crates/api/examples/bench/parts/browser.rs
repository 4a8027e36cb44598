//! Measures made in a real Chromium, by the scripts of `e2e/mesures/`.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Res;

/// A script that runs in a fresh browser, on the server at an address; `cargo xtask bench` names the Chromium.
pub struct Running {
    script: &'static str,
    node: Child,
}

impl Running {
    /// Starts it.
    pub fn start(script: &'static str, url: &str) -> Res<Self> {
        let e2e = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
        let mut node = Command::new("node");
        node.arg(format!("mesures/{script}")).current_dir(e2e).env("PARCOURS_URL", url);
        let node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
        Ok(Self { script, node: node.map_err(|error| format!("node : {error}"))? })
    }

    /// Closes its standard input, which those that wait for the end read, and gives what it prints.
    pub fn finish<T: serde::de::DeserializeOwned>(self) -> Res<Vec<T>> {
        let script = self.script;
        let done = self.node.wait_with_output().map_err(|error| format!("node : {error}"))?;
        if !done.status.success() {
            return Err(format!("La mesure {script} a échoué."));
        }
        serde_json::from_slice(&done.stdout).map_err(|error| format!("Mesure {script} illisible : {error}"))
    }
}

/// One run of a script, to its end.
pub fn measure<T: serde::de::DeserializeOwned>(script: &'static str, url: &str) -> Res<Vec<T>> {
    Running::start(script, url)?.finish()
}
