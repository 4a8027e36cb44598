//! Sign-in, sign-out, and what kind of instance answers.

use domain::session::{InstanceVue, OuvertureSession, SessionVue};

use super::{ClientError, Request};

/// Who is signed in.
pub async fn read() -> Result<SessionVue, ClientError> {
    Request::get("/session").fetch().await
}

/// Opens a session.
pub async fn open(request: &OuvertureSession) -> Result<SessionVue, ClientError> {
    Request::post("/session").json(request).fetch().await
}

/// Closes the session.
pub async fn close() -> Result<(), ClientError> {
    Request::delete("/session").send().await.map(|_empty| ())
}

/// What kind of instance answers.
pub async fn instance() -> Result<InstanceVue, ClientError> {
    Request::get("/instance").fetch().await
}
