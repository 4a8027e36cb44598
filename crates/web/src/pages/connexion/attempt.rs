//! What the forms of these screens share: one request at a time, and the failure of the last one.

use std::future::Future;
use std::pin::Pin;

use domain::error::{ErrorCode, FieldError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ClientError;
use crate::browser;
use crate::ui::dynamic::optional;
use crate::ui::{Alert, Tone};

const ERROR_ID: &str = "echec";

/// What is done, boxed: compiled once for all.
pub type Work = Pin<Box<dyn Future<Output = Result<(), ClientError>>>>;

/// A request under way or refused.
#[derive(Clone, Copy, Default)]
pub struct Attempt {
    /// Whether one is under way.
    pub busy: RwSignal<bool>,
    /// The reading to begin after the one under way.
    next: StoredValue<Option<Work>, LocalStorage>,
    failure: RwSignal<Option<ClientError>>,
}

impl Attempt {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for a reading: what is asked for meanwhile is begun afterwards, the last of it only.
    pub fn read(self, work: Work) {
        if self.busy.get_untracked() {
            self.next.set_value(Some(work));
        } else {
            self.run(work);
        }
    }

    /// Does the work unless some is under way; a failure is told and takes the focus.
    pub fn run(self, work: Work) {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let answer = work.await;
            self.busy.set(false);
            if let Err(error) = answer {
                // Whoever gives no code goes on where they were.
                let given_up = error.is(ErrorCode::CodeRequis);
                self.failure.set(Some(error));
                if !given_up {
                    browser::focus_later(ERROR_ID);
                }
            }
            if let Some(next) = self.next.try_update_value(Option::take).flatten() {
                self.run(next);
            }
        });
    }

    /// Whether its screen is still there: nothing of a screen that was left can be read.
    pub fn here(self) -> bool {
        self.busy.try_get_untracked().is_some()
    }

    /// Forgets the last failure.
    pub fn forget(self) {
        self.failure.set(None);
    }

    /// What was refused of the field at this JSON pointer.
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let failure = self.failure.read();
            let refused = failure.as_ref()?.problem()?.errors.iter().find(|refused| refused.champ == field)?;
            Some(refused.message.clone())
        })
    }

    /// All that was refused, field by field (tracked).
    pub fn refused(self) -> Vec<FieldError> {
        let failure = self.failure.read();
        failure.as_ref().and_then(ClientError::problem).map(|problem| problem.errors.clone()).unwrap_or_default()
    }

    /// The failure of the last request.
    pub fn alert(self) -> AnyView {
        optional(move || {
            let error = self.failure.get()?;
            Some(view! { <Alert tone=Tone::Error live=true id=ERROR_ID><p>{error.message()}</p></Alert> }.into_any())
        })
    }
}
