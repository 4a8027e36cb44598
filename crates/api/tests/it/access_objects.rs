//! Every role × every operation of the matrix × {own, sibling, foreign} object: what is not within reach does not exist.

use actix_web::http::Method;
use domain::permission::{Access, CATALOGUE, Operation, Reach, Role, reach};
use serde_json::{Value, json};

use crate::eligibilite;
use crate::support::{Answer, Caller, SCOPES, TestApp, demande, line, query};

/// One envelope with a demande in it, a link and a movement of it, an import by somebody who works on it, and an API client that does too.
struct Place {
    envelope: String,
    demande: String,
    import: String,
    client: String,
    link: String,
    movement: String,
}

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Demande,
    Import,
    Client,
    Envelope,
    Link,
    Movement,
    /// National: the same everywhere.
    Batch,
}

struct Scene {
    app: TestApp,
    /// Of the caller.
    own: Place,
    /// Of the same organisation, on which the caller does not work.
    sibling: Place,
    /// Of another organisation.
    foreign: Place,
    batch: String,
}

impl Scene {
    fn object<'a>(&'a self, place: &'a Place, kind: Kind) -> &'a String {
        match kind {
            Kind::Demande => &place.demande,
            Kind::Import => &place.import,
            Kind::Client => &place.client,
            Kind::Envelope => &place.envelope,
            Kind::Link => &place.link,
            Kind::Movement => &place.movement,
            Kind::Batch => &self.batch,
        }
    }

    /// All that these operations may change.
    fn state(&self) -> Vec<String> {
        self.app.texts(
            "SELECT id || ' ' || CAST(version AS TEXT) || ' ' || CAST(montant AS TEXT) || ' ' || libelle AS v FROM enveloppe \
             UNION ALL SELECT id || ' ' || CAST(version AS TEXT) || ' ' || etape FROM demande \
             UNION ALL SELECT id || ' ' || etat FROM mouvement_enveloppe \
             UNION ALL SELECT id || ' ' || CAST(version AS TEXT) FROM lien_candidature ORDER BY 1",
        )
    }
}

const UNKNOWN: &str = "0198c0de-0000-7000-8000-00000000abcd";

const FILE: &str = "structure_nom,siret,nom,prenom,email,formation,structure_type\nx,1,x,x,x,x,x\n";

async fn place(app: &TestApp, department: &str, label: &str) -> Place {
    let envelope = app.envelope_of(department, label, true);
    let demande = app.insert(vec![line(department, 0, &envelope)]).remove(0);
    let holder = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let sent = holder.post("/imports?objet=demandes&dry_run=true").body("text/csv", FILE).send().await.ok(202);
    let import = sent["id"].as_str().unwrap().to_owned();
    let client = app.texts("SELECT id AS v FROM client_api ORDER BY id DESC").remove(0);
    let made = holder.post(&format!("/enveloppes/{envelope}/liens")).json(&json!({ "libelle": "A" })).send().await;
    let link = made.ok(201)["id"].as_str().unwrap().to_owned();
    let amendment = json!({ "genre": "avenant", "montant": 1, "motif": "Avenant" });
    let national = app.account(Role::Anct, &[]);
    let proposed = national.post(&format!("/enveloppes/{envelope}/mouvements")).json(&amendment).send().await;
    let movement = proposed.ok(201)["id"].as_str().unwrap().to_owned();
    Place { envelope, demande, import, client, link, movement }
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let (own, sibling) = (place(&app, "01", "Enveloppe").await, place(&app, "01", "Autre enveloppe").await);
    let foreign = place(&app, "02", "Enveloppe").await;
    app.insert(vec![eligibilite::granted(0, &app.envelope("03"))]);
    let batch = eligibilite::opened(&app.instructor()).await;
    Scene { app, own, sibling, foreign, batch }
}

/// A well-formed request for an operation on an object, at a version that it does not have: nothing is changed.
async fn send(caller: &Caller<'_>, name: &str, id: &str) -> Answer {
    let (method, path) = name.split_once(' ').unwrap();
    let path = path.strip_prefix("/api/v1").unwrap().replace("{id}", id);
    let request = caller.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
    match method {
        "PATCH" => request.version(99).json(&json!({ "ville": "Lyon" })),
        "DELETE" => request.version(99),
        _ if name.ends_with("/commentaires") && method == "POST" => request.json(&json!({ "texte": "Bonjour" })),
        _ if name.ends_with("/cles") => request.json(&json!({ "genre": "jeton", "jours": 30 })),
        _ if name.ends_with("/promouvoir") => request.json(&json!({ "essai": true })),
        _ if name.ends_with("/decisions") => {
            request.json(&json!({ "action": "refuser", "demandes": [UNKNOWN], "motif": "x", "essai": true }))
        }
        "POST" if name.ends_with("/mouvements") => {
            request.json(&json!({ "genre": "avenant", "montant": 0, "motif": "Rien" }))
        }
        "POST" if name.ends_with("/liens") => request.json(&json!({ "libelle": "B" })),
        "PUT" if name.contains("/enveloppes/") => {
            request.version(99).json(&json!({ "libelle": "Autre", "recipiendaire": "Autre" }))
        }
        "PUT" if name.contains("/liens/") => request.version(99).json(&json!({ "libelle": "Autre" })),
        _ => request,
    }
    .send()
    .await
}

