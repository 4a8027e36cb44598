//! The mails that tell of an event: each row of the table reaches whom it names, each template is rendered as it was proofread
//! (`tests/modeles/`), and the documentation shows that same table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use api::areas::demande::queries;
use api::courriels::{self, Fact, Subject, Values};
use api::text::mails;
use domain::courriel::{Destinataire, Evenement, TABLE, envois};
use domain::demande::{Colonne, Ligne};
use domain::permission::Role;
use domain::text::fr_courriel;
use serde_json::{Value, json};

use crate::eligibilite;
use crate::support::{Caller, SCOPES, TestApp, candidature, line};

const SITE: &str = "https://parcours.example";
const REASON: &str = "La structure est adhérente à Uniformation.";

/// Who is concerned by a demande, and where they are written to.
struct Scene {
    app: TestApp,
    envelope: String,
    addresses: BTreeMap<Destinataire, Vec<String>>,
}

/// An envelope with two accesses, an instructor, two administrators; a closed account and an access to another envelope that
/// nothing is told to.
async fn scene() -> Scene {
    let app = TestApp::new().await;
    let (envelope, other) = (app.envelope("01"), app.envelope("02"));
    let people = |count: usize, role, envelopes: &[&str]| -> Vec<String> {
        (0..count).map(|_| app.person(&[role], envelopes).email).collect()
    };
    let mut addresses = BTreeMap::from([
        (Destinataire::Recipiendaire, people(2, Role::Recipiendaire, &[&envelope])),
        (Destinataire::InstructeursAidantsConnect, people(1, Role::Instructeur, &[])),
        (Destinataire::Anct, people(2, Role::Anct, &[])),
    ]);
    people(1, Role::Recipiendaire, &[&other]);
    let closed = app.person(&[Role::Recipiendaire], &[&envelope]);
    app.execute(&format!("UPDATE compte SET etat = 'desactive' WHERE id = '{}'", closed.id)).unwrap();
    for (recipient, column) in PEOPLE {
        addresses.insert(recipient, vec![person(0, &envelope).get(column).to_owned()]);
    }
    Scene { app, envelope, addresses }
}

const PEOPLE: [(Destinataire, Colonne); 3] = [
    (Destinataire::Professionnel, Colonne::Email),
    (Destinataire::Referent, Colonne::ReferentEmail),
    (Destinataire::Structure, Colonne::StructureEmail),
];

/// A demande for Aidants Connect that no rule holds back.
fn person(n: usize, envelope: &str) -> Ligne {
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
    ] {
        line.set(column, value);
    }
    line
}

impl Scene {
    /// What the table says leaves for an event: template and address.
    fn expected(&self, event: Evenement) -> BTreeSet<(String, String)> {
        let of = |row: &domain::courriel::Envoi| {
            let addresses = self.addresses[&row.destinataire].iter();
            addresses.map(|address| (row.modele.to_owned(), address.clone())).collect::<Vec<_>>()
        };
        envois(event).flat_map(of).collect()
    }

    /// What the outbox holds, and nothing any more.
    fn taken(&self) -> Vec<Value> {
        let held = self.app.texts("SELECT charge AS v FROM boite_envoi ORDER BY cree_le, id");
        self.app.execute("DELETE FROM boite_envoi").unwrap();
        held.iter().map(|charge| serde_json::from_str(charge).unwrap()).collect()
    }

    /// Asserts that an event has put in the outbox the mails of its rows, each once, and that each can be read.
    fn told(&self, event: Evenement) {
        self.told_of(&[event]);
    }

    /// The same of events that one act makes.
    fn told_of(&self, events: &[Evenement]) {
        let held = self.taken();
        let pairs: Vec<_> = held.iter().map(|mail| (text(mail, "modele"), text(mail, "a"))).collect();
        assert_eq!(pairs.len(), pairs.iter().collect::<BTreeSet<_>>().len(), "{events:?}: {pairs:?}");
        let expected = events.iter().flat_map(|event| self.expected(*event)).collect();
        assert_eq!(pairs.into_iter().collect::<BTreeSet<_>>(), expected, "{events:?}");
        for mail in held {
            assert!(mails::render(&mail, SITE).is_some(), "{mail}");
        }
    }
}

