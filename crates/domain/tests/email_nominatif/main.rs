//! Rule ELI-4: a table of cases with their reasons, generated people, generic boxes, and mutants of the rule.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod generation;
mod mutants;
mod table;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Financement, Formation, Ligne};
use domain::rules::{FaitsExternes, FaitsInternes, Verdict, evaluer};
use table::{A, Cas, STRUCTURE, TABLE, VILLE};

/// The verdict of rule ELI-4 on a person and an address of the structure of the table, under an envelope.
pub fn eli_4(prenom: &str, nom: &str, email: &str, formation: Formation) -> Verdict {
    verdict_de(&ligne(prenom, nom, email, formation), None)
}

/// A row of the structure of the table, under an envelope.
pub fn ligne(prenom: &str, nom: &str, email: &str, formation: Formation) -> Ligne {
    let mut ligne = Ligne::default();
    ligne.set(Colonne::Prenom, prenom);
    ligne.set(Colonne::Nom, nom);
    ligne.set(Colonne::Email, email);
    ligne.set(Colonne::Ville, VILLE);
    ligne.set(Colonne::StructureNom, STRUCTURE);
    ligne.set(Colonne::Formation, formation.as_str());
    ligne.set(Colonne::Financement, Financement::Enveloppe.as_str());
    ligne
}

/// The verdict of rule ELI-4 on a row.
pub fn verdict_de(ligne: &Ligne, internes: Option<&FaitsInternes>) -> Verdict {
    let constats = evaluer(ligne, &FaitsExternes::default(), internes);
    constats.iter().find(|constat| constat.regle == "ELI-4").expect("ELI-4 always speaks").verdict
}

/// The verdict the table expects for a training.
pub fn attendu(cas: &Cas, formation: Formation) -> Verdict {
    match (cas.3, formation) {
        (A::Ok, _) => Verdict::Ok,
        (A::Doute, _) | (A::Boite, Formation::AidantsNumeriques) => Verdict::AVerifier,
        (A::Boite, Formation::AidantsConnect) | (A::Ferme, _) => Verdict::Bloquant,
    }
}

#[test]
fn eli_4_the_table_holds() {
    assert!(TABLE.len() >= 120, "{} cases", TABLE.len());
    let mut ecarts = Vec::new();
    for cas in TABLE {
        for formation in Formation::ALL {
            let obtenu = eli_4(cas.0, cas.1, cas.2, *formation);
            if obtenu != attendu(cas, *formation) {
                ecarts.push(format!(
                    "{} {} <{}> {formation:?}: {obtenu:?}, {:?} expected: {}",
                    cas.0, cas.1, cas.2, cas.3, cas.4
                ));
            }
        }
    }
    assert!(ecarts.is_empty(), "{}\n{}", ecarts.len(), ecarts.join("\n"));
}

#[test]
fn eli_4_each_case_says_why_and_is_there_once() {
    let mut vus = std::collections::HashSet::new();
    for cas in TABLE {
        assert!(cas.4.len() > 3, "no reason for {}", cas.2);
        assert!(vus.insert((cas.0, cas.1, cas.2)), "twice: {}", cas.2);
    }
}

#[test]
fn eli_4_the_examples_of_the_product_are_never_refused() {
    for (prenom, nom, email) in [
        ("Angela", "Dubois", "angeladubois@anct.fr"),
        ("Jean-Jacques", "Test", "jj.test@beta.gouv.fr"),
        ("Jean Pierre", "Bacri", "jeanpierrebacri@email.com"),
    ] {
        for formation in Formation::ALL {
            assert_ne!(eli_4(prenom, nom, email, *formation), Verdict::Bloquant, "{email}");
        }
    }
}

#[test]
fn eli_4_the_closed_domain_blocks_envelopes_only() {
    let mut ligne = ligne("Angela", "Dubois", "angela.dubois@conseiller-numerique.fr", Formation::AidantsConnect);
    assert_eq!(verdict_de(&ligne, None), Verdict::Bloquant);
    for financement in Financement::ALL.iter().filter(|f| **f != Financement::Enveloppe) {
        ligne.set(Colonne::Financement, financement.as_str());
        assert_eq!(verdict_de(&ligne, None), Verdict::AVerifier, "{financement:?}");
    }
}

#[test]
fn eli_4_an_address_of_another_person_is_a_doubt_known_inside_only() {
    let mut faits = FaitsInternes { email_autre_personne: true, ..FaitsInternes::default() };
    let nominative = ligne("Angela", "Dubois", "angela.dubois@mairie-bourg.fr", Formation::AidantsConnect);
    assert_eq!(verdict_de(&nominative, None), Verdict::Ok);
    assert_eq!(verdict_de(&nominative, Some(&faits)), Verdict::AVerifier);
    let generique = ligne("Angela", "Dubois", "contact@mairie-bourg.fr", Formation::AidantsConnect);
    assert_eq!(verdict_de(&generique, Some(&faits)), Verdict::Bloquant);
    faits.email_autre_personne = false;
    assert_eq!(verdict_de(&nominative, Some(&faits)), Verdict::Ok);
}
