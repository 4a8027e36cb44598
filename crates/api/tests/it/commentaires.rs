//! Comments about demandes, and what each account is told of them.

use api::areas::avis::summarise;
use chrono::Duration;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, Person, SCOPES, TestApp, line};

/// Two colleagues of an envelope, somebody of another one, and a demande of the first.
struct Scene {
    app: TestApp,
    demande: String,
    camille: Person,
    sacha: Person,
    foreign: Person,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    let demande = app.insert(vec![line("01", 0, &ain)]).remove(0);
    let camille = app.person(&[Role::Recipiendaire], &[&ain]);
    let sacha = app.person(&[Role::Recipiendaire], &[&ain]);
    let foreign = app.person(&[Role::Recipiendaire], &[&aisne]);
    Scene { app, demande, camille, sacha, foreign }
}

impl Scene {
    fn session(&self, person: &Person) -> Caller<'_> {
        self.app.session_of(person, Role::Recipiendaire)
    }

    fn path(&self) -> String {
        format!("/demandes/{}/commentaires", self.demande)
    }

    async fn say(&self, who: &Person, words: &str, mentions: &[&Person]) -> Value {
        let mentions: Vec<&String> = mentions.iter().map(|one| &one.id).collect();
        let body = json!({ "texte": words, "mentions": mentions });
        self.session(who).post(&self.path()).json(&body).send().await.ok(201)
    }

    fn summaries(&self) -> usize {
        let (clock, keys) = (self.app.clock.clone(), self.app.app.config.keys.clone());
        let now = clock.now();
        self.app.write(move |conn| Ok(summarise(conn, &clock, &keys, now).unwrap())).unwrap()
    }
}

