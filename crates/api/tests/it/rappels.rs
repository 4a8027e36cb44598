//! The reminders: who is reminded of what, once, by one server, little by little; and who has stopped them.

use api::areas::eligibilite::next_opening;
use api::courriels::rappels::{Round, remind};
use chrono::Duration;
use domain::courriel::Evenement;
use domain::demande::{Colonne, Ligne};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{TestApp, line};

const STRUCTURE: &str = "mairie@mairie.example";

struct Scene {
    app: TestApp,
    envelope: String,
    /// Who holds the envelope.
    access: String,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let access = app.person(&[Role::Recipiendaire], &[&envelope]).email;
    Scene { app, envelope, access }
}

impl Scene {
    fn round(&self, next_batch: Option<&str>) -> Round {
        let app = &self.app.app;
        Round {
            clock: app.clock.clone(),
            keys: app.config.keys.clone(),
            territories: app.territories.clone(),
            settings: app.config.reminders,
            now: app.clock.now(),
            next_batch: next_batch.map(str::to_owned),
        }
    }

    fn remind(&self, event: Evenement, next_batch: Option<&str>) -> usize {
        let round = self.round(next_batch);
        self.app.write(move |conn| Ok(remind(conn, &round, event).unwrap())).unwrap()
    }

    fn lacking(&self) -> usize {
        self.remind(Evenement::InformationsManquantes, None)
    }

    /// A demande for Aidants Connect of this day, whose référent has no telephone.
    fn incomplete(&self, n: usize, day: &str) -> Ligne {
        let mut line = line("01", n, &self.envelope);
        for (column, value) in [
            (Colonne::Formation, "aidants_connect"),
            (Colonne::DateDemande, day),
            (Colonne::StructureEmail, STRUCTURE),
            (Colonne::ReferentNom, "Martin"),
            (Colonne::ReferentPrenom, "Claude"),
            (Colonne::ReferentProfession, "Directrice"),
            (Colonne::ReferentEmail, "claude.martin@mairie.example"),
        ] {
            line.set(column, value);
        }
        line
    }

    fn next_day(&self) {
        self.app.clock.advance(Duration::days(1));
    }
}

fn read(mail: &Value) -> String {
    api::text::mails::render(mail, "https://parcours.example").unwrap().text
}

#[actix_web::test]
async fn what_is_missing_is_asked_for_once_after_ten_days() {
    let scene = scene().await;
    let complete = {
        let mut line = scene.incomplete(5, "2026-02-01");
        line.set(Colonne::ReferentTelephone, "+33639980102");
        line
    };
    let volunteer = {
        let mut line = scene.incomplete(6, "2026-02-01");
        line.set(Colonne::ReferentTelephone, "+33639980102");
        line.set(Colonne::StatutProfessionnel, "benevole");
        line
    };
    let (old, older, young) =
        (scene.incomplete(0, "2026-02-20"), scene.incomplete(1, "2026-01-05"), scene.incomplete(2, "2026-02-21"));
    let ids = scene.app.insert(vec![complete, volunteer, old, older, young]);
    assert_eq!(scene.lacking(), 2, "one mail for the structure, one for the access");
    let mails = scene.app.mails(STRUCTURE);
    assert_eq!(mails[0]["personnes"].as_array().unwrap().len(), 2);
    assert!(read(&mails[0]).contains("Numéro de téléphone mobile du référent"), "{}", read(&mails[0]));
    assert!(read(&mails[0]).contains("Conseil départemental 01"));
    assert!(read(&scene.app.mails(&scene.access)[0]).contains("Leurs structures viennent d’être prévenues"));
    assert_eq!(scene.lacking(), 0, "the round of the day is done");
    // The young one has come of age; the others were told of.
    scene.next_day();
    assert_eq!(scene.lacking(), 2);
    assert_eq!(scene.app.mails(STRUCTURE)[1]["personnes"].as_array().unwrap().len(), 1);
    for _ in 0..3 {
        scene.next_day();
        assert_eq!(scene.lacking(), 0);
    }
    assert_eq!(ids.len(), 5);
}

