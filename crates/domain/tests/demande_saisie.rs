//! A demande as typed: the merge patch on the wire, and the valid form of a row.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod generateur;

use domain::demande::colonne::{Ecriture, TypeColonne};
use domain::demande::request::{ADRESSE_MAX, COMMENTAIRE_MAX, Champ, OBLIGATOIRES, TEXTE_MAX};
use domain::demande::{Colonne, DemandeSaisie, DemandeValide, Ligne};
use generateur::{Hasard, SIGNES};

const SIRET: &str = "21010053300012";

/// The least a demande must hold.
fn minimale() -> Ligne {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in [
        (Colonne::Nom, "Dubois"),
        (Colonne::Prenom, "Angela"),
        (Colonne::Email, "angela.dubois@mairie.example"),
        (Colonne::Formation, "aidants_connect"),
        (Colonne::StructureNom, "Mairie de Bourg-en-Bresse"),
        (Colonne::Siret, SIRET),
    ] {
        ligne.set(colonne, valeur);
    }
    ligne
}

fn avec(colonne: Colonne, valeur: &str) -> Ligne {
    let mut ligne = minimale();
    ligne.set(colonne, valeur);
    ligne
}

/// The value of a column once the row is valid.
fn normale(colonne: Colonne, valeur: &str) -> String {
    match DemandeValide::valider(avec(colonne, valeur)) {
        Ok(demande) => demande.ligne().get(colonne).to_owned(),
        Err(refus) => format!("refus {}", refus[0].1.code),
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn un_champ_par_colonne_libre() {
    let libres: Vec<Colonne> =
        Colonne::ALL.iter().copied().filter(|c| c.description().ecriture == Ecriture::Libre).collect();
    let mut saisie = DemandeSaisie::default();
    assert_eq!(saisie.champs().map(|(colonne, _)| colonne).collect::<Vec<_>>(), libres);
    assert!(saisie.est_vide());
    for colonne in Colonne::ALL.iter().copied() {
        assert_eq!(saisie.set(colonne, "a"), libres.contains(&colonne), "{colonne:?}");
    }
    let json = serde_json::to_value(&saisie).unwrap();
    let noms: std::collections::BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(noms, libres.iter().map(|colonne| colonne.nom()).collect());
    assert!(!saisie.est_vide());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn absent_vide_et_rempli_sur_le_fil() {
    let lire = |json: &str| serde_json::from_str::<DemandeSaisie>(json);
    let saisie = lire(r#"{"nom":"Dubois","ville":null,"adresse":""}"#).unwrap();
    assert_eq!(saisie.nom, Champ::from("Dubois"));
    assert_eq!(saisie.ville.valeur(), Some(""));
    assert_eq!(saisie.adresse.valeur(), Some(""));
    assert_eq!(saisie.prenom.valeur(), None);
    let ecrit = serde_json::to_string(&saisie).unwrap();
    assert_eq!(ecrit, r#"{"nom":"Dubois","adresse":null,"ville":null}"#);
    assert_eq!(lire(&ecrit).unwrap(), saisie);
    assert_eq!(serde_json::to_string(&DemandeSaisie::default()).unwrap(), "{}");
    assert_eq!(lire(r#"{"enveloppe_id":"e"}"#).unwrap().enveloppe_id.as_deref(), Some("e"));
    for faux in [
        r#"{"etape":"recue"}"#,
        r#"{"decision_financement":"accorde"}"#,
        r#"{"verdict":"ok"}"#,
        r#"{"inconnue":"a"}"#,
        r#"{"nom":1}"#,
        r#"{"nom":["a"]}"#,
        r#"{"conseiller_numerique":true}"#,
        r#"{"nom":"a","nom":"b"}"#,
        r#"{"enveloppe_id":null}"#,
    ] {
        assert!(lire(faux).is_err(), "{faux}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn appliquer_ne_touche_que_ce_qui_est_envoye() {
    let mut ligne = avec(Colonne::Ville, "Bourg-en-Bresse");
    let saisie = DemandeSaisie { ville: Champ::from(""), nom: Champ::from("Durand"), ..DemandeSaisie::default() };
    saisie.appliquer(&mut ligne);
    let mut attendue = minimale();
    attendue.set(Colonne::Nom, "Durand");
    assert_eq!(ligne, attendue);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn le_departement_suit_le_code_postal_quand_il_en_vient() {
    let valide = |ligne| DemandeValide::valider(ligne).unwrap().into_ligne();
    let change = |ligne: &mut Ligne| {
        DemandeSaisie { code_postal: Champ::from("2A004".replace("2A", "20")), ..DemandeSaisie::default() }
            .appliquer(ligne);
    };
    let mut derive = valide(avec(Colonne::CodePostal, "01000"));
    assert_eq!(derive.get(Colonne::Departement), "01");
    change(&mut derive);
    assert_eq!(valide(derive).get(Colonne::Departement), "2A");

    let mut choisi = avec(Colonne::CodePostal, "01000");
    choisi.set(Colonne::Departement, "39");
    let mut choisi = valide(choisi);
    change(&mut choisi);
    assert_eq!(valide(choisi).get(Colonne::Departement), "39");

    let mut meme = valide(avec(Colonne::CodePostal, "01000"));
    DemandeSaisie { code_postal: Champ::from("01000"), ..DemandeSaisie::default() }.appliquer(&mut meme);
    assert_eq!(meme.get(Colonne::Departement), "01");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_colonne_a_sa_forme() {
    use Colonne as C;
    let table = [
        (C::Nom, " Du  Bois\u{a0}", "Du Bois"),
        (C::Nom, "R2D2", "refus nom_chiffre"),
        (C::Prenom, "   ", "refus nom_vide"),
        (C::Email, "Angela.DUBOIS@Mairie.example", "angela.dubois@mairie.example"),
        (C::Email, "angela.dubois", "refus email_sans_arobase"),
        (C::Siret, "210 100 533 00012", SIRET),
        (C::Siret, "1010053300012", "refus siret_13_chiffres"),
        (C::Siret, "00000000000000", "refus siret_zeros"),
        (C::Siret, "21010053300013", "refus siret_cle"),
        (C::CodePostal, "01 000", "01000"),
        (C::CodePostal, "1000", "refus code_postal_4_chiffres"),
        (C::Departement, "2a", "2A"),
        (C::Departement, "00", "refus departement_inconnu"),
        (C::ReferentTelephone, "06 12 34 56 78", "+33612345678"),
        (C::ReferentTelephone, "0612", "refus telephone_longueur"),
        (C::NumeroHabilitation, "010042", "010042"),
        (C::NumeroHabilitation, "AC-42", "refus numero_habilitation"),
        (C::NumeroHabilitation, "123456789012345678901", "refus numero_habilitation"),
        (C::DateDemande, "2026-03-31", "2026-03-31"),
        (C::DateDemande, "31/03/2026", "refus date_forme"),
        (C::DateDemande, "2026-02-29", "refus date_inexistante"),
        (C::DateDemande, "0206-03-31", "refus date_inexistante"),
        (C::DateSession, "1999-12-31", "refus date_hors_limites"),
        (C::DateSession, "2100-01-01", "refus date_hors_limites"),
        (C::Formation, "aidants_numeriques", "aidants_numeriques"),
        (C::Formation, "Aidants Connect", "refus formation_inconnue"),
        (C::StructureType, "municipalites", "municipalites"),
        (C::StructureType, "Municipalités", "refus type_structure_inconnu"),
        (C::ConseillerNumerique, "oui", "oui"),
        (C::ConseillerNumerique, "true", "refus oui_non_inconnu"),
        (C::StatutProfessionnel, "elu", "elu"),
        (C::StatutProfessionnel, "maire", "refus choix_inconnu"),
        (C::Financement, "", "enveloppe"),
        (C::Financement, "opco", "opco"),
        (C::DecisionFinancement, "peut-etre", "refus choix_inconnu"),
        (C::Ville, "\tBourg -  en\nBresse ", "Bourg - en Bresse"),
        (C::Ville, "Bourg\u{a0}en Bresse", "Bourg en Bresse"),
        (C::Ville, "Bourg\u{0}", "refus champ_signe_invisible"),
        (C::Commentaire, " un\r\ndeux\rtrois  \n", "un\ndeux\ntrois"),
        (C::Commentaire, "un\u{7}", "refus champ_signe_invisible"),
        (C::StructureNom, " \t ", "refus structure_nom_vide"),
    ];
    for (colonne, valeur, attendu) in table {
        assert_eq!(normale(colonne, valeur), attendu, "{colonne:?} {valeur:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_longueurs_sont_comptees_en_signes_telles_que_saisies() {
    for (colonne, max) in [
        (Colonne::Profession, TEXTE_MAX),
        (Colonne::StructureNom, TEXTE_MAX),
        (Colonne::Adresse, ADRESSE_MAX),
        (Colonne::Commentaire, COMMENTAIRE_MAX),
        (Colonne::Nom, 150),
    ] {
        let juste = "é".repeat(max);
        assert_eq!(normale(colonne, &juste), juste);
        assert!(normale(colonne, &"é".repeat(max + 1)).starts_with("refus "), "{colonne:?}");
        assert!(normale(colonne, &format!("{juste} ")).starts_with("refus "), "{colonne:?}: even a space counts");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_colonnes_obligatoires_sont_toutes_nommees() {
    let refus = DemandeValide::valider(Ligne::default()).unwrap_err();
    let mut nommees: Vec<Colonne> = refus.iter().map(|(colonne, _)| *colonne).collect();
    let mut attendues = OBLIGATOIRES.to_vec();
    nommees.sort();
    attendues.sort();
    assert_eq!(nommees, attendues);
    let erreurs = DemandeValide::erreurs(&refus);
    assert_eq!(erreurs[0].champ, "/nom");
    assert_eq!(erreurs[0].code, "nom_vide");
    assert!(erreurs.iter().all(|erreur| erreur.message.ends_with('.')));
    assert!(DemandeValide::valider(minimale()).is_ok());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_code_d_une_liste_est_accepte_et_rien_d_autre() {
    for colonne in Colonne::ALL.iter().copied() {
        if !matches!(colonne.genre(), TypeColonne::Choix | TypeColonne::OuiNon) {
            continue;
        }
        let codes = colonne.codes();
        assert!(!codes.is_empty(), "{colonne:?}");
        for code in codes {
            assert_eq!(normale(colonne, code), code);
            assert!(normale(colonne, &code.to_uppercase()).starts_with("refus "), "{colonne:?} {code}");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn valider_deux_fois_ne_change_rien() {
    let mut hasard = Hasard::new(3);
    let mut valides = 0;
    for _ in 0..20_000 {
        let mut ligne = minimale();
        for _ in 0..2 {
            let colonne = hasard.parmi(Colonne::ALL);
            ligne.set(colonne, hasard.texte(SIGNES, 6));
        }
        let Ok(demande) = DemandeValide::valider(ligne) else {
            continue;
        };
        valides += 1;
        assert_eq!(DemandeValide::valider(demande.ligne().clone()).as_ref(), Ok(&demande));
    }
    assert!(valides > 2_000, "{valides}");
}