fn text(mail: &Value, field: &str) -> String {
    mail[field].as_str().unwrap_or("").to_owned()
}

#[actix_web::test]
async fn each_row_of_the_table_reaches_whom_it_names_and_nobody_else() {
    let scene = scene().await;
    let app = &scene.app;
    let ids = app.insert(vec![person(0, &scene.envelope)]);
    let values = ["motif", "question", "numero", "date", "nombre", "reste", "reference", "structure", "chemin"];
    let values: Values = values.into_iter().map(|name| (name, name.to_owned())).collect();
    for event in Evenement::ALL.iter().copied() {
        let (clock, ids, values, envelope) = (app.clock.clone(), ids.clone(), values.clone(), scene.envelope.clone());
        app.write(move |conn| {
            let stored = queries::find_all(conn, &ids)?;
            let subject = match event {
                Evenement::CandidatureRecue => Subject::Address(stored[0].line.get(Colonne::StructureEmail)),
                Evenement::LotOuvert => Subject::National,
                Evenement::FondsLiberes | Evenement::LotProche | Evenement::ConventionFinissante => {
                    Subject::Enveloppe(&envelope)
                }
                _ => Subject::Demande(&stored[0]),
            };
            let fact = Fact { subject, values, detail: String::new() };
            courriels::push(conn, &clock, clock.now(), event, &[fact])
        })
        .unwrap();
        scene.told(event);
    }
}

async fn decide(caller: &Caller<'_>, action: &str, ids: &[String]) -> Value {
    let body = json!({ "action": action, "demandes": ids, "motif": REASON });
    caller.post("/demandes/financement").json(&body).send().await.ok(200)
}

#[actix_web::test]
async fn each_decision_on_the_financing_tells_those_of_its_rows() {
    let scene = scene().await;
    let app = &scene.app;
    let ids = app.insert(vec![person(0, &scene.envelope)]);
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.envelope]);
    for (action, event) in [
        ("mettre_en_attente", Some(Evenement::ListeAttente)),
        ("accorder", Some(Evenement::FinancementPromu)),
        ("refuser", Some(Evenement::FinancementRefuse)),
        ("accorder", Some(Evenement::FinancementAccorde)),
        ("retirer", Some(Evenement::FinancementRetire)),
        ("rouvrir", None),
    ] {
        let trial = json!({ "action": action, "demandes": ids, "essai": true, "motif": REASON });
        let tried = caller.post("/demandes/financement").json(&trial).send().await.ok(200);
        assert_eq!(scene.taken(), Vec::<Value>::new(), "a trial sends nothing");
        let done = decide(&caller, action, &ids).await;
        assert_eq!(done["faites"], 1, "{done}");
        assert_eq!(done["courriels"], tried["courriels"], "a trial says how many");
        match event {
            Some(event) => {
                assert_eq!(done["courriels"], json!(scene.expected(event).len()));
                scene.told(event);
            }
            None => assert_eq!(scene.taken(), Vec::<Value>::new()),
        }
    }
}

#[actix_web::test]
async fn a_waiting_list_that_is_served_tells_that_the_wait_is_over() {
    let scene = scene().await;
    let ids = scene.app.insert(vec![person(0, &scene.envelope)]);
    let caller = scene.app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.envelope]);
    decide(&caller, "mettre_en_attente", &ids).await;
    scene.taken();
    let promote = format!("/enveloppes/{}/promouvoir", scene.envelope);
    caller.post(&promote).json(&json!({ "motif": REASON })).send().await.ok(200);
    scene.told(Evenement::FinancementPromu);
}

