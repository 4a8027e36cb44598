//! `/connexion`, `/premier-acces`, `/session`, `/sessions`, `/instance` and `/demonstration`: signing in, what is open, and what kind of
//! instance this is.

mod first_access;
mod instance;
mod means;
mod mine;
mod sessions;
mod sign_in;
mod step_up;

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(instance::instance).service(instance::mails);
    config.service(sign_in::ask).service(sign_in::open);
    config.service(first_access::prepare).service(first_access::confirm);
    config.service(sessions::read).service(sessions::switch).service(sessions::close);
    config.service(step_up::ask).service(step_up::give);
    config.service(mine::account).service(mine::sign_ins);
    config.service(means::list).service(means::prepare).service(means::confirm).service(means::attach);
    config.service(means::relocate).service(means::rename).service(means::remove);
    config.service(sessions::list).service(sessions::close_all).service(sessions::close_one);
}
