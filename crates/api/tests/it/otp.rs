//! One-time codes: the vectors, the windows, drift, and seeds that cannot be moved from a row to another.

use std::collections::BTreeSet;

use api::clock::{Clock, Moment};
use api::otp::{Generator, Kind, spend, verify};
use api::seal::{Keys, Place, Sealed};
use domain::permission::Role;
use domain::values::CodeOtp;
use proptest::prelude::*;

use crate::support::{SEED, TestApp, start};

const VECTORS: &str = include_str!("../../../../data/compiled/otp_vecteurs.csv");

fn at(seconds: i64) -> Moment {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
}

fn code(text: &str) -> CodeOtp {
    CodeOtp::lire(text).unwrap()
}

/// The codes of SHA-1: those of eight digits end with the six that ours have.
#[test]
fn every_vector_of_our_algorithm_is_found() {
    let mut seen = 0;
    for line in csv::Reader::from_reader(VECTORS.as_bytes()).into_records().map(Result::unwrap) {
        if &line[2] != "SHA1" {
            continue;
        }
        let (seed, expected) = (unhex(&line[3]), &line[10]);
        let six = &expected[expected.len() - 6..];
        let counter: i64 = line[7].parse().unwrap();
        let kind = if &line[5] == "60" { Kind::Card } else { Kind::App };
        let generator = Generator::new(kind, &seed).unwrap();
        assert_eq!(generator.code(counter).unwrap(), six, "{line:?}");
        if let Ok(seconds) = line[6].parse() {
            assert_eq!(generator.step(at(seconds)), counter, "{line:?}");
            assert_eq!(generator.find(&code(six), at(seconds), 0, 0..=0), Some(counter), "{line:?}");
        }
        seen += 1;
    }
    assert_eq!(seen, 24);
}

#[test]
fn sec_13_a_short_seed_is_refused() {
    assert!(Generator::new(Kind::App, &[7; 15]).is_none());
    assert!(Generator::new(Kind::App, &[7; 16]).is_some());
}

#[actix_web::test]
async fn sec_13_the_seed_of_an_application_has_160_bits_of_its_own_from_the_system() {
    let app = TestApp::new().await;
    let (keys, person) = (app.app.config.keys.clone(), app.person(&[Role::Aidant], &[]));
    // As in the server: the machine's randomness, not the one of the tests.
    let seeds = app.write(move |conn| {
        let draw = |_| {
            let clock = Clock::system();
            api::otp::prepare(conn, &keys, &clock, &person.id).map(|seed| seed.to_vec())
        };
        (0..64).map(draw).collect::<Result<Vec<_>, _>>()
    });
    let seeds = seeds.unwrap();
    assert!(seeds.iter().all(|seed| seed.len() * 8 >= 160), "{:?}", seeds[0].len());
    let different: BTreeSet<&[u8]> = seeds.iter().map(|seed| &seed[..8]).collect();
    assert_eq!(different.len(), seeds.len());
    let ones: u32 = seeds.iter().flatten().map(|byte| byte.count_ones()).sum();
    let bits = u32::try_from(seeds.len() * 160).unwrap();
    // Ten standard deviations around one half.
    assert!(ones.abs_diff(bits / 2) < 5 * bits.isqrt(), "{ones} of {bits}");
}

fn generator(kind: Kind) -> Generator {
    Generator::new(kind, SEED).unwrap()
}

/// A second code for the same step may exist by chance (one in a million): only this step may be found.
fn found(kind: Kind, offset: i64, drift: i64) -> Option<i64> {
    let generator = generator(kind);
    let present = generator.step(start());
    let shown = code(&generator.code(present + offset).unwrap());
    generator.find(&shown, start(), drift, kind.window()).map(|step| step - present)
}

#[test]
fn sec_12_the_windows_are_those_of_the_reference() {
    for offset in -40..=40 {
        let app = (-1..=0).contains(&offset);
        assert_eq!(found(Kind::App, offset, 0), app.then_some(offset), "app {offset}");
        let card = (-1..=1).contains(&offset);
        assert_eq!(found(Kind::Card, offset, 0), card.then_some(offset), "card {offset}");
    }
}

proptest! {
    #[test]
    fn sec_12_a_card_of_any_drift_is_found_by_two_codes_in_a_row_only(drift in -30_i64..=30) {
        let card = generator(Kind::Card);
        let present = card.step(start());
        let shown = |offset: i64| code(&card.code(present + drift + offset).unwrap());
        prop_assert_eq!(card.relocate(&shown(0), &shown(1), start()), Some(present + drift + 1));
        for (first, second) in [(1, 0), (0, 2), (0, 0), (-1, 1)] {
            prop_assert_eq!(card.relocate(&shown(first), &shown(second), start()), None);
        }
        let alone = found(Kind::Card, drift, 0);
        prop_assert_eq!(alone.is_some(), (-1..=1).contains(&drift));
        prop_assert_eq!(found(Kind::Card, drift, drift), Some(drift));
        let app = generator(Kind::App);
        let apps = |offset: i64| code(&app.code(app.step(start()) + offset).unwrap());
        prop_assert_eq!(app.relocate(&apps(0), &apps(1), start()), None);
    }
}

