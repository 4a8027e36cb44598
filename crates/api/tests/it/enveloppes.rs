//! Envelopes: made, set, imported, read within reach; their amounts moved by two people.

use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp};

fn settings(label: &str) -> Value {
    json!({
        "libelle": label, "recipiendaire": "Conseil départemental", "siret": "210 100 533 00012", "etat": "ouverte",
        "convention": "2026-01", "debut": "2026-01-01", "fin": "2026-12-31", "prix_aidants_connect": 40_000,
        "tarifs": [{ "formation": "aidants_connect", "organisme": "01 - OF de l’Ain", "prix": 35_000 }],
    })
}

fn envelope(label: &str) -> Value {
    json!({ "departement": "01", "annee": 2026, "montant": 1_000_000, "reglages": settings(label) })
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn env_1_an_envelope_is_made_with_its_defaults_read_within_reach_and_set_at_the_version_read() {
    let app = TestApp::new().await;
    let anct = app.anct();
    let bare =
        json!({ "departement": "2a", "annee": 2026, "reglages": { "libelle": "Corse", "recipiendaire": "Hub" } });
    let made = anct.post("/enveloppes").json(&bare).send().await;
    assert_eq!(made.header("etag"), Some("\"1\""));
    let made = made.ok(201);
    let expected = json!([2_000_000, 60, 0, 2_000_000, "brouillon", "2A", 33_333, 2]);
    let said = json!([
        made["montant"],
        made["cible"],
        made["engage"],
        made["reste"],
        made["etat"],
        made["departement"],
        made["reglages"]["prix_aidants_connect"],
        made["reglages"]["acces"],
    ]);
    assert_eq!(said, expected);

    let made = anct.post("/enveloppes").json(&envelope(" Ain ")).send().await.ok(201);
    let id = text(&made, "id");
    assert_eq!((&made["reglages"]["siret"], &made["libelle"]), (&json!("21010053300012"), &json!("Ain")));
    anct.post("/enveloppes").json(&envelope("Ain")).send().await.problem(409, "deja-existant");
    let own = app.token_on(Role::Recipiendaire, &SCOPES, &[&id]);
    let read = own.get(&format!("/enveloppes/{id}")).send().await.ok(200);
    assert_eq!(read["reglages"]["tarifs"][0]["prix"], 35_000);
    let foreign = app.token_on(Role::Recipiendaire, &SCOPES, &[&app.envelope("02")]);
    for address in [format!("/enveloppes/{id}"), format!("/enveloppes/{id}/mouvements")] {
        foreign.get(&address).send().await.problem(404, "introuvable");
    }
    own.put(&format!("/enveloppes/{id}")).version(1).json(&settings("Ain")).send().await.problem(403, "non-autorise");

    let address = format!("/enveloppes/{id}");
    let mut change = settings("Ain 2026");
    change["tarifs"] = json!([]);
    anct.put(&address).json(&change).send().await.problem(428, "version-manquante");
    let set = anct.put(&address).version(1).json(&change).send().await.ok(200);
    assert_eq!((&set["version"], &set["libelle"], &set["montant"]), (&json!(2), &json!("Ain 2026"), &json!(1_000_000)));
    assert_eq!(set["reglages"]["tarifs"], json!([]));
    anct.put(&address).version(1).json(&change).send().await.problem(412, "version-perimee");
    let same = anct.put(&address).version(2).json(&change).send().await.ok(200);
    assert_eq!(same["version"], 2, "nothing has changed");
    assert_eq!(
        entries(&app, &id),
        ["enveloppe.creee", "enveloppe.modifiee"],
        "once each, nothing for what was refused"
    );
}

/// What the journal tells of an envelope, in order.
fn entries(app: &TestApp, id: &str) -> Vec<String> {
    app.texts(&format!(
        "SELECT action AS v FROM journal WHERE objet = 'enveloppe' AND objet_id = '{id}' ORDER BY numero"
    ))
}

#[actix_web::test]
async fn what_is_wrong_with_an_envelope_is_told_field_by_field() {
    let app = TestApp::new().await;
    let mut body = envelope("Ain");
    body["departement"] = json!("99");
    body["annee"] = json!(1999);
    body["montant"] = json!(-1);
    for (field, value) in [
        ("libelle", json!("")),
        ("siret", json!("123")),
        ("debut", json!("2027-01-01")),
        ("acces", json!(0)),
        (
            "tarifs",
            json!([
                { "formation": "aidants_connect", "organisme": "OF", "prix": 1 },
                { "formation": "aidants_connect", "organisme": "of ", "prix": -2 },
            ]),
        ),
    ] {
        body["reglages"][field] = value;
    }
    let refused = app.anct().post("/enveloppes").json(&body).send().await.problem(422, "champs-invalides");
    let fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["champ"].as_str().unwrap()).collect();
    for field in [
        "/departement",
        "/annee",
        "/montant",
        "/reglages/libelle",
        "/reglages/siret",
        "/reglages/fin",
        "/reglages/acces",
        "/reglages/tarifs/1/organisme",
        "/reglages/tarifs/1/prix",
    ] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
    assert_eq!(app.rows("enveloppe"), 0);
}

