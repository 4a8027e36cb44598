//! A decision on the eligibility of a demande: what it asks, why it may be refused, what it changes.

use crate::demande::choix::{AuteurAnnulation, DecisionEligibilite, Formation, choix};
use crate::demande::etape::{Etape, Faits, etape};
use crate::demande::{Colonne, Ligne};
use crate::enveloppe::est_formee;
use crate::rules::{Constat, Verdict};
use serde::{Deserialize, Serialize};

choix! {
    /// What is decided of the eligibility of a demande.
    ActionEligibilite {
        /// It is eligible.
        Valider = "valider",
        /// It is not; the reason is told.
        Refuser = "refuser",
        /// The structure is asked for information; nothing is decided yet.
        Complement = "complement",
        /// What was decided is studied again.
        Rouvrir = "rouvrir",
    }
}

/// The rules that speak of the financing by an envelope: that is the récipiendaire's to decide.
const FINANCEMENT_SEUL: [&str; 2] = ["ELI-2", "ELI-3"];

/// Why a decision is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusEligibilite {
    /// It is deleted.
    Supprimee,
    /// Only the training Aidants Connect asks for this decision.
    AutreFormation,
    /// It is withdrawn or cancelled.
    Terminee,
    /// The training was attended, or the account opened.
    Formee,
    /// Its financing is not granted.
    SansFinancement,
    /// It was decided otherwise: it is to be opened again first.
    DejaDecidee,
    /// Rules refuse; what they say.
    Bloquante(Vec<String>),
    /// Rules doubt and no reason is given; what they say.
    MotifRequis(Vec<String>),
}

impl RefusEligibilite {
    /// Stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Supprimee => "supprimee",
            Self::AutreFormation => "autre_formation",
            Self::Terminee => "terminee",
            Self::Formee => "formation_suivie",
            Self::SansFinancement => "sans_financement",
            Self::DejaDecidee => "deja_decidee",
            Self::Bloquante(_) => "bloquante",
            Self::MotifRequis(_) => "motif_requis",
        }
    }
}

/// Whether this constat keeps a demande from being validated. ELI-2 and ELI-3 block the financing by an envelope only: here
/// they ask for a reason.
pub fn est_retenu(constat: &Constat) -> bool {
    constat.verdict == Verdict::Bloquant && !FINANCEMENT_SEUL.contains(&constat.regle.as_str())
}

/// Whether this constat asks for a written reason.
pub fn est_douteux(constat: &Constat) -> bool {
    constat.verdict != Verdict::Ok && !est_retenu(constat)
}

/// Whether a decision may be taken of a row: `Ok(false)` when it is taken already.
///
/// # Errors
/// Why it may not.
pub fn peser_eligibilite(
    action: ActionEligibilite,
    ligne: &Ligne,
    supprimee: bool,
    constats: &[Constat],
    motif: bool,
) -> Result<bool, RefusEligibilite> {
    use ActionEligibilite as A;
    use DecisionEligibilite as D;
    if supprimee {
        return Err(RefusEligibilite::Supprimee);
    }
    if Formation::parse(ligne.get(Colonne::Formation)) == Some(Formation::AidantsNumeriques) {
        return Err(RefusEligibilite::AutreFormation);
    }
    let faits = Faits::de_ligne(ligne);
    let decision = faits.decision_eligibilite;
    if matches!(
        (action, decision),
        (A::Valider, Some(D::Validee)) | (A::Refuser, Some(D::Refusee)) | (A::Rouvrir, None)
    ) {
        return Ok(false);
    }
    if faits.retiree || AuteurAnnulation::parse(ligne.get(Colonne::AnnuleePar)).is_some() {
        return Err(RefusEligibilite::Terminee);
    }
    if est_formee(ligne) {
        return Err(RefusEligibilite::Formee);
    }
    if action == A::Rouvrir {
        return Ok(true);
    }
    if decision.is_some() {
        return Err(RefusEligibilite::DejaDecidee);
    }
    if etape(&faits) != Etape::EligibiliteEnAttente {
        return Err(RefusEligibilite::SansFinancement);
    }
    if action == A::Valider { admettre(constats, motif) } else { Ok(true) }
}

/// What the rules say: a blocking constat blocks, a doubt asks for a written reason.
fn admettre(constats: &[Constat], motif: bool) -> Result<bool, RefusEligibilite> {
    let phrases = |garde: fn(&Constat) -> bool| -> Vec<String> {
        let gardes = constats.iter().filter(|constat| garde(constat));
        gardes.map(|constat| format!("{} : {}", constat.regle, constat.phrase)).collect()
    };
    let retenus = phrases(est_retenu);
    if !retenus.is_empty() {
        return Err(RefusEligibilite::Bloquante(retenus));
    }
    let doutes = phrases(est_douteux);
    if doutes.is_empty() || motif { Ok(true) } else { Err(RefusEligibilite::MotifRequis(doutes)) }
}

/// Writes a decision in a row; asking for information changes nothing of it.
pub fn appliquer(action: ActionEligibilite, ligne: &mut Ligne) {
    use ActionEligibilite as A;
    match action {
        A::Valider => ligne.set(Colonne::DecisionEligibilite, DecisionEligibilite::Validee.as_str()),
        A::Refuser => ligne.set(Colonne::DecisionEligibilite, DecisionEligibilite::Refusee.as_str()),
        A::Rouvrir => ligne.set(Colonne::DecisionEligibilite, ""),
        A::Complement => {}
    }
}
