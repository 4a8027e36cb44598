//! The check of each field of a candidature: by the values of the trade, with their codes and sentences.

use std::borrow::Cow;
use std::collections::HashMap;

use validator::{Validate, ValidationError};

use crate::candidature::request::{NouvelleCandidature, PROFESSIONNELS_MAX, ProfessionnelSaisie, StructureSaisie};
use crate::demande::Formation;
use crate::error::FieldError;
use crate::lien::est_un_code;
use crate::text::fr::refus;
use crate::values::texte::{self, plier};
use crate::values::{
    CodeDepartement, CodeInsee, CodePostal, Email, NomPersonne, Refus, Siret, Telephone, TypeStructure,
};

/// Longest name of a structure, longest address.
pub(super) const LONG: usize = 255;
/// Longest profession, longest city.
pub(super) const MOYEN: usize = 150;
/// Longest habilitation number.
pub(super) const NUMERO: usize = 40;
/// Longest identifier of an envelope.
const ENVELOPPE: usize = 64;

/// Fields of the structure, in the order of the form.
pub(super) const STRUCTURE: [&str; 9] = [
    "nom",
    "type_structure",
    "email_contact",
    "adresse",
    "code_postal",
    "ville",
    "code_insee",
    "siret",
    "numero_habilitation",
];
/// Fields of the référent, in the order of the form.
pub(super) const REFERENT: [&str; 5] = ["nom", "prenom", "profession", "email", "telephone"];
/// Fields of a professional, in the order of the form.
pub(super) const PROFESSIONNEL: [&str; 5] = ["nom", "prenom", "email", "profession", "formations"];

type Controle = Result<(), ValidationError>;

/// A refusal in the form the `validator` derive carries.
fn controle<T>(resultat: Result<T, Refus>) -> Controle {
    resultat.map(|_| ()).map_err(|refus| {
        let mut erreur = ValidationError::new(refus.code);
        erreur.message = Some(Cow::Borrowed(refus.message));
        erreur
    })
}

/// As [`controle`], when the text may be left empty.
fn facultatif<T>(texte: &str, lire: impl Fn(&str) -> Result<T, Refus>) -> Controle {
    if texte.is_empty() { Ok(()) } else { controle(lire(texte)) }
}

pub(super) fn enveloppe(texte: &str) -> Controle {
    let forme =
        texte.len() <= ENVELOPPE && texte.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    controle(if forme { Ok(()) } else { Err(refus::ENVELOPPE_FORME) })
}

/// An empty code is none.
pub(super) fn lien(texte: &str) -> Controle {
    controle(if texte.is_empty() || est_un_code(texte) { Ok(()) } else { Err(refus::LIEN_FORME) })
}

/// A link names its envelope: another one beside it would leave a doubt.
pub(super) fn lien_seul(saisie: &NouvelleCandidature) -> Option<FieldError> {
    let donne = |valeur: &Option<String>| valeur.as_deref().is_some_and(|texte| !texte.is_empty());
    let refus = refus::LIEN_OU_ENVELOPPE;
    (donne(&saisie.lien) && donne(&saisie.enveloppe)).then(|| refus.au_champ("/lien"))
}

pub(super) fn professionnels(liste: &[ProfessionnelSaisie]) -> Controle {
    controle(match liste.len() {
        0 => Err(refus::PROFESSIONNELS_AUCUN),
        1..=PROFESSIONNELS_MAX => Ok(()),
        _ => Err(refus::PROFESSIONNELS_TROP),
    })
}

pub(super) fn formations(liste: &[Formation]) -> Controle {
    controle(match liste {
        [] => Err(refus::FORMATIONS_AUCUNE),
        [_] => Ok(()),
        [a, b] if a != b => Ok(()),
        _ => Err(refus::FORMATIONS_REPETEES),
    })
}

pub(super) fn texte_long(valeur: &str) -> Controle {
    controle(texte::texte_obligatoire(valeur, LONG))
}

