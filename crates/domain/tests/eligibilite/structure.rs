//! The rules about the structure: OPCO, référent, SIRET.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Ligne};
use domain::rules::Verdict::{AVerifier, Bloquant, Ok as EnOrdre};
use domain::rules::{Constat, FaitAbsent, FaitOpco, FaitRegistre, FaitsExternes, MotifAbsence, Verdict, evaluer};

use crate::{AC, AN, constat, modele, opco, registre, verdict};

/// ELI-3 on a row: verdict and proof.
fn eli_3(ligne: &Ligne, faits: &FaitsExternes) -> Option<(Verdict, String)> {
    constat(&evaluer(ligne, faits, None), "ELI-3").map(|c| (c.verdict, c.preuve.valeur))
}

/// A row of a private structure.
fn prive() -> Ligne {
    let mut ligne = modele(AC);
    ligne.set(Colonne::Siret, "35600000000048");
    ligne
}

fn commune(est_commune: bool) -> FaitsExternes {
    FaitsExternes { commune_siren: Some(est_commune), ..FaitsExternes::default() }
}

#[test]
fn eli_3_opco_of_private_and_public_structures() {
    const UNIFORMATION: &str = "Uniformation, l'Opco de la Cohésion sociale";
    for (code, confirme, privee, publique) in [
        ("uniformation", true, Bloquant, AVerifier),
        ("UNIFORMATION COHESION SOCIALE", true, Bloquant, AVerifier),
        (UNIFORMATION, true, Bloquant, AVerifier),
        ("uniformation", false, AVerifier, AVerifier),
        ("akto", true, EnOrdre, EnOrdre),
        ("akto", false, AVerifier, EnOrdre),
        ("", true, AVerifier, EnOrdre),
        ("N/C", true, AVerifier, EnOrdre),
        ("inconnu", true, AVerifier, EnOrdre),
    ] {
        let faits = opco(code, confirme);
        let de = |ligne: &Ligne| eli_3(ligne, &faits).map(|(verdict, _)| verdict);
        assert_eq!(de(&prive()), Some(privee), "{code} {confirme}, private");
        assert_eq!(de(&modele(AC)), Some(publique), "{code} {confirme}, public");
    }
}

#[test]
fn eli_3_without_opco_and_its_proofs() {
    let rien = FaitsExternes::default();
    let siren = |siren: &str| Some((EnOrdre, siren.to_owned()));
    assert_eq!(eli_3(&modele(AC), &rien), siren("217500016"));
    assert_eq!(eli_3(&prive(), &commune(true)), siren("356000000"));
    assert_eq!(eli_3(&prive(), &rien).map(|c| c.0), Some(AVerifier));
    let faits = opco("akto", true);
    let prouve = constat(&evaluer(&prive(), &faits, None), "ELI-3").expect("speaks");
    assert_eq!(prouve.preuve.valeur, "akto");
    assert_eq!(prouve.preuve.date.as_deref(), Some("2026-01-08"));
    let sans_siret = [(Colonne::Siret, "")];
    assert_eq!(verdict("ELI-3", AC, &sans_siret), Some(AVerifier));
    let mut ailleurs = prive();
    ailleurs.set(Colonne::Financement, "fonds_propres");
    assert_eq!(eli_3(&ailleurs, &opco("uniformation", true)), None);
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
        assert_eq!((manque.verdict, manque.champ.as_deref()), (Bloquant, Some(colonne.nom())));
        assert_eq!(verdict("ELI-6", AN, &[(colonne, "")]), None);
    }
    assert_eq!(
        verdict("ELI-6", AC, &[(Colonne::ReferentTelephone, "04 74 00 00 00")]),
        Some(AVerifier),
        "not a mobile"
    );
    assert_eq!(verdict("ELI-6", AC, &[(Colonne::ReferentTelephone, "0692 12 34 56")]), Some(EnOrdre));
    assert_eq!(verdict("ELI-6", AC, &[(Colonne::ReferentEmail, "claude")]), Some(AVerifier));
}

/// ELI-9 on a SIRET of a département.
fn eli_9(siret: &str, departement: &str, faits: &FaitsExternes) -> Constat {
    let mut ligne = modele(AN);
    ligne.set(Colonne::Siret, siret);
    ligne.set(Colonne::Departement, departement);
    constat(&evaluer(&ligne, faits, None), "ELI-9").expect("ELI-9 always speaks")
}

#[test]
fn eli_9_wrong_siret() {
    let rien = FaitsExternes::default();
    let faux = ["21750001600018", "2175000160001", "00000000000000", "2175000160001A"];
    for siret in faux {
        assert_eq!(eli_9(siret, "01", &rien).verdict, Bloquant, "{siret}");
        let autre = eli_9(siret, "01", &registre(true)).verdict;
        assert_eq!(autre, Bloquant, "{siret}: the register knows another number");
        let pacifique = eli_9(siret, "988", &rien).verdict;
        assert_eq!(pacifique, AVerifier, "{siret}: perhaps a RIDET");
    }
    let court = eli_9("2175000160001", "01", &rien);
    assert!(court.phrase.contains("13 chiffres"), "{}", court.phrase);
    assert_eq!(eli_9("", "01", &rien).verdict, AVerifier);
}

