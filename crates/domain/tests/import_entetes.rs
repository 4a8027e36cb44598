//! The header line of an import: every spelling of every column, and what is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use domain::demande::Colonne;
use domain::demande::colonne::Ecriture;
use domain::demande::request::OBLIGATOIRES;
use domain::import::entetes::ENTETES_MAX;
use domain::import::{Cible, Entetes};
use domain::text::fr;

fn lire(entetes: &[&str]) -> Result<Entetes, domain::import::ErreurEntetes> {
    Entetes::reconnaitre(&entetes.iter().map(|entete| (*entete).to_owned()).collect::<Vec<_>>())
}

/// The mandatory columns, then these.
fn avec<'a>(autres: &[&'a str]) -> Vec<&'a str> {
    OBLIGATOIRES.iter().map(|colonne| colonne.nom()).chain(autres.iter().copied()).collect()
}

fn cible(colonne: Colonne) -> Cible {
    match colonne.description().ecriture {
        Ecriture::Calculee => Cible::Calculee(colonne),
        Ecriture::Libre | Ecriture::Decision => Cible::Colonne(colonne),
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_ecriture_de_chaque_colonne_est_reconnue() {
    for colonne in Colonne::ALL.iter().copied() {
        let ids = colonne.description().grist.iter().copied();
        for nom in [colonne.nom(), fr::colonne(colonne)].into_iter().chain(ids) {
            for ecrit in [nom.to_owned(), nom.to_uppercase(), format!(" \u{feff}{nom} "), nom.replace(['_', ' '], "-")]
            {
                assert_eq!(Cible::reconnaitre(&ecrit), cible(colonne), "{ecrit}");
            }
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_libelles_du_document_grist() {
    for (entete, colonne) in [
        ("Numero_de_telephone_du_referent_Aidants_Connect", Colonne::ReferentTelephone),
        ("Numéro de téléphone mobile du référent Aidants Connect", Colonne::ReferentTelephone),
        ("Numéro d'habilitation Aidants Connect", Colonne::NumeroHabilitation),
        ("Numéro d’habilitation Aidants Connect", Colonne::NumeroHabilitation),
        ("A participé à la session ?", Colonne::Presence),
        ("Éligibilité validée", Colonne::DecisionEligibilite),
        ("E-mail de contact", Colonne::StructureEmail),
        ("Choix de la formation :", Colonne::Formation),
        ("CODE POSTAL", Colonne::CodePostal),
        ("Commentaires", Colonne::Commentaire),
    ] {
        assert_eq!(Cible::reconnaitre(entete), Cible::Colonne(colonne), "{entete}");
    }
    assert_eq!(Cible::reconnaitre("id"), Cible::Id);
    assert_eq!(Cible::reconnaitre("ID_Django_aidant"), Cible::IdService);
    assert_eq!(Cible::reconnaitre("version"), Cible::Version);
    assert_eq!(Cible::reconnaitre("erreur"), Cible::Erreur);
    assert_eq!(Cible::reconnaitre("Étape"), Cible::Calculee(Colonne::Etape));
    assert_eq!(Cible::reconnaitre(" \u{feff} "), Cible::SansNom);
    assert_eq!(Cible::reconnaitre("…"), Cible::SansNom);
    assert_eq!(Cible::reconnaitre("Âge du capitaine"), Cible::Inconnue);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn garde_l_ordre_et_nomme_les_inconnues() {
    let entetes = lire(&avec(&["", " Âge du capitaine ", "id", "erreur", "erreur", "Étape", "Ville"])).unwrap();
    assert_eq!(entetes.cibles().len(), OBLIGATOIRES.len() + 7);
    assert_eq!(entetes.cibles()[0], Cible::Colonne(OBLIGATOIRES[0]));
    assert_eq!(entetes.inconnues(), ["Âge du capitaine"]);
    assert_eq!(entetes.place(&Cible::Id), Some(OBLIGATOIRES.len() + 2));
    assert_eq!(entetes.place(&Cible::Colonne(Colonne::Ville)), Some(OBLIGATOIRES.len() + 6));
    assert_eq!(entetes.place(&Cible::Version), None);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn deux_entetes_pour_une_colonne_sont_nommes_tous_les_deux() {
    let erreur = lire(&avec(&["E_mail_de_contact", "structure_email"])).unwrap_err();
    assert_eq!(erreur.code, "colonne_en_double");
    for nom in ["« E_mail_de_contact »", "« structure_email »", "E-mail de contact"] {
        assert!(erreur.message.contains(nom), "{erreur}");
    }
    assert_eq!(lire(&avec(&["id", "ID"])).unwrap_err().code, "colonne_en_double");
    assert!(lire(&avec(&["autre", "autre"])).is_ok());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_colonnes_obligatoires_absentes_sont_nommees() {
    for manquante in OBLIGATOIRES {
        let presentes: Vec<&str> =
            OBLIGATOIRES.iter().filter(|colonne| **colonne != manquante).map(|colonne| colonne.nom()).collect();
        let erreur = lire(&presentes).unwrap_err();
        assert_eq!(erreur.code, "colonnes_manquantes");
        assert!(erreur.message.contains(fr::colonne(manquante)), "{erreur}");
        let avec_id: Vec<&str> = presentes.iter().copied().chain(["id"]).collect();
        assert!(lire(&avec_id).is_ok(), "a file that names its demandes changes only what it has");
    }
    let erreur = lire(&["a", "b"]).unwrap_err();
    assert!(OBLIGATOIRES.iter().all(|colonne| erreur.message.contains(fr::colonne(*colonne))), "{erreur}");
    assert_eq!(lire(&[]).unwrap_err().code, "entetes_vides");
    assert_eq!(lire(&["", " "]).unwrap_err().code, "entetes_vides");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn trop_de_colonnes() {
    let colonnes = |nombre: usize| avec(&vec!["autre"; nombre - OBLIGATOIRES.len()]);
    assert!(lire(&colonnes(ENTETES_MAX)).is_ok());
    let erreur = lire(&colonnes(500)).unwrap_err();
    assert_eq!(erreur.code, "trop_de_colonnes");
    assert!(erreur.message.contains("500") && erreur.message.contains("200"), "{erreur}");
}
