//! The accounts of envelopes: many random changes against a model that counts everything again, and the decisions one by one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::BTreeMap;

use domain::demande::{Colonne, Ligne};
use domain::enveloppe::{
    ActionFinancement, Compte, EtatEnveloppe, Inscription, Poids, Refus, Registre, Solde, Tarif, Tarifs, appliquer,
    est_en_attente, peser_decision,
};
use domain::rules::{Constat, Preuve, Verdict};
use domain::text::fr_enveloppe::euros;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Steps of the random walk.
const PAS: usize = 120_000;
const ENVELOPPES: [&str; 3] = ["a", "b", "c"];

/// A draw that gives the same on every machine.
struct Tirage(u64);

impl Tirage {
    fn sous(&mut self, borne: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % borne
    }

    fn un<'a>(&mut self, parmi: &[&'a str]) -> &'a str {
        parmi[self.sous(parmi.len())]
    }
}

#[derive(Clone)]
struct Rangee {
    ligne: Ligne,
    supprimee: bool,
    prix: i64,
    attente: i64,
}

fn ligne(enveloppe: &str, formation: &str) -> Ligne {
    let mut ligne = Ligne::default();
    ligne.set(Colonne::EnveloppeId, enveloppe);
    ligne.set(Colonne::Formation, formation);
    ligne.set(Colonne::Financement, "enveloppe");
    ligne
}

fn tarifs() -> Tarifs {
    let tarif = |formation, organisme: &str, prix| Tarif { formation, organisme: organisme.to_owned(), prix };
    Tarifs {
        aidants_numeriques: 300,
        aidants_connect: 450,
        organismes: vec![
            tarif(domain::demande::Formation::AidantsNumeriques, "of 1", 100),
            tarif(domain::demande::Formation::AidantsConnect, "of 1", 700),
        ],
    }
}

fn compte(montant: i64) -> Compte {
    let solde = Solde { montant, ..Solde::default() };
    Compte { etat: EtatEnveloppe::Ouverte, solde, tarifs: tarifs(), file: 0, cible: 60 }
}

/// A random change of a row.
fn changer(tirage: &mut Tirage, rangee: &mut Rangee) {
    let ligne = &mut rangee.ligne;
    match tirage.sous(13) {
        0..=3 => ligne.set(Colonne::DecisionFinancement, "accorde"),
        4 => ligne.set(Colonne::DecisionFinancement, "refuse"),
        5 => ligne.set(Colonne::DecisionFinancement, "liste_attente"),
        6 => ligne.set(Colonne::Formation, tirage.un(&["aidants_numeriques", "aidants_connect"])),
        7 => ligne.set(Colonne::Organisme, tirage.un(&["", "OF-1", "OF-2"])),
        8 => ligne.set(Colonne::Presence, tirage.un(&["", "present", "partielle", "absent"])),
        9 => ligne.set(Colonne::EnveloppeId, tirage.un(&["a", "b", "c", "a", "b", "c", ""])),
        10 => ligne.set(Colonne::DecisionEligibilite, tirage.un(&["", "validee", "refusee"])),
        11 => match tirage.sous(3) {
            0 => ligne.set(Colonne::Retiree, tirage.un(&["", "", "non", "oui"])),
            1 => ligne.set(Colonne::AnnuleePar, tirage.un(&["", "", "structure"])),
            _ => ligne.set(Colonne::Financement, tirage.un(&["enveloppe", "enveloppe", "opco"])),
        },
        _ => rangee.supprimee = tirage.sous(3) == 0,
    }
}

/// The model: what a person with a pencil would count, row by row, from the words of the product.
fn recompter(rangees: &[Rangee], enveloppe: &str) -> (Poids, i64) {
    let mut pris = Poids::default();
    let mut file = 0;
    for rangee in rangees {
        let est = |colonne, valeur| rangee.ligne.get(colonne) == valeur;
        if !est(Colonne::EnveloppeId, enveloppe) {
            continue;
        }
        file = file.max(rangee.attente);
        // A learner refused by the Aidants Connect team will never be trained; a training that was attended is owed.
        let refusee = est(Colonne::DecisionEligibilite, "refusee") && est(Colonne::Formation, "aidants_connect");
        let perdue = refusee && !est(Colonne::Presence, "present");
        let vivante = !rangee.supprimee && !est(Colonne::Retiree, "oui") && est(Colonne::AnnuleePar, "") && !perdue;
        if vivante && est(Colonne::Financement, "enveloppe") && est(Colonne::DecisionFinancement, "accorde") {
            pris.departs += 1;
            pris.engage += rangee.prix;
            pris.consomme += if est(Colonne::Presence, "present") { rangee.prix } else { 0 };
        } else {
            assert_eq!(rangee.prix, 0, "what is not financed has no price");
        }
    }
    (pris, file)
}

