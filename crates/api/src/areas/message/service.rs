//! Writing to the people of demandes: who is written to, what each reads, how many mails a person sends in a day. What has left
//! cannot be undone.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::demande::{Colonne, Formation};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::message::{MessageApercu, MessageRefuse, MessageSaisie, MessageTraite, PAR_JOUR, remplir};
use domain::text::{fr, fr_message as text};
use serde_json::json;

use crate::access::{Identity, Perimeter};
use crate::areas::demande::queries::{self, Stored};
use crate::clock::{Clock, Moment, iso_date};
use crate::db::schema::envoi_messages;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::outbox;

/// Who writes, and when.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// Who writes.
    pub who: Identity,
    /// The same, for the journal.
    pub author: Author,
    /// When.
    pub now: Moment,
    /// What is within reach.
    pub perimeter: Perimeter,
}

/// Writes to the people of these demandes, or shows what would leave.
pub fn send(conn: &mut DbConn, context: &Context, typed: &MessageSaisie) -> Result<MessageTraite, AppError> {
    let errors = typed.erreurs();
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let (written, refuses) = recipients(conn, context, &typed.demandes)?;
    let day = iso_date(context.now);
    let sent = sent_today(conn, &context.who.id, &day)?;
    let reste = (PAR_JOUR - sent).max(0);
    let wanted = i64::try_from(written.len()).unwrap_or(i64::MAX);
    if wanted > reste {
        return Err(AppError::fields(vec![FieldError::new("/demandes", "trop", text::trop(written.len(), reste))]));
    }
    let apercu = written.first().map(|stored| read_by(typed, stored));
    if !typed.essai {
        push(conn, context, written.iter().map(|stored| read_by(typed, stored)))?;
        record(conn, context, &typed.objet, &written)?;
        count(conn, &context.who.id, &day, sent, wanted)?;
    }
    let reste = if typed.essai { reste } else { reste - wanted };
    Ok(MessageTraite { essai: typed.essai, destinataires: written.len(), apercu, reste, refuses })
}

/// The demandes whose person is written to, each address once, and those that are left out.
fn recipients(
    conn: &mut DbConn,
    context: &Context,
    ids: &[String],
) -> Result<(Vec<Stored>, Vec<MessageRefuse>), AppError> {
    let found = queries::find_all(conn, ids)?.into_iter().filter(|stored| context.perimeter.holds(stored.envelope()));
    let mut found: HashMap<String, Stored> = found.map(|stored| (stored.id.clone(), stored)).collect();
    let (mut written, mut refused, mut addresses) = (Vec::new(), Vec::new(), HashSet::new());
    for id in ids {
        let mut refuse = |code, why: Option<&str>| {
            let probleme = why.map_or_else(|| Problem::new(code), |why| Problem::with_detail(code, why));
            refused.push(MessageRefuse { id: id.clone(), probleme });
        };
        match found.remove(id) {
            None => refuse(ErrorCode::Introuvable, None),
            Some(stored) if stored.deleted => refuse(ErrorCode::ConflitEtat, Some(text::SUPPRIMEE)),
            Some(stored) if !addresses.insert(stored.line.get(Colonne::Email).to_owned()) => {
                refuse(ErrorCode::DejaExistant, Some(text::DEJA));
            }
            Some(stored) => written.push(stored),
        }
    }
    Ok((written, refused))
}

/// The mail as the person of a demande reads it.
fn read_by(typed: &MessageSaisie, stored: &Stored) -> MessageApercu {
    let of = |column| stored.line.get(column);
    let formation = Formation::parse(of(Colonne::Formation)).map_or("", fr::formation);
    let values = [of(Colonne::Prenom), of(Colonne::Nom), of(Colonne::StructureNom), formation, of(Colonne::Reference)];
    MessageApercu {
        a: of(Colonne::Email).to_owned(),
        objet: remplir(typed.objet.trim(), values),
        texte: remplir(typed.texte.trim(), values),
    }
}

fn push(conn: &mut DbConn, context: &Context, mails: impl Iterator<Item = MessageApercu>) -> Result<(), DbError> {
    let payload = |mail: MessageApercu| {
        json!({
            "modele": "message", "a": mail.a, "objet": mail.objet, "texte": mail.texte,
            "auteur": context.who.name, "reponse": context.who.email,
        })
    };
    outbox::push_all(conn, &context.clock, context.now, outbox::MAIL, &mails.map(payload).collect::<Vec<_>>())
}

fn record(conn: &mut DbConn, context: &Context, subject: &str, written: &[Stored]) -> Result<(), AppError> {
    let values = json!({ "objet": subject }).to_string();
    let entry = |stored: &Stored| Entry {
        action: "demande.courriel",
        object: "demande",
        object_id: stored.id.clone(),
        values: values.clone(),
    };
    let entries = written.iter().map(entry).collect();
    Ok(journal::append(conn, &context.clock, &context.author, context.now, entries)?)
}

fn sent_today(conn: &mut DbConn, account: &str, day: &str) -> Result<i64, DbError> {
    let today = envoi_messages::table.find((account, day)).select(envoi_messages::nombre);
    Ok(today.first(conn).optional()?.unwrap_or(0))
}

fn count(conn: &mut DbConn, account: &str, day: &str, sent: i64, more: i64) -> Result<(), DbError> {
    let number = envoi_messages::nombre.eq(sent + more);
    if diesel::update(envoi_messages::table.find((account, day))).set(number).execute(conn)? == 0 {
        let place = (envoi_messages::compte_id.eq(account), envoi_messages::jour.eq(day));
        diesel::insert_into(envoi_messages::table).values((place, number)).execute(conn)?;
    }
    Ok(())
}
