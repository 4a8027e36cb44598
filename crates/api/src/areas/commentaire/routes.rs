//! `/demandes/{id}/commentaires`, `/avis`: what people say about demandes, and what each is told.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, put, web};
use domain::commentaire::{
    Avis, AvisLus, AvisNonLus, Commentaire, CommentaireSaisie, Desabonne, Desabonnement, Interlocuteur,
    PreferencesAvis, PresenceVue,
};
use domain::error::{ErrorCode, Problem};
use domain::page::Page;
use domain::permission::Operation;
use serde::Deserialize;

use super::avis::{self, Reader};
use super::presence;
use super::service::{self, Context};
use crate::access::rights::{Commenter, DemandeLire};
use crate::access::{Actor, Perimeter, Public, SignedIn};
use crate::areas::demande::routes::limit;
use crate::clock::Moment;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::query::Query;

/// Secrets longer than this are not of ours.
const SECRET_MAX: usize = 200;

impl<R> Actor<R> {
    /// This caller as one who comments, within this reach.
    pub fn speaker(&self, perimeter: Perimeter) -> Context {
        Context {
            clock: self.app.clock.clone(),
            who: self.who.clone(),
            author: self.author(),
            now: self.app.clock.now(),
            perimeter,
            keys: self.app.config.keys.clone(),
        }
    }
}

fn context(actor: &Actor<Commenter>) -> Context {
    actor.speaker(actor.perimeter.clone())
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Les commentaires d’une demande",
    description = "Du plus ancien au plus récent. Qui lit la demande les lit.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = Page<Commentaire>, description = "Les commentaires"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/commentaires")]
async fn list(actor: Actor<DemandeLire>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (caller, perimeter) = (actor.who.id.clone(), actor.perimeter.clone());
    let items = actor.app.db.read(move |conn| service::list(conn, (&caller, &perimeter), &id)).await?;
    Ok(HttpResponse::Ok().json(Page::<Commentaire> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Commenter une demande",
    description = "Les personnes mentionnées et celles qui ont déjà commenté en sont averties, chacune comme elle l’a choisi.",
    request_body = CommentaireSaisie,
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 201, body = Commentaire, description = "Écrit"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Trop de commentaires"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/demandes/{id}/commentaires")]
async fn add(
    actor: Actor<Commenter>,
    id: web::Path<String>,
    body: Json<CommentaireSaisie>,
) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let comment = actor.app.db.write(move |conn| service::add(conn, &context, &id, &body.value)).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(comment))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Retirer un de ses commentaires",
    description = "Ses mots sont effacés ; qu’il y ait eu un commentaire reste visible. Seul son auteur le retire.",
    params(
        ("id" = String, Path, format = "uuid", description = "Identifiant de la demande"),
        ("commentaire" = String, Path, format = "uuid", description = "Identifiant du commentaire"),
    ),
    responses(
        (status = 204, description = "Retiré"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[delete("/demandes/{id}/commentaires/{commentaire}")]
async fn take_back(actor: Actor<Commenter>, path: web::Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let (demande, id) = path.into_inner();
    actor.app.db.write(move |conn| service::take_back(conn, &context, &demande, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Qui peut être mentionné",
    description = "Les personnes qui voient la demande, par nom, l’appelant excepté.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = Page<Interlocuteur>, description = "Les personnes"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[get("/demandes/{id}/interlocuteurs")]
async fn interlocutors(actor: Actor<Commenter>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let (caller, perimeter) = (actor.who.id.clone(), actor.perimeter.clone());
    let items = actor.app.db.read(move |conn| service::interlocutors(conn, (&caller, &perimeter), &id)).await?;
    Ok(HttpResponse::Ok().json(Page::<Interlocuteur> { items, next: None, total: None }))
}

#[utoipa::path(
    tag = "Commentaires",
    summary = "Dire que l’on a la demande ouverte",
    description = "À redire toutes les vingt secondes ; répond qui d’autre l’a ouverte. Ne prolonge pas la session.",
    params(("id" = String, Path, format = "uuid", description = "Identifiant de la demande")),
    responses(
        (status = 200, body = PresenceVue, description = "Les autres"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Introuvable"),
    )
)]
#[post("/demandes/{id}/presence")]
async fn present(actor: Actor<Commenter>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let context = context(&actor);
    let autres = actor.app.db.write(move |conn| presence::tell(conn, &context, &id)).await?;
    Ok(HttpResponse::Ok().json(PresenceVue { autres }))
}

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
    description = "Mentions et réponses, de la plus récente à la plus ancienne.",
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
    let page = avis::Page { before, unread: query.non_lus, limit: i64::try_from(limit + 1).unwrap_or(i64::MAX) };
    let mut found = caller.app.db.read(move |conn| Ok::<_, AppError>(avis::list(conn, &reader, &page)?)).await?;
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
    let non_lus = caller.app.db.read(move |conn| Ok::<_, AppError>(avis::unread(conn, &reader)?)).await?;
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
        avis::read(conn, &reader.account, &body.value.ids, now)?;
        Ok::<_, AppError>(avis::unread(conn, &reader)?)
    };
    let non_lus = caller.app.db.write(work).await?;
    Ok(HttpResponse::Ok().json(AvisNonLus { non_lus }))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Comment on est averti",
    description = "Pour chaque genre d’avis ; sans choix, un courriel aussitôt pour les mentions et un résumé par jour pour les réponses.",
    responses(
        (status = 200, body = PreferencesAvis, description = "Le moyen choisi pour chaque genre d’avis"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "L’appel vient d’un jeton"),
    )
)]
#[get("/compte/avis")]
async fn preferences(caller: SignedIn) -> Result<HttpResponse, AppError> {
    let account = account(&caller)?;
    let chosen = caller.app.db.read(move |conn| Ok::<_, AppError>(avis::preferences(conn, &account)?)).await?;
    Ok(HttpResponse::Ok().json(chosen))
}

#[utoipa::path(
    tag = "Avis",
    summary = "Choisir comment on est averti",
    description = "Pour chaque genre d’avis : un courriel aussitôt, un résumé par jour, ou l’application seule.",
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
            avis::prefer(conn, &account, genre, means)?;
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
    let done = public.app.db.write(move |conn| avis::unsubscribe(conn, &keys, &secret, now)).await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(list).service(add).service(take_back).service(interlocutors).service(present);
    config.service(unread).service(told).service(read).service(preferences).service(prefer).service(unsubscribe);
}
