//! What each account is told of, and how it wants to be told.

use chrono::Duration;
use diesel::prelude::*;
use domain::avis::{Avis, Desabonne, GenreAvis, GenreDesabonne, MoyenAvis, PreferencesAvis};
use domain::error::ErrorCode;
use domain::text::fr_commentaire as text;
use serde_json::json;

use crate::access::Perimeter;
use crate::clock::{Clock, Moment, rfc3339};
use crate::courriels::refus;
use crate::db::schema::{avis, commentaire, compte, demande, preference_avis};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::outbox;
use crate::seal::Keys;

/// Page of the link at the foot of the mails.
pub const UNSUBSCRIBE_PAGE: &str = "/desabonnement";

/// Minutes during which what one person does again adds to the avis that nobody has read yet, instead of giving another.
const GATHERED: i64 = 10;

/// Who tells, and when.
pub struct Teller<'a> {
    /// Now and random.
    pub clock: &'a Clock,
    /// Keys of the links that want no more mail.
    pub keys: &'a Keys,
    /// When.
    pub now: Moment,
    /// Account of who did it; none for the program or a token.
    pub author: Option<&'a str>,
}

/// Something to tell an account of.
pub struct News {
    /// Account.
    pub account: String,
    /// What of.
    pub genre: GenreAvis,
    /// The comment.
    pub comment: Option<String>,
    /// The one demande; none when there are several.
    pub demande: Option<String>,
    /// The import.
    pub import: Option<String>,
    /// How many demandes.
    pub count: i64,
    /// What there is to say, without personal data.
    pub words: String,
}

impl News {
    /// Where it is read.
    fn path(&self) -> String {
        match (&self.demande, &self.import) {
            (Some(demande), _) => format!("/demandes/{demande}"),
            (None, Some(import)) => format!("/imports/{import}"),
            (None, None) => "/avis".to_owned(),
        }
    }

    /// Whether what is done again within minutes is told together.
    fn gathers(&self) -> bool {
        matches!(self.genre, GenreAvis::Confiee | GenreAvis::Etape)
    }
}

/// Tells accounts of things: in the application, and by the mail that each wants.
pub fn tell(conn: &mut DbConn, teller: &Teller, news: &[News]) -> Result<(), DbError> {
    let accounts: Vec<&str> = news.iter().map(|one| one.account.as_str()).chain(teller.author).collect();
    if news.is_empty() {
        return Ok(());
    }
    let chosen: Vec<(String, String, String)> = preference_avis::table
        .filter(preference_avis::compte_id.eq_any(&accounts))
        .select((preference_avis::compte_id, preference_avis::genre, preference_avis::moyen))
        .load(conn)?;
    let known: Vec<(String, String, String)> = compte::table
        .filter(compte::id.eq_any(&accounts))
        .select((compte::id, compte::email, compte::nom))
        .load(conn)?;
    let find = |account: &str| known.iter().find(|(id, ..)| id == account);
    let author = teller.author.and_then(find).map(|(.., name)| name.as_str());
    for one in news {
        if one.gathers() && gather(conn, teller, one)? {
            continue;
        }
        let means = chosen
            .iter()
            .find(|(id, kind, _)| *id == one.account && kind == one.genre.as_str())
            .and_then(|(.., means)| MoyenAvis::parse(means))
            .unwrap_or(one.genre.moyen_habituel());
        give(conn, teller, one, means)?;
        if let (MoyenAvis::Courriel, Some((_, email, _))) = (means, find(&one.account)) {
            let mail = json!({
                "modele": "avis", "a": email, "genre": one.genre.as_str(), "auteur": author.unwrap_or_default(),
                "nombre": one.count, "texte": one.words, "chemin": one.path(),
                "arret": unsubscribe_path(teller.keys, &one.account, one.genre.into()),
            });
            outbox::push(conn, teller.clock, teller.now, outbox::MAIL, &mail)?;
        }
    }
    Ok(())
}

fn give(conn: &mut DbConn, teller: &Teller, one: &News, means: MoyenAvis) -> Result<(), DbError> {
    diesel::insert_into(avis::table)
        .values((
            avis::id.eq(teller.clock.id()),
            avis::compte_id.eq(&one.account),
            avis::genre.eq(one.genre.as_str()),
            avis::commentaire_id.eq(one.comment.as_ref()),
            avis::cree_le.eq(teller.now),
            avis::a_resumer.eq(means == MoyenAvis::Resume),
            avis::auteur_id.eq(teller.author),
            avis::demande_id.eq(one.demande.as_ref()),
            avis::import_id.eq(one.import.as_ref()),
            avis::nombre.eq(one.count),
            avis::texte.eq(&one.words),
        ))
        .execute(conn)?;
    Ok(())
}

