//! Registration: a person asks for an account of `demandeur`; the mail decides. Whatever the address, the same statements
//! are run and the same is answered (SEC-07); only the owner of the mailbox learns that it has an account (RT-23).

use diesel::prelude::*;
use domain::compte::EtatCompte;
use domain::permission::Role;
use serde_json::json;

use super::invitations::{self, INVITATION_PAGE};
use super::sign_in::{Asked, Context};
use crate::areas::compte::queries::directory::{self, InvitationRow};
use crate::db::DbConn;
use crate::db::schema::invitation;
use crate::error::AppError;
use crate::journal::Author;
use crate::{outbox, throttle};

/// How long the mailed link is good, in hours.
pub const REGISTRATION_HOURS: i64 = 24;

/// Counts the attempt and mails the link, or the news that the address has an account.
pub fn register(conn: &mut DbConn, context: &Context, name: &str, email: &str) -> Result<Asked, AppError> {
    let now = context.now;
    let quotas = [
        context.count(conn, throttle::ARRIVAL_ACCOUNT, context.per_account, email)?,
        context.count(conn, throttle::ARRIVAL_ADDRESS, context.per_address, &context.address)?,
    ];
    if quotas.iter().any(|quota| quota.left.is_none()) {
        return Ok(Asked { quotas });
    }
    // What nobody confirmed in time is kept no longer.
    diesel::delete(invitation::table.filter(invitation::auteur_genre.eq("public").and(invitation::expire_le.le(now))))
        .execute(conn)?;
    let known = is_known(conn, email)?;
    // For a known address too: the secret of this one is told to nobody.
    let row = InvitationRow {
        id: context.clock.id(),
        email: email.to_owned(),
        nom: name.to_owned(),
        role: Role::Demandeur.as_str().to_owned(),
        enveloppe_id: None,
        structure_id: None,
        organisme_id: None,
        auteur_genre: "public".to_owned(),
        auteur_id: String::new(),
        cree_le: now,
        expire_le: now + chrono::Duration::hours(REGISTRATION_HOURS),
        acceptee_le: None,
        retiree_le: None,
    };
    let secret = invitations::store(conn, &context.clock, now, &row)?;
    let mail = if known {
        json!({ "modele": "inscription_connue", "a": email })
    } else {
        let path = format!("{INVITATION_PAGE}#{secret}");
        json!({ "modele": "inscription", "a": email, "chemin": path, "heures": REGISTRATION_HOURS })
    };
    outbox::push(conn, &context.clock, now, outbox::MAIL, &mail)?;
    let author = Author::public(context.request.clone());
    let values = json!({ "connue": known, "adresse": context.address });
    invitations::record(conn, &context.clock, (&author, now), "inscription.demandee", &row.id, &values)?;
    Ok(Asked { quotas })
}

/// Whether the address has an account; one that was begun and given nothing yet is none.
fn is_known(conn: &mut DbConn, email: &str) -> Result<bool, AppError> {
    let account = directory::of_email(conn, email)?;
    // Asked for an unknown address too, so that both cost the same.
    let (id, state) = account.map(|found| (found.id, found.etat)).unwrap_or_default();
    let with_roles = invitations::has_roles(conn, &id)?;
    Ok(!id.is_empty() && (with_roles || state != EtatCompte::AConfirmer.as_str()))
}
