//! The mails that tell of an event: who is told is read from the table of the domain (`domain::courriel`), what each reads is
//! queued in the transaction of the event. Whoever is told of several demandes at once reads one mail.

mod annuaire;
pub mod rappels;
pub mod refus;
pub mod routes;

use std::collections::{BTreeMap, HashSet};

use domain::courriel::{Destinataire, Evenement, envois};
use domain::demande::{Colonne, Formation};
use domain::text::fr;
use serde_json::{Value, json};

use self::annuaire::Annuaire;
use crate::areas::demande::queries::Stored;
use crate::clock::{Clock, Moment};
use crate::db::{DbConn, DbError};
use crate::outbox;

/// Demandes that one mail names; of the others it says how many.
const NAMED: usize = 50;

/// What the words of a template stand for, but for what is read of the demande and of its envelope.
pub type Values = BTreeMap<&'static str, String>;

/// What an event is about: whom it may be told to depends on it.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// A demande: its people, and who holds its envelope.
    Demande(&'a Stored),
    /// An envelope: who holds it, and the national administrators.
    Enveloppe(&'a str),
    /// The contact address of a structure.
    Address(&'a str),
    /// Nothing in particular: the national teams.
    National,
}

/// One thing that happened.
pub struct Fact<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// What the words of its templates stand for: `motif`, `date`, `numero`, `nombre`, `reste`, `question`, …
    pub values: Values,
    /// What is said of this demande, or of this envelope, in the list of those that the mail tells of; often empty.
    pub detail: String,
}

impl<'a> Fact<'a> {
    /// What happened to a demande.
    pub const fn of(stored: &'a Stored, values: Values) -> Self {
        Self { subject: Subject::Demande(stored), values, detail: String::new() }
    }
}

/// The facts of demandes to which the same happened, for the same reason.
pub fn same<'a>(demandes: impl IntoIterator<Item = &'a Stored>, values: &Values) -> Vec<Fact<'a>> {
    demandes.into_iter().map(|stored| Fact::of(stored, values.clone())).collect()
}

/// Queues the mails of these facts, in the caller's transaction, and says how many.
pub fn push(conn: &mut DbConn, clock: &Clock, now: Moment, event: Evenement, facts: &[Fact]) -> Result<usize, DbError> {
    let mails = prepare(conn, event, facts)?;
    outbox::push_all(conn, clock, now, outbox::MAIL, &mails)?;
    Ok(mails.len())
}

/// The mails of these facts, which nobody is sent yet: a trial counts them.
pub fn prepare(conn: &mut DbConn, event: Evenement, facts: &[Fact]) -> Result<Vec<Value>, DbError> {
    if facts.is_empty() {
        return Ok(Vec::new());
    }
    let annuaire = Annuaire::load(conn, event, facts)?;
    let mut letters: BTreeMap<Key, Letter> = BTreeMap::new();
    for fact in facts {
        let mut told = HashSet::new();
        let envelope = annuaire.envelope(&fact.subject);
        for row in envois(event) {
            for address in annuaire.addresses(row.destinataire, &fact.subject) {
                if !address.is_empty() && told.insert(address) {
                    // Who follows every envelope reads one mail, in which each is a line.
                    let several = national(row.destinataire) && matches!(fact.subject, Subject::Enveloppe(_));
                    let (holder, values) = if several { (None, &NOTHING) } else { (envelope, &fact.values) };
                    let letter = letters.entry((row.modele, address.to_owned(), holder, values)).or_default();
                    letter.tell(row.destinataire, fact, envelope);
                }
            }
        }
    }
    Ok(letters.into_iter().map(|(key, letter)| payload(key, letter)).collect())
}

/// The values of a mail in which each line has its own.
static NOTHING: Values = Values::new();

/// Whether a recipient follows every envelope.
const fn national(recipient: Destinataire) -> bool {
    matches!(recipient, Destinataire::Anct | Destinataire::InstructeursAidantsConnect)
}

/// What the mails of one letter have in common: template, address, envelope (its holder and label), values.
type Key<'a> = (&'static str, String, Option<(&'a str, &'a str)>, &'a Values);

/// What one address is told at once.
#[derive(Default)]
struct Letter {
    entries: Vec<String>,
    others: usize,
    /// Whether one of the demandes is for Aidants Connect, which has steps of its own.
    connect: bool,
}

impl Letter {
    fn tell(&mut self, recipient: Destinataire, fact: &Fact, envelope: Option<(&str, &str)>) {
        let mut entry = match (fact.subject, envelope) {
            (Subject::Demande(stored), _) => {
                let of = |column| stored.line.get(column);
                let training = Formation::parse(of(Colonne::Formation));
                self.connect |= training == Some(Formation::AidantsConnect);
                let training = training.map_or("", fr::formation);
                match recipient {
                    Destinataire::Professionnel => training.to_owned(),
                    _ => format!("{} {}, {training}", of(Colonne::Prenom), of(Colonne::Nom)),
                }
            }
            (Subject::Enveloppe(_), Some((holder, label))) if national(recipient) => format!("{label}, {holder}"),
            _ => return,
        };
        if self.entries.len() == NAMED {
            self.others += 1;
            return;
        }
        if !fact.detail.is_empty() {
            entry = crate::text::mails::detailed(&entry, &fact.detail);
        }
        self.entries.push(entry);
    }
}

fn payload((template, address, envelope, values): Key, letter: Letter) -> Value {
    let mut fields = json!({ "modele": template, "a": address });
    if let (Some(fields), Some((holder, label))) = (fields.as_object_mut(), envelope) {
        fields.insert("recipiendaire".to_owned(), json!(holder));
        fields.insert("enveloppe".to_owned(), json!(label));
    }
    if let Some(fields) = fields.as_object_mut() {
        if !letter.entries.is_empty() {
            fields.insert("personnes".to_owned(), json!(letter.entries));
            fields.insert("autres".to_owned(), json!(letter.others));
        }
        if letter.connect {
            fields.insert("aidants_connect".to_owned(), json!("oui"));
        }
        for (name, value) in values {
            fields.insert((*name).to_owned(), json!(value));
        }
    }
    fields
}
