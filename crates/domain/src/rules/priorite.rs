//! Rule ELI-11: the public for whom the trainings are first meant. Ranks, never blocks.

use crate::demande::{Colonne, Ligne, OuiNon, StatutProfessionnel};
use crate::rules::contexte::{Contexte, constat, preuve};
use crate::rules::{Constat, Verdict};
use crate::text::fr::regles as phrases;

/// Types of structure of local authorities and of the State.
const TYPES_PUBLICS: [&str; 9] = [
    "france_services",
    "ccas",
    "cias",
    "municipalites",
    "communaute_de_communes",
    "epci",
    "conseil_departemental",
    "maisons_departementales_solidarites",
    "prefecture_sous_prefecture",
];
/// Professions named by the beneficiaries' guide, folded.
const PROFESSIONS: [&str; 15] = [
    "france services",
    "france service",
    "travailleur social",
    "travailleuse sociale",
    "travail social",
    "assistant social",
    "assistante sociale",
    "assistant de service social",
    "assistante de service social",
    "conseiller en economie sociale",
    "conseillere en economie sociale",
    "secretaire de mairie",
    "secretaire general de mairie",
    "accueil",
    "numerique",
];

/// Rank of a row among those that wait: 0 when both the structure and the profession are of the priority public, 1
/// when one of them is, 2 otherwise.
pub fn rang_priorite(ligne: &Ligne) -> u8 {
    rang(&Contexte::new(ligne))
}

/// As [`rang_priorite`], of a row already read.
fn rang(c: &Contexte<'_>) -> u8 {
    let structure = TYPES_PUBLICS.contains(&c.ligne.get(Colonne::StructureType))
        || c.reponse(Colonne::LabelFranceServices) == Some(OuiNon::Oui)
        || c.siret.is_ok_and(|siret| siret.siren().est_public());
    let elu = c.est_numerique() && c.statut == Some(StatutProfessionnel::Elu);
    let profession =
        elu || c.profession_contient(&PROFESSIONS) || c.profession_commence(&["secretaire generale de mairie"]);
    2 - u8::from(structure) - u8::from(profession)
}

/// ELI-11.
pub(super) fn eli_11(c: &Contexte<'_>) -> Constat {
    let phrase = match rang(c) {
        0 => phrases::PRIORITE_FORTE,
        1 => phrases::PRIORITE_MOYENNE,
        _ => phrases::PRIORITE_AUCUNE,
    };
    let valeur = c.ligne.get(Colonne::Profession);
    constat("ELI-11", Verdict::Ok, phrase, Colonne::Profession, preuve(phrases::SOURCE_GUIDE, "", valeur))
}
