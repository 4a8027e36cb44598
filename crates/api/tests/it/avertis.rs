//! What accounts are told of beside comments: demandes given to them, demandes of theirs that move on, their imports; each as they
//! chose (UX-12).

use domain::permission::Role;
use serde_json::{Value, json};

use crate::imports_files::{CSV, import, people};
use crate::support::{Caller, Person, TestApp, line};

/// Two colleagues of an envelope, and demandes of it.
struct Scene {
    app: TestApp,
    envelope: String,
    ids: Vec<String>,
    camille: Person,
    sacha: Person,
}

async fn scene(demandes: usize) -> Scene {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert((0..demandes).map(|n| line("01", n, &envelope)).collect());
    let camille = app.person(&[Role::Recipiendaire], &[&envelope]);
    let sacha = app.person(&[Role::Recipiendaire], &[&envelope]);
    Scene { app, envelope, ids, camille, sacha }
}

impl Scene {
    fn session(&self, person: &Person) -> Caller<'_> {
        self.app.session_of(person, Role::Recipiendaire)
    }

    async fn told(&self, person: &Person) -> Vec<Value> {
        self.session(person).get("/avis").send().await.ok(200)["items"].as_array().unwrap().clone()
    }

    /// Gives demandes to somebody.
    async fn give(&self, by: &Person, to: &str, ids: &[String]) {
        let operations: Vec<Value> = ids
            .iter()
            .map(|id| json!({ "action": "modifier", "id": id, "version": 1, "valeurs": { "suivi_par": to } }))
            .collect();
        let done = self.session(by).post("/demandes:batch").json(&json!({ "operations": operations })).send().await;
        assert_eq!(done.ok(200)["faites"], json!(ids.len()));
    }

    async fn finance(&self, by: &Person, ids: &[String]) {
        let body = json!({ "action": "accorder", "demandes": ids, "motif": "Vérifié par téléphone." });
        self.session(by).post("/demandes/financement").json(&body).send().await.ok(200);
    }
}

#[actix_web::test]
async fn who_is_given_demandes_is_told_once_for_all_of_them_and_not_by_oneself() {
    let scene = scene(4).await;
    scene.give(&scene.camille, &scene.sacha.email, &scene.ids[..1]).await;
    let told = scene.told(&scene.sacha).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (&told[0]["genre"], &told[0]["auteur"], &told[0]["demande_id"], &told[0]["nombre"]),
        (&json!("confiee"), &json!("Camille Testeur"), &json!(scene.ids[0]), &json!(1))
    );
    assert_ne!(told[0]["personne"], "");
    // What follows within minutes adds to it, and names none of them any more.
    scene.give(&scene.camille, &scene.sacha.email, &scene.ids[1..3]).await;
    let told = scene.told(&scene.sacha).await;
    assert_eq!((told.len(), &told[0]["nombre"], &told[0]["personne"]), (1, &json!(3), &json!("")), "{told:?}");
    assert!(told[0].get("demande_id").is_none());
    // Once it is read, or later, it is told anew.
    scene.session(&scene.sacha).post("/avis/lus").json(&json!({})).send().await.ok(200);
    scene.give(&scene.camille, &scene.sacha.email, &scene.ids[3..]).await;
    assert_eq!(scene.told(&scene.sacha).await.len(), 2);

    let own = json!({ "suivi_par": scene.camille.email });
    let path = format!("/demandes/{}", scene.ids[0]);
    scene.session(&scene.camille).patch(&path).version(2).json(&own).send().await.ok(200);
    assert!(scene.told(&scene.camille).await.is_empty(), "one knows what one takes");
    assert!(scene.app.mails(&scene.sacha.email).is_empty(), "a summary, unless one wants more");
}

