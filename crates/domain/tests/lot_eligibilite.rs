//! The eligibility batches: when they open, what may be decided, what a decision brings about (BAT-1).
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use domain::demande::{Colonne, Ligne};
use domain::lot_eligibilite::{
    ActionEligibilite, Calendrier, CalendrierSaisi, DecisionLotSaisie, RefusEligibilite, ReponseSuivi, acces_du,
    appliquer, est_validee, peser_eligibilite, prefixe,
};
use domain::rules::{Constat, Preuve, Verdict};
use domain::values::DateIso;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn jour(texte: &str) -> DateIso {
    DateIso::parse_iso(texte).unwrap()
}

fn calendrier(premier: &str, periode: i64, depuis: &str) -> Calendrier {
    Calendrier { premier_jour: jour(premier), periode, depuis: jour(depuis) }
}

#[test]
fn bat_1_a_batch_is_due_every_fifteen_days_from_the_first_one() {
    let rythme = calendrier("2026-03-03", 15, "2026-03-03");
    let due = |dernier: Option<&str>, quand| rythme.due(dernier.map(jour), jour(quand)).map(|due| due.to_string());
    assert_eq!(due(None, "2026-03-02"), None);
    assert_eq!(due(None, "2026-03-03").as_deref(), Some("2026-03-03"));
    assert_eq!(due(Some("2026-03-03"), "2026-03-03"), None, "once");
    assert_eq!(due(Some("2026-03-03"), "2026-03-17"), None);
    assert_eq!(due(Some("2026-03-03"), "2026-03-18").as_deref(), Some("2026-03-18"));
    // Late within the period: the same opening.
    assert_eq!(due(Some("2026-03-03"), "2026-03-25").as_deref(), Some("2026-03-18"));
    // One opened by hand in between changes nothing of the rhythm; one opened by hand on the day is that of the day.
    assert_eq!(due(Some("2026-03-10"), "2026-03-18").as_deref(), Some("2026-03-18"));
    assert_eq!(due(Some("2026-03-20"), "2026-03-25"), None);
}

#[test]
fn bat_1_three_missed_openings_are_caught_up_by_one() {
    let rythme = calendrier("2026-03-03", 15, "2026-03-03");
    let due = rythme.due(Some(jour("2026-03-03")), jour("2026-05-01")).unwrap();
    assert_eq!(due.to_string(), "2026-04-17", "the last one due");
    assert_eq!(rythme.due(Some(due), jour("2026-05-01")), None);
    assert_eq!(rythme.prochaine(Some(due), jour("2026-05-01")).unwrap().to_string(), "2026-05-02");
}

#[test]
fn bat_1_each_day_of_two_years_is_either_an_opening_or_nothing_new() {
    for periode in [1, 7, 14, 15, 31, 365] {
        let rythme = calendrier("2026-01-31", periode, "2026-01-31");
        let premier = rythme.premier_jour.secondes() / 86_400;
        let mut dernier = None;
        for ecart in 0..730 {
            let aujourdhui = DateIso::depuis_epoch((premier + ecart) * 86_400).unwrap();
            let due = rythme.due(dernier, aujourdhui);
            assert_eq!(due.is_some(), ecart % periode == 0, "{periode} days, {aujourdhui}");
            assert!(rythme.prochaine(dernier, aujourdhui).is_some_and(|jour| jour >= aujourdhui));
            dernier = due.or(dernier);
        }
    }
}

#[test]
fn bat_1_a_schedule_promises_nothing_for_the_days_before_it_was_set() {
    let rythme = calendrier("2026-01-01", 15, "2026-06-10");
    assert_eq!(rythme.due(None, jour("2026-06-10")), None, "1 June is before it");
    assert_eq!(rythme.prochaine(None, jour("2026-06-10")).unwrap().to_string(), "2026-06-15");
    let plus_tard = calendrier("2026-07-01", 15, "2026-06-10");
    assert_eq!(plus_tard.prochaine(None, jour("2026-06-10")).unwrap().to_string(), "2026-07-01");
    let lointain = calendrier("2100-12-31", 365, "2026-06-10");
    assert_eq!(lointain.prochaine(Some(jour("2100-12-31")), jour("2100-12-31")), None, "beyond what a date can say");
    for (premier_jour, periode, champs) in
        [("2026-02-30", 15, 1), ("03/03/2026", 0, 2), ("", 366, 2), ("2026-03-03", -1, 1)]
    {
        let saisi = CalendrierSaisi { premier_jour: premier_jour.to_owned(), periode };
        assert_eq!(saisi.valider().unwrap_err().len(), champs, "{saisi:?}");
    }
}

