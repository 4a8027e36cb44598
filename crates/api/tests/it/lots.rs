//! Many demandes at once, and the undoing of what one did.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SCOPES, TestApp, demande, line};

/// An application, the id of its envelope in the Ain, and the ids of so many demandes in it.
async fn with(count: usize) -> (TestApp, String, Vec<String>) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert((0..count).map(|n| line("01", n, &envelope)).collect());
    (app, envelope, ids)
}

async fn batch(caller: &Caller<'_>, body: &Value) -> Answer {
    caller.post("/demandes:batch").json(body).send().await
}

async fn undo(caller: &Caller<'_>, gesture: &Value) -> Value {
    caller.post(&format!("/gestes/{}/annuler", gesture.as_str().unwrap())).send().await.ok(200)
}

async fn read(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/demandes/{id}")).send().await.ok(200)
}

fn change(id: &str, version: i64, values: Value) -> Value {
    json!({ "action": "modifier", "id": id, "version": version, "valeurs": values })
}

fn counts(done: &Value) -> [u64; 3] {
    ["faites", "inchangees", "refusees"].map(|name| done[name].as_u64().unwrap())
}

#[actix_web::test]
async fn a_batch_adds_changes_deletes_and_restores_and_one_gesture_undoes_it_all() {
    let (app, envelope, ids) = with(4).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    caller.delete(&format!("/demandes/{}", ids[2])).version(1).send().await.ok(204);
    let body = json!({ "operations": [
        change(&ids[0], 1, json!({ "cohorte": "Printemps" })),
        { "action": "supprimer", "id": ids[1], "version": 1 },
        { "action": "restaurer", "id": ids[2] },
        { "action": "ajouter", "valeurs": demande("01", 9) },
        change(&ids[3], 1, json!({ "ville": read(&caller, &ids[3]).await["ville"] })),
    ] });
    let done = batch(&caller, &body).await.ok(200);
    assert_eq!(counts(&done), [4, 1, 0]);
    let told = |place: usize| {
        let one = &done["resultats"][place];
        (one["issue"].as_str().unwrap().to_owned(), one["version"].as_i64())
    };
    let expected = [("faite", 2), ("faite", 2), ("faite", 3), ("faite", 1), ("inchangee", 1)];
    for (place, (issue, version)) in expected.into_iter().enumerate() {
        assert_eq!(told(place), (issue.to_owned(), Some(version)), "{place}");
    }
    let added = done["resultats"][3]["id"].as_str().unwrap();
    assert_eq!(read(&caller, &ids[0]).await["cohorte"], "Printemps");
    assert!(read(&caller, &ids[1]).await["supprimee_le"].is_string());
    assert!(read(&caller, &ids[2]).await["supprimee_le"].is_null());
    let new = read(&caller, added).await;
    assert_eq!(
        (&new["enveloppe_id"], &new["source"], &new["etape"]),
        (&json!(envelope), &json!("saisie"), &json!("recue"))
    );

    let undone = undo(&caller, &done["geste"]).await;
    assert_eq!(counts(&undone), [4, 0, 0]);
    assert_eq!(read(&caller, &ids[0]).await["cohorte"], "");
    assert!(read(&caller, &ids[1]).await["supprimee_le"].is_null());
    assert!(read(&caller, &ids[2]).await["supprimee_le"].is_string());
    assert!(read(&caller, added).await["supprimee_le"].is_string());
    let again = undo(&caller, &done["geste"]).await;
    assert_eq!((counts(&again), again["geste"].is_null()), ([0, 4, 0], true), "undone already");

    let redone = undo(&caller, &undone["geste"]).await;
    assert_eq!(counts(&redone), [4, 0, 0], "the undoing of an undoing");
    assert_eq!(read(&caller, &ids[0]).await["cohorte"], "Printemps");
    assert!(read(&caller, added).await["supprimee_le"].is_null());
    let history = caller.get(&format!("/demandes/{}/historique", ids[0])).send().await.ok(200);
    let told: Vec<bool> = history["items"].as_array().unwrap().iter().map(|one| one["annulation"] == true).collect();
    assert_eq!(told, [true, true, false, false]);
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn one_refusal_refuses_a_whole_batch_and_all_that_is_wrong_is_named() {
    let (app, envelope, ids) = with(3).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let foreign = app.insert(vec![line("02", 0, &app.envelope("02"))]).remove(0);
    let entries = app.rows("journal");
    let operations = json!([
        change(&ids[0], 1, json!({ "cohorte": "Printemps" })),
        change(&ids[1], 1, json!({ "siret": "123", "code_postal": "1" })),
        change(&ids[2], 7, json!({ "cohorte": "Printemps" })),
        change(&foreign, 1, json!({ "cohorte": "Printemps" })),
        { "action": "ajouter" },
        { "action": "supprimer", "id": ids[0], "version": 1 },
        { "action": "modifier", "version": 1, "valeurs": {} },
        { "action": "modifier", "id": "inconnue", "valeurs": {} },
    ]);
    let answer = batch(&caller, &json!({ "operations": operations })).await;
    let problem = answer.problem(422, "champs-invalides");
    let named: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["champ"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    let places: Vec<&str> = named.iter().map(|(place, _)| *place).collect();
    for (place, code) in [
        ("/operations/2", "version-perimee"),
        ("/operations/3", "introuvable"),
        ("/operations/4/valeurs", "manquant"),
        ("/operations/5/id", "deja_dans_le_lot"),
        ("/operations/6/id", "manquant"),
        ("/operations/7", "introuvable"),
    ] {
        assert!(named.contains(&(place, code)), "{place} {code}: {named:?}");
    }
    assert!(places.contains(&"/operations/1/valeurs/siret") && places.contains(&"/operations/1/valeurs/code_postal"));
    assert!(!places.iter().any(|place| place.starts_with("/operations/0")), "{places:?}");
    assert_eq!((read(&caller, &ids[0]).await["version"].as_i64(), app.rows("journal")), (Some(1), entries));

    let trial = batch(&caller, &json!({ "operations": operations, "essai": true })).await.ok(200);
    assert_eq!((counts(&trial), trial["geste"].is_null()), ([1, 0, 7], true));
    assert_eq!(app.rows("journal"), entries, "a trial writes nothing");

    let partial = batch(&caller, &json!({ "operations": operations, "atomique": false })).await.ok(200);
    assert_eq!(counts(&partial), [1, 0, 7]);
    assert_eq!(read(&caller, &ids[0]).await["cohorte"], "Printemps");
    let refused = &partial["resultats"][1]["probleme"];
    assert_eq!(
        (refused["status"].as_u64(), &refused["errors"][0]["champ"]),
        (Some(422), &json!("/valeurs/code_postal"))
    );
    assert_eq!(app.rows("journal"), entries + 1);
}

#[actix_web::test]
async fn a_batch_holds_from_one_to_a_thousand_operations_and_what_it_knows() {
    let (app, envelope, ids) = with(1).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let one = change(&ids[0], 1, json!({ "cohorte": "x" }));
    for operations in [vec![], vec![one.clone(); 1_001]] {
        batch(&caller, &json!({ "operations": operations })).await.refuses(422, "champs-invalides", "/operations");
    }
    for body in
        [json!({ "operations": [one], "autre": 1 }), json!({ "operations": [{ "action": "effacer" }] }), json!([])]
    {
        batch(&caller, &body).await.problem(400, "json-invalide");
    }
    let reserved =
        batch(&caller, &json!({ "operations": [change(&ids[0], 1, json!({ "enveloppe_id": envelope }))] })).await;
    reserved.refuses(422, "champs-invalides", "/operations/0/valeurs/enveloppe_id");
    let notes =
        json!({ "operations": [change(&ids[0], 1, json!({ "organisme": "Un organisme" }))], "atomique": false });
    let refused = batch(&app.account(Role::Anct, &[]), &notes).await.ok(200);
    assert_eq!(refused["resultats"][0]["probleme"]["code"], "non-autorise", "the choice of the récipiendaire");
}

#[actix_web::test]
async fn a_batch_sent_twice_with_one_key_is_done_once() {
    let (app, envelope, _) = with(0).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let body = json!({ "operations": [{ "action": "ajouter", "valeurs": demande("01", 1) }] });
    let send = || caller.post("/demandes:batch").header("idempotency-key", "un-seul-lot").json(&body).send();
    let (first, again) = (send().await.ok(200), send().await.ok(200));
    assert_eq!((&first, app.rows("demande")), (&again, 1));
    assert_eq!(counts(&undo(&caller, &again["geste"]).await), [1, 0, 0], "the gesture is that of the first");
}

#[actix_web::test]
async fn what_has_changed_since_a_gesture_is_left_as_it_is() {
    let (app, envelope, ids) = with(3).await;
    let (caller, colleague) =
        (app.account(Role::Recipiendaire, &[&envelope]), app.account(Role::Recipiendaire, &[&envelope]));
    let values = json!({ "cohorte": "Printemps", "commentaire": "Vu." });
    let operations: Vec<Value> = ids.iter().map(|id| change(id, 1, values.clone())).collect();
    let done = batch(&caller, &json!({ "operations": operations })).await.ok(200);
    let address = |id: &str| format!("/demandes/{id}");
    // The same cell, another cell, and the demande itself.
    colleague.patch(&address(&ids[0])).version(2).json(&json!({ "cohorte": "Automne" })).send().await.ok(200);
    colleague.patch(&address(&ids[1])).version(2).json(&json!({ "ville": "Oyonnax" })).send().await.ok(200);
    colleague.delete(&address(&ids[2])).version(2).send().await.ok(204);
    let undone = undo(&caller, &done["geste"]).await;
    assert_eq!(counts(&undone), [1, 0, 2]);
    let why = |place: usize| undone["resultats"][place]["probleme"]["detail"].as_str().unwrap_or_default().to_owned();
    assert!(why(0).contains("Cohorte"), "{}", why(0));
    assert!(why(2).contains("supprimée"), "{}", why(2));
    let (first, second) = (read(&caller, &ids[0]).await, read(&caller, &ids[1]).await);
    assert_eq!((&first["cohorte"], &first["commentaire"]), (&json!("Automne"), &json!("Vu.")), "whole or not at all");
    assert_eq!((&second["cohorte"], &second["ville"]), (&json!(""), &json!("Oyonnax")));
}

#[actix_web::test]
async fn one_undoes_ones_own_gestures_for_thirty_days_and_nobody_elses() {
    let (app, envelope, ids) = with(1).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let colleague = app.account(Role::Recipiendaire, &[&envelope]);
    let patch = caller.patch(&format!("/demandes/{}", ids[0])).version(1).json(&json!({ "cohorte": "Printemps" }));
    let edited = patch.send().await;
    edited.ok(200);
    let gesture = edited.header("x-request-id").unwrap().to_owned();
    let address = format!("/gestes/{gesture}/annuler");
    colleague.post(&address).send().await.problem(404, "introuvable");
    app.anct().post(&address).send().await.problem(404, "introuvable");
    caller.post("/gestes/inconnu/annuler").send().await.problem(404, "introuvable");
    let trial = caller.post(&format!("{address}?essai=true")).send().await.ok(200);
    assert_eq!((counts(&trial), &read(&caller, &ids[0]).await["cohorte"]), ([1, 0, 0], &json!("Printemps")));

    let listed = caller.get("/gestes").send().await.ok(200);
    let one = &listed["items"][0];
    assert_eq!((&one["id"], &one["modifiees"], one["annule"].is_null()), (&json!(gesture), &json!(1), true));
    assert_eq!(colleague.get("/gestes").send().await.ok(200)["items"], json!([]));
    // A program outlives the session of a person.
    let program = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let body = json!({ "operations": [change(&ids[0], 2, json!({ "cohorte": "Automne" }))] });
    let gesture = batch(&program, &body).await.ok(200)["geste"].as_str().unwrap().to_owned();
    app.clock.advance(chrono::Duration::days(29));
    assert_eq!(program.get("/gestes").send().await.ok(200)["items"][0]["id"], gesture);
    app.clock.advance(chrono::Duration::days(2));
    assert_eq!(program.get("/gestes").send().await.ok(200)["items"], json!([]));
    program.post(&format!("/gestes/{gesture}/annuler")).send().await.problem(409, "conflit-etat");
}

#[actix_web::test]
async fn gestures_are_listed_last_first_by_pages() {
    let (app, envelope, ids) = with(1).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let mut made = Vec::new();
    for version in 1..=5 {
        let body = json!({ "operations": [change(&ids[0], version, json!({ "cohorte": version.to_string() }))] });
        made.insert(0, batch(&caller, &body).await.ok(200)["geste"].clone());
    }
    made.insert(0, undo(&caller, &made[0]).await["geste"].clone());
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = caller.get(&format!("/gestes?limit=2&cursor={cursor}")).send().await.ok(200);
        seen.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut cursor);
    }
    assert_eq!(seen.iter().map(|one| one["id"].clone()).collect::<Vec<_>>(), made);
    assert_eq!(seen[0]["annule"], made[1], "an undoing names what it undid");
    let other = app.account(Role::Recipiendaire, &[&envelope]);
    other.get(&format!("/gestes?cursor={cursor}")).send().await.problem(400, "curseur-invalide");
}

#[actix_web::test]
async fn what_was_added_and_worked_on_since_is_not_taken_away_with_its_addition() {
    let (app, envelope, _) = with(0).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let added = caller.post("/demandes").json(&demande("01", 1)).send().await;
    let id = added.ok(201)["id"].as_str().unwrap().to_owned();
    let gesture = json!(added.header("x-request-id").unwrap());
    caller.patch(&format!("/demandes/{id}")).version(1).json(&json!({ "cohorte": "Une" })).send().await.ok(200);
    assert_eq!(counts(&undo(&caller, &gesture).await), [0, 0, 1]);
    assert!(read(&caller, &id).await["supprimee_le"].is_null());
}
