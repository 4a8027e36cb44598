//! Postal codes, INSEE codes, départements.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::values::{CodeDepartement, CodeInsee, CodePostal};

const COMMUNES: &str = include_str!("../../../../data/registry/communes.csv");
const DEPARTEMENTS: &str = include_str!("../../../../data/registry/departements.csv");

#[test]
fn postal_codes() {
    assert_eq!(CodePostal::parse(" 01 000 ").map(|c| c.to_string()), Ok("01000".to_owned()));
    for (texte, code) in [
        ("", "code_postal_vide"),
        ("1000", "code_postal_4_chiffres"),
        ("100", "code_postal_longueur"),
        ("010000", "code_postal_longueur"),
        ("2A004", "code_postal_caracteres"),
        ("75001 CEDEX 01", "code_postal_caracteres"),
        ("00123", "code_postal_inconnu"),
        (&"1".repeat(300), "code_postal_longueur"),
    ] {
        assert_eq!(CodePostal::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}

#[test]
fn insee_codes() {
    assert_eq!(CodeInsee::parse(" 2a004 ").map(|c| c.to_string()), Ok("2A004".to_owned()));
    assert_eq!(CodeInsee::parse("97411").map(|c| c.departement().map(|d| d.as_str())), Ok(Some("974")));
    for (texte, code) in [
        ("", "code_insee_vide"),
        ("1053", "code_insee_4_chiffres"),
        ("2C004", "code_insee_forme"),
        ("A2004", "code_insee_forme"),
        ("010530", "code_insee_forme"),
        ("0105é", "code_insee_forme"),
        ("20004", "code_insee_departement"),
        ("97901", "code_insee_departement"),
    ] {
        assert_eq!(CodeInsee::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}

#[test]
fn every_commune_leads_to_its_departement() {
    let (mut communes, mut codes, mut ecarts) = (0, 0, Vec::new());
    for ligne in COMMUNES.lines().skip(1) {
        let champs: Vec<&str> = ligne.split(',').collect();
        let insee = CodeInsee::parse(champs[0]).unwrap_or_else(|refus| panic!("{ligne}: {}", refus.code));
        assert_eq!(insee.departement().map(|d| d.as_str()), Some(champs[2]), "{ligne}");
        communes += 1;
        for code in champs[champs.len() - 1].split(['|', ';', ' ']).filter(|code| !code.is_empty()) {
            let code = CodePostal::parse(code).unwrap_or_else(|refus| panic!("{ligne}: {}", refus.code));
            codes += 1;
            if CodeDepartement::deviner(code.as_str()).map(|d| d.as_str()) != Some(champs[2]) {
                ecarts.push(ligne);
            }
        }
    }
    assert_eq!(communes, COMMUNES.lines().count() - 1);
    assert!(codes > 35_000, "{codes}");
    // A guess: 24 communes are served from a neighbouring département.
    assert_eq!(ecarts.len(), 24, "{ecarts:#?}");
}

#[test]
fn departements_are_those_of_the_official_list() {
    let officiels: Vec<(&str, &str)> = DEPARTEMENTS
        .lines()
        .skip(1)
        .map(|ligne| {
            let mut champs = ligne.split(',');
            (champs.next().expect("code"), champs.next().expect("name"))
        })
        .collect();
    assert_eq!(officiels.len(), CodeDepartement::tous().count());
    for (code, nom) in officiels {
        let lu = CodeDepartement::parse(code).unwrap_or_else(|refus| panic!("{code}: {}", refus.code));
        assert_eq!((lu.as_str(), lu.nom()), (code, nom));
        for texte in [code.to_lowercase(), nom.to_owned(), nom.to_uppercase(), nom.replace('-', " ")] {
            assert_eq!(CodeDepartement::parse_code_ou_nom(&texte), Ok(lu), "{texte}");
        }
    }
    for (texte, code) in [
        ("", "departement_vide"),
        ("1", "departement_zero_perdu"),
        ("20", "departement_inconnu"),
        ("979", "departement_inconnu"),
    ] {
        assert_eq!(CodeDepartement::parse(texte).expect_err(texte).code, code);
        assert_eq!(CodeDepartement::parse_code_ou_nom(texte).expect_err(texte).code, code);
    }
}

#[test]
fn postal_codes_of_corsica_and_overseas_are_told_apart() {
    for (code, attendu) in [
        ("20000", Some("2A")),
        ("20137", Some("2A")),
        ("20200", Some("2B")),
        ("20620", Some("2B")),
        ("97133", Some("977")),
        ("97150", Some("978")),
        ("97110", Some("971")),
        ("97400", Some("974")),
        ("97600", Some("976")),
        ("97500", Some("975")),
        ("98000", None),
        ("98800", Some("988")),
        ("96000", None),
        ("9", None),
        ("éé", None),
    ] {
        assert_eq!(CodeDepartement::deviner(code).map(|d| d.as_str()), attendu, "{code}");
    }
}
