//! The stage of a demande, computed from facts and never typed (product §3), and its twin in the existing service.

use crate::demande::choix::{
    AuteurAnnulation, DecisionEligibilite, DecisionFinancement, Financement, Formation, OuiNon, Presence, choix,
};
use crate::demande::{Colonne, Ligne};
use serde::{Deserialize, Serialize};

choix! {
    /// Where a demande stands on its path.
    Etape {
        /// Received, nobody has decided yet.
        Recue = "recue",
        /// On the waiting list.
        ListeAttente = "liste_attente",
        /// Financing granted.
        FinancementAccorde = "financement_accorde",
        /// Financing refused.
        FinancementRefuse = "financement_refuse",
        /// Aidants Connect: waits for the team's batch.
        EligibiliteEnAttente = "eligibilite_en_attente",
        /// Aidants Connect: eligibility validated.
        EligibiliteValidee = "eligibilite_validee",
        /// Aidants Connect: eligibility refused.
        EligibiliteRefusee = "eligibilite_refusee",
        /// A session is set.
        Planifiee = "planifiee",
        /// Attended; an Aidants Numériques demande ends here.
        Presente = "presente",
        /// Attended in part.
        PresencePartielle = "presence_partielle",
        /// Did not attend.
        Absente = "absente",
        /// Aidants Connect: Pix test taken, attendance not known yet.
        PixPasse = "pix_passe",
        /// Aidants Connect: account opened.
        Habilitee = "habilitee",
        /// Cancelled.
        Annulee = "annulee",
        /// Withdrawn.
        Retiree = "retiree",
    }
}

choix! {
    /// Status of a person to train in the existing service (domain facts §0.2), which knows Aidants Connect only.
    StatutService {
        /// Waiting list; the service spells it so.
        ListeAttente = "waitling_list",
        /// New: nobody has decided on the eligibility.
        Nouvelle = "new",
        /// Eligibility validated.
        EligibiliteValidee = "processing",
        /// Eligibility validated, trained by peers.
        EligibiliteValideeEntrePairs = "processing_p2p",
        /// Account opened.
        Validee = "validated",
        /// Refused.
        Refusee = "refused",
        /// Cancelled, not by the référent.
        Annulee = "cancelled",
        /// Cancelled by the référent.
        AnnuleeParReferent = "status_cancelled_by_responsable",
    }
}

/// Everything the stage depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faits {
    /// Training asked for.
    pub formation: Formation,
    /// Who pays.
    pub financement: Financement,
    /// Decision on the financing; looked at for envelopes only.
    pub decision_financement: Option<DecisionFinancement>,
    /// Decision on the eligibility; looked at for Aidants Connect only.
    pub decision_eligibilite: Option<DecisionEligibilite>,
    /// A session or its date is set.
    pub planifiee: bool,
    /// Attendance, once known.
    pub presence: Option<Presence>,
    /// Pix test taken; looked at for Aidants Connect only.
    pub pix_passe: bool,
    /// Account opened; looked at for Aidants Connect only.
    pub habilite: bool,
    /// Who cancelled, when somebody did.
    pub annulee: Option<AuteurAnnulation>,
    /// Withdrawn.
    pub retiree: bool,
}

impl Faits {
    /// The facts of a demande nobody has touched yet.
    pub const fn nouveaux(formation: Formation, financement: Financement) -> Self {
        Self {
            formation,
            financement,
            decision_financement: None,
            decision_eligibilite: None,
            planifiee: false,
            presence: None,
            pix_passe: false,
            habilite: false,
            annulee: None,
            retiree: false,
        }
    }

    /// The facts a row holds. An unreadable training counts as Aidants Connect, whose path asks for the most; an
    /// unreadable financing counts as an envelope, which waits for a decision: a missing fact never opens a step.
    pub fn de_ligne(ligne: &Ligne) -> Self {
        let oui = |colonne| ligne.get(colonne) == OuiNon::Oui.as_str();
        let texte = |colonne| !ligne.get(colonne).is_empty();
        Self {
            formation: Formation::parse(ligne.get(Colonne::Formation)).unwrap_or(Formation::AidantsConnect),
            financement: Financement::parse(ligne.get(Colonne::Financement)).unwrap_or(Financement::Enveloppe),
            decision_financement: DecisionFinancement::parse(ligne.get(Colonne::DecisionFinancement)),
            decision_eligibilite: DecisionEligibilite::parse(ligne.get(Colonne::DecisionEligibilite)),
            planifiee: texte(Colonne::SessionFormation) || texte(Colonne::DateSession),
            presence: Presence::parse(ligne.get(Colonne::Presence)),
            pix_passe: oui(Colonne::PixPasse),
            habilite: oui(Colonne::Habilite),
            annulee: AuteurAnnulation::parse(ligne.get(Colonne::AnnuleePar)),
            retiree: oui(Colonne::Retiree),
        }
    }

