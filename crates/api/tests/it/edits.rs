//! Edits that wait for the writer at the same time are made together: each is answered, refused, signed and undone as if it had been
//! alone, in fewer statements.

use std::time::Duration;

use api::db::{DbError, Together};
use domain::permission::Role;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, Request, TestApp, counts, elsewhere, line, siret};

/// An application, and so many demandes of one envelope.
async fn with(number: usize) -> (TestApp, String, Vec<String>) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let demandes = app.insert((0..number).map(|n| line("01", n, &envelope)).collect());
    (app, envelope, demandes)
}

/// Keeps the writer busy while these are sent, so that they wait together.
async fn at_once(app: &TestApp, requests: Vec<Request<'_>>) -> Vec<Answer> {
    let busy = app.db().write(|_| {
        std::thread::sleep(Duration::from_millis(400));
        Ok::<_, DbError>(())
    });
    let (busy, answers) = join(busy, join_all(requests.into_iter().map(Request::send))).await;
    busy.unwrap();
    answers
}

fn edit<'a>(caller: &Caller<'a>, id: &str, body: &Value) -> Request<'a> {
    caller.patch(&format!("/demandes/{id}")).version(1).json(body)
}

fn comment(text: &str) -> Value {
    json!({ "commentaire": text })
}

fn count(app: &TestApp, what: &str, from: &str) -> usize {
    app.texts(&format!("SELECT CAST(count({what}) AS TEXT) AS v FROM {from}"))[0].parse().unwrap()
}

/// The rows whole, but for what differs from one database to the next.
fn rows(app: &TestApp) -> Vec<String> {
    app.texts(
        "SELECT nom || '|' || commentaire || '|' || commentaire_tri || '|' || siret || '|' || cohorte || '|' || version || '|' \
         || etape || '|' || verdict || '|' || suivi_par AS v FROM demande ORDER BY rang",
    )
}

#[actix_web::test]
async fn edits_made_together_are_each_what_they_would_have_been_alone() {
    let (app, envelope, demandes) = with(12).await;
    let mine = app.person(&[Role::Recipiendaire], &[&envelope]);
    let colleague = app.person(&[Role::Recipiendaire], &[&envelope]);
    let (one, two) = (app.session_of(&mine, Role::Recipiendaire), app.session_of(&colleague, Role::Recipiendaire));
    let foreign = app.account(Role::Recipiendaire, &[&app.envelope("02")]);
    two.delete(&format!("/demandes/{}", demandes[7])).version(1).send().await;
    let moved = siret("210100012", 7);
    let answers = at_once(
        &app,
        vec![
            edit(&one, &demandes[0], &comment("Rappelée")),
            edit(&two, &demandes[1], &comment("Dossier complet")),
            edit(&one, &demandes[2], &json!({ "cohorte": "Été", "commentaire": "Les deux" })),
            edit(&two, &demandes[3], &json!({ "date_session": "31/12/2026" })),
            edit(&foreign, &demandes[4], &comment("Pas la mienne")),
            edit(&one, &demandes[5], &comment("Périmée")).version(9),
            edit(&two, &demandes[6], &json!({ "siret": moved })),
            edit(&one, &demandes[7], &comment("Supprimée")).version(2),
            edit(&one, &demandes[8], &json!({ "suivi_par": colleague.email })),
            edit(&one, &demandes[9], &comment("La première")),
            edit(&two, &demandes[9], &comment("La seconde")),
            edit(&one, &demandes[10], &json!({ "commentaire": "" })),
            edit(&one, &demandes[11], &json!({ "suivi_par": "personne@ailleurs.example" })),
        ],
    )
    .await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let mut expected = vec![200, 200, 200, 422, 404, 412, 200, 409, 200, 200, 412, 200, 422];
    if statuses[9] == 412 {
        expected.swap(9, 10);
    }
    assert_eq!(statuses, expected);
    answers[3].refuses(422, "champs-invalides", "/date_session");
    answers[11].ok(200);
    assert_eq!(answers[11].json()["version"], 1, "what changes nothing makes no version");
    assert_eq!(answers[2].json()["cohorte"], "Été");
    assert_eq!(answers[6].json()["siret"], moved);
    assert_eq!(count(&app, "*", "demande WHERE version = 2 AND supprimee = FALSE"), 6);
    // Each signed by its author, in its own request, and undone by itself.
    let author = |id: &str| {
        app.texts(&format!(
            "SELECT acteur_id AS v FROM journal WHERE action = 'demande.modifiee' AND objet_id = '{id}'"
        ))
    };
    assert_eq!((author(&demandes[0]), author(&demandes[1])), (vec![mine.id.clone()], vec![colleague.id.clone()]));
    assert_eq!(count(&app, "DISTINCT requete", "journal WHERE action = 'demande.modifiee'"), 6);
    let told = app.texts("SELECT genre AS v FROM avis");
    assert_eq!(told, ["confiee"], "the colleague is told of the demande that is hers");
    assert_eq!(app.read(api::journal::verify), []);
    let counted = app.read(|conn| {
        use api::areas::tableau_de_bord::compteurs;
        Ok((compteurs::kept(conn)?, compteurs::recount(conn)?))
    });
    assert_eq!(counted.0, counted.1);
}

