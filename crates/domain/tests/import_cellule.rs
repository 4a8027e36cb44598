//! From cells to canonical values, the apostrophe of spreadsheets, and the decisions of an import.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod generateur;

use domain::demande::colonne::Ecriture;
use domain::demande::{Colonne, DemandeValide, Ligne};
use domain::import::{canonique, decoder, denneutraliser, neutraliser, separer};
use domain::permission::{Operation, Reach, Role, reach};
use domain::text::fr;
use domain::values::{CodeDepartement, TypeStructure};
use generateur::{Hasard, SIGNES};

fn lu(colonne: Colonne, cellule: &str) -> String {
    match decoder(colonne, cellule) {
        Ok(valeur) => valeur.into_owned(),
        Err(refus) => format!("refus {}", refus.code),
    }
}

fn verifier(table: &[(Colonne, &str, &str)]) {
    for (colonne, cellule, attendu) in table {
        assert_eq!(lu(*colonne, cellule), *attendu, "{colonne:?} {cellule:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn textes_dates_et_booleens() {
    use Colonne as C;
    verifier(&[
        (Colonne::Ville, "Cricqueb\u{9c}uf", "Cricquebœuf"),
        (Colonne::Adresse, "Claude-d\u{92}Urfé", "Claude-d’Urfé"),
        (C::Ville, "  Lyon ", "Lyon"),
        (C::Ville, "", ""),
        (C::Ville, "'-test", "-test"),
        (C::Ville, "'t Zand", "'t Zand"),
        (C::DateDemande, "31/03/2026", "2026-03-31"),
        (C::DateDemande, "31-03-2026", "2026-03-31"),
        (C::DateDemande, "1/3/2026", "2026-03-01"),
        (C::DateDemande, "2026-03-31", "2026-03-31"),
        (C::DateDemande, "2026-03-31T00:00:00Z", "2026-03-31"),
        (C::DateDemande, "1774915200", "2026-03-31"),
        (C::DateDemande, "1774915200.0", "2026-03-31"),
        (C::DateDemande, "31/02/2026", "refus date_inexistante"),
        (C::DateDemande, "31/03/26", "refus date_annee_courte"),
        (C::DateDemande, "2026", "refus date_forme"),
        (C::DateDemande, "demain", "refus date_forme"),
        (C::LabelFranceServices, "true", "oui"),
        (C::LabelFranceServices, "VRAI", "oui"),
        (C::LabelFranceServices, "Oui", "oui"),
        (C::LabelFranceServices, "1", "oui"),
        (C::LabelFranceServices, "X", "oui"),
        (C::LabelFranceServices, "false", "non"),
        (C::LabelFranceServices, "Faux", "non"),
        (C::LabelFranceServices, "NON", "non"),
        (C::LabelFranceServices, "0", "non"),
        (C::LabelFranceServices, " ", ""),
        (C::LabelFranceServices, "peut-être", "refus oui_non_inconnu"),
    ]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn choix_departements_et_decisions() {
    use Colonne as C;
    verifier(&[
        (C::Formation, "Aidants Connect", "aidants_connect"),
        (C::Formation, "aidants numeriques", "aidants_numeriques"),
        (C::Formation, "Aidants Numériques", "aidants_numeriques"),
        (C::Formation, "Pix", "refus formation_inconnue"),
        (C::Financement, "Fonds propres", "fonds_propres"),
        (C::StructureType, "Municipalités", "municipalites"),
        (C::StructureType, "municipalites", "municipalites"),
        (C::StructureType, "Club de tir", "refus type_structure_inconnu"),
        (C::Departement, "Côte-d'Or", "21"),
        (C::Departement, "cote d’or", "21"),
        (C::Departement, "21 - Côte-d'Or", "21"),
        (C::Departement, "2a", "2A"),
        (C::Departement, "1", "refus departement_zero_perdu"),
        (C::Departement, "01 - Aisne", "refus departement_inconnu"),
        (C::Departement, "Bretagne", "refus departement_inconnu"),
        (C::DecisionFinancement, "true", "accorde"),
        (C::DecisionFinancement, "Accordé", "accorde"),
        (C::DecisionFinancement, "liste_attente", "liste_attente"),
        (C::DecisionFinancement, "Liste d'attente", "liste_attente"),
        (C::DecisionFinancement, "false", ""),
        (C::DecisionFinancement, "", ""),
        (C::DecisionFinancement, "bof", "refus decision_inconnue"),
        (C::DecisionEligibilite, "Vrai", "validee"),
        (C::DecisionEligibilite, "refusee", "refusee"),
        (C::DecisionEligibilite, "0", ""),
        (C::Presence, "true", "present"),
        (C::Presence, "Absent", "absent"),
        (C::Presence, "non", ""),
        (C::PixPasse, "true", "oui"),
    ]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn numeros() {
    use Colonne as C;
    verifier(&[
        (C::Siret, "210 100 533 00012", "21010053300012"),
        (C::Siret, "210\u{202f}100\u{a0}533.00012", "21010053300012"),
        (C::Siret, "21010053300012.0", "21010053300012"),
        (C::Siret, "1010053300012", "refus siret_13_chiffres"),
        (C::Siret, "1 010 053 300 012", "refus siret_13_chiffres"),
        (C::Siret, "1010053300012.0", "refus siret_13_chiffres"),
        (C::Siret, "2,175E+13", "refus siret_notation_scientifique"),
        (C::Siret, "2.175e13", "refus siret_notation_scientifique"),
        (C::Siret, "21010053300013", "21010053300013"),
        (C::Siret, "ESSAI", "ESSAI"),
        (C::CodePostal, "1000", "refus code_postal_4_chiffres"),
        (C::CodePostal, "1000.0", "refus code_postal_4_chiffres"),
        (C::CodePostal, "1E+03", "refus notation_scientifique"),
        (C::CodePostal, "01 000", "01000"),
        (C::ReferentTelephone, "06.12.34.56.78", "+33612345678"),
        (C::ReferentTelephone, "'+33612345678", "+33612345678"),
        (C::ReferentTelephone, "612345678", "refus telephone_zero_perdu"),
        (C::ReferentTelephone, "3,36E+10", "refus notation_scientifique"),
        (C::NumeroHabilitation, "010 042", "010042"),
        (C::NumeroHabilitation, "1,2E+9", "refus notation_scientifique"),
        (C::Email, " Angela.Dubois@mairie.example ", "Angela.Dubois@mairie.example"),
    ]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_chiffres_perdus_disent_comment_mettre_la_colonne_en_texte() {
    for (colonne, cellule) in [
        (Colonne::Siret, "1010053300012"),
        (Colonne::Siret, "2,175E+13"),
        (Colonne::CodePostal, "1000"),
        (Colonne::Departement, "1"),
        (Colonne::ReferentTelephone, "612345678"),
        (Colonne::ReferentTelephone, "3,36E+10"),
    ] {
        let refus = decoder(colonne, cellule).unwrap_err();
        assert!(refus.message.contains("format « Texte »"), "{}", refus.message);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_code_et_chaque_libelle_d_une_liste_se_lit() {
    for colonne in Colonne::ALL.iter().copied() {
        for code in colonne.codes() {
            assert_eq!(lu(colonne, code), code, "{colonne:?}");
            let libelle = fr::choix(colonne, code);
            assert_eq!(lu(colonne, libelle), code, "{colonne:?} {libelle}");
            assert_eq!(lu(colonne, &libelle.to_uppercase()), code, "{colonne:?} {libelle}");
        }
    }
    for departement in CodeDepartement::tous() {
        let (code, nom) = (departement.as_str(), departement.nom());
        for ecrit in
            [code.to_owned(), nom.to_owned(), nom.to_uppercase(), format!("{code} - {nom}"), format!("{code} {nom}")]
        {
            assert_eq!(lu(Colonne::Departement, &ecrit), code, "{ecrit}");
        }
    }
    assert_eq!(TypeStructure::par_identifiant(30).unwrap().code, lu(Colonne::StructureType, "Municipalités"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lire_deux_fois_ne_change_rien() {
    let mut hasard = Hasard::new(5);
    let mut lus = 0;
    for _ in 0..60_000 {
        let colonne = hasard.parmi(Colonne::ALL);
        let cellule = hasard.texte(SIGNES, 8);
        let Ok(valeur) = canonique(colonne, &cellule) else {
            continue;
        };
        lus += usize::from(!valeur.is_empty());
        assert_eq!(canonique(colonne, &valeur), Ok(valeur.clone()), "{colonne:?} {cellule:?}");
    }
    assert!(lus > 10_000, "{lus}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn une_ligne_valide_se_relit_telle_quelle_apres_neutralisation() {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in [
        (Colonne::Nom, "'Dubois"),
        (Colonne::Prenom, "-Angela"),
        (Colonne::Email, "-angela@mairie.example"),
        (Colonne::Formation, "aidants_connect"),
        (Colonne::StructureNom, "=HYPERLINK(\"http://a.example\")"),
        (Colonne::Siret, "21010053300012"),
        (Colonne::CodePostal, "01000"),
        (Colonne::ReferentTelephone, "0612345678"),
        (Colonne::Adresse, "''@SUM(1)"),
        (Colonne::Commentaire, "+1\n=2"),
        (Colonne::DateDemande, "2026-03-31"),
    ] {
        ligne.set(colonne, valeur);
    }
    let ligne = DemandeValide::valider(ligne).unwrap().into_ligne();
    let mut relue = Ligne::default();
    for (colonne, valeur) in ligne.iter() {
        let cellule = neutraliser(valeur).into_owned();
        assert!(!cellule.starts_with(['=', '+', '-', '@', '\t', '\0']), "{cellule}");
        relue.set(colonne, decoder(colonne, &cellule).unwrap());
    }
    assert_eq!(relue, ligne);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn l_apostrophe_rend_tout_texte() {
    const PIEGES: &[char] = &['\'', '=', '+', '-', '@', '\t', '\0', '\r', '\n', 'a', ' ', 'é'];
    let mut hasard = Hasard::new(9);
    let mut changes = 0;
    for _ in 0..50_000 {
        let texte = hasard.texte(PIEGES, 5);
        let cellule = neutraliser(&texte);
        assert!(!cellule.starts_with(['=', '+', '-', '@', '\t', '\0', '\r', '\n']), "{texte:?}");
        assert_eq!(denneutraliser(&cellule), texte, "{cellule:?}");
        changes += usize::from(cellule != texte);
    }
    assert!(changes > 10_000, "{changes}");
    for (texte, cellule) in [("=1", "'=1"), ("'=1", "''=1"), ("'s-Gravenhage", "'s-Gravenhage"), ("'", "'"), ("", "")] {
        assert_eq!(neutraliser(texte), cellule);
        assert_eq!(denneutraliser(cellule), texte);
    }
    assert_eq!(denneutraliser("'Dubois"), "'Dubois");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn seule_l_anct_importe_des_decisions() {
    let pleine = || {
        let mut ligne = Ligne::default();
        for colonne in Colonne::ALL.iter().copied().filter(|colonne| *colonne != Colonne::Retiree) {
            ligne.set(colonne, colonne.nom());
        }
        ligne
    };
    let mut anct = pleine();
    assert!(separer(Role::Anct, &mut anct).is_empty());
    assert_eq!(anct, pleine());
    let importe = |role: &Role| reach(*role, Operation::ImportEcrire) != Reach::Nothing;
    for role in Role::ALL.into_iter().filter(importe).filter(|role| *role != Role::Anct) {
        let mut ligne = pleine();
        let declarees = separer(role, &mut ligne);
        for colonne in Colonne::ALL.iter().copied().filter(|colonne| *colonne != Colonne::Retiree) {
            let decision = colonne.description().ecriture == Ecriture::Decision;
            assert_eq!(declarees.get(colonne.nom()).map(String::as_str), decision.then_some(colonne.nom()));
            assert_eq!(ligne.get(colonne), if decision { "" } else { colonne.nom() });
        }
        assert!(!declarees.contains_key("retiree"), "what was not given is not declared");
    }
}
