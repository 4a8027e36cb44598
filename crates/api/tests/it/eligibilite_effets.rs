//! What follows from a decision on the eligibility, whatever the door: the habilitation of the structure, the access to the
//! training site, the money of the envelope (BAT-1).

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::areas::demande::service::Context;
use api::areas::eligibilite::{self, Work};
use api::journal::Author;
use api::seal::Keys;
use domain::demande::{Colonne, Ligne};
use domain::lot_eligibilite::{ActionEligibilite, DecisionLotSaisie};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::eligibilite::{REASON, decide, decision, granted, opened, with};
use crate::imports_files;
use crate::support::{Caller, TestApp, candidature, commune};

fn numbers(app: &TestApp) -> Vec<String> {
    app.texts("SELECT numero_habilitation AS v FROM structure WHERE numero_habilitation IS NOT NULL ORDER BY siret")
}

async fn queue(caller: &Caller<'_>, state: &str) -> Vec<Value> {
    let page = caller.get(&format!("/acces-bac-a-sable?etat={state}")).send().await.ok(200);
    page["items"].as_array().unwrap().clone()
}

/// The number that the structure of the `n`-th demande is given, at this place of the sequence.
fn number(n: usize, place: u32) -> String {
    format!("{}{place}", &commune("01", n).postal[..3])
}

/// Two demandes of one structure.
fn colleagues(envelope: &str) -> Vec<Ligne> {
    let (one, mut two) = (granted(0, envelope), granted(1, envelope));
    for column in [Colonne::Siret, Colonne::StructureNom, Colonne::CodePostal, Colonne::Ville] {
        two.set(column, one.get(column));
    }
    vec![one, two]
}

