//! Named views of the table: one's own, shown to colleagues, never overwritten by somebody else.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp};

fn view(name: &str, shared: bool) -> Value {
    let etat = json!({ "filtre": "etape eq \"recue\"", "tri": "-nom", "q": "mairie", "colonnes": ["nom", "ville"] });
    json!({ "nom": name, "etat": etat, "partagee": shared })
}

async fn names(caller: &Caller<'_>) -> Vec<(String, bool)> {
    let listed = caller.get("/vues").send().await.ok(200);
    let items = listed["items"].as_array().unwrap().clone();
    items.iter().map(|one| (one["nom"].as_str().unwrap().to_owned(), one["mienne"] == true)).collect()
}

#[actix_web::test]
async fn ux_01_a_view_is_kept_replaced_and_deleted_by_its_owner_at_the_version_read() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Recipiendaire, &[&app.envelope("01")]);
    let answer = caller.post("/vues").json(&view(" Mairies ", false)).send().await;
    let kept = answer.ok(201);
    assert_eq!(
        (answer.header("etag"), &kept["nom"], &kept["etat"]),
        (Some("\"1\""), &json!("Mairies"), &view("", false)["etat"])
    );
    let address = format!("/vues/{}", kept["id"].as_str().unwrap());
    caller.post("/vues").json(&view("Mairies", false)).send().await.refuses(422, "champs-invalides", "/nom");
    let replaced = json!({ "nom": "Toutes", "etat": {}, "partagee": true });
    caller.put(&address).json(&replaced).send().await.problem(428, "version-manquante");
    let now = caller.put(&address).version(1).json(&replaced).send().await.ok(200);
    assert_eq!((&now["nom"], &now["etat"], &now["version"]), (&json!("Toutes"), &json!({}), &json!(2)));
    caller.put(&address).version(1).json(&replaced).send().await.problem(412, "version-perimee");
    caller.delete(&address).version(1).send().await.problem(412, "version-perimee");
    caller.delete(&address).version(2).send().await.ok(204);
    caller.put(&address).version(2).json(&replaced).send().await.problem(404, "introuvable");
    assert_eq!(names(&caller).await, []);
}

#[actix_web::test]
async fn ux_01_a_shared_view_is_read_by_colleagues_and_changed_by_none_of_them() {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    let owner = app.account(Role::Recipiendaire, &[&ain]);
    let shared = owner.post("/vues").json(&view("Partagée", true)).send().await.ok(201);
    owner.post("/vues").json(&view("À moi", false)).send().await.ok(201);
    let colleague = app.account(Role::Recipiendaire, &[&ain]);
    let foreign = app.account(Role::Recipiendaire, &[&aisne]);
    let (national, other) = (app.account(Role::Anct, &[]), app.account(Role::Anct, &[]));
    national.post("/vues").json(&view("Nationale", true)).send().await.ok(201);
    assert_eq!(names(&owner).await, [("Partagée".to_owned(), true), ("À moi".to_owned(), true)]);
    assert_eq!(names(&colleague).await, [("Partagée".to_owned(), false)]);
    assert_eq!(names(&foreign).await, []);
    assert_eq!(names(&other).await, [("Nationale".to_owned(), false)]);
    let address = format!("/vues/{}", shared["id"].as_str().unwrap());
    for (caller, status, code) in
        [(&colleague, 403, "non-autorise"), (&foreign, 404, "introuvable"), (&national, 404, "introuvable")]
    {
        caller.put(&address).version(1).json(&view("Prise", true)).send().await.problem(status, code);
        caller.delete(&address).version(1).send().await.problem(status, code);
    }
    // The same name is free for somebody else.
    colleague.post("/vues").json(&view("Partagée", false)).send().await.ok(201);
}

#[actix_web::test]
async fn ux_01_any_envelope_in_common_makes_colleagues() {
    let app = TestApp::new().await;
    let (ain, aisne, allier) = (app.envelope("01"), app.envelope("02"), app.envelope("03"));
    let owner = app.account(Role::Recipiendaire, &[&ain, &aisne]);
    owner.post("/vues").json(&view("Commune", true)).send().await.ok(201);
    for (envelope, read) in [(&ain, 1), (&aisne, 1), (&allier, 0)] {
        assert_eq!(names(&app.account(Role::Recipiendaire, &[envelope])).await.len(), read);
    }
}

#[actix_web::test]
async fn a_view_that_says_something_else_is_refused_field_by_field() {
    let app = TestApp::new().await;
    let caller = app.account(Role::Instructeur, &[]);
    let bad = json!({ "nom": " ", "etat": { "filtre": "ville contient", "tri": "x", "q": "a".repeat(201), "colonnes": ["nom", "x"] } });
    let problem = caller.post("/vues").json(&bad).send().await.problem(422, "champs-invalides");
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|one| one["champ"].as_str().unwrap()).collect();
    assert_eq!(fields, ["/nom", "/etat/q", "/etat/filtre", "/etat/tri", "/etat/colonnes/1"]);
    let hidden = json!({ "nom": "Notes", "etat": { "filtre": "commentaire filled", "colonnes": ["commentaire"] } });
    let problem = caller.post("/vues").json(&hidden).send().await.problem(422, "champs-invalides");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "what one does not read");
    let program = app.token(Role::Anct, &SCOPES);
    program.post("/vues").json(&view("Programme", false)).send().await.problem(403, "non-autorise");
    caller.post("/vues").json(&json!({ "nom": "x", "etat": { "page": 1 } })).send().await.problem(400, "json-invalide");
}

#[actix_web::test]
async fn ux_01_one_view_at_most_is_found_when_opening_the_table_and_only_by_its_owner() {
    let app = TestApp::new().await;
    let ain = app.envelope("01");
    let owner = app.account(Role::Recipiendaire, &[&ain]);
    let mut first = view("Une", true);
    first["habituelle"] = json!(true);
    let first = owner.post("/vues").json(&first).send().await.ok(201);
    let colleague = app.account(Role::Recipiendaire, &[&ain]);
    let seen = colleague.get("/vues").send().await.ok(200);
    assert_eq!((&first["habituelle"], &seen["items"][0]["habituelle"]), (&json!(true), &json!(false)));
    let mut second = view("Deux", false);
    second["habituelle"] = json!(true);
    owner.post("/vues").json(&second).send().await.ok(201);
    let kept = owner.get("/vues").send().await.ok(200);
    let usual: Vec<&Value> = kept["items"].as_array().unwrap().iter().filter(|one| one["habituelle"] == true).collect();
    assert_eq!((usual.len(), &usual[0]["nom"]), (1, &json!("Deux")));
    // The other one is still at the version that was read.
    let address = format!("/vues/{}", first["id"].as_str().unwrap());
    owner.put(&address).version(1).json(&view("Une", false)).send().await.ok(200);
}
