//! What may be done with a demande, each in one transaction: rows, then the journal (architecture, invariant 5).

use std::collections::{BTreeMap, HashMap};

use domain::demande::etape::{Faits, etape};
use domain::demande::{Colonne, DemandeSaisie, Formation, Ligne};
use domain::enveloppe::{Registre, est_financee};
use domain::error::{ErrorCode, FieldError};
use domain::permission::{Door, Role, field, may_write};
use domain::pilotage::{Compteurs, Jalons, Suivie};
use domain::rules::Constat;
use domain::rules::{DemandeExistante, FaitsExternes, FaitsInternes, eligibilite};
use serde::{Serialize, Serializer};

pub use super::change::{
    Deed, ELIGIBILITY, FINANCING, REWEIGHED, VERIFIED, changed, date, mark, mark_all, replace, replace_all,
    untouched_since,
};
use super::queries::{self, New, Stored};
use super::siblings::{self, Sibling};
use super::suivi;
use crate::access::Perimeter;
use crate::areas::avis::suivies::{self, Moved};
use crate::areas::eligibilite::effets;
use crate::areas::enveloppe::{registre, service as enveloppe};
use crate::areas::habilite::service::Known;
use crate::areas::referentiel::Territories;
use crate::areas::structure::{self, People};
use crate::areas::tableau_de_bord::compteurs;
use crate::clock::{Clock, Moment, iso_date};
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::preuves::facts::Proofs;
use crate::seal::Keys;

/// What every change needs to know.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// Territories, for the proof that a SIREN is a commune's.
    pub territories: Territories,
    /// Who acts.
    pub author: Author,
    /// When.
    pub now: Moment,
    /// Keys of the links at the foot of the mails that tell of changes.
    pub keys: Keys,
}

/// A demande to add: a valid line, its envelope in it, and the decisions kept as declared.
pub struct Incoming {
    /// Columns, valid.
    pub line: Ligne,
    /// Column → value.
    pub declared: BTreeMap<String, String>,
}

/// A demande that was added.
pub struct Created {
    /// Id.
    pub id: String,
    /// Its columns, computed ones included.
    pub line: Ligne,
    /// Whether its financing, which no longer fits in its envelope, was kept as declared.
    pub overrun: bool,
}

/// What is known of a structure outside the demande, as public operations know it: no proof that is kept.
pub fn external_facts(territories: &Territories, line: &Ligne) -> FaitsExternes {
    let siren = line.get(Colonne::Siret).get(..9).unwrap_or("");
    FaitsExternes { commune_siren: Some(territories.is_commune(siren)), ..FaitsExternes::default() }
}

/// What the platform knows of the person beside this demande.
fn internal_facts(
    line: &Ligne,
    (id, person): (&str, &str),
    (people, listed): (&People, &Known),
    siblings: &[Sibling],
) -> FaitsInternes {
    let own = siblings.iter().filter(|s| s.person == person && s.id != id);
    let habilitated = own.clone().any(|s| s.stage == "habilitee");
    let training = line.get(Colonne::Formation);
    FaitsInternes {
        deja_habilite: if habilitated { Some(true) } else { listed.holds(line) },
        liste_du: listed.day(line).filter(|_| !habilitated).unwrap_or_default().to_owned(),
        email_autre_personne: people.shares_address(line),
        demandes_existantes: own
            .filter(|s| s.training == training)
            .map(|s| DemandeExistante {
                departement: s.department.clone(),
                formation: Formation::parse(&s.training).unwrap_or(Formation::AidantsNumeriques),
                etape: domain::demande::Etape::parse(&s.stage).unwrap_or(domain::demande::Etape::Recue),
                meme_enveloppe: !s.envelope.is_empty() && s.envelope == line.get(Colonne::EnveloppeId),
            })
            .collect(),
    }
}