async fn avis(caller: &Caller<'_>) -> Vec<Value> {
    caller.get("/avis").send().await.ok(200)["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_comment_is_read_by_who_reads_the_demande_and_taken_back_by_its_author_alone() {
    let scene = scene().await;
    let said = scene.say(&scene.camille, " Bonjour\nà vous ", &[]).await;
    assert_eq!(
        (&said["texte"], &said["mien"], &said["role"]),
        (&json!("Bonjour\nà vous"), &json!(true), &json!("recipiendaire"))
    );
    let colleague = scene.session(&scene.sacha);
    let read = colleague.get(&scene.path()).send().await.ok(200);
    assert_eq!((&read["items"][0]["auteur"], &read["items"][0]["mien"]), (&json!("Camille Testeur"), &json!(false)));
    let one = format!("{}/{}", scene.path(), said["id"].as_str().unwrap());
    colleague.delete(&one).send().await.problem(403, "non-autorise");
    scene.session(&scene.camille).delete(&one).send().await.ok(204);
    scene.session(&scene.camille).delete(&one).send().await.ok(204);
    let read = colleague.get(&scene.path()).send().await.ok(200);
    assert_eq!((&read["items"][0]["texte"], &read["items"][0]["retire"]), (&json!(""), &json!(true)));
    let history = scene.app.anct().get(&format!("/demandes/{}/historique", scene.demande)).send().await.ok(200);
    let actions: Vec<&str> =
        history["items"].as_array().unwrap().iter().filter_map(|one| one["action"].as_str()).collect();
    assert_eq!(actions, ["demande.commentaire_retire", "demande.commentee", "demande.creee"]);
    let kept = scene.app.texts("SELECT valeurs AS v FROM journal_donnees").join(" ");
    assert!(!kept.contains("Bonjour"), "the journal does not keep words that may be taken back");
}

#[actix_web::test]
async fn sec_40_the_demandes_of_others_are_neither_read_nor_commented_nor_told() {
    let scene = scene().await;
    let said = scene.say(&scene.camille, "Bonjour", &[]).await;
    let foreign = scene.session(&scene.foreign);
    let comments = scene.path();
    foreign.get(&comments).send().await.problem(404, "introuvable");
    foreign.post(&comments).json(&json!({ "texte": "x" })).send().await.problem(404, "introuvable");
    let one = format!("{comments}/{}", said["id"].as_str().unwrap());
    foreign.delete(&one).send().await.problem(404, "introuvable");
    foreign.get(&format!("/demandes/{}/interlocuteurs", scene.demande)).send().await.problem(404, "introuvable");
    let body = json!({ "texte": "x", "mentions": [scene.foreign.id] });
    let refused = scene.session(&scene.camille).post(&comments).json(&body).send().await;
    refused.refuses(422, "champs-invalides", "/mentions/0");
    assert_eq!((scene.app.rows("commentaire"), scene.app.rows("avis")), (1, 0));
}

#[actix_web::test]
async fn those_who_may_be_mentioned_are_those_who_see_the_demande() {
    let scene = scene().await;
    let national = scene.app.person(&[Role::Anct, Role::Instructeur], &[]);
    let _trainer = scene.app.person(&[Role::Formateur], &[]);
    let path = format!("/demandes/{}/interlocuteurs", scene.demande);
    let seen = scene.session(&scene.camille).get(&path).send().await.ok(200);
    let mut ids: Vec<&str> = seen["items"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    ids.sort_unstable();
    let mut expected = [scene.sacha.id.as_str(), &national.id];
    expected.sort_unstable();
    assert_eq!(ids, expected, "a colleague, and once who has two roles; neither oneself nor others");
}

#[actix_web::test]
async fn who_is_mentioned_is_told_at_once_and_may_want_no_more_mail() {
    let scene = scene().await;
    scene.say(&scene.camille, "Pouvez-vous vérifier ?", &[&scene.sacha, &scene.sacha, &scene.camille]).await;
    let caller = scene.session(&scene.sacha);
    let told = avis(&caller).await;
    assert_eq!(told.len(), 1, "once, and not its author");
    assert_eq!((&told[0]["genre"], &told[0]["texte"]), (&json!("mention"), &json!("Pouvez-vous vérifier ?")));
    assert!(avis(&scene.session(&scene.camille)).await.is_empty());
    let mail = scene.app.mails(&scene.sacha.email).remove(0);
    assert_eq!(mail["chemin"], json!(format!("/demandes/{}", scene.demande)));
    assert!(!mail.to_string().contains("vérifier"), "a mailbox may have other readers: {mail}");

    let stop = mail["arret"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let want = async |secret: &str| {
        scene.app.anonymous().post("/avis/desabonnement").json(&json!({ "jeton": secret })).send().await
    };
    let other = stop.replace(&scene.sacha.id, &scene.camille.id);
    for wrong in ["", "mention", &stop[1..], &stop.replace("mention", "reponse"), &other] {
        want(wrong).await.problem(404, "introuvable");
    }
    assert_eq!(want(&stop).await.ok(200)["genre"], "mention");
    want(&stop).await.ok(200);
    let chosen = caller.get("/compte/avis").send().await.ok(200);
    assert_eq!((&chosen["mention"], &chosen["reponse"]), (&json!("application"), &json!("resume")));
    scene.say(&scene.camille, "Encore", &[&scene.sacha]).await;
    assert_eq!((avis(&caller).await.len(), scene.app.mails(&scene.sacha.email).len()), (2, 1));
}

#[actix_web::test]
async fn avis_are_read_one_by_one_or_all_and_go_with_the_right_to_read_the_demande() {
    let scene = scene().await;
    for words in ["Un", "Deux", "Trois"] {
        scene.app.clock.advance(Duration::seconds(1));
        scene.say(&scene.camille, words, &[&scene.sacha]).await;
    }
    let caller = scene.session(&scene.sacha);
    let page = caller.get("/avis?limit=2").send().await.ok(200);
    let next = page["next"].as_str().unwrap();
    assert_eq!((&page["items"][0]["texte"], &page["items"][1]["texte"]), (&json!("Trois"), &json!("Deux")));
    let rest = caller.get(&format!("/avis?limit=2&cursor={next}")).send().await.ok(200);
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    caller.get("/avis?cursor=faux").send().await.problem(400, "curseur-invalide");
    let read = json!({ "ids": [page["items"][0]["id"]] });
    assert_eq!(caller.post("/avis/lus").json(&read).send().await.ok(200), json!({ "non_lus": 2 }));
    // Those of somebody else are not marked.
    scene.session(&scene.camille).post("/avis/lus").json(&json!({})).send().await.ok(200);
    let unread = caller.get("/avis?non_lus=true").send().await.ok(200);
    assert_eq!(unread["items"].as_array().unwrap().len(), 2);
    assert_eq!(caller.post("/avis/lus").json(&json!({})).send().await.ok(200), json!({ "non_lus": 0 }));
    assert_eq!(avis(&caller).await.len(), 3);
    scene.app.execute("DELETE FROM compte_enveloppe").unwrap();
    assert!(avis(&caller).await.is_empty(), "out of reach since");
    assert_eq!(caller.get("/avis/non-lus").send().await.ok(200), json!({ "non_lus": 0 }));
}

#[actix_web::test]
async fn answers_are_summarised_once_a_day_for_who_has_not_read_them() {
    let scene = scene().await;
    scene.say(&scene.sacha, "Première remarque", &[]).await;
    scene.say(&scene.camille, "Réponse", &[]).await;
    scene.say(&scene.camille, "Autre réponse", &[]).await;
    assert_eq!(avis(&scene.session(&scene.sacha)).await[0]["genre"], "reponse");
    assert_eq!(scene.summaries(), 0, "written since this morning's");
    scene.app.clock.advance(Duration::hours(22));
    assert_eq!(scene.summaries(), 1);
    assert_eq!(scene.summaries(), 0);
    let mails = scene.app.mails(&scene.sacha.email);
    assert_eq!((mails.len(), &mails[0]["nombre"], &mails[0]["chemin"]), (1, &json!(2), &json!("/avis")));
    // Its link stops every summary, and nothing else.
    let secret = mails[0]["arret"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    assert!(secret.starts_with("resume."), "{secret}");
    // What was read meanwhile is no news.
    scene.say(&scene.camille, "Lue", &[]).await;
    scene.session(&scene.sacha).post("/avis/lus").json(&json!({})).send().await.ok(200);
    scene.app.clock.advance(Duration::hours(24));
    assert_eq!(scene.summaries(), 0);
    // Nor is what one wants in the application only.
    let caller = scene.session(&scene.sacha);
    scene.say(&scene.camille, "Encore", &[]).await;
    let choice = json!({ "mention": "courriel", "reponse": "application" });
    let chosen = caller.put("/compte/avis").json(&choice).send().await.ok(200);
    assert_eq!((&chosen["reponse"], &chosen["confiee"]), (&json!("application"), &json!("resume")));
    scene.app.clock.advance(Duration::hours(9));
    scene.app.clock.advance(Duration::hours(15));
    assert_eq!((scene.summaries(), scene.app.mails(&scene.sacha.email).len()), (0, 1));
    let mixed = json!({ "mention": "courriel", "reponse": "resume", "confiee": "resume" });
    scene.session(&scene.sacha).put("/compte/avis").json(&mixed).send().await.ok(200);
    let stop = json!({ "jeton": secret });
    let stopped = scene.app.anonymous().post("/avis/desabonnement").json(&stop).send().await.ok(200);
    assert_eq!(stopped, json!({ "genre": "resume" }));
    let left = scene.session(&scene.sacha).get("/compte/avis").send().await.ok(200);
    let left = ["mention", "reponse", "confiee", "import"].map(|kind| left[kind].clone());
    assert_eq!(left, ["courriel", "application", "application", "application"].map(|means| json!(means)));
}

#[actix_web::test]
async fn a_comment_without_words_or_on_nothing_is_refused() {
    let scene = scene().await;
    let caller = scene.session(&scene.camille);
    for (body, field) in [
        (json!({ "texte": " \n" }), "/texte"),
        (json!({ "texte": "é".repeat(2_001) }), "/texte"),
        (json!({ "texte": "x", "mentions": ["0198c0de-0000-7000-8000-00000000abcd"] }), "/mentions/0"),
    ] {
        caller.post(&scene.path()).json(&body).send().await.refuses(422, "champs-invalides", field);
    }
    caller
        .post("/demandes/inconnue/commentaires")
        .json(&json!({ "texte": "x" }))
        .send()
        .await
        .problem(404, "introuvable");
    assert_eq!(scene.app.rows("commentaire"), 0);
}

#[actix_web::test]
async fn ux_24_who_else_has_the_demande_open_is_told_until_they_leave() {
    let scene = scene().await;
    let path = format!("/demandes/{}/presence", scene.demande);
    let tell = async |who: &Person| scene.session(who).post(&path).send().await.ok(200)["autres"].clone();
    assert_eq!(tell(&scene.camille).await, json!([]));
    assert_eq!(tell(&scene.sacha).await, json!(["Camille Testeur"]));
    assert_eq!(tell(&scene.sacha).await, json!(["Camille Testeur"]), "said again");
    scene.session(&scene.foreign).post(&path).send().await.problem(404, "introuvable");
    scene.app.clock.advance(Duration::seconds(51));
    assert_eq!(tell(&scene.sacha).await, json!([]), "Camille has left");
    assert_eq!(scene.app.rows("presence"), 1);
}

#[actix_web::test]
async fn ux_24_the_feed_tells_which_demandes_others_have_open() {
    let scene = scene().await;
    let first = async |answer: Answer| {
        let text = answer.text();
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
        serde_json::from_str::<serde_json::Value>(data).unwrap()["presences"].clone()
    };
    let open = scene.session(&scene.camille).post(&format!("/demandes/{}/presence", scene.demande));
    open.send().await.ok(200);
    let hears = async |who: &Person| first(scene.session(who).get("/demandes/flux").send().await).await;
    assert_eq!(hears(&scene.sacha).await, json!([{ "id": scene.demande, "noms": ["Camille Testeur"] }]));
    assert_eq!(hears(&scene.camille).await, json!([]), "oneself is not another");
    assert_eq!(hears(&scene.foreign).await, json!([]), "out of reach");
    let program = scene.app.token(Role::Anct, &SCOPES).get("/demandes/flux").send().await;
    assert_eq!(first(program).await, json!(null), "names are for people");
    scene.app.clock.advance(Duration::seconds(51));
    assert_eq!(hears(&scene.sacha).await, json!([]), "Camille has left");
}
