//! Filters applied to rows in memory.

use domain::demande::{Colonne, Filtre, Ligne, Operateur};
use domain::values::plier;

use crate::arbres::valeur;
use crate::generateur::Hasard;

fn ligne(valeurs: &[(Colonne, &str)]) -> Ligne {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in valeurs {
        ligne.set(*colonne, *valeur);
    }
    ligne
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn accepte_les_lignes_voulues() {
    let ligne = ligne(&[
        (Colonne::Ville, "Saint-Étienne"),
        (Colonne::Siret, "21010053300012"),
        (Colonne::DateDemande, "2026-03-31"),
        (Colonne::Etape, "recue"),
        (Colonne::Nom, "-"),
    ]);
    let table = [
        ("", true),
        ("ville eq \"saint etienne\"", true),
        ("ville eq SAINT-ETIENNE", true),
        ("ville contains \"t-É\"", true),
        ("ville starts saint", true),
        ("ville starts etienne", false),
        ("ville gt saint", true),
        ("ville lt t", true),
        ("siret starts 210", true),
        ("siret contains \"053 300\"", true),
        ("siret in (1,2)", false),
        ("siret in (1,21010053300012)", true),
        ("date_demande ge 2026-03-31 and date_demande le 2026-03-31", true),
        ("date_demande gt 2026-03-31 or date_demande lt 2026-03-31", false),
        ("date_session lt 2026-03-31", false),
        ("date_session le 2026-03-31", false),
        ("date_session gt 2026-03-31", false),
        ("date_session ne 2026-03-31", true),
        ("not date_session eq 2026-03-31", true),
        ("date_session empty and date_demande filled", true),
        ("nom filled", true),
        ("nom empty", false),
        ("prenom empty", true),
        ("prenom lt a", false),
        ("etape ne recue", false),
        ("etape in (liste_attente,recue)", true),
        ("not (etape eq recue and ville contains lyon)", true),
    ];
    for (texte, attendu) in table {
        assert_eq!(Filtre::parse(texte).unwrap().accepte(&ligne), attendu, "{texte}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_operateurs_se_tiennent_entre_eux() {
    use Operateur as O;
    let mut hasard = Hasard::new(23);
    let (mut oui, mut non) = (0, 0);
    for _ in 0..20_000 {
        let colonne = hasard.parmi(&[Colonne::Ville, Colonne::Siret, Colonne::DateDemande]);
        let Some(v) = valeur(&mut hasard, colonne) else {
            continue;
        };
        let cellule = if hasard.sous(3) == 0 { v.clone() } else { valeur(&mut hasard, colonne).unwrap_or_default() };
        let ligne = ligne(&[(colonne, &cellule)]);
        let dit =
            |operateur, valeurs: Vec<String>| Filtre::condition(colonne, operateur, valeurs).unwrap().accepte(&ligne);
        let un = |operateur| dit(operateur, vec![v.clone()]);
        assert_eq!(un(O::Eq), !un(O::Ne));
        assert_eq!(un(O::Eq), dit(O::In, vec![v.clone()]));
        assert_eq!(un(O::Ge), un(O::Gt) || un(O::Eq), "{v:?} {cellule:?}");
        assert_eq!(un(O::Le), un(O::Lt) || un(O::Eq), "{v:?} {cellule:?}");
        assert_eq!(dit(O::Empty, vec![]), !dit(O::Filled, vec![]));
        assert_eq!(un(O::Lt) || un(O::Eq) || un(O::Gt), !plier(&cellule).is_empty(), "{v:?} {cellule:?}");
        oui += usize::from(un(O::Eq));
        non += usize::from(un(O::Lt));
    }
    assert!(oui > 1_000 && non > 1_000, "{oui} {non}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn une_cellule_de_signes_muets_se_compare_telle_quelle() {
    let ligne = ligne(&[(Colonne::Commentaire, "---")]);
    let accepte = |filtre: &str| Filtre::parse(filtre).unwrap().accepte(&ligne);
    for oui in ["commentaire filled", "commentaire lt a", "commentaire le a", "commentaire ne a"] {
        assert!(accepte(oui), "{oui}");
    }
    for non in ["commentaire empty", "commentaire gt a", "commentaire contains a", "commentaire eq a"] {
        assert!(!accepte(non), "{non}");
    }
}
