//! Many demandes at once: each operation is weighed alone, then all that may be done is written in one transaction.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::commentaire::CommentaireSaisie;
use domain::demande::lot::{ActionLot, IssueLot, Lot, LotTraite, OPERATIONS_MAX, OperationLot, ResultatLot};
use domain::demande::{Colonne, DemandeSaisie, Ligne};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::permission::{Door, Operation, Reach, Role, reach};

use super::queries::{self, Stored};
use super::service::{self, Context, Deed, Incoming};
use super::suivi::Followers;
use crate::access::Perimeter;
use crate::areas::commentaire::service as commentaire;
use crate::db::DbConn;
use crate::error::AppError;
use crate::text::lots as text;

/// Who does it, and within which reach.
pub struct Work {
    /// Clock, territories, author.
    pub context: Context,
    /// Role of the author.
    pub role: Role,
    /// What is within reach.
    pub perimeter: Perimeter,
    /// The same author as one who comments; none when it may not.
    pub speaker: Option<commentaire::Context>,
}

/// What an operation comes to, once weighed.
pub enum Step {
    /// A demande to add.
    Add(Box<Incoming>),
    /// A demande whose columns change.
    Change(Box<(Stored, Ligne)>),
    /// A demande to delete, or to restore.
    Mark(Box<Stored>, bool),
    /// Something to say of a demande.
    Say(Box<Stored>, CommentaireSaisie),
    /// Nothing is to be done.
    Keep(Box<Stored>),
}

/// A step, or why there is none, beside the demande it is about.
pub type Weighed = (Option<String>, Result<Step, Problem>);

/// Does a batch, or tries it.
///
/// # Errors
/// 422 when it is empty or too long, and when it is to be done whole and an operation is refused; 412 when somebody else was
/// quicker. Nothing is then written.
pub fn run(conn: &mut DbConn, work: &Work, lot: &Lot) -> Result<LotTraite, AppError> {
    if lot.operations.is_empty() || lot.operations.len() > OPERATIONS_MAX {
        let refused = FieldError::new("/operations", "nombre", text::number(OPERATIONS_MAX));
        return Err(AppError::fields(vec![refused]));
    }
    let ids: Vec<String> = lot.operations.iter().filter_map(|operation| operation.id.clone()).collect();
    let known = within_reach(conn, work, &ids)?;
    let followers = Followers::find(conn, lot.operations.iter().filter_map(follower))?;
    let mut seen = HashSet::new();
    let mut steps = Vec::with_capacity(lot.operations.len());
    for operation in &lot.operations {
        let again = operation.id.as_ref().is_some_and(|id| !seen.insert(id));
        let step = if again {
            Err(refusal("/id", "deja_dans_le_lot", text::TWICE))
        } else {
            weigh(conn, work, operation, (&known, &followers))
        };
        steps.push((operation.id.clone(), as_problem(step)?));
    }
    if lot.atomique && !lot.essai {
        refuse_all(&steps)?;
    }
    finish(conn, work, None, lot.essai, steps)
}

/// The demandes within reach among these, by id.
pub fn within_reach(conn: &mut DbConn, work: &Work, ids: &[String]) -> Result<HashMap<String, Stored>, AppError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = queries::find_all(conn, ids)?.into_iter().filter(|stored| work.perimeter.holds(stored.envelope()));
    Ok(found.map(|stored| (stored.id.clone(), stored)).collect())
}

/// The refusal of a member of an operation.
fn refusal(pointer: &str, code: &str, message: impl Into<String>) -> AppError {
    AppError::fields(vec![FieldError::new(pointer, code, message)])
}

/// A refusal as the result of an operation; a failure is one of the whole batch.
pub fn as_problem<T>(weighed: Result<T, AppError>) -> Result<Result<T, Problem>, AppError> {
    match weighed {
        Ok(step) => Ok(Ok(step)),
        Err(AppError::Problem(problem)) => Ok(Err(*problem)),
        Err(failure) => Err(failure),
    }
}

