//! Demonstration data: accounts, envelopes and demandes of real communes with invented people, the same for the same
//! seed. Every e-mail domain ends in `.example`, which cannot exist.

mod lines;

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::courriel::Evenement;
use domain::enveloppe::{CIBLE, MONTANT};
use domain::permission::Role;

use crate::areas::compte::service::DEMONSTRATION_DOMAIN as DOMAIN;
use crate::areas::compte::service::accounts::{give_role, insert};
use crate::areas::demande::service::{self, Context, Incoming};
use crate::areas::engagement::service as engagement;
use crate::areas::enveloppe::service::Envelope;
use crate::areas::habilite::service as habilites;
use crate::areas::referentiel::Territories;
use crate::clock::{Clock, Moment};
use crate::db::schema::{compte, compte_enveloppe, demande, enveloppe, rappel_passage};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::Author;
use crate::seal::Keys;
use crate::text::command::{self as text, demo as words};

/// Name of the address of the account that has several roles; the others are named after their role.
const SEVERAL: &str = "plusieurs-roles";
/// Name of the address of the account that has accepted no text yet.
const NEWCOMER: &str = "nouvel-aidant";
/// Demandes written in one transaction.
const BATCH: usize = 1_000;
/// The département whose envelope the demonstration récipiendaire holds.
const OWN: &str = "01";
/// Most demandes in a hundred that its envelope finances: a fifth of them is of it, and four in ten are granted.
const SHARE_OWN: i64 = 12;
/// The same of any other envelope.
const SHARE: i64 = 2;

/// People of the lists of those who are habilitated already.
const HABILITATED: usize = 240;
/// Days of the conventions; that of [`OWN`] ends sooner, so that a reminder shows.
const CONVENTION: (&str, &str, &str) = ("2026-01-01", "2026-12-31", "2027-12-31");

/// Whether the database holds demonstration accounts.
pub fn is_present(conn: &mut DbConn) -> Result<bool, DbError> {
    let found: i64 = compte::table.filter(compte::email.like(format!("%{DOMAIN}"))).count().get_result(conn)?;
    Ok(found > 0)
}

/// Writes accounts and envelopes if they are missing, then `rows` demandes; nothing where there are demandes already.
pub fn write(conn: &mut DbConn, rows: usize, seed: u64) -> Result<String, AppError> {
    let written: i64 = demande::table.count().get_result(conn)?;
    if written > 0 && is_present(conn)? {
        return Ok(text::demo_already(written));
    }
    let clock = Clock::fixed(start(), seed);
    let territories = Territories::read(conn)?;
    if !is_present(conn)? {
        conn.transaction(|conn| {
            engagement::seed(conn, &clock)?;
            accounts(conn, &clock, &territories, rows)
        })?;
    }
    let envelopes: BTreeMap<String, String> = enveloppe::table
        .select((enveloppe::departement, enveloppe::id))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    habilitated(conn, seed, &territories, envelopes.clone())?;
    quiet(conn)?;
    let mut source = lines::Source::new(&clock, &territories, envelopes);
    let mut left = rows;
    while left > 0 {
        let count = left.min(BATCH);
        let batch = (0..count)
            .map(|_| Ok(Incoming { line: service::validate(source.next_line())?, declared: BTreeMap::new() }))
            .collect::<Result<_, AppError>>()?;
        clock.advance(chrono::Duration::minutes(7));
        let context = Context {
            clock: clock.clone(),
            territories: territories.clone(),
            author: Author::system("parcours demo"),
            now: clock.now(),
            keys: Keys::public(),
        };
        conn.begin_write()?;
        let created = service::create(conn, &context, "demande.creee", batch)?;
        let dated = created.into_iter().enumerate();
        service::date(conn, dated.map(|(place, one)| (one.id, lines::milestones(&one.line, place))).collect())?;
        conn.commit()?;
        left -= count;
    }
    let mut report = text::demo_written(rows);
    for (name, _) in people() {
        report.push_str(&format!("\n  {name}{DOMAIN}"));
    }
    Ok(report)
}

