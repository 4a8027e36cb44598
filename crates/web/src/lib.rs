//! The single-page app of Parcours Aidants (Leptos, client-side rendering).
//!
//! `routes` lists every screen and who may open it; `app` draws the layout and the screen of the current address;
//! `api` is the only door to the server; `ui` and `forms` are the accessible building blocks; `text` holds every sentence.

use leptos::prelude::*;

pub mod api;
pub mod app;
pub mod browser;
pub mod forms;
pub mod grid;
pub mod pages;
pub mod reactive;
pub mod routes;
pub mod session;
pub mod text;
pub mod ui;

/// Replaces the static shell of the page by a program.
pub fn start(program: app::Program) {
    browser::clear_shell();
    leptos::mount::mount_to_body(move || view! { <app::App program /> });
}