fn ligne(decision: &str) -> Ligne {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in [
        (Colonne::Formation, "aidants_connect"),
        (Colonne::Financement, "enveloppe"),
        (Colonne::DecisionFinancement, "accorde"),
        (Colonne::DecisionEligibilite, decision),
    ] {
        ligne.set(colonne, valeur);
    }
    ligne
}

fn avec(decision: &str, colonne: Colonne, valeur: &str) -> Ligne {
    let mut ligne = ligne(decision);
    ligne.set(colonne, valeur);
    ligne
}

fn constat(regle: &str, verdict: Verdict) -> Constat {
    let preuve = Preuve { source: "essai".to_owned(), date: None, valeur: String::new() };
    Constat { regle: regle.to_owned(), verdict, phrase: "Une phrase.".to_owned(), champ: None, preuve }
}

#[test]
fn bat_1_a_blocking_constat_blocks_a_doubt_asks_for_a_reason_and_the_rules_of_the_envelope_do_not_block() {
    let valider =
        |constats: &[Constat], motif| peser_eligibilite(ActionEligibilite::Valider, &ligne(""), false, constats, motif);
    let dit = |regle: &str| vec![format!("{regle} : Une phrase.")];
    assert_eq!(valider(&[constat("ELI-5", Verdict::Ok)], false), Ok(true));
    let bloque = [constat("ELI-1", Verdict::Bloquant), constat("ELI-9", Verdict::AVerifier)];
    assert_eq!(valider(&bloque, true), Err(RefusEligibilite::Bloquante(dit("ELI-1"))));
    let doute = [constat("ELI-9", Verdict::AVerifier)];
    assert_eq!(valider(&doute, false), Err(RefusEligibilite::MotifRequis(dit("ELI-9"))));
    assert_eq!(valider(&doute, true), Ok(true));
    for regle in ["ELI-2", "ELI-3"] {
        let enveloppe = [constat(regle, Verdict::Bloquant)];
        assert_eq!(valider(&enveloppe, false), Err(RefusEligibilite::MotifRequis(dit(regle))));
        assert_eq!(valider(&enveloppe, true), Ok(true));
    }
    for action in [ActionEligibilite::Refuser, ActionEligibilite::Complement] {
        assert_eq!(peser_eligibilite(action, &ligne(""), false, &bloque, true), Ok(true), "{action:?}");
    }
}

#[test]
fn bat_1_a_decision_is_taken_once_and_only_where_it_is_waited_for() {
    use ActionEligibilite as A;
    let peser = |action, ligne: &Ligne| peser_eligibilite(action, ligne, false, &[], true);
    for (action, decision) in [(A::Valider, "validee"), (A::Refuser, "refusee"), (A::Rouvrir, "")] {
        assert_eq!(peser(action, &ligne(decision)), Ok(false), "{action:?}");
    }
    assert_eq!(peser(A::Valider, &ligne("refusee")), Err(RefusEligibilite::DejaDecidee));
    assert_eq!(peser(A::Complement, &ligne("validee")), Err(RefusEligibilite::DejaDecidee));
    assert_eq!(peser(A::Rouvrir, &ligne("refusee")), Ok(true));
    for (ligne, refus) in [
        (avec("", Colonne::Formation, "aidants_numeriques"), RefusEligibilite::AutreFormation),
        (avec("", Colonne::Retiree, "oui"), RefusEligibilite::Terminee),
        (avec("", Colonne::AnnuleePar, "structure"), RefusEligibilite::Terminee),
        (avec("", Colonne::Presence, "present"), RefusEligibilite::Formee),
        (avec("", Colonne::DecisionFinancement, "liste_attente"), RefusEligibilite::SansFinancement),
        (avec("", Colonne::DecisionFinancement, ""), RefusEligibilite::SansFinancement),
    ] {
        assert_eq!(peser(A::Valider, &ligne), Err(refus));
    }
    assert_eq!(peser_eligibilite(A::Valider, &ligne(""), true, &[], true), Err(RefusEligibilite::Supprimee));
    // Paid by somebody else: no envelope has to grant anything.
    let mut autre = avec("", Colonne::Financement, "opco");
    autre.set(Colonne::DecisionFinancement, "");
    assert_eq!(peser(A::Valider, &autre), Ok(true));
    for action in A::ALL.iter().copied().filter(|action| matches!(action, A::Valider | A::Refuser)) {
        let mut rangee = ligne("");
        appliquer(action, &mut rangee);
        assert_eq!(est_validee(&rangee, false), action == A::Valider);
        appliquer(A::Rouvrir, &mut rangee);
        assert_eq!(rangee, ligne(""));
    }
}

