//! The screens of the public, and those of one's own account.

use leptos::prelude::*;

use crate::pages::accessibilite::AccessibilitePage;
use crate::pages::accueil::AccueilPage;
use crate::pages::avis::{AvisPage, DesabonnementPage};
use crate::pages::candidature::{CandidaturePage, EnvoyeePage};
use crate::pages::connexion::{ConnexionLienPage, ConnexionPage, InscriptionPage, InvitationPage, PremierAccesPage};
use crate::pages::courriels::CourrielsPage;
use crate::pages::engagements::EngagementsPage;
use crate::pages::introuvable::IntrouvablePage;
use crate::pages::mon_compte::MonComptePage;
use crate::pages::probleme::ProblemePage;
use crate::pages::suivi::SuiviPage;
use crate::routes::Route;

/// The screen of an address of this program.
pub fn draw(route: Route) -> AnyView {
    match route {
        Route::Accueil => view! { <AccueilPage /> }.into_any(),
        Route::Candidature => view! { <CandidaturePage /> }.into_any(),
        Route::CandidatureEnvoyee => view! { <EnvoyeePage /> }.into_any(),
        Route::Suivi => view! { <SuiviPage /> }.into_any(),
        Route::Avis => view! { <AvisPage /> }.into_any(),
        Route::Desabonnement => view! { <DesabonnementPage /> }.into_any(),
        Route::Connexion => view! { <ConnexionPage /> }.into_any(),
        Route::PremierAcces => view! { <PremierAccesPage /> }.into_any(),
        Route::ConnexionLien => view! { <ConnexionLienPage /> }.into_any(),
        Route::Invitation => view! { <InvitationPage /> }.into_any(),
        Route::Inscription => view! { <InscriptionPage /> }.into_any(),
        Route::Engagements => view! { <EngagementsPage /> }.into_any(),
        Route::MonCompte => view! { <MonComptePage /> }.into_any(),
        Route::Courriels => view! { <CourrielsPage /> }.into_any(),
        Route::Accessibilite => view! { <AccessibilitePage /> }.into_any(),
        Route::Probleme(code) => view! { <ProblemePage code /> }.into_any(),
        _ => view! { <IntrouvablePage /> }.into_any(),
    }
}
