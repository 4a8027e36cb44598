//! Conditional requests (API-05): a version is a strong `ETag`; a change without `If-Match` is refused (REL-08).

use actix_web::HttpRequest;
use actix_web::HttpResponseBuilder;
use actix_web::http::header::{ETAG, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use domain::error::ErrorCode;

use crate::error::AppError;

/// Puts the version on an answer.
pub fn tag(response: &mut HttpResponseBuilder, version: i64) {
    if let Ok(value) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.insert_header((ETAG, value));
    }
}

/// The version a change is based on. `*` is refused: it would overwrite what nobody has read.
pub fn expected_version(req: &HttpRequest) -> Result<i64, AppError> {
    let Some(header) = req.headers().get(IF_MATCH) else {
        return Err(AppError::new(ErrorCode::VersionManquante));
    };
    let text = header.to_str().unwrap_or("").trim();
    let version = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).and_then(|t| t.parse().ok());
    version.ok_or_else(|| AppError::parameter("If-Match", "etag_invalide", crate::text::IF_MATCH))
}

/// Whether the caller already holds this version.
pub fn not_modified(req: &HttpRequest, version: i64) -> bool {
    let tag = format!("\"{version}\"");
    req.headers()
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split(',').any(|entry| entry.trim() == tag))
}
