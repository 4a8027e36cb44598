//! Changing a demande: saving it unless it has changed since it was read, and what to do when it has.

use domain::demande::{Colonne, DemandeDetail};
use domain::error::ErrorCode;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::conflit::{self, Choix};
use super::formulaire::{Formulaire, champs, identifiant, pied};
use super::fusion;
use crate::api::{ClientError, demandes};
use crate::browser;
use crate::forms::Summary;
use crate::reactive::submit;
use crate::text::tableau as texte;
use crate::ui::dynamic::{failure, optional};
use crate::ui::{Announcer, use_announcer};

/// A demande being changed.
#[derive(Clone, Copy)]
struct Edition {
    formulaire: Formulaire,
    id: StoredValue<String>,
    version: RwSignal<i64>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    conflit: RwSignal<Option<DemandeDetail>>,
    enregistree: Callback<DemandeDetail>,
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
            self.abandonner.run(());
            return;
        }
        self.occupe.set(true);
        self.echec.set(None);
        let (id, version) = (self.id.get_value(), self.version.get_untracked());
        spawn_local(async move {
            let reponse = match demandes::modifier(&id, version, &saisie).await {
                Err(error) if error.is(ErrorCode::VersionPerimee) => self.relire(&id).await,
                reponse => reponse.map(Some),
            };
            if self.occupe.try_set(false).is_some() {
                // The form is gone: nothing is left to tell.
                return;
            }
            match reponse {
                Ok(Some(detail)) => self.enregistree.run(detail),
                Ok(None) => browser::focus_later(conflit::TITRE_ID),
                Err(error) => self.echec.set(self.formulaire.refuser(error)),
            }
        });
    }

    /// Somebody saved in between: reads what stands now, for the person to choose.
    async fn relire(self, id: &str) -> Result<Option<DemandeDetail>, ClientError> {
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

/// The form that changes a demande.
pub fn modifier(detail: DemandeDetail, enregistree: Callback<DemandeDetail>, abandonner: Callback<()>) -> AnyView {
    let base = fusion::ligne(&detail.demande);
    let edition = Edition {
        formulaire: Formulaire::nouveau(base),
        id: StoredValue::new(detail.demande.id),
        version: RwSignal::new(detail.demande.version),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
        conflit: RwSignal::new(None),
        enregistree,
        abandonner,
        annonces: use_announcer(),
    };
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
    browser::focus_later(identifiant(Colonne::Nom));
    view! {
        <form class="demande__formulaire" on:submit=submit(envoyer) novalidate>
            <Summary faults=edition.formulaire.refus />
            {failure(edition.echec.into(), None)}
            {optional(conflit)}
            {champs(edition.formulaire)}
            {pied(edition.occupe, abandonner)}
        </form>
    }
    .into_any()
}
