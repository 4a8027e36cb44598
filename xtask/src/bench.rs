//! `cargo xtask bench`: builds in release and runs the measures against SQLite and a durable private PostgreSQL.

use crate::postgres::{Cluster, Durability};
use crate::sh::{self, Res, heading};
use crate::{paths, setup, system, web};

/// The part that needs neither server nor database.
const GRID: &str = "grille";

/// Passes its options to the measuring program (`crates/api/examples/bench.rs`).
pub fn bench(options: &[String]) -> Res {
    setup::full()?;
    let named = !options.is_empty();
    if options.is_empty() || options.iter().any(|option| option == GRID) {
        grid()?;
    }
    let options: Vec<&String> = options.iter().filter(|option| *option != GRID).collect();
    if options.is_empty() && named {
        return Ok(());
    }
    web::build()?;
    heading("Construction en release");
    let build = ["build", "--release", "-p", "api", "--bin", "parcours", "--example", "bench"];
    sh::run(&mut sh::cargo(&build))?;
    let cluster = Cluster::start(Durability::Durable)?;
    heading("Mesures");
    let mut cargo = sh::cargo(&["run", "--release", "--quiet", "-p", "api", "--example", "bench", "--"]);
    cargo.args(options).env("PARCOURS_BENCH_DATABASE_URL", cluster.url());
    if let Some(chromium) = system::chromium() {
        cargo.env("CHROMIUM", chromium);
    }
    sh::run(&mut cargo)
}

/// The table against the same written by hand, then one of 100,000 × 60 that is scrolled, in Chromium.
fn grid() -> Res {
    heading("Mesures du tableau");
    let folder = web::measures()?;
    for script in ["mesures/grille.mjs", "mesures/etendue.mjs"] {
        let mut node = sh::command("node", &[script]);
        node.current_dir(paths::e2e()).arg(&folder);
        if let Some(chromium) = system::chromium() {
            node.env("CHROMIUM", chromium);
        }
        sh::run(&mut node)?;
    }
    Ok(())
}
