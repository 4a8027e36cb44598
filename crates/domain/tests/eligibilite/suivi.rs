//! Demandes already filed, and the priority public.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Etape};
use domain::rules::Verdict::{AVerifier, Ok as EnOrdre};
use domain::rules::{DemandeExistante, FaitsExternes, FaitsInternes, evaluer, rang_priorite};

use crate::{AC, AN, constat, modele, registre};

#[test]
fn eli_10_already_requested() {
    let autre = |formation, meme_enveloppe| DemandeExistante {
        departement: "01".to_owned(),
        formation,
        etape: Etape::FinancementAccorde,
        meme_enveloppe,
    };
    let de = |demandes: Vec<DemandeExistante>| {
        let faits = FaitsInternes { demandes_existantes: demandes, ..FaitsInternes::default() };
        constat(&evaluer(&modele(AC), &registre(true), Some(&faits)), "ELI-10").expect("speaks")
    };
    assert_eq!(de(Vec::new()).verdict, EnOrdre);
    assert_eq!(de(vec![autre(AN, true)]).verdict, EnOrdre, "the other training is another départ");
    let ailleurs = de(vec![autre(AC, false)]);
    assert_eq!(ailleurs.verdict, AVerifier);
    assert_eq!(ailleurs.preuve.valeur, "Ain – Aidants Connect – Financement accordé");
    let ici = de(vec![autre(AC, true), autre(AN, false)]);
    assert_eq!(ici.verdict, AVerifier);
    assert_ne!(ici.phrase, ailleurs.phrase);
}

#[test]
fn eli_11_ranks_and_never_blocks() {
    let rang = |formation, changements: &[(Colonne, &str)]| {
        let mut ligne = modele(formation);
        for (colonne, valeur) in changements {
            ligne.set(*colonne, *valeur);
        }
        let constat =
            constat(&evaluer(&ligne, &FaitsExternes::default(), None), "ELI-11").expect("ELI-11 always speaks");
        assert_eq!(constat.verdict, EnOrdre);
        rang_priorite(&ligne)
    };
    let privee = [(Colonne::Siret, "35600000000048"), (Colonne::StructureType, "clinique_privee")];
    assert_eq!(rang(AC, &[]), 0);
    assert_eq!(rang(AC, &privee), 1);
    assert_eq!(rang(AC, &[privee[0], privee[1], (Colonne::Profession, "Infirmier")]), 2);
    assert_eq!(rang(AC, &[(Colonne::Profession, "Jardinier")]), 1);
    assert_eq!(rang(AC, &[privee[0], privee[1], (Colonne::LabelFranceServices, "oui")]), 0);
    let elu = [(Colonne::Profession, "Retraité"), (Colonne::StatutProfessionnel, "elu")];
    assert_eq!((rang(AN, &elu), rang(AC, &elu)), (0, 1));
}
