//! Reading the proofs of a structure, and asking for new ones: within reach only, and not more often than is useful.

use api::preuves::simulateurs::Profil;
use domain::permission::Role;
use serde_json::json;

use super::{Scene, structures};
use crate::support::SCOPES;

#[actix_web::test]
async fn sec_41_the_proofs_of_a_structure_are_those_of_a_demande_within_reach() {
    let scene = Scene::new().await;
    let siret = structures(Profil::AutreOpco, 1).remove(0);
    let id = scene.demandes(std::slice::from_ref(&siret)).remove(0);
    let foreign = scene.app.envelope("02");
    let (own, other) = (scene.manager(), scene.app.token_on(Role::Recipiendaire, &SCOPES, &[&foreign]));
    let anct = scene.app.token_on(Role::Anct, &SCOPES, &[]);
    let read = format!("/structures/{siret}/preuves");
    let again = format!("{read}/verifier");
    for caller in [&own, &anct] {
        let found = caller.get(&read).send().await.ok(200);
        assert_eq!((&found["siret"], &found["suivis"][0]["etat"]), (&json!(siret), &json!("en_attente")));
        caller.post(&again).send().await.ok(202);
    }
    other.get(&read).send().await.problem(404, "introuvable");
    other.post(&again).send().await.problem(404, "introuvable");
    let reader = scene.app.token_on(Role::Instructeur, &SCOPES, &[]);
    reader.get(&read).send().await.ok(200);
    reader.post(&again).send().await.problem(403, "non-autorise");
    for unknown in ["35600000000048", "abc", "21010053400017'"] {
        own.get(&format!("/structures/{unknown}/preuves")).send().await.problem(404, "introuvable");
    }
    own.delete(&format!("/demandes/{id}")).version(1).send().await;
    own.get(&read).send().await.problem(404, "introuvable");
}

#[actix_web::test]
async fn a_new_check_is_made_when_asked_for_and_not_within_a_minute() {
    let scene = Scene::new().await;
    let siret = structures(Profil::AutreOpco, 1).remove(0);
    scene.demandes(std::slice::from_ref(&siret));
    assert_eq!(scene.settle().await, 1);
    let caller = scene.manager();
    let path = format!("/structures/{siret}/preuves");
    let found = caller.get(&path).send().await.ok(200);
    assert_eq!((&found["suivis"][0]["etat"], &found["entreprise"]["ouvert"]), (&json!("verifiee"), &json!(true)));
    assert_eq!(found["entreprise"]["idcc"], json!(["1516"]));
    assert_eq!((&found["opco"]["opco"], &found["opco"]["confirme"]), (&json!("akto"), &json!(false)));
    let ask = async || caller.post(&format!("{path}/verifier")).send().await.ok(202);
    ask().await;
    assert_eq!(scene.settle().await, 0, "it has just been made");
    scene.advance(61);
    for _ in 0..5 {
        assert_eq!(ask().await["suivis"][0]["prochaine_le"], json!(api::clock::rfc3339(scene.app.clock.now())));
    }
    assert_eq!((scene.settle().await, scene.calls()), (1, 2));
}

#[actix_web::test]
async fn a_siret_that_is_typed_is_looked_up_at_once_without_an_account() {
    let scene = Scene::new().await;
    let siret = structures(Profil::AutreOpco, 1).remove(0);
    let path = format!("/structures/{siret}/annuaire");
    let anyone = scene.app.anonymous();
    let (found, _made) = futures_util::future::join(anyone.post(&path).send(), async {
        actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
        scene.settle().await
    })
    .await;
    let found = found.ok(200);
    assert_eq!((&found["siret"], &found["etat"]), (&json!(siret), &json!("verifiee")));
    let company = &found["entreprise"];
    assert!(["nom", "adresse", "code_postal", "commune"].iter().all(|name| company[*name].as_str().unwrap().len() > 2));
    assert_eq!((&company["idcc"], &company["ouvert"]), (&json!(["1516"]), &json!(true)));
    let asked = scene.calls();
    anyone.post(&path).send().await.ok(200);
    scene.settle().await;
    assert_eq!(scene.calls(), asked, "what is known is not asked again");
    for wrong in ["11111111111111", "abc", "3560000000004"] {
        anyone.post(&format!("/structures/{wrong}/annuaire")).send().await.problem(404, "introuvable");
    }
    // Its demande comes later: the check that is there serves.
    let id = scene.demandes(std::slice::from_ref(&siret)).remove(0);
    assert_eq!(super::constat(&scene.manager(), &id, "ELI-9").await["verdict"], "ok");
}

#[actix_web::test]
async fn who_waits_for_a_siret_passes_before_a_long_queue() {
    let scene = Scene::new().await;
    let mut many = structures(Profil::AutreOpco, 41);
    let siret = many.pop().unwrap();
    scene.demandes(&many);
    let path = format!("/structures/{siret}/annuaire");
    let anyone = scene.app.anonymous();
    let (found, made) = futures_util::future::join(anyone.post(&path).send(), async {
        actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
        scene.pass().await
    })
    .await;
    assert!(made < 41, "the budget of one second: {made}");
    assert_eq!(found.ok(200)["etat"], "verifiee");
}

async fn version_of(scene: &Scene, id: &str) -> i64 {
    scene.manager().get(&format!("/demandes/{id}")).send().await.ok(200)["version"].as_i64().unwrap()
}

#[actix_web::test]
async fn a_siret_that_nobody_files_is_forgotten_rather_than_asked_again() {
    let scene = Scene::new().await;
    let two = structures(Profil::AutreOpco, 2);
    for siret in &two {
        let path = format!("/structures/{siret}/annuaire");
        let anyone = scene.app.anonymous();
        futures_util::future::join(anyone.post(&path).send(), async {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(50)).await;
            scene.settle().await
        })
        .await;
    }
    let id = scene.demandes(&two[..1]).remove(0);
    scene.settle().await;
    // Its only demande is sent to another structure: it was one all the same, and may be again.
    let moved = json!({ "siret": structures(Profil::Uniformation, 1)[0] });
    scene
        .manager()
        .patch(&format!("/demandes/{id}"))
        .version(version_of(&scene, &id).await)
        .json(&moved)
        .send()
        .await
        .ok(200);
    scene.settle().await;
    let before = scene.calls();
    scene.advance(31 * 86_400);
    scene.settle().await;
    assert_eq!(scene.calls() - before, 2, "only the structures that somebody named");
    let kept = format!("SELECT count(*) AS n FROM preuve WHERE siret = '{}'", two[1]);
    assert_eq!(super::number(&scene.app, &kept), 0);
}

#[actix_web::test]
async fn a_siret_blocks_nobody_where_the_register_is_not_asked_or_does_not_answer() {
    let alone = crate::support::TestApp::new().await;
    let siret = structures(Profil::AutreOpco, 1).remove(0);
    let path = format!("/structures/{siret}/annuaire");
    assert_eq!(alone.anonymous().post(&path).send().await.ok(200)["etat"], "non_verifiee");
    assert_eq!(alone.rows("preuve"), 0);
    let scene = Scene::new().await;
    let waited = scene.app.anonymous().post(&path).send().await.ok(200);
    assert_eq!(
        (&waited["etat"], waited.get("entreprise")),
        (&json!("en_attente"), None),
        "nobody looks at the queue here"
    );
}
