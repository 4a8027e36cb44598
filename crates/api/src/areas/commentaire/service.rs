//! Writing, reading and taking back comments. Who reads a demande reads what is said of it.

use diesel::prelude::*;
use domain::avis::GenreAvis;
use domain::commentaire::{COMMENTAIRES_MAX, Commentaire, CommentaireSaisie, Interlocuteur};
use domain::compte::EtatCompte;
use domain::error::{ErrorCode, FieldError};
use domain::permission::{Operation, Reach, Role, reach};
use domain::text::fr_commentaire as text;
use serde_json::json;

use crate::access::{Identity, Perimeter};
use crate::areas::avis::service::{self as avis, News, Teller};
use crate::areas::demande::queries::Stored;
use crate::areas::demande::service::{self as demande};
use crate::clock::{Clock, Moment, rfc3339};
use crate::db::schema::{commentaire, compte, compte_enveloppe, compte_role};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::seal::Keys;

/// Most people proposed at once.
const PROPOSED: usize = 200;

/// Who speaks, and when.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// Who acts.
    pub who: Identity,
    /// The same, for the journal.
    pub author: Author,
    /// When.
    pub now: Moment,
    /// What is within reach.
    pub perimeter: Perimeter,
    /// Keys of the links that want no more mail.
    pub keys: Keys,
}

#[derive(Queryable, Selectable, Insertable, Debug)]
#[diesel(table_name = commentaire, treat_none_as_default_value = false)]
struct CommentRow {
    id: String,
    demande_id: String,
    compte_id: String,
    role: String,
    texte: String,
    cree_le: Moment,
}

fn view(caller: &str, (row, author): (CommentRow, String)) -> Option<Commentaire> {
    Some(Commentaire {
        mien: row.compte_id == caller,
        id: row.id,
        auteur: author,
        role: Role::parse(&row.role)?,
        date: rfc3339(row.cree_le),
        retire: row.texte.is_empty(),
        texte: row.texte,
    })
}

/// What is said of a demande within reach, the oldest first.
pub fn list(
    conn: &mut DbConn,
    (caller, perimeter): (&str, &Perimeter),
    demande: &str,
) -> Result<Vec<Commentaire>, AppError> {
    let stored = demande::get(conn, perimeter, demande)?;
    let rows: Vec<(CommentRow, String)> = commentaire::table
        .inner_join(compte::table.on(compte::id.eq(commentaire::compte_id)))
        .filter(commentaire::demande_id.eq(&stored.id))
        .order((commentaire::cree_le, commentaire::id))
        .limit(COMMENTAIRES_MAX)
        .select((CommentRow::as_select(), compte::nom))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| view(caller, row)).collect())
}

