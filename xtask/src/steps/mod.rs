//! `cargo xtask test`: everything that must hold, in order, stopping at the first red step. Continuous integration runs this and
//! nothing else.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::postgres::{Cluster, Durability};
use crate::server::{self, Server};
use crate::sh::{self, Res, heading};
use crate::{composants, dist, docs, e2e, grist, openapi, paths, schemathesis, setup, tidy, web};

mod report;
mod wasm;

use report::Line;

/// Demonstration demandes of a server under test.
const DEMO_ROWS: usize = 250;
/// The same for the journeys: several pages of the table, so that scrolling and cursors are really used.
const E2E_ROWS: usize = 2_000;
/// The same for the server with the brand of the State: rows to choose in the table.
const ETAT_ROWS: usize = 20;

/// One thing to verify.
struct Step {
    name: &'static str,
    title: &'static str,
    run: fn() -> Res,
}

/// In order: cheap and frequent failures first, then what needs builds, then what needs a running server.
const STEPS: &[Step] = &[
    Step { name: "fmt", title: "mise en forme", run: fmt },
    Step { name: "tidy", title: "règles de forme et invariants", run: tidy::check_all },
    Step { name: "composants", title: "inventaire des composants et avis de sécurité", run: composants::test },
    Step { name: "clippy", title: "clippy (domain, api, xtask)", run: clippy },
    Step { name: "clippy-web", title: "clippy (web, wasm32)", run: clippy_web },
    Step { name: "xtask", title: "tests de xtask", run: test_xtask },
    Step { name: "domaine", title: "tests du domaine (hôte)", run: test_domain },
    Step { name: "domaine-wasm", title: "tests du domaine (wasm32, Node.js)", run: wasm::test_domain },
    Step { name: "web-hote", title: "tests du site (hôte)", run: test_web },
    Step { name: "web", title: "construction du site et budget d'octets", run: build_web },
    Step { name: "api-sqlite", title: "tests du serveur (SQLite)", run: test_api_sqlite },
    Step { name: "api-postgres", title: "tests du serveur (PostgreSQL)", run: test_api_postgres },
    Step { name: "openapi", title: "document OpenAPI à jour", run: check_openapi },
    Step { name: "parcours", title: "parcours dans Chromium et accessibilité", run: journeys },
    Step { name: "docs", title: "exemples de la documentation", run: examples },
    Step { name: "grist", title: "client de Grist", run: grist_client },
    Step { name: "schemathesis", title: "Schemathesis", run: fuzz_http },
];

/// Runs every step, or only those named; `--liste` names them.
pub fn test(arguments: &[String]) -> Res {
    if arguments.iter().any(|argument| argument == "--liste") {
        STEPS.iter().for_each(|step| println!("{:<14} {}", step.name, step.title));
        return Ok(());
    }
    let chosen = choose(arguments)?;
    let start = Instant::now();
    heading("Préparation");
    setup::full()?;
    let mut lines = vec![Line::passed("préparation", start.elapsed())];
    let outcome = run_all(&chosen, &mut lines);
    print!("{}", report::table(&lines, start.elapsed()));
    outcome
}

fn choose(names: &[String]) -> Res<Vec<&'static Step>> {
    if names.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        return Err(format!("Étape inconnue : « {unknown} ». Voir « cargo xtask test --liste »."));
    }
    Ok(STEPS.iter().filter(|step| names.iter().any(|name| name == step.name)).collect())
}

fn run_all(steps: &[&Step], lines: &mut Vec<Line>) -> Res {
    for step in steps {
        heading(step.title);
        let start = Instant::now();
        let outcome = (step.run)();
        let elapsed: Duration = start.elapsed();
        match outcome {
            Ok(()) => lines.push(Line::passed(step.title, elapsed)),
            Err(cause) => {
                lines.push(Line::failed(step.title, elapsed));
                return Err(format!(
                    "ÉCHEC de l'étape « {} » : {cause}\nÀ rejouer seule : cargo xtask test {}",
                    step.title, step.name
                ));
            }
        }
    }
    Ok(())
}