#[actix_web::test]
async fn bat_1_each_step_of_a_batch_tells_those_of_its_rows() {
    let scene = scene().await;
    let app = &scene.app;
    let paid = |n: usize| {
        let mut line = person(n, &scene.envelope);
        line.set(Colonne::DecisionFinancement, "accorde");
        line
    };
    let ids = app.insert(vec![paid(0)]);
    assert_eq!(scene.taken(), Vec::<Value>::new(), "history writes to nobody");
    let team = app.instructor();
    let batch = eligibilite::opened(&team).await;
    scene.told(Evenement::LotOuvert);
    let act = async |action: &str| {
        let done = eligibilite::decide(&team, &batch, &eligibilite::decision(action, &ids)).await.ok(200);
        assert_eq!(done["faites"], 1, "{action}: {done}");
    };
    act("complement").await;
    let link = app.links("claude.martin@mairie.example").remove(0);
    scene.told(Evenement::ComplementDemande);
    let secret = link.split_once('#').unwrap().1;
    let answer = json!({ "jeton": secret, "demande": ids[0], "texte": "Angela, à l’accueil." });
    app.anonymous().post("/candidatures/suivi/reponse").json(&answer).send().await.ok(200);
    scene.told(Evenement::ComplementRecu);
    act("refuser").await;
    scene.told(Evenement::EligibiliteRefusee);
    act("rouvrir").await;
    scene.told_of(&[]);
    act("valider").await;
    scene.told_of(&[Evenement::EligibiliteValidee, Evenement::StructureHabilitee]);
    act("rouvrir").await;
    act("valider").await;
    scene.told(Evenement::EligibiliteValidee);
    // The batch that the schedule opens tells as one opened by hand.
    app.insert(vec![paid(1)]);
    app.clock.advance(chrono::Duration::days(1));
    assert_eq!(app.tick(), Some(2));
    scene.told(Evenement::LotOuvert);
}

#[actix_web::test]
async fn a_candidature_tells_its_structure() {
    let mut scene = scene().await;
    scene.addresses.insert(Destinataire::Structure, vec!["contact@mairie.example".to_owned()]);
    scene
        .app
        .anonymous()
        .post("/candidatures")
        .header("idempotency-key", "une-candidature")
        .json(&candidature("01"))
        .send()
        .await
        .ok(201);
    scene.told(Evenement::CandidatureRecue);
}

#[actix_web::test]
async fn who_is_told_of_several_demandes_reads_one_mail_and_an_address_reads_one_of_an_event() {
    let scene = scene().await;
    let app = &scene.app;
    let mut lines: Vec<Ligne> = (0..60).map(|n| person(n, &scene.envelope)).collect();
    // The référent is trained too.
    let referent = lines[0].get(Colonne::ReferentEmail).to_owned();
    lines[0].set(Colonne::Email, &referent);
    lines[0].set(Colonne::Nom, "Martin");
    lines[0].set(Colonne::Prenom, "Claude");
    let ids = app.insert(lines);
    app.execute("UPDATE enveloppe SET montant = 10000000").unwrap();
    let caller = app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.envelope]);
    let done = decide(&caller, "accorder", &ids).await;
    assert_eq!((done["faites"].as_u64(), done["courriels"].as_u64()), (Some(60), Some(62)));
    let read = |address: &str| {
        let mails = app.mails(address);
        mails.iter().map(|mail| mails::render(mail, SITE).unwrap().text).collect::<Vec<_>>()
    };
    let structure = read("mairie@mairie.example");
    assert_eq!(structure.len(), 1);
    assert!(structure[0].contains("et 10 autres") && structure[0].matches("\n- ").count() == 51, "{}", structure[0]);
    // As a professional of the first, as a référent of the others.
    let both = read(&referent);
    assert_eq!(both.len(), 2);
    assert!(both.iter().any(|mail| mail.contains("demandée pour vous")), "{both:?}");
}

