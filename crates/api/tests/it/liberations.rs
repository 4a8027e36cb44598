//! Money that comes back while people wait: who holds the envelope is told once, and decides (ENV-3).

use api::text::mails;
use chrono::Duration;
use domain::demande::{Colonne, Ligne};
use domain::permission::Role;
use domain::text::fr_enveloppe::euros;
use serde_json::{Value, json};

use crate::eligibilite::{self, decision, granted, opened};
use crate::imports_files;
use crate::support::{Caller, SCOPES, TestApp, counts};

/// Price of a training, in cents.
const PRICE: i64 = 33_333;
const SITE: &str = "https://parcours.example";

/// An envelope whose money is all engaged, some demandes that it finances, and two that wait.
struct Scene {
    app: TestApp,
    envelope: String,
    financed: Vec<String>,
    waiting: Vec<String>,
    /// Addresses of the accesses of the envelope.
    holders: Vec<String>,
}

/// A demande on the waiting list.
fn waits(n: usize, envelope: &str) -> Ligne {
    let mut line = granted(n, envelope);
    line.set(Colonne::DecisionFinancement, "liste_attente");
    line
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let holders = (0..2).map(|_| app.person(&[Role::Recipiendaire], &[&envelope]).email).collect();
    let closed = app.person(&[Role::Recipiendaire], &[&envelope]);
    app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", closed.id)).unwrap();
    app.person(&[Role::Recipiendaire], &[&app.envelope("02")]);
    app.person(&[Role::Anct, Role::Instructeur], &[]);
    let financed = app.insert((0..4).map(|n| granted(n, &envelope)).collect());
    let waiting = app.insert((10..12).map(|n| waits(n, &envelope)).collect());
    app.execute(&format!("UPDATE enveloppe SET montant = engage WHERE id = '{envelope}'")).unwrap();
    Scene { app, envelope, financed, waiting, holders }
}

impl Scene {
    fn caller(&self) -> Caller<'_> {
        self.app.token_on(Role::Recipiendaire, &SCOPES, &[&self.envelope])
    }

    /// Asserts that what was done since the last look told each access, once, of this much left and of so many who wait,
    /// and nobody else; that nobody is told when nothing is left.
    fn told(&self, what: &str, told: Option<(i64, &str)>) {
        let held = self.app.texts("SELECT charge AS v FROM boite_envoi ORDER BY cree_le, id");
        let mut mails: Vec<Value> = held.iter().map(|held| serde_json::from_str(held).unwrap()).collect();
        mails.retain(|mail| mail["modele"] == "fonds_liberes");
        let mut addresses: Vec<&str> = mails.iter().map(|mail| mail["a"].as_str().unwrap()).collect();
        addresses.sort_unstable();
        let mut wanted: Vec<&str> = self.holders.iter().map(String::as_str).filter(|_| told.is_some()).collect();
        wanted.sort_unstable();
        assert_eq!(addresses, wanted, "{what}");
        for mail in &mails {
            let (left, count) = told.unwrap();
            let left = euros(left);
            assert_eq!((&mail["reste"], &mail["nombre"]), (&json!(left), &json!(count)), "{what}");
            let text = mails::render(mail, SITE).unwrap().text;
            let page = format!("{SITE}/administration/enveloppes/{}/financement", self.envelope);
            assert!(text.contains(&page) && text.contains(&left), "{text}");
        }
        self.app.execute("DELETE FROM boite_envoi").unwrap();
        self.app.clock.advance(Duration::seconds(1));
    }

    async fn decide(&self, action: &str, ids: &[String]) {
        let body = decision(action, ids);
        let done = self.caller().post("/demandes/financement").json(&body).send().await.ok(200);
        assert_eq!(done["refusees"], 0, "{action}: {done}");
    }

    async fn version(&self, id: &str) -> i64 {
        self.caller().get(&format!("/demandes/{id}")).send().await.ok(200)["version"].as_i64().unwrap()
    }

    fn amount(&self, cents: i64) {
        self.app.execute(&format!("UPDATE enveloppe SET montant = {cents} WHERE id = '{}'", self.envelope)).unwrap();
    }
}

