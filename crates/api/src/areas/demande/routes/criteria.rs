//! What every reading of the table takes: filter, sort, search, columns, page size.

use domain::demande::{Colonne, Filtre, Tri};
use domain::page::{LIMIT_DEFAULT, LIMIT_MAX};
use domain::permission::{Role, may_read, readable};
use serde::Deserialize;

use crate::access::Perimeter;
use crate::areas::demande::selection::{SEARCHED_COLUMNS, Selection};
use crate::error::AppError;

/// Longest search, in characters.
const SEARCH_MAX: usize = 200;

/// Filter, sort and search, shared by every reading of the table.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Criteria {
    /// Filtre : `etape eq "recue" and (ville contains "lyon" or ville starts "dijon")`. Voir la page « Filtres ».
    #[param(max_length = 4000, example = "formation eq \"aidants_connect\"")]
    pub filter: String,
    /// Tri : colonnes séparées par des virgules, précédées de `-` pour l’ordre décroissant ; trois au plus.
    #[param(max_length = 200, example = "-date_demande")]
    pub sort: String,
    /// Recherche dans les noms, adresses e-mail, structures, villes et SIRET, sans tenir compte des accents.
    #[param(max_length = 200, example = "mairie")]
    pub q: String,
}

impl Criteria {
    /// What these criteria select within a perimeter. A role that does not read a column neither filters, sorts nor
    /// searches by it: what it may not see it may not guess (SEC-41).
    pub fn selection(&self, role: Role, perimeter: Perimeter) -> Result<Selection, AppError> {
        if self.q.chars().count() > SEARCH_MAX {
            return Err(AppError::parameter("q", "trop_long", crate::text::WORDS_TOO_LONG));
        }
        let filter = Filtre::parse(&self.filter)
            .map_err(|error| AppError::parameter("filter", error.code, error.to_string()))?;
        let sort =
            Tri::parse(&self.sort).map_err(|error| AppError::parameter("sort", error.code, error.to_string()))?;
        may_see(role, "filter", &filter.colonnes())?;
        may_see(role, "sort", &sort.cles().iter().map(|cle| cle.colonne).collect::<Vec<_>>())?;
        if !self.q.trim().is_empty() {
            may_see(role, "q", &SEARCHED_COLUMNS)?;
        }
        Ok(Selection { filter, sort, search: self.q.clone(), perimeter, ranks: None })
    }
}

/// Refuses a parameter that names a column this role does not read.
pub fn may_see(role: Role, parameter: &str, columns: &[Colonne]) -> Result<(), AppError> {
    match columns.iter().find(|column| !may_read(role, **column)) {
        Some(hidden) => {
            Err(AppError::parameter(parameter, "colonne_non_permise", crate::text::hidden_column(hidden.nom())))
        }
        None => Ok(()),
    }
}

/// The columns named in `fields=`, or all those that this role reads.
pub fn columns(role: Role, fields: &str) -> Result<Vec<Colonne>, AppError> {
    if fields.trim().is_empty() {
        return Ok(readable(role).collect());
    }
    let mut asked = Vec::new();
    for name in fields.split(',').map(str::trim).filter(|name| !matches!(*name, "id" | "version")) {
        let column = Colonne::parse(name)
            .ok_or_else(|| AppError::parameter("fields", "colonne_inconnue", crate::text::unknown_column(name)))?;
        if !asked.contains(&column) {
            asked.push(column);
        }
    }
    may_see(role, "fields", &asked)?;
    Ok(asked)
}

/// Rows of a page: 1 to [`LIMIT_MAX`], [`LIMIT_DEFAULT`] when not said.
pub fn limit(asked: Option<u32>) -> Result<usize, AppError> {
    let limit = asked.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(AppError::parameter("limit", "hors_limites", crate::text::limit(LIMIT_MAX)));
    }
    Ok(limit as usize)
}
