//! One's own account.

use std::pin::Pin;

use domain::mon_compte::{CompteVue, ConnexionVue, GenreMoyen, MoyenVue, OrganisationVue};
use domain::permission::Role;
use domain::session::{ApplicationOtp, SessionOuverte};

use super::query::encode;
use super::read::Read;
use super::session::application;
use super::{ClientError, Request};

/// What the screen of the account shows.
#[derive(Clone)]
pub struct MonCompte {
    /// The account.
    pub compte: CompteVue,
    /// Its means of codes.
    pub moyens: Vec<MoyenVue>,
    /// Its open sessions.
    pub sessions: Vec<SessionOuverte>,
    /// Its last sign-ins.
    pub connexions: Vec<ConnexionVue>,
}

/// Reads all of it.
pub async fn lire() -> Result<MonCompte, ClientError> {
    let mut lus = Vec::with_capacity(4);
    for path in ["/compte", "/compte/moyens", "/sessions", "/compte/connexions"] {
        lus.push(Read::answer(Request::get(path)).await?);
    }
    let items = |rang: usize| lus.get(rang).map(|lu| lu.list("items")).unwrap_or_default();
    Ok(MonCompte {
        compte: lus.first().map(compte).ok_or(ClientError::Unexpected)?,
        moyens: items(1).iter().map(moyen).collect(),
        sessions: items(2).iter().map(session).collect(),
        connexions: items(3).iter().map(connexion).collect(),
    })
}

fn compte(lu: &Read) -> CompteVue {
    let organisation = |lu: &Read| Some(OrganisationVue { role: Role::parse(&lu.text("role"))?, nom: lu.text("nom") });
    CompteVue {
        nom: lu.text("nom"),
        email: lu.text("email"),
        roles: lu.texts("roles").iter().filter_map(|code| Role::parse(code)).collect(),
        organisations: lu.list("organisations").iter().filter_map(organisation).collect(),
    }
}

fn moyen(lu: &Read) -> MoyenVue {
    MoyenVue {
        id: lu.text("id"),
        genre: if lu.text("genre") == "carte" { GenreMoyen::Carte } else { GenreMoyen::Application },
        nom: lu.text("nom"),
        serie: lu.maybe("serie"),
        ajoute_le: lu.text("ajoute_le"),
        utilise_le: lu.maybe("utilise_le"),
    }
}

fn session(lu: &Read) -> SessionOuverte {
    SessionOuverte {
        id: lu.text("id"),
        appareil: lu.text("appareil"),
        role: Role::parse(&lu.text("role")).unwrap_or(Role::Usager),
        ouverte_le: lu.text("ouverte_le"),
        vue_le: lu.text("vue_le"),
        expire_le: lu.text("expire_le"),
        actuelle: lu.is("actuelle"),
    }
}

fn connexion(lu: &Read) -> ConnexionVue {
    ConnexionVue {
        date: lu.text("date"),
        reussie: lu.is("reussie"),
        appareil: lu.text("appareil"),
        adresse: lu.text("adresse"),
    }
}

/// Prepares an application of codes.
pub async fn preparer_application(nom: String) -> Result<ApplicationOtp, ClientError> {
    application(Request::post("/compte/application").texts(&[("nom", &nom)])).await
}

/// An act that answers nothing.
pub type Acte = Pin<Box<dyn Future<Output = Result<(), ClientError>>>>;

/// Sends what answers nothing. Boxed: compiled once for all.
fn envoyer(request: Request) -> Acte {
    Box::pin(async move { request.send().await.map(|_empty| ()) })
}

/// Confirms the prepared application.
pub fn confirmer_application(code: &str) -> Acte {
    envoyer(Request::post("/compte/application/confirmer").texts(&[("code", code)]))
}

/// Attaches a card.
pub fn rattacher_carte(serie: &str, code: &str, suivant: &str) -> Acte {
    let membres = [("serie", serie), ("code", code), ("code_suivant", suivant)];
    envoyer(Request::post("/compte/cartes").texts(&membres))
}

fn adresse(id: &str) -> String {
    format!("/compte/moyens/{}", encode(id))
}

/// Finds the clock of a card again.
pub fn recaler(id: &str, code: &str, suivant: &str) -> Acte {
    envoyer(Request::post(adresse(id) + "/recaler").texts(&[("code", code), ("code_suivant", suivant)]))
}

/// Renames a means.
pub fn renommer(id: &str, nom: &str) -> Acte {
    envoyer(Request::patch(adresse(id)).texts(&[("nom", nom)]))
}

/// Removes a means.
pub fn retirer(id: &str) -> Acte {
    envoyer(Request::delete(adresse(id)))
}

/// Closes one of one's sessions.
pub fn fermer(id: &str) -> Acte {
    envoyer(Request::delete(format!("/sessions/{}", encode(id))))
}

/// Closes every session of one's own, or every other.
pub fn fermer_partout(autres: bool) -> Acte {
    envoyer(Request::delete(if autres { "/sessions?autres=true" } else { "/sessions" }))
}
