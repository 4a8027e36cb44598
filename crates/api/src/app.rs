//! What every request shares, and how the service is put together; the server and every test use this same assembly.

use std::path::PathBuf;
use std::sync::Arc;

use domain::preuve::Service;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::access::jwt::{Issuer, Keys};
use crate::access::refusals::Refusals;
use crate::areas::demande::edits::{self, Edits};
use crate::areas::demande::totals::Totals;
use crate::areas::export;
use crate::areas::import::Runner;
use crate::areas::referentiel::Territories;
use crate::areas::tableau_de_bord;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::http::cursor::Signer;
use crate::http::limit::PublicLimit;
use crate::otp::{self, Means};
use crate::preuves::Checks;

/// What every request shares.
pub struct App {
    /// The database.
    pub db: Db,
    /// Now and random.
    pub clock: Clock,
    /// Configuration.
    pub config: Config,
    /// Signs cursors.
    pub signer: Signer,
    /// Limits the public writes of each address.
    pub limit: PublicLimit,
    /// Means of nobody, verified when an account has none.
    pub decoy: Means,
    /// Keys that sign access tokens.
    pub jwt: Keys,
    /// Who issues access tokens.
    pub issuer: Issuer,
    /// Communes, départements and regions, in memory.
    pub territories: Territories,
    /// Edits of demandes that wait for the writer.
    pub edits: Edits,
    /// Totals of the table that were counted already.
    pub totals: Totals,
    /// Refused authorisations that the journal does not have yet.
    pub refusals: Refusals,
    /// Cancelled when the server is told to stop: what lasts then ends.
    pub stopping: CancellationToken,
    /// Exports that may run at once.
    pub exports: Arc<Semaphore>,
    /// Reports of conventions that may be written at once.
    pub reports: Arc<Semaphore>,
    /// Reads imported files, one after the other.
    pub imports: Runner,
    /// Asks the services of the outside, when some are.
    pub checks: Option<Checks>,
}

impl App {
    /// Whether a service of the outside is asked.
    pub fn asks(&self, service: Service) -> bool {
        self.checks.as_ref().is_some_and(|checks| checks.asks(service))
    }

    /// Puts the application together on a migrated database and takes up the imports a stop had interrupted.
    pub fn new(config: Config, db: Db, clock: Clock) -> Result<actix_web::web::Data<Self>, crate::error::AppError> {
        let territories = db.read_blocking(Territories::read)?;
        Self::assemble(config, db, clock, territories)
    }

    /// The same with territories already in memory: the tests read them once for all their databases.
    pub fn assemble(
        config: Config,
        db: Db,
        clock: Clock,
        territories: Territories,
    ) -> Result<actix_web::web::Data<Self>, crate::error::AppError> {
        let secret = config.secret.clone().unwrap_or_else(|| crate::journal::hex(&clock.bytes::<32>()));
        let imports = Runner::start(db.clone(), clock.clone(), territories.clone(), &config)?;
        let jwt = config.jwt_keys().map_err(crate::error::AppError::Internal)?;
        Ok(actix_web::web::Data::new(Self {
            jwt,
            issuer: config.issuer(),
            signer: Signer::new(&secret),
            decoy: otp::sealed_decoy(&config.keys, &clock),
            limit: PublicLimit::new(config.limits.public_per_minute),
            edits: edits::none(),
            totals: Totals::default(),
            refusals: Refusals::default(),
            stopping: CancellationToken::new(),
            exports: Arc::new(Semaphore::new(export::AT_ONCE)),
            reports: Arc::new(Semaphore::new(tableau_de_bord::routes::AT_ONCE)),
            checks: Checks::new(&config.services, &config.mail.site).map_err(crate::error::AppError::Internal)?,
            territories,
            imports,
            db,
            clock,
            config,
        }))
    }

    /// Directory where imported files wait.
    pub fn spool(&self) -> PathBuf {
        self.config.spool.join("imports")
    }
}
