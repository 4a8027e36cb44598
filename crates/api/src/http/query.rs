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
    let read = |text: &str| actix_web::web::Query::<T>::from_query(text).map_err(|error| error.to_string());
    read(text).map(actix_web::web::Query::into_inner).map_err(|cause| {
        let sentence = crate::text::query_error(&cause);
        let named = cause.contains("field `").then(|| cause.split('`').nth(1)).flatten().map(str::to_owned);
        // The cause of an ill-typed value does not say whose it is: each is tried alone.
        let alone = || {
            let refused = |pair: &&str| read(pair).is_err_and(|cause| !cause.contains("missing field"));
            text.split('&').find(refused).and_then(|pair| pair.split('=').next()).map(str::to_owned)
        };
        match named.or_else(alone) {
            Some(name) => AppError::parameter(&name, "parametre_refuse", sentence),
            None => AppError::detail(ErrorCode::ParametreInvalide, sentence),
        }
    })
}