#[actix_web::test]
async fn the_list_is_paged_by_departement_then_from_the_last_year() {
    let app = TestApp::new().await;
    for (department, label) in [("02", "A"), ("01", "B"), ("01", "A"), ("03", "A")] {
        app.envelope_of(department, label, true);
    }
    app.execute("UPDATE enveloppe SET annee = 2027 WHERE libelle LIKE 'A 01%'").unwrap();
    let caller = app.anct();
    let mut seen = Vec::new();
    let mut address = "/enveloppes?limit=1".to_owned();
    loop {
        let page = caller.get(&address).send().await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| text(row, "libelle")));
        let Some(next) = page["next"].as_str() else { break };
        address = format!("/enveloppes?limit=1&cursor={next}");
    }
    assert_eq!(seen, ["A 01 2026", "B 01 2026", "A 02 2026", "A 03 2026"]);
    caller.get("/enveloppes?cursor=x").send().await.problem(400, "curseur-invalide");
}

fn amendment(cents: i64) -> Value {
    json!({ "genre": "avenant", "montant": cents, "motif": "Avenant n° 1" })
}

async fn propose(caller: &Caller<'_>, envelope: &str, body: &Value) -> String {
    text(&caller.post(&format!("/enveloppes/{envelope}/mouvements")).json(body).send().await.ok(201), "id")
}

fn amount(app: &TestApp, id: &str) -> String {
    app.texts(&format!("SELECT CAST(montant AS TEXT) AS v FROM enveloppe WHERE id = '{id}'")).remove(0)
}

#[actix_web::test]
async fn an_amount_moves_once_when_a_second_person_approves_and_never_below_what_is_engaged() {
    let app = TestApp::new().await;
    let (one, two) = (app.envelope("01"), app.envelope("02"));
    let (first, second) = (app.account(Role::Anct, &[]), app.account(Role::Anct, &[]));
    let id = propose(&first, &one, &amendment(500_000)).await;
    let approve = format!("/mouvements/{id}/approuver");
    assert_eq!(amount(&app, &one), "2000000", "nothing moves yet");
    let alone = first.post(&approve).send().await.problem(409, "conflit-etat");
    assert!(alone["detail"].as_str().unwrap().contains("autre personne"), "{alone}");
    let at_once = futures_util::future::join_all((0..20).map(|_| second.post(&approve).send())).await;
    let statuses: Vec<u16> = at_once.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(amount(&app, &one), "2500000", "once");
    first.post(&format!("/mouvements/{id}/refuser")).send().await.problem(409, "conflit-etat");

    app.execute(&format!("UPDATE enveloppe SET engage = 2400000 WHERE id = '{one}'")).unwrap();
    let transfer = json!({ "genre": "transfert", "vers": two, "montant": 200_000, "motif": "Rééquilibrage" });
    let id = propose(&first, &one, &transfer).await;
    second.post(&format!("/mouvements/{id}/approuver")).send().await.problem(409, "conflit-etat");
    assert_eq!((amount(&app, &one), amount(&app, &two)), ("2500000".to_owned(), "2000000".to_owned()));
    first.post(&format!("/mouvements/{id}/refuser")).send().await.ok(200);
    let transfer = json!({ "genre": "transfert", "vers": two, "montant": 100_000, "motif": "Rééquilibrage" });
    let id = propose(&first, &one, &transfer).await;
    let done = second.post(&format!("/mouvements/{id}/approuver")).send().await.ok(200);
    assert_eq!(done["etat"], "approuve");
    assert_eq!((amount(&app, &one), amount(&app, &two)), ("2400000".to_owned(), "2100000".to_owned()));

    let tells = |acts: &[&str]| acts.iter().map(|act| format!("enveloppe.mouvement_{act}")).collect::<Vec<_>>();
    let both = ["propose", "refuse", "propose", "approuve"];
    assert_eq!(entries(&app, &one), tells(&[&["propose", "approuve"], &both[..]].concat()), "its amendment before");
    assert_eq!(entries(&app, &two), tells(&both), "a transfer is told of both envelopes");
    assert!(app.read(api::journal::verify).is_empty(), "the chain holds");

    let holder = app.account(Role::Recipiendaire, &[&two]);
    let listed = holder.get(&format!("/enveloppes/{two}/mouvements")).send().await.ok(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2, "those that come from the other too");
    assert_eq!(listed["items"][0]["etat"], "approuve");
    holder.post(&format!("/enveloppes/{two}/mouvements")).json(&amendment(1)).send().await.problem(403, "non-autorise");
    let program = app.anct();
    program
        .post(&format!("/enveloppes/{two}/mouvements"))
        .json(&amendment(1))
        .send()
        .await
        .problem(403, "non-autorise");
    app.clock.advance(chrono::Duration::hours(1));
    second.post(&format!("/mouvements/{id}/approuver")).send().await.problem(403, "code-requis");
}

