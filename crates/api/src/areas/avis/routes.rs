//! `/avis`: what an account is told of, and how it wants to be told.

use actix_web::{HttpResponse, get, post, put};
use domain::avis::{Avis, AvisLus, AvisNonLus, Desabonne, Desabonnement, PreferencesAvis};
use domain::error::{ErrorCode, Problem};
use domain::page::Page;
use domain::permission::Operation;
use serde::Deserialize;

use super::service::{self, Reader};
use crate::access::{Perimeter, Public, SignedIn};
use crate::areas::demande::routes::limit;
use crate::clock::Moment;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;

/// Secrets longer than this are not of ours.
const SECRET_MAX: usize = 200;

/// The account of a person in a browser: a token is told of nothing.
fn account(caller: &SignedIn) -> Result<String, AppError> {
    match caller.session {
        Some(_) => Ok(caller.who.id.clone()),
        None => Err(AppError::detail(ErrorCode::NonAutorise, crate::text::PEOPLE_ONLY)),
    }
}

fn reader(caller: &SignedIn) -> Result<Reader, AppError> {
    let nothing = |_denied| Perimeter::Envelopes(Vec::new());
    let perimeter = caller.who.perimeter(Operation::DemandeLire).unwrap_or_else(nothing);
    Ok(Reader { account: account(caller)?, perimeter })
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AvisQuery {
    /// Seulement ceux qui ne sont pas lus.
    #[serde(default)]
    #[param(example = true)]
    non_lus: bool,
    /// Nombre d’avis, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

#[utoipa::path(
    tag = "Avis",
    summary = "Ses avis",
    description = "Mentions, réponses, demandes confiées, étapes franchies, imports finis : du plus récent au plus ancien.",
    params(AvisQuery),
    responses(
        (status = 200, body = Page<Avis>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/avis")]
async fn told(caller: SignedIn, Query(query): Query<AvisQuery>) -> Result<HttpResponse, AppError> {
    let reader = reader(&caller)?;
    let limit = limit(query.limit)?;
    let bound_to = format!("avis {} {}", reader.account, query.non_lus);
    let signer = &caller.app.signer;
    let before: Option<(Moment, String)> =
        if query.cursor.is_empty() { None } else { Some(signer.open(&bound_to, &query.cursor)?) };
    let page = service::Page { before, unread: query.non_lus, limit: i64::try_from(limit + 1).unwrap_or(i64::MAX) };
    let mut found = caller.app.db.read(move |conn| Ok::<_, AppError>(service::list(conn, &reader, &page)?)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(_, position)| signer.seal(&bound_to, position));
    let items = found.into_iter().map(|(one, _)| one).collect();
    Ok(HttpResponse::Ok().json(Page::<Avis> { items, next, total: None }))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Combien de ses avis ne sont pas lus",
    description = "Le nombre montré dans l’en-tête des pages.",
    responses(
        (status = 200, body = AvisNonLus, description = "Le nombre"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/avis/non-lus")]
async fn unread(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let reader = reader(&caller)?;
    let non_lus = caller.app.db.read(move |conn| Ok::<_, AppError>(service::unread(conn, &reader)?)).await?;
    Ok(HttpResponse::Ok().json(AvisNonLus { non_lus }))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Marquer ses avis comme lus",
    description = "Ceux qui sont nommés, ou tous quand aucun ne l’est.",
    request_body = AvisLus,
    responses(
        (status = 200, body = AvisNonLus, description = "Ce qui reste à lire"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[post("/avis/lus")]
async fn read(caller: SignedIn, body: Json<AvisLus>) -> Result<HttpResponse, AppError> {
    let (reader, now) = (reader(&caller)?, caller.app.clock.now());
    let work = move |conn: &mut crate::db::DbConn| {
        service::read(conn, &reader.account, &body.value.ids, now)?;
        Ok::<_, AppError>(service::unread(conn, &reader)?)
    };
    let non_lus = caller.app.db.write(work).await?;
    Ok(HttpResponse::Ok().json(AvisNonLus { non_lus }))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Comment on est averti",
    description = "Pour chaque genre d’avis ; sans choix, un courriel aussitôt pour les mentions, un résumé par jour pour les réponses et les demandes confiées, l’application seule pour le reste.",
    responses(
        (status = 200, body = PreferencesAvis, description = "Le moyen choisi pour chaque genre d’avis"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/compte/avis")]
async fn preferences(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let account = account(&caller)?;
    let chosen = caller.app.db.read(move |conn| Ok::<_, AppError>(service::preferences(conn, &account)?)).await?;
    Ok(HttpResponse::Ok().json(chosen))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Choisir comment on est averti",
    description = "Pour chaque genre d’avis : un courriel aussitôt, un résumé par jour, ou l’application seule. Un genre qui n’est pas dit reprend son réglage habituel.",
    request_body = PreferencesAvis,
    responses(
        (status = 200, body = PreferencesAvis, description = "Réglé"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[put("/compte/avis")]
async fn prefer(caller: SignedIn, body: Json<PreferencesAvis>) -> Result<HttpResponse, AppError> {
    let (account, chosen) = (account(&caller)?, body.value);
    let work = move |conn: &mut crate::db::DbConn| {
        for (genre, means) in chosen.par_genre() {
            service::prefer(conn, &account, genre, means)?;
        }
        Ok::<_, AppError>(())
    };
    caller.app.db.write(work).await?;
    Ok(HttpResponse::Ok().json(chosen))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Ne plus recevoir de courriel d’un genre",
    description = "Par le lien au pied du courriel, sans se connecter. Les avis restent dans l’application.",
    security(()),
    request_body = Desabonnement,
    responses(
        (status = 200, body = Desabonne, description = "C’est fait"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Le lien n’est pas complet"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de requêtes : attendre `Retry-After` secondes"),
    )
)]
#[post("/avis/desabonnement")]
async fn unsubscribe(public: Public, body: Json<Desabonnement>) -> Result<HttpResponse, AppError> {
    public.limited()?;
    let (secret, keys, now) = (body.value.jeton, public.app.config.keys.clone(), public.app.clock.now());
    if secret.len() > SECRET_MAX {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    let done = public.app.db.write(move |conn| service::unsubscribe(conn, &keys, &secret, now)).await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(unread).service(told).service(read).service(preferences).service(prefer).service(unsubscribe);
}
