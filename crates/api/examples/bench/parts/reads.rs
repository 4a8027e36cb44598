//! Readings of the table by one warm client over one kept connection.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Res;
use crate::base::Base;
use crate::client::{Client, encode};
use crate::options::Options;
use crate::process::Parcours;
use crate::queries::{self, Query, WORDS};
use crate::report::{Report, ms, whole};
use crate::stats::{Sample, median};

pub fn run(options: &Options, base: &Base, report: &mut Report) -> Res {
    let aims = ["p95 10 ms, p99 20 ms", "20 ms", "30 ms", "p99 2 ms"];
    let grist = ["p50 52 ms, p99 66 ms", "21 ms", "", "p50 15 ms, p99 19 ms"];
    measure(options, options.rows, base, report, &aims, &grist)
}

pub fn run_million(options: &Options, base: &Base, report: &mut Report) -> Res {
    let aims = ["p95 30 ms, p99 60 ms", "60 ms", "90 ms", "p99 6 ms"];
    measure(options, options.million, base, report, &aims, &[""; 4])
}

fn measure(
    options: &Options,
    rows: usize,
    base: &Base,
    report: &mut Report,
    aims: &[&'static str; 4],
    grist: &[&'static str; 4],
) -> Res {
    let fresh = base.fresh(rows)?;
    let parcours = Parcours::new(&fresh)?;
    let token = parcours.token()?;
    let server = parcours.serve()?;
    let mut client = Client::connect(server.address, Some(&token))?;
    let queries = queries::all()?;
    let (ids, sirets) = known(&mut client)?;
    let [page_aim, total_aim, search_aim, one_aim] = *aims;
    let [page_grist, total_grist, _, one_grist] = *grist;
    let among = format!("{} demandes", whole(rows as f64));
    let groups: [(String, &str, &str, Vec<String>); 5] = [
        (
            format!("Première page, {among}, {} requêtes différentes", queries.len()),
            page_aim,
            page_grist,
            pages(&queries),
        ),
        (format!("Total exact, {among}"), total_aim, total_grist, queries.iter().map(Query::total).collect()),
        (format!("Recherche d'au moins 3 caractères, {among}"), search_aim, "", searches()),
        (format!("Une demande par identifiant, {among}"), one_aim, one_grist, ids),
        (format!("Une demande par SIRET, {among}"), one_aim, one_grist, sirets),
    ];
    for (place, (name, aim, grist, paths)) in groups.into_iter().enumerate() {
        let measured = time(&mut client, &paths, options)?;
        report.add(base.column(), &name, aim, grist, measured.value());
        if place == 0 {
            report.note(format!("{}, {among} : {}", base.name(), measured.slowest(&queries)));
        }
    }
    Ok(())
}

fn pages(queries: &[Query]) -> Vec<String> {
    queries.iter().map(Query::page).collect()
}

fn searches() -> Vec<String> {
    WORDS.iter().map(|word| format!("/api/v1/demandes?limit=50&q={}", encode(word))).collect()
}

/// Addresses of demandes that exist, spread over the table, by identifier and by SIRET.
fn known(client: &mut Client) -> Res<(Vec<String>, Vec<String>)> {
    let (mut ids, mut sirets) = (Vec::new(), Vec::new());
    for sort in ["nom", "-siret", "ville", "-date_demande"] {
        let answer = client.get(&format!("/api/v1/demandes?limit=250&fields=siret&sort={sort}"))?;
        let page: Value = serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
        for row in page.get("items").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
            ids.push(format!("/api/v1/demandes/{}", text("id")));
            let filter = encode(&format!("siret eq \"{}\"", text("siret")));
            sirets.push(format!("/api/v1/demandes?limit=50&filter={filter}"));
        }
    }
    if ids.is_empty() { Err("Le tableau est vide.".to_owned()) } else { Ok((ids, sirets)) }
}

/// The percentiles of several runs, and the times of each path.
struct Measured {
    percentiles: [Vec<f64>; 3],
    by_path: Vec<Sample>,
}

fn time(client: &mut Client, paths: &[String], options: &Options) -> Res<Measured> {
    let mut measured = Measured { percentiles: Default::default(), by_path: Vec::new() };
    measured.by_path.resize_with(paths.len(), Sample::default);
    for path in paths {
        once(client, path)?;
    }
    for _ in 0..options.runs {
        let mut run = Sample::default();
        for (own, path) in paths.iter().enumerate().cycle().take(options.requests) {
            let spent = once(client, path)?;
            run.push(spent);
            if let Some(sample) = measured.by_path.get_mut(own) {
                sample.push(spent);
            }
        }
        for (values, percent) in measured.percentiles.iter_mut().zip([50, 95, 99]) {
            values.push(run.percentile(percent));
        }
    }
    Ok(measured)
}

/// One request, from its first byte sent to its last byte received.
fn once(client: &mut Client, path: &str) -> Res<Duration> {
    let start = Instant::now();
    let answer = client.get(path)?;
    let spent = start.elapsed();
    if answer.status == 200 {
        return Ok(spent);
    }
    Err(format!("{path} : {} {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

impl Measured {
    fn value(&self) -> String {
        let [p50, p95, p99] = self.percentiles.clone().map(median);
        format!("p50 {}, p95 {}, p99 {}", ms(p50), ms(p95), ms(p99))
    }

    /// The five slowest queries.
    fn slowest(&self, queries: &[Query]) -> String {
        let mut medians: Vec<(f64, &str)> = self
            .by_path
            .iter()
            .zip(queries)
            .map(|(times, query)| (times.percentile(50), query.text.as_str()))
            .collect();
        medians.sort_by(|a, b| b.0.total_cmp(&a.0));
        let named: Vec<String> = medians.iter().take(5).map(|(time, text)| format!("`{text}` {}", ms(*time))).collect();
        format!("les plus lentes en médiane sont {}.", named.join(" ; "))
    }
}
