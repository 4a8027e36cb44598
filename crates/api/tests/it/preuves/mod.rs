//! Proofs from the outside: the services simulated on the loopback, in every state they may be in.

mod decodage;
mod opco;
mod pannes;
mod programme;
mod routes;
mod rythme;

use actix_web::rt;
use api::preuves;
use api::preuves::simulateurs::{Mode, Profil, Simulateurs, profil};
use domain::demande::{Colonne, Ligne};
use domain::preuve::Service;
use serde_json::Value;

use crate::support::{Caller, TestApp, line, siret};

/// An application whose services are doubles.
pub struct Scene {
    pub app: TestApp,
    pub doubles: Simulateurs,
    pub envelope: String,
}

impl Scene {
    /// With the company register only.
    pub async fn new() -> Self {
        Self::with(&["entreprises"], "10000").await
    }

    /// With these services, that have this long to answer, in milliseconds.
    pub async fn with(services: &[&str], delay: &str) -> Self {
        let doubles = Simulateurs::default();
        let (port, server) = doubles.listen(0).unwrap();
        rt::spawn(server);
        let address = |name: &str| format!("http://127.0.0.1:{port}/{name}");
        let mut variables = vec![("PARCOURS_DELAI_EXTERNE".to_owned(), delay.to_owned())];
        for name in services {
            variables.push((format!("PARCOURS_{}", name.to_uppercase()), address(name)));
            if *name == "siro" {
                variables.push(("PARCOURS_SIRO_CLE".to_owned(), "cle-de-test".to_owned()));
            }
        }
        let variables: Vec<(&str, &str)> =
            variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let app = TestApp::with(&variables).await;
        let envelope = app.envelope("01");
        Self { app, doubles, envelope }
    }

    /// One look at the queue; how many checks were made.
    pub async fn pass(&self) -> usize {
        preuves::pass(&self.app.app).await.unwrap()
    }

    /// Looks at the queue second after second until nothing is due any more.
    pub async fn settle(&self) -> usize {
        let mut made = 0;
        loop {
            match self.pass().await {
                0 => return made,
                some => made += some,
            }
            self.advance(1);
        }
    }

    pub fn advance(&self, seconds: i64) {
        self.app.clock.advance(chrono::Duration::seconds(seconds));
    }

    /// Demandes of these structures, one each; their ids.
    pub fn demandes(&self, sirets: &[String]) -> Vec<String> {
        let lines = sirets.iter().enumerate().map(|(n, siret)| self.line(n, siret));
        self.app.insert(lines.collect())
    }

    /// A row of a structure.
    pub fn line(&self, n: usize, siret: &str) -> Ligne {
        let mut row = line("01", n, &self.envelope);
        row.set(Colonne::Siret, siret);
        row
    }

    pub fn calls(&self) -> u64 {
        self.doubles.calls(Service::Entreprises)
    }

    pub fn behave(&self, mode: Mode) {
        self.doubles.behave(Service::Entreprises, mode);
    }

    pub fn manager(&self) -> Caller<'_> {
        use domain::permission::Role;
        self.app.token_on(Role::Recipiendaire, &crate::support::SCOPES, &[&self.envelope])
    }
}

/// SIRETs of private structures that the doubles make so, each another.
pub fn structures(wanted: Profil, count: usize) -> Vec<String> {
    let sirens = (3_000_000..).map(|n: u32| with_key(&format!("3{n}")));
    sirens.map(|siren| siret(&siren, 1)).filter(|siret| profil(siret) == wanted).take(count).collect()
}

/// Eight digits and the key that makes a SIREN of them.
fn with_key(digits: &str) -> String {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = digit.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// What a rule says of a demande: verdict, sentence, source, date and value of the proof.
pub async fn constat(caller: &Caller<'_>, id: &str, rule: &str) -> Value {
    let found = caller.get(&format!("/demandes/{id}")).send().await.ok(200);
    let said = found["constats"].as_array().unwrap().iter().find(|one| one["regle"] == rule);
    said.unwrap_or_else(|| panic!("{rule} says nothing: {found}")).clone()
}

/// What a count says.
pub fn number(app: &TestApp, sql: &str) -> i64 {
    app.read(|conn| Ok(crate::support::number(conn, sql)))
}
