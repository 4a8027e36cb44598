//! Names that look like a mistyped one.

/// Most names proposed.
const PROPOSITIONS: usize = 3;
/// Most differences between two names that look alike.
const ECART_MAX: usize = 3;

/// The known names that look like this one, nearest first: few differences, or one inside the other.
pub fn noms_proches<'a>(nom: &str, connus: &[&'a str]) -> Vec<&'a str> {
    // Names are ASCII; the other letters would bring tables of kilobytes into the browser.
    let nom = nom.to_ascii_lowercase();
    let proches: Vec<(usize, &'a str)> = connus
        .iter()
        .filter_map(|connu| {
            let dedans = nom.len() >= 3 && (connu.contains(nom.as_str()) || nom.contains(connu));
            // A short name is not near to everything.
            let max = ECART_MAX.min(connu.len() / 2);
            let comparable = nom.len().abs_diff(connu.len()) <= ECART_MAX;
            let ecart = if dedans { 1 } else { comparable.then(|| ecart(&nom, connu))? };
            (ecart <= max).then_some((ecart, *connu))
        })
        .collect();
    // Level by level: a sort for so few would weigh more in the browser than the rest of this file.
    let a = |voulu: usize| proches.iter().filter(move |(ecart, _)| *ecart == voulu).map(|(_, connu)| *connu);
    (0..=ECART_MAX).flat_map(a).take(PROPOSITIONS).collect()
}

/// Insertions, deletions and replacements that lead from one name to the other; both are short.
fn ecart(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut avant: Vec<usize> = (0..=b.len()).collect();
    for (rang, x) in a.chars().enumerate() {
        let mut ligne = Vec::with_capacity(avant.len());
        let (mut gauche, mut diagonale) = (rang + 1, rang);
        ligne.push(gauche);
        for (y, haut) in b.iter().zip(avant.iter().skip(1)) {
            let cout = (diagonale + usize::from(x != *y)).min(gauche + 1).min(haut + 1);
            diagonale = *haut;
            gauche = cout;
            ligne.push(cout);
        }
        avant = ligne;
    }
    avant.last().copied().unwrap_or_default()
}
