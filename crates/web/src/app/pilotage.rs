//! The screens of the dashboards.

use leptos::prelude::*;

use crate::pages::introuvable::IntrouvablePage;
use crate::pages::pilotage::{Lieu, PilotagePage};
use crate::routes::Route;

/// The screen of an address of this program.
pub fn draw(route: Route) -> AnyView {
    let lieu = match route {
        Route::Pilotage => Lieu::Pays,
        Route::PilotageDepartement(code) => Lieu::Departement(code),
        Route::PilotageEnveloppe(id) => Lieu::Enveloppe(id),
        _ => return view! { <IntrouvablePage /> }.into_any(),
    };
    view! { <PilotagePage lieu /> }.into_any()
}
