//! Making envelopes and setting them. The amount moves apart (`mouvement`): setting never touches it.

use diesel::prelude::*;
use domain::enveloppe::{EnveloppeDetail, EnveloppeNouvelle, EnveloppeReglages, EnveloppeResume};
use domain::error::{ErrorCode, FieldError};
use domain::session::EnveloppeVue;
use domain::text::fr_enveloppe as text;
use domain::values::texte::plier;
use serde_json::{Value, json};

use super::queries;
use super::rows::Envelope;
use super::service;
use crate::access::Perimeter;
use crate::areas::demande::waiting;
use crate::clock::{Clock, Moment};
use crate::db::schema::{enveloppe, tarif_enveloppe};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

/// Who sets envelopes, and when.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// Who acts.
    pub author: Author,
    /// When.
    pub now: Moment,
    /// What is within reach.
    pub perimeter: Perimeter,
}

/// An envelope in a list.
pub fn summary(row: Envelope) -> EnveloppeResume {
    let (solde, etat) = (row.account().solde, row.state());
    EnveloppeResume {
        version: row.version,
        etat,
        montant: solde.montant,
        engage: solde.pris.engage,
        consomme: solde.pris.consomme,
        reste: solde.reste(),
        departs: solde.pris.departs,
        cible: row.cible,
        enveloppe: EnveloppeVue::from(row),
    }
}

/// What is set of an envelope.
pub fn settings(conn: &mut DbConn, row: &Envelope) -> Result<EnveloppeReglages, DbError> {
    Ok(EnveloppeReglages {
        libelle: row.libelle.clone(),
        recipiendaire: row.recipiendaire.clone(),
        siret: row.siret.clone(),
        etat: row.state(),
        convention: row.convention.clone(),
        debut: row.debut.clone(),
        fin: row.fin.clone(),
        cible: row.cible,
        acces: row.acces,
        prix_aidants_numeriques: row.prix_aidants_numeriques,
        prix_aidants_connect: row.prix_aidants_connect,
        tarifs: queries::tariffs(conn, &row.id)?,
    })
}

