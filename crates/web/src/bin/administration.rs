//! Entry point of the administration, which only those who administer download.

use web::app::{Program, administration};
use web::routes::Space;

fn main() {
    web::start(Program { space: Space::Administration, draw: administration::draw });
}
