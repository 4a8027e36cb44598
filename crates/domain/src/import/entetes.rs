//! The header line of an imported file: what each header means, whatever its spelling.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::reglages::Correspondance;
use crate::demande::Colonne;
use crate::demande::colonne::Ecriture;
use crate::demande::request::OBLIGATOIRES;
use crate::text::{fr, fr_demande as texte};
use crate::values::plier;

/// Most columns of a file.
pub const ENTETES_MAX: usize = 200;

/// What a header means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cible {
    /// A column of the table that may be written.
    Colonne(Colonne),
    /// A column that we compute, in a file that we exported: not read.
    Calculee(Colonne),
    /// Identifier of the demande, in a file that we exported.
    Id,
    /// Version of the demande, in a file that we exported.
    Version,
    /// Identifier of the person in the existing service (`ID_Django_aidant`).
    IdService,
    /// The column that a file of rejected lines adds: not read.
    Erreur,
    /// A column that we do not know: not read, and reported.
    Inconnue,
    /// A header without a name: not read.
    SansNom,
}

/// What every header of a file means, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entetes {
    cibles: Vec<Cible>,
    inconnues: Vec<String>,
}

/// Why a header line was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErreurEntetes {
    /// Stable code, in `snake_case`.
    pub code: &'static str,
    /// What is wrong and what to do, in French.
    pub message: String,
}

impl fmt::Display for ErreurEntetes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ErreurEntetes {}

impl Cible {
    /// What one header means: our name, a Grist id in any of its spellings, or a label, case and accents ignored.
    pub fn reconnaitre(entete: &str) -> Self {
        let cle = cle(entete);
        match cle.as_str() {
            "" => Self::SansNom,
            "id" => Self::Id,
            "version" => Self::Version,
            "id_django_aidant" => Self::IdService,
            "erreur" | "erreurs" => Self::Erreur,
            _ => COLONNES.get(&cle).map_or(Self::Inconnue, |colonne| match colonne.description().ecriture {
                Ecriture::Calculee => Self::Calculee(*colonne),
                Ecriture::Libre | Ecriture::Decision => Self::Colonne(*colonne),
            }),
        }
    }
}

impl Entetes {
    /// Reads a header line.
    ///
    /// # Errors
    /// No header, more than [`ENTETES_MAX`], two headers for one meaning, or a mandatory column that no header names
    /// (unless the file names its demandes by `id`: it then changes only the columns that it has).
    pub fn reconnaitre(entetes: &[String]) -> Result<Self, ErreurEntetes> {
        Self::lire(entetes, &Correspondance::default())
    }

    /// The same, with what a person chose for some headers.
    ///
    /// # Errors
    /// As [`Self::reconnaitre`].
    pub fn lire(entetes: &[String], choisie: &Correspondance) -> Result<Self, ErreurEntetes> {
        if entetes.len() > ENTETES_MAX {
            let message = texte::entetes_trop(entetes.len(), ENTETES_MAX);
            return Err(ErreurEntetes { code: "trop_de_colonnes", message });
        }
        let cibles: Vec<Cible> = entetes.iter().map(|entete| choisie.cible(entete)).collect();
        if cibles.iter().all(|cible| *cible == Cible::SansNom) {
            return Err(ErreurEntetes { code: "entetes_vides", message: texte::ENTETES_VIDES.to_owned() });
        }
        sans_double(entetes, &cibles)?;
        sans_manque(&cibles)?;
        let inconnues = cibles.iter().zip(entetes).filter(|(cible, _)| **cible == Cible::Inconnue);
        let inconnues = inconnues.map(|(_, entete)| entete.trim().to_owned()).collect();
        Ok(Self { cibles, inconnues })
    }

    /// What each header means, in the order of the file.
    pub fn cibles(&self) -> &[Cible] {
        &self.cibles
    }

    /// The headers that were not recognised, as written.
    pub fn inconnues(&self) -> &[String] {
        &self.inconnues
    }

    /// Where a meaning stands in the line, from 0.
    pub fn place(&self, cible: &Cible) -> Option<usize> {
        self.cibles.iter().position(|autre| autre == cible)
    }
}

fn sans_double(entetes: &[String], cibles: &[Cible]) -> Result<(), ErreurEntetes> {
    let mut vues: Vec<(&Cible, &str)> = Vec::with_capacity(cibles.len());
    for (cible, entete) in cibles.iter().zip(entetes) {
        if matches!(cible, Cible::SansNom | Cible::Inconnue | Cible::Erreur | Cible::Calculee(_)) {
            continue;
        }
        if let Some((_, premier)) = vues.iter().find(|(vue, _)| *vue == cible) {
            let nom = match cible {
                Cible::Colonne(colonne) => fr::colonne(*colonne),
                _ => entete.trim(),
            };
            let message = texte::entetes_en_double(premier.trim(), entete.trim(), nom);
            return Err(ErreurEntetes { code: "colonne_en_double", message });
        }
        vues.push((cible, entete));
    }
    Ok(())
}

fn sans_manque(cibles: &[Cible]) -> Result<(), ErreurEntetes> {
    let manquantes: Vec<Colonne> =
        OBLIGATOIRES.into_iter().filter(|colonne| !cibles.contains(&Cible::Colonne(*colonne))).collect();
    if manquantes.is_empty() || cibles.contains(&Cible::Id) {
        return Ok(());
    }
    Err(ErreurEntetes { code: "colonnes_manquantes", message: texte::entetes_manquants(&manquantes) })
}

/// What two spellings of a header share: the label folded to an identifier as Grist does, in lower case. Any sign that is
/// no letter nor digit becomes one underscore; none stands at an end.
fn cle(entete: &str) -> String {
    let plie = plier(entete);
    let mut cle = String::with_capacity(plie.len());
    for c in plie.chars() {
        if c.is_ascii_alphanumeric() {
            cle.push(c);
        } else if !cle.ends_with('_') {
            cle.push('_');
        }
    }
    cle.trim_matches('_').to_owned()
}

/// Key → column: our names, the Grist ids, our labels. An earlier spelling wins over a later one.
static COLONNES: LazyLock<HashMap<String, Colonne>> = LazyLock::new(|| {
    let mut colonnes = HashMap::new();
    let noms = Colonne::ALL.iter().map(|colonne| (colonne.nom(), *colonne));
    let ids = Colonne::ALL.iter().flat_map(|colonne| colonne.description().grist.iter().map(|id| (*id, *colonne)));
    let labels = Colonne::ALL.iter().map(|colonne| (fr::colonne(*colonne), *colonne));
    for (nom, colonne) in noms.chain(ids).chain(labels) {
        colonnes.entry(cle(nom)).or_insert(colonne);
    }
    colonnes
});
