//! Reference data.

use domain::page::Page;
use domain::referentiel::{CommuneVue, EpciVue};
use domain::session::EnveloppeVue;

use super::query::encode;
use super::read::Read;
use super::{ClientError, Query, Request};

/// The communes of a postal code.
pub async fn communes(code_postal: &str) -> Result<Vec<CommuneVue>, ClientError> {
    let path = Query::new().with("code_postal", code_postal).on("/referentiel/communes");
    Request::get(path).fetch::<Page<CommuneVue>>().await.map(|page| page.items)
}

/// The communes whose name holds these words.
pub async fn communes_nommees(mots: &str) -> Result<Vec<CommuneVue>, ClientError> {
    let path = Query::new().with("q", mots).on("/referentiel/communes");
    Request::get(path).fetch::<Page<CommuneVue>>().await.map(|page| page.items)
}

/// The groupings of communes whose name holds these words.
pub async fn epci(mots: &str) -> Result<Vec<EpciVue>, ClientError> {
    let lu = Read::answer(Request::get(Query::new().with("q", mots).on("/referentiel/epci"))).await?;
    let un =
        |lu: &Read| EpciVue { siren: lu.text("siren"), nom: lu.text("nom"), type_structure: lu.text("type_structure") };
    Ok(lu.list("items").iter().map(un).collect())
}

/// An envelope, as it is read.
pub(super) fn enveloppe(lu: &Read) -> EnveloppeVue {
    EnveloppeVue {
        id: lu.text("id"),
        libelle: lu.text("libelle"),
        departement: lu.text("departement"),
        annee: lu.number("annee"),
        recipiendaire: lu.text("recipiendaire"),
        ouverte: lu.is("ouverte"),
    }
}

/// The envelope of a public link.
pub async fn enveloppe_publique(id: &str) -> Result<EnveloppeVue, ClientError> {
    let lu = Read::answer(Request::get(format!("/enveloppes/{}/publique", encode(id)))).await?;
    Ok(enveloppe(&lu))
}

/// The envelopes in reach of the signed-in person.
pub async fn enveloppes() -> Result<Vec<EnveloppeVue>, ClientError> {
    let lu = Read::answer(Request::get("/enveloppes")).await?;
    Ok(lu.list("items").iter().map(enveloppe).collect())
}
