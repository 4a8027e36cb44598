//! The eligibility batches: opened by the schedule or by hand, once; their work list; the decisions (BAT-1).

use api::areas::eligibilite;
use api::areas::enveloppe::registre::recount;
use chrono::Duration;
use domain::demande::{Colonne, Ligne};
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SCOPES, TestApp, elsewhere, line, query};

/// A reason, where the registry of companies has not been asked yet.
pub const REASON: &str = "Établissement vérifié par téléphone.";

/// A demande that no rule blocks and whose financing is granted.
pub fn granted(n: usize, envelope: &str) -> Ligne {
    let mut line = line("01", n, envelope);
    for (column, value) in [
        (Colonne::Formation, "aidants_connect"),
        (Colonne::StatutProfessionnel, "salarie"),
        (Colonne::ConseillerNumerique, "non"),
        (Colonne::AccompagneDemarches, "oui"),
        (Colonne::StructureEmail, "mairie@mairie.example"),
        (Colonne::ReferentNom, "Martin"),
        (Colonne::ReferentPrenom, "Claude"),
        (Colonne::ReferentProfession, "Directrice"),
        (Colonne::ReferentEmail, "claude.martin@mairie.example"),
        (Colonne::ReferentTelephone, "+33639980102"),
        (Colonne::DecisionFinancement, "accorde"),
    ] {
        line.set(column, value);
    }
    line
}

/// An application, its envelope in the Ain, and so many demandes that wait for the eligibility.
pub async fn with(count: usize) -> (TestApp, String, Vec<String>) {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let ids = app.insert((0..count).map(|n| granted(n, &envelope)).collect());
    (app, envelope, ids)
}

impl TestApp {
    /// A program of the Aidants Connect team, which days do not stop.
    pub fn instructor(&self) -> Caller<'_> {
        self.token(Role::Instructeur, &SCOPES)
    }

    /// Does what the worker does; the number of the batch that it opened.
    pub fn tick(&self) -> Option<i64> {
        let context = self.context();
        let db = self.db();
        let opened = elsewhere(|| db.write_blocking(move |conn| eligibilite::open_due(conn, &context)));
        opened.unwrap().map(|batch| batch.numero)
    }

    fn days(&self, days: i64) {
        self.clock.advance(Duration::days(days));
    }

    /// Départs and engaged of an envelope, which are those of a recount.
    pub fn engaged(&self, envelope: &str) -> (i64, i64) {
        let id = envelope.to_owned();
        let counted = self.read(move |conn| recount(conn, &id));
        let sql = |column: &str| format!("SELECT CAST({column} AS TEXT) AS v FROM enveloppe WHERE id = '{envelope}'");
        let of = |column: &str| self.texts(&sql(column))[0].parse::<i64>().unwrap();
        assert_eq!(
            (of("departs"), of("engage")),
            (counted.departs, counted.engage),
            "the counters are those of a recount"
        );
        (counted.departs, counted.engage)
    }
}

/// Opens a batch by hand.
pub async fn opened(caller: &Caller<'_>) -> String {
    let batch = caller.post("/lots-eligibilite").send().await.ok(201);
    batch["id"].as_str().unwrap().to_owned()
}

pub async fn decide(caller: &Caller<'_>, batch: &str, body: &Value) -> Answer {
    caller.post(&format!("/lots-eligibilite/{batch}/decisions")).json(body).send().await
}

pub fn decision(action: &str, ids: &[String]) -> Value {
    json!({ "action": action, "demandes": ids, "motif": REASON })
}

