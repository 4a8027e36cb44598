//! The screen that adds a demande.

use domain::demande::{DemandeDetail, DemandeSaisie, Ligne};
use domain::permission::Operation;
use domain::session::EnveloppeVue;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::formulaire::{Formulaire, champs, pied};
use super::{changements, retour};
use crate::api::{ClientError, demandes, referentiel};
use crate::browser;
use crate::forms::Summary;
use crate::pages::introuvable::InterditPage;
use crate::reactive::submit;
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
    envoi: StoredValue<Option<(DemandeSaisie, Option<String>)>>,
    annonces: Announcer,
    aller: Callback<String>,
}

impl Ajout {
    fn cle(self, saisie: &DemandeSaisie) -> Option<String> {
        if let Some((deja, cle)) = self.envoi.get_value()
            && deja == *saisie
        {
            return cle;
        }
        let cle = browser::random_uuid();
        self.envoi.set_value(Some((saisie.clone(), cle.clone())));
        cle
    }

    fn envoyer(self) {
        if self.occupe.get_untracked() || !self.formulaire.accepte() {
            return;
        }
        let mut saisie = untrack(|| self.formulaire.saisie());
        saisie.enveloppe_id = Some(self.enveloppe.get_untracked()).filter(|id| !id.is_empty());
        let cle = self.cle(&saisie);
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let reponse = demandes::creer(&saisie, cle.as_deref()).await;
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
        envoi: StoredValue::new(None),
        annonces: use_announcer(),
        aller,
    };
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        ajout.envoyer();
    };
    let abandonner = Callback::new(move |()| aller.run(Route::Tableau.path()));
    view! {
        <div class="demande-page">
            {retour()}
            <PageTitle title=texte::NOUVELLE />
            <form class="demande__formulaire" on:submit=submit(envoyer) novalidate>
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
    let enveloppes = RwSignal::new(Vec::<EnveloppeVue>::new());
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
