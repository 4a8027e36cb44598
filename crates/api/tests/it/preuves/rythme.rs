//! How often the services are asked: the budget, the circuit breaker, what is not asked again, and who asks when several
//! servers could.

use api::preuves::gate;
use api::preuves::queue;
use api::preuves::simulateurs::{Mode, Profil};
use domain::preuve::Service;
use serde_json::json;

use super::{Scene, constat, number, structures};
use crate::imports_files::wait;
use crate::support::TestApp;

#[actix_web::test]
async fn never_more_than_seven_requests_in_any_second() {
    let scene = Scene::new().await;
    scene.demandes(&structures(Profil::AutreOpco, 30));
    let mut when = Vec::new();
    let mut millis = 0_i64;
    while when.len() < 30 {
        let made = scene.pass().await;
        when.extend(std::iter::repeat_n(millis, made));
        assert!(millis < 20_000, "{when:?}");
        scene.app.clock.advance(chrono::Duration::milliseconds(130));
        millis += 130;
    }
    assert_eq!(scene.calls(), 30);
    for (first, eighth) in when.iter().zip(when.iter().skip(7)) {
        assert!(eighth - first >= 1_000, "{when:?}");
    }
    assert!(millis < 6_500, "the budget is used: {when:?}");
}

#[actix_web::test]
async fn an_answer_is_kept_and_asked_again_after_a_month_only() {
    let scene = Scene::new().await;
    let sirets = structures(Profil::AutreOpco, 3);
    scene.demandes(&sirets);
    assert_eq!(scene.settle().await, 3);
    scene.demandes(&sirets);
    assert_eq!((scene.settle().await, scene.calls()), (0, 3), "known structures");
    scene.advance(20 * 86_400);
    assert_eq!(scene.settle().await, 0);
    scene.advance(11 * 86_400);
    assert_eq!(scene.settle().await, 3);
}

#[actix_web::test]
async fn after_five_failures_one_request_alone_tries_again_until_it_is_answered() {
    let scene = Scene::new().await;
    scene.demandes(&structures(Profil::AutreOpco, 20));
    scene.behave(Mode::Panne);
    assert_eq!(scene.pass().await, 7);
    scene.advance(2);
    assert_eq!(scene.pass().await, 0, "the circuit is open");
    scene.advance(27);
    assert_eq!(scene.pass().await, 0, "for half a minute");
    scene.advance(2);
    assert_eq!(scene.pass().await, 1, "one tries again");
    scene.advance(31);
    assert_eq!(scene.pass().await, 0, "twice as long");
    scene.advance(30);
    scene.behave(Mode::Normal);
    assert_eq!(scene.pass().await, 1);
    scene.advance(1);
    assert_eq!(scene.pass().await, 7, "the circuit is closed");
    assert_eq!(number(&scene.app, "SELECT echecs AS n FROM service_externe WHERE service = 'entreprises'"), 0);
}

#[actix_web::test]
async fn a_429_is_obeyed() {
    let scene = Scene::new().await;
    scene.demandes(&structures(Profil::AutreOpco, 1));
    scene.behave(Mode::Sature(500));
    assert_eq!(scene.pass().await, 1);
    scene.behave(Mode::Normal);
    for wait in [100, 100, 100, 100, 99] {
        scene.advance(wait);
        assert_eq!(scene.pass().await, 0, "Retry-After has not passed");
    }
    scene.advance(1);
    assert_eq!(scene.pass().await, 1);
}

#[actix_web::test]
async fn a_429_is_obeyed_for_nine_minutes_at_most() {
    let scene = Scene::new().await;
    scene.demandes(&structures(Profil::AutreOpco, 1));
    scene.behave(Mode::Sature(3_600));
    assert_eq!(scene.pass().await, 1);
    scene.behave(Mode::Normal);
    scene.advance(539);
    assert_eq!(scene.pass().await, 0, "it is left alone");
    scene.advance(1);
    assert_eq!(scene.pass().await, 1, "its return is found within ten minutes all the same");
}

#[actix_web::test]
async fn an_answer_that_cannot_be_read_of_one_structure_does_not_stop_the_others() {
    let scene = Scene::new().await;
    let now = scene.app.clock.now();
    let failed = || Err(domain::preuve::EchecPreuve::Illisible.into());
    scene
        .app
        .write(move |conn| {
            for _ in 0..20 {
                gate::record(conn, Service::Entreprises, &[Ok(()), failed()], now)?;
            }
            assert!(!gate::read(conn, Service::Entreprises)?.is_open());
            for _ in 0..5 {
                gate::record(conn, Service::Entreprises, &[failed()], now)?;
            }
            assert!(gate::read(conn, Service::Entreprises)?.is_open());
            Ok(())
        })
        .unwrap();
}

