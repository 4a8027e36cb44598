//! One-time codes, however they are typed.

use domain::values::CodeOtp;

#[test]
fn rt_02_every_writing_of_a_code_is_the_same_code() {
    for texte in [
        "012345",
        "012 345",
        " 01 23 45 ",
        "012-345",
        "012\u{a0}345",
        "012\u{202f}345",
        "\u{2009}012345",
        "12345",
        "12 345",
        "０１２３４５",
        "٠١٢٣٤٥",
        "۰۱۲۳۴۵",
        "012.345",
    ] {
        assert_eq!(CodeOtp::lire(texte).map(|code| code.as_str().to_owned()).as_deref(), Some("012345"), "{texte}");
    }
}

#[test]
fn rt_02_what_is_not_a_code_is_none() {
    for texte in ["", "  ", "-", "1234567", "12345a", "+12345", "0x1234", "१२३४५६", "1e5", "12345\u{0}"] {
        assert!(CodeOtp::lire(texte).is_none(), "{texte}");
    }
}
