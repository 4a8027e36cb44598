//! Reading the proofs of a structure, and putting its checks first.

use chrono::Duration;
use diesel::prelude::*;
use domain::error::ErrorCode;
use domain::preuve::{EchecPreuve, EtatPreuve, PreuvesStructure, Service, StructureAnnuaire, SuiviPreuve};
use domain::text::fr::regles as phrases;

use crate::access::Perimeter;
use crate::clock::{Moment, rfc3339};
use crate::db::DbConn;
use crate::db::schema::demande;
use crate::error::AppError;
use crate::preuves::facts::Proofs;
use crate::preuves::queue::{self, Proof, UNKNOWN};

/// Seconds within which a structure is not asked about again, whoever wants it.
const INTERVAL: i64 = 60;

/// The proofs of a structure that a demande within reach names.
///
/// # Errors
/// 404 when none does.
pub fn read(conn: &mut DbConn, perimeter: &Perimeter, siret: &str) -> Result<PreuvesStructure, AppError> {
    let named = demande::table.filter(demande::siret.eq(siret).and(demande::supprimee.eq(false)));
    let found: Option<i64> = match perimeter {
        Perimeter::All => named.select(demande::rang).first(conn).optional()?,
        Perimeter::Envelopes(own) => {
            named.filter(demande::enveloppe_id.eq_any(own)).select(demande::rang).first(conn).optional()?
        }
    };
    if found.is_none() {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    let proofs = Proofs::of_sirets(conn, &[siret])?;
    let mut suivis: Vec<SuiviPreuve> = proofs.checks(siret).iter().filter_map(followed).collect();
    suivis.sort_by_key(|suivi| suivi.service);
    Ok(PreuvesStructure {
        siret: siret.to_owned(),
        suivis,
        entreprise: proofs.value(siret, Service::Entreprises),
        opco: proofs.opco(siret),
        adresse: proofs.value(siret, Service::Adresses),
    })
}

/// Puts the checks of a structure first, unless they have just been made; answers its proofs.
///
/// # Errors
/// 404 when no demande within reach names it.
pub fn check_again(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    siret: &str,
    now: Moment,
) -> Result<PreuvesStructure, AppError> {
    read(conn, perimeter, siret)?;
    queue::hasten(conn, siret, now - Duration::seconds(INTERVAL), now)?;
    read(conn, perimeter, siret)
}

/// Has the company register asked about a SIRET that somebody types, before the others since she waits.
pub fn ask(conn: &mut DbConn, siret: &str) -> Result<(), AppError> {
    Ok(queue::put_first(conn, Service::Entreprises, siret)?)
}

/// What the company register has said of a SIRET: waiting, where it was not asked.
pub fn known(conn: &mut DbConn, siret: &str) -> Result<StructureAnnuaire, AppError> {
    let proofs = Proofs::of_sirets(conn, &[siret])?;
    let checks = proofs.checks(siret).iter().filter_map(followed);
    let check = checks.into_iter().find(|check| check.service == Service::Entreprises);
    let (etat, obtenue_le) = check.map_or((EtatPreuve::EnAttente, None), |check| (check.etat, check.obtenue_le));
    let source = phrases::SOURCE_REGISTRE.to_owned();
    let entreprise = proofs.value(siret, Service::Entreprises);
    Ok(StructureAnnuaire { siret: siret.to_owned(), etat, source, obtenue_le, entreprise })
}

fn followed(proof: &Proof) -> Option<SuiviPreuve> {
    let service = Service::parse(&proof.service)?;
    let echec = EchecPreuve::parse(&proof.echec);
    let etat = match (proof.valeur.as_str(), echec) {
        ("", None) => EtatPreuve::EnAttente,
        ("", Some(_)) => EtatPreuve::NonVerifiee,
        (UNKNOWN, _) => EtatPreuve::Inconnue,
        _ => EtatPreuve::Verifiee,
    };
    let source = match service {
        Service::Entreprises => phrases::SOURCE_REGISTRE,
        Service::Siro => phrases::SOURCE_SIRO,
        Service::Adresses => phrases::SOURCE_ADRESSES,
    };
    Some(SuiviPreuve {
        service,
        source: source.to_owned(),
        etat,
        obtenue_le: proof.obtenue_le.map(rfc3339),
        tentee_le: proof.tentee_le.map(rfc3339),
        echec,
        prochaine_le: rfc3339(proof.prochaine_le),
    })
}
