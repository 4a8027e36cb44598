//! Sentences of the dashboards. The names of what is counted are those of the files (`domain`).

use domain::text::fr_pilotage as commun;

pub use commun::{
    AUTRES_MOTIFS, CIBLE, CONSOMME, DELAIS, DEMANDES, DEPARTEMENT, DEPARTEMENTS, DEPARTS, ENGAGE, ETAPE, ETAPES,
    HABILITEES, JALON, JALONS, MEDIANE, MESUREES, MONTANT, MOTIF, P90, PASSAGE, REFUS, RESTE, STRUCTURES, TYPE, jalon,
    motif, passage, refus, structure,
};

/// Title of the whole country.
pub const PAYS: &str = "Pilotage national";
/// Title of a département.
pub const UN_DEPARTEMENT: &str = "Pilotage d’un département";
/// Title of an envelope.
pub const UNE_ENVELOPPE: &str = "Pilotage d’une enveloppe";
/// Back to the country.
pub const RETOUR_PAYS: &str = "Tous les départements";
/// Back to the envelope.
pub const RETOUR_ENVELOPPE: &str = "Retour à l’enveloppe";
/// What the figures are.
pub const AIDE: &str =
    "Chiffres exacts à l’instant de la lecture. Chaque nombre ouvre ses demandes dans le tableau de gestion.";
/// Section: key figures.
pub const CLES: &str = "L’essentiel";
/// Head of the measures.
pub const MESURE: &str = "Mesure";
/// Head of their values.
pub const VALEUR: &str = "Valeur";
/// Financed, and attended.
pub const SUIVIS: &str = "Dont suivis";
/// Reads again.
pub const RELIRE: &str = "Relire les chiffres";
/// CSV file.
pub const CSV: &str = "Exporter en CSV";
/// Report, accessible.
pub const PDF: &str = "Rapport de convention (PDF)";
/// Report, workbook.
pub const XLSX: &str = "Rapport de convention (XLSX)";
/// Which number the map shows.
pub const INDICATEUR: &str = "Nombre montré sur la carte";
/// The map.
pub const CARTE: &str = "Carte des départements";
/// How to read the map.
pub const CARTE_AIDE: &str =
    "Un carré par département, avec son code et son nombre ; plus il y en a, plus le carré se détache du fond.";
/// Table of the départements, folded.
pub const VOIR_DEPARTEMENTS: &str = "Voir les chiffres de chaque département";
/// How to read the bars.
pub const BARRES_AIDE: &str = "La barre mince, à l’intérieur, est celle des départs financés.";
/// Envelopes of a département.
pub const ENVELOPPES: &str = "Ses enveloppes";
/// None.
pub const AUCUNE_ENVELOPPE: &str = "Aucune enveloppe dans ce département.";
/// Nothing was refused.
pub const AUCUN_REFUS: &str = "Aucun refus.";
/// How delays are read.
pub const DELAIS_AIDE: &str = "Médiane : la moitié des demandes mesurées n’ont pas pris davantage. Neuf sur dix : seule une sur dix a pris davantage. Une demande dont une date manque n’est pas mesurée.";
/// How reasons are read.
pub const REFUS_AIDE: &str =
    "Les motifs sont écrits librement. Celui des autres motifs ouvre toutes les demandes que la même décision refuse.";

/// Numbers that the map may show: code, words.
pub const INDICATEURS: [(&str, &str); 3] =
    [("demandes", "Demandes"), ("departs", "Départs financés"), ("habilitees", "Habilités")];

/// A bar.
pub fn barre(nombre: i64, dont: Option<i64>) -> String {
    let nombre = commun::nombre(nombre);
    match dont {
        Some(dont) if dont > 0 => {
            format!("{nombre}, dont {} {}", commun::nombre(dont), if dont > 1 { "financées" } else { "financée" })
        }
        _ => nombre,
    }
}

/// The map, for those who do not see it.
pub fn carte(nombres: &[(String, String, i64)]) -> String {
    let sans = nombres.iter().filter(|(.., nombre)| *nombre == 0).count();
    let plus = nombres.iter().max_by_key(|(.., nombre)| *nombre).filter(|(.., nombre)| *nombre > 0);
    let plus = plus.map_or(String::new(), |(_, nom, nombre)| format!(" Le plus grand nombre : {nom}, {nombre}."));
    format!("{CARTE_AIDE} {sans} territoires n’en ont aucun.{plus} Le tableau qui suit donne les mêmes nombres.")
}

/// Days, or that there are none.
pub fn jours(jours: Option<i64>) -> String {
    jours.map_or_else(|| commun::NON_MESURE.to_owned(), commun::jours)
}

/// Trainings financed against those aimed at.
pub fn vises(departs: i64, cible: i64) -> String {
    format!("{} sur {} visés", commun::nombre(departs), commun::nombre(cible))
}

/// What a link opens, read out of its context.
pub fn ouvrir(nombre: i64, quoi: &str) -> String {
    format!("{} : {quoi}, ouvrir dans le tableau", commun::nombre(nombre))
}
