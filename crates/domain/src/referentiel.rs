//! Reference data as the wire carries it: territories and types of structure.

use serde::{Deserialize, Serialize};

/// A département or an overseas collectivity (COG 2026).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartementVue {
    /// Code: `01`, `2A`, `974`.
    pub code: String,
    /// Name: `Ain`.
    pub nom: String,
    /// INSEE code of the region.
    pub region: String,
    /// Name of the region.
    pub region_nom: String,
}

/// A commune (COG 2026).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommuneVue {
    /// INSEE code: `01004`.
    pub code_insee: String,
    /// Name: `Ambérieu-en-Bugey`.
    pub nom: String,
    /// Code of the département.
    pub departement: String,
    /// Its postal codes.
    pub codes_postaux: Vec<String>,
}

/// A grouping of communes that levies its own taxes (EPCI).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EpciVue {
    /// SIREN: `200069193`.
    pub siren: String,
    /// Name: `CC de la Dombes`.
    pub nom: String,
    /// Code of its type of structure.
    pub type_structure: String,
}

/// A type of structure, with the identifier of the existing service (domain facts §0.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeStructureVue {
    /// Code used by the API: `municipalites`.
    pub code: String,
    /// Label shown to people: `Municipalités`.
    pub libelle: String,
    /// Identifier in the existing service: 30.
    pub identifiant: i64,
}
