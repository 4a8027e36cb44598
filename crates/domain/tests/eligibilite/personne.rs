//! The rules about the person: status, conseiller numérique, habilitation, regular help, elected people.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Financement, StatutProfessionnel};
use domain::rules::Verdict::{AVerifier, Bloquant, Ok as EnOrdre};
use domain::rules::evaluer;

use crate::{AC, AN, connus, constat, modele, registre, verdict};

#[test]
fn eli_1_status() {
    use StatutProfessionnel as S;
    for (statut, connect, numerique) in [
        (S::Salarie, Some(EnOrdre), Some(EnOrdre)),
        (S::Elu, None, None),
        (S::Benevole, Some(Bloquant), Some(Bloquant)),
        (S::ServiceCivique, Some(Bloquant), Some(Bloquant)),
        (S::Apprenti, Some(Bloquant), Some(EnOrdre)),
        (S::Stagiaire, Some(Bloquant), Some(EnOrdre)),
    ] {
        let changement = [(Colonne::StatutProfessionnel, statut.as_str())];
        assert_eq!(verdict("ELI-1", AC, &changement), connect, "{statut:?}");
        assert_eq!(verdict("ELI-1", AN, &changement), numerique, "{statut:?}");
    }
    for statut in ["", "inconnu"] {
        assert_eq!(verdict("ELI-1", AC, &[(Colonne::StatutProfessionnel, statut)]), Some(AVerifier));
    }
    for profession in ["Bénévole", "Service civique à l'accueil", "Apprentie secrétaire"] {
        assert_eq!(verdict("ELI-1", AC, &[(Colonne::Profession, profession)]), Some(AVerifier), "{profession}");
    }
    assert_eq!(verdict("ELI-1", AC, &[(Colonne::Profession, "Coordinatrice des bénévoles")]), Some(EnOrdre));
}

#[test]
fn eli_2_conseiller_numerique() {
    for formation in [AN, AC] {
        let oui = (Colonne::ConseillerNumerique, "oui");
        assert_eq!(verdict("ELI-2", formation, &[oui]), Some(Bloquant));
        for financement in Financement::ALL.iter().filter(|f| **f != Financement::Enveloppe) {
            let ailleurs = [oui, (Colonne::Financement, financement.as_str())];
            assert_eq!(verdict("ELI-2", formation, &ailleurs), Some(EnOrdre), "{financement:?}");
        }
        assert_eq!(verdict("ELI-2", formation, &[oui, (Colonne::Financement, "")]), Some(AVerifier));
        assert_eq!(verdict("ELI-2", formation, &[]), Some(EnOrdre));
        assert_eq!(verdict("ELI-2", formation, &[(Colonne::ConseillerNumerique, "")]), Some(AVerifier));
        let profession = [(Colonne::Profession, "Conseillère numérique France services")];
        assert_eq!(verdict("ELI-2", formation, &profession), Some(AVerifier));
        let adresse = [(Colonne::Email, "angela.dubois@conseiller-numerique.fr")];
        assert_eq!(verdict("ELI-2", formation, &adresse), Some(AVerifier));
    }
}

#[test]
fn eli_5_already_habilitated() {
    let de = |formation, deja| constat(&evaluer(&modele(formation), &registre(true), Some(&connus(deja))), "ELI-5");
    let bloque = de(AC, Some(true)).expect("speaks");
    assert_eq!(bloque.verdict, Bloquant);
    assert!(bloque.phrase.contains("ré-embarquement"), "the free path is proposed");
    assert_eq!(de(AC, Some(false)).map(|c| c.verdict), Some(EnOrdre));
    assert_eq!(de(AC, None).map(|c| c.verdict), Some(AVerifier), "a missing fact is never in order");
    assert_eq!(de(AN, Some(true)), None);
}

#[test]
fn eli_7_regular_help() {
    assert_eq!(verdict("ELI-7", AC, &[]), Some(EnOrdre));
    assert_eq!(verdict("ELI-7", AC, &[(Colonne::AccompagneDemarches, "")]), Some(AVerifier));
    assert_eq!(verdict("ELI-7", AC, &[(Colonne::AccompagneDemarches, "non")]), Some(Bloquant));
    assert_eq!(verdict("ELI-7", AC, &[(Colonne::StatutProfessionnel, "")]), Some(AVerifier));
    assert_eq!(verdict("ELI-7", AN, &[(Colonne::AccompagneDemarches, "non")]), None);
}

#[test]
fn eli_8_elected_people() {
    let elu = (Colonne::StatutProfessionnel, "elu");
    assert_eq!(verdict("ELI-8", AC, &[elu]), Some(Bloquant));
    assert_eq!(verdict("ELI-8", AN, &[elu]), Some(EnOrdre));
    assert_eq!(verdict("ELI-8", AC, &[]), Some(EnOrdre));
    assert_eq!(verdict("ELI-8", AN, &[]), None);
    for profession in ["Maire", "Adjoint au maire", "Conseillère municipale déléguée", "Élue"] {
        assert_eq!(verdict("ELI-8", AC, &[(Colonne::Profession, profession)]), Some(AVerifier), "{profession}");
    }
    for profession in ["Secrétaire de mairie", "Assistante du maire", "Mairie : agent d'accueil"] {
        assert_eq!(verdict("ELI-8", AC, &[(Colonne::Profession, profession)]), Some(EnOrdre), "{profession}");
    }
}