pub(super) fn texte_moyen(valeur: &str) -> Controle {
    controle(texte::texte_obligatoire(valeur, MOYEN))
}

pub(super) fn texte_facultatif(valeur: &str) -> Controle {
    controle(texte::texte_facultatif(valeur, MOYEN))
}

pub(super) fn numero_habilitation(valeur: &str) -> Controle {
    controle(texte::texte_facultatif(valeur, NUMERO))
}

pub(super) fn type_structure(code: &str) -> Controle {
    controle(match TypeStructure::par_code(code) {
        Some(_) => Ok(()),
        None if code.trim().is_empty() => Err(refus::TYPE_STRUCTURE_VIDE),
        None => Err(refus::TYPE_STRUCTURE_INCONNU),
    })
}

pub(super) fn email(texte: &str) -> Controle {
    controle(Email::parse(texte))
}

pub(super) fn email_facultatif(texte: &str) -> Controle {
    facultatif(texte, Email::parse)
}

pub(super) fn telephone_facultatif(texte: &str) -> Controle {
    facultatif(texte, Telephone::parse)
}

pub(super) fn nom(texte: &str) -> Controle {
    controle(NomPersonne::parse(texte))
}

pub(super) fn nom_facultatif(texte: &str) -> Controle {
    facultatif(texte, NomPersonne::parse)
}

pub(super) fn code_postal(texte: &str) -> Controle {
    controle(CodePostal::parse(texte))
}

pub(super) fn code_insee(texte: &str) -> Controle {
    facultatif(texte, CodeInsee::parse)
}

pub(super) fn siret(texte: &str) -> Controle {
    controle(Siret::parse(texte))
}

/// Adds the refused fields of an object, in the order given, at `base`.
pub(super) fn relever(objet: &impl Validate, base: &str, ordre: &[&str], erreurs: &mut Vec<FieldError>) {
    let Err(refuses) = objet.validate() else {
        return;
    };
    let par_champ = refuses.field_errors();
    for champ in ordre {
        for erreur in par_champ.get(*champ).into_iter().copied().flatten() {
            let message = erreur.message.clone().unwrap_or_default();
            erreurs.push(FieldError::new(format!("{base}/{champ}"), erreur.code.clone(), message));
        }
    }
}

/// A postal code that leads to no département is refused, unless the INSEE code says where the structure is.
pub(super) fn commune_coherente(structure: &StructureSaisie) -> Option<FieldError> {
    let code_postal = CodePostal::parse(&structure.code_postal).ok()?;
    let insee = structure.code_insee.as_deref().unwrap_or_default();
    let inconnu = insee.is_empty() && CodeDepartement::deviner(code_postal.as_str()).is_none();
    inconnu.then(|| refus::CODE_POSTAL_DEPARTEMENT.au_champ("/structure/code_postal"))
}

/// The professionals who bear the address of one before them: another person, or the same one twice.
pub(super) fn doublons(professionnels: &[ProfessionnelSaisie]) -> Vec<FieldError> {
    let mut premiers: HashMap<String, String> = HashMap::new();
    let mut erreurs = Vec::new();
    for (rang, professionnel) in professionnels.iter().take(PROFESSIONNELS_MAX).enumerate() {
        let Ok(email) = Email::parse(&professionnel.email) else {
            continue;
        };
        let personne = plier(&format!("{} {}", professionnel.prenom, professionnel.nom));
        match premiers.get(email.as_str()) {
            None => {
                premiers.insert(email.as_str().to_owned(), personne);
            }
            Some(premier) => {
                let meme = *premier == personne;
                let refus = if meme { refus::PROFESSIONNEL_REPETE } else { refus::PROFESSIONNEL_EMAIL_PARTAGE };
                erreurs.push(refus.au_champ(format!("/professionnels/{rang}/email")));
            }
        }
    }
    erreurs
}
