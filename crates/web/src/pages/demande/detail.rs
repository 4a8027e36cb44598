//! A demande: read, changed, deleted, with its history. The same beside the table and on its own screen.

use std::sync::Arc;

use crate::reactive::State;
use domain::demande::DemandeDetail;
use domain::permission::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::brouillon::Place;
use super::{changements, commentaires, edition, fiche, historique, presence};
use crate::api::{ClientError, demandes};
use crate::browser;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::{grille, tableau as texte};
use crate::ui::dynamic::{dynamic, when, words};
use crate::ui::{Announcer, Button, ButtonKind, Failure, Skeleton, Tone, use_announcer};

/// Identifier of the title.
const TITRE_ID: &str = "demande-titre";

/// What the parts share.
#[derive(Clone, Copy)]
pub struct Ouverte {
    id: StoredValue<String>,
    detail: State<Option<Result<DemandeDetail, ClientError>>>,
    edition: RwSignal<bool>,
    occupe: RwSignal<bool>,
    annonces: Announcer,
}

impl Ouverte {
    fn lire(self) {
        let Some(id) = self.id.try_get_value() else {
            // Its screen was left.
            return;
        };
        // What was typed and not saved is shown again where it was typed.
        if untrack(|| use_session().may(Operation::DemandeModifier)) && Place::de(&id).lire().is_some() {
            self.edition.set(true);
        }
        spawn_local(async move {
            let lue = demandes::lire(&id).await;
            // Gone when another demande was opened meanwhile.
            if self.id.try_get_value().as_ref() == Some(&id) && !self.saisie_en_cours() {
                self.detail.set(Some(lue));
            }
        });
    }

    /// Whether somebody is typing in the form: a late answer must not draw it anew. If the demande has changed, saving tells.
    fn saisie_en_cours(self) -> bool {
        self.edition.get_untracked() && self.detail.with_untracked(|detail| matches!(detail, Some(Ok(_))))
    }

    /// A new version was saved.
    fn remplacer(self, (detail, geste): edition::Enregistree) {
        self.detail.set(Some(Ok(detail)));
        self.edition.set(false);
        match geste {
            Some(geste) => self.proposer_annulation(geste),
            None => self.annonces.show(Tone::Success, texte::ENREGISTREE),
        }
        changements::annoncer();
        browser::focus_later(TITRE_ID);
    }

    /// Says that it is saved, and proposes to undo.
    fn proposer_annulation(self, geste: String) {
        let annonces = self.annonces;
        let annuler = move || {
            let geste = geste.clone();
            spawn_local(async move {
                match demandes::annuler(&geste).await {
                    Ok(fait) => {
                        let tone = if fait.refusees > 0 { Tone::Warning } else { Tone::Success };
                        annonces.show(tone, grille::defait(fait.faites, fait.refusees, false));
                        changements::annoncer();
                        self.lire();
                    }
                    Err(error) => annonces.show(Tone::Error, error.sentence()),
                }
            });
        };
        annonces.offer(Tone::Success, texte::ENREGISTREE, grille::ANNULER, Arc::new(annuler));
    }

    fn supprimer(self, version: i64, fermer: Callback<()>) {
        if self.occupe.get_untracked() {
            return;
        }
        self.occupe.set(true);
        let id = self.id.get_value();
        spawn_local(async move {
            let supprimee = demandes::supprimer(&id, version).await;
            self.occupe.try_set(false);
            match supprimee {
                Ok(()) => {
                    proposer_retour(self.annonces, id);
                    changements::annoncer();
                    fermer.try_run(());
                }
                Err(error) => {
                    self.annonces.show(Tone::Error, error.sentence());
                    self.lire();
                }
            }
        });
    }
}

