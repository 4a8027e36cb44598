//! The OpenAPI document: collected from the routes, then completed with what every operation shares.

mod describe;

use domain::error::Problem;
use domain::permission::{Access, access};
use utoipa::OpenApi as _;
use utoipa::openapi::content::{Content, ContentBuilder};
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
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
        (name = "Compatibilité Grist", description = "Le tableau de gestion pour les scripts écrits pour Grist : changer leur adresse de base suffit"),
        (name = "Vues", description = "Vues du tableau"),
        (name = "Financement", description = "Décisions sur le financement des demandes"),
        (name = "Éligibilité", description = "Lots d’éligibilité de l’équipe Aidants Connect, et ce qui en découle"),
        (name = "Liens", description = "Liens du formulaire de candidature"),
        (name = "Habilités", description = "Les professionnels déjà habilités à Aidants Connect"),
        (name = "Commentaires", description = "Ce qui se dit d’une demande"),
        (name = "Courriels", description = "Les modèles des courriels, pour les relire"),
        (name = "Avis", description = "Ce dont on est averti, et comment"),
        (name = "Enveloppes", description = "Enveloppes de formation"),
        (name = "Tableaux de bord", description = "Chiffres des enveloppes, des départements et du pays"),
        (name = "Preuves", description = "Ce que les services extérieurs disent d’une structure"),
        (name = "Référentiel", description = "Territoires et types de structure"),
        (name = "Session", description = "Connexion et instance"),
        (name = "Mon compte", description = "Le compte de la personne connectée et ses moyens d’obtenir un code"),
        (name = "Journal", description = "Le journal et sa vérification"),
        (name = "Comptes", description = "Comptes, rôles et invitations"),
        (name = "Engagements", description = "Conditions d’utilisation et chartes"),
        (name = "Clients d’API", description = "Programmes tiers : clients, clés, jetons d’accès")
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
        describe::schemas(components);
    }
    let schemas = document.components.as_ref().and_then(|all| serde_json::to_value(&all.schemas).ok());
    let schemas = schemas.unwrap_or_default();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(identifier(method, path));
            complete_operation(operation, access(&format!("{} {path}", method.to_uppercase())));
            describe::bodies(operation, &schemas);
        }
    }
}

/// `get_demandes_id_historique`: handlers of two areas may have the same name, identifiers may not.
fn identifier(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").split(['/', '-']).map(|word| word.trim_matches(['{', '}']));
    let words: String = words.filter(|word| !word.is_empty()).map(|word| format!("_{word}")).collect();
    format!("{method}{words}")
}

/// The operations of a path, each with its method.
fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let named = [
        ("get", &mut item.get),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    named.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
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

/// A workbook, a PDF document are bytes, not a list of numbers as the type of Rust says.
fn complete_content((media, content): (&String, &mut RefOr<Content>)) {
    if let RefOr::T(content) = content
        && (media.starts_with("application/vnd.") || media == "application/pdf")
    {
        let bytes =
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
        content.schema = Some(bytes.build().into());
    }
}

/// The fields of limits (API-07), on what succeeds and on 429.
fn limit_fields(operation: &mut Operation) {
    let text = |description: &str, example: &str| {
        let header = HeaderBuilder::from(Header::default()).description(Some(description));
        RefOr::T(header.example(Some(example.into())).build())
    };
    let seconds = HeaderBuilder::from(Header::new(ObjectBuilder::new().schema_type(Type::Integer)));
    let seconds = seconds.description(Some("Secondes à attendre, jamais moins que `t` des quotas épuisés")).build();
    let limited = operation.responses.responses.contains_key("429");
    for (status, answer) in &mut operation.responses.responses {
        let RefOr::T(answer) = answer else { continue };
        if !limited || !(status.starts_with('2') || status == "429") {
            continue;
        }
        let policy =
            text("Quotas comptés : `q` requêtes par fenêtre de `w` secondes", "\"connexion-compte\";q=10;w=900");
        let left = text(
            "Ce qui reste de chacun : `r` requêtes, et de nouveau toutes ou une de plus dans `t` secondes",
            "\"connexion-compte\";r=9;t=412",
        );
        answer.headers.extend([("RateLimit-Policy".to_owned(), policy), ("RateLimit".to_owned(), left)]);
        if status == "429" {
            answer.headers.insert("Retry-After".to_owned(), RefOr::T(seconds.clone()));
        }
    }
}

/// What an operation asks of its caller, by its row of the access matrix: nothing, or a token that carries the scope, or a
/// session. One without a row keeps what it declares, and the tests refuse it.
fn secure(operation: &mut Operation, access: Option<Access>) -> bool {
    let token = |scopes: &[&str]| SecurityRequirement::new("jeton", scopes.iter().copied());
    let session = SecurityRequirement::new("session", [""; 0]);
    operation.security = Some(match access {
        Some(Access::Public) => return true,
        Some(Access::Right(right)) => match right.scope() {
            Some(scope) => vec![token(&[scope.as_str()]), session],
            None => vec![session],
        },
        Some(Access::SignedIn) => vec![token(&[]), session],
        Some(Access::Person) => vec![session],
        None => return operation.security.is_some(),
    });
    false
}

fn complete_operation(operation: &mut Operation, access: Option<Access>) {
    operation.parameters.iter_mut().flatten().for_each(complete_parameter);
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.iter_mut().for_each(complete_content);
    }
    for answer in operation.responses.responses.values_mut() {
        if let RefOr::T(answer) = answer {
            answer.content.iter_mut().for_each(complete_content);
        }
    }
    limit_fields(operation);
    let public = secure(operation, access);
    let has_body = operation.request_body.is_some();
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
            ("403", "Demande venue d’une page d’un autre site"),
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
