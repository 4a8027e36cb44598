//! Ten thousand people in real formats are never refused; two hundred shared boxes on twenty domains are never in order.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use domain::demande::Formation;
use domain::rules::Verdict;
use domain::values::plier;

use crate::eli_4;

#[rustfmt::skip]
const PRENOMS: [&str; 56] = [
    "Angela", "Jean-Jacques", "Jean Pierre", "Marie-Thérèse", "Hélène", "Zoé", "François", "Aïcha", "Mohamed", "Fatoumata", "Nguyen",
    "Li", "Anne", "Éléonore", "Philippe", "Christine", "Théo", "Noël", "Gaëlle", "Cécile", "Loïc", "Maëlys", "Søren", "Małgorzata",
    "Iñaki", "José", "João", "Kévin", "Bénédicte", "Marie", "France", "Rose", "Claire", "Prudence", "Victoire", "Océane", "Ambre",
    "Paul-Henri", "Marie-Ange", "Anne-Sophie Marie", "Abdoulaye", "Ousmane", "Yasmine", "Ines", "Guénaëlle", "Tugdual", "Xavier", "Wilfried",
    "Quentin", "Ugo", "Ève", "Io", "Désiré", "Pénélope", "Saint-Ange", "Dominique",
];
#[rustfmt::skip]
const NOMS: [&str; 64] = [
    "Dubois", "Test", "Bacri", "Lefèvre", "Garçon", "Lecœur", "Müller", "Łukasik", "Muñoz", "Martin-Durand", "Martin Durand", "Da Silva",
    "de Gaulle", "de la Tour", "Le Goff", "Le", "O'Brien", "D’Angelo", "N'Diaye", "L'Hermitte", "Ben Salah", "El Amrani", "Abd-el-Kader",
    "Van den Berg", "Saint-Martin", "Sainte-Beuve", "Li", "Nguyen", "Ba", "Sy", "Villeneuve", "Bureau", "Poste", "Maire", "Mairet",
    "Centre", "Lecole", "École", "Social", "Hopital", "Info", "Conseil", "Durand (née Martin)", "Petit épouse Grand", "Roche", "Château",
    "Delaunay", "Dupont", "Lyon", "Bresse", "Bourg", "Chef", "Service", "Contact", "Direction", "Aidant", "Pole", "Lieu", "Accueil",
    "Sahin", "Çelik", "Öztürk", "Yılmaz", "Kowalczyk",
];
#[rustfmt::skip]
const DOMAINES: [&str; 20] = [
    "mairie-bourg.fr", "bourg-en-bresse.fr", "ccas.ville-bourg.fr", "ain.fr", "departement01.fr", "ain.gouv.fr", "interieur.gouv.fr",
    "mission-locale-ain.org", "udaf01.unaf.fr", "france-services-ain.fr", "cc-plaine.fr", "agglo.example", "association.test",
    "gmail.com", "orange.fr", "laposte.net", "wanadoo.fr", "free.fr", "msa.fr", "mediatheque.bourg.fr",
];
const NOMBRE_FORMATS: u64 = 18;

/// A reproducible sequence (xorshift).
struct Suite(u64);

impl Suite {
    fn suivant(&mut self, borne: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % borne as u64) as usize
    }
}

/// A local part of this format; `prenom` and `nom` are folded and without brackets.
fn locale(format: u64, prenom: &str, nom: &str, numero: usize) -> String {
    let colle = |texte: &str| texte.replace(' ', "");
    let tirets = |texte: &str| texte.replace(' ', "-");
    let initiales = |texte: &str| texte.split(' ').filter_map(|mot| mot.chars().next()).collect::<String>();
    let debut = |texte: &str, n: usize| colle(texte).chars().take(n).collect::<String>();
    let premier = |texte: &str| texte.split(' ').next().unwrap_or_default().to_owned();
    match format {
        0 => format!("{}.{}", tirets(prenom), tirets(nom)),
        1 => format!("{}.{}", colle(prenom), colle(nom)),
        2 => format!("{}{}", colle(prenom), colle(nom)),
        3 => format!("{}.{}", tirets(nom), tirets(prenom)),
        4 => format!("{}{}", colle(nom), colle(prenom)),
        5 => format!("{}.{}", initiales(prenom), tirets(nom)),
        6 => format!("{}{}", initiales(prenom), colle(nom)),
        7 => format!("{}.{}", colle(nom), initiales(prenom)),
        8 => format!("{}_{}", colle(prenom), colle(nom)),
        9 => format!("{}-{}", tirets(prenom), tirets(nom)),
        10 => format!("{}.{}{numero}", tirets(prenom), tirets(nom)),
        11 => format!("{}.{}", tirets(prenom), initiales(nom)),
        12 => format!("{}.{}", premier(prenom), tirets(nom)),
        13 => colle(nom),
        14 => colle(prenom),
        15 => format!("{}{}", debut(prenom, 1), debut(nom, 7)),
        16 => format!("{}{}", initiales(prenom), initiales(nom)),
        _ => format!("{}.{}-ext", tirets(prenom), tirets(nom)),
    }
}

