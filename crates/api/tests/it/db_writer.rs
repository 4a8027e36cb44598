//! The single writer: commands are grouped, each stands or falls alone, all are answered.

use std::time::Duration;

use api::areas::demande::service::{self, Context, Incoming};
use api::db::{Db, DbError};
use api::journal::Author;
use api::seal::Keys;
use diesel::prelude::*;
use futures_util::future::join_all;

use crate::support::{TestApp, counts, elsewhere, line};

diesel::table! {
    essai (id) {
        id -> BigInt,
    }
}

async fn with_table() -> TestApp {
    let app = TestApp::new().await;
    app.execute("CREATE TABLE essai (id BIGINT NOT NULL PRIMARY KEY)").unwrap();
    app
}

fn insert(conn: &mut api::db::DbConn, id: i64) -> Result<(), DbError> {
    diesel::insert_into(essai::table).values(essai::id.eq(id)).execute(conn)?;
    Ok(())
}

fn kept(app: &TestApp) -> Vec<i64> {
    app.read(|conn| Ok(essai::table.select(essai::id).order(essai::id).load(conn)?))
}

/// Keeps the writer busy, so that what comes next waits together.
fn occupy(db: &Db) -> impl Future<Output = Result<(), DbError>> + use<> {
    let db = db.clone();
    async move {
        db.write(|_| {
            std::thread::sleep(Duration::from_millis(300));
            Ok(())
        })
        .await
    }
}

#[actix_web::test]
async fn sixty_four_writers_at_once_are_all_answered_in_few_commits() {
    let app = with_table().await;
    let before = counts(&app.database).commits;
    let busy = occupy(app.db());
    let writers = (0..64).map(|id| {
        app.db().write(move |conn| {
            insert(conn, id)?;
            Ok::<_, DbError>(id)
        })
    });
    let (_, answers) = futures_util::future::join(busy, join_all(writers)).await;
    let ids: Vec<i64> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(ids, (0..64).collect::<Vec<_>>(), "each its own answer");
    assert_eq!(kept(&app).len(), 64);
    let commits = counts(&app.database).commits - before;
    assert!((1..=8).contains(&commits), "{commits} commits for 65 commands");
}

#[actix_web::test]
async fn a_command_that_fails_or_panics_harms_no_neighbour_of_its_group() {
    let app = with_table().await;
    let busy = occupy(app.db());
    let writers = (0..64_i64).map(|id| {
        app.db().write(move |conn| {
            insert(conn, id)?;
            match id % 8 {
                3 => Err(DbError::Unavailable("refused on purpose".to_owned())),
                // The same key again: the database itself refuses.
                5 => insert(conn, id).map(|()| id),
                7 => panic!("on purpose"),
                _ => Ok(id),
            }
        })
    });
    let (_, answers) = futures_util::future::join(busy, join_all(writers)).await;
    for (id, answer) in (0..).zip(&answers) {
        match (id % 8, answer) {
            (3, Err(DbError::Unavailable(why))) => assert_eq!(why, "refused on purpose"),
            (5, Err(DbError::Diesel(_))) => {}
            (7, Err(DbError::Panicked(why))) => assert!(why.contains("on purpose"), "{why}"),
            (_, Ok(own)) => assert_eq!(*own, id),
            (_, other) => panic!("{id}: {other:?}"),
        }
    }
    let expected: Vec<i64> = (0..64).filter(|id| ![3, 5, 7].contains(&(id % 8))).collect();
    assert_eq!(kept(&app), expected, "those that failed left nothing, the others everything");
}

#[actix_web::test]
async fn a_lone_command_that_fails_leaves_nothing_and_the_writer_lives() {
    let app = with_table().await;
    let refused = app.write(|conn| {
        insert(conn, 1)?;
        Err::<(), _>(DbError::Unavailable("no".to_owned()))
    });
    assert!(refused.is_err());
    let panicked = app.write(|conn| -> Result<(), DbError> {
        insert(conn, 2)?;
        panic!("on purpose")
    });
    assert!(matches!(panicked, Err(DbError::Panicked(_))));
    assert_eq!(kept(&app), Vec::<i64>::new());
    app.write(|conn| insert(conn, 3)).unwrap();
    assert_eq!(kept(&app), [3]);
}

#[actix_web::test]
async fn what_was_queued_is_written_even_when_nobody_waits_any_more() {
    let app = with_table().await;
    let busy = actix_web::rt::spawn(occupy(app.db()));
    actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    let left = Box::pin(app.db().write(|conn| insert(conn, 9)));
    // The first poll queues it; the second future is ready at once, and the first is dropped.
    let given_up = futures_util::future::select(left, std::future::ready(())).await;
    assert!(matches!(given_up, futures_util::future::Either::Right(_)));
    drop(given_up);
    busy.await.unwrap().unwrap();
    app.write(|_| Ok(())).unwrap();
    assert_eq!(kept(&app), [9]);
}

#[actix_web::test]
async fn two_servers_on_one_database_keep_one_chain_and_miss_no_rank() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let (url, clock, territories) = (&app.database.url, &app.clock, &app.app.territories);
    elsewhere(|| {
        std::thread::scope(|scope| {
            for server in 0..2 {
                let db = Db::open(url, 1).unwrap();
                let envelope = envelope.clone();
                scope.spawn(move || {
                    for n in 0..20 {
                        let context = Context {
                            clock: clock.clone(),
                            territories: territories.clone(),
                            author: Author::system("test"),
                            now: clock.now(),
                            keys: Keys::public(),
                        };
                        let incoming = Incoming {
                            line: line("01", server * 100 + n, &envelope),
                            declared: std::collections::BTreeMap::new(),
                        };
                        db.write_blocking(move |conn| service::create(conn, &context, "demande.creee", vec![incoming]))
                            .unwrap_or_else(|error| panic!("{server} {n}: {error}"));
                    }
                });
            }
        });
    });
    assert_eq!((app.rows("demande"), app.rows("journal")), (40, 40));
    assert_eq!(app.read(api::journal::verify), []);
    assert_eq!(app.texts("SELECT DISTINCT CAST(rang AS TEXT) AS v FROM demande").len(), 40);
}
