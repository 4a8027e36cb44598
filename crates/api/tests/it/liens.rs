//! Links of the candidature form, and the candidature that its structure follows.

use chrono::Duration;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, SCOPES, TestApp, candidature, line};

fn link(label: &str, from: &str, to: &str) -> Value {
    json!({ "libelle": label, "ouvre_le": from, "ferme_le": to, "structure": { "nom": "EPCI", "type_structure": "epci" } })
}

async fn file(app: &TestApp, key: &str, code: &str) -> Answer {
    let mut body = candidature("02");
    body["lien"] = json!(code);
    app.anonymous().post("/candidatures").header("idempotency-key", key).json(&body).send().await
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_link_takes_candidatures_for_its_envelope_between_its_days_only() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let links = format!("/enveloppes/{envelope}/liens");
    let made = caller.post(&links).json(&link(" Agglomération ", "2026-03-03", "2026-03-04")).send().await;
    assert_eq!(made.header("etag"), Some("\"1\""));
    let made = made.ok(201);
    assert_eq!((&made["reglages"]["libelle"], &made["etat"]), (&json!("Agglomération"), &json!("a_venir")));
    let code = text(&made, "code");
    assert!(text(&made, "adresse").ends_with(&format!("/c/{code}")), "{made}");

    let early = file(&app, "trop-tot-1", &code).await.problem(409, "conflit-etat");
    assert!(text(&early, "detail").contains("03/03/2026"), "{early}");
    app.clock.advance(Duration::days(1));
    let shown = app.anonymous().get(&format!("/candidatures/liens/{code}")).send().await.ok(200);
    assert_eq!((&shown["etat"], &shown["structure"]["nom"]), (&json!("ouvert"), &json!("EPCI")));
    assert_eq!(shown["enveloppe"]["id"], envelope);
    // The structure is of another département: the link decides.
    let filed = file(&app, "a-temps-01", &code).await.ok(201);
    assert_eq!(filed["enveloppe"], "Enveloppe 01 2026");
    let listed = caller.get(&links).send().await.ok(200);
    assert_eq!((&listed["items"][0]["candidatures"], &listed["items"][0]["etat"]), (&json!(1), &json!("ouvert")));
    app.clock.advance(Duration::days(2));
    file(&app, "trop-tard-1", &code).await.problem(409, "conflit-etat");
    assert_eq!(app.rows("candidature"), 1);
}

#[actix_web::test]
async fn a_link_is_set_at_the_version_read_and_closed_by_hand_or_with_its_envelope() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let made = caller.post(&format!("/enveloppes/{envelope}/liens")).json(&link("A", "", "")).send().await.ok(201);
    let (address, code) = (format!("/liens/{}", text(&made, "id")), text(&made, "code"));
    let closed = json!({ "libelle": "A", "ferme": true });
    caller.put(&address).json(&closed).send().await.problem(428, "version-manquante");
    caller.put(&address).version(2).json(&closed).send().await.problem(412, "version-perimee");
    let now = caller.put(&address).version(1).json(&closed).send().await.ok(200);
    assert_eq!((&now["etat"], &now["code"], &now["version"]), (&json!("ferme"), &json!(code), &json!(2)));
    file(&app, "ferme-0001", &code).await.problem(409, "conflit-etat");
    caller.put(&address).version(2).json(&json!({ "libelle": "A" })).send().await.ok(200);
    app.execute("UPDATE enveloppe SET etat = 'close'").unwrap();
    file(&app, "ferme-0002", &code).await.problem(409, "conflit-etat");
    let kept = app.texts("SELECT action AS v FROM journal WHERE objet = 'lien_candidature' ORDER BY numero");
    assert_eq!(kept, ["lien.cree", "lien.modifie", "lien.modifie"]);
}

#[actix_web::test]
async fn what_cannot_be_a_link_is_refused_by_field_and_changes_nothing() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let links = format!("/enveloppes/{envelope}/liens");
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    for (body, field) in [
        (link(" ", "", ""), "/libelle"),
        (link("A", "2026-02-30", ""), "/ouvre_le"),
        (link("A", "2026-03-04", "2026-03-03"), "/ferme_le"),
        (json!({ "libelle": "A", "structure": { "siret": "12345678901234" } }), "/structure/siret"),
    ] {
        caller.post(&links).json(&body).send().await.refuses(422, "champs-invalides", field);
    }
    for (code, field) in [("ABC", "/lien"), ("22222222", "/lien")] {
        file(&app, &format!("inconnu-{code}"), code).await.refuses(422, "champs-invalides", field);
    }
    let mut both = candidature("01");
    (both["lien"], both["enveloppe"]) = (json!("22222222"), json!(envelope));
    let sent = app.anonymous().post("/candidatures").header("idempotency-key", "les-deux").json(&both).send().await;
    sent.refuses(422, "champs-invalides", "/lien");
    app.anonymous().get("/candidatures/liens/22222222").send().await.problem(404, "introuvable");
    assert_eq!((app.rows("lien_candidature"), app.rows("candidature")), (0, 0));
}

