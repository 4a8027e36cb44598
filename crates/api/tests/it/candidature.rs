//! `POST /candidatures` and `POST /eligibilite/verifier`: the two public writes.

use domain::permission::Role;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, candidature, commune, professional, siret};

async fn file(app: &TestApp, key: &str, body: &Value) -> Answer {
    app.anonymous().post("/candidatures").header("idempotency-key", key).json(body).send().await
}

fn rules(answer: &Value) -> Vec<String> {
    let demandes = answer["demandes"].as_array().unwrap().iter();
    let constats = demandes.flat_map(|demande| demande["constats"].as_array().unwrap());
    constats.map(|constat| constat["regle"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_candidature_becomes_demandes_with_constats_and_a_reference() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let mut body = candidature("01");
    body["professionnels"] = json!([professional(0), professional(1)]);
    body["professionnels"][1]["formations"] = json!(["aidants_numeriques", "aidants_connect"]);
    let filed = file(&app, "premiere-cle", &body).await.ok(201);

    let reference = filed["reference"].as_str().unwrap();
    assert!(reference.len() == 12 && reference.starts_with("PA-"), "{reference}");
    assert_eq!(filed["enveloppe"], "Enveloppe 01 2026");
    assert_eq!(filed["recipiendaire"], "Conseil départemental 01");
    assert!(filed["suite"].as_str().unwrap().contains("Conseil départemental 01"));
    let demandes = filed["demandes"].as_array().unwrap();
    let places: Vec<_> = demandes.iter().map(|d| (d["professionnel"].clone(), d["formation"].clone())).collect();
    assert_eq!(
        places,
        [
            (json!(0), json!("aidants_numeriques")),
            (json!(1), json!("aidants_numeriques")),
            (json!(1), json!("aidants_connect"))
        ]
    );
    assert!(demandes.iter().all(|d| !d["constats"].as_array().unwrap().is_empty() && d["verdict"].is_string()));

    let table = app.token_on(Role::Recipiendaire, &["demandes:lire"], &[&envelope]);
    let page = table.list(&[("total", "true")]).await;
    assert_eq!(page["total"], 3);
    for row in page["items"].as_array().unwrap() {
        assert_eq!(row["reference"], reference);
        assert_eq!(row["enveloppe_id"], envelope);
        assert_eq!(row["source"], "candidature");
        assert_eq!(row["etape"], "recue");
        assert_eq!(row["date_demande"], "2026-03-02");
        assert_eq!(row["version"], 1);
    }
    assert_eq!((app.rows("structure"), app.rows("personne"), app.rows("boite_envoi")), (1, 2, 1));
}

#[actix_web::test]
async fn it_goes_to_the_envelope_of_its_link() {
    let app = TestApp::new().await;
    app.envelope_of("01", "Une", true);
    let other = app.envelope_of("01", "Autre", true);
    let mut body = candidature("01");
    body["enveloppe"] = json!(other);
    assert_eq!(file(&app, "par-le-lien", &body).await.ok(201)["enveloppe"], "Autre 01 2026");
    let public = app.anonymous().get(&format!("/enveloppes/{other}/publique")).send().await.ok(200);
    assert_eq!(public["libelle"], "Autre 01 2026");
}

#[actix_web::test]
async fn without_a_link_it_goes_to_the_one_open_envelope_of_the_department_or_waits() {
    let app = TestApp::new().await;
    let none = file(&app, "aucune-ouverte", &candidature("01")).await.ok(201);
    assert!(none.get("enveloppe").is_none(), "{none}");
    assert!(none["suite"].as_str().unwrap().contains("équipe nationale"));

    app.envelope_of("01", "Ouverte", true);
    app.envelope_of("01", "Close", false);
    app.envelope_of("02", "Voisine", true);
    assert_eq!(file(&app, "une-ouverte", &candidature("01")).await.ok(201)["enveloppe"], "Ouverte 01 2026");

    app.envelope_of("01", "Seconde", true);
    let doubt = file(&app, "deux-ouvertes", &candidature("01")).await.ok(201);
    assert!(doubt.get("enveloppe").is_none(), "two leave a doubt: {doubt}");

    let waiting = app.anct().list(&[("filter", "enveloppe_id empty"), ("total", "true")]).await;
    assert_eq!(waiting["total"], 2, "under the eyes of anct");
    let recipient = app.token(Role::Recipiendaire, &["demandes:lire"]).list(&[("total", "true")]).await;
    assert_eq!(recipient["total"], 0);
}

#[actix_web::test]
async fn a_closed_or_unknown_envelope_is_refused() {
    let app = TestApp::new().await;
    let closed = app.envelope_of("01", "Close", false);
    let mut body = candidature("01");
    body["enveloppe"] = json!(closed);
    file(&app, "enveloppe-close", &body).await.problem(409, "conflit-etat");
    body["enveloppe"] = json!("0198c0de-0000-7000-8000-000000000001");
    file(&app, "enveloppe-inconnue", &body).await.refuses(422, "champs-invalides", "/enveloppe");
    assert_eq!((app.rows("demande"), app.rows("candidature"), app.rows("idempotence")), (0, 0, 0));
}

#[actix_web::test]
async fn the_idempotency_key_is_required_and_must_be_well_formed() {
    let app = TestApp::new().await;
    let without = app.anonymous().post("/candidatures").json(&candidature("01")).send().await;
    without.problem(400, "cle-idempotence-manquante");
    for wrong in ["court", "clé-accentuée", "avec espace dedans", ""] {
        file(&app, wrong, &candidature("01")).await.refuses(400, "parametre-invalide", "Idempotency-Key");
    }
    assert_eq!(app.rows("demande"), 0);
}

#[actix_web::test]
async fn a_repeated_request_gets_the_same_answer_and_has_one_effect() {
    let app = TestApp::new().await;
    app.envelope("01");
    let first = file(&app, "\"la-meme-cle\"", &candidature("01")).await;
    let again = file(&app, "la-meme-cle", &candidature("01")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.json(), again.json());
    assert_eq!((app.rows("candidature"), app.rows("demande"), app.rows("boite_envoi")), (1, 1, 1));

    let mut other = candidature("01");
    other["structure"]["ville"] = json!("Ailleurs");
    file(&app, "la-meme-cle", &other).await.problem(422, "cle-idempotence-reutilisee");
    assert_eq!(app.rows("demande"), 1);

    app.clock.advance(chrono::Duration::hours(25));
    let later = file(&app, "la-meme-cle", &candidature("01")).await.ok(201);
    assert_ne!(later["reference"], first.json()["reference"], "after 24 hours the key is free again");
}

#[actix_web::test]
async fn a_refused_request_does_not_use_up_its_key() {
    let app = TestApp::new().await;
    let mut wrong = candidature("01");
    wrong["structure"]["siret"] = json!("123");
    file(&app, "a-corriger", &wrong).await.refuses(422, "champs-invalides", "/structure/siret");
    file(&app, "a-corriger", &candidature("01")).await.ok(201);
}

#[actix_web::test]
async fn fifty_parallel_duplicates_have_one_effect() {
    let app = TestApp::new().await;
    app.envelope("01");
    let body = candidature("01");
    let answers = join_all((0..50).map(|_| file(&app, "en-parallele", &body))).await;
    let first = answers[0].ok(201);
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.json() == first));
    assert_eq!((app.rows("candidature"), app.rows("demande"), app.rows("boite_envoi")), (1, 1, 1));
    assert_eq!(app.rows("journal"), 2);
}

