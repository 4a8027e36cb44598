//! Calendar days, without a clock: ISO form `AAAA-MM-JJ`, the French forms, and the seconds of Grist.

use std::fmt;

use crate::text::fr::refus;
use crate::values::Refus;

/// Seconds of a day.
const JOUR: i64 = 86_400;
/// First and last years accepted: beyond, a slip of the keyboard.
const ANNEES: std::ops::RangeInclusive<u16> = 1900..=2100;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateIso {
    annee: u16,
    mois: u8,
    jour: u8,
}

impl DateIso {
    /// A day, when it exists.
    pub fn new(annee: u16, mois: u8, jour: u8) -> Option<Self> {
        let existe = ANNEES.contains(&annee) && (1..=jours_du_mois(annee, mois)).contains(&jour);
        existe.then_some(Self { annee, mois, jour })
    }

    /// Reads exactly `AAAA-MM-JJ`.
    ///
    /// # Errors
    /// A [`Refus`] when the form is another one, or the day does not exist.
    pub fn parse_iso(texte: &str) -> Result<Self, Refus> {
        let [a, m, j] = trois(texte, '-').ok_or(refus::DATE_FORME)?;
        if (a.len(), m.len(), j.len()) != (4, 2, 2) {
            return Err(refus::DATE_FORME);
        }
        Self::assembler(a, m, j)
    }

    /// Reads an ISO day (a time behind it is dropped), `jj/mm/aaaa`, `jj-mm-aaaa` or `jj.mm.aaaa`.
    ///
    /// # Errors
    /// A [`Refus`] that tells apart: empty, unknown form, two-digit year, day that does not exist.
    pub fn parse(texte: &str) -> Result<Self, Refus> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(refus::DATE_VIDE);
        }
        let jour = texte.split(['T', ' ']).next().unwrap_or_default();
        let parties = ['/', '-', '.'].into_iter().find_map(|signe| trois(jour, signe));
        match parties.ok_or(refus::DATE_FORME)? {
            [a, m, j] if a.len() == 4 => Self::assembler(a, m, j),
            [j, m, a] if a.len() == 4 => Self::assembler(a, m, j),
            [_, _, a] if a.len() == 2 => Err(refus::DATE_ANNEE_COURTE),
            _ => Err(refus::DATE_FORME),
        }
    }

    /// The day, from its three numbers in digits.
    fn assembler(annee: &str, mois: &str, jour: &str) -> Result<Self, Refus> {
        if mois.len() > 2 || jour.len() > 2 {
            return Err(refus::DATE_FORME);
        }
        let (Ok(annee), Ok(mois), Ok(jour)) = (annee.parse(), mois.parse(), jour.parse()) else {
            return Err(refus::DATE_FORME);
        };
        Self::new(annee, mois, jour).ok_or(refus::DATE_INEXISTANTE)
    }

    /// The day (UTC) of a number of seconds since 1 January 1970, as Grist keeps dates.
    pub fn depuis_epoch(secondes: i64) -> Option<Self> {
        // Days since 1 March 0000, in eras of 400 years: no table, no loop.
        let jours = secondes.div_euclid(JOUR).checked_add(719_468)?;
        let (ere, dans_ere) = (jours.div_euclid(146_097), jours.rem_euclid(146_097));
        let an = (dans_ere - dans_ere / 1_460 + dans_ere / 36_524 - dans_ere / 146_096) / 365;
        let dans_an = dans_ere - (365 * an + an / 4 - an / 100);
        let mars = (5 * dans_an + 2) / 153;
        let jour = dans_an - (153 * mars + 2) / 5 + 1;
        let mois = if mars < 10 { mars + 3 } else { mars - 9 };
        let annee = ere.checked_mul(400)?.checked_add(an)? + i64::from(mois <= 2);
        Self::new(u16::try_from(annee).ok()?, u8::try_from(mois).ok()?, u8::try_from(jour).ok()?)
    }

    /// Seconds from 1 January 1970 to the beginning of the day (UTC), as Grist keeps dates.
    pub fn secondes(&self) -> i64 {
        // The inverse of `depuis_epoch`: years that begin in March.
        let an = i64::from(self.annee) - i64::from(self.mois <= 2);
        let mars = (i64::from(self.mois) + 9) % 12;
        let dans_an = (153 * mars + 2) / 5 + i64::from(self.jour) - 1;
        (365 * an + an.div_euclid(4) - an.div_euclid(100) + an.div_euclid(400) + dans_an - 719_468) * JOUR
    }

    /// The year.
    pub const fn annee(&self) -> u16 {
        self.annee
    }

    /// As people write it: `31/12/2026`.
    pub fn afficher(&self) -> String {
        format!("{:02}/{:02}/{:04}", self.jour, self.mois, self.annee)
    }
}

/// Exactly three runs of digits.
fn trois(texte: &str, signe: char) -> Option<[&str; 3]> {
    let mut parties = texte.split(signe);
    let trois = [parties.next()?, parties.next()?, parties.next()?];
    let chiffres = |p: &&str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    (parties.next().is_none() && trois.iter().all(chiffres)).then_some(trois)
}

/// Days of a month; 0 when there is no such month.
const fn jours_du_mois(annee: u16, mois: u8) -> u8 {
    match mois {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if annee.is_multiple_of(4) && (!annee.is_multiple_of(100) || annee.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for DateIso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.annee, self.mois, self.jour)
    }
}
