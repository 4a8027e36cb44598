//! A dashboard as tables of words and numbers: the one form from which its CSV file and the report of a convention are written.

use super::figures::TableauDeBord;
use crate::text::{fr, fr_pilotage as texte};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cellule {
    /// Words.
    Texte(String),
    /// A number of demandes, of trainings.
    Nombre(i64),
    /// An amount, in cents.
    Euros(i64),
    /// Whole days; none when nothing was measured.
    Jours(Option<i64>),
}

/// A table with its title; the first cell of each row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Title.
    pub titre: &'static str,
    /// Heads of the columns.
    pub entetes: Vec<&'static str>,
    /// Rows, each as wide as the heads.
    pub lignes: Vec<Vec<Cellule>>,
}

fn mots(mots: impl Into<String>) -> Cellule {
    Cellule::Texte(mots.into())
}

/// The tables of a dashboard, in the order in which they are read; those that have no row are left out.
pub fn sections(tableau: &TableauDeBord) -> Vec<Section> {
    use Cellule::{Jours, Nombre};
    let etapes = tableau.etapes.iter().map(|chiffre| {
        vec![mots(fr::etape(chiffre.etape)), Nombre(chiffre.demandes.nombre), Nombre(chiffre.departs.nombre)]
    });
    let delais = tableau.delais.iter().map(|delai| {
        vec![mots(texte::passage(delai.passage)), Nombre(delai.mesures), Jours(delai.mediane), Jours(delai.p90)]
    });
    let jalons =
        tableau.jalons.iter().map(|chiffre| vec![mots(texte::jalon(chiffre.jalon)), Nombre(chiffre.demandes.nombre)]);
    let structures = tableau
        .structures
        .iter()
        .map(|chiffre| vec![mots(texte::structure(&chiffre.type_structure)), Nombre(chiffre.demandes.nombre)]);
    let refus = tableau.refus.iter().flat_map(|refus| {
        let decision = texte::refus(refus.decision);
        let motifs = refus.motifs.iter().map(move |motif| (texte::motif(&motif.motif), motif.demandes.nombre));
        let autres = (refus.autres > 0).then_some((texte::AUTRES_MOTIFS, refus.autres));
        motifs.chain(autres).map(move |(motif, nombre)| vec![mots(decision), mots(motif), Nombre(nombre)])
    });
    let section = |titre, entetes: &[&'static str], lignes| Section { titre, entetes: entetes.to_vec(), lignes };
    let toutes = vec![
        montants(tableau),
        section(texte::ETAPES, &[texte::ETAPE, texte::DEMANDES, texte::DEPARTS], etapes.collect()),
        section(texte::DELAIS, &[texte::PASSAGE, texte::MESUREES, texte::MEDIANE, texte::P90], delais.collect()),
        section(texte::JALONS, &[texte::JALON, texte::DEMANDES], jalons.collect()),
        section(texte::STRUCTURES, &[texte::TYPE, texte::DEMANDES], structures.collect()),
        section(texte::REFUS, &[texte::DECISION, texte::MOTIF, texte::DEMANDES], refus.collect()),
        departements(tableau),
    ];
    toutes.into_iter().filter(|section| !section.lignes.is_empty()).collect()
}

fn montants(tableau: &TableauDeBord) -> Section {
    use Cellule::{Euros, Nombre};
    let montants = &tableau.montants;
    let lignes = [
        (texte::TOTAL, Nombre(tableau.demandes.nombre)),
        (texte::MONTANT, Euros(montants.montant)),
        (texte::ENGAGE, Euros(montants.engage)),
        (texte::CONSOMME, Euros(montants.consomme)),
        (texte::RESTE, Euros(montants.reste)),
        (texte::CIBLE, Nombre(montants.cible)),
        (texte::FINANCES, Nombre(montants.departs.nombre)),
        (texte::SUIVIS, Nombre(montants.suivis.nombre)),
    ];
    Section {
        titre: texte::SYNTHESE,
        entetes: vec![texte::MESURE, texte::VALEUR],
        lignes: lignes.into_iter().map(|(nom, cellule)| vec![mots(nom), cellule]).collect(),
    }
}

fn departements(tableau: &TableauDeBord) -> Section {
    use Cellule::{Euros, Nombre};
    let lignes = tableau.departements.iter().map(|un| {
        vec![
            mots(format!("{} - {}", un.code, un.nom)),
            Nombre(un.demandes.nombre),
            Nombre(un.cible),
            Nombre(un.departs.nombre),
            Nombre(un.habilitees.nombre),
            Euros(un.montant),
            Euros(un.engage),
            Euros(un.consomme),
            Euros(un.reste),
        ]
    });
    Section {
        titre: texte::DEPARTEMENTS,
        entetes: vec![
            texte::DEPARTEMENT,
            texte::DEMANDES,
            texte::CIBLE,
            texte::DEPARTS,
            texte::HABILITEES,
            texte::MONTANT,
            texte::ENGAGE,
            texte::CONSOMME,
            texte::RESTE,
        ],
        lignes: lignes.collect(),
    }
}
