//! One's own account: the means of codes that one adds, attaches, finds again and removes, and what follows each change.

use api::otp::{Generator, Kind, NewMeans, add};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, Person, SEED, TestApp};

const SERIAL: &str = "GADT000123";

impl TestApp {
    /// A card in stock, of this serial number and of the test's seed.
    fn stock(&self, serial: &str) -> String {
        let keeper = self.person(&[Role::Anct], &[]);
        let (keys, clock, account) = (self.app.config.keys.clone(), self.clock.clone(), keeper.id);
        let new = move |conn: &mut api::db::DbConn| {
            add(conn, &keys, &clock, &NewMeans { account: &account, kind: Kind::Card, seed: SEED, active: false })
        };
        let id = self.write(new).unwrap();
        self.execute(&format!("UPDATE moyen_otp SET compte_id = NULL, serie = '{serial}' WHERE id = '{id}'")).unwrap();
        id
    }

    /// Two codes in a row of a card whose clock is `drift` minutes ahead.
    fn pair(&self, drift: i64) -> [String; 2] {
        [self.code(Kind::Card, drift), self.code(Kind::Card, drift + 1)]
    }
}

async fn means(caller: &Caller<'_>) -> Vec<Value> {
    caller.get("/compte/moyens").send().await.ok(200)["items"].as_array().unwrap().clone()
}

/// The means of this kind.
async fn one(caller: &Caller<'_>, kind: &str) -> Value {
    means(caller).await.into_iter().find(|item| item["genre"] == kind).unwrap()
}

async fn attach(caller: &Caller<'_>, serial: &str, [code, next]: &[String; 2]) -> Answer {
    let body = json!({ "serie": serial, "code": code, "code_suivant": next });
    caller.post("/compte/cartes").json(&body).send().await
}

async fn relocate(caller: &Caller<'_>, id: &str, [code, next]: &[String; 2]) -> Answer {
    let body = json!({ "code": code, "code_suivant": next });
    caller.post(&format!("/compte/moyens/{id}/recaler")).json(&body).send().await
}

async fn prepare(caller: &Caller<'_>, name: &str) -> Answer {
    caller.post("/compte/application").json(&json!({ "nom": name })).send().await
}

async fn confirm(caller: &Caller<'_>, code: &str) -> Answer {
    caller.post("/compte/application/confirmer").json(&json!({ "code": code })).send().await
}

/// The code that an application set so shows.
fn shown(app: &TestApp, prepared: &Value) -> String {
    let text = prepared["secret"].as_str().unwrap();
    let bits: String =
        text.chars().map(|c| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap())).collect();
    let seed: Vec<u8> = (0..bits.len() / 8).map(|n| u8::from_str_radix(&bits[n * 8..n * 8 + 8], 2).unwrap()).collect();
    let generator = Generator::new(Kind::App, &seed).unwrap();
    generator.code(generator.step(app.clock.now())).unwrap()
}

fn mails(app: &TestApp, person: &Person) -> Vec<Value> {
    let all = app.texts("SELECT charge AS v FROM boite_envoi ORDER BY cree_le, id");
    let all = all.iter().map(|text| serde_json::from_str::<Value>(text).unwrap());
    all.filter(|mail| mail["a"] == person.email && mail["modele"] == "moyen_change").collect()
}

#[actix_web::test]
async fn an_application_is_added_by_a_code_it_shows_and_then_opens_sessions() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let caller = app.session_of(&person, Role::Aidant);
    prepare(&caller, "").await.refuses(422, "champs-invalides", "/nom");
    prepare(&caller, &"a".repeat(51)).await.refuses(422, "champs-invalides", "/nom");
    let prepared = prepare(&caller, " Mon  téléphone ").await.ok(200);
    assert!(prepared["qr"].as_str().unwrap().starts_with("<svg"));
    assert_eq!(means(&caller).await.len(), 1, "nothing is confirmed yet");
    confirm(&caller, "abc").await.refuses(422, "champs-invalides", "/code");
    let code = shown(&app, &prepared);
    assert_eq!(confirm(&caller, &code).await.status, 204);
    confirm(&caller, &code).await.refuses(422, "champs-invalides", "/code");
    let (added, card) = (one(&caller, "application").await, one(&caller, "carte").await);
    assert_eq!(added["nom"], "Mon téléphone");
    assert!(added["utilise_le"].is_string() && card["utilise_le"].is_null(), "{added} {card}");
    app.clock.advance(chrono::Duration::seconds(30));
    app.sign_in(&person.email, &shown(&app, &prepared)).await.ok(200);
}

