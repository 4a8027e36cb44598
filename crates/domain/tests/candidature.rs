//! A candidature: what is refused and where, what it becomes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::candidature::{NouvelleCandidature, ProfessionnelSaisie, ReferentSaisie, StructureSaisie};
use domain::demande::{Colonne, Formation, StatutProfessionnel};

fn professionnel(prenom: &str, nom: &str, email: &str, formations: &[Formation]) -> ProfessionnelSaisie {
    ProfessionnelSaisie {
        nom: nom.to_owned(),
        prenom: prenom.to_owned(),
        email: email.to_owned(),
        profession: "Secrétaire de mairie".to_owned(),
        formations: formations.to_vec(),
        statut: Some(StatutProfessionnel::Salarie),
        conseiller_numerique: Some(false),
        accompagne_demarches: None,
    }
}

fn modele() -> NouvelleCandidature {
    NouvelleCandidature {
        enveloppe: None,
        lien: None,
        structure: StructureSaisie {
            nom: " Mairie  de Bourg ".to_owned(),
            type_structure: "municipalites".to_owned(),
            label_france_services: true,
            email_contact: "Contact@Mairie-Bourg.fr".to_owned(),
            adresse: "6 rue de la Mairie".to_owned(),
            code_postal: "01 000".to_owned(),
            ville: "Bourg-en-Bresse".to_owned(),
            code_insee: None,
            siret: "217 500 016 00019".to_owned(),
            numero_habilitation: None,
        },
        referent: Some(ReferentSaisie {
            nom: "Martin".to_owned(),
            telephone: "06 12 34 56 78".to_owned(),
            ..ReferentSaisie::default()
        }),
        professionnels: vec![
            professionnel("Angela", "Dubois", "Angela.Dubois@mairie-bourg.fr", Formation::ALL),
            professionnel("Jean-Jacques", "Test", "jj.test@mairie-bourg.fr", &[Formation::AidantsConnect]),
        ],
    }
}

/// The refused fields and codes of the model, changed.
fn refus(changer: impl Fn(&mut NouvelleCandidature)) -> Vec<(String, String)> {
    let mut candidature = modele();
    changer(&mut candidature);
    let erreurs = candidature.valider().expect_err("refused");
    assert!(erreurs.iter().all(|erreur| erreur.message.ends_with('.')), "{erreurs:?}");
    erreurs.into_iter().map(|erreur| (erreur.champ, erreur.code)).collect()
}

fn seul(champ: &str, code: &str) -> Vec<(String, String)> {
    vec![(champ.to_owned(), code.to_owned())]
}

#[test]
fn a_valid_candidature_becomes_one_row_per_person_and_training() {
    let valide = modele().valider().expect("valid");
    assert_eq!(
        (valide.siret().as_str(), valide.departement().as_str(), valide.enveloppe()),
        ("21750001600019", "01", None)
    );
    let lignes = valide.lignes();
    let qui: Vec<(u32, Formation)> = lignes.iter().map(|(rang, formation, _)| (*rang, *formation)).collect();
    assert_eq!(
        qui,
        [(0, Formation::AidantsNumeriques), (0, Formation::AidantsConnect), (1, Formation::AidantsConnect)]
    );
    let ligne = &lignes[1].2;
    for (colonne, attendu) in [
        (Colonne::DateDemande, ""),
        (Colonne::Formation, "aidants_connect"),
        (Colonne::Financement, "enveloppe"),
        (Colonne::Source, "candidature"),
        (Colonne::Email, "angela.dubois@mairie-bourg.fr"),
        (Colonne::StatutProfessionnel, "salarie"),
        (Colonne::ConseillerNumerique, "non"),
        (Colonne::AccompagneDemarches, ""),
        (Colonne::StructureNom, "Mairie de Bourg"),
        (Colonne::StructureType, "municipalites"),
        (Colonne::StructureEmail, "contact@mairie-bourg.fr"),
        (Colonne::LabelFranceServices, "oui"),
        (Colonne::CodePostal, "01000"),
        (Colonne::Departement, "01"),
        (Colonne::Siret, "21750001600019"),
        (Colonne::NumeroHabilitation, ""),
        (Colonne::ReferentNom, "Martin"),
        (Colonne::ReferentPrenom, ""),
        (Colonne::ReferentTelephone, "+33612345678"),
        (Colonne::EnveloppeId, ""),
        (Colonne::DecisionFinancement, ""),
    ] {
        assert_eq!(ligne.get(colonne), attendu, "{}", colonne.nom());
    }
}

#[test]
fn the_commune_decides_the_departement() {
    let mut candidature = modele();
    candidature.structure.code_postal = "01410".to_owned();
    candidature.structure.code_insee = Some("39274".to_owned());
    assert_eq!(candidature.valider().map(|v| v.departement().as_str()), Ok("39"));
    candidature.structure.code_insee = Some(String::new());
    assert_eq!(candidature.valider().map(|v| v.departement().as_str()), Ok("01"));
    candidature.structure.code_postal = "98000".to_owned();
    assert!(candidature.valider().is_err());
    candidature.structure.code_insee = Some("06088".to_owned());
    assert_eq!(candidature.valider().map(|v| v.departement().as_str()), Ok("06"));
}