/// Adds to what the same person has just done, if it is not read yet; whether there was such an avis.
fn gather(conn: &mut DbConn, teller: &Teller, one: &News) -> Result<bool, DbError> {
    let recent = avis::table
        .filter(avis::compte_id.eq(&one.account).and(avis::genre.eq(one.genre.as_str())))
        .filter(avis::lu_le.is_null().and(avis::cree_le.gt(teller.now - Duration::minutes(GATHERED))))
        .into_boxed();
    let recent = match teller.author {
        Some(author) => recent.filter(avis::auteur_id.eq(author)),
        None => recent.filter(avis::auteur_id.is_null()),
    };
    type Row = (String, Option<String>, i64, String);
    let found: Option<Row> = recent
        .order((avis::cree_le.desc(), avis::id.desc()))
        .select((avis::id, avis::demande_id, avis::nombre, avis::texte))
        .first(conn)
        .optional()?;
    let Some((id, demande, count, words)) = found else { return Ok(false) };
    let again = demande.is_some() && demande == one.demande;
    let words = if again || words == one.words { one.words.as_str() } else { "" };
    diesel::update(avis::table.find(id))
        .set((
            avis::demande_id.eq(demande.filter(|_| again)),
            avis::nombre.eq(if again { count } else { count + one.count }),
            avis::texte.eq(words),
        ))
        .execute(conn)?;
    Ok(true)
}

/// The address by which an account wants no more mail of a kind: it holds its own proof, and may be followed again.
pub fn unsubscribe_path(keys: &Keys, account: &str, genre: GenreDesabonne) -> String {
    let proof = keys.fingerprints(&proved(account, genre)).into_iter().next().unwrap_or_default();
    format!("{UNSUBSCRIBE_PAGE}#{}.{account}.{proof}", genre.as_str())
}

fn proved(account: &str, genre: GenreDesabonne) -> String {
    format!("desabonnement {} {account}", genre.as_str())
}

/// No more mail of the kind that this secret names.
pub fn unsubscribe(conn: &mut DbConn, keys: &Keys, secret: &str, now: Moment) -> Result<Desabonne, AppError> {
    let refused = || AppError::detail(ErrorCode::Introuvable, text::LIEN);
    let mut parts = secret.split('.');
    let (Some(genre), Some(account), Some(proof), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refused());
    };
    if genre == refus::KIND {
        let done = refus::refuse(conn, keys, (account, proof), now)?;
        return if done { Ok(Desabonne { genre: GenreDesabonne::Rappel }) } else { Err(refused()) };
    }
    let genre = GenreDesabonne::parse(genre).ok_or_else(refused)?;
    let same = |one: &String| bool::from(subtle::ConstantTimeEq::ct_eq(one.as_bytes(), proof.as_bytes()));
    if !keys.fingerprints(&proved(account, genre)).iter().any(same) {
        return Err(refused());
    }
    let chosen = preferences(conn, account)?.par_genre();
    let stopped = |kind: GenreAvis, means: MoyenAvis| match genre {
        GenreDesabonne::Resume => means == MoyenAvis::Resume,
        one => GenreDesabonne::from(kind) == one,
    };
    for (kind, _) in chosen.into_iter().filter(|(kind, means)| stopped(*kind, *means)) {
        prefer(conn, account, kind, MoyenAvis::Application)?;
    }
    Ok(Desabonne { genre })
}

/// How an account wants to be told.
pub fn preferences(conn: &mut DbConn, account: &str) -> Result<PreferencesAvis, DbError> {
    let chosen: Vec<(String, String)> = preference_avis::table
        .filter(preference_avis::compte_id.eq(account))
        .select((preference_avis::genre, preference_avis::moyen))
        .load(conn)?;
    let mut preferences = PreferencesAvis::default();
    for (genre, means) in chosen {
        if let (Some(genre), Some(means)) = (GenreAvis::parse(&genre), MoyenAvis::parse(&means)) {
            preferences.regler(genre, means);
        }
    }
    Ok(preferences)
}

/// Sets how an account wants to be told of a kind; what waited for a summary that is no longer wanted waits no more.
pub fn prefer(conn: &mut DbConn, account: &str, genre: GenreAvis, means: MoyenAvis) -> Result<(), DbError> {
    let row = (
        preference_avis::compte_id.eq(account),
        preference_avis::genre.eq(genre.as_str()),
        preference_avis::moyen.eq(means.as_str()),
    );
    let known = preference_avis::table.find((account, genre.as_str()));
    if diesel::update(known).set(preference_avis::moyen.eq(means.as_str())).execute(conn)? == 0 {
        diesel::insert_into(preference_avis::table).values(row).execute(conn)?;
    }
    if means != MoyenAvis::Resume {
        let waiting = avis::table.filter(avis::compte_id.eq(account).and(avis::genre.eq(genre.as_str())));
        diesel::update(waiting.filter(avis::a_resumer.eq(true))).set(avis::a_resumer.eq(false)).execute(conn)?;
    }
    Ok(())
}