#[actix_web::test]
async fn who_follows_a_demande_is_told_of_the_stage_that_somebody_else_makes_it_reach() {
    let scene = scene(3).await;
    scene.give(&scene.camille, &scene.sacha.email, &scene.ids).await;
    let chosen = json!({ "mention": "courriel", "reponse": "resume", "confiee": "resume", "etape": "courriel", "import": "application" });
    scene.session(&scene.sacha).put("/compte/avis").json(&chosen).send().await.ok(200);
    scene.finance(&scene.camille, &scene.ids[..1]).await;
    let told = scene.told(&scene.sacha).await;
    let stage = told.iter().find(|one| one["genre"] == "etape").unwrap();
    assert_eq!((&stage["demande_id"], &stage["texte"]), (&json!(scene.ids[0]), &json!("Financement accordé")));
    let mails = scene.app.mails(&scene.sacha.email);
    assert_eq!((mails.len(), &mails[0]["chemin"]), (1, &json!(format!("/demandes/{}", scene.ids[0]))));
    let mail = api::text::mails::render(&mails[0], "https://parcours.example").unwrap();
    assert!(mail.text.contains("Financement accordé") && mail.stop.is_some(), "{mail:?}");
    // One's own decisions, and edits that change no stage, are no news.
    scene.session(&scene.sacha).post("/avis/lus").json(&json!({})).send().await.ok(200);
    scene.finance(&scene.sacha, &scene.ids[1..2]).await;
    let edit = json!({ "commentaire": "vu" });
    let path = format!("/demandes/{}", scene.ids[2]);
    scene.session(&scene.camille).patch(&path).version(2).json(&edit).send().await.ok(200);
    let unread = scene.session(&scene.sacha).get("/avis/non-lus").send().await.ok(200);
    assert_eq!(unread, json!({ "non_lus": 0 }));
    // The link at the foot of the mail stops that kind alone.
    let secret = mails[0]["arret"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let stopped = scene.app.anonymous().post("/avis/desabonnement").json(&json!({ "jeton": secret })).send().await;
    assert_eq!(stopped.ok(200), json!({ "genre": "etape" }));
    let now = scene.session(&scene.sacha).get("/compte/avis").send().await.ok(200);
    assert_eq!((&now["etape"], &now["mention"]), (&json!("application"), &json!("courriel")));
}

#[actix_web::test]
async fn who_sent_a_file_is_told_when_it_is_imported_and_what_it_gave_to_others() {
    let scene = scene(0).await;
    let caller = scene.session(&scene.camille);
    let table = people("01", 3).with("suivi_par", &scene.sacha.email);
    import(&caller, CSV, table.csv(','), &[("dry_run", "true")]).await;
    assert!(scene.told(&scene.camille).await.is_empty(), "nothing happened yet");
    let view = import(&caller, CSV, table.csv(','), &[]).await;
    let told = scene.told(&scene.camille).await;
    assert_eq!(
        (told.len(), &told[0]["genre"], &told[0]["import_id"], &told[0]["texte"]),
        (1, &json!("import"), &view["id"], &json!("Import fini : 3 créées, 0 modifiées, 0 inchangées, 0 rejetées."))
    );
    let given = scene.told(&scene.sacha).await;
    assert_eq!((given.len(), &given[0]["genre"], &given[0]["nombre"]), (1, &json!("confiee"), &json!(3)));
    // A script looks by itself.
    let token = scene.app.token_on(Role::Recipiendaire, &["imports:ecrire", "imports:lire"], &[&scene.envelope]);
    import(&token, CSV, people("01", 4).csv(','), &[]).await;
    assert_eq!(scene.app.rows("avis"), 2);
}

#[actix_web::test]
async fn the_history_says_by_what_each_change_came() {
    let scene = scene(0).await;
    let caller = scene.session(&scene.camille);
    let view = import(&caller, CSV, people("01", 1).csv(','), &[]).await;
    let id = scene.app.texts("SELECT id AS v FROM demande").remove(0);
    let edit = |text: &str| json!({ "commentaire": text });
    let path = format!("/demandes/{id}");
    caller.patch(&path).version(1).json(&edit("écran")).send().await.ok(200);
    let token = scene.app.token_on(Role::Recipiendaire, &["demandes:ecrire", "demandes:lire"], &[&scene.envelope]);
    token.patch(&path).version(2).json(&edit("client")).send().await.ok(200);
    let origins = async |caller: Caller<'_>| {
        let entries = caller.get(&format!("{path}/historique")).send().await.ok(200)["items"].clone();
        let one = |entry: &Value| (entry["origine"].clone(), entry.get("import_id").cloned(), entry["auteur"].clone());
        entries.as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    let found = origins(scene.session(&scene.camille)).await;
    assert_eq!(found[0].0, "client");
    assert_eq!(found[0].2, "programme de test", "the name of the program");
    assert_eq!((&found[1].0, &found[1].1), (&json!("ecran"), &None));
    assert_eq!((&found[2].0, &found[2].1), (&json!("import"), &Some(view["id"].clone())));
    let found = origins(scene.session(&scene.sacha)).await;
    assert_eq!((&found[2].0, &found[2].1), (&json!("import"), &None), "the import of somebody else is out of reach");
}

#[actix_web::test]
async fn what_was_deleted_is_listed_the_last_first_and_comes_back() {
    let scene = scene(4).await;
    let caller = scene.session(&scene.camille);
    for (n, version) in [(0, 1), (2, 1), (1, 1)] {
        caller.delete(&format!("/demandes/{}", scene.ids[n])).version(version).send().await.ok(204);
    }
    let restored = caller.post(&format!("/demandes/{}/restaurer", scene.ids[0])).send().await.ok(200);
    caller
        .delete(&format!("/demandes/{}", scene.ids[0]))
        .version(restored["version"].as_i64().unwrap())
        .send()
        .await
        .ok(204);
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let colleague = scene.session(&scene.sacha);
    let all = colleague.get("/demandes/supprimees").send().await.ok(200);
    assert_eq!(ids(&all), [&*scene.ids[0], &*scene.ids[1], &*scene.ids[2]], "each once, the last deleted first");
    assert_eq!(all["items"][0]["auteur"], "Camille Testeur");
    let page = colleague.get("/demandes/supprimees?limit=2").send().await.ok(200);
    let next = page["next"].as_str().unwrap();
    let rest = colleague.get(&format!("/demandes/supprimees?limit=2&cursor={next}")).send().await.ok(200);
    assert_eq!((ids(&page).len(), ids(&rest)), (2, vec![scene.ids[2].clone()]));
    colleague.post(&format!("/demandes/{}/restaurer", scene.ids[1])).send().await.ok(200);
    assert_eq!(ids(&colleague.get("/demandes/supprimees").send().await.ok(200)).len(), 2);
    let foreign = scene.app.envelope("02");
    let other = scene.app.account(Role::Recipiendaire, &[&foreign]);
    assert!(ids(&other.get("/demandes/supprimees").send().await.ok(200)).is_empty(), "out of reach");
}
