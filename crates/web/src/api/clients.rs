//! API clients and their keys.

use std::pin::Pin;

use domain::client_api::{CleCreee, CleVue, ClientVu, EtatCle, EtatClient, GenreCle, NouveauClient, NouvelleCle};
use domain::permission::{Portee, Role};

use super::compte::{Acte, envoyer};
use super::query::encode;
use super::read::Read;
use super::{ClientError, Request};

/// The clients within reach.
pub async fn lire() -> Result<Vec<ClientVu>, ClientError> {
    let lu = Read::answer(Request::get("/clients-api")).await?;
    Ok(lu.list("items").iter().map(client).collect())
}

fn client(lu: &Read) -> ClientVu {
    ClientVu {
        id: lu.text("id"),
        nom: lu.text("nom"),
        etat: match lu.text("etat").as_str() {
            "actif" => EtatClient::Actif,
            "suspendu" => EtatClient::Suspendu,
            _ => EtatClient::Revoque,
        },
        role: Role::parse(&lu.text("role")).unwrap_or(Role::Usager),
        portees: lu.texts("portees").iter().filter_map(|code| Portee::parse(code)).collect(),
        enveloppes: lu.texts("enveloppes"),
        origines: lu.texts("origines"),
        responsable: lu.maybe("responsable"),
        cree_le: lu.text("cree_le"),
        cles: lu.list("cles").iter().map(cle).collect(),
    }
}

fn genre(lu: &Read) -> GenreCle {
    GenreCle::parse(&lu.text("genre")).unwrap_or(GenreCle::Jeton)
}

fn cle(lu: &Read) -> CleVue {
    CleVue {
        id: lu.text("id"),
        genre: genre(lu),
        etat: match lu.text("etat").as_str() {
            "active" => EtatCle::Active,
            "suspendue" => EtatCle::Suspendue,
            "expiree" => EtatCle::Expiree,
            _ => EtatCle::Revoquee,
        },
        cree_le: lu.text("cree_le"),
        expire_le: lu.text("expire_le"),
        vu_le: lu.maybe("vu_le"),
    }
}

/// A request that makes a key, and the key.
pub type Creation = Pin<Box<dyn Future<Output = Result<CleCreee, ClientError>>>>;

fn cree(request: Request) -> Creation {
    Box::pin(async move {
        let lu = Read::answer(request).await?;
        Ok(CleCreee {
            client: lu.text("client"),
            id: lu.text("id"),
            genre: genre(&lu),
            secret: lu.text("secret"),
            expire_le: lu.text("expire_le"),
        })
    })
}

/// Makes a client and its first key.
pub fn creer(nouveau: &NouveauClient) -> Creation {
    cree(Request::post("/clients-api").json(nouveau))
}

fn adresse(id: &str) -> String {
    format!("/clients-api/{}", encode(id))
}

/// Makes another key of a client.
pub fn ajouter_cle(id: &str, nouvelle: &NouvelleCle) -> Creation {
    cree(Request::post(adresse(id) + "/cles").json(nouvelle))
}

/// Revokes a client.
pub fn revoquer(id: &str) -> Acte {
    envoyer(Request::delete(adresse(id)))
}

/// Revokes a key.
pub fn revoquer_cle(id: &str, cle: &str) -> Acte {
    envoyer(Request::delete(format!("{}/cles/{}", adresse(id), encode(cle))))
}
