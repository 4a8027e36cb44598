//! Decisions on the financing: what is taken from an envelope, by whom, in which order, whatever the door.

use std::sync::atomic::{AtomicUsize, Ordering};

use api::areas::demande::service::Context;
use api::areas::enveloppe::registre::recount;
use api::areas::financement::service::{self, Work};
use api::journal::Author;
use api::seal::Keys;
use domain::demande::{Colonne, Ligne};
use domain::enveloppe::{ActionFinancement, DecisionSaisie, Poids};
use domain::permission::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::imports_files;
use crate::support::{Answer, Caller, SCOPES, TestApp, line};

/// A reason, where the registry of companies has not been asked yet.
const REASON: &str = "Établissement vérifié par téléphone.";

/// A line that no rule blocks.
fn clean(n: usize, envelope: &str) -> Ligne {
    let mut line = line("01", n, envelope);
    line.set(Colonne::StatutProfessionnel, "salarie");
    line.set(Colonne::ConseillerNumerique, "non");
    line.set(Colonne::AccompagneDemarches, "oui");
    line.set(Colonne::StructureEmail, "mairie@mairie.example");
    line
}

/// An application, its envelope in the Ain and so many demandes in it.
async fn with(count: usize) -> (TestApp, String, Vec<String>) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert((0..count).map(|n| clean(n, &envelope)).collect());
    (app, envelope, ids)
}

impl TestApp {
    fn amount(&self, envelope: &str, cents: i64) {
        self.execute(&format!("UPDATE enveloppe SET montant = {cents} WHERE id = '{envelope}'")).unwrap();
    }

    /// Départs, engaged, consumed: as the counters of an envelope say, which is what a recount says.
    fn taken(&self, envelope: &str) -> (i64, i64, i64) {
        let id = envelope.to_owned();
        let counted = self.read(move |conn| recount(conn, &id));
        let sql = |column: &str| format!("SELECT CAST({column} AS TEXT) AS v FROM enveloppe WHERE id = '{envelope}'");
        let of = |column: &str| self.texts(&sql(column))[0].parse::<i64>().unwrap();
        let kept = Poids { departs: of("departs"), engage: of("engage"), consomme: of("consomme") };
        assert_eq!(kept, counted, "the counters are those of a recount");
        assert!(kept.engage <= of("montant"));
        (kept.departs, kept.engage, kept.consomme)
    }
}

async fn decide(caller: &Caller<'_>, body: &Value) -> Answer {
    caller.post("/demandes/financement").json(body).send().await
}

fn decision(action: &str, ids: &[String]) -> Value {
    json!({ "action": action, "demandes": ids, "motif": REASON })
}

fn counts(done: &Value) -> [u64; 3] {
    ["faites", "inchangees", "refusees"].map(|name| done[name].as_u64().unwrap())
}

fn codes(done: &Value) -> Vec<&str> {
    let results = done["resultats"].as_array().unwrap().iter();
    results.map(|one| one["probleme"]["errors"][0]["code"].as_str().unwrap_or("")).collect()
}

async fn read(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/demandes/{id}")).send().await.ok(200)
}

