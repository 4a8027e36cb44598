//! Mails, from the outbox to a real SMTP server: each leaves once, for one recipient, under the same identifier at each
//! attempt; what cannot leave is tried again ever less often, then parked where it can be seen.

use std::time::{Duration, Instant};

use api::config::MailConfig;
use api::mail::{Relay, Sender, deliver};
use api::outbox::{self, MAIL, queue};
use serde_json::{Value, json};

use crate::support::{Protection, Smtp, TestApp, candidature, elsewhere};

const SITE: &str = "https://parcours.example";
const PATH: &str = "/connexion/lien#secret";

fn sign_in() -> Value {
    json!({"modele": "connexion_lien", "a": "ana@mairie.example", "chemin": PATH, "minutes": 5})
}

fn config(url: String) -> MailConfig {
    MailConfig {
        relay: Some(url),
        authority: None,
        sender: "Parcours <ne-pas-repondre@parcours.example>".to_owned(),
        site: SITE.to_owned(),
    }
}

fn clear(server: &Smtp) -> Relay {
    Relay::new(&config(format!("smtp://{}", server.address))).unwrap().unwrap()
}

fn push(app: &TestApp, payload: Value) {
    let clock = app.clock.clone();
    app.write(move |conn| outbox::push(conn, &clock, clock.now(), MAIL, &payload)).unwrap();
}

fn send(app: &TestApp, relay: &Relay) -> usize {
    let (db, clock) = (app.db(), &app.clock);
    elsewhere(|| deliver(db, clock, relay, true)).unwrap()
}

fn parked(app: &TestApp) -> Vec<queue::Message> {
    app.read(|conn| queue::parked(conn, MAIL))
}

#[actix_web::test]
async fn a_mail_leaves_once_for_one_recipient_in_text_and_html() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    push(&app, sign_in());
    let relay = clear(&server);
    assert_eq!((send(&app, &relay), send(&app, &relay)), (1, 0));
    let letters = server.letters();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.to, ["ana@mairie.example"]);
    let id = app.texts("SELECT id AS v FROM boite_envoi").remove(0);
    assert_eq!(letter.header("Message-ID"), format!("<{id}@parcours.example>"));
    assert_eq!(letter.header("Date"), "Mon, 02 Mar 2026 09:00:00 +0000");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert_eq!(letter.header("List-Unsubscribe"), "", "nobody does without the link to sign in");
    assert_eq!(letter.header("To"), "ana@mairie.example");
    let text = letter.unfolded();
    assert!(
        text.contains("multipart/alternative") && text.contains("text/plain") && text.contains("text/html"),
        "{text}"
    );
    assert!(text.matches(&format!("{SITE}{PATH}")).count() >= 3, "in the text, and twice in the HTML: {text}");
    // The link opens a session: it is not kept once it has left.
    assert_eq!(app.texts("SELECT charge AS v FROM boite_envoi"), ["{}"]);
}

#[actix_web::test]
async fn no_value_adds_a_header_a_recipient_or_a_letter() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    let smuggled = "Mairie\r\nBcc: espion@test.example\r\n.\r\nRCPT TO:<espion@test.example>";
    push(
        &app,
        json!({"modele": "invitation", "a": "leo@mairie.example", "chemin": PATH, "role": smuggled, "organisation": smuggled}),
    );
    push(
        &app,
        json!({"modele": "candidature_recue", "a": "leo@mairie.example", "reference": smuggled, "structure": smuggled}),
    );
    push(
        &app,
        json!({"modele": "connexion_lien", "a": "leo@mairie.example\r\nBcc: espion@test.example", "chemin": PATH, "minutes": 5}),
    );
    assert_eq!(send(&app, &clear(&server)), 2, "an address of two lines is none");
    assert_eq!(parked(&app).len(), 1);
    let letters = server.letters();
    assert_eq!(letters.len(), 2);
    for letter in letters {
        assert_eq!(letter.to, ["leo@mairie.example"]);
        let headers = letter.unfolded().split_once("\r\n\r\n").unwrap().0.to_owned();
        assert!(!headers.to_lowercase().contains("\nbcc"), "{headers}");
    }
}

#[actix_web::test]
async fn a_mail_that_one_may_do_without_says_where_to_stop_it() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    push(
        &app,
        json!({
            "modele": "avis", "a": "ana@mairie.example", "genre": "mention", "auteur": "Camille",
            "chemin": "/demandes/1", "arret": "/desabonnement#mention.1.2",
        }),
    );
    assert_eq!(send(&app, &clear(&server)), 1);
    let letters = server.letters();
    let stop = letters[0].header("List-Unsubscribe");
    assert!(stop.starts_with('<') && stop.ends_with("/desabonnement#mention.1.2>"), "{stop}");
}

#[actix_web::test]
async fn what_is_refused_for_now_is_tried_again_later_under_the_same_identifier() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    push(&app, sign_in());
    let relay = clear(&server);
    server.answer(450);
    assert_eq!(send(&app, &relay), 0);
    server.answer(250);
    assert_eq!(send(&app, &relay), 0, "not before a minute");
    app.clock.advance(chrono::Duration::seconds(61));
    assert_eq!(send(&app, &relay), 1);
    let id = app.texts("SELECT id AS v FROM boite_envoi").remove(0);
    assert!(server.letters()[0].header("Message-ID").contains(&id));
    assert_eq!(parked(&app).len(), 0);
}

