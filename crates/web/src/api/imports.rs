//! Operations on imports.

use domain::import::{ImportVue, LigneImport, StatutLigne};

use super::http::PREFIX;
use super::query::encode;
use super::upload::post_file;
use super::{ClientError, Query, Request};

/// Sends a file, telling the bytes that have left so far. `essai` is a rehearsal that writes nothing.
pub async fn envoyer(
    fichier: &web_sys::Blob,
    type_mime: &str,
    essai: bool,
    enveloppe: &str,
    partis: Box<dyn FnMut(f64)>,
) -> Result<ImportVue, ClientError> {
    let query = Query::new().with("objet", "demandes").with("dry_run", essai).with_some("enveloppe_id", enveloppe);
    let recu = post_file(&query.on("/imports"), fichier, type_mime, partis).await?;
    serde_json::from_str(&recu).map_err(|_shape| ClientError::Unexpected)
}

/// State and counters.
pub async fn lire(id: &str) -> Result<ImportVue, ClientError> {
    Request::get(format!("/imports/{}", encode(id))).fetch().await
}

/// Stops an import that runs.
pub async fn annuler(id: &str) -> Result<ImportVue, ClientError> {
    Request::post(format!("/imports/{}/annuler", encode(id))).fetch().await
}

/// Undoes a finished import.
pub async fn defaire(id: &str) -> Result<ImportVue, ClientError> {
    Request::post(format!("/imports/{}/defaire", encode(id))).timeout(5 * 60 * 1_000).fetch().await
}

/// The first rejected lines, `limite` at most.
pub async fn rejetees(id: &str, limite: usize) -> Result<Vec<LigneImport>, ClientError> {
    let path = format!("/imports/{}/lignes", encode(id));
    let texte = Request::get(path).timeout(120_000).send().await?.text().await?;
    Ok(premieres_rejetees(&texte, limite))
}

/// Address of the rejected lines, as a file to correct and send again.
pub fn adresse_rejets(id: &str) -> String {
    format!("{PREFIX}/imports/{}/rejets", encode(id))
}

/// Address of the whole report, line by line.
pub fn adresse_rapport(id: &str) -> String {
    format!("{PREFIX}/imports/{}/lignes", encode(id))
}

fn premieres_rejetees(ndjson: &str, limite: usize) -> Vec<LigneImport> {
    ndjson
        .lines()
        .filter_map(|ligne| serde_json::from_str::<LigneImport>(ligne).ok())
        .filter(|ligne| ligne.statut == StatutLigne::Rejetee)
        .take(limite)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_rejected_lines_are_kept() {
        let ndjson = concat!(
            "{\"ligne\":2,\"statut\":\"creee\",\"id\":\"a\"}\n",
            "{\"ligne\":3,\"statut\":\"rejetee\",\"erreurs\":[]}\n",
            "\n",
            "{\"ligne\":4,\"statut\":\"rejetee\"}\n",
            "{\"ligne\":5,\"statut\":\"rejetee\"}\n",
        );
        let lignes: Vec<u64> = premieres_rejetees(ndjson, 2).iter().map(|ligne| ligne.ligne).collect();
        assert_eq!(lignes, [3, 4]);
    }
}
