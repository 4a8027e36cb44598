//! Mails written to the people of demandes, groups of a list, and the history of one column.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp, line, query};

fn message(demandes: &[&String], trial: bool) -> Value {
    json!({ "demandes": demandes, "objet": "Votre demande {reference}", "texte": "Bonjour {prenom} {nom},\n\nÀ bientôt.", "essai": trial })
}

async fn send(caller: &Caller<'_>, demandes: &[&String], trial: bool) -> Value {
    caller.post("/demandes/courriels").json(&message(demandes, trial)).send().await.ok(200)
}

#[actix_web::test]
async fn a_message_is_shown_first_then_leaves_once_to_each_person() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let one = line("01", 0, &envelope);
    let mut both = one.clone();
    both.set(domain::demande::Colonne::Formation, "aidants_connect");
    let ids = app.insert(vec![one, both, line("01", 1, &envelope)]);
    let all: Vec<&String> = ids.iter().collect();
    let shown = send(&caller, &all, true).await;
    assert_eq!(
        (&shown["destinataires"], &shown["reste"], shown["refuses"].as_array().unwrap().len()),
        (&json!(2), &json!(500), 1)
    );
    assert!(shown["apercu"]["texte"].as_str().unwrap().starts_with("Bonjour Angela"), "{shown}");
    assert_eq!(app.rows("boite_envoi"), 0);
    let sent = send(&caller, &all, false).await;
    assert_eq!((&sent["essai"], &sent["reste"]), (&json!(false), &json!(498)));
    let address = sent["apercu"]["a"].as_str().unwrap();
    let mails = app.mails(address);
    assert_eq!((mails.len(), &mails[0]["modele"]), (1, &json!("message")));
    assert_eq!(app.rows("boite_envoi"), 2);
    let told = app.texts("SELECT objet_id AS v FROM journal WHERE action = 'demande.courriel' ORDER BY numero");
    assert_eq!(told, [ids[0].clone(), ids[2].clone()]);
}

#[actix_web::test]
async fn the_same_key_sends_once_and_nobody_sends_more_than_a_day_allows() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let id = app.insert(vec![line("01", 0, &envelope)]).remove(0);
    for _ in 0..2 {
        let request = caller.post("/demandes/courriels").header("idempotency-key", "un-envoi");
        request.json(&message(&[&id], false)).send().await.ok(200);
    }
    assert_eq!(app.rows("boite_envoi"), 1);
    app.execute("UPDATE envoi_messages SET nombre = 500").unwrap();
    let refused = caller.post("/demandes/courriels").json(&message(&[&id], false)).send().await;
    refused.refuses(422, "champs-invalides", "/demandes");
    app.clock.advance(chrono::Duration::hours(15));
    let tomorrow = app.account(Role::Recipiendaire, &[&envelope]);
    send(&tomorrow, &[&id], false).await;
    assert_eq!(app.rows("boite_envoi"), 2);
}

#[actix_web::test]
async fn sec_40_the_people_of_others_are_not_written_to_and_a_code_is_asked_for() {
    let app = TestApp::new().await;
    let (own, foreign) = (app.envelope("01"), app.envelope("02"));
    let caller = app.account(Role::Recipiendaire, &[&own]);
    let id = app.insert(vec![line("02", 0, &foreign)]).remove(0);
    let done = send(&caller, &[&id], false).await;
    assert_eq!((&done["destinataires"], &done["refuses"][0]["probleme"]["code"]), (&json!(0), &json!("introuvable")));
    for bad in [json!("{siret}"), json!(" "), json!("a\nb")] {
        let mut body = message(&[&id], true);
        body["objet"] = bad;
        caller.post("/demandes/courriels").json(&body).send().await.refuses(422, "champs-invalides", "/objet");
    }
    app.clock.advance(chrono::Duration::minutes(45));
    caller.post("/demandes/courriels").json(&message(&[&id], true)).send().await.ok(200);
    caller.post("/demandes/courriels").json(&message(&[&id], false)).send().await.problem(403, "code-requis");
    assert_eq!(app.rows("boite_envoi"), 0);
}

#[actix_web::test]
async fn ux_05_demandes_are_grouped_by_a_column_within_the_filter_and_the_reach() {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    app.insert(vec![line("01", 0, &ain), line("01", 1, &ain), line("02", 0, &aisne)]);
    let anct = app.token(Role::Anct, &SCOPES);
    let groups = anct.get("/demandes/groupes?par=departement").send().await.ok(200);
    assert_eq!(groups["groupes"], json!([{ "valeur": "01", "nombre": 2 }, { "valeur": "02", "nombre": 1 }]));
    let filtered = query("/demandes/groupes", &[("par", "enveloppe_id"), ("filter", "departement eq \"02\"")]);
    let groups = anct.get(&filtered).send().await.ok(200);
    assert_eq!((&groups["groupes"], &groups["autres"]), (&json!([{ "valeur": aisne, "nombre": 1 }]), &json!(0)));
    let own = app.token_on(Role::Recipiendaire, &SCOPES, &[&ain]);
    let groups = own.get("/demandes/groupes?par=departement").send().await.ok(200);
    assert_eq!(groups["groupes"], json!([{ "valeur": "01", "nombre": 2 }]));
    own.get("/demandes/groupes?par=couleur").send().await.refuses(400, "parametre-invalide", "par");
}

#[actix_web::test]
async fn ux_27_the_history_of_one_column_says_only_what_changed_it() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let id = app.insert(vec![line("01", 0, &envelope)]).remove(0);
    let path = format!("/demandes/{id}");
    for (version, body) in
        [(1, json!({ "cohorte": "Une" })), (2, json!({ "commentaire": "x" })), (3, json!({ "cohorte": "Deux" }))]
    {
        caller.patch(&path).version(version).json(&body).send().await.ok(200);
    }
    let history = |parameters: &'static str| {
        let address = format!("{path}/historique?{parameters}");
        let caller = &caller;
        async move { caller.get(&address).send().await.ok(200) }
    };
    let of = |page: &Value| {
        page["items"].as_array().unwrap().iter().map(|one| one["changements"][0]["apres"].clone()).collect::<Vec<_>>()
    };
    let page = history("colonne=cohorte").await;
    assert_eq!((of(&page), &page["next"]), (vec![json!("Deux"), json!("Une")], &Value::Null));
    let first = history("colonne=cohorte&limit=1").await;
    assert_eq!(of(&first), [json!("Deux")]);
    let next = first["next"].as_str().unwrap().to_owned();
    let rest = caller.get(&format!("{path}/historique?colonne=cohorte&limit=1&cursor={next}")).send().await.ok(200);
    assert_eq!(of(&rest), [json!("Une")]);
    caller.get(&format!("{path}/historique?colonne=x")).send().await.refuses(400, "parametre-invalide", "colonne");
}