#[actix_web::test]
async fn what_is_decided_or_in_a_closed_envelope_is_asked_for_no_more() {
    let scene = scene().await;
    scene.app.insert(vec![scene.incomplete(0, "2026-02-01")]);
    scene.app.execute("UPDATE demande SET etape = 'financement_refuse', decision_financement = 'refuse'").unwrap();
    assert_eq!(scene.lacking(), 0);
    scene.app.execute("UPDATE demande SET etape = 'recue', decision_financement = ''").unwrap();
    scene.app.execute("UPDATE enveloppe SET etat = 'close'").unwrap();
    scene.next_day();
    assert_eq!(scene.lacking(), 0);
    scene.app.execute("UPDATE enveloppe SET etat = 'ouverte'").unwrap();
    scene.next_day();
    assert_eq!(scene.lacking(), 2);
}

#[actix_web::test]
async fn several_servers_remind_once() {
    let scene = scene().await;
    scene.app.insert(vec![scene.incomplete(0, "2026-02-01")]);
    let round = scene.round(None);
    let told = scene.app.in_parallel(20, |conn| remind(conn, &round, Evenement::InformationsManquantes).unwrap());
    assert_eq!(told.iter().sum::<usize>(), 2, "{told:?}");
    assert_eq!(scene.app.mails(STRUCTURE).len(), 1);
}

#[actix_web::test]
async fn what_a_stop_has_held_back_leaves_little_by_little() {
    let scene = scene().await;
    scene.app.insert((0..620).map(|n| scene.incomplete(n, "2026-01-02")).collect());
    scene.app.clock.advance(Duration::days(30));
    assert_eq!(scene.lacking(), 2);
    assert_eq!((scene.app.rows("rappel"), scene.lacking()), (500, 0));
    scene.app.clock.advance(Duration::seconds(300));
    assert_eq!((scene.lacking(), scene.app.rows("rappel")), (2, 620));
    scene.app.clock.advance(Duration::seconds(300));
    assert_eq!(scene.lacking(), 0);
}

#[actix_web::test]
async fn who_stops_the_reminders_receives_the_decisions_still() {
    let scene = scene().await;
    scene.app.insert(vec![scene.incomplete(0, "2026-02-01")]);
    scene.lacking();
    let stop = scene.app.mails(STRUCTURE)[0]["arret"].as_str().unwrap().to_owned();
    let secret = stop.strip_prefix("/desabonnement#").unwrap();
    assert!(!stop.contains("mairie"), "no address in the link");
    let forged = format!("{}0", &secret[..secret.len() - 1]);
    let wrong = if forged == secret { format!("{}1", &secret[..secret.len() - 1]) } else { forged };
    let post = |jeton: String| scene.app.anonymous().post("/avis/desabonnement").json(&json!({ "jeton": jeton }));
    post(wrong).send().await.problem(404, "introuvable");
    for _ in 0..2 {
        assert_eq!(post(secret.to_owned()).send().await.ok(200)["genre"], "rappel");
    }
    let ids = scene.app.insert(vec![scene.incomplete(1, "2026-02-01")]);
    scene.next_day();
    assert_eq!(scene.lacking(), 1, "the access alone");
    assert_eq!((scene.app.mails(STRUCTURE).len(), scene.app.mails(&scene.access).len()), (1, 2));
    let caller = scene.app.account(Role::Recipiendaire, &[&scene.envelope]);
    let refusal = json!({ "action": "refuser", "demandes": ids, "motif": "Sans référent." });
    caller.post("/demandes/financement").json(&refusal).send().await.ok(200);
    assert_eq!(scene.app.mails(STRUCTURE).len(), 2);
}

