//! What the doubles say: a company for each SIRET, drawn from its digits, in the format of each service.

use serde_json::{Value, json};

/// What a company is made to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profil {
    /// Of public law: its SIREN is one of those kept for public bodies.
    Public,
    /// An association under a collective agreement of Uniformation.
    Uniformation,
    /// An association under a collective agreement of another OPCO.
    AutreOpco,
    /// Two agreements that disagree.
    Partage,
    /// No agreement declared.
    SansConvention,
    /// No agreement declared either, and a diffusion that is partial: its address is not public.
    Partielle,
    /// Its establishment is closed.
    Fermee,
    /// The register does not know it.
    Inconnue,
}

/// What the company of this SIRET is made to be.
pub fn profil(siret: &str) -> Profil {
    if siret.starts_with(['1', '2']) {
        return Profil::Public;
    }
    let sum: u32 = siret
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .fold(0, |sum, (place, digit)| sum + digit * (u32::try_from(place % 7).unwrap_or(0) + 1));
    match sum % 10 {
        0..=2 => Profil::Uniformation,
        3 | 4 => Profil::AutreOpco,
        5 => Profil::Partage,
        7 if sum % 20 == 17 => Profil::Partielle,
        6 | 7 => Profil::SansConvention,
        8 => Profil::Fermee,
        _ => Profil::Inconnue,
    }
}

/// The answer of the company register.
pub fn company(siret: &str) -> Value {
    let profil = profil(siret);
    let known = siret.len() == 14 && siret.bytes().all(|byte| byte.is_ascii_digit()) && profil != Profil::Inconnue;
    let results = if known { vec![result(siret, profil)] } else { Vec::new() };
    json!({ "total_results": results.len(), "total_pages": results.len(), "page": 1, "per_page": 1, "results": results })
}

fn result(siret: &str, profil: Profil) -> Value {
    let public = profil == Profil::Public;
    let siren = siret.get(..9).unwrap_or("");
    let idcc = match profil {
        Profil::Public => json!(["5021"]),
        Profil::Uniformation => json!(["1518"]),
        Profil::AutreOpco => json!(["1516"]),
        Profil::Partage => json!(["1518", "1516"]),
        Profil::SansConvention | Profil::Partielle | Profil::Fermee | Profil::Inconnue => Value::Null,
    };
    // The address is given all the same: it is for us not to keep it.
    let diffusion = if profil == Profil::Partielle { "P" } else { "O" };
    let place = json!({
        "siret": siret, "est_siege": true, "adresse": "1 PLACE DE LA MAIRIE 01000 BOURG-EN-BRESSE",
        "code_postal": "01000", "commune": "01053", "libelle_commune": "BOURG-EN-BRESSE", "departement": "01",
        "region": "84", "etat_administratif": if profil == Profil::Fermee { "F" } else { "A" },
        "activite_principale": if public { "84.11Z" } else { "88.99B" }, "liste_idcc": idcc,
        "latitude": "46.205", "longitude": "5.225", "statut_diffusion_etablissement": diffusion,
    });
    json!({
        "siren": siren, "nom_complet": format!("STRUCTURE DE DEMONSTRATION {siren}"),
        "nom_raison_sociale": format!("STRUCTURE DE DEMONSTRATION {siren}"), "sigle": null,
        "nombre_etablissements": 1, "nombre_etablissements_ouverts": 1, "siege": place.clone(),
        "activite_principale": if public { "84.11Z" } else { "88.99B" }, "etat_administratif": "A",
        "nature_juridique": if public { "7210" } else { "9220" }, "statut_diffusion": diffusion,
        "matching_etablissements": [place], "finances": null,
        "complements": {
            "convention_collective_renseignee": !idcc.is_null(), "liste_idcc": idcc, "est_association": !public,
            "est_administration": public, "est_service_public": null, "est_qualiopi": false,
            "est_organisme_formation": false, "liste_id_organisme_formation": null,
        },
    })
}

/// The answer of SIRO.
pub fn opco(siret: &str) -> Value {
    let (code, name) = match profil(siret) {
        Profil::Uniformation | Profil::Partage => ("01", "UNIFORMATION COHESION SOCIALE"),
        Profil::AutreOpco => ("01", "AKTO"),
        Profil::Fermee => ("02", "AKTO"),
        Profil::Public | Profil::SansConvention | Profil::Partielle | Profil::Inconnue => ("99", "N/C"),
    };
    json!({
        "code": code, "siret": siret, "idcc": null, "opcoRattachement": { "code": code, "nom": name },
    })
}

/// The answer of the address base.
pub fn place(words: &str, postal_code: &str) -> Value {
    let features = if words.chars().count() < 3 {
        Vec::new()
    } else {
        vec![json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [5.225_123, 46.205_456] },
            "properties": {
                "label": words, "score": 0.92, "id": "01053_0001", "type": "housenumber", "name": words,
                "postcode": postal_code, "citycode": "01053", "city": "Bourg-en-Bresse",
                "context": "01, Ain", "x": 871_000.0, "y": 6_569_000.0, "importance": 0.6,
            },
        })]
    };
    json!({ "type": "FeatureCollection", "features": features, "query": words })
}
