//! Calendar days.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::values::DateIso;

#[test]
fn every_form_is_read() {
    for texte in [
        "2026-03-09",
        "09/03/2026",
        "9/3/2026",
        "09-03-2026",
        "09.03.2026",
        " 2026-03-09T10:00:00Z ",
        "2026-03-09 00:00:00",
    ] {
        assert_eq!(DateIso::parse(texte).map(|d| d.to_string()), Ok("2026-03-09".to_owned()), "{texte}");
    }
    assert_eq!(
        DateIso::parse_iso("2026-03-09").map(|d| (d.afficher(), d.annee())),
        Ok(("09/03/2026".to_owned(), 2026))
    );
}

#[test]
fn bad_dates_are_named() {
    for (texte, code) in [
        ("", "date_vide"),
        ("demain", "date_forme"),
        ("2026", "date_forme"),
        ("2026-03", "date_forme"),
        ("1/2/3/2026", "date_forme"),
        ("12/03/26", "date_annee_courte"),
        ("31/04/2026", "date_inexistante"),
        ("29/02/2026", "date_inexistante"),
        ("29/02/2100", "date_inexistante"),
        ("13/13/2026", "date_inexistante"),
        ("00/01/2026", "date_inexistante"),
        ("01/01/1899", "date_inexistante"),
        ("01/01/2101", "date_inexistante"),
        ("+1/01/2026", "date_forme"),
        ("001/01/2026", "date_forme"),
    ] {
        assert_eq!(DateIso::parse(texte).expect_err(texte).code, code, "{texte:?}");
    }
    for texte in ["2026-3-9", "09/03/2026", "2026-03-09T10:00:00Z", " 2026-03-09", "2026-02-30"] {
        assert!(DateIso::parse_iso(texte).is_err(), "{texte}");
    }
    assert!(DateIso::parse("29/02/2000").is_ok() && DateIso::parse("29/02/2028").is_ok());
}

#[test]
fn seconds_and_days_agree_over_two_centuries() {
    assert_eq!(DateIso::depuis_epoch(0).map(|d| d.to_string()).as_deref(), Some("1970-01-01"));
    assert_eq!(DateIso::depuis_epoch(-1).map(|d| d.to_string()).as_deref(), Some("1969-12-31"));
    assert_eq!(DateIso::depuis_epoch(1_772_323_199).map(|d| d.to_string()).as_deref(), Some("2026-02-28"));
    assert_eq!(DateIso::depuis_epoch(i64::MAX), None);
    assert_eq!(DateIso::depuis_epoch(i64::MIN), None);
    // Day after day, the calendar moves by one day and skips none.
    let mut jour = DateIso::new(1900, 1, 1).expect("exists");
    let mut secondes = -2_208_988_800_i64;
    let mut compte = 0;
    while let Some(lu) = DateIso::depuis_epoch(secondes) {
        assert!(compte == 0 || lu > jour, "{lu}");
        assert_eq!(DateIso::parse_iso(&lu.to_string()), Ok(lu));
        jour = lu;
        compte += 1;
        secondes += 86_400;
    }
    assert_eq!((compte, jour.to_string().as_str()), (73_414, "2100-12-31"));
}