#[actix_web::test]
async fn sec_40_links_of_the_envelopes_of_others_do_not_exist() {
    let app = TestApp::new().await;
    let (own, foreign) = (app.envelope("01"), app.envelope("02"));
    let made = app.anct().post(&format!("/enveloppes/{foreign}/liens")).json(&link("A", "", "")).send().await.ok(201);
    let id = text(&made, "id");
    for caller in [app.token_on(Role::Recipiendaire, &SCOPES, &[&own]), app.account(Role::Recipiendaire, &[&own])] {
        caller.get(&format!("/enveloppes/{foreign}/liens")).send().await.problem(404, "introuvable");
        let added = caller.post(&format!("/enveloppes/{foreign}/liens")).json(&link("A", "", "")).send().await;
        added.problem(404, "introuvable");
        caller.get(&format!("/liens/{id}/qr")).send().await.problem(404, "introuvable");
        let changed = caller.put(&format!("/liens/{id}")).version(1).json(&link("B", "", "")).send().await;
        changed.problem(404, "introuvable");
    }
    let reader = app.account(Role::Instructeur, &[]);
    assert_eq!(reader.get(&format!("/enveloppes/{foreign}/liens")).send().await.ok(200)["items"][0]["id"], id);
    reader.put(&format!("/liens/{id}")).version(1).json(&link("B", "", "")).send().await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn the_short_address_leads_to_the_form_and_the_qr_code_is_an_image() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let made = app.anct().post(&format!("/enveloppes/{envelope}/liens")).json(&link("A", "", "")).send().await.ok(201);
    let code = text(&made, "code");
    let short = app.anonymous().bare(actix_web::http::Method::GET, &format!("/c/{}", code.to_lowercase())).send().await;
    assert_eq!((short.status, short.header("location")), (303, Some(format!("/candidature?lien={code}").as_str())));
    let odd = app.anonymous().bare(actix_web::http::Method::GET, "/c/%0d%0aSet-Cookie:a=b").send().await;
    assert_eq!((odd.status, odd.header("set-cookie")), (404, None));
    let image = app.anct().get(&format!("/liens/{}/qr", text(&made, "id"))).send().await;
    assert_eq!(image.header("content-type"), Some("image/svg+xml"));
    assert!(image.text().contains("<svg"), "{}", image.text());
}

#[actix_web::test]
async fn the_structure_follows_its_candidature_by_the_mailed_link_alone() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let body = candidature("01");
    let filed = app.anonymous().post("/candidatures").header("idempotency-key", "premiere").json(&body).send().await;
    let filed = filed.ok(201);
    let path = app.links(body["structure"]["email_contact"].as_str().unwrap()).remove(0);
    let (page, secret) = path.split_once('#').unwrap();
    assert_eq!(page, "/suivi");
    assert!(!filed.to_string().contains(secret), "the answer does not give what is mailed");
    assert!(!app.texts("SELECT suivi AS v FROM candidature").contains(&secret.to_owned()), "stored hashed");
    let follow =
        async |secret: &str| app.anonymous().post("/candidatures/suivi").json(&json!({ "jeton": secret })).send().await;
    let seen = follow(secret).await.ok(200);
    assert_eq!((&seen["reference"], &seen["deposee_le"]), (&filed["reference"], &json!("2026-03-02")));
    assert_eq!(
        (&seen["demandes"][0]["etape"], &seen["recipiendaire"]),
        (&json!("recue"), &json!("Conseil départemental 01"))
    );
    // Followed again, it tells what has changed; those of other candidatures are not told.
    app.insert(vec![line("01", 5, &envelope)]);
    let decided =
        "UPDATE demande SET decision_financement = 'accorde', etape = 'financement_accorde' WHERE reference <> ''";
    app.execute(decided).unwrap();
    let seen = follow(secret).await.ok(200);
    assert_eq!(seen["demandes"].as_array().unwrap().len(), body["professionnels"].as_array().unwrap().len());
    assert_eq!(seen["demandes"][0]["etape"], "financement_accorde");
    for wrong in ["", "0", &"0".repeat(64), &secret[1..]] {
        follow(wrong).await.problem(404, "introuvable");
    }
}
