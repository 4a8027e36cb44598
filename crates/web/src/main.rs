//! Entry point of the service: everything is in the library, so that its logic is tested on the host.

use web::app::{Program, service};
use web::routes::Space;

fn main() {
    web::start(Program { space: Space::Service, draw: service::draw });
}
