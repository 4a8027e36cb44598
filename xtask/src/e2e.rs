//! The journeys and the accessibility checks, in a real Chromium against running servers.

use crate::paths;
use crate::server::Server;
use crate::sh::{self, Res};
use crate::system;

/// Runs the tests of the runner itself, then `e2e/run.mjs` against the server; `etat` is one with the brand of the State.
pub fn run(server: &Server, etat: &Server) -> Res {
    let chromium = system::chromium().ok_or("Chromium est introuvable. Lancez « cargo xtask setup ».")?;
    sh::run(sh::command("node", &["--test", "outils/"]).current_dir(paths::e2e()))?;
    let mut node = sh::command("node", &["run.mjs"]);
    node.current_dir(paths::e2e()).env("CHROMIUM", chromium);
    node.env("PARCOURS_URL", &server.url).env("PARCOURS_URL_ETAT", &etat.url);
    sh::run(&mut node)
}