/// The operations of the matrix on one object: an envelope, or what is of one; a new route about them is here by itself. Accounts,
/// which are of none, are told in accounts.rs; gestures and views, which are of their author, in lots.rs and vues.rs; objects within
/// another, with it: client_api.rs, commentaires.rs.
fn on_one_object() -> impl Iterator<Item = (&'static str, Operation, Kind)> {
    CATALOGUE.iter().filter_map(|(name, access)| match access {
        Access::Right(operation)
            if name.contains("{id}")
                && !["{cle}", "{commentaire}", "/comptes", "/invitations", "/gestes", "/vues"]
                    .iter()
                    .any(|part| name.contains(part)) =>
        {
            let kind = match name {
                name if name.contains("/imports/") => Kind::Import,
                name if name.contains("/clients-api/") => Kind::Client,
                name if name.contains("/enveloppes/{id}") => Kind::Envelope,
                name if name.contains("/liens/{id}") => Kind::Link,
                name if name.contains("/mouvements/{id}") => Kind::Movement,
                name if name.contains("/lots-eligibilite/{id}") => Kind::Batch,
                _ => Kind::Demande,
            };
            Some((*name, *operation, kind))
        }
        _ => None,
    })
}

fn assert_reached(answer: &Answer, what: &str) {
    assert!(![401, 403, 404].contains(&answer.status) && answer.status < 500, "{what}: {}", answer.text());
}

#[actix_web::test]
async fn sec_40_each_role_reaches_its_objects_and_no_other_does_exist() {
    let scene = scene().await;
    for role in Role::COMPTES {
        let token = scene.app.token_on(role, &SCOPES, &[&scene.own.envelope]);
        let session = scene.app.account(role, &[&scene.own.envelope]);
        for (how, caller) in [("token", &token), ("session", &session)] {
            let mine = if reach(role, Operation::ImportEcrire) == Reach::Own {
                Some(import_of_own(caller).await)
            } else {
                None
            };
            for (name, operation, kind) in on_one_object() {
                for (which, place) in [("own", &scene.own), ("sibling", &scene.sibling), ("foreign", &scene.foreign)] {
                    let what = format!("{role:?} by {how}, {name}, {which} object");
                    let own = which == "own";
                    let object = scene.object(place, kind);
                    let id = mine.as_ref().filter(|_| own && kind == Kind::Import).unwrap_or(object);
                    let before = scene.state();
                    let answer = send(caller, name, id).await;
                    let refused = [401, 403, 404].contains(&answer.status);
                    assert!(!refused || scene.state() == before, "{what}: nothing changes");
                    match reach(role, operation) {
                        _ if how == "token" && operation.scope().is_none() => {
                            drop(answer.problem(403, "non-autorise"));
                        }
                        Reach::Nothing => drop(answer.problem(403, "non-autorise")),
                        Reach::Own if !own => drop(answer.problem(404, "introuvable")),
                        Reach::Own | Reach::All => assert_reached(&answer, &what),
                    }
                }
            }
        }
    }
}

/// An import of the caller.
async fn import_of_own(caller: &Caller<'_>) -> String {
    let sent = caller.post("/imports?objet=demandes&dry_run=true").body("text/csv", FILE).send().await.ok(202);
    sent["id"].as_str().unwrap().to_owned()
}

/// What an answer says, but for what changes with every request.
fn said(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut body = if answer.body.is_empty() { Value::Null } else { answer.json() };
    if let Some(problem) = body.as_object_mut() {
        problem.remove("instance");
    }
    let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (answer.status, body, names)
}