    fn connect(&self) -> bool {
        self.formation == Formation::AidantsConnect
    }

    fn sur_enveloppe(&self) -> bool {
        self.financement == Financement::Enveloppe
    }
}

/// The stage these facts amount to (product §3).
///
/// What ends the path comes first (withdrawn, cancelled, account opened, refused); then the first decision that is still
/// missing holds the demande, whatever was noted after it; then what the session has shown. Rows not paid by an
/// envelope skip the financing step, Aidants Numériques skips the eligibility.
pub fn etape(faits: &Faits) -> Etape {
    if faits.retiree {
        return Etape::Retiree;
    }
    if faits.annulee.is_some() {
        return Etape::Annulee;
    }
    if faits.connect() && faits.habilite {
        return Etape::Habilitee;
    }
    if let Some(arret) = decisions(faits) {
        return arret;
    }
    match faits.presence {
        Some(Presence::Present) => Etape::Presente,
        Some(Presence::Partielle) => Etape::PresencePartielle,
        Some(Presence::Absent) => Etape::Absente,
        None if faits.connect() && faits.pix_passe => Etape::PixPasse,
        None if faits.planifiee => Etape::Planifiee,
        None if faits.connect() => Etape::EligibiliteValidee,
        None if faits.sur_enveloppe() => Etape::FinancementAccorde,
        None => Etape::Recue,
    }
}

/// The stage at which the decisions hold the demande; none when every one it needs is favourable.
fn decisions(faits: &Faits) -> Option<Etape> {
    let financement =
        if faits.sur_enveloppe() { faits.decision_financement } else { Some(DecisionFinancement::Accorde) };
    if financement == Some(DecisionFinancement::Refuse) {
        return Some(Etape::FinancementRefuse);
    }
    if faits.connect() && faits.decision_eligibilite == Some(DecisionEligibilite::Refusee) {
        return Some(Etape::EligibiliteRefusee);
    }
    match financement {
        None => Some(Etape::Recue),
        Some(DecisionFinancement::ListeAttente) => Some(Etape::ListeAttente),
        Some(_) if faits.connect() && faits.decision_eligibilite.is_none() => Some(Etape::EligibiliteEnAttente),
        Some(_) => None,
    }
}

/// The status the existing service would show. None for Aidants Numériques, which it does not know.
pub fn statut_service_existant(etape: Etape, faits: &Faits) -> Option<StatutService> {
    if !faits.connect() {
        return None;
    }
    Some(match etape {
        Etape::ListeAttente => StatutService::ListeAttente,
        Etape::Recue | Etape::FinancementAccorde | Etape::EligibiliteEnAttente => StatutService::Nouvelle,
        Etape::FinancementRefuse | Etape::EligibiliteRefusee => StatutService::Refusee,
        Etape::Habilitee => StatutService::Validee,
        Etape::Annulee if faits.annulee == Some(AuteurAnnulation::Referent) => StatutService::AnnuleeParReferent,
        Etape::Annulee | Etape::Retiree => StatutService::Annulee,
        _ if faits.financement == Financement::EntrePairs => StatutService::EligibiliteValideeEntrePairs,
        _ => StatutService::EligibiliteValidee,
    })
}

impl StatutService {
    /// Turns facts of Aidants Connect into those this status tells of; facts it says nothing of stay.
    ///
    /// A cancellation whose author the service does not name is counted as the national team's: its own référents have a
    /// status of their own.
    pub fn appliquer(self, faits: &mut Faits) {
        match self {
            Self::ListeAttente => faits.decision_financement = Some(DecisionFinancement::ListeAttente),
            Self::Nouvelle => (faits.decision_financement, faits.decision_eligibilite) = (None, None),
            Self::EligibiliteValidee => faits.admettre(),
            Self::EligibiliteValideeEntrePairs => {
                faits.financement = Financement::EntrePairs;
                faits.admettre();
            }
            Self::Validee => {
                faits.admettre();
                faits.habilite = true;
            }
            Self::Refusee => faits.decision_eligibilite = Some(DecisionEligibilite::Refusee),
            Self::Annulee => faits.annulee = Some(AuteurAnnulation::Anct),
            Self::AnnuleeParReferent => faits.annulee = Some(AuteurAnnulation::Referent),
        }
    }
}

impl Faits {
    /// Every decision the path needs is favourable.
    fn admettre(&mut self) {
        if self.sur_enveloppe() {
            self.decision_financement = Some(DecisionFinancement::Accorde);
        }
        self.decision_eligibilite = Some(DecisionEligibilite::Validee);
    }
}
