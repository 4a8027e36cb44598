//! Charts drawn as SVG text: bars and tiles. Each is an image with a title and a description for those who do not see it, says its
//! numbers in words (never by colour alone), and has its table beside.

use domain::pilotage::carte::{CARREAUX, COLONNES, LIGNES};

use crate::text::pilotage as texte;
use crate::text::tableau::milliers;

/// A bar: its name, its length, and how much of it is of the second kind.
pub struct Barre {
    /// What it is.
    pub nom: String,
    /// How many.
    pub nombre: i64,
    /// How many of them are of the second kind.
    pub dont: Option<i64>,
}

/// Width of a drawing of bars, in its own units: a telephone shows them nearly one to one.
const LARGEUR: i64 = 320;
/// Height of a bar with its name above.
const HAUTEUR: i64 = 38;
/// Side of a tile, its margin of one on each side included.
const COTE: u64 = 40;

/// Text of an SVG element.
fn propre(texte: &str) -> String {
    texte.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn image(id: &str, (largeur, hauteur): (i64, i64), (titre, description): (&str, &str), dedans: &str) -> String {
    format!(
        "<svg role=\"img\" class=\"pa-dessin\" viewBox=\"0 0 {largeur} {hauteur}\" aria-labelledby=\"{id}-titre {id}-description\">\
         <title id=\"{id}-titre\">{}</title><desc id=\"{id}-description\">{}</desc>{dedans}</svg>",
        propre(titre),
        propre(description)
    )
}

/// Horizontal bars, the longest across the whole width.
pub fn barres(id: &str, titre: &str, barres: &[Barre]) -> String {
    let plus_longue = barres.iter().map(|barre| barre.nombre).max().unwrap_or(0).max(1);
    let mut dedans = String::new();
    let mut dits = Vec::new();
    for (rang, barre) in (0_i64..).zip(barres) {
        let haut = rang * HAUTEUR;
        let long = |nombre: i64| LARGEUR * nombre / plus_longue;
        let nombre = texte::barre(barre.nombre, barre.dont);
        dits.push(format!("{} : {nombre}", barre.nom));
        dedans.push_str(&format!(
            "<text x=\"0\" y=\"{0}\" class=\"pa-dessin__nom\">{1}</text>\
             <text x=\"{LARGEUR}\" y=\"{0}\" text-anchor=\"end\" class=\"pa-dessin__nombre\">{2}</text>\
             <rect x=\"0\" y=\"{3}\" width=\"{LARGEUR}\" height=\"14\" class=\"pa-dessin__fond\"/>\
             <rect x=\"0\" y=\"{3}\" width=\"{4}\" height=\"14\" class=\"pa-dessin__barre\"/>",
            haut + 13,
            propre(&barre.nom),
            propre(&nombre),
            haut + 18,
            long(barre.nombre),
        ));
        if let Some(dont) = barre.dont.filter(|dont| *dont > 0) {
            dedans.push_str(&format!(
                "<rect x=\"0\" y=\"{}\" width=\"{}\" height=\"6\" class=\"pa-dessin__dont\"/>",
                haut + 22,
                long(dont)
            ));
        }
    }
    let hauteur = HAUTEUR * i64::try_from(barres.len()).unwrap_or(0);
    image(id, (LARGEUR, hauteur), (titre, &dits.join(" ; ")), &dedans)
}

/// Five shades: none, then a quarter of the others in each, so that one very large number does not leave all the rest alike.
fn teinte(nombre: i64, tries: &[i64]) -> usize {
    if nombre <= 0 {
        return 0;
    }
    let rang = tries.partition_point(|autre| *autre < nombre);
    1 + (rang * 4 / tries.len().max(1)).min(3)
}

/// The départements as tiles: code and number in each, darker where there is more.
pub fn carreaux(id: &str, titre: &str, nombres: &[(String, String, i64)]) -> String {
    let mut tries: Vec<i64> = nombres.iter().map(|(.., nombre)| *nombre).filter(|nombre| *nombre > 0).collect();
    tries.sort_unstable();
    let mut dedans = String::new();
    for (code, colonne, ligne) in CARREAUX {
        let Some((_, nom, nombre)) = nombres.iter().find(|(connu, ..)| connu == code) else { continue };
        let (x, y) = (u64::from(colonne) * COTE, u64::from(ligne) * COTE);
        dedans.push_str(&format!(
            "<g class=\"pa-carreau pa-carreau--{}\"><title>{} : {nombre}</title>\
             <rect x=\"{}\" y=\"{}\" width=\"38\" height=\"38\" rx=\"3\"/>",
            teinte(*nombre, &tries),
            propre(nom),
            x + 1,
            y + 1,
        ));
        dedans.push_str(&format!(
            "<text x=\"{0}\" y=\"{1}\" text-anchor=\"middle\" class=\"pa-carreau__code\">{code}</text>\
             <text x=\"{0}\" y=\"{2}\" text-anchor=\"middle\" class=\"pa-carreau__nombre\">{3}</text></g>",
            x + COTE / 2,
            y + 17,
            y + 32,
            milliers(nombre.unsigned_abs()),
        ));
    }
    let taille = |nombre: u8| i64::try_from(u64::from(nombre) * COTE).unwrap_or(0);
    let description = texte::carte(nombres);
    image(id, (taille(COLONNES), taille(LIGNES)), (titre, &description), &dedans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_say_their_numbers_and_what_people_wrote_is_no_markup() {
        let barre = |nom: &str, nombre, dont| Barre { nom: nom.to_owned(), nombre, dont };
        let dessin = barres("b", "Titre", &[barre("A <b>", 4, Some(1)), barre("C", 0, None)]);
        assert!(
            dessin.starts_with("<svg role=\"img\"") && dessin.contains("A &lt;b&gt; : 4, dont 1 financée ; C : 0"),
            "{dessin}"
        );
        assert!(
            dessin.contains("width=\"320\" height=\"14\" class=\"pa-dessin__barre\"")
                && dessin.contains("width=\"80\" height=\"6\"")
        );
        assert!(barres("b", "Titre", &[]).contains("viewBox=\"0 0 320 0\""));
    }

    #[test]
    fn tiles_have_their_code_their_number_and_a_shade_in_proportion() {
        let nombres = [("01".to_owned(), "Ain".to_owned(), 8), ("974".to_owned(), "La Réunion".to_owned(), 0)];
        let dessin = carreaux("c", "Titre", &nombres);
        assert_eq!(dessin.matches("<g ").count(), 2);
        assert!(
            dessin.contains("pa-carreau--1\"><title>Ain : 8")
                && dessin.contains("pa-carreau--0\"><title>La Réunion : 0")
        );
        assert_eq!([0, 1, 2, 3, 900].map(|nombre| teinte(nombre, &[1, 2, 3, 900])), [0, 1, 2, 3, 4]);
    }
}
