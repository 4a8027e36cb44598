//! Named views of the table.

use domain::page::Page;
use domain::vue::{Vue, VueSaisie};

use super::query::encode;
use super::{ClientError, Request};

/// One's own views and those that colleagues show.
pub async fn lister() -> Result<Vec<Vue>, ClientError> {
    let page: Page<Vue> = Request::get("/vues").fetch().await?;
    Ok(page.items)
}

/// Keeps a view.
pub async fn garder(vue: &VueSaisie) -> Result<(), ClientError> {
    Request::post("/vues").json(vue).send().await.map(drop)
}

/// Replaces one of one's own views, unless it has changed since this version.
pub async fn remplacer(id: &str, version: i64, vue: &VueSaisie) -> Result<(), ClientError> {
    Request::put(format!("/vues/{}", encode(id))).if_match(version).json(vue).send().await.map(drop)
}

/// Deletes one of one's own views.
pub async fn supprimer(id: &str, version: i64) -> Result<(), ClientError> {
    Request::delete(format!("/vues/{}", encode(id))).if_match(version).send().await.map(drop)
}
