//! Telling those who take care of demandes: that they were given some, and that some of theirs reached another stage.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::avis::GenreAvis;
use domain::compte::EtatCompte;
use domain::demande::{Colonne, Etape, Ligne};
use domain::text::fr;

use super::service::{News, Teller, tell};
use crate::areas::demande::service::Context;
use crate::db::schema::compte;
use crate::db::{DbConn, DbError};

/// A demande that was added, or written over.
pub struct Moved<'a> {
    /// Id.
    pub id: &'a str,
    /// What it was; nothing when it is new.
    pub before: Option<&'a Ligne>,
    /// What it is.
    pub after: &'a Ligne,
}

/// What one person is told of: one demande, or how many.
struct Gathered<'a> {
    first: &'a str,
    count: i64,
    words: &'static str,
}

impl<'a> Moved<'a> {
    /// Whom this concerns, and why: somebody may have to be told. Nobody most of the time.
    pub fn concerns(&self) -> Option<(&'a str, GenreAvis)> {
        let follower = self.after.get(Colonne::SuiviPar);
        let differs = |column| self.before.is_none_or(|before| before.get(column) != self.after.get(column));
        let genre = match self.before {
            _ if follower.is_empty() => return None,
            _ if differs(Colonne::SuiviPar) => GenreAvis::Confiee,
            Some(_) if differs(Colonne::Etape) => GenreAvis::Etape,
            _ => return None,
        };
        Some((follower, genre))
    }

    /// The stage reached, when that is what is told.
    fn words(&self, genre: GenreAvis) -> &'static str {
        let stage = Etape::parse(self.after.get(Colonne::Etape)).filter(|_| genre == GenreAvis::Etape);
        stage.map(fr::etape).unwrap_or_default()
    }
}

/// Tells each of those who take care of these demandes, its author excepted. Asks nothing of the database when nobody does.
pub fn follow<'a>(conn: &mut DbConn, context: &Context, moved: impl Iterator<Item = Moved<'a>>) -> Result<(), DbError> {
    let mut concerned: BTreeMap<(&str, &'static str), (GenreAvis, Gathered)> = BTreeMap::new();
    for one in moved {
        let Some((follower, genre)) = one.concerns() else { continue };
        let words = one.words(genre);
        let new = || (genre, Gathered { first: one.id, count: 0, words });
        let (_, gathered) = concerned.entry((follower, genre.as_str())).or_insert_with(new);
        gathered.count += 1;
        if gathered.words != words {
            gathered.words = "";
        }
    }
    if concerned.is_empty() {
        return Ok(());
    }
    let emails: Vec<&str> = concerned.keys().map(|(email, _)| *email).collect();
    let accounts: BTreeMap<String, String> = compte::table
        .filter(compte::email.eq_any(emails).and(compte::etat.eq(EtatCompte::Actif.as_str())))
        .select((compte::email, compte::id))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    let author = Some(context.author.id.as_str()).filter(|_| context.author.kind == "compte");
    let news = concerned.into_iter().filter_map(|((email, _), (genre, gathered))| {
        let account = accounts.get(email).filter(|account| author != Some(account.as_str()))?;
        Some(News {
            account: account.clone(),
            genre,
            comment: None,
            demande: (gathered.count == 1).then(|| gathered.first.to_owned()),
            import: None,
            count: gathered.count,
            words: gathered.words.to_owned(),
        })
    });
    let teller = Teller { clock: &context.clock, keys: &context.keys, now: context.now, author };
    tell(conn, &teller, &news.collect::<Vec<_>>())
}