/// One envelope within reach.
pub fn within_reach(conn: &mut DbConn, perimeter: &Perimeter, id: &str) -> Result<Envelope, AppError> {
    let found = service::find(conn, id)?.filter(|row| perimeter.holds(Some(&row.id)));
    found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// One envelope within reach, whole.
pub fn show(conn: &mut DbConn, perimeter: &Perimeter, id: &str, now: Moment) -> Result<EnveloppeDetail, AppError> {
    let row = within_reach(conn, perimeter, id)?;
    let reglages = settings(conn, &row)?;
    let acces = queries::accesses(conn, id, now)?;
    let en_attente = waiting::count(conn, id)?;
    Ok(EnveloppeDetail { resume: summary(row), reglages, acces, en_attente })
}

/// Puts settings in a row.
fn put(row: Envelope, settings: &EnveloppeReglages) -> Envelope {
    let of = settings.clone();
    Envelope {
        libelle: of.libelle,
        recipiendaire: of.recipiendaire,
        siret: of.siret,
        etat: of.etat.as_str().to_owned(),
        convention: of.convention,
        debut: of.debut,
        fin: of.fin,
        cible: of.cible,
        acces: of.acces,
        prix_aidants_numeriques: of.prix_aidants_numeriques,
        prix_aidants_connect: of.prix_aidants_connect,
        ..row
    }
}

/// Replaces the prices of the organismes.
fn put_tariffs(conn: &mut DbConn, id: &str, settings: &EnveloppeReglages) -> Result<(), DbError> {
    diesel::delete(tarif_enveloppe::table.filter(tarif_enveloppe::enveloppe_id.eq(id))).execute(conn)?;
    for tariff in &settings.tarifs {
        let row = (
            tarif_enveloppe::enveloppe_id.eq(id),
            tarif_enveloppe::formation.eq(tariff.formation.as_str()),
            tarif_enveloppe::organisme.eq(plier(&tariff.organisme)),
            tarif_enveloppe::nom.eq(&tariff.organisme),
            tarif_enveloppe::prix.eq(tariff.prix),
        );
        diesel::insert_into(tarif_enveloppe::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Refuses a label that another envelope of this département and year has.
fn check_label(conn: &mut DbConn, row: &Envelope, field: &str) -> Result<(), AppError> {
    let same = enveloppe::departement.eq(&row.departement).and(enveloppe::annee.eq(row.annee));
    let same = enveloppe::table.filter(same).filter(enveloppe::libelle.eq(&row.libelle).and(enveloppe::id.ne(&row.id)));
    let found: i64 = same.count().get_result(conn)?;
    if found == 0 {
        Ok(())
    } else {
        Err(AppError::refused_fields(
            ErrorCode::DejaExistant,
            vec![FieldError::new(field, "libelle_pris", text::LIBELLE_PRIS)],
        ))
    }
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    id: &str,
    values: &Value,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "enveloppe", object_id: id.to_owned(), values: values.to_string() };
    Ok(journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?)
}

/// Makes an envelope, whose fields are in order.
pub fn insert(conn: &mut DbConn, context: &Context, new: &EnveloppeNouvelle) -> Result<String, AppError> {
    let place = (new.departement.clone(), new.annee);
    let row = Envelope::new(context.clock.id(), place, String::new(), String::new());
    let row = put(Envelope { montant: new.montant, ..row }, &new.reglages);
    check_label(conn, &row, "/reglages/libelle")?;
    diesel::insert_into(enveloppe::table).values(&row).execute(conn)?;
    put_tariffs(conn, &row.id, &new.reglages)?;
    record(conn, context, "enveloppe.creee", &row.id, &json!({ "apres": new }))?;
    Ok(row.id)
}

/// Makes an envelope.
///
/// # Errors
/// 422 when fields are refused; 409 when its label is taken.
pub fn create(conn: &mut DbConn, context: &Context, typed: EnveloppeNouvelle) -> Result<EnveloppeDetail, AppError> {
    let new = typed.valider().map_err(AppError::fields)?;
    let id = insert(conn, context, &new)?;
    show(conn, &context.perimeter, &id, context.now)
}

/// Sets an envelope, whose settings are in order; whether that changes anything.
pub fn set(
    conn: &mut DbConn,
    context: &Context,
    row: Envelope,
    settings: &EnveloppeReglages,
) -> Result<bool, AppError> {
    let before = self::settings(conn, &row)?;
    if before == *settings {
        return Ok(false);
    }
    let (id, version) = (row.id.clone(), row.version);
    let row = put(row, settings);
    check_label(conn, &row, "/libelle")?;
    let at_version = enveloppe::table.find(&id).filter(enveloppe::version.eq(version));
    let changed = diesel::update(at_version)
        .set((
            enveloppe::libelle.eq(&row.libelle),
            enveloppe::recipiendaire.eq(&row.recipiendaire),
            enveloppe::siret.eq(&row.siret),
            enveloppe::etat.eq(&row.etat),
            enveloppe::convention.eq(&row.convention),
            enveloppe::debut.eq(&row.debut),
            enveloppe::fin.eq(&row.fin),
            enveloppe::cible.eq(row.cible),
            enveloppe::acces.eq(row.acces),
            enveloppe::prix_aidants_numeriques.eq(row.prix_aidants_numeriques),
            enveloppe::prix_aidants_connect.eq(row.prix_aidants_connect),
            enveloppe::version.eq(version + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    put_tariffs(conn, &id, settings)?;
    record(conn, context, "enveloppe.modifiee", &id, &json!({ "avant": before, "apres": settings }))?;
    Ok(true)
}

/// Sets an envelope read at `expected`.
///
/// # Errors
/// 404 out of reach, 412 when it has changed since, 422 when fields are refused, 409 when its label is taken.
pub fn change(
    conn: &mut DbConn,
    context: &Context,
    (id, expected): (&str, i64),
    typed: EnveloppeReglages,
) -> Result<EnveloppeDetail, AppError> {
    let row = within_reach(conn, &context.perimeter, id)?;
    if row.version != expected {
        return Err(AppError::new(ErrorCode::VersionPerimee));
    }
    let settings = typed.valider().map_err(AppError::fields)?;
    set(conn, context, row, &settings)?;
    show(conn, &context.perimeter, id, context.now)
}

/// Refuses one more named access when an envelope has all that it may, invitations included; whoever holds it keeps it.
pub fn check_access(conn: &mut DbConn, id: &str, email: &str, now: Moment, field: &str) -> Result<(), AppError> {
    let Some(row) = service::find(conn, id)? else { return Ok(()) };
    let accesses = queries::accesses(conn, id, now)?;
    let held = accesses.iter().any(|access| access.email == email && !access.invitation);
    let others = accesses.iter().filter(|access| access.email != email).count();
    if held || i64::try_from(others).is_ok_and(|others| others < row.acces) {
        return Ok(());
    }
    Err(AppError::fields(vec![FieldError::new(field, "trop_d_acces", text::acces(row.acces))]))
}
