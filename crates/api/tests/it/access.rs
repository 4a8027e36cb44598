//! Who may do what: every operation of the OpenAPI document × every kind of caller, against the access matrix.

use actix_web::http::Method;
use domain::permission::{Access, CATALOGUE, Operation, Portee, Reach, Role, access, reach};
use serde_json::{Value, json};

use crate::support::{Answer, Caller, SCOPES, TestApp, Who, candidature, demande};
use Access::{Person, Public, Right, SignedIn};

/// Operations of the document: « METHOD path » and their description.
fn documented() -> Vec<(String, Value)> {
    let document: Value = serde_json::from_str(&api::openapi::json()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = item.get(method) {
                found.push((format!("{} {path}", method.to_uppercase()), operation.clone()));
            }
        }
    }
    found
}

#[test]
fn sec_40_every_operation_has_its_row_in_the_matrix_and_the_other_way_round() {
    let documented: Vec<String> = documented().into_iter().map(|(name, _)| name).collect();
    let missing: Vec<&String> = documented.iter().filter(|name| access(name).is_none()).collect();
    assert!(missing.is_empty(), "say in domain::permission who may do {missing:?}");
    let gone: Vec<&str> =
        CATALOGUE.iter().map(|(name, _)| *name).filter(|name| !documented.iter().any(|d| d == name)).collect();
    assert!(gone.is_empty(), "{gone:?} is not in the document");
}

/// Nothing that gives rights, publishes texts or makes keys is for a program.
#[test]
fn sec_42_a_program_administers_nothing() {
    assert_eq!(SCOPES.to_vec(), Portee::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>());
    for operation in [Operation::CompteLire, Operation::CompteGerer, Operation::TextePublier, Operation::ClientGerer] {
        assert_eq!(operation.scope(), None, "{operation:?}");
    }
}

#[test]
fn the_document_declares_security_for_all_but_the_public_operations() {
    for (name, operation) in documented() {
        let public = operation["security"] == json!([{}]);
        let asks = access(&name).unwrap();
        assert_eq!(public, asks == Public, "{name}: {}", operation["security"]);
        if !public {
            let session = json!({ "session": [] });
            let expected = match asks {
                Right(right) => match right.scope() {
                    Some(scope) => json!([{ "jeton": [scope] }, session]),
                    None => json!([session]),
                },
                Person => json!([session]),
                Public | SignedIn => json!([{ "jeton": [] }, session]),
            };
            assert_eq!(operation["security"], expected, "{name}");
            assert!(operation["responses"]["401"].is_object() && operation["responses"]["403"].is_object(), "{name}");
        }
    }
}

/// A client of the envelope of the scene; the national administration, which reaches all of them, is refused this field.
fn api_client(envelope: &str) -> Value {
    let key = json!({ "genre": "jeton", "jours": 30 });
    json!({ "nom": "Essai", "portees": ["demandes:lire"], "enveloppes": [envelope], "cle": key })
}

/// An envelope to make.
fn envelope(label: &str) -> Value {
    json!({ "departement": "01", "annee": 2026, "reglages": { "libelle": label, "recipiendaire": "Conseil" } })
}

struct Scene {
    app: TestApp,
    envelope: String,
    id: String,
}

async fn scene() -> Scene {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let id = app.insert(vec![crate::support::line("01", 0, &envelope)]).remove(0);
    Scene { app, envelope, id }
}

