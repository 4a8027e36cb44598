//! Schemathesis: every operation of the OpenAPI document, with well-formed and malformed data, then chains of operations. Same
//! seed, same requests.

use crate::paths;
use crate::python;
use crate::server::Server;
use crate::sh::{self, Res};

/// Everything a token may carry, so that no operation hides behind a refusal.
pub const SCOPES: &[&str] = &["demandes:lire", "demandes:ecrire", "imports:ecrire", "imports:lire", "enveloppes:lire"];

const OPTIONS: &[&str] = &[
    "--checks=all",
    "--phases=examples,coverage,fuzzing,stateful",
    "--mode=all",
    "--max-examples=25",
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
    let config = paths::root().join("xtask").join("schemathesis.toml");
    let mut schemathesis = sh::command(python::schemathesis(), &["--config-file"]);
    schemathesis.arg(config).arg("run").args(OPTIONS);
    schemathesis.arg(format!("--header=Authorization: Bearer {token}"));
    schemathesis.arg(format!("{}/api/v1/openapi.json", server.url));
    schemathesis.current_dir(paths::target());
    sh::run(&mut schemathesis)
}
