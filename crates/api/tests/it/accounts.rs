//! The administration of accounts: finding, making, changing and closing them, and what ends at once with a right.

use api::otp::Kind;
use domain::permission::Role;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, Person, TestApp, query};

impl Caller<'_> {
    async fn account_of(&self, id: &str) -> Value {
        self.get(&format!("/comptes/{id}")).send().await.ok(200)
    }

    async fn change_account(&self, id: &str, change: &Value) -> Answer {
        let version = self.account_of(id).await["version"].as_i64().unwrap();
        self.patch(&format!("/comptes/{id}")).version(version).json(change).send().await
    }

    async fn found(&self, parameters: &[(&str, &str)]) -> Vec<String> {
        let page = self.get(&query("/comptes", parameters)).send().await.ok(200);
        page["items"].as_array().unwrap().iter().map(|one| one["email"].as_str().unwrap().to_owned()).collect()
    }
}

impl TestApp {
    /// What the journal says of an account since the start: actions, each with its author.
    fn entries_of(&self, account: &str) -> Vec<(String, String)> {
        let sql =
            format!("SELECT action || ' ' || acteur_id AS v FROM journal WHERE objet_id = '{account}' ORDER BY numero");
        let split = |text: String| text.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        self.texts(&sql).into_iter().map(split).collect()
    }
}

async fn created(caller: &Caller<'_>, nom: &str, email: &str, roles: &[&str]) -> Value {
    let body = json!({ "nom": nom, "email": email, "roles": roles });
    caller.post("/comptes").json(&body).send().await.ok(201)
}

#[actix_web::test]
async fn accounts_are_found_by_any_word_whatever_its_accents_and_by_state_page_by_page() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    for (name, email) in
        [("Élodie Martin", "e.martin@a.example"), ("Paul Émile", "p@b.example"), ("Zoé Martin", "z@b.example")]
    {
        created(&anct, name, email, &["demandeur"]).await;
    }
    assert_eq!(anct.found(&[("q", "ELODIE")]).await, ["e.martin@a.example"]);
    assert_eq!(anct.found(&[("q", "martin b.example")]).await, ["z@b.example"]);
    assert_eq!(anct.found(&[("q", "%")]).await, [""; 0], "a wildcard stands for itself");
    assert_eq!(anct.found(&[("etat", "actif"), ("q", "example")]).await, [""; 0]);
    let first = anct.get("/comptes?limit=2&q=example").send().await;
    let page = first.ok(200);
    assert!(first.header("link").unwrap().contains("rel=\"next\""));
    let cursor = page["next"].as_str().unwrap();
    assert_eq!(anct.found(&[("limit", "2"), ("q", "example"), ("cursor", cursor)]).await, ["z@b.example"]);
    assert_eq!(page["items"][0]["email"], "e.martin@a.example");
    anct.get(&query("/comptes", &[("q", "x"), ("cursor", cursor)])).send().await.problem(400, "curseur-invalide");
    anct.get("/comptes?etat=mort").send().await.refuses(400, "parametre-invalide", "etat");
}

#[actix_web::test]
async fn an_account_is_made_once_with_its_roles_and_organisations() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let anct = app.account(Role::Anct, &[]);
    let body = json!({
        "nom": "Ana Martin", "email": "Ana.Martin@departement.example", "roles": ["recipiendaire", "demandeur"],
        "rattachements": [{ "id": envelope, "role": "recipiendaire" }],
    });
    let post = |body: &Value| anct.post("/comptes").header("idempotency-key", "une-seule-fois").json(body);
    let answer = post(&body).send().await;
    let made = answer.ok(201);
    let id = made["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/comptes/{id}").as_str()));
    assert_eq!(answer.header("etag"), Some("\"1\""));
    assert_eq!(made["etat"], "a_confirmer");
    assert_eq!(made["email"], "ana.martin@departement.example");
    assert_eq!(made["roles"], json!(["demandeur", "recipiendaire"]));
    assert_eq!(made["rattachements"][0]["genre"], "enveloppe");
    assert_eq!(post(&body).send().await.ok(201), made, "the same key makes it once");
    assert_eq!(app.rows("compte"), 2, "with that of who made it");
    let again = json!({ "nom": "Ana", "email": "ana.martin@departement.example", "roles": [] });
    assert_eq!(anct.post("/comptes").json(&again).send().await.status, 409);
    assert_eq!(anct.account_of(id).await, made);
    anct.get("/comptes/inconnu").send().await.problem(404, "introuvable");
}

