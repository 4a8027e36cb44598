//! The OpenAPI document: collected from the routes, then completed with what every operation shares.

use domain::error::Problem;
use utoipa::OpenApi as _;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa_actix_web::AppExt;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Parcours Aidants",
        description = "De la demande de formation d’un aidant professionnel à son habilitation : candidatures, tableau de gestion, imports et exports. Les erreurs suivent la RFC 9457 (`application/problem+json`) ; chacune a une page à l’adresse donnée par `type`.",
        contact(name = "Équipe Parcours Aidants", url = "/api/docs"),
        license(name = "MIT", identifier = "MIT")
    ),
    servers((url = "/", description = "Cette instance")),
    components(schemas(Problem)),
    tags(
        (name = "Candidatures", description = "Dépôt public d’une candidature et vérification de l’éligibilité"),
        (name = "Demandes", description = "Le tableau de gestion"),
        (name = "Imports", description = "Reprise d’un tableau : CSV, NDJSON, XLSX, ODS"),
        (name = "Enveloppes", description = "Enveloppes de formation"),
        (name = "Référentiel", description = "Territoires et types de structure"),
        (name = "Session", description = "Connexion et instance")
    )
)]
struct Base;

/// The whole document.
pub fn document() -> OpenApi {
    let (_service, mut document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(crate::http::server::areas))
        .split_for_parts();
    complete(&mut document);
    document
}

fn complete(document: &mut OpenApi) {
    if let Some(components) = document.components.as_mut() {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("parcours_…").build();
        components.add_security_scheme("jeton", SecurityScheme::Http(token));
        let cookie = ApiKeyValue::new(crate::access::session::COOKIE);
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            complete_operation(operation);
        }
    }
}

/// The operations of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn problem(description: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description(description).content(crate::error::PROBLEM_JSON, content).build())
}

/// A parameter may be absent, but it is never `null`: an optional type of Rust says both.
fn complete_parameter(parameter: &mut RefOr<Parameter>) {
    if let RefOr::T(parameter) = parameter
        && let Some(RefOr::T(Schema::Object(object))) = parameter.schema.as_mut()
        && let SchemaType::Array(kinds) = &object.schema_type
    {
        let kinds: Vec<Type> = kinds.iter().filter(|kind| **kind != Type::Null).cloned().collect();
        object.schema_type = SchemaType::from_iter(kinds);
    }
}

/// An operation that says `security(())` is public; every other takes a token or a session.
fn complete_operation(operation: &mut Operation) {
    operation.parameters.iter_mut().flatten().for_each(complete_parameter);
    let public = operation.security.is_some();
    let has_body = operation.request_body.is_some();
    if !public {
        operation.security = Some(vec![
            SecurityRequirement::new("jeton", Vec::<String>::new()),
            SecurityRequirement::new("session", Vec::<String>::new()),
        ]);
    }
    let mut shared = vec![
        ("500", "Erreur imprévue ; citez `instance`"),
        ("503", "Momentanément indisponible : réessayez après `Retry-After` secondes"),
    ];
    if !public {
        shared.extend([("401", "Jeton ou session absents ou expirés"), ("403", "Rôle ou portée insuffisants")]);
    }
    if has_body {
        shared.extend([
            ("400", "Corps illisible"),
            ("413", "Corps trop grand"),
            ("415", "Type de contenu non accepté"),
        ]);
    }
    for (status, description) in shared {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| problem(description));
    }
}

/// The document as committed in `openapi/openapi.json`.
pub fn json() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
