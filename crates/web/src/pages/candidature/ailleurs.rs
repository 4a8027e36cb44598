//! The draft on another device: whoever asks for a link has the draft kept by the server too, saved from then on as it is on the device.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::super::connexion::secret;
use super::draft::Draft;
use super::model::{Answers, Form};
use crate::api::{ClientError, candidatures as api};
use crate::browser;
use crate::reactive::{Computed, effect};
use crate::text::candidature as text;
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::plain::{button, element, paragraph, several, words};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// Place of the secret on this device.
const KEY: &str = "parcours.candidature.ailleurs";
/// What begins the part of the address that holds the secret: no server receives it by the address.
const FRAGMENT: &str = "reprendre=";
/// What is typed is sent once it pauses.
const PAUSE: Duration = Duration::from_secs(5);

/// The draft kept by the server.
#[derive(Clone, Copy)]
pub struct Ailleurs {
    form: Form,
    answers: Computed<Answers>,
    /// Its secret; none until somebody asks for a link.
    jeton: RwSignal<Option<String>>,
    /// Day until which it is kept.
    jusqu_au: RwSignal<String>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
}

impl Ailleurs {
    /// Follows the link of the address, if it is one; `resumed` is set once what it holds is in the form.
    pub fn new(form: Form, answers: Computed<Answers>, resumed: RwSignal<bool>) -> Self {
        let ailleurs = Self {
            form,
            answers,
            jeton: RwSignal::new(browser::stored(KEY)),
            jusqu_au: RwSignal::new(String::new()),
            occupe: RwSignal::new(false),
            echec: RwSignal::new(None),
        };
        let followed = secret().get_untracked().strip_prefix(FRAGMENT).map(str::to_owned);
        if let Some(jeton) = followed {
            ailleurs.reprendre(jeton, resumed);
        }
        ailleurs.suivre();
        ailleurs
    }

    /// Takes up the draft of a link. Another one that was begun on this device is not written over: it exists nowhere else.
    fn reprendre(self, jeton: String, resumed: RwSignal<bool>) {
        let annonces = use_announcer();
        if Draft::load().is_some() && browser::stored(KEY).as_ref() != Some(&jeton) {
            return annonces.show(Tone::Warning, text::AILLEURS_AUTRE);
        }
        spawn_local(async move {
            match api::lire_brouillon(&jeton).await {
                Ok((contenu, jusqu_au)) => {
                    if let Some(draft) = Draft::parse(&contenu) {
                        self.form.set(draft.answers);
                        resumed.set(true);
                    }
                    self.retenir(jeton, jusqu_au);
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    }

    fn retenir(self, jeton: String, jusqu_au: String) {
        browser::store(KEY, &jeton);
        self.jeton.set(Some(jeton));
        self.jusqu_au.set(jusqu_au);
    }

    /// The draft was erased: what is typed from now on is another one.
    pub fn oublier(self) {
        self.jeton.set(None);
    }

    /// Saves what is typed, each time it pauses, once there is a link.
    fn suivre(self) {
        let attente = StoredValue::new(None::<TimeoutHandle>);
        effect(move || {
            drop(self.answers.read());
            if let Some(en_cours) = attente.try_get_value().flatten() {
                en_cours.clear();
            }
            if self.jeton.get_untracked().is_some() {
                attente.set_value(set_timeout_with_handle(move || self.garder(), PAUSE).ok());
            }
        });
        on_cleanup(move || {
            if let Some(en_cours) = attente.try_get_value().flatten() {
                en_cours.clear();
            }
        });
    }

    /// Has the server keep the draft as it is.
    fn garder(self) {
        let answers = untrack(|| self.answers.get());
        let Some(contenu) = (Draft { answers, key: None }).to_text() else { return };
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let jeton = self.jeton.try_get_untracked().flatten();
            let garde = api::garder_brouillon(jeton.as_deref(), &contenu).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match garde {
                Ok((jeton, jusqu_au)) => self.retenir(jeton, jusqu_au),
                // Forgotten meanwhile: another link may be asked for.
                Err(error) if error.problem().is_some_and(|problem| problem.status == 404) => {
                    browser::forget(KEY);
                    self.jeton.set(None);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }

    /// The button that copies the link.
    fn copier(self, adresse: String) -> AnyView {
        let annonces = use_announcer();
        let copier = move || {
            let adresse = adresse.clone();
            spawn_local(async move {
                let (tone, mots) = match browser::copy(&adresse).await {
                    true => (Tone::Success, text::AILLEURS_COPIE),
                    false => (Tone::Warning, text::AILLEURS_A_COPIER),
                };
                annonces.show(tone, mots);
            });
        };
        button(ButtonKind::Secondary, text::AILLEURS_COPIER, None, RwSignal::new(false), Box::new(copier))
    }

    /// The button that asks for a link, then the link.
    pub fn vue(self) -> AnyView {
        let lien = move || match self.jeton.get() {
            None => several(vec![
                paragraph("", text::AILLEURS_AIDE),
                button(ButtonKind::Secondary, text::AILLEURS_LIEN, None, self.occupe, Box::new(move || self.garder())),
            ]),
            Some(jeton) => several(vec![
                paragraph("", text::AILLEURS_GARDEZ),
                paragraph("pa-secret", adresse(&jeton)),
                self.copier(adresse(&jeton)),
                when(
                    move || !self.jusqu_au.read().is_empty(),
                    move || paragraph("fr-hint-text", text::ailleurs_jusqu_au(&self.jusqu_au.get())),
                ),
            ]),
        };
        let contenu = vec![
            element("h2", "fr-h6", None, vec![words(text::AILLEURS)]),
            dynamic(lien),
            failure(self.echec.into(), Some(Callback::new(move |()| self.garder()))),
        ];
        element("section", "pa-encadre", None, contenu)
    }
}

/// The address that takes up the draft of a secret; what the form was opened with (the link of an envelope) stays in it.
fn adresse(jeton: &str) -> String {
    let location = use_location();
    let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
    let query = if query.is_empty() { query } else { format!("?{query}") };
    format!("{}{path}{query}#{FRAGMENT}{jeton}", browser::origin())
}

/// Has the server forget what it keeps of the draft of this device.
pub fn erase() {
    if let Some(jeton) = browser::stored(KEY) {
        browser::forget(KEY);
        // What cannot be erased now is forgotten by itself.
        spawn_local(async move { drop(api::effacer_brouillon(&jeton).await) });
    }
}
