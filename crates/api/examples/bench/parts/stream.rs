//! The feed of changes: 48 clients and 2 browsers apply it while somebody edits ten times a second, and end up with what a fresh read
//! says.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use domain::demande::lot::Changements;

use crate::Res;
use crate::base::Base;
use crate::client::Client;
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, decimal, mb, ms};
use crate::stats::Sample;

use super::browser::Running;
use super::writes;

/// Clients that follow.
const FOLLOWERS: usize = 48;
/// Between two edits.
const PACE: Duration = Duration::from_millis(100);
/// Before anything is measured: until all the clients and the browsers are there, and what a first edit allocates.
const WARMING: Duration = Duration::from_secs(15);
/// Demandes of the base.
const ROWS: usize = 1_000;
/// Those that are edited.
const EDITED: usize = 64;

/// What a browser showed at the end, compared with a fresh read; its heap in bytes, when it had the table and at the end.
#[derive(serde::Deserialize)]
struct Shown {
    rangees: usize,
    modifiees: usize,
    ecarts: usize,
    debut: u64,
    fin: u64,
}

/// Versions by identifier.
type Versions = HashMap<String, i64>;

/// What all know: when each version was acknowledged, and the versions to reach once the editor has finished.
#[derive(Default)]
struct Shared {
    written: Mutex<HashMap<(String, i64), Instant>>,
    last: Mutex<Option<Versions>>,
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(ROWS)?;
    let ids = writes::identifiers(&fresh, EDITED)?;
    let parcours = Parcours::new(&fresh)?;
    let token = parcours.token()?;
    let server = parcours.serve()?;
    let shared = Shared::default();
    let (mut delays, mut worst) = (Sample::default(), Res::Ok(()));
    let (mut memory, mut busy) = ([0, 0, 0], 0.0);
    let browsers = Running::start("suivi.mjs", &format!("http://{}", server.address))?;
    std::thread::scope(|scope| {
        let followers: Vec<_> =
            (0..FOLLOWERS).map(|_| scope.spawn(|| follow(server.address, &token, &shared))).collect();
        let warm = edit(server.address, &token, &ids, WARMING, &shared);
        let (start, before) = (Instant::now(), server.processor());
        memory[0] = server.resident();
        let half = || edit(server.address, &token, &ids, options.following / 2, &shared);
        let first = warm.and_then(|_| half());
        memory[1] = server.resident();
        let edited = first.and_then(|_| half());
        busy = (server.processor() - before).as_secs_f64() / start.elapsed().as_secs_f64();
        memory[2] = server.resident();
        let last = edited.clone().unwrap_or_default();
        *lock(&shared.last) = Some(last);
        worst = edited.map(drop);
        for follower in followers {
            match follower.join().map_err(|_panic| "Un abonné s'est arrêté.".to_owned()).and_then(|done| done) {
                Ok(sample) => delays.extend(sample),
                Err(cause) => worst = Err(cause),
            }
        }
    });
    worst?;
    let shown: Vec<Shown> = browsers.finish()?;
    let of = format!("{FOLLOWERS} abonnés au flux, 10 modifications/s pendant {} s", options.following.as_secs());
    let [start, half, end] = memory.map(mb);
    let mut add = |what: &str, aim, value| report.add(base.column(), &format!("{of} : {what}"), aim, "", value);
    add("versions de chaque abonné, comparées à une lecture", "les mêmes", "les mêmes".to_owned());
    add("processeur du serveur", "≤ 25 % d'un cœur", format!("{} %", decimal(busy * 100.0, 1)));
    add("mémoire du serveur, au début, à la moitié et à la fin", "stable", format!("{start}, {half} et {end}"));
    let sum = |count: fn(&Shown) -> usize| shown.iter().map(count).sum::<usize>();
    let (rows, edited, gaps) = (sum(|one| one.rangees), sum(|one| one.modifiees), sum(|one| one.ecarts));
    let value = format!("{gaps} écart sur {rows} lignes montrées, dont {edited} modifiées");
    add(&format!("{} navigateurs, ce qu'ils montrent comparé à une lecture", shown.len()), "les mêmes", value);
    let heaps: Vec<String> = shown.iter().map(|one| format!("{} et {}", mb(one.debut), mb(one.fin))).collect();
    add("mémoire des navigateurs (tas), au début et à la fin", "stable", heaps.join(" ; "));
    let (p50, p95) = (delays.percentile(50), delays.percentile(95));
    add("de l'accusé à l'annonce", "≤ 1 s", format!("p50 {}, p95 {}", ms(p50), ms(p95)));
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Edits the demandes in turn; gives the versions that a fresh read then tells.
fn edit(address: SocketAddr, token: &str, ids: &[String], period: Duration, shared: &Shared) -> Res<Versions> {
    let mut client = Client::connect(address, Some(token))?;
    let mut versions = read(&mut client, ids)?;
    let start = Instant::now();
    for (number, id) in ids.iter().cycle().enumerate() {
        let due = PACE * u32::try_from(number).unwrap_or(u32::MAX);
        if due >= period {
            break;
        }
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let known = versions.get(id).copied().unwrap_or_default();
        let version = writes::patch(&mut client, id, known, number)?;
        lock(&shared.written).insert((id.clone(), version), Instant::now());
        versions.insert(id.clone(), version);
    }
    read(&mut client, ids)
}

fn read(client: &mut Client, ids: &[String]) -> Res<Versions> {
    ids.iter()
        .map(|id| Ok((id.clone(), writes::version(&client.get(&format!("/api/v1/demandes/{id}"))?.body)?)))
        .collect()
}

/// Applies the feed, again from where it was each time the server ends it, until it has the last versions; gives the delay of
/// each change. What was announced and is not what is read is an error.
fn follow(address: SocketAddr, token: &str, shared: &Shared) -> Res<Sample> {
    let (mut known, mut place, mut delays) = (Versions::new(), String::new(), Sample::default());
    let mut gone_on = None;
    loop {
        let headers = if place.is_empty() { String::new() } else { format!("Last-Event-ID: {place}\r\n") };
        let mut client = Client::connect(address, Some(token))?;
        let mut there = false;
        client.follow("/api/v1/demandes/flux", &headers, |line| {
            if let Some(number) = line.strip_prefix("id:") {
                number.trim().clone_into(&mut place);
            } else if let Some(data) = line.strip_prefix("data:") {
                let changes: Changements = serde_json::from_str(data).map_err(|error| error.to_string())?;
                let written = lock(&shared.written);
                for change in changes.demandes {
                    if let Some(sent) = written.get(&(change.id.clone(), change.version)) {
                        delays.push(sent.elapsed());
                    }
                    known.insert(change.id, change.version);
                }
            }
            let last = lock(&shared.last);
            there = last.as_ref().is_some_and(|last| last.iter().all(|(id, version)| known.get(id) == Some(version)));
            Ok(!there)
        })?;
        if there {
            return Ok(delays);
        }
        // The feed lasts less than a minute: long after the last edit, what is still missing will not come.
        if lock(&shared.last).is_some() && gone_on.get_or_insert_with(Instant::now).elapsed() > Duration::from_secs(60)
        {
            return Err("Un abonné n'a pas les versions que dit une lecture.".to_owned());
        }
    }
}
