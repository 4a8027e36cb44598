//! Rules that read our own records, never evaluated for the public: already habilitated (ELI-5), already requested
//! (ELI-10).

use crate::demande::Colonne;
use crate::rules::contexte::{Contexte, constat, preuve};
use crate::rules::faits::{DemandeExistante, FaitsInternes};
use crate::rules::{Constat, Verdict};
use crate::text::fr::regles as phrases;

/// ELI-5: a habilitated person has free re-boarding instead of a second training (Aidants Connect).
pub(super) fn eli_5(c: &Contexte<'_>, internes: &FaitsInternes) -> Option<Constat> {
    if c.est_numerique() {
        return None;
    }
    let (verdict, phrase) = match internes.deja_habilite {
        Some(true) => (c.bloquant_connect(), phrases::DEJA_HABILITE),
        Some(false) => (Verdict::Ok, phrases::PAS_HABILITE),
        None => (Verdict::AVerifier, phrases::HABILITATION_INCONNUE),
    };
    let preuve = preuve(phrases::SOURCE_HABILITES, &internes.liste_du, c.ligne.get(Colonne::Email));
    Some(constat("ELI-5", verdict, phrase, Colonne::Email, preuve))
}

/// ELI-10: the same person has already asked for the same training. Across envelopes only the département, the
/// training and the stage are told.
pub(super) fn eli_10(c: &Contexte<'_>, internes: &FaitsInternes) -> Constat {
    let meme = |autre: &&DemandeExistante| c.formation.is_none_or(|formation| formation == autre.formation);
    let autres: Vec<&DemandeExistante> = internes.demandes_existantes.iter().filter(meme).collect();
    let Some(premiere) = autres.first() else {
        let preuve = preuve(phrases::SOURCE_DEMANDES, "", c.ligne.get(Colonne::Email));
        return constat("ELI-10", Verdict::Ok, phrases::PAS_DE_DOUBLON, Colonne::Email, preuve);
    };
    let phrase = if premiere.meme_enveloppe { phrases::DOUBLON_MEME_ENVELOPPE } else { phrases::DOUBLON_AILLEURS };
    let liste: Vec<String> =
        autres.iter().map(|d| phrases::demande_existante(&d.departement, d.formation, d.etape)).collect();
    let preuve = preuve(phrases::SOURCE_DEMANDES, "", liste.join(phrases::SEPARATEUR));
    constat("ELI-10", Verdict::AVerifier, phrase, Colonne::Email, preuve)
}
