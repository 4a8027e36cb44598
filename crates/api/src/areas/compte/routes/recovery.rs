//! `/comptes/{id}/…`: closing somebody's sessions, taking back a means, sending a first access again, making the code of
//! a welcome kit.

use actix_web::{HttpResponse, delete, post, web};
use domain::compte::CodeAccueil;
use domain::error::Problem;

use crate::access::Actor;
use crate::access::rights::CompteGerer;
use crate::areas::compte::service::{recovery, welcome};
use crate::error::AppError;

#[utoipa::path(
    tag = "Comptes",
    summary = "Déconnecter une personne partout",
    description = "Ferme toutes les sessions du compte, dès la requête suivante.",
    params(("id" = String, Path, description = "Identifiant du compte")),
    responses(
        (status = 204, description = "Fermées"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[delete("/comptes/{id}/sessions")]
pub async fn close_sessions(actor: Actor<CompteGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let admin = actor.admin()?;
    actor.app.db.write(move |conn| recovery::close_sessions(conn, &admin, &id, None)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Fermer une session d’une personne",
    description = "Déconnecte un de ses navigateurs, dès la requête suivante.",
    params(
        ("id" = String, Path, description = "Identifiant du compte"),
        ("session" = String, Path, description = "Identifiant de la session"),
    ),
    responses(
        (status = 204, description = "Fermée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[delete("/comptes/{id}/sessions/{session}")]
pub async fn close_session(
    actor: Actor<CompteGerer>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let admin = actor.admin()?;
    let (id, session) = path.into_inner();
    actor.app.db.write(move |conn| recovery::close_sessions(conn, &admin, &id, Some(&session))).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Révoquer un moyen de donner un code",
    description = "Application ou carte perdue : ses codes ne valent plus rien et les sessions du compte se ferment. La personne en est prévenue par courriel.",
    params(
        ("id" = String, Path, description = "Identifiant du compte"),
        ("moyen" = String, Path, description = "Identifiant du moyen"),
    ),
    responses(
        (status = 204, description = "Révoqué"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[delete("/comptes/{id}/moyens/{moyen}")]
pub async fn revoke_means(
    actor: Actor<CompteGerer>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let admin = actor.admin()?;
    let (id, means) = path.into_inner();
    actor.app.db.write(move |conn| recovery::revoke_means(conn, &admin, &id, &means)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Envoyer un premier accès",
    description = "Envoie par courriel le lien qui règle une application de codes, à une personne qui n’a plus aucun moyen : jamais en plus d’un moyen qui sert encore. Les liens envoyés avant ne valent plus.",
    params(("id" = String, Path, description = "Identifiant du compte")),
    responses(
        (status = 204, description = "Envoyé"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Compte désactivé, ou qui a encore un moyen"),
    )
)]
#[post("/comptes/{id}/premier-acces")]
pub async fn send_first_access(actor: Actor<CompteGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let admin = actor.admin()?;
    actor.app.db.write(move |conn| recovery::send_first_access(conn, &admin, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Créer le code du kit de bienvenue",
    description = "Le code à 6 chiffres qui tient lieu de moyen à la première connexion d’un référent, avec le lien reçu par courriel. Montré cette seule fois, il sert une fois et remplace le précédent.",
    params(("id" = String, Path, description = "Identifiant du compte")),
    responses(
        (status = 200, body = CodeAccueil, description = "Le code, à imprimer dans le kit"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Compte désactivé, qui a encore un moyen, ou qui n’est pas celui d’un référent"),
    )
)]
#[post("/comptes/{id}/code-accueil")]
pub async fn make_welcome_code(actor: Actor<CompteGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (admin, keys) = (actor.admin()?, actor.app.config.keys.clone());
    let made: CodeAccueil = actor.app.db.write(move |conn| welcome::make(conn, &keys, &admin, &id)).await?;
    Ok(HttpResponse::Ok().json(made))
}
