//! Rules about the structure: OPCO (ELI-3), SIRET (ELI-9), référent (ELI-6).

use crate::demande::{Colonne, Financement};
use crate::rules::contexte::{Contexte, constat, preuve};
use crate::rules::faits::{FaitAbsent, FaitOpco, FaitsExternes, MotifAbsence};
use crate::rules::{Constat, Verdict};
use crate::text::fr::regles as phrases;
use crate::values::{Email, Siret, Telephone};

/// Collectivities of the Pacific, whose companies have a RIDET or a TAHITI number instead of a SIRET.
const PACIFIQUE: [&str; 3] = ["986", "987", "988"];

/// ELI-3: the envelope does not pay for private structures of the OPCO Uniformation. Says nothing of other financings.
pub(super) fn eli_3(c: &Contexte<'_>, externes: &FaitsExternes) -> Option<Constat> {
    if c.financement.is_some_and(|financement| financement != Financement::Enveloppe) {
        return None;
    }
    let siret = c.siret.ok();
    let registre = externes.registre.as_ref().filter(|fait| !fait.droit_public.is_empty());
    let public = externes.commune_siren == Some(true)
        || registre.is_some()
        || siret.is_some_and(|siret| siret.siren().est_public());
    Some(match (&externes.opco, siret) {
        (Some(fait), _) if !est_inconnu(fait) => opco_connu(c, fait, public),
        (_, Some(siret)) if public => match registre {
            Some(fait) => {
                let preuve = preuve(&fait.source, &fait.date, fait.droit_public.as_str());
                constat("ELI-3", Verdict::Ok, phrases::OPCO_PUBLIC, Colonne::Siret, preuve)
            }
            None => employeur_public(siret),
        },
        (Some(fait), Some(_)) if !fait.valeur.is_empty() => {
            let preuve = preuve(&fait.source, &fait.date, fait.valeur.as_str());
            constat("ELI-3", Verdict::AVerifier, phrases::OPCO_DOUTEUX, Colonne::Siret, preuve)
        }
        (_, Some(_)) => match &externes.opco_absent {
            Some(absent) => non_verifie("ELI-3", phrases::OPCO_NON_VERIFIE, absent),
            None => c.constat("ELI-3", Verdict::AVerifier, phrases::OPCO_INCONNU, Colonne::Siret),
        },
        (_, None) => c.constat("ELI-3", Verdict::AVerifier, phrases::OPCO_SANS_SIRET, Colonne::Siret),
    })
}

/// A constat about a fact that was looked for and is not known: never in order.
fn non_verifie(regle: &str, phrase: &str, absent: &FaitAbsent) -> Constat {
    let valeur = match absent.motif {
        MotifAbsence::EnAttente | MotifAbsence::Echec => phrases::NON_VERIFIE,
        MotifAbsence::Inconnu => phrases::INCONNU_DE_LA_SOURCE,
    };
    constat(regle, Verdict::AVerifier, phrase, Colonne::Siret, preuve(&absent.source, &absent.date, valeur))
}

/// The source itself says that it does not know.
fn est_inconnu(fait: &FaitOpco) -> bool {
    let code = fait.code.trim();
    code.is_empty() || ["n/c", "nc", "inconnu", "99"].iter().any(|mot| code.eq_ignore_ascii_case(mot))
}

/// A public-law employer contributes to no OPCO.
fn employeur_public(siret: Siret) -> Constat {
    let siren = siret.siren();
    let preuve = preuve(phrases::SOURCE_SIREN_PUBLIC, "", siren.as_str());
    constat("ELI-3", Verdict::Ok, phrases::OPCO_PUBLIC, Colonne::Siret, preuve)
}

