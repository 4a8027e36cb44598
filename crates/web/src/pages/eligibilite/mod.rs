//! The eligibility batches: when they open, and the work list of each.

mod lot;

use domain::lot_eligibilite::CalendrierSaisi;
use domain::permission::Operation;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

pub use self::lot::LotPage;
use super::connexion::Attempt;
use crate::api::eligibilite::{self as api, Calendrier, Lot};
use crate::reactive::State;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::eligibilite as text;
use crate::ui::dynamic::{dynamic, optional, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{Field, FieldKind, button, element, folded, form, paragraph, send_button, title};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// The screen `/administration/eligibilite`.
#[component]
pub fn LotsPage() -> impl IntoView {
    let (lus, suite, essai) = (State::new(Vec::<Lot>::new()), RwSignal::new(None::<String>), Attempt::new());
    let calendrier = State::new(None::<Calendrier>);
    let lire = move || {
        let cursor = suite.get_untracked().unwrap_or_default();
        essai.read(Box::pin(async move {
            if cursor.is_empty() {
                calendrier.set(Some(api::calendrier().await?));
            }
            let (lots, next) = api::lister(&cursor).await?;
            lus.update(|lus| lus.extend(lots));
            suite.set(next);
            Ok(())
        }));
    };
    lire();
    let vide = move || !essai.busy.get() && lus.read().is_empty();
    let session = use_session();
    let mut contenu = vec![
        title(text::LOTS),
        paragraph("", text::AIDE),
        essai.alert(),
        optional(move || calendrier.get().map(|lu| paragraph("fr-text--bold", text::prochaine(&lu)))),
        dynamic(move || lines(lus.read().iter().map(un).collect())),
        when(vide, || paragraph("", text::AUCUN)),
        more(LINES_ID, MORE, (suite, essai.busy), Box::new(lire)),
    ];
    if untrack(|| session.may(Operation::EligibiliteDecider)) {
        contenu.push(ouvrir());
    }
    if untrack(|| session.may(Operation::CalendrierRegler)) {
        contenu.push(optional(move || calendrier.get().map(|lu| reglage(calendrier, &lu))));
    }
    element("div", "pa-texte", None, contenu)
}

fn un(lot: &Lot) -> AnyView {
    let href = Route::Lot(lot.id.clone()).path();
    let lien = view! { <a class="fr-link" href=href>{text::nom(lot)}</a> }.into_any();
    element("div", "", None, vec![element("p", "", None, vec![lien]), paragraph("", text::nombres(lot))])
}

/// Opening a batch by hand leads to it.
fn ouvrir() -> AnyView {
    let (essai, navigate) = (Attempt::new(), StoredValue::new_local(use_navigate()));
    let ouvrir = move || {
        essai.run(Box::pin(async move {
            let id = api::ouvrir().await?;
            // Whoever left meanwhile stays where they are.
            navigate.try_with_value(|navigate| navigate(&Route::Lot(id).path(), Default::default()));
            Ok(())
        }));
    };
    let bouton = button(ButtonKind::Secondary, text::OUVRIR, None, essai.busy, Box::new(ouvrir));
    element("div", "", None, vec![essai.alert(), element("p", "", None, vec![bouton])])
}

fn reglage(calendrier: State<Option<Calendrier>>, lu: &Calendrier) -> AnyView {
    let (essai, annonces, version) = (Attempt::new(), use_announcer(), lu.version);
    let premier = RwSignal::new(lu.premier_jour.clone());
    let periode = RwSignal::new(lu.periode.to_string());
    let regler = move || {
        let premier_jour = premier.get_untracked().trim().to_owned();
        // What is no number is refused as 0 is, with the sentence of the service.
        let periode = periode.get_untracked().trim().parse().unwrap_or(0);
        essai.run(Box::pin(async move {
            let regle = api::regler(version, &CalendrierSaisi { premier_jour, periode }).await?;
            annonces.show(Tone::Success, text::ENREGISTRE);
            calendrier.set(Some(regle));
            Ok(())
        }));
    };
    let champ = |id, label, hint, value| Field { kind: FieldKind::Text, id, label, hint, value };
    let champs = vec![
        champ("premier_jour", text::PREMIER_JOUR, text::PREMIER_JOUR_AIDE, premier).draw(essai.at("/premier_jour")),
        champ("periode", text::PERIODE, "", periode).draw(essai.at("/periode")),
        send_button(text::ENREGISTRER, essai.busy),
    ];
    let contenu = vec![
        paragraph("", text::REGLER_AIDE),
        paragraph("fr-hint-text", text::regle_par(lu)),
        essai.alert(),
        form("", champs, Box::new(regler)),
    ];
    folded("pa-repli", text::REGLER, contenu)
}
