//! Who takes care of a demande, and what is said of many at once.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::imports_files::*;
use crate::support::{Caller, Person, SCOPES, TestApp, demande, line};

/// Two colleagues of an envelope, somebody of another one, and three demandes of the first.
struct Scene {
    app: TestApp,
    envelope: String,
    demandes: Vec<String>,
    camille: Person,
    sacha: Person,
    foreign: Person,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let (envelope, other) = (app.envelope("01"), app.envelope("02"));
    let demandes = app.insert((0..3).map(|n| line("01", n, &envelope)).collect());
    let [camille, sacha] = [(); 2].map(|()| app.person(&[Role::Recipiendaire], &[&envelope]));
    let foreign = app.person(&[Role::Recipiendaire], &[&other]);
    Scene { app, envelope, demandes, camille, sacha, foreign }
}

impl Scene {
    fn caller(&self) -> Caller<'_> {
        self.app.session_of(&self.camille, Role::Recipiendaire)
    }

    fn followed(&self) -> Vec<String> {
        self.app.texts("SELECT suivi_par AS v FROM demande ORDER BY rang")
    }

    async fn batch(&self, atomic: bool, operations: Vec<Value>) -> Value {
        let body = json!({ "atomique": atomic, "operations": operations });
        self.caller().post("/demandes:batch").json(&body).send().await.ok(200)
    }
}

fn give(id: &str, email: &str) -> Value {
    json!({ "action": "modifier", "id": id, "version": 1, "valeurs": { "suivi_par": email } })
}

fn say(id: &str, text: &str) -> Value {
    json!({ "action": "commenter", "id": id, "commentaire": text })
}

#[actix_web::test]
async fn a_demande_is_given_to_somebody_who_reaches_it_and_to_nobody_else() {
    let scene = scene().await;
    let anct = scene.app.person(&[Role::Anct], &[]);
    let reader = scene.app.person(&[Role::Instructeur], &[]);
    let gone = scene.app.person(&[Role::Recipiendaire], &[&scene.envelope]);
    let caller = scene.app.session_of(&scene.camille, Role::Recipiendaire);
    scene.app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", gone.id)).unwrap();
    let path = format!("/demandes/{}", scene.demandes[0]);
    for email in [&scene.foreign.email, &reader.email, &gone.email, "personne@mairie.example"] {
        let refused = caller.patch(&path).version(1).json(&json!({ "suivi_par": email })).send().await;
        refused.refuses(422, "champs-invalides", "/suivi_par");
    }
    let shouted = scene.sacha.email.to_uppercase();
    let given = caller.patch(&path).version(1).json(&json!({ "suivi_par": shouted })).send().await.ok(200);
    assert_eq!(given["suivi_par"], json!(scene.sacha.email), "in its one form");
    let again = caller.patch(&path).version(2).json(&json!({ "suivi_par": anct.email })).send().await.ok(200);
    assert_eq!(again["suivi_par"], json!(anct.email), "the administrators reach every demande");
    let taken = caller.patch(&path).version(3).json(&json!({ "suivi_par": null })).send().await.ok(200);
    assert_eq!(taken["suivi_par"], json!(""));

    let mut new = demande("01", 9);
    new["suivi_par"] = json!(scene.foreign.email);
    caller.post("/demandes").json(&new).send().await.refuses(422, "champs-invalides", "/suivi_par");
    new["suivi_par"] = json!(scene.sacha.email);
    caller.post("/demandes").json(&new).send().await.ok(201);
    let criteria = [("filter", format!("suivi_par eq \"{}\"", scene.sacha.email)), ("fields", "email".to_owned())];
    let criteria: Vec<(&str, &str)> = criteria.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(caller.list(&criteria).await["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn who_left_may_stay_named_until_somebody_else_is() {
    let scene = scene().await;
    let caller = scene.caller();
    let path = format!("/demandes/{}", scene.demandes[0]);
    caller.patch(&path).version(1).json(&json!({ "suivi_par": scene.sacha.email })).send().await.ok(200);
    scene.app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", scene.sacha.id)).unwrap();
    let changed = caller.patch(&path).version(2).json(&json!({ "cohorte": "Printemps" })).send().await.ok(200);
    assert_eq!(changed["suivi_par"], json!(scene.sacha.email));
}

#[actix_web::test]
async fn many_are_given_at_once_each_refused_alone_and_undone_together() {
    let scene = scene().await;
    let given = scene
        .batch(
            false,
            vec![
                give(&scene.demandes[0], &scene.sacha.email),
                give(&scene.demandes[1], &scene.foreign.email),
                give(&scene.demandes[2], &scene.sacha.email),
            ],
        )
        .await;
    assert_eq!((&given["faites"], &given["refusees"]), (&json!(2), &json!(1)));
    assert_eq!(given["resultats"][1]["probleme"]["errors"][0]["champ"], "/valeurs/suivi_par");
    assert_eq!(scene.followed(), [scene.sacha.email.as_str(), "", &scene.sacha.email]);
    let gesture = given["geste"].as_str().unwrap();
    scene.caller().post(&format!("/gestes/{gesture}/annuler")).send().await.ok(200);
    assert_eq!(scene.followed(), ["", "", ""]);
}

#[actix_web::test]
async fn files_and_scripts_give_demandes_under_the_same_rule() {
    let scene = scene().await;
    let caller = scene.caller();
    let table =
        people("01", 5).with("suivi_par", &scene.sacha.email).set(1, "suivi_par", &scene.foreign.email).csv(',');
    let view = import(&caller, CSV, table.clone(), &[]).await;
    assert_eq!(counters(&view), [2, 2, 0, 1], "{view}");
    let report = caller.get(&format!("/imports/{}/lignes?statut=rejetee", view["id"].as_str().unwrap())).send().await;
    let text = report.text();
    let rejected = text.lines().find(|line| line.contains("\"rejetee\"")).unwrap();
    let rejected: Value = serde_json::from_str(rejected).unwrap();
    let error = &rejected["erreurs"][0];
    assert_eq!((&error["colonne"], &error["code"]), (&json!("suivi_par"), &json!("suivi_impossible")));
    let merged = import(&caller, CSV, table.replace(&scene.sacha.email, &scene.camille.email), &[]).await;
    assert_eq!(counters(&merged), [0, 4, 0, 1], "{merged}");

    let program = scene.app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.envelope]);
    let records = "/compat/grist/api/docs/parcours/tables/Demandes/records";
    let body = |email: &str| json!({ "records": [{ "id": 1, "fields": { "Suivie_par": email } }] });
    let refused = program.patch(records).json(&body(&scene.foreign.email)).send().await;
    assert_eq!(refused.status, 422);
    program.patch(records).json(&body(&scene.sacha.email)).send().await.ok(200);
    assert_eq!(scene.followed()[0], scene.sacha.email);
}