#[test]
fn each_refused_field_is_named() {
    assert_eq!(
        refus(|c| c.structure.siret = "2175000160001".to_owned()),
        seul("/structure/siret", "siret_13_chiffres")
    );
    assert_eq!(refus(|c| c.structure.nom = " ".to_owned()), seul("/structure/nom", "champ_vide"));
    assert_eq!(
        refus(|c| c.structure.type_structure = "x".to_owned()),
        seul("/structure/type_structure", "type_structure_inconnu")
    );
    assert_eq!(
        refus(|c| c.structure.code_postal = "1000".to_owned()),
        seul("/structure/code_postal", "code_postal_4_chiffres")
    );
    assert_eq!(
        refus(|c| c.structure.code_postal = "96000".to_owned()),
        seul("/structure/code_postal", "code_postal_departement")
    );
    assert_eq!(
        refus(|c| c.structure.code_insee = Some("1053".to_owned())),
        seul("/structure/code_insee", "code_insee_4_chiffres")
    );
    assert_eq!(refus(|c| c.enveloppe = Some("../..".to_owned())), seul("/enveloppe", "enveloppe_forme"));
    assert_eq!(
        refus(|c| c.professionnels[1].email = "jj".to_owned()),
        seul("/professionnels/1/email", "email_sans_arobase")
    );
    assert_eq!(
        refus(|c| c.professionnels[0].formations.clear()),
        seul("/professionnels/0/formations", "formations_aucune")
    );
    assert_eq!(refus(|c| c.professionnels.clear()), seul("/professionnels", "professionnels_aucun"));
    let deux_fois = vec![Formation::AidantsConnect; 2];
    assert_eq!(
        refus(|c| c.professionnels[0].formations = deux_fois.clone()),
        seul("/professionnels/0/formations", "formations_repetees")
    );
    let mauvais = ReferentSaisie { email: "x".to_owned(), telephone: "1".to_owned(), ..ReferentSaisie::default() };
    let attendus =
        [seul("/referent/email", "email_sans_arobase"), seul("/referent/telephone", "telephone_longueur")].concat();
    assert_eq!(refus(|c| c.referent = Some(mauvais.clone())), attendus);
}

#[test]
fn every_fault_is_told_at_once_in_the_order_of_the_form() {
    let champs: Vec<String> = refus(|c| {
        c.professionnels[1].nom = "2".to_owned();
        c.structure = StructureSaisie::default();
        c.referent = Some(ReferentSaisie { nom: "1".to_owned(), ..ReferentSaisie::default() });
    })
    .into_iter()
    .map(|(champ, _)| champ)
    .collect();
    let attendus = ["nom", "type_structure", "email_contact", "adresse", "code_postal", "ville", "siret"];
    let attendus: Vec<String> = attendus.iter().map(|c| format!("/structure/{c}")).collect();
    assert_eq!(champs[..7], attendus);
    assert_eq!(champs[7..], ["/referent/nom", "/professionnels/1/nom"]);
}

#[test]
fn one_address_serves_one_person() {
    let nouveau = |c: &mut NouvelleCandidature, prenom: &str| {
        c.professionnels[1] =
            professionnel(prenom, "Dubois", " ANGELA.dubois@mairie-bourg.fr", &[Formation::AidantsConnect]);
    };
    assert_eq!(refus(|c| nouveau(c, "Paul")), seul("/professionnels/1/email", "email_partage"));
    assert_eq!(refus(|c| nouveau(c, "ANGÉLA")), seul("/professionnels/1/email", "professionnel_repete"));
}

#[test]
fn fifty_professionals_at_most() {
    let beaucoup = |n: usize| {
        let mut candidature = modele();
        candidature.professionnels = (0..n)
            .map(|rang| {
                professionnel("Angela", "Dubois", &format!("angela{rang}@mairie.fr"), &[Formation::AidantsConnect])
            })
            .collect();
        candidature
    };
    assert_eq!(beaucoup(50).valider().map(|v| v.lignes().len()), Ok(50));
    let erreurs = beaucoup(51).valider().expect_err("51");
    assert_eq!((erreurs.len(), erreurs[0].code.as_str()), (1, "professionnels_trop"));
}

#[test]
fn the_wire_form_is_strict() {
    let json = serde_json::to_value(modele()).expect("serialises");
    let relu: NouvelleCandidature = serde_json::from_value(json.clone()).expect("is read again");
    assert_eq!(relu, modele());
    for (chemin, cle) in [("", "inconnu"), ("/structure", "siren"), ("/referent", "x"), ("/professionnels/0", "id")] {
        let mut faux = json.clone();
        faux.pointer_mut(chemin).expect("an object")[cle] = serde_json::json!(1);
        assert!(serde_json::from_value::<NouvelleCandidature>(faux).is_err(), "{chemin}/{cle}");
    }
    let minimal = serde_json::json!({
        "structure": {"nom": "M", "type_structure": "municipalites", "label_france_services": false, "email_contact": "a@b.fr",
            "adresse": "1 rue", "code_postal": "01000", "ville": "Bourg", "siret": "21750001600019"},
        "professionnels": [{"nom": "Dubois", "prenom": "Angela", "email": "a.dubois@b.fr", "profession": "Agent",
            "formations": ["aidants_numeriques"]}]
    });
    let minimal: NouvelleCandidature = serde_json::from_value(minimal).expect("optional fields may be absent");
    assert!(minimal.valider().is_ok());
}
