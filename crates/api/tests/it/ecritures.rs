//! Adding, changing, deleting and restoring demandes: versions, conflicts, history, and what is out of reach.

use domain::permission::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp, demande};

/// An application, the id of its envelope in the Ain, and one demande in it.
async fn with_one() -> (TestApp, String, String) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let added = recipient(&app, &envelope).post("/demandes").json(&demande("01", 0)).send().await.ok(201);
    let id = added["id"].as_str().unwrap().to_owned();
    (app, envelope, id)
}

fn recipient<'a>(app: &'a TestApp, envelope: &str) -> Caller<'a> {
    app.account(Role::Recipiendaire, &[envelope])
}

async fn read(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/demandes/{id}")).send().await.ok(200)
}

#[actix_web::test]
async fn an_added_demande_answers_its_address_its_version_and_its_computed_columns() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = recipient(&app, &envelope);
    let answer = caller.post("/demandes").json(&demande("01", 0)).send().await;
    let added = answer.ok(201);
    let id = added["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/demandes/{id}").as_str()));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let expected = [
        ("etape", "recue"),
        ("source", "saisie"),
        ("departement", "01"),
        ("financement", "enveloppe"),
        ("date_demande", "2026-03-02"),
        ("enveloppe_id", &envelope),
    ];
    for (column, value) in expected {
        assert_eq!(added[column], value, "{column}");
    }
    assert_eq!(added["verdict"], added["verdict_global"]);
    assert!(!added["constats"].as_array().unwrap().is_empty());
    assert_eq!(read(&caller, id).await, added, "read as it was answered");
}

#[actix_web::test]
async fn an_added_demande_lacks_nothing_mandatory_and_keeps_to_its_envelope() {
    let app = TestApp::new().await;
    let (one, two) = (app.envelope_of("01", "Une", true), app.envelope_of("01", "Deux", true));
    let foreign = app.envelope("02");
    let caller = app.account(Role::Recipiendaire, &[&one, &two]);
    for column in ["nom", "prenom", "email", "formation", "structure_nom", "siret"] {
        let mut body = demande("01", 0);
        body.as_object_mut().unwrap().remove(column);
        let answer = caller.post("/demandes").json(&body).send().await;
        answer.refuses(422, "champs-invalides", &format!("/{column}"));
    }
    let mut body = demande("01", 0);
    caller.post("/demandes").json(&body).send().await.refuses(422, "champs-invalides", "/enveloppe_id");
    body["enveloppe_id"] = json!(foreign);
    caller.post("/demandes").json(&body).send().await.refuses(422, "champs-invalides", "/enveloppe_id");
    assert_eq!((app.rows("demande"), app.rows("journal")), (0, 0));
    body["enveloppe_id"] = json!(two);
    assert_eq!(caller.post("/demandes").json(&body).send().await.ok(201)["enveloppe_id"], two);
}

#[actix_web::test]
async fn adding_twice_with_one_key_adds_once() {
    let (app, envelope, _) = with_one().await;
    let caller = recipient(&app, &envelope);
    let add = |body: Value| caller.post("/demandes").header("idempotency-key", "ajout-une-fois").json(&body).send();
    let (first, again) = (add(demande("01", 5)).await, add(demande("01", 5)).await);
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!((first.header("etag"), first.header("location")), (again.header("etag"), again.header("location")));
    add(demande("01", 6)).await.problem(422, "cle-idempotence-reutilisee");
    let other = recipient(&app, &envelope);
    let theirs = other.post("/demandes").header("idempotency-key", "ajout-une-fois").json(&demande("01", 6));
    theirs.send().await.ok(201);
    assert_eq!(app.rows("demande"), 3);
}

#[actix_web::test]
async fn a_change_needs_the_version_that_was_read() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let address = format!("/demandes/{id}");
    let body = json!({ "commentaire": "Vu au téléphone." });
    caller.patch(&address).json(&body).send().await.problem(428, "version-manquante");
    caller.delete(&address).send().await.problem(428, "version-manquante");
    for wrong in ["*", "1", "\"un\"", "W/\"1\"", "\"1\", \"2\"", ""] {
        let patch = caller.patch(&address).header("if-match", wrong).json(&body);
        patch.send().await.refuses(400, "parametre-invalide", "If-Match");
    }
    let answer = caller.patch(&address).version(1).json(&body).send().await;
    let changed = answer.ok(200);
    assert_eq!((answer.header("etag"), changed["version"].as_i64()), (Some("\"2\""), Some(2)));
    assert_eq!(changed["commentaire"], "Vu au téléphone.");
    for stale in [0, 1, 3] {
        caller.patch(&address).version(stale).json(&body).send().await.problem(412, "version-perimee");
        caller.delete(&address).version(stale).send().await.problem(412, "version-perimee");
    }
    assert_eq!(read(&caller, &id).await["version"], 2, "a refusal changes nothing");
    let same = caller.patch(&address).version(2).json(&body).send().await.ok(200);
    assert_eq!(same["version"], 2, "what changes nothing makes no version");
    assert_eq!(app.rows("journal"), 2, "one creation and one change");
}

