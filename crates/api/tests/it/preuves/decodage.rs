//! Reading what the services answer, and where the way out may lead.

use std::net::IpAddr;

use api::config::Config;
use api::preuves::outgoing::is_public;
use api::preuves::{adresses, entreprises, pass, siro};
use domain::demande::Colonne;
use domain::preuve::EchecPreuve;
use serde_json::{Value, json};

use super::structures;
use api::preuves::simulateurs::Profil;

use crate::support::{TestApp, line};

const SIRET: &str = "21750001600019";

fn company() -> Value {
    json!({ "results": [{
        "nom_complet": "COMMUNE", "etat_administratif": "A", "nature_juridique": "7210", "activite_principale": "84.11Z",
        "siege": { "siret": SIRET, "etat_administratif": "A", "adresse": "PLACE", "code_postal": "01000",
            "commune": "01053", "libelle_commune": "BOURG" },
        "matching_etablissements": [],
        "complements": { "liste_idcc": ["5021", 1518, "trop long", null], "est_qualiopi": false, "est_service_public": true },
    }] })
}

fn read(answer: &Value) -> Result<Option<domain::preuve::Entreprise>, EchecPreuve> {
    entreprises::decode(answer.to_string().as_bytes(), SIRET)
}

#[test]
fn the_register_is_read_with_what_it_lacks() {
    let found = read(&company()).unwrap().unwrap();
    assert_eq!((found.nom.as_str(), found.ouvert, found.est_droit_public()), ("COMMUNE", true, true));
    assert_eq!(found.idcc, ["5021", "1518"], "what is not a code is left out");
    assert_eq!((found.qualiopi, found.administration), (Some(false), Some(true)), "the older name is read as well");
    let mut newer = company();
    newer["results"][0]["complements"]["est_administration"] = json!(false);
    assert_eq!(read(&newer).unwrap().unwrap().administration, Some(false), "the newer name prevails");
    let mut poorer = company();
    poorer["results"][0]["complements"] = json!("rien");
    poorer["results"][0]["nature_juridique"] = json!(7210);
    poorer["results"][0]["nom_complet"] = json!(["COMMUNE"]);
    let found = read(&poorer).unwrap().unwrap();
    assert_eq!((found.nom.as_str(), found.nature_juridique.as_str(), found.idcc.len()), ("", "7210", 0));
    assert_eq!((found.qualiopi, found.administration), (None, None), "unknown is not no");
    for (place, state, open) in [("siege", "F", false), ("siege", "A", true)] {
        let mut other = company();
        other["results"][0][place]["etat_administratif"] = json!(state);
        assert_eq!(read(&other).unwrap().unwrap().ouvert, open);
    }
    let mut ceased = company();
    ceased["results"][0]["etat_administratif"] = json!("C");
    assert!(!read(&ceased).unwrap().unwrap().ouvert);
}

/// Company or establishment of partial diffusion: the address is not public, whatever the answer holds.
#[test]
fn an_address_is_kept_only_where_the_register_publishes_it() {
    for (of_company, of_place, public) in [
        (json!("O"), json!("O"), true),
        (json!("O"), Value::Null, true),
        (Value::Null, json!("O"), true),
        (json!("P"), json!("O"), false),
        (json!("O"), json!("P"), false),
        (json!("N"), Value::Null, false),
        (Value::Null, Value::Null, false),
        (json!(["O"]), json!(true), false),
    ] {
        let mut answer = company();
        answer["results"][0]["statut_diffusion"] = of_company;
        answer["results"][0]["siege"]["statut_diffusion_etablissement"] = of_place;
        let found = read(&answer).unwrap().unwrap();
        let wanted = if public { ("PLACE", "01000") } else { ("", "") };
        assert_eq!((found.adresse.as_str(), found.code_postal.as_str()), wanted, "{answer}");
        assert_eq!((found.commune.as_str(), found.ouvert), ("BOURG", true));
    }
}

#[test]
fn an_answer_that_proves_nothing_is_never_taken_for_one() {
    let without = |path: &str, value: Value| {
        let mut answer = company();
        *answer.pointer_mut(path).unwrap() = value;
        read(&answer)
    };
    let unreadable = Err(EchecPreuve::Illisible);
    assert_eq!(without("/results/0/etat_administratif", Value::Null), unreadable);
    assert_eq!(without("/results/0/siege/etat_administratif", json!("?")), unreadable);
    assert_eq!(without("/results/0/siege/etat_administratif", json!(["A"])), unreadable);
    assert_eq!(without("/results/0/matching_etablissements", json!("aucun")), unreadable);
    assert_eq!(without("/results", json!({})), unreadable);
    assert_eq!(without("/results/0", json!("COMMUNE")), unreadable);
    assert_eq!(without("/results", json!([])), Ok(None), "unknown there");
    assert_eq!(without("/results/0/siege/siret", json!("21750001600027")), Ok(None), "another establishment");
    for body in ["", "null", "[]", "{", "{\"erreur\":\"non\"}", "<html>"] {
        assert_eq!(entreprises::decode(body.as_bytes(), SIRET), unreadable, "{body}");
    }
}

