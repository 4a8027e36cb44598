//! The screen that adds a demande.

use domain::demande::{DemandeDetail, DemandeSaisie, Ligne};
use domain::permission::Operation;
use domain::session::EnveloppeVue;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::brouillon::{Brouillon, Place};
use super::formulaire::{Formulaire, avis_de_brouillon, champs, pied};
use super::{NOUVELLE, changements, retour};
use crate::api::{ClientError, demandes, referentiel};
use crate::browser;
use crate::forms::Summary;
use crate::pages::introuvable::InterditPage;
use crate::reactive::{State, effect, submit};
use crate::routes::Route;
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::{failure, when};
use crate::ui::{Announcer, PageTitle, Select, Tone, use_announcer};

/// A demande being added.
#[derive(Clone, Copy)]
struct Ajout {
    formulaire: Formulaire,
    enveloppe: RwSignal<String>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    /// What was last sent and its key: the same thing sent again is added once.
    envoi: State<Option<(DemandeSaisie, Option<String>)>>,
    place: StoredValue<Place>,
    annonces: Announcer,
    aller: Callback<String>,
}

impl Ajout {
    /// What is typed, as the API takes it (tracked).
    fn saisie(self) -> DemandeSaisie {
        let mut saisie = self.formulaire.saisie();
        saisie.enveloppe_id = Some(self.enveloppe.get()).filter(|id| !id.is_empty());
        saisie
    }

    /// The key of what is typed now, when it was already sent (tracked).
    fn deja(self, saisie: &DemandeSaisie) -> Option<String> {
        self.envoi.get().filter(|(deja, _)| deja == saisie).and_then(|(_, cle)| cle)
    }

    fn cle(self, saisie: &DemandeSaisie) -> Option<String> {
        let cle = untrack(|| self.deja(saisie)).or_else(browser::random_uuid);
        self.envoi.set(Some((saisie.clone(), cle.clone())));
        cle
    }

    /// Types again what was not saved; gives whether there was something.
    fn reprendre(self) -> bool {
        let Some(brouillon) = self.place.with_value(Place::lire) else {
            return false;
        };
        self.formulaire.reprendre(&brouillon);
        self.enveloppe.set(brouillon.enveloppe);
        if brouillon.envoi.is_some() {
            self.envoi.set(Some((untrack(|| self.saisie()), brouillon.envoi)));
        }
        true
    }

    /// Keeps what is typed, at every change. False while the browser refuses to.
    fn garder(self) -> RwSignal<bool> {
        let garde = RwSignal::new(true);
        effect(move || {
            let (champs, enveloppe) = (self.formulaire.changes(), self.enveloppe.get());
            let brouillon = Brouillon { version: 0, champs, enveloppe, envoi: self.deja(&self.saisie()) };
            let fait = self.place.with_value(|place| place.garder(&brouillon));
            if garde.get_untracked() != fait {
                garde.set(fait);
            }
        });
        garde
    }

    fn envoyer(self) {
        if self.occupe.get_untracked() || !self.formulaire.accepte() {
            return;
        }
        let saisie = untrack(|| self.saisie());
        let cle = self.cle(&saisie);
        self.occupe.set(true);
        self.echec.set(None);
        let place = self.place.get_value();
        spawn_local(async move {
            let reponse = demandes::creer(&saisie, cle.as_deref()).await;
            if reponse.is_ok() {
                place.effacer();
            }
            if self.occupe.try_set(false).is_none() {
                self.recevoir(reponse);
            }
        });
    }

    fn recevoir(self, reponse: Result<DemandeDetail, ClientError>) {
        match reponse {
            Ok(detail) => {
                self.annonces.show(Tone::Success, texte::AJOUTEE);
                changements::annoncer();
                self.aller.run(Route::Demande(detail.demande.id).path());
            }
            Err(error) => self.echec.set(self.formulaire.refuser(error)),
        }
    }
}

/// The screen.
pub fn page() -> AnyView {
    if !untrack(|| use_session().may(Operation::DemandeCreer)) {
        return view! { <InterditPage /> }.into_any();
    }
    let navigate = use_navigate();
    let aller = Callback::new(move |adresse: String| navigate(&adresse, NavigateOptions::default()));
    let ajout = Ajout {
        formulaire: Formulaire::nouveau(Ligne::default()),
        enveloppe: RwSignal::new(String::new()),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
        envoi: State::new(None),
        place: StoredValue::new(Place::de(NOUVELLE)),
        annonces: use_announcer(),
        aller,
    };
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        ajout.envoyer();
    };
    let abandonner = Callback::new(move |()| {
        ajout.place.with_value(Place::effacer);
        aller.run(Route::Tableau.path());
    });
    let (repris, garde) = (ajout.reprendre(), ajout.garder());
    view! {
        <div class="demande-page">
            {retour()}
            <PageTitle title=texte::NOUVELLE />
            <form class="demande__formulaire" on:submit=submit(envoyer) novalidate>
                {avis_de_brouillon(repris, garde)}
                <Summary faults=ajout.formulaire.refus />
                {failure(ajout.echec.into(), None)}
                {enveloppe(ajout.enveloppe, texte::ENVELOPPE, None)}
                {champs(ajout.formulaire)}
                {pied(ajout.occupe, abandonner)}
            </form>
        </div>
    }
    .into_any()
}

/// The choice of an open envelope, when there are several; the only one is chosen by itself.
pub fn enveloppe(value: RwSignal<String>, label: &'static str, hint: Option<&'static str>) -> AnyView {
    let enveloppes = State::new(Vec::<EnveloppeVue>::new());
    spawn_local(async move {
        // Without the list the service chooses the envelope, or says that one is needed.
        if let Ok(mut recues) = referentiel::enveloppes().await {
            recues.retain(|enveloppe| enveloppe.ouverte);
            if let ([seule], None) = (recues.as_slice(), hint) {
                value.try_set(seule.id.clone());
            }
            enveloppes.try_set(recues);
        }
    });
    let options = Signal::derive(move || {
        enveloppes.get().into_iter().map(|enveloppe| (enveloppe.id, enveloppe.libelle)).collect::<Vec<_>>()
    });
    let choix =
        move || view! { <Select id="enveloppe" label value options hint=hint.unwrap_or_default() /> }.into_any();
    when(move || enveloppes.read().len() > 1, choix)
}
