//! Refused authorisations are in the journal: who, which operation, which object, however many there are.

use api::access::refusals::{self, OBJECTS, TOLD_APART};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Database, Process, TestApp, line, number, texts};

/// What the journal says of the refusals: who, as what, which operation.
fn told(app: &TestApp) -> Vec<String> {
    app.texts(
        "SELECT acteur_genre || ' ' || role || ' ' || objet_id AS v FROM journal WHERE action = 'acces.refuse' \
         ORDER BY numero",
    )
}

fn values(app: &TestApp) -> Vec<Value> {
    let stored = app.texts(
        "SELECT valeurs AS v FROM journal_donnees d JOIN journal j ON j.numero = d.numero \
         WHERE j.action = 'acces.refuse' ORDER BY j.numero",
    );
    stored.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

async fn write(app: &TestApp) {
    refusals::write(&app.app).await.unwrap();
}

#[actix_web::test]
async fn sec_65_each_kind_of_refusal_is_journalled_with_its_author_and_its_object() {
    let app = TestApp::new().await;
    let (own, other) = (app.envelope("01"), app.envelope("02"));
    let theirs = app.insert(vec![line("02", 0, &other)]).remove(0);
    let helper = app.account(Role::Aidant, &[]);
    let first = helper.get("/demandes").send().await;
    first.problem(403, "non-autorise");
    write(&app).await;
    assert_eq!(told(&app), ["compte aidant GET /api/v1/demandes"], "the role");
    let requests = app.texts("SELECT requete AS v FROM journal WHERE action = 'acces.refuse'");
    assert_eq!(requests, [first.header("x-request-id").unwrap()], "found again by the id of the request");

    let holder = app.account(Role::Recipiendaire, &[&own]);
    holder.get(&format!("/demandes/{theirs}")).send().await.problem(404, "introuvable");
    write(&app).await;
    assert_eq!(told(&app).last().unwrap(), "compte recipiendaire GET /api/v1/demandes/{id}", "the object of another");
    assert_eq!(values(&app).last().unwrap()["objets"], json!([theirs]));

    app.token(Role::Anct, &["imports:lire"]).get("/demandes").send().await.problem(403, "non-autorise");
    write(&app).await;
    assert_eq!(told(&app).last().unwrap(), "jeton anct GET /api/v1/demandes", "the scope");

    let mine = app.insert(vec![line("01", 1, &own)]).remove(0);
    let reserved = app.anct().patch(&format!("/demandes/{mine}")).version(1).json(&json!({ "organisme": "x" }));
    reserved.send().await.problem(403, "non-autorise");
    write(&app).await;
    assert_eq!(told(&app).last().unwrap(), "jeton anct PATCH /api/v1/demandes/{id}", "the field");

    let forged = app.anonymous().get("/demandes").header("authorization", "Bearer parcours_faux");
    forged.send().await.problem(401, "non-authentifie");
    write(&app).await;
    assert_eq!(told(&app).last().unwrap(), "public  GET /api/v1/demandes", "the token");
    assert_eq!(values(&app).last().unwrap()["statuts"], json!([401]));
    assert_eq!(app.read(api::journal::verify), []);
}

#[actix_web::test]
async fn what_is_no_refusal_is_not_journalled_as_one() {
    let app = TestApp::new().await;
    let unknown = app.clock.id();
    app.anonymous().get("/demandes").send().await.problem(401, "non-authentifie");
    app.anct().get(&format!("/demandes/{unknown}")).send().await.problem(404, "introuvable");
    app.account(Role::Recipiendaire, &[]).get("/demandes").send().await.ok(200);
    app.anonymous().get("/rien").send().await.problem(404, "introuvable");
    write(&app).await;
    assert!(told(&app).is_empty(), "{:?}", told(&app));
}

#[actix_web::test]
async fn sec_65_a_flood_of_refusals_is_counted_in_a_few_entries() {
    let app = TestApp::new().await;
    let holder = app.account(Role::Recipiendaire, &[]);
    for n in 0..300 {
        holder.get(&format!("/demandes/0198c0de-0000-7000-8000-{n:012}")).send().await.problem(404, "introuvable");
    }
    holder.get("/demandes/autre%0D%0Achose").send().await.problem(404, "introuvable");
    write(&app).await;
    write(&app).await;
    assert_eq!(told(&app).len(), 1);
    let value = values(&app).remove(0);
    assert_eq!(value["nombre"], 301, "{value}");
    assert_eq!(value["objets"].as_array().unwrap().len(), OBJECTS, "the first ones are named");
    // Many callers at once: those beyond the limit are counted together.
    for _ in 0..TOLD_APART + 50 {
        app.account(Role::Aidant, &[]).get("/demandes").send().await.problem(403, "non-autorise");
    }
    write(&app).await;
    assert_eq!(told(&app).len(), 1 + TOLD_APART + 1);
    let together: Vec<Value> = values(&app).into_iter().filter(|value| value["nombre"] == 50).collect();
    assert_eq!(together.len(), 1);
    assert_eq!(app.read(api::journal::verify), []);
}

#[actix_web::test]
async fn refusals_that_cannot_be_written_wait() {
    let app = TestApp::new().await;
    let helper = app.account(Role::Aidant, &[]);
    helper.get("/demandes").send().await.problem(403, "non-autorise");
    app.execute("ALTER TABLE journal_tete RENAME TO ailleurs").unwrap();
    assert!(refusals::write(&app.app).await.is_err());
    helper.get("/demandes").send().await.problem(403, "non-autorise");
    app.execute("ALTER TABLE ailleurs RENAME TO journal_tete").unwrap();
    write(&app).await;
    assert_eq!(values(&app)[0]["nombre"], 2);
}

#[test]
fn a_server_that_stops_writes_the_refusals_it_knows_of() {
    let database = Database::fresh();
    let spool = tempfile::tempdir().unwrap();
    let server = Process::start(&database, spool.path());
    let forged = [("Authorization", "Bearer parcours_faux")];
    server.call("GET", "/api/v1/demandes", &forged, b"").unwrap().problem(401, "non-authentifie");
    assert!(server.stop().success());
    let mut conn = crate::crash::connect(&database);
    assert_eq!(number(&mut conn, "SELECT count(*) AS n FROM journal WHERE action = 'acces.refuse'"), 1);
    let said = texts(&mut conn, "SELECT valeurs AS v FROM journal_donnees").join(" ");
    assert!(!said.contains("parcours_faux"), "{said}");
}
