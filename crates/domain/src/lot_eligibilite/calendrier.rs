//! When the batches open: a first day, then one every so many days (BAT-1). Days are those of UTC.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::fr_lot as texte;
use crate::values::DateIso;

/// Most days between two openings.
pub const PERIODE_MAX: i64 = 365;
/// Seconds of a day.
const JOUR: i64 = 86_400;

/// A version of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendrier {
    /// First opening.
    pub premier_jour: DateIso,
    /// Days between two openings, 1 at least.
    pub periode: i64,
    /// Day from which this version holds: an opening before it was never promised.
    pub depuis: DateIso,
}

impl Calendrier {
    /// The last opening on this day or before.
    fn derniere(&self, jour: DateIso) -> Option<DateIso> {
        let (premier, jour) = (self.premier_jour.secondes(), jour.secondes());
        let pas = self.periode.max(1) * JOUR;
        let ecoule = jour - premier;
        (ecoule >= 0).then(|| DateIso::depuis_epoch(premier + ecoule / pas * pas)).flatten()
    }

    /// The opening that is due on this day, knowing for which day the last batch was opened. However many were missed, only the
    /// last one is due: a batch takes all that waits.
    pub fn due(&self, dernier_lot: Option<DateIso>, jour: DateIso) -> Option<DateIso> {
        let due = self.derniere(jour)?;
        (due >= self.depuis && dernier_lot.is_none_or(|dernier| due > dernier)).then_some(due)
    }

    /// The next opening: the one that is due, else the first one after this day. Nothing beyond what a date can say.
    pub fn prochaine(&self, dernier_lot: Option<DateIso>, jour: DateIso) -> Option<DateIso> {
        if let Some(due) = self.due(dernier_lot, jour) {
            return Some(due);
        }
        match self.derniere(jour) {
            None => Some(self.premier_jour),
            Some(passee) => DateIso::depuis_epoch(passee.secondes() + self.periode.max(1) * JOUR),
        }
    }
}

/// A schedule to set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendrierSaisi {
    /// First opening (ISO).
    #[cfg_attr(feature = "openapi", schema(max_length = 10, pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub premier_jour: String,
    /// Days between two openings.
    #[serde(default = "quinze")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365))]
    pub periode: i64,
}

const fn quinze() -> i64 {
    15
}

impl CalendrierSaisi {
    /// Its first day.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn valider(&self) -> Result<DateIso, Vec<FieldError>> {
        let mut erreurs = Vec::new();
        if !(1..=PERIODE_MAX).contains(&self.periode) {
            erreurs.push(FieldError::new("/periode", "bornes", texte::periode(PERIODE_MAX)));
        }
        match DateIso::parse_iso(&self.premier_jour) {
            Ok(jour) if erreurs.is_empty() => return Ok(jour),
            Ok(_) => {}
            Err(refus) => erreurs.push(FieldError::new("/premier_jour", refus.code, refus.message)),
        }
        Err(erreurs)
    }
}

/// The schedule, and how it was set before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendrierVue {
    /// Version that holds.
    pub version: i64,
    /// First opening (ISO).
    pub premier_jour: String,
    /// Days between two openings.
    pub periode: i64,
    /// Day of the next opening (ISO).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prochaine: Option<String>,
    /// The versions, the last one first.
    pub versions: Vec<CalendrierVersion>,
}

/// A version of the schedule, as it was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendrierVersion {
    /// Its number.
    pub version: i64,
    /// First opening (ISO).
    pub premier_jour: String,
    /// Days between two openings.
    pub periode: i64,
    /// When it was set (RFC 3339).
    pub depuis: String,
    /// Who set it; the programme for the first one.
    pub auteur: String,
}
