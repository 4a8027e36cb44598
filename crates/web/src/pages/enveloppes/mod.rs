//! The envelopes: their account at this instant, what moves their amount, and the decisions on the financing.

mod fiche;
mod financement;
mod liste;
mod proposer;
mod reglages;

use domain::permission::Operation;
use leptos::prelude::*;

pub use self::fiche::EnveloppePage;
pub use self::financement::FinancementPage;
use super::connexion::Attempt;
use crate::api::enveloppes::{self as api, Compte};
use crate::reactive::State;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::enveloppes as text;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{element, paragraph, title};

/// The screen `/administration/enveloppes`.
#[component]
pub fn EnveloppesPage() -> impl IntoView {
    let (lues, suite, essai) = (State::new(Vec::<Compte>::new()), RwSignal::new(None::<String>), Attempt::new());
    let lire = move || {
        let cursor = suite.get_untracked().unwrap_or_default();
        essai.read(Box::pin(async move {
            let (comptes, next) = api::lister(&cursor).await?;
            lues.update(|lues| lues.extend(comptes));
            suite.set(next);
            Ok(())
        }));
    };
    lire();
    let vide = move || !essai.busy.get() && lues.read().is_empty();
    let mut contenu = vec![
        title(text::ENVELOPPES),
        paragraph("", text::AIDE),
        essai.alert(),
        dynamic(move || lines(lues.read().iter().map(une).collect())),
        when(vide, || paragraph("", text::AUCUNE)),
        more(LINES_ID, MORE, (suite, essai.busy), Box::new(lire)),
    ];
    if untrack(|| use_session().may(Operation::EnveloppeGerer)) {
        contenu.push(liste::administrer());
    }
    element("div", "pa-texte", None, contenu)
}

fn une(compte: &Compte) -> AnyView {
    let href = Route::Enveloppe(compte.id.clone()).path();
    let lien = view! { <a class="fr-link" href=href>{text::nom(compte)}</a> }.into_any();
    element("div", "", None, vec![element("p", "", None, vec![lien]), solde(compte)])
}

/// The account: euros against the amount, trainings against the target. The bars repeat the words.
fn solde(compte: &Compte) -> AnyView {
    let barre = |valeur: i64, total: i64| {
        view! { <progress aria-hidden="true" class="pa-barre" max=total.max(1).to_string() value=valeur.to_string()></progress> }
            .into_any()
    };
    let contenu = vec![
        paragraph("", text::engage(compte)),
        barre(compte.engage, compte.montant),
        paragraph("", text::departs(compte)),
        barre(compte.departs.min(compte.cible), compte.cible),
    ];
    element("div", "", None, contenu)
}
