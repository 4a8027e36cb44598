//! Folding and texts.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::values::plier;
use domain::values::texte::{texte_facultatif, texte_obligatoire};

#[test]
fn accents_case_and_signs_are_folded() {
    for (texte, attendu) in [
        ("Ambérieu-en-Bugey", "amberieu en bugey"),
        ("L'Abergement-Clémenciat", "l abergement clemenciat"),
        ("L’Abergement", "l abergement"),
        ("  ÉCOLE   Élémentaire ", "ecole elementaire"),
        ("Cœur d'ÆTHER", "coeur d aether"),
        ("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ", "aaaceeeeiioouuuyoeae"),
        ("Straße", "strasse"),
        ("Łódź Žižkov Ştefan Ţară Đurić Þór", "lodz zizkov stefan tara duric thor"),
        ("e\u{301}te\u{301}", "ete"),
        ("a\u{a0}b\u{202f}c\tд", "a b c д"),
        ("jean--pierre  ' martin", "jean pierre martin"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("x\u{feff}y\u{ad}z", "xyz"),
        ("", ""),
        (" - ' ", ""),
    ] {
        assert_eq!(plier(texte), attendu, "{texte}");
    }
}

#[test]
fn folding_is_stable() {
    // Every character of the basic plane, alone and between letters.
    for c in (0..=0xffff_u32).filter_map(char::from_u32) {
        let texte = format!("A{c}b");
        let plie = plier(&texte);
        assert_eq!(plier(&plie), plie, "{:x}", u32::from(c));
        assert!(!plie.contains("  ") && plie.trim() == plie, "{:x}", u32::from(c));
    }
}

#[test]
fn texts_are_tidied_and_bounded() {
    assert_eq!(texte_obligatoire("  Mairie \n de   Bourg ", 30).as_deref(), Ok("Mairie de Bourg"));
    assert_eq!(texte_obligatoire(" ", 20).expect_err("empty").code, "champ_vide");
    assert_eq!(texte_facultatif(" ", 20).as_deref(), Ok(""));
    assert_eq!(texte_facultatif("ééééé", 5).as_deref(), Ok("ééééé"));
    assert_eq!(texte_facultatif("éééééé", 5).expect_err("six").code, "champ_trop_long");
    assert_eq!(texte_facultatif("a\u{0}b", 5).expect_err("NUL").code, "champ_signe_invisible");
}
