//! Invitations: one mailed link, for one address, one role and one organisation, once (RT-10). Whoever has no means sets
//! an application, as at a first access; whoever has one shows a code of it, so that the mailbox alone gives nothing.

use diesel::prelude::*;
use domain::compte::{EtatCompte, GenreOrganisation, InvitationNouvelle};
use domain::error::{ErrorCode, FieldError};
use domain::permission::Role;
use domain::values::CodeOtp;
use serde_json::json;

use super::accounts::{self, Admin};
use super::first_access::Outcome;
use super::recovery;
use super::sign_in::{self, Attempt, Context};
use crate::access::session;
use crate::areas::compte::queries;
use crate::areas::compte::queries::directory::{self, AccountRow, InvitationRow};
use crate::areas::enveloppe::gestion as enveloppe;
use crate::clock::{Clock, Moment};
use crate::db::schema::{compte, invitation};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::http::limit::Quota;
use crate::journal::{self, Author, Entry};
use crate::otp::{self, Means, Pairing};
use crate::single_use::{self, Purpose};
use crate::text::accounts as text;
use crate::{outbox, throttle};

/// Page of the mailed link.
pub const INVITATION_PAGE: &str = "/invitation";
/// How long an invitation is good, in days.
pub const INVITATION_DAYS: i64 = 7;

/// Invites somebody; what was sent before to the same address for the same role serves no more.
pub fn invite(conn: &mut DbConn, admin: &Admin, new: &InvitationNouvelle) -> Result<InvitationRow, AppError> {
    let (name, email) = accounts::person(&new.nom, &new.email)?;
    let organisation = organisation_of(conn, admin.now, &email, new)?;
    if directory::of_email(conn, &email)?.is_some_and(|known| known.etat == EtatCompte::Desactive.as_str()) {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::DEACTIVATED));
    }
    let id = new.organisation_id.clone();
    let kind = GenreOrganisation::du_role(new.role);
    let of = |wanted: GenreOrganisation| id.clone().filter(|_| kind == Some(wanted));
    let row = InvitationRow {
        id: admin.clock.id(),
        email,
        nom: name,
        role: new.role.as_str().to_owned(),
        enveloppe_id: of(GenreOrganisation::Enveloppe),
        structure_id: of(GenreOrganisation::Structure),
        organisme_id: of(GenreOrganisation::Organisme),
        auteur_genre: admin.author.kind.to_owned(),
        auteur_id: admin.author.id.clone(),
        cree_le: admin.now,
        expire_le: admin.now + chrono::Duration::days(INVITATION_DAYS),
        acceptee_le: None,
        retiree_le: None,
    };
    replace_former(conn, admin.now, &row)?;
    let secret = store(conn, &admin.clock, admin.now, &row)?;
    let mail = json!({
        "modele": "invitation",
        "a": row.email,
        "chemin": format!("{INVITATION_PAGE}#{secret}"),
        "role": domain::text::fr::role(new.role),
        "organisation": organisation.unwrap_or_default(),
        "jours": INVITATION_DAYS,
    });
    outbox::push(conn, &admin.clock, admin.now, outbox::MAIL, &mail)?;
    let values = json!({ "email": row.email, "role": row.role, "organisation": new.organisation_id });
    record(conn, &admin.clock, (&admin.author, admin.now), "invitation.envoyee", &row.id, &values)?;
    Ok(row)
}

/// The name of the organisation that the role acts in, checked.
fn organisation_of(
    conn: &mut DbConn,
    now: Moment,
    email: &str,
    new: &InvitationNouvelle,
) -> Result<Option<String>, AppError> {
    let field = "/organisation_id";
    let refused = |code: &str, message: &str| AppError::fields(vec![FieldError::new(field, code, message)]);
    match &new.organisation_id {
        _ if new.role == Role::Usager => {
            Err(AppError::fields(vec![FieldError::new("/role", "role_refuse", text::NO_SUCH_ROLE)]))
        }
        Some(id) => {
            let name = accounts::check_organisation(conn, new.role, id, field)?;
            if new.role == Role::Recipiendaire {
                enveloppe::check_access(conn, id, email, now, field)?;
            }
            Ok(Some(name))
        }
        None if new.role == Role::Recipiendaire => Err(refused("enveloppe_a_preciser", text::WHICH_ENVELOPE)),
        None => Ok(None),
    }
}