/// What is walked at random: the accounts as the service keeps them, beside the rows.
struct Marche {
    tirage: Tirage,
    comptes: BTreeMap<String, Compte>,
    rangees: Vec<Rangee>,
}

impl Marche {
    fn new(graine: u64) -> Self {
        let montants = ENVELOPPES.iter().zip([9_000, 5_000, 0]);
        let rangee = |(n, enveloppe): (usize, &&str)| Rangee {
            ligne: ligne(enveloppe, if n % 2 == 0 { "aidants_numeriques" } else { "aidants_connect" }),
            supprimee: false,
            prix: 0,
            attente: 0,
        };
        Self {
            tirage: Tirage(graine),
            comptes: montants.map(|(id, montant)| ((*id).to_owned(), compte(montant))).collect(),
            rangees: ENVELOPPES.iter().cycle().take(60).enumerate().map(rangee).collect(),
        }
    }

    /// An amendment: never below what is engaged.
    fn amender(&mut self) {
        let (id, plus) = (self.tirage.un(&ENVELOPPES), self.tirage.sous(900));
        let compte = self.comptes.get_mut(id).unwrap();
        compte.solde.montant = compte.solde.pris.engage + i64::try_from(plus).unwrap();
    }

    /// One to three changes together, done or refused as one; whether they were done.
    fn pas(&mut self) -> bool {
        let mut registre = Registre::new(self.comptes.clone());
        let mut defaire: Vec<(usize, Rangee)> = Vec::new();
        for _ in 0..=self.tirage.sous(3) {
            let place = self.tirage.sous(self.rangees.len());
            let rangee = &mut self.rangees[place];
            let avant = rangee.clone();
            changer(&mut self.tirage, rangee);
            let Rangee { ligne, supprimee, prix, attente } = &avant;
            let ancien = Inscription { ligne, supprimee: *supprimee, prix: *prix, attente: *attente };
            let prise = registre.inscrire(Some(ancien), &rangee.ligne, rangee.supprimee);
            (rangee.prix, rangee.attente) = (prise.prix, prise.attente);
            defaire.push((place, avant));
        }
        if registre.verifier().is_err() {
            for (place, avant) in defaire.into_iter().rev() {
                self.rangees[place] = avant;
            }
            return false;
        }
        for (id, ecart) in registre.ecarts() {
            let compte = self.comptes.get_mut(id).unwrap();
            compte.solde.pris = compte.solde.pris.plus(ecart.poids);
            compte.file += ecart.entrees;
        }
        true
    }

    /// The accounts are those of the model, and nobody shares a place on a waiting list.
    fn verifier(&self, pas: usize) {
        for (id, compte) in &self.comptes {
            let (pris, file) = recompter(&self.rangees, id);
            assert_eq!(compte.solde.pris, pris, "step {pas}, envelope {id}");
            assert!(pris.engage <= compte.solde.montant && pris.consomme <= pris.engage, "step {pas}, envelope {id}");
            assert!(file <= compte.file, "a number that was never given");
        }
        let attendent = self.rangees.iter().filter(|rangee| est_en_attente(&rangee.ligne, rangee.supprimee));
        let mut places: Vec<(&str, i64)> =
            attendent.map(|rangee| (rangee.ligne.get(Colonne::EnveloppeId), rangee.attente)).collect();
        let nombre = places.len();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() == nombre && places.iter().all(|(_, place)| *place > 0), "a place for each: {places:?}");
    }
}

#[test]
fn env_2_a_hundred_thousand_random_changes_keep_the_counters_equal_to_a_recount_and_never_above_the_amount() {
    let mut marche = Marche::new(20_261_130);
    let mut acceptes = 0;
    for pas in 0..PAS {
        if marche.tirage.sous(50) == 0 {
            marche.amender();
        }
        acceptes += usize::from(marche.pas());
        marche.verifier(pas);
    }
    let refuses = PAS - acceptes;
    assert!(acceptes > PAS / 3 && refuses > PAS / 50, "both happen: {acceptes} {refuses}");
}

