//! What a decision on the eligibility brings about, read from a row: who is habilitated, who gets an access to the training
//! site, whose money is free again. Whatever the door by which the decision came.

use crate::demande::choix::{DecisionEligibilite, Formation, Presence};
use crate::demande::etape::{Etape, Faits, etape};
use crate::demande::{Colonne, Ligne};

/// Whether the eligibility of a row is validated and counts: it is alive, and its financing allows it.
pub fn est_validee(ligne: &Ligne, supprimee: bool) -> bool {
    let faits = Faits::de_ligne(ligne);
    let validee = faits.decision_eligibilite == Some(DecisionEligibilite::Validee);
    let connect = faits.formation == Formation::AidantsConnect;
    let arretee = [
        Etape::Retiree,
        Etape::Annulee,
        Etape::Recue,
        Etape::ListeAttente,
        Etape::FinancementRefuse,
        Etape::EligibiliteEnAttente,
        Etape::EligibiliteRefusee,
    ];
    !supprimee && connect && validee && !arretee.contains(&etape(&faits))
}

/// Whether its learner needs an access to the training site: validated, and not trained yet.
pub fn acces_du(ligne: &Ligne, supprimee: bool) -> bool {
    est_validee(ligne, supprimee)
        && matches!(etape(&Faits::de_ligne(ligne)), Etape::EligibiliteValidee | Etape::Planifiee | Etape::PixPasse)
}

/// Whether its eligibility is refused: its learner will never be trained. A training that was attended is owed all the same.
pub fn est_refusee(ligne: &Ligne) -> bool {
    ligne.get(Colonne::DecisionEligibilite) == DecisionEligibilite::Refusee.as_str()
        && ligne.get(Colonne::Formation) != Formation::AidantsNumeriques.as_str()
        && ligne.get(Colonne::Presence) != Presence::Present.as_str()
}

/// What a habilitation number begins with: the first three characters of the postal code; what is missing is taken from the
/// département, then is 0.
pub fn prefixe(ligne: &Ligne) -> String {
    let code = [Colonne::CodePostal, Colonne::Departement].map(|colonne| ligne.get(colonne));
    let connu = code.into_iter().find(|code| code.chars().count() >= 2).unwrap_or_default();
    connu.chars().chain("000".chars()).take(3).collect()
}
