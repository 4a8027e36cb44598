//! The stage of a demande over every combination of facts, and its twin in the existing service.
#![allow(clippy::panic, reason = "a test may fail loudly")]

use domain::demande::etape::{Etape, Faits, StatutService, etape, statut_service_existant};
use domain::demande::{
    AuteurAnnulation, Colonne, DecisionEligibilite as E, DecisionFinancement as F, Financement, Formation, Ligne,
    Presence as P,
};

/// Every value of a closed list, and none.
fn options<T: Copy>(tous: &[T]) -> Vec<Option<T>> {
    std::iter::once(None).chain(tous.iter().copied().map(Some)).collect()
}

/// Every combination of facts: 38,400.
fn toutes() -> Vec<Faits> {
    let mut toutes = Vec::new();
    for formation in Formation::ALL.iter().copied() {
        for financement in Financement::ALL.iter().copied() {
            for decision_financement in options(F::ALL) {
                for decision_eligibilite in options(E::ALL) {
                    for presence in options(P::ALL) {
                        for annulee in options(AuteurAnnulation::ALL) {
                            for i in 0..16_u8 {
                                toutes.push(Faits {
                                    formation,
                                    financement,
                                    decision_financement,
                                    decision_eligibilite,
                                    planifiee: i & 1 != 0,
                                    presence,
                                    pix_passe: i & 2 != 0,
                                    habilite: i & 4 != 0,
                                    annulee,
                                    retiree: i & 8 != 0,
                                });
                            }
                        }
                    }
                }
            }
        }
    }
    toutes
}

