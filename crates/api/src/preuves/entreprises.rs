//! The company register: API Recherche d'entreprises, `GET /search?q=<SIRET>`, which looks this establishment up. It is asked
//! without a key, seven times a second at most.

use domain::preuve::{EchecPreuve, Entreprise};
use domain::values::Siret;
use reqwest::Url;
use serde_json::Value;

use super::reading::{first, flag, plain, text};

/// Most collective agreements that are kept.
const MOST_IDCC: usize = 20;

/// The address of the look-up of an establishment.
pub fn request(base: &Url, siret: &str) -> Url {
    let mut url = super::join(base, "search");
    url.query_pairs_mut().append_pair("q", siret).append_pair("per_page", "1");
    url
}

/// What the register says of an establishment; nothing when it does not know it.
///
/// # Errors
/// [`EchecPreuve::Illisible`] when the answer is not that of the register, or does not say whether company and
/// establishment are open.
pub fn decode(body: &[u8], siret: &str) -> Result<Option<Entreprise>, EchecPreuve> {
    let unreadable = |_error| EchecPreuve::Illisible;
    let answer: Value = serde_json::from_slice(body).map_err(unreadable)?;
    let results = answer.get("results").and_then(Value::as_array).ok_or(EchecPreuve::Illisible)?;
    let Some(company) = results.first() else { return Ok(None) };
    let Some(place) = establishment(company, siret)? else { return Ok(None) };
    let open = |state: &str, open: &str, closed: &str| match state {
        state if state == open => Ok(true),
        state if state == closed => Ok(false),
        _ => Err(EchecPreuve::Illisible),
    };
    let company_open = open(&text(company, "etat_administratif"), "A", "C")?;
    let place_open = open(&text(place, "etat_administratif"), "A", "F")?;
    let published = is_published(company, place);
    let public = |name| if published { text(place, name) } else { String::new() };
    let nothing = Value::Null;
    let more = company.get("complements").unwrap_or(&nothing);
    Ok(Some(Entreprise {
        nom: first(
            [company, place],
            if text(company, "nom_complet").is_empty() { "nom_raison_sociale" } else { "nom_complet" },
        ),
        adresse: public("adresse"),
        code_postal: public("code_postal"),
        commune: text(place, "libelle_commune"),
        code_insee: text(place, "commune"),
        nature_juridique: text(company, "nature_juridique"),
        activite: first([place, company], "activite_principale"),
        idcc: agreements(place).or_else(|| agreements(more)).unwrap_or_default(),
        qualiopi: flag(more, "est_qualiopi"),
        // The older name of the same thing, which an older deployment still fills.
        administration: flag(more, "est_administration").or_else(|| flag(more, "est_service_public")),
        ouvert: company_open && place_open,
    }))
}

/// Whether the address may be known: company and establishment are of full diffusion (« O »). Of partial diffusion the
/// commune alone is public, and what does not say is not taken for public.
fn is_published(company: &Value, place: &Value) -> bool {
    let said = [text(company, "statut_diffusion"), text(place, "statut_diffusion_etablissement")];
    let mut said = said.iter().filter(|status| !status.is_empty()).peekable();
    said.peek().is_some() && said.all(|status| status == "O")
}

/// The establishment itself, among those that match or as the head office.
fn establishment<'a>(company: &'a Value, siret: &str) -> Result<Option<&'a Value>, EchecPreuve> {
    let company = company.as_object().ok_or(EchecPreuve::Illisible)?;
    let matching = match company.get("matching_etablissements") {
        None | Some(Value::Null) => &[][..],
        Some(Value::Array(matching)) => matching,
        Some(_) => return Err(EchecPreuve::Illisible),
    };
    let known = |place: &&Value| Siret::parse(&text(place, "siret")).is_ok_and(|known| known.as_str() == siret);
    Ok(matching.iter().chain(company.get("siege")).find(known))
}

/// The collective agreements of an establishment or of a company; nothing when none is listed.
fn agreements(value: &Value) -> Option<Vec<String>> {
    let listed = value.get("liste_idcc")?.as_array()?;
    let mut codes: Vec<String> = listed.iter().map(plain).filter(|code| is_idcc(code)).take(MOST_IDCC).collect();
    codes.dedup();
    Some(codes).filter(|codes| !codes.is_empty())
}

fn is_idcc(code: &str) -> bool {
    (1..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}
