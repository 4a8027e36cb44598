//! `/invitations`: sending and taking back; `/invitation`: the page of the mailed link, for the invited person.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use domain::compte::{InvitationNouvelle, InvitationOuverte, InvitationVue};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::page::Page;
use domain::session::{ApplicationOtp, CODE_MAX, ConfirmationAcces, JETON_MAX, PremierAcces};
use domain::values::CodeOtp;
use serde::Deserialize;

use super::accounts::{limit, page};
use super::sign_in::bounded;
use crate::access::rights::{CompteGerer, CompteLire};
use crate::access::{Actor, Public};
use crate::areas::compte::queries::directory::{self, InvitationRow};
use crate::areas::compte::service::Context;
use crate::areas::compte::service::invitations as service;
use crate::clock::rfc3339;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::body::Json;
use crate::http::idempotency;
use crate::http::limit::Quota;
use crate::http::query::Query;
use crate::text::accounts as text;

/// What the cursors of this list are signed for.
const CURSOR: &str = "invitations";

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Nombre de lignes, 50 par défaut.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    limit: Option<u32>,
    /// Curseur reçu avec la page précédente.
    #[serde(default)]
    cursor: String,
}

fn view(conn: &mut DbConn, row: InvitationRow) -> Result<Option<InvitationVue>, AppError> {
    let Some(role) = row.role() else { return Ok(None) };
    let organisation = match row.organisation() {
        Some((kind, id)) => directory::organisation(conn, kind, id)?,
        None => None,
    };
    let (cree_le, expire_le) = (rfc3339(row.cree_le), rfc3339(row.expire_le));
    Ok(Some(InvitationVue { id: row.id, nom: row.nom, email: row.email, role, organisation, cree_le, expire_le }))
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Les invitations en attente",
    description = "Une page d’invitations envoyées et pas encore acceptées, la dernière d’abord.",
    params(ListQuery),
    responses(
        (status = 200, body = Page<InvitationVue>, description = "Une page"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "Paramètre ou curseur refusé"),
    )
)]
#[get("/invitations")]
pub async fn list(
    req: HttpRequest,
    actor: Actor<CompteLire>,
    Query(query): Query<ListQuery>,
) -> Result<HttpResponse, AppError> {
    let limit = limit(query.limit)?;
    let before: Option<String> =
        if query.cursor.is_empty() { None } else { Some(actor.app.signer.open(CURSOR, &query.cursor)?) };
    let (now, more) = (actor.app.clock.now(), i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let (items, last) = actor
        .app
        .db
        .read(move |conn| {
            let mut rows = directory::invitations(conn, before.as_deref(), more, now)?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            let last = rows.last().filter(|_| more).map(|row| row.id.clone());
            let views: Result<Vec<_>, AppError> = rows.into_iter().map(|row| view(conn, row)).collect();
            Ok::<_, AppError>((views?.into_iter().flatten().collect::<Vec<_>>(), last))
        })
        .await?;
    let next = last.map(|id| actor.app.signer.seal(CURSOR, &id));
    Ok(page(&req, items, next))
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Inviter une personne",
    description = "Envoie un lien à usage unique, bon sept jours, à la seule adresse donnée. L’accepter donne le rôle, dans l’organisation donnée. Une invitation identique envoyée avant ne vaut plus.",
    request_body = InvitationNouvelle,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 128, pattern = "^[A-Za-z0-9._:-]+$", description = "Clé qui évite un double envoi")),
    responses(
        (status = 201, body = InvitationVue, description = "Envoyée"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Le compte de cette adresse est désactivé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Champs refusés"),
    )
)]
#[post("/invitations")]
pub async fn invite(
    req: HttpRequest,
    actor: Actor<CompteGerer>,
    body: Json<InvitationNouvelle>,
) -> Result<HttpResponse, AppError> {
    let key = idempotency::Key::read(&req, format!("invitations.envoyer {}", actor.who.id), &body.bytes)?;
    let admin = actor.admin()?;
    let answered = actor
        .app
        .db
        .write(move |conn| {
            idempotency::once(conn, key.as_ref(), admin.now, |conn| {
                let row = service::invite(conn, &admin, &body.value)?;
                let sent = view(conn, row)?;
                Ok((201, serde_json::to_string(&sent).unwrap_or_default()))
            })
        })
        .await?;
    Ok(HttpResponse::Created().content_type("application/json").body(answered.body))
}

