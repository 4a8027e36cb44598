//! The command line of `parcours`: serve, migrate, demo, import, export, tokens, journal.

use std::path::{Path, PathBuf};

use domain::client_api::{GenreCle, NouvelleCle};
use domain::permission::{Portee, Role};
use domain::values::Email;

use self::arguments::{AdminCommand, Command, JournalCommand, KeyCommand, MailCommand, OtpCommand, TokenCommand};
use crate::access::{Perimeter, jwt};
use crate::app::App;
use crate::areas::demande::routes::{Criteria, columns};
use crate::areas::referentiel::Territories;
use crate::areas::{client_api, compte, engagement, enveloppe, export, import};
use crate::clock::{self, Clock};
use crate::config::{Config, Mode};
use crate::db::{self, Db, DbConn, DbUrl, Usage};
use crate::journal::{self, Author};
use crate::otp;
use crate::outbox::{self, queue};
use crate::preuves::simulateurs::Simulateurs;
use crate::preuves::table_opco;
use crate::text::command as text;

mod arguments;

type Failure = Box<dyn std::error::Error>;

/// Reads the arguments and runs the command.
pub fn run() -> Result<(), Failure> {
    let Some(cli) = arguments::read()? else { return Ok(()) };
    match cli.command {
        Some(Command::Openapi) => {
            print!("{}", crate::openapi::json());
            return Ok(());
        }
        // Before the configuration is read: it may lack this very key.
        Some(Command::Cle { command: KeyCommand::Jwt { nom } }) => return draw_jwt_key(nom),
        Some(Command::Simulateurs { port, avec_parent }) => return simulate(port, avec_parent),
        _ => {}
    }
    let config = Config::from_env()?;
    if cli.print_config {
        print!("{}", config.describe());
        return Ok(());
    }
    let Some(command) = cli.command else { return Err(text::NO_COMMAND.into()) };
    start_log();
    match command {
        Command::Serve => serve(config),
        Command::Migrate => migrate(&mut open(&config.database)?),
        Command::Openapi | Command::Cle { .. } | Command::Simulateurs { .. } => Ok(()),
        Command::ImportOpco { file } => import_opco(&config, &file),
        Command::Demo { rows, seed } => demo(&config, rows, seed),
        Command::Import { file, dry_run } => import_file(&config, &file, dry_run),
        Command::Export { format, filter } => export_rows(&config, &format, &filter),
        Command::Token { command: TokenCommand::Create { role, scopes, envelopes, jours, nom } } => {
            create_token(&config, &role, NewScopes { scopes, envelopes, jours, nom })
        }
        Command::Courriel { command } => mails(&config, command),
        Command::Otp { command: OtpCommand::Rechiffrer } => rekey(&config),
        Command::Journal { command: JournalCommand::Verify { heads, cle } } => verify_journal(&config, &heads, cle),
        Command::Journal { command: JournalCommand::Attest } => attest_journal(&config),
        Command::Admin { command: AdminCommand::Create { email, nom, url } } => {
            create_admin(&config, &email, &nom, url)
        }
    }
}

/// Logs go to standard error: JSON when `PARCOURS_LOG_JSON` is set, plain text otherwise; `RUST_LOG` chooses what.
fn start_log() {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,actix_server=warn".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var_os("PARCOURS_LOG_JSON").is_some() { log.json().init() } else { log.init() }
}

fn open(url: &DbUrl) -> Result<DbConn, Failure> {
    if let DbUrl::Sqlite(path) = url
        && let Some(parent) = Path::new(path).parent()
    {
        std::fs::create_dir_all(parent)?;
    }
    let mut conn = DbConn::open(url, Usage::Bulk)?;
    if let Some(collation) = db::other_collation(&mut conn)? {
        tracing::warn!(collation, advice = text::COLLATION, "db.other_collation");
    }
    Ok(conn)
}

/// Brings the database up to date, with the texts that an instance starts with.
fn migrate(conn: &mut DbConn) -> Result<(), Failure> {
    db::migrate(conn)?;
    conn.begin_write()?;
    engagement::service::seed(conn, &Clock::system())?;
    Ok(conn.commit()?)
}

