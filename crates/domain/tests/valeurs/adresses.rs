//! E-mail addresses, phone numbers, names.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::values::{Email, NomPersonne, Telephone};

#[test]
fn addresses_are_read_and_lower_cased() {
    let email = Email::parse("  Angela.DUBOIS@Mairie-Bourg.FR ").expect("valid");
    assert_eq!(email.as_str(), "angela.dubois@mairie-bourg.fr");
    assert_eq!((email.locale(), email.domaine()), ("angela.dubois", "mairie-bourg.fr"));
    for texte in [
        "a@b.fr",
        "prenom.nom@sous.domaine.structure.example",
        "o'brien@mairie.fr",
        "jean+aidants@mairie.fr",
        "x_y-z@1and1.fr",
        "contact@xn--mairie-bg-f1a.fr",
        "a1!#$%&'*+-/=?^_`{|}~@b-c.museum",
    ] {
        assert!(Email::parse(texte).is_ok(), "{texte}");
    }
}

#[test]
fn bad_addresses_are_named() {
    let trop_long = format!("{}@{}.fr", "a".repeat(60), "b.".repeat(100));
    for (texte, code) in [
        ("", "email_vide"),
        ("   ", "email_vide"),
        ("angela.dubois", "email_sans_arobase"),
        ("angela@@mairie.fr", "email_plusieurs_arobases"),
        ("a@b.fr;c@d.fr", "email_plusieurs_arobases"),
        ("angela dubois@mairie.fr", "email_espace"),
        ("a@b.fr, c@d.fr", "email_espace"),
        ("angela\u{0}@mairie.fr", "email_espace"),
        ("hélène@mairie.fr", "email_accent"),
        ("helene@mairie-évry.fr", "email_accent"),
        ("@mairie.fr", "email_locale"),
        (".angela@mairie.fr", "email_locale"),
        ("angela.@mairie.fr", "email_locale"),
        ("angela..dubois@mairie.fr", "email_locale"),
        ("<angela@mairie.fr", "email_locale"),
        ("angela@mairie", "email_domaine"),
        ("angela@", "email_domaine"),
        ("angela@mairie.", "email_domaine"),
        ("angela@.fr", "email_domaine"),
        ("angela@mairie..fr", "email_domaine"),
        ("angela@-mairie.fr", "email_domaine"),
        ("angela@mairie-.fr", "email_domaine"),
        ("angela@mairie.f", "email_domaine"),
        ("angela@127.0.0.1", "email_domaine"),
        ("angela@mairie_bourg.fr", "email_domaine"),
        ("angela@mairie.fr>", "email_domaine"),
        (&trop_long, "email_trop_long"),
    ] {
        assert_eq!(Email::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}

#[test]
fn lengths_of_addresses_are_bounded() {
    let locale = |n: usize| format!("{}@mairie.fr", "a".repeat(n));
    assert!(Email::parse(&locale(64)).is_ok());
    assert_eq!(Email::parse(&locale(65)).expect_err("65").code, "email_locale");
    let domaine = |n: usize| {
        format!("{}@{}.fr", "a".repeat(4), ["b".repeat(n), "c".repeat(60), "d".repeat(60), "e".repeat(60)].join("."))
    };
    assert_eq!(domaine(63).len(), 254);
    assert!(Email::parse(&domaine(63)).is_ok());
    assert_eq!(Email::parse(&format!("a{}", domaine(63))).expect_err("255").code, "email_trop_long");
    assert_eq!(Email::parse(&format!("a@{}.fr", "b".repeat(64))).expect_err("64").code, "email_domaine");
}

#[test]
fn phones_of_every_territory_are_read() {
    for (texte, e164, mobile) in [
        ("0612345678", "+33612345678", true),
        ("06 12 34 56 78", "+33612345678", true),
        ("06.12.34.56.78", "+33612345678", true),
        ("06-12-34-56-78", "+33612345678", true),
        ("+33 6 12 34 56 78", "+33612345678", true),
        ("+33 (0)6 12 34 56 78", "+33612345678", true),
        ("0033612345678", "+33612345678", true),
        ("33612345678", "+33612345678", true),
        ("07 12 34 56 78", "+33712345678", true),
        ("04 74 00 00 00", "+33474000000", false),
        ("09 72 00 00 00", "+33972000000", false),
        ("0590 12 34 56", "+590590123456", false),
        ("0690 12 34 56", "+590690123456", true),
        ("+590 690 12 34 56", "+590690123456", true),
        ("+33 690 12 34 56", "+590690123456", true),
        ("0691 12 34 56", "+590691123456", true),
        ("0594 12 34 56", "+594594123456", false),
        ("0694 12 34 56", "+594694123456", true),
        ("0596 12 34 56", "+596596123456", false),
        ("0696 12 34 56", "+596696123456", true),
        ("0697 12 34 56", "+596697123456", true),
        ("0262 12 34 56", "+262262123456", false),
        ("0692 12 34 56", "+262692123456", true),
        ("0693 12 34 56", "+262693123456", true),
        ("0269 12 34 56", "+262269123456", false),
        ("0639 12 34 56", "+262639123456", true),
        ("06 39 98 12 34", "+33639981234", true),
        ("00262 639 12 34 56", "+262639123456", true),
        ("0508 41 23 45", "+508412345", false),
        ("+508 55 12 34", "+508551234", true),
    ] {
        let numero = Telephone::parse(texte).unwrap_or_else(|refus| panic!("{texte}: {}", refus.code));
        assert_eq!((numero.as_str(), numero.est_mobile()), (e164, mobile), "{texte}");
        assert_eq!(Telephone::parse(e164).as_ref(), Ok(&numero), "the canonical form is read back");
        assert_eq!(Telephone::parse(&numero.afficher()), Ok(numero), "the shown form is read back");
    }
    assert_eq!(
        Telephone::parse("+33612345678").map(|n| n.afficher()),
        Ok("06\u{a0}12\u{a0}34\u{a0}56\u{a0}78".to_owned())
    );
    assert_eq!(
        Telephone::parse("+508412345").map(|n| n.afficher()),
        Ok("05\u{a0}08\u{a0}41\u{a0}23\u{a0}45".to_owned())
    );
}

#[test]
fn bad_phones_are_named() {
    for (texte, code) in [
        ("", "telephone_vide"),
        ("+", "telephone_vide"),
        ("612345678", "telephone_zero_perdu"),
        ("06 12 34 56", "telephone_longueur"),
        ("06 12 34 56 78 9", "telephone_longueur"),
        ("06 12 34 56 7x", "telephone_caracteres"),
        ("06+12345678", "telephone_caracteres"),
        ("0012345678", "telephone_etranger"),
        ("1612345678", "telephone_forme"),
        ("+33 0012345678", "telephone_forme"),
        ("+44 20 7946 0000", "telephone_etranger"),
        ("+590 612 34 56 78", "telephone_forme"),
        ("+33 6 12", "telephone_longueur"),
        (&"0".repeat(300), "telephone_longueur"),
    ] {
        assert_eq!(Telephone::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}

#[test]
fn names_keep_their_letters() {
    for (texte, attendu) in [
        ("  Dubois ", "Dubois"),
        ("Da   Silva", "Da Silva"),
        ("O'Brien", "O'Brien"),
        ("D’Angelo", "D’Angelo"),
        ("Jean-Jacques", "Jean-Jacques"),
        ("Lecœur", "Lecœur"),
        ("J.", "J."),
        ("Durand (née Martin)", "Durand (née Martin)"),
        ("Łukasik", "Łukasik"),
        ("Яна", "Яна"),
    ] {
        assert_eq!(NomPersonne::parse(texte).map(|n| n.to_string()), Ok(attendu.to_owned()), "{texte}");
    }
    assert!(NomPersonne::parse(&"é".repeat(150)).is_ok());
}

#[test]
fn bad_names_are_named() {
    for (texte, code) in [
        ("", "nom_vide"),
        (" \t ", "nom_vide"),
        ("Dubois2", "nom_chiffre"),
        ("Dubo\u{b2}is", "nom_chiffre"),
        ("angela@mairie.fr", "nom_signe"),
        ("=SOMME(A)", "nom_signe"),
        ("<b>", "nom_signe"),
        ("Du\u{0}bois", "nom_signe"),
        ("---", "nom_signe"),
        (&"é".repeat(151), "nom_trop_long"),
    ] {
        assert_eq!(NomPersonne::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
}
