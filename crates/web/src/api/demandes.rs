//! Operations on demandes.

use domain::demande::choisies::{DemandeSupprimee, ExportChoisies};
use domain::demande::lot::{Geste, Lot, LotTraite};
use domain::demande::view::{Changement, Compteurs};
use domain::demande::{DemandeDetail, DemandeSaisie, DemandeVue, EntreeHistorique, OrigineEntree};
use domain::page::Page;

use super::query::encode;
use super::read::Read;
use super::{ClientError, Query, Request};

/// Which rows, in which order: the same for the table, its counters and its exports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liste {
    /// Filter, in the one grammar.
    pub filtre: String,
    /// Sort.
    pub tri: String,
    /// Words searched.
    pub q: String,
}

impl Liste {
    fn query(&self) -> Query {
        Query::new().with_some("filter", &self.filtre).with_some("sort", &self.tri).with_some("q", &self.q)
    }
}

/// Where pages begin.
#[derive(Clone, Debug)]
pub struct Reperes {
    /// Number of rows.
    pub total: usize,
    /// Rows between two cursors.
    pub pas: usize,
    /// `curseurs[i]` is the cursor of the page that starts at row `(i + 1) * pas`.
    pub curseurs: Vec<String>,
}

/// One page of rows with these columns (names joined by commas).
pub async fn page(
    liste: &Liste,
    champs: &str,
    curseur: Option<&str>,
    limite: usize,
) -> Result<Page<DemandeVue>, ClientError> {
    let query = liste.query().with("fields", champs).with("limit", limite);
    Request::get(query.with_some("cursor", curseur.unwrap_or_default()).on("/demandes")).fetch().await
}

/// How many rows meet a filter.
pub async fn total(filtre: &str) -> Result<u64, ClientError> {
    let query = Query::new().with("filter", filtre).with("fields", "nom").with("limit", 1).with("total", true);
    Ok(u64::try_from(Read::answer(Request::get(query.on("/demandes"))).await?.number("total")).unwrap_or_default())
}

/// Where the pages of `pas` rows begin.
pub async fn reperes(liste: &Liste, pas: usize) -> Result<Reperes, ClientError> {
    let lu = Read::answer(Request::get(liste.query().with("pas", pas).on("/demandes/reperes"))).await?;
    let entier = |nom| usize::try_from(lu.number(nom)).unwrap_or(usize::MAX);
    Ok(Reperes { total: entier("total"), pas: entier("pas"), curseurs: lu.texts("curseurs") })
}

/// Those to whom a demande may be given: address and name.
pub async fn collegues() -> Result<Vec<(String, String)>, ClientError> {
    let lu = Read::answer(Request::get("/collegues")).await?;
    Ok(lu.list("items").iter().map(|un| (un.text("email"), un.text("nom"))).collect())
}

/// Number of rows by stage and by verdict.
pub async fn compteurs(filtre: &str, q: &str) -> Result<Compteurs, ClientError> {
    let query = Query::new().with_some("filter", filtre).with_some("q", q);
    Request::get(query.on("/demandes/compteurs")).fetch().await
}

/// One demande.
pub async fn lire(id: &str) -> Result<DemandeDetail, ClientError> {
    Request::get(format!("/demandes/{}", encode(id))).fetch().await
}

/// Adds a demande. The same `cle` adds it once, however often it is sent.
pub async fn creer(saisie: &DemandeSaisie, cle: Option<&str>) -> Result<DemandeDetail, ClientError> {
    let requete = Request::post("/demandes").json(saisie);
    match cle {
        Some(cle) => requete.header("Idempotency-Key", cle).fetch().await,
        None => requete.fetch().await,
    }
}

/// Changes the columns given, unless the demande has changed since this version. Also gives the gesture that undoes it.
pub async fn modifier(
    id: &str,
    version: i64,
    saisie: &DemandeSaisie,
) -> Result<(DemandeDetail, Option<String>), ClientError> {
    Request::patch(format!("/demandes/{}", encode(id))).if_match(version).json(saisie).fetch_named().await
}

