//! Requests for information: the team asks, the référent answers on the page that the mail opens, everybody concerned reads it.

use domain::demande::Colonne;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::eligibilite::{decide, granted, opened, with};
use crate::support::{Answer, TestApp, candidature, line};

const QUESTION: &str = "Qui accompagne les usagers ?";

fn ask(ids: &[String]) -> Value {
    json!({ "action": "complement", "demandes": ids, "motif": QUESTION })
}

async fn answer(app: &TestApp, secret: &str, demande: &str, text: &str) -> Answer {
    let body = json!({ "jeton": secret, "demande": demande, "texte": text });
    app.anonymous().post("/candidatures/suivi/reponse").json(&body).send().await
}

async fn follow(app: &TestApp, secret: &str) -> Answer {
    app.anonymous().post("/candidatures/suivi").json(&json!({ "jeton": secret })).send().await
}

/// The secret of the last link that the référent was sent.
fn secret(app: &TestApp) -> String {
    let path = app.links("claude.martin@mairie.example").pop().unwrap();
    path.split_once('#').unwrap().1.to_owned()
}

#[actix_web::test]
async fn bat_1_a_question_is_mailed_answered_by_its_link_and_read_by_all_who_are_concerned() {
    let (app, envelope, ids) = with(3).await;
    let caller = app.account(Role::Instructeur, &[]);
    let lot = opened(&caller).await;
    let mut body = ask(&ids[..2]);
    body["essai"] = json!(true);
    let tried = decide(&caller, &lot, &body).await.ok(200);
    assert_eq!((app.rows("echange"), tried["faites"].as_u64()), (0, Some(2)), "a trial writes nothing");
    body["essai"] = json!(false);
    let asked = decide(&caller, &lot, &body).await.ok(200);
    assert_eq!(asked["courriels"], tried["courriels"]);
    let counted = caller.get(&format!("/lots-eligibilite/{lot}")).send().await.ok(200);
    assert_eq!((&counted["a_decider"], &counted["en_complement"]), (&json!(3), &json!(2)));
    // One mail for the référent, about both, with a link that opens these two only.
    let secret = secret(&app);
    let mails = app.mails("claude.martin@mairie.example");
    assert_eq!(mails.len(), 1);
    let mail = api::text::mails::render(&mails[0], "https://parcours.example").unwrap();
    let link = format!("https://parcours.example/suivi#{secret}");
    assert!(mail.text.contains(QUESTION) && mail.text.contains(&link), "{}", mail.text);
    assert!(app.texts("SELECT suivi AS v FROM echange").iter().all(|kept| *kept != secret), "stored hashed");
    let seen = follow(&app, &secret).await.ok(200);
    let shown = seen["demandes"].as_array().unwrap();
    assert_eq!((shown.len(), &shown[0]["id"], &shown[0]["peut_repondre"]), (2, &json!(ids[0]), &json!(true)));
    let thread = &shown[0]["echanges"];
    assert_eq!((&thread[0]["texte"], &thread[0]["auteur"]), (&json!(QUESTION), &json!("Équipe Aidants Connect")));
    let told = answer(&app, &secret, &ids[0], "  Angela, à l’accueil.  ").await.ok(200);
    assert_eq!(told["demandes"][0]["echanges"][1]["texte"], "Angela, à l’accueil.");
    answer(&app, &secret, &ids[0], "Angela, à l’accueil.").await.ok(200);
    assert_eq!(app.rows("echange"), 3, "the same answer again is not kept twice");
    answer(&app, &secret, &ids[2], "Autre.").await.problem(404, "introuvable");
    answer(&app, "0", &ids[0], "Autre.").await.problem(404, "introuvable");
    // The team finds it in its work list, the récipiendaire in the thread and in the history.
    let received = caller.get(&format!("/lots-eligibilite/{lot}/demandes?complement=recu")).send().await.ok(200);
    assert_eq!((received["items"].as_array().unwrap().len(), &received["items"][0]["id"]), (1, &json!(ids[0])));
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    let thread = holder.get(&format!("/demandes/{}/echanges", ids[0])).send().await.ok(200);
    assert_eq!(
        (&thread["items"][0]["auteur"], &thread["items"][1]["genre"]),
        (&json!("Camille Testeur"), &json!("reponse"))
    );
    let history = holder.get(&format!("/demandes/{}/historique", ids[0])).send().await.ok(200);
    let said: Vec<(&str, &str)> = history["items"].as_array().unwrap()[..2]
        .iter()
        .map(|one| (one["action"].as_str().unwrap(), one["motif"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("demande.complement_recu", "Angela, à l’accueil."), ("demande.complement_demande", QUESTION)]);
    let other = app.envelope("02");
    let foreign = app.account(Role::Recipiendaire, &[&other]);
    foreign.get(&format!("/demandes/{}/echanges", ids[0])).send().await.problem(404, "introuvable");
    // The next batch still knows that the structure has answered.
    app.clock.advance(chrono::Duration::days(1));
    assert_eq!(app.tick(), Some(2));
    let list = app.instructor().get("/lots-eligibilite").send().await.ok(200);
    assert_eq!((&list["items"][0]["reponses"], &list["items"][0]["en_complement"]), (&json!(1), &json!(1)));
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn an_answer_is_bounded_and_waits_for_a_question() {
    let (app, envelope, ids) = with(1).await;
    let filed = app.anonymous().post("/candidatures").header("idempotency-key", "candidature-1");
    let filed = filed.json(&candidature("01")).send().await.ok(201);
    let path = app.links("contact@mairie.example").remove(0);
    let own = path.split_once('#').unwrap().1.to_owned();
    let unasked = filed["demandes"][0]["id"].as_str().unwrap();
    let refused = answer(&app, &own, unasked, "Bonjour.").await.problem(409, "conflit-etat");
    assert!(refused["detail"].as_str().unwrap().contains("question"), "{refused}");
    answer(&app, &own, &ids[0], "Bonjour.").await.problem(404, "introuvable");
    let caller = app.instructor();
    let lot = opened(&caller).await;
    decide(&caller, &lot, &ask(&ids)).await.ok(200);
    let secret = secret(&app);
    for bad in ["", "  \n", "a\u{7}b", &"é".repeat(2_001)] {
        answer(&app, &secret, &ids[0], bad).await.refuses(422, "champs-invalides", "/texte");
    }
    answer(&app, &secret, &ids[0], &"é".repeat(2_000)).await.ok(200);
    for n in 0..4 {
        answer(&app, &secret, &ids[0], &format!("Complément {n}.")).await.ok(200);
    }
    let full = answer(&app, &secret, &ids[0], "Encore.").await.problem(409, "conflit-etat");
    assert!(full["detail"].as_str().unwrap().contains("plusieurs fois"), "{full}");
    assert_eq!(follow(&app, &secret).await.ok(200)["demandes"][0]["peut_repondre"], false);
    // Asked again, it may be answered again; deleted, it is shown to nobody.
    decide(&caller, &lot, &ask(&ids)).await.ok(200);
    answer(&app, &secret, &ids[0], "Encore.").await.ok(200);
    app.account(Role::Anct, &[]).delete(&format!("/demandes/{}", ids[0])).version(1).send().await.ok(204);
    follow(&app, &secret).await.problem(404, "introuvable");
    answer(&app, &secret, &ids[0], "Trop tard.").await.problem(404, "introuvable");
    // Nobody would receive the question.
    let mut mute = granted(5, &envelope);
    mute.set(Colonne::ReferentEmail, "");
    let mute = app.insert(vec![mute, line("01", 6, &envelope)]);
    app.clock.advance(chrono::Duration::days(1));
    let next = opened(&caller).await;
    let mut body = ask(&mute[..1]);
    body["atomique"] = json!(false);
    let refused = decide(&caller, &next, &body).await.ok(200);
    assert_eq!(refused["resultats"][0]["probleme"]["errors"][0]["code"], "sans_referent");
}
