//! The list of the people who are habilitated already (S6, ELI-5).

use domain::demande::Colonne;
use domain::permission::Role;
use serde_json::{Value, json};

use crate::support::{Caller, SCOPES, TestApp, line, query};

const FILE: &str = "nom;prenom;email;mandats;demarches;structure_nom;siret;departement\n\
                    Dubois;Angela;angela.dubois@mairie.example;12;40;Mairie de Bourg;;01\n\
                    Martin;Zoé;;;;CCAS d’Oyonnax;;Ain\n";

async fn give(caller: &Caller<'_>, file: &str) -> crate::support::Answer {
    caller.post("/habilites/import").body("text/csv", file.as_bytes().to_vec()).send().await
}

async fn names(caller: &Caller<'_>, parameters: &[(&str, &str)]) -> Vec<String> {
    let page = caller.get(&query("/habilites", parameters)).send().await.ok(200);
    let items = page["items"].as_array().unwrap().iter();
    items.map(|one| one["nom"].as_str().unwrap().to_owned()).collect()
}

async fn eli_5(caller: &Caller<'_>, id: &str) -> Value {
    let detail = caller.get(&format!("/demandes/{id}")).send().await.ok(200);
    let constats = detail["constats"].as_array().unwrap().clone();
    constats.into_iter().find(|one| one["regle"] == "ELI-5").unwrap_or_else(|| panic!("{detail}"))
}

#[actix_web::test]
async fn a_list_replaces_that_of_its_departements_and_is_read_by_who_attributes() {
    let app = TestApp::new().await;
    let (ain, aisne) = (app.envelope("01"), app.envelope("02"));
    let national = app.account(Role::Instructeur, &[]);
    let given = give(&national, FILE).await.ok(200);
    assert_eq!((&given["lignes"], &given["remplacees"]), (&json!(2), &json!(0)));
    give(&national, "nom,prenom,structure_nom,departement\nLemaire,Solène,Mairie de Laon,02\n").await.ok(200);
    let caller = app.account(Role::Recipiendaire, &[&ain]);
    assert_eq!(names(&caller, &[]).await, ["Dubois", "Martin"]);
    assert_eq!(names(&caller, &[("q", "OYONNAX zoe")]).await, ["Martin"]);
    assert_eq!(names(&caller, &[("q", "100%")]).await, [] as [&str; 0], "signs are no jokers");
    assert_eq!(names(&caller, &[("departement", "02")]).await, [] as [&str; 0], "out of reach");
    assert_eq!(names(&app.account(Role::Recipiendaire, &[&aisne]), &[]).await, ["Lemaire"]);
    assert_eq!(names(&national, &[]).await, ["Dubois", "Lemaire", "Martin"]);
    assert_eq!(names(&national, &[("departement", "02")]).await, ["Lemaire"]);
    let again = give(&national, "nom,prenom,structure_nom,departement\nGarnier,Yanis,Mairie,01\n").await.ok(200);
    assert_eq!((&again["remplacees"], &again["departements"]), (&json!(2), &json!(["01"])));
    assert_eq!(names(&national, &[]).await, ["Garnier", "Lemaire"]);
}

/// As the existing service exports its accounts: its own names, « None » for what it lacks, and référents who are no aidants.
const SERVICE: &str = "\
prénom,nom,adresse électronique,Téléphone,profession,Est référent,Aidant - Peut créer des mandats,Carte TOTP active,\
Carte TOTP décallée,totp_card_drift,Date activation carte TOTP,App OTP,actif,Nombre de mandats créés,\
Nombre de mandats à distance créés,Organisation: Nom,Organisation: Datapass ID,Organisation: N° SIRET,\
Organisation: Adresse,Organisation: Code Postal,Organisation: Ville,Organisation: Code INSEE du département,\
Organisation: Code INSEE de la région,Organisation type: Nom,Organisation: Labellisation France Services\r\n\
Angela,Dubois,angela.dubois@mairie.example,,Secrétaire,False,True,False,None,None,None,True,True,12,2,\
Mairie de Bourg,123,21010053300012,1 place de la Mairie,01000,Bourg-en-Bresse,01,84,Municipalités,False\r\n\
Zoé,Martin,zoe.martin@ccas.example,,Accueil,False,True,False,None,None,None,False,False,0,0,\
CCAS d’Oyonnax,None,1,None,01100,Oyonnax,None,None,CCAS,False\r\n\
Claude,Lemaire,claude.lemaire@mairie.example,,Directrice,True,False,False,None,None,None,False,True,0,0,\
Mairie de Bourg,123,21010053300012,1 place de la Mairie,01000,Bourg-en-Bresse,01,84,Municipalités,False\r\n";

