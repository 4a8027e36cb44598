//! A client library made for Grist, used as its author meant it, against the running server: what `xtask/grist/essai.py` says.

use crate::schemathesis::SCOPES;
use crate::server::Server;
use crate::sh::{self, Res};
use crate::{paths, python};

/// Runs the script with a token of the national team.
pub fn run(server: &Server) -> Res {
    let token = server.token("anct", SCOPES)?;
    let script = paths::root().join("xtask").join("grist").join("essai.py");
    let mut essai = sh::command(python::python(), &[]);
    // The token is not an argument: arguments can be read by every account of the machine.
    essai.arg(script).env("PARCOURS_URL", &server.url).env("PARCOURS_JETON", token);
    sh::run(essai.env("PYTHONDONTWRITEBYTECODE", "1"))
}
