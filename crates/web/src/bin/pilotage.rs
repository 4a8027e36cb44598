//! Entry point of the dashboards, which only those who read figures download.

use web::app::{Program, pilotage};
use web::routes::Space;

fn main() {
    web::start(Program { space: Space::Pilotage, draw: pilotage::draw });
}
