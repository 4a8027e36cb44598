//! Durable edits of a demande: one by one against the disk's own sync time, then by 20 editors and by 64 writers at once, at
//! `Db::write` and over HTTP.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::access::Perimeter;
use api::areas::demande::edits::{self, Edits};
use api::areas::demande::service::{self, Context};
use api::areas::referentiel::Territories;
use api::clock::Clock;
use api::db::{Db, DbUrl};
use api::journal::Author;
use api::seal::Keys;
use domain::demande::DemandeSaisie;
use domain::demande::request::Champ;

use crate::Res;
use crate::base::{Base, Fresh};
use crate::client::Client;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, decimal, ms, whole};
use crate::stats::{Sample, median};

/// Writers at once.
const WRITERS: usize = 64;
/// Editors at once, whose wait is measured.
const EDITORS: usize = 20;
/// Between two edits of an editor who reads and types, which is quick; without it they saturate the machine.
const PACE: Duration = Duration::from_millis(250);
/// How long they write.
const PERIOD: Duration = Duration::from_secs(3);
/// Edits measured one by one.
const SERIAL: usize = 300;
/// Demandes of the base.
const ROWS: usize = 1_000;

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// One way to write: given the number of an edit, makes it durable.
type Edit = Box<dyn FnMut(usize) -> Res + Send>;

/// Edits of one run: their p50 one by one and their p95 among editors, with and without their pace, in milliseconds; the rate
/// one by one, and the rate of all writers, per second.
struct Rates {
    p50: f64,
    serial: f64,
    paced: f64,
    editors: f64,
    together: f64,
}

/// The demandes that a writer edits in turn, as people go from one to the next, with the versions that it knows.
struct Turn(Vec<(String, i64)>);

impl Turn {
    /// Those of the writer at a place; `read` gives the version of a demande.
    fn new(ids: &[String], place: usize, mut read: impl FnMut(&str) -> Res<i64>) -> Res<Self> {
        let own = ids.iter().skip(place).step_by(WRITERS);
        let known: Vec<_> = own.map(|id| Ok((id.clone(), read(id)?))).collect::<Res<_>>()?;
        if known.is_empty() { Err("Pas assez de demandes.".to_owned()) } else { Ok(Self(known)) }
    }

    /// The one of an edit.
    fn of(&mut self, number: usize) -> Res<&mut (String, i64)> {
        let place = number % self.0.len();
        self.0.get_mut(place).ok_or_else(|| "Pas de demande.".to_owned())
    }
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(ROWS)?;
    let ids = identifiers(&fresh, ROWS)?;
    let sync = median((0..options.runs).map(|_| sync_time(fresh.folder())).collect::<Res<Vec<f64>>>()?);
    report.add(base.column(), "Écriture de 4 Kio et fdatasync, par le disque", "", "", format!("p50 {}", ms(sync)));
    let local = Local::open(&fresh)?;
    record(report, base, "Db::write", sync, &runs(options, |place| local.edit(&ids, place))?);
    drop(local);
    let parcours = Parcours::new(&fresh)?;
    let token = parcours.token()?;
    let server = parcours.serve()?;
    let edits = runs(options, |place| over_http(server.address, &token, &ids, place))?;
    record(report, base, "HTTP PATCH", sync, &edits);
    Ok(())
}

fn record(report: &mut Report, base: &Base, way: &str, sync: f64, runs: &[Rates]) {
    let of = |value: fn(&Rates) -> f64| median(runs.iter().map(value).collect());
    let (p50, serial, together) = (of(|run| run.p50), of(|run| run.serial), of(|run| run.together));
    let value = format!("p50 {}, {} × la synchronisation", ms(p50), decimal(p50 / sync, 1));
    report.add(base.column(), &format!("Modification durable, une à une, {way}"), "2 × la synchronisation", "", value);
    let paced = of(|run| run.paced);
    let measure =
        format!("Modification durable par {EDITORS} personnes, une toutes les {} ms chacune, {way}", PACE.as_millis());
    report.add(base.column(), &measure, "p95 ≤ 50 ms", "", format!("p95 {}", ms(paced)));
    let editors = of(|run| run.editors);
    let measure = format!("Modification durable par {EDITORS} personnes sans pause, {way}");
    report.add(base.column(), &measure, "", "", format!("p95 {}", ms(editors)));
    let aim = "20 × la suite si fdatasync ≥ 2 ms, sinon 3 000/s";
    let value = format!("{}/s, {} × {}/s une à une", whole(together), decimal(together / serial, 1), whole(serial));
    report.add(base.column(), &format!("Modifications durables par {WRITERS} écrivains, {way}"), aim, "", value);
}

/// Measures each run; `writer` opens the way to write of the demande at a place.
fn runs(options: &Options, writer: impl Fn(usize) -> Res<Edit>) -> Res<Vec<Rates>> {
    (0..options.runs).map(|_| rates(&writer)).collect()
}

fn rates(writer: &impl Fn(usize) -> Res<Edit>) -> Res<Rates> {
    let mut one = writer(0)?;
    let mut sample = Sample::default();
    let start = Instant::now();
    for number in 0..SERIAL {
        let begun = Instant::now();
        one(number)?;
        sample.push(begun.elapsed());
    }
    let serial = SERIAL as f64 / start.elapsed().as_secs_f64();
    drop(one);
    let (paced, _) = at_once(EDITORS, PACE, writer)?;
    let (editors, _) = at_once(EDITORS, Duration::ZERO, writer)?;
    let (_, together) = at_once(WRITERS, Duration::ZERO, writer)?;
    let (paced, editors) = (paced.percentile(95), editors.percentile(95));
    Ok(Rates { p50: sample.percentile(50), serial, paced, editors, together })
}