#[test]
fn env_2_a_granted_price_holds_until_the_training_the_organisme_or_the_envelope_changes() {
    let mut avant = ligne("a", "aidants_connect");
    avant.set(Colonne::DecisionFinancement, "accorde");
    let ancien = Inscription { ligne: &avant, supprimee: false, prix: 450, attente: 0 };
    // The tariff has grown since.
    let tarifs = Tarifs { aidants_connect: 500, ..tarifs() };
    let dearer = Compte { tarifs, ..compte(10_000) };
    let prix = |changer: fn(&mut Ligne)| {
        let mut registre = Registre::new([("a".to_owned(), dearer.clone())]);
        let mut apres = avant.clone();
        changer(&mut apres);
        registre.inscrire(Some(ancien), &apres, false).prix
    };
    assert_eq!(prix(|ligne| ligne.set(Colonne::Cohorte, "Printemps")), 450);
    assert_eq!(prix(|ligne| ligne.set(Colonne::Organisme, "Of 1")), 700);
    assert_eq!(prix(|ligne| ligne.set(Colonne::Organisme, "Autre")), 500);
    assert_eq!(prix(|ligne| ligne.set(Colonne::Formation, "aidants_numeriques")), 300);
    assert_eq!(prix(|ligne| ligne.set(Colonne::Retiree, "oui")), 0);
}

#[test]
fn bat_1_env_2_a_refused_eligibility_gives_the_money_back_and_lifting_the_refusal_takes_it_again() {
    let mut accordee = ligne("a", "aidants_connect");
    accordee.set(Colonne::DecisionFinancement, "accorde");
    let mut refusee = accordee.clone();
    refusee.set(Colonne::DecisionEligibilite, "refusee");
    let entree = |ligne, prix| Inscription { ligne, supprimee: false, prix, attente: 0 };
    let solde = Solde { montant: 450, pris: Poids { departs: 1, engage: 450, consomme: 0 } };
    let mut registre = Registre::new([("a".to_owned(), Compte { solde, ..compte(450) })]);
    assert_eq!(registre.inscrire(Some(entree(&accordee, 450)), &refusee, false).prix, 0);
    assert_eq!(registre.compte("a").unwrap().solde.reste(), 450);
    assert_eq!(registre.inscrire(Some(entree(&refusee, 0)), &accordee, false).prix, 450);
    assert!(registre.verifier().is_ok());
    // Somebody else has taken it meanwhile.
    let mut plein = Registre::new([("a".to_owned(), Compte { solde, ..compte(450) })]);
    plein.inscrire(Some(entree(&refusee, 0)), &accordee, false);
    assert!(plein.verifier().is_err());
    // The training Aidants Numériques asks for no eligibility, and an attended training is owed.
    for (colonne, valeur) in [(Colonne::Formation, "aidants_numeriques"), (Colonne::Presence, "present")] {
        let mut due = refusee.clone();
        due.set(colonne, valeur);
        assert_eq!(Poids::de_ligne(&due, false, 300).engage, 300, "{valeur}");
    }
}

#[test]
fn env_3_an_account_is_freed_when_it_gets_money_back_while_it_may_serve_somebody() {
    let accorde = |enveloppe: &str| {
        let mut ligne = ligne(enveloppe, "aidants_numeriques");
        ligne.set(Colonne::DecisionFinancement, "accorde");
        ligne
    };
    let attendu = |etat, file| Compte { etat, file, ..compte(1_000) };
    let comptes = [
        ("a", attendu(EtatEnveloppe::Ouverte, 1)),
        ("b", attendu(EtatEnveloppe::Ouverte, 0)),
        ("c", attendu(EtatEnveloppe::Close, 1)),
        ("d", attendu(EtatEnveloppe::Ouverte, 1)),
    ];
    let mut registre = Registre::new(comptes.map(|(id, compte)| (id.to_owned(), compte)));
    for enveloppe in ["a", "b", "c"] {
        let avant = accorde(enveloppe);
        let mut apres = avant.clone();
        apres.set(Colonne::Retiree, "oui");
        registre.inscrire(Some(Inscription { ligne: &avant, supprimee: false, prix: 300, attente: 0 }), &apres, false);
    }
    registre.inscrire(None, &accorde("d"), false);
    let liberees: Vec<(&str, i64)> = registre.liberees().map(|(id, compte)| (id, compte.solde.reste())).collect();
    assert_eq!(liberees, [("a", 1_300)], "not where nobody ever waited, where it is closed, nor where money is taken");
    // What comes back and is taken again in the same change frees nothing.
    registre.inscrire(None, &accorde("a"), false);
    assert_eq!(registre.liberees().count(), 0);
}

