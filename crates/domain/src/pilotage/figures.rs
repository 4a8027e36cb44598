//! A dashboard as the wire carries it, built from counters: every figure with the filter that opens its rows.

use super::compteurs::{Cle, Etendue, Mesure};
use super::delais::Histogramme;
use super::filtres::{self, Place};
use super::jalons::{DecisionRefus, Jalon, Passage};
use crate::demande::{Etape, Filtre};
use crate::enveloppe::EnveloppeResume;
use crate::values::type_structure;
use serde::{Deserialize, Serialize};

/// Reasons shown for each decision that refuses: the most given first.
const MOTIFS: usize = 20;

/// A number of demandes, and what opens them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Chiffre {
    /// How many.
    pub nombre: i64,
    /// The filter that they answer.
    pub filtre: String,
    /// The page of the table that shows them.
    pub lien: String,
}

impl Chiffre {
    /// The figure of a filter.
    pub fn new(nombre: i64, filtre: String) -> Self {
        let mut lien = "/tableau".to_owned();
        if !filtre.is_empty() {
            lien.push_str("?filtre=");
            for octet in filtre.bytes() {
                match octet {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => lien.push(char::from(octet)),
                    _ => lien.push_str(&format!("%{octet:02X}")),
                }
            }
        }
        Self { nombre, filtre, lien }
    }
}

/// Money of envelopes, in cents, and the demandes that it pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Montants {
    /// Amounts of the envelopes together.
    pub montant: i64,
    /// Engaged.
    pub engage: i64,
    /// Consumed.
    pub consomme: i64,
    /// Left.
    pub reste: i64,
    /// Trainings aimed at.
    pub cible: i64,
    /// Demandes that are financed (départs).
    pub departs: Chiffre,
    /// Those among them that attended.
    pub suivis: Chiffre,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EtapeChiffre {
    /// Stage.
    pub etape: Etape,
    /// Demandes at this stage.
    pub demandes: Chiffre,
    /// Those among them that are financed.
    pub departs: Chiffre,
}

/// A type of structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StructureChiffre {
    /// Code; empty when not given.
    pub type_structure: String,
    /// Its demandes.
    pub demandes: Chiffre,
}

/// A reason that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MotifChiffre {
    /// The reason, on one line; empty when none was kept.
    pub motif: String,
    /// Demandes refused for it.
    pub demandes: Chiffre,
}

/// What a decision refuses, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusChiffre {
    /// Which decision.
    pub decision: DecisionRefus,
    /// Demandes that it refuses.
    pub demandes: Chiffre,
    /// The reasons given most, at most twenty.
    pub motifs: Vec<MotifChiffre>,
    /// Demandes refused for a reason that is not among them.
    pub autres: i64,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JalonChiffre {
    /// Milestone.
    pub jalon: Jalon,
    /// Demandes that have reached it.
    pub demandes: Chiffre,
}

/// How long it takes from one milestone to another, in whole days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelaiChiffre {
    /// From what to what.
    pub passage: Passage,
    /// Demandes whose both ends are known to the day.
    pub mesures: i64,
    /// Half of them took no longer.
    pub mediane: Option<i64>,
    /// Nine tenths of them took no longer.
    pub p90: Option<i64>,
    /// The filter of the demandes that have reached the end, measured or not.
    pub filtre: String,
    /// The page of the table that shows them.
    pub lien: String,
}

/// A département among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartementChiffre {
    /// Code.
    pub code: String,
    /// Name.
    pub nom: String,
    /// Its demandes.
    pub demandes: Chiffre,
    /// Those among them that are financed.
    pub departs: Chiffre,
    /// Those among them whose account is opened.
    pub habilitees: Chiffre,
    /// Amounts of its envelopes, in cents.
    pub montant: i64,
    /// Engaged by them, in cents.
    pub engage: i64,
    /// Consumed by them, in cents.
    pub consomme: i64,
    /// Left in them, in cents.
    pub reste: i64,
    /// Trainings that they aim at.
    pub cible: i64,
}

/// A dashboard: exact at the last commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableauDeBord {
    /// What it covers.
    pub etendue: Etendue,
    /// Identifier of the envelope or code of the département; empty for the whole.
    pub lieu: String,
    /// Name of what it covers.
    pub titre: String,
    /// All the demandes.
    pub demandes: Chiffre,
    /// Money.
    pub montants: Montants,
    /// Every stage, in the order of the path.
    pub etapes: Vec<EtapeChiffre>,
    /// Delays, in the order of the path.
    pub delais: Vec<DelaiChiffre>,
    /// Milestones, in the order of the path.
    pub jalons: Vec<JalonChiffre>,
    /// The types of structure that have demandes, the most frequent first.
    pub structures: Vec<StructureChiffre>,
    /// Refusals.
    pub refus: Vec<RefusChiffre>,
    /// The envelopes that it covers; none for the whole country.
    pub enveloppes: Vec<EnveloppeResume>,
    /// Every département, for the whole country only.
    pub departements: Vec<DepartementChiffre>,
}

/// Counters as they are read.
type Lus = [(Cle, i64)];