#[actix_web::test]
async fn fifty_professionals_pass_and_the_fifty_first_is_refused() {
    let app = TestApp::new().await;
    let mut body = candidature("01");
    body["professionnels"] = (0..51).map(professional).collect();
    file(&app, "cinquante-et-un", &body).await.refuses(422, "champs-invalides", "/professionnels");
    assert_eq!(app.rows("demande"), 0);
    body["professionnels"].as_array_mut().unwrap().pop();
    let filed = file(&app, "cinquante", &body).await.ok(201);
    assert_eq!(filed["demandes"].as_array().unwrap().len(), 50);
    body["professionnels"] = json!([]);
    file(&app, "personne-du-tout", &body).await.refuses(422, "champs-invalides", "/professionnels");
}

#[actix_web::test]
async fn each_refused_field_is_named_by_its_pointer() {
    let app = TestApp::new().await;
    let cases = [
        ("/structure/siret", json!("00000000000000"), "fourteen zeros"),
        ("/structure/siret", json!("2101005350001"), "thirteen digits"),
        ("/structure/siret", json!("21010053500015"), "wrong key"),
        ("/structure/code_postal", json!("99"), "postal code"),
        ("/structure/type_structure", json!("chateau"), "type"),
        ("/structure/email_contact", json!("pas une adresse"), "e-mail"),
        ("/professionnels/0/email", json!("pas une adresse"), "e-mail"),
        ("/professionnels/0/nom", json!(""), "empty name"),
        ("/professionnels/0/formations", json!([]), "no training"),
        ("/professionnels/0/formations", json!(["aidants_connect", "aidants_connect"]), "twice the same"),
        ("/referent/telephone", json!("12"), "phone"),
    ];
    for (place, (pointer, value, what)) in cases.into_iter().enumerate() {
        let mut body = candidature("01");
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = file(&app, &format!("champ-refuse-{place}"), &body).await;
        assert_eq!(answer.status, 422, "{what}: {}", answer.text());
        answer.refuses(422, "champs-invalides", pointer);
        let checked = app.anonymous().post("/eligibilite/verifier").json(&body).send().await;
        checked.refuses(422, "champs-invalides", pointer);
    }
    assert_eq!((app.rows("demande"), app.rows("journal"), app.rows("idempotence")), (0, 0, 0));
}