/// So many write for a while, each at this pace and not all at once: how long each edit took, and how many were made per second.
fn at_once(writers: usize, pace: Duration, writer: &impl Fn(usize) -> Res<Edit>) -> Res<(Sample, f64)> {
    let apart = pace / u32::try_from(writers).unwrap_or(1);
    let writers: Vec<Edit> = (0..writers).map(writer).collect::<Res<_>>()?;
    let start = Instant::now();
    let mut all = Sample::default();
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for edit in writers {
            threads.push(scope.spawn(move || until(edit, pace, start + PERIOD)));
            std::thread::sleep(apart);
        }
        threads.into_iter().try_for_each(|thread| {
            all.extend(thread.join().map_err(|_panic| "Un écrivain s'est arrêté.".to_owned())??);
            Ok::<_, String>(())
        })
    })?;
    let rate = all.len() as f64 / start.elapsed().as_secs_f64();
    Ok((all, rate))
}

fn until(mut edit: Edit, pace: Duration, end: Instant) -> Res<Sample> {
    let mut sample = Sample::default();
    while Instant::now() < end {
        let begun = Instant::now();
        edit(sample.len())?;
        sample.push(begun.elapsed());
        std::thread::sleep(pace.saturating_sub(begun.elapsed()));
    }
    Ok(sample)
}

/// What the disk itself takes to make 4 KiB durable: the p50, in milliseconds.
fn sync_time(folder: &Path) -> Res<f64> {
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(cause)?;
    let mut sample = Sample::default();
    for _ in 0..SERIAL {
        let start = Instant::now();
        file.write_all(&[1; 4_096]).map_err(cause)?;
        file.as_file().sync_data().map_err(cause)?;
        sample.push(start.elapsed());
    }
    Ok(sample.percentile(50))
}

/// The demandes to edit, at most so many.
pub fn identifiers(fresh: &Fresh, most: usize) -> Res<Vec<String>> {
    let file = fresh.file("demandes.ndjson");
    Parcours::new(fresh)?.finish_to_file(&["export", "--format", "ndjson"], &file)?;
    let text = std::fs::read_to_string(file).map_err(cause)?;
    let id = |line: &str| line.split('"').nth(3).map(str::to_owned);
    Ok(text.lines().filter_map(id).take(most).collect())
}

fn comment(number: usize) -> String {
    // Two runs never write the same text, which would change nothing.
    let stamp = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("Modification {number} de {}", stamp.as_nanos())
}

/// The database opened by this program.
struct Local {
    db: Db,
    clock: Clock,
    territories: Arc<Territories>,
    edits: Arc<Edits>,
}

impl Local {
    fn open(fresh: &Fresh) -> Res<Self> {
        let db = Db::open(&DbUrl::parse(&fresh.url)?, 4).map_err(cause)?;
        let territories = db.read_blocking(Territories::read).map_err(cause)?;
        Ok(Self { db, clock: Clock::system(), territories: Arc::new(territories), edits: Arc::new(edits::none()) })
    }

    /// Edits the demandes of a writer through the service, journal included.
    fn edit(&self, ids: &[String], place: usize) -> Res<Edit> {
        let (db, clock) = (self.db.clone(), self.clock.clone());
        let (territories, edits) = (Arc::clone(&self.territories), Arc::clone(&self.edits));
        let mut turn = Turn::new(ids, place, |id| {
            let found = db.read_blocking(|conn| service::get(conn, &Perimeter::All, id));
            Ok(found.map_err(cause)?.version)
        })?;
        Ok(Box::new(move |number| {
            let (id, version) = turn.of(number)?;
            let now = clock.now();
            let context = Context {
                clock: clock.clone(),
                territories: (*territories).clone(),
                author: Author::system("bench"),
                now,
                keys: Keys::public(),
            };
            let typed = DemandeSaisie { commentaire: Champ::nouveau(comment(number)), ..DemandeSaisie::default() };
            let edit = edits::Edit { context, perimeter: Perimeter::All, id: id.clone(), expected: *version, typed };
            *version = edits.write_blocking(&db, edit).map_err(cause)?.version;
            Ok(())
        }))
    }
}

/// Edits the demandes of a writer by `PATCH`, over its own connection.
fn over_http(address: SocketAddr, token: &str, ids: &[String], place: usize) -> Res<Edit> {
    let mut client = Client::connect(address, Some(token))?;
    let mut turn = Turn::new(ids, place, |id| version(&client.get(&format!("/api/v1/demandes/{id}"))?.body))?;
    Ok(Box::new(move |number| {
        let (id, known) = turn.of(number)?;
        *known = patch(&mut client, id, *known, number)?;
        Ok(())
    }))
}

/// Edits a demande read in this version; gives its next one.
pub fn patch(client: &mut Client, id: &str, known: i64, number: usize) -> Res<i64> {
    let (path, body) = (format!("/api/v1/demandes/{id}"), format!("{{\"commentaire\":\"{}\"}}", comment(number)));
    let answer = client.send("PATCH", &path, &format!("If-Match: \"{known}\"\r\n"), &body)?;
    if answer.status != 200 {
        return Err(format!("PATCH : {} {}", answer.status, String::from_utf8_lossy(&answer.body)));
    }
    version(&answer.body)
}

/// The version of a demande that was answered.
pub fn version(body: &[u8]) -> Res<i64> {
    let detail: serde_json::Value = serde_json::from_slice(body).map_err(cause)?;
    detail.get("version").and_then(serde_json::Value::as_i64).ok_or_else(|| "Réponse sans version.".to_owned())
}
