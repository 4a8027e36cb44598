//! Operations on imports.

use domain::import::{ImportVue, LigneImport, StatutLigne};

use super::http::download;
use super::query::encode;
use super::{ClientError, Query, Request};

/// How long a large file may take to be sent, in milliseconds.
const ENVOI_MS: u32 = 30 * 60 * 1_000;

/// Sends a file. `essai` is a rehearsal that writes nothing.
pub async fn envoyer(
    fichier: &web_sys::Blob,
    type_mime: &str,
    essai: bool,
    enveloppe: &str,
) -> Result<ImportVue, ClientError> {
    let query = Query::new().with("objet", "demandes").with("dry_run", essai).with_some("enveloppe_id", enveloppe);
    Request::post(query.on("/imports")).blob(fichier, type_mime).timeout(ENVOI_MS).fetch().await
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

/// Hands the rejected lines over as a file to correct and send again.
pub async fn telecharger_rejets(id: &str) -> Result<(), ClientError> {
    let requete = Request::get(format!("/imports/{}/rejets", encode(id))).timeout(120_000);
    download(requete, crate::text::tableau::NOM_FICHIER_REJETS).await
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