#[actix_web::test]
async fn env_2_each_decision_changes_the_stage_and_the_counters_at_once() {
    let (app, envelope, ids) = with(3).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let done = decide(&caller, &decision("accorder", &ids)).await.ok(200);
    assert_eq!(counts(&done), [3, 0, 0], "{done}");
    assert_eq!(done["enveloppes"][0]["reste"], 2_000_000 - 99_999);
    assert_eq!(done["resultats"][0]["colonnes"]["decision_financement"], "accorde");
    assert_eq!(app.taken(&envelope), (3, 99_999, 0));
    let again = decide(&caller, &decision("accorder", &ids)).await.ok(200);
    assert_eq!((counts(&again), app.taken(&envelope).0), ([0, 3, 0], 3));

    decide(&caller, &decision("mettre_en_attente", &ids[..1])).await.ok(200);
    decide(&caller, &decision("retirer", &ids[1..2])).await.ok(200);
    assert_eq!(app.taken(&envelope), (1, 33_333, 0));
    let stage = async |id: &String| read(&caller, id).await["etape"].as_str().unwrap().to_owned();
    assert_eq!([stage(&ids[0]).await, stage(&ids[1]).await], ["liste_attente", "retiree"]);
    decide(&caller, &decision("rouvrir", &ids)).await.ok(200);
    assert_eq!((app.taken(&envelope), stage(&ids[1]).await), ((0, 0, 0), "recue".to_owned()));
    let history = caller.get(&format!("/demandes/{}/historique", ids[0])).send().await.ok(200);
    assert_eq!(
        (&history["items"][0]["action"], &history["items"][0]["motif"]),
        (&json!("demande.financement"), &json!(REASON))
    );
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn env_2_whatever_is_done_to_a_financed_demande_gives_back_or_reprices_in_the_same_transaction() {
    let (app, envelope, ids) = with(4).await;
    app.execute("UPDATE enveloppe SET prix_aidants_connect = 50000").unwrap();
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    decide(&caller, &decision("accorder", &ids)).await.ok(200);
    let address = |place: usize| format!("/demandes/{}", ids[place]);
    // Its training changes: repriced.
    let dearer = json!({ "formation": "aidants_connect" });
    let changed = caller.patch(&address(0)).version(2).json(&dearer).send().await;
    let version = changed.ok(200)["version"].as_i64().unwrap();
    assert_eq!(app.taken(&envelope), (4, 3 * 33_333 + 50_000, 0));
    // Its organisme has its own price.
    app.execute(&format!(
        "INSERT INTO tarif_enveloppe VALUES ('{envelope}', 'aidants_connect', '01 of', '01 - OF', 60000)"
    ))
    .unwrap();
    caller.patch(&address(0)).version(version).json(&json!({ "organisme": "01 - OF" })).send().await.ok(200);
    assert_eq!(app.taken(&envelope).1, 3 * 33_333 + 60_000);
    // Paid by somebody else, deleted, restored.
    caller.patch(&address(1)).version(2).json(&json!({ "financement": "opco" })).send().await.ok(200);
    caller.delete(&address(2)).version(2).send().await.ok(204);
    assert_eq!(app.taken(&envelope), (2, 93_333, 0));
    caller.post(&format!("{}/restaurer", address(2))).send().await.ok(200);
    assert_eq!(app.taken(&envelope), (3, 126_666, 0));
    // A batch, and the undoing of a batch.
    let body = json!({ "operations": [{ "action": "supprimer", "id": ids[3], "version": 2 }] });
    let done = caller.post("/demandes:batch").json(&body).send().await.ok(200);
    assert_eq!(app.taken(&envelope).0, 2);
    let undo = format!("/gestes/{}/annuler", done["geste"].as_str().unwrap());
    caller.post(&undo).send().await.ok(200);
    assert_eq!(app.taken(&envelope), (3, 126_666, 0));
    // What no longer fits is refused, and nothing is written.
    app.amount(&envelope, 126_666);
    let refused = caller.patch(&address(3)).version(4).json(&dearer).send().await.problem(409, "conflit-etat");
    assert_eq!(refused["errors"][0]["code"], "montant_depasse");
    assert_eq!(
        (read(&caller, &ids[3]).await["formation"].clone(), app.taken(&envelope).1),
        (json!("aidants_numeriques"), 126_666)
    );
    caller.delete(&address(3)).version(4).send().await.ok(204);
    app.amount(&envelope, 93_333);
    caller.post(&format!("{}/restaurer", address(3))).send().await.problem(409, "conflit-etat");
    assert_eq!(app.taken(&envelope), (2, 93_333, 0));
}

#[actix_web::test]
async fn env_2_two_hundred_attributions_at_once_never_exceed_the_amount() {
    let (app, envelope, ids) = with(200).await;
    let fits = 60;
    let next = AtomicUsize::new(0);
    let territories = app.app.territories.clone();
    let outcomes = app.in_parallel(200, |conn| {
        let id = ids[next.fetch_add(1, Ordering::Relaxed)].clone();
        let typed = DecisionSaisie {
            action: ActionFinancement::Accorder,
            demandes: Some(vec![id]),
            selection: None,
            premieres: false,
            motif: REASON.to_owned(),
            atomique: true,
            essai: false,
        };
        let author = Author { kind: "compte", id: "essai".to_owned(), role: "recipiendaire", request: app.clock.id() };
        let context = Context {
            clock: app.clock.clone(),
            territories: territories.clone(),
            author,
            now: app.clock.now(),
            keys: Keys::public(),
        };
        let perimeter = api::access::Perimeter::Envelopes(vec![envelope.clone()]);
        service::decide(conn, &Work { context, role: Role::Recipiendaire, perimeter }, &typed).is_ok()
    });
    assert_eq!(outcomes.iter().filter(|granted| **granted).count(), fits);
    assert_eq!(app.taken(&envelope), (60, 60 * 33_333, 0));
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn env_2_two_hundred_requests_at_once_share_what_is_left_and_the_target_is_no_ceiling() {
    let (app, envelope, ids) = with(200).await;
    app.amount(&envelope, 70 * 33_333);
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let bodies: Vec<Value> = ids.iter().map(|id| decision("accorder", std::slice::from_ref(id))).collect();
    let answers = join_all(bodies.iter().map(|body| decide(&caller, body))).await;
    let granted = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!((granted, app.taken(&envelope)), (70, (70, 70 * 33_333, 0)), "more départs than the target of 60");
    let refused = answers.iter().find(|answer| answer.status != 200).unwrap().problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["code"], "montant_depasse");
}

#[actix_web::test]
async fn the_first_ones_that_fit_are_granted_in_the_order_of_the_list() {
    let (app, envelope, ids) = with(5).await;
    app.amount(&envelope, 2 * 33_333 + 10);
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let mut order = ids.clone();
    order.reverse();
    let mut body = decision("accorder", &order);
    (body["premieres"], body["essai"]) = (json!(true), json!(true));
    let tried = decide(&caller, &body).await.ok(200);
    assert_eq!((counts(&tried), app.taken(&envelope).0), ([2, 0, 3], 0), "a trial writes nothing");
    assert_eq!(tried["enveloppes"][0]["reste"], 10, "what would be left");
    body["essai"] = json!(false);
    let done = decide(&caller, &body).await.ok(200);
    assert_eq!((counts(&done), app.taken(&envelope).0), ([2, 0, 3], 2));
    assert_eq!(codes(&done), ["", "", "montant_depasse", "apres", "apres"]);
    assert_eq!(read(&caller, &ids[4]).await["decision_financement"], "accorde");
    // The same by a filter.
    app.amount(&envelope, 3 * 33_333);
    let selection = json!({ "filter": "etape eq \"recue\"", "sort": "-nom" });
    let body = json!({ "action": "accorder", "selection": selection, "premieres": true, "motif": REASON });
    let done = decide(&caller, &body).await.ok(200);
    assert_eq!((counts(&done), done["resultats"][0]["id"].as_str()), ([1, 0, 2], Some(ids[2].as_str())));
    // Without it, one refusal refuses all.
    let body = json!({ "action": "accorder", "selection": { "filter": "etape eq \"recue\"" }, "motif": REASON });
    decide(&caller, &body).await.problem(422, "champs-invalides");
    assert_eq!(app.taken(&envelope).0, 3);
}

#[actix_web::test]
async fn who_waits_is_served_in_the_order_of_entry_when_money_returns() {
    let (app, envelope, ids) = with(4).await;
    app.amount(&envelope, 33_333);
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    decide(&caller, &decision("accorder", &ids[..1])).await.ok(200);
    for place in [2, 1, 3] {
        decide(&caller, &decision("mettre_en_attente", &ids[place..=place])).await.ok(200);
    }
    let promote = format!("/enveloppes/{envelope}/promouvoir");
    let full = caller.post(&promote).json(&json!({ "motif": REASON })).send().await.ok(200);
    assert_eq!((counts(&full), codes(&full)), ([0, 0, 3], vec!["montant_depasse", "apres", "apres"]));
    decide(&caller, &decision("refuser", &ids[..1])).await.ok(200);
    let served = caller.post(&promote).json(&json!({ "motif": REASON })).send().await.ok(200);
    assert_eq!((counts(&served), served["resultats"][0]["id"].as_str()), ([1, 0, 2], Some(ids[2].as_str())));
    // Who leaves the list and comes back is behind.
    decide(&caller, &decision("rouvrir", &ids[1..2])).await.ok(200);
    decide(&caller, &decision("mettre_en_attente", &ids[1..2])).await.ok(200);
    app.amount(&envelope, 2 * 33_333);
    let served = caller.post(&promote).json(&json!({ "motif": REASON })).send().await.ok(200);
    assert_eq!(served["resultats"][0]["id"], json!(ids[3]));
    let other = app.envelope("02");
    caller.post(&format!("/enveloppes/{other}/promouvoir")).json(&json!({})).send().await.problem(404, "introuvable");
}

#[actix_web::test]
async fn a_blocking_constat_blocks_a_doubt_asks_for_a_reason_and_a_refusal_tells_its_own() {
    let (app, envelope, _none) = with(0).await;
    let mut doubtful = clean(0, &envelope);
    doubtful.set(Colonne::StatutProfessionnel, "");
    let mut ids = app.insert(vec![doubtful]);
    let mut volunteer = clean(9, &envelope);
    volunteer.set(Colonne::StatutProfessionnel, "benevole");
    ids.extend(app.insert(vec![volunteer]));
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let mut body = decision("accorder", &ids);
    body["atomique"] = json!(false);
    body["motif"] = json!(" ");
    let refused = decide(&caller, &body).await.ok(200);
    assert_eq!(codes(&refused), ["motif_requis", "bloquante"]);
    assert!(refused["resultats"][1]["probleme"]["detail"].as_str().unwrap().contains("ELI-1"));
    body["motif"] = json!(REASON);
    assert_eq!(codes(&decide(&caller, &body).await.ok(200)), ["", "bloquante"]);

    let silent = json!({ "action": "refuser", "demandes": ids });
    let refused = decide(&caller, &silent).await.problem(422, "champs-invalides");
    assert_eq!(
        (&refused["errors"][0]["champ"], &refused["errors"][0]["code"]),
        (&json!("/motif"), &json!("motif_requis"))
    );
    let told = decide(&caller, &decision("refuser", &ids)).await.ok(200);
    assert_eq!((counts(&told), told["courriels"].as_u64()), ([2, 0, 0], Some(3)));
    let refused = |email: &str| {
        let mails = app.mails(email).into_iter();
        mails.filter(|mail| mail["modele"].as_str().unwrap().starts_with("financement_refuse")).collect::<Vec<_>>()
    };
    let mails = refused("mairie@mairie.example");
    assert_eq!((mails.len(), &mails[0]["motif"]), (1, &json!(REASON)), "one mail for the two professionals");
    let read = api::text::mails::render(&mails[0], "https://parcours.example").unwrap();
    assert!(read.text.contains(REASON) && read.text.contains("Conseil départemental 01"), "{}", read.text);
    let professional = texts_email(&app, &ids[1]);
    assert_eq!(refused(&professional).len(), 1);
    assert_eq!(app.taken(&envelope), (0, 0, 0));
}

fn texts_email(app: &TestApp, id: &str) -> String {
    app.texts(&format!("SELECT email AS v FROM demande WHERE id = '{id}'")).remove(0)
}

#[actix_web::test]
async fn env_3_only_the_recipiendaire_of_the_envelope_decides_and_a_decision_is_no_gesture() {
    let (app, envelope, ids) = with(1).await;
    let body = decision("mettre_en_attente", &ids);
    for role in [Role::Anct, Role::Instructeur] {
        decide(&app.account(role, &[]), &body).await.problem(403, "non-autorise");
    }
    let other = app.envelope("02");
    let foreign = app.account(Role::Recipiendaire, &[&other]);
    let refused = decide(&foreign, &body).await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["code"], "introuvable");
    let program = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let request = program.post("/demandes/financement").header("idempotency-key", "decision-1");
    let done = request.json(&body).send().await;
    let gesture = done.header("x-request-id").unwrap().to_owned();
    assert_eq!(counts(&done.ok(200)), [1, 0, 0]);
    let again = program.post("/demandes/financement").header("idempotency-key", "decision-1").json(&body).send().await;
    assert_eq!(counts(&again.ok(200)), [1, 0, 0], "the first answer");
    let undone = program.post(&format!("/gestes/{gesture}/annuler")).send().await.problem(409, "conflit-etat");
    assert!(undone["detail"].as_str().unwrap().contains("Rouvrez"), "{undone}");
    // Nobody types a decision.
    let typed = program.patch(&format!("/demandes/{}", ids[0])).version(2);
    typed.json(&json!({ "decision_financement": "accorde" })).send().await.problem(400, "json-invalide");
    app.execute("UPDATE enveloppe SET etat = 'close'").unwrap();
    let closed = decide(&program, &decision("accorder", &ids)).await.problem(422, "champs-invalides");
    assert_eq!(closed["errors"][0]["code"], "enveloppe_fermee");
}