#[actix_web::test]
async fn sec_12_the_drift_of_a_card_is_learnt_at_success() {
    let app = TestApp::new().await;
    let person = app.equipped(&[domain::permission::Role::Aidant], Kind::Card);
    for (offset, drift) in [(1, "1"), (2, "2"), (1, "1")] {
        app.clock.advance(chrono::Duration::minutes(10));
        let before = app.links(&person.email).len();
        app.ask(&person.email, &app.code(Kind::Card, offset)).await;
        assert_eq!(app.links(&person.email).len(), before + 1, "{offset}");
        assert_eq!(app.texts("SELECT CAST(derive AS TEXT) AS v FROM moyen_otp"), [drift]);
    }
}

#[actix_web::test]
async fn sec_11_of_fifty_parallel_uses_of_a_step_one_succeeds() {
    let app = TestApp::new().await;
    let person = app.equipped(&[domain::permission::Role::Aidant], Kind::App);
    let keys = app.app.config.keys.clone();
    let found = app.read(|conn| api::areas::compte::queries::candidate(conn, &person.email)).unwrap();
    let shown = verify(&keys, &found.means[0], &code(&app.code(Kind::App, 0)), None, app.clock.now()).unwrap();
    let spent = app.in_parallel(50, move |conn| spend(conn, &shown).unwrap());
    assert_eq!(spent.into_iter().filter(|done| *done).count(), 1);
    let earlier = verify(&keys, &found.means[0], &code(&app.code(Kind::App, -1)), None, app.clock.now()).unwrap();
    assert!(!app.write(move |conn| spend(conn, &earlier)).unwrap(), "an earlier step is spent with a later one");
}

const KEY_A: &str = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const KEY_B: &str = "b:BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[test]
fn sec_63_a_sealed_seed_opens_only_where_it_was_sealed() {
    let (keys, clock) = (Keys::parse(KEY_A).unwrap(), Clock::fixed(start(), 7));
    let place = |row| Place { column: "moyen_otp.graine", row };
    let sealed = keys.seal(&clock, place("1"), SEED);
    assert_eq!(keys.open(place("1"), &sealed).unwrap().as_slice(), SEED);
    assert!(keys.open(place("2"), &sealed).is_none(), "moved to another row");
    assert!(keys.open(Place { column: "autre.colonne", row: "1" }, &sealed).is_none(), "moved to another column");
    let altered = Sealed { text: sealed.text.replacen(|c: char| c.is_lowercase(), "A", 1), ..sealed.clone() };
    assert!(keys.open(place("1"), &altered).is_none(), "altered");
    let renamed = Sealed { key: "b".to_owned(), ..sealed.clone() };
    assert!(Keys::parse(&format!("{KEY_A},{KEY_B}")).unwrap().open(place("1"), &renamed).is_none(), "other key");
    assert_ne!(keys.seal(&clock, place("1"), SEED).text, sealed.text, "a nonce of its own each time");
}

#[test]
fn sec_61_a_former_key_still_opens_and_the_first_one_seals() {
    let (old, clock) = (Keys::parse(KEY_A).unwrap(), Clock::fixed(start(), 7));
    let place = Place { column: "moyen_otp.graine", row: "1" };
    let sealed = old.seal(&clock, place, SEED);
    let both = Keys::parse(&format!("{KEY_B},{KEY_A}")).unwrap();
    assert_eq!(both.open(place, &sealed).unwrap().as_slice(), SEED);
    assert!(!both.is_current(&sealed) && both.is_current(&both.seal(&clock, place, SEED)));
    assert!(Keys::parse(KEY_B).unwrap().open(place, &sealed).is_none());
}

#[actix_web::test]
async fn sec_63_seeds_moved_between_rows_verify_nothing() {
    let app = TestApp::new().await;
    let (one, two) = (app.person(&[domain::permission::Role::Aidant], &[]), app.person(&[], &[]));
    let (first, second) = (app.equip(&one, Kind::App), app.equip(&two, Kind::App));
    assert!(app.texts("SELECT graine AS v FROM moyen_otp").iter().all(|seed| !seed.contains("MTIzNDU2Nzg5")));
    app.execute(&format!(
        "UPDATE moyen_otp SET graine = (SELECT o.graine FROM moyen_otp o WHERE o.id = '{second}') WHERE id = '{first}'"
    ))
    .unwrap();
    app.ask(&one.email, &app.code(Kind::App, 0)).await;
    assert!(app.links(&one.email).is_empty());
}