#[actix_web::test]
async fn what_does_not_fit_together_is_refused_by_field() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let anct = app.account(Role::Anct, &[]);
    let with = |roles: Value, held: Value| {
        anct.post("/comptes")
            .json(&json!({ "nom": "Ana Martin", "email": "a@b.example", "roles": roles, "rattachements": held }))
    };
    let refused = [
        (json!(["usager"]), json!([]), "/roles"),
        (json!(["demandeur"]), json!([{ "id": envelope, "role": "recipiendaire" }]), "/rattachements/0/role"),
        (json!(["anct"]), json!([{ "id": envelope, "role": "anct" }]), "/rattachements/0/id"),
        (json!(["recipiendaire"]), json!([{ "id": "inconnue", "role": "recipiendaire" }]), "/rattachements/0/id"),
    ];
    for (roles, held, field) in refused {
        with(roles, held).send().await.refuses(422, "champs-invalides", field);
    }
    let nobody = anct.post("/comptes").json(&json!({ "nom": " ", "email": "x", "roles": [] })).send().await;
    nobody.refuses(422, "champs-invalides", "/nom");
    nobody.refuses(422, "champs-invalides", "/email");
    assert_eq!(app.rows("compte"), 1);
}

#[actix_web::test]
async fn sec_22_a_changed_right_ends_the_sessions_at_the_next_request() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let anct = app.account(Role::Anct, &[]);
    let person = app.person(&[Role::Aidant], &[]);
    let session = app.session_of(&person, Role::Aidant);
    session.get("/session").send().await.ok(200);
    anct.change_account(&person.id, &json!({ "nom": "Ana Martin" })).await.ok(200);
    session.get("/session").send().await.ok(200);
    let change = json!({
        "roles": ["aidant", "recipiendaire"],
        "rattachements": [{ "id": envelope, "role": "recipiendaire" }],
    });
    let changed = anct.change_account(&person.id, &change).await.ok(200);
    assert_eq!(changed["roles"], json!(["recipiendaire", "aidant"]));
    session.get("/session").send().await.problem(401, "non-authentifie");
    let session = app.session_of(&person, Role::Recipiendaire);
    session.get("/demandes").send().await.ok(200);
    let changed = anct.change_account(&person.id, &json!({ "roles": ["aidant"] })).await.ok(200);
    assert_eq!(changed["rattachements"], json!([]), "the organisations of a role go with it");
    session.get("/demandes").send().await.problem(401, "non-authentifie");
    let actions: Vec<String> = app.entries_of(&person.id).into_iter().map(|(action, _)| action).collect();
    assert_eq!(actions, ["compte.modifie"; 3]);
}

#[actix_web::test]
async fn a_change_is_conditional_on_the_version_read() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.person(&[Role::Aidant], &[]);
    let path = format!("/comptes/{}", person.id);
    let body = json!({ "nom": "Ana" });
    anct.patch(&path).json(&body).send().await.problem(428, "version-manquante");
    anct.patch(&path).version(1).json(&body).send().await.ok(200);
    anct.patch(&path).version(1).json(&body).send().await.problem(412, "version-perimee");
    anct.patch("/comptes/inconnu").version(1).json(&body).send().await.problem(404, "introuvable");
}