#[actix_web::test]
async fn a_movement_says_how_much_where_and_why() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let caller = app.account(Role::Anct, &[]);
    for (body, field) in [
        (json!({ "genre": "avenant", "montant": 0, "motif": "x" }), "/montant"),
        (json!({ "genre": "transfert", "vers": "inconnue", "montant": -5, "motif": "x" }), "/montant"),
        (json!({ "genre": "transfert", "montant": 5, "motif": "x" }), "/vers"),
        (json!({ "genre": "transfert", "vers": envelope, "montant": 5, "motif": "x" }), "/vers"),
        (json!({ "genre": "transfert", "vers": "inconnue", "montant": 5, "motif": "x" }), "/vers"),
        (json!({ "genre": "avenant", "vers": envelope, "montant": 5, "motif": "x" }), "/vers"),
        (json!({ "genre": "avenant", "montant": 5, "motif": " " }), "/motif"),
    ] {
        let answer = caller.post(&format!("/enveloppes/{envelope}/mouvements")).json(&body).send().await;
        assert_eq!(answer.problem(422, "champs-invalides")["errors"][0]["champ"], field, "{body}");
    }
    caller.post("/mouvements/inconnu/approuver").send().await.problem(404, "introuvable");
}

const LIST: &str = "\u{feff}departement;annee;libelle;recipiendaire;montant_euros;etat;fin\n\
    01;2026;Ain 2026;Conseil départemental de l’Ain;20 000,50;ouverte;2026-12-31\n\
    2A;2026;Corse-du-Sud 2026;Hub;;;\n\n";