/// Several servers on one database: each check is claimed once, and the budget is that of all.
#[actix_web::test]
async fn rel_13_of_several_servers_one_makes_each_check() {
    let app = TestApp::new().await;
    let sirets = structures(Profil::AutreOpco, 40);
    let now = app.clock.now();
    app.write(move |conn| queue::enqueue(conn, Service::Entreprises, sirets.iter().map(String::as_str), now)).unwrap();
    let claimed = app.in_parallel(20, |conn| {
        queue::claim(conn, Service::Entreprises, 4, now).unwrap().into_iter().map(|one| one.siret).collect::<Vec<_>>()
    });
    let mut all: Vec<String> = claimed.into_iter().flatten().collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "none twice");
    let granted: i64 = app.in_parallel(20, |conn| gate::take(conn, Service::Entreprises, 3, now).unwrap()).iter().sum();
    assert!((3..=7).contains(&granted), "{granted}");
    // Those whose server died are due again.
    app.clock.advance(chrono::Duration::minutes(3));
    let later = app.clock.now();
    let again = app.write(move |conn| queue::claim(conn, Service::Entreprises, 100, later)).unwrap();
    assert_eq!(again.len(), 40);
}

#[actix_web::test]
async fn an_answer_is_taken_into_the_verdicts_with_a_version_and_an_entry() {
    let scene = Scene::new().await;
    let closed = structures(Profil::Fermee, 1).remove(0);
    // More than one transaction takes.
    let lines = (0..450).map(|n| scene.line(n, &closed)).collect();
    let ids = scene.app.insert(lines);
    let count = |what: &str| number(&scene.app, &format!("SELECT count(*) AS n FROM demande WHERE verdict = '{what}'"));
    assert_eq!(count("bloquant"), 0);
    assert_eq!(scene.pass().await, 1, "one call for all");
    assert_eq!(count("bloquant"), 450);
    assert_eq!(number(&scene.app, "SELECT min(version) + max(version) AS n FROM demande"), 4);
    assert_eq!(number(&scene.app, "SELECT count(*) AS n FROM preuve WHERE a_appliquer IS NOT NULL"), 0);
    let history = scene.manager().get(&format!("/demandes/{}/historique", ids[7])).send().await.ok(200);
    let entry = &history["items"][0];
    assert_eq!(
        (&entry["action"], &entry["changements"][0]["colonne"]),
        (&json!("demande.verifiee"), &json!("verdict"))
    );
    let said = constat(&scene.manager(), &ids[7], "ELI-9").await;
    assert!(said["phrase"].as_str().unwrap().contains("fermé"), "{said}");
    let asked =
        json!({ "action": "accorder", "demandes": [ids[7]], "motif": "Vu avec la structure.", "atomique": false });
    let decided = scene.manager().post("/demandes/financement").json(&asked).send().await.ok(200);
    let why = &decided["resultats"][0]["probleme"]["errors"][0];
    assert_eq!(why["code"], "bloquante", "no reason finances what is closed: {why}");
    let before = number(&scene.app, "SELECT count(*) AS n FROM journal");
    scene.advance(31 * 86_400);
    assert_eq!(scene.pass().await, 1);
    assert_eq!(number(&scene.app, "SELECT count(*) AS n FROM journal"), before, "the same answer changes nothing");
}

/// What the program verifies by itself is not a change that somebody made.
#[actix_web::test]
async fn what_was_verified_meanwhile_can_still_be_undone() {
    let scene = Scene::new().await;
    let caller = scene.manager();
    let siret = structures(Profil::Fermee, 1).remove(0);
    let file = format!(
        "structure_nom,siret,nom,prenom,email,formation,structure_type,departement\n\
         Asso,{siret},Durand,Ana,ana.durand@asso.example,aidants_numeriques,associations,01\n"
    );
    let sent = caller.post("/imports?objet=demandes").body("text/csv", file).send().await.ok(202);
    let import = sent["id"].as_str().unwrap();
    wait(&caller, import).await;
    assert_eq!(scene.pass().await, 1);
    assert_eq!(number(&scene.app, "SELECT version AS n FROM demande"), 2, "verified");
    caller.post(&format!("/imports/{import}/defaire")).send().await.ok(200);
    assert_eq!(number(&scene.app, "SELECT count(*) AS n FROM demande WHERE NOT supprimee"), 0, "undone all the same");
}

#[actix_web::test]
async fn a_service_that_is_asked_since_catches_up() {
    let scene = Scene::new().await;
    let sirets = [Profil::AutreOpco, Profil::Inconnue].map(|wanted| structures(wanted, 1).remove(0));
    scene.demandes(&sirets);
    let public = scene.app.insert(vec![crate::support::line("01", 0, &scene.envelope)]);
    assert_eq!((scene.settle().await, public.len()), (3, 1));
    let queued = |service: Service| scene.app.write(move |conn| queue::catch_up(conn, service)).unwrap();
    assert_eq!((queued(Service::Siro), queued(Service::Siro)), (2, 0), "not what is of public law");
    assert_eq!((queued(Service::Adresses), queued(Service::Adresses)), (2, 0), "not what has no address");
    assert_eq!(queued(Service::Entreprises), 0);
    let now = scene.app.clock.now();
    assert!(scene.app.read(|conn| queue::is_due(conn, Service::Siro, now)));
}
