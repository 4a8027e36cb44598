//! The screens of administration.

use leptos::prelude::*;

use crate::pages::clients_api::ClientsPage;
use crate::pages::comptes::{ComptePage, ComptesPage, TextesPage};
use crate::pages::eligibilite::{LotPage, LotsPage};
use crate::pages::enveloppes::{EnveloppePage, EnveloppesPage, FinancementPage};
use crate::pages::habilites::HabilitesPage;
use crate::pages::import::{ImportPage, ImportsPage};
use crate::pages::introuvable::IntrouvablePage;
use crate::pages::journal::JournalPage;
use crate::pages::liens::LiensPage;
use crate::pages::modeles::ModelesPage;
use crate::routes::Route;

/// The screen of an address of this program.
pub fn draw(route: Route) -> AnyView {
    match route {
        Route::Comptes => view! { <ComptesPage /> }.into_any(),
        Route::Compte(id) => view! { <ComptePage id /> }.into_any(),
        Route::Clients => view! { <ClientsPage /> }.into_any(),
        Route::Textes => view! { <TextesPage /> }.into_any(),
        Route::Imports => view! { <ImportsPage /> }.into_any(),
        Route::Import(id) => view! { <ImportPage id /> }.into_any(),
        Route::Liens => view! { <LiensPage /> }.into_any(),
        Route::Enveloppes => view! { <EnveloppesPage /> }.into_any(),
        Route::Enveloppe(id) => view! { <EnveloppePage id /> }.into_any(),
        Route::Financement(id) => view! { <FinancementPage id /> }.into_any(),
        Route::Modeles => view! { <ModelesPage /> }.into_any(),
        Route::Lots => view! { <LotsPage /> }.into_any(),
        Route::Lot(id) => view! { <LotPage id /> }.into_any(),
        Route::Habilites => view! { <HabilitesPage /> }.into_any(),
        Route::Journal => view! { <JournalPage /> }.into_any(),
        _ => view! { <IntrouvablePage /> }.into_any(),
    }
}