#[actix_web::test]
async fn an_unchanged_demande_is_not_sent_again() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let get = |tag: &'static str| caller.get(&format!("/demandes/{id}")).header("if-none-match", tag).send();
    assert_eq!(get("\"1\"").await.status, 304);
    assert_eq!(get("\"7\", \"1\"").await.status, 304);
    assert_eq!(get("\"2\"").await.status, 200);
}

#[actix_web::test]
async fn a_refused_change_names_its_field_and_stores_nothing() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let before = read(&caller, &id).await;
    let patch = |body: Value| caller.patch(&format!("/demandes/{id}")).version(1).json(&body).send();
    let unreadable = [
        (json!({ "etape": "habilitee" }), "/etape"),
        (json!({ "verdict": "ok" }), "/verdict"),
        (json!({ "reference": "PA-1" }), "/reference"),
        (json!({ "decision_financement": "accorde" }), "/decision_financement"),
        (json!({ "presence": "present" }), "/presence"),
        (json!({ "chapeau": "claque" }), "/chapeau"),
        (json!({ "nom": 12 }), "/nom"),
        (json!({ "nom": ["Dubois"] }), "/nom"),
        (json!({ "commentaire": { "texte": "non" } }), "/commentaire"),
        (json!({ "version": 2 }), "/version"),
    ];
    for (body, field) in unreadable {
        patch(body).await.refuses(400, "json-invalide", field);
    }
    let refused = [
        (json!({ "nom": "" }), "/nom"),
        (json!({ "nom": null }), "/nom"),
        (json!({ "siret": "00000000000000" }), "/siret"),
        (json!({ "email": "pas une adresse" }), "/email"),
        (json!({ "formation": "poterie" }), "/formation"),
        (json!({ "date_session": "31/12/2026" }), "/date_session"),
        (json!({ "pix_passe": "oui" }), "/pix_passe"),
        (json!({ "enveloppe_id": envelope }), "/enveloppe_id"),
        (json!({ "commentaire": "x".repeat(2001) }), "/commentaire"),
    ];
    for (body, field) in refused {
        let answer = patch(body).await;
        let code = if answer.status == 400 { (400, "json-invalide") } else { (422, "champs-invalides") };
        answer.refuses(code.0, code.1, field);
    }
    assert_eq!(read(&caller, &id).await, before);
}

#[actix_web::test]
async fn a_merge_leaves_what_is_absent_and_clears_what_is_null() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let patch = |version: i64, body: Value| {
        caller
            .patch(&format!("/demandes/{id}"))
            .version(version)
            .body("application/merge-patch+json", body.to_string())
            .send()
    };
    let set = patch(1, json!({ "cohorte": "Cohorte 4", "organisme": "Organisme" })).await.ok(200);
    let cleared = patch(2, json!({ "cohorte": null, "organisme": "" })).await.ok(200);
    assert_eq!(
        (&set["cohorte"], &cleared["cohorte"], &cleared["organisme"]),
        (&json!("Cohorte 4"), &json!(""), &json!(""))
    );
    let before = read(&caller, &id).await;
    assert_eq!(patch(3, json!({})).await.ok(200), before);
}

#[actix_web::test]
async fn a_hundred_parallel_editors_lose_no_change() {
    let (app, envelope, id) = with_one().await;
    let callers: Vec<Caller<'_>> = (0..4).map(|_| recipient(&app, &envelope)).collect();
    let (mut version, mut rounds) = (1, 0);
    while rounds < 3 {
        let edits = (0..100).map(|n| {
            let body = json!({ "commentaire": format!("tour {rounds}, main {n}") });
            callers[n % 4].patch(&format!("/demandes/{id}")).version(version).json(&body).send()
        });
        let answers = join_all(edits).await;
        let won: Vec<usize> = (0..100).filter(|n| answers[*n].status == 200).collect();
        assert_eq!(won.len(), 1, "one version, one success");
        assert_eq!(answers.iter().filter(|answer| answer.status == 412).count(), 99);
        version += 1;
        rounds += 1;
        let now = read(&callers[0], &id).await;
        assert_eq!(
            (now["version"].as_i64(), now["commentaire"].as_str()),
            (Some(version), Some(format!("tour {}, main {}", rounds - 1, won[0]).as_str()))
        );
    }
    let history = callers[0].get(&format!("/demandes/{id}/historique")).send().await.ok(200);
    assert_eq!(history["items"].as_array().unwrap().len(), 4, "a creation and three changes");
}