fn replace_former(conn: &mut DbConn, now: Moment, row: &InvitationRow) -> Result<(), DbError> {
    let former: Vec<InvitationRow> = invitation::table
        .filter(invitation::email.eq(&row.email).and(invitation::role.eq(&row.role)))
        .filter(invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null()))
        .select(InvitationRow::as_select())
        .limit(100)
        .load(conn)?;
    for old in former.iter().filter(|old| old.organisation() == row.organisation()) {
        take_back(conn, now, &old.id)?;
    }
    Ok(())
}

/// Writes an invitation and gives the secret of its link.
pub(super) fn store(conn: &mut DbConn, clock: &Clock, now: Moment, row: &InvitationRow) -> Result<String, DbError> {
    diesel::insert_into(invitation::table).values(row).execute(conn)?;
    let life = row.expire_le - now;
    single_use::issue(
        conn,
        clock,
        now,
        &single_use::New { purpose: Purpose::Invitation, subject: &row.id, client: "", life },
    )
}

fn take_back(conn: &mut DbConn, now: Moment, id: &str) -> Result<usize, DbError> {
    single_use::revoke(conn, now, Purpose::Invitation, id)?;
    let waiting = invitation::table
        .filter(invitation::id.eq(id).and(invitation::auteur_genre.ne("public")))
        .filter(invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null()));
    Ok(diesel::update(waiting).set(invitation::retiree_le.eq(now)).execute(conn)?)
}

