//! `/clients-api`: seeing, making and revoking API clients and their keys.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, get, post, web};
use domain::client_api::{CleCreee, ClientsVus, NouveauClient, NouvelleCle};
use domain::error::Problem;

use super::super::queries;
use super::super::service::{self, Context};
use crate::access::rights::ClientGerer;
use crate::access::{Actor, Programs, fresh};
use crate::error::AppError;
use crate::http::body::Json;

fn context(actor: &Actor<ClientGerer>) -> Context {
    Context {
        clock: actor.app.clock.clone(),
        who: actor.who.clone(),
        perimeter: actor.perimeter.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
    }
}

fn made(key: &CleCreee) -> HttpResponse {
    HttpResponse::Created().insert_header((LOCATION, format!("/api/v1/clients-api/{}", key.client))).json(key)
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Les clients d’API",
    description = "Les clients à portée : tous pour l’administration nationale ; pour un récipiendaire, ceux qui n’atteignent que ses enveloppes. Les 500 derniers, les révoqués à la fin. Réservé aux personnes.",
    responses((status = 200, body = ClientsVus, description = "Les clients"))
)]
#[get("/clients-api")]
pub async fn list(actor: Actor<ClientGerer>) -> Result<HttpResponse, AppError> {
    let (perimeter, now) = (actor.perimeter.clone(), actor.app.clock.now());
    let read = actor.app.db.read(move |conn| {
        let clients = queries::within(conn, &perimeter, None)?;
        Ok::<_, AppError>(queries::views(conn, clients, now)?)
    });
    Ok(HttpResponse::Ok().json(ClientsVus { items: read.await? }))
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Créer un client d’API",
    description = "Crée un client et sa première clé, dont le secret n’est montré que dans cette réponse. Le client agit sous le rôle de qui le crée, et perd ce que cette personne perd. Un code à usage unique donné depuis peu est exigé.",
    request_body = NouveauClient,
    responses(
        (status = 201, body = CleCreee, description = "Créé ; `Location` est son adresse"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, appel d’un programme, ou code à donner de nouveau (`code-requis`)"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/clients-api")]
pub async fn create(actor: Actor<ClientGerer>, body: Json<NouveauClient>) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Refused)?;
    let context = context(&actor);
    let key = actor.app.db.write(move |conn| service::create(conn, &context, body.value)).await?;
    Ok(made(&key))
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Révoquer un client d’API",
    description = "Révoque le client et toutes ses clés, pour de bon : la requête suivante est refusée, même avec un jeton d’accès encore valable.",
    params(("id" = String, Path, description = "Identifiant du client")),
    responses(
        (status = 204, description = "Révoqué, ou déjà révoqué"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun client de cet identifiant à portée"),
    )
)]
#[delete("/clients-api/{id}")]
pub async fn revoke(actor: Actor<ClientGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    actor.app.db.write(move |conn| service::revoke(conn, &context, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Ajouter une clé à un client d’API",
    description = "Crée une autre clé, dont le secret n’est montré que dans cette réponse. Pour remplacer une clé sans arrêt : en ajouter une, la mettre en service, puis révoquer l’ancienne. Qui ajoute une clé devient responsable du client. Un code à usage unique donné depuis peu est exigé.",
    params(("id" = String, Path, description = "Identifiant du client")),
    request_body = NouvelleCle,
    responses(
        (status = 201, body = CleCreee, description = "Créée"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "Rôle insuffisant, appel d’un programme, ou code à donner de nouveau (`code-requis`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun client de cet identifiant à portée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Client révoqué, d’un autre rôle, ou qui a déjà dix clés"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Durée refusée"),
    )
)]
#[post("/clients-api/{id}/cles")]
pub async fn add_key(
    actor: Actor<ClientGerer>,
    id: web::Path<String>,
    body: Json<NouvelleCle>,
) -> Result<HttpResponse, AppError> {
    fresh(&actor.app, &actor.who, Programs::Refused)?;
    let context = context(&actor);
    let key = actor.app.db.write(move |conn| service::add_key(conn, &context, &id, &body.value)).await?;
    Ok(made(&key))
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Révoquer une clé",
    description = "Révoque une clé d’un client, pour de bon, avec les jetons d’accès obtenus par elle ; les autres clés restent.",
    params(
        ("id" = String, Path, description = "Identifiant du client"),
        ("cle" = String, Path, description = "Partie publique de la clé"),
    ),
    responses(
        (status = 204, description = "Révoquée, ou déjà révoquée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucun client ou aucune clé de cet identifiant à portée"),
    )
)]
#[delete("/clients-api/{id}/cles/{cle}")]
pub async fn revoke_key(
    actor: Actor<ClientGerer>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let (id, key) = path.into_inner();
    actor.app.db.write(move |conn| service::revoke_key(conn, &context, &id, &key)).await?;
    Ok(HttpResponse::NoContent().finish())
}
