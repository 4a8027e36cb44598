//! `/structures/{siret}/preuves`: what the outside says of a structure, and asking it again; `/structures/{siret}/annuaire`:
//! what the company register says of a SIRET that somebody types.

use std::time::Duration;

use actix_web::{HttpResponse, get, post, web};
use domain::error::{ErrorCode, Problem};
use domain::preuve::{EtatPreuve, PreuvesStructure, Service, StructureAnnuaire};
use domain::values::Siret;

use super::service;
use crate::access::rights::{DemandeLire, DemandeModifier};
use crate::access::{Actor, Public};
use crate::error::AppError;

/// Looks at whether the register has answered, for somebody who types a SIRET, and time between two.
const LOOKS: usize = 15;
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

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

#[utoipa::path(
    tag = "Preuves",
    summary = "Reconnaître une structure à son SIRET",
    description = "Ce que l’Annuaire des entreprises dit d’un SIRET, pour remplir un formulaire : nom, adresse, catégorie juridique, activité, conventions collectives, Qualiopi. S’il n’a pas encore été interrogé, il l’est tout de suite, et la réponse attend trois secondes au plus ; au-delà, ou s’il ne répond pas, l’état le dit et rien n’est bloqué.",
    security(()),
    params(("siret" = String, Path, pattern = "^[0-9]{14}$", example = "21750001600019", description = "SIRET de la structure")),
    responses(
        (status = 200, body = StructureAnnuaire, description = "Ce que l’on en sait"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Ce n’est pas un SIRET"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/structures/{siret}/annuaire")]
async fn look_up(public: Public, siret: web::Path<String>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let siret = Siret::parse(&siret).map_err(|_refusal| AppError::new(ErrorCode::Introuvable))?.as_str().to_owned();
    let read = async |siret: String| public.app.db.read(move |conn| service::known(conn, &siret)).await;
    let mut found = read(siret.clone()).await?;
    if found.etat == EtatPreuve::EnAttente {
        if !public.app.asks(Service::Entreprises) {
            // Nobody will answer: there is nothing to wait for.
            return Ok(HttpResponse::Ok().json(StructureAnnuaire { etat: EtatPreuve::NonVerifiee, ..found }));
        }
        let asked = siret.clone();
        public.app.db.write(move |conn| service::ask(conn, &asked)).await?;
    }
    for _look in 0..LOOKS {
        if found.etat != EtatPreuve::EnAttente {
            break;
        }
        actix_web::rt::time::sleep(BETWEEN_LOOKS).await;
        found = read(siret.clone()).await?;
    }
    Ok(HttpResponse::Ok().json(found))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(show).service(check_again).service(look_up);
}
