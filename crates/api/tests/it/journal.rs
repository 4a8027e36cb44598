//! The journal: the chain holds, the database refuses to change it, and whoever goes round the refusal is found out and
//! located (RT-25).

use api::journal::{self, Defect};

use crate::support::{TestApp, candidature, line};

/// An application with five entries or more in its journal.
async fn with_entries() -> TestApp {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    for n in 0..4 {
        app.insert(vec![line("01", n, &envelope)]);
    }
    let filed = app.anonymous().post("/candidatures").header("idempotency-key", "journal-1").json(&candidature("01"));
    filed.send().await.ok(201);
    assert!(app.rows("journal") >= 6);
    app
}

fn defects(app: &TestApp) -> Vec<Defect> {
    app.read(journal::verify)
}

/// What an administrator of the database can do and the program cannot.
fn without_triggers(app: &TestApp) {
    if app.is_postgres() {
        app.execute("ALTER TABLE journal DISABLE TRIGGER USER").unwrap();
    } else {
        app.execute("DROP TRIGGER journal_sans_modification").unwrap();
        app.execute("DROP TRIGGER journal_sans_suppression").unwrap();
    }
}

#[actix_web::test]
async fn the_chain_holds_and_says_who_did_what() {
    let app = with_entries().await;
    assert_eq!(defects(&app), []);
    let actions = app.texts("SELECT acteur_genre || ' ' || action AS v FROM journal ORDER BY numero DESC LIMIT 2");
    assert_eq!(actions, ["public demande.creee", "public candidature.deposee"]);
    let requests = app.texts("SELECT DISTINCT requete AS v FROM journal WHERE acteur_genre = 'public'");
    assert_eq!(requests.len(), 1, "both entries bear the id of the request");
    assert_eq!(requests[0].len(), 36);
}

#[actix_web::test]
async fn the_chain_holds_no_personal_value() {
    let app = with_entries().await;
    let columns = "acteur_id || ' ' || action || ' ' || objet || ' ' || objet_id || ' ' || requete";
    let chain = app.texts(&format!("SELECT {columns} AS v FROM journal")).join("\n").to_lowercase();
    let beside = app.texts("SELECT valeurs AS v FROM journal_donnees").join("\n").to_lowercase();
    for personal in ["angela", "nomba", "mairie.example", "claude"] {
        assert!(!chain.contains(personal), "{personal} in the chain");
    }
    assert!(beside.contains("angela"), "values are beside it");
}

#[actix_web::test]
async fn the_database_refuses_to_change_or_remove_an_entry() {
    let app = with_entries().await;
    let before = app.texts("SELECT empreinte AS v FROM journal ORDER BY numero");
    let mut statements =
        vec!["UPDATE journal SET action = 'autre' WHERE numero = 2", "DELETE FROM journal WHERE numero = 6"];
    if app.is_postgres() {
        statements.push("TRUNCATE journal CASCADE");
    }
    // Erasing the values is allowed; it leaves the entry itself alone.
    app.execute("DELETE FROM journal_donnees WHERE numero = 6").unwrap();
    for statement in statements {
        let refused = app.execute(statement).unwrap_err();
        assert!(refused.to_string().contains("journal_immuable"), "{statement}: {refused}");
    }
    assert_eq!(app.texts("SELECT empreinte AS v FROM journal ORDER BY numero"), before);
    assert_eq!(defects(&app), []);
}

#[actix_web::test]
async fn erasing_personal_values_breaks_nothing() {
    let app = with_entries().await;
    app.execute("DELETE FROM journal_donnees").unwrap();
    assert_eq!(defects(&app), []);
    let envelope = app.envelope("02");
    app.insert(vec![line("02", 9, &envelope)]);
    assert_eq!(defects(&app), [], "and the chain goes on");
}

#[actix_web::test]
async fn an_edited_entry_is_located_whatever_its_column() {
    let columns = [
        ("date", "'2020-01-01 00:00:00'"),
        ("acteur_genre", "'systeme'"),
        ("acteur_id", "'autre'"),
        ("role", "'anct'"),
        ("action", "'autre'"),
        ("objet", "'autre'"),
        ("objet_id", "'autre'"),
        ("requete", "'autre'"),
    ];
    let app = with_entries().await;
    without_triggers(&app);
    let last = app.rows("journal");
    for (place, (column, value)) in (0..).zip(columns) {
        // Every column of the last entry in turn; each is put back.
        let old = app.texts(&format!("SELECT CAST({column} AS TEXT) AS v FROM journal WHERE numero = {last}"));
        app.execute(&format!("UPDATE journal SET {column} = {value} WHERE numero = {last}")).unwrap();
        assert_eq!(defects(&app), [Defect::Edited(last)], "{place}: {column}");
        app.execute(&format!("UPDATE journal SET {column} = '{}' WHERE numero = {last}", old[0])).unwrap();
        assert_eq!(defects(&app), [], "{column} put back");
    }
    app.execute("UPDATE journal SET action = 'autre' WHERE numero = 2").unwrap();
    assert_eq!(defects(&app), [Defect::Edited(2)]);
}

#[actix_web::test]
async fn a_removed_entry_is_located() {
    let app = with_entries().await;
    without_triggers(&app);
    app.execute("DELETE FROM journal_donnees WHERE numero = 3").unwrap();
    app.execute("DELETE FROM journal WHERE numero = 3").unwrap();
    assert_eq!(defects(&app), [Defect::Broken(4)]);
}

#[actix_web::test]
async fn exchanged_entries_are_located() {
    let app = with_entries().await;
    without_triggers(&app);
    app.execute("DELETE FROM journal_donnees").unwrap();
    for (from, to) in [(2, -2), (3, 2), (-2, 3)] {
        app.execute(&format!("UPDATE journal SET numero = {to} WHERE numero = {from}")).unwrap();
    }
    let found = defects(&app);
    assert!(found.contains(&Defect::Broken(2)) && found.contains(&Defect::Broken(3)), "{found:?}");
}

#[actix_web::test]
async fn a_truncated_tail_is_located() {
    let app = with_entries().await;
    without_triggers(&app);
    let last = app.rows("journal");
    app.execute(&format!("DELETE FROM journal_donnees WHERE numero > {}", last - 2)).unwrap();
    app.execute(&format!("DELETE FROM journal WHERE numero > {}", last - 2)).unwrap();
    assert_eq!(defects(&app), [Defect::Truncated(last - 2)]);
    app.execute("DELETE FROM journal_donnees").unwrap();
    app.execute("DELETE FROM journal").unwrap();
    assert_eq!(defects(&app), [Defect::Truncated(0)], "even when nothing is left");
}

#[actix_web::test]
async fn edited_values_are_located() {
    let app = with_entries().await;
    app.execute("UPDATE journal_donnees SET valeurs = replace(valeurs, 'Angela', 'Angele') WHERE numero = 2").unwrap();
    assert_eq!(defects(&app), [Defect::ValuesEdited(2)]);
}

#[actix_web::test]
async fn an_entry_slipped_in_is_located() {
    let app = with_entries().await;
    let last = app.rows("journal");
    app.execute(&format!(
        "INSERT INTO journal (numero, date, acteur_genre, acteur_id, role, action, objet, objet_id, requete, \
         donnees_empreinte, precedente, empreinte) SELECT numero + 1, date, acteur_genre, acteur_id, role, action, objet, \
         objet_id, requete, donnees_empreinte, empreinte, empreinte FROM journal WHERE numero = {last}"
    ))
    .unwrap();
    let found = defects(&app);
    assert!(found.contains(&Defect::Edited(last + 1)), "{found:?}");
}
