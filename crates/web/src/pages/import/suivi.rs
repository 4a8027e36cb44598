//! Following an import: progress while it runs, then its report and what may be done next.

use std::time::Duration;

use domain::import::ImportVue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::etapes::{envoye, etape};
use super::logic::{a_confirmer, defaisable, fini, pour_cent};
use super::progres::Progres;
use super::{envoyer, essaye, rapport};
use crate::api::{ClientError, imports};
use crate::pages::demande::changements;
use crate::reactive::{State, computed};
use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::dynamic::{failure, optional, when, words};
use crate::ui::{Alert, Announcer, Button, ButtonKind, Dialog, Skeleton, Tone, use_announcer};

/// Time between two questions to the server.
const RYTHME: Duration = Duration::from_millis(700);

/// An import being followed.
#[derive(Clone, Copy)]
struct Suivi {
    id: StoredValue<String>,
    import: State<Option<ImportVue>>,
    echec: RwSignal<Option<ClientError>>,
    occupe: RwSignal<bool>,
    progres: Progres,
    annonces: Announcer,
    aller: Callback<String>,
}

impl Suivi {
    /// Asks for the state, then again until it is finished.
    fn lire(self) {
        let Some(id) = self.id.try_get_value() else {
            return;
        };
        spawn_local(async move {
            let lu = imports::lire(&id).await;
            if self.id.try_get_value().is_none() {
                return;
            }
            match lu {
                Ok(import) => {
                    let encore = !fini(import.etat);
                    self.recevoir(import);
                    if encore {
                        set_timeout(move || self.lire(), RYTHME);
                    }
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }

    fn recevoir(self, import: ImportVue) {
        let finit =
            fini(import.etat) && self.import.with_untracked(|avant| avant.as_ref().is_some_and(|a| !fini(a.etat)));
        if finit {
            self.annonces.say(texte::etat(import.etat));
        }
        if fini(import.etat) && !import.dry_run {
            changements::annoncer();
        }
        self.echec.set(None);
        self.import.set(Some(import));
    }

    /// Does something to the import, then shows its new state.
    fn agir(self, action: impl Future<Output = Result<ImportVue, ClientError>> + 'static) {
        if self.occupe.get_untracked() {
            return;
        }
        self.occupe.set(true);
        spawn_local(async move {
            let reponse = action.await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match reponse {
                Ok(import) => self.recevoir(import),
                Err(error) => self.annonces.show(Tone::Error, error.sentence()),
            }
        });
    }

    /// Imports for real the file of this rehearsal.
    fn confirmer(self) {
        let Some(fichier) = essaye(&self.id.get_value()) else {
            return;
        };
        if self.occupe.get_untracked() {
            return;
        }
        self.occupe.set(true);
        spawn_local(async move {
            let reponse = envoyer(fichier, false, self.progres).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match reponse {
                Ok(import) => self.aller.run(Route::Import(import.id).path()),
                Err(error) => self.annonces.show(Tone::Error, error.sentence()),
            }
        });
    }
}

/// The screen of one import, but for its title.
pub fn suivi(id: String) -> AnyView {
    let navigate = use_navigate();
    let suivi = Suivi {
        id: StoredValue::new(id),
        import: State::new(None),
        echec: RwSignal::new(None),
        occupe: RwSignal::new(false),
        progres: Progres::nouveau(),
        annonces: use_announcer(),
        aller: Callback::new(move |adresse: String| navigate(&adresse, NavigateOptions::default())),
    };
    suivi.lire();
    let essai = computed(move || suivi.import.read().as_ref().map(|import| import.dry_run));
    let en_cours = computed(move || suivi.import.read().as_ref().is_some_and(|import| !fini(import.etat)));
    let termine = computed(move || suivi.import.get().filter(|import| fini(import.etat)));
    let relire = Callback::new(move |()| suivi.lire());
    view! {
        {optional(move || essai.get().map(|essai| etape(envoye(essai))))}
        {failure(suivi.echec.into(), Some(relire))}
        {when(move || suivi.import.read().is_none() && suivi.echec.read().is_none(), || view! { <Skeleton /> }.into_any())}
        {when(move || en_cours.get(), move || progression(suivi))}
        {optional(move || termine.get().map(|import| resultat(suivi, import)))}
    }
    .into_any()
}

fn progression(suivi: Suivi) -> AnyView {
    let lu = move || suivi.import.read().as_ref().map_or(0, pour_cent);
    let lignes = move || suivi.import.read().as_ref().map_or(0, |import| import.lignes);
    let etat = move || suivi.import.read().as_ref().map_or("", |import| texte::etat(import.etat)).to_owned();
    let arreter = Callback::new(move |_| {
        let id = suivi.id.get_value();
        suivi.agir(async move { imports::annuler(&id).await });
    });
    view! {
        <section class="import__progression">
            <p>{words(etat)}</p>
            <label class="fr-label" for="progression">{texte::PROGRESSION}</label>
            <progress id="progression" max="100" value=Signal::derive(move || lu().to_string())></progress>
            <p>{words(move || texte::avancement(lignes(), lu()))}</p>
            <Button kind=ButtonKind::Secondary busy=suivi.occupe on_click=arreter>
                {texte::ANNULER_IMPORT}
            </Button>
        </section>
    }
    .into_any()
}

fn resultat(suivi: Suivi, import: ImportVue) -> AnyView {
    let suite = suite(suivi, &import);
    view! {
        {rapport::rapport(&import)}
        {suite}
    }
    .into_any()
}

/// What may be done next.
fn suite(suivi: Suivi, import: &ImportVue) -> AnyView {
    let confirmer = a_confirmer(import).then(|| {
        if essaye(&import.id).is_none() {
            return view! {
                <Alert tone=Tone::Info>
                    <p>{texte::RECHOISIR}</p>
                </Alert>
            }
            .into_any();
        }
        let confirmer = Callback::new(move |_| suivi.confirmer());
        view! {
            <Button busy=suivi.occupe on_click=confirmer>
                {texte::POUR_DE_BON}
            </Button>
        }
        .into_any()
    });
    let defaire = defaisable(import).then(|| defaire(suivi));
    view! {
        {suivi.progres.vue()}
        <div class="import__boutons">
            {confirmer} {defaire} <a class="fr-btn fr-btn--secondary" href=Route::Imports.path()>
                {texte::AUTRE_FICHIER}
            </a> <a class="fr-btn fr-btn--tertiary" href=Route::Tableau.path()>
                {texte::VOIR_TABLEAU}
            </a>
        </div>
    }
    .into_any()
}

/// Undoing asks once more: it may change thousands of rows.
fn defaire(suivi: Suivi) -> AnyView {
    let ouvert = RwSignal::new(false);
    let demander = Callback::new(move |_| ouvert.set(true));
    view! {
        <Button kind=ButtonKind::Secondary busy=suivi.occupe on_click=demander>
            {texte::DEFAIRE}
        </Button>
        <Dialog id="defaire" title=texte::DEFAIRE_TITRE open=ouvert>
            <p>{texte::DEFAIRE_SUITE}</p>
            <Button on_click=Callback::new(move |_| {
                ouvert.set(false);
                let id = suivi.id.get_value();
                suivi.agir(async move { imports::defaire(&id).await });
            })>{texte::DEFAIRE}</Button>
        </Dialog>
    }
    .into_any()
}