async fn work(caller: &Caller<'_>, batch: &str, parameters: &[(&str, &str)]) -> Value {
    caller.get(&query(&format!("/lots-eligibilite/{batch}/demandes"), parameters)).send().await.ok(200)
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

async fn batch(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/lots-eligibilite/{id}")).send().await.ok(200)
}

fn counters(batch: &Value) -> [i64; 5] {
    ["demandes", "a_decider", "validees", "refusees", "reportees"].map(|name| batch[name].as_i64().unwrap())
}

fn counts(done: &Value) -> [u64; 3] {
    ["faites", "inchangees", "refusees"].map(|name| done[name].as_u64().unwrap())
}

fn codes(done: &Value) -> Vec<&str> {
    let results = done["resultats"].as_array().unwrap().iter();
    results.map(|one| one["probleme"]["errors"][0]["code"].as_str().unwrap_or("")).collect()
}

#[actix_web::test]
async fn bat_1_the_schedule_opens_a_batch_every_fifteen_days_and_catches_up_once() {
    let (app, envelope, demandes) = with(3).await;
    let other = [(Colonne::Formation, "aidants_numeriques"), (Colonne::DecisionFinancement, "liste_attente")];
    app.insert(
        other
            .iter()
            .enumerate()
            .map(|(n, (column, value))| {
                let mut line = granted(10 + n, &envelope);
                line.set(*column, *value);
                line
            })
            .collect(),
    );
    // Not paid by an envelope: it needs no financing.
    let mut own = granted(20, "");
    own.set(Colonne::Financement, "fonds_propres");
    own.set(Colonne::DecisionFinancement, "");
    app.insert(vec![own]);
    assert_eq!(app.tick(), None, "the first day has not come");
    app.days(1);
    assert_eq!((app.tick(), app.tick()), (Some(1), None));
    let caller = app.instructor();
    let list = caller.get("/lots-eligibilite").send().await.ok(200);
    let first = list["items"][0].clone();
    assert_eq!((counters(&first), &first["prevu_le"]), ([4, 4, 0, 0, 0], &json!("2026-03-03")));
    assert_eq!(first["a_la_main"], false);
    let first = first["id"].as_str().unwrap();
    decide(&caller, first, &decision("valider", &demandes[..1])).await.ok(200);
    // Three openings are missed: one batch, of the last one due, takes what was left and what has come.
    app.insert(vec![granted(30, &envelope)]);
    app.days(50);
    assert_eq!((app.tick(), app.tick()), (Some(2), None));
    let list = caller.get("/lots-eligibilite").send().await.ok(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!((counters(&list["items"][0]), &list["items"][0]["prevu_le"]), ([4, 4, 0, 0, 0], &json!("2026-04-17")));
    assert_eq!(counters(&list["items"][1]), [4, 0, 1, 0, 3]);
    assert!(list["items"][1]["clos_le"].is_string() && list["items"][0]["clos_le"].is_null());
    // What is closed decides nothing more.
    let refused = decide(&caller, first, &decision("valider", &demandes[1..2])).await.problem(409, "conflit-etat");
    assert!(refused["detail"].as_str().unwrap().contains("clos"), "{refused}");
    let told = app.texts("SELECT action AS v FROM journal WHERE objet = 'lot_eligibilite'");
    assert_eq!(told, ["lot_eligibilite.ouvert"; 2]);
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");
}

#[actix_web::test]
async fn bat_1_several_servers_open_one_batch_only() {
    let (app, _envelope, _ids) = with(2).await;
    app.days(1);
    let context = app.context();
    let outcomes = app.in_parallel(40, |conn| eligibilite::open_due(conn, &context).unwrap().is_some());
    assert_eq!(outcomes.iter().filter(|opened| **opened).count(), 1);
    assert_eq!((app.rows("lot_eligibilite"), app.rows("lot_demande")), (1, 2));
}

#[actix_web::test]
async fn bat_1_a_batch_is_opened_by_hand_when_something_new_waits_and_the_schedule_goes_on() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.instructor();
    caller.post("/lots-eligibilite").send().await.problem(409, "conflit-etat");
    app.insert(vec![granted(0, &envelope)]);
    for role in [Role::Anct, Role::Recipiendaire] {
        app.account(role, &[&envelope]).post("/lots-eligibilite").send().await.problem(403, "non-autorise");
    }
    let by_hand = opened(&caller).await;
    assert_eq!(batch(&caller, &by_hand).await["a_la_main"], true);
    let again = caller.post("/lots-eligibilite").send().await.problem(409, "conflit-etat");
    assert!(again["detail"].as_str().unwrap().contains("en dehors du lot ouvert"), "{again}");
    app.insert(vec![granted(1, &envelope)]);
    app.clock.advance(Duration::seconds(1));
    let second = opened(&caller).await;
    assert_eq!(counters(&batch(&caller, &second).await), [2, 2, 0, 0, 0], "what the former left, and what has come");
    app.days(1);
    assert_eq!(app.tick(), Some(3), "3 March was promised");
    app.days(15);
    app.insert(vec![granted(2, &envelope)]);
    let fourth = opened(&caller).await;
    assert_eq!(
        (app.tick(), batch(&caller, &fourth).await["numero"].as_i64()),
        (None, Some(4)),
        "it is that of the day"
    );
    assert_eq!(batch(&caller, &fourth).await["prevu_le"], "2026-03-18");
}

#[actix_web::test]
async fn bat_1_the_schedule_is_versioned_and_set_over_what_was_read() {
    let (app, envelope, _ids) = with(1).await;
    let (team, anct) = (app.instructor(), app.account(Role::Anct, &[]));
    let read = team.get("/calendrier-eligibilite").send().await;
    assert_eq!(read.header("etag"), Some("\"1\""));
    let read = read.ok(200);
    assert_eq!(
        (&read["premier_jour"], &read["periode"], &read["prochaine"]),
        (&json!("2026-03-03"), &json!(15), &json!("2026-03-03"))
    );
    let put = |body: Value| anct.put("/calendrier-eligibilite").json(&body);
    let body = json!({ "premier_jour": "2026-01-01", "periode": 10 });
    put(body.clone()).send().await.problem(428, "version-manquante");
    let set = put(body.clone()).version(1).send().await.ok(200);
    // 2 March is of this rhythm, and today: it is due.
    assert_eq!((&set["version"], &set["prochaine"]), (&json!(2), &json!("2026-03-02")));
    assert_eq!(set["versions"].as_array().unwrap().len(), 2);
    assert_eq!(set["versions"][0]["auteur"], "Camille Testeur");
    put(body).version(1).send().await.problem(412, "version-perimee");
    for (premier_jour, periode, field) in
        [("2026-02-30", 15, "/premier_jour"), ("2026-03-03", 0, "/periode"), ("1999-12-31", 15, "/premier_jour")]
    {
        let wrong = json!({ "premier_jour": premier_jour, "periode": periode });
        put(wrong).version(2).send().await.refuses(422, "champs-invalides", field);
    }
    assert_eq!(app.tick(), Some(1));
    team.put("/calendrier-eligibilite").version(2).json(&json!({ "premier_jour": "2026-02-20" })).send().await.ok(200);
    assert_eq!(app.tick(), None, "an opening before the schedule was set is not made up for");
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    for path in ["/calendrier-eligibilite", "/lots-eligibilite", "/acces-bac-a-sable"] {
        holder.get(path).send().await.problem(403, "non-autorise");
    }
    // A schedule that was emptied stops the openings, and is told.
    app.execute("DELETE FROM calendrier_eligibilite").unwrap();
    team.get("/calendrier-eligibilite").send().await.problem(404, "introuvable");
    app.days(60);
    assert_eq!(app.tick(), None);
}

#[actix_web::test]
async fn bat_1_the_work_list_shows_constats_with_their_proofs_page_by_page_and_is_filtered() {
    let (app, envelope, demandes) = with(5).await;
    let mut volunteer = granted(7, &envelope);
    volunteer.set(Colonne::StatutProfessionnel, "benevole");
    let mut elsewhere = granted(8, &envelope);
    elsewhere.set(Colonne::Departement, "69");
    let more = app.insert(vec![volunteer, elsewhere]);
    let caller = app.account(Role::Instructeur, &[]);
    let lot = opened(&caller).await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = work(&caller, &lot, &[("limit", "3"), ("cursor", &cursor)]).await;
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(seen, demandes.iter().chain(&more).cloned().collect::<Vec<_>>());
    let blocked = work(&caller, &lot, &[("verdict", "bloquant")]).await;
    assert_eq!(ids(&blocked), [more[0].as_str()]);
    let first = &blocked["items"][0];
    assert_eq!((&first["retenue"], &first["decision"]), (&json!(true), &json!("a_decider")));
    let constat = first["constats"].as_array().unwrap().iter().find(|one| one["regle"] == "ELI-1").unwrap();
    assert_eq!((&constat["verdict"], &constat["preuve"]["valeur"]), (&json!("bloquant"), &json!("benevole")));
    assert_eq!(ids(&work(&caller, &lot, &[("departement", "69")]).await), [more[1].as_str()]);
    let name = crate::support::last_name(2);
    assert_eq!(ids(&work(&caller, &lot, &[("q", &name.to_uppercase())]).await), [demandes[2].as_str()]);
    assert!(ids(&work(&caller, &lot, &[("q", "100%")]).await).is_empty(), "a sign is no joker");
    decide(&caller, &lot, &decision("valider", &demandes[..2])).await.ok(200);
    assert_eq!(ids(&work(&caller, &lot, &[("decision", "validee")]).await), [&*demandes[0], &*demandes[1]]);
    let done = work(&caller, &lot, &[("decision", "validee")]).await;
    assert_eq!((&done["items"][0]["auteur"], &done["items"][0]["motif"]), (&json!("Camille Testeur"), &json!(REASON)));
    for (name, value) in
        [("verdict", "oui"), ("decision", "x"), ("complement", "x"), ("departement", "999"), ("q", &"x".repeat(201))]
    {
        let path = query(&format!("/lots-eligibilite/{lot}/demandes"), &[(name, value)]);
        caller.get(&path).send().await.refuses(400, "parametre-invalide", name);
    }
    let path = query(&format!("/lots-eligibilite/{lot}/demandes"), &[("verdict", "ok"), ("cursor", &cursor)]);
    caller.get(&path).send().await.problem(400, "curseur-invalide");
    caller.get("/lots-eligibilite/inconnu/demandes").send().await.problem(404, "introuvable");
    // Who administers reads; who reads is not who decides.
    let anct = app.account(Role::Anct, &[]);
    assert_eq!(ids(&work(&anct, &lot, &[]).await).len(), 7);
    decide(&anct, &lot, &decision("valider", &demandes[2..3])).await.problem(403, "non-autorise");
}

#[actix_web::test]
async fn bat_1_a_decision_is_tried_then_taken_whole_or_in_part_and_seen_in_the_table_at_once() {
    let (app, envelope, demandes) = with(4).await;
    let mut volunteer = granted(7, &envelope);
    volunteer.set(Colonne::StatutProfessionnel, "benevole");
    let blocked = app.insert(vec![volunteer]).remove(0);
    let caller = app.account(Role::Instructeur, &[]);
    let lot = opened(&caller).await;
    let outside = app.insert(vec![granted(8, &envelope)]).remove(0);
    let all = [demandes[0].clone(), demandes[1].clone(), blocked.clone(), outside.clone(), demandes[0].clone()];
    let mut body = decision("valider", &all);
    body["motif"] = json!("");
    (body["essai"], body["atomique"]) = (json!(true), json!(false));
    let tried = decide(&caller, &lot, &body).await.ok(200);
    assert_eq!(codes(&tried), ["motif_requis", "motif_requis", "bloquante", "", "deja_dans_la_liste"]);
    assert_eq!(tried["resultats"][3]["probleme"]["code"], "introuvable", "a demande of no batch");
    body["motif"] = json!(REASON);
    let tried = decide(&caller, &lot, &body).await.ok(200);
    assert_eq!((counts(&tried), tried["structures"].as_u64()), ([2, 0, 3], Some(2)));
    assert_eq!((app.rows("acces_bac_a_sable"), batch(&caller, &lot).await["validees"].as_i64()), (0, Some(0)));
    let mails = app.rows("boite_envoi");
    (body["essai"], body["atomique"]) = (json!(false), json!(true));
    let refused = decide(&caller, &lot, &body).await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 3, "all that must be mended: {refused}");
    body["atomique"] = json!(false);
    let request = caller.post(&format!("/lots-eligibilite/{lot}/decisions")).header("idempotency-key", "decision-1");
    let answer = request.json(&body).send().await;
    let gesture = answer.header("x-request-id").unwrap().to_owned();
    let done = answer.ok(200);
    assert_eq!((counts(&done), &done["courriels"]), ([2, 0, 3], &tried["courriels"]), "as was tried");
    assert_eq!(app.rows("boite_envoi") - mails, tried["courriels"].as_i64().unwrap());
    assert_eq!(done["resultats"][0]["colonnes"]["etape"], "eligibilite_validee");
    let request = caller.post(&format!("/lots-eligibilite/{lot}/decisions")).header("idempotency-key", "decision-1");
    assert_eq!(request.json(&body).send().await.ok(200), done, "the first answer");
    // The table of the récipiendaire says it, with its reason in the history.
    let holder = app.account(Role::Recipiendaire, &[&envelope]);
    let read = holder.get(&format!("/demandes/{}", demandes[0])).send().await.ok(200);
    assert_eq!((&read["decision_eligibilite"], &read["etape"]), (&json!("validee"), &json!("eligibilite_validee")));
    let history = holder.get(&format!("/demandes/{}/historique", demandes[0])).send().await.ok(200);
    assert_eq!(
        (&history["items"][0]["action"], &history["items"][0]["motif"]),
        (&json!("demande.eligibilite"), &json!(REASON))
    );
    // A decision is no gesture: it is opened again.
    let undone = caller.post(&format!("/gestes/{gesture}/annuler")).send().await;
    undone.problem(403, "non-autorise");
    assert_eq!(counters(&batch(&caller, &lot).await), [5, 3, 2, 0, 0]);
    decide(&caller, &lot, &decision("rouvrir", &demandes[..1])).await.ok(200);
    assert_eq!(counters(&batch(&caller, &lot).await), [5, 4, 1, 0, 0]);
    assert_eq!(
        codes(
            &decide(
                &caller,
                &lot,
                &json!({
                    "action": "refuser", "demandes": [demandes[1]], "motif": "Non.", "atomique": false
                })
            )
            .await
            .ok(200)
        ),
        ["deja_decidee"]
    );
}

