//! What a service proposes for what is being typed, asked once the typing pauses.

use std::future::Future;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::{Announcer, use_announcer};

/// Typing is followed by a search only once it pauses.
const PAUSE: Duration = Duration::from_millis(250);
/// A name is looked for from this many letters on.
const LETTERS: usize = 2;

/// The proposals for a field.
pub struct Proposals<T: 'static> {
    found: StoredValue<Vec<T>>,
    /// Their words, for the list.
    pub shown: RwSignal<Vec<String>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    announcer: Announcer,
    /// How one reads.
    words: fn(&T) -> String,
    /// What is read out of so many.
    count: fn(usize) -> String,
}

impl<T> Clone for Proposals<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Proposals<T> {}

impl<T: Clone + Send + Sync> Proposals<T> {
    /// None yet.
    pub fn new(words: fn(&T) -> String, count: fn(usize) -> String) -> Self {
        Self {
            found: StoredValue::new(Vec::new()),
            shown: RwSignal::new(Vec::new()),
            timer: StoredValue::new(None),
            announcer: use_announcer(),
            words,
            count,
        }
    }

    /// Looks for what is typed in a field, once the typing pauses. What `ask` cannot find stays as it is typed.
    pub fn search<F>(self, field: RwSignal<String>, typed: String, ask: impl FnOnce(String) -> F + 'static)
    where
        F: Future<Output = Vec<T>> + 'static,
    {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        if typed.trim().chars().count() < LETTERS {
            self.show(Vec::new());
            return;
        }
        let look = move || {
            spawn_local(async move {
                let found = ask(typed.trim().to_owned()).await;
                // A late answer to an older question is dropped, and so is one to a screen that was left.
                if field.try_get_untracked().as_ref() == Some(&typed) {
                    self.show(found);
                    self.announcer.say((self.count)(self.shown.with_untracked(Vec::len)));
                }
            });
        };
        self.timer.set_value(set_timeout_with_handle(look, PAUSE).ok());
    }

    fn show(self, found: Vec<T>) {
        self.shown.set(found.iter().map(self.words).collect());
        self.found.set_value(found);
    }

    /// The one at a place.
    pub fn at(self, place: usize) -> Option<T> {
        self.found.with_value(|found| found.get(place).cloned())
    }
}
