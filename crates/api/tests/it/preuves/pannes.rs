//! Each service failing in every way: nothing that people do waits or breaks, the row says « non vérifié », and the check is
//! made again within ten minutes of the return of the service.

use api::preuves::simulateurs::{Mode, Profil};
use domain::preuve::Service;
use serde_json::json;

use super::{Scene, constat, number, structures};
use crate::imports_files::wait;

const FAILURES: [(Mode, &str); 7] = [
    (Mode::Sature(30), "sature"),
    (Mode::Panne, "panne"),
    (Mode::Illisible, "illisible"),
    (Mode::MauvaisType, "illisible"),
    (Mode::Redirection, "refus"),
    (Mode::Immense, "illisible"),
    (Mode::Lent, "delai"),
];

/// An import of one line, a change of it, and its constats, while the register fails in this way.
async fn works_while(scene: &Scene, mode: Mode, failure: &str, siret: &str) -> String {
    let caller = scene.manager();
    scene.behave(mode);
    let file = format!(
        "structure_nom,siret,nom,prenom,email,formation,structure_type,departement\n\
         Asso,{siret},Durand,Ana,ana.durand@asso.example,aidants_connect,associations,01\n"
    );
    let sent = caller.post("/imports?objet=demandes").body("text/csv", file).send().await.ok(202);
    let done = wait(&caller, sent["id"].as_str().unwrap()).await;
    assert_eq!(done["etat"], "termine", "{mode:?}: {done}");
    let id = scene.app.texts("SELECT id AS v FROM demande ORDER BY rang DESC").remove(0);
    assert_eq!(scene.pass().await, 1, "{mode:?}");
    let edited = caller.patch(&format!("/demandes/{id}")).version(1).json(&json!({ "cohorte": "A" })).send().await;
    assert_eq!(edited.ok(200)["cohorte"], "A", "{mode:?}");
    let said = constat(&caller, &id, "ELI-9").await;
    assert_eq!(said["verdict"], "a-verifier", "{mode:?}");
    assert!(said["phrase"].as_str().unwrap().starts_with("Non vérifié : "), "{mode:?}: {said}");
    let proof = json!({ "source": "Annuaire des entreprises", "date": "2026-03-02", "valeur": "non vérifié" });
    assert_eq!(said["preuve"], proof, "{mode:?}");
    assert_eq!(constat(&caller, &id, "ELI-3").await["preuve"]["valeur"], "non vérifié", "{mode:?}");
    let proofs = caller.get(&format!("/structures/{siret}/preuves")).send().await.ok(200);
    assert_eq!(
        (&proofs["suivis"][0]["etat"], &proofs["suivis"][0]["echec"]),
        (&json!("non_verifiee"), &json!(failure))
    );
    id
}

#[actix_web::test]
async fn eli_9_whatever_way_the_register_fails_work_goes_on_and_the_check_is_made_again() {
    for (mode, failure) in FAILURES {
        let scene = Scene::with(&["entreprises"], if mode == Mode::Lent { "300" } else { "10000" }).await;
        let siret = structures(Profil::AutreOpco, 1).remove(0);
        let id = works_while(&scene, mode, failure, &siret).await;
        if mode == Mode::Lent {
            // What is next must not depend on the load of the machine.
            continue;
        }
        // Out of order for an hour: asked again all the while, and not more than it bears.
        for _ in 0..60 {
            scene.advance(60);
            scene.pass().await;
        }
        let asked = scene.calls();
        assert!((10..=30).contains(&asked), "{mode:?}: {asked} calls in an hour");
        scene.behave(Mode::Normal);
        let mut minutes = 0;
        while number(&scene.app, "SELECT count(*) AS n FROM preuve WHERE valeur <> ''") == 0 {
            scene.advance(60);
            scene.pass().await;
            minutes += 1;
            assert!(minutes < 10, "{mode:?}: not asked again");
        }
        let said = constat(&scene.manager(), &id, "ELI-9").await;
        assert_eq!((&said["verdict"], &said["preuve"]["valeur"]), (&json!("ok"), &json!(siret)), "{mode:?}");
    }
}

#[actix_web::test]
async fn eli_3_whatever_way_siro_fails_the_presumption_stays_a_presumption() {
    for (mode, failure) in FAILURES.into_iter().filter(|(mode, _)| *mode != Mode::Lent) {
        let scene = Scene::with(&["entreprises", "siro", "adresses"], "10000").await;
        for service in [Service::Siro, Service::Adresses] {
            scene.doubles.behave(service, mode);
        }
        let [presumed, unknown] =
            [Profil::Uniformation, Profil::SansConvention].map(|wanted| structures(wanted, 1).remove(0));
        let ids = scene.demandes(&[presumed.clone(), unknown.clone()]);
        assert_eq!(scene.pass().await, 6, "{mode:?}: the register, then the two others");
        let caller = scene.manager();
        let said = constat(&caller, &ids[0], "ELI-3").await;
        assert_eq!(
            (&said["verdict"], &said["preuve"]["valeur"]),
            (&json!("a-verifier"), &json!("IDCC 1518")),
            "{mode:?}"
        );
        let said = constat(&caller, &ids[1], "ELI-3").await;
        assert_eq!(said["preuve"]["valeur"], "non vérifié", "{mode:?}: {said}");
        assert_eq!(said["preuve"]["source"], "SIRO (France compétences)");
        let proofs = caller.get(&format!("/structures/{unknown}/preuves")).send().await.ok(200);
        for (place, service) in [(1, "siro"), (2, "adresses")] {
            let check = &proofs["suivis"][place];
            assert_eq!((&check["service"], &check["echec"]), (&json!(service), &json!(failure)), "{mode:?}");
        }
        for service in [Service::Siro, Service::Adresses] {
            scene.doubles.behave(service, Mode::Normal);
        }
        scene.advance(600);
        assert_eq!(scene.pass().await, 4, "{mode:?}: all again within ten minutes");
        let said = constat(&caller, &ids[0], "ELI-3").await;
        assert_eq!(said["preuve"]["source"], "SIRO (France compétences)", "SIRO prevails");
        assert_eq!(said["preuve"]["valeur"], "UNIFORMATION COHESION SOCIALE");
        let proofs = caller.get(&format!("/structures/{presumed}/preuves")).send().await.ok(200);
        assert_eq!((&proofs["adresse"]["score"], &proofs["adresse"]["certaine"]), (&json!(92), &json!(true)));
    }
}

#[actix_web::test]
async fn a_former_answer_stays_with_its_date_when_the_register_fails() {
    let scene = Scene::new().await;
    let siret = structures(Profil::Fermee, 1);
    let id = scene.demandes(&siret).remove(0);
    assert_eq!(scene.pass().await, 1);
    scene.behave(Mode::Panne);
    scene.advance(31 * 86_400);
    assert_eq!(scene.pass().await, 1, "asked again after a month");
    let said = constat(&scene.manager(), &id, "ELI-9").await;
    assert_eq!((&said["verdict"], &said["preuve"]["date"]), (&json!("bloquant"), &json!("2026-03-02")));
}