/// Gives the lists of those who are habilitated already. They are drawn apart: the demandes of a seed stay the same.
fn habilitated(
    conn: &mut DbConn,
    seed: u64,
    territories: &Territories,
    envelopes: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let clock = Clock::fixed(start(), seed.wrapping_add(1));
    let mut source = lines::Source::new(&clock, territories, envelopes);
    let people = (0..HABILITATED).map(|_| source.next_habilitated()).collect();
    let (author, now) = (Author::system("parcours demo"), clock.now());
    let context = Context { clock: clock.clone(), territories: territories.clone(), author, now, keys: Keys::public() };
    conn.transaction(|conn| habilites::replace(conn, &context, people)).map(drop)
}

/// A demonstration begins with old demandes: reminders of what they lack would fill its only mailbox.
fn quiet(conn: &mut DbConn) -> Result<(), DbError> {
    let far = start() + chrono::Days::new(36_500);
    let place = rappel_passage::table.find(Evenement::InformationsManquantes.as_str());
    diesel::update(place).set(rappel_passage::prochain_le.eq(far)).execute(conn)?;
    Ok(())
}

/// The date of the demonstration data: that of the programme's generalisation; only the seed makes two sets differ.
fn start() -> Moment {
    chrono::DateTime::from_timestamp(1_772_438_400, 0).unwrap_or_default().naive_utc()
}

/// An amount that so many demandes, of which this share in a hundred is financed by one envelope, leave something of: 20 000 €,
/// or several times that when more rows are drawn than the programme has.
fn amount(rows: usize, share: i64) -> i64 {
    let financed = i64::try_from(rows).unwrap_or(0).saturating_mul(share) / 100;
    MONTANT * (financed / CIBLE + 1)
}

/// The demonstration accounts: the name of their address, and their roles.
fn people() -> Vec<(&'static str, Vec<Role>)> {
    let mut people: Vec<_> = Role::COMPTES.into_iter().map(|role| (role.as_str(), vec![role])).collect();
    people.push((SEVERAL, vec![Role::Recipiendaire, Role::Referent, Role::Aidant]));
    people.push((NEWCOMER, vec![Role::Aidant]));
    people
}

fn accounts(conn: &mut DbConn, clock: &Clock, territories: &Territories, rows: usize) -> Result<(), AppError> {
    let mut own = String::new();
    for department in territories.departements() {
        let id = clock.id();
        if department.code == OWN {
            own.clone_from(&id);
        }
        let (holder, label) = (words::recipient(&department.nom), words::envelope(&department.nom, 2026));
        let share = if department.code == OWN { SHARE_OWN } else { SHARE };
        let montant = amount(rows, share);
        let (first, soon, late) = CONVENTION;
        let row = Envelope {
            montant,
            convention: words::convention(&department.code),
            debut: first.to_owned(),
            fin: if department.code == OWN { soon } else { late }.to_owned(),
            ..Envelope::new(id, (department.code.clone(), 2026), holder, label)
        };
        diesel::insert_into(enveloppe::table).values(row).execute(conn)?;
    }
    for (name, roles) in people() {
        let id = insert(conn, clock, &format!("{name}{DOMAIN}"), text::demo_account(name))?;
        diesel::update(compte::table.find(&id)).set(compte::etat.eq("actif")).execute(conn)?;
        for role in &roles {
            give_role(conn, &id, *role)?;
        }
        if name != NEWCOMER {
            engagement::accept_all(conn, &id, clock.now())?;
        }
        if roles.contains(&Role::Recipiendaire) {
            diesel::insert_into(compte_enveloppe::table)
                .values((compte_enveloppe::compte_id.eq(&id), compte_enveloppe::enveloppe_id.eq(&own)))
                .execute(conn)?;
        }
    }
    Ok(())
}
