//! Replacing the key of the seeds while people sign in (SEC-61).

use std::sync::atomic::{AtomicBool, Ordering};

use api::clock::{Clock, Moment};
use api::db::{Db, DbError};
use api::otp::{Generator, Kind, Means, Rekeyed, rekey, verify};
use api::seal::{Keys, Sealed};
use diesel::prelude::*;
use domain::permission::Role;
use domain::values::CodeOtp;

use crate::support::{SEED, TestApp};

const KEYS: [&str; 3] = [
    "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "deux:AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "trois:AgECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
];

fn keys(list: &[&str]) -> Keys {
    Keys::parse(&list.join(",")).unwrap()
}

fn run(app: &TestApp, keys: &Keys, size: i64) -> Rekeyed {
    let url = app.database.url.clone();
    let mut conn = api::db::DbConn::open(&url, api::db::Usage::Write).unwrap();
    rekey(&mut conn, keys, &Clock::system(), size, &mut |_| ()).unwrap()
}

fn names(app: &TestApp) -> Vec<String> {
    app.texts("SELECT DISTINCT cle_id AS v FROM moyen_otp ORDER BY 1")
}

/// Verifies the code of every means with these keys, and says how many were refused.
fn refused(db: &Db, now: Moment, keys: &Keys) -> usize {
    use api::db::schema::moyen_otp;
    let rows: Vec<(String, String, String)> = db
        .read_blocking(|conn| {
            Ok::<_, DbError>(moyen_otp::table.select((moyen_otp::id, moyen_otp::graine, moyen_otp::cle_id)).load(conn)?)
        })
        .unwrap();
    let generator = Generator::new(Kind::App, SEED).unwrap();
    let code = CodeOtp::lire(&generator.code(generator.step(now)).unwrap()).unwrap();
    let wrong = |(id, text, key): &(String, String, String)| {
        let seed = Sealed { key: key.clone(), text: text.clone() };
        verify(keys, &Means { id: id.clone(), kind: Kind::App, seed, drift: 0 }, &code, None, now).is_none()
    };
    rows.iter().filter(|row| wrong(row)).count()
}

#[actix_web::test]
async fn sec_61_two_rotations_under_running_sign_ins_refuse_no_code() {
    let app = TestApp::new().await;
    for _ in 0..40 {
        app.equipped(&[Role::Aidant], Kind::App);
    }
    assert_eq!(names(&app), ["test"]);
    let (db, now) = (app.db().clone(), app.clock.now());
    for (former, next) in [(0, 1), (1, 2)] {
        // Servers know both keys before the seeds are sealed again.
        let both = keys(&[KEYS[next], KEYS[former]]);
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut turns = 0;
                while !done.load(Ordering::Relaxed) || turns < 3 {
                    assert_eq!(refused(&db, now, &both), 0);
                    turns += 1;
                }
            });
            assert_eq!(run(&app, &both, 3).changed, 40);
            done.store(true, Ordering::Relaxed);
            reader.join().unwrap();
        });
        assert_eq!(names(&app), [KEYS[next].split(':').next().unwrap()]);
        assert_eq!(refused(&db, now, &keys(&[KEYS[next]])), 0, "the former key may go");
        assert_eq!(run(&app, &both, 3), Rekeyed::default(), "nothing is left to do");
    }
}

#[actix_web::test]
async fn sec_61_an_interrupted_run_is_taken_up_and_what_no_key_opens_is_told() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    for _ in 0..4 {
        app.equip(&person, Kind::App);
    }
    let both = keys(&[KEYS[1], KEYS[0]]);
    // Stopped after its first batch.
    let url = app.database.url.clone();
    let stopped = std::panic::catch_unwind(|| {
        let mut conn = api::db::DbConn::open(&url, api::db::Usage::Write).unwrap();
        let stop = &mut |so_far: &Rekeyed| assert!(so_far.changed < 2, "stopped");
        rekey(&mut conn, &both, &Clock::system(), 2, stop)
    });
    assert!(stopped.is_err());
    assert_eq!(names(&app), ["deux", "test"]);
    let unknown = app.texts("SELECT id AS v FROM moyen_otp WHERE cle_id = 'test' ORDER BY id")[0].clone();
    app.execute(&format!("UPDATE moyen_otp SET cle_id = 'perdue' WHERE id = '{unknown}'")).unwrap();
    assert_eq!(run(&app, &both, 2), Rekeyed { changed: 2, unreadable: vec![unknown] });
    assert_eq!(names(&app), ["deux", "perdue"]);
}
