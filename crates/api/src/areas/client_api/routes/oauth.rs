//! `POST /oauth/token` (RFC 6749, client credentials): the errors are those of that text, which programs know already.

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, post, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::client_api::{DemandeJeton, ErreurOauth, JetonAcces};
use domain::error::{ErrorCode, Problem};

use super::super::service::{self, Asked, Granted, Refusal};
use crate::access::{Public, jwt, token};
use crate::error::AppError;
use crate::http::client::group;
use crate::text::oauth as text;

/// Largest body, in bytes.
const BODY_MAX: usize = 8_192;
const FORM: &str = "application/x-www-form-urlencoded";
const GRANT: &str = "client_credentials";

/// A refusal: its code and what to do.
struct Refused(&'static str, &'static str);

impl Refused {
    fn answer(&self) -> HttpResponse {
        let body = ErreurOauth { error: self.0.to_owned(), error_description: self.1.to_owned() };
        let unknown = self.0 == "invalid_client";
        let mut response =
            HttpResponse::build(if unknown { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST });
        if unknown {
            response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"parcours\", charset=\"UTF-8\""));
        }
        response.json(body)
    }
}

/// The parameters of the form, each once: a name that comes twice would let two readers see two requests (RT-24).
struct Form(Vec<(String, String)>);

impl Form {
    fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(Refused("invalid_request", text::TWICE));
        }
        Ok(Self(pairs))
    }

    /// A parameter; an empty one is as if it were absent.
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }
}

/// Who the client says it is, and its secret: by the header or by the form, never by both.
fn credentials(headers: &HeaderMap, form: &Form) -> Result<(String, String), Refused> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        let shown = form.get("client_id").zip(form.get("client_secret"));
        return shown
            .map(|(id, secret)| (id.to_owned(), secret.to_owned()))
            .ok_or(Refused("invalid_client", text::NO_CLIENT));
    };
    if form.get("client_secret").is_some() {
        return Err(Refused("invalid_request", text::TWO_WAYS));
    }
    let unreadable = Refused("invalid_client", text::BAD_HEADER);
    let Some((id, secret)) = basic(header.as_bytes()) else { return Err(unreadable) };
    match form.get("client_id") {
        Some(named) if named != id => Err(Refused("invalid_request", text::TWO_WAYS)),
        _ => Ok((id, secret)),
    }
}

fn basic(header: &[u8]) -> Option<(String, String)> {
    let (scheme, encoded) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let (id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn asked(req: &HttpRequest, bytes: &[u8], public: &Public) -> Result<Asked, Refused> {
    let media = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let media = media.split(';').next().unwrap_or("").trim();
    if !media.eq_ignore_ascii_case(FORM) || bytes.len() > BODY_MAX || !req.query_string().is_empty() {
        return Err(Refused("invalid_request", text::NOT_A_FORM));
    }
    let form = Form::read(bytes)?;
    let (client, secret) = credentials(req.headers(), &form)?;
    match form.get("grant_type") {
        None => return Err(Refused("invalid_request", text::NO_GRANT)),
        Some(GRANT) => {}
        Some(_) => return Err(Refused("unsupported_grant_type", text::OTHER_GRANT)),
    }
    Ok(Asked {
        client,
        secret: token::parse(&secret),
        scope: form.get("scope").map(str::to_owned),
        address: group(public.address).to_string(),
        request: public.request.clone(),
        tally: public.tally.clone(),
        per_client: public.app.config.limits.tokens_per_client,
        per_address: public.app.config.limits.sign_in_per_address,
    })
}

#[utoipa::path(
    tag = "Clients d’API",
    summary = "Échanger un secret contre un jeton d’accès",
    description = "OAuth 2, « client credentials » (RFC 6749). Le client se nomme par l’en-tête `Authorization: Basic` ou par `client_id` et `client_secret` dans le formulaire. Le jeton dure dix minutes et s’envoie dans `Authorization: Bearer`. Les refus sont ceux de la RFC 6749.",
    security(()),
    request_body(content = DemandeJeton, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, body = JetonAcces, description = "Le jeton d’accès"),
        (status = 400, body = ErreurOauth, description = "Demande mal formée, paramètre répété, portée refusée : `error` dit quoi"),
        (status = 401, body = ErreurOauth, description = "Client ou secret inconnus, expirés ou révoqués"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "Trop de demandes de ce client ou de cette adresse : attendre `Retry-After` secondes"),
    )
)]
#[post("/oauth/token")]
pub async fn exchange(public: Public, req: HttpRequest, payload: web::Payload) -> Result<HttpResponse, AppError> {
    let bytes = match payload.to_bytes_limited(BODY_MAX).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) | Err(_) => return Ok(Refused("invalid_request", text::NOT_A_FORM).answer()),
    };
    let asked = match asked(&req, &bytes, &public) {
        Ok(asked) => asked,
        Err(refused) => return Ok(refused.answer()),
    };
    let (clock, now) = (public.app.clock.clone(), public.app.clock.now());
    let outcome = public.app.db.write(move |conn| service::exchange(conn, &clock, &asked, now)).await?;
    let granted = match outcome {
        Ok(granted) => granted,
        Err(Refusal::TooMany) => return Err(AppError::new(ErrorCode::TropDeRequetes)),
        Err(Refusal::Client) => return Ok(Refused("invalid_client", text::UNKNOWN_CLIENT).answer()),
        Err(Refusal::Scope) => return Ok(Refused("invalid_scope", text::OTHER_SCOPE).answer()),
    };
    let Granted { client, key, scope, id } = granted;
    let new = jwt::New { client: &client, key: &key, scope: &scope, id };
    let signed = jwt::issue(&public.app.jwt, &public.app.issuer, new, now);
    let access_token = signed.ok_or_else(|| AppError::Internal("no token could be signed".to_owned()))?;
    Ok(HttpResponse::Ok().json(JetonAcces {
        access_token,
        token_type: "Bearer".to_owned(),
        expires_in: jwt::LIFE,
        scope,
    }))
}