#[actix_web::test]
async fn rt_04_a_deactivation_stops_every_link_for_good() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let session = app.session_of(&person, Role::Aidant);
    let asked = app.ask(&person.email, &app.code(Kind::App, 0)).await;
    let invited = json!({ "nom": "Ana", "email": person.email, "role": "referent" });
    anct.post("/invitations").json(&invited).send().await.ok(201);
    let links = app.links(&person.email);
    let (invitations, links): (Vec<_>, Vec<_>) = links.into_iter().partition(|link| link.starts_with("/invitation#"));
    let (link, invitation) = (&links[0], &invitations[0]);
    assert_eq!(anct.change_account(&person.id, &json!({ "etat": "desactive" })).await.ok(200)["etat"], "desactive");
    session.get("/session").send().await.problem(401, "non-authentifie");
    app.redeem(&asked, link).await.problem(401, "non-authentifie");
    app.open_invitation(invitation).await.problem(401, "non-authentifie");
    assert_eq!(anct.post("/invitations").json(&invited).send().await.status, 409);
    assert_eq!(anct.change_account(&person.id, &json!({ "etat": "actif" })).await.ok(200)["etat"], "actif");
    session.get("/session").send().await.problem(401, "non-authentifie");
    app.redeem(&asked, link).await.problem(401, "non-authentifie");
    app.open_invitation(invitation).await.problem(401, "non-authentifie");
    app.clock.advance(chrono::Duration::seconds(60));
    app.sign_in(&person.email, &app.code(Kind::App, 0)).await.ok(200);
}

#[actix_web::test]
async fn nobody_changes_its_own_rights_and_the_last_administrator_stays() {
    let app = TestApp::new().await;
    let person = app.person(&[Role::Anct], &[]);
    let anct = app.session_of(&person, Role::Anct);
    for change in [json!({ "roles": [] }), json!({ "etat": "desactive" }), json!({ "rattachements": [] })] {
        anct.change_account(&person.id, &change).await.problem(403, "non-autorise");
    }
    // Two who take each other's place away at once: one of them stays.
    let second = app.person(&[Role::Anct], &[]);
    let other = app.session_of(&second, Role::Anct);
    let (closed, demoted) = (json!({ "etat": "desactive" }), json!({ "roles": ["aidant"] }));
    let (one, two) = join(anct.change_account(&second.id, &closed), other.change_account(&person.id, &demoted)).await;
    let done = [one.status, two.status].into_iter().filter(|status| *status == 200).count();
    assert_eq!(done, 1, "{} {}", one.text(), two.text());
    let left = "SELECT c.id AS v FROM compte c JOIN compte_role r ON r.compte_id = c.id WHERE r.role = 'anct' AND c.etat = 'actif'";
    assert_eq!(app.texts(left).len(), 1);
}

#[actix_web::test]
async fn only_the_national_administration_reaches_accounts() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let person = app.person(&[Role::Aidant], &[]);
    for role in Role::COMPTES.into_iter().filter(|role| *role != Role::Anct) {
        let caller = app.account(role, &[&envelope]);
        caller.get("/comptes").send().await.problem(403, "non-autorise");
        caller.get(&format!("/comptes/{}", person.id)).send().await.problem(403, "non-autorise");
        caller.delete(&format!("/comptes/{}/sessions", person.id)).send().await.problem(403, "non-autorise");
    }
    let body = json!({ "nom": "A", "email": "a@b.example", "roles": [] });
    app.anct().get("/comptes").send().await.problem(403, "non-autorise");
    app.anct().post("/comptes").json(&body).send().await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn sec_23_an_administrator_closes_one_session_of_somebody_or_all() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.person(&[Role::Aidant], &[]);
    let sessions = [0; 3].map(|_| app.session_of(&person, Role::Aidant));
    let shown = anct.account_of(&person.id).await;
    let listed = shown["sessions"].as_array().unwrap();
    assert_eq!(listed.len(), 3);
    assert!(!shown.to_string().contains("empreinte"));
    let path = format!("/comptes/{}/sessions", person.id);
    let one = format!("{path}/{}", listed[0]["id"].as_str().unwrap());
    assert_eq!(anct.delete(&one).send().await.status, 204);
    anct.delete(&one).send().await.problem(404, "introuvable");
    let mut open = 0;
    for session in &sessions {
        open += usize::from(session.get("/session").send().await.status == 200);
    }
    assert_eq!(open, 2);
    assert_eq!(anct.delete(&path).send().await.status, 204);
    for session in &sessions {
        session.get("/session").send().await.problem(401, "non-authentifie");
    }
}

