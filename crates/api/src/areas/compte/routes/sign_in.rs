//! Signing in: asking for a link, then opening it. A GET changes nothing: the page of the link asks for a click.

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::session::{
    CODE_MAX, ConnexionDemandee, DemandeConnexion, EMAIL_MAX, JETON_MAX, OuvertureSession, SessionVue,
};
use domain::values::CodeOtp;

use crate::access::session::{self, DEVICE_COOKIE, DEVICE_DAYS, LINK_COOKIE, LINK_MINUTES};
use crate::access::{Public, device};
use crate::app::App;
use crate::areas::compte::service::{self, Attempt, Context, Redemption};
use crate::error::AppError;
use crate::http::beat::Beat;
use crate::http::body::Json;
use crate::journal::hex;

/// What the cookie of a known browser is signed for.
const DEVICE: &str = "appareil";

fn cookie(req: &HttpRequest, name: &str) -> Option<String> {
    req.cookie(name).map(|cookie| cookie.value().to_owned())
}

/// The account that this browser is known to, and the browser's number.
fn known(app: &App, req: &HttpRequest) -> Option<(String, String)> {
    app.signer.open(DEVICE, &cookie(req, DEVICE_COOKIE)?).ok()
}

/// Refuses texts longer than any true value.
pub(super) fn bounded(fields: &[(&str, &str, usize)]) -> Result<(), AppError> {
    let long = |(_, text, max): &&(&str, &str, usize)| text.chars().count() > *max;
    let errors: Vec<FieldError> = fields
        .iter()
        .filter(long)
        .map(|(name, _, max)| FieldError::new(format!("/{name}"), "trop_long", crate::text::too_long(*max)))
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(AppError::fields(errors)) }
}

#[utoipa::path(
    tag = "Session",
    summary = "Demander à se connecter",
    description = "Une adresse et un code à 6 chiffres. La réponse est toujours la même ; si les deux sont justes, un lien à usage unique part par courriel. Pour un programme, utiliser un jeton.",
    security(()),
    request_body = DemandeConnexion,
    responses(
        (status = 202, body = ConnexionDemandee, description = "Demande reçue ; le lien, s’il est envoyé, n’ouvre que dans ce navigateur"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Texte trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/connexion")]
pub async fn ask(public: Public, req: HttpRequest, body: Json<DemandeConnexion>) -> Result<HttpResponse, AppError> {
    let asked = body.value;
    let next = asked.code_suivant.as_deref();
    bounded(&[
        ("email", &asked.email, EMAIL_MAX),
        ("code", &asked.code, CODE_MAX),
        ("code_suivant", next.unwrap_or(""), CODE_MAX),
    ])?;
    let client = hex(&public.app.clock.bytes::<32>());
    let attempt = Attempt {
        email: asked.email.trim().to_lowercase(),
        // An unreadable second code spoils the pair: it must not become a sign-in by the first alone.
        code: CodeOtp::lire(&asked.code).filter(|_| next.is_none_or(|text| CodeOtp::lire(text).is_some())),
        next: next.and_then(CodeOtp::lire),
        client: client.clone(),
        known: known(&public.app, &req),
    };
    let context = Context::public(&public);
    let beat = Beat::start();
    let asked = public.app.db.write(move |conn| service::ask(conn, &context, &attempt)).await;
    beat.end().await;
    let asked = asked?;
    if asked.is_refused() {
        return Err(AppError::new(ErrorCode::TropDeRequetes));
    }
    let mut response = HttpResponse::Accepted();
    response.cookie(session::cookie(LINK_COOKIE, &client, CookieDuration::minutes(LINK_MINUTES)));
    Ok(response.json(ConnexionDemandee { duree_lien: LINK_MINUTES * 60 }))
}

#[utoipa::path(
    tag = "Session",
    summary = "Ouvrir une session de navigateur",
    description = "Avec le secret du lien reçu, dans le navigateur qui l’a demandé. Le lien ne sert qu’une fois et vaut cinq minutes ; une session déjà ouverte dans ce navigateur se ferme.",
    security(()),
    request_body = OuvertureSession,
    responses(
        (status = 200, body = SessionVue, description = "Connecté ; le témoin `__Host-session` porte la session"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "Lien inconnu, expiré, déjà utilisé, ou demandé par un autre navigateur"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "Texte trop long"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop d’essais : attendre `Retry-After` secondes"),
    )
)]
#[post("/session")]
pub async fn open(public: Public, req: HttpRequest, body: Json<OuvertureSession>) -> Result<HttpResponse, AppError> {
    bounded(&[("jeton", &body.value.jeton, JETON_MAX)])?;
    let agent = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let link = Redemption {
        secret: body.value.jeton,
        client: cookie(&req, LINK_COOKIE).unwrap_or_default(),
        previous: cookie(&req, session::COOKIE),
        device: device::label(agent),
        known: known(&public.app, &req).map(|(account, _)| account),
    };
    let app = public.app.clone();
    let context = Context::public(&public);
    let opened = match app.db.write(move |conn| service::redeem(conn, &context, &link)).await? {
        Ok(opened) => opened,
        Err(quota) if quota.left.is_none() => return Err(AppError::new(ErrorCode::TropDeRequetes)),
        Err(_) => return Err(AppError::detail(ErrorCode::NonAuthentifie, crate::text::LINK_REFUSED)),
    };
    let mut response = HttpResponse::Ok();
    let account = opened.account;
    if known(&app, &req).is_none_or(|(known, _)| known != account.id) {
        let number = hex(&app.clock.bytes::<16>());
        let value = app.signer.seal(DEVICE, &(&account.id, number));
        response.cookie(session::cookie(DEVICE_COOKIE, &value, CookieDuration::days(DEVICE_DAYS)));
    }
    response.cookie(session::session_cookie(&opened.id));
    response.cookie(session::cookie(LINK_COOKIE, "", CookieDuration::ZERO));
    let (nom, email, roles) = (account.name, account.email, account.roles);
    let (engagement_requis, moyen_requis) = (opened.owes_acceptance, opened.welcomed);
    Ok(response.json(SessionVue { nom, email, role: opened.role, roles, engagement_requis, moyen_requis }))
}