/// Writes the computed columns of a line.
pub(super) fn compute(line: &mut Ligne, external: &FaitsExternes, internal: &FaitsInternes) {
    let constats = eligibilite::evaluer(line, external, Some(internal));
    let verdict = eligibilite::verdict_global(&constats);
    line.set(Colonne::Verdict, verdict.as_str());
    line.set(Colonne::Etape, etape(&Faits::de_ligne(line)).as_str());
}

/// What the journal keeps of a new demande: its columns that are not empty.
#[derive(Serialize)]
struct Added<'a> {
    #[serde(serialize_with = "filled")]
    apres: &'a Ligne,
}

fn filled<S: Serializer>(line: &Ligne, serializer: S) -> Result<S::Ok, S::Error> {
    let given = line.iter().filter(|(_, value)| !value.is_empty());
    serializer.collect_map(given.map(|(column, value)| (column.nom(), value)))
}

/// An entry of the journal about a demande.
pub(super) fn entry(action: &'static str, id: &str, values: &impl Serialize) -> Result<Entry, AppError> {
    let values = serde_json::to_string(values).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Entry { action, object: "demande", object_id: id.to_owned(), values })
}

/// Adds demandes, a batch at a time: structures and people found or created, rules and stage computed, journal kept.
pub fn create(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    incoming: Vec<Incoming>,
) -> Result<Vec<Created>, AppError> {
    if incoming.is_empty() {
        return Ok(Vec::new());
    }
    let lines = incoming.iter().map(|one| &one.line);
    let structures = structure::ensure_structures(conn, context, lines.clone())?;
    let listed = Known::beside(conn, lines.clone())?;
    let people = structure::ensure_people(conn, &context.clock, lines)?;
    let siblings = by_person(siblings::of_people(conn, &people.known())?);
    let proofs = Proofs::of(conn, incoming.iter().map(|one| &one.line))?;
    let mut new = Vec::with_capacity(incoming.len());
    let mut overruns = Vec::with_capacity(incoming.len());
    let mut declared = Vec::new();
    let mut registre = accounts(conn, &incoming)?;
    for Incoming { mut line, declared: mut kept } in incoming {
        let overrun = admit(&registre, &mut line, &mut kept);
        let taken = registre.inscrire(None, &line, false);
        let id = context.clock.id();
        let person = people.id(&line).unwrap_or_default().to_owned();
        let own = siblings.get(&person).map_or(&[][..], Vec::as_slice);
        let internal = internal_facts(&line, (&id, &person), (&people, &listed), own);
        let external = proofs.facts(&context.territories, &line);
        compute(&mut line, &external, &internal);
        declared.extend(kept.into_iter().map(|(column, value)| (id.clone(), column, value)));
        let structure = structures.get(line.get(Colonne::Siret)).cloned().unwrap_or_default();
        overruns.push(overrun);
        new.push(New { id, structure, person, line, taken });
    }
    registre::settle(conn, &registre)?;
    let mut effects = effets::prepare(conn, context, new.iter_mut().map(New::change).collect())?;
    let entries = new.iter().map(|one| entry(action, &one.id, &Added { apres: &one.line }));
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    queries::insert(conn, &new)?;
    queries::declare(conn, &declared)?;
    effects.write(conn, context, None)?;
    entries.append(&mut effects.entries);
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    count(conn, &new)?;
    suivies::follow(conn, context, new.iter().map(|one| Moved { id: &one.id, before: None, after: &one.line }))?;
    let created = new.into_iter().zip(overruns);
    Ok(created.map(|(one, overrun)| Created { id: one.id, line: one.line, overrun }).collect())
}

/// Counts new demandes: what they bring as decided already has no known day.
fn count(conn: &mut DbConn, new: &[New]) -> Result<(), AppError> {
    let (mut counters, undated) = (Compteurs::default(), Jalons::default());
    for one in new {
        counters.ajouter(Suivie { ligne: &one.line, jalons: &undated, supprimee: false });
    }
    Ok(compteurs::write(conn, counters)?)
}

