//! The candidature form (system S1): one structure, its référent, its professionals, with the rules shown as one types.

mod ailleurs;
mod annuaire;
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

use domain::lien::EtatLien;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

pub use envoyee::EnvoyeePage;

use self::ailleurs::Ailleurs;
use self::draft::Draft;
use self::fields::ReferentSection;
use self::model::{Answers, Destination, Form};
use self::professionnels::ProfessionnelsSection;
use self::sending::Sending;
use self::structure::StructureSection;
use crate::api::{self, ClientError};
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
        logic::local_faults(&answers, &answers.to_request(Destination::default()), &form.keys())
    }));
    let followed = Followed::new(form, untrack(|| !resumed.get()));
    let sending = Sending::new(form, answers, faults, followed.destination, key);
    let kept = keep_draft(answers, sending);
    let elsewhere = Ailleurs::new(form, answers, resumed);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        sending.submit();
    };
    view! {
        <div class="pa-texte">
            <PageTitle title=text::TITRE />
            <p class="fr-text--lead">{text::INTRODUCTION}</p>
            {followed.view()}
            <ResumedDraft resumed form faults sending elsewhere />
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
            {elsewhere.vue()}
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
fn ResumedDraft(
    resumed: RwSignal<bool>,
    form: Form,
    faults: Faults,
    sending: Sending,
    elsewhere: Ailleurs,
) -> impl IntoView {
    let announcer = use_announcer();
    let erase = Callback::new(move |_| {
        sending.forget();
        form.set(Answers::empty());
        faults.reset();
        draft::erase();
        elsewhere.oublier();
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

/// Where the link that was followed leads.
#[derive(Clone, Copy)]
struct Followed {
    /// What is sent: nothing when the link leads nowhere.
    destination: State<Destination>,
    said: State<Option<(Tone, String)>>,
    form: Form,
    /// Whether nothing was typed before the link was followed: the form may then hold what it gives.
    blank: bool,
}

impl Followed {
    fn new(form: Form, blank: bool) -> Self {
        let query = use_location().query;
        let asked = |name| query.with_untracked(|query| query.get(name)).filter(|text| !text.is_empty());
        let destination = Destination { lien: asked("lien"), enveloppe: asked("enveloppe") };
        let destination = match destination {
            Destination { lien: Some(lien), .. } => Destination { lien: Some(lien), enveloppe: None },
            other => other,
        };
        let followed = Self { destination: State::new(destination.clone()), said: State::new(None), form, blank };
        if destination != Destination::default() {
            spawn_local(followed.ask(destination));
        }
        followed
    }

    async fn ask(self, destination: Destination) {
        let found = match destination {
            Destination { lien: Some(code), .. } => self.ask_link(&code).await,
            Destination { enveloppe: Some(id), .. } => ask_envelope(&id).await,
            Destination { .. } => return,
        };
        match found {
            Ok(Some(said)) => self.said.set(Some(said)),
            Ok(None) => self.lose(text::ENVELOPPE_FERMEE),
            Err(error) if error.problem().is_some() => self.lose(text::ENVELOPPE_INCONNUE),
            // Not reachable now: what was asked is kept, the server decides when the candidature is sent.
            Err(_) => {}
        }
    }

    /// What is said of a link; nothing when it takes no more candidatures.
    async fn ask_link(self, code: &str) -> Result<Option<(Tone, String)>, ClientError> {
        let link = api::liens::suivi(code).await?;
        let said = match link.etat {
            EtatLien::Ferme => return Ok(None),
            EtatLien::AVenir => (Tone::Warning, text::lien_a_venir(&link.ouvre_le)),
            EtatLien::Ouvert => (Tone::Info, text::lien(&link)),
        };
        if self.blank {
            self.form.prefill(&link.structure);
        }
        Ok(Some(said))
    }

    /// The link leads nowhere: the candidature will go to the envelope of its département.
    fn lose(self, why: &str) {
        self.destination.set(Destination::default());
        self.said.set(Some((Tone::Warning, why.to_owned())));
    }

    fn view(self) -> impl IntoView {
        optional(move || {
            let (tone, words) = self.said.get()?;
            Some(view! { <Alert tone live=true><p>{words}</p></Alert> }.into_any())
        })
    }
}

/// What is said of an envelope; nothing when it is closed.
async fn ask_envelope(id: &str) -> Result<Option<(Tone, String)>, ClientError> {
    let found = api::referentiel::enveloppe_publique(id).await?;
    let words = text::enveloppe(&found.libelle, &found.recipiendaire);
    Ok(found.ouverte.then_some((Tone::Info, words)))
}
