//! Each service failing in every way: nothing that people do waits or breaks, the row says « non vérifié », and the check is
//! made again within ten minutes of the return of the service.

use std::time::Duration;

use actix_web::web;
use api::app::App;
use api::preuves;
use api::preuves::simulateurs::{Mode, Profil};
use domain::demande::Colonne;
use domain::preuve::Service;
use serde_json::{Value, json};

use super::{Scene, constat, number, structures};
use crate::eligibilite::{decide, decision, granted, opened};
use crate::imports_files::wait;

const FAILURES: [(Mode, &str); 8] = [
    (Mode::Sature(30), "sature"),
    // Asks to be left alone for longer than it is.
    (Mode::Sature(7_200), "sature"),
    (Mode::Panne, "panne"),
    (Mode::Illisible, "illisible"),
    (Mode::MauvaisType, "illisible"),
    (Mode::Redirection, "refus"),
    (Mode::Immense, "illisible"),
    (Mode::Lent, "delai"),
];

/// Another server of the same database, which asks what fails: of what never answers it waits for little, so that what
/// does answer is not hurried by a busy machine.
fn beside(scene: &Scene, mode: Mode) -> web::Data<App> {
    let app = &scene.app.app;
    let mut config = app.config.clone();
    if mode == Mode::Lent {
        config.services.delay = Duration::from_millis(100);
    }
    App::assemble(config, app.db.clone(), app.clock.clone(), app.territories.clone()).unwrap()
}

/// A service that fails in one way while people work.
struct Outage {
    scene: Scene,
    other: web::Data<App>,
    service: Service,
    mode: Mode,
    failure: &'static str,
    siret: String,
}