fn lus(compteurs: &Lus, mesure: Mesure) -> impl Iterator<Item = (&Cle, i64)> {
    compteurs.iter().filter(move |(cle, _)| cle.mesure == mesure).map(|(cle, nombre)| (cle, *nombre))
}

fn valeur(compteurs: &Lus, mesure: Mesure, code: &str) -> i64 {
    lus(compteurs, mesure).filter(|(cle, _)| cle.valeur == code).map(|(_, nombre)| nombre).sum()
}

impl Place<'_> {
    /// Demandes at a stage.
    pub fn etape(&self, compteurs: &Lus, etape: Etape) -> Chiffre {
        self.chiffre(valeur(compteurs, Mesure::Etape, etape.as_str()), vec![filtres::etape(etape)])
    }

    /// All the demandes: each is at one stage.
    pub fn demandes(&self, compteurs: &Lus) -> Chiffre {
        self.chiffre(lus(compteurs, Mesure::Etape).map(|(_, nombre)| nombre).sum(), Vec::new())
    }

    /// Financed demandes.
    pub fn departs(&self, compteurs: &Lus) -> Chiffre {
        self.chiffre(lus(compteurs, Mesure::Depart).map(|(_, nombre)| nombre).sum(), filtres::financees())
    }

    /// Financed demandes that attended.
    pub fn suivis(&self, compteurs: &Lus) -> Chiffre {
        let conditions = [filtres::financees(), vec![filtres::presentes()]].concat();
        self.chiffre(valeur(compteurs, Mesure::Suivi, ""), conditions)
    }

    /// Every stage.
    pub fn etapes(&self, compteurs: &Lus) -> Vec<EtapeChiffre> {
        let chiffres = Etape::ALL.iter().map(|etape| {
            let conditions = [filtres::financees(), vec![filtres::etape(*etape)]].concat();
            EtapeChiffre {
                etape: *etape,
                demandes: self.etape(compteurs, *etape),
                departs: self.chiffre(valeur(compteurs, Mesure::Depart, etape.as_str()), conditions),
            }
        });
        chiffres.collect()
    }

    /// Every delay.
    pub fn delais(&self, compteurs: &Lus) -> Vec<DelaiChiffre> {
        let chiffres = Passage::ALL.iter().map(|passage| {
            let mut jours = Histogramme::default();
            for (cle, nombre) in lus(compteurs, Mesure::Delai).filter(|(cle, _)| cle.valeur == passage.as_str()) {
                jours.ajouter(cle.jours, nombre);
            }
            let Chiffre { filtre, lien, .. } = self.chiffre(0, vec![filtres::passage(*passage)]);
            let (mesures, mediane, p90) = (jours.mesures(), jours.quantile(5), jours.quantile(9));
            DelaiChiffre { passage: *passage, mesures, mediane, p90, filtre, lien }
        });
        chiffres.collect()
    }

    /// Every milestone.
    pub fn jalons(&self, compteurs: &Lus) -> Vec<JalonChiffre> {
        let chiffres = Jalon::ALL.iter().map(|jalon| {
            let nombre = valeur(compteurs, Mesure::Jalon, jalon.as_str());
            JalonChiffre { jalon: *jalon, demandes: self.chiffre(nombre, vec![filtres::jalon(*jalon)]) }
        });
        chiffres.collect()
    }

    /// The types of structure that have demandes, the most frequent first.
    pub fn structures(&self, compteurs: &Lus) -> Vec<StructureChiffre> {
        let connus = type_structure::codes().into_iter().chain([""]);
        let mut chiffres: Vec<StructureChiffre> = connus
            .map(|code| StructureChiffre {
                type_structure: code.to_owned(),
                demandes: self.chiffre(valeur(compteurs, Mesure::Structure, code), vec![filtres::structure(code)]),
            })
            .filter(|chiffre| chiffre.demandes.nombre != 0)
            .collect();
        chiffres.sort_by_key(|chiffre| std::cmp::Reverse(chiffre.demandes.nombre));
        chiffres
    }

    /// What each decision refuses, with its reasons.
    pub fn refus(&self, compteurs: &Lus) -> Vec<RefusChiffre> {
        let refus = |decision, mesure, etape| {
            let mut donnes: Vec<(&str, i64)> =
                lus(compteurs, mesure).map(|(cle, nombre)| (cle.valeur.as_ref(), nombre)).collect();
            donnes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            let autres = donnes.iter().skip(MOTIFS).map(|(_, nombre)| nombre).sum();
            let motifs = donnes.into_iter().take(MOTIFS).map(|(motif, nombre)| {
                let conditions = vec![filtres::etape(etape), Filtre::Motif(motif.to_owned())];
                MotifChiffre { motif: motif.to_owned(), demandes: self.chiffre(nombre, conditions) }
            });
            RefusChiffre { decision, demandes: self.etape(compteurs, etape), motifs: motifs.collect(), autres }
        };
        vec![
            refus(DecisionRefus::Financement, Mesure::RefusFinancement, Etape::FinancementRefuse),
            refus(DecisionRefus::Eligibilite, Mesure::RefusEligibilite, Etape::EligibiliteRefusee),
        ]
    }
}
