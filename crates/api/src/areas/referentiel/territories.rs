//! The territories in memory, with the look-ups that forms, rules and imports need.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::referentiel::{CommuneVue, DepartementVue, EpciVue};
use domain::values::texte::plier;

use super::queries;
use crate::db::DbConn;
use crate::error::AppError;

/// Something that is looked for by its name.
struct Named<T> {
    vue: T,
    /// Folded name, searched.
    folded: String,
}

/// Those whose name holds the words, at most `limit`; names that begin with them come first, then the shortest.
fn best<'a, T: Clone + 'a>(all: impl Iterator<Item = &'a Named<T>>, words: &str, limit: usize) -> Vec<T> {
    let mut found: Vec<&Named<T>> = all.filter(|one| words.is_empty() || one.folded.contains(words)).collect();
    found.sort_by_key(|one| (!one.folded.starts_with(words), one.folded.len()));
    found.into_iter().take(limit).map(|one| one.vue.clone()).collect()
}

struct Tables {
    departements: Vec<DepartementVue>,
    communes: Vec<Named<CommuneVue>>,
    epci: Vec<Named<EpciVue>>,
    /// Postal code → places in `communes`.
    by_postal_code: HashMap<String, Vec<usize>>,
    sirens: HashSet<String>,
    /// SIREN of each commune, in the order of `communes`.
    siren_of: Vec<Option<String>>,
}

/// The territories. Cheap to clone.
#[derive(Clone)]
pub struct Territories(Arc<Tables>);

impl Territories {
    /// Reads them from the database.
    pub fn read(conn: &mut DbConn) -> Result<Self, AppError> {
        Ok(Self::build(queries::all(conn)?, queries::epci()?))
    }

    fn build((regions, departements, communes): queries::Rows, epci: Vec<EpciVue>) -> Self {
        let region_names: HashMap<String, String> = regions.into_iter().map(|row| (row.code, row.nom)).collect();
        let departements = departements
            .into_iter()
            .map(|row| DepartementVue {
                region_nom: region_names.get(&row.region).cloned().unwrap_or_default(),
                code: row.code,
                nom: row.nom,
                region: row.region,
            })
            .collect();
        let mut tables = Tables {
            departements,
            communes: Vec::with_capacity(communes.len()),
            epci: epci.into_iter().map(|vue| Named { folded: plier(&vue.nom), vue }).collect(),
            by_postal_code: HashMap::new(),
            sirens: HashSet::with_capacity(communes.len()),
            siren_of: Vec::with_capacity(communes.len()),
        };
        for row in communes {
            let place = tables.communes.len();
            let codes: Vec<String> =
                row.codes_postaux.split('|').filter(|code| !code.is_empty()).map(str::to_owned).collect();
            for code in &codes {
                tables.by_postal_code.entry(code.clone()).or_default().push(place);
            }
            tables.sirens.extend(row.siren.clone());
            tables.siren_of.push(row.siren);
            let folded = plier(&row.nom);
            let vue = CommuneVue {
                code_insee: row.code_insee,
                nom: row.nom,
                departement: row.departement,
                codes_postaux: codes,
            };
            tables.communes.push(Named { vue, folded });
        }
        Self(Arc::new(tables))
    }

    /// Every département, by code.
    pub fn departements(&self) -> &[DepartementVue] {
        &self.0.departements
    }

    /// Whether this SIREN is that of a commune.
    pub fn is_commune(&self, siren: &str) -> bool {
        self.0.sirens.contains(siren)
    }

    /// Every commune that has a SIREN and a postal code, with its SIREN.
    pub fn with_siren(&self) -> Vec<(CommuneVue, String)> {
        let all = self.0.communes.iter().zip(&self.0.siren_of);
        all.filter(|(commune, _)| !commune.vue.codes_postaux.is_empty())
            .filter_map(|(commune, siren)| Some((commune.vue.clone(), siren.clone()?)))
            .collect()
    }

    /// Communes by postal code, by name, or both.
    pub fn search(&self, words: &str, postal_code: &str, limit: usize) -> Vec<CommuneVue> {
        let (words, all) = (plier(words), &self.0.communes);
        if postal_code.is_empty() {
            return best(all.iter(), &words, limit);
        }
        let places = self.0.by_postal_code.get(postal_code).map_or(&[][..], Vec::as_slice);
        best(places.iter().filter_map(|place| all.get(*place)), &words, limit)
    }

    /// Groupings of communes by name.
    pub fn search_epci(&self, words: &str, limit: usize) -> Vec<EpciVue> {
        best(self.0.epci.iter(), &plier(words), limit)
    }
}
