//! Refused filters, with their place and their reason.

use domain::demande::filtre::{CARACTERES_MAX, CONDITIONS_MAX, PROFONDEUR_MAX, VALEURS_MAX};
use domain::demande::{Colonne, Filtre, Operateur};

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn refuse_en_disant_ou_et_pourquoi() {
    let table = [
        ("vile eq lyon", 1, "colonne_inconnue"),
        ("Ville eq lyon", 1, "colonne_inconnue"),
        ("etape eq recue and vile eq lyon", 20, "colonne_inconnue"),
        ("ville", 6, "operateur_attendu"),
        ("ville like lyon", 7, "operateur_attendu"),
        ("etape contains re", 7, "operateur_refuse"),
        ("etape lt recue", 7, "operateur_refuse"),
        ("conseiller_numerique starts o", 22, "operateur_refuse"),
        ("date_demande contains 2026", 14, "operateur_refuse"),
        ("etape eq reçue", 12, "signe_inattendu"),
        ("etape eq inconnue", 10, "valeur_inconnue"),
        ("structure_type eq caca", 19, "valeur_inconnue"),
        ("label_france_services eq true", 26, "valeur_inconnue"),
        ("date_demande lt 31/12/2026", 19, "signe_inattendu"),
        ("date_demande lt \"31/12/2026\"", 17, "date_refusee"),
        ("date_demande lt 2026-02-30", 17, "date_refusee"),
        ("ville eq", 9, "valeur_attendue"),
        ("ville eq (lyon)", 10, "valeur_attendue"),
        ("ville eq \"\"", 10, "valeur_vide"),
        ("ville contains \" - \"", 16, "valeur_vide"),
        ("ville eq \"lyon", 10, "guillemet_ouvert"),
        ("ville eq \"ly\\on\"", 13, "echappement"),
        ("ville eq \"a\u{0}\"", 10, "caractere_refuse"),
        ("ville in lyon", 10, "liste_attendue"),
        ("motif_refus contains territoire", 13, "operateur_attendu"),
        ("motif_refus eq", 15, "valeur_attendue"),
        ("motif_refus eq \"a\u{0}\"", 16, "caractere_refuse"),
        ("ville in ()", 11, "valeur_attendue"),
        ("ville in (lyon", 15, "liste_ouverte"),
        ("ville in (lyon dijon)", 16, "liste_ouverte"),
        ("(ville eq lyon", 15, "parenthese_ouverte"),
        ("ville eq lyon)", 14, "lien_attendu"),
        ("ville eq lyon ville eq dijon", 15, "lien_attendu"),
        ("ville eq lyon and", 18, "colonne_attendue"),
        ("and", 1, "colonne_inconnue"),
        ("\"ville\" eq lyon", 1, "colonne_attendue"),
        ("ville eq lyon && nom eq a", 15, "signe_inattendu"),
        ("é", 1, "signe_inattendu"),
    ];
    for (texte, position, code) in table {
        let erreur = Filtre::parse(texte).unwrap_err();
        assert_eq!((erreur.position, erreur.code), (position, code), "{texte} : {erreur}");
        assert!(erreur.message.ends_with(['.', '?']), "{}", erreur.message);
        assert!(erreur.to_string().starts_with("Au caractère"), "{erreur}");
    }
    let proche = Filtre::parse("vile eq lyon").unwrap_err().message;
    assert!(proche.contains("« vile »") && proche.contains("« ville »"), "{proche}");
    let proche = Filtre::parse("structure eq lyon").unwrap_err().message;
    assert!(proche.contains("« structure_nom »"), "{proche}");
    let loin = Filtre::parse("zzzzzz eq lyon").unwrap_err().message;
    assert!(loin.contains("« zzzzzz »") && !loin.contains('?'), "{loin}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn tient_ses_limites_exactes() {
    let longueur = |nombre: usize| format!("ville eq \"{}\"", "é".repeat(nombre - 11));
    assert!(Filtre::parse(&longueur(CARACTERES_MAX)).is_ok());
    assert_eq!(Filtre::parse(&longueur(CARACTERES_MAX + 1)).unwrap_err().code, "trop_long");

    let parentheses = |n: usize| format!("{}ville eq lyon{}", "(".repeat(n), ")".repeat(n));
    assert!(Filtre::parse(&parentheses(PROFONDEUR_MAX)).is_ok());
    assert_eq!(Filtre::parse(&parentheses(PROFONDEUR_MAX + 1)).unwrap_err().code, "trop_profond");
    assert_eq!(Filtre::parse(&"(".repeat(CARACTERES_MAX)).unwrap_err().code, "trop_profond");
    assert_eq!(Filtre::parse(&"not ".repeat(PROFONDEUR_MAX + 1)).unwrap_err().code, "trop_profond");

    let conditions = |n: usize| vec!["nom filled"; n].join(" or ");
    assert_eq!(Filtre::parse(&conditions(CONDITIONS_MAX)).unwrap().conditions(), CONDITIONS_MAX);
    assert_eq!(Filtre::parse(&conditions(CONDITIONS_MAX + 1)).unwrap_err().code, "trop_de_conditions");

    let valeurs = |n: usize| format!("ville in ({})", vec!["lyon"; n].join(","));
    assert!(Filtre::parse(&valeurs(VALEURS_MAX)).is_ok());
    assert_eq!(Filtre::parse(&valeurs(VALEURS_MAX + 1)).unwrap_err().code, "trop_de_valeurs");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn le_constructeur_controle_aussi() {
    use Operateur as O;
    let refus = |colonne, operateur, valeurs: &[&str]| {
        let valeurs = valeurs.iter().map(|v| (*v).to_owned()).collect();
        Filtre::condition(colonne, operateur, valeurs).unwrap_err()
    };
    assert_eq!(refus(Colonne::Etape, O::Contains, &["re"]).code, "operateur_refuse");
    assert_eq!(refus(Colonne::Ville, O::Eq, &[]).code, "nombre_de_valeurs");
    assert_eq!(refus(Colonne::Ville, O::Eq, &["a", "b"]).code, "nombre_de_valeurs");
    assert_eq!(refus(Colonne::Ville, O::Empty, &["a"]).code, "nombre_de_valeurs");
    assert_eq!(refus(Colonne::Ville, O::In, &[]).code, "nombre_de_valeurs");
    let erreur = refus(Colonne::Ville, O::In, &vec!["a"; VALEURS_MAX + 1]);
    assert_eq!((erreur.position, erreur.to_string()), (0, erreur.message.clone()));
    let ville = Filtre::condition(Colonne::Ville, O::Eq, vec!["LYON".to_owned()]).unwrap();
    assert_eq!(Filtre::et([]), Filtre::default());
    assert_eq!(Filtre::et([Filtre::default(), ville.clone()]), ville);
    assert_eq!(Filtre::et([ville.clone(), ville.clone()]), Filtre::Et(vec![ville.clone(), ville]));
}
