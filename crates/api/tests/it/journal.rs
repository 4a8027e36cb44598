//! The journal: the chain holds, the database refuses to change it, and whoever goes round the refusal is found out and
//! located (RT-25).

use api::journal::{self, Attestation, Defect, Mismatch, SigningKey};

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
async fn sec_66_the_database_refuses_to_change_or_remove_an_entry() {
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
async fn rt_25_an_edited_entry_is_located_whatever_its_column() {
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
async fn rt_25_a_removed_entry_is_located() {
    let app = with_entries().await;
    without_triggers(&app);
    app.execute("DELETE FROM journal_donnees WHERE numero = 3").unwrap();
    app.execute("DELETE FROM journal WHERE numero = 3").unwrap();
    assert_eq!(defects(&app), [Defect::Broken(4)]);
}

#[actix_web::test]
async fn rt_25_exchanged_entries_are_located() {
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
async fn rt_25_a_truncated_tail_is_located() {
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
async fn rt_25_edited_values_are_located() {
    let app = with_entries().await;
    app.execute("UPDATE journal_donnees SET valeurs = replace(valeurs, 'Angela', 'Angele') WHERE numero = 2").unwrap();
    assert_eq!(defects(&app), [Defect::ValuesEdited(2)]);
}

#[actix_web::test]
async fn rt_25_an_entry_slipped_in_is_located() {
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

const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

#[test]
fn the_key_is_that_of_its_seed() {
    // RFC 8032, section 7.1, test 1.
    let key = SigningKey::parse(SEED).unwrap();
    assert_eq!(key.public(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    for wrong in ["", "9d61", &SEED[1..], "zz61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"] {
        assert!(SigningKey::parse(wrong).is_none(), "{wrong}");
    }
}

#[actix_web::test]
async fn rt_25_a_signed_head_betrays_a_chain_that_was_rewritten_whole() {
    let app = with_entries().await;
    let key = SigningKey::parse(SEED).unwrap();
    let head = app.read(|conn| key.attest(conn, app.clock.now()));
    let compare = |head: &Attestation| app.read(|conn| journal::compare(conn, head, &key.public()));
    assert_eq!(compare(&head), None);
    let envelope = app.envelope("03");
    app.insert(vec![line("03", 9, &envelope)]);
    assert_eq!(compare(&head), None, "and the chain goes on");
    let other = SigningKey::parse(&SEED.replace('9', "8")).unwrap();
    assert_eq!(compare(&app.read(|conn| other.attest(conn, app.clock.now()))), Some(Mismatch::Unsigned));
    for altered in [
        Attestation { numero: head.numero - 1, ..head.clone() },
        Attestation { empreinte: "00".repeat(32), ..head.clone() },
        Attestation { date: "2020-01-01T00:00:00.000000Z".to_owned(), ..head.clone() },
        Attestation { signature: String::new(), ..head.clone() },
    ] {
        assert_eq!(compare(&altered), Some(Mismatch::Unsigned), "{altered:?}");
    }
    // Whoever holds the database rewrites everything: hashes agree, the signed head does not.
    without_triggers(&app);
    for statement in
        ["DELETE FROM journal_donnees", "DELETE FROM journal", "UPDATE journal_tete SET numero = 0, empreinte = ''"]
    {
        app.execute(statement).unwrap();
    }
    assert_eq!(defects(&app), [], "an empty chain holds");
    assert_eq!(compare(&head), Some(Mismatch::Removed(head.numero)));
    for n in 0..30 {
        app.insert(vec![line("03", 20 + n, &envelope)]);
    }
    assert_eq!(defects(&app), [], "a chain that was written again holds");
    assert_eq!(compare(&head), Some(Mismatch::Rewritten(head.numero)));
}

#[actix_web::test]
async fn the_head_is_exported_once_a_day() {
    let app = with_entries().await;
    let key = SigningKey::parse(SEED).unwrap();
    let export = || journal::export(&app.app, &key).unwrap();
    assert_eq!((export(), export()), (true, false));
    app.clock.advance(chrono::Duration::days(1));
    assert!(export());
    let folder = app.app.config.spool.join("journal");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["tete-2026-03-02.json", "tete-2026-03-03.json"]);
    let head: Attestation = serde_json::from_slice(&std::fs::read(folder.join(&names[0])).unwrap()).unwrap();
    assert_eq!(app.read(|conn| journal::compare(conn, &head, &key.public())), None);
}
