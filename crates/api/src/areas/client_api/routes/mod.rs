//! `/clients-api`, `/oauth/token` and the two documents by which a program finds where and how to ask for a token.

mod clients;
mod oauth;
mod well_known;

pub use well_known::configure as configure_well_known;

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(clients::list).service(clients::create).service(clients::revoke);
    config.service(clients::add_key).service(clients::revoke_key);
    config.service(oauth::exchange);
}
