//! Who is signed in, and the guard that sends whoever is not to the sign-in screen, keeping the wanted address.

use domain::demande::Colonne;
use domain::permission::{Door, Operation, Reach, Role, may_read, may_write, reach};
use domain::session::{DemandeConnexion, OuvertureSession, SessionVue};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ClientError};
use crate::browser;

/// Says that somebody signed in from this browser: spares public pages a request that would be refused. Not a secret.
const HINT_KEY: &str = "parcours.session";
/// Where to go once the mailed link is opened, maybe in another tab.
const WANTED_KEY: &str = "parcours.suite";

/// What is known of the session.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum SessionState {
    /// Not asked yet.
    #[default]
    Unknown,
    /// Nobody is signed in.
    Closed,
    /// This person is.
    Open(SessionVue),
    /// The server could not say.
    Failed(ClientError),
}

/// The session, shared by every screen through the context.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<SessionState>,
    non_lus: RwSignal<i64>,
}

impl Session {
    /// Creates the session, puts it in the context, and asks the server when somebody seems to be signed in.
    pub fn provide() -> Self {
        let session = Self { state: RwSignal::new(SessionState::Unknown), non_lus: RwSignal::new(0) };
        provide_context(session);
        let checking = StoredValue::new(false);
        api::http::on_expired(move || {
            // A request that left before the session changed its identifier is refused too: who is signed in now?
            if !checking.get_value() {
                checking.set_value(true);
                spawn_local(async move {
                    session.check().await;
                    checking.set_value(false);
                });
            }
        });
        if browser::stored(HINT_KEY).is_some() {
            session.refresh();
        }
        session
    }

    /// What is known of the session (tracked).
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// The signed-in person (tracked).
    pub fn current(self) -> Option<SessionVue> {
        match self.state.get() {
            SessionState::Open(session) => Some(session),
            _ => None,
        }
    }

    /// The signed-in person, now.
    pub fn current_untracked(self) -> Option<SessionVue> {
        match self.state.get_untracked() {
            SessionState::Open(session) => Some(session),
            _ => None,
        }
    }

    /// The active role (tracked).
    pub fn role(self) -> Option<Role> {
        self.current().map(|session| session.role)
    }

    /// Whether the signed-in person may do this, on some objects at least (tracked).
    pub fn may(self, operation: Operation) -> bool {
        self.role().is_some_and(|role| reach(role, operation) != Reach::Nothing)
    }

    /// Whether the signed-in person reads this column (tracked).
    pub fn reads(self, column: Colonne) -> bool {
        self.role().is_some_and(|role| may_read(role, column))
    }

    /// Whether the signed-in person changes this column (tracked). While nobody is known to be signed in the form shows
    /// every column: the server decides.
    pub fn writes(self, column: Colonne) -> bool {
        self.role().is_none_or(|role| may_write(role, column, Door::Change))
    }

    /// Asks the server who is signed in.
    pub fn refresh(self) {
        spawn_local(async move {
            match api::session::read().await {
                Ok(session) => self.set_open(session),
                Err(error) if error.is(domain::error::ErrorCode::NonAuthentifie) => self.set_closed(),
                Err(error) => self.state.set(SessionState::Failed(error)),
            }
        });
    }

    /// Asks the server whether somebody is still signed in; without an answer, what is known stays.
    async fn check(self) {
        if self.current_untracked().is_none() {
            return self.set_closed();
        }
        match api::session::read().await {
            Ok(session) if self.current_untracked().as_ref() != Some(&session) => self.set_open(session),
            Err(error) if error.is(domain::error::ErrorCode::NonAuthentifie) => self.set_closed(),
            Ok(_) | Err(_) => {}
        }
    }

    /// Asks for a sign-in link; what opens it will then go to the wanted address.
    pub async fn ask(self, request: &DemandeConnexion, wanted: Option<&str>) -> Result<(), ClientError> {
        api::session::ask(request).await?;
        match wanted {
            Some(path) => drop(browser::store(WANTED_KEY, path)),
            None => browser::forget(WANTED_KEY),
        }
        Ok(())
    }

    /// Opens the session of a mailed link, and says who is signed in and where they wanted to go.
    pub async fn open(self, secret: String) -> Result<(SessionVue, Option<String>), ClientError> {
        let session = api::session::open(&OuvertureSession { jeton: secret }).await?;
        self.set_open(session.clone());
        let wanted = browser::stored(WANTED_KEY);
        browser::forget(WANTED_KEY);
        Ok((session, wanted))
    }

    /// Acts under another role of the account.
    pub async fn switch(self, role: Role) -> Result<(), ClientError> {
        self.set_open(api::session::switch(role).await?);
        Ok(())
    }

    /// Closes the session; the screens learn it when they stay.
    pub async fn close(self, stays: bool) -> Result<(), ClientError> {
        match (api::session::close().await, stays) {
            (Ok(()), false) => {
                browser::forget(HINT_KEY);
                Ok(())
            }
            (answer, _) => self.closed(answer),
        }
    }

    /// Closes every session of the person.
    pub async fn close_everywhere(self) -> Result<(), ClientError> {
        self.closed(api::compte::fermer_partout(false).await)
    }

    fn closed(self, answer: Result<(), ClientError>) -> Result<(), ClientError> {
        match answer {
            Err(error) if !error.is(domain::error::ErrorCode::NonAuthentifie) => Err(error),
            _ => {
                self.set_closed();
                Ok(())
            }
        }
    }

    /// How many avis the person has not read.
    pub const fn non_lus(self) -> RwSignal<i64> {
        self.non_lus
    }

    fn set_open(self, session: SessionVue) {
        browser::store(HINT_KEY, "1");
        let told = !session.engagement_requis && reach(session.role, Operation::Commenter) != Reach::Nothing;
        self.state.set(SessionState::Open(session));
        if told {
            spawn_local(async move {
                // Without an answer the header shows no number: the page of the avis says why.
                if let Ok(non_lus) = api::avis::non_lus().await {
                    self.non_lus.set(non_lus);
                }
            });
        }
    }

    fn set_closed(self) {
        browser::forget(HINT_KEY);
        if self.state.get_untracked() != SessionState::Closed {
            self.state.set(SessionState::Closed);
        }
    }
}

/// The session of the context. Outside of the app there is none: nobody is signed in.
pub fn use_session() -> Session {
    use_context().unwrap_or_else(|| Session { state: RwSignal::new(SessionState::Closed), non_lus: RwSignal::new(0) })
}
