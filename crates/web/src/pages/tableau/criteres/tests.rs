//! Criteria against the grammar.

use super::*;

fn texte(ecrit: &str) -> Filtre {
    Filtre::parse(ecrit).unwrap()
}

fn critere(colonne: Colonne, genre: Genre, valeurs: &[&str]) -> Critere {
    Critere { colonne, genre, valeurs: valeurs.iter().map(|v| (*v).to_owned()).collect() }
}

#[test]
fn criteria_write_the_one_grammar() {
    let un = avec(&Filtre::default(), critere(Colonne::Etape, Genre::Parmi, &["recue", "annulee"]));
    let deux = avec(&un, critere(Colonne::Ville, Genre::Contient, &["Lyon"]));
    let trois = avec(&deux, critere(Colonne::DateDemande, Genre::Entre, &["2026-01-01", "2026-03-31"]));
    let attendu = "etape in (\"recue\", \"annulee\") and ville contains \"lyon\" and \
                   date_demande ge \"2026-01-01\" and date_demande le \"2026-03-31\"";
    assert_eq!(trois.to_string(), attendu);
    assert_eq!(filtre(&lignes(&texte(attendu))), texte(attendu));
}

#[test]
fn both_bounds_of_a_date_stand_on_one_line() {
    let lues = lignes(&texte("date_demande le \"2026-03-31\" and nom filled and date_demande ge \"2026-01-01\""));
    let entre = critere(Colonne::DateDemande, Genre::Entre, &["2026-01-01", "2026-03-31"]);
    let rempli = critere(Colonne::Nom, Genre::Rempli, &[]);
    assert_eq!(lues, vec![Ligne::Critere(entre), Ligne::Critere(rempli)]);
}

#[test]
fn one_open_bound_is_enough_and_none_is_refused() {
    let ouvert = critere(Colonne::DateDemande, Genre::Entre, &["", "2026-03-31"]);
    assert_eq!(ouvert.filtre().unwrap().to_string(), "date_demande le \"2026-03-31\"");
    assert!(critere(Colonne::DateDemande, Genre::Entre, &["", ""]).filtre().is_err());
    assert!(critere(Colonne::Ville, Genre::Contient, &["  "]).filtre().is_err());
    assert!(critere(Colonne::Etape, Genre::Parmi, &[]).filtre().is_err());
}

#[test]
fn what_the_panel_cannot_say_is_kept() {
    let ecrit = texte("(ville eq \"lyon\" or ville eq \"paris\") and nom contains \"du\"");
    let lues = lignes(&ecrit);
    assert!(matches!(lues.first(), Some(Ligne::Autre(_))));
    let plus = avec(&ecrit, critere(Colonne::Nom, Genre::Contient, &["re"]));
    assert_eq!(plus.to_string(), "(ville eq \"lyon\" or ville eq \"paris\") and nom contains \"re\"");
    assert_eq!(lignes(&texte("nom eq \"a\" or nom eq \"b\"")).len(), 1);
    assert_eq!(filtre(&lignes(&texte("nom eq \"a\" or nom eq \"b\""))), texte("nom eq \"a\" or nom eq \"b\""));
}

#[test]
fn a_counter_toggles_its_code_and_leaves_the_rest() {
    let avant = texte("ville contains \"lyon\" and etape eq \"recue\"");
    let deux = bascule(&avant, Colonne::Etape, "annulee");
    assert_eq!(codes(&deux, Colonne::Etape), ["recue", "annulee"]);
    let un = bascule(&bascule(&deux, Colonne::Etape, "recue"), Colonne::Etape, "annulee");
    assert_eq!(un, texte("ville contains \"lyon\""));
}

#[test]
fn every_column_has_a_kind_that_the_grammar_takes() {
    for colonne in Colonne::ALL {
        for genre in Genre::de(colonne.genre()) {
            let valeur = match genre {
                Genre::Vide | Genre::Rempli => vec![],
                Genre::Entre => vec!["2026-01-01", "2026-01-02"],
                Genre::Parmi => colonne.codes(),
                Genre::Contient | Genre::Egal => vec!["a1"],
            };
            let ecrit = critere(*colonne, *genre, &valeur).filtre().unwrap_or_else(|e| panic!("{colonne:?}: {e}"));
            assert_eq!(lignes(&ecrit).len(), 1, "{colonne:?} {genre:?}");
            assert_eq!(Genre::parse(genre.code()), Some(*genre));
        }
    }
}
