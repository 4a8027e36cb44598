//! A paste of 1,000 × 20 cells in the table, in a real Chromium (`e2e/mesures/collage.mjs`).

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, ms};
use crate::stats::median;

use super::browser;

/// Demandes of the base: those that are pasted over, and as many.
const ROWS: usize = 2_000;

/// One paste, in milliseconds.
#[derive(serde::Deserialize)]
struct Figures {
    vu: f64,
    enregistre: f64,
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(ROWS)?;
    let server = Parcours::new(&fresh)?.serve()?;
    let url = format!("http://{}", server.address);
    let mut pastes = Vec::new();
    for _ in 0..options.runs {
        pastes.extend(browser::measure::<Figures>("collage.mjs", &url)?);
    }
    for (what, aim, figure) in [
        ("ce qui changerait est montré", "≤ 300 ms", (|paste: &Figures| paste.vu) as fn(&Figures) -> f64),
        ("tout est enregistré", "≤ 1 s", |paste| paste.enregistre),
    ] {
        let times: Vec<f64> = pastes.iter().map(figure).collect();
        let most = times.iter().copied().fold(0.0, f64::max);
        let measure = format!("Collage de 1 000 × 20 cellules : {what}");
        report.add(base.column(), &measure, aim, "", format!("p50 {}, au plus {}", ms(median(times)), ms(most)));
    }
    Ok(())
}
