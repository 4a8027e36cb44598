//! The milestones of a demande and the days on which they are reached, so that the delays between them are known to the day.

use crate::demande::choix::{DecisionEligibilite, DecisionFinancement, Formation, OuiNon, choix};
use crate::demande::{Colonne, Ligne};
use crate::values::DateIso;
use serde::{Deserialize, Serialize};

choix! {
    /// A milestone of the path.
    Jalon {
        /// The financing is granted or refused.
        Financement = "financement",
        /// The eligibility is decided.
        Eligibilite = "eligibilite",
        /// The session has its date.
        Session = "session",
        /// The attendance is known.
        Presence = "presence",
        /// The account is opened.
        Habilitation = "habilitation",
    }
}

choix! {
    /// From one milestone to another.
    Passage {
        /// From the request to the decision on the financing.
        RecueFinancement = "recue_financement",
        /// From the financing to the eligibility (Aidants Connect).
        FinancementEligibilite = "financement_eligibilite",
        /// From the last decision that the path needs to the session.
        DecisionSession = "decision_session",
        /// From the session to its attendance being known.
        SessionPresence = "session_presence",
        /// From the attendance to the account (Aidants Connect).
        PresenceHabilitation = "presence_habilitation",
        /// The whole path: from the request to the end of it.
        Parcours = "parcours",
    }
}

choix! {
    /// The decision that refuses a demande.
    DecisionRefus {
        /// That of the récipiendaire.
        Financement = "financement",
        /// That of the Aidants Connect team.
        Eligibilite = "eligibilite",
    }
}

impl Passage {
    /// The milestone at which it ends; none when it depends on the training.
    pub const fn arrivee(self) -> Option<Jalon> {
        match self {
            Self::RecueFinancement => Some(Jalon::Financement),
            Self::FinancementEligibilite => Some(Jalon::Eligibilite),
            Self::DecisionSession => Some(Jalon::Session),
            Self::SessionPresence => Some(Jalon::Presence),
            Self::PresenceHabilitation => Some(Jalon::Habilitation),
            Self::Parcours => None,
        }
    }
}

impl Jalon {
    /// Whether a row has reached it.
    pub fn atteint(self, ligne: &Ligne) -> bool {
        match self {
            Self::Financement => {
                let decision = DecisionFinancement::parse(ligne.get(Colonne::DecisionFinancement));
                matches!(decision, Some(DecisionFinancement::Accorde | DecisionFinancement::Refuse))
            }
            Self::Eligibilite => !ligne.get(Colonne::DecisionEligibilite).is_empty(),
            Self::Session => !ligne.get(Colonne::DateSession).is_empty(),
            Self::Presence => !ligne.get(Colonne::Presence).is_empty(),
            Self::Habilitation => ligne.get(Colonne::Habilite) == OuiNon::Oui.as_str(),
        }
    }

    const fn colonne(self) -> Colonne {
        match self {
            Self::Financement => Colonne::DecisionFinancement,
            Self::Eligibilite => Colonne::DecisionEligibilite,
            Self::Session => Colonne::DateSession,
            Self::Presence => Colonne::Presence,
            Self::Habilitation => Colonne::Habilite,
        }
    }
}

/// Most characters of a reason that is kept for the dashboards.
const MOTIF_MAX: usize = 200;

/// When the milestones that no column dates were reached (ISO days), and why the demande was refused. Each is empty when not
/// reached, or when the platform did not see it happen: what an import brings as decided already has no day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jalons {
    /// Decision on the financing.
    pub financement: String,
    /// Decision on the eligibility.
    pub eligibilite: String,
    /// Attendance known.
    pub presence: String,
    /// Account opened.
    pub habilitation: String,
    /// Reason of the refusal, on one line.
    pub motif: String,
}

