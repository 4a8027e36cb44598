//! Memory of an import of a million lines, CSV then NDJSON.

use crate::Res;
use crate::base::Base;
use crate::data::Structures;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, mb, whole};

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let structures = Structures::read()?;
    for format in ["csv", "ndjson"] {
        let fresh = base.fresh(0)?;
        let file = fresh.file(&format!("masse.{format}"));
        structures.write(&file, options.mass)?;
        let spent = Parcours::new(&fresh)?.finish(&["import", &file.to_string_lossy()])?;
        let rate = options.mass as f64 / spent.time.as_secs_f64();
        let measure =
            format!("Mémoire de l'import d'un {} de {} lignes", format.to_uppercase(), whole(options.mass as f64));
        let value = format!("{} ({} lignes/s)", mb(spent.peak), whole(rate));
        report.add(base.column(), &measure, "150 Mo", "1 300 Mo pour 100 000 lignes", value);
    }
    Ok(())
}