#[actix_web::test]
async fn the_public_is_never_told_what_is_known_of_somebody() {
    let app = TestApp::new().await;
    app.envelope("01");
    // The same person, already filed twice, under another name too: ELI-4, ELI-5 and ELI-10 have something to say.
    for key in ["premier-depot", "second-depot"] {
        file(&app, key, &candidature("01")).await.ok(201);
    }
    let mut namesake = candidature("01");
    namesake["professionnels"][0]["prenom"] = json!("Zoé");
    let filed = file(&app, "troisieme-depot", &namesake).await.ok(201);
    let verified = app.anonymous().post("/eligibilite/verifier").json(&namesake).send().await.ok(200);
    for answer in [&filed, &verified] {
        let rules = rules(answer);
        assert!(rules.contains(&"ELI-4".to_owned()), "{rules:?}");
        assert!(!rules.iter().any(|rule| rule == "ELI-5" || rule == "ELI-10"), "{rules:?}");
    }
    let address = |answer: &Value| {
        let constats = answer["demandes"][0]["constats"].as_array().unwrap().clone();
        constats.into_iter().find(|constat| constat["regle"] == "ELI-4").unwrap()
    };
    let mut unknown = namesake.clone();
    unknown["professionnels"][0]["email"] = json!("angela.jamais@mairie.example");
    unknown["professionnels"][0]["nom"] = json!("Jamais");
    let fresh = file(&app, "personne-neuve", &unknown).await.ok(201);
    assert_eq!(address(&filed)["verdict"], address(&verified)["verdict"]);
    assert!(fresh["demandes"][0]["id"].is_string());

    let row = app.anct().list(&[("filter", "prenom eq zoe")]).await["items"][0]["id"].as_str().unwrap().to_owned();
    let inside = app.anct().get(&format!("/demandes/{row}")).send().await.ok(200);
    let inside_rules: Vec<&str> =
        inside["constats"].as_array().unwrap().iter().map(|c| c["regle"].as_str().unwrap()).collect();
    assert!(inside_rules.contains(&"ELI-10"), "the récipiendaire is told: {inside_rules:?}");
}

#[actix_web::test]
async fn checking_eligibility_gives_the_same_verdicts_and_stores_nothing() {
    let app = TestApp::new().await;
    app.envelope("01");
    let mut body = candidature("01");
    body["professionnels"][0]["email"] = json!("contact@mairie.example");
    body["professionnels"][0]["formations"] = json!(["aidants_connect"]);
    let checked = app.anonymous().post("/eligibilite/verifier").json(&body).send().await.ok(200);
    for table in ["demande", "structure", "personne", "candidature", "journal", "boite_envoi", "idempotence"] {
        assert_eq!(app.rows(table), 0, "{table}");
    }
    assert!(checked["demandes"][0].get("id").is_none());
    let filed = file(&app, "apres-verification", &body).await.ok(201);
    assert_eq!(filed["demandes"][0]["verdict"], checked["demandes"][0]["verdict"]);
    assert_eq!(filed["demandes"][0]["constats"], checked["demandes"][0]["constats"]);
}

#[actix_web::test]
async fn structures_and_people_are_recognised_from_one_candidature_to_the_next() {
    let app = TestApp::new().await;
    file(&app, "une-structure", &candidature("01")).await.ok(201);
    let mut again = candidature("01");
    again["professionnels"] = json!([professional(0), professional(7)]);
    file(&app, "meme-structure", &again).await.ok(201);
    let mut other = candidature("01");
    other["structure"]["siret"] = json!(siret(&commune("01", 3).siren, 1));
    file(&app, "autre-structure", &other).await.ok(201);
    assert_eq!((app.rows("structure"), app.rows("personne"), app.rows("demande")), (2, 2, 4));
}
