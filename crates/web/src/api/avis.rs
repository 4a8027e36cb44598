//! Comments, avis, and the candidature that a structure follows.

use domain::avis::{Avis, GenreAvis, GenreDesabonne, MoyenAvis, PreferencesAvis};
use domain::candidature::{SuiviCandidature, SuiviDemande};
use domain::commentaire::{Commentaire, CommentaireSaisie, Interlocuteur};
use domain::demande::{Etape, Formation};
use domain::lot_eligibilite::{EchangeVue, GenreEchange, ReponseSuivi};
use domain::permission::Role;

use super::query::encode;
use super::read::Read;
use super::{ClientError, Query, Request};

fn avis(lu: &Read) -> Option<Avis> {
    Some(Avis {
        id: lu.text("id"),
        genre: GenreAvis::parse(&lu.text("genre"))?,
        auteur: lu.text("auteur"),
        date: lu.text("date"),
        demande_id: lu.maybe("demande_id"),
        import_id: lu.maybe("import_id"),
        nombre: lu.number("nombre"),
        personne: lu.text("personne"),
        texte: lu.text("texte"),
        lu: lu.is("lu"),
    })
}

/// One page of one's avis, and the cursor of the next.
pub async fn lister(curseur: Option<&str>) -> Result<(Vec<Avis>, Option<String>), ClientError> {
    let query = Query::new().with("limit", 30).with_some("cursor", curseur.unwrap_or_default());
    let lu = Read::answer(Request::get(query.on("/avis"))).await?;
    Ok((lu.list("items").iter().filter_map(avis).collect(), lu.maybe("next")))
}

/// How many of one's avis are not read.
pub async fn non_lus() -> Result<i64, ClientError> {
    Ok(Read::answer(Request::get("/avis/non-lus")).await?.number("non_lus"))
}

/// Marks avis as read, all of them when none is named; gives how many are left.
pub async fn marquer(ids: Vec<String>) -> Result<i64, ClientError> {
    let lus = domain::avis::AvisLus { ids };
    Ok(Read::answer(Request::post("/avis/lus").json(&lus)).await?.number("non_lus"))
}

/// How one is told.
pub async fn preferences() -> Result<PreferencesAvis, ClientError> {
    let lu = Read::answer(Request::get("/compte/avis")).await?;
    let mut choix = PreferencesAvis::default();
    for genre in GenreAvis::ALL {
        if let Some(moyen) = MoyenAvis::parse(&lu.text(genre.as_str())) {
            choix.regler(*genre, moyen);
        }
    }
    Ok(choix)
}

/// Sets how one is told.
pub async fn regler(choix: PreferencesAvis) -> Result<(), ClientError> {
    Request::put("/compte/avis").json(&choix).send().await.map(drop)
}

/// No more mail of the kind that a secret names.
pub async fn desabonner(jeton: String) -> Result<Option<GenreDesabonne>, ClientError> {
    let demande = domain::avis::Desabonnement { jeton };
    let lu = Read::answer(Request::post("/avis/desabonnement").json(&demande)).await?;
    Ok(GenreDesabonne::parse(&lu.text("genre")))
}

fn commentaire(lu: &Read) -> Option<Commentaire> {
    Some(Commentaire {
        id: lu.text("id"),
        auteur: lu.text("auteur"),
        role: Role::parse(&lu.text("role"))?,
        date: lu.text("date"),
        texte: lu.text("texte"),
        mien: lu.is("mien"),
        retire: lu.is("retire"),
    })
}

fn commentaires(demande: &str) -> String {
    format!("/demandes/{}/commentaires", encode(demande))
}

/// The comments of a demande.
pub async fn lire_commentaires(demande: &str) -> Result<Vec<Commentaire>, ClientError> {
    let lu = Read::answer(Request::get(commentaires(demande))).await?;
    Ok(lu.list("items").iter().filter_map(commentaire).collect())
}

/// Comments a demande.
pub async fn commenter(demande: &str, saisie: &CommentaireSaisie) -> Result<(), ClientError> {
    Request::post(commentaires(demande)).json(saisie).send().await.map(drop)
}

/// Takes one's own comment back.
pub async fn retirer(demande: &str, id: &str) -> Result<(), ClientError> {
    Request::delete(format!("{}/{}", commentaires(demande), encode(id))).send().await.map(drop)
}

/// Says that one has a demande open; gives the names of the others who do.
pub async fn dire_presence(demande: &str) -> Result<Vec<String>, ClientError> {
    let lu = Read::answer(Request::post(format!("/demandes/{}/presence", encode(demande)))).await?;
    Ok(lu.texts("autres"))
}

/// Whom one may tell about a demande.
pub async fn interlocuteurs(demande: &str) -> Result<Vec<Interlocuteur>, ClientError> {
    let lu = Read::answer(Request::get(format!("/demandes/{}/interlocuteurs", encode(demande)))).await?;
    let un = |lu: &Read| {
        Some(Interlocuteur { id: lu.text("id"), nom: lu.text("nom"), role: Role::parse(&lu.text("role"))? })
    };
    Ok(lu.list("items").iter().filter_map(un).collect())
}

/// Where a candidature stands.
pub async fn suivre(jeton: String) -> Result<SuiviCandidature, ClientError> {
    let demande = domain::candidature::DemandeSuivi { jeton };
    suivi(Request::post("/candidatures/suivi").json(&demande)).await
}

/// Answers what is asked about a demande; where the candidature then stands.
pub async fn repondre(reponse: &ReponseSuivi) -> Result<SuiviCandidature, ClientError> {
    suivi(Request::post("/candidatures/suivi/reponse").json(reponse)).await
}

async fn suivi(request: Request) -> Result<SuiviCandidature, ClientError> {
    let lu = Read::answer(request).await?;
    let echange = |lu: &Read| {
        let (genre, auteur) = (GenreEchange::parse(&lu.text("genre"))?, String::new());
        Some(EchangeVue { genre, texte: lu.text("texte"), date: lu.text("date"), auteur })
    };
    let une = |lu: &Read| {
        Some(SuiviDemande {
            id: lu.text("id"),
            echanges: lu.list("echanges").iter().filter_map(echange).collect(),
            peut_repondre: lu.is("peut_repondre"),
            prenom: lu.text("prenom"),
            nom: lu.text("nom"),
            formation: Formation::parse(&lu.text("formation"))?,
            etape: Etape::parse(&lu.text("etape"))?,
            date_session: lu.text("date_session"),
        })
    };
    Ok(SuiviCandidature {
        reference: lu.text("reference"),
        deposee_le: lu.text("deposee_le"),
        structure: lu.text("structure"),
        recipiendaire: lu.maybe("recipiendaire"),
        demandes: lu.list("demandes").iter().filter_map(une).collect(),
    })
}