/// As the beneficiaries' guide says of the table: the professional, the structure, the référent.
const GUIDE: &str = "\
Nom;Prénom;Profession;Nombre de mandats créés;Nombre de démarches réalisées avec Aidants Connect;Nom_de_la_structure;\
Typologie;Adresse de la structure;Code postal;Ville;Nom_du_referent;Prénom du référent;Profession du référent;\
Adresse e-mail du référent\n\
Garnier;Yanis;Médiateur;3;1 204;CCAS de Laon;CCAS;2 rue du Bourg;02000;Laon;Petit;Dominique;Maire;maire@laon.example\n";

#[actix_web::test]
async fn eli_5_the_files_of_the_existing_service_and_of_the_guide_are_taken_as_they_are() {
    let app = TestApp::new().await;
    let national = app.account(Role::Anct, &[]);
    let given = give(&national, SERVICE).await.ok(200);
    assert_eq!((&given["lignes"], &given["departements"]), (&json!(2), &json!(["01"])), "a référent is no aidant");
    let page = national.get("/habilites").send().await.ok(200);
    let said = |place: usize, names: [&str; 4]| names.map(|name| page["items"][place][name].clone());
    let first = said(0, ["email", "structure_nom", "structure_type", "siret"]);
    assert_eq!(first, ["angela.dubois@mairie.example", "Mairie de Bourg", "Municipalités", "21010053300012"]);
    assert_eq!(
        said(0, ["nom", "adresse", "ville", "departement"])[1..],
        ["1 place de la Mairie", "Bourg-en-Bresse", "01"]
    );
    assert_eq!(page["items"][0]["mandats"], 12);
    assert_eq!(said(1, ["nom", "siret", "adresse", "departement"]), ["Martin", "", "", "01"], "« None » is nothing");

    give(&national, GUIDE).await.ok(200);
    let page = national.get("/habilites?departement=02").send().await.ok(200);
    let one = &page["items"][0];
    assert_eq!(
        (&one["mandats"], &one["demarches"], &one["structure_type"]),
        (&json!(3), &json!(1_204), &json!("CCAS"))
    );
    let referent =
        ["referent_nom", "referent_prenom", "referent_profession", "referent_email"].map(|name| one[name].clone());
    assert_eq!(referent, ["Petit", "Dominique", "Maire", "maire@laon.example"]);
}

#[actix_web::test]
async fn the_list_is_read_page_by_page_under_a_cursor_of_its_own() {
    let app = TestApp::new().await;
    let national = app.account(Role::Anct, &[]);
    let mut file = "nom,prenom,email,structure_nom,departement\n".to_owned();
    // Namesakes too: a page may end between them.
    for rank in 0..25 {
        file.push_str(&format!("Dubois,Angela,a{rank}@mairie.example,Mairie {rank},01\n"));
    }
    give(&national, &file).await.ok(200);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = query("/habilites", &[("limit", "10"), ("cursor", &cursor)]);
        let page = national.get(&path).send().await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["email"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 25);
    let foreign = query("/habilites", &[("q", "mairie"), ("cursor", &cursor)]);
    national.get(&foreign).send().await.problem(400, "curseur-invalide");
    let long = query("/habilites", &[("q", &"x".repeat(201))]);
    national.get(&long).send().await.refuses(400, "parametre-invalide", "q");
    national.get("/habilites?departement=20").send().await.refuses(400, "parametre-invalide", "departement");
}

#[actix_web::test]
async fn a_file_with_one_mistake_changes_nothing_and_names_it() {
    let app = TestApp::new().await;
    let national = app.account(Role::Anct, &[]);
    give(&national, FILE).await.ok(200);
    let wrong = "nom;prenom;email;structure_nom;departement\nDubois;Angela;x;Mairie;01\nDubois;Angela;;Mairie\n\
                 Martin;Zoé;;Mairie;01\nMARTIN;Zoe;;Mairie;01\n";
    let refused = give(&national, wrong).await.problem(422, "champs-invalides");
    let fields: Vec<&str> =
        refused["errors"].as_array().unwrap().iter().map(|one| one["champ"].as_str().unwrap()).collect();
    assert_eq!(fields, ["/2/email", "/3", "/5/nom"]);
    give(&national, "nom,prenom\nDubois,Angela\n").await.refuses(422, "champs-invalides", "/1/structure_nom");
    give(&national, "nom,prenom,structure_nom,departement\n").await.refuses(422, "champs-invalides", "/");
    let latin = national.post("/habilites/import").body("text/csv", b"nom\xe9".to_vec()).send().await;
    latin.problem(400, "encodage-invalide");
    national.post("/habilites/import").body("application/json", "{}").send().await.problem(415, "type-non-accepte");
    assert_eq!(names(&national, &[]).await, ["Dubois", "Martin"]);
    let envelope = app.envelope("03");
    for role in [Role::Recipiendaire, Role::Formateur] {
        give(&app.account(role, &[&envelope]), FILE).await.problem(403, "non-autorise");
    }
}

