//! The draft of a candidature, kept on the device at every change, with the key that makes sending twice harmless.

use serde::{Deserialize, Serialize};

use super::model::Answers;
use crate::browser;

const KEY: &str = "parcours.candidature";
/// Version of the draft: an older one is dropped.
const VERSION: u32 = 1;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    version: u32,
    /// Everything typed.
    pub answers: Answers,
    /// `Idempotency-Key` of a sending whose outcome is not known: to be used again, whatever has been changed since.
    pub key: Option<String>,
}

impl Draft {
    /// A draft of these answers.
    pub const fn new(answers: Answers, key: Option<String>) -> Self {
        Self { version: VERSION, answers, key }
    }

    /// The draft as kept.
    pub fn to_text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// The draft that was kept, unless it is of another version or says nothing.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|draft| draft.version == VERSION && draft.answers.is_started())
    }

    /// Reads the draft of this device.
    pub fn load() -> Option<Self> {
        Self::parse(&browser::stored(KEY)?)
    }

    /// Keeps the draft on this device; an empty form leaves none. False when the browser refuses.
    pub fn save(&self) -> bool {
        if !self.answers.is_started() && self.key.is_none() {
            browser::forget(KEY);
            return true;
        }
        self.to_text().is_some_and(|text| browser::store(KEY, &text))
    }
}

/// Erases the draft of this device.
pub fn erase() {
    browser::forget(KEY);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started() -> Answers {
        let mut answers = Answers::empty();
        answers.structure.nom = "Mairie d’Ambérieu \"Centre\"".to_owned();
        answers
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let draft = Draft::new(started(), Some("cle".to_owned()));
        assert_eq!(Draft::parse(&draft.to_text().unwrap()), Some(draft));
    }

    #[test]
    fn what_is_not_a_draft_of_this_version_is_dropped() {
        assert_eq!(Draft::parse(""), None);
        assert_eq!(Draft::parse("{\"version\":1}"), None);
        let other = Draft { version: VERSION + 1, answers: started(), key: None };
        assert_eq!(Draft::parse(&other.to_text().unwrap()), None);
        assert_eq!(Draft::parse(&Draft::new(Answers::empty(), None).to_text().unwrap()), None);
    }

    #[test]
    fn a_field_added_later_does_not_lose_the_draft() {
        let text = "{\"version\":1,\"answers\":{\"structure\":{\"nom\":\"CCAS\"}},\"key\":null}";
        assert_eq!(Draft::parse(text).unwrap().answers.structure.nom, "CCAS");
    }
}