/// Those who reach a demande of this envelope, by name: the roles that comment, on their own envelopes or on all.
fn reachers(conn: &mut DbConn, envelope: Option<&str>) -> Result<Vec<Interlocuteur>, DbError> {
    let with = |wanted: Reach| {
        let roles = Role::COMPTES.into_iter().filter(move |role| reach(*role, Operation::Commenter) == wanted);
        roles.map(Role::as_str).collect::<Vec<_>>()
    };
    let named = |rows: Vec<(String, String, String)>| {
        let one =
            |(id, nom, role): (String, String, String)| Some(Interlocuteur { id, nom, role: Role::parse(&role)? });
        rows.into_iter().filter_map(one).collect::<Vec<_>>()
    };
    let active = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::etat.eq(EtatCompte::Actif.as_str()))
        .select((compte::id, compte::nom, compte_role::role));
    let limit = i64::try_from(PROPOSED).unwrap_or(i64::MAX);
    let all = active.filter(compte_role::role.eq_any(with(Reach::All))).order((compte::nom, compte::id)).limit(limit);
    let mut found = named(all.load(conn)?);
    if let Some(envelope) = envelope {
        let own = active
            .inner_join(compte_enveloppe::table.on(compte_enveloppe::compte_id.eq(compte::id)))
            .filter(compte_role::role.eq_any(with(Reach::Own)).and(compte_enveloppe::enveloppe_id.eq(envelope)))
            .order((compte::nom, compte::id))
            .limit(limit);
        found.extend(named(own.load(conn)?));
    }
    found.sort_by(|a, b| (&a.nom, &a.id).cmp(&(&b.nom, &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(PROPOSED);
    Ok(found)
}

/// Whom one may mention about a demande.
pub fn interlocutors(
    conn: &mut DbConn,
    (caller, perimeter): (&str, &Perimeter),
    demande: &str,
) -> Result<Vec<Interlocuteur>, AppError> {
    let stored = demande::get(conn, perimeter, demande)?;
    let mut found = reachers(conn, stored.envelope())?;
    found.retain(|one| one.id != caller);
    Ok(found)
}

/// Writes a comment, and tells those it calls upon and those who had spoken before.
pub fn add(
    conn: &mut DbConn,
    context: &Context,
    demande: &str,
    typed: &CommentaireSaisie,
) -> Result<Commentaire, AppError> {
    let stored = demande::get(conn, &context.perimeter, demande)?;
    say(conn, context, &stored, typed)
}

/// The same, of a demande that was already read within reach.
pub fn say(
    conn: &mut DbConn,
    context: &Context,
    stored: &Stored,
    typed: &CommentaireSaisie,
) -> Result<Commentaire, AppError> {
    let mut errors = typed.erreurs();
    let reachers = reachers(conn, stored.envelope())?;
    for (place, mention) in typed.mentions.iter().enumerate() {
        if !reachers.iter().any(|one| one.id == *mention) {
            errors.push(FieldError::new(format!("/mentions/{place}"), "mention_inconnue", text::MENTION_INCONNUE));
        }
    }
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let of_demande = commentaire::table.filter(commentaire::demande_id.eq(&stored.id));
    let said: i64 = of_demande.count().get_result(conn)?;
    if said >= COMMENTAIRES_MAX {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::TROP));
    }
    let row = CommentRow {
        id: context.clock.id(),
        demande_id: stored.id.clone(),
        compte_id: context.who.id.clone(),
        role: context.who.role.as_str().to_owned(),
        texte: typed.texte.trim().to_owned(),
        cree_le: context.now,
    };
    let before: Vec<String> = commentaire::table
        .filter(commentaire::demande_id.eq(&stored.id))
        .select(commentaire::compte_id)
        .distinct()
        .load(conn)?;
    diesel::insert_into(commentaire::table).values(&row).execute(conn)?;
    record(conn, context, "demande.commentee", &stored.id, &row.id)?;
    let about = |(account, genre)| News {
        account,
        genre,
        comment: Some(row.id.clone()),
        demande: Some(stored.id.clone()),
        import: None,
        count: 1,
        words: String::new(),
    };
    let told = told(&context.who.id, &typed.mentions, &before, &reachers).into_iter().map(about);
    let teller = Teller { clock: &context.clock, keys: &context.keys, now: context.now, author: Some(&context.who.id) };
    avis::tell(conn, &teller, &told.collect::<Vec<_>>())?;
    let comment = view(&context.who.id, (row, context.who.name.clone()));
    comment.ok_or_else(|| AppError::Internal("unknown role".to_owned()))
}

/// Whom a comment is told to: who is mentioned, then who had spoken and still reaches the demande. Never its author.
fn told(author: &str, mentions: &[String], before: &[String], reachers: &[Interlocuteur]) -> Vec<(String, GenreAvis)> {
    let mut told: Vec<(String, GenreAvis)> = Vec::new();
    let mentioned = mentions.iter().map(|id| (id, GenreAvis::Mention));
    let answered = before.iter().map(|id| (id, GenreAvis::Reponse));
    for (id, genre) in mentioned.chain(answered) {
        let reaches = reachers.iter().any(|one| one.id == *id);
        if id != author && reaches && !told.iter().any(|(account, _)| account == id) {
            told.push((id.clone(), genre));
        }
    }
    told
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    demande: &str,
    comment: &str,
) -> Result<(), AppError> {
    let values = json!({ "commentaire": comment }).to_string();
    let entry = Entry { action, object: "demande", object_id: demande.to_owned(), values };
    Ok(journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?)
}

/// Takes one's own comment back: its words go, that something was said stays.
pub fn take_back(conn: &mut DbConn, context: &Context, demande: &str, id: &str) -> Result<(), AppError> {
    let stored = demande::get(conn, &context.perimeter, demande)?;
    let comment = commentaire::table.find(id).filter(commentaire::demande_id.eq(&stored.id));
    let author: Option<String> = comment.select(commentaire::compte_id).first(conn).optional()?;
    match author {
        None => Err(AppError::new(ErrorCode::Introuvable)),
        Some(author) if author != context.who.id => Err(AppError::new(ErrorCode::NonAutorise)),
        Some(_) => {
            let words = diesel::update(commentaire::table.find(id)).filter(commentaire::texte.ne(""));
            if words.set(commentaire::texte.eq("")).execute(conn)? == 1 {
                record(conn, context, "demande.commentaire_retire", &stored.id, id)?;
            }
            Ok(())
        }
    }
}
