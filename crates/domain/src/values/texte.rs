//! Words: folding for search and sort, and texts of bounded length.

use crate::text::fr::refus;
use crate::values::Refus;

/// Folds a text for search and sort: lower case, European accents and ligatures undone, apostrophes, hyphens and runs
/// of spaces made one space, trimmed. Idempotent.
pub fn plier(texte: &str) -> String {
    let mut plie = String::with_capacity(texte.len());
    plier_dans(texte, &mut plie);
    plie
}

/// As [`plier`], at the end of an existing text, so that a loop need not allocate.
pub fn plier_dans(texte: &str, plie: &mut String) {
    let debut = plie.len();
    let mut espace = false;
    for c in texte.chars() {
        if est_separateur(c) {
            espace = true;
            continue;
        }
        if est_muet(c) {
            continue;
        }
        if espace && plie.len() > debut {
            plie.push(' ');
        }
        espace = false;
        plier_signe(c, plie);
    }
}

/// Spaces, apostrophes and hyphens, of every shape.
fn est_separateur(c: char) -> bool {
    match c {
        ' ' | '\'' | '-' | '`' => true,
        _ if c.is_ascii() => c.is_ascii_whitespace(),
        '\u{b4}' | '\u{2b9}'..='\u{2bc}' | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201b}' | '\u{2032}' => true,
        _ => c.is_whitespace(),
    }
}

/// Signs that have no width of their own: combining accents, joiners, the byte order mark.
const fn est_muet(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One sign, folded.
fn plier_signe(c: char, plie: &mut String) {
    if c.is_ascii() {
        plie.push(c.to_ascii_lowercase());
    } else if let Some(base) = base(c) {
        plie.push_str(base);
    } else {
        // Other alphabets: lower case, which may bring combining signs, or a letter known above (the Angstrom sign).
        for minuscule in c.to_lowercase().filter(|c| !est_muet(*c)) {
            match base(minuscule) {
                Some(base) => plie.push_str(base),
                None => plie.push(minuscule),
            }
        }
    }
}

/// The plain letters under an accented Latin letter.
const fn base(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{c0}'..='\u{c5}' | '\u{e0}'..='\u{e5}' | '\u{100}'..='\u{105}' | '\u{1cd}' | '\u{1ce}' | '\u{aa}' => "a",
        '\u{c6}' | '\u{e6}' => "ae",
        '\u{c7}' | '\u{e7}' | '\u{106}'..='\u{10d}' => "c",
        '\u{d0}' | '\u{f0}' | '\u{10e}'..='\u{111}' => "d",
        '\u{c8}'..='\u{cb}' | '\u{e8}'..='\u{eb}' | '\u{112}'..='\u{11b}' | '\u{1ebc}' | '\u{1ebd}' => "e",
        '\u{11c}'..='\u{123}' | '\u{1e6}' | '\u{1e7}' => "g",
        '\u{124}'..='\u{127}' => "h",
        '\u{cc}'..='\u{cf}' | '\u{ec}'..='\u{ef}' | '\u{128}'..='\u{131}' | '\u{1cf}' | '\u{1d0}' => "i",
        '\u{132}' | '\u{133}' => "ij",
        '\u{134}' | '\u{135}' => "j",
        '\u{136}'..='\u{138}' => "k",
        '\u{139}'..='\u{142}' => "l",
        '\u{d1}' | '\u{f1}' | '\u{143}'..='\u{14b}' => "n",
        '\u{d2}'..='\u{d6}' | '\u{d8}' | '\u{f2}'..='\u{f6}' | '\u{f8}' | '\u{14c}'..='\u{151}' | '\u{ba}' => "o",
        '\u{152}' | '\u{153}' => "oe",
        '\u{154}'..='\u{159}' => "r",
        '\u{15a}'..='\u{161}' | '\u{218}' | '\u{219}' | '\u{17f}' => "s",
        '\u{df}' | '\u{1e9e}' => "ss",
        '\u{162}'..='\u{167}' | '\u{21a}' | '\u{21b}' => "t",
        '\u{de}' | '\u{fe}' => "th",
        '\u{d9}'..='\u{dc}' | '\u{f9}'..='\u{fc}' | '\u{168}'..='\u{173}' | '\u{1d3}'..='\u{1dc}' => "u",
        '\u{174}' | '\u{175}' => "w",
        '\u{dd}' | '\u{fd}' | '\u{ff}' | '\u{176}'..='\u{178}' | '\u{1ef2}'..='\u{1ef9}' => "y",
        '\u{179}'..='\u{17e}' => "z",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        _ => return None,
    })
}

/// A text that must be given, of at most `max` signs, on one line: spaces are tidied, control signs refused.
///
/// # Errors
/// A [`Refus`] when it is empty, too long, or holds control signs.
pub fn texte_obligatoire(texte: &str, max: usize) -> Result<String, Refus> {
    let texte = texte_facultatif(texte, max)?;
    if texte.is_empty() { Err(refus::TEXTE_VIDE) } else { Ok(texte) }
}

/// As [`texte_obligatoire`], but may be empty.
///
/// # Errors
/// A [`Refus`] when it is too long or holds control signs.
pub fn texte_facultatif(texte: &str, max: usize) -> Result<String, Refus> {
    if texte.len() > max && texte.chars().count() > max {
        return Err(refus::TEXTE_TROP_LONG);
    }
    if texte.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(refus::TEXTE_CONTROLE);
    }
    let mut mots = texte.split_whitespace();
    let mut propre = String::with_capacity(texte.len());
    propre.push_str(mots.next().unwrap_or_default());
    for mot in mots {
        propre.push(' ');
        propre.push_str(mot);
    }
    Ok(propre)
}
