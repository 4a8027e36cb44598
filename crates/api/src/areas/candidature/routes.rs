//! `POST /candidatures` and `POST /eligibilite/verifier`: the two public writes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::candidature::{
    CandidatureRecue, DemandeSuivi, EvaluationCandidature, NouvelleCandidature, SuiviCandidature,
};
use domain::error::Problem;

use super::{service, suivi};
use crate::access::Public;
use crate::areas::demande::service::Context;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency;
use crate::journal::Author;

#[utoipa::path(
    tag = "Candidatures",
    summary = "Déposer une candidature",
    description = "Une structure, son référent et 1 à 50 professionnels ; une demande est créée par professionnel et par formation.",
    security(()),
    request_body = NouvelleCandidature,
    params(("Idempotency-Key" = String, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", example = "0197f6a2-5d0e-7cc3-9a3f-2b6f0c1d4e5f", description = "Clé choisie par l’appelant : la même clé avec le même corps ne dépose qu’une fois")),
    responses(
        (status = 201, body = CandidatureRecue, description = "Déposée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Lien ou enveloppe fermés, ou même clé en cours de traitement"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés, ou clé réutilisée avec un autre corps"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/candidatures")]
async fn file(req: HttpRequest, public: Public, body: Json<NouvelleCandidature>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let key = idempotency::Key::require(&req, "candidatures.deposer", &body.bytes)?;
    let request = body.value.valider().map_err(AppError::fields)?;
    let context = Context {
        clock: public.app.clock.clone(),
        territories: public.app.territories.clone(),
        author: Author::public(&public.request),
        now: public.app.clock.now(),
    };
    let answer = public
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, Some(&key), context.now, |conn| {
                let filed = service::file(conn, &context, &request)?;
                Ok((201, serde_json::to_string(&filed).unwrap_or_default()))
            })
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::CREATED).content_type("application/json").body(answer.body))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Vérifier l’éligibilité sans rien enregistrer",
    description = "Même corps que le dépôt ; répond les constats et le verdict de chaque demande.",
    security(()),
    request_body = NouvelleCandidature,
    responses(
        (status = 200, body = EvaluationCandidature, description = "Constats et verdicts"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/eligibilite/verifier")]
async fn check(public: Public, body: Json<NouvelleCandidature>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let request = body.value.valider().map_err(AppError::fields)?;
    Ok(HttpResponse::Ok().json(service::evaluate(&public.app.territories, &request)))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Suivre une candidature",
    description = "Où en est chaque demande d’une candidature, pour la structure qui l’a déposée : le secret est celui du lien reçu par courriel. Rien n’est modifié.",
    security(()),
    request_body = DemandeSuivi,
    responses(
        (status = 200, body = SuiviCandidature, description = "La candidature"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Le lien ne mène à aucune candidature"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/candidatures/suivi")]
async fn follow(public: Public, body: Json<DemandeSuivi>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let found = public.app.db.read(move |conn| suivi::find(conn, &body.value.jeton)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(file).service(check).service(follow);
}
