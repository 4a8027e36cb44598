//! The reminders: what a demande lacks, a batch that comes, a convention that ends with money left. Each is sent once for its
//! object and its term, by one server. What is late is looked for in rounds of a few hundred demandes: nobody receives in one
//! go what a stop has held back.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use actix_web::web;
use chrono::{Days, NaiveTime};
use diesel::prelude::*;
use domain::courriel::{Evenement, manques};
use domain::text::{fr_courriel, fr_enveloppe};
use domain::values::DateIso;

use super::{Fact, Subject, Values, refus};
use crate::app::App;
use crate::areas::avis::UNSUBSCRIBE_PAGE;
use crate::areas::demande::queries;
use crate::areas::demande::service::evaluate_all;
use crate::areas::eligibilite::next_opening;
use crate::areas::referentiel::Territories;
use crate::clock::{Clock, Moment, iso_date};
use crate::config::RemindersConfig;
use crate::db::schema::{demande, enveloppe, rappel, rappel_passage};
use crate::db::{DbConn, DbError, bulk_insert};
use crate::error::AppError;
use crate::outbox;
use crate::seal::Keys;

/// Time between two looks at the clock, and between two rounds of what is late.
const PAUSE: Duration = Duration::from_secs(300);
/// Hour (UTC) of the round of a day: breakfast in metropolitan France.
const HOUR: u32 = 6;
/// Demandes looked at in a round.
const ROUND: i64 = 500;
/// Envelopes told of in a day: more than there are.
const ENVELOPES: i64 = 2_000;

/// What a round needs to know.
pub struct Round {
    /// Now and random.
    pub clock: Clock,
    /// Keys of the links.
    pub keys: Keys,
    /// Territories, for the rules.
    pub territories: Territories,
    /// When reminders are due.
    pub settings: RemindersConfig,
    /// When it is.
    pub now: Moment,
    /// Day of the next batch of eligibility (ISO), when one is planned.
    pub next_batch: Option<String>,
}

/// What is to be told of, and what is then done with.
#[derive(Default)]
struct Due {
    /// Object and term of each.
    done: Vec<(String, String)>,
    /// Rank at which the next round begins; none when there is nothing more today.
    next: Option<i64>,
}

/// Looks for the reminders that are due for as long as the server runs.
pub async fn keep(app: web::Data<App>) {
    loop {
        actix_web::rt::time::sleep(PAUSE).await;
        let now = app.clock.now();
        // Looked for by a reading: the writer is not borrowed for a round that has nothing to do.
        match app.db.read(move |conn| due(conn, now)).await {
            Ok(events) => {
                for event in events {
                    send(&app, event, now).await;
                }
            }
            Err(error) => tracing::warn!(error = %error, "rappels.not_read"),
        }
    }
}

/// The reminders whose round has come.
fn due(conn: &mut DbConn, now: Moment) -> Result<Vec<Evenement>, DbError> {
    let names: Vec<String> = rappel_passage::table
        .filter(rappel_passage::prochain_le.le(now))
        .order(rappel_passage::evenement)
        .select(rappel_passage::evenement)
        .load(conn)?;
    Ok(names.iter().filter_map(|name| Evenement::parse(name)).filter(|event| event.est_rappel()).collect())
}

/// Makes the round of a reminder, in its transaction.
async fn send(app: &App, event: Evenement, now: Moment) {
    let mut round = Round {
        clock: app.clock.clone(),
        keys: app.config.keys.clone(),
        territories: app.territories.clone(),
        settings: app.config.reminders,
        now,
        next_batch: None,
    };
    let work = move |conn: &mut DbConn| {
        round.next_batch = next_opening(conn, now)?;
        remind(conn, &round, event)
    };
    match app.db.write(work).await {
        Ok(0) => {}
        Ok(mails) => tracing::info!(event = event.as_str(), mails, "rappels.sent"),
        Err(error) => tracing::warn!(event = event.as_str(), error = %error, "rappels.not_sent"),
    }
}

/// Queues the reminders of this kind that are due, and says how many mails they are.
pub fn remind(conn: &mut DbConn, round: &Round, event: Evenement) -> Result<usize, AppError> {
    let Some(rank) = take_turn(conn, event, round.now)? else { return Ok(0) };
    let (due, mails) = match event {
        Evenement::InformationsManquantes => lacking(conn, round, rank)?,
        Evenement::LotProche => batch(conn, round)?,
        Evenement::ConventionFinissante => conventions(conn, round)?,
        _ => (Due::default(), Vec::new()),
    };
    let mails = refus::wanted(conn, &round.keys, UNSUBSCRIBE_PAGE, mails)?;
    outbox::push_all(conn, &round.clock, round.now, outbox::MAIL, &mails)?;
    record(conn, event, round.now, due.done)?;
    if let Some(rank) = due.next {
        let soon = round.now + chrono::Duration::seconds(i64::try_from(PAUSE.as_secs()).unwrap_or(300));
        let place = rappel_passage::table.find(event.as_str());
        diesel::update(place)
            .set((rappel_passage::rang.eq(rank), rappel_passage::prochain_le.eq(soon)))
            .execute(conn)?;
    }
    Ok(mails.len())
}

