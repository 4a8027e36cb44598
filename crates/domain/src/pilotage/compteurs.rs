//! What the dashboards count of each demande, and the differences that a change makes: pure, so that the server that keeps the
//! counters and the recount that checks them cannot disagree.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::jalons::{Jalon, Jalons, Passage};
use crate::demande::choix::{Presence, choix};
use crate::demande::{Colonne, Etape, Ligne};
use crate::enveloppe::est_financee;
use crate::values::type_structure::TypeStructure;
use serde::{Deserialize, Serialize};

choix! {
    /// What a dashboard covers.
    Etendue {
        /// One envelope.
        Enveloppe = "enveloppe",
        /// The demandes of one département.
        Departement = "departement",
        /// All of them.
        National = "national",
    }
}

choix! {
    /// What a counter counts.
    Mesure {
        /// Demandes at a stage.
        Etape = "etape",
        /// Financed demandes at a stage.
        Depart = "depart",
        /// Financed demandes that attended.
        Suivi = "suivi",
        /// Demandes of a type of structure.
        Structure = "structure",
        /// Demandes that have reached a milestone.
        Jalon = "jalon",
        /// Demandes whose financing is refused, by reason.
        RefusFinancement = "refus_financement",
        /// Demandes whose eligibility is refused, by reason.
        RefusEligibilite = "refus_eligibilite",
        /// Demandes that took so many days from one milestone to another.
        Delai = "delai",
    }
}

/// What one counter counts, wherever it is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cle {
    /// What it counts.
    pub mesure: Mesure,
    /// Stage, type of structure, milestone, reason, passage.
    pub valeur: Cow<'static, str>,
    /// Whole days of a delay; 0 for the rest.
    pub jours: i64,
}

/// A row as the dashboards know it.
#[derive(Clone, Copy, Debug)]
pub struct Suivie<'a> {
    /// Its columns.
    pub ligne: &'a Ligne,
    /// Its milestones.
    pub jalons: &'a Jalons,
    /// Whether it is deleted: it then counts nowhere.
    pub supprimee: bool,
}

impl Suivie<'_> {
    /// The counters in which it stands, once each.
    fn cles(&self, mut poser: impl FnMut(Mesure, Cow<'static, str>, i64)) {
        let ligne = self.ligne;
        let etape = Etape::parse(ligne.get(Colonne::Etape)).unwrap_or(Etape::Recue);
        poser(Mesure::Etape, etape.as_str().into(), 0);
        if est_financee(ligne, false) {
            poser(Mesure::Depart, etape.as_str().into(), 0);
            if ligne.get(Colonne::Presence) == Presence::Present.as_str() {
                poser(Mesure::Suivi, "".into(), 0);
            }
        }
        let genre = ligne.get(Colonne::StructureType);
        let genre = TypeStructure::par_code(genre).map_or_else(|| genre.to_owned().into(), |connu| connu.code.into());
        poser(Mesure::Structure, genre, 0);
        for jalon in Jalon::ALL.iter().filter(|jalon| jalon.atteint(ligne)) {
            poser(Mesure::Jalon, jalon.as_str().into(), 0);
        }
        match etape {
            Etape::FinancementRefuse => poser(Mesure::RefusFinancement, self.jalons.motif.clone().into(), 0),
            Etape::EligibiliteRefusee => poser(Mesure::RefusEligibilite, self.jalons.motif.clone().into(), 0),
            _ => {}
        }
        if *self.jalons != Jalons::default() {
            for passage in Passage::ALL {
                if let Some(jours) = self.jalons.duree(*passage, ligne) {
                    poser(Mesure::Delai, passage.as_str().into(), jours);
                }
            }
        }
    }
}

/// A difference to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecart {
    /// What the counter covers.
    pub etendue: Etendue,
    /// Which envelope or département; empty for the whole.
    pub lieu: String,
    /// What it counts.
    pub cle: Cle,
    /// How many more, or fewer.
    pub nombre: i64,
}

/// The envelope and the département of a demande; empty when it has none.
type Lieu = (String, String);

/// The differences of a change, gathered before they are written: one for each counter, however many rows there are.
#[derive(Clone, Debug, Default)]
pub struct Compteurs {
    lieux: BTreeMap<Lieu, BTreeMap<Cle, i64>>,
}

impl Compteurs {
    /// Counts a row that appears.
    pub fn ajouter(&mut self, suivie: Suivie<'_>) {
        self.compter(suivie, 1);
    }

    /// Counts a row out: as it was before it changed.
    pub fn retirer(&mut self, suivie: Suivie<'_>) {
        self.compter(suivie, -1);
    }

    fn compter(&mut self, suivie: Suivie<'_>, nombre: i64) {
        if suivie.supprimee {
            return;
        }
        let texte = |colonne| suivie.ligne.get(colonne).to_owned();
        let lieu = self.lieux.entry((texte(Colonne::EnveloppeId), texte(Colonne::Departement))).or_default();
        suivie.cles(|mesure, valeur, jours| *lieu.entry(Cle { mesure, valeur, jours }).or_default() += nombre);
    }

    /// The differences, in the order of their keys (whoever writes them takes the rows in the same order as the others); those
    /// that change nothing are left out.
    pub fn ecarts(self) -> Vec<Ecart> {
        let mut sommes: BTreeMap<(Etendue, Mesure, String), BTreeMap<Cle, i64>> = BTreeMap::new();
        for ((enveloppe, departement), compteurs) in self.lieux {
            for (cle, nombre) in compteurs.into_iter().filter(|(_, nombre)| *nombre != 0) {
                let mut sommer = |etendue, lieu: &str| {
                    let somme = sommes.entry((etendue, cle.mesure, lieu.to_owned())).or_default();
                    *somme.entry(cle.clone()).or_default() += nombre;
                };
                if !enveloppe.is_empty() {
                    sommer(Etendue::Enveloppe, &enveloppe);
                }
                sommer(Etendue::Departement, &departement);
                sommer(Etendue::National, "");
            }
        }
        let ecarts = sommes.into_iter().flat_map(|((etendue, _, lieu), sommes)| {
            let ecart = move |(cle, nombre)| Ecart { etendue, lieu: lieu.clone(), cle, nombre };
            sommes.into_iter().filter(|(_, nombre)| *nombre != 0).map(ecart)
        });
        ecarts.collect()
    }
}
