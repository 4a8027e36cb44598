//! The list of the professionals who are habilitated already.

use domain::habilite::{Habilite, ListeHabilites};
use domain::page::Page;

use super::read::Read;
use super::upload::post_file;
use super::{ClientError, Query, Request};

/// A page of those who have these words, in this département or in all.
pub async fn chercher(mots: &str, departement: &str, cursor: &str) -> Result<Page<Habilite>, ClientError> {
    let query = Query::new().with("limit", 20).with_some("q", mots).with_some("departement", departement);
    let lu = Read::answer(Request::get(query.with_some("cursor", cursor).on("/habilites"))).await?;
    Ok(Page { items: lu.list("items").iter().map(un).collect(), next: lu.maybe("next"), total: None })
}

fn un(lu: &Read) -> Habilite {
    Habilite {
        id: lu.text("id"),
        departement: lu.text("departement"),
        nom: lu.text("nom"),
        prenom: lu.text("prenom"),
        email: lu.text("email"),
        profession: lu.text("profession"),
        mandats: lu.number("mandats"),
        demarches: lu.number("demarches"),
        structure_nom: lu.text("structure_nom"),
        structure_type: lu.text("structure_type"),
        adresse: lu.text("adresse"),
        code_postal: lu.text("code_postal"),
        ville: lu.text("ville"),
        siret: lu.text("siret"),
        referent_nom: lu.text("referent_nom"),
        referent_prenom: lu.text("referent_prenom"),
        referent_profession: lu.text("referent_profession"),
        referent_email: lu.text("referent_email"),
    }
}

/// The address of the file of the same people.
pub fn fichier(mots: &str, departement: &str) -> String {
    Query::new().with_some("q", mots).with_some("departement", departement).on("/api/v1/habilites/export")
}

/// Gives the list anew.
pub async fn donner(fichier: &web_sys::Blob) -> Result<ListeHabilites, ClientError> {
    let recu = post_file("/habilites/import", fichier, "text/csv", Box::new(|_| {})).await?;
    serde_json::from_str(&recu).map_err(|_shape| ClientError::Unexpected)
}
