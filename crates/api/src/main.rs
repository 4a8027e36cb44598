//! The binary `parcours`: reads the command and runs it.

use std::process::ExitCode;

fn main() -> ExitCode {
    match api::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parcours : {error}");
            ExitCode::FAILURE
        }
    }
}
