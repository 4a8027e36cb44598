//! From an input to the next paint while the table is scrolled, in a real Chromium (`e2e/mesures/defilement.mjs`).

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, ms, whole};
use crate::stats::median;

use super::browser;

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
    let runs: Vec<Vec<Figures>> =
        (0..options.runs).map(|_| browser::measure("defilement.mjs", &url)).collect::<Res<_>>()?;
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