#[test]
fn siro_is_read_by_its_codes() {
    let answer = |code: Value, name: &str| json!({ "code": code, "siret": SIRET, "idcc": null, "opcoRattachement": { "code": "01", "nom": name } });
    let read = |answer: &Value| siro::decode(answer.to_string().as_bytes(), SIRET);
    for (code, name, known) in [
        (json!("01"), "AKTO", Some(("AKTO", true))),
        (json!("03"), "AKTO", Some(("AKTO", true))),
        (json!("02"), "AKTO", Some(("AKTO", false))),
        (json!("99"), "", None),
        (json!("01"), "N/C", None),
    ] {
        let found = read(&answer(code, name)).unwrap();
        assert_eq!(found.as_ref().map(|one| (one.opco.as_str(), one.confirme)), known, "{name}");
    }
    for wrong in [json!(null), json!("7"), json!(["01"])] {
        assert_eq!(read(&answer(wrong, "AKTO")), Err(EchecPreuve::Illisible));
    }
    assert_eq!(read(&answer(json!("01"), "")), Err(EchecPreuve::Illisible), "found, but what?");
    let mut other = answer(json!("01"), "AKTO");
    other["siret"] = json!("35600000000048");
    assert_eq!(read(&other), Err(EchecPreuve::Illisible), "of another establishment");
}

#[test]
fn an_address_is_believed_from_80_and_in_its_postal_code_only() {
    let answer = |score: Value, code: &str| {
        json!({ "type": "FeatureCollection", "features": [{
            "geometry": { "type": "Point", "coordinates": [5.2, 46.1] },
            "properties": { "label": "1 Place", "score": score, "postcode": code, "citycode": "01053" },
        }] })
    };
    let read = |answer: &Value| adresses::decode(answer.to_string().as_bytes(), "01000");
    for (score, code, points, certain) in [
        (json!(0.8), "01000", 80, true),
        (json!(0.799), "01000", 79, false),
        (json!(1), "01000", 100, true),
        (json!(0.95), "01160", 95, false),
        (json!(-1), "01000", 0, false),
    ] {
        let found = read(&answer(score, code)).unwrap().unwrap();
        assert_eq!((found.score, found.certaine), (points, certain), "{code}");
    }
    assert_eq!(read(&json!({ "features": [] })), Ok(None));
    assert_eq!(read(&answer(json!("0.9"), "01000")), Err(EchecPreuve::Illisible));
    let mut pointless = answer(json!(0.9), "01000");
    pointless["features"][0]["geometry"] = Value::Null;
    assert_eq!(read(&pointless), Err(EchecPreuve::Illisible));
    let base = reqwest::Url::parse("https://data.geopf.fr/geocodage/").unwrap();
    let url = adresses::request(&base, "1 rue de l’Été & fils", "01000");
    assert_eq!(url.path(), "/geocodage/search");
    assert!(url.query().unwrap().contains("postcode=01000") && !url.query().unwrap().contains("& "), "{url}");
}

#[test]
fn rt_15_what_is_not_of_the_internet_is_refused() {
    for private in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001::1",
    ] {
        assert!(!is_public(private.parse::<IpAddr>().unwrap()), "{private}");
    }
    for public in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "193.252.19.3", "2001:4860:4860::8888", "2a01:cb00::1"] {
        assert!(is_public(public.parse::<IpAddr>().unwrap()), "{public}");
    }
}

fn refused(mode: &str, address: &str) -> bool {
    let get = |name: &str| match name {
        "PARCOURS_MODE" => Some(mode.to_owned()),
        "PARCOURS_ENTREPRISES" => Some(address.to_owned()),
        "PARCOURS_SECRET" => Some("une-cle-pour-les-tests-et-rien-qu-eux".to_owned()),
        "PARCOURS_CLES_OTP" => Some("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
        "PARCOURS_CLES_JWT" => Some(crate::support::ES256.to_owned()),
        "PARCOURS_URL" => Some("https://aidants.example".to_owned()),
        "PARCOURS_SMTP" => Some("smtps://relais.example:465".to_owned()),
        _ => None,
    };
    match Config::from_lookup(&get) {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.variable, "PARCOURS_ENTREPRISES", "{error}");
            true
        }
    }
}

#[test]
fn sec_50_the_address_of_a_service_is_checked_at_start() {
    for address in [
        "http://recherche-entreprises.api.gouv.fr",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://10.0.0.1:8443",
        "https://moi:secret@api.example/",
        "https://api.example/?a=b",
        "https://api.example/#x",
        "file:///etc/passwd",
        "recherche",
    ] {
        assert!(refused("production", address), "{address}");
        assert!(refused("bac-a-sable", address), "{address}");
    }
    for mode in ["production", "demonstration"] {
        assert!(!refused(mode, "https://recherche-entreprises.api.gouv.fr"), "{mode}");
    }
    assert!(!refused("demonstration", "http://127.0.0.1:9000/entreprises"));
    assert!(refused("demonstration", "ftp://127.0.0.1"));
}

/// A name may lead anywhere: it is looked at once resolved, and nothing is sent to a private address.
#[actix_web::test]
async fn rt_15_a_name_that_leads_to_a_private_address_is_not_called() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let app = TestApp::with(&[("PARCOURS_MODE", "production"), ("PARCOURS_ENTREPRISES", &address)]).await;
    let envelope = app.envelope("01");
    let mut row = line("01", 0, &envelope);
    row.set(Colonne::Siret, structures(Profil::AutreOpco, 1).remove(0));
    app.insert(vec![row]);
    assert_eq!(pass(&app.app).await.unwrap(), 1);
    assert_eq!(app.texts("SELECT echec AS v FROM preuve"), ["injoignable"]);
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "nobody called");
}