#[actix_web::test]
async fn bat_1_who_may_change_demandes_does_not_type_the_decision() {
    let (app, envelope, demandes) = with(1).await;
    let caller = app.instructor();
    let lot = opened(&caller).await;
    let holder = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    decide(&holder, &lot, &decision("valider", &demandes)).await.problem(403, "non-autorise");
    holder.get(&format!("/lots-eligibilite/{lot}")).send().await.problem(403, "non-autorise");
    let typed = holder.patch(&format!("/demandes/{}", demandes[0])).version(1);
    typed.json(&json!({ "decision_eligibilite": "validee" })).send().await.problem(400, "json-invalide");
    for (body, field) in [
        (json!({ "action": "valider", "demandes": [] }), "/demandes"),
        (json!({ "action": "refuser", "demandes": demandes }), "/motif"),
        (json!({ "action": "complement", "demandes": demandes, "motif": "  " }), "/motif"),
        (json!({ "action": "valider", "demandes": demandes, "motif": "x".repeat(1_001) }), "/motif"),
    ] {
        decide(&caller, &lot, &body).await.refuses(422, "champs-invalides", field);
    }
    decide(&caller, "inconnu", &decision("valider", &demandes)).await.problem(404, "introuvable");
    // Withdrawn since the batch took it.
    let withdrawn = json!({ "action": "retirer", "demandes": demandes });
    holder.post("/demandes/financement").json(&withdrawn).send().await.ok(200);
    let mut body = decision("valider", &demandes);
    body["atomique"] = json!(false);
    assert_eq!(codes(&decide(&caller, &lot, &body).await.ok(200)), ["terminee"]);
}