/// The id of the only means of somebody.
async fn means_of(caller: &Caller<'_>, person: &Person) -> String {
    caller.account_of(&person.id).await["moyens"][0]["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn sec_14_a_revoked_means_gives_nothing_more_from_the_next_request_on() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let session = app.session_of(&person, Role::Aidant);
    let asked = app.ask(&person.email, &app.code(Kind::Card, 0)).await;
    let link = app.links(&person.email).pop().unwrap();
    let path = format!("/comptes/{}/moyens/{}", person.id, means_of(&anct, &person).await);
    assert_eq!(anct.delete(&path).send().await.status, 204);
    anct.delete(&path).send().await.problem(404, "introuvable");
    session.get("/session").send().await.problem(401, "non-authentifie");
    app.redeem(&asked, &link).await.problem(401, "non-authentifie");
    app.clock.advance(chrono::Duration::seconds(60));
    app.ask(&person.email, &app.code(Kind::Card, 0)).await;
    assert_eq!(app.links(&person.email).len(), 1, "no other link was sent");
    assert_eq!(app.mails(&person.email).last().unwrap()["modele"], "moyen_retire", "its owner is told");
}

#[actix_web::test]
async fn sec_10_recovery_never_drops_the_second_factor_and_names_both_people() {
    let app = TestApp::new().await;
    let admin = app.person(&[Role::Anct], &[]);
    let anct = app.session_of(&admin, Role::Anct);
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let path = format!("/comptes/{}/premier-acces", person.id);
    anct.post(&path).send().await.problem(409, "conflit-etat");
    assert_eq!(app.rows("boite_envoi"), 0, "while a means serves, none is added by mail alone");
    let means = format!("/comptes/{}/moyens/{}", person.id, means_of(&anct, &person).await);
    assert_eq!(anct.delete(&means).send().await.status, 204);
    assert_eq!(anct.post(&path).send().await.status, 204);
    let link = app.links(&person.email).pop().unwrap();
    let secret = link.strip_prefix("/premier-acces#").unwrap();
    app.anonymous().post("/session").json(&json!({ "jeton": secret })).send().await.problem(401, "non-authentifie");
    let body = json!({ "jeton": secret });
    app.anonymous().post("/premier-acces").json(&body).send().await.ok(200);
    let by_admin = |action: &str| (action.to_owned(), admin.id.clone());
    let entries = app.entries_of(&person.id);
    for action in ["compte.moyen_revoque", "compte.premier_acces_envoye"] {
        assert!(entries.contains(&by_admin(action)), "{entries:?}");
    }
    anct.delete(&format!("/comptes/{}/moyens/x", admin.id)).send().await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn sec_24_administering_accounts_asks_for_a_recent_code() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let person = app.person(&[Role::Aidant], &[]);
    app.clock.advance(chrono::Duration::minutes(60));
    let body = json!({ "nom": "Ana Martin", "email": "a@b.example", "role": "anct" });
    anct.post("/invitations").json(&body).send().await.problem(403, "code-requis");
    anct.change_account(&person.id, &json!({ "roles": ["anct"] })).await.problem(403, "code-requis");
    let text = json!({ "genre": "cgu", "contenu": "Un texte." });
    anct.post("/engagements/textes").json(&text).send().await.problem(403, "code-requis");
    anct.get("/comptes").send().await.ok(200);
    app.account(Role::Anct, &[]).post("/invitations").json(&body).send().await.ok(201);
}