impl Scene {
    /// A well-formed request for an operation, so that only the rights of the caller decide.
    async fn send(&self, caller: &Caller<'_>, name: &str) -> Answer {
        let (method, path) = name.split_once(' ').unwrap();
        let id = if path.contains("/enveloppes/{id}") { &self.envelope } else { &self.id };
        let path = path.strip_prefix("/api/v1").unwrap().replace("{id}", id).replace("{cle}", "0123456789ab");
        let path = path.replace("{siret}", crate::support::line("01", 0, "").get(domain::demande::Colonne::Siret));
        let path = path.replace("{code}", "22222222").replace("{commentaire}", &self.id);
        let path = path.replace("{doc}", "parcours").replace("{table}", "Demandes");
        let path = match path.as_str() {
            "/imports" if method == "POST" => "/imports?objet=demandes&dry_run=true".to_owned(),
            "/demandes/groupes" => "/demandes/groupes?par=etape".to_owned(),
            "/demandes/export" => "/demandes/export?format=csv".to_owned(),
            _ => path,
        };
        let request = caller.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        let key = self.app.clock.id();
        let request = match name {
            "POST /api/v1/candidatures" => request.header("idempotency-key", &key).json(&candidature("01")),
            "POST /api/v1/eligibilite/verifier" => request.json(&candidature("01")),
            "POST /api/v1/connexion" => request.json(&json!({ "email": "a@b.example", "code": "1" })),
            "POST /api/v1/premier-acces" => request.json(&json!({ "jeton": "inconnu" })),
            "POST /api/v1/premier-acces/confirmer" => request.json(&json!({ "jeton": "inconnu", "code": "1" })),
            "POST /api/v1/session" => request.json(&json!({ "jeton": "inconnu" })),
            "POST /api/v1/compte/application" | "PATCH /api/v1/compte/moyens/{id}" => {
                request.json(&json!({ "nom": "a" }))
            }
            "POST /api/v1/compte/application/confirmer" => request.json(&json!({ "code": "1" })),
            "POST /api/v1/compte/cartes" => request.json(&json!({ "serie": "A", "code": "1", "code_suivant": "2" })),
            "POST /api/v1/compte/moyens/{id}/recaler" => request.json(&json!({ "code": "1", "code_suivant": "2" })),
            "POST /api/v1/session/code" => request.json(&json!({ "code": "1" })),
            "PATCH /api/v1/session" => request.json(&json!({ "role": "anct" })),
            "POST /api/v1/demandes" => request.json(&demande("01", 1)),
            "PATCH /api/v1/demandes/{id}" => request.version(99).json(&json!({ "commentaire": "x" })),
            "DELETE /api/v1/demandes/{id}" => request.version(99),
            "POST /api/v1/vues" => request.json(&json!({ "nom": key, "etat": {} })),
            "PUT /api/v1/vues/{id}" => request.version(99).json(&json!({ "nom": key, "etat": {} })),
            "POST /api/v1/candidatures/suivi"
            | "POST /api/v1/candidatures/brouillons/lire"
            | "POST /api/v1/candidatures/brouillons/effacer"
            | "POST /api/v1/avis/desabonnement" => request.json(&json!({ "jeton": "inconnu" })),
            "POST /api/v1/candidatures/brouillons" => request.json(&json!({ "contenu": "x" })),
            "POST /api/v1/candidatures/suivi/reponse" => {
                request.json(&json!({ "jeton": "inconnu", "demande": self.id, "texte": "Oui." }))
            }
            "POST /api/v1/lots-eligibilite/{id}/decisions" => {
                request.json(&json!({ "action": "rouvrir", "demandes": [self.id] }))
            }
            "PUT /api/v1/calendrier-eligibilite" => request.version(99).json(&json!({ "premier_jour": "2026-03-03" })),
            "POST /api/v1/demandes/habilitation" => request.header("idempotency-key", &key).json(&candidature("01")),
            "POST /api/v1/enveloppes/{id}/liens" => request.json(&json!({ "libelle": "Lien" })),
            "PUT /api/v1/liens/{id}" => request.version(99).json(&json!({ "libelle": "Lien" })),
            "POST /api/v1/demandes/{id}/commentaires" => request.json(&json!({ "texte": "Bonjour" })),
            "POST /api/v1/demandes/courriels" => {
                request.json(&json!({ "demandes": [self.id], "objet": "Objet", "texte": "Bonjour" }))
            }
            "POST /api/v1/demandes/financement" => {
                request.json(&json!({ "action": "mettre_en_attente", "demandes": [self.id] }))
            }
            "POST /api/v1/enveloppes" => request.json(&envelope(&key)),
            "PUT /api/v1/enveloppes/{id}" => request.version(99).json(&envelope(&key)["reglages"]),
            "POST /api/v1/enveloppes:import" => request.body("text/csv", "departement;annee;libelle;recipiendaire\n"),
            "POST /api/v1/enveloppes/{id}/mouvements" => {
                request.json(&json!({ "genre": "avenant", "montant": 1, "motif": "Essai" }))
            }
            "POST /api/v1/enveloppes/{id}/promouvoir" => request.json(&json!({ "essai": true })),
            "POST /api/v1/demandes/export" => request.json(&json!({ "ids": [self.id], "format": "csv" })),
            "POST /api/v1/avis/lus" => request.json(&json!({})),
            "PUT /api/v1/compte/avis" => request.json(&json!({ "mention": "resume", "reponse": "resume" })),
            "DELETE /api/v1/vues/{id}" => request.version(99),
            "POST /api/v1/demandes:batch" => {
                request.json(&json!({ "operations": [{ "action": "restaurer", "id": self.id }] }))
            }
            "POST /api/v1/invitation" => request.json(&json!({ "jeton": "inconnu" })),
            "POST /api/v1/invitation/accepter" => request.json(&json!({ "jeton": "inconnu", "code": "1" })),
            "POST /api/v1/inscription" => request.json(&json!({ "nom": "Léo", "email": "leo@b.example" })),
            "POST /api/v1/engagements/textes" => {
                request.json(&json!({ "genre": "charte_aidant", "contenu": "Un texte." }))
            }
            "POST /api/v1/comptes" => {
                request.json(&json!({ "nom": "Léo", "email": format!("{key}@b.example"), "roles": [] }))
            }
            "PATCH /api/v1/comptes/{id}" => request.version(99).json(&json!({ "nom": "Léo" })),
            "POST /api/v1/invitations" => {
                request.json(&json!({ "nom": "Léo", "email": "leo@b.example", "role": "aidant" }))
            }
            "POST /api/v1/oauth/token" => {
                request.body("application/x-www-form-urlencoded", "grant_type=client_credentials")
            }
            "POST /api/v1/clients-api" => request.json(&api_client(&self.envelope)),
            "POST /api/v1/clients-api/{id}/cles" => request.json(&json!({ "genre": "jeton", "jours": 30 })),
            name if name.ends_with("/delete") => request.json(&json!([])),
            name if name.ends_with("/tables/{table}/records") && !name.starts_with("GET") => {
                request.json(&json!({ "records": [] }))
            }
            "POST /api/v1/imports" | "POST /api/v1/imports/apercu" => {
                request.body("text/csv", "nom,prenom\nDubois,Angela\n")
            }
            _ => request,
        };
        request.send().await
    }
}