#[actix_web::test]
async fn bat_1_a_batch_that_comes_is_told_to_those_who_have_demandes_to_decide() {
    let scene = scene().await;
    let idle = scene.app.envelope("02");
    let other = scene.app.person(&[Role::Recipiendaire], &[&idle]).email;
    scene.app.insert(vec![scene.incomplete(0, "2026-03-01"), scene.incomplete(1, "2026-03-01")]);
    let batch = |day| scene.remind(Evenement::LotProche, day);
    assert_eq!(batch(None), 0, "nothing is planned");
    scene.next_day();
    assert_eq!(batch(Some("2026-03-07")), 0, "four days away");
    scene.next_day();
    assert_eq!(batch(Some("2026-03-07")), 1);
    let mails = scene.app.mails(&scene.access);
    assert!(read(&mails[0]).contains("07/03/2026") && read(&mails[0]).contains(": 2."), "{}", read(&mails[0]));
    assert_eq!(scene.app.mails(&other).len(), 0);
    scene.next_day();
    assert_eq!(batch(Some("2026-03-07")), 0, "once");
    scene.app.clock.advance(Duration::days(14));
    assert_eq!(batch(Some("2026-03-21")), 1, "the next one is another");
}

#[actix_web::test]
async fn bat_1_the_next_batch_is_that_of_the_schedule() {
    let scene = scene().await;
    scene.app.insert(vec![scene.incomplete(0, "2026-03-01")]);
    // Every fifteen days from 3 March.
    let now = scene.app.clock.now();
    assert_eq!(scene.app.read(|conn| Ok(next_opening(conn, now).unwrap())).as_deref(), Some("2026-03-03"));
    scene.app.execute("DELETE FROM calendrier_eligibilite").unwrap();
    assert_eq!(scene.app.read(|conn| Ok(next_opening(conn, now).unwrap())), None);
}

#[actix_web::test]
async fn env_1_a_convention_that_ends_with_money_left_is_told_of_once() {
    let scene = scene().await;
    let anct = scene.app.person(&[Role::Anct], &[]).email;
    let set = |sql: &str| scene.app.execute(&format!("UPDATE enveloppe SET {sql}")).unwrap();
    let remind = || scene.remind(Evenement::ConventionFinissante, None);
    assert_eq!(remind(), 0, "no end is known");
    for nothing_to_say in [
        "fin = '2026-03-01'",
        "fin = '2026-06-30'",
        "fin = '2026-04-01', etat = 'close'",
        "etat = 'ouverte', engage = montant",
    ] {
        set(nothing_to_say);
        scene.next_day();
        assert_eq!(remind(), 0, "{nothing_to_say}");
    }
    set("engage = 0");
    scene.next_day();
    assert_eq!(remind(), 2);
    let told = read(&scene.app.mails(&anct)[0]);
    assert!(told.contains("01/04/2026") && told.contains("20\u{202f}000\u{a0}€"), "{told}");
    scene.next_day();
    assert_eq!(remind(), 0);
    // An amendment gave it a new end.
    set("fin = '2026-04-15'");
    scene.next_day();
    assert_eq!(remind(), 2);
}

#[actix_web::test]
async fn no_day_means_no_reminder() {
    let names = ["PARCOURS_RAPPEL_RENSEIGNEMENTS", "PARCOURS_RAPPEL_LOT", "PARCOURS_RAPPEL_CONVENTION"];
    let app = TestApp::with(&names.map(|name| (name, "0"))).await;
    let envelope = app.envelope("01");
    let access = app.person(&[Role::Recipiendaire], &[&envelope]).email;
    let scene = Scene { app, envelope, access };
    scene.app.insert(vec![scene.incomplete(0, "2026-01-01")]);
    scene.app.execute("UPDATE enveloppe SET fin = '2026-03-10'").unwrap();
    assert_eq!(scene.lacking(), 0);
    assert_eq!(scene.remind(Evenement::LotProche, Some("2026-03-03")), 0);
    assert_eq!(scene.remind(Evenement::ConventionFinissante, None), 0);
}
