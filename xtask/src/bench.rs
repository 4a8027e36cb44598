//! `cargo xtask bench`: builds in release and runs the measures against SQLite and a durable private PostgreSQL.

use crate::postgres::{Cluster, Durability};
use crate::sh::{self, Res, heading};
use crate::{setup, system, web};

/// Passes its options to the measuring program (`crates/api/examples/bench.rs`).
pub fn bench(options: &[String]) -> Res {
    setup::full()?;
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
