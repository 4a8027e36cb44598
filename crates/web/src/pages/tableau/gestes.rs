//! What one did to demandes in the last days, each with the button that undoes it.

use domain::demande::lot::Geste;
use domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::saisie;
use crate::api::{ClientError, demandes};
use crate::pages::demande::changements;
use crate::reactive::State;
use crate::text::{grille as mots, tableau as texte};
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::{Button, ButtonKind, Dialog, Skeleton, Tone, use_announcer};

/// The list being read.
#[derive(Clone, Copy)]
struct Gestes {
    lus: State<Vec<Geste>>,
    suite: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
}

impl Gestes {
    /// Reads the list from its beginning, or its next page.
    fn lire(self, debut: bool) {
        if debut {
            self.lus.set(Vec::new());
            self.suite.set(None);
        }
        let curseur = self.suite.get_untracked();
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = demandes::gestes(curseur.as_deref()).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match page {
                Ok(Page { items, next, .. }) => {
                    self.lus.update(|lus| lus.extend(items));
                    self.suite.set(next);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }
}

/// The button and its dialog.
pub fn mes_changements() -> AnyView {
    let ouvert = RwSignal::new(false);
    let gestes = Gestes {
        lus: State::new(Vec::new()),
        suite: RwSignal::new(None),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
    };
    let ouvrir = Callback::new(move |_| {
        gestes.lire(true);
        ouvert.set(true);
    });
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=ouvrir>
            {texte::MES_CHANGEMENTS}
        </Button>
        <Dialog id="gestes" title=texte::MES_CHANGEMENTS open=ouvert>
            {liste(gestes)}
        </Dialog>
    }
    .into_any()
}

fn liste(gestes: Gestes) -> AnyView {
    let lignes = move || {
        let lus = gestes.lus.get();
        if lus.is_empty() && !gestes.occupe.get() {
            return view! { <p>{texte::AUCUN_CHANGEMENT}</p> }.into_any();
        }
        let lignes = lus.iter().map(|geste| ligne(gestes, geste)).collect::<Vec<AnyView>>();
        view! { <ol class="demande__histoire">{lignes}</ol> }.into_any()
    };
    let plus = move || {
        view! {
            <Button
                kind=ButtonKind::Tertiary
                small=true
                busy=gestes.occupe
                on_click=Callback::new(move |_| gestes.lire(false))
            >
                {texte::SUITE_HISTORIQUE}
            </Button>
        }
        .into_any()
    };
    view! {
        <p>{texte::MES_CHANGEMENTS_AIDE}</p>
        {failure(gestes.echec.into(), Some(Callback::new(move |()| gestes.lire(true))))}
        {dynamic(lignes)}
        {when(move || gestes.occupe.get(), || view! { <Skeleton lines=3 /> }.into_any())}
        {when(move || gestes.suite.read().is_some(), plus)}
    }
    .into_any()
}

fn ligne(gestes: Gestes, geste: &Geste) -> AnyView {
    let annonces = use_announcer();
    let fait = texte::geste(geste.creees, geste.modifiees, geste.supprimees, geste.restaurees, geste.annule.is_some());
    let quand = texte::instant(&geste.date);
    let nom = texte::annuler_geste(&fait, &quand);
    let id = StoredValue::new(geste.id.clone());
    let annuler = Callback::new(move |_| {
        let id = id.get_value();
        spawn_local(async move {
            match demandes::annuler(&id).await.map(saisie::defait) {
                Ok(defait) => {
                    let tone = if defait.left > 0 { Tone::Warning } else { Tone::Success };
                    annonces.show(tone, mots::defait(defait.done, defait.left, false));
                    changements::annoncer();
                    gestes.lire(true);
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    });
    view! {
        <li>
            <p class="demande__action">{fait}</p>
            <p class="fr-hint-text">{quand}</p>
            <Button kind=ButtonKind::Secondary small=true aria_label=nom on_click=annuler>
                {mots::ANNULER}
            </Button>
        </li>
    }
    .into_any()
}
