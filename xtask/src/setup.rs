//! `cargo xtask setup`: installs what is missing. Quick and silent when nothing is; every other command calls it first.

use crate::sh::Res;
use crate::{node, python, system, tools};

/// What `run` needs: compiler, browser target, Trunk and wasm-bindgen, node modules.
pub fn for_run() -> Res {
    system::ensure_for_run()?;
    tools::ensure_wasm_target()?;
    tools::ensure_cargo_tools()?;
    node::ensure_modules()
}

/// Everything, tests included.
pub fn full() -> Res {
    system::ensure_all()?;
    for_run()?;
    python::ensure_schemathesis()
}