/// The rank at which this server begins, when its turn has come and no other took it.
fn take_turn(conn: &mut DbConn, event: Evenement, now: Moment) -> Result<Option<i64>, DbError> {
    let place = rappel_passage::table.find(event.as_str());
    let found: Option<(Moment, i64)> =
        place.select((rappel_passage::prochain_le, rappel_passage::rang)).first(conn).optional()?;
    let Some((due, rank)) = found.filter(|(due, _)| *due <= now) else { return Ok(None) };
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let today = now.date().and_time(hour);
    let next = if today > now { today } else { today + Days::new(1) };
    let taken = diesel::update(place.filter(rappel_passage::prochain_le.eq(due)))
        .set((rappel_passage::prochain_le.eq(next), rappel_passage::rang.eq(0)))
        .execute(conn)?;
    Ok((taken == 1).then_some(rank))
}

fn record(conn: &mut DbConn, event: Evenement, now: Moment, done: Vec<(String, String)>) -> Result<(), DbError> {
    let rows: Vec<_> = done
        .into_iter()
        .map(|(object, term)| Sent { evenement: event.as_str(), objet: object, echeance: term, cree_le: now })
        .collect();
    bulk_insert!(conn, rappel::table, &rows);
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = rappel, treat_none_as_default_value = false)]
struct Sent {
    evenement: &'static str,
    objet: String,
    echeance: String,
    cree_le: Moment,
}

type Reminders = (Due, Vec<serde_json::Value>);

/// Which of these objects were told of already, and for which term.
fn told(conn: &mut DbConn, event: Evenement, objects: &[&str]) -> Result<HashSet<(String, String)>, DbError> {
    let mut told = HashSet::new();
    for some in objects.chunks(CHUNK) {
        let sent = rappel::table.filter(rappel::evenement.eq(event.as_str()).and(rappel::objet.eq_any(some)));
        told.extend(sent.select((rappel::objet, rappel::echeance)).load::<(String, String)>(conn)?);
    }
    Ok(told)
}

/// Objects looked for at once.
const CHUNK: usize = 1_000;

/// The demandes that nobody has decided and that lack what their structure can give.
fn lacking(conn: &mut DbConn, round: &Round, rank: i64) -> Result<Reminders, AppError> {
    let event = Evenement::InformationsManquantes;
    if round.settings.information == 0 {
        return Ok((Due::default(), Vec::new()));
    }
    let day = iso_date(round.now - Days::new(u64::from(round.settings.information)));
    let found: Vec<(String, i64)> = demande::table
        .inner_join(enveloppe::table.on(enveloppe::id.nullable().eq(demande::enveloppe_id)))
        .filter(enveloppe::etat.eq(domain::enveloppe::EtatEnveloppe::Ouverte.as_str()))
        .filter(demande::supprimee.eq(false).and(demande::verdict.eq("bloquant")).and(demande::etape.eq("recue")))
        .filter(demande::date_demande.ne("").and(demande::date_demande.le(day)))
        .filter(demande::rang.gt(rank))
        .order(demande::rang)
        .limit(ROUND)
        .select((demande::id, demande::rang))
        .load(conn)?;
    let next = found.last().filter(|_| i64::try_from(found.len()) == Ok(ROUND)).map(|(_, rank)| *rank);
    let told = told(conn, event, &found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>())?;
    let ids = found.into_iter().filter(|(id, _)| !told.contains(&(id.clone(), String::new())));
    let ids: Vec<String> = ids.map(|(id, _)| id).collect();
    let stored = queries::find_all(conn, &ids)?;
    let constats = evaluate_all(conn, &round.territories, &stored)?;
    let (mut facts, mut done) = (Vec::new(), Vec::new());
    for (one, constats) in stored.iter().zip(&constats) {
        let columns = manques(&one.line, constats);
        if !columns.is_empty() {
            let detail = fr_courriel::manques(&columns);
            facts.push(Fact { subject: Subject::Demande(one), values: Values::new(), detail });
            done.push((one.id.clone(), String::new()));
        }
    }
    let mails = super::prepare(conn, event, &facts)?;
    Ok((Due { done, next }, mails))
}