#[actix_web::test]
async fn the_history_that_is_imported_is_counted_and_what_does_not_fit_is_kept_as_declared() {
    let (app, envelope, _ids) = with(0).await;
    app.amount(&envelope, 2 * 33_333);
    let granted = |n: usize, presence: &str| {
        let mut line = clean(n, &envelope);
        line.set(Colonne::DecisionFinancement, "accorde");
        line.set(Colonne::Presence, presence);
        line
    };
    let ids = app.insert(vec![granted(0, "present"), granted(1, ""), granted(2, "")]);
    assert_eq!(app.taken(&envelope), (2, 66_666, 33_333));
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let third = read(&caller, &ids[2]).await;
    assert_eq!((&third["etape"], &third["declare"]["decision_financement"]), (&json!("recue"), &json!("accorde")));
    // Attended: the money is spent, the decision stands.
    let refused = decide(&caller, &decision("retirer", &ids[..1])).await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["code"], "formation_suivie");
    // Decided here, what was declared is forgotten.
    decide(&caller, &decision("mettre_en_attente", &ids[2..])).await.ok(200);
    assert!(read(&caller, &ids[2]).await["declare"]["decision_financement"].is_null());
}

#[actix_web::test]
async fn a_decision_without_demandes_or_with_both_ways_to_name_them_is_refused() {
    let (app, envelope, ids) = with(1).await;
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let selection = json!({ "filter": "" });
    for (body, field) in [
        (json!({ "action": "accorder" }), "/demandes"),
        (json!({ "action": "accorder", "demandes": [] }), "/demandes"),
        (json!({ "action": "accorder", "demandes": ids, "selection": selection }), "/demandes"),
        (json!({ "action": "retirer", "demandes": ids, "premieres": true }), "/premieres"),
        (json!({ "action": "retirer", "demandes": ids, "motif": "x".repeat(1_001) }), "/motif"),
        (json!({ "action": "retirer", "selection": { "filter": "ville oups" } }), "/selection/filter"),
        (json!({ "action": "retirer", "selection": { "filter": "ville eq \"Nulle part\"" } }), "/selection"),
    ] {
        let refused = decide(&caller, &body).await.problem(422, "champs-invalides");
        assert_eq!(refused["errors"][0]["champ"], field, "{body}");
    }
    let twice = [ids[0].clone(), ids[0].clone()];
    decide(&caller, &decision("mettre_en_attente", &twice)).await.problem(422, "champs-invalides");
}

#[actix_web::test]
async fn a_file_of_history_is_refused_line_by_line_where_it_makes_a_demande_dearer_than_what_is_left() {
    let (app, envelope, ids) = with(3).await;
    app.amount(&envelope, 40_000);
    app.execute("UPDATE enveloppe SET prix_aidants_connect = 50000").unwrap();
    let history = app.anct();
    let send = async |lines: &str| {
        let file = format!("id,decision_financement,formation\n{lines}");
        imports_files::counters(&imports_files::import(&history, imports_files::CSV, file, &[]).await)
    };
    let first = send(&format!("{},accorde,aidants_numeriques\n{},accorde,aidants_numeriques\n", ids[0], ids[1])).await;
    assert_eq!(first, [0, 1, 0, 1], "the second does not fit");
    assert_eq!(app.taken(&envelope), (1, 33_333, 0));
    let second = send(&format!("{},accorde,aidants_connect\n{},refuse,aidants_numeriques\n", ids[0], ids[2])).await;
    assert_eq!(second, [0, 1, 0, 1], "dearer");
    assert_eq!(app.taken(&envelope), (1, 33_333, 0));
}
