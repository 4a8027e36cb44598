//! Exports of the whole table, time and memory.

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, decimal, mb, whole};
use crate::stats::median;

const FORMATS: [(&str, &str, &str); 3] = [("csv", "0,8 s", "3,9 s"), ("xlsx", "6 s", ""), ("ndjson", "", "")];

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(options.rows)?;
    let parcours = Parcours::new(&fresh)?;
    for (format, aim, grist) in FORMATS {
        let (mut times, mut peaks) = (Vec::new(), Vec::new());
        for _ in 0..options.runs {
            let spent = parcours.finish_to_file(&["export", "--format", format], &fresh.file("export"))?;
            times.push(spent.time.as_secs_f64());
            peaks.push(spent.peak as f64);
        }
        let measure = format!("Export {} de {} demandes", format.to_uppercase(), whole(options.rows as f64));
        let value = format!("{} s, {}", decimal(median(times), 2), mb(median(peaks) as u64));
        report.add(base.column(), &measure, aim, grist, value);
    }
    Ok(())
}