/// Proposes to undo a deletion.
fn proposer_retour(annonces: Announcer, id: String) {
    let restaurer = move || {
        let id = id.clone();
        spawn_local(async move {
            match demandes::restaurer(&id).await {
                Ok(_) => {
                    annonces.show(Tone::Success, texte::RESTAUREE);
                    changements::annoncer();
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    };
    annonces.offer(Tone::Success, texte::SUPPRIMEE, texte::ANNULER_SUPPRESSION, Arc::new(restaurer));
}

/// One demande. `seule` says that it has the screen for itself.
#[component]
pub fn Detail(
    /// Its identifier.
    id: String,
    /// Called when it is closed or deleted.
    on_close: Callback<()>,
    /// Whether it is alone on its screen.
    #[prop(optional)]
    seule: bool,
) -> impl IntoView {
    let ouverte = Ouverte {
        id: StoredValue::new(id),
        detail: State::new(None),
        edition: RwSignal::new(false),
        occupe: RwSignal::new(false),
        annonces: use_announcer(),
    };
    ouverte.lire();
    let fermer_par_touche = move |event: leptos::ev::KeyboardEvent| {
        if !seule && event.key() == "Escape" && !ouverte.edition.get_untracked() {
            on_close.run(());
        }
    };
    let contenu = move || match ouverte.detail.get() {
        None => view! { <Skeleton lines=8 /> }.into_any(),
        Some(Err(error)) => view! { <Failure error on_retry=Callback::new(move |()| ouverte.lire()) /> }.into_any(),
        Some(Ok(detail)) => lue(ouverte, detail, on_close),
    };
    if !seule {
        browser::focus_later(TITRE_ID);
    }
    view! {
        <div class="demande" on:keydown=fermer_par_touche>
            <div class="demande__tete">
                <h2 class="fr-h4" id=TITRE_ID tabindex="-1">{words(move || titre(ouverte))}</h2>
                {(!seule).then(|| boutons_du_panneau(ouverte, on_close))}
            </div>
            {presence::presence(ouverte.id.get_value())}
            {dynamic(contenu)}
        </div>
    }
    .into_any()
}

fn titre(ouverte: Ouverte) -> String {
    match ouverte.detail.get() {
        Some(Ok(detail)) => {
            let valeur = |nom: &str| detail.demande.colonnes.get(nom).cloned().unwrap_or_default();
            texte::demande_de(&valeur("prenom"), &valeur("nom"))
        }
        _ => texte::DEMANDE.to_owned(),
    }
}

fn boutons_du_panneau(ouverte: Ouverte, on_close: Callback<()>) -> AnyView {
    let adresse = Route::Demande(ouverte.id.get_value()).path();
    view! {
        <div class="demande__boutons">
            <a class="fr-link fr-text--sm" href=adresse>{texte::PLEINE_PAGE}</a>
            <Button kind=ButtonKind::Tertiary small=true on_click=Callback::new(move |_| on_close.run(()))>
                {texte::FERMER}
            </Button>
        </div>
    }
    .into_any()
}

/// A demande that was read: its form while it is edited, else its card.
fn lue(ouverte: Ouverte, detail: DemandeDetail, on_close: Callback<()>) -> AnyView {
    let detail = StoredValue::new(detail);
    let contenu = move || {
        if ouverte.edition.get() {
            let abandonner = Callback::new(move |()| {
                ouverte.edition.set(false);
                ouverte.lire();
                browser::focus_later(TITRE_ID);
            });
            let enregistree = Callback::new(move |enregistree| ouverte.remplacer(enregistree));
            return edition::modifier(detail.get_value(), enregistree, abandonner);
        }
        let id = ouverte.id.get_value();
        view! {
            {actions(ouverte, detail, on_close)}
            {detail.with_value(fiche::fiche)}
            {commentaires::commentaires(id.clone())}
            {historique::historique(id)}
        }
        .into_any()
    };
    dynamic(contenu)
}

fn actions(ouverte: Ouverte, detail: StoredValue<DemandeDetail>, on_close: Callback<()>) -> AnyView {
    let session = use_session();
    let modifier = Callback::new(move |_| ouverte.edition.set(true));
    let supprimer = Callback::new(move |_| {
        ouverte.supprimer(detail.with_value(|detail| detail.demande.version), on_close);
    });
    let boutons = move || {
        view! {
            <div class="demande__actions">
                <Button small=true on_click=modifier>
                    {texte::MODIFIER}
                </Button>
                <Button kind=ButtonKind::Secondary small=true busy=ouverte.occupe on_click=supprimer>
                    {texte::SUPPRIMER}
                </Button>
            </div>
        }
        .into_any()
    };
    when(move || session.may(Operation::DemandeModifier), boutons)
}