/// On one line, cut where it is too long.
fn resumer(motif: &str) -> String {
    let ligne = motif.split(|signe: char| signe.is_whitespace() || signe.is_control()).filter(|mot| !mot.is_empty());
    let ligne = ligne.collect::<Vec<_>>().join(" ");
    match ligne.char_indices().nth(MOTIF_MAX) {
        Some((fin, _)) => format!("{}…", ligne.get(..fin).unwrap_or_default().trim_end()),
        None => ligne,
    }
}

/// Which decisions refuse a row.
fn refus(ligne: &Ligne) -> (bool, bool) {
    let financement = ligne.get(Colonne::DecisionFinancement) == DecisionFinancement::Refuse.as_str();
    (financement, ligne.get(Colonne::DecisionEligibilite) == DecisionEligibilite::Refusee.as_str())
}

impl Jalons {
    /// What they become when a row changes on this day, for this reason: what is reached or decided anew takes the day,
    /// what is no longer loses it, the rest keeps it.
    #[must_use]
    pub fn suivre(&self, avant: &Ligne, apres: &Ligne, jour: &str, motif: Option<&str>) -> Self {
        let dater = |jalon: Jalon, connu: &str| {
            let inchange = avant.get(jalon.colonne()) == apres.get(jalon.colonne());
            match jalon.atteint(apres) {
                false => String::new(),
                true if inchange => connu.to_owned(),
                true => jour.to_owned(),
            }
        };
        let motif = match refus(apres) {
            (false, false) => String::new(),
            inchange if inchange == refus(avant) => self.motif.clone(),
            _ => resumer(motif.unwrap_or_default()),
        };
        Self {
            financement: dater(Jalon::Financement, &self.financement),
            eligibilite: dater(Jalon::Eligibilite, &self.eligibilite),
            presence: dater(Jalon::Presence, &self.presence),
            habilitation: dater(Jalon::Habilitation, &self.habilitation),
            motif,
        }
    }

    /// The day of a milestone; empty when it is not known.
    fn jour<'a>(&'a self, jalon: Jalon, ligne: &'a Ligne) -> &'a str {
        if !jalon.atteint(ligne) {
            return "";
        }
        match jalon {
            Jalon::Financement => &self.financement,
            Jalon::Eligibilite => &self.eligibilite,
            Jalon::Session => ligne.get(Colonne::DateSession),
            Jalon::Presence => &self.presence,
            Jalon::Habilitation => &self.habilitation,
        }
    }

    /// The whole days of a passage; none when an end of it is not known, when the path of the training does not have it, or when
    /// its ends come in the other order (a session that was held before the decision is no delay).
    pub fn duree(&self, passage: Passage, ligne: &Ligne) -> Option<i64> {
        let connect = ligne.get(Colonne::Formation) == Formation::AidantsConnect.as_str();
        let recue = ligne.get(Colonne::DateDemande);
        let jour = |jalon| self.jour(jalon, ligne);
        let (debut, fin) = match passage {
            Passage::RecueFinancement => (recue, jour(Jalon::Financement)),
            Passage::FinancementEligibilite if connect => (jour(Jalon::Financement), jour(Jalon::Eligibilite)),
            Passage::DecisionSession if connect => (jour(Jalon::Eligibilite), jour(Jalon::Session)),
            Passage::DecisionSession => (jour(Jalon::Financement), jour(Jalon::Session)),
            Passage::SessionPresence => (jour(Jalon::Session), jour(Jalon::Presence)),
            Passage::PresenceHabilitation if connect => (jour(Jalon::Presence), jour(Jalon::Habilitation)),
            Passage::Parcours if connect => (recue, jour(Jalon::Habilitation)),
            Passage::Parcours => (recue, jour(Jalon::Presence)),
            Passage::FinancementEligibilite | Passage::PresenceHabilitation => return None,
        };
        let (debut, fin) = (DateIso::parse_iso(debut).ok()?, DateIso::parse_iso(fin).ok()?);
        let jours = (fin.secondes() - debut.secondes()) / 86_400;
        (jours >= 0).then_some(jours)
    }
}