#[actix_web::test]
async fn sec_41_what_is_out_of_reach_is_answered_as_what_does_not_exist() {
    let scene = scene().await;
    let caller = scene.app.account(Role::Recipiendaire, &[&scene.own.envelope]);
    for (name, operation, kind) in on_one_object() {
        let unknown = said(&send(&caller, name, UNKNOWN).await);
        let nothing = reach(Role::Recipiendaire, operation) == Reach::Nothing;
        assert_eq!(unknown.0, if nothing { 403 } else { 404 }, "{name}");
        for place in [&scene.sibling, &scene.foreign] {
            let id = scene.object(place, kind);
            assert_eq!(said(&send(&caller, name, id).await), unknown, "{name}");
        }
    }
    // Neither the tag of a version nor an envelope named in a body tells anything.
    for id in [&scene.sibling.demande, &scene.foreign.demande] {
        let tagged = caller.get(&format!("/demandes/{id}")).header("if-none-match", "\"1\"");
        tagged.send().await.problem(404, "introuvable");
    }
    let mut answers = Vec::new();
    for envelope in [scene.sibling.envelope.as_str(), &scene.foreign.envelope, UNKNOWN] {
        let mut body = demande("01", 7);
        body["enveloppe_id"] = json!(envelope);
        let added = said(&caller.post("/demandes").json(&body).send().await);
        let address = query("/imports", &[("objet", "demandes"), ("enveloppe_id", envelope)]);
        answers.push((added, said(&caller.post(&address).body("text/csv", FILE).send().await)));
    }
    assert_eq!((answers[0].0.0, answers[0].1.0), (422, 422));
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}

#[actix_web::test]
async fn sec_41_counts_sorts_searches_and_landmarks_say_nothing_of_the_others() {
    let scene = scene().await;
    let caller = scene.app.token_on(Role::Recipiendaire, &SCOPES, &[&scene.own.envelope]);
    let see = async || {
        let mut seen = Vec::new();
        for parameters in [
            &[("total", "true")][..],
            &[("total", "true"), ("sort", "ville,-nom")],
            &[("total", "true"), ("q", "angela")],
            &[("total", "true"), ("filter", "departement in (01, 02)")],
            &[("total", "true"), ("filter", "enveloppe_id filled"), ("limit", "1")],
        ] {
            let mut page = caller.list(parameters).await;
            page.as_object_mut().unwrap().remove("next");
            seen.push(page);
        }
        for address in ["/demandes/compteurs?q=mairie", "/demandes/reperes", "/enveloppes"] {
            seen.push(caller.get(address).send().await.ok(200));
        }
        let file = caller.get("/demandes/export?format=csv").send().await;
        seen.push(json!(file.text()));
        seen
    };
    let alone = see().await;
    assert_eq!(alone[0]["total"], 1);
    let more: Vec<_> = (1..40)
        .map(|n| {
            line(
                if n % 2 == 0 { "01" } else { "02" },
                n,
                if n % 2 == 0 { &scene.sibling.envelope } else { &scene.foreign.envelope },
            )
        })
        .collect();
    scene.app.insert(more);
    assert_eq!(see().await, alone, "what others add shows nowhere");
    // An address of somebody out of reach is found by nobody else.
    let theirs = scene.app.texts("SELECT email AS v FROM demande WHERE departement = '02' ORDER BY rang").remove(0);
    let filter = format!("email eq \"{theirs}\"");
    for parameters in [[("q", theirs.as_str()), ("total", "true")], [("filter", &filter), ("total", "true")]] {
        let found = caller.list(&parameters).await;
        assert!(found["items"].as_array().unwrap().iter().all(|row| row["enveloppe_id"] == scene.own.envelope));
    }
}

/// A draw that gives the same on every machine.
fn subset(seed: usize) -> Vec<&'static str> {
    SCOPES.into_iter().enumerate().filter(|(place, _)| seed >> place & 1 == 1).map(|(_, scope)| scope).collect()
}

#[actix_web::test]
async fn sec_42_a_token_does_what_both_its_role_and_its_scopes_allow() {
    let scene = scene().await;
    for role in [Role::Recipiendaire, Role::Instructeur, Role::Anct, Role::Aidant] {
        for seed in 0..1 << SCOPES.len() {
            let scopes = subset(seed);
            let caller = scene.app.token_on(role, &scopes, &[&scene.own.envelope]);
            for (place, (name, operation, kind)) in on_one_object().enumerate() {
                // Of the many routes about envelopes each is tried with an eighth of the draws, which have few scopes or many.
                let all = [Kind::Demande, Kind::Import, Kind::Client].contains(&kind);
                if !all && seed.count_ones() % 8 != u32::try_from(place % 8).unwrap() {
                    continue;
                }
                let id = if kind == Kind::Demande { scene.own.demande.as_str() } else { UNKNOWN };
                let allowed = operation.scope().is_some_and(|scope| scopes.contains(&scope.as_str()))
                    && reach(role, operation) != Reach::Nothing;
                let status = send(&caller, name, id).await.status;
                assert_eq!(status != 403, allowed, "{role:?} with {scopes:?}, {name}: {status}");
            }
        }
    }
}