/// The accounts of the envelopes that finance new demandes, or make them wait.
fn accounts(conn: &mut DbConn, incoming: &[Incoming]) -> Result<Registre, AppError> {
    let counted = incoming.iter().filter(|one| Registre::concerne(&one.line, false));
    Ok(registre::load(conn, counted.map(|one| one.line.get(Colonne::EnveloppeId)).collect())?)
}

/// A financing that history brings and that does not fit in its envelope is kept as declared (product §3, ENV-2); whether it is.
fn admit(registre: &Registre, line: &mut Ligne, declared: &mut BTreeMap<String, String>) -> bool {
    if !est_financee(line, false) {
        return false;
    }
    let price = registre.prix(None, line);
    let account = registre.compte(line.get(Colonne::EnveloppeId));
    if account.is_some_and(|account| account.solde.tient(price).is_ok()) {
        return false;
    }
    let column = Colonne::DecisionFinancement;
    declared.insert(column.nom().to_owned(), line.take(column));
    true
}

fn by_person(siblings: Vec<Sibling>) -> HashMap<String, Vec<Sibling>> {
    let mut groups: HashMap<String, Vec<Sibling>> = HashMap::new();
    for sibling in siblings {
        groups.entry(sibling.person.clone()).or_default().push(sibling);
    }
    groups
}

/// A demande within reach, deleted ones included; the others do not exist (SEC-41).
pub fn get(conn: &mut DbConn, perimeter: &Perimeter, id: &str) -> Result<Stored, AppError> {
    let stored = queries::find(conn, id)?.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    within(perimeter, &stored)?;
    Ok(stored)
}

/// Refuses a demande beyond reach, as one that does not exist.
pub fn within(perimeter: &Perimeter, stored: &Stored) -> Result<(), AppError> {
    if perimeter.holds(stored.envelope()) { Ok(()) } else { Err(AppError::new(ErrorCode::Introuvable)) }
}

/// The constats of a demande, evaluated now.
pub fn evaluate(conn: &mut DbConn, territories: &Territories, stored: &Stored) -> Result<Vec<Constat>, AppError> {
    Ok(evaluate_all(conn, territories, std::slice::from_ref(stored))?.pop().unwrap_or_default())
}

/// The constats of each of these demandes, evaluated now with all that is known of it.
pub fn evaluate_all(
    conn: &mut DbConn,
    territories: &Territories,
    stored: &[Stored],
) -> Result<Vec<Vec<Constat>>, AppError> {
    let facts = facts_of(conn, stored)?;
    let proofs = Proofs::of(conn, stored.iter().map(|one| &one.line))?;
    let evaluate = |(one, internal): (&Stored, FaitsInternes)| {
        eligibilite::evaluer(&one.line, &proofs.facts(territories, &one.line), Some(&internal))
    };
    Ok(stored.iter().zip(facts).map(evaluate).collect())
}

/// What the platform knows beside each of these demandes: one statement for one, a few for many.
pub(super) fn facts_of(conn: &mut DbConn, stored: &[Stored]) -> Result<Vec<FaitsInternes>, AppError> {
    let (people, siblings, listed) = match stored {
        [] => return Ok(Vec::new()),
        [one] => siblings::relations(conn, &one.line, &one.person)?,
        many => {
            let emails: Vec<&str> = many.iter().map(|one| one.line.get(Colonne::Email)).collect();
            let ids: Vec<String> = many.iter().map(|one| one.person.clone()).collect();
            let listed = Known::beside(conn, many.iter().map(|one| &one.line))?;
            (structure::find_people(conn, &emails)?, siblings::of_people(conn, &ids)?, listed)
        }
    };
    let siblings = by_person(siblings);
    let facts = stored.iter().map(|one| {
        let own = siblings.get(&one.person).map_or(&[][..], Vec::as_slice);
        internal_facts(&one.line, (&one.id, &one.person), (&people, &listed), own)
    });
    Ok(facts.collect())
}

/// Refuses a change based on another version than the present one.
fn check_version(stored: &Stored, expected: i64) -> Result<(), AppError> {
    if stored.version == expected { Ok(()) } else { Err(AppError::new(ErrorCode::VersionPerimee)) }
}

