//! Pages of other origins (CORS): none, but those that an API client lists, and only with what the page itself shows (a key, an
//! access token, a client's name and secret), never with a cookie. What a browser asks beforehand is answered here: it costs no attempt of any quota (RT-18).
//!
//! Being listed by one client only makes answers readable; that the page may use this very key is checked with the key.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, HeaderMap,
    HeaderValue, VARY,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::origin::foreign_origin;
use crate::access::program;
use crate::app::App;
use crate::error::AppError;

const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
const SENT: &str = "authorization, content-type, idempotency-key, if-match, if-none-match";
const READ: &str = "etag, link, location, ratelimit, ratelimit-policy, retry-after, x-request-id";
/// How long a browser keeps the answer, in seconds.
const KEPT: &str = "600";

/// Lets the pages that an API client lists call with its keys.
pub async fn listed_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let asks = req.method() == Method::OPTIONS && req.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let origin = foreign_origin(req.headers()).filter(|_| asks || req.headers().contains_key(AUTHORIZATION));
    let origin = origin.filter(|_| req.path().starts_with("/api/v1/"));
    let Some(allowed) = allowed(&req, origin).await else {
        return Ok(next.call(req).await?.map_into_left_body());
    };
    if asks {
        let mut answer = HttpResponse::NoContent().finish();
        let headers = answer.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(KEPT));
        allow(headers, allowed);
        return Ok(req.into_response(answer).map_into_right_body());
    }
    let mut response = next.call(req).await?;
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    allow(response.headers_mut(), allowed);
    Ok(response.map_into_left_body())
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(VARY, HeaderValue::from_static("origin"));
}

/// The origin as a header, when some client lists it. A database that does not answer allows nothing.
async fn allowed(req: &ServiceRequest, origin: Option<String>) -> Option<HeaderValue> {
    let app = req.app_data::<web::Data<App>>()?.clone();
    let origin = origin?;
    let header = HeaderValue::from_str(&origin).ok()?;
    let listed = app.db.read(move |conn| Ok::<_, AppError>(program::is_listed(conn, &origin)?)).await;
    listed.unwrap_or(false).then_some(header)
}