#[actix_web::test]
async fn who_is_not_recognised_reaches_the_public_operations_only() {
    let scene = scene().await;
    let app = &scene.app;
    let good = app.new_token(Role::Anct, &SCOPES, &[], 90);
    let mut tampered = good.clone();
    let last = tampered.pop().unwrap();
    tampered.push(if last == '0' { '1' } else { '0' });
    let secret = good.char_indices().nth(40).unwrap();
    let swapped = format!("{}{}{}", &good[..secret.0], if secret.1 == 'a' { 'b' } else { 'a' }, &good[secret.0 + 1..]);
    let expired = app.new_token(Role::Anct, &SCOPES, &[], 0);
    let revoked = app.new_token(Role::Anct, &SCOPES, &[], 90);
    let key = revoked.split('_').nth(1).unwrap();
    app.execute(&format!("UPDATE jeton SET revoque = TRUE WHERE cle = '{key}'")).unwrap();
    let strangers = [
        ("nobody", Who::Nobody),
        ("tampered checksum", Who::Token(tampered)),
        ("tampered secret", Who::Token(swapped)),
        ("expired", Who::Token(expired)),
        ("revoked", Who::Token(revoked)),
        ("truncated", Who::Token(good[..good.len() - 1].to_owned())),
        ("not a token", Who::Token("bonjour".to_owned())),
        ("unknown session", Who::Session("0".repeat(64))),
    ];
    for (what, who) in strangers {
        let caller = app.caller(who);
        for (name, asks) in CATALOGUE.iter().copied() {
            let answer = scene.send(&caller, name).await;
            if asks == Public {
                assert!(
                    // A link that is not one answers as who is not signed in.
                    name.ends_with("/session")
                        || name.ends_with("/oauth/token")
                        || name.contains("/premier-acces")
                        || name.contains("/invitation")
                        || ![401, 403].contains(&answer.status),
                    "{what}, {name}: {}",
                    answer.text()
                );
                assert!(answer.status < 500, "{what}, {name}: {}", answer.text());
            } else {
                answer.problem(401, "non-authentifie");
                assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{what}, {name}");
            }
        }
    }
    let working = scene.send(&app.caller(Who::Token(good)), "GET /api/v1/demandes").await;
    assert_eq!(working.status, 200, "the token that the others are made from");
}

fn assert_reached(answer: &Answer, expected: bool, what: &str) {
    if expected {
        assert!(![401, 403].contains(&answer.status) && answer.status < 500, "{what}: {}", answer.text());
    } else {
        answer.problem(403, "non-autorise");
    }
}

