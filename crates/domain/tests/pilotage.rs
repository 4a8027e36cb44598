//! What is counted of a demande, its milestones, the delays between them.

use domain::demande::etape::{Faits, etape};
use domain::demande::{Colonne, Filtre, Ligne};
use domain::pilotage::{Chiffre, Cle, Compteurs, Etendue, Histogramme, Jalons, Mesure, Passage, Place, Suivie};

fn ligne(champs: &[(Colonne, &str)]) -> Ligne {
    let mut ligne = Ligne::default();
    for (colonne, valeur) in [
        (Colonne::DateDemande, "2026-01-10"),
        (Colonne::Formation, "aidants_connect"),
        (Colonne::Financement, "enveloppe"),
        (Colonne::StructureType, "ccas"),
        (Colonne::Departement, "01"),
        (Colonne::EnveloppeId, "e1"),
    ]
    .iter()
    .chain(champs)
    {
        ligne.set(*colonne, *valeur);
    }
    let faits = Faits::de_ligne(&ligne);
    ligne.set(Colonne::Etape, etape(&faits).as_str());
    ligne
}

fn vivante<'a>(ligne: &'a Ligne, jalons: &'a Jalons) -> Suivie<'a> {
    Suivie { ligne, jalons, supprimee: false }
}

fn ecarts(compteurs: Compteurs) -> Vec<(Etendue, String, Mesure, String, i64, i64)> {
    let plat = |ecart: domain::pilotage::Ecart| {
        let Cle { mesure, valeur, jours } = ecart.cle;
        (ecart.etendue, ecart.lieu, mesure, valeur.into_owned(), jours, ecart.nombre)
    };
    compteurs.ecarts().into_iter().map(plat).collect()
}

#[test]
fn a_row_counts_once_in_its_envelope_its_departement_and_the_country() {
    let (ligne, jalons) = (ligne(&[]), Jalons::default());
    let mut compteurs = Compteurs::default();
    compteurs.ajouter(vivante(&ligne, &jalons));
    compteurs.ajouter(Suivie { supprimee: true, ..vivante(&ligne, &jalons) });
    let lieux = [(Etendue::Enveloppe, "e1"), (Etendue::Departement, "01"), (Etendue::National, "")];
    let attendus: Vec<_> = lieux
        .into_iter()
        .flat_map(|(etendue, lieu)| {
            [(Mesure::Etape, "recue"), (Mesure::Structure, "ccas")]
                .map(|(mesure, valeur)| (etendue, lieu.to_owned(), mesure, valeur.to_owned(), 0, 1))
        })
        .collect();
    assert_eq!(ecarts(compteurs), attendus);
}

#[test]
fn what_does_not_move_writes_nothing_and_what_moves_leaves_where_it_was() {
    let jalons = Jalons::default();
    let (avant, apres) = (ligne(&[]), ligne(&[(Colonne::Nom, "DUBOIS")]));
    let mut compteurs = Compteurs::default();
    compteurs.retirer(vivante(&avant, &jalons));
    compteurs.ajouter(vivante(&apres, &jalons));
    assert!(ecarts(compteurs).is_empty());

    let ailleurs = ligne(&[(Colonne::Departement, "02")]);
    let mut compteurs = Compteurs::default();
    compteurs.retirer(vivante(&avant, &jalons));
    compteurs.ajouter(vivante(&ailleurs, &jalons));
    let bouges = ecarts(compteurs);
    assert!(bouges.iter().all(|ecart| ecart.0 == Etendue::Departement), "the envelope and the country have it still");
    assert_eq!(bouges.iter().map(|ecart| ecart.5).collect::<Vec<_>>(), [-1, 1, -1, 1]);
}

#[test]
fn a_milestone_takes_the_day_on_which_it_is_reached_and_loses_it_when_it_is_undone() {
    let recue = ligne(&[]);
    let accordee = ligne(&[(Colonne::DecisionFinancement, "accorde")]);
    let attente = ligne(&[(Colonne::DecisionFinancement, "liste_attente")]);
    let refusee = ligne(&[(Colonne::DecisionFinancement, "refuse")]);
    let depart = Jalons::default();
    assert_eq!(depart.suivre(&recue, &attente, "2026-02-01", None), depart, "waiting decides nothing");
    let decidee = depart.suivre(&attente, &accordee, "2026-02-10", None);
    assert_eq!(decidee.financement, "2026-02-10");
    assert_eq!(decidee.suivre(&accordee, &accordee, "2026-03-01", None), decidee, "an edit keeps it");
    let autre = decidee.suivre(&accordee, &refusee, "2026-03-01", Some("  Hors\n territoire "));
    assert_eq!((autre.financement.as_str(), autre.motif.as_str()), ("2026-03-01", "Hors territoire"));
    assert_eq!(autre.suivre(&refusee, &recue, "2026-03-02", None), Jalons::default());
    let long = depart.suivre(&recue, &refusee, "2026-03-01", Some(&"é".repeat(500)));
    assert_eq!(long.motif.chars().count(), 201);
}

