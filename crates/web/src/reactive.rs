//! Computed values, effects and listeners that are compiled once, not once per closure or per type of value: the machinery of the
//! framework is by far the heaviest part of what a browser downloads.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::{Effect, Get, GetUntracked, RwSignal, Set, Signal};

/// A value of any type, and how to tell whether another one is the same.
#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

fn same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    match (one.downcast_ref::<T>(), other.downcast_ref::<T>()) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// A value computed again when what it reads changes, and told to its readers only when it is another one.
pub struct Computed<T> {
    kept: leptos::prelude::Memo<Kept>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Computed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Computed<T> {}

/// A value that was read.
pub struct Held<T>(Arc<T>);

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The value with its own type: it was kept under no other.
fn typed<T: Send + Sync + 'static>(value: Arc<dyn Any + Send + Sync>) -> Held<T> {
    Held(value.downcast().unwrap_or_else(|_other| std::process::abort()))
}

impl<T: Send + Sync + 'static> Computed<T> {
    /// The value (tracked).
    pub fn read(self) -> Held<T> {
        typed(self.kept.get().value)
    }

    /// The value, now.
    fn read_untracked(self) -> Held<T> {
        typed(self.kept.get_untracked().value)
    }

    /// What a function makes of the value (tracked).
    pub fn with<R>(self, make: impl FnOnce(&T) -> R) -> R {
        make(&self.read())
    }
}

impl<T: Clone + Send + Sync + 'static> Computed<T> {
    /// A copy of the value (tracked).
    pub fn get(self) -> T {
        (*self.read()).clone()
    }

    /// A copy of the value, now.
    pub fn get_untracked(self) -> T {
        (*self.read_untracked()).clone()
    }

    /// A copy of the value, now; nothing once its screen is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.kept.try_get_untracked().map(|kept| (*typed::<T>(kept.value)).clone())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Computed<T>> for Signal<T> {
    fn from(computed: Computed<T>) -> Self {
        Self::derive(move || computed.get())
    }
}

/// A value computed again when what it reads changes, and told to its readers only when it is another one.
pub fn computed<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Computed<T> {
    Computed { kept: keep(Box::new(move || Arc::new(compute())), same::<T>), kind: PhantomData }
}

/// The same with the framework's own type.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> leptos::prelude::Memo<T> {
    let compute: Box<dyn Fn() -> T + Send + Sync> = Box::new(compute);
    leptos::prelude::Memo::new(move |_| compute())
}

type Compute = Box<dyn Fn() -> Arc<dyn Any + Send + Sync> + Send + Sync>;

fn keep(compute: Compute, same: fn(&dyn Any, &dyn Any) -> bool) -> leptos::prelude::Memo<Kept> {
    leptos::prelude::Memo::new(move |_| Kept { value: compute(), same })
}

/// A value that screens set and read, as an `RwSignal`; for the types of which there are few.
pub struct State<T> {
    kept: RwSignal<Arc<dyn Any + Send + Sync>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: Send + Sync + 'static> State<T> {
    /// A state that holds this value.
    pub fn new(value: T) -> Self {
        Self { kept: RwSignal::new(Arc::new(value)), kind: PhantomData }
    }

    /// The value (tracked).
    pub fn read(self) -> Held<T> {
        typed(self.kept.get())
    }

    /// What a function makes of the value (tracked).
    pub fn with<R>(self, make: impl FnOnce(&T) -> R) -> R {
        make(&self.read())
    }

    /// What a function makes of the value, now.
    pub fn with_untracked<R>(self, make: impl FnOnce(&T) -> R) -> R {
        make(&typed(self.kept.get_untracked()))
    }

    /// Replaces the value.
    pub fn set(self, value: T) {
        self.kept.set(Arc::new(value));
    }

    /// Replaces the value unless its screen is gone.
    pub fn try_set(self, value: T) {
        let _gone = self.kept.try_set(Arc::new(value));
    }
}

impl<T: Clone + Send + Sync + 'static> State<T> {
    /// A copy of the value (tracked).
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value, now.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// Changes the value, unless its screen is gone: an answer may come after it was left.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let Some(kept) = self.kept.try_get_untracked() else { return };
        let mut value = (*typed::<T>(kept)).clone();
        change(&mut value);
        self.set(value);
    }
}

/// Does something now, and again when what it reads changes.
pub fn effect(act: impl FnMut() + 'static) {
    erased_effect(Box::new(act));
}

fn erased_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// A listener of clicks: `on:click=click(…)`.
pub fn click(act: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(act)
}

/// A listener of submissions: `on:submit=submit(…)`.
pub fn submit(act: impl FnMut(SubmitEvent) + 'static) -> Box<dyn FnMut(SubmitEvent)> {
    Box::new(act)
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::Owner;

    #[test]
    fn a_computed_value_follows_what_it_reads_and_is_computed_again_only_then() {
        Owner::new().with(|| {
            let (source, turns) = (RwSignal::new(2_i32), RwSignal::new(0_u32));
            let parity = computed(move || {
                turns.set(turns.get_untracked() + 1);
                (source.get() % 2).to_string()
            });
            assert_eq!((parity.get(), parity.with(String::len)), ("0".to_owned(), 1));
            assert_eq!(turns.get_untracked(), 1);
            source.set(3);
            assert_eq!(parity.try_get_untracked().as_deref(), Some("1"));
            assert_eq!(*parity.read(), "1");
            assert_eq!(turns.get_untracked(), 2);
        });
    }

    #[test]
    fn a_state_is_set_changed_and_followed() {
        Owner::new().with(|| {
            let state = State::new(vec![1_u8]);
            let length = computed(move || state.read().len());
            assert_eq!(length.get(), 1);
            state.update(|list| list.push(2));
            assert_eq!((length.get(), state.get()), (2, vec![1, 2]));
            state.set(Vec::new());
            assert_eq!((length.get(), state.with_untracked(Vec::is_empty)), (0, true));
        });
    }

    #[test]
    fn an_answer_that_comes_after_its_screen_was_left_changes_nothing() {
        let owner = Owner::new();
        let state = owner.with(|| State::new(vec![1_u8]));
        owner.cleanup();
        drop(owner);
        state.update(|list| list.push(2));
        state.set(Vec::new());
        state.try_set(Vec::new());
    }

    #[test]
    fn two_values_of_another_type_are_never_the_same() {
        assert!(same::<u8>(&1_u8, &1_u8));
        assert!(!same::<u8>(&1_u8, &2_u8));
        assert!(!same::<u8>(&1_u8, &1_u16));
    }
}