fn weigh(
    conn: &mut DbConn,
    work: &Work,
    operation: &OperationLot,
    (known, followers): (&HashMap<String, Stored>, &Followers),
) -> Result<Step, AppError> {
    let values = operation.valeurs.as_ref();
    if operation.action == ActionLot::Ajouter {
        return add(conn, work, operation, needed(values, "/valeurs")?);
    }
    let id = needed(operation.id.as_ref(), "/id")?;
    let stored = known.get(id).ok_or_else(|| AppError::new(ErrorCode::Introuvable))?.clone();
    match operation.action {
        ActionLot::Restaurer if stored.deleted => Ok(Step::Mark(Box::new(stored), false)),
        ActionLot::Restaurer => Ok(Step::Keep(Box::new(stored))),
        ActionLot::Supprimer if stored.deleted => Ok(Step::Keep(Box::new(stored))),
        ActionLot::Supprimer => {
            service::open(&stored, *needed(operation.version.as_ref(), "/version")?)?;
            Ok(Step::Mark(Box::new(stored), true))
        }
        ActionLot::Commenter => say(work, stored, needed(operation.commentaire.as_ref(), "/commentaire")?),
        ActionLot::Ajouter | ActionLot::Modifier => {
            let version = *needed(operation.version.as_ref(), "/version")?;
            change(work, followers, (stored, version), needed(values, "/valeurs")?)
        }
    }
}

/// A member that this action needs.
fn needed<'a, T>(member: Option<&'a T>, pointer: &str) -> Result<&'a T, AppError> {
    member.ok_or_else(|| refusal(pointer, "manquant", text::MISSING))
}

fn add(conn: &mut DbConn, work: &Work, operation: &OperationLot, values: &DemandeSaisie) -> Result<Step, AppError> {
    if reach(work.role, Operation::DemandeCreer) == Reach::Nothing {
        return Err(AppError::new(ErrorCode::NonAutorise));
    }
    if operation.id.is_some() {
        return Err(refusal("/id", "en_trop", text::NEW_HAS_NO_ID));
    }
    in_values(service::check_fields(work.role, Door::Create, values))?;
    let incoming = in_values(service::typed(conn, &work.context, &work.perimeter, values))?;
    Ok(Step::Add(Box::new(incoming)))
}

/// Who is to take care of a demande by an operation.
fn follower(operation: &OperationLot) -> Option<&str> {
    operation.valeurs.as_ref().and_then(|values| values.suivi_par.valeur())
}

fn change(
    work: &Work,
    followers: &Followers,
    (stored, version): (Stored, i64),
    values: &DemandeSaisie,
) -> Result<Step, AppError> {
    in_values(service::check_fields(work.role, Door::Change, values))?;
    let mut line = service::open(&stored, version)?;
    values.appliquer(&mut line);
    let line = in_values(service::validate(line))?;
    if line.get(Colonne::SuiviPar) != stored.line.get(Colonne::SuiviPar) {
        in_values(followers.check(&line))?;
    }
    Ok(if line == stored.line { Step::Keep(Box::new(stored)) } else { Step::Change(Box::new((stored, line))) })
}

fn say(work: &Work, stored: Stored, text: &str) -> Result<Step, AppError> {
    if work.speaker.is_none() {
        return Err(AppError::new(ErrorCode::NonAutorise));
    }
    service::present(&stored)?;
    let said = CommentaireSaisie { texte: text.to_owned(), mentions: Vec::new() };
    match said.erreurs().pop() {
        Some(refused) => Err(AppError::fields(vec![FieldError { champ: "/commentaire".to_owned(), ..refused }])),
        None => Ok(Step::Say(Box::new(stored), said)),
    }
}

/// The same, its fields placed in the operation.
fn in_values<T>(checked: Result<T, AppError>) -> Result<T, AppError> {
    checked.map_err(|error| match error {
        AppError::Problem(mut problem) => {
            for field in &mut problem.errors {
                field.champ.insert_str(0, "/valeurs");
            }
            AppError::Problem(problem)
        }
        other => other,
    })
}