/// The embedded file is brought up to date at start; a PostgreSQL is by `parcours migrate`, once for all servers.
fn prepare(config: &Config) -> Result<(), Failure> {
    let mut conn = open(&config.database)?;
    if db::pending(&mut conn)? {
        if conn.is_postgres() {
            return Err(text::MIGRATE_FIRST.into());
        }
        migrate(&mut conn)?;
    }
    if config.mode == Mode::Production && crate::demo::is_present(&mut conn)? {
        return Err(text::DEMONSTRATION_DATA.into());
    }
    Ok(())
}

fn serve(config: Config) -> Result<(), Failure> {
    prepare(&config)?;
    let db = Db::open(&config.database, config.readers)?;
    let app = App::new(config, db, Clock::system())?;
    Ok(actix_web::rt::System::new().block_on(crate::http::server::serve(app))?)
}

fn demo(config: &Config, rows: usize, seed: u64) -> Result<(), Failure> {
    if config.mode == Mode::Production {
        return Err(text::NO_DEMO_IN_PRODUCTION.into());
    }
    let mut conn = open(&config.database)?;
    db::migrate(&mut conn)?;
    let report = crate::demo::write(&mut conn, rows, seed)?;
    db::analyze(&mut conn)?;
    eprintln!("{report}");
    Ok(())
}

fn import_file(config: &Config, file: &Path, dry_run: bool) -> Result<(), Failure> {
    prepare(config)?;
    let db = Db::open(&config.database, 2)?;
    let territories = db.read_blocking(Territories::read)?;
    let request = import::service::FileImport {
        author: Author::system("parcours import"),
        role: Role::Anct,
        perimeter: Perimeter::All,
        path: file,
        dry_run,
    };
    let report = import::service::import_file(&db, &Clock::system(), &territories, config, request)?;
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn import_opco(config: &Config, file: &Path) -> Result<(), Failure> {
    prepare(config)?;
    let mut conn = open(&config.database)?;
    let imported = table_opco::import(&mut conn, &Clock::system(), std::fs::File::open(file)?)?;
    println!("{}", text::table_imported(&imported));
    Ok(())
}

fn simulate(port: u16, with_parent: bool) -> Result<(), Failure> {
    /// Time between two looks at who started this program.
    const LOOK: std::time::Duration = std::time::Duration::from_secs(1);
    actix_web::rt::System::new().block_on(async {
        let (port, server) = Simulateurs::default().listen(port)?;
        eprintln!("{}", text::simulating(port));
        if !with_parent {
            return Ok(server.await?);
        }
        tokio::select! {
            ended = server => Ok(ended?),
            () = orphaned(LOOK) => Ok(()),
        }
    })
}

/// Waits until the program that started this one has ended: another then is its parent.
async fn orphaned(look: std::time::Duration) {
    #[cfg(unix)]
    let parent = std::os::unix::process::parent_id;
    #[cfg(not(unix))]
    let parent = || 0;
    let first = parent();
    while parent() == first {
        actix_web::rt::time::sleep(look).await;
    }
}

/// Standard output that remembers that nobody reads it any more.
struct Output<'a> {
    stdout: std::io::StdoutLock<'a>,
    closed: bool,
}

impl std::io::Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.stdout.write(bytes);
        self.closed |= written.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe);
        written
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.stdout.flush()
    }
}

fn export_rows(config: &Config, format: &str, filter: &str) -> Result<(), Failure> {
    prepare(config)?;
    let db = Db::open(&config.database, 2)?;
    let criteria = Criteria { filter: filter.to_owned(), ..Criteria::default() };
    let selection = criteria.selection(Role::Anct, Perimeter::All)?;
    let mut out = std::io::BufWriter::new(Output { stdout: std::io::stdout().lock(), closed: false });
    let written =
        export::service::write(&db, &selection, &columns(Role::Anct, "")?, format, &mut out).map_err(Failure::from);
    match written.and_then(|_rows| Ok(std::io::Write::flush(&mut out)?)) {
        // Whoever was reading has seen enough (`| head`).
        Err(_) if out.get_ref().closed => Ok(()),
        other => other,
    }
}

struct NewScopes {
    scopes: Vec<String>,
    envelopes: Vec<String>,
    jours: i64,
    nom: String,
}