#[test]
fn bat_1_a_validation_counts_while_the_demande_lives_and_opens_an_access_until_the_training() {
    assert!(est_validee(&ligne("validee"), false) && acces_du(&ligne("validee"), false));
    assert!(!est_validee(&ligne("validee"), true), "deleted");
    for (colonne, valeur) in [
        (Colonne::Retiree, "oui"),
        (Colonne::AnnuleePar, "referent"),
        (Colonne::DecisionFinancement, "liste_attente"),
        (Colonne::Formation, "aidants_numeriques"),
    ] {
        assert!(!est_validee(&avec("validee", colonne, valeur), false), "{valeur}");
    }
    for (colonne, valeur, acces) in [
        (Colonne::DateSession, "2026-06-01", true),
        (Colonne::PixPasse, "oui", true),
        (Colonne::Presence, "present", false),
        (Colonne::Habilite, "oui", false),
    ] {
        let ligne = avec("validee", colonne, valeur);
        assert!(est_validee(&ligne, false) && acces_du(&ligne, false) == acces, "{valeur}");
    }
}

#[test]
fn bat_1_a_number_begins_with_three_characters_whatever_is_known_of_the_place() {
    for (code, departement, attendu) in
        [("01000", "01", "010"), ("97430", "974", "974"), ("20200", "2B", "202"), ("", "2A", "2A0"), ("", "", "000")]
    {
        let mut ligne = Ligne::default();
        ligne.set(Colonne::CodePostal, code);
        ligne.set(Colonne::Departement, departement);
        assert_eq!(prefixe(&ligne), attendu);
    }
}

#[test]
fn a_refusal_tells_why_a_question_asks_something_and_an_answer_says_something() {
    let saisie = |action, motif: &str, nombre| DecisionLotSaisie {
        action,
        demandes: vec!["a".to_owned(); nombre],
        motif: motif.to_owned(),
        atomique: true,
        essai: false,
    };
    let champs = |saisie: DecisionLotSaisie| -> Vec<String> {
        let refus = saisie.valider().err().unwrap_or_default();
        refus.into_iter().map(|erreur| format!("{} {}", erreur.champ, erreur.code)).collect()
    };
    use ActionEligibilite as A;
    assert_eq!(champs(saisie(A::Refuser, " ", 0)), ["/demandes nombre", "/motif motif_requis"]);
    assert_eq!(champs(saisie(A::Complement, "", 1)), ["/motif motif_requis"]);
    assert_eq!(champs(saisie(A::Valider, &"x".repeat(1_001), 1_001)), ["/demandes nombre", "/motif motif_invalide"]);
    assert!(champs(saisie(A::Valider, "", 1_000)).is_empty());
    let reponse = |texte: &str| {
        let (jeton, demande) = (String::new(), String::new());
        ReponseSuivi { jeton, demande, texte: texte.to_owned() }.valider().map(str::to_owned).ok()
    };
    assert_eq!(reponse("  Oui,\nelle accueille.  ").as_deref(), Some("Oui,\nelle accueille."));
    assert_eq!(reponse(&"é".repeat(2_000)).map(|texte| texte.chars().count()), Some(2_000));
    for refusee in ["", " \n ", "a\u{7}b", &"é".repeat(2_001)] {
        assert_eq!(reponse(refusee), None);
    }
}
