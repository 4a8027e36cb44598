//! Sending the candidature once, whatever the network does: the key of a sending whose outcome is unknown is kept.

use crate::reactive::{Computed, State};
use domain::error::ErrorCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::envoyee::Recue;
use super::logic;
use super::model::{Answers, Destination, Form};
use super::{draft, draft::Draft};
use crate::api::{self, ClientError};
use crate::browser;
use crate::forms::Faults;
use crate::forms::summary::SUMMARY_ID;
use crate::routes::Route;
use crate::text::candidature as text;
use crate::ui::dynamic::optional;
use crate::ui::{Alert, Tone};

/// Identifier of the message of a failed sending.
const FAILURE_ID: &str = "echec-envoi";

/// What the sending of the form needs and says.
#[derive(Clone, Copy)]
pub struct Sending {
    /// Whether it is under way.
    pub busy: RwSignal<bool>,
    /// `Idempotency-Key` of a sending whose outcome is unknown.
    pub key: RwSignal<Option<String>>,
    failure: State<Option<Vec<String>>>,
    form: Form,
    answers: Computed<Answers>,
    faults: Faults,
    destination: State<Destination>,
    navigate: StoredValue<Option<Navigate>>,
}

type Navigate = std::sync::Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

impl Sending {
    /// The sending of this form. `key` comes from the draft.
    pub fn new(
        form: Form,
        answers: Computed<Answers>,
        faults: Faults,
        destination: State<Destination>,
        key: Option<String>,
    ) -> Self {
        let navigate: Navigate = std::sync::Arc::new(use_navigate());
        Self {
            busy: RwSignal::new(false),
            key: RwSignal::new(key),
            failure: State::new(None),
            form,
            answers,
            faults,
            destination,
            navigate: StoredValue::new(Some(navigate)),
        }
    }

    /// Forgets a sending that failed.
    pub fn forget(self) {
        self.key.set(None);
        self.failure.set(None);
    }

    /// Sends the form, or shows what is wrong.
    pub fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        if !self.faults.submit().is_empty() {
            browser::focus_later(SUMMARY_ID);
            return;
        }
        let Some(key) = self.key.get_untracked().or_else(browser::random_uuid) else {
            self.fail(vec![text::ENVOI_NAVIGATEUR.to_owned()]);
            return;
        };
        self.busy.set(true);
        self.key.set(Some(key.clone()));
        let answers = self.answers.get_untracked();
        // Kept before the request leaves: a reload during the sending must find the key.
        Draft { answers: answers.clone(), key: Some(key.clone()) }.save();
        spawn_local(async move {
            let answer = api::candidatures::file(&answers.to_request(self.destination.get_untracked()), &key).await;
            // The person may have left the screen meanwhile: its signals are gone, the draft stays.
            if self.busy.try_set(false).is_some() {
                if answer.is_ok() {
                    draft::erase();
                }
                return;
            }
            match answer {
                Ok(answer) => self.done(&answer, &answers),
                Err(error) => self.refused(&error),
            }
        });
    }

    fn done(self, answer: &str, answers: &Answers) {
        if !Recue::keep(answer, answers) {
            self.refused(&ClientError::Unexpected);
            return;
        }
        self.key.set(None);
        self.form.set(Answers::empty());
        draft::erase();
        if let Some(navigate) = self.navigate.get_value() {
            navigate(
                &Route::CandidatureEnvoyee.path(),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    }

    fn refused(self, error: &ClientError) {
        let mut sentences = vec![error.sentence()];
        if outcome_unknown(error) {
            sentences.push(text::ENVOI_INCERTAIN.to_owned());
        } else {
            self.key.set(None);
        }
        if error.is(ErrorCode::CleIdempotenceReutilisee) {
            sentences = vec![text::ENVOI_DEJA.to_owned()];
        }
        let errors = error.problem().map(|problem| problem.errors.as_slice()).unwrap_or_default();
        if errors.is_empty() {
            self.fail(sentences);
        } else {
            self.faults.refuse(logic::to_faults(errors, &self.form.keys()));
            browser::focus_later(SUMMARY_ID);
        }
    }

    fn fail(self, sentences: Vec<String>) {
        self.failure.set(Some(sentences));
        browser::focus_later(FAILURE_ID);
    }

    /// The message of a failed sending.
    pub fn failure_view(self) -> impl IntoView {
        optional(move || {
            let lines = self.failure.get()?.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
            Some(view! { <Alert tone=Tone::Error live=true id=FAILURE_ID>{lines}</Alert> }.into_any())
        })
    }
}

/// Whether the candidature may have been stored although no confirmation came: the same key must be used again.
fn outcome_unknown(error: &ClientError) -> bool {
    match error {
        ClientError::Offline | ClientError::Timeout | ClientError::Unexpected => true,
        ClientError::Problem(problem) => matches!(
            ErrorCode::from_wire(&problem.code),
            None | Some(
                ErrorCode::CleIdempotenceEnCours
                    | ErrorCode::Indisponible
                    | ErrorCode::ErreurInterne
                    | ErrorCode::TropDeRequetes
            )
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::error::Problem;

    #[test]
    fn the_key_is_kept_only_while_the_outcome_is_unknown() {
        let problem = |code: ErrorCode| ClientError::Problem(Box::new(Problem::with_detail(code, "x")));
        for error in [
            ClientError::Offline,
            ClientError::Timeout,
            ClientError::Unexpected,
            problem(ErrorCode::CleIdempotenceEnCours),
            problem(ErrorCode::Indisponible),
            problem(ErrorCode::TropDeRequetes),
        ] {
            assert!(outcome_unknown(&error), "{error:?}");
        }
        for code in [ErrorCode::ChampsInvalides, ErrorCode::CleIdempotenceReutilisee, ErrorCode::CorpsTropGrand] {
            assert!(!outcome_unknown(&problem(code)), "{code:?}");
        }
    }
}
