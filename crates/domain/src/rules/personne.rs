//! Rules about the person: status (ELI-1, ELI-8), conseiller numérique (ELI-2), regular help (ELI-7).

use crate::demande::{Colonne, Financement, OuiNon, StatutProfessionnel};
use crate::rules::boites::est_domaine_ferme;
use crate::rules::contexte::Contexte;
use crate::rules::{Constat, Verdict};
use crate::text::fr::regles as phrases;

/// Professions that contradict a declared status of salaried.
const NON_PROFESSIONNELS: [&str; 8] =
    ["benevole", "service civique", "volontaire", "stagiaire", "apprenti", "apprentie", "alternant", "alternante"];
/// Professions of elected people.
const ELUS: [&str; 13] = [
    "elu",
    "elue",
    "maire",
    "maire adjoint",
    "adjoint au maire",
    "adjointe au maire",
    "conseiller municipal",
    "conseillere municipale",
    "conseiller communautaire",
    "conseillere communautaire",
    "conseiller departemental",
    "conseillere departementale",
    "1er adjoint",
];

/// ELI-1: volunteers and service civique are not professionals; nor, for Aidants Connect, apprentices and trainees.
pub(super) fn eli_1(c: &Contexte<'_>) -> Option<Constat> {
    let (verdict, phrase) = match c.statut {
        None => (Verdict::AVerifier, phrases::STATUT_INCONNU),
        Some(StatutProfessionnel::Benevole) => (Verdict::Bloquant, phrases::STATUT_BENEVOLE),
        Some(StatutProfessionnel::ServiceCivique) => (Verdict::Bloquant, phrases::STATUT_SERVICE_CIVIQUE),
        Some(StatutProfessionnel::Apprenti | StatutProfessionnel::Stagiaire) if c.est_numerique() => {
            (Verdict::Ok, phrases::STATUT_FORME_NUMERIQUE)
        }
        Some(StatutProfessionnel::Apprenti) => (c.bloquant_connect(), phrases::STATUT_APPRENTI),
        Some(StatutProfessionnel::Stagiaire) => (c.bloquant_connect(), phrases::STATUT_STAGIAIRE),
        // ELI-8 speaks of elected people.
        Some(StatutProfessionnel::Elu) => return None,
        Some(StatutProfessionnel::Salarie) if c.profession_commence(&NON_PROFESSIONNELS) => {
            return Some(c.constat("ELI-1", Verdict::AVerifier, phrases::STATUT_CONTREDIT, Colonne::Profession));
        }
        Some(StatutProfessionnel::Salarie) => (Verdict::Ok, phrases::STATUT_SALARIE),
    };
    Some(c.constat("ELI-1", verdict, phrase, Colonne::StatutProfessionnel))
}

/// ELI-2: a conseiller numérique is trained by its own market, not by an envelope.
pub(super) fn eli_2(c: &Contexte<'_>) -> Constat {
    let (verdict, phrase) = match (c.reponse(Colonne::ConseillerNumerique), c.financement) {
        (Some(OuiNon::Oui), Some(Financement::Enveloppe)) => (Verdict::Bloquant, phrases::CONUM_ENVELOPPE),
        (Some(OuiNon::Oui), Some(_)) => (Verdict::Ok, phrases::CONUM_AUTRE_FINANCEMENT),
        (Some(OuiNon::Oui), None) => (Verdict::AVerifier, phrases::CONUM_FINANCEMENT_INCONNU),
        (Some(OuiNon::Non), _) if semble_conseiller(c) => (Verdict::AVerifier, phrases::CONUM_CONTREDIT),
        (Some(OuiNon::Non), _) => (Verdict::Ok, phrases::CONUM_NON),
        (None, _) => (Verdict::AVerifier, phrases::CONUM_INCONNU),
    };
    c.constat("ELI-2", verdict, phrase, Colonne::ConseillerNumerique)
}

/// The profession or the address is that of a conseiller numérique.
fn semble_conseiller(c: &Contexte<'_>) -> bool {
    let domaine = c.ligne.get(Colonne::Email).rsplit_once('@').map_or("", |(_, domaine)| domaine);
    est_domaine_ferme(domaine) || c.profession_contient(&["conseiller numerique", "conseillere numerique", "cnfs"])
}

/// ELI-7: salaried by the structure and regularly helps with online procedures (Aidants Connect).
pub(super) fn eli_7(c: &Contexte<'_>) -> Option<Constat> {
    if c.est_numerique() {
        return None;
    }
    let (verdict, phrase) = match (c.reponse(Colonne::AccompagneDemarches), c.statut) {
        (Some(OuiNon::Non), _) => (c.bloquant_connect(), phrases::ACCOMPAGNE_NON),
        (None, _) => (Verdict::AVerifier, phrases::ACCOMPAGNE_INCONNU),
        (Some(OuiNon::Oui), Some(StatutProfessionnel::Salarie)) => (Verdict::Ok, phrases::ACCOMPAGNE_OUI),
        (Some(OuiNon::Oui), _) => (Verdict::AVerifier, phrases::ACCOMPAGNE_NON_SALARIE),
    };
    Some(c.constat("ELI-7", verdict, phrase, Colonne::AccompagneDemarches))
}

/// ELI-8: elected people follow Aidants Numériques only.
pub(super) fn eli_8(c: &Contexte<'_>) -> Option<Constat> {
    if c.statut == Some(StatutProfessionnel::Elu) {
        let (verdict, phrase) = if c.est_numerique() {
            (Verdict::Ok, phrases::ELU_NUMERIQUE)
        } else {
            (c.bloquant_connect(), phrases::ELU_CONNECT)
        };
        return Some(c.constat("ELI-8", verdict, phrase, Colonne::StatutProfessionnel));
    }
    if c.est_numerique() {
        return None;
    }
    if c.profession_commence(&ELUS) {
        return Some(c.constat("ELI-8", Verdict::AVerifier, phrases::ELU_PROFESSION, Colonne::Profession));
    }
    // Without a declared status ELI-1 already asks for it.
    c.statut.map(|_| c.constat("ELI-8", Verdict::Ok, phrases::ELU_NON, Colonne::StatutProfessionnel))
}
