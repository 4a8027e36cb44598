//! The only module that talks to the network: one small wrapper of the browser's `fetch`.
//!
//! It adds the API prefix and the header that proves a write comes from this page (CSRF), decodes problems before
//! anything else, and gives every failure a kind a screen can act upon.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use domain::error::{ErrorCode, Problem};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::step_up;

/// Where the API stands on this origin.
pub(super) const PREFIX: &str = "/api/v1";
/// How long an answer may take when the caller does not say, in milliseconds.
const TIMEOUT_MS: u32 = 20_000;
/// Sent with each write: another site cannot add it without a permission the server never gives.
pub(super) const CSRF_HEADER: (&str, &str) = ("X-Requested-With", "parcours");

/// Why an operation gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The server cannot be reached.
    Offline,
    /// The server did not answer in time: a write may or may not have been done.
    Timeout,
    /// The server refused, and says why.
    Problem(Box<Problem>),
    /// The answer is not what the contract says.
    Unexpected,
}

impl ClientError {
    /// The problem, when the server gave one.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Offline | Self::Timeout | Self::Unexpected => None,
        }
    }

    /// Whether this is the problem of this code (`version-perimee`).
    pub fn is(&self, code: ErrorCode) -> bool {
        self.problem().is_some_and(|problem| problem.code == code.as_str())
    }

    /// What the first refused field says, which is more than the problem it is in; else the sentence of the whole.
    pub fn message(&self) -> String {
        let field = self.problem().and_then(|problem| problem.errors.first());
        field.map_or_else(|| self.sentence(), |field| field.message.clone())
    }

    /// French sentence that says what happened and what to do.
    pub fn sentence(&self) -> String {
        match self {
            // The code was asked for and not given: what the problem says is for programs.
            Self::Problem(_) if self.is(ErrorCode::CodeRequis) => crate::text::fr::SANS_CODE.to_owned(),
            Self::Problem(problem) => problem.detail.clone(),
            Self::Offline => crate::text::fr::HORS_LIGNE.to_owned(),
            Self::Timeout => crate::text::fr::DELAI_DEPASSE.to_owned(),
            Self::Unexpected => crate::text::fr::REPONSE_INATTENDUE.to_owned(),
        }
    }
}

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to the API, built then sent once.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<JsValue>,
    timeout_ms: u32,
}

impl Request {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: None, timeout_ms: TIMEOUT_MS }
    }

    /// Reads `path`, relative to the API prefix.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    /// Posts to `path`.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path)
    }

    /// Replaces what stands at `path`.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path)
    }

    /// Changes `path` in part.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::Patch, path)
    }

    /// Deletes `path`.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Makes the write conditional on the version read (`If-Match: "3"`).
    #[must_use]
    pub fn if_match(self, version: i64) -> Self {
        self.header("If-Match", format!("\"{version}\""))
    }

    /// Sets the body to a JSON value. A value that cannot be written as JSON leaves the body empty, which the server refuses.
    #[must_use]
    pub fn json<T: Serialize>(mut self, value: &T) -> Self {
        self.body = serde_json::to_string(value).ok().map(JsValue::from);
        self.header("Content-Type", "application/json")
    }

    /// Sets the body to a JSON object of texts.
    #[must_use]
    pub fn texts(mut self, members: &[(&str, &str)]) -> Self {
        let object = js_sys::Object::new();
        for (name, value) in members {
            // Setting a member of a fresh object cannot fail.
            let _set = js_sys::Reflect::set(&object, &(*name).into(), &(*value).into());
        }
        self.body = js_sys::JSON::stringify(&object).ok().map(JsValue::from);
        self.header("Content-Type", "application/json")
    }

    /// Sets how long the answer may take, in milliseconds.
    #[must_use]
    pub const fn timeout(mut self, milliseconds: u32) -> Self {
        self.timeout_ms = milliseconds;
        self
    }

    /// Sends the request and waits for the status line; anything but 2xx becomes an error. What asks for a recent code is
    /// sent once more when one was given.
    pub async fn send(self) -> Result<Response, ClientError> {
        match self.once().await {
            Err(error) if error.is(ErrorCode::CodeRequis) && step_up::given().await => self.once().await,
            answer => answer,
        }
    }

    async fn once(&self) -> Result<Response, ClientError> {
        let request = self.build().map_err(|_refused| ClientError::Unexpected)?;
        let answer = JsFuture::from(window().fetch_with_request(&request)).await.map_err(|error| network(&error))?;
        let inner: web_sys::Response = answer.dyn_into().map_err(|_other| ClientError::Unexpected)?;
        let response = Response { inner };
        if response.inner.ok() {
            return Ok(response);
        }
        let status = response.status();
        Err(refused(status, &response.text().await?))
    }

    /// Sends the request and decodes the JSON answer.
    pub async fn fetch<T: DeserializeOwned>(self) -> Result<T, ClientError> {
        let text = self.fetch_text().await?;
        serde_json::from_str(&text).map_err(|_shape| ClientError::Unexpected)
    }

    /// The same, with the name of the request, by which what it did is undone.
    pub async fn fetch_named<T: DeserializeOwned>(self) -> Result<(T, Option<String>), ClientError> {
        let response = self.send().await?;
        let name = response.inner.headers().get("X-Request-Id").ok().flatten();
        Ok((response.json().await?, name))
    }

    /// Sends the request and reads the answer as text. Boxed: the sending is then compiled once, not once per type.
    pub(super) fn fetch_text(self) -> Pin<Box<dyn Future<Output = Result<String, ClientError>>>> {
        Box::pin(async move { self.send().await?.text().await })
    }

    fn build(&self) -> Result<web_sys::Request, JsValue> {
        let init = web_sys::RequestInit::new();
        init.set_method(self.method.as_str());
        init.set_credentials(web_sys::RequestCredentials::SameOrigin);
        init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(self.timeout_ms)));
        if let Some(body) = &self.body {
            init.set_body(body);
        }
        let request = web_sys::Request::new_with_str_and_init(&format!("{PREFIX}{}", self.path), &init)?;
        let headers = request.headers();
        headers.set("Accept", "application/json, application/problem+json, */*;q=0.5")?;
        if self.method != Method::Get {
            headers.set(CSRF_HEADER.0, CSRF_HEADER.1)?;
        }
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        Ok(request)
    }
}

