//! The list of habilitated people: what its files hold, and whether a demande is of one of them (ELI-5).

use domain::demande::{Colonne, Ligne};
use domain::habilite::{EntetesHabilites, Habilite, colonnes};

fn textes(mots: &[&str]) -> Vec<String> {
    mots.iter().map(|mot| (*mot).to_owned()).collect()
}

fn lire(entetes: &[&str], cellules: &[&str]) -> Result<Habilite, Vec<String>> {
    let lue = EntetesHabilites::lire(&textes(entetes)).and_then(|entetes| entetes.personne(7, &textes(cellules)));
    lue.map_err(|erreurs| erreurs.iter().map(|erreur| format!("{} {}", erreur.champ, erreur.code)).collect())
}

#[test]
fn the_columns_of_the_guide_are_read_under_their_names_and_labels() {
    let lue = lire(
        &["NOM", "Prénom", "Nombre de mandats créés", "Accompagnements", "Nom de la structure", "Code postal", "Météo"],
        &["dubois", "Angela", "1 204", "", " Mairie  de Bourg ", "01000", "beau"],
    )
    .unwrap();
    assert_eq!((lue.nom.as_str(), lue.mandats, lue.demarches), ("dubois", 1_204, 0));
    assert_eq!((lue.structure_nom.as_str(), lue.departement.as_str()), ("Mairie de Bourg", "01"));
}

#[test]
fn what_misses_or_is_wrong_is_named_by_line_and_column() {
    let manque = EntetesHabilites::lire(&textes(&["nom", "Nom du professionnel", "ville"])).unwrap_err();
    let champs: Vec<&str> = manque.iter().map(|erreur| erreur.champ.as_str()).collect();
    assert_eq!(champs, ["/1/nom", "/1/prenom", "/1/structure_nom"]);
    let entetes = ["nom", "prenom", "email", "mandats", "siret", "structure_nom", "departement"];
    let refusee = lire(&entetes, &["Dubois", "", "angela", "douze", "123", "", "Ain"]).unwrap_err();
    assert_eq!(
        refusee,
        [
            "/7/email email_sans_arobase",
            "/7/mandats nombre_invalide",
            "/7/siret siret_trop_court",
            "/7/prenom nom_vide",
            "/7/structure_nom structure_vide",
        ]
    );
    let sans = lire(&["nom", "prenom", "structure_nom"], &["Dubois", "Angela", "Mairie"]).unwrap_err();
    assert_eq!(sans, ["/7/departement departement_vide"]);
}

#[test]
fn eli_5_a_person_is_known_by_the_address_or_by_the_name_in_the_structure() {
    let habilitee = Habilite {
        nom: "Dubois".into(),
        prenom: "Angéla".into(),
        email: "angela.dubois@mairie.example".into(),
        structure_nom: "Mairie de Bourg".into(),
        siret: "21010053300012".into(),
        ..Habilite::default()
    };
    let demande = |changes: &[(Colonne, &str)]| {
        let mut ligne = Ligne::default();
        let toutes = [
            (Colonne::Nom, "Dubois"),
            (Colonne::Prenom, "Angela"),
            (Colonne::Email, "autre@mairie.example"),
            (Colonne::Siret, "21010053300012"),
            (Colonne::StructureNom, "Mairie de Bourg"),
        ];
        toutes.iter().chain(changes).for_each(|(colonne, valeur)| ligne.set(*colonne, *valeur));
        ligne
    };
    assert!(habilitee.est(&demande(&[])), "the same name in the same structure");
    assert!(habilitee.est(&demande(&[(Colonne::Email, "angela.dubois@mairie.example"), (Colonne::Nom, "Martin")])));
    assert!(!habilitee.est(&demande(&[(Colonne::Siret, "21010004600015")])), "a namesake elsewhere");
    assert!(!habilitee.est(&demande(&[(Colonne::Prenom, "Angelo")])));
    let sans_siret = Habilite { siret: String::new(), email: String::new(), ..habilitee };
    assert!(sans_siret.est(&demande(&[(Colonne::Siret, "21010004600015")])), "by the name of the structure");
    assert!(!sans_siret.est(&demande(&[(Colonne::StructureNom, "CCAS"), (Colonne::Email, "")])));
}

#[test]
fn an_exported_list_is_read_again() {
    let lue = lire(&["nom", "prenom", "structure_nom", "departement"], &["Dubois", "Angela", "Mairie", "2a"]).unwrap();
    let colonnes = colonnes(&lue);
    let entetes: Vec<&str> = colonnes.iter().map(|(nom, _)| *nom).collect();
    let valeurs: Vec<&str> = colonnes.iter().map(|(_, valeur)| valeur.as_str()).collect();
    assert_eq!(lire(&entetes, &valeurs).unwrap(), lue);
}
