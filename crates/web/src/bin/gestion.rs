//! Entry point of the work on candidatures, which the public never downloads.

use web::app::{Program, gestion};
use web::routes::Space;

fn main() {
    web::start(Program { space: Space::Gestion, draw: gestion::draw });
}
