//! Import of the SIRET-OPCO table by the command that users run: how long it takes, and what it holds in memory for a tenth
//! of the lines and for all of them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::Res;
use crate::base::Base;
use crate::data;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, decimal, mb, whole};

/// OPCOs drawn in turn.
const OPCOS: [&str; 4] = ["OPCO Santé", "Uniformation", "AKTO", "OPCO EP"];
/// Companies among which the SIRENs are spread.
const SPREAD: usize = 99_999_989;
/// Prime, so that the SIRENs come in no order and never twice.
const STEP: usize = 61_803_399;

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(0)?;
    let parcours = Parcours::new(&fresh)?;
    let mut peaks = Vec::new();
    for lines in [options.opco / 10, options.opco] {
        let file = fresh.file("opco.csv");
        write(&file, lines)?;
        let spent = parcours.finish(&["import-opco", &file.to_string_lossy()])?;
        peaks.push(spent.peak);
        if lines == options.opco {
            let seconds = spent.time.as_secs_f64();
            let value = format!("{} s ({} lignes/s)", decimal(seconds, 1), whole(lines as f64 / seconds));
            let measure = format!("Import d'une table SIRET-OPCO de {} lignes, en désordre", whole(lines as f64));
            report.add(base.column(), &measure, "60 s", "", value);
        }
    }
    let peaks: Vec<String> = peaks.into_iter().map(mb).collect();
    let measure = "Mémoire de cet import, pour le dixième puis le tout";
    report.add(base.column(), measure, "constante", "", peaks.join(" et "));
    Ok(())
}

fn write(path: &Path, lines: usize) -> Res {
    let mut output = BufWriter::with_capacity(1 << 20, File::create(path).map_err(cause)?);
    output.write_all(b"siret,opco\n").map_err(cause)?;
    for (place, opco) in OPCOS.iter().cycle().take(lines).enumerate() {
        let siren = data::with_key(&format!("{:08}", place * STEP % SPREAD));
        writeln!(output, "{},{opco}", data::with_key(&format!("{siren}0001"))).map_err(cause)?;
    }
    output.flush().map_err(cause)
}
