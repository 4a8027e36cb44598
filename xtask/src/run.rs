//! `cargo xtask run`: from a clone to a demonstration in the browser, in one command.

use std::path::Path;

use crate::demo::{ACCOUNTS, CODE};
use crate::sh::{self, Res, heading};
use crate::{paths, server, setup, web};

const DATABASE: &str = "donnees/parcours.sqlite";
const PORT: u16 = 8080;

/// Prepares the machine, builds the site and the server, writes the demonstration data the first time, and serves until Ctrl-C.
pub fn run() -> Res {
    setup::for_run()?;
    web::build()?;
    heading("Construction du serveur");
    sh::run(&mut sh::cargo(&["build", "--release", "-p", "api", "--bin", "parcours"]))?;
    let program = paths::built("release", "parcours");
    ensure_demonstration(&program)?;
    let port = server::free_port_from(PORT)?;
    let doubles = server::simulate(&program)?;
    announce(port);
    let mut serve = server::parcours(&program, DATABASE, &["serve"]);
    serve.env("PARCOURS_LISTEN", format!("127.0.0.1:{port}")).envs(server::outside(doubles));
    replace_by(serve)
}

/// Writes the demonstration data when there is none; a failure leaves no half-written file to be taken for whole.
fn ensure_demonstration(program: &Path) -> Res {
    let file = paths::root().join(DATABASE);
    if file.is_file() {
        return Ok(());
    }
    heading("Données de démonstration");
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| format!("{} : {cause}", folder.display()))?;
    }
    sh::run(&mut server::parcours(program, DATABASE, &["demo"])).inspect_err(|_message| {
        for ending in ["", "-wal", "-shm"] {
            // A file that is not there is what we want.
            let _ = std::fs::remove_file(paths::root().join(format!("{DATABASE}{ending}")));
        }
    })
}

fn announce(port: u16) {
    heading("Parcours Aidants");
    println!("  Adresse    http://127.0.0.1:{port}");
    println!("  API        http://127.0.0.1:{port}/api/docs");
    for (what, address) in ACCOUNTS {
        println!("  Compte     {address}  ({what}, code {CODE})");
    }
    println!("  Données    {DATABASE} (supprimez ce fichier pour repartir de zéro)");
    println!("  Arrêt      Ctrl-C\n");
}

/// Becomes the server, so that Ctrl-C reaches it directly and the prompt returns when it has really stopped.
#[cfg(unix)]
fn replace_by(mut command: std::process::Command) -> Res {
    use std::os::unix::process::CommandExt;
    Err(format!("Impossible de démarrer le serveur : {}", command.exec()))
}

/// Runs the server to its end.
#[cfg(not(unix))]
fn replace_by(mut command: std::process::Command) -> Res {
    sh::run(&mut command)
}
