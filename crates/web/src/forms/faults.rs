//! Which fields are refused, by the rules of the browser or by the server, and which of them may be shown yet.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::reactive::State;

/// A refused field, tied to its control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Identifier of the control.
    pub id: String,
    /// Name of the field, for the summary.
    pub label: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// The refused fields of a form. A field is called wrong only once left, or once the form was submitted.
#[derive(Clone, Copy)]
pub struct Faults {
    local: Signal<Vec<Fault>>,
    server: State<Vec<Fault>>,
    touched: State<BTreeSet<String>>,
    submitted: RwSignal<bool>,
}

impl Faults {
    /// The faults of a form, given what its rules refuse now.
    pub fn new(local: impl Into<Signal<Vec<Fault>>>) -> Self {
        Self {
            local: local.into(),
            server: State::new(Vec::new()),
            touched: State::new(BTreeSet::new()),
            submitted: RwSignal::new(false),
        }
    }

    /// The person has left this field.
    pub fn touch(self, id: &str) {
        if !self.touched.with_untracked(|touched| touched.contains(id)) {
            self.touched.update(|touched| {
                touched.insert(id.to_owned());
            });
        }
    }

    /// The person has submitted the form: everything may be shown. Gives what the rules of the browser refuse.
    pub fn submit(self) -> Vec<Fault> {
        self.server.set(Vec::new());
        self.submitted.set(true);
        self.local.get_untracked()
    }

    /// The server refused these fields.
    pub fn refuse(self, faults: Vec<Fault>) {
        self.server.set(faults);
    }

    /// What the server said of a field does not hold any more once the field has changed.
    pub fn changed(self, id: &str) {
        if self.server.with_untracked(|faults| faults.iter().any(|fault| fault.id == id)) {
            self.server.update(|faults| faults.retain(|fault| fault.id != id));
        }
    }

    /// Starts again, as on an empty form.
    pub fn reset(self) {
        self.server.set(Vec::new());
        self.touched.set(BTreeSet::new());
        self.submitted.set(false);
    }

    /// What to show beside a field (tracked).
    pub fn of(self, id: impl Into<String>) -> Signal<Option<String>> {
        let id = id.into();
        Signal::derive(move || self.message(&id))
    }

    fn message(self, id: &str) -> Option<String> {
        let find = |faults: &Vec<Fault>| faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone());
        let shown = self.submitted.get() || self.touched.with(|touched| touched.contains(id));
        self.server.with(find).or_else(|| if shown { self.local.with(find) } else { None })
    }

    /// What the summary lists, once the form was submitted (tracked): what the server said, else what the rules say.
    pub fn summary(self) -> Vec<Fault> {
        if !self.submitted.get() {
            return Vec::new();
        }
        let mut faults = self.local.get();
        let server = self.server.get();
        faults.extend(
            server.into_iter().filter(|fault| !self.local.with(|known| known.iter().any(|k| k.id == fault.id))),
        );
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactive::computed;

    fn fault(id: &str) -> Fault {
        Fault { id: id.to_owned(), label: id.to_uppercase(), message: format!("bad {id}") }
    }

    fn faults(wrong: RwSignal<Vec<Fault>>) -> Faults {
        Faults::new(computed(move || wrong.get()))
    }

    #[test]
    fn a_field_is_wrong_only_once_left_or_submitted() {
        Owner::new().with(|| {
            let faults = faults(RwSignal::new(vec![fault("a"), fault("b")]));
            assert_eq!(faults.message("a"), None);
            faults.touch("a");
            assert_eq!(faults.message("a").as_deref(), Some("bad a"));
            assert_eq!(faults.message("b"), None);
            assert!(faults.summary().is_empty());
            assert_eq!(faults.submit().len(), 2);
            assert_eq!(faults.message("b").as_deref(), Some("bad b"));
            assert_eq!(faults.summary().len(), 2);
            faults.reset();
            assert_eq!(faults.message("a"), None);
        });
    }

    #[test]
    fn what_the_server_said_goes_when_the_field_changes() {
        Owner::new().with(|| {
            let faults = faults(RwSignal::new(Vec::new()));
            faults.submit();
            faults.refuse(vec![fault("a"), fault("b")]);
            assert_eq!(faults.message("a").as_deref(), Some("bad a"));
            faults.changed("a");
            assert_eq!(faults.message("a"), None);
            assert_eq!(faults.summary(), vec![fault("b")]);
        });
    }
}
