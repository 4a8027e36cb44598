//! Invitations: for one address, one role, one organisation, once; what a link shows, and what else it is not good for.

use api::areas::compte::service::invitations::INVITATION_DAYS;
use api::otp::Kind;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::first_access::shown;
use crate::support::{Answer, Caller, TestApp};

impl TestApp {
    /// Opens the page of a mailed link.
    pub async fn open_invitation(&self, link: &str) -> Answer {
        let secret = link.strip_prefix("/invitation#").unwrap();
        self.anonymous().post("/invitation").json(&json!({ "jeton": secret })).send().await
    }

    /// Accepts with this code.
    pub async fn accept_invitation(&self, link: &str, code: &str) -> Answer {
        let secret = link.strip_prefix("/invitation#").unwrap();
        self.anonymous().post("/invitation/accepter").json(&json!({ "jeton": secret, "code": code })).send().await
    }
}

const EMAIL: &str = "ana.martin@departement.example";

async fn invite(caller: &Caller<'_>, email: &str, role: &str, organisation: Option<&str>) -> Value {
    let mut body = json!({ "nom": "Ana Martin", "email": email, "role": role });
    if let Some(id) = organisation {
        body["organisation_id"] = json!(id);
    }
    caller.post("/invitations").json(&body).send().await.ok(201)
}

#[actix_web::test]
async fn rt_10_an_invitation_gives_one_role_in_one_organisation_to_one_address_once() {
    let app = TestApp::new().await;
    let (own, other) = (app.envelope("01"), app.envelope("02"));
    let anct = app.account(Role::Anct, &[]);
    let sent = invite(&anct, "Ana.Martin@departement.example", "recipiendaire", Some(&own)).await;
    assert_eq!(sent["email"], EMAIL);
    let listed = anct.get("/invitations").send().await.ok(200);
    assert_eq!(listed["items"], json!([sent]));
    assert_eq!(app.rows("compte"), 1, "nobody has an account before accepting");
    let link = app.links(EMAIL).pop().unwrap();
    let opened = app.open_invitation(&link).await.ok(200);
    assert_eq!((&opened["email"], &opened["role"]), (&json!(EMAIL), &json!("recipiendaire")));
    assert!(opened["organisation"].is_string() && opened["application"]["qr"].is_string());
    app.accept_invitation(&link, "000").await.refuses(422, "champs-invalides", "/code");
    assert_eq!(app.accept_invitation(&link, &shown(&app, &opened["application"], 0)).await.status, 204);
    for _ in 0..2 {
        app.accept_invitation(&link, &shown(&app, &opened["application"], 1)).await.problem(401, "non-authentifie");
        app.open_invitation(&link).await.problem(401, "non-authentifie");
    }
    assert_eq!(anct.get("/invitations").send().await.ok(200)["items"], json!([]));
    app.clock.advance(chrono::Duration::seconds(60));
    let session = app.sign_in(EMAIL, &shown(&app, &opened["application"], 0)).await;
    assert_eq!(session.ok(200)["roles"], json!(["recipiendaire"]));
    let held = app.texts("SELECT enveloppe_id AS v FROM compte_enveloppe");
    assert_eq!(held, [own]);
    assert!(!held.contains(&other));
}

#[actix_web::test]
async fn rt_10_fifty_acceptances_at_once_give_one_role() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "1000")]).await;
    let anct = app.account(Role::Anct, &[]);
    invite(&anct, EMAIL, "referent", None).await;
    let link = app.links(EMAIL).pop().unwrap();
    let opened = app.open_invitation(&link).await.ok(200);
    let code = shown(&app, &opened["application"], 0);
    let answers = futures_util::future::join_all((0..50).map(|_| app.accept_invitation(&link, &code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    assert_eq!((app.rows("compte_role"), app.rows("moyen_otp")), (2, 1));
}

#[actix_web::test]
async fn whoever_has_an_account_shows_a_code_of_it_so_that_the_mailbox_alone_gives_nothing() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let session = app.session_of(&person, Role::Aidant);
    invite(&anct, &person.email, "referent", None).await;
    let link = app.links(&person.email).pop().unwrap();
    let opened = app.open_invitation(&link).await.ok(200);
    assert!(opened.get("application").is_none(), "no second means is set by mail: {opened}");
    assert_eq!(app.rows("moyen_otp"), 1);
    app.accept_invitation(&link, &app.wrong_code(Kind::App)).await.refuses(422, "champs-invalides", "/code");
    assert_eq!(app.rows("compte_role"), 2);
    assert_eq!(app.accept_invitation(&link, &app.code(Kind::App, 0)).await.status, 204);
    session.get("/session").send().await.problem(401, "non-authentifie");
    let session = app.session_of(&person, Role::Referent);
    assert_eq!(session.get("/session").send().await.ok(200)["roles"], json!(["referent", "aidant"]));
}

#[actix_web::test]
async fn the_codes_tried_on_an_invitation_are_counted_as_those_of_a_sign_in() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "3")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    invite(&app.account(Role::Anct, &[]), &person.email, "referent", None).await;
    let link = app.links(&person.email).pop().unwrap();
    for _ in 0..3 {
        app.accept_invitation(&link, &app.wrong_code(Kind::App)).await.refuses(422, "champs-invalides", "/code");
    }
    app.accept_invitation(&link, &app.code(Kind::App, 0)).await.problem(429, "trop-de-requetes");
    app.clock.advance(chrono::Duration::minutes(15));
    assert_eq!(app.accept_invitation(&link, &app.code(Kind::App, 0)).await.status, 204);
}

