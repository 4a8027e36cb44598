//! The journal.

use domain::journal::{DefautJournal, EntreeJournal, GenreDefaut, VerificationJournal};
use domain::page::Page;

use super::read::Read;
use super::{ClientError, Query, Request};

/// A page of the entries that match.
pub async fn lire(query: Query) -> Result<Page<EntreeJournal>, ClientError> {
    let lu = Read::answer(Request::get(query.on("/journal"))).await?;
    Ok(Page { items: lu.list("items").iter().map(entree).collect(), next: lu.maybe("next"), total: None })
}

fn entree(lu: &Read) -> EntreeJournal {
    EntreeJournal {
        numero: lu.number("numero"),
        date: lu.text("date"),
        auteur: lu.text("auteur"),
        auteur_id: lu.text("auteur_id"),
        role: lu.maybe("role"),
        action: lu.text("action"),
        libelle: lu.text("libelle"),
        objet: lu.text("objet"),
        objet_id: lu.text("objet_id"),
        requete: lu.text("requete"),
        valeurs: lu.maybe("valeurs"),
    }
}

/// Verifies the next part of the chain.
pub async fn verifier(cursor: &str) -> Result<VerificationJournal, ClientError> {
    let path = Query::new().with_some("cursor", cursor).on("/journal/verification");
    let lu = Read::answer(Request::get(path)).await?;
    Ok(VerificationJournal {
        jusqu_a: lu.number("jusqu_a"),
        derniere: lu.number("derniere"),
        defauts: lu.list("defauts").iter().map(defaut).collect(),
        suite: lu.maybe("suite"),
    })
}

fn defaut(lu: &Read) -> DefautJournal {
    let genre = match lu.text("genre").as_str() {
        "entree_modifiee" => GenreDefaut::EntreeModifiee,
        "valeurs_modifiees" => GenreDefaut::ValeursModifiees,
        "fin_retiree" => GenreDefaut::FinRetiree,
        _ => GenreDefaut::EntreesRetirees,
    };
    DefautJournal { genre, numero: lu.number("numero"), message: lu.text("message") }
}
