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