#[actix_web::test]
async fn sec_09_an_invitation_is_random_expires_and_is_replaced_or_taken_back() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    // Mails of the same instant come in no order.
    let mut known = Vec::new();
    let mut new_link = || {
        let link = app.links(EMAIL).into_iter().find(|link| !known.contains(link)).unwrap();
        known.push(link.clone());
        link
    };
    invite(&anct, EMAIL, "referent", None).await;
    let replaced = new_link();
    let second = invite(&anct, EMAIL, "referent", None).await;
    let link = new_link();
    assert_ne!(replaced, link);
    assert!(link.len() >= "/invitation#".len() + 64, "256 bits");
    assert!(app.texts("SELECT empreinte AS v FROM usage_unique").iter().all(|hash| !link.contains(hash.as_str())));
    app.open_invitation(&replaced).await.problem(401, "non-authentifie");
    app.open_invitation(&link).await.ok(200);
    let path = format!("/invitations/{}", second["id"].as_str().unwrap());
    assert_eq!(anct.delete(&path).send().await.status, 204);
    anct.delete(&path).send().await.problem(404, "introuvable");
    app.open_invitation(&link).await.problem(401, "non-authentifie");
    invite(&anct, EMAIL, "referent", None).await;
    let link = new_link();
    app.clock.advance(chrono::Duration::days(INVITATION_DAYS));
    app.open_invitation(&link).await.problem(401, "non-authentifie");
    let anct = app.account(Role::Anct, &[]);
    assert_eq!(anct.get("/invitations").send().await.ok(200)["items"], json!([]));
}

#[actix_web::test]
async fn an_invitation_must_fit_its_role() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let anct = app.account(Role::Anct, &[]);
    let send = |role: &str, organisation: Value| {
        let body = json!({ "nom": "Ana", "email": EMAIL, "role": role, "organisation_id": organisation });
        anct.post("/invitations").json(&body).send()
    };
    send("usager", Value::Null).await.refuses(422, "champs-invalides", "/role");
    send("recipiendaire", Value::Null).await.refuses(422, "champs-invalides", "/organisation_id");
    send("recipiendaire", json!("inconnue")).await.refuses(422, "champs-invalides", "/organisation_id");
    send("anct", json!(envelope)).await.refuses(422, "champs-invalides", "/organisation_id");
    assert_eq!(app.rows("invitation"), 0);
    app.anct()
        .post("/invitations")
        .json(&json!({ "nom": "Ana", "email": EMAIL, "role": "aidant" }))
        .send()
        .await
        .problem(403, "non-autorise");
}

#[actix_web::test]
async fn rt_06_no_link_is_good_for_what_another_one_is() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.equipped(&[Role::Aidant], Kind::App);
    invite(&anct, EMAIL, "referent", None).await;
    let invitation = app.links(EMAIL).pop().unwrap();
    let invitation = invitation.split_once('#').unwrap().1;
    app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let sign_in = app.links(&person.email).pop().unwrap();
    let bare = app.person(&[Role::Aidant], &[]);
    assert_eq!(anct.post(&format!("/comptes/{}/premier-acces", bare.id)).send().await.status, 204);
    let first_access = app.links(&bare.email).pop().unwrap();
    let [sign_in, first_access] = [&sign_in, &first_access].map(|link| link.split_once('#').unwrap().1);
    let misuses = [
        ("/session", invitation),
        ("/session", first_access),
        ("/premier-acces", invitation),
        ("/premier-acces", sign_in),
        ("/invitation", sign_in),
        ("/invitation", first_access),
    ];
    for (path, secret) in misuses {
        app.anonymous().post(path).json(&json!({ "jeton": secret })).send().await.problem(401, "non-authentifie");
    }
    app.anonymous().post("/invitation").json(&json!({ "jeton": invitation })).send().await.ok(200);
    app.anonymous().post("/premier-acces").json(&json!({ "jeton": first_access })).send().await.ok(200);
}

#[actix_web::test]
async fn rt_19_prefetching_every_link_of_every_mail_changes_nothing() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.equipped(&[Role::Aidant], Kind::App);
    invite(&anct, EMAIL, "referent", None).await;
    app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let bare = app.person(&[Role::Aidant], &[]);
    anct.post(&format!("/comptes/{}/premier-acces", bare.id)).send().await.ok(204);
    app.anonymous()
        .post("/inscription")
        .json(&json!({ "nom": "Léo Roux", "email": "leo@mairie.example" }))
        .send()
        .await
        .ok(202);
    let links: Vec<String> =
        [EMAIL, &person.email, &bare.email, "leo@mairie.example"].iter().flat_map(|email| app.links(email)).collect();
    assert_eq!(links.len(), 4);
    let tables = ["compte", "compte_role", "moyen_otp", "session", "invitation", "journal", "frein"];
    let count = || tables.map(|table| app.rows(table));
    let unused = || app.texts("SELECT empreinte AS v FROM usage_unique WHERE consomme_le IS NULL").len();
    let before = (count(), unused());
    for link in &links {
        for method in [actix_web::http::Method::GET, actix_web::http::Method::HEAD] {
            // Some scanners send what follows `#` too.
            for address in
                [link.split_once('#').unwrap().0.to_owned(), link.replace('#', "%23"), link.replace('#', "?")]
            {
                let answer = app.anonymous().bare(method.clone(), &address).send().await;
                assert!(answer.status < 500, "{address}");
            }
        }
    }
    assert_eq!((count(), unused()), before);
}