/// Deletes a demande, reversibly.
pub async fn supprimer(id: &str, version: i64) -> Result<(), ClientError> {
    Request::delete(format!("/demandes/{}", encode(id))).if_match(version).send().await.map(|_empty| ())
}

/// Undoes a deletion.
pub async fn restaurer(id: &str) -> Result<DemandeDetail, ClientError> {
    Request::post(format!("/demandes/{}/restaurer", encode(id))).fetch().await
}

/// One page of the history of a demande, or of one of its columns.
pub async fn historique(id: &str, colonne: &str, curseur: Option<&str>) -> Result<Page<EntreeHistorique>, ClientError> {
    let query = Query::new().with("limit", 20).with_some("colonne", colonne);
    let query = query.with_some("cursor", curseur.unwrap_or_default());
    let lu = Read::answer(Request::get(query.on(&format!("/demandes/{}/historique", encode(id))))).await?;
    let changement =
        |lu: &Read| Changement { colonne: lu.text("colonne"), avant: lu.text("avant"), apres: lu.text("apres") };
    let entree = |lu: &Read| EntreeHistorique {
        date: lu.text("date"),
        action: lu.text("action"),
        auteur: lu.text("auteur"),
        origine: OrigineEntree::parse(&lu.text("origine")).unwrap_or(OrigineEntree::Ecran),
        import_id: lu.maybe("import_id"),
        role: lu.maybe("role"),
        annulation: lu.is("annulation"),
        motif: lu.maybe("motif"),
        changements: lu.list("changements").iter().map(changement).collect(),
    };
    Ok(Page { items: lu.list("items").iter().map(entree).collect(), next: lu.maybe("next"), total: None })
}

/// A page of the deleted demandes, the last first.
pub async fn supprimees(curseur: Option<&str>) -> Result<Page<DemandeSupprimee>, ClientError> {
    let query = Query::new().with("limit", 20).with_some("cursor", curseur.unwrap_or_default());
    let lu = Read::answer(Request::get(query.on("/demandes/supprimees"))).await?;
    let une = |lu: &Read| DemandeSupprimee {
        id: lu.text("id"),
        prenom: lu.text("prenom"),
        nom: lu.text("nom"),
        structure_nom: lu.text("structure_nom"),
        supprimee_le: lu.text("supprimee_le"),
        auteur: lu.text("auteur"),
    };
    Ok(Page { items: lu.list("items").iter().map(une).collect(), next: lu.maybe("next"), total: None })
}

/// Has the browser keep a file of these demandes.
pub async fn exporter_choisies(voulu: &ExportChoisies) -> Result<(), ClientError> {
    let fichier = Request::post("/demandes/export").json(voulu).timeout(60_000).send().await?.blob().await?;
    crate::browser::keep_file(&fichier, &format!("demandes.{}", voulu.format))
        .map_err(|_refused| ClientError::Unexpected)
}

/// Does several operations in one request. The same `cle` does them once, however often it is sent.
pub async fn lot(lot: &Lot, cle: Option<&str>) -> Result<LotTraite, ClientError> {
    let requete = Request::post("/demandes:batch").json(lot).timeout(60_000);
    match cle {
        Some(cle) => requete.header("Idempotency-Key", cle).fetch().await,
        None => requete.fetch().await,
    }
}

/// Undoes a gesture of the person.
pub async fn annuler(geste: &str) -> Result<LotTraite, ClientError> {
    Request::post(format!("/gestes/{}/annuler", encode(geste))).timeout(60_000).fetch().await
}

/// One page of what the person did, last first.
pub async fn gestes(curseur: Option<&str>) -> Result<Page<Geste>, ClientError> {
    let query = Query::new().with("limit", 20).with_some("cursor", curseur.unwrap_or_default());
    let lu = Read::answer(Request::get(query.on("/gestes"))).await?;
    let geste = |lu: &Read| Geste {
        id: lu.text("id"),
        date: lu.text("date"),
        creees: lu.number("creees"),
        modifiees: lu.number("modifiees"),
        supprimees: lu.number("supprimees"),
        restaurees: lu.number("restaurees"),
        annule: lu.maybe("annule"),
    };
    Ok(Page { items: lu.list("items").iter().map(geste).collect(), next: lu.maybe("next"), total: None })
}
