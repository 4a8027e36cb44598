//! The domain's tests again, compiled to wasm32 and run by Node.js: the browser and the server must decide alike.

use crate::sh::{self, Res};
use crate::tools;

/// Runs them with the test runner of the locked wasm-bindgen; a run that executes no test is an error.
pub fn test_domain() -> Res {
    let runner = tools::wasm_bindgen_bin()?.join("wasm-bindgen-test-runner");
    let mut cargo = sh::cargo(&["test", "-p", "domain", "--target", "wasm32-unknown-unknown", "--lib", "--tests"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    let printed = sh::output(&mut cargo)?;
    print!("{printed}");
    match passed(&printed) {
        0 => Err("Aucun test du domaine n'a été exécuté en WebAssembly.".to_owned()),
        count => {
            println!("{count} tests du domaine passent en WebAssembly.");
            Ok(())
        }
    }
}

/// The sum of `N passed` over the runners' closing lines.
fn passed(printed: &str) -> u32 {
    printed
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: ok. "))
        .filter_map(|rest| rest.split(' ').next()?.parse::<u32>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_add_up() {
        let printed = "test a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored\n\
                       test result: ok. 30 passed; 0 failed\nno tests to run!\n";
        assert_eq!(passed(printed), 42);
        assert_eq!(passed("no tests to run!\n"), 0);
    }
}