#[actix_web::test]
async fn sec_24_what_changes_who_signs_in_asks_for_a_recent_code() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    app.equip(&person, Kind::App);
    let caller = app.session_of(&person, Role::Aidant);
    let id = one(&caller, "carte").await["id"].as_str().unwrap().to_owned();
    app.clock.advance(chrono::Duration::minutes(15));
    prepare(&caller, "a").await.problem(403, "code-requis");
    confirm(&caller, "123456").await.problem(403, "code-requis");
    attach(&caller, SERIAL, &app.pair(0)).await.problem(403, "code-requis");
    caller.delete(&format!("/compte/moyens/{id}")).send().await.problem(403, "code-requis");
    // What does not change it needs none.
    assert_eq!(caller.patch(&format!("/compte/moyens/{id}")).json(&json!({ "nom": "b" })).send().await.status, 204);
    assert_eq!(relocate(&caller, &id, &app.pair(5)).await.status, 204);
}

#[actix_web::test]
async fn sec_22_a_change_of_means_ends_the_other_sessions_and_tells_the_owner() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let second = app.equip(&person, Kind::App);
    let (caller, other) = (app.session_of(&person, Role::Aidant), app.session_of(&person, Role::Aidant));
    let stranger = app.account(Role::Aidant, &[]);
    stranger.delete(&format!("/compte/moyens/{second}")).send().await.problem(404, "introuvable");
    assert_eq!(caller.delete(&format!("/compte/moyens/{second}")).send().await.status, 204);
    other.get("/session").send().await.problem(401, "non-authentifie");
    caller.get("/session").send().await.ok(200);
    stranger.get("/session").send().await.ok(200);
    let mails = mails(&app, &person);
    assert_eq!(mails.len(), 1);
    assert_eq!((&mails[0]["changement"], &mails[0]["moyen"]), (&"retire".into(), &"application".into()));
    let mail = api::text::mails::render(&mails[0], "https://aidants.example").unwrap();
    assert!(mail.text.contains("retiré de votre compte : application"), "{}", mail.text);
    assert!(mail.text.contains("https://aidants.example/mon-compte"), "{}", mail.text);
    assert!(mail.text.contains("clés d’API"), "RT-13: they stop too: {}", mail.text);
    let actions = app.texts("SELECT action AS v FROM journal WHERE action LIKE 'compte.%'");
    assert_eq!(actions, ["compte.moyen_retire"]);
}

#[actix_web::test]
async fn sec_10_the_last_means_is_never_removed_even_by_two_at_once() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let caller = app.session_of(&person, Role::Aidant);
    let only = means(&caller).await[0]["id"].as_str().unwrap().to_owned();
    caller.delete(&format!("/compte/moyens/{only}")).send().await.problem(409, "conflit-etat");
    let second = app.equip(&person, Kind::App);
    let both = futures_util::future::join(
        caller.delete(&format!("/compte/moyens/{only}")).send(),
        caller.delete(&format!("/compte/moyens/{second}")).send(),
    );
    let (one, two) = both.await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    assert_eq!(means(&caller).await.len(), 1);
}