#[test]
fn delays_are_whole_days_between_known_ends_on_the_path_of_the_training() {
    let jalons = Jalons {
        financement: "2026-02-10".into(),
        eligibilite: "2026-02-24".into(),
        presence: "2026-03-31".into(),
        habilitation: "2026-04-02".into(),
        motif: String::new(),
    };
    let champs = [
        (Colonne::DecisionFinancement, "accorde"),
        (Colonne::DecisionEligibilite, "validee"),
        (Colonne::DateSession, "2026-03-30"),
        (Colonne::Presence, "present"),
        (Colonne::Habilite, "oui"),
    ];
    let durees = |ligne: &Ligne| Passage::ALL.iter().map(|un| jalons.duree(*un, ligne)).collect::<Vec<_>>();
    let connect = ligne(&champs);
    assert_eq!(durees(&connect), [31, 14, 34, 1, 2, 82].map(Some));
    let mut numeriques = connect.clone();
    numeriques.set(Colonne::Formation, "aidants_numeriques");
    assert_eq!(durees(&numeriques), [Some(31), None, Some(48), Some(1), None, Some(80)]);
    let mut avant = connect.clone();
    avant.set(Colonne::DateSession, "2026-02-01");
    assert_eq!(jalons.duree(Passage::DecisionSession, &avant), None, "the other order is no delay");
    let mut inconnue = connect;
    inconnue.set(Colonne::DateDemande, "");
    assert_eq!(jalons.duree(Passage::RecueFinancement, &inconnue), None);
}

#[test]
fn the_tiles_are_the_101_departements_each_at_a_place_of_its_own() {
    use domain::pilotage::carte::{CARREAUX, COLONNES, LIGNES};
    use domain::values::CodeDepartement;
    let codes: std::collections::BTreeSet<_> = CARREAUX.iter().map(|(code, ..)| *code).collect();
    let lieux: std::collections::BTreeSet<_> = CARREAUX.iter().map(|(_, colonne, ligne)| (*colonne, *ligne)).collect();
    assert_eq!((codes.len(), lieux.len()), (101, 101));
    assert!(codes.iter().all(|code| CodeDepartement::parse(code).is_ok_and(|lu| lu.as_str() == *code)));
    assert!(lieux.iter().all(|(colonne, ligne)| *colonne < COLONNES && *ligne < LIGNES));
}

#[test]
fn the_median_and_the_ninth_decile_are_days_that_were_measured() {
    let mut jours = Histogramme::default();
    assert_eq!((jours.quantile(5), jours.quantile(9)), (None, None));
    jours.ajouter(7, 1);
    assert_eq!((jours.quantile(5), jours.quantile(9)), (Some(7), Some(7)));
    for jour in 1..=10 {
        jours.ajouter(jour, 1);
    }
    jours.ajouter(7, -1);
    assert_eq!((jours.mesures(), jours.quantile(5), jours.quantile(9)), (10, Some(5), Some(9)));
    jours.ajouter(40, 10);
    assert_eq!((jours.quantile(5), jours.quantile(9)), (Some(10), Some(40)));
}

#[test]
fn the_filter_of_every_figure_is_read_back_and_accepts_the_row_that_it_counts() {
    let champs = [
        (Colonne::DecisionFinancement, "accorde"),
        (Colonne::DecisionEligibilite, "validee"),
        (Colonne::DateSession, "2026-03-30"),
        (Colonne::Presence, "present"),
        (Colonne::Habilite, "oui"),
    ];
    let ligne = ligne(&champs);
    let jalons = Jalons { presence: "2026-03-31".into(), ..Jalons::default() };
    let mut compteurs = Compteurs::default();
    compteurs.ajouter(vivante(&ligne, &jalons));
    let lus: Vec<(Cle, i64)> =
        compteurs.ecarts().into_iter().filter(|e| e.etendue == Etendue::Enveloppe).map(|e| (e.cle, e.nombre)).collect();
    let place = Place { etendue: Etendue::Enveloppe, lieu: "e1" };
    let mut chiffres = vec![place.demandes(&lus), place.departs(&lus), place.suivis(&lus)];
    for chiffre in place.etapes(&lus) {
        chiffres.extend([chiffre.demandes, chiffre.departs]);
    }
    chiffres.extend(place.jalons(&lus).into_iter().map(|chiffre| chiffre.demandes));
    chiffres.extend(place.structures(&lus).into_iter().map(|chiffre| chiffre.demandes));
    chiffres.extend(place.refus(&lus).into_iter().map(|chiffre| chiffre.demandes));
    assert_eq!(chiffres.iter().filter(|chiffre| chiffre.nombre == 1).count(), 11);
    for Chiffre { nombre, filtre, lien } in chiffres {
        let lu = Filtre::parse(&filtre).unwrap();
        assert_eq!(lu.to_string(), filtre);
        assert_eq!(i64::from(lu.accepte(&ligne)), nombre, "{filtre}");
        assert!(lien.starts_with("/tableau?filtre=enveloppe_id%20eq%20%22e1%22"), "{lien}");
    }
    let delais = place.delais(&lus);
    let mesures: Vec<_> = delais.iter().map(|delai| (delai.mesures, delai.mediane)).collect();
    assert_eq!(mesures, [(0, None), (0, None), (0, None), (1, Some(1)), (0, None), (0, None)]);
    for delai in delais {
        assert!(Filtre::parse(&delai.filtre).unwrap().accepte(&ligne), "{}", delai.filtre);
    }
}