#[actix_web::test]
async fn what_can_never_leave_is_parked_and_holds_nothing_back() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    let relay = clear(&server);
    push(&app, sign_in());
    server.answer(550);
    assert_eq!(send(&app, &relay), 0);
    server.answer(250);
    for poison in
        [json!({"modele": "inconnu", "a": "ana@mairie.example"}), json!({"modele": "connexion_lien"}), json!(3)]
    {
        push(&app, poison);
    }
    let mut malformed = sign_in();
    malformed["a"] = json!("pas une adresse");
    push(&app, malformed);
    push(&app, json!({"modele": "invitation", "a": "leo@mairie.example", "chemin": PATH, "role": "référent"}));
    assert_eq!(send(&app, &relay), 1, "the good one leaves");
    assert_eq!(server.letters().last().unwrap().to, ["leo@mairie.example"]);
    app.clock.advance(chrono::Duration::days(30));
    assert_eq!(send(&app, &relay), 0, "a parked mail is not tried again by itself");
    let waiting = parked(&app);
    assert_eq!(waiting.len(), 5);
    let first = waiting[0].id.clone();
    let released = app.write(move |conn| queue::release(conn, &first)).unwrap();
    assert!(released);
    assert_eq!(send(&app, &relay), 1, "once somebody has seen to it");
    assert_eq!(parked(&app).len(), 4);
}

#[actix_web::test]
async fn a_relay_that_stays_away_is_tried_ever_less_often_then_no_more() {
    let app = TestApp::new().await;
    push(&app, sign_in());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let relay = Relay::new(&config(format!("smtp://{closed}"))).unwrap().unwrap();
    let attempts = || app.texts("SELECT CAST(tentatives AS TEXT) AS v FROM boite_envoi").remove(0);
    let mut made = Vec::new();
    for _ in 0..60 * 26 {
        send(&app, &relay);
        made.push(attempts());
        app.clock.advance(chrono::Duration::minutes(1));
    }
    let firsts: Vec<usize> = (1..=7).map(|n| made.iter().position(|seen| *seen == n.to_string()).unwrap()).collect();
    assert_eq!(firsts, [0, 1, 5, 30, 120, 480, 1_440], "minutes after the mail was written");
    assert_eq!((attempts().as_str(), parked(&app).len()), ("7", 1));
}

#[actix_web::test]
async fn two_servers_send_a_mail_once() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    for _ in 0..20 {
        push(&app, sign_in());
    }
    let relays = [clear(&server), clear(&server), clear(&server)];
    let (db, clock) = (app.db(), &app.clock);
    std::thread::scope(|scope| {
        for relay in &relays {
            scope.spawn(move || deliver(db, clock, relay, false).unwrap());
        }
    });
    assert_eq!(server.letters().len(), 20);
}

#[actix_web::test]
async fn under_tls_the_relay_must_be_the_one_that_its_certificate_names() {
    let app = TestApp::new().await;
    for (protection, scheme, options) in
        [(Protection::Wrapped, "smtps", ""), (Protection::Upgraded, "smtp", "?tls=required")]
    {
        let server = Smtp::start(protection);
        let url = format!("{scheme}://parcours:secret@localhost:{}{options}", server.address.port());
        push(&app, sign_in());
        let stranger = Relay::new(&config(url.clone())).unwrap().unwrap();
        assert_eq!(send(&app, &stranger), 0, "an unknown authority");
        app.clock.advance(chrono::Duration::minutes(2));
        let trusting = MailConfig { authority: Some(server.authority()), ..config(url) };
        assert_eq!(send(&app, &Relay::new(&trusting).unwrap().unwrap()), 1);
        let letters = server.letters();
        assert_eq!((letters.len(), letters[0].account.as_str(), letters[0].secret), (1, "parcours", true));
    }
    // A relay that only speaks in clear is given nothing, neither the password nor the mail.
    let server = Smtp::start(Protection::Clear);
    push(&app, sign_in());
    let url = format!("smtp://parcours:secret@localhost:{}?tls=required", server.address.port());
    assert_eq!(send(&app, &Relay::new(&config(url)).unwrap().unwrap()), 0);
    assert_eq!(server.letters().len(), 0);
}

#[actix_web::test]
async fn a_candidature_is_confirmed_to_the_structure() {
    let (app, server) = (TestApp::new().await, Smtp::start(Protection::Clear));
    let filed =
        app.anonymous().post("/candidatures").header("idempotency-key", "avec-courriel").json(&candidature("01"));
    let reference = filed.send().await.ok(201)["reference"].as_str().unwrap().to_owned();
    let sender = Sender::start(app.db().clone(), app.clock.clone(), clear(&server), true).unwrap();
    let begun = Instant::now();
    while server.letters().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is sent");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
    elsewhere(move || drop(sender));
    let letter = server.letters().remove(0);
    assert_eq!(letter.to, ["contact@mairie.example"]);
    assert!(letter.unfolded().contains(&reference), "{}", letter.data);
}