#[actix_web::test]
async fn a_card_in_stock_is_attached_by_two_codes_in_a_row_and_by_one_person() {
    let app = TestApp::new().await;
    let id = app.stock(SERIAL);
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let caller = app.session_of(&person, Role::Aidant);
    let other = app.account(Role::Aidant, &[]);
    let [first, next] = app.pair(7);
    // An unknown card and a wrong code are answered alike.
    let wrong = [app.wrong_code(Kind::Card), next.clone()];
    let answers = [
        attach(&caller, "INCONNUE", &app.pair(7)).await.refuses(422, "champs-invalides", "/code"),
        attach(&caller, SERIAL, &wrong).await.refuses(422, "champs-invalides", "/code"),
        attach(&caller, SERIAL, &[first.clone(), first.clone()]).await.refuses(422, "champs-invalides", "/code"),
    ];
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let spaced = format!("{} {}", &first[..3], &first[3..]);
    assert_eq!(attach(&caller, &format!(" {SERIAL} "), &[spaced, next]).await.status, 204);
    attach(&other, SERIAL, &app.pair(8)).await.refuses(422, "champs-invalides", "/code");
    assert_eq!(one(&caller, "carte").await["serie"], SERIAL);
    // Its drift is known: the next code signs in.
    app.clock.advance(chrono::Duration::minutes(2));
    app.sign_in(&person.email, &app.code(Kind::Card, 7)).await.ok(200);
    assert_eq!(mails(&app, &person)[0]["moyen"], format!("carte n° {SERIAL}"));
    // A card that was removed is known, and serves nobody.
    let caller = app.session_of(&person, Role::Aidant);
    assert_eq!(caller.delete(&format!("/compte/moyens/{id}")).send().await.status, 204);
    app.clock.advance(chrono::Duration::minutes(2));
    attach(&caller, SERIAL, &app.pair(7)).await.refuses(422, "champs-invalides", "/code");
    assert_eq!(app.texts("SELECT serie AS v FROM moyen_otp WHERE etat = 'desactive'"), [SERIAL]);
}

#[actix_web::test]
async fn sec_12_a_card_lost_in_time_is_found_again_by_two_codes_of_its_own() {
    let app = TestApp::with(&[("PARCOURS_LIMITE_COMPTE", "1000")]).await;
    let person = app.equipped(&[Role::Aidant], Kind::Card);
    let phone = app.equip(&person, Kind::App);
    let caller = app.session_of(&person, Role::Aidant);
    let card = one(&caller, "carte").await["id"].as_str().unwrap().to_owned();
    relocate(&caller, &card, &app.pair(40)).await.refuses(422, "champs-invalides", "/code");
    relocate(&caller, &phone, &app.pair(20)).await.refuses(422, "champs-invalides", "/code");
    relocate(&app.account(Role::Aidant, &[]), &card, &app.pair(20)).await.refuses(422, "champs-invalides", "/code");
    app.ask(&person.email, &app.code(Kind::Card, 20)).await;
    assert!(app.links(&person.email).is_empty(), "RT-21: failures never enlarge the window");
    assert_eq!(relocate(&caller, &card, &app.pair(20)).await.status, 204);
    relocate(&caller, &card, &app.pair(20)).await.refuses(422, "champs-invalides", "/code");
    app.clock.advance(chrono::Duration::minutes(2));
    app.sign_in(&person.email, &app.code(Kind::Card, 20)).await.ok(200);
    // At sign-in too.
    app.clock.advance(chrono::Duration::minutes(60));
    let body = json!({
        "email": person.email,
        "code": app.code(Kind::Card, -9),
        "code_suivant": app.code(Kind::Card, -8),
    });
    let asked = app.anonymous().post("/connexion").json(&body).send().await;
    let link = app.links(&person.email).pop().unwrap();
    app.redeem(&asked, &link).await.ok(200);
}

#[actix_web::test]
async fn rt_03_the_codes_of_an_addition_are_counted_too() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    let caller = app.session_of(&person, Role::Aidant);
    app.stock(SERIAL);
    prepare(&caller, "a").await.ok(200);
    for _ in 0..5 {
        confirm(&caller, "1").await.refuses(422, "champs-invalides", "/code");
        attach(&caller, SERIAL, &["1".to_owned(), "2".to_owned()]).await.refuses(422, "champs-invalides", "/code");
    }
    attach(&caller, SERIAL, &app.pair(0)).await.problem(429, "trop-de-requetes");
    confirm(&caller, "1").await.problem(429, "trop-de-requetes");
}

#[actix_web::test]
async fn an_account_has_five_means_at_most() {
    let app = TestApp::new().await;
    let person = app.equipped(&[Role::Aidant], Kind::App);
    for _ in 0..4 {
        app.equip(&person, Kind::App);
    }
    let caller = app.session_of(&person, Role::Aidant);
    prepare(&caller, "a").await.problem(409, "conflit-etat");
    app.stock(SERIAL);
    attach(&caller, SERIAL, &app.pair(0)).await.problem(409, "conflit-etat");
    assert_eq!(means(&caller).await.len(), 5);
}

