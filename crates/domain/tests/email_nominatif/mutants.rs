//! Mutants of rule ELI-4: the rule with one deliberate fault. The table must tell each from the true rule.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::{Colonne, Formation};
use domain::rules::Verdict;
use domain::rules::email_nominatif::{Domaine, Forme, Reperes, lire};

use crate::table::{Cas, STRUCTURE, TABLE, VILLE};
use crate::{attendu, eli_4, ligne, verdict_de};

/// A faulty rule: its fault, and what it answers.
type Mutant = (&'static str, fn(&Cas, Formation) -> Verdict);

/// The rule on an address changed before it is read.
fn adresse(cas: &Cas, formation: Formation, changer: impl Fn(&str) -> String) -> Verdict {
    eli_4(cas.0, cas.1, &changer(cas.2), formation)
}

/// The rule on names changed before they are compared.
fn noms(cas: &Cas, formation: Formation, changer: impl Fn(&str) -> String) -> Verdict {
    eli_4(&changer(cas.0), &changer(cas.1), cas.2, formation)
}

/// The rule on an address whose local part alone is changed.
fn locale(cas: &Cas, formation: Formation, changer: impl Fn(&str) -> String) -> Verdict {
    adresse(cas, formation, |email| match email.split_once('@') {
        Some((locale, domaine)) => format!("{}@{domaine}", changer(locale)),
        None => email.to_owned(),
    })
}

/// The rule, one form being judged otherwise.
fn forme(cas: &Cas, formation: Formation, visee: &[Forme], verdict: Verdict) -> Verdict {
    let reperes = Reperes { prenom: cas.0, nom: cas.1, ville: VILLE, structure: STRUCTURE };
    let lecture = lire(cas.2, &reperes);
    if lecture.domaine == Domaine::Structure && visee.contains(&lecture.forme) {
        verdict
    } else {
        eli_4(cas.0, cas.1, cas.2, formation)
    }
}

/// The rule without one word of shared boxes.
fn sans_mot(cas: &Cas, formation: Formation, mot: &str) -> Verdict {
    locale(cas, formation, |locale| locale.replace(mot, "zzzzzz"))
}

const MUTANTS: &[Mutant] = &[
    ("accents are not folded", |c, f| noms(c, f, |n| n.replace(|l: char| !l.is_ascii(), "?"))),
    ("hyphens of names are not separators", |c, f| noms(c, f, |n| n.replace('-', ""))),
    ("spaces of names are not separators", |c, f| noms(c, f, |n| n.replace(' ', ""))),
    ("apostrophes of names are letters", |c, f| noms(c, f, |n| n.replace(['\'', '’'], "q"))),
    ("brackets of names are not understood", |c, f| noms(c, f, |n| n.replace(['(', ')'], "q"))),
    ("names are compared with their case", |c, f| {
        noms(
            c,
            f,
            |n| {
                if n.len() > 2 && n.chars().all(|l| l.is_ascii_uppercase()) { "Q".to_owned() } else { n.to_owned() }
            },
        )
    }),
    ("addresses are compared with their case", |c, f| {
        locale(c, f, |l| l.replace(|s: char| s.is_ascii_uppercase(), "q"))
    }),
    ("first and last names are in one order only", |c, f| {
        let en_tete = domain::values::plier(c.0).replace(' ', "");
        let initiale = en_tete.get(..1).unwrap_or_default();
        if c.2.trim().to_lowercase().starts_with(initiale) { eli_4(c.0, c.1, c.2, f) } else { Verdict::AVerifier }
    }),
    ("initials are not accepted", |c, f| {
        locale(c, f, |l| l.split('.').filter(|mot| mot.len() > 1).collect::<Vec<_>>().join("."))
    }),
    ("glued names are not cut", |c, f| {
        if c.2.contains(['.', '-', '_']) && c.2.split('@').next().is_some_and(|l| l.contains(['.', '-', '_'])) {
            eli_4(c.0, c.1, c.2, f)
        } else {
            Verdict::AVerifier
        }
    }),
    ("glued names are refused", |c, f| {
        let colle = c.2.split('@').next().is_some_and(|l| !l.contains(['.', '-', '_']));
        if colle { Verdict::Bloquant } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("underscores are letters", |c, f| locale(c, f, |l| l.replace('_', "q"))),
    ("hyphens of addresses are letters", |c, f| locale(c, f, |l| l.replace('-', "q"))),
    ("digits are letters", |c, f| locale(c, f, |l| l.replace(|s: char| s.is_ascii_digit(), "q"))),
    ("labels after a plus sign are read", |c, f| locale(c, f, |l| l.replace('+', "."))),
    ("only the first word of a first name counts", |c, f| {
        eli_4(c.0.split(['-', ' ']).next().unwrap_or_default(), c.1, c.2, f)
    }),
    ("only the first word of a last name counts", |c, f| {
        eli_4(c.0, c.1.split(['-', ' ']).next().unwrap_or_default(), c.2, f)
    }),
    ("only the last word of a last name counts", |c, f| {
        eli_4(c.0, c.1.rsplit(['-', ' ']).next().unwrap_or_default(), c.2, f)
    }),
    ("shared boxes pass", |c, f| forme(c, f, &[Forme::Generique], Verdict::Ok)),
    ("shared boxes are a doubt for Aidants Connect too", |c, f| forme(c, f, &[Forme::Generique], Verdict::AVerifier)),
    ("shared boxes are refused for both trainings", |c, f| forme(c, f, &[Forme::Generique], Verdict::Bloquant)),
    ("half-understood shared boxes are refused", |c, f| forme(c, f, &[Forme::GeneriqueDouteuse], Verdict::Bloquant)),
    ("half-understood shared boxes pass", |c, f| forme(c, f, &[Forme::GeneriqueDouteuse], Verdict::Ok)),
    ("an unknown address is refused", |c, f| forme(c, f, &[Forme::Autre], Verdict::Bloquant)),
    ("an unknown address passes", |c, f| forme(c, f, &[Forme::Autre], Verdict::Ok)),
    ("a last name alone passes", |c, f| forme(c, f, &[Forme::NomSeul], Verdict::Ok)),
    ("a first name alone passes", |c, f| forme(c, f, &[Forme::PrenomSeul], Verdict::Ok)),
    ("initials alone pass", |c, f| forme(c, f, &[Forme::Initiales], Verdict::Ok)),
    ("initials alone are refused", |c, f| forme(c, f, &[Forme::Initiales], Verdict::Bloquant)),
    ("shortened names pass", |c, f| forme(c, f, &[Forme::Abregee], Verdict::Ok)),
    ("a married name is refused", |c, f| forme(c, f, &[Forme::EnPartie], Verdict::Bloquant)),
    ("a second person passes", |c, f| forme(c, f, &[Forme::EnPartie], Verdict::Ok)),
    ("a malformed address is refused", |c, f| forme(c, f, &[Forme::Illisible], Verdict::Bloquant)),
    ("a missing address passes", |c, f| forme(c, f, &[Forme::Absente], Verdict::Ok)),
    ("missing names pass", |c, f| forme(c, f, &[Forme::SansNom], Verdict::Ok)),
    ("the name of the person does not save a word of services", |c, f| {
        let sans = eli_4("", "", c.2, f);
        if sans == Verdict::Bloquant { sans } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("the city is not known", |c, f| {
        let mut ligne = ligne(c.0, c.1, c.2, f);
        ligne.set(Colonne::Ville, "");
        ligne.set(Colonne::StructureNom, "");
        verdict_de(&ligne, None)
    }),
    ("public mailboxes pass", |c, f| {
        adresse(c, f, |e| e.replace("@gmail.com", "@mairie-bourg.fr").replace("@orange.fr", "@mairie-bourg.fr"))
    }),
    ("public mailboxes are refused", |c, f| {
        let reperes = Reperes { prenom: c.0, nom: c.1, ville: VILLE, structure: STRUCTURE };
        let messagerie = lire(c.2, &reperes).domaine == Domaine::Messagerie;
        if messagerie { Verdict::Bloquant } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("public mailboxes are sought inside domains", |c, f| {
        let dedans = c.2.contains("gmail") || c.2.contains("orange");
        if dedans { eli_4(c.0, c.1, c.2, f).max(Verdict::AVerifier) } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("the closed domain passes", |c, f| adresse(c, f, |e| e.replace("conseiller-numerique.fr", "mairie-bourg.fr"))),
    ("under the closed domain is open", |c, f| {
        adresse(c, f, |e| e.replace(".conseiller-numerique.fr", ".mairie-bourg.fr"))
    }),
    ("the closed domain is sought at the end of words", |c, f| {
        if c.2.ends_with("conseiller-numerique.fr") { Verdict::Bloquant } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("the closed domain is sought anywhere", |c, f| {
        if c.2.contains("@conseiller-numerique.fr") { Verdict::Bloquant } else { eli_4(c.0, c.1, c.2, f) }
    }),
    ("« contact » is not a shared box", |c, f| sans_mot(c, f, "contact")),
    ("« accueil » is not a shared box", |c, f| sans_mot(c, f, "accueil")),
    ("« mairie » is not a shared box", |c, f| sans_mot(c, f, "mairie")),
    ("« secretariat » is not a shared box", |c, f| sans_mot(c, f, "secretariat")),
    ("« ccas » is not a shared box", |c, f| sans_mot(c, f, "ccas")),
    ("« direction » is not a shared box", |c, f| sans_mot(c, f, "direction")),
];

#[test]
fn eli_4_the_table_kills_every_mutant() {
    assert!(MUTANTS.len() >= 10);
    let survivants: Vec<&str> = MUTANTS
        .iter()
        .filter(|(_, mutant)| {
            TABLE
                .iter()
                .all(|cas| Formation::ALL.iter().all(|formation| mutant(cas, *formation) == attendu(cas, *formation)))
        })
        .map(|(faute, _)| *faute)
        .collect();
    assert!(survivants.is_empty(), "the table does not see: {survivants:?}");
}