#[actix_web::test]
async fn the_exported_list_is_given_again_and_both_are_in_the_journal() {
    let app = TestApp::new().await;
    let national = app.account(Role::Anct, &[]);
    let hostile = "nom,prenom,structure_nom,departement\nDubois,Angela,\"=cmd|' /C calc'!A0\",01\n";
    give(&national, hostile).await.ok(200);
    let file = national.get("/habilites/export?departement=01").send().await;
    assert_eq!(file.status, 200);
    let text = file.text();
    assert!(text.contains("'=cmd"), "no formula leaves: {text}");
    let again = give(&national, &text).await.ok(200);
    assert_eq!((&again["lignes"], &again["remplacees"]), (&json!(1), &json!(1)));
    let actions = app.texts("SELECT action AS v FROM journal WHERE objet = 'habilites' ORDER BY numero");
    assert_eq!(actions, ["habilites.importes", "habilites.exportes", "habilites.importes"]);
}

#[actix_web::test]
async fn eli_5_the_list_tells_who_is_habilitated_and_demandes_are_weighed_again() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    let connect = |n| {
        let mut line = line("01", n, &envelope);
        for (column, value) in [
            (Colonne::Formation, "aidants_connect"),
            (Colonne::ReferentNom, "Martin"),
            (Colonne::ReferentPrenom, "Claude"),
            (Colonne::ReferentProfession, "Maire"),
            (Colonne::ReferentEmail, "claude.martin@mairie.example"),
            (Colonne::ReferentTelephone, "+33639980102"),
        ] {
            line.set(column, value);
        }
        line
    };
    let (listed, other) = (connect(0), connect(1));
    let [email, nom, prenom, siret] =
        [(&listed, Colonne::Email), (&other, Colonne::Nom), (&other, Colonne::Prenom), (&other, Colonne::Siret)]
            .map(|(line, column)| line.get(column).to_owned());
    let ids = app.insert(vec![listed, other]);
    let caller = app.account(Role::Recipiendaire, &[&envelope]);
    let national = app.account(Role::Anct, &[]);
    assert_eq!(eli_5(&caller, &ids[0]).await["verdict"], "a-verifier", "nothing is known yet");
    assert_eq!(app.texts("SELECT verdict AS v FROM demande ORDER BY rang"), ["a-verifier", "a-verifier"]);

    let file = |rows: &str| format!("nom,prenom,email,structure_nom,siret,departement\n{rows}");
    give(&national, &file("Autre,Personne,,CCAS,,01\n")).await.ok(200);
    let known = eli_5(&caller, &ids[0]).await;
    assert_eq!((&known["verdict"], &known["preuve"]["date"]), (&json!("ok"), &json!("2026-03-02")));

    let rows = format!("Nom,Autre,{email},CCAS,,01\n{nom},{prenom},,Ailleurs,{siret},01\n");
    give(&national, &file(&rows)).await.ok(200);
    for id in &ids {
        assert_eq!(eli_5(&caller, id).await["verdict"], "bloquant", "by the address, or by the name in the structure");
        let row = caller.get(&format!("/demandes/{id}")).send().await.ok(200);
        assert_eq!(row["verdict"], "bloquant", "the column too");
    }
    let stored = app.texts("SELECT verdict AS v FROM demande ORDER BY rang");
    assert_eq!(stored, ["bloquant", "bloquant"]);
    let history = caller.get(&format!("/demandes/{}/historique", ids[0])).send().await.ok(200);
    assert_eq!(history["items"][0]["action"], "demande.reevaluee");

    // A new demande, an edit and an import read the same list.
    let program = app.token_on(Role::Recipiendaire, &SCOPES, &[&envelope]);
    let mut new = crate::support::demande("01", 7);
    new["formation"] = json!("aidants_connect");
    new["email"] = json!(email);
    let answer = program.post("/demandes").json(&new).send().await;
    let gesture = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(answer.ok(201)["verdict"], "bloquant");
    // What the list changes by itself is nobody's change: what was added can still be taken back.
    give(&national, &file("Autre,Personne,,CCAS,,01\n")).await.ok(200);
    let undone = program.post(&format!("/gestes/{gesture}/annuler")).send().await.ok(200);
    assert_eq!((&undone["faites"], &undone["refusees"]), (&json!(1), &json!(0)), "{undone}");

    give(&national, &file(&rows)).await.ok(200);
    let made = program.post("/demandes").json(&new).send().await.ok(201);
    assert_eq!(made["verdict"], "bloquant");
    let address = format!("/demandes/{}", made["id"].as_str().unwrap());
    let change = json!({ "email": "zoe.nouvelle@mairie.example", "nom": "Nouvelle", "prenom": "Zoé" });
    program.patch(&address).version(1).json(&change).send().await.ok(200);
    assert_eq!(eli_5(&caller, made["id"].as_str().unwrap()).await["verdict"], "ok");
}
