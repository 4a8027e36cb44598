//! Requests for information by thread: the team asks, the référent of the structure is written to with a link, and answers on the
//! follow-up page that it opens.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use domain::courriel::Evenement;
use domain::demande::Colonne;
use domain::error::ErrorCode;
use domain::lot_eligibilite::{Complement, EchangeVue, GenreEchange, REPONSES_MAX, ReponseSuivi};
use domain::text::fr_lot as text;
use serde_json::json;

use super::effets;
use crate::areas::candidature::suivi;
use crate::areas::demande::queries::{self as demandes, Stored};
use crate::areas::demande::service::Context;
use crate::clock::{Moment, rfc3339};
use crate::courriels::{self, Fact, Values};
use crate::db::schema::{compte, echange};
use crate::db::{DbConn, DbError, bulk_insert};
use crate::error::AppError;
use crate::journal::{self, Entry};

/// Messages that are read at once.
const SHOWN: i64 = 2_000;

#[derive(Insertable)]
#[diesel(table_name = echange, treat_none_as_default_value = false)]
struct ExchangeRow<'a> {
    id: String,
    demande_id: &'a str,
    numero: i64,
    genre: &'a str,
    texte: &'a str,
    auteur_id: &'a str,
    suivi: String,
    cree_le: Moment,
}

/// Asks the structures of these demandes: kept, journalled, mailed. One secret for each référent, whatever the number of demandes
/// that the question is about; answers how many mails leave.
pub fn ask(conn: &mut DbConn, context: &Context, asked: &[Stored], question: &str) -> Result<usize, AppError> {
    let ids: Vec<&str> = asked.iter().map(|stored| stored.id.as_str()).collect();
    let last = last_numbers(conn, &ids)?;
    let mut secrets: HashMap<&str, (String, String)> = HashMap::new();
    let mut rows = Vec::with_capacity(asked.len());
    let mut facts = Vec::with_capacity(asked.len());
    for stored in asked {
        let referent = stored.line.get(Colonne::ReferentEmail);
        let (secret, fingerprint) = secrets.entry(referent).or_insert_with(|| suivi::secret(&context.clock));
        facts.push(Fact::of(stored, asking(question, secret)));
        rows.push(ExchangeRow {
            id: context.clock.id(),
            demande_id: &stored.id,
            numero: last.get(&stored.id).map_or(1, |last| last + 1),
            genre: GenreEchange::Question.as_str(),
            texte: question,
            auteur_id: &context.author.id,
            suivi: fingerprint.clone(),
            cree_le: context.now,
        });
    }
    bulk_insert!(conn, echange::table, &rows);
    effets::tell_exchange(conn, &ids, Complement::Demande)?;
    let entries = ids.iter().map(|id| entry("demande.complement_demande", id, question)).collect();
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    Ok(courriels::push(conn, &context.clock, context.now, Evenement::ComplementDemande, &facts)?)
}

/// The place of the last message of each of these threads.
fn last_numbers(conn: &mut DbConn, demandes: &[&str]) -> Result<HashMap<String, i64>, DbError> {
    let last: Vec<(String, Option<i64>)> = echange::table
        .filter(echange::demande_id.eq_any(demandes))
        .group_by(echange::demande_id)
        .select((echange::demande_id, max(echange::numero)))
        .load(conn)?;
    Ok(last.into_iter().map(|(id, number)| (id, number.unwrap_or(0))).collect())
}

/// How many mails a question about these demandes would send.
pub fn asking_mails(conn: &mut DbConn, asked: &[Stored], question: &str) -> Result<usize, DbError> {
    let of = |stored| Fact::of(stored, asking(question, stored.line.get(Colonne::ReferentEmail)));
    let facts: Vec<Fact> = asked.iter().map(of).collect();
    Ok(courriels::prepare(conn, Evenement::ComplementDemande, &facts)?.len())
}

/// What the mail of a question says.
fn asking(question: &str, secret: &str) -> Values {
    Values::from([("question", question.to_owned()), ("chemin", format!("{}#{secret}", suivi::PAGE))])
}

/// An entry of the history of a demande that carries what was said.
fn entry(action: &'static str, id: &str, said: &str) -> Entry {
    Entry { action, object: "demande", object_id: id.to_owned(), values: json!({ "motif": said }).to_string() }
}