#[test]
fn eli_4_ten_thousand_people_in_real_formats_are_never_refused() {
    let mut suite = Suite(0x5eed_2026);
    let mut en_ordre = 0;
    let mut nominatives = 0;
    for tirage in 0..10_000_u64 {
        let format = tirage % NOMBRE_FORMATS;
        let (prenom, nom) = (PRENOMS[suite.suivant(PRENOMS.len())], NOMS[suite.suivant(NOMS.len())]);
        let domaine = DOMAINES[suite.suivant(DOMAINES.len())];
        let plat = |texte: &str| plier(texte).replace(['(', ')'], "");
        let email = format!("{}@{domaine}", locale(format, &plat(prenom), &plat(nom), suite.suivant(99)));
        for formation in Formation::ALL {
            let verdict = eli_4(prenom, nom, &email, *formation);
            assert_ne!(verdict, Verdict::Bloquant, "{prenom} {nom} <{email}>, format {format}");
            if format <= 9 && !["gmail.com", "orange.fr", "laposte.net", "wanadoo.fr", "free.fr"].contains(&domaine) {
                nominatives += 1;
                en_ordre += u32::from(verdict == Verdict::Ok);
            }
        }
    }
    assert!(en_ordre * 100 >= nominatives * 97, "{en_ordre} of {nominatives} nominative addresses are in order");
}

/// Words shared boxes are made of.
#[rustfmt::skip]
const BOITES: [&str; 50] = [
    "contact", "accueil", "mairie", "secretariat", "ccas", "direction", "info", "infos", "administration", "bureau", "service.social",
    "france-services", "mediatheque", "bibliotheque", "etat-civil", "urbanisme", "dgs", "rh", "drh", "comptabilite", "compta", "communication",
    "numerique", "conseiller.numerique", "cnfs", "espace.numerique", "epn", "aidants", "aidantsconnect", "mds", "maison-des-solidarites",
    "pole.social", "insertion", "emploi", "mission.locale", "prefecture", "sous-prefecture", "guichet", "agence.postale", "postmaster",
    "webmaster", "noreply", "president", "directrice", "secretaire", "responsable", "equipe", "cias", "udaf", "formation",
];
/// What people add around them.
const AUTOUR: [(&str, &str); 4] = [("", ""), ("", ".bourg"), ("mairie-", ""), ("", "01")];

#[test]
fn eli_4_two_hundred_generic_boxes_on_twenty_domains_are_never_in_order() {
    let mut suite = Suite(0xb01e);
    let (mut total, mut douteuses) = (0_usize, Vec::new());
    for boite in BOITES {
        for (avant, apres) in AUTOUR {
            for domaine in DOMAINES {
                let email = format!("{avant}{boite}{apres}@{domaine}");
                // Names that are themselves words of services are cases of the table.
                let (prenom, nom) = (PRENOMS[suite.suivant(20)], NOMS[suite.suivant(26)]);
                assert_eq!(eli_4(prenom, nom, &email, Formation::AidantsNumeriques), Verdict::AVerifier, "{email}");
                let verdict = eli_4(prenom, nom, &email, Formation::AidantsConnect);
                assert_ne!(verdict, Verdict::Ok, "{prenom} {nom} <{email}>");
                total += 1;
                if verdict != Verdict::Bloquant {
                    douteuses.push(email);
                }
            }
        }
    }
    assert_eq!(total, 4_000);
    // « bourg » is a place for the structure of the table only: every box here is understood.
    assert!(douteuses.is_empty(), "{} of {total} are not refused for Aidants Connect: {douteuses:?}", douteuses.len());
}
