//! The load of the country: every envelope, a million demandes, 40 people who look at their dashboard and finance somebody
//! every second while the national team looks at the country.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Res;
use crate::base::Base;
use crate::client::{Client, encode};
use crate::options::Options;
use crate::process::Parcours;
use crate::report::{Report, ms, whole};
use crate::stats::Sample;

/// People who manage an envelope each.
const HOLDERS: usize = 40;
/// People of the national team.
const TEAM: usize = 4;
/// Between two turns of somebody.
const PACE: Duration = Duration::from_secs(1);
/// Turns of each.
const TURNS: usize = 30;
const NATIONAL: &str = "/api/v1/tableaux-de-bord/national";

/// Somebody of the load.
enum Person {
    /// Looks at the dashboard at this path, then finances one of these demandes.
    Holder { path: String, demandes: Vec<String> },
    /// Looks at the country.
    Team,
}

/// How long each kind of request took.
#[derive(Default)]
struct Times {
    own: Sample,
    national: Sample,
    granted: Sample,
}

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let fresh = base.fresh(options.million)?;
    let parcours = Parcours::new(&fresh)?;
    let team = parcours.token()?;
    let server = parcours.serve()?;
    let envelopes = strings(&read(server.address, &team, "/api/v1/enveloppes")?, "id")?;
    let before = trainings(server.address, &team)?;
    let mut people = Vec::new();
    for envelope in envelopes.iter().take(HOLDERS) {
        let token = parcours.output(&[
            "token",
            "create",
            "--role",
            "recipiendaire",
            "--enveloppe",
            envelope,
            "--scope",
            "demandes:lire",
            "--scope",
            "enveloppes:lire",
            "--scope",
            "financements:ecrire",
        ])?;
        people.push((holder(server.address, &token, envelope)?, token));
    }
    people.extend((0..TEAM).map(|_| (Person::Team, team.clone())));
    let times = at_once(server.address, people)?;
    let granted = trainings(server.address, &team)? - before;
    if usize::try_from(granted) != Ok(times.granted.len()) {
        return Err(format!("{} attributions, et le pays en compte {granted}.", times.granted.len()));
    }
    let among = format!("{} enveloppes, {} demandes", envelopes.len(), whole(options.million as f64));
    let measures = [
        ("tableau de bord d'une enveloppe", "p95 100 ms", &times.own),
        ("tableau de bord du pays", "p95 100 ms", &times.national),
        ("attribution", "p95 20 ms", &times.granted),
    ];
    for (what, aim, sample) in measures {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| ms(sample.percentile(percent)));
        let measure = format!("{among}, {HOLDERS} récipiendaires : {what}");
        report.add(base.column(), &measure, aim, "", format!("p50 {p50}, p95 {p95}, p99 {p99}"));
    }
    Ok(())
}

fn json(body: &[u8]) -> Res<Value> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

/// What stands at a path, by a connection of its own: the server closes one that waits for long.
fn read(address: SocketAddr, token: &str, path: &str) -> Res<Value> {
    json(&Client::connect(address, Some(token))?.get(path)?.body)
}

/// This member of each item of a list.
fn strings(list: &Value, member: &str) -> Res<Vec<String>> {
    let items =
        list.get("items").and_then(Value::as_array).ok_or_else(|| format!("Une liste est attendue : {list}"))?;
    Ok(items.iter().filter_map(|item| item.get(member)?.as_str()).map(str::to_owned).collect())
}

/// Trainings that the envelopes of the country finance.
fn trainings(address: SocketAddr, token: &str) -> Res<u64> {
    let country = read(address, token, NATIONAL)?;
    let count = country.pointer("/montants/departs/nombre").and_then(Value::as_u64);
    count.ok_or_else(|| "Le pays ne dit pas ses départs.".to_owned())
}

/// The holder of an envelope, with as many demandes to finance as there are turns.
fn holder(address: SocketAddr, token: &str, envelope: &str) -> Res<Person> {
    let filter = encode("verdict eq \"ok\" and decision_financement empty");
    let list = format!("/api/v1/demandes?limit={TURNS}&filter={filter}");
    let demandes = strings(&read(address, token, &list)?, "id")?;
    if demandes.len() < TURNS {
        return Err(format!("L'enveloppe {envelope} n'a que {} demandes à financer.", demandes.len()));
    }
    Ok(Person::Holder { path: format!("/api/v1/tableaux-de-bord/enveloppes/{envelope}"), demandes })
}

fn at_once(address: SocketAddr, people: Vec<(Person, String)>) -> Res<Times> {
    let (start, count) = (Instant::now() + Duration::from_millis(100), people.len() as u32);
    let mut all = Times::default();
    std::thread::scope(|scope| {
        let begun = people.into_iter().enumerate().map(|(place, (person, token))| {
            // People do not click in step: their turns are spread over the pace.
            let first = start + PACE * place as u32 / count;
            scope.spawn(move || turns(address, &token, &person, first))
        });
        let threads: Vec<_> = begun.collect();
        threads.into_iter().try_for_each(|thread| {
            let times = thread.join().map_err(|_panic| "Une personne s'est arrêtée.".to_owned())??;
            all.own.extend(times.own);
            all.national.extend(times.national);
            all.granted.extend(times.granted);
            Ok::<_, String>(())
        })
    })?;
    Ok(all)
}

fn turns(address: SocketAddr, token: &str, person: &Person, first: Instant) -> Res<Times> {
    let mut client = Client::connect(address, Some(token))?;
    let mut times = Times::default();
    for turn in 0..TURNS {
        std::thread::sleep((first + PACE * turn as u32).saturating_duration_since(Instant::now()));
        match person {
            Person::Team => times.national.push(timed(&mut client, "GET", NATIONAL, "")?.0),
            Person::Holder { path, demandes } => {
                times.own.push(timed(&mut client, "GET", path, "")?.0);
                let id = demandes.get(turn).map(String::as_str).unwrap_or_default();
                let body = serde_json::json!({ "action": "accorder", "demandes": [id] }).to_string();
                let (spent, answer) = timed(&mut client, "POST", "/api/v1/demandes/financement", &body)?;
                if answer.get("faites").and_then(Value::as_u64) != Some(1) {
                    return Err(format!("Attribution refusée : {answer}"));
                }
                times.granted.push(spent);
            }
        }
    }
    Ok(times)
}

/// A request, and how long it took to its last byte.
fn timed(client: &mut Client, method: &str, path: &str, body: &str) -> Res<(Duration, Value)> {
    let start = Instant::now();
    let answer = client.send(method, path, "", body)?;
    let spent = start.elapsed();
    let said = json(&answer.body)?;
    if answer.status == 200 { Ok((spent, said)) } else { Err(format!("{method} {path} : {} {said}", answer.status)) }
}
