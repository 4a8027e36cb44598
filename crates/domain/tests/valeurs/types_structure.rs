//! Types of structure and labels of the columns.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::HashSet;

use domain::demande::{Colonne, TypeColonne};
use domain::text::fr;
use domain::values::type_structure::{TYPES, codes};
use domain::values::{TypeStructure, plier};

#[test]
fn types_are_the_twenty_nine_of_the_existing_service() {
    let identifiants: Vec<i64> = TYPES.iter().map(|genre| genre.identifiant).collect();
    let attendus = [
        1, 2, 3, 5, 6, 8, 12, 13, 20, 29, 30, 32, 35, 55, 60, 91, 94, 144, 202, 238, 242, 247, 255, 358, 393, 459, 557,
        577, 578,
    ];
    assert_eq!(identifiants, attendus);
    assert_eq!(codes().into_iter().collect::<HashSet<_>>().len(), 29);
    for genre in TYPES {
        assert!(!genre.libelle().is_empty(), "{}", genre.code);
        assert_eq!(TypeStructure::par_code(genre.code), Some(genre));
        assert_eq!(TypeStructure::par_identifiant(genre.identifiant), Some(genre));
        for texte in
            [genre.libelle().to_owned(), genre.libelle().to_uppercase(), plier(genre.libelle()), genre.code.to_owned()]
        {
            assert_eq!(TypeStructure::par_libelle(&texte), Some(genre), "{texte}");
        }
    }
}

#[test]
fn longer_labels_are_understood_and_unknown_ones_are_not_guessed() {
    for (libelle, code) in [
        ("Centres communaux d'action sociale (CCAS)", "ccas"),
        ("Bibliothèque / Médiathèque", "bibliotheque_mediatheque"),
        ("Guichet d’accueil d’opérateur de service public", "guichet_accueil"),
        ("Communautés de Commune", "communaute_de_communes"),
        ("Intercommunalité (EPCI)", "epci"),
        ("Mission Locale", "mission_locale"),
        ("Préfecture, Sous-Préfecture", "prefecture_sous_prefecture"),
        ("Conseils Départementaux (CD)", "conseil_departemental"),
        ("CHU (hébergement d'urgence)", "chu"),
        ("Maison des jeunes et de la culture", "mjc"),
        ("Mutualité Sociale Agricole", "msa"),
        ("autre", "autre"),
    ] {
        assert_eq!(TypeStructure::par_libelle(libelle).map(|genre| genre.code), Some(code), "{libelle}");
    }
    for libelle in ["", "   ", "Boulangerie", "Autre chose"] {
        assert_eq!(TypeStructure::par_libelle(libelle), None, "{libelle}");
    }
}

#[test]
fn labels_of_columns_fold_to_their_grist_identifiers() {
    let mut vus = HashSet::new();
    for colonne in Colonne::ALL {
        let libelle = fr::colonne(*colonne);
        assert!(vus.insert(libelle), "{libelle} stands twice");
        let identifiants = colonne.description().grist;
        let plie = plier(libelle).replace(' ', "_");
        assert!(
            identifiants.is_empty() || identifiants.iter().any(|id| id.to_lowercase() == plie),
            "{libelle} ({plie}) is none of {identifiants:?}"
        );
    }
}

#[test]
fn every_choice_has_a_label() {
    for colonne in Colonne::ALL {
        for code in colonne.codes() {
            let libelle = fr::choix(*colonne, code);
            assert!(!libelle.is_empty() && libelle != code, "{} {code}", colonne.nom());
        }
        assert_eq!(fr::choix(*colonne, "inconnu"), "inconnu");
        assert!(!colonne.codes().is_empty() || !matches!(colonne.genre(), TypeColonne::Choix | TypeColonne::OuiNon));
    }
}