/// Who reads avis: what has left the reach of an account since is no longer shown to it.
pub struct Reader {
    /// Account.
    pub account: String,
    /// What is within reach; nothing for a role that reads no demande.
    pub perimeter: Perimeter,
}

/// How many avis of an account are not read.
pub fn unread(conn: &mut DbConn, reader: &Reader) -> Result<i64, DbError> {
    let mut query = avis::table
        .left_join(demande::table.on(demande::id.nullable().eq(avis::demande_id)))
        .filter(avis::compte_id.eq(&reader.account).and(avis::lu_le.is_null()))
        .into_boxed();
    if let Perimeter::Envelopes(own) = &reader.perimeter {
        query = query.filter(avis::demande_id.is_null().or(demande::enveloppe_id.eq_any(own).assume_not_null()));
    }
    Ok(query.count().get_result(conn)?)
}

/// Which part of the list to read.
pub struct Page {
    /// Only what is older than this moment and this id.
    pub before: Option<(Moment, String)>,
    /// Only what is not read.
    pub unread: bool,
    /// Most avis.
    pub limit: i64,
}

/// An avis, and where the next page begins if it is the last.
pub type Listed = (Avis, (Moment, String));

#[derive(Queryable)]
struct Row {
    id: String,
    genre: String,
    cree_le: Moment,
    lu_le: Option<Moment>,
    auteur: Option<String>,
    demande_id: Option<String>,
    import_id: Option<String>,
    nombre: i64,
    personne: Option<(String, String)>,
    dit: Option<String>,
    texte: String,
}

impl Row {
    fn view(self) -> Option<Listed> {
        let position = (self.cree_le, self.id.clone());
        let avis = Avis {
            id: self.id,
            genre: GenreAvis::parse(&self.genre)?,
            auteur: self.auteur.unwrap_or_default(),
            date: rfc3339(self.cree_le),
            demande_id: self.demande_id,
            import_id: self.import_id,
            nombre: self.nombre,
            personne: self.personne.map(|(prenom, nom)| format!("{prenom} {nom}")).unwrap_or_default(),
            texte: self.dit.unwrap_or(self.texte),
            lu: self.lu_le.is_some(),
        };
        Some((avis, position))
    }
}

/// The avis of an account, the last first.
pub fn list(conn: &mut DbConn, reader: &Reader, page: &Page) -> Result<Vec<Listed>, DbError> {
    let mut query = avis::table
        .left_join(commentaire::table.on(commentaire::id.nullable().eq(avis::commentaire_id)))
        .left_join(compte::table.on(compte::id.nullable().eq(avis::auteur_id)))
        .left_join(demande::table.on(demande::id.nullable().eq(avis::demande_id)))
        .filter(avis::compte_id.eq(&reader.account))
        .into_boxed();
    if let Perimeter::Envelopes(own) = &reader.perimeter {
        query = query.filter(avis::demande_id.is_null().or(demande::enveloppe_id.eq_any(own).assume_not_null()));
    }
    if let Some((moment, id)) = &page.before {
        query = query.filter(avis::cree_le.lt(*moment).or(avis::cree_le.eq(*moment).and(avis::id.lt(id.clone()))));
    }
    if page.unread {
        query = query.filter(avis::lu_le.is_null());
    }
    let rows: Vec<Row> = query
        .order((avis::cree_le.desc(), avis::id.desc()))
        .limit(page.limit)
        .select((
            avis::id,
            avis::genre,
            avis::cree_le,
            avis::lu_le,
            compte::nom.nullable(),
            avis::demande_id,
            avis::import_id,
            avis::nombre,
            (demande::prenom, demande::nom).nullable(),
            commentaire::texte.nullable(),
            avis::texte,
        ))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(Row::view).collect())
}

/// Marks avis of an account as read: these, or all of them when there is none.
pub fn read(conn: &mut DbConn, account: &str, ids: &[String], now: Moment) -> Result<(), DbError> {
    let own = avis::table.filter(avis::compte_id.eq(account).and(avis::lu_le.is_null()));
    if ids.is_empty() {
        diesel::update(own).set(avis::lu_le.eq(now)).execute(conn)?;
    } else {
        diesel::update(own.filter(avis::id.eq_any(ids))).set(avis::lu_le.eq(now)).execute(conn)?;
    }
    Ok(())
}
