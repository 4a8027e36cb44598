//! What may be done with views. A view stands under the role it was made with; one that is shared is read by those who act
//! under that role and have an envelope in common with its owner, or reach them all.

use diesel::prelude::*;
use domain::error::{ErrorCode, FieldError};
use domain::permission::{Role, may_read};
use domain::text::fr_vue as text;
use domain::vue::{VUES_MAX, Vue, VueSaisie};

use crate::access::Perimeter;
use crate::db::schema::{compte, compte_enveloppe, vue};
use crate::db::{DbConn, DbError};
use crate::error::AppError;

/// Who asks, and what is within reach.
pub struct Owner {
    /// Id of the account.
    pub account: String,
    /// Active role.
    pub role: Role,
    /// What is within reach.
    pub perimeter: Perimeter,
}

#[derive(Queryable, Selectable, Insertable, Debug)]
#[diesel(table_name = vue, treat_none_as_default_value = false)]
struct ViewRow {
    id: String,
    compte_id: String,
    role: String,
    nom: String,
    etat: String,
    partagee: bool,
    version: i64,
    habituelle: bool,
}

/// Whose views one reads, when they are shared.
enum Colleagues {
    All,
    These(Vec<String>),
}

impl Owner {
    /// Those with whom an envelope is in common.
    fn colleagues(&self, conn: &mut DbConn) -> Result<Colleagues, DbError> {
        let Perimeter::Envelopes(own) = &self.perimeter else { return Ok(Colleagues::All) };
        let accounts = compte_enveloppe::table.filter(compte_enveloppe::enveloppe_id.eq_any(own));
        let mut accounts: Vec<String> = accounts.select(compte_enveloppe::compte_id).distinct().load(conn)?;
        accounts.push(self.account.clone());
        Ok(Colleagues::These(accounts))
    }

    fn reads(&self, row: &ViewRow, colleagues: &Colleagues) -> bool {
        let shown = match colleagues {
            Colleagues::All => true,
            Colleagues::These(accounts) => accounts.contains(&row.compte_id),
        };
        row.compte_id == self.account || (row.partagee && shown)
    }

    fn view(&self, row: ViewRow, author: String) -> Vue {
        Vue {
            mienne: row.compte_id == self.account,
            habituelle: row.habituelle && row.compte_id == self.account,
            id: row.id,
            version: row.version,
            nom: row.nom,
            // Written by us, from a state that was checked.
            etat: serde_json::from_str(&row.etat).unwrap_or_default(),
            partagee: row.partagee,
            auteur: author,
        }
    }
}

fn check(owner: &Owner, typed: &VueSaisie) -> Result<(), AppError> {
    let errors = typed.erreurs(|column| may_read(owner.role, column));
    if errors.is_empty() { Ok(()) } else { Err(AppError::fields(errors)) }
}

fn written(typed: &VueSaisie) -> Result<String, AppError> {
    serde_json::to_string(&typed.etat).map_err(|error| AppError::Internal(error.to_string()))
}

/// One's own views and those that colleagues show, by name.
pub fn list(conn: &mut DbConn, owner: &Owner) -> Result<Vec<Vue>, DbError> {
    let mut shown = vue::table
        .inner_join(compte::table.on(compte::id.eq(vue::compte_id)))
        .filter(vue::role.eq(owner.role.as_str()))
        .filter(vue::compte_id.eq(&owner.account).or(vue::partagee.eq(true)))
        .into_boxed();
    if let Colleagues::These(accounts) = owner.colleagues(conn)? {
        shown = shown.filter(vue::compte_id.eq_any(accounts));
    }
    let rows: Vec<(ViewRow, String)> =
        shown.order((vue::nom, vue::id)).limit(10 * VUES_MAX).select((ViewRow::as_select(), compte::nom)).load(conn)?;
    Ok(rows.into_iter().map(|(row, author)| owner.view(row, author)).collect())
}

