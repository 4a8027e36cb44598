//! From an input to the next paint while the table is scrolled, in a real Chromium (`e2e/mesures/defilement.mjs`).

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, ms, whole};
use crate::stats::median;

/// Figures of one way of scrolling.
#[derive(serde::Deserialize)]
struct Figures {
    mode: String,
    n: usize,
    p50: f64,
    p95: f64,
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(options.rows)?;
    let server = Parcours::new(&fresh)?.serve()?;
    let url = format!("http://{}", server.address);
    let runs: Vec<Vec<Figures>> = (0..options.runs).map(|_| measure(&url)).collect::<Res<_>>()?;
    let first = runs.first().map(Vec::as_slice).unwrap_or_default();
    for (place, Figures { mode, n, .. }) in first.iter().enumerate() {
        let pick =
            |figure: fn(&Figures) -> f64| median(runs.iter().filter_map(|run| run.get(place)).map(figure).collect());
        let rows = whole(options.rows as f64);
        let measure = format!("Défilement de {rows} demandes, {mode} : entrée jusqu'à l'affichage ({n} gestes)");
        let value = format!("p50 {}, p95 {}", ms(pick(|run| run.p50)), ms(pick(|run| run.p95)));
        report.add(base.column(), &measure, "p95 ≤ 50 ms", "", value);
    }
    Ok(())
}

/// One run in a fresh browser; `cargo xtask bench` names the Chromium.
fn measure(url: &str) -> Res<Vec<Figures>> {
    let e2e = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
    let mut node = Command::new("node");
    node.arg("mesures/defilement.mjs").current_dir(e2e).env("PARCOURS_URL", url);
    let done =
        node.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|error| format!("node : {error}"))?;
    if !done.status.success() {
        return Err("La mesure du défilement a échoué.".to_owned());
    }
    serde_json::from_slice(&done.stdout).map_err(|error| format!("Mesure du défilement illisible : {error}"))
}
