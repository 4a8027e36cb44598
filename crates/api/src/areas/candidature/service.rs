//! A candidature becomes demandes, in one transaction: structure, people, demandes, journal, message to the structure.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::candidature::{CandidatureRecue, CandidatureValide, DemandeEvaluee, EvaluationCandidature};
use domain::courriel::Evenement;
use domain::demande::{Colonne, Formation, Ligne};
use domain::error::FieldError;
use domain::preuve::{Entreprise, Service};
use domain::rules::eligibilite;
use domain::text::fr_lot;
use serde_json::json;

use super::suivi;
use crate::areas::demande::service::{self as demande, Context, Incoming, external_facts};
use crate::areas::enveloppe::service::{self as enveloppe, Envelope};
use crate::areas::lien::service as lien;
use crate::areas::referentiel::Territories;
use crate::areas::structure;
use crate::clock::{Clock, iso_date};
use crate::courriels::{self, Fact, Subject, Values};
use crate::db::DbConn;
use crate::db::schema::candidature;
use crate::error::AppError;
use crate::journal::{self, Entry};
use crate::preuves::facts::Proofs;

/// What the rules say of each demande, from what the request itself holds: nothing is read of anybody else (ELI-5 and
/// ELI-10 are left to the récipiendaire).
pub fn evaluate(territories: &Territories, request: &CandidatureValide) -> EvaluationCandidature {
    let demandes =
        request.lignes().into_iter().map(|(place, training, line)| verdict(territories, place, training, &line, None));
    EvaluationCandidature { demandes: demandes.collect() }
}

fn verdict(
    territories: &Territories,
    professionnel: u32,
    formation: Formation,
    line: &Ligne,
    id: Option<String>,
) -> DemandeEvaluee {
    let constats = eligibilite::evaluer(line, &external_facts(territories, line), None);
    DemandeEvaluee { id, professionnel, formation, verdict: eligibilite::verdict_global(&constats), constats }
}

/// A reference that can be read over the telephone: no 0/O nor 1/I, `PA-7K3M-9Q2D`.
fn reference(clock: &Clock) -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut text = "PA".to_owned();
    for (place, byte) in clock.bytes::<8>().iter().enumerate() {
        if place % 4 == 0 {
            text.push('-');
        }
        text.push(SIGNS.get(usize::from(byte & 31)).copied().map_or('2', char::from));
    }
    text
}

/// Files a candidature. It goes to the link's envelope, else to the one open envelope of the structure's département,
/// else it waits without envelope under the eyes of `anct`.
pub fn file(conn: &mut DbConn, context: &Context, request: &CandidatureValide) -> Result<CandidatureRecue, AppError> {
    let (envelope, link) = destination(conn, context, request)?;
    let reference = reference(&context.clock);
    let mut places = Vec::new();
    let mut incoming = Vec::new();
    for (place, training, mut line) in request.lignes() {
        places.push((place, training));
        line.set(Colonne::DateDemande, iso_date(context.now));
        line.set(Colonne::Reference, &reference);
        line.set(Colonne::EnveloppeId, envelope.as_ref().map_or("", |e| e.id.as_str()));
        incoming.push(Incoming { line, declared: BTreeMap::new() });
    }
    let id = record(conn, context, request, (envelope.as_ref(), link), &reference)?;
    let created = demande::create(conn, context, "demande.creee", incoming)?;
    let demandes = created
        .into_iter()
        .zip(places)
        .map(|(one, (place, training))| verdict(&context.territories, place, training, &one.line, Some(one.id)))
        .collect();
    let recipiendaire = envelope.as_ref().map(|e| e.recipiendaire.clone());
    let suite = crate::text::what_next(recipiendaire.as_deref());
    Ok(CandidatureRecue { id, reference, enveloppe: envelope.map(|e| e.libelle), recipiendaire, suite, demandes })
}

/// Files what comes with the habilitation request of a public structure: the same, by itself, with its origin. The way in of
/// the habilitation requests to come.
///
/// # Errors
/// 422 when nothing proves that the structure is public; those of [`file`].
pub fn from_habilitation(
    conn: &mut DbConn,
    context: &Context,
    request: CandidatureValide,
) -> Result<CandidatureRecue, AppError> {
    let siret = request.siret();
    let registered: Option<Entreprise> =
        Proofs::of_sirets(conn, &[siret.as_str()])?.value(siret.as_str(), Service::Entreprises);
    let public = siret.siren().est_public()
        || context.territories.is_commune(siret.siren().as_str())
        || registered.is_some_and(|company| company.est_droit_public());
    if !public {
        let refused = FieldError::new("/structure/siret", "structure_privee", fr_lot::STRUCTURE_PRIVEE);
        return Err(AppError::fields(vec![refused]));
    }
    file(conn, context, &request.par_habilitation())
}

/// The envelope it goes to, and the link that was followed.
fn destination(
    conn: &mut DbConn,
    context: &Context,
    request: &CandidatureValide,
) -> Result<(Option<Envelope>, Option<String>), AppError> {
    if let Some(code) = request.lien() {
        let (envelope, link) = lien::followed(conn, code, context.now)?;
        return Ok((Some(envelope), Some(link)));
    }
    let envelope = match request.enveloppe() {
        Some(id) => Some(enveloppe::of_link(conn, id)?),
        None => enveloppe::open_of_department(conn, request.departement().as_str())?,
    };
    Ok((envelope, None))
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    request: &CandidatureValide,
    (envelope, link): (Option<&Envelope>, Option<String>),
    reference: &str,
) -> Result<String, AppError> {
    let structure = request.structure();
    let structure_id = structure::ensure_structures(conn, context, std::iter::once(structure))?
        .remove(request.siret().as_str())
        .unwrap_or_default();
    let id = context.clock.id();
    let (secret, stored) = suivi::secret(&context.clock);
    diesel::insert_into(candidature::table)
        .values((
            candidature::id.eq(&id),
            candidature::reference.eq(reference),
            candidature::structure_id.eq(structure_id),
            candidature::enveloppe_id.eq(envelope.map(|e| e.id.as_str())),
            candidature::lien_id.eq(link),
            candidature::suivi.eq(stored),
            candidature::cree_le.eq(context.now),
        ))
        .execute(conn)?;
    let entry = Entry {
        action: "candidature.deposee",
        object: "candidature",
        object_id: id.clone(),
        values: json!({ "reference": reference }).to_string(),
    };
    journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?;
    let (to, name) = (structure.get(Colonne::StructureEmail), structure.get(Colonne::StructureNom));
    let path = format!("{}#{secret}", suivi::PAGE);
    let values = Values::from([("reference", reference.to_owned()), ("structure", name.to_owned()), ("chemin", path)]);
    let told = Fact { subject: Subject::Address(to), values, detail: String::new() };
    courriels::push(conn, &context.clock, context.now, Evenement::CandidatureRecue, &[told])?;
    Ok(id)
}
