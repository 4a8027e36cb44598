//! SIREN and SIRET: the vectors, every commune of France, refusals.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::values::{Siren, Siret};

const VECTEURS: &str = include_str!("../../../../data/compiled/siret_vecteurs.csv");
const COMMUNES: &str = include_str!("../../../../data/registry/communes.csv");

/// Communes whose SIREN does not begin with 1 or 2.
const AUTRE_SERIE: u32 = 46;

/// Luhn sum, written otherwise than in the crate: from the left, by a table of doubled digits.
fn luhn(chiffres: &str) -> u32 {
    const DOUBLES: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let parite = chiffres.len() % 2;
    chiffres
        .bytes()
        .enumerate()
        .map(|(rang, b)| if rang % 2 == parite { DOUBLES[usize::from(b - b'0')] } else { u32::from(b - b'0') })
        .sum()
}

/// The SIRET of the establishment `numero` of a SIREN.
fn siret_de(siren: &str, numero: u32) -> String {
    let sans_cle = format!("{siren}{numero:04}");
    let cle = (0..10).find(|cle| luhn(&format!("{sans_cle}{cle}")).is_multiple_of(10)).expect("a key exists");
    format!("{sans_cle}{cle}")
}

#[test]
fn every_vector_is_judged_as_expected() {
    let mut lus = 0;
    for ligne in VECTEURS.lines().skip(1) {
        let siret = ligne.split(',').next().expect("a first field");
        let attendu = ligne.rsplit(',').next().expect("a last field") == "oui";
        assert_eq!(Siret::parse(siret).is_ok(), attendu, "{ligne}");
        lus += 1;
    }
    assert_eq!(lus, 14);
}

#[test]
fn every_commune_of_france_has_a_siret() {
    let (mut lus, mut publics) = (0, 0);
    for ligne in COMMUNES.lines().skip(1) {
        let champs: Vec<&str> = ligne.split(',').collect();
        let siren = champs[5];
        if siren.is_empty() {
            continue;
        }
        let lu = Siren::parse(siren).unwrap_or_else(|refus| panic!("{siren}: {}", refus.code));
        publics += u32::from(lu.est_public());
        let texte = siret_de(siren, 1 + lus % 40);
        let siret = Siret::parse(&texte).unwrap_or_else(|refus| panic!("{texte}: {}", refus.code));
        assert_eq!(siret.as_str(), texte);
        assert_eq!(siret.siren(), lu);
        assert_eq!(Siret::parse(&siret.afficher()), Ok(siret));
        lus += 1;
    }
    assert_eq!(lus, 34_875);
    // New communes may get another series: the official list proves their nature then.
    assert_eq!(lus - publics, AUTRE_SERIE);
}

#[test]
fn every_single_wrong_digit_is_seen() {
    let juste = "21750001600019";
    for place in 0..14 {
        for chiffre in b'0'..=b'9' {
            let mut octets = juste.as_bytes().to_vec();
            if octets[place] == chiffre {
                continue;
            }
            octets[place] = chiffre;
            let faux = String::from_utf8(octets).expect("digits");
            assert_eq!(Siret::parse(&faux).expect_err(&faux).code, "siret_cle", "{faux}");
        }
    }
}

#[test]
fn each_refusal_has_its_own_code() {
    for (texte, code) in [
        ("", "siret_vide"),
        ("   ", "siret_vide"),
        ("2175000160001", "siret_13_chiffres"),
        ("217500016", "siret_est_un_siren"),
        ("21750001600", "siret_trop_court"),
        ("217500016000199", "siret_trop_long"),
        (&"0".repeat(500), "siret_trop_long"),
        (&"9".repeat(41), "siret_trop_long"),
        ("00000000000000", "siret_zeros"),
        ("00000000000018", "siret_zeros"),
        ("2175000160001A", "siret_caracteres"),
        ("21750001600o19", "siret_caracteres"),
        ("2175000160001\u{664}", "siret_caracteres"),
        ("2,175E+13", "siret_notation_scientifique"),
        ("2.17500016E13", "siret_notation_scientifique"),
        ("21750001600018", "siret_cle"),
        ("35600000049838", "siret_cle"),
        ("-", "siret_vide"),
    ] {
        assert_eq!(Siret::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
    for (texte, code) in [
        ("", "siren_vide"),
        ("21750001", "siren_longueur"),
        ("2175000160", "siren_longueur"),
        ("217500017", "siren_cle"),
        ("000000000", "siren_cle"),
        ("21750001A", "siren_caracteres"),
    ] {
        assert_eq!(Siren::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}

#[test]
fn separators_are_dropped_and_nothing_is_padded() {
    for texte in [
        "21750001600019",
        " 217 500 016 00019 ",
        "217\u{a0}500\u{a0}016\u{a0}00019",
        "217\u{202f}500\u{202f}016\u{202f}00019",
        "217.500.016.00019",
        "217-500-016-00019",
    ] {
        assert_eq!(Siret::parse(texte).map(|s| s.as_str().to_owned()), Ok("21750001600019".to_owned()), "{texte}");
    }
    // The SIREN 005 520 176 begins with zeros: a spreadsheet that dropped them is refused, never guessed.
    let avec_zeros = siret_de("005520176", 1);
    assert!(Siret::parse(&avec_zeros).is_ok());
    assert!(Siret::parse(avec_zeros.trim_start_matches('0')).is_err());
}

#[test]
fn the_post_office_has_its_own_key() {
    assert!(Siret::parse("35600000000048").is_ok(), "head office: Luhn is right");
    assert!(Siret::parse("35600000049837").is_ok(), "sum of digits multiple of five");
    // The same sum does not save another company.
    let autre = "21750001600054";
    assert_eq!(autre.bytes().map(|b| u32::from(b - b'0')).sum::<u32>() % 5, 1);
    assert!(
        (0..100).map(|n| format!("217500016{n:05}")).all(|s| Siret::parse(&s).is_ok() == luhn(&s).is_multiple_of(10))
    );
}

#[test]
fn shown_in_groups_with_no_break_spaces() {
    let siret = Siret::parse("21750001600019").expect("valid");
    assert_eq!(siret.afficher(), "217\u{a0}500\u{a0}016\u{a0}00019");
    assert_eq!(siret.siren().afficher(), "217\u{a0}500\u{a0}016");
    assert_eq!(siret.to_string(), "21750001600019");
}
