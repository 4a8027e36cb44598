//! Dashboards built from the counters, each from one state of the database.

use std::collections::HashMap;

use domain::demande::Etape;
use domain::enveloppe::EnveloppeReglages;
use domain::error::ErrorCode;
use domain::pilotage::{DepartementChiffre, Etendue, Montants, Place, TableauDeBord};
use domain::text::fr_pilotage as text;

use super::compteurs::{self, Counter};
use super::queries::{self, Money};
use crate::access::Perimeter;
use crate::areas::enveloppe::gestion;
use crate::areas::enveloppe::rows::Envelope;
use crate::areas::enveloppe::service as envelopes;
use crate::areas::referentiel::Territories;
use crate::db::DbConn;
use crate::error::AppError;

/// The dashboard of a place from its counters; the money and what it is made of are still to be filled in.
fn dashboard(place: Place<'_>, titre: String, money: &Money, counters: &[Counter]) -> TableauDeBord {
    TableauDeBord {
        etendue: place.etendue,
        lieu: place.lieu.to_owned(),
        titre,
        demandes: place.demandes(counters),
        montants: Montants {
            montant: money.montant,
            engage: money.engage,
            consomme: money.consomme,
            reste: money.montant - money.engage,
            cible: money.cible,
            departs: place.departs(counters),
            suivis: place.suivis(counters),
        },
        etapes: place.etapes(counters),
        delais: place.delais(counters),
        jalons: place.jalons(counters),
        structures: place.structures(counters),
        refus: place.refus(counters),
        enveloppes: Vec::new(),
        departements: Vec::new(),
    }
}

fn found(conn: &mut DbConn, perimeter: &Perimeter, id: &str) -> Result<Envelope, AppError> {
    let found = envelopes::find(conn, id)?.filter(|envelope| perimeter.holds(Some(&envelope.id)));
    found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

fn of_envelope(conn: &mut DbConn, envelope: Envelope) -> Result<TableauDeBord, AppError> {
    let place = Place { etendue: Etendue::Enveloppe, lieu: &envelope.id };
    let counters = compteurs::read(conn, place)?;
    let money = Money {
        departement: envelope.departement.clone(),
        montant: envelope.montant,
        engage: envelope.engage,
        consomme: envelope.consomme,
        cible: envelope.cible,
    };
    let mut built = dashboard(place, envelope.libelle.clone(), &money, &counters);
    built.enveloppes = vec![gestion::summary(envelope)];
    Ok(built)
}

/// The dashboard of an envelope.
///
/// # Errors
/// 404 when it is not within reach.
pub fn envelope(conn: &mut DbConn, perimeter: &Perimeter, id: &str) -> Result<TableauDeBord, AppError> {
    conn.snapshot(|conn| {
        let envelope = found(conn, perimeter, id)?;
        of_envelope(conn, envelope)
    })
}

/// What the report of a convention says: its dashboard and its settings.
///
/// # Errors
/// 404 when the envelope is not within reach.
pub fn convention(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    id: &str,
) -> Result<(TableauDeBord, EnveloppeReglages), AppError> {
    conn.snapshot(|conn| {
        let envelope = found(conn, perimeter, id)?;
        let settings = gestion::settings(conn, &envelope)?;
        Ok((of_envelope(conn, envelope)?, settings))
    })
}

/// The dashboard of a département.
///
/// # Errors
/// 404 when there is no such département.
pub fn department(conn: &mut DbConn, territories: &Territories, code: &str) -> Result<TableauDeBord, AppError> {
    let known = territories.departements().iter().find(|one| one.code == code);
    let known = known.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    let place = Place { etendue: Etendue::Departement, lieu: code };
    conn.snapshot(|conn| {
        let counters = compteurs::read(conn, place)?;
        let money = queries::money(conn, code)?.pop().unwrap_or_default();
        let mut built = dashboard(place, format!("{code} - {}", known.nom), &money, &counters);
        built.enveloppes = queries::envelopes(conn, code)?.into_iter().map(gestion::summary).collect();
        Ok(built)
    })
}

/// The dashboard of the whole country, with the figures of every département.
pub fn national(conn: &mut DbConn, territories: &Territories) -> Result<TableauDeBord, AppError> {
    let place = Place { etendue: Etendue::National, lieu: "" };
    let (counters, money, stages) = conn.snapshot(|conn| {
        Ok::<_, AppError>((compteurs::read(conn, place)?, queries::money(conn, "")?, compteurs::by_department(conn)?))
    })?;
    let total = money.iter().fold(Money::default(), |sum, one| Money {
        montant: sum.montant + one.montant,
        engage: sum.engage + one.engage,
        consomme: sum.consomme + one.consomme,
        cible: sum.cible + one.cible,
        ..sum
    });
    let mut built = dashboard(place, text::NATIONAL.to_owned(), &total, &counters);
    built.departements = departments(territories, money, stages);
    Ok(built)
}

fn departments(
    territories: &Territories,
    money: Vec<Money>,
    stages: Vec<(String, Counter)>,
) -> Vec<DepartementChiffre> {
    let mut money: HashMap<String, Money> = money.into_iter().map(|money| (money.departement.clone(), money)).collect();
    let mut counted: HashMap<String, Vec<Counter>> = HashMap::new();
    for (code, counter) in stages {
        counted.entry(code).or_default().push(counter);
    }
    let figures = territories.departements().iter().map(|known| {
        let place = Place { etendue: Etendue::Departement, lieu: &known.code };
        let counters = counted.remove(&known.code).unwrap_or_default();
        let own = money.remove(&known.code).unwrap_or_default();
        DepartementChiffre {
            code: known.code.clone(),
            nom: known.nom.clone(),
            demandes: place.demandes(&counters),
            departs: place.departs(&counters),
            habilitees: place.etape(&counters, Etape::Habilitee),
            montant: own.montant,
            engage: own.engage,
            consomme: own.consomme,
            reste: own.montant - own.engage,
            cible: own.cible,
        }
    });
    figures.collect()
}
