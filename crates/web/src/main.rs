//! Entry point of the single-page app: everything is in the library, so that its logic is tested on the host.

fn main() {
    web::start();
}