#[actix_web::test]
async fn env_3_several_withdrawals_at_once_tell_once_and_grant_nothing() {
    let scene = scene().await;
    scene.decide("retirer", &scene.financed[..3]).await;
    scene.told("three withdrawals", Some((3 * PRICE, "2")));
    let stages = scene.app.texts("SELECT etape AS v FROM demande WHERE attente > 0");
    assert_eq!(stages, ["liste_attente"; 2], "only who holds the envelope decides");
    let promote = format!("/enveloppes/{}/promouvoir", scene.envelope);
    let served = scene.caller().post(&promote).json(&json!({ "motif": eligibilite::REASON })).send().await.ok(200);
    assert_eq!(served["faites"], 2, "{served}");
    scene.told("serving the list gives nothing back", None);
    scene.decide("retirer", &scene.financed[3..]).await;
    scene.told("nobody waits any more", None);
}

#[actix_web::test]
async fn env_3_whatever_gives_money_back_tells_who_holds_the_envelope() {
    let scene = scene().await;
    let (app, caller) = (&scene.app, scene.caller());
    let one = Some((PRICE, "2"));
    // Refused, then paid by somebody else.
    scene.decide("refuser", &scene.financed[..1]).await;
    scene.told("a refusal", one);
    let address = |place: usize| format!("/demandes/{}", scene.financed[place]);
    let version = scene.version(&scene.financed[1]).await;
    caller.patch(&address(1)).version(version).json(&json!({ "financement": "opco" })).send().await.ok(200);
    scene.told("another financing", Some((2 * PRICE, "2")));
    // Deleted, alone and in a batch; restored, which takes the money again.
    scene.amount(2 * PRICE);
    let version = scene.version(&scene.financed[2]).await;
    caller.delete(&address(2)).version(version).send().await.ok(204);
    scene.told("a deletion", one);
    caller.post(&format!("{}/restaurer", address(2))).send().await.ok(200);
    scene.told("a restoration", None);
    let version = scene.version(&scene.financed[2]).await;
    let operations = json!({ "operations": [
        { "action": "supprimer", "id": scene.financed[2], "version": version },
        { "action": "modifier", "id": scene.financed[3], "version": 1, "valeurs": { "financement": "opco" } },
    ] });
    caller.post("/demandes:batch").json(&operations).send().await.ok(200);
    scene.told("a batch that changes one and deletes another", Some((2 * PRICE, "2")));
    // A file of history, whose lines are written one by one.
    let again = app.insert((20..22).map(|n| granted(n, &scene.envelope)).collect());
    scene.told("what history brings", None);
    let file = format!("id,annulee_par\n{},referent\n{},referent\n", again[0], again[1]);
    let counted = imports_files::counters(&imports_files::import(&app.anct(), imports_files::CSV, file, &[]).await);
    assert_eq!(counted, [0, 2, 0, 0]);
    scene.told("two cancellations in a file", Some((2 * PRICE, "2")));
}

#[actix_web::test]
async fn env_3_bat_1_a_refused_eligibility_tells_and_a_dearer_first_one_does_not() {
    let scene = scene().await;
    let team = scene.app.instructor();
    let batch = opened(&team).await;
    scene.told("a batch", None);
    let refuse = decision("refuser", &scene.financed[..2]);
    let mut trial = refuse.clone();
    trial["essai"] = json!(true);
    eligibilite::decide(&team, &batch, &trial).await.ok(200);
    scene.told("a trial", None);
    eligibilite::decide(&team, &batch, &refuse).await.ok(200);
    scene.told("two refusals", Some((2 * PRICE, "2")));
    // The first of the list costs more than what comes back, whatever the next would cost.
    scene.amount(2 * PRICE);
    scene.app.execute("UPDATE enveloppe SET prix_aidants_connect = 50000").unwrap();
    scene
        .app
        .execute(&format!("UPDATE demande SET formation = 'aidants_numeriques' WHERE id = '{}'", scene.waiting[1]))
        .unwrap();
    scene.decide("retirer", &scene.financed[2..3]).await;
    scene.told("the first does not fit", None);
    scene.decide("retirer", &scene.financed[3..]).await;
    scene.told("now it does", Some((2 * PRICE, "2")));
    scene.app.execute("UPDATE enveloppe SET etat = 'close'").unwrap();
    scene.amount(3 * PRICE);
    let last = scene.app.insert(vec![granted(30, &scene.envelope)]);
    let version = scene.version(&last[0]).await;
    scene.caller().delete(&format!("/demandes/{}", last[0])).version(version).send().await.ok(204);
    scene.told("a closed envelope serves nobody", None);
}