/// The thread of a demande, in the order in which it was said, with who asked.
pub fn thread(conn: &mut DbConn, demande: &str) -> Result<Vec<EchangeVue>, DbError> {
    Ok(threads(conn, &[demande])?.remove(demande).unwrap_or_default())
}

/// The threads of these demandes as their structures read them: the team asks, nobody is named.
pub fn public_threads(conn: &mut DbConn, demandes: &[&str]) -> Result<HashMap<String, Vec<EchangeVue>>, DbError> {
    let mut threads = threads(conn, demandes)?;
    for said in threads.values_mut().flatten().filter(|said| said.genre == GenreEchange::Question) {
        text::EQUIPE.clone_into(&mut said.auteur);
    }
    Ok(threads)
}

fn threads(conn: &mut DbConn, demandes: &[&str]) -> Result<HashMap<String, Vec<EchangeVue>>, DbError> {
    type Row = (String, String, String, Moment, Option<String>);
    let rows: Vec<Row> = echange::table
        .left_join(compte::table.on(compte::id.eq(echange::auteur_id)))
        .filter(echange::demande_id.eq_any(demandes))
        .order((echange::demande_id, echange::numero))
        .limit(SHOWN)
        .select((echange::demande_id, echange::genre, echange::texte, echange::cree_le, compte::nom.nullable()))
        .load(conn)?;
    let mut threads: HashMap<String, Vec<EchangeVue>> = HashMap::new();
    for (demande, genre, texte, date, name) in rows {
        let Some(genre) = GenreEchange::parse(&genre) else { continue };
        let auteur = match genre {
            GenreEchange::Question => name.unwrap_or_else(|| text::EQUIPE.to_owned()),
            GenreEchange::Reponse => String::new(),
        };
        threads.entry(demande).or_default().push(EchangeVue { genre, texte, date: rfc3339(date), auteur });
    }
    Ok(threads)
}

/// Whether a thread takes one more answer: something was asked, and it was not answered too often.
pub fn takes_answers(thread: &[EchangeVue]) -> bool {
    let since = thread.iter().rev().take_while(|said| said.genre == GenreEchange::Reponse).count();
    since < REPONSES_MAX && since < thread.len()
}

/// Keeps the answer of a structure; the same answer again is not kept twice.
///
/// # Errors
/// 404 when the link does not open this demande, 409 when nothing is asked, 422 when it says nothing.
pub fn answer(conn: &mut DbConn, context: &Context, typed: &ReponseSuivi) -> Result<(), AppError> {
    let said = typed.valider().map_err(|refused| AppError::fields(vec![refused]))?;
    // Two answers at once are counted one after the other.
    journal::hold(conn)?;
    if !suivi::opens(conn, &typed.jeton, &typed.demande)? {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    let thread = thread(conn, &typed.demande)?;
    if thread.last().is_some_and(|last| last.genre == GenreEchange::Reponse && last.texte == said) {
        return Ok(());
    }
    if !takes_answers(&thread) {
        let asked = thread.iter().any(|one| one.genre == GenreEchange::Question);
        let why = if asked { text::TROP_DE_REPONSES } else { text::SANS_QUESTION };
        return Err(AppError::detail(ErrorCode::ConflitEtat, why));
    }
    let row = ExchangeRow {
        id: context.clock.id(),
        demande_id: &typed.demande,
        numero: i64::try_from(thread.len()).unwrap_or(i64::MAX).saturating_add(1),
        genre: GenreEchange::Reponse.as_str(),
        texte: said,
        auteur_id: "",
        suivi: String::new(),
        cree_le: context.now,
    };
    diesel::insert_into(echange::table).values(&row).execute(conn)?;
    effets::tell_exchange(conn, &[&typed.demande], Complement::Recu)?;
    let entries = vec![entry("demande.complement_recu", &typed.demande, said)];
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    if let Some(stored) = demandes::find(conn, &typed.demande)? {
        let facts = [Fact::of(&stored, Values::new())];
        courriels::push(conn, &context.clock, context.now, Evenement::ComplementRecu, &facts)?;
    }
    Ok(())
}
