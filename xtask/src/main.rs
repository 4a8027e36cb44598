//! `cargo xtask`: the only commands a person needs, and the only ones continuous integration calls.
//! Knows the workspace and its tools; knows nothing about the trade.

use std::process::ExitCode;

mod bench;
mod composants;
mod demo;
mod dist;
mod docs;
mod droits;
mod e2e;
mod grist;
mod node;
mod openapi;
mod paths;
mod postgres;
mod python;
mod run;
mod schemathesis;
mod server;
mod setup;
mod sh;
mod steps;
mod system;
mod tempdir;
mod tidy;
mod tools;
mod web;

const AIDE: &str = "\
Usage : cargo xtask <commande>

  run             prépare la machine, construit tout et démarre une démonstration
  test [étapes]   tout ce que l'intégration continue vérifie (ou seulement les étapes nommées)
  setup           installe ce qui manque ; ne fait rien si tout y est
  bench [options] mesures de performance (options passées au programme de mesure)
  openapi         réécrit openapi/openapi.json
  droits          réécrit la matrice d'accès de docs/security.md
  composants      inventaire des composants et avis de sécurité (--avis DÉPÔT pour renouveler ceux-ci)
  tidy            règles de forme et invariants d'architecture, sans construire

Étapes de test : cargo xtask test --liste";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "run" => run::run(),
        "test" => steps::test(&rest),
        "setup" => setup::full().map(|_| println!("Tout est prêt.")),
        "bench" => bench::bench(&rest),
        "openapi" => openapi::rewrite(),
        "droits" => droits::rewrite(),
        "composants" => composants::run(&rest),
        "tidy" => tidy::check_sources(),
        "" | "help" | "aide" | "-h" | "--help" => {
            println!("{AIDE}");
            Ok(())
        }
        other => Err(format!("Commande inconnue : « {other} ».\n\n{AIDE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}
