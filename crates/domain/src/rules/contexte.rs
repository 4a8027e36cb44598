//! What every rule needs of a row, read once.

use crate::demande::{Colonne, Financement, Formation, Ligne, OuiNon, StatutProfessionnel};
use crate::rules::{Constat, Preuve, Verdict};
use crate::values::{Refus, Siret, plier};

/// A row under examination.
pub(super) struct Contexte<'a> {
    /// The row.
    pub ligne: &'a Ligne,
    /// Its training, when known.
    pub formation: Option<Formation>,
    /// Who pays, when known.
    pub financement: Option<Financement>,
    /// Status of the person, when declared.
    pub statut: Option<StatutProfessionnel>,
    /// Its profession, folded.
    pub profession: String,
    /// SIRET of the structure, or why it is not one.
    pub siret: Result<Siret, Refus>,
}

impl<'a> Contexte<'a> {
    /// Reads a row. What is not understood is unknown.
    pub fn new(ligne: &'a Ligne) -> Self {
        Self {
            ligne,
            formation: Formation::parse(ligne.get(Colonne::Formation)),
            financement: Financement::parse(ligne.get(Colonne::Financement)),
            statut: StatutProfessionnel::parse(ligne.get(Colonne::StatutProfessionnel)),
            profession: plier(ligne.get(Colonne::Profession)),
            siret: Siret::parse(ligne.get(Colonne::Siret)),
        }
    }

    /// The training is known to be Aidants Numériques: the rules of Aidants Connect do not apply.
    pub fn est_numerique(&self) -> bool {
        self.formation == Some(Formation::AidantsNumeriques)
    }

    /// A declared answer.
    pub fn reponse(&self, colonne: Colonne) -> Option<OuiNon> {
        OuiNon::parse(self.ligne.get(colonne))
    }

    /// Blocks Aidants Connect only: a doubt for Aidants Numériques, or when the training is unknown.
    pub fn bloquant_connect(&self) -> Verdict {
        if self.formation == Some(Formation::AidantsConnect) { Verdict::Bloquant } else { Verdict::AVerifier }
    }

    /// Blocks the envelope only: a doubt when the financing is another or unknown.
    pub fn bloquant_enveloppe(&self) -> Verdict {
        if self.financement == Some(Financement::Enveloppe) { Verdict::Bloquant } else { Verdict::AVerifier }
    }

    /// The profession begins with one of these folded words or groups of words.
    pub fn profession_commence(&self, debuts: &[&str]) -> bool {
        let profession = self.profession.as_str();
        debuts.iter().any(|debut| {
            profession.strip_prefix(debut).is_some_and(|reste| !reste.starts_with(|c: char| c.is_alphanumeric()))
        })
    }

    /// The profession holds one of these folded texts.
    pub fn profession_contient(&self, textes: &[&str]) -> bool {
        textes.iter().any(|texte| self.profession.contains(texte))
    }

    /// A constat on a column, proven by the value of the row.
    pub fn constat(&self, regle: &str, verdict: Verdict, phrase: &str, colonne: Colonne) -> Constat {
        let preuve = Preuve {
            source: crate::text::fr::regles::SOURCE_DEMANDE.to_owned(),
            date: None,
            valeur: self.ligne.get(colonne).to_owned(),
        };
        constat(regle, verdict, phrase, colonne, preuve)
    }
}

/// A constat with its own proof.
pub(super) fn constat(
    regle: &str,
    verdict: Verdict,
    phrase: impl Into<String>,
    colonne: Colonne,
    preuve: Preuve,
) -> Constat {
    Constat { regle: regle.to_owned(), verdict, phrase: phrase.into(), champ: Some(colonne.nom().to_owned()), preuve }
}

/// A proof.
pub(super) fn preuve(source: &str, date: &str, valeur: impl Into<String>) -> Preuve {
    Preuve { source: source.to_owned(), date: Some(date.to_owned()).filter(|d| !d.is_empty()), valeur: valeur.into() }
}
