//! `/connexion`, `/premier-acces`, `/session`, `/sessions`, `/instance` and `/demonstration`: signing in, what is open, and what kind of
//! instance this is. `/comptes`, `/invitations`: who has an account. `/invitation`, `/inscription`: getting one.

mod accounts;
mod first_access;
mod instance;
mod invitations;
mod means;
mod mine;
mod recovery;
mod registration;
mod sessions;
mod sign_in;
mod step_up;

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(instance::instance).service(instance::mails);
    config.service(sign_in::ask).service(sign_in::open);
    config.service(first_access::prepare).service(first_access::confirm);
    config.service(sessions::read).service(sessions::switch).service(sessions::close);
    config.service(accounts::list).service(accounts::add).service(accounts::show).service(accounts::change);
    config.service(recovery::close_sessions).service(recovery::close_session);
    config.service(recovery::revoke_means).service(recovery::send_first_access);
    config.service(recovery::make_welcome_code);
    config.service(invitations::list).service(invitations::invite).service(invitations::cancel);
    config.service(invitations::show).service(invitations::accept).service(registration::register);
    config.service(step_up::ask).service(step_up::give);
    config.service(mine::account).service(mine::sign_ins);
    config.service(means::list).service(means::prepare).service(means::confirm).service(means::attach);
    config.service(means::relocate).service(means::rename).service(means::remove);
    config.service(sessions::list).service(sessions::close_all).service(sessions::close_one);
}
