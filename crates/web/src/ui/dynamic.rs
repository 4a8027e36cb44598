//! Parts of a screen that are drawn anew when what they read changes, all of one type: each closure given as it is to
//! a view costs kilobytes in the WASM, because the whole machinery is compiled for it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Failure;
use crate::api::ClientError;
use crate::reactive::{Computed, computed};

/// Draws what `draw` gives, again each time what it reads changes.
pub fn dynamic(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    erased(Box::new(draw))
}

#[inline(never)]
fn erased(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}

/// The same, when there may be nothing to draw.
pub fn optional(draw: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    erased_optional(Box::new(draw))
}

#[inline(never)]
fn erased_optional(draw: Box<dyn Fn() -> Option<AnyView> + Send>) -> AnyView {
    dynamic(move || draw().unwrap_or_else(|| ().into_any()))
}

/// Draws something while a condition holds; drawn again only when the condition changes.
pub fn when(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    erased_when(computed(condition), Box::new(draw))
}

#[inline(never)]
fn erased_when(holds: Computed<bool>, draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    optional(move || holds.get().then(|| untrack(&*draw)))
}

/// One part per key, drawn once and kept while its key stays.
pub fn each(
    keys: impl Fn() -> Vec<usize> + Send + 'static,
    draw: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    erased_each(Box::new(keys), Arc::new(draw))
}

#[inline(never)]
fn erased_each(keys: Box<dyn Fn() -> Vec<usize> + Send>, draw: Arc<dyn Fn(usize) -> AnyView + Send + Sync>) -> AnyView {
    view! { <For each=move || keys() key=|key| *key children=move |key| draw(key) /> }.into_any()
}

/// Words that change.
pub fn words(write: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    Signal::derive(write).into_any()
}

/// The failure of an operation, while there is one.
pub fn failure(error: Signal<Option<ClientError>>, on_retry: Option<Callback<()>>) -> AnyView {
    optional(move || {
        let error = error.get()?;
        Some(match on_retry {
            Some(on_retry) => view! { <Failure error on_retry /> }.into_any(),
            None => view! { <Failure error /> }.into_any(),
        })
    })
}
