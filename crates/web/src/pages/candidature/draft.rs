//! The draft of a candidature, kept on the device at every change, with the key that makes sending twice harmless.

use std::collections::BTreeMap;

use super::ailleurs;
use super::model::Answers;
use crate::browser;

const KEY: &str = "parcours.candidature";
/// Place of the version of the draft: one of another version is dropped.
const VERSION: (&str, &str) = ("version", "1");
/// Place of the `Idempotency-Key`.
const SENDING: &str = "envoi";

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Everything typed.
    pub answers: Answers,
    /// `Idempotency-Key` of a sending whose outcome is not known: to be used again, whatever has been changed since.
    pub key: Option<String>,
}

impl Draft {
    /// The draft as kept: one JSON object of texts.
    pub fn to_text(&self) -> Option<String> {
        let mut map = self.answers.to_map();
        map.insert(VERSION.0.to_owned(), VERSION.1.to_owned());
        if let Some(key) = &self.key {
            map.insert(SENDING.to_owned(), key.clone());
        }
        serde_json::to_string(&map).ok()
    }

    /// The draft that was kept, unless it is of another version or says nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let map: BTreeMap<String, String> = serde_json::from_str(text).ok()?;
        let version = map.get(VERSION.0).map(String::as_str);
        let draft = Self { answers: Answers::from_map(&map), key: map.get(SENDING).cloned() };
        (version == Some(VERSION.1) && draft.answers.is_started()).then_some(draft)
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

/// Erases the draft of this device, and what the server keeps of it.
pub fn erase() {
    browser::forget(KEY);
    ailleurs::erase();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::candidature::model::Professionnel;

    fn started() -> Answers {
        let mut answers = Answers::empty();
        answers.structure.nom = "Mairie d’Ambérieu \"Centre\"".to_owned();
        answers.referent.email = "a@b.example".to_owned();
        let mut second = Professionnel::default();
        second.personne.statut = "elu".to_owned();
        second.formations = vec!["aidants_connect".to_owned(), "aidants_numeriques".to_owned()];
        answers.professionnels.push(second);
        answers
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        for key in [None, Some("cle".to_owned())] {
            let draft = Draft { answers: started(), key };
            assert_eq!(Draft::parse(&draft.to_text().unwrap()), Some(draft));
        }
    }

    #[test]
    fn what_is_not_a_draft_of_this_version_is_dropped() {
        for text in ["", "[]", "{\"version\":\"1\"}", "{\"version\":\"0\",\"structure.nom\":\"CCAS\"}"] {
            assert_eq!(Draft::parse(text), None, "{text}");
        }
        let empty = Draft { answers: Answers::empty(), key: None };
        assert_eq!(Draft::parse(&empty.to_text().unwrap()), None);
    }

    #[test]
    fn a_field_added_later_does_not_lose_the_draft() {
        let text = "{\"version\":\"1\",\"structure.nom\":\"CCAS\",\"pros\":\"9999\"}";
        let draft = Draft::parse(text).unwrap();
        assert_eq!(draft.answers.structure.nom, "CCAS");
        assert_eq!(draft.answers.professionnels.len(), 50);
    }
}