/// Refuses what was sent for fields that this role does not write by this door: nothing is then written. A field that
/// nobody changes is a mistake of form (422), one that others change is forbidden (403).
pub fn check_fields(role: Role, door: Door, sent: &DemandeSaisie) -> Result<(), AppError> {
    let envelope = sent.enveloppe_id.is_some().then_some(Colonne::EnveloppeId);
    let columns = sent.champs().filter(|(_, value)| !value.est_absent()).map(|(column, _)| column).chain(envelope);
    let refused: Vec<Colonne> = columns.filter(|column| !may_write(role, *column, door)).collect();
    if refused.is_empty() {
        return Ok(());
    }
    let fixed = |column: Colonne| door == Door::Change && field(column).change.is_empty();
    let errors = refused.iter().map(|column| {
        let name = column.nom();
        let (code, message) = if fixed(*column) {
            ("non_modifiable", crate::text::fixed_field(name))
        } else {
            ("champ_reserve", crate::text::reserved_field(name))
        };
        FieldError::new(format!("/{name}"), code, message)
    });
    let code =
        if refused.iter().all(|column| fixed(*column)) { ErrorCode::ChampsInvalides } else { ErrorCode::NonAutorise };
    Err(AppError::refused_fields(code, errors.collect()))
}

/// A line to change: the present one, unless it was deleted or has changed since it was read at `expected`.
pub fn open(stored: &Stored, expected: i64) -> Result<Ligne, AppError> {
    check_version(stored, expected)?;
    present(stored)?;
    Ok(stored.line.clone())
}

/// Refuses what is to be done to a deleted demande.
pub fn present(stored: &Stored) -> Result<(), AppError> {
    if stored.deleted { Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::DELETED)) } else { Ok(()) }
}

/// A demande that a person types, ready to be added: dated, valid, in an envelope within her reach.
pub fn typed(
    conn: &mut DbConn,
    context: &Context,
    perimeter: &Perimeter,
    typed: &DemandeSaisie,
) -> Result<Incoming, AppError> {
    let mut line = Ligne::default();
    typed.appliquer(&mut line);
    if line.get(Colonne::DateDemande).is_empty() {
        line.set(Colonne::DateDemande, iso_date(context.now));
    }
    line.set(Colonne::Source, "saisie");
    let mut line = validate(line)?;
    let wanted = typed.enveloppe_id.as_deref();
    let envelope = enveloppe::choose(conn, perimeter, wanted, line.get(Colonne::Departement))?;
    line.set(Colonne::EnveloppeId, envelope.unwrap_or_default());
    suivi::check_change(conn, &Ligne::default(), &line)?;
    Ok(Incoming { line, declared: BTreeMap::new() })
}

/// A line whose every column is in order, or the refusals by field.
pub fn validate(line: Ligne) -> Result<Ligne, AppError> {
    use domain::demande::DemandeValide;
    DemandeValide::valider(line)
        .map(DemandeValide::into_ligne)
        .map_err(|refusals| AppError::fields(DemandeValide::erreurs(&refusals)))
}

/// Deletes a demande that was read at `expected`; it can be restored.
pub fn delete(
    conn: &mut DbConn,
    context: &Context,
    perimeter: &Perimeter,
    (id, expected): (&str, i64),
) -> Result<(), AppError> {
    let stored = get(conn, perimeter, id)?;
    check_version(&stored, expected)?;
    if stored.deleted {
        return Ok(());
    }
    mark(conn, context, &stored, true)
}

/// Restores a deleted demande; nothing happens to one that is not.
pub fn restore(conn: &mut DbConn, context: &Context, perimeter: &Perimeter, id: &str) -> Result<Stored, AppError> {
    let mut stored = get(conn, perimeter, id)?;
    if stored.deleted {
        mark(conn, context, &stored, false)?;
        stored.version += 1;
        stored.deleted = false;
    }
    Ok(stored)
}