#[actix_web::test]
async fn each_role_reaches_what_the_matrix_gives_it_by_token_and_by_session() {
    let scene = scene().await;
    for role in Role::COMPTES {
        let token = scene.app.token_on(role, &SCOPES, &[&scene.envelope]);
        let session = scene.app.account(role, &[&scene.envelope]);
        for (name, asks) in CATALOGUE.iter().copied() {
            let expected = match asks {
                Public | SignedIn | Person => true,
                Right(operation) => reach(role, operation) != Reach::Nothing,
            };
            // What ends or changes the session of the test itself is told in session.rs; what needs a link, in
            // first_access.rs and invitations.rs; what a token may never do, in engagements.rs.
            let of_oneself = name.contains("v1/session") && name.starts_with(['P', 'D']);
            let by_link = ["v1/premier-acces", "POST /api/v1/invitation/", "/accepter"];
            let elsewhere = by_link.iter().any(|part| name.contains(part)) || name == "POST /api/v1/invitation";
            if of_oneself || elsewhere {
                continue;
            }
            // Programs are told apart by what they show, not by who they are: client_api.rs.
            if name.ends_with("/oauth/token") {
                continue;
            }
            for (how, caller) in [("token", &token), ("session", &session)] {
                let answer = scene.send(caller, name).await;
                let people_only = match asks {
                    Right(operation) => operation.scope().is_none(),
                    _ => asks == Person,
                };
                let expected = expected && (!people_only || how == "session");
                assert_reached(&answer, expected, &format!("{role:?} by {how}, {name}"));
            }
        }
    }
}

#[actix_web::test]
async fn a_token_reaches_only_what_its_scopes_name() {
    let scene = scene().await;
    for role in Role::COMPTES {
        for (name, asks) in CATALOGUE.iter().copied() {
            let Right(operation) = asks else { continue };
            let Some(scope) = operation.scope().map(Portee::as_str) else {
                let whole = scene.app.token_on(role, &SCOPES, &[&scene.envelope]);
                scene.send(&whole, name).await.problem(403, "non-autorise");
                continue;
            };
            let others: Vec<&str> = SCOPES.into_iter().filter(|other| *other != scope).collect();
            let without = scene.app.token_on(role, &others, &[&scene.envelope]);
            let refused = scene.send(&without, name).await.problem(403, "non-autorise");
            assert!(refused["detail"].as_str().unwrap().contains(scope), "{name}: {refused}");
            let alone = scene.app.token_on(role, &[scope], &[&scene.envelope]);
            let expected = reach(role, operation) != Reach::Nothing;
            assert_reached(
                &scene.send(&alone, name).await,
                expected,
                &format!("{role:?} with its scope alone, {name}"),
            );
        }
    }
}

#[actix_web::test]
async fn a_token_does_not_outlive_its_term() {
    let app = TestApp::new().await;
    let caller = app.anct();
    caller.get("/demandes").send().await.ok(200);
    app.clock.advance(chrono::Duration::days(90) - chrono::Duration::seconds(1));
    caller.get("/demandes").send().await.ok(200);
    app.clock.advance(chrono::Duration::seconds(1));
    caller.get("/demandes").send().await.problem(401, "non-authentifie");
}

#[actix_web::test]
async fn tokens_are_recognisable_and_stored_hashed() {
    let app = TestApp::new().await;
    let token = app.new_token(Role::Anct, &SCOPES, &[], 90);
    assert!(token.starts_with("parcours_"));
    let secret = token.rsplit('_').next().unwrap();
    let stored = app.texts("SELECT j.cle || ' ' || empreinte || ' ' || nom || ' ' || portees AS v FROM jeton j JOIN client_api c ON c.id = client_id").join(" ");
    assert!(!stored.contains(&secret[..64]), "{stored}");
    let bad_schemes = [format!("Basic {token}"), token.clone(), format!("Bearer{token}"), "Bearer ".to_owned()];
    for header in bad_schemes {
        let request = app.anonymous().get("/demandes").header("authorization", &header);
        request.send().await.problem(401, "non-authentifie");
    }
    let lower = app.anonymous().get("/demandes").header("authorization", &format!("bearer {token}"));
    lower.send().await.ok(200);
}

#[actix_web::test]
async fn envelopes_are_listed_within_reach() {
    let app = TestApp::new().await;
    let (one, _two) = (app.envelope("01"), app.envelope("02"));
    let own = app.token_on(Role::Recipiendaire, &["enveloppes:lire"], &[&one]).get("/enveloppes").send().await.ok(200);
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert_eq!(own["items"][0]["id"], one);
    let all = app.anct().get("/enveloppes").send().await.ok(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
}
