//! The journeys and the accessibility checks, in a real Chromium against running servers.

use crate::paths;
use crate::server::Server;
use crate::sh::{self, Res};
use crate::system;

/// Where `run.mjs` writes what failed.
const FAILURES: &str = "resultats/echecs.txt";

/// Runs the tests of the runner itself, then `e2e/run.mjs` against the server; `etat` is one with the brand of the State,
/// `proofs` one that asks the simulators of the services of the outside.
pub fn run(server: &Server, etat: &Server, proofs: &Server) -> Res {
    let chromium = system::chromium().ok_or("Chromium est introuvable. Lancez « cargo xtask setup ».")?;
    sh::run(sh::command("node", &["--test", "outils/"]).current_dir(paths::e2e()))?;
    let mut node = sh::command("node", &["run.mjs"]);
    node.current_dir(paths::e2e()).env("CHROMIUM", chromium);
    node.env("PARCOURS_URL", &server.url).env("PARCOURS_URL_ETAT", &etat.url);
    node.env("PARCOURS_URL_PREUVES", &proofs.url);
    // What failed is told again after everything else, for those who only see the end of the output.
    sh::run(&mut node)
        .map_err(|cause| format!("{cause}\n{}", sh::read(&paths::e2e().join(FAILURES)).unwrap_or_default()))
}