#[actix_web::test]
async fn the_national_list_is_imported_whole_or_not_at_all_and_twice_changes_nothing() {
    let app = TestApp::new().await;
    let caller = app.anct();
    let send = async |file: &str, address: &str| {
        caller.post(address).body("text/csv; charset=utf-8", file.to_owned()).send().await
    };
    let (real, trial) = ("/enveloppes:import", "/enveloppes:import?essai=true");
    let tried = send(LIST, trial).await.ok(200);
    assert_eq!((&tried["creees"], app.rows("enveloppe")), (&json!(2), 0));
    let done = send(LIST, real).await.ok(200);
    assert_eq!((&done["creees"], &done["essai"]), (&json!(2), &json!(false)));
    let rows = app.texts(
        "SELECT departement || ' ' || CAST(montant AS TEXT) || ' ' || etat AS v FROM enveloppe ORDER BY departement",
    );
    assert_eq!(rows, ["01 2000050 ouverte", "2A 2000000 brouillon"]);
    let entries = app.rows("journal");
    let again = send(LIST, real).await.ok(200);
    assert_eq!((&again["inchangees"], app.rows("journal")), (&json!(2), entries));
    let changed = send(&LIST.replace("Hub", "Hub de Corse"), real).await.ok(200);
    assert_eq!((&changed["modifiees"], &changed["inchangees"]), (&json!(1), &json!(1)));

    let wrong = LIST.replace("20 000,50", "beaucoup").replace("2026-12-31", "31/12").replace("2A;2026", "99;an");
    let refused = send(&wrong, real).await.problem(422, "champs-invalides");
    let fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["champ"].as_str().unwrap()).collect();
    for field in ["/lignes/2/montant_euros", "/lignes/2/fin", "/lignes/3/departement", "/lignes/3/annee"] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
    let dearer = send(&LIST.replace("20 000,50", "30 000"), real).await.problem(422, "champs-invalides");
    assert_eq!(dearer["errors"][0]["code"], "montant_fixe");
    for (file, code) in [
        ("", "colonne_manquante"),
        ("departement;annee;libelle\n", "colonne_manquante"),
        ("departement;annee;libelle;recipiendaire;couleur\n", "colonne_inconnue"),
        ("departement,annee,libelle,recipiendaire\n", "vide"),
        ("departement,annee,libelle,recipiendaire\n01,2026\n", "illisible"),
        ("departement,annee,libelle,recipiendaire\n01,2026,X,Y\n01,2026,X,Z\n", "ligne_en_double"),
    ] {
        let refused = send(file, real).await.problem(422, "champs-invalides");
        let codes: Vec<&str> =
            refused["errors"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert!(codes.contains(&code), "{file}: {codes:?}");
    }
    caller.post(real).body("application/json", LIST).send().await.problem(415, "type-non-accepte");
    assert_eq!(app.rows("enveloppe"), 2);
}

#[actix_web::test]
async fn an_envelope_has_two_named_accesses_invitations_included_unless_more_are_set() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.account(Role::Recipiendaire, &[&envelope]);
    let admin = app.account(Role::Anct, &[]);
    let invite = async |email: &str| {
        let body = json!({ "nom": "Léo", "email": email, "role": "recipiendaire", "organisation_id": envelope });
        admin.post("/invitations").json(&body).send().await
    };
    invite("leo@departement.example").await.ok(201);
    invite("leo@departement.example").await.ok(201);
    let refused = invite("zoe@departement.example").await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["code"], "trop_d_acces");
    let member = json!([{ "id": envelope, "role": "recipiendaire" }]);
    let account = json!({ "nom": "Zoé", "email": "zoe@departement.example", "roles": ["recipiendaire"], "rattachements": member });
    let refused = admin.post("/comptes").json(&account).send().await.problem(422, "champs-invalides");
    assert_eq!(refused["errors"][0]["champ"], "/rattachements/0/id");
    let shown = admin.get(&format!("/enveloppes/{envelope}")).send().await.ok(200);
    let waiting: Vec<bool> = shown["acces"].as_array().unwrap().iter().map(|one| one["invitation"] == true).collect();
    assert_eq!(waiting, [false, true]);
    app.execute("UPDATE enveloppe SET acces = 3").unwrap();
    admin.post("/comptes").json(&account).send().await.ok(201);
}

#[actix_web::test]
async fn the_list_that_is_downloaded_may_be_sent_back_and_changes_nothing() {
    let app = TestApp::new().await;
    for department in ["01", "2A"] {
        app.envelope(department);
    }
    app.execute("UPDATE enveloppe SET recipiendaire = '=Hub; \"du\" numérique', prix_aidants_connect = 30005").unwrap();
    let caller = app.account(Role::Anct, &[]);
    let answer = caller.get("/enveloppes/export").send().await;
    assert!(answer.header("content-disposition").unwrap().contains("enveloppes-2026-03-02.csv"));
    let file = answer.text();
    assert!(file.contains("300,05") && file.contains("\"'=Hub; \"\"du\"\" numérique\""), "{file}");
    let done = caller.post("/enveloppes:import").body("text/csv", file).send().await.ok(200);
    assert_eq!((&done["inchangees"], &done["modifiees"], &done["creees"]), (&json!(2), &json!(0), &json!(0)));
    let envelope = app.envelope("03");
    app.account(Role::Recipiendaire, &[&envelope]).get("/enveloppes/export").send().await.problem(403, "non-autorise");
}
