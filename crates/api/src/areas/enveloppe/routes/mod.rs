//! `/enveloppes`: the envelopes of the caller, their settings, the movements of their amounts.

mod gestion;
mod mouvements;
mod reading;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::enveloppe::EnveloppeDetail;

use super::gestion::Context;
use crate::access::Actor;
use crate::http::condition;

/// What work on envelopes needs to know of this caller.
fn context<R>(actor: &Actor<R>) -> Context {
    Context {
        clock: actor.app.clock.clone(),
        author: actor.author(),
        now: actor.app.clock.now(),
        perimeter: actor.perimeter.clone(),
    }
}

fn answer(status: StatusCode, detail: &EnveloppeDetail) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    condition::tag(&mut response, detail.resume.version);
    response.json(detail)
}

/// Declares the area's routes.
pub fn configure(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
    config.service(gestion::export).service(reading::list).service(reading::show).service(reading::public_face);
    config.service(gestion::create).service(gestion::change).service(gestion::import);
    config.service(mouvements::list).service(mouvements::propose).service(mouvements::approve);
    config.service(mouvements::refuse);
}
