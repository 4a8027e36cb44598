//! `/demandes`: the tableau de gestion over HTTP.

mod criteria;
mod flux;
mod gestes;
mod history;
mod item;
mod list;
mod lots;

pub use criteria::{Criteria, columns, limit, may_see};

/// Declares the area's routes. Fixed paths first: `{id}` would take them.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config
        .service(flux::follow)
        .service(list::counters)
        .service(list::groups)
        .service(lots::colleagues)
        .configure(crate::areas::message::routes::configure)
        .configure(crate::areas::financement::routes::configure)
        .service(list::landmarks)
        .service(gestes::deleted)
        .service(crate::areas::export::routes::export)
        .service(crate::areas::export::routes::export_chosen);
    config.service(list::list).service(item::add).service(item::show).service(item::change).service(item::remove);
    config.service(item::restore).service(history::history);
    config.service(lots::batch).service(gestes::list).service(gestes::undo);
}
