//! Sorts.

use domain::demande::filtre::CARACTERES_MAX;
use domain::demande::{Colonne, Tri};

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn le_tri_se_lit_et_s_ecrit() {
    assert_eq!(Tri::parse(" ").unwrap(), Tri::default());
    assert_eq!(Tri::default().to_string(), "-date_demande");
    for texte in ["nom", "-nom", "-date_demande,structure_nom", "ville,-nom,prenom"] {
        let tri = Tri::parse(texte).unwrap();
        assert_eq!(tri.to_string(), texte);
        assert_eq!(tri.cles().len(), texte.split(',').count());
    }
    let tri = Tri::parse("-ville, nom").unwrap();
    assert_eq!((tri.cles()[0].colonne, tri.cles()[0].descendant), (Colonne::Ville, true));
    assert_eq!((tri.cles()[1].colonne, tri.cles()[1].descendant), (Colonne::Nom, false));
    for (texte, position, code) in [
        ("ville,", 7, "tri_vide"),
        ("-", 1, "tri_vide"),
        ("ville,vile", 7, "colonne_inconnue"),
        ("ville,-ville", 7, "tri_en_double"),
        ("nom,prenom,ville,siret", 18, "tri_trop_de_cles"),
        ("+ville", 1, "colonne_inconnue"),
    ] {
        let erreur = Tri::parse(texte).unwrap_err();
        assert_eq!((erreur.position, erreur.code), (position, code), "{texte}");
    }
    assert_eq!(Tri::parse(&"é".repeat(CARACTERES_MAX + 1)).unwrap_err().code, "trop_long");
}