/// Takes an invitation back.
pub fn cancel(conn: &mut DbConn, admin: &Admin, id: &str) -> Result<(), AppError> {
    if take_back(conn, admin.now, id)? == 0 {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    record(conn, &admin.clock, (&admin.author, admin.now), "invitation.retiree", id, &json!({}))
}

/// What the invited person is shown.
pub struct Shown {
    /// The invitation.
    pub invitation: InvitationRow,
    /// Name of the organisation.
    pub organisation: Option<String>,
    /// What to set an application with, unless the account has a means.
    pub pairing: Option<Pairing>,
}

/// An invitation that may still be accepted, and the account of its address.
struct Usable {
    invitation: InvitationRow,
    account: Option<AccountRow>,
    means: Vec<Means>,
}

/// What a link opens, unless the account was closed meanwhile (RT-04).
fn usable(conn: &mut DbConn, context: &Context, quota: Quota, secret: &str) -> Result<Option<Usable>, AppError> {
    if quota.left.is_none() {
        return Ok(None);
    }
    let Some(id) = single_use::peek(conn, context.now, Purpose::Invitation, secret)? else { return Ok(None) };
    let Some(invitation) = directory::pending(conn, &id)? else { return Ok(None) };
    let account = directory::of_email(conn, &invitation.email)?;
    let means = queries::candidate(conn, &invitation.email)?.map(|found| found.means).unwrap_or_default();
    let state = account.as_ref().and_then(|account| EtatCompte::parse(&account.etat));
    let refused = match state {
        Some(EtatCompte::Desactive) => true,
        // Somebody gave this account roles since the person asked to register: its first access is another matter.
        Some(EtatCompte::AConfirmer) if invitation.auteur_genre == "public" => {
            account.as_ref().is_some_and(|account| has_roles(conn, &account.id).unwrap_or(true))
        }
        _ => false,
    };
    Ok((!refused).then_some(Usable { invitation, account, means }))
}

/// Whether an account has a role.
pub(super) fn has_roles(conn: &mut DbConn, id: &str) -> Result<bool, DbError> {
    Ok(!directory::roles(conn, &[id.to_owned()])?.is_empty())
}

/// Shows an invitation, and prepares an application when the account has no means.
pub fn show(conn: &mut DbConn, context: &Context, secret: &str) -> Result<Outcome<Shown>, AppError> {
    let quota = context.count(conn, throttle::LINK, context.per_address, &context.address)?;
    let Some(Usable { invitation, account, means }) = usable(conn, context, quota, secret)? else {
        return Ok(Err(quota));
    };
    let organisation = match invitation.organisation() {
        Some((kind, id)) => directory::organisation(conn, kind, id)?,
        None => None,
    };
    let pairing = if means.is_empty() {
        let id = match account {
            Some(account) => account.id,
            None => accounts::insert(conn, &context.clock, &invitation.email, &invitation.nom)?,
        };
        Some(recovery::pair(conn, &context.keys, &context.clock, (&id, &invitation.email))?)
    } else {
        None
    };
    Ok(Ok(Shown { invitation, organisation, pairing }))
}

/// Accepts: the code proves the application just set, or the means that the account had. `Ok(false)`: it is wrong, and
/// the link may still be used.
pub fn accept(
    conn: &mut DbConn,
    context: &Context,
    secret: &str,
    code: Option<&CodeOtp>,
) -> Result<Outcome<bool>, AppError> {
    let quota = context.count(conn, throttle::LINK, context.per_address, &context.address)?;
    let Some(Usable { invitation, account: Some(account), means }) = usable(conn, context, quota, secret)? else {
        return Ok(Err(quota));
    };
    let right = if means.is_empty() {
        match code {
            Some(code) => otp::confirm(conn, &context.keys, &account.id, code, context.now)?,
            None => false,
        }
    } else {
        let tries = context.count(conn, throttle::ACCOUNT, context.per_account, &account.email)?;
        if tries.left.is_none() {
            return Ok(Err(tries));
        }
        let attempt = Attempt {
            email: account.email.clone(),
            code: code.cloned(),
            next: None,
            client: String::new(),
            known: None,
        };
        sign_in::verified(conn, context, &means, &attempt, true)?
    };
    if !right {
        return Ok(Ok(false));
    }
    if single_use::consume(conn, context.now, Purpose::Invitation, secret, "")?.is_none() {
        return Ok(Err(quota));
    }
    if means.is_empty() {
        recovery::tell_new_means(conn, &context.clock, context.now, &account.email)?;
    }
    grant(conn, context, &invitation, &account)?;
    Ok(Ok(true))
}

/// Gives the role; the sessions of before end (SEC-22).
fn grant(conn: &mut DbConn, context: &Context, sent: &InvitationRow, account: &AccountRow) -> Result<(), AppError> {
    let Some(role) = sent.role() else { return Err(AppError::Internal(format!("unknown role {}", sent.role))) };
    accounts::give_role(conn, &account.id, role)?;
    if let Some((_, organisation)) = sent.organisation() {
        accounts::give_membership(conn, &account.id, role, organisation)?;
    }
    diesel::update(compte::table.find(&account.id))
        .set((compte::etat.eq(EtatCompte::Actif.as_str()), compte::version.eq(compte::version + 1)))
        .execute(conn)?;
    diesel::update(invitation::table.find(&sent.id)).set(invitation::acceptee_le.eq(context.now)).execute(conn)?;
    session::close_all(conn, &account.id)?;
    let author =
        Author { kind: "compte", id: account.id.clone(), role: role.as_str(), request: context.request.clone() };
    let values = json!({ "invitation": sent.id, "invite_par": sent.auteur_id, "role": sent.role });
    let entry = Entry {
        action: "compte.invitation_acceptee",
        object: "compte",
        object_id: account.id.clone(),
        values: values.to_string(),
    };
    Ok(journal::append(conn, &context.clock, &author, context.now, vec![entry])?)
}

pub(super) fn record(
    conn: &mut DbConn,
    clock: &Clock,
    (author, now): (&Author, Moment),
    action: &'static str,
    id: &str,
    values: &serde_json::Value,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "invitation", object_id: id.to_owned(), values: values.to_string() };
    Ok(journal::append(conn, clock, author, now, vec![entry])?)
}