#[actix_web::test]
async fn env_3_an_amendment_upwards_and_a_transfer_in_tell_a_transfer_out_does_not() {
    let scene = scene().await;
    let other = scene.app.texts("SELECT id AS v FROM enveloppe WHERE departement = '02'").remove(0);
    let [first, second] = [(); 2].map(|()| scene.app.account(Role::Anct, &[]));
    let moved = async |from: &str, body: &Value, decided: &str| {
        let path = format!("/enveloppes/{from}/mouvements");
        let proposed = first.post(&path).json(body).send().await.ok(201);
        let path = format!("/mouvements/{}/{decided}", proposed["id"].as_str().unwrap());
        second.post(&path).send().await.ok(200);
    };
    let amendment = |cents: i64| json!({ "genre": "avenant", "montant": cents, "motif": "Avenant" });
    let transfer = |to: &str| json!({ "genre": "transfert", "vers": to, "montant": PRICE, "motif": "Rééquilibrage" });
    moved(&scene.envelope, &amendment(PRICE), "refuser").await;
    scene.told("refused", None);
    moved(&scene.envelope, &amendment(PRICE - 1), "approuver").await;
    scene.told("one cent short", None);
    moved(&scene.envelope, &amendment(1), "approuver").await;
    scene.told("an amendment", Some((PRICE, "2")));
    moved(&scene.envelope, &transfer(&other), "approuver").await;
    scene.told("a transfer out, to an envelope for which nobody waits", None);
    moved(&other, &transfer(&scene.envelope), "approuver").await;
    scene.told("a transfer in", Some((PRICE, "2")));
    moved(&scene.envelope, &amendment(-1), "approuver").await;
    scene.told("an amendment downwards", None);
}

/// An edit that gives no money back does not look at the list; nor does one that gives some where nobody ever waited.
#[actix_web::test]
async fn a_change_that_can_serve_nobody_costs_no_statement_more() {
    let scene = scene().await;
    let caller = scene.caller();
    let cost = async |id: &str, change: &Value| {
        let version = scene.version(id).await;
        let before = counts(&scene.app.database).statements;
        caller.patch(&format!("/demandes/{id}")).version(version).json(change).send().await.ok(200);
        counts(&scene.app.database).statements - before
    };
    let edit = |cohort: &str| json!({ "cohorte": cohort });
    let back = json!({ "financement": "opco" });
    // The first use of a token is noted.
    cost(&scene.financed[0], &edit("A")).await;
    let edited = cost(&scene.financed[0], &edit("B")).await;
    let told = cost(&scene.financed[1], &back).await;
    scene.told("money back", Some((PRICE, "2")));
    let nobody = "UPDATE demande SET attente = 0, decision_financement = '', etape = 'recue' WHERE attente > 0";
    scene.app.execute(nobody).unwrap();
    let left = cost(&scene.financed[2], &back).await;
    scene.app.execute("UPDATE enveloppe SET file = 0").unwrap();
    let never = cost(&scene.financed[3], &back).await;
    assert_eq!((left - never, told > left), (1, true), "{told} {left} {never}: one look at the list");
    assert_eq!(cost(&scene.financed[0], &edit("C")).await, edited);
    scene.told("nobody waits", None);
}
