//! `GET /referentiel/…`: public reference data.

use actix_web::{HttpResponse, get};
use domain::page::Page;
use domain::referentiel::{CommuneVue, DepartementVue, EpciVue, TypeStructureVue};
use domain::values::type_structure;
use serde::Deserialize;

use crate::access::Public;
use crate::error::AppError;
use crate::http::query::Query;

/// Seconds a browser may keep reference data.
const CACHE: (&str, &str) = ("cache-control", "public, max-age=3600");

/// Most communes, or groupings of communes, in an answer.
const FOUND: usize = 50;

#[utoipa::path(
    tag = "Référentiel",
    summary = "Départements et collectivités d’outre-mer",
    description = "Liste complète (COG 2026), par code.",
    security(()),
    responses((status = 200, body = Page<DepartementVue>, description = "Tous les départements"))
)]
#[get("/referentiel/departements")]
async fn departements(public: Public) -> HttpResponse {
    let items = public.app.territories.departements().to_vec();
    HttpResponse::Ok().insert_header(CACHE).json(Page { items, next: None, total: None })
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CommuneSearch {
    /// Mots du nom, sans tenir compte des accents ni de la casse.
    #[serde(default)]
    #[param(max_length = 100, example = "ambérieu")]
    q: String,
    /// Code postal, cinq chiffres.
    #[serde(default)]
    #[param(max_length = 5, example = "01500")]
    code_postal: String,
}

#[utoipa::path(
    tag = "Référentiel",
    summary = "Recherche d’une commune",
    description = "Par code postal, par nom, ou les deux ; 50 réponses au plus, les noms qui commencent par les mots d’abord.",
    security(()),
    params(CommuneSearch),
    responses(
        (status = 200, body = Page<CommuneVue>, description = "Communes trouvées"),
        (status = 400, body = domain::error::Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/referentiel/communes")]
async fn communes(public: Public, Query(search): Query<CommuneSearch>) -> Result<HttpResponse, AppError> {
    check_words(&search.q)?;
    if search.code_postal.chars().count() > 5 {
        return Err(AppError::parameter("code_postal", "trop_long", crate::text::POSTAL_CODE));
    }
    let items = public.app.territories.search(&search.q, &search.code_postal, FOUND);
    Ok(HttpResponse::Ok().insert_header(CACHE).json(Page { items, next: None, total: None }))
}

fn check_words(words: &str) -> Result<(), AppError> {
    if words.chars().count() > 100 {
        return Err(AppError::parameter("q", "trop_long", crate::text::WORDS_TOO_LONG));
    }
    Ok(())
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EpciSearch {
    /// Mots du nom, sans tenir compte des accents ni de la casse.
    #[serde(default)]
    #[param(max_length = 100, example = "dombes")]
    q: String,
}

#[utoipa::path(
    tag = "Référentiel",
    summary = "Recherche d’un EPCI",
    description = "Établissements publics de coopération intercommunale à fiscalité propre, par nom ; 50 réponses au plus.",
    security(()),
    params(EpciSearch),
    responses(
        (status = 200, body = Page<EpciVue>, description = "EPCI trouvés"),
        (status = 400, body = domain::error::Problem, content_type = "application/problem+json", description = "Paramètre refusé"),
    )
)]
#[get("/referentiel/epci")]
async fn epci(public: Public, Query(search): Query<EpciSearch>) -> Result<HttpResponse, AppError> {
    check_words(&search.q)?;
    let items = public.app.territories.search_epci(&search.q, FOUND);
    Ok(HttpResponse::Ok().insert_header(CACHE).json(Page { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Référentiel",
    summary = "Types de structure",
    description = "Les types proposés dans le formulaire, avec leur identifiant dans le service existant.",
    security(()),
    responses((status = 200, body = Page<TypeStructureVue>, description = "Tous les types"))
)]
#[get("/referentiel/types-structure")]
async fn structure_types(_public: Public) -> HttpResponse {
    let items = type_structure::TYPES
        .iter()
        .map(|kind| TypeStructureVue {
            code: kind.code.to_owned(),
            libelle: kind.libelle().to_owned(),
            identifiant: kind.identifiant,
        })
        .collect();
    HttpResponse::Ok().insert_header(CACHE).json(Page::<TypeStructureVue> { items, next: None, total: None })
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(departements).service(communes).service(epci).service(structure_types);
}