fn rang(etape: Etape) -> u8 {
    match etape {
        Etape::Recue => 0,
        Etape::ListeAttente => 1,
        Etape::FinancementAccorde => 2,
        Etape::EligibiliteEnAttente => 3,
        Etape::EligibiliteValidee => 4,
        Etape::Planifiee => 5,
        Etape::PixPasse => 6,
        Etape::Presente | Etape::PresencePartielle | Etape::Absente => 7,
        Etape::Habilitee => 8,
        Etape::FinancementRefuse | Etape::EligibiliteRefusee | Etape::Annulee | Etape::Retiree => 9,
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_combinaison_a_une_etape_de_sa_formation_et_de_son_financement() {
    let toutes = toutes();
    assert_eq!(toutes.len(), 38_400);
    let mut vues = std::collections::HashSet::new();
    for faits in toutes {
        let etape = etape(&faits);
        vues.insert(etape);
        let connect = faits.formation == Formation::AidantsConnect;
        assert_eq!(faits.retiree, etape == Etape::Retiree, "{faits:?}");
        assert_eq!(!faits.retiree && faits.annulee.is_some(), etape == Etape::Annulee, "{faits:?}");
        if !connect {
            let propres = [
                Etape::EligibiliteEnAttente,
                Etape::EligibiliteValidee,
                Etape::EligibiliteRefusee,
                Etape::PixPasse,
                Etape::Habilitee,
            ];
            assert!(!propres.contains(&etape), "{faits:?} → {etape:?}");
        }
        if faits.financement != Financement::Enveloppe {
            let propres = [Etape::ListeAttente, Etape::FinancementAccorde, Etape::FinancementRefuse];
            assert!(!propres.contains(&etape), "{faits:?} → {etape:?}");
        }
        let admis = faits.financement != Financement::Enveloppe || faits.decision_financement == Some(F::Accorde);
        if rang(etape) > 1 && rang(etape) < 8 {
            assert!(admis, "no stage beyond the financing without it: {faits:?} → {etape:?}");
        }
    }
    assert_eq!(vues.len(), Etape::ALL.len(), "every stage is reached by some facts");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn un_fait_favorable_ne_fait_jamais_reculer() {
    for avant in toutes() {
        let depart = etape(&avant);
        let mut suites: Vec<Faits> = Vec::new();
        match avant.decision_financement {
            None => suites.push(Faits { decision_financement: Some(F::ListeAttente), ..avant }),
            Some(F::ListeAttente) => suites.push(Faits { decision_financement: Some(F::Accorde), ..avant }),
            _ => {}
        }
        if avant.decision_eligibilite.is_none() {
            suites.push(Faits { decision_eligibilite: Some(E::Validee), ..avant });
        }
        if avant.presence.is_none() {
            suites.push(Faits { presence: Some(P::Present), ..avant });
        }
        suites.push(Faits { planifiee: true, ..avant });
        suites.push(Faits { pix_passe: true, ..avant });
        for apres in suites {
            assert!(rang(etape(&apres)) >= rang(depart), "{avant:?} {depart:?} → {:?}", etape(&apres));
        }
        let ouvert = etape(&Faits { habilite: true, ..avant });
        let connect = avant.formation == Formation::AidantsConnect;
        match depart {
            Etape::Annulee | Etape::Retiree => assert_eq!(ouvert, depart),
            _ if connect => assert_eq!(ouvert, Etape::Habilitee),
            _ => assert_eq!(ouvert, depart),
        }
    }
}

/// Facts told in words, for the table below.
fn faits(recit: &str) -> Faits {
    let mut faits = Faits::nouveaux(Formation::AidantsConnect, Financement::Enveloppe);
    for mot in recit.split(' ') {
        match mot {
            "AC" => faits.formation = Formation::AidantsConnect,
            "AN" => faits.formation = Formation::AidantsNumeriques,
            "opco" => faits.financement = Financement::Opco,
            "fonds" => faits.financement = Financement::FondsPropres,
            "attente" => faits.decision_financement = Some(F::ListeAttente),
            "accorde" => faits.decision_financement = Some(F::Accorde),
            "refuse" => faits.decision_financement = Some(F::Refuse),
            "eligible" => faits.decision_eligibilite = Some(E::Validee),
            "ineligible" => faits.decision_eligibilite = Some(E::Refusee),
            "planifiee" => faits.planifiee = true,
            "present" => faits.presence = Some(P::Present),
            "partiel" => faits.presence = Some(P::Partielle),
            "absent" => faits.presence = Some(P::Absent),
            "pix" => faits.pix_passe = true,
            "compte" => faits.habilite = true,
            "annulee" => faits.annulee = Some(AuteurAnnulation::Anct),
            "retiree" => faits.retiree = true,
            inconnu => panic!("{inconnu}"),
        }
    }
    faits
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_chemins_du_produit() {
    let table = [
        ("AC", Etape::Recue),
        ("AC attente", Etape::ListeAttente),
        ("AC refuse", Etape::FinancementRefuse),
        ("AC refuse ineligible", Etape::FinancementRefuse),
        ("AC accorde", Etape::EligibiliteEnAttente),
        ("AC accorde planifiee present", Etape::EligibiliteEnAttente),
        ("AC accorde ineligible", Etape::EligibiliteRefusee),
        ("AC ineligible", Etape::EligibiliteRefusee),
        ("AC eligible", Etape::Recue),
        ("AC accorde eligible", Etape::EligibiliteValidee),
        ("AC accorde eligible planifiee", Etape::Planifiee),
        ("AC accorde eligible planifiee pix", Etape::PixPasse),
        ("AC accorde eligible present", Etape::Presente),
        ("AC accorde eligible present pix", Etape::Presente),
        ("AC accorde eligible partiel pix", Etape::PresencePartielle),
        ("AC accorde eligible planifiee absent", Etape::Absente),
        ("AC accorde eligible present pix compte", Etape::Habilitee),
        ("AC accorde eligible compte annulee", Etape::Annulee),
        ("AC accorde eligible annulee retiree", Etape::Retiree),
        ("AC opco", Etape::EligibiliteEnAttente),
        ("AC opco refuse", Etape::EligibiliteEnAttente),
        ("AC opco eligible", Etape::EligibiliteValidee),
        ("AN", Etape::Recue),
        ("AN planifiee present", Etape::Recue),
        ("AN accorde", Etape::FinancementAccorde),
        ("AN accorde ineligible", Etape::FinancementAccorde),
        ("AN accorde planifiee", Etape::Planifiee),
        ("AN accorde planifiee pix", Etape::Planifiee),
        ("AN accorde present compte", Etape::Presente),
        ("AN fonds", Etape::Recue),
        ("AN fonds planifiee", Etape::Planifiee),
        ("AN fonds absent", Etape::Absente),
    ];
    for (recit, attendue) in table {
        assert_eq!(etape(&faits(recit)), attendue, "{recit}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn les_faits_se_lisent_dans_la_ligne() {
    let mut ligne = Ligne::default();
    let vide = Faits::de_ligne(&ligne);
    assert_eq!(vide, Faits::nouveaux(Formation::AidantsConnect, Financement::Enveloppe));
    for (colonne, valeur) in [
        (Colonne::Formation, "aidants_numeriques"),
        (Colonne::Financement, "entre_pairs"),
        (Colonne::DecisionFinancement, "liste_attente"),
        (Colonne::DecisionEligibilite, "refusee"),
        (Colonne::DateSession, "2026-03-31"),
        (Colonne::Presence, "partielle"),
        (Colonne::PixPasse, "oui"),
        (Colonne::Habilite, "oui"),
        (Colonne::AnnuleePar, "referent"),
        (Colonne::Retiree, "non"),
    ] {
        ligne.set(colonne, valeur);
    }
    let attendu = Faits {
        formation: Formation::AidantsNumeriques,
        financement: Financement::EntrePairs,
        decision_financement: Some(F::ListeAttente),
        decision_eligibilite: Some(E::Refusee),
        planifiee: true,
        presence: Some(P::Partielle),
        pix_passe: true,
        habilite: true,
        annulee: Some(AuteurAnnulation::Referent),
        retiree: false,
    };
    assert_eq!(Faits::de_ligne(&ligne), attendu);
    ligne.set(Colonne::DateSession, "");
    assert!(!Faits::de_ligne(&ligne).planifiee);
    ligne.set(Colonne::SessionFormation, "Lyon, mars");
    assert!(Faits::de_ligne(&ligne).planifiee);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_statut_du_service_revient_a_lui_meme() {
    assert_eq!(StatutService::parse("waitling_list"), Some(StatutService::ListeAttente));
    for statut in StatutService::ALL.iter().copied() {
        let mut faits = Faits::nouveaux(Formation::AidantsConnect, Financement::Enveloppe);
        statut.appliquer(&mut faits);
        assert_eq!(statut_service_existant(etape(&faits), &faits), Some(statut), "{faits:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chaque_etape_a_un_statut_du_service_sauf_aidants_numeriques() {
    for faits in toutes() {
        let statut = statut_service_existant(etape(&faits), &faits);
        assert_eq!(statut.is_some(), faits.formation == Formation::AidantsConnect, "{faits:?}");
        let annulee_par_referent = faits.annulee == Some(AuteurAnnulation::Referent) && !faits.retiree;
        if statut.is_some() {
            assert_eq!(statut == Some(StatutService::AnnuleeParReferent), annulee_par_referent, "{faits:?}");
        }
    }
}
