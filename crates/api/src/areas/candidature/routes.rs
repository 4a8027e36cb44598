//! Candidatures: filed by anybody or with a habilitation request, weighed without being kept, followed and answered by the
//! structure.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::candidature::{
    BrouillonDemande, BrouillonSaisie, BrouillonVue, CandidatureRecue, DemandeSuivi, EvaluationCandidature,
    NouvelleCandidature, SuiviCandidature,
};
use domain::error::Problem;
use domain::lot_eligibilite::ReponseSuivi;

use super::{brouillons, service, suivi};
use crate::access::rights::HabilitationDeposer;
use crate::access::{Actor, Public};
use crate::areas::demande::service::Context;
use crate::areas::eligibilite;
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
        keys: public.app.config.keys.clone(),
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

#[utoipa::path(
    tag = "Candidatures",
    summary = "Répondre à une question sur une demande",
    description = "La structure répond à l’équipe Aidants Connect avec le secret du lien reçu par courriel. La même réponse deux fois n’est gardée qu’une.",
    security(()),
    request_body = ReponseSuivi,
    responses(
        (status = 200, body = SuiviCandidature, description = "Gardée ; la candidature, avec la réponse"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Le lien n’ouvre pas cette demande"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Aucune question n’attend de réponse, ou trop de réponses à la même"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Réponse vide ou trop longue"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/candidatures/suivi/reponse")]
async fn reply(public: Public, body: Json<ReponseSuivi>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let context = Context {
        clock: public.app.clock.clone(),
        territories: public.app.territories.clone(),
        author: Author::public(&public.request),
        now: public.app.clock.now(),
        keys: public.app.config.keys.clone(),
    };
    let found = public
        .app
        .db
        .write(move |conn| {
            eligibilite::answer(conn, &context, &body.value)?;
            suivi::find(conn, &body.value.jeton)
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Déposer ce qui vient d’une demande d’habilitation",
    description = "La demande d’habilitation d’une structure publique inscrit d’elle-même ses professionnels au tableau de gestion de son département : même corps qu’une candidature, origine `habilitation`. Une structure privée dépose une candidature.",
    request_body = NouvelleCandidature,
    params(("Idempotency-Key" = String, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", example = "0197f6a2-5d0e-7cc3-9a3f-2b6f0c1d4e60", description = "Clé choisie par l’appelant : la même clé avec le même corps ne dépose qu’une fois")),
    responses(
        (status = 201, body = CandidatureRecue, description = "Déposée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Lien ou enveloppe fermés, ou même clé en cours de traitement"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés, structure privée, ou clé réutilisée avec un autre corps"),
    )
)]
#[post("/demandes/habilitation")]
async fn file_habilitation(
    req: HttpRequest,
    actor: Actor<HabilitationDeposer>,
    body: Json<NouvelleCandidature>,
) -> Result<HttpResponse, AppError> {
    let key = idempotency::Key::require(&req, format!("demandes.habilitation {}", actor.who.id), &body.bytes)?;
    let request = body.value.valider().map_err(AppError::fields)?;
    let context = Context {
        clock: actor.app.clock.clone(),
        territories: actor.app.territories.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
        keys: actor.app.config.keys.clone(),
    };
    let answer = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, Some(&key), context.now, |conn| {
                let filed = service::from_habilitation(conn, &context, request)?;
                Ok((201, serde_json::to_string(&filed).unwrap_or_default()))
            })
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::CREATED).content_type("application/json").body(answer.body))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Garder le brouillon d’une candidature",
    description = "Pour la reprendre sur un autre appareil : qui a le secret la lit et la continue. Oubliée 30 jours après le dernier enregistrement ; rien n’est déposé.",
    security(()),
    request_body = BrouillonSaisie,
    responses(
        (status = 200, body = BrouillonVue, description = "Gardé ; le secret qui le rouvre"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Le secret n’ouvre plus rien : en demander un autre, sans `jeton`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Contenu vide ou trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "Trop de brouillons sont gardés"),
    )
)]
#[post("/candidatures/brouillons")]
async fn keep_draft(public: Public, body: Json<BrouillonSaisie>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let errors = body.value.erreurs();
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let (clock, now) = (public.app.clock.clone(), public.app.clock.now());
    let kept = public.app.db.write(move |conn| brouillons::keep(conn, &clock, now, body.value)).await?;
    Ok(HttpResponse::Ok().json(kept))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Reprendre le brouillon d’une candidature",
    description = "Rien n’est modifié.",
    security(()),
    request_body = BrouillonDemande,
    responses(
        (status = 200, body = BrouillonVue, description = "Le brouillon"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Le secret n’ouvre rien, ou plus rien"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/candidatures/brouillons/lire")]
async fn read_draft(public: Public, body: Json<BrouillonDemande>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let now = public.app.clock.now();
    let found = public.app.db.read(move |conn| brouillons::find(conn, now, body.value.jeton)).await?;
    Ok(HttpResponse::Ok().json(found))
}

#[utoipa::path(
    tag = "Candidatures",
    summary = "Effacer le brouillon d’une candidature",
    description = "Sans effet quand il n’y en a pas.",
    security(()),
    request_body = BrouillonDemande,
    responses(
        (status = 204, description = "Effacé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Plus long qu’aucun secret"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/candidatures/brouillons/effacer")]
async fn erase_draft(public: Public, body: Json<BrouillonDemande>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    public.app.db.write(move |conn| brouillons::erase(conn, &body.value.jeton)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(file).service(check).service(follow).service(reply).service(file_habilitation);
    config.service(keep_draft).service(read_draft).service(erase_draft);
}
