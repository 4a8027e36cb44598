//! The journal as an administrator reads it: filters, bounded pages, and the verification part by part.

use api::areas::journal::queries::{LOOKED_AT, Search, search};
use api::journal::{Author, Defect, Entry, Mark, append, verify_part};
use domain::permission::Role;
use serde_json::Value;

use crate::support::{Caller, TestApp, encode, query};

impl TestApp {
    /// Writes so many entries of this action, one a second.
    fn entries(&self, action: &'static str, object_id: &str, count: usize) {
        let (clock, object_id) = (self.clock.clone(), object_id.to_owned());
        self.write(move |conn| {
            let entry = |_| Entry { action, object: "compte", object_id: object_id.clone(), values: "{}".to_owned() };
            append(conn, &clock, &Author::system("test"), clock.now(), (0..count).map(entry).collect())
        })
        .unwrap();
        self.clock.advance(chrono::Duration::days(1));
    }
}

async fn read(caller: &Caller<'_>, parameters: &[(&str, &str)]) -> Value {
    caller.get(&query("/journal", parameters)).send().await.ok(200)
}

fn numbers(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["numero"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn the_journal_is_read_by_author_action_object_and_day() {
    let app = TestApp::new().await;
    let caller = app.anct();
    app.entries("essai.un", "a", 2);
    app.entries("essai.deux", "b", 1);
    app.entries("autre.un", "a", 1);
    let person = app.person(&[Role::Aidant, Role::Anct], &[]);
    let switch = app.session_of(&person, Role::Aidant).patch("/session").json(&serde_json::json!({ "role": "anct" }));
    switch.send().await.ok(200);
    assert_eq!(numbers(&read(&caller, &[]).await), [5, 4, 3, 2, 1]);
    for (parameters, expected) in [
        (vec![("action", "essai.")], vec![3, 2, 1]),
        (vec![("action", "essai.deux")], vec![3]),
        (vec![("objet_id", "a")], vec![4, 2, 1]),
        (vec![("objet", "demande")], vec![]),
        (vec![("auteur", "systeme"), ("action", "autre")], vec![4]),
        (vec![("auteur", person.email.as_str())], vec![5]),
        (vec![("auteur", "inconnu@test.example")], vec![]),
        (vec![("du", "2026-03-03")], vec![5, 4, 3]),
        (vec![("au", "2026-03-03")], vec![3, 2, 1]),
        (vec![("du", "2026-03-03"), ("au", "2026-03-04")], vec![4, 3]),
        (vec![("du", "2026-04-01")], vec![]),
        (vec![("numero", "3")], vec![3, 2, 1]),
        (vec![("numero", "9223372036854775807")], vec![5, 4, 3, 2, 1]),
    ] {
        assert_eq!(numbers(&read(&caller, &parameters).await), expected, "{parameters:?}");
    }
    let entry = &read(&caller, &[("auteur", &person.id)]).await["items"][0];
    assert_eq!((&entry["auteur"], &entry["action"]), (&"Camille Testeur".into(), &"session.role_change".into()));
    assert!(entry["valeurs"].as_str().unwrap().contains("aidant"), "{entry}");
    for (name, value) in [("du", "hier"), ("au", "2026-02-30"), ("du", "26-1-1"), ("limit", "0"), ("cursor", "x")] {
        let refused = caller.get(&query("/journal", &[(name, value)])).send().await;
        assert_eq!(refused.status, 400, "{name}={value}: {}", refused.text());
    }
}

#[actix_web::test]
async fn pages_follow_one_another_and_a_cursor_belongs_to_its_filter() {
    let app = TestApp::new().await;
    let caller = app.anct();
    app.entries("essai.un", "a", 7);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = read(&caller, &[("limit", "3"), ("action", "essai"), ("cursor", &cursor)]).await;
        seen.extend(numbers(&page));
        let Some(next) = page["next"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
    let elsewhere = format!("/journal?cursor={}&action=autre", encode(&cursor));
    caller.get(&elsewhere).send().await.problem(400, "curseur-invalide");
}

#[actix_web::test]
async fn a_rare_filter_gives_a_short_page_and_where_to_go_on() {
    let app = TestApp::new().await;
    app.entries("essai.rare", "a", 1);
    app.entries("essai.un", "b", usize::try_from(LOOKED_AT).unwrap());
    let rare = |before| Search { action: Some("essai.rare".to_owned()), limit: 10, before, ..Search::default() };
    let (lines, next) = app.read(|conn| search(conn, &rare(None)));
    assert!(lines.is_empty());
    let (lines, next) = app.read(|conn| search(conn, &rare(next)));
    assert_eq!((lines.len(), next), (1, None));
    // By object the index leads there at once.
    let by_object = Search { object_id: Some("a".to_owned()), limit: 10, ..Search::default() };
    assert_eq!(app.read(|conn| search(conn, &by_object)).0.len(), 1);
}

/// The defects of the whole chain, verified two entries at a time.
fn defects(app: &TestApp) -> Vec<Defect> {
    app.read(|conn| {
        let (mut found, mut mark) = (Vec::new(), Mark::default());
        loop {
            let part = verify_part(conn, mark, 2)?;
            found.extend(part.defects);
            if part.ended {
                return Ok(found);
            }
            mark = part.mark;
        }
    })
}

#[actix_web::test]
async fn rt_25_parts_find_and_locate_what_the_whole_does() {
    let app = TestApp::new().await;
    app.entries("essai.un", "a", 6);
    assert_eq!(defects(&app), []);
    if app.is_postgres() {
        app.execute("ALTER TABLE journal DISABLE TRIGGER USER").unwrap();
    } else {
        app.execute("DROP TRIGGER journal_sans_modification").unwrap();
        app.execute("DROP TRIGGER journal_sans_suppression").unwrap();
    }
    app.execute("UPDATE journal SET action = 'autre' WHERE numero = 2").unwrap();
    app.execute("UPDATE journal_donnees SET valeurs = '[]' WHERE numero = 3").unwrap();
    app.execute("DELETE FROM journal_donnees WHERE numero IN (4, 6)").unwrap();
    app.execute("DELETE FROM journal WHERE numero IN (4, 6)").unwrap();
    let expected = [Defect::Edited(2), Defect::ValuesEdited(3), Defect::Broken(5), Defect::Truncated(5)];
    assert_eq!(defects(&app), expected);
    let caller = app.anct();
    let seen = caller.get("/journal/verification").send().await.ok(200);
    let located: Vec<(&str, i64)> = seen["defauts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|defect| (defect["genre"].as_str().unwrap(), defect["numero"].as_i64().unwrap()))
        .collect();
    let kinds = [("entree_modifiee", 2), ("valeurs_modifiees", 3), ("entrees_retirees", 5), ("fin_retiree", 5)];
    assert_eq!(located, kinds);
    assert!(seen["suite"].is_null());
    assert_eq!(seen["derniere"], 6);
}

#[actix_web::test]
async fn the_verification_goes_on_from_its_cursor_and_entries_written_meanwhile_are_no_defect() {
    let app = TestApp::new().await;
    let caller = app.anct();
    app.entries("essai.un", "a", 5_001);
    let first = caller.get("/journal/verification").send().await.ok(200);
    assert_eq!((&first["jusqu_a"], &first["derniere"]), (&5_000.into(), &5_001.into()));
    app.entries("essai.deux", "a", 3);
    let cursor = first["suite"].as_str().unwrap();
    let last = caller.get(&query("/journal/verification", &[("cursor", cursor)])).send().await.ok(200);
    assert_eq!(
        (&last["jusqu_a"], &last["suite"], &last["defauts"]),
        (&5_004.into(), &Value::Null, &serde_json::json!([]))
    );
    caller.get("/journal/verification?cursor=x").send().await.problem(400, "curseur-invalide");
}
