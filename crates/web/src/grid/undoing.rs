//! Undoing, and doing again, what was typed in a table: step by step, each a list of gestures that the server undoes.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::edits::Pending;
use super::saving::{Edits, Kit, Undone};
use crate::api::ClientError;
use crate::text::grille as texte;
use crate::ui::{Announcer, Tone};

/// Steps kept to be undone from the keyboard.
const UNDO_MAX: usize = 100;

/// What a person did last, and what she undid last: each a list of gestures, undone together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    done: Vec<Vec<String>>,
    undone: Vec<Vec<String>>,
}

impl Edits {
    /// Notes a gesture that another part of the screen did, to be undone from here.
    pub fn note(self, gesture: String) {
        self.same_step.set_value(false);
        self.step_done(gesture);
    }

    /// Notes gestures that another part of the screen did, to be undone together.
    pub fn note_step(self, gestures: Vec<String>) {
        self.same_step.set_value(false);
        gestures.into_iter().for_each(|gesture| self.step_done(gesture));
    }

    /// Shows what was done, with a button that undoes it.
    pub fn offer_undo(self, sentence: String) {
        // The message outlives the table: it undoes this very step then.
        let step = self.steps.with_untracked(|steps| steps.done.last().cloned()).unwrap_or_default();
        let (kit, announcer) = (self.kit(), self.announcer);
        let undo = move || {
            let (kit, step) = (kit.clone(), step.clone());
            spawn_local(async move {
                if self.here() {
                    self.undo(false).await;
                    return;
                }
                let (undone, _) = undo_step(&kit, &step).await;
                tell(announcer, undone.map(Some), false);
                (kit.changed)();
            });
        };
        self.announcer.offer(Tone::Success, sentence, texte::ANNULER, Arc::new(undo));
    }

    /// Undoes the last step, or does again the last one undone, and says what it gave.
    pub async fn undo(self, again: bool) {
        if self.pending.with_untracked(Pending::waiting) > 0 {
            self.announcer.show(Tone::Info, texte::PAS_ENCORE);
            return;
        }
        let undone = self.step_back(again).await.transpose();
        tell(self.announcer, undone, again);
    }

    /// A gesture of the step under way, or of a new one.
    pub(super) fn step_done(self, gesture: String) {
        let same = self.same_step.get_value();
        self.same_step.set_value(true);
        self.steps.update(|steps| {
            steps.undone.clear();
            match steps.done.last_mut().filter(|_| same) {
                Some(last) => last.push(gesture),
                None => steps.done.push(vec![gesture]),
            }
            if steps.done.len() > UNDO_MAX {
                steps.done.remove(0);
            }
        });
    }

    /// Undoes the last step, or does again the last one undone; nothing when there is none.
    async fn step_back(self, again: bool) -> Option<Result<Undone, ClientError>> {
        let mut step = None;
        self.steps.update(|steps| step = if again { steps.undone.pop() } else { steps.done.pop() });
        let step = step?;
        let kit = self.kit();
        let (undone, gestures) = undo_step(&kit, &step).await;
        (kit.changed)();
        if !self.here() {
            return Some(undone);
        }
        // Shown at once: typing over what was undone is no conflict with oneself.
        let rows = undone.iter().flat_map(|undone| &undone.rows);
        self.show(&mut rows.map(|(key, version, values)| (key.as_str(), *version, values)));
        self.same_step.set_value(false);
        self.steps.update(|steps| {
            // What failed can be tried again; what was done can be done the other way.
            let (list, kept) = if undone.is_err() { (again, step) } else { (!again, gestures) };
            if !kept.is_empty() {
                if list { steps.undone.push(kept) } else { steps.done.push(kept) }
            }
        });
        self.store.refresh();
        Some(undone)
    }

    /// Whether something can be undone, and done again (tracked).
    pub fn may_step(self) -> (bool, bool) {
        self.steps.with(|steps| (!steps.done.is_empty(), !steps.undone.is_empty()))
    }
}

/// Undoes the gestures of a step, the last first. Also gives the gestures that this was.
async fn undo_step(kit: &Kit, step: &[String]) -> (Result<Undone, ClientError>, Vec<String>) {
    let (mut total, mut gestures) = (Undone { done: 0, left: 0, gesture: None, rows: Vec::new() }, Vec::new());
    for gesture in step.iter().rev() {
        match (kit.undo)(gesture.clone()).await {
            Ok(one) => {
                (total.done, total.left) = (total.done + one.done, total.left + one.left);
                total.rows.extend(one.rows);
                gestures.extend(one.gesture);
            }
            Err(error) => return (Err(error), gestures),
        }
    }
    (Ok(total), gestures)
}

/// Says what an undoing gave.
fn tell(announcer: Announcer, undone: Result<Option<Undone>, ClientError>, again: bool) {
    match undone {
        Ok(None) => announcer.say(if again { texte::RIEN_A_RETABLIR } else { texte::RIEN_A_ANNULER }),
        Ok(Some(undone)) => {
            let tone = if undone.left > 0 { Tone::Warning } else { Tone::Success };
            announcer.show(tone, texte::defait(undone.done, undone.left, again));
        }
        Err(error) => announcer.show(Tone::Error, error.sentence()),
    }
}
