//! The work of the checks: claim, ask, keep what was answered, then let the verdicts follow. No pass waits for its time:
//! what may not be asked yet is asked by a later one.

use std::time::Duration;

use actix_web::web;
use domain::preuve::{EchecPreuve, Entreprise, Service};
use futures_util::future::join_all;
use reqwest::Url;
use serde::Serialize;

use super::outgoing::{Failure, Outgoing};
use super::queue::{Proof, UNKNOWN};
use super::{adresses, entreprises, facts, gate, queue, siro, verdicts};
use crate::app::App;
use crate::areas::demande::service::Context;
use crate::clock::Moment;
use crate::config::ServicesConfig;
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal::Author;

/// Time between two looks at the queue.
const PAUSE: Duration = Duration::from_millis(250);
/// Time between two looks at the verdicts that have something to take in.
const FOLLOW_PAUSE: Duration = Duration::from_millis(500);
/// Structures whose verdicts are followed in a pass.
const FOLLOWED: i64 = 50;

/// How the services are asked.
pub struct Checks {
    outgoing: Outgoing,
    services: ServicesConfig,
}

/// What is asked of a service about a structure.
struct Question {
    proof: Proof,
    /// The address of the structure, for the address base.
    place: Option<Entreprise>,
}

/// What a service answered, as it is kept.
type Answer = Result<String, Failure>;

impl Checks {
    /// The client of the services that have an address; nothing when none has.
    ///
    /// # Errors
    /// For the log: the client could not be made.
    pub fn new(services: &ServicesConfig, site: &str) -> Result<Option<Self>, String> {
        if !services.any() {
            return Ok(None);
        }
        Ok(Some(Self { outgoing: Outgoing::new(services, site)?, services: services.clone() }))
    }

    /// Whether this service is asked.
    pub const fn asks(&self, service: Service) -> bool {
        match service {
            Service::Entreprises => self.services.entreprises.is_some(),
            Service::Siro => self.services.siro.is_some(),
            Service::Adresses => self.services.adresses.is_some(),
        }
    }

    async fn ask(&self, question: &Question, now: Moment) -> Answer {
        let siret = question.proof.siret.as_str();
        match (Service::parse(&question.proof.service), &self.services) {
            (Some(Service::Entreprises), ServicesConfig { entreprises: Some(base), .. }) => {
                let body = self.get(entreprises::request(base, siret), None, now).await?;
                kept(entreprises::decode(&body, siret)?)
            }
            (Some(Service::Siro), ServicesConfig { siro: Some((base, key)), .. }) => {
                let body = self.get(siro::request(base, siret), Some((siro::KEY, key)), now).await?;
                kept(siro::decode(&body, siret)?)
            }
            (Some(Service::Adresses), ServicesConfig { adresses: Some(base), .. }) => {
                let Some(place) = question.place.as_ref().filter(|place| place.adresse.len() > 2) else {
                    return Ok(UNKNOWN.to_owned());
                };
                let url = adresses::request(base, &place.adresse, &place.code_postal);
                kept(adresses::decode(&self.get(url, None, now).await?, &place.code_postal)?)
            }
            _ => Err(EchecPreuve::Injoignable.into()),
        }
    }

