//! Choosing a file and sending it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::colonnes::{self, Colonnes};
use super::etapes::{self, etape};
use super::logic::{ACCEPT, type_mime};
use super::progres::{Progres, octets};
use super::{Fichier, envoyer};
use crate::api::{ClientError, imports};
use crate::browser;
use crate::pages::demande::nouvelle::enveloppe;
use crate::reactive::{State, computed, submit};
use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure, optional};
use crate::ui::{Button, ButtonKind};

/// Identifier of the file chooser.
const FICHIER_ID: &str = "fichier";

/// What is being chosen.
#[derive(Clone, Copy)]
struct Envoi {
    champ: NodeRef<html::Input>,
    enveloppe: RwSignal<String>,
    refus: State<Option<&'static str>>,
    occupe: RwSignal<bool>,
    progres: Progres,
    echec: RwSignal<Option<ClientError>>,
    aller: Callback<String>,
    colonnes: Colonnes,
}

impl Envoi {
    fn fichier(self) -> Result<Fichier, &'static str> {
        let fichiers = self.champ.get_untracked().and_then(|champ| champ.files());
        let contenu = fichiers.and_then(|liste| liste.get(0)).ok_or(texte::FICHIER_MANQUE)?;
        let mime = type_mime(&contenu.name()).ok_or(texte::FORMAT_REFUSE)?;
        if contenu.size() < 1.0 {
            return Err(texte::FICHIER_VIDE);
        }
        let reglages = self.colonnes.reglages();
        Ok(Fichier { contenu, mime, enveloppe: self.enveloppe.get_untracked(), reglages })
    }

    /// The chosen file, ready to be sent; says what misses otherwise.
    fn commencer(self) -> Option<Fichier> {
        if self.occupe.get_untracked() {
            return None;
        }
        match self.fichier() {
            Err(phrase) => {
                self.refus.set(Some(phrase));
                browser::focus(FICHIER_ID);
                None
            }
            Ok(fichier) => {
                self.refus.set(None);
                self.echec.set(None);
                self.occupe.set(true);
                Some(fichier)
            }
        }
    }

    fn envoyer(self, essai: bool) {
        let Some(fichier) = self.commencer() else { return };
        spawn_local(async move {
            let reponse = envoyer(fichier, essai, self.progres).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match reponse {
                Ok(import) => self.aller.run(Route::Import(import.id).path()),
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }

    /// Shows what the headers of the file are taken for.
    fn verifier(self) {
        let Some(fichier) = self.commencer() else { return };
        spawn_local(async move {
            let apercu = imports::apercu(&fichier.contenu, fichier.mime).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match apercu {
                Ok(apercu) => {
                    self.colonnes.recevoir(apercu);
                    browser::focus_later(colonnes::TITRE_ID);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }
}

/// The form.
pub fn choix() -> AnyView {
    let navigate = use_navigate();
    let envoi = Envoi {
        champ: NodeRef::new(),
        enveloppe: RwSignal::new(String::new()),
        refus: State::new(None),
        occupe: RwSignal::new(false),
        progres: Progres::nouveau(),
        echec: RwSignal::new(None),
        aller: Callback::new(move |adresse: String| navigate(&adresse, NavigateOptions::default())),
        colonnes: Colonnes::nouvelles(),
    };
    let connues = computed(move || envoi.colonnes.connues());
    let verifier = Callback::new(move |_| envoi.verifier());
    let essayer = Callback::new(move |_| envoi.envoyer(true));
    let importer = Callback::new(move |_| envoi.envoyer(false));
    view! {
        {dynamic(move || etape(if connues.get() { etapes::COLONNES } else { etapes::FICHIER }))}
        <form class="import__choix" on:submit=submit(|event| event.prevent_default()) novalidate>
            {champ(envoi)}
            {enveloppe(envoi.enveloppe, texte::ENVELOPPE_IMPORT, Some(texte::ENVELOPPE_IMPORT_AIDE))}
            <p>
                <Button kind=ButtonKind::Tertiary small=true busy=envoi.occupe on_click=verifier>
                    {texte::VERIFIER_COLONNES}
                </Button>
            </p>
            {envoi.colonnes.vue()}
            <p>{texte::ESSAI_AIDE}</p>
            <div class="import__boutons">
                <Button busy=envoi.occupe on_click=essayer>
                    {texte::ESSAI}
                </Button>
                <Button kind=ButtonKind::Secondary busy=envoi.occupe on_click=importer>
                    {texte::POUR_DE_BON}
                </Button>
            </div>
            {envoi.progres.vue()}
            {failure(envoi.echec.into(), None)}
        </form>
    }
    .into_any()
}

/// The file chooser; browsers take a file dropped on it.
fn champ(envoi: Envoi) -> AnyView {
    let choisi = RwSignal::new(None::<String>);
    let changer = move |_| {
        envoi.refus.set(None);
        envoi.colonnes.oublier();
        let fichier = envoi.champ.get_untracked().and_then(|champ| champ.files()).and_then(|liste| liste.get(0));
        choisi.set(fichier.map(|fichier| texte::fichier_choisi(&fichier.name(), octets(fichier.size()))));
    };
    let message = |class: &'static str, phrase: String| view! { <p class=class>{phrase}</p> }.into_any();
    let erreur = move || envoi.refus.get().map(|phrase| message("fr-message fr-message--error", phrase.to_owned()));
    view! {
        <div class=move || if envoi.refus.get().is_some() { "fr-upload-group fr-upload-group--error" } else { "fr-upload-group" }>
            <label class="fr-label" for=FICHIER_ID>
                {texte::FICHIER}
                <span class="fr-hint-text">{texte::DEPOSER}</span>
            </label>
            <input
                class="fr-upload import__fichier"
                id=FICHIER_ID
                type="file"
                accept=ACCEPT
                node_ref=envoi.champ
                aria-describedby="fichier-messages"
                aria-invalid=move || envoi.refus.get().is_some().then_some("true")
                on:change=changer
            />
            <div class="fr-messages-group" id="fichier-messages" aria-live="polite">
                {optional(move || choisi.get().map(|phrase| message("fr-message", phrase)))}
                {optional(erreur)}
            </div>
        </div>
    }
    .into_any()
}