/// A successful answer whose body is not read yet.
pub struct Response {
    inner: web_sys::Response,
}

impl Response {
    /// The status.
    pub fn status(&self) -> u16 {
        self.inner.status()
    }

    /// Reads the body as text.
    pub async fn text(self) -> Result<String, ClientError> {
        let promise = self.inner.text().map_err(|_read| ClientError::Unexpected)?;
        let value = JsFuture::from(promise).await.map_err(|error| network(&error))?;
        value.as_string().ok_or(ClientError::Unexpected)
    }

    /// Reads the body as a file.
    pub async fn blob(self) -> Result<web_sys::Blob, ClientError> {
        let promise = self.inner.blob().map_err(|_read| ClientError::Unexpected)?;
        let value = JsFuture::from(promise).await.map_err(|error| network(&error))?;
        value.dyn_into().map_err(|_other| ClientError::Unexpected)
    }

    /// Reads the body as JSON.
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, ClientError> {
        let text = self.text().await?;
        serde_json::from_str(&text).map_err(|_shape| ClientError::Unexpected)
    }
}

/// The refusal that an answer with this status and this body is.
pub(super) fn refused(status: u16, body: &str) -> ClientError {
    if status == 401 {
        expired();
    }
    match serde_json::from_str::<Problem>(body) {
        Ok(problem) => {
            // A new version of the terms: the session says so, and the screens show it.
            if problem.code == ErrorCode::EngagementRequis.as_str() {
                expired();
            }
            ClientError::Problem(Box::new(problem))
        }
        // A gateway that stands in for a dead server answers without a problem document.
        Err(_shape) if matches!(status, 502..=504) => ClientError::Offline,
        Err(_shape) => ClientError::Unexpected,
    }
}

fn network(error: &JsValue) -> ClientError {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    match name.as_deref() {
        Some("TimeoutError" | "AbortError") => ClientError::Timeout,
        _ => ClientError::Offline,
    }
}

thread_local! {
    static ON_EXPIRED: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Registers what to do when the server answers that nobody is signed in.
pub fn on_expired(act: impl Fn() + 'static) {
    ON_EXPIRED.with(|slot| *slot.borrow_mut() = Some(Rc::new(act)));
}

fn expired() {
    // Taken out of the cell first: what it does may send a request.
    let act = ON_EXPIRED.with(|slot| slot.borrow().clone());
    if let Some(act) = act {
        act();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_problem_or_a_gateway_or_not_understood() {
        let problem = Problem::with_detail(ErrorCode::TypeNonAccepte, "x");
        let body = serde_json::to_string(&problem).unwrap();
        assert_eq!(refused(415, &body), ClientError::Problem(Box::new(problem)));
        assert_eq!(refused(503, "<html>"), ClientError::Offline);
        assert_eq!(refused(400, "<html>"), ClientError::Unexpected);
    }

    #[test]
    fn a_problem_says_its_own_sentence() {
        let error = ClientError::Problem(Box::new(Problem::with_detail(ErrorCode::VersionPerimee, "Relisez.")));
        assert_eq!(error.sentence(), "Relisez.");
        assert!(error.is(ErrorCode::VersionPerimee));
        assert!(!error.is(ErrorCode::Introuvable));
        assert!(!ClientError::Offline.is(ErrorCode::VersionPerimee));
    }
}