/// One view within reach.
fn find(conn: &mut DbConn, owner: &Owner, id: &str) -> Result<(ViewRow, String), AppError> {
    let found: Option<(ViewRow, String)> = vue::table
        .inner_join(compte::table.on(compte::id.eq(vue::compte_id)))
        .filter(vue::id.eq(id).and(vue::role.eq(owner.role.as_str())))
        .select((ViewRow::as_select(), compte::nom))
        .first(conn)
        .optional()?;
    let colleagues = owner.colleagues(conn)?;
    found.filter(|(row, _)| owner.reads(row, &colleagues)).ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// One of one's own views, as it was read: nobody else changes it.
fn own(conn: &mut DbConn, owner: &Owner, id: &str, expected: i64) -> Result<(ViewRow, String), AppError> {
    let (row, author) = find(conn, owner, id)?;
    if row.compte_id != owner.account {
        return Err(AppError::new(ErrorCode::NonAutorise));
    }
    if row.version != expected {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    Ok((row, author))
}

fn check_name(conn: &mut DbConn, owner: &Owner, name: &str, except: &str) -> Result<(), AppError> {
    let taken: i64 = vue::table
        .filter(vue::compte_id.eq(&owner.account).and(vue::role.eq(owner.role.as_str())))
        .filter(vue::nom.eq(name).and(vue::id.ne(except)))
        .count()
        .get_result(conn)?;
    if taken == 0 { Ok(()) } else { Err(AppError::fields(vec![FieldError::new("/nom", "deja_pris", text::NOM_PRIS)])) }
}

/// Another view becomes the one found when opening the table: none is for now. Versions do not change, for nothing that one sets
/// of the others does.
fn only_one(conn: &mut DbConn, owner: &Owner) -> Result<(), DbError> {
    let own = vue::table.filter(vue::compte_id.eq(&owner.account).and(vue::role.eq(owner.role.as_str())));
    diesel::update(own.filter(vue::habituelle.eq(true))).set(vue::habituelle.eq(false)).execute(conn)?;
    Ok(())
}

/// Keeps a view.
pub fn add(conn: &mut DbConn, owner: &Owner, id: String, typed: &VueSaisie) -> Result<Vue, AppError> {
    check(owner, typed)?;
    let name = typed.nom.trim();
    check_name(conn, owner, name, "")?;
    let kept: i64 = vue::table.filter(vue::compte_id.eq(&owner.account)).count().get_result(conn)?;
    if kept >= VUES_MAX {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::TROP));
    }
    let row = ViewRow {
        id,
        compte_id: owner.account.clone(),
        role: owner.role.as_str().to_owned(),
        nom: name.to_owned(),
        etat: written(typed)?,
        partagee: typed.partagee,
        version: 1,
        habituelle: typed.habituelle,
    };
    if typed.habituelle {
        only_one(conn, owner)?;
    }
    diesel::insert_into(vue::table).values(&row).execute(conn)?;
    let author = compte::table.find(&owner.account).select(compte::nom).first(conn)?;
    Ok(owner.view(row, author))
}

/// Replaces one of one's own views, as it was read at `expected`.
pub fn change(
    conn: &mut DbConn,
    owner: &Owner,
    (id, expected): (&str, i64),
    typed: &VueSaisie,
) -> Result<Vue, AppError> {
    check(owner, typed)?;
    let (row, author) = own(conn, owner, id, expected)?;
    let name = typed.nom.trim();
    check_name(conn, owner, name, id)?;
    let row =
        ViewRow { nom: name.to_owned(), etat: written(typed)?, partagee: typed.partagee, version: expected + 1, ..row };
    let row = ViewRow { habituelle: typed.habituelle, ..row };
    if typed.habituelle {
        only_one(conn, owner)?;
    }
    let changed = diesel::update(vue::table.filter(vue::id.eq(id).and(vue::version.eq(expected))))
        .set((
            vue::nom.eq(&row.nom),
            vue::etat.eq(&row.etat),
            vue::partagee.eq(row.partagee),
            vue::habituelle.eq(row.habituelle),
            vue::version.eq(row.version),
        ))
        .execute(conn)?;
    if changed == 1 { Ok(owner.view(row, author)) } else { Err(AppError::new(ErrorCode::VersionPerimee)) }
}

/// Deletes one of one's own views, as it was read at `expected`.
pub fn remove(conn: &mut DbConn, owner: &Owner, (id, expected): (&str, i64)) -> Result<(), AppError> {
    own(conn, owner, id, expected)?;
    let gone = diesel::delete(vue::table.filter(vue::id.eq(id).and(vue::version.eq(expected)))).execute(conn)?;
    if gone == 1 { Ok(()) } else { Err(AppError::new(ErrorCode::VersionPerimee)) }
}
