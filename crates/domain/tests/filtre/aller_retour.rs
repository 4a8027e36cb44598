//! What is written is read again, and no text brings the reader down.

use domain::demande::filtre::{CARACTERES_MAX, CONDITIONS_MAX};
use domain::demande::{Filtre, Tri};

use crate::arbres::arbre;
use crate::generateur::{Hasard, SIGNES};

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn relit_ce_qu_il_ecrit() {
    let mut hasard = Hasard::new(7);
    let (mut lus, mut groupes) = (0, 0);
    for _ in 0..6_000 {
        let profondeur = hasard.sous(4);
        let filtre = arbre(&mut hasard, profondeur);
        let texte = filtre.to_string();
        if texte.chars().count() > CARACTERES_MAX || filtre.conditions() > CONDITIONS_MAX {
            continue;
        }
        assert_eq!(Filtre::parse(&texte).as_ref(), Ok(&filtre), "{texte}");
        lus += 1;
        groupes += usize::from(filtre.conditions() > 1);
    }
    assert!(lus > 5_000 && groupes > 1_000, "{lus} {groupes}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ne_tombe_sur_aucun_texte() {
    const MOTS: &[&str] = &[
        "ville",
        "siret",
        "etape",
        "date_demande",
        "eq",
        "in",
        "contains",
        "empty",
        "not",
        "and",
        "or",
        "(",
        ")",
        ",",
        "\"",
        "\\",
        "\"lyon\"",
        "recue",
        "2026-01-01",
        "é",
        "\0",
        "",
    ];
    let mut hasard = Hasard::new(11);
    let mut acceptes = 0;
    for _ in 0..6_000 {
        let texte: Vec<&str> = (0..hasard.sous(9)).map(|_| hasard.parmi(MOTS)).collect();
        let texte = texte.join(" ");
        match Filtre::parse(&texte) {
            Ok(filtre) => {
                acceptes += usize::from(filtre != Filtre::default());
                assert_eq!(Filtre::parse(&filtre.to_string()), Ok(filtre), "{texte}");
            }
            Err(erreur) => assert!((1..=texte.chars().count() + 1).contains(&erreur.position), "{texte} {erreur}"),
        }
        let brut = hasard.texte(SIGNES, 40);
        let _ = (Filtre::parse(&brut), Tri::parse(&brut));
    }
    assert!(acceptes > 5, "{acceptes}");
}
