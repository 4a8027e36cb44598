//! The candidature form (system S1): one structure, its référent, its professionals, with the rules shown as one types.

pub mod avis;
mod commune;
pub mod draft;
mod envoyee;
mod fields;
pub mod logic;
pub mod model;
mod professionnels;
mod sending;
mod structure;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

pub use envoyee::EnvoyeePage;

use self::draft::Draft;
use self::fields::ReferentSection;
use self::model::{Answers, Form};
use self::professionnels::ProfessionnelsSection;
use self::sending::Sending;
use self::structure::StructureSection;
use crate::api;
use crate::browser;
use crate::forms::{Faults, Summary};
use crate::reactive::{Computed, State, computed, effect, submit};
use crate::text::candidature as text;
use crate::ui::dynamic::{optional, when, words};
use crate::ui::page::TITLE_ID;
use crate::ui::{Alert, Button, ButtonKind, PageTitle, Tone, use_announcer};

/// The screen `/candidature`.
#[component]
pub fn CandidaturePage() -> impl IntoView {
    let draft = Draft::load();
    let resumed = RwSignal::new(draft.is_some());
    let key = draft.as_ref().and_then(|draft| draft.key.clone());
    let form = Form::new(draft.map_or_else(Answers::empty, |draft| draft.answers));
    let answers = computed(move || form.answers());
    let faults = Faults::new(computed(move || {
        let answers = answers.read();
        logic::local_faults(&answers, &answers.to_request(None), &form.keys())
    }));
    let envelope = Envelope::new();
    let sending = Sending::new(form, answers, faults, envelope.id, key);
    let kept = keep_draft(answers, sending);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        sending.submit();
    };
    view! {
        <div class="pa-texte">
            <PageTitle title=text::TITRE />
            <p class="fr-text--lead">{text::INTRODUCTION}</p>
            {envelope.view()}
            <ResumedDraft resumed form faults sending />
            {when(move || !kept.get(), not_kept)}
            <form novalidate on:submit=submit(send)>
                <Summary faults />
                <p>{text::OBLIGATOIRES}</p>
                <StructureSection form faults />
                <ReferentSection form faults />
                <ProfessionnelsSection form answers faults />
                <p class="fr-text--sm">{text::DONNEES}</p>
                {sending.failure_view()}
                <Button submit=true busy=sending.busy>
                    {words(move || if sending.busy.get() { text::ENVOI.to_owned() } else { text::ENVOYER.to_owned() })}
                </Button>
            </form>
        </div>
    }
}

fn not_kept() -> AnyView {
    view! { <Alert tone=Tone::Warning live=true><p>{text::BROUILLON_REFUSE}</p></Alert> }.into_any()
}

/// Keeps the draft at every change. False while the browser refuses to.
fn keep_draft(answers: Computed<Answers>, sending: Sending) -> RwSignal<bool> {
    let kept = RwSignal::new(true);
    effect(move || {
        let saved = Draft { answers: answers.get(), key: sending.key.get() }.save();
        if kept.get_untracked() != saved {
            kept.set(saved);
        }
    });
    kept
}

/// Says that a draft was taken up again, and offers to erase it.
#[component]
fn ResumedDraft(resumed: RwSignal<bool>, form: Form, faults: Faults, sending: Sending) -> impl IntoView {
    let announcer = use_announcer();
    let erase = Callback::new(move |_| {
        sending.forget();
        form.set(Answers::empty());
        faults.reset();
        draft::erase();
        resumed.set(false);
        announcer.say(text::BROUILLON_EFFACE);
        browser::focus(TITLE_ID);
    });
    let uncertain = sending.key.get_untracked().is_some();
    let notice = move || {
        view! {
            <Alert tone=Tone::Info id="brouillon">
                <p>{if uncertain { text::BROUILLON_ENVOI } else { text::BROUILLON_REPRIS }}</p>
                <p>
                    <Button kind=ButtonKind::Secondary small=true on_click=erase>{text::BROUILLON_EFFACER}</Button>
                </p>
            </Alert>
        }
        .into_any()
    };
    when(move || resumed.get(), notice)
}

/// The envelope of the link that was followed.
#[derive(Clone, Copy)]
struct Envelope {
    /// Identifier to send: none when the link leads nowhere.
    id: RwSignal<Option<String>>,
    said: State<Option<(Tone, String)>>,
}

impl Envelope {
    fn new() -> Self {
        let asked = use_location().query.with_untracked(|query| query.get("enveloppe")).filter(|id| !id.is_empty());
        let envelope = Self { id: RwSignal::new(asked.clone()), said: State::new(None) };
        if let Some(id) = asked {
            spawn_local(envelope.ask(id));
        }
        envelope
    }

    async fn ask(self, id: String) {
        let said = match api::referentiel::enveloppe_publique(&id).await {
            Ok(found) if found.ouverte => (Tone::Info, text::enveloppe(&found.libelle, &found.recipiendaire)),
            Ok(_) => {
                self.id.set(None);
                (Tone::Warning, text::ENVELOPPE_FERMEE.to_owned())
            }
            Err(error) if error.problem().is_some() => {
                self.id.set(None);
                (Tone::Warning, text::ENVELOPPE_INCONNUE.to_owned())
            }
            // Not reachable now: the identifier is kept, the server decides when the candidature is sent.
            Err(_) => return,
        };
        self.said.set(Some(said));
    }

    fn view(self) -> impl IntoView {
        optional(move || {
            let (tone, words) = self.said.get()?;
            Some(view! { <Alert tone live=true><p>{words}</p></Alert> }.into_any())
        })
    }
}
