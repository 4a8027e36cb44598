//! The command line of `parcours`, run as an operator runs it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Database, ES256, number, texts};

struct Line<'a> {
    database: &'a Database,
    spool: &'a Path,
}

impl Line<'_> {
    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parcours"));
        command
            .args(arguments)
            .env("DATABASE_URL", self.database.text())
            .env("PARCOURS_MODE", "demonstration")
            .env("PARCOURS_DONNEES", self.spool)
            .envs(variables.iter().copied());
        command
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(arguments, variables).output().unwrap()
    }

    /// Standard output of a command that succeeds.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, &[]);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command that fails says on standard error.
    fn refused(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let output = self.run(arguments, variables);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?}: {said}");
        said
    }
}

fn with(test: impl FnOnce(&Line<'_>)) {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    test(&Line { database: &database, spool: spool.path() });
}

#[test]
fn demonstration_data_come_back_unchanged_from_each_export() {
    with(|line| {
        line.done(&["demo", "--rows", "40", "--seed", "7"]);
        for format in ["csv", "ndjson", "xlsx"] {
            let output = line.run(&["export", "--format", format], &[]);
            assert!(output.status.success());
            let file = line.spool.join(format!("export.{format}"));
            std::fs::write(&file, output.stdout).unwrap();
            let report: serde_json::Value =
                serde_json::from_str(&line.done(&["import", file.to_str().unwrap()])).unwrap();
            assert_eq!((&report["inchangees"], &report["etat"]), (&40.into(), &"termine".into()), "{report}");
        }
        let some = line.done(&["export", "--filter", "nom eq \"Introuvable\""]);
        assert_eq!(some.lines().count(), 1, "the header alone");
        let said = line.refused(&["export", "--filter", "etape eq"], &[]);
        assert!(said.contains("filter"), "{said}");
    });
}

#[test]
fn demonstration_data_are_the_same_for_the_same_seed() {
    let exported = |seed: &str| {
        let mut text = String::new();
        with(|line| {
            line.done(&["demo", "--rows", "20", "--seed", seed]);
            text = line.done(&["export"]);
        });
        text
    };
    assert_eq!(exported("1"), exported("1"));
    assert_ne!(exported("1"), exported("2"));
}

#[test]
fn a_rehearsal_from_the_command_line_writes_nothing() {
    with(|line| {
        let file = line.spool.join("fichier.csv");
        std::fs::write(&file, crate::imports_files::people("01", 5).csv(';')).unwrap();
        let file = file.to_str().unwrap();
        let count = || {
            let mut conn = api::db::DbConn::open(&line.database.url, api::db::Usage::Read).unwrap();
            number(&mut conn, "SELECT count(*) AS n FROM demande")
        };
        let rehearsed: serde_json::Value = serde_json::from_str(&line.done(&["import", "--dry-run", file])).unwrap();
        assert_eq!((&rehearsed["creees"], count()), (&5.into(), 0), "{rehearsed}");
        line.done(&["import", file]);
        assert_eq!(count(), 5);
        assert!(Path::new(file).exists(), "the file is the operator's");
    });
}

#[test]
fn a_token_is_printed_alone_and_a_wrong_one_is_not_made() {
    with(|line| {
        let printed = line.done(&["token", "create", "--role", "anct", "--scope", "demandes:lire"]);
        assert!(printed.starts_with("parcours_") && printed.lines().count() == 1, "one line, the token");
        for (arguments, words) in [
            (vec!["--role", "chef", "--scope", "demandes:lire"], "chef"),
            (vec!["--role", "anct", "--scope", "tout"], "tout"),
            (vec!["--role", "anct", "--scope", "demandes:lire", "--jours", "400"], "365"),
            (vec!["--role", "recipiendaire", "--scope", "demandes:lire", "--enveloppe", "inconnue"], "inconnue"),
        ] {
            let said = line.refused(&[vec!["token", "create"], arguments].concat(), &[]);
            assert!(said.contains(words) && said.starts_with("parcours : "), "{said}");
        }
        let mut conn = api::db::DbConn::open(&line.database.url, api::db::Usage::Read).unwrap();
        assert_eq!(texts(&mut conn, "SELECT portees AS v FROM client_api"), ["demandes:lire"]);
    });
}

#[test]
fn production_refuses_demonstration_data_and_their_making() {
    with(|line| {
        let production = [
            ("PARCOURS_MODE", "production"),
            ("PARCOURS_SECRET", "un-secret-de-plus-de-trente-deux-signes"),
            ("PARCOURS_CLES_OTP", "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            ("PARCOURS_CLES_JWT", ES256),
            ("PARCOURS_URL", "https://aidants.example"),
            ("PARCOURS_SMTP", "smtps://relais.example:465"),
        ];
        assert!(line.refused(&["serve"], &production[..5]).contains("PARCOURS_SMTP : obligatoire en production"));
        assert!(line.refused(&["demo"], &production).contains("« demo » n’écrit pas"));
        line.done(&["demo", "--rows", "1"]);
        assert!(line.refused(&["serve"], &production).contains("données de démonstration"));
    });
}

#[test]
fn a_wrong_variable_stops_the_start_with_its_name() {
    with(|line| {
        for (name, value) in [("PARCOURS_LISTEN", "8080"), ("PARCOURS_LIMITE_JSON", "1 Mo"), ("DATABASE_URL", "a://b")]
        {
            let said = line.refused(&["serve"], &[(name, value)]);
            assert!(said.contains(name) && said.contains("attendu"), "{said}");
        }
        let printed = line.done(&["--print-config"]);
        assert!(printed.contains("PARCOURS_MODE=demonstration"), "{printed}");
    });
}

#[test]
fn a_signed_head_is_written_and_verified() {
    const KEY: (&str, &str) =
        ("PARCOURS_CLE_JOURNAL", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    with(|line| {
        line.done(&["demo", "--rows", "5"]);
        assert!(line.refused(&["journal", "attest"], &[]).contains(KEY.0));
        let attested = line.run(&["journal", "attest"], &[KEY]);
        let file = line.spool.join("tete.json");
        std::fs::write(&file, &attested.stdout).unwrap();
        let verify = ["journal", "verify", "--tete", file.to_str().unwrap()];
        let held = line.run(&verify, &[KEY]);
        assert!(held.status.success() && String::from_utf8_lossy(&held.stdout).contains("intact"), "{held:?}");
        let altered = String::from_utf8(attested.stdout).unwrap().replacen("\"numero\": ", "\"numero\": 1", 1);
        std::fs::write(&file, altered).unwrap();
        let broken = line.run(&verify, &[KEY]);
        assert!(
            !broken.status.success() && String::from_utf8_lossy(&broken.stdout).contains("signature"),
            "{broken:?}"
        );
        assert_eq!(line.done(&["courriel", "list"]), "Aucun courriel arrêté.\n");
        assert!(line.refused(&["courriel", "retry", "inconnu"], &[]).contains("aucun courriel"));
    });
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    with(|line| {
        line.done(&["demo", "--rows", "2000"]);
        let mut child = line.command(&["export"], &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success() && ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
    });
}

#[test]
fn arguments_are_refused_and_helped_in_french() {
    with(|line| {
        for (arguments, said) in [
            (&["inconnue"][..], "la commande « inconnue » n’existe pas"),
            (&["demo", "--lignes"], "l’argument « --lignes » n’existe pas"),
            (&["demo", "--rows", "beaucoup"], "la valeur de « --rows <ROWS> » n’est pas celle attendue"),
            (&["token", "create"], "il manque « --role <ROLE>, --scope <SCOPES> »"),
        ] {
            let refused = line.refused(arguments, &[]);
            assert!(refused.contains(said) && refused.contains("parcours --help"), "{refused}");
            assert!(!refused.contains("error"), "{refused}");
        }
        for arguments in [&["--help"][..], &["demo", "--help"], &["token", "create", "--help"]] {
            let help = line.done(arguments);
            assert!(help.contains("Usage :") && help.contains("Affiche cette aide"), "{help}");
            assert!(!help.contains("command line"), "{help}");
            assert!(!["Usage:", "Commands", "Print", "default"].iter().any(|word| help.contains(word)), "{help}");
        }
        assert!(line.done(&["--version"]).starts_with("parcours "));
    });
}

#[test]
fn demonstration_data_are_not_added_twice() {
    with(|line| {
        line.done(&["demo", "--rows", "10"]);
        let again = line.run(&["demo", "--rows", "10"], &[]);
        assert!(again.status.success());
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(said.contains("10 demandes sont déjà là"), "{said}");
        let mut conn = api::db::DbConn::open(&line.database.url, api::db::Usage::Read).unwrap();
        assert_eq!(number(&mut conn, "SELECT count(*) AS n FROM demande"), 10);
    });
}
