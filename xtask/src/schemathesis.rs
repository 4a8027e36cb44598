//! Schemathesis: every operation of the OpenAPI document, with well-formed and malformed data, then chains of operations. Same
//! seed, same requests.

use crate::paths;
use crate::python;
use crate::server::Server;
use crate::sh::{self, Res};

/// Everything a token may carry, so that no operation hides behind a refusal.
pub const SCOPES: &[&str] = &[
    "demandes:lire",
    "demandes:ecrire",
    "imports:ecrire",
    "imports:lire",
    "enveloppes:lire",
    "enveloppes:ecrire",
    "eligibilites:ecrire",
];

const OPTIONS: &[&str] = &[
    "--checks=all",
    // A deleted demande can be restored: it stays readable at its address. The check `deletion_is_reversible` of hooks.py
    // verifies instead that it says so.
    "--exclude-checks=use_after_free",
    "--phases=examples,coverage,fuzzing,stateful",
    "--mode=all",
    "--max-examples=50",
    "--seed=20260101",
    "--generation-database=none",
    "--max-response-time=5",
    "--request-timeout=30",
    "--workers=1",
    "--no-color",
];

/// Runs all checks against the server, as the most powerful role.
pub fn run(server: &Server) -> Res {
    let token = server.token("anct", SCOPES)?;
    let folder = paths::root().join("xtask").join("schemathesis");
    let mut schemathesis = sh::command(python::schemathesis(), &["--config-file"]);
    schemathesis.arg(folder.join("schemathesis.toml")).arg("run").args(OPTIONS);
    schemathesis.arg(format!("{}/api/v1/openapi.json", server.url));
    schemathesis.current_dir(paths::target());
    // The token is not an argument: arguments can be read by every account of the machine.
    schemathesis.env("PARCOURS_JETON", token).env("PARCOURS_SCHEMATHESIS", folder).env("PYTHONDONTWRITEBYTECODE", "1");
    sh::run(&mut schemathesis)
}