#[test]
fn eli_9_right_siret() {
    let de = |faits: &FaitsExternes| eli_9("21750001600019", "01", faits);
    let inconnu = de(&FaitsExternes::default()).verdict;
    assert_eq!(inconnu, AVerifier, "a right key proves no existence");
    assert_eq!(de(&commune(true)).verdict, EnOrdre);
    assert_eq!(de(&commune(true)).preuve.valeur, "217500016");
    assert_eq!(de(&commune(false)).verdict, AVerifier);
    assert_eq!(de(&registre(true)).verdict, EnOrdre);
    assert_eq!(de(&registre(true)).preuve.date.as_deref(), Some("2026-11-01"));
    assert_eq!(de(&registre(false)).verdict, Bloquant);
    let commune_fermee = FaitsExternes { commune_siren: Some(true), ..registre(false) };
    let ferme = de(&commune_fermee).verdict;
    assert_eq!(ferme, Bloquant, "the register prevails");
}

/// What a source that says nothing leaves.
fn absent(motif: MotifAbsence) -> FaitAbsent {
    FaitAbsent { motif, date: "2026-11-02".to_owned(), source: "Annuaire des entreprises".to_owned() }
}

#[test]
fn eli_9_never_in_order_without_an_answer() {
    for (motif, valeur, mot) in [
        (MotifAbsence::EnAttente, "non vérifié", "Non vérifié"),
        (MotifAbsence::Echec, "non vérifié", "Non vérifié"),
        (MotifAbsence::Inconnu, "inconnu de la source", "ne connaît pas"),
    ] {
        let faits = FaitsExternes { registre_absent: Some(absent(motif)), ..FaitsExternes::default() };
        let dit = eli_9("21750001600019", "01", &faits);
        assert_eq!((dit.verdict, dit.preuve.valeur.as_str()), (AVerifier, valeur), "{motif:?}");
        assert!(dit.phrase.contains(mot), "{}", dit.phrase);
        assert_eq!(dit.preuve.date.as_deref(), Some("2026-11-02"));
        assert_eq!(dit.preuve.source, "Annuaire des entreprises");
        let commune = FaitsExternes { registre_absent: Some(absent(motif)), ..commune(true) };
        assert_eq!(eli_9("21750001600019", "01", &commune).verdict, EnOrdre, "the official list is a proof by itself");
    }
}

#[test]
fn eli_3_never_in_order_without_an_answer() {
    for motif in [MotifAbsence::EnAttente, MotifAbsence::Echec] {
        let faits = FaitsExternes { opco_absent: Some(absent(motif)), ..registre(true) };
        assert_eq!(eli_3(&prive(), &faits), Some((AVerifier, "non vérifié".to_owned())), "{motif:?}");
    }
    let douteux = FaitOpco {
        code: String::new(),
        confirme: false,
        valeur: "IDCC 1516, 1518".to_owned(),
        date: "2026-11-02".to_owned(),
        source: "annuaire".to_owned(),
    };
    let faits = FaitsExternes { opco: Some(douteux), ..registre(true) };
    assert_eq!(eli_3(&prive(), &faits), Some((AVerifier, "IDCC 1516, 1518".to_owned())));
    let public = FaitRegistre {
        ouvert: true,
        droit_public: "catégorie juridique 7361".to_owned(),
        date: "2026-11-02".to_owned(),
        source: "annuaire".to_owned(),
    };
    let faits = FaitsExternes { registre: Some(public), ..faits };
    assert_eq!(
        eli_3(&prive(), &faits),
        Some((EnOrdre, "catégorie juridique 7361".to_owned())),
        "the register says public"
    );
}

#[test]
fn eli_3_presumption_by_collective_agreement() {
    use domain::rules::opco::{Presomption, presumer};
    for (idcc, attendu) in [
        (&[][..], Presomption::Aucune),
        (&["1518"], Presomption::Opco("uniformation")),
        (&["1518", "1261"], Presomption::Opco("uniformation")),
        (&["218"], Presomption::Opco("uniformation")),
        (&["1516"], Presomption::Opco("akto")),
        (&["1516", "1518"], Presomption::Doute),
        (&["1518", "9999"], Presomption::Doute),
        (&["9999"], Presomption::Doute),
        (&["0804"], Presomption::Doute),
        (&["5021"], Presomption::Public),
        (&["5021", "1518"], Presomption::Doute),
        (&["5553"], Presomption::Doute),
        (&["n'importe quoi"], Presomption::Doute),
    ] {
        assert_eq!(presumer(idcc), attendu, "{idcc:?}");
    }
}
