//! Links of the candidature form.

use domain::lien::{EtatLien, Lien, LienPublic, LienSaisie, StructurePreremplie};

use super::query::encode;
use super::read::Read;
use super::referentiel::enveloppe;
use super::{ClientError, Request};

fn etat(lu: &Read) -> EtatLien {
    match lu.text("etat").as_str() {
        "ouvert" => EtatLien::Ouvert,
        "a_venir" => EtatLien::AVenir,
        _ => EtatLien::Ferme,
    }
}

fn structure(lu: &Read) -> StructurePreremplie {
    let Some(lu) = lu.object("structure") else { return StructurePreremplie::default() };
    StructurePreremplie {
        nom: lu.text("nom"),
        type_structure: lu.text("type_structure"),
        siret: lu.text("siret"),
        adresse: lu.text("adresse"),
        code_postal: lu.text("code_postal"),
        ville: lu.text("ville"),
    }
}

fn lien(lu: &Read) -> Option<Lien> {
    let reglages = lu.object("reglages")?;
    Some(Lien {
        id: lu.text("id"),
        version: lu.number("version"),
        code: lu.text("code"),
        adresse: lu.text("adresse"),
        etat: etat(lu),
        candidatures: lu.number("candidatures"),
        reglages: LienSaisie {
            libelle: reglages.text("libelle"),
            ouvre_le: reglages.text("ouvre_le"),
            ferme_le: reglages.text("ferme_le"),
            structure: structure(&reglages),
            ferme: reglages.is("ferme"),
        },
    })
}

/// The links of an envelope.
pub async fn lister(enveloppe: &str) -> Result<Vec<Lien>, ClientError> {
    let lu = Read::answer(Request::get(format!("/enveloppes/{}/liens", encode(enveloppe)))).await?;
    Ok(lu.list("items").iter().filter_map(lien).collect())
}

/// Makes a link.
pub async fn faire(enveloppe: &str, saisie: &LienSaisie) -> Result<(), ClientError> {
    Request::post(format!("/enveloppes/{}/liens", encode(enveloppe))).json(saisie).send().await.map(drop)
}

/// Sets a link, unless it has changed since this version.
pub async fn regler(id: &str, version: i64, saisie: &LienSaisie) -> Result<(), ClientError> {
    Request::put(format!("/liens/{}", encode(id))).if_match(version).json(saisie).send().await.map(drop)
}

/// Address of the QR code of a link.
pub fn qr(id: &str) -> String {
    format!("/api/v1/liens/{}/qr", encode(id))
}

/// The link that was followed.
pub async fn suivi(code: &str) -> Result<LienPublic, ClientError> {
    let lu = Read::answer(Request::get(format!("/candidatures/liens/{}", encode(code)))).await?;
    let enveloppe_lue = lu.object("enveloppe").ok_or(ClientError::Unexpected)?;
    Ok(LienPublic {
        code: lu.text("code"),
        libelle: lu.text("libelle"),
        etat: etat(&lu),
        ouvre_le: lu.text("ouvre_le"),
        ferme_le: lu.text("ferme_le"),
        structure: structure(&lu),
        enveloppe: enveloppe(&enveloppe_lue),
    })
}
