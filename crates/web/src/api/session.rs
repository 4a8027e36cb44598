//! Sign-in, sign-out, and what kind of instance answers.

use domain::permission::Role;
use domain::session::{
    ApplicationOtp, ConfirmationAcces, CourrielVue, DemandeConnexion, InstanceVue, OuvertureSession, SessionVue,
};

use super::read::Read;
use super::{ClientError, Request};

/// Who is signed in.
pub async fn read() -> Result<SessionVue, ClientError> {
    Request::get("/session").fetch().await
}

/// Asks for a sign-in link.
pub async fn ask(request: &DemandeConnexion) -> Result<(), ClientError> {
    Request::post("/connexion").json(request).send().await.map(|_same_for_everybody| ())
}

/// What to set an application of codes with, for the link of a first access.
pub async fn prepare_access(secret: &str) -> Result<ApplicationOtp, ClientError> {
    application(Request::post("/premier-acces").texts(&[("jeton", secret)])).await
}

/// What an application of codes is set with.
pub(super) async fn application(request: Request) -> Result<ApplicationOtp, ClientError> {
    let read = Read::answer(request).await?;
    Ok(ApplicationOtp {
        email: read.text("email"),
        secret: read.text("secret"),
        adresse: read.text("adresse"),
        qr: read.text("qr"),
    })
}

/// Confirms the application by a code it shows.
pub async fn confirm_access(request: &ConfirmationAcces) -> Result<(), ClientError> {
    Request::post("/premier-acces/confirmer").json(request).send().await.map(|_empty| ())
}

/// The last mails of a demonstration instance.
pub async fn mails() -> Result<Vec<CourrielVue>, ClientError> {
    let read = Read::answer(Request::get("/demonstration/courriels")).await?;
    Ok(read.list("items").iter().map(mail).collect())
}

fn mail(read: &Read) -> CourrielVue {
    CourrielVue {
        id: read.text("id"),
        cree_le: read.text("cree_le"),
        a: read.text("a"),
        modele: read.text("modele"),
        objet: read.text("objet"),
        texte: read.text("texte"),
        chemin: read.maybe("chemin"),
        arret: read.maybe("arret"),
    }
}

/// Opens a session with the secret of a link.
pub async fn open(request: &OuvertureSession) -> Result<SessionVue, ClientError> {
    Request::post("/session").json(request).fetch().await
}

/// Chooses another role.
pub async fn switch(role: Role) -> Result<SessionVue, ClientError> {
    Request::patch("/session").texts(&[("role", role.as_str())]).send().await?;
    read().await
}

/// Gives a code again.
pub async fn give_code(code: String) -> Result<(), ClientError> {
    Request::post("/session/code").texts(&[("code", &code)]).send().await.map(|_empty| ())
}

/// Makes sure that a recent code was given, asking for one otherwise: before what is not sent by [`Request`].
pub async fn recent_code() -> Result<(), ClientError> {
    Request::get("/session/code").send().await.map(|_empty| ())
}

/// Closes the session.
pub async fn close() -> Result<(), ClientError> {
    Request::delete("/session").send().await.map(|_empty| ())
}

/// What kind of instance answers.
pub async fn instance() -> Result<InstanceVue, ClientError> {
    Request::get("/instance").fetch().await
}