impl Outage {
    async fn new(service: Service, profil: Profil, (mode, failure): (Mode, &'static str)) -> Self {
        let scene = Scene::with(&["entreprises", "siro", "adresses"], "10000").await;
        scene.doubles.behave(service, mode);
        let (other, siret) = (beside(&scene, mode), structures(profil, 1).remove(0));
        Self { scene, other, service, mode, failure, siret }
    }

    /// One look at the queue of every service; how many times the one that fails was asked.
    async fn turn(&self) -> usize {
        let mut asked = 0;
        for service in Service::ALL.iter().copied() {
            let fails = service == self.service;
            let server = if fails { &self.other } else { &self.scene.app.app };
            let made = preuves::check(server, service).await.unwrap();
            asked += if fails { made } else { 0 };
        }
        assert_eq!(self.scene.pass().await, 0, "{:?}: nothing is due, the verdicts follow", self.mode);
        asked
    }

    /// A line of an import that no rule blocks, at an address that somebody typed; its demande.
    async fn import(&self) -> String {
        let mut line = granted(0, "");
        for (column, value) in [
            (Colonne::Siret, self.siret.as_str()),
            (Colonne::StructureNom, "Association"),
            (Colonne::StructureType, "associations"),
            (Colonne::Adresse, "7 rue Secrète"),
            (Colonne::CodePostal, "01160"),
        ] {
            line.set(column, value);
        }
        let kept = [Colonne::EnveloppeId, Colonne::DecisionFinancement, Colonne::Source, Colonne::Financement];
        let cells = line.iter().filter(|(column, value)| !value.is_empty() && !kept.contains(column));
        let (names, values): (Vec<_>, Vec<_>) = cells.map(|(column, value)| (column.nom(), value)).unzip();
        let file = format!("{}\n{}\n", names.join(","), values.join(","));
        let caller = self.scene.manager();
        let sent = caller.post("/imports?objet=demandes").body("text/csv", file).send().await.ok(202);
        let done = wait(&caller, sent["id"].as_str().unwrap()).await;
        assert_eq!((&done["etat"], &done["creees"]), (&json!("termine"), &json!(1)), "{:?}: {done}", self.mode);
        self.scene.app.texts("SELECT id AS v FROM demande ORDER BY rang DESC").remove(0)
    }

    /// Where the check with the service that fails stands.
    async fn check(&self) -> Value {
        let path = format!("/structures/{}/preuves", self.siret);
        let proofs = self.scene.manager().get(&path).send().await.ok(200);
        let mut checks = proofs["suivis"].as_array().unwrap().iter();
        checks.find(|check| check["service"] == self.service.as_str()).unwrap().clone()
    }

    /// Asserts that whoever looks at the demande reads that nothing was verified.
    async fn is_not_verified(&self, id: &str) {
        let (caller, mode) = (self.scene.manager(), self.mode);
        let check = self.check().await;
        let state = (&check["etat"], &check["echec"]);
        assert_eq!(state, (&json!("non_verifiee"), &json!(self.failure)), "{mode:?}: {check}");
        let says = async |rule: &str, source: &str| {
            let said = constat(&caller, id, rule).await;
            assert_eq!(said["verdict"], "a-verifier", "{mode:?}: {said}");
            assert!(said["phrase"].as_str().unwrap().starts_with("Non vérifié : "), "{mode:?}: {said}");
            let proof = json!({ "source": source, "date": "2026-03-02", "valeur": "non vérifié" });
            assert_eq!(said["preuve"], proof, "{mode:?}");
        };
        match self.service {
            Service::Entreprises => {
                says("ELI-9", "Annuaire des entreprises").await;
                says("ELI-3", "Annuaire des entreprises").await;
            }
            Service::Siro => says("ELI-3", "SIRO (France compétences)").await,
            // No rule rests on the place of a structure.
            Service::Adresses => {}
        }
    }

    /// An import, a change, an attribution and a batch of eligibility, none of which waits; the demande.
    async fn work(&self) -> String {
        let (caller, mode) = (self.scene.manager(), self.mode);
        let id = self.import().await;
        assert_eq!(self.turn().await, 1, "{mode:?}");
        self.is_not_verified(&id).await;
        let path = format!("/demandes/{id}");
        let version = caller.get(&path).send().await.ok(200)["version"].as_i64().unwrap();
        let edited = caller.patch(&path).version(version).json(&json!({ "cohorte": "A" })).send().await;
        assert_eq!(edited.ok(200)["cohorte"], "A", "{mode:?}");
        let ids = [id.clone()];
        let paid = caller.post("/demandes/financement").json(&decision("accorder", &ids)).send().await.ok(200);
        assert_eq!(paid["faites"], 1, "{mode:?}: {paid}");
        let team = self.scene.app.instructor();
        let batch = opened(&team).await;
        let decided = decide(&team, &batch, &decision("valider", &ids)).await.ok(200);
        assert_eq!(decided["faites"], 1, "{mode:?}: {decided}");
        self.scene.advance(60);
        self.turn().await;
        let kept =
            format!("SELECT decision_financement || ' ' || decision_eligibilite AS v FROM demande WHERE id = '{id}'");
        assert_eq!(self.scene.app.texts(&kept), ["accorde validee"], "{mode:?}");
        self.is_not_verified(&id).await;
        id
    }

    /// An hour of the same: asked again all the while, and not more than it bears.
    async fn lasts(&self) {
        let mut asked = 0;
        for _ in 0..60 {
            self.scene.advance(60);
            asked += self.turn().await;
        }
        assert!((6..=30).contains(&asked), "{:?}: {asked} calls in an hour", self.mode);
    }

    /// The service answers again, and is asked within ten minutes.
    async fn ends(&self) {
        self.scene.doubles.behave(self.service, Mode::Normal);
        let answers =
            format!("SELECT count(*) AS n FROM preuve WHERE service = '{}' AND valeur <> ''", self.service.as_str());
        let mut minutes = 0;
        while number(&self.scene.app, &answers) == 0 {
            self.scene.advance(60);
            self.scene.pass().await;
            minutes += 1;
            assert!(minutes <= 10, "{:?}: not asked again", self.mode);
        }
    }

    /// Asserts what has left: the SIRET alone to the register and to SIRO, and to the address base the address that the
    /// register publishes, never one that was typed.
    fn has_told_little(&self) {
        let heard = |service: Service, wanted: String| {
            let received = self.scene.doubles.received(service);
            assert!(!received.is_empty(), "{:?}: {service:?}", self.mode);
            assert!(received.iter().all(|one| *one == wanted), "{:?}: {received:?}", self.mode);
        };
        heard(Service::Entreprises, format!("/entreprises/search?q={}&per_page=1", self.siret));
        heard(Service::Siro, format!("/siro/siro/v1/public/{}", self.siret));
        let address = "1+PLACE+DE+LA+MAIRIE+01000+BOURG-EN-BRESSE";
        heard(Service::Adresses, format!("/adresses/search?q={address}&limit=1&autocomplete=0&postcode=01000"));
    }
}

/// A service fails in each way; what is known at the end of each is looked at by `then`.
async fn fails(service: Service, profil: Profil, then: impl AsyncFn(&Outage, &str)) {
    for failure in FAILURES {
        let outage = Outage::new(service, profil, failure).await;
        let id = outage.work().await;
        outage.lasts().await;
        outage.ends().await;
        then(&outage, &id).await;
        outage.has_told_little();
    }
}

#[actix_web::test]
async fn eli_9_whatever_way_the_register_fails_work_goes_on_and_the_check_is_made_again() {
    fails(Service::Entreprises, Profil::AutreOpco, async |outage, id| {
        let said = constat(&outage.scene.manager(), id, "ELI-9").await;
        assert_eq!((&said["verdict"], &said["preuve"]["valeur"]), (&json!("ok"), &json!(outage.siret)), "{said}");
    })
    .await;
}

#[actix_web::test]
async fn eli_3_whatever_way_siro_fails_work_goes_on_and_the_check_is_made_again() {
    fails(Service::Siro, Profil::SansConvention, async |outage, id| {
        assert_eq!(outage.check().await["etat"], "inconnue", "it has answered");
        let said = constat(&outage.scene.manager(), id, "ELI-3").await;
        assert_eq!((&said["verdict"], &said["preuve"]["valeur"]), (&json!("a-verifier"), &json!(outage.siret)));
    })
    .await;
}

#[actix_web::test]
async fn whatever_way_the_address_base_fails_work_goes_on_and_the_check_is_made_again() {
    fails(Service::Adresses, Profil::AutreOpco, async |outage, _id| {
        let path = format!("/structures/{}/preuves", outage.siret);
        let place = &outage.scene.manager().get(&path).send().await.ok(200)["adresse"];
        assert_eq!((&place["score"], &place["certaine"]), (&json!(92), &json!(true)));
    })
    .await;
}

#[actix_web::test]
async fn eli_3_whatever_way_siro_fails_the_presumption_stays_a_presumption() {
    for (mode, failure) in FAILURES {
        let scene = Scene::with(&["entreprises", "siro", "adresses"], "10000").await;
        for service in [Service::Siro, Service::Adresses] {
            scene.doubles.behave(service, mode);
        }
        let [presumed, unknown] =
            [Profil::Uniformation, Profil::SansConvention].map(|wanted| structures(wanted, 1).remove(0));
        let ids = scene.demandes(&[presumed.clone(), unknown.clone()]);
        assert_eq!(preuves::check(&scene.app.app, Service::Entreprises).await.unwrap(), 2, "{mode:?}: the register");
        assert_eq!(preuves::pass(&beside(&scene, mode)).await.unwrap(), 4, "{mode:?}: then the two others");
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

#[actix_web::test]
async fn an_address_of_partial_diffusion_is_neither_kept_nor_looked_for() {
    let scene = Scene::with(&["entreprises", "adresses"], "10000").await;
    let [partial, public] = [Profil::Partielle, Profil::AutreOpco].map(|wanted| structures(wanted, 1).remove(0));
    scene.demandes(&[partial.clone(), public.clone()]);
    assert_eq!(scene.pass().await, 3, "the register twice, the address base once");
    assert_eq!(scene.doubles.calls(Service::Adresses), 1);
    let caller = scene.manager();
    let proofs = async |siret: &str| caller.get(&format!("/structures/{siret}/preuves")).send().await.ok(200);
    let seen = proofs(&partial).await;
    assert_eq!((&seen["entreprise"]["adresse"], &seen["entreprise"]["code_postal"]), (&json!(""), &json!("")));
    assert_eq!((&seen["entreprise"]["ouvert"], &seen["adresse"]), (&json!(true), &Value::Null), "the rest is known");
    let kept = "SELECT count(*) AS n FROM preuve WHERE valeur LIKE '%PLACE DE LA MAIRIE%'";
    assert_eq!((number(&scene.app, kept), scene.app.rows("preuve")), (2, 3), "of the other, in both answers");
    // It was published, and no longer is: what was found of it goes.
    scene
        .app
        .execute(&format!("UPDATE preuve SET siret = '{partial}' WHERE siret = '{public}' AND service = 'adresses'"))
        .unwrap();
    scene.advance(31 * 86_400);
    scene.settle().await;
    assert_eq!(proofs(&partial).await["adresse"], Value::Null);
    assert_eq!(number(&scene.app, &format!("SELECT count(*) AS n FROM preuve WHERE siret = '{partial}'")), 1);
}