#[actix_web::test]
async fn bat_1_a_validation_habilitates_the_structure_once_queues_the_access_and_tells_everybody() {
    let (app, envelope, _none) = with(0).await;
    let ids = app.insert(colleagues(&envelope));
    let caller = app.instructor();
    let lot = opened(&caller).await;
    let done = decide(&caller, &lot, &decision("valider", &ids[..1])).await.ok(200);
    assert_eq!(done["structures"], 1);
    assert_eq!(numbers(&app), [number(0, 10_000)]);
    assert_eq!(done["resultats"][0]["colonnes"]["numero_habilitation"], number(0, 10_000));
    let first = decide(&caller, &lot, &decision("valider", &ids[1..])).await.ok(200);
    assert_eq!((numbers(&app).len(), first["structures"].as_u64()), (1, Some(0)), "once");
    assert_eq!(first["resultats"][0]["colonnes"]["numero_habilitation"], number(0, 10_000));
    let since =
        app.texts("SELECT CAST(habilitee_le AS TEXT) AS v FROM structure WHERE numero_habilitation IS NOT NULL");
    assert!(since[0].starts_with("2026-03-02"), "{since:?}");
    let waiting = queue(&caller, "en_file").await;
    let asked: BTreeSet<&str> = waiting.iter().map(|one| one["demande_id"].as_str().unwrap()).collect();
    assert_eq!(asked, ids.iter().map(String::as_str).collect());
    assert_eq!(waiting[0]["numero_habilitation"], number(0, 10_000));
    // The people of the demande and of the envelope are told; the number is told once.
    let told = |address: &str| {
        let mails = app.mails(address).into_iter();
        mails.map(|mail| mail["modele"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let structure = told("mairie@mairie.example");
    assert_eq!(structure.iter().filter(|one| *one == "structure_habilitee").count(), 1, "{structure:?}");
    assert_eq!(structure.iter().filter(|one| *one == "eligibilite_validee_structure").count(), 2, "{structure:?}");
    let entries = app.texts("SELECT action AS v FROM journal WHERE objet = 'structure'");
    assert_eq!(entries, ["structure.habilitee"]);
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn bat_1_opened_again_deleted_or_withdrawn_the_access_goes_and_comes_back_and_the_structure_stays_habilitated() {
    let (app, envelope, ids) = with(1).await;
    let caller = app.instructor();
    let lot = opened(&caller).await;
    decide(&caller, &lot, &decision("valider", &ids)).await.ok(200);
    let number = numbers(&app);
    decide(&caller, &lot, &decision("rouvrir", &ids)).await.ok(200);
    assert_eq!((queue(&caller, "en_file").await.len(), queue(&caller, "annule").await.len()), (0, 1));
    decide(&caller, &lot, &decision("valider", &ids)).await.ok(200);
    assert_eq!((queue(&caller, "en_file").await.len(), numbers(&app)), (1, number));
    let anct = app.account(Role::Anct, &[]);
    let address = format!("/demandes/{}", ids[0]);
    let version = anct.get(&address).send().await.ok(200)["version"].as_i64().unwrap();
    anct.delete(&address).version(version).send().await.ok(204);
    assert_eq!(queue(&caller, "en_file").await.len(), 0);
    anct.post(&format!("{address}/restaurer")).send().await.ok(200);
    assert_eq!(queue(&caller, "en_file").await.len(), 1);
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    let withdrawn = json!({ "action": "retirer", "demandes": ids });
    holder.post("/demandes/financement").json(&withdrawn).send().await.ok(200);
    assert_eq!((queue(&caller, "en_file").await.len(), numbers(&app).len()), (0, 1));
}

#[actix_web::test]
async fn bat_1_a_validation_that_a_file_of_history_brings_has_the_same_effects_and_writes_to_nobody() {
    let (app, envelope, ids) = with(2).await;
    let mut trained = granted(5, &envelope);
    trained.set(Colonne::DecisionEligibilite, "validee");
    trained.set(Colonne::Presence, "present");
    trained.set(Colonne::NumeroHabilitation, "98765432");
    let mut waiting = granted(6, &envelope);
    waiting.set(Colonne::DecisionEligibilite, "validee");
    let caller = app.instructor();
    let lot = opened(&caller).await;
    let mails = app.rows("boite_envoi");
    let created = app.insert(vec![trained, waiting]);
    assert!(numbers(&app).contains(&"98765432".to_owned()), "the number of the existing service");
    let queued = queue(&caller, "en_file").await;
    assert_eq!((queued.len(), &queued[0]["demande_id"]), (1, &json!(created[1])), "who is trained needs no access");
    // A line that changes a demande of the batch: the batch knows.
    let history = app.anct();
    let file = format!("id,decision_eligibilite\n{},validee\n{},refusee\n", ids[0], ids[1]);
    let counted = imports_files::counters(&imports_files::import(&history, imports_files::CSV, file, &[]).await);
    assert_eq!(counted, [0, 2, 0, 0]);
    let batch = caller.get(&format!("/lots-eligibilite/{lot}")).send().await.ok(200);
    assert_eq!((&batch["validees"], &batch["refusees"], &batch["a_decider"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!((queue(&caller, "en_file").await.len(), numbers(&app).len()), (2, 3));
    assert_eq!(app.rows("boite_envoi"), mails, "a migration of history writes to nobody");
}

#[actix_web::test]
async fn bat_1_a_declared_number_that_another_structure_has_is_not_taken_and_the_sequence_skips_what_is_held() {
    let (app, envelope, _none) = with(0).await;
    // That which the sequence would give to the third.
    let held = number(2, 10_000);
    let numbered = |n: usize, number: &str| {
        let mut line = granted(n, &envelope);
        line.set(Colonne::NumeroHabilitation, number);
        line
    };
    let ids = app.insert(vec![numbered(0, &held), numbered(1, &held), granted(2, &envelope)]);
    let caller = app.instructor();
    let lot = opened(&caller).await;
    decide(&caller, &lot, &decision("valider", &ids)).await.ok(200);
    let given = numbers(&app);
    let distinct: BTreeSet<&String> = given.iter().collect();
    assert_eq!((given.len(), distinct.len()), (3, 3), "{given:?}");
    assert_eq!(given.iter().filter(|number| **number == held).count(), 1, "{given:?}");
}

#[actix_web::test]
async fn bat_1_sixty_validations_at_once_give_each_structure_one_number_of_its_own() {
    let (app, envelope, mut ids) = with(30).await;
    // As many again, of the same structures.
    ids.extend(
        app.insert(
            (0..30)
                .map(|n| {
                    let mut line = granted(n, &envelope);
                    line.set(Colonne::Nom, format!("Autre{}", crate::support::last_name(n)));
                    line.set(
                        Colonne::Email,
                        format!("autre.{}@mairie.example", crate::support::last_name(n).to_lowercase()),
                    );
                    line
                })
                .collect(),
        ),
    );
    let lot = opened(&app.instructor()).await;
    let next = AtomicUsize::new(0);
    let territories = app.app.territories.clone();
    let outcomes = app.in_parallel(60, |conn| {
        let id = ids[next.fetch_add(1, Ordering::Relaxed)].clone();
        let typed = DecisionLotSaisie {
            action: ActionEligibilite::Valider,
            demandes: vec![id],
            motif: REASON.to_owned(),
            atomique: true,
            essai: false,
        };
        let author = Author { kind: "compte", id: "essai".to_owned(), role: "instructeur", request: app.clock.id() };
        let context = Context {
            clock: app.clock.clone(),
            territories: territories.clone(),
            author,
            now: app.clock.now(),
            keys: Keys::public(),
        };
        let done = eligibilite::decide(conn, &Work { context, role: Role::Instructeur }, &lot, &typed).unwrap();
        done.structures
    });
    assert_eq!(outcomes.iter().sum::<usize>(), 30, "each structure is habilitated by one of its two demandes");
    let given = numbers(&app);
    assert_eq!((given.len(), given.iter().collect::<BTreeSet<_>>().len()), (30, 30));
    assert_eq!((app.rows("acces_bac_a_sable"), app.engaged(&envelope).0), (60, 60));
    let written = app.texts("SELECT DISTINCT numero_habilitation AS v FROM demande");
    assert_eq!(written.len(), 30, "each demande has the number of its structure");
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn bat_1_env_2_a_refusal_gives_the_money_back_and_lifting_it_takes_it_again_or_is_refused() {
    let (app, envelope, ids) = with(3).await;
    assert_eq!(app.engaged(&envelope), (3, 99_999));
    let caller = app.instructor();
    let lot = opened(&caller).await;
    let done = decide(&caller, &lot, &decision("refuser", &ids[..2])).await.ok(200);
    assert_eq!(done["resultats"][0]["colonnes"]["etape"], "eligibilite_refusee");
    assert_eq!(app.engaged(&envelope), (1, 33_333));
    let told = app.mails("mairie@mairie.example");
    assert!(told.iter().any(|mail| mail["modele"] == "eligibilite_refusee_structure" && mail["motif"] == REASON));
    // The récipiendaire cannot finance what the team refused.
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    let grant = json!({ "action": "accorder", "demandes": ids[..1], "motif": REASON, "atomique": false });
    let refused = holder.post("/demandes/financement").json(&grant).send().await.ok(200);
    assert_eq!(refused["resultats"][0]["probleme"]["errors"][0]["code"], "eligibilite_refusee");
    decide(&caller, &lot, &decision("rouvrir", &ids[..1])).await.ok(200);
    assert_eq!(app.engaged(&envelope), (2, 66_666));
    // What is left no longer suffices.
    app.execute("UPDATE enveloppe SET montant = 66666").unwrap();
    let mut body = decision("rouvrir", &ids[1..2]);
    let refused = decide(&caller, &lot, &body).await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["code"], "montant_depasse");
    body["atomique"] = json!(false);
    let refused = decide(&caller, &lot, &body).await.ok(200);
    assert_eq!((refused["refusees"].as_u64(), app.engaged(&envelope)), (Some(1), (2, 66_666)));
    // Opened again in a batch that is closed, it waits for the next one.
    app.execute("UPDATE enveloppe SET montant = 2000000").unwrap();
    app.clock.advance(chrono::Duration::days(1));
    assert_eq!(app.tick(), Some(2));
    decide(&caller, &lot, &body).await.ok(200);
    assert_eq!(app.engaged(&envelope), (3, 99_999));
    let former = caller.get(&format!("/lots-eligibilite/{lot}")).send().await.ok(200);
    assert_eq!((&former["refusees"], &former["reportees"]), (&json!(0), &json!(3)), "{former}");
}

#[actix_web::test]
async fn eli_2_eli_3_do_not_keep_somebody_paid_otherwise_from_being_habilitated() {
    let (app, _envelope, _none) = with(0).await;
    let mut adviser = granted(0, "");
    adviser.set(Colonne::Financement, "marche_conseillers_numeriques");
    adviser.set(Colonne::ConseillerNumerique, "oui");
    adviser.set(Colonne::DecisionFinancement, "");
    let ids = app.insert(vec![adviser]);
    let caller = app.instructor();
    let lot = opened(&caller).await;
    decide(&caller, &lot, &decision("valider", &ids)).await.ok(200);
    assert_eq!(numbers(&app), [number(0, 10_000)]);
}

#[actix_web::test]
async fn the_habilitation_request_of_a_public_structure_makes_its_rows_by_itself() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let team = app.instructor();
    let send = async |caller: &Caller<'_>, key: &str, body: &Value| {
        caller.post("/demandes/habilitation").header("idempotency-key", key).json(body).send().await
    };
    let mut body = candidature("01");
    body["professionnels"][0]["formations"] = json!(["aidants_connect"]);
    let filed = send(&team, "habilitation-1", &body).await.ok(201);
    assert_eq!(send(&team, "habilitation-1", &body).await.ok(201), filed, "once");
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    let id = filed["demandes"][0]["id"].as_str().unwrap();
    let row = holder.get(&format!("/demandes/{id}")).send().await.ok(200);
    assert_eq!((&row["source"], &row["etape"]), (&json!("habilitation"), &json!("recue")));
    assert_eq!(app.rows("demande"), 1);
    // The follow-up link is that of a candidature.
    assert_eq!(app.links("contact@mairie.example").len(), 1);
    // The public form keeps its own origin, and a private structure has no other.
    let public = app.anonymous().post("/candidatures").header("idempotency-key", "publique-1");
    public.json(&candidature("01")).send().await.ok(201);
    assert_eq!(app.texts("SELECT source AS v FROM demande ORDER BY rang"), ["habilitation", "candidature"]);
    let mut private = body.clone();
    private["structure"]["siret"] = json!(crate::support::siret("552081317", 1));
    send(&team, "habilitation-2", &private).await.refuses(422, "champs-invalides", "/structure/siret");
    send(&holder, "habilitation-3", &body).await.problem(403, "non-autorise");
    let nameless = team.post("/demandes/habilitation").json(&body).send().await;
    nameless.problem(400, "cle-idempotence-manquante");
}