#[actix_web::test]
async fn the_people_proposed_are_those_of_the_same_envelopes() {
    let scene = scene().await;
    let national = scene.app.person(&[Role::Anct], &[]);
    let _reader = scene.app.person(&[Role::Instructeur], &[]);
    let emails = async |caller: Caller<'_>| {
        let read = caller.get("/collegues").send().await.ok(200);
        let items = read["items"].as_array().unwrap().iter();
        let mut emails: Vec<String> = items.map(|one| one["email"].as_str().unwrap().to_owned()).collect();
        emails.sort_unstable();
        emails
    };
    let sorted = |people: &[&Person]| {
        let mut emails: Vec<String> = people.iter().map(|one| one.email.clone()).collect();
        emails.sort_unstable();
        emails
    };
    assert_eq!(emails(scene.caller()).await, sorted(&[&scene.camille, &scene.sacha]));
    let anct = scene.app.session_of(&national, Role::Anct);
    assert_eq!(emails(anct).await, sorted(&[&scene.camille, &scene.sacha, &scene.foreign, &national]));
    let foreign = scene.app.session_of(&scene.foreign, Role::Recipiendaire);
    assert_eq!(emails(foreign).await, sorted(&[&scene.foreign]));
}

#[actix_web::test]
async fn many_are_commented_at_once_by_a_person() {
    let scene = scene().await;
    let caller = scene.caller();
    caller.delete(&format!("/demandes/{}", scene.demandes[2])).version(1).send().await.ok(204);
    let operations = || {
        vec![
            say(&scene.demandes[0], " Appelée ce matin. "),
            say(&scene.demandes[1], " "),
            say(&scene.demandes[2], "x"),
            json!({ "action": "commenter", "id": scene.demandes[1] }),
        ]
    };
    let tried = caller
        .post("/demandes:batch")
        .json(&json!({ "atomique": false, "essai": true, "operations": operations()[..3] }))
        .send()
        .await
        .ok(200);
    assert_eq!((&tried["faites"], scene.app.rows("commentaire")), (&json!(1), 0));
    let refused = caller.post("/demandes:batch").json(&json!({ "operations": operations() })).send().await;
    refused.refuses(422, "champs-invalides", "/operations/1/commentaire");
    let said = scene.batch(false, operations()[..3].to_vec()).await;
    assert_eq!((&said["faites"], &said["refusees"]), (&json!(1), &json!(2)));
    assert!(said["geste"].is_null(), "a comment is taken back where it stands");
    let read = caller.get(&format!("/demandes/{}/commentaires", scene.demandes[0])).send().await.ok(200);
    assert_eq!(read["items"][0]["texte"], "Appelée ce matin.");
    assert_eq!(scene.app.rows("commentaire"), 1);

    let program = scene.app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.envelope]);
    let body = json!({ "atomique": false, "operations": [say(&scene.demandes[0], "Bonjour")] });
    let by_program = program.post("/demandes:batch").json(&body).send().await.ok(200);
    assert_eq!(by_program["resultats"][0]["probleme"]["code"], "non-autorise", "what is said is a person's");
}
