//! Changing a demande: saving it unless it has changed since it was read, and what to do when it has.

use domain::demande::{Colonne, DemandeDetail};
use domain::error::ErrorCode;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::brouillon::{Brouillon, Place};
use super::conflit::{self, Choix};
use super::formulaire::{Formulaire, avis_de_brouillon, champs, identifiant, pied};
use super::fusion;
use crate::api::{ClientError, demandes};
use crate::browser;
use crate::forms::Summary;
use crate::reactive::{State, effect, submit};
use crate::text::tableau as texte;
use crate::ui::dynamic::{failure, optional};
use crate::ui::{Announcer, use_announcer};

/// A demande as it was saved, and the gesture that undoes it.
pub type Enregistree = (DemandeDetail, Option<String>);

/// A demande being changed.
#[derive(Clone, Copy)]
struct Edition {
    formulaire: Formulaire,
    id: StoredValue<String>,
    place: StoredValue<Place>,
    version: RwSignal<i64>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    conflit: State<Option<DemandeDetail>>,
    enregistree: Callback<Enregistree>,
    abandonner: Callback<()>,
    annonces: Announcer,
}

impl Edition {
    fn enregistrer(self) {
        if self.occupe.get_untracked() || !self.formulaire.accepte() {
            return;
        }
        let saisie = untrack(|| self.formulaire.saisie());
        if saisie.est_vide() {
            self.annonces.say(texte::RIEN_A_ENREGISTRER);
            self.laisser();
            return;
        }
        self.occupe.set(true);
        self.echec.set(None);
        let (id, version) = (self.id.get_value(), self.version.get_untracked());
        let place = self.place.get_value();
        spawn_local(async move {
            let reponse = match demandes::modifier(&id, version, &saisie).await {
                Err(error) if error.is(ErrorCode::VersionPerimee) => self.relire(&id).await,
                reponse => reponse.map(Some),
            };
            if let Ok(Some(_)) = &reponse {
                place.effacer();
            }
            if self.occupe.try_set(false).is_some() {
                // The form is gone: nothing is left to tell.
                return;
            }
            match reponse {
                Ok(Some(enregistree)) => self.enregistree.run(enregistree),
                Ok(None) => browser::focus_later(conflit::TITRE_ID),
                Err(error) => self.echec.set(self.formulaire.refuser(error)),
            }
        });
    }

    /// Gives up what was typed.
    fn laisser(self) {
        self.place.with_value(Place::effacer);
        self.abandonner.run(());
    }

    /// Keeps what is typed, at every change. False while the browser refuses to.
    fn garder(self) -> RwSignal<bool> {
        let garde = RwSignal::new(true);
        effect(move || {
            let (version, champs) = (self.version.get(), self.formulaire.changes());
            let brouillon = Brouillon { version, champs, ..Brouillon::default() };
            let fait = self.place.with_value(|place| place.garder(&brouillon));
            if garde.get_untracked() != fait {
                garde.set(fait);
            }
        });
        garde
    }

    /// Somebody saved in between: reads what stands now, for the person to choose.
    async fn relire(self, id: &str) -> Result<Option<Enregistree>, ClientError> {
        let serveur = demandes::lire(id).await?;
        self.conflit.try_set(Some(serveur));
        Ok(None)
    }

    /// Saves again after the choices.
    fn trancher(self, choix: Choix) {
        let Some(serveur) = self.conflit.get_untracked() else {
            return;
        };
        self.formulaire.rebaser(fusion::ligne(&serveur.demande), &choix.prises);
        self.version.set(serveur.demande.version);
        self.conflit.set(None);
        self.enregistrer();
    }
}

/// The form that changes a demande, with what had been typed before and was not saved. If the demande has been changed
/// since, saving meets the conflict as if the form had stayed open.
pub fn modifier(detail: DemandeDetail, enregistree: Callback<Enregistree>, abandonner: Callback<()>) -> AnyView {
    let place = Place::de(&detail.demande.id);
    let brouillon = place.lire();
    let serveur = fusion::ligne(&detail.demande);
    let base = brouillon.as_ref().map_or_else(|| serveur.clone(), |brouillon| brouillon.base(serveur.clone()));
    let edition = Edition {
        formulaire: Formulaire::nouveau(base),
        id: StoredValue::new(detail.demande.id),
        place: StoredValue::new(place),
        version: RwSignal::new(brouillon.as_ref().map_or(detail.demande.version, |brouillon| brouillon.version)),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
        conflit: State::new(None),
        enregistree,
        abandonner,
        annonces: use_announcer(),
    };
    match &brouillon {
        Some(brouillon) => edition.formulaire.reprendre(brouillon),
        None => browser::focus_later(identifiant(Colonne::Nom)),
    }
    vue(edition, brouillon.is_some())
}

fn vue(edition: Edition, repris: bool) -> AnyView {
    let garde = edition.garder();
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        edition.enregistrer();
    };
    let conflit = move || {
        let serveur = edition.conflit.get()?;
        let (base, tapee) = untrack(|| (edition.formulaire.base(), edition.formulaire.tapee()));
        let fusion = fusion::fusionner(&base, &tapee, &fusion::ligne(&serveur.demande));
        Some(conflit::conflit(fusion, Callback::new(move |choix| edition.trancher(choix))))
    };
    view! {
        <form class="demande__formulaire" on:submit=submit(envoyer) novalidate>
            {avis_de_brouillon(repris, garde)}
            <Summary faults=edition.formulaire.refus />
            {failure(edition.echec.into(), None)}
            {optional(conflit)}
            {champs(edition.formulaire)}
            {pied(edition.occupe, Callback::new(move |()| edition.laisser()))}
        </form>
    }
    .into_any()
}