/// Refuses the whole batch if one operation is, naming all that must be mended.
fn refuse_all(steps: &[Weighed]) -> Result<(), AppError> {
    let refused = steps.iter().enumerate().filter_map(|(place, (_, step))| Some((place, step.as_ref().err()?)));
    let mut errors = Vec::new();
    for (place, problem) in refused {
        if problem.errors.is_empty() {
            errors.push(FieldError::new(format!("/operations/{place}"), problem.code.clone(), problem.detail.clone()));
        }
        let placed = problem.errors.iter().cloned();
        errors.extend(placed.map(|field| FieldError { champ: format!("/operations/{place}{}", field.champ), ..field }));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::fields(errors)) }
}

/// Writes the steps, unless it is a trial, and tells what became of each.
pub fn finish(
    conn: &mut DbConn,
    work: &Work,
    undoes: Option<&str>,
    trial: bool,
    steps: Vec<Weighed>,
) -> Result<LotTraite, AppError> {
    let (mut added, mut changes, mut marked, mut said) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut results = Vec::with_capacity(steps.len());
    for (place, (id, step)) in steps.into_iter().enumerate() {
        let done = |id, version| {
            let colonnes = BTreeMap::new();
            ResultatLot { issue: IssueLot::Faite, id, version, colonnes, probleme: None }
        };
        results.push(match step {
            Err(problem) => ResultatLot::refusee(id, problem),
            Ok(Step::Keep(stored)) => ResultatLot { issue: IssueLot::Inchangee, ..done(id, Some(stored.version)) },
            Ok(Step::Add(incoming)) => {
                added.push((place, *incoming));
                done(None, None)
            }
            Ok(Step::Change(change)) => {
                let version = change.0.version;
                changes.push((place, *change));
                done(id, Some(version))
            }
            Ok(Step::Say(stored, words)) => {
                let version = stored.version;
                said.push((*stored, words));
                done(id, Some(version))
            }
            Ok(Step::Mark(stored, deleted)) => {
                let version = stored.version + i64::from(!trial);
                marked.push((*stored, deleted));
                done(id, Some(version))
            }
        });
    }
    let undoable = !(added.is_empty() && changes.is_empty() && marked.is_empty());
    if !trial {
        write_added(conn, work, added, &mut results)?;
        write_changed(conn, work, undoes, changes, &mut results)?;
        let marks: Vec<(&Stored, bool)> = marked.iter().map(|(stored, deleted)| (stored, *deleted)).collect();
        service::mark_all(conn, &work.context, undoes, &marks)?;
        if let Some(speaker) = &work.speaker {
            for (stored, words) in &said {
                commentaire::say(conn, speaker, stored, words)?;
            }
        }
    }
    let gesture = undoable.then_some(work.context.author.request.as_str());
    Ok(LotTraite::compter(trial, gesture, results))
}

fn write_added(
    conn: &mut DbConn,
    work: &Work,
    added: Vec<(usize, Incoming)>,
    results: &mut [ResultatLot],
) -> Result<(), AppError> {
    let (places, incoming): (Vec<usize>, Vec<Incoming>) = added.into_iter().unzip();
    let created = service::create(conn, &work.context, "demande.creee", incoming)?;
    for (place, one) in places.into_iter().zip(created) {
        if let Some(done) = results.get_mut(place) {
            done.colonnes = service::changed(work.role, &Ligne::default(), &one.line);
            (done.id, done.version) = (Some(one.id), Some(1));
        }
    }
    Ok(())
}

fn write_changed(
    conn: &mut DbConn,
    work: &Work,
    undoes: Option<&str>,
    changes: Vec<(usize, (Stored, Ligne))>,
    results: &mut [ResultatLot],
) -> Result<(), AppError> {
    let (places, changes): (Vec<usize>, Vec<(Stored, Ligne)>) = changes.into_iter().unzip();
    let before: Vec<Ligne> = changes.iter().map(|(stored, _)| stored.line.clone()).collect();
    let deed = Deed { undoes, ..Deed::plain("demande.modifiee") };
    let replaced = service::replace_all(conn, &work.context, deed, changes)?;
    for ((place, before), stored) in places.into_iter().zip(before).zip(replaced) {
        if let Some(done) = results.get_mut(place) {
            done.colonnes = service::changed(work.role, &before, &stored.line);
            done.version = Some(stored.version);
        }
    }
    Ok(())
}
