//! What is read out without moving the focus, and the short messages shown at the bottom of the screen.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::reactive::{State, click};
use crate::text::fr;
use crate::ui::dynamic::optional;
use crate::ui::{Alert, Tone};

/// How long a message stays on screen.
const TOAST: Duration = Duration::from_secs(8);

/// What a button of a message does; it outlives the screen that showed the message.
pub type ToastAction = Arc<dyn Fn() + Send + Sync>;

/// A message on screen.
#[derive(Clone)]
struct Toast {
    number: u32,
    tone: Tone,
    sentence: String,
    /// Words and effect of its button.
    action: Option<(&'static str, ToastAction)>,
}

/// Reads out and shows messages; shared by every screen through the context.
#[derive(Clone, Copy)]
pub struct Announcer {
    polite: RwSignal<String>,
    toast: State<Option<Toast>>,
    count: StoredValue<u32>,
}

impl Announcer {
    /// Creates the announcer and puts it in the context.
    pub fn provide() -> Self {
        let announcer = Self::new();
        provide_context(announcer);
        announcer
    }

    fn new() -> Self {
        Self { polite: RwSignal::new(String::new()), toast: State::new(None), count: StoredValue::new(0) }
    }

    /// Has a sentence read out when the person's screen reader is free.
    pub fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        // Emptied first: a screen reader keeps silent when the text does not change.
        self.polite.set(String::new());
        set_timeout(move || self.polite.set(sentence), Duration::from_millis(60));
    }

    /// Shows a message for a few seconds, read out as it appears.
    pub fn show(self, tone: Tone, sentence: impl Into<String>) {
        let number = self.put(tone, sentence.into(), None);
        set_timeout(
            move || {
                let same =
                    self.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.number == number));
                // An error stays until it is closed: it may say what to do.
                if same && tone != Tone::Error {
                    self.toast.set(None);
                }
            },
            TOAST,
        );
    }

    /// Shows a message with a button, for instance to undo. It stays until it is used, closed or replaced: nobody has to
    /// hurry.
    pub fn offer(self, tone: Tone, sentence: impl Into<String>, label: &'static str, action: ToastAction) {
        self.put(tone, sentence.into(), Some((label, action)));
    }

    fn put(self, tone: Tone, sentence: String, action: Option<(&'static str, ToastAction)>) -> u32 {
        let number = self.count.get_value().wrapping_add(1);
        self.count.set_value(number);
        self.toast.set(Some(Toast { number, tone, sentence, action }));
        number
    }
}

/// The announcer of the context; outside of the app, one that nobody hears.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(Announcer::new)
}

/// The regions in which messages appear, drawn once by the layout: a region must exist before what it reads out.
#[component]
pub fn LiveRegions() -> impl IntoView {
    let announcer = use_announcer();
    let toast = move || {
        announcer.toast.get().map(|Toast { tone, sentence, action, .. }| {
            let button = action.map(|(label, act)| {
                let run = move |_| {
                    announcer.toast.set(None);
                    act();
                };
                view! {
                    <button type="button" class="fr-btn fr-btn--secondary fr-btn--sm" on:click=click(run)>
                        {label}
                    </button>
                }
            });
            view! {
                <div class="pa-toast">
                    <Alert tone>
                        <p>{sentence}</p>
                    </Alert>
                    {button}
                    <button
                        type="button"
                        class="fr-btn fr-btn--tertiary fr-btn--sm"
                        on:click=click(move |_| announcer.toast.set(None))
                    >
                        {fr::FERMER}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div class="fr-sr-only" id="annonces" role="status" aria-live="polite">{announcer.polite}</div>
        <div class="pa-toasts" role="status" aria-live="polite">{optional(toast)}</div>
    }
}
