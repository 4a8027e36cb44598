//! The table in the form of Grist: identifiers, cells, filters and sorts.

use domain::demande::{Colonne, Filtre, Ligne};
use domain::grist;
use serde_json::{Value, json};

#[test]
fn each_column_has_one_identifier_that_leads_back_to_it() {
    for column in Colonne::ALL {
        assert_eq!(grist::colonne(grist::identifiant(*column)), Some(*column));
    }
    assert_eq!(grist::identifiant(Colonne::Nom), "Nom_du_professionnel");
    assert_eq!(grist::identifiant(Colonne::Etape), "etape");
    assert_eq!(
        grist::colonne("Numero_de_telephone_mobile_du_referent_Aidants_Connect"),
        Some(Colonne::ReferentTelephone)
    );
    assert_eq!(grist::colonne("Nom de la structure"), Some(Colonne::StructureNom), "labels too");
    assert_eq!(grist::colonne("Inconnue"), None);
}

#[test]
fn what_is_read_is_written_back_the_same() {
    let cases = [
        (Colonne::DateDemande, "2026-03-02", json!(1_772_409_600)),
        (Colonne::DateDemande, "", Value::Null),
        (Colonne::DateDemande, "2000-02-29", json!(951_782_400)),
        (Colonne::DateDemande, "1969-12-31", json!(-86_400)),
        (Colonne::Formation, "aidants_connect", json!("Aidants Connect")),
        (Colonne::StructureType, "", json!("")),
        (Colonne::Siret, "21010053300012", json!("21010053300012")),
        (Colonne::Nom, "N'Diaye", json!("N'Diaye")),
        (Colonne::DecisionFinancement, "accorde", json!(true)),
        (Colonne::DecisionFinancement, "", json!(false)),
        (Colonne::DecisionEligibilite, "validee", json!(true)),
        (Colonne::Presence, "present", json!(true)),
        (Colonne::PixPasse, "oui", json!(true)),
    ];
    for (column, cell, value) in cases {
        assert_eq!(grist::valeur(column, cell), value, "{column:?}");
        if cell != "1969-12-31" {
            assert_eq!(grist::cellule(column, &value).unwrap(), cell, "{column:?}");
        }
    }
    // What is not favourable is false, and no boolean says which: the cell is then left alone by the door.
    assert_eq!(grist::valeur(Colonne::DecisionFinancement, "refuse"), json!(false));
    for code in Colonne::StructureType.codes() {
        let shown = grist::valeur(Colonne::StructureType, code);
        assert_eq!(grist::cellule(Colonne::StructureType, &shown).unwrap(), code);
    }
}

#[test]
fn other_writings_of_grist_are_understood() {
    let cases = [
        (Colonne::Siret, json!(21_010_053_300_012_i64), "21010053300012"),
        (Colonne::DateDemande, json!(["d", 1_772_409_600]), "2026-03-02"),
        (Colonne::DateDemande, json!(["D", 1_772_409_600.0, "Europe/Paris"]), "2026-03-02"),
        (Colonne::DateDemande, json!("02/03/2026"), "2026-03-02"),
        (Colonne::DecisionFinancement, json!("Refusé"), "refuse"),
        (Colonne::Commentaire, json!(12), "12"),
    ];
    for (column, value, cell) in cases {
        assert_eq!(grist::cellule(column, &value).unwrap(), cell, "{value}");
    }
    for value in [json!(["L", "a"]), json!({"a": 1}), json!(["R", "Departements", 1])] {
        assert_eq!(grist::cellule(Colonne::Commentaire, &value).unwrap_err().code, "valeur_composee");
    }
}

fn line(cells: &[(Colonne, &str)]) -> Ligne {
    let mut line = Ligne::default();
    for (column, cell) in cells {
        line.set(*column, *cell);
    }
    line
}

fn accepts(filter: &str, cells: &[(Colonne, &str)]) -> bool {
    grist::filtre(filter).is_ok_and(|chosen| chosen.filtre.accepte(&line(cells)))
}

#[test]
fn a_filter_wants_one_of_the_values_of_each_column() {
    let lyon = [(Colonne::Ville, "Lyon"), (Colonne::DecisionFinancement, "accorde")];
    assert!(accepts("", &lyon));
    assert!(accepts("{}", &lyon));
    assert!(accepts(r#"{"Ville":["Dijon","Lyon"],"Validation_du_financement":[true]}"#, &lyon));
    assert!(!accepts(r#"{"Ville":["Dijon"]}"#, &lyon));
    assert!(!accepts(r#"{"Ville":[]}"#, &lyon), "no value, no row");
    assert!(accepts(r#"{"Commentaire":[""]}"#, &lyon));
    assert!(accepts(r#"{"Commentaire":[null,"x"]}"#, &lyon));
    let refused = [(Colonne::DecisionFinancement, "refuse")];
    for cells in [&refused[..], &[]] {
        assert!(accepts(r#"{"Validation_du_financement":[false]}"#, cells), "false is what is not true");
        assert!(!accepts(r#"{"Validation_du_financement":[true]}"#, cells));
        assert!(accepts(r#"{"Validation_du_financement":[true,false]}"#, cells));
    }
    assert!(accepts(r#"{"Validation_du_financement":["Refusé"]}"#, &refused));
    assert!(accepts(r#"{"Date_de_la_demande":[1772409600]}"#, &[(Colonne::DateDemande, "2026-03-02")]));
    assert!(accepts(r#"{"Choix_de_la_formation":["Aidants Connect"]}"#, &[(Colonne::Formation, "aidants_connect")]));
    assert_eq!(grist::filtre(r#"{"id":[3,7]}"#).unwrap().rangs, Some(vec![3, 7]));
}

#[test]
fn a_filter_that_cannot_be_read_says_why() {
    let cases = [
        ("Ville", "filtre_illisible"),
        (r#"["Ville"]"#, "filtre_illisible"),
        (r#"{"Ville":"Lyon"}"#, "filtre_illisible"),
        (r#"{"id":["a"]}"#, "filtre_illisible"),
        (r#"{"Villle":["Lyon"]}"#, "colonne_inconnue"),
        (r#"{"Ville":[["L"]]}"#, "valeur_composee"),
        (r#"{"Date_de_la_demande":["demain"]}"#, "date_forme"),
    ];
    for (filter, code) in cases {
        assert_eq!(grist::filtre(filter).unwrap_err().code, code, "{filter}");
    }
    assert_eq!(grist::filtre(&" {}".repeat(2_000)).unwrap_err().code, "trop_long");
}

#[test]
fn a_sort_names_columns_and_the_order_of_arrival_is_the_default() {
    for sort in ["", "id", "manualSort"] {
        assert!(grist::tri(sort).unwrap().cles().is_empty());
    }
    assert_eq!(grist::tri("-Date_de_la_demande, Ville").unwrap().to_string(), "-date_demande,ville");
    for (sort, code) in
        [("Villle", "colonne_inconnue"), ("-id", "colonne_inconnue"), ("Ville:naturalSort", "tri_refuse")]
    {
        assert_eq!(grist::tri(sort).unwrap_err().code, code, "{sort}");
    }
    assert_eq!(Filtre::default(), grist::filtre("  ").unwrap().filtre);
}