fn fmt() -> Res {
    sh::run(&mut sh::cargo(&["fmt", "--all", "--", "--check"]))
}

fn clippy() -> Res {
    let arguments = [
        "clippy",
        "-p",
        "domain",
        "-p",
        "api",
        "-p",
        "xtask",
        "-p",
        "composants",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    sh::run(&mut sh::cargo(&arguments))
}

fn clippy_web() -> Res {
    sh::run(&mut sh::cargo(&["clippy", "-p", "web", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]))
}

fn test_xtask() -> Res {
    sh::run(&mut sh::cargo(&["test", "-p", "xtask"]))
}

fn test_domain() -> Res {
    sh::run(&mut sh::cargo(&["test", "-p", "domain"]))
}

/// The pages' logic and the list of routes, as plain functions.
fn test_web() -> Res {
    sh::run(&mut sh::cargo(&["test", "-p", "web", "--lib"]))
}

fn build_web() -> Res {
    web::build()?;
    dist::check_budget()?;
    tidy::check_wasm()
}

/// The same targets everywhere, so that api is compiled once for its tests and for the server that the later steps start.
const API: &[&str] = &["-p", "api", "--lib", "--bins", "--tests"];

fn cargo_api(verb: &str) -> std::process::Command {
    let mut cargo = sh::cargo(&[verb]);
    cargo.args(API);
    cargo
}

fn test_api_sqlite() -> Res {
    sh::run(cargo_api("test").env_remove("PARCOURS_TEST_DATABASE_URL"))
}

fn test_api_postgres() -> Res {
    let cluster = Cluster::start(Durability::Volatile)?;
    sh::run(cargo_api("test").env("PARCOURS_TEST_DATABASE_URL", cluster.url()))
}

/// The server as the tests compiled it.
fn server_program() -> Res<PathBuf> {
    sh::run(&mut cargo_api("build"))?;
    Ok(paths::built("debug", "parcours"))
}

fn check_openapi() -> Res {
    openapi::check(&server_program()?)
}

fn journeys() -> Res {
    web::build()?;
    let program = server_program()?;
    let etat =
        Server::start_with(&program, "etat", ETAT_ROWS, &[("PARCOURS_MARQUE", "etat"), ("PARCOURS_CODE_RECENT", "5")])?;
    let proofs = asking(&program, "preuves", 1)?;
    Server::start(&program, "e2e", E2E_ROWS)?.during(|server| e2e::run(server, &etat, &proofs))
}

fn examples() -> Res {
    asking(&server_program()?, "exemples", DEMO_ROWS)?.during(docs::run)
}

/// A server that asks the simulators of the services of the outside.
fn asking(program: &Path, name: &str, rows: usize) -> Res<Server> {
    let asked = server::outside(server::simulate(program)?);
    let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Server::start_with(program, name, rows, &asked)
}

fn grist_client() -> Res {
    Server::start(&server_program()?, "grist", DEMO_ROWS)?.during(grist::run)
}

fn fuzz_http() -> Res {
    // Each request of the feed then ends at once.
    let brief = [("PARCOURS_FLUX_DUREE", "0")];
    Server::start_with(&server_program()?, "schemathesis", DEMO_ROWS, &brief)?.during(schemathesis::run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_chosen_in_the_order_of_the_list() {
        for step in STEPS {
            assert_eq!(STEPS.iter().filter(|other| other.name == step.name).count(), 1, "{}", step.name);
        }
        let chosen = choose(&["tidy".to_owned(), "fmt".to_owned()]).unwrap();
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "tidy"]);
        assert!(choose(&["inconnue".to_owned()]).is_err());
    }

    #[test]
    fn the_first_red_step_stops_the_run() {
        fn red() -> Res {
            Err("rouge".to_owned())
        }
        fn never() -> Res {
            Err("ne doit pas être atteinte".to_owned())
        }
        let (first, second) = (Step { name: "a", title: "a", run: red }, Step { name: "b", title: "b", run: never });
        let mut lines = Vec::new();
        let outcome = run_all(&[&first, &second], &mut lines);
        assert!(outcome.unwrap_err().contains("rouge"));
        assert_eq!(lines.len(), 1);
    }
}
