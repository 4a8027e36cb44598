//! Operations on imports.

use domain::import::{ApercuImport, CleImport, ImportVue, LigneImport, ReglagesImport, StatutLigne};

use domain::page::Page;

use super::http::PREFIX;
use super::query::encode;
use super::upload::post_file;
use super::{ClientError, Query, Request};

/// Bytes of a text that show its headers and some lines.
const APERCU_OCTETS: i32 = 256 * 1024;

/// Sends a file, telling the bytes that have left so far. `essai` is a rehearsal that writes nothing.
pub async fn envoyer(
    fichier: &web_sys::Blob,
    type_mime: &str,
    essai: bool,
    (enveloppe, reglages): (&str, &ReglagesImport),
    partis: Box<dyn FnMut(f64)>,
) -> Result<ImportVue, ClientError> {
    let choisie = &reglages.correspondance;
    let correspondance =
        if choisie.0.is_empty() { String::new() } else { serde_json::to_string(choisie).unwrap_or_default() };
    let cle = if reglages.cle == CleImport::Complete { "" } else { reglages.cle.as_str() };
    let query = Query::new().with("objet", "demandes").with("dry_run", essai).with_some("enveloppe_id", enveloppe);
    let query = query.with_some("correspondance", &correspondance).with_some("cle", cle);
    let recu = post_file(&query.on("/imports"), fichier, type_mime, partis).await?;
    serde_json::from_str(&recu).map_err(|_shape| ClientError::Unexpected)
}

/// The headers of a file, and some cells under each. The beginning of a text is enough; a workbook is sent whole.
pub async fn apercu(fichier: &web_sys::Blob, type_mime: &str) -> Result<ApercuImport, ClientError> {
    let texte = type_mime.ends_with("csv") || type_mime.ends_with("ndjson");
    let debut = if texte { fichier.slice_with_i32_and_i32(0, APERCU_OCTETS).ok() } else { None };
    let recu = post_file("/imports/apercu", debut.as_ref().unwrap_or(fichier), type_mime, Box::new(|_| {})).await?;
    serde_json::from_str(&recu).map_err(|_shape| ClientError::Unexpected)
}

/// One page of the imports within reach, the last first, and the cursor of the next.
pub async fn lister(curseur: Option<&str>, limite: usize) -> Result<(Vec<ImportVue>, Option<String>), ClientError> {
    let query = Query::new().with("limit", limite).with_some("cursor", curseur.unwrap_or_default());
    let page: Page<ImportVue> = Request::get(query.on("/imports")).fetch().await?;
    Ok((page.items, page.next))
}

/// How many imports there are, and the cursor of each page of this size but the first.
pub async fn reperes(pas: usize) -> Result<(usize, Vec<String>), ClientError> {
    let (mut total, mut curseurs) = (0, Vec::<String>::new());
    loop {
        let (imports, suite) = lister(curseurs.last().map(String::as_str), pas).await?;
        total += imports.len();
        match suite {
            Some(suite) => curseurs.push(suite),
            None => return Ok((total, curseurs)),
        }
    }
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

/// The first lines that became this, `limite` at most.
pub async fn lignes(id: &str, statut: StatutLigne, limite: usize) -> Result<Vec<LigneImport>, ClientError> {
    let path = format!("/imports/{}/lignes", encode(id));
    let texte = Request::get(path).timeout(120_000).send().await?.text().await?;
    Ok(premieres(&texte, statut, limite))
}

/// Address of the rejected lines, as a file to correct and send again.
pub fn adresse_rejets(id: &str) -> String {
    format!("{PREFIX}/imports/{}/rejets", encode(id))
}

/// Address of the whole report, line by line.
pub fn adresse_rapport(id: &str) -> String {
    format!("{PREFIX}/imports/{}/lignes", encode(id))
}

fn premieres(ndjson: &str, statut: StatutLigne, limite: usize) -> Vec<LigneImport> {
    ndjson
        .lines()
        .filter_map(|ligne| serde_json::from_str::<LigneImport>(ligne).ok())
        .filter(|ligne| ligne.statut == statut)
        .take(limite)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_lines_asked_for_are_kept() {
        let ndjson = concat!(
            "{\"ligne\":2,\"statut\":\"creee\",\"id\":\"a\"}\n",
            "{\"ligne\":3,\"statut\":\"rejetee\",\"erreurs\":[]}\n",
            "\n",
            "{\"ligne\":4,\"statut\":\"rejetee\"}\n",
            "{\"ligne\":5,\"statut\":\"rejetee\"}\n",
        );
        let lignes: Vec<u64> = premieres(ndjson, StatutLigne::Rejetee, 2).iter().map(|ligne| ligne.ligne).collect();
        assert_eq!(lignes, [3, 4]);
    }
}
