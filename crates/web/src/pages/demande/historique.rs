//! The history of a demande: who changed what, when, from what to what.

use crate::reactive::{State, effect};
use crate::session::use_session;
use domain::demande::{Colonne, EntreeHistorique};
use domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fiche::nommer;
use crate::api::{ClientError, demandes};
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::{Button, ButtonKind, Select, Skeleton};

/// What is known of the history.
#[derive(Clone, Copy)]
struct Histoire {
    id: StoredValue<String>,
    entrees: State<Vec<EntreeHistorique>>,
    suite: RwSignal<Option<String>>,
    echec: RwSignal<Option<ClientError>>,
    occupe: RwSignal<bool>,
    /// Only the changes of this column; empty for all.
    colonne: RwSignal<String>,
}

impl Histoire {
    /// Reads the next page.
    fn lire(self) {
        let (id, curseur) = (self.id.get_value(), self.suite.get_untracked());
        let colonne = self.colonne.get_untracked();
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = demandes::historique(&id, &colonne, curseur.as_deref()).await;
            // Gone, or another column was asked for meanwhile.
            if self.colonne.try_get_untracked().as_ref() != Some(&colonne) {
                return;
            }
            self.occupe.set(false);
            match page {
                Ok(Page { items, next, .. }) => {
                    self.entrees.update(|entrees| entrees.extend(items));
                    self.suite.set(next);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }
}

/// The history, newest first, page by page.
pub fn historique(id: String) -> AnyView {
    let histoire = Histoire {
        id: StoredValue::new(id),
        entrees: State::new(Vec::new()),
        suite: RwSignal::new(None),
        echec: RwSignal::new(None),
        occupe: RwSignal::new(false),
        colonne: RwSignal::new(String::new()),
    };
    effect(move || {
        histoire.colonne.track();
        histoire.entrees.set(Vec::new());
        histoire.suite.set(None);
        histoire.lire();
    });
    let lire = Callback::new(move |()| histoire.lire());
    let suite = Callback::new(move |_| histoire.lire());
    let plus = move || {
        view! {
            <Button kind=ButtonKind::Tertiary small=true busy=histoire.occupe on_click=suite>
                {texte::SUITE_HISTORIQUE}
            </Button>
        }
        .into_any()
    };
    view! {
        <section class="demande__section">
            <h3 class="fr-h6">{texte::HISTORIQUE}</h3>
            {filtre(histoire.colonne)}
            <ol class="demande__histoire">{dynamic(move || histoire.entrees.get().iter().map(entree).collect::<Vec<AnyView>>().into_any())}</ol>
            {when(move || histoire.occupe.get(), || view! { <Skeleton lines=3 /> }.into_any())}
            {failure(histoire.echec.into(), Some(lire))}
            {when(move || histoire.suite.read().is_some(), plus)}
        </section>
    }
    .into_any()
}

/// The choice of a column.
fn filtre(value: RwSignal<String>) -> AnyView {
    let session = use_session();
    let lues = Colonne::ALL.iter().filter(|colonne| untrack(|| session.reads(**colonne)));
    let options: Vec<(String, String)> =
        lues.map(|c| (c.nom().to_owned(), domain::text::fr::colonne(*c).to_owned())).collect();
    let placeholder = Some(texte::HISTORIQUE_TOUTES);
    view! { <Select id="histoire-colonne" label=texte::HISTORIQUE_COLONNE value options placeholder /> }.into_any()
}

fn entree(entree: &EntreeHistorique) -> AnyView {
    let changements = entree.changements.iter().map(|changement| {
        let (libelle, avant) = nommer(&changement.colonne, &changement.avant);
        let (_, apres) = nommer(&changement.colonne, &changement.apres);
        view! { <li>{texte::changement(&libelle, &avant, &apres)}</li> }
    });
    view! {
        <li>
            <p class="demande__action">
                {texte::action(&entree.action).to_owned()}
                {entree.annulation.then_some(texte::PAR_ANNULATION)}
                {entree.motif.clone().map(texte::motif)}
            </p>
            <p class="fr-hint-text">{texte::auteur(&entree.auteur, entree.role.as_deref(), &entree.date)}</p>
            <ul>{changements.collect_view()}</ul>
        </li>
    }
    .into_any()
}
