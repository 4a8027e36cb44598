//! What to measure and how big.

use std::time::Duration;

use crate::Res;
use crate::base::Base;
use crate::parts;
use crate::report::Report;

/// A group of measures.
pub struct Part {
    /// Name on the command line.
    pub name: &'static str,
    /// What it measures.
    pub title: &'static str,
    /// Measures on one database.
    pub run: fn(&Options, &Base, &mut Report) -> Res,
}

/// Every part, in order.
pub const PARTS: [Part; 14] = [
    Part { name: "import", title: "import des lignes réelles", run: parts::import::run },
    Part { name: "masse", title: "mémoire d'un import d'un million de lignes", run: parts::mass::run },
    Part { name: "opco", title: "import de la table SIRET-OPCO", run: parts::opco::run },
    Part { name: "requetes", title: "lectures du tableau", run: parts::reads::run },
    Part { name: "million", title: "lectures d'un million de demandes", run: parts::reads::run_million },
    Part {
        name: "national",
        title: "récipiendaires et tableaux de bord d'un million de demandes",
        run: parts::national::run,
    },
    Part { name: "export", title: "exports", run: parts::export::run },
    Part { name: "demarrage", title: "démarrage et mémoire au repos", run: parts::start::run },
    Part { name: "ecritures", title: "écritures durables", run: parts::writes::run },
    Part { name: "flux", title: "clients qui suivent les changements", run: parts::stream::run },
    Part { name: "connexion", title: "connexions et authentification", run: parts::sign_in::run },
    Part { name: "defilement", title: "défilement du tableau dans Chromium", run: parts::scroll::run },
    Part { name: "collage", title: "collage dans le tableau, dans Chromium", run: parts::paste::run },
    Part { name: "poids", title: "poids du site", run: parts::weight::run },
];

/// The parts that are long for the size of their table: all the parts means without them.
const BIG: [&str; 2] = ["million", "national"];

/// The command line.
pub struct Options {
    parts: Vec<String>,
    /// Demandes of the table that is read.
    pub rows: usize,
    /// Lines of the real import.
    pub lines: usize,
    /// Lines of the mass import.
    pub mass: usize,
    /// Lines of the SIRET-OPCO table.
    pub opco: usize,
    /// Demandes of the big tables.
    pub million: usize,
    /// Requests of one run.
    pub requests: usize,
    /// Runs of each measure; the median is kept.
    pub runs: usize,
    /// How long the feed is followed.
    pub following: Duration,
    /// Whether the big tables are measured when no part is named.
    with_million: bool,
    /// The only database to measure on, when one is named.
    pub base: Option<String>,
}

impl Options {
    /// Reads the arguments; nothing when there is nothing to run (help).
    pub fn read(arguments: impl Iterator<Item = String>) -> Res<Option<Self>> {
        let mut options = Self {
            parts: Vec::new(),
            rows: 100_000,
            lines: 34_825,
            mass: 1_000_000,
            opco: 3_000_000,
            million: 1_000_000,
            requests: 1_000,
            runs: 3,
            following: Duration::from_secs(60),
            with_million: false,
            base: None,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let value = arguments.next().unwrap_or_default();
                value.parse().map_err(|_invalid| format!("{argument} attend un nombre, pas « {value} »."))
            };
            match argument.as_str() {
                "--aide" | "--liste" => {
                    help();
                    return Ok(None);
                }
                "--demandes" => options.rows = number()?,
                "--lignes" => options.lines = number()?,
                "--masse" => options.mass = number()?,
                "--opco" => options.opco = number()?,
                "--grand" => options.million = number()?,
                "--requetes" => options.requests = number()?,
                "--passages" => options.runs = number()?,
                "--suivi" => options.following = Duration::from_secs(number()? as u64),
                "--million" => options.with_million = true,
                "--base" => options.base = arguments.next(),
                name if PARTS.iter().any(|part| part.name == name) => options.parts.push(argument),
                _ => return Err(format!("Argument inconnu : « {argument} ». Voir --aide.")),
            }
        }
        Ok(Some(options))
    }

    /// The parts to run: those that are named, else all but the big tables, which are asked for.
    pub fn chosen(&self) -> impl Iterator<Item = &'static Part> {
        PARTS.iter().filter(|part| {
            if self.parts.is_empty() {
                !BIG.contains(&part.name) || self.with_million
            } else {
                self.parts.iter().any(|name| name == part.name)
            }
        })
    }
}

fn help() {
    for part in &PARTS {
        println!("{:<10} {}", part.name, part.title);
    }
    println!(
        "Tailles : --demandes N --lignes N --masse N --opco N --grand N --requetes N --passages N --suivi SECONDES ; --million pour tout, --base SQLite ou PostgreSQL pour une seule."
    );
}
