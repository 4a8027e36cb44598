//! Import of the real structures, one professional each, by the command that users run.

use crate::Res;
use crate::base::Base;
use crate::counts::Counts;
use crate::data::Structures;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, decimal, mb, whole};
use crate::stats::median;

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let structures = Structures::read()?;
    let (mut rates, mut peaks, mut cost) = (Vec::new(), Vec::new(), Counts::default());
    let mut kept = 0;
    for _ in 0..options.runs {
        let fresh = base.fresh(0)?;
        let file = fresh.file("import.csv");
        structures.write(&file, options.lines)?;
        let parcours = Parcours::new(&fresh)?;
        let before = Counts::read(&fresh.url)?;
        let spent = parcours.finish(&["import", &file.to_string_lossy()])?;
        cost = Counts::read(&fresh.url)?.since(before);
        kept = demandes(&parcours, &fresh.file("relu.ndjson"))?;
        rates.push(options.lines as f64 / spent.time.as_secs_f64());
        peaks.push(spent.peak as f64);
    }
    let column = base.column();
    let lines = options.lines as f64;
    let measure = format!("Import de {} lignes CSV, règles et journal compris", whole(lines));
    let rate = format!("{} lignes/s", whole(median(rates)));
    report.add(column, &measure, "8 500 lignes/s, visé 15 000 et 10 000", "4 250 lignes/s, sans règle", rate);
    report.add(column, "Mémoire de cet import", "", "", mb(median(peaks) as u64));
    let per_line = |count: i64| decimal(count as f64 / lines, 2);
    let cost = format!("{} et {}", per_line(cost.rows), per_line(cost.entries));
    report.add(column, "Lignes de table et entrées d'index par ligne (hors trigrammes)", "", "", cost);
    if column == 0 {
        let refused = options.lines.saturating_sub(kept);
        report.note(format!(
            "Lignes importées : {} ; {} acceptées, {refused} refusées.",
            structures.source,
            whole(kept as f64)
        ));
    }
    Ok(())
}

/// Demandes in the base, counted by exporting them: what was written can be read.
fn demandes(parcours: &Parcours, file: &std::path::Path) -> Res<usize> {
    parcours.finish_to_file(&["export", "--format", "ndjson"], file)?;
    let written = std::fs::read(file).map_err(|error| error.to_string())?;
    Ok(written.iter().filter(|byte| **byte == b'\n').count())
}
