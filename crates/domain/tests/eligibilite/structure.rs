//! The rules about the structure: OPCO, référent, SIRET.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Ligne};
use domain::rules::Verdict::{AVerifier, Bloquant, Ok as EnOrdre};
use domain::rules::{FaitsExternes, evaluer};

use crate::{AC, AN, constat, modele, opco, registre, verdict};

#[test]
fn eli_3_opco() {
    let mut prive = modele(AC);
    prive.set(Colonne::Siret, "35600000000048");
    let public = modele(AC);
    let de = |ligne: &Ligne, faits: &FaitsExternes| {
        constat(&evaluer(ligne, faits, None), "ELI-3")
            .map(|c| (c.verdict, c.preuve.valeur, c.preuve.date))
    };
    let date = Some("2026-01-08".to_owned());
    assert_eq!(
        de(&public, &FaitsExternes::default()),
        Some((EnOrdre, "217500016".to_owned(), None))
    );
    assert_eq!(
        de(&prive, &FaitsExternes::default()).map(|c| c.0),
        Some(AVerifier)
    );
    for code in [
        "uniformation",
        "UNIFORMATION COHESION SOCIALE",
        "Uniformation, l'Opco de la Cohésion sociale",
    ] {
        assert_eq!(
            de(&prive, &opco(code, true)),
            Some((Bloquant, code.to_owned(), date.clone()))
        );
        assert_eq!(
            de(&prive, &opco(code, false)),
            Some((AVerifier, code.to_owned(), date.clone()))
        );
        assert_eq!(
            de(&public, &opco(code, true)).map(|c| c.0),
            Some(AVerifier),
            "rare, looked at, not refused"
        );
    }
    assert_eq!(
        de(&prive, &opco("akto", true)),
        Some((EnOrdre, "akto".to_owned(), date))
    );
    assert_eq!(
        de(&prive, &opco("akto", false)).map(|c| c.0),
        Some(AVerifier)
    );
    for inconnu in ["", "N/C", "inconnu"] {
        assert_eq!(
            de(&prive, &opco(inconnu, true)).map(|c| c.0),
            Some(AVerifier),
            "{inconnu}"
        );
        assert_eq!(
            de(&public, &opco(inconnu, true)).map(|c| c.0),
            Some(EnOrdre),
            "{inconnu}"
        );
    }
    let commune = FaitsExternes {
        commune_siren: Some(true),
        ..FaitsExternes::default()
    };
    assert_eq!(de(&prive, &commune).map(|c| c.0), Some(EnOrdre));
    prive.set(Colonne::Financement, "fonds_propres");
    assert_eq!(de(&prive, &opco("uniformation", true)), None);
    assert_eq!(
        verdict("ELI-3", AC, &[(Colonne::Siret, "")]),
        Some(AVerifier)
    );
}

#[test]
fn eli_6_referent() {
    for colonne in [
        Colonne::ReferentNom,
        Colonne::ReferentPrenom,
        Colonne::ReferentProfession,
        Colonne::ReferentEmail,
        Colonne::ReferentTelephone,
    ] {
        let mut ligne = modele(AC);
        ligne.set(colonne, " ");
        let manque = constat(&evaluer(&ligne, &registre(true), None), "ELI-6").expect("speaks");
        assert_eq!(
            (manque.verdict, manque.champ.as_deref()),
            (Bloquant, Some(colonne.nom()))
        );
        assert_eq!(verdict("ELI-6", AN, &[(colonne, "")]), None);
    }
    assert_eq!(
        verdict(
            "ELI-6",
            AC,
            &[(Colonne::ReferentTelephone, "04 74 00 00 00")]
        ),
        Some(AVerifier),
        "not a mobile"
    );
    assert_eq!(
        verdict(
            "ELI-6",
            AC,
            &[(Colonne::ReferentTelephone, "0692 12 34 56")]
        ),
        Some(EnOrdre)
    );
    assert_eq!(
        verdict("ELI-6", AC, &[(Colonne::ReferentEmail, "claude")]),
        Some(AVerifier)
    );
}

#[test]
fn eli_9_siret() {
    let de = |siret: &str, departement: &str, faits: &FaitsExternes| {
        let mut ligne = modele(AN);
        ligne.set(Colonne::Siret, siret);
        ligne.set(Colonne::Departement, departement);
        constat(&evaluer(&ligne, faits, None), "ELI-9").expect("ELI-9 always speaks")
    };
    let rien = FaitsExternes::default();
    for faux in [
        "21750001600018",
        "2175000160001",
        "00000000000000",
        "2175000160001A",
    ] {
        assert_eq!(de(faux, "01", &rien).verdict, Bloquant, "{faux}");
        assert_eq!(
            de(faux, "01", &registre(true)).verdict,
            Bloquant,
            "{faux}: the register was asked about another number"
        );
        assert_eq!(
            de(faux, "988", &rien).verdict,
            AVerifier,
            "{faux}: perhaps a RIDET"
        );
    }
    assert!(
        de("2175000160001", "01", &rien)
            .phrase
            .contains("13 chiffres")
    );
    assert_eq!(de("", "01", &rien).verdict, AVerifier);
    let inconnu = de("21750001600019", "01", &rien);
    assert_eq!(
        inconnu.verdict, AVerifier,
        "a right key proves no existence"
    );
    let commune = FaitsExternes {
        commune_siren: Some(true),
        ..FaitsExternes::default()
    };
    let prouve = de("21750001600019", "01", &commune);
    assert_eq!(
        (prouve.verdict, prouve.preuve.valeur.as_str()),
        (EnOrdre, "217500016")
    );
    let pas_commune = FaitsExternes {
        commune_siren: Some(false),
        ..FaitsExternes::default()
    };
    assert_eq!(de("21750001600019", "01", &pas_commune).verdict, AVerifier);
    let ouvert = de("21750001600019", "01", &registre(true));
    assert_eq!(
        (ouvert.verdict, ouvert.preuve.date.as_deref()),
        (EnOrdre, Some("2026-11-01"))
    );
    assert_eq!(
        de("21750001600019", "01", &registre(false)).verdict,
        Bloquant
    );
    let commune_fermee = FaitsExternes {
        commune_siren: Some(true),
        ..registre(false)
    };
    assert_eq!(
        de("21750001600019", "01", &commune_fermee).verdict,
        Bloquant,
        "the register prevails"
    );
}