/// What a known OPCO implies.
fn opco_connu(c: &Contexte<'_>, fait: &FaitOpco, public: bool) -> Constat {
    let uniformation = fait.code.trim().get(..12).is_some_and(|debut| debut.eq_ignore_ascii_case("uniformation"));
    let (verdict, phrase) = match (uniformation, fait.confirme, public) {
        // The exclusion is about private structures; a public one under Uniformation is rare, and looked at.
        (true, _, true) => (Verdict::AVerifier, phrases::OPCO_PUBLIC_UNIFORMATION),
        (true, true, false) => (c.bloquant_enveloppe(), phrases::OPCO_UNIFORMATION),
        (true, false, false) => (Verdict::AVerifier, phrases::OPCO_UNIFORMATION_PRESUME),
        (false, _, true) => (Verdict::Ok, phrases::OPCO_PUBLIC),
        (false, true, false) => (Verdict::Ok, phrases::OPCO_AUTRE),
        (false, false, false) => (Verdict::AVerifier, phrases::OPCO_AUTRE_PRESUME),
    };
    constat("ELI-3", verdict, phrase, Colonne::Siret, preuve(&fait.source, &fait.date, fait.valeur.as_str()))
}

/// ELI-9: a SIRET that is right and whose establishment is open.
pub(super) fn eli_9(c: &Contexte<'_>, externes: &FaitsExternes) -> Constat {
    let saisi = c.ligne.get(Colonne::Siret).trim();
    let siret = match c.siret {
        Ok(siret) => siret,
        Err(_) if saisi.is_empty() => {
            return c.constat("ELI-9", Verdict::AVerifier, phrases::SIRET_ABSENT, Colonne::Siret);
        }
        Err(_) if PACIFIQUE.contains(&c.ligne.get(Colonne::Departement)) => {
            return c.constat("ELI-9", Verdict::AVerifier, phrases::SIRET_PACIFIQUE, Colonne::Siret);
        }
        Err(refus) => return c.constat("ELI-9", Verdict::Bloquant, refus.message, Colonne::Siret),
    };
    if let Some(registre) = &externes.registre {
        let (verdict, phrase) = if registre.ouvert {
            (Verdict::Ok, phrases::SIRET_OUVERT)
        } else {
            (Verdict::Bloquant, phrases::SIRET_FERME)
        };
        let preuve = preuve(&registre.source, &registre.date, siret.as_str());
        return constat("ELI-9", verdict, phrase, Colonne::Siret, preuve);
    }
    if externes.commune_siren == Some(true) {
        let preuve = preuve(phrases::SOURCE_COG, phrases::DATE_COG, siret.siren().as_str());
        return constat("ELI-9", Verdict::Ok, phrases::SIRET_COMMUNE, Colonne::Siret, preuve);
    }
    match &externes.registre_absent {
        Some(absent) => {
            let phrase = match absent.motif {
                MotifAbsence::EnAttente => phrases::SIRET_EN_ATTENTE,
                MotifAbsence::Echec => phrases::SIRET_SANS_REPONSE,
                MotifAbsence::Inconnu => phrases::SIRET_INCONNU,
            };
            non_verifie("ELI-9", phrase, absent)
        }
        None => c.constat("ELI-9", Verdict::AVerifier, phrases::SIRET_A_CONFIRMER, Colonne::Siret),
    }
}

/// ELI-6: the référent is filled in (Aidants Connect).
pub(super) fn eli_6(c: &Contexte<'_>) -> Option<Constat> {
    if c.est_numerique() {
        return None;
    }
    const CHAMPS: [Colonne; 5] = [
        Colonne::ReferentNom,
        Colonne::ReferentPrenom,
        Colonne::ReferentProfession,
        Colonne::ReferentEmail,
        Colonne::ReferentTelephone,
    ];
    if let Some(vide) = CHAMPS.into_iter().find(|champ| c.ligne.get(*champ).trim().is_empty()) {
        return Some(c.constat("ELI-6", c.bloquant_connect(), phrases::referent_manquant(vide), vide));
    }
    if Email::parse(c.ligne.get(Colonne::ReferentEmail)).is_err() {
        let phrase = phrases::REFERENT_EMAIL_ILLISIBLE;
        return Some(c.constat("ELI-6", Verdict::AVerifier, phrase, Colonne::ReferentEmail));
    }
    let mobile = Telephone::parse(c.ligne.get(Colonne::ReferentTelephone)).is_ok_and(|numero| numero.est_mobile());
    let (verdict, phrase) = if mobile {
        (Verdict::Ok, phrases::REFERENT_COMPLET)
    } else {
        (Verdict::AVerifier, phrases::REFERENT_PAS_MOBILE)
    };
    Some(c.constat("ELI-6", verdict, phrase, Colonne::ReferentTelephone))
}
