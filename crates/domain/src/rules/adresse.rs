//! Rule ELI-4, the verdict: what the reading of the address is worth for this training and this financing.

use crate::demande::Colonne;
use crate::rules::contexte::Contexte;
use crate::rules::email_nominatif::{Domaine, Forme, Lecture, Reperes, lire};
use crate::rules::faits::FaitsInternes;
use crate::rules::{Constat, Verdict};
use crate::text::fr::regles as phrases;

/// ELI-4: a nominative address, one per person. Whether another person bears it is known inside only.
pub(super) fn eli_4(c: &Contexte<'_>, internes: Option<&FaitsInternes>) -> Constat {
    let reperes = Reperes {
        prenom: c.ligne.get(Colonne::Prenom),
        nom: c.ligne.get(Colonne::Nom),
        ville: c.ligne.get(Colonne::Ville),
        structure: c.ligne.get(Colonne::StructureNom),
    };
    let (verdict, phrase) = juger(c, lire(c.ligne.get(Colonne::Email), &reperes));
    let partagee = internes.is_some_and(|faits| faits.email_autre_personne);
    if partagee && verdict < Verdict::Bloquant {
        return c.constat("ELI-4", Verdict::AVerifier, phrases::EMAIL_AUTRE_PERSONNE, Colonne::Email);
    }
    c.constat("ELI-4", verdict, phrase, Colonne::Email)
}

/// Only a closed domain and a shared box refuse; everything else that is not proven is a doubt, with its reason.
fn juger(c: &Contexte<'_>, lecture: Lecture) -> (Verdict, &'static str) {
    let doute = |phrase| (Verdict::AVerifier, phrase);
    match (lecture.domaine, lecture.forme) {
        (Domaine::Ferme, _) => (c.bloquant_enveloppe(), phrases::EMAIL_DOMAINE_FERME),
        (_, Forme::Generique) => (c.bloquant_connect(), phrases::EMAIL_GENERIQUE),
        (_, Forme::Absente) => doute(phrases::EMAIL_ABSENT),
        (_, Forme::Illisible) => doute(phrases::EMAIL_ILLISIBLE),
        (_, Forme::SansNom) => doute(phrases::EMAIL_SANS_NOM),
        (_, Forme::GeneriqueDouteuse) => doute(phrases::EMAIL_GENERIQUE_DOUTEUX),
        (_, Forme::Autre) => doute(phrases::EMAIL_AUTRE),
        (_, Forme::EnPartie) => doute(phrases::EMAIL_EN_PARTIE),
        (Domaine::Messagerie, _) => doute(phrases::EMAIL_MESSAGERIE),
        (Domaine::Structure, Forme::Nominative) => (Verdict::Ok, phrases::EMAIL_NOMINATIF),
        (Domaine::Structure, Forme::Abregee) => doute(phrases::EMAIL_ABREGE),
        (Domaine::Structure, Forme::NomSeul) => doute(phrases::EMAIL_NOM_SEUL),
        (Domaine::Structure, Forme::PrenomSeul) => doute(phrases::EMAIL_PRENOM_SEUL),
        (Domaine::Structure, Forme::Initiales) => doute(phrases::EMAIL_INITIALES),
    }
}
