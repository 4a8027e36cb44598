//! Filters that are read.

use domain::demande::{Colonne as C, Filtre, Operateur as O};

use crate::condition;

fn verifier<const N: usize>(table: [(&str, Filtre); N]) {
    for (texte, attendu) in table {
        assert_eq!(Filtre::parse(texte).as_ref(), Ok(&attendu), "{texte}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_conditions_et_leurs_valeurs() {
    let recue = condition(C::Etape, O::Eq, &["recue"]);
    verifier([
        ("etape eq \"recue\"", recue.clone()),
        ("etape eq recue", recue.clone()),
        ("etape EQ recue", recue.clone()),
        ("((etape eq recue))", recue),
        ("ville contains \"LYON\"", condition(C::Ville, O::Contains, &["lyon"])),
        ("ville contains \"  L'Haÿ-les-Roses \"", condition(C::Ville, O::Contains, &["l hay les roses"])),
        ("ville eq and", condition(C::Ville, O::Eq, &["and"])),
        ("nom eq \"a\\\"b\\\\c\"", condition(C::Nom, O::Eq, &["a\"b\\c"])),
        ("siret in (\"210 100 533 00012\",1)", condition(C::Siret, O::In, &["21010053300012", "1"])),
        ("email eq A.DUBOIS@mairie.example", condition(C::Email, O::Eq, &["a.dubois@mairie.example"])),
        ("departement eq 2a", condition(C::Departement, O::Eq, &["2A"])),
        ("referent_telephone eq 0612345678", condition(C::ReferentTelephone, O::Eq, &["+33612345678"])),
        ("date_session ge 2026-02-28", condition(C::DateSession, O::Ge, &["2026-02-28"])),
        ("structure_type in (ccas,epci)", condition(C::StructureType, O::In, &["ccas", "epci"])),
        ("conseiller_numerique eq non", condition(C::ConseillerNumerique, O::Eq, &["non"])),
        ("motif_refus eq \"Déjà formé, 2026\"", Filtre::Motif("Déjà formé, 2026".to_owned())),
        ("motif_refus Eq \"\"", Filtre::Motif(String::new())),
    ]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_groupes() {
    let lyon = condition(C::Ville, O::Contains, &["lyon"]);
    let dijon = condition(C::Ville, O::Starts, &["dijon"]);
    let recue = condition(C::Etape, O::Eq, &["recue"]);
    let non = |filtre: &Filtre| Filtre::Non(Box::new(filtre.clone()));
    let villes = Filtre::Ou(vec![lyon.clone(), dijon.clone()]);
    let dernieres = Filtre::Et(vec![dijon, recue.clone()]);
    let vides = vec![condition(C::Cohorte, O::Empty, &[]), non(&condition(C::Email, O::Filled, &[]))];
    verifier([
        ("", Filtre::Et(vec![])),
        (" \t ", Filtre::Et(vec![])),
        ("cohorte empty and NOT email filled", Filtre::Et(vides)),
        ("etape eq recue And (ville contains lyon oR ville starts dijon)", Filtre::Et(vec![recue.clone(), villes])),
        ("ville contains lyon or ville starts dijon and etape eq recue", Filtre::Ou(vec![lyon, dernieres])),
        ("not not etape eq recue", non(&non(&recue))),
    ]);
}
