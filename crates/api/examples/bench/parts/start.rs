//! From the start of the process to ready, and what the server holds when nobody asks anything.

use std::time::Duration;

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, mb, ms, whole};
use crate::stats::median;

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(options.rows)?;
    let parcours = Parcours::new(&fresh)?;
    let (mut ready, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        let server = parcours.serve()?;
        ready.push(server.ready_after.as_secs_f64() * 1_000.0);
        std::thread::sleep(Duration::from_secs(2));
        resident.push(server.resident() as f64);
    }
    let rows = whole(options.rows as f64);
    let start = format!("Démarrage jusqu'à prêt, {rows} demandes");
    report.add(base.column(), &start, "300 ms", "4 s", ms(median(ready)));
    let rest = format!("Mémoire au repos, {rows} demandes");
    report.add(base.column(), &rest, "60 Mo", "423 Mo", mb(median(resident) as u64));
    Ok(())
}
