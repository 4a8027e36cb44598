//! The program itself: the server checks in the background and stops when told, the simulators and the import of a table
//! are commands.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use api::preuves::simulateurs::Profil;
use domain::demande::Colonne;

use super::{number, structures};
use crate::support::{Process, TestApp, line};

/// A command of the program on this database.
fn command(app: &TestApp, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
    command.args(arguments).env("DATABASE_URL", app.database.text()).env("PARCOURS_MODE", "demonstration");
    command
}

/// Waits for a count, as long as a slow machine may need.
fn wait(app: &TestApp, sql: &str, wanted: i64) {
    let begun = Instant::now();
    while number(app, sql) != wanted {
        assert!(begun.elapsed() < Duration::from_secs(60), "{sql}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[actix_web::test]
async fn rel_07_the_server_checks_in_the_background_and_stops_when_told() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let sirets = [Profil::Fermee, Profil::Uniformation].map(|wanted| structures(wanted, 1).remove(0));
    let rows = sirets.iter().enumerate().map(|(n, siret)| {
        let mut row = line("01", n, &envelope);
        row.set(Colonne::Siret, siret.as_str());
        row
    });
    app.insert(rows.collect());
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let mut doubles =
        command(&app, &["simulateurs", "--avec-parent", "--port", &port]).stderr(Stdio::null()).spawn().unwrap();
    let spool = tempfile::tempdir().unwrap();
    let (register, siro) = (format!("http://127.0.0.1:{port}/entreprises"), format!("http://127.0.0.1:{port}/siro"));
    let variables =
        [("PARCOURS_ENTREPRISES", register.as_str()), ("PARCOURS_SIRO", siro.as_str()), ("PARCOURS_SIRO_CLE", "cle")];
    let server = Process::start_with(&app.database, spool.path(), &variables, &spool.path().join("dit"));
    wait(&app, "SELECT count(*) AS n FROM preuve WHERE valeur <> ''", 4);
    wait(&app, "SELECT count(*) AS n FROM demande WHERE verdict = 'bloquant'", 2);
    let file = spool.path().join("table.csv");
    std::fs::write(&file, format!("siret;opco\n{};AKTO\n{};UNIFORMATION\n1;AKTO\n", sirets[0], sirets[1])).unwrap();
    let imported = command(&app, &["import-opco", file.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8(imported.stdout).unwrap();
    assert!(said.starts_with("2 lignes importées, 1 refusées"), "{said}");
    wait(&app, "SELECT count(*) AS n FROM preuve WHERE a_appliquer IS NOT NULL", 0);
    let begun = Instant::now();
    assert!(server.stop().success());
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(doubles.kill());
    drop(doubles.wait());
}
