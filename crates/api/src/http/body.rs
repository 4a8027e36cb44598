//! Reading a JSON body strictly: media type, size, encoding, form, then the rules of its type.

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use domain::error::{ErrorCode, FieldError, Problem};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;

use crate::app::App;
use crate::error::AppError;
use crate::http::place::pointer_at;

/// A JSON body of type `T`. Unknown and repeated fields are refused by `T` itself.
pub struct Json<T> {
    /// What was read.
    pub value: T,
    /// The bytes it was read from, for idempotency.
    pub bytes: web::Bytes,
}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media = req.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
        let encoded = encoded(req.headers());
        let limit = req.app_data::<web::Data<App>>().map_or(1 << 20, |app| app.config.limits.json_bytes);
        let payload = web::Payload::from_request(req, payload);
        Box::pin(async move {
            check_media(&media)?;
            if encoded {
                return Err(AppError::detail(ErrorCode::TypeNonAccepte, crate::text::ENCODED_BODY));
            }
            let payload = payload.await.map_err(|error| AppError::Internal(error.to_string()))?;
            let bytes = match payload.to_bytes_limited(limit).await {
                Ok(read) => read.map_err(|_cut| AppError::detail(ErrorCode::JsonInvalide, crate::text::BODY_CUT))?,
                Err(_beyond) => return Err(AppError::new(ErrorCode::CorpsTropGrand)),
            };
            let value = parse(&bytes)?;
            Ok(Self { value, bytes })
        })
    }
}

/// Whether the body is said to be compressed, which is not undone here.
pub fn encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// `application/json` or `application/merge-patch+json`, in UTF-8.
fn check_media(header: &str) -> Result<(), AppError> {
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or("").to_ascii_lowercase();
    if kind != "application/json" && kind != "application/merge-patch+json" {
        return Err(AppError::new(ErrorCode::TypeNonAccepte));
    }
    let charset = parts.find_map(|part| part.to_ascii_lowercase().strip_prefix("charset=").map(str::to_owned));
    match charset.as_deref().map(|name| name.trim_matches('"')) {
        None | Some("utf-8" | "utf8") => Ok(()),
        Some(_) => Err(AppError::new(ErrorCode::EncodageInvalide)),
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let text = std::str::from_utf8(bytes).map_err(|_invalid| AppError::new(ErrorCode::EncodageInvalide))?;
    // PostgreSQL cannot hold the NUL character, and nobody needs it.
    if text.contains('\0') || text.contains("\\u0000") {
        return Err(AppError::detail(ErrorCode::JsonInvalide, crate::text::NUL));
    }
    serde_json::from_str(text).map_err(|error| refusal(text, &error))
}

/// The refusal names the field where reading stopped, when the text is JSON at all.
fn refusal(text: &str, error: &serde_json::Error) -> AppError {
    let mut problem = Problem::with_detail(ErrorCode::JsonInvalide, crate::text::json_error(error));
    if error.is_data() {
        let mut field = pointer_at(text, error.line(), error.column());
        let (code, missing) = crate::text::json_cause(error);
        if let Some(name) = missing {
            field = format!("{field}/{name}");
        }
        problem.errors.push(FieldError::new(field, code, problem.detail.clone()));
    }
    AppError::Problem(Box::new(problem))
}
