//! Changes asked for by a page of another site are refused, whatever cookie the browser adds: browsers say where a request
//! comes from (`Sec-Fetch-Site`, else `Origin`). A token is not added by a browser: who holds one may call from anywhere.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName, ORIGIN};
use actix_web::middleware::Next;
use domain::error::ErrorCode;

use crate::error::AppError;

static SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets through what our own pages and programs ask for.
pub async fn own_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let reads = req.method().is_safe();
    if reads || req.headers().contains_key(AUTHORIZATION) || !is_foreign(req.headers()) {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    let refusal = AppError::detail(ErrorCode::NonAutorise, crate::text::FOREIGN_PAGE);
    let response = actix_web::ResponseError::error_response(&refusal);
    Ok(req.into_response(response).map_into_right_body())
}

/// The origin of the page that calls, when a browser names one that is not ours.
pub fn foreign_origin(headers: &HeaderMap) -> Option<String> {
    let origin = headers.get(ORIGIN)?.to_str().unwrap_or("?");
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let ours = origin.split_once("://").is_some_and(|(_, host)| Some(host) == own);
    (!ours).then(|| origin.to_owned())
}

/// Whether the browser says that a page of another origin asks. What says nothing is not a browser.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text(&SITE), text(&ORIGIN)) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) != text(&HOST),
        (None, None) => false,
    }
}
