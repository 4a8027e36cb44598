//! `/structures/{siret}/preuves`: what the outside says of a structure, and asking it again.

use actix_web::{HttpResponse, get, post, web};
use domain::error::Problem;
use domain::preuve::PreuvesStructure;

use super::service;
use crate::access::Actor;
use crate::access::rights::{DemandeLire, DemandeModifier};
use crate::error::AppError;

#[utoipa::path(
    tag = "Preuves",
    summary = "Lire les preuves d’une structure",
    description = "Ce que disent l’Annuaire des entreprises, SIRO ou la table importée, et la Base adresse nationale : chaque preuve avec sa source et sa date. Ce qui n’a pas encore répondu est « non vérifié ». La structure est celle d’une demande à portée de l’appelant.",
    params(("siret" = String, Path, pattern = "^[0-9]{14}$", example = "21750001600019", description = "SIRET de la structure")),
    responses(
        (status = 200, body = PreuvesStructure, description = "Les preuves"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/structures/{siret}/preuves")]
async fn show(actor: Actor<DemandeLire>, siret: web::Path<String>) -> Result<HttpResponse, AppError> {
    let perimeter = actor.perimeter.clone();
    let found = actor.app.db.read(move |conn| service::read(conn, &perimeter, &siret)).await?;
    Ok(HttpResponse::Ok().json(found))
}

#[utoipa::path(
    tag = "Preuves",
    summary = "Redemander les preuves d’une structure",
    description = "Les vérifications de la structure passent devant ; elles se font en arrière-plan, dans la limite de ce que chaque service accepte. Une vérification faite il y a moins d’une minute n’est pas refaite : la réponse dit la prochaine.",
    params(("siret" = String, Path, pattern = "^[0-9]{14}$", example = "21750001600019", description = "SIRET de la structure")),
    responses(
        (status = 202, body = PreuvesStructure, description = "Les preuves d’avant, et quand chacune sera redemandée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[post("/structures/{siret}/preuves/verifier")]
async fn check_again(actor: Actor<DemandeModifier>, siret: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (perimeter, now) = (actor.perimeter.clone(), actor.app.clock.now());
    let found = actor.app.db.write(move |conn| service::check_again(conn, &perimeter, &siret, now)).await?;
    Ok(HttpResponse::Accepted().json(found))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(show).service(check_again);
}
