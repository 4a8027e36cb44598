//! The rules ELI-1 … ELI-11 but the reading of addresses: each verdict of each rule, the order, the global verdict, and
//! that nothing typed makes them fall.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod personne;
mod structure;
mod suivi;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Formation, Ligne};
use domain::rules::{
    Constat, FaitOpco, FaitRegistre, FaitsExternes, FaitsInternes, Verdict, bloque_financement, evaluer, verdict_global,
};

use Verdict::{AVerifier, Bloquant, Ok as EnOrdre};

/// A row against which no rule has anything: a public structure, everything declared.
fn modele(formation: Formation) -> Ligne {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in [
        (Colonne::Formation, formation.as_str()),
        (Colonne::Financement, "enveloppe"),
        (Colonne::Nom, "Dubois"),
        (Colonne::Prenom, "Angela"),
        (Colonne::Email, "angela.dubois@mairie-bourg.fr"),
        (Colonne::Profession, "Secrétaire de mairie"),
        (Colonne::StatutProfessionnel, "salarie"),
        (Colonne::ConseillerNumerique, "non"),
        (Colonne::AccompagneDemarches, "oui"),
        (Colonne::StructureNom, "Mairie de Bourg-en-Bresse"),
        (Colonne::StructureType, "municipalites"),
        (Colonne::Departement, "01"),
        (Colonne::Siret, "21750001600019"),
        (Colonne::ReferentNom, "Martin"),
        (Colonne::ReferentPrenom, "Claude"),
        (Colonne::ReferentProfession, "Directrice"),
        (Colonne::ReferentEmail, "claude.martin@mairie-bourg.fr"),
        (Colonne::ReferentTelephone, "+33612345678"),
    ] {
        ligne.set(colonne, valeur);
    }
    ligne
}

fn registre(ouvert: bool) -> FaitsExternes {
    let fait = FaitRegistre {
        ouvert,
        droit_public: String::new(),
        date: "2026-11-01".to_owned(),
        source: "registre".to_owned(),
    };
    FaitsExternes { registre: Some(fait), ..FaitsExternes::default() }
}

fn opco(code: &str, confirme: bool) -> FaitsExternes {
    let fait = FaitOpco {
        code: code.to_owned(),
        confirme,
        valeur: code.to_owned(),
        date: "2026-01-08".to_owned(),
        source: "table".to_owned(),
    };
    FaitsExternes { opco: Some(fait), ..FaitsExternes::default() }
}

fn connus(deja_habilite: Option<bool>) -> FaitsInternes {
    FaitsInternes { deja_habilite, ..FaitsInternes::default() }
}

fn constat(constats: &[Constat], regle: &str) -> Option<Constat> {
    constats.iter().find(|constat| constat.regle == regle).cloned()
}

/// The verdict of one rule on the model with these changes, outside.
fn verdict(regle: &str, formation: Formation, changements: &[(Colonne, &str)]) -> Option<Verdict> {
    let mut ligne = modele(formation);
    for (colonne, valeur) in changements {
        ligne.set(*colonne, *valeur);
    }
    constat(&evaluer(&ligne, &FaitsExternes::default(), None), regle).map(|constat| constat.verdict)
}

const AN: Formation = Formation::AidantsNumeriques;
const AC: Formation = Formation::AidantsConnect;

#[test]
fn a_row_in_order_is_in_order_with_every_rule_in_order() {
    let constats = evaluer(&modele(AC), &registre(true), Some(&connus(Some(false))));
    let regles: Vec<&str> = constats.iter().map(|c| c.regle.as_str()).collect();
    let attendues: Vec<String> = (1..=11).map(|n| format!("ELI-{n}")).collect();
    assert_eq!(regles, attendues);
    assert_eq!(verdict_global(&constats), EnOrdre, "{constats:#?}");
    assert!(!bloque_financement(&constats));
    for constat in &constats {
        assert!(constat.phrase.ends_with('.') && !constat.preuve.source.is_empty(), "{constat:?}");
    }
}

#[test]
fn rules_of_aidants_connect_are_silent_for_aidants_numeriques() {
    let constats = evaluer(&modele(AN), &registre(true), Some(&connus(Some(true))));
    let regles: Vec<&str> = constats.iter().map(|c| c.regle.as_str()).collect();
    assert_eq!(regles, ["ELI-1", "ELI-2", "ELI-3", "ELI-4", "ELI-9", "ELI-10", "ELI-11"]);
    assert_eq!(verdict_global(&constats), EnOrdre);
}

#[test]
fn public_operations_reveal_nobody() {
    for formation in [AN, AC] {
        let constats = evaluer(&modele(formation), &FaitsExternes::default(), None);
        assert!(constats.iter().all(|c| c.regle != "ELI-5" && c.regle != "ELI-10"));
    }
}

#[test]
fn an_unknown_training_or_financing_is_a_doubt_not_a_refusal() {
    for (regle, changement) in [
        ("ELI-4", (Colonne::Email, "contact@mairie-bourg.fr")),
        ("ELI-6", (Colonne::ReferentNom, "")),
        ("ELI-7", (Colonne::AccompagneDemarches, "non")),
        ("ELI-8", (Colonne::StatutProfessionnel, "elu")),
    ] {
        assert_eq!(verdict(regle, AC, &[changement]), Some(Bloquant), "{regle}");
        assert_eq!(verdict(regle, AC, &[changement, (Colonne::Formation, "?")]), Some(AVerifier), "{regle}");
    }
    assert_eq!(verdict_global(&[]), AVerifier);
}

/// Texts that have broken programs before.
const PIEGES: [&str; 16] = [
    "",
    " ",
    "\u{0}",
    "é",
    "@",
    "a@b",
    "+@x.fr",
    "....@....",
    "𝒜@𝒷.fr",
    "\u{202e}",
    "0",
    "99999999999999",
    "oui",
    "-",
    "'",
    "aidants_connect",
];

#[test]
fn no_garbage_makes_the_rules_fall() {
    let long = "a.b-c".repeat(20_000);
    let mut pieges: Vec<&str> = PIEGES.to_vec();
    pieges.push(&long);
    let mut graine = 1_usize;
    for _ in 0..3_000 {
        let mut ligne = modele(AC);
        for _ in 0..6 {
            graine = graine.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
            let colonne = Colonne::ALL[(graine >> 8) % Colonne::ALL.len()];
            ligne.set(colonne, pieges[(graine >> 4) % pieges.len()]);
        }
        let constats = evaluer(&ligne, &opco("é", true), Some(&connus(None)));
        assert!(constats.len() >= 5);
        assert!(constats.windows(2).all(|deux| numero(&deux[0]) < numero(&deux[1])), "in the order of the rules");
    }
}

fn numero(constat: &Constat) -> u32 {
    constat.regle.trim_start_matches("ELI-").parse().expect("a number")
}