#[actix_web::test]
async fn one_sees_ones_account_and_ones_sign_ins() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let person = app.person(&[Role::Recipiendaire, Role::Organisme], &[&envelope]);
    app.equip(&person, Kind::App);
    app.execute("INSERT INTO organisme (id, nom) VALUES ('o', 'Former ensemble')").unwrap();
    let belongs = format!(
        "INSERT INTO compte_organisme (compte_id, organisme_id, role) VALUES ('{}', 'o', 'organisme')",
        person.id
    );
    app.execute(&belongs).unwrap();
    app.ask(&person.email, &app.wrong_code(Kind::App)).await;
    app.sign_in(&person.email, &app.code(Kind::App, 0)).await.ok(200);
    let caller = app.session_of(&person, Role::Organisme);
    let account = caller.get("/compte").send().await.ok(200);
    assert_eq!(account["email"], person.email);
    assert_eq!(account["roles"], json!(["recipiendaire", "organisme"]));
    let held: Vec<&Value> = account["organisations"].as_array().unwrap().iter().map(|one| &one["role"]).collect();
    assert_eq!(held, ["recipiendaire", "organisme"]);
    assert_eq!(account["organisations"][1]["nom"], "Former ensemble");
    let sign_ins = caller.get("/compte/connexions").send().await.ok(200);
    let outcomes: Vec<bool> =
        sign_ins["items"].as_array().unwrap().iter().map(|one| one["reussie"].as_bool().unwrap()).collect();
    assert_eq!(outcomes, [true, false]);
    assert_eq!(sign_ins["items"][1]["adresse"], "192.0.2.1");
    let others = app.account(Role::Aidant, &[]).get("/compte/connexions").send().await.ok(200);
    assert_eq!(others["items"], json!([]), "one's own only");
}

#[actix_web::test]
async fn sec_23_one_closes_the_other_sessions_and_keeps_this_one() {
    let app = TestApp::new().await;
    let person = app.person(&[Role::Aidant], &[]);
    let (one, two) = (app.session_of(&person, Role::Aidant), app.session_of(&person, Role::Aidant));
    let stranger = app.account(Role::Aidant, &[]);
    one.delete("/sessions?autres=peut-etre").send().await.problem(400, "parametre-invalide");
    let closed = one.delete("/sessions?autres=true").send().await;
    assert_eq!((closed.status, closed.header("set-cookie")), (204, None));
    one.get("/session").send().await.ok(200);
    stranger.get("/session").send().await.ok(200);
    two.get("/session").send().await.problem(401, "non-authentifie");
    assert_eq!(app.texts("SELECT action AS v FROM journal WHERE action LIKE 'session.%'"), ["session.autres_fermees"]);
}

#[actix_web::test]
async fn rt_09_the_second_person_of_a_shared_browser_never_gets_the_session_of_the_first() {
    let app = TestApp::new().await;
    let (one, two) = (app.equipped(&[Role::Aidant], Kind::App), app.equipped(&[Role::Anct], Kind::App));
    let first = app.sign_in(&one.email, &app.code(Kind::App, 0)).await;
    let cookie = first.cookie(api::access::session::COOKIE).unwrap();
    // The first one left without signing out, or lost half of the cookies; the second one signs in over it.
    let asked = app.ask(&two.email, &app.code(Kind::App, 0)).await;
    let secret = app.links(&two.email).pop().unwrap().split_once('#').unwrap().1.to_owned();
    let cookies = format!(
        "{}={cookie}; {}={}",
        api::access::session::COOKIE,
        api::access::session::LINK_COOKIE,
        asked.cookie(api::access::session::LINK_COOKIE).unwrap()
    );
    let opened =
        app.anonymous().post("/session").json(&json!({ "jeton": secret })).header("cookie", &cookies).send().await;
    assert_eq!(opened.ok(200)["email"], two.email);
    let next = opened.cookie(api::access::session::COOKIE).unwrap();
    assert_ne!(next, cookie);
    let caller = app.caller(crate::support::Who::Session(next));
    assert_eq!(caller.get("/compte").send().await.ok(200)["email"], two.email);
    app.caller(crate::support::Who::Session(cookie)).get("/session").send().await.problem(401, "non-authentifie");
    assert_eq!(opened.header("cache-control"), Some("no-store"), "nothing of the first is served from a cache");
}