#[actix_web::test]
async fn edits_made_together_write_what_they_write_one_after_the_other_in_fewer_statements() {
    let bodies: Vec<Value> = (0..24)
        .map(|n| match n % 4 {
            0 => comment(&format!("Noté {n}")),
            1 => json!({ "cohorte": format!("Cohorte {n}") }),
            2 => json!({ "profession": "Médiatrice", "adresse": format!("{n}, rue des Écoles") }),
            _ => json!({ "email": format!("contact{n}@mairie.example") }),
        })
        .collect();
    let mut written = Vec::new();
    let mut statements = Vec::new();
    for together in [false, true] {
        let (app, envelope, demandes) = with(24).await;
        let caller = app.account(Role::Recipiendaire, &[&envelope]);
        let requests = demandes.iter().zip(&bodies).map(|(id, body)| edit(&caller, id, body));
        let before = counts(&app.database).statements;
        let answers = if together {
            at_once(&app, requests.collect()).await
        } else {
            let mut answers = Vec::new();
            for request in requests {
                answers.push(request.send().await);
            }
            answers
        };
        statements.push(counts(&app.database).statements - before);
        assert!(answers.iter().all(|answer| answer.status == 200));
        written.push(rows(&app));
        assert_eq!(count(&app, "*", "journal WHERE action = 'demande.modifiee'"), 24);
    }
    assert_eq!(written[0], written[1]);
    assert!(statements[1] < statements[0], "{statements:?}");
}

#[actix_web::test]
async fn an_edit_that_the_database_refuses_harms_no_other() {
    let (app, envelope, demandes) = with(6).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    // What no check of ours foresees.
    app.execute("CREATE UNIQUE INDEX essai ON demande (commentaire) WHERE commentaire <> ''").unwrap();
    let texts = ["Un", "Deux", "Deux", "Trois", "Trois", "Quatre"];
    let requests = demandes.iter().zip(texts).map(|(id, text)| edit(&caller, id, &comment(text)));
    let answers = at_once(&app, requests.collect()).await;
    let done: Vec<bool> = answers.iter().map(|answer| answer.status == 200).collect();
    // Of two alike, one came first.
    assert!(done[0] && (done[1] ^ done[2]) && (done[3] ^ done[4]) && done[5], "{done:?}");
    let mut kept = app.texts("SELECT commentaire AS v FROM demande WHERE commentaire <> ''");
    kept.sort();
    assert_eq!(kept, ["Deux", "Quatre", "Trois", "Un"]);
    assert_eq!(count(&app, "*", "journal WHERE action = 'demande.modifiee'"), 4);
    assert_eq!(app.read(api::journal::verify), []);
}

#[actix_web::test]
async fn more_works_than_one_command_takes_are_all_answered_even_if_one_panics() {
    let app = TestApp::new().await;
    let doubled: Together<u64, u64, DbError> = Together::new(|_, works| {
        assert!(!works.contains(&9_999), "on purpose");
        let odd = || DbError::Unavailable("odd".to_owned());
        works.into_iter().map(|n| if n % 2 == 0 { Ok(n * 2) } else { Err(odd()) }).collect()
    });
    let busy = app.db().write(|_| {
        std::thread::sleep(Duration::from_millis(300));
        Ok::<_, DbError>(())
    });
    let works = (0..700).chain([9_999]).map(|n| doubled.write(app.db(), n));
    let (_, answers) = join(busy, join_all(works)).await;
    // The last command, of 189 works, is the one that panics.
    for (n, answer) in (0..).zip(&answers) {
        match answer {
            Ok(twice) => assert_eq!((*twice, n % 2), (n * 2, 0)),
            Err(DbError::Unavailable(why)) => assert_eq!((why.as_str(), n % 2), ("odd", 1)),
            Err(DbError::Panicked(why)) => assert!(n >= 512 && why.contains("on purpose"), "{n}: {why}"),
            Err(other) => panic!("{n}: {other}"),
        }
    }
    assert!(matches!(answers.last(), Some(Err(DbError::Panicked(_)))));
    let db = app.db();
    assert_eq!(elsewhere(|| doubled.write_blocking(db, 4)).unwrap(), 8, "and the writer lives");
}