#[actix_web::test]
async fn a_deleted_demande_leaves_the_table_and_comes_back_as_it_was() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let address = format!("/demandes/{id}");
    let total = async || caller.list(&[("total", "true")]).await["total"].as_u64().unwrap();
    let before = read(&caller, &id).await;
    let deleted = caller.delete(&address).version(1).send().await;
    assert_eq!((deleted.status, deleted.body.len()), (204, 0));
    assert_eq!(total().await, 0);
    let gone = read(&caller, &id).await;
    assert_eq!(gone["supprimee_le"], "2026-03-02T09:00:00.000000Z");
    let change = caller.patch(&address).version(2).json(&json!({ "cohorte": "x" }));
    change.send().await.problem(409, "conflit-etat");
    assert_eq!(caller.delete(&address).version(2).send().await.status, 204, "deleting again does nothing");

    let mut restored = caller.post(&format!("{address}/restaurer")).send().await.ok(200);
    assert_eq!(restored["version"], 3);
    restored["version"] = before["version"].clone();
    assert_eq!(restored, before);
    assert_eq!(caller.post(&format!("{address}/restaurer")).send().await.ok(200)["version"], 3, "again does nothing");
    assert_eq!(total().await, 1);
}

#[actix_web::test]
async fn the_history_tells_who_changed_what_from_what_to_what() {
    let (app, envelope, id) = with_one().await;
    let caller = recipient(&app, &envelope);
    let address = format!("/demandes/{id}");
    app.clock.advance(chrono::Duration::minutes(5));
    caller.patch(&address).version(1).json(&json!({ "cohorte": "Une" })).send().await.ok(200);
    let program = app.token(Role::Anct, &SCOPES);
    program.patch(&address).version(2).json(&json!({ "cohorte": "Deux", "nom": "Autre" })).send().await.ok(200);
    caller.delete(&address).version(3).send().await.ok(204);
    caller.post(&format!("{address}/restaurer")).send().await.ok(200);

    let history = caller.get(&format!("{address}/historique")).send().await.ok(200);
    let items = history["items"].as_array().unwrap();
    let told: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|one| (one["action"].as_str().unwrap(), one["auteur"].as_str().unwrap(), one["role"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("demande.restauree", "Camille Testeur", "recipiendaire"),
            ("demande.supprimee", "Camille Testeur", "recipiendaire"),
            ("demande.modifiee", "programme de test", "anct"),
            ("demande.modifiee", "Camille Testeur", "recipiendaire"),
            ("demande.creee", "Camille Testeur", "recipiendaire"),
        ]
    );
    assert_eq!(items[3]["changements"], json!([{ "colonne": "cohorte", "avant": "", "apres": "Une" }]));
    let changed = items[2]["changements"].as_array().unwrap();
    assert!(changed.contains(&json!({ "colonne": "cohorte", "avant": "Une", "apres": "Deux" })), "{changed:?}");
    assert!(changed.contains(&json!({ "colonne": "nom", "avant": "Noma", "apres": "Autre" })), "{changed:?}");
    assert_eq!(
        (&items[4]["date"], &items[3]["date"]),
        (&json!("2026-03-02T09:00:00.000000Z"), &json!("2026-03-02T09:05:00.000000Z"))
    );

    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = caller.get(&format!("{address}/historique?limit=2&cursor={cursor}")).send().await.ok(200);
        seen.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(&seen, items, "by pages as at once");
}

#[actix_web::test]
async fn rt_14_a_demande_of_another_envelope_does_not_exist() {
    let (app, _, id) = with_one().await;
    let foreign = recipient(&app, &app.envelope("02"));
    let none = app.account(Role::Recipiendaire, &[]);
    let before = app.anct().get(&format!("/demandes/{id}")).send().await.ok(200);
    let unknown = "0198c0de-0000-7000-8000-00000000abcd";
    for caller in [&foreign, &none] {
        for id in [id.as_str(), unknown] {
            let address = format!("/demandes/{id}");
            let body = json!({ "commentaire": "intrus" });
            let mut details = Vec::new();
            for answer in [
                caller.get(&address).send().await,
                caller.get(&format!("{address}/historique")).send().await,
                caller.patch(&address).version(1).json(&body).send().await,
                caller.patch(&address).version(9).json(&body).send().await,
                caller.delete(&address).version(1).send().await,
                caller.post(&format!("{address}/restaurer")).send().await,
            ] {
                details.push(answer.problem(404, "introuvable")["detail"].clone());
            }
            assert!(details.windows(2).all(|pair| pair[0] == pair[1]), "nothing tells it exists: {details:?}");
        }
        assert_eq!(caller.list(&[("total", "true")]).await["total"], 0);
        assert_eq!(caller.get("/demandes/compteurs").send().await.ok(200)["total"], 0);
        assert_eq!(caller.get("/demandes/reperes").send().await.ok(200)["total"], 0);
    }
    assert_eq!(app.anct().get(&format!("/demandes/{id}")).send().await.ok(200), before);
}

#[actix_web::test]
async fn odd_ids_are_simply_not_found() {
    let (app, ..) = with_one().await;
    let caller = app.anct();
    for id in ["x", "..", "%00", "%27%20OR%201%3D1", "é", "0", &"9".repeat(3000)] {
        let answer = caller.get(&format!("/demandes/{}", crate::support::encode(id))).send().await;
        assert!(matches!(answer.status, 400 | 404), "{id}: {}", answer.status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{id}");
    }
}