fn create_token(config: &Config, role: &str, new: NewScopes) -> Result<(), Failure> {
    let known = Role::COMPTES.into_iter().find(|known| known.as_str() == role);
    let role = known.ok_or_else(|| text::unknown_role(role))?;
    let known = |code: &String| Portee::parse(code).ok_or_else(|| text::unknown_scope(code));
    let scopes = new.scopes.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    if !(1..=365).contains(&new.jours) {
        return Err(text::TOKEN_LIFE.into());
    }
    prepare(config)?;
    let clock = Clock::system();
    let mut conn = open(&config.database)?;
    for envelope in &new.envelopes {
        if enveloppe::service::find(&mut conn, envelope)?.is_none() {
            return Err(text::unknown_envelope(envelope).into());
        }
    }
    let client = client_api::service::NewClient {
        name: new.nom,
        role,
        scopes,
        envelopes: new.envelopes,
        origins: Vec::new(),
        answerer: None,
    };
    let key = NouvelleCle { genre: GenreCle::Jeton, jours: new.jours };
    conn.begin_write()?;
    let made = client_api::service::create_alone(&mut conn, &clock, &client, &key)?;
    conn.commit()?;
    println!("{}", made.secret);
    Ok(())
}

fn draw_jwt_key(name: Option<String>) -> Result<(), Failure> {
    let key = jwt::Keys::draw(&name.unwrap_or_else(|| clock::iso_date(Clock::system().now())))?;
    jwt::Keys::parse(&key).map_err(|_form| text::KEY_NAME)?;
    println!("{key}");
    Ok(())
}

fn create_admin(config: &Config, email: &str, name: &str, url: Option<String>) -> Result<(), Failure> {
    let email = Email::parse(email).map_err(|refusal| refusal.message)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(text::NAME_MISSING.into());
    }
    prepare(config)?;
    let clock = Clock::system();
    let now = clock.now();
    let mut conn = open(&config.database)?;
    conn.begin_write()?;
    let secret = compte::service::create_admin(&mut conn, &clock, email.as_str(), name, now)?;
    conn.commit()?;
    let base = url.unwrap_or_else(|| format!("http://{}", config.http.listen));
    println!("{}/premier-acces#{secret}", base.trim_end_matches('/'));
    Ok(())
}

fn mails(config: &Config, command: MailCommand) -> Result<(), Failure> {
    let mut conn = open(&config.database)?;
    match command {
        MailCommand::List => {
            let parked = queue::parked(&mut conn, outbox::MAIL)?;
            if parked.is_empty() {
                println!("{}", text::NO_PARKED_MAIL);
            }
            for message in parked {
                println!("{} {} {}", message.id, clock::rfc3339(message.cree_le), message.tentatives);
            }
            Ok(())
        }
        MailCommand::Retry { id } if queue::release(&mut conn, &id)? => Ok(()),
        MailCommand::Retry { .. } => Err(text::NOT_PARKED.into()),
    }
}

fn rekey(config: &Config) -> Result<(), Failure> {
    /// Seeds per transaction: short enough for sign-ins not to wait.
    const BATCH: i64 = 200;
    let mut conn = open(&config.database)?;
    let told = &mut |so_far: &otp::Rekeyed| eprintln!("{}", text::rekeyed(so_far));
    let done = otp::rekey(&mut conn, &config.keys, &Clock::system(), BATCH, told)?;
    println!("{}", text::rekeyed(&done));
    if done.unreadable.is_empty() {
        return Ok(());
    }
    println!("{}", done.unreadable.join("\n"));
    Err(text::UNREADABLE_SEEDS.into())
}

fn attest_journal(config: &Config) -> Result<(), Failure> {
    let key = config.signing_key().ok_or(text::KEY_FIRST)?;
    let head = key.attest(&mut open(&config.database)?, Clock::system().now())?;
    println!("{}", serde_json::to_string_pretty(&head)?);
    Ok(())
}

fn verify_journal(config: &Config, heads: &[PathBuf], trusted: Option<String>) -> Result<(), Failure> {
    let mut conn = open(&config.database)?;
    let mut defects: Vec<String> = journal::verify(&mut conn)?.iter().map(text::defect).collect();
    if !heads.is_empty() {
        let trusted = trusted.or_else(|| config.signing_key().map(|key| key.public())).ok_or(text::KEY_FIRST)?;
        for path in heads {
            let head = serde_json::from_slice(&std::fs::read(path)?)?;
            let mismatch = journal::compare(&mut conn, &head, &trusted)?;
            defects.extend(mismatch.map(|mismatch| text::mismatch(&path.display().to_string(), &mismatch)));
        }
    }
    if defects.is_empty() {
        println!("{}", text::JOURNAL_HOLDS);
        return Ok(());
    }
    println!("{}", defects.join("\n"));
    Err(text::JOURNAL_BROKEN.into())
}