    async fn get(&self, url: Url, key: Option<(&'static str, &str)>, now: Moment) -> Result<Vec<u8>, Failure> {
        self.outgoing.get(url, key, now).await
    }
}

/// An answer as it is kept.
fn kept<T: Serialize>(answer: Option<T>) -> Answer {
    serde_json::to_string(&answer).map_err(|_form| EchecPreuve::Illisible.into())
}

/// Checks and follows for as long as the server runs: each service at its own pace, the verdicts apart; they follow an
/// imported table even where no service is asked.
pub async fn keep(app: web::Data<App>) {
    for service in Service::ALL.iter().copied().filter(|service| app.asks(*service)) {
        let app = app.clone();
        actix_web::rt::spawn(async move {
            if let Err(error) = app.db.write(move |conn| Ok::<_, AppError>(queue::catch_up(conn, service)?)).await {
                tracing::warn!(service = service.as_str(), error = %error, "preuves.not_caught_up");
            }
            while !stopped(&app, PAUSE).await {
                if let Err(error) = check(&app, service).await {
                    tracing::warn!(service = service.as_str(), error = %error, "preuves.not_checked");
                }
            }
        });
    }
    while !stopped(&app, FOLLOW_PAUSE).await {
        if let Err(error) = follow(&app).await {
            tracing::warn!(error = %error, "preuves.not_followed");
        }
    }
}

/// Waits for the next look at the queue; `true` when the server stops meanwhile.
async fn stopped(app: &App, pause: Duration) -> bool {
    tokio::select! {
        () = app.stopping.cancelled() => true,
        () = actix_web::rt::time::sleep(pause) => false,
    }
}

/// One look at everything: the checks that may be made now, then the verdicts. Answers how many checks were made.
///
/// # Errors
/// The database failed.
pub async fn pass(app: &App) -> Result<usize, AppError> {
    let mut made = 0;
    for service in Service::ALL.iter().copied().filter(|service| app.asks(*service)) {
        made += check(app, service).await?;
    }
    follow(app).await?;
    Ok(made)
}

/// Makes the checks with a service that are due and that its budget allows; answers how many.
///
/// # Errors
/// The database failed.
pub async fn check(app: &App, service: Service) -> Result<usize, AppError> {
    let Some(checks) = app.checks.as_ref() else { return Ok(0) };
    let now = app.clock.now();
    if !app.db.read(move |conn| Ok::<_, AppError>(queue::is_due(conn, service, now)?)).await? {
        return Ok(0);
    }
    let questions = app.db.write(move |conn| claim(conn, service, now)).await?;
    if questions.is_empty() {
        return Ok(0);
    }
    let answers = join_all(questions.iter().map(|question| checks.ask(question, now))).await;
    let made = questions.len();
    for answer in &answers {
        let outcome = answer.as_ref().map_or_else(|failure| failure.kind.as_str(), |_answer| "reponse");
        metrics::counter!("preuves_demandees", "service" => service.as_str(), "issue" => outcome).increment(1);
    }
    let (clock, now) = (app.clock.clone(), app.clock.now());
    let next = Next { siro: checks.asks(Service::Siro), adresses: checks.asks(Service::Adresses) };
    app.db
        .write(move |conn| {
            let outcomes: Vec<_> = answers.iter().map(|answer| answer.as_ref().map(drop).map_err(|f| *f)).collect();
            gate::record(conn, service, &outcomes, now)?;
            for (question, answer) in questions.iter().zip(answers) {
                match answer {
                    Ok(value) => {
                        queue::answered(conn, &question.proof, &value, &clock, now)?;
                        next.queue(conn, &question.proof, &value, now)?;
                    }
                    Err(failure) => queue::failed(conn, &question.proof, failure.kind, &clock, now)?,
                }
            }
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(made)
}

/// Claims as many checks as the budget of the service allows now.
fn claim(conn: &mut DbConn, service: Service, now: Moment) -> Result<Vec<Question>, AppError> {
    let room = gate::take(conn, service, gate::per_second(service), now)?;
    if room == 0 {
        return Ok(Vec::new());
    }
    queue::forget_unnamed(conn, service, now)?;
    let claimed = queue::claim(conn, service, room, now)?;
    let sirets: Vec<&str> = claimed.iter().map(|proof| proof.siret.as_str()).collect();
    let places = match service {
        Service::Adresses => queue::of(conn, &sirets)?,
        Service::Entreprises | Service::Siro => Vec::new(),
    };
    let register = |siret: &str| {
        places.iter().find(|proof| proof.siret == siret && proof.service == Service::Entreprises.as_str())
    };
    let questions = claimed
        .iter()
        .map(|proof| Question { place: register(&proof.siret).and_then(facts::value), proof: proof.clone() });
    Ok(questions.collect())
}

/// What is asked after the company register has answered.
#[derive(Clone, Copy)]
struct Next {
    siro: bool,
    adresses: bool,
}

impl Next {
    /// Queues the checks that follow from an answer of the register, but those that are queued already: SIRO for what is not
    /// of public law, the address base for what has an address. A place whose address is no longer published is forgotten.
    fn queue(self, conn: &mut DbConn, proof: &Proof, value: &str, now: Moment) -> Result<(), AppError> {
        if proof.service != Service::Entreprises.as_str() {
            return Ok(());
        }
        let company: Option<Entreprise> = serde_json::from_str(value).ok().flatten();
        let public = company.as_ref().is_some_and(Entreprise::est_droit_public);
        let placed = company.as_ref().is_some_and(|company| !company.adresse.is_empty());
        let known = queue::of(conn, &[proof.siret.as_str()])?;
        if !placed && known.iter().any(|one| one.service == Service::Adresses.as_str()) {
            queue::forget_place(conn, &proof.siret)?;
        }
        for (service, wanted) in [(Service::Siro, self.siro && !public), (Service::Adresses, self.adresses && placed)] {
            if wanted && known.iter().all(|one| one.service != service.as_str()) {
                queue::enqueue(conn, service, std::iter::once(proof.siret.as_str()), now)?;
            }
        }
        Ok(())
    }
}

/// Lets the verdicts follow the answers; answers how many demandes were evaluated again.
async fn follow(app: &App) -> Result<usize, AppError> {
    let waiting = app.db.read(|conn| Ok::<_, AppError>(verdicts::waiting(conn, FOLLOWED)?)).await?;
    let mut evaluated = 0;
    for siret in waiting {
        loop {
            let (siret, context) = (siret.clone(), context(app));
            match app.db.write(move |conn| verdicts::follow(conn, &context, &siret)).await? {
                0 => break,
                some => evaluated += some,
            }
        }
    }
    Ok(evaluated)
}

fn context(app: &App) -> Context {
    Context {
        clock: app.clock.clone(),
        territories: app.territories.clone(),
        author: Author::system("preuves"),
        now: app.clock.now(),
        keys: app.config.keys.clone(),
    }
}
