//! The accounts of the envelopes that a change touches: each row is entered as it was and as it becomes, then the whole is
//! checked against the amounts and written as differences.

use std::collections::BTreeMap;

use super::EtatEnveloppe;
use super::solde::{Depassement, Poids, Solde, Tarifs, est_en_attente, est_financee};
use crate::demande::{Colonne, Ligne};

/// The account of one envelope, as it is read before a change.
#[derive(Clone, Debug)]
pub struct Compte {
    /// Where it stands.
    pub etat: EtatEnveloppe,
    /// Amount, engaged, consumed, départs.
    pub solde: Solde,
    /// Prices.
    pub tarifs: Tarifs,
    /// Last number given on its waiting list.
    pub file: i64,
    /// Trainings aimed at.
    pub cible: i64,
}

impl Compte {
    /// Whether somebody may be waiting for its money, and be served: it is open, and its list has been entered.
    pub fn peut_servir(&self) -> bool {
        self.etat == EtatEnveloppe::Ouverte && self.file > 0
    }
}

/// A row on one side of a change.
#[derive(Clone, Copy, Debug)]
pub struct Inscription<'a> {
    /// Its columns.
    pub ligne: &'a Ligne,
    /// Whether it is deleted.
    pub supprimee: bool,
    /// The price granted, in cents; 0 when nothing is.
    pub prix: i64,
    /// Its number on the waiting list; 0 when it is not there.
    pub attente: i64,
}

/// What a row takes with it from a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prise {
    /// The price granted, in cents; 0 when nothing is.
    pub prix: i64,
    /// Its number on the waiting list; 0 when it is not there.
    pub attente: i64,
}

/// What a change adds to an envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ecart {
    /// More, or less, départs, engaged and consumed.
    pub poids: Poids,
    /// Numbers given on the waiting list.
    pub entrees: i64,
}

/// The accounts of the envelopes that a change touches.
#[derive(Clone, Debug, Default)]
pub struct Registre {
    comptes: BTreeMap<String, (Compte, Ecart)>,
}

impl Registre {
    /// The accounts, as they are read before the change.
    pub fn new(comptes: impl IntoIterator<Item = (String, Compte)>) -> Self {
        Self { comptes: comptes.into_iter().map(|(id, compte)| (id, (compte, Ecart::default()))).collect() }
    }

    /// Whether entering a row needs the account of its envelope: neither is financed nor waits, nothing is to be counted.
    pub fn concerne(ligne: &Ligne, supprimee: bool) -> bool {
        est_financee(ligne, supprimee) || est_en_attente(ligne, supprimee)
    }

    /// The account of an envelope, with what was entered so far.
    pub fn compte(&self, enveloppe: &str) -> Option<Compte> {
        let (compte, ecart) = self.comptes.get(enveloppe)?;
        let pris = compte.solde.pris.plus(ecart.poids);
        let solde = Solde { pris, ..compte.solde };
        Some(Compte { solde, file: compte.file + ecart.entrees, ..compte.clone() })
    }

    /// What a row will cost: the price granted while nothing it depends on changes, else that of the tariff (ENV-2).
    pub fn prix(&self, avant: Option<Inscription>, ligne: &Ligne) -> i64 {
        let inchange = |colonne| avant.is_some_and(|avant| avant.ligne.get(colonne) == ligne.get(colonne));
        let garde = avant.is_some_and(|avant| est_financee(avant.ligne, avant.supprimee))
            && [Colonne::EnveloppeId, Colonne::Formation, Colonne::Organisme].into_iter().all(inchange);
        match avant {
            Some(avant) if garde => avant.prix,
            _ => self.comptes.get(ligne.get(Colonne::EnveloppeId)).map_or(0, |(compte, _)| compte.tarifs.prix(ligne)),
        }
    }

    /// Enters a row as it was (none for a new one) and as it becomes; answers its price and its number on the waiting list.
    pub fn inscrire(&mut self, avant: Option<Inscription>, ligne: &Ligne, supprimee: bool) -> Prise {
        let prix = if est_financee(ligne, supprimee) { self.prix(avant, ligne) } else { 0 };
        if let Some(avant) = avant {
            let ancien = Poids::de_ligne(avant.ligne, avant.supprimee, avant.prix);
            self.ajouter(avant.ligne.get(Colonne::EnveloppeId), Poids::default().moins(ancien));
        }
        self.ajouter(ligne.get(Colonne::EnveloppeId), Poids::de_ligne(ligne, supprimee, prix));
        Prise { prix, attente: self.attente(avant, ligne, supprimee) }
    }

    /// Who waits already keeps the place; a deleted row keeps it too, should it be restored.
    fn attente(&mut self, avant: Option<Inscription>, ligne: &Ligne, supprimee: bool) -> i64 {
        let ici = ligne.get(Colonne::EnveloppeId);
        let tenue = avant.filter(|avant| avant.ligne.get(Colonne::EnveloppeId) == ici).map_or(0, |avant| avant.attente);
        if !est_en_attente(ligne, false) {
            return 0;
        }
        if tenue > 0 || supprimee {
            return tenue;
        }
        let Some((compte, ecart)) = self.comptes.get_mut(ici) else { return 0 };
        ecart.entrees += 1;
        compte.file + ecart.entrees
    }

    fn ajouter(&mut self, enveloppe: &str, poids: Poids) {
        if let Some((_, ecart)) = self.comptes.get_mut(enveloppe) {
            ecart.poids = ecart.poids.plus(poids);
        }
    }

    /// Refuses what is engaged beyond an amount; giving money back is never refused.
    pub fn verifier(&self) -> Result<(), Depassement> {
        self.comptes.values().try_for_each(|(compte, ecart)| compte.solde.tient(ecart.poids.engage))
    }

    /// The accounts to which what was entered gives money back while somebody may be waiting for it, as they then are.
    pub fn liberees(&self) -> impl Iterator<Item = (&str, Compte)> {
        let rendues = self.comptes.iter().filter(|(_, (_, ecart))| ecart.poids.engage < 0);
        let comptes = rendues.filter_map(|(id, _)| Some((id.as_str(), self.compte(id)?)));
        comptes.filter(|(_, compte)| compte.peut_servir())
    }

    /// The differences to write, by envelope; those that change nothing are left out.
    pub fn ecarts(&self) -> impl Iterator<Item = (&str, Ecart)> {
        let changes = self.comptes.iter().filter(|(_, (_, ecart))| *ecart != Ecart::default());
        changes.map(|(id, (_, ecart))| (id.as_str(), *ecart))
    }
}