fn constat(verdict: Verdict) -> Constat {
    let preuve = Preuve { source: "essai".to_owned(), date: None, valeur: String::new() };
    Constat { regle: "ELI-4".to_owned(), verdict, phrase: "Une phrase.".to_owned(), champ: None, preuve }
}

fn peser(action: ActionFinancement, ligne: &Ligne, constats: &[Constat], motif: bool) -> Result<bool, Refus> {
    peser_decision(action, ligne, false, Some(EtatEnveloppe::Ouverte), constats, motif)
}

#[test]
fn a_blocking_constat_blocks_whatever_the_reason_and_a_doubt_asks_for_one() {
    use ActionFinancement as A;
    let ligne = ligne("a", "aidants_connect");
    let said = vec!["ELI-4 : Une phrase.".to_owned()];
    let (bloquant, doute) = ([constat(Verdict::Bloquant), constat(Verdict::AVerifier)], [constat(Verdict::AVerifier)]);
    assert_eq!(peser(A::Accorder, &ligne, &bloquant, true), Err(Refus::Bloquante(said.clone())));
    assert_eq!(peser(A::Accorder, &ligne, &doute, false), Err(Refus::MotifRequis(said)));
    assert_eq!(peser(A::Accorder, &ligne, &doute, true), Ok(true));
    assert_eq!(peser(A::Accorder, &ligne, &[constat(Verdict::Ok)], false), Ok(true));
    for action in [A::Refuser, A::MettreEnAttente, A::Retirer] {
        assert_eq!(peser(action, &ligne, &bloquant, false), Ok(true), "{action:?}");
    }
}

#[test]
fn each_decision_is_taken_once_and_what_is_over_does_not_change() {
    use ActionFinancement as A;
    for action in A::ALL.iter().copied().filter(|action| *action != A::Rouvrir) {
        let mut rangee = ligne("a", "aidants_connect");
        assert_eq!(peser(action, &rangee, &[], true), Ok(true), "{action:?}");
        appliquer(action, &mut rangee);
        assert_eq!(peser(action, &rangee, &[], true), Ok(false), "{action:?}");
        assert_eq!(peser(A::Rouvrir, &rangee, &[], true), Ok(true), "{action:?}");
        appliquer(A::Rouvrir, &mut rangee);
        assert_eq!(rangee, ligne("a", "aidants_connect"), "{action:?}");
    }
    let with = |colonne, valeur: &str| {
        let mut ligne = ligne("a", "aidants_connect");
        ligne.set(colonne, valeur);
        ligne
    };
    for (ligne, refus) in [
        (with(Colonne::Retiree, "oui"), Refus::Retiree),
        (with(Colonne::AnnuleePar, "structure"), Refus::Annulee),
        (with(Colonne::Presence, "partielle"), Refus::Formee),
        (with(Colonne::Habilite, "oui"), Refus::Formee),
        (with(Colonne::Financement, "opco"), Refus::HorsEnveloppe),
        (with(Colonne::DecisionEligibilite, "refusee"), Refus::EligibiliteRefusee),
    ] {
        assert_eq!(peser(A::Accorder, &ligne, &[], true), Err(refus));
    }
    let rangee = ligne("a", "aidants_connect");
    assert_eq!(
        peser_decision(A::Refuser, &rangee, true, Some(EtatEnveloppe::Ouverte), &[], true),
        Err(Refus::Supprimee)
    );
    assert_eq!(peser_decision(A::Refuser, &rangee, false, None, &[], true), Err(Refus::HorsEnveloppe));
    for etat in [EtatEnveloppe::Brouillon, EtatEnveloppe::Close] {
        let peser = |action| peser_decision(action, &rangee, false, Some(etat), &[], true);
        assert_eq!((peser(A::Accorder), peser(A::Refuser)), (Err(Refus::EnveloppeFermee), Ok(true)));
    }
}

#[test]
fn amounts_are_written_in_euros() {
    let told = [0, 5, 100, 33_333, 2_000_000, 123_456_789, -150].map(euros);
    let expected = ["0", "0,05", "1", "333,33", "20\u{202f}000", "1\u{202f}234\u{202f}567,89", "−1,50"];
    assert_eq!(told, expected.map(|number| format!("{number}\u{a0}€")));
}