/// The envelopes that have Aidants Connect demandes to decide before the next batch.
fn batch(conn: &mut DbConn, round: &Round) -> Result<Reminders, AppError> {
    let nothing = (Due::default(), Vec::new());
    let Some(day) = round.next_batch.as_ref().filter(|_| round.settings.batch > 0) else { return Ok(nothing) };
    if *day <= iso_date(round.now) || *day > iso_date(round.now + Days::new(u64::from(round.settings.batch))) {
        return Ok(nothing);
    }
    let event = Evenement::LotProche;
    let open: Vec<String> = enveloppe::table
        .filter(enveloppe::etat.eq(domain::enveloppe::EtatEnveloppe::Ouverte.as_str()))
        .order(enveloppe::id)
        .limit(ENVELOPES)
        .select(enveloppe::id)
        .load(conn)?;
    let told = told(conn, event, &open.iter().map(String::as_str).collect::<Vec<_>>())?;
    let undecided = undecided(conn, Some("aidants_connect"))?;
    let left = open.iter().filter(|id| !told.contains(&((*id).clone(), day.clone())));
    let concerned = left.filter_map(|id| Some((id, undecided.get(id)?)));
    let facts: Vec<Fact> = concerned
        .map(|(id, count)| {
            let values = Values::from([("date", shown(day)), ("nombre", count.to_string())]);
            Fact { subject: Subject::Enveloppe(id), values, detail: String::new() }
        })
        .collect();
    let done = facts.iter().filter_map(|fact| object(fact, day)).collect();
    let mails = super::prepare(conn, event, &facts)?;
    Ok((Due { done, next: None }, mails))
}

/// The envelopes whose convention ends soon, and which have money left.
fn conventions(conn: &mut DbConn, round: &Round) -> Result<Reminders, AppError> {
    let event = Evenement::ConventionFinissante;
    if round.settings.convention == 0 {
        return Ok((Due::default(), Vec::new()));
    }
    let (today, limit) = (iso_date(round.now), iso_date(round.now + Days::new(u64::from(round.settings.convention))));
    let ending: Vec<(String, String, i64)> = enveloppe::table
        .filter(enveloppe::etat.eq(domain::enveloppe::EtatEnveloppe::Ouverte.as_str()))
        .filter(enveloppe::fin.ge(today).and(enveloppe::fin.le(limit)))
        .filter(enveloppe::engage.lt(enveloppe::montant))
        .order((enveloppe::fin, enveloppe::id))
        .limit(ENVELOPES)
        .select((enveloppe::id, enveloppe::fin, enveloppe::montant - enveloppe::engage))
        .load(conn)?;
    let told = told(conn, event, &ending.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>())?;
    let ending: Vec<_> = ending.into_iter().filter(|(id, end, _)| !told.contains(&(id.clone(), end.clone()))).collect();
    let undecided = undecided(conn, None)?;
    let facts: Vec<Fact> = ending
        .iter()
        .map(|(id, end, left)| {
            let count = undecided.get(id).copied().unwrap_or(0);
            let (end, left) = (shown(end), fr_enveloppe::euros(*left));
            let detail = fr_courriel::fin_de_convention(&end, &left);
            let values = Values::from([("date", end), ("reste", left), ("nombre", count.to_string())]);
            Fact { subject: Subject::Enveloppe(id), values, detail }
        })
        .collect();
    let done = ending.iter().map(|(id, end, _)| (id.clone(), end.clone())).collect();
    let mails = super::prepare(conn, event, &facts)?;
    Ok((Due { done, next: None }, mails))
}

/// Demandes that nobody has decided, by envelope; those that have none are left out.
fn undecided(conn: &mut DbConn, training: Option<&str>) -> Result<BTreeMap<String, i64>, DbError> {
    let mut query = demande::table
        .filter(demande::supprimee.eq(false).and(demande::etape.eq("recue")))
        .filter(demande::enveloppe_id.is_not_null())
        .group_by(demande::enveloppe_id)
        .select((demande::enveloppe_id.assume_not_null(), diesel::dsl::count_star()))
        .into_boxed();
    if let Some(training) = training {
        query = query.filter(demande::formation.eq(training));
    }
    Ok(query.load::<(String, i64)>(conn)?.into_iter().collect())
}

fn object(fact: &Fact, term: &str) -> Option<(String, String)> {
    match fact.subject {
        Subject::Enveloppe(id) => Some((id.to_owned(), term.to_owned())),
        _ => None,
    }
}

/// A day as it is read.
fn shown(day: &str) -> String {
    DateIso::parse_iso(day).map_or_else(|_| day.to_owned(), |day| day.afficher())
}
