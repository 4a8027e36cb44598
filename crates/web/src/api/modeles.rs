//! The templates of the mails.

use domain::courriel::{Destinataire, EnvoiVue, Evenement, ModeleApercu, ModeleResume};

use super::query::encode;
use super::read::Read;
use super::{ClientError, Request};

/// Every template.
pub async fn lister() -> Result<Vec<ModeleResume>, ClientError> {
    let lu = Read::answer(Request::get("/courriels/modeles")).await?;
    let envoi = |lu: &Read| {
        Some(EnvoiVue {
            evenement: Evenement::parse(&lu.text("evenement"))?,
            destinataire: Destinataire::parse(&lu.text("destinataire"))?,
        })
    };
    let un = |lu: &Read| ModeleResume {
        code: lu.text("code"),
        objet: lu.text("objet"),
        envois: lu.list("envois").iter().filter_map(envoi).collect(),
        rappel: lu.is("rappel"),
    };
    Ok(lu.list("items").iter().map(un).collect())
}

/// One of them, as it leaves.
pub async fn lire(code: &str) -> Result<ModeleApercu, ClientError> {
    let lu = Read::answer(Request::get(format!("/courriels/modeles/{}", encode(code)))).await?;
    Ok(ModeleApercu { code: lu.text("code"), objet: lu.text("objet"), texte: lu.text("texte"), html: lu.text("html") })
}
