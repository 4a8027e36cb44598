//! `cargo xtask bench`: the figures of docs/performance.md, measured on the program that users run, on SQLite and on the
//! PostgreSQL named by `PARCOURS_BENCH_DATABASE_URL`. Prints a table to paste there.

mod base;
mod client;
mod counts;
mod data;
mod options;
mod parts;
mod process;
mod queries;
mod report;
mod stats;

use std::process::ExitCode;

use base::Base;
use options::Options;
use report::Report;

/// A result, or the sentence that says what went wrong.
type Res<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    match Options::read(std::env::args().skip(1)).and_then(|options| options.map_or(Ok(()), |o| run(&o))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Res {
    let mut report = Report::default();
    for base in Base::all(options.base.as_deref())? {
        eprintln!("━━━ {} ━━━", base.name());
        for part in options.chosen() {
            eprintln!("· {} : {}", part.name, part.title);
            (part.run)(options, &base, &mut report)?;
        }
    }
    print!("{}", report.markdown(options));
    Ok(())
}
