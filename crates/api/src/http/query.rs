//! Reading query parameters strictly: unknown, repeated or ill-typed ones are refused with their name.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use domain::error::ErrorCode;
use serde::de::DeserializeOwned;

use crate::error::AppError;

/// Query parameters of type `T`, which denies unknown fields.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(parse(req.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    if text.to_ascii_lowercase().contains("%00") {
        return Err(AppError::detail(ErrorCode::ParametreInvalide, crate::text::NUL));
    }
    actix_web::web::Query::<T>::from_query(text)
        .map(actix_web::web::Query::into_inner)
        .map_err(|error| AppError::detail(ErrorCode::ParametreInvalide, crate::text::query_error(&error.to_string())))
}