#[utoipa::path(
    tag = "Comptes",
    summary = "Retirer une invitation",
    description = "Le lien envoyé ne vaut plus rien.",
    params(("id" = String, Path, description = "Identifiant de l’invitation")),
    responses(
        (status = 204, description = "Retirée"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "Aucune invitation en attente de cet identifiant"),
    )
)]
#[delete("/invitations/{id}")]
pub async fn cancel(actor: Actor<CompteGerer>, id: web::Path<String>) -> Result<HttpResponse, AppError> {
    let admin = actor.admin()?;
    actor.app.db.write(move |conn| service::cancel(conn, &admin, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The link opens nothing, or the address has tried too often.
fn refused(quota: Quota) -> AppError {
    if quota.left.is_none() {
        return AppError::new(ErrorCode::TropDeRequetes);
    }
    AppError::detail(ErrorCode::NonAuthentifie, text::INVITATION_REFUSED)
}

#[utoipa::path(
    tag = "Session",
    summary = "Ouvrir une invitation",
    description = "Avec le secret du lien reçu : le rôle proposé et, si le compte n’a pas encore de moyen, de quoi régler une application de codes. Le lien reste bon jusqu’à l’acceptation.",
    security(()),
    request_body = PremierAcces,
    responses(
        (status = 200, body = InvitationOuverte, description = "L’invitation"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Lien inconnu, expiré, retiré ou déjà utilisé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Texte trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/invitation")]
pub async fn show(public: Public, body: Json<PremierAcces>) -> Result<HttpResponse, AppError> {
    let secret = body.value.jeton;
    bounded(&[("jeton", &secret, JETON_MAX)])?;
    let context = Context::public(&public);
    let shown = public.app.db.write(move |conn| service::show(conn, &context, &secret)).await?.map_err(refused)?;
    let email = shown.invitation.email.clone();
    let role = shown.invitation.role().ok_or_else(|| AppError::Internal("unknown role".to_owned()))?;
    let application = shown.pairing.map(|set| ApplicationOtp {
        email: email.clone(),
        secret: set.secret,
        adresse: set.address,
        qr: set.qr,
    });
    Ok(HttpResponse::Ok().json(InvitationOuverte { email, role, organisation: shown.organisation, application }))
}

#[utoipa::path(
    tag = "Session",
    summary = "Accepter une invitation",
    description = "Avec un code de l’application que l’on vient de régler, ou du moyen que le compte a déjà : le rôle est donné, le lien a servi.",
    security(()),
    request_body = ConfirmationAcces,
    responses(
        (status = 204, description = "Acceptée"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Lien inconnu, expiré, retiré ou déjà utilisé"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Le code n’est pas le bon, ou un texte est trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/invitation/accepter")]
pub async fn accept(public: Public, body: Json<ConfirmationAcces>) -> Result<HttpResponse, AppError> {
    let ConfirmationAcces { jeton, code } = body.value;
    bounded(&[("jeton", &jeton, JETON_MAX), ("code", &code, CODE_MAX)])?;
    let context = Context::public(&public);
    let code = CodeOtp::lire(&code);
    let accepted = public.app.db.write(move |conn| service::accept(conn, &context, &jeton, code.as_ref())).await?;
    if accepted.map_err(refused)? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(AppError::fields(vec![FieldError::new("/code", "code_refuse", text::CODE_REFUSED)]))
}