#[test]
fn what_a_person_wrote_is_shown_as_it_is_and_reads_no_other_field() {
    let mut mail = mails::example("financement_refuse_professionnel").unwrap();
    mail["motif"] = json!("<b>{a}</b> & {recipiendaire}\r\nBcc: x");
    let mail = mails::render(&mail, SITE).unwrap();
    assert!(mail.text.contains("<b>{a}</b> & {recipiendaire}"), "{}", mail.text);
    assert!(mail.html.contains("&lt;b&gt;{a}&lt;/b&gt; &amp; {recipiendaire}"), "{}", mail.html);
    let mut unfinished = mails::example("financement_refuse_professionnel").unwrap();
    unfinished["motif"] = json!("");
    assert_eq!(mails::render(&unfinished, SITE), None, "a mail never leaves with a hole in it");
}

#[test]
fn every_template_is_the_one_that_was_proofread() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/modeles");
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for code in mails::codes() {
        let mail = mails::render(&mails::example(code).unwrap(), SITE).unwrap_or_else(|| panic!("{code}"));
        let shown = format!("{}\n\n{}\n{}\n", mail.subject, mail.text, mail.html);
        assert!(!shown.contains('{') && !shown.contains('}'), "{code}: {shown}");
        proofread(&folder.join(format!("{code}.txt")), &shown);
        kept.insert(format!("{code}.txt"));
        let reminder = TABLE.iter().any(|row| row.modele == code && row.evenement.est_rappel());
        assert_eq!(mail.stop.is_some(), reminder || code.starts_with("avis"), "{code}");
        // Nothing that opens a door, nobody real.
        let secret = |word: &str| word.len() > 30 && word.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(!shown.split(|c: char| !c.is_ascii_alphanumeric()).any(secret), "{code}");
    }
    for row in TABLE {
        assert!(kept.contains(&format!("{}.txt", row.modele)), "{row:?}");
    }
    let files: BTreeSet<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(files, kept, "no file is left behind");
}

#[test]
fn the_documentation_shows_the_table_that_is_sent() {
    let mut table = "| Événement | Qui reçoit | Objet | Modèle |\n|---|---|---|---|\n".to_owned();
    for row in TABLE {
        let mail = mails::render(&mails::example(row.modele).unwrap(), SITE).unwrap();
        let (event, recipient) = (fr_courriel::evenement(row.evenement), fr_courriel::destinataire(row.destinataire));
        table.push_str(&format!("| {event} | {recipient} | {} | `{}` |\n", mail.subject, row.modele));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/courriels.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once("<!-- table -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- fin -->").unwrap();
    proofread(&path, &format!("{before}<!-- table -->\n{table}<!-- fin -->{after}"));
}

/// Compares with what was proofread; `RELIRE=oui` writes it, to be read before it is committed.
fn proofread(path: &Path, shown: &str) {
    if std::env::var_os("RELIRE").is_some() {
        std::fs::write(path, shown).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(shown, kept, "{}: RELIRE=oui cargo test -p api --test it courriels", path.display());
}

#[actix_web::test]
async fn administrators_read_the_templates_and_nobody_else() {
    let app = TestApp::new().await;
    let anct = app.account(Role::Anct, &[]);
    let listed = anct.get("/courriels/modeles").send().await.ok(200);
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), mails::codes().count());
    let reminder = items.iter().find(|item| item["code"] == "lot_proche").unwrap();
    assert_eq!((&reminder["rappel"], &reminder["envois"][0]["destinataire"]), (&json!(true), &json!("recipiendaire")));
    let shown = anct.get("/courriels/modeles/structure_habilitee").send().await.ok(200);
    assert!(text(&shown, "texte").contains("010001") && text(&shown, "html").starts_with("<!doctype html>"), "{shown}");
    anct.get("/courriels/modeles/inconnu").send().await.problem(404, "introuvable");
    let envelope = app.envelope("03");
    for role in [Role::Recipiendaire, Role::Instructeur] {
        let other = app.account(role, &[&envelope]);
        other.get("/courriels/modeles").send().await.problem(403, "non-autorise");
        other.get("/courriels/modeles/lot_ouvert").send().await.problem(403, "non-autorise");
    }
    assert_eq!(app.rows("boite_envoi"), 0, "nothing leaves");
}
