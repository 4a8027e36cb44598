//! The middleware around every request: correlation id, one line of log, security headers, and the id in problems.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use domain::error::{ErrorCode, Problem};
use futures_util::FutureExt as _;

use crate::app::App;
use crate::config::Mode;
use crate::error::{Cause, respond};
use crate::http::limit::Tally;

/// Correlation id of a request, kept in its extensions.
#[derive(Clone)]
pub struct RequestId(pub String);

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const SECURITY: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()",
    ),
];
/// In production only: a demonstration is often reached without TLS, and the promise would outlive it.
const TRANSPORT: (&str, &str) = ("strict-transport-security", "max-age=63072000; includeSubDomains");

fn harden(headers: &mut HeaderMap, production: bool) {
    for (name, value) in SECURITY.into_iter().chain(production.then_some(TRANSPORT)) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key("content-security-policy") {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
        headers.insert(HeaderName::from_static("content-security-policy"), nothing);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Surrounds a request; see the module.
pub async fn surround(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let app = req.app_data::<web::Data<App>>();
    let id = app.map(|app| app.clock.id()).unwrap_or_default();
    let production = app.is_some_and(|app| app.config.mode == Mode::Production);
    let tally = Tally::default();
    req.extensions_mut().insert(RequestId(id.clone()));
    req.extensions_mut().insert(tally.clone());
    let method = req.method().clone();
    let mut response = match AssertUnwindSafe(next.call(req)).catch_unwind().await {
        Ok(Ok(response)) => response.map_into_boxed_body(),
        // Extractors that fail before the handler arrive here as errors without a response.
        Ok(Err(error)) => return Err(error),
        Err(_panic) => return Err(panicked(&id, production)),
    };
    if let Some(app) = response.request().app_data::<web::Data<App>>() {
        app.refusals.notice(response.request(), response.status().as_u16(), &id, app.clock.now());
    }
    let mut left = response.response_mut().extensions_mut();
    let problem = left.remove::<Problem>();
    let cause = left.remove::<Cause>();
    drop(left);
    let violated_policies = tally.tell(response.headers_mut());
    let mut response = match problem {
        None => response,
        Some(problem) => {
            let problem = if tally.abnormal() { problem.abnormal_usage() } else { problem };
            identify(response, Problem { violated_policies, ..problem }, &id)
        }
    };
    harden(response.headers_mut(), production);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    let pattern = response.request().match_pattern().unwrap_or_else(|| "(none)".to_owned());
    log(&id, method.as_str(), &pattern, response.status().as_u16(), started, cause);
    Ok(response)
}

/// The answer when a handler panicked, which the request went down with: that it failed, and under which id (SEC-54). The
/// cause is in the log, where the panic was told.
fn panicked(id: &str, production: bool) -> Error {
    tracing::error!(request = id, "http.panicked");
    let mut problem = Problem::new(ErrorCode::ErreurInterne);
    problem.instance = Some(id.to_owned());
    let mut response = respond(&problem);
    harden(response.headers_mut(), production);
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    InternalError::from_response("panic", response).into()
}

/// Writes the correlation id into a problem's body, before it is compressed.
fn identify(response: ServiceResponse<BoxBody>, mut problem: Problem, id: &str) -> ServiceResponse<BoxBody> {
    problem.instance = Some(id.to_owned());
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    response.map_body(|_, _without_id| BoxBody::new(body))
}

/// One line per request, without any personal data: the route's pattern, never its values.
fn log(id: &str, method: &str, route: &str, status: u16, started: Instant, cause: Option<Cause>) {
    let elapsed = started.elapsed();
    metrics::counter!("http_requetes_total", "route" => route.to_owned(), "methode" => method.to_owned(), "statut" => status.to_string())
        .increment(1);
    metrics::histogram!("http_duree_secondes", "route" => route.to_owned()).record(elapsed.as_secs_f64());
    let duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    match cause {
        Some(Cause(cause)) => {
            tracing::error!(request = id, method, route, status, duration_ms, cause, "http.request_failed");
        }
        None => tracing::info!(request = id, method, route, status, duration_ms, "http.request"),
    }
}
