//! What others need to know of the authorisation server: its public keys (RFC 7517) and its addresses (RFC 8414).

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get, web};
use domain::permission::Portee;
use serde_json::{Value, json};

use crate::access::Public;

/// A new key is published well before it signs: what is kept for five minutes is never too old.
fn public(body: &Value) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(body)
}

#[get("/.well-known/jwks.json")]
async fn keys(caller: Public) -> HttpResponse {
    public(&caller.app.jwt.published())
}

#[get("/.well-known/oauth-authorization-server")]
async fn metadata(caller: Public) -> HttpResponse {
    let issuer = &caller.app.issuer;
    public(&json!({
        "issuer": issuer.site,
        "token_endpoint": format!("{}/oauth/token", issuer.audience()),
        "jwks_uri": format!("{}/.well-known/jwks.json", issuer.site),
        "scopes_supported": Portee::ALL,
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "service_documentation": format!("{}/api/docs", issuer.site),
    }))
}

/// Declares both.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(keys).service(metadata);
}
