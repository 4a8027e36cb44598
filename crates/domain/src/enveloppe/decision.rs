//! A decision on the financing of a demande: what it asks, why it may be refused, what it changes.

use super::EtatEnveloppe;
use super::solde::{Depassement, est_en_attente, est_financee};
use crate::demande::choix::{DecisionFinancement, Financement, OuiNon, Presence, choix};
use crate::demande::{Colonne, Ligne};
use crate::lot_eligibilite::est_refusee;
use crate::rules::{Constat, Verdict, bloque_financement};
use serde::{Deserialize, Serialize};

choix! {
    /// What is decided of the financing of a demande.
    ActionFinancement {
        /// It is financed.
        Accorder = "accorder",
        /// It is not; the reason is told to the structure and to the professional.
        Refuser = "refuser",
        /// It waits for money, behind those that wait already.
        MettreEnAttente = "mettre_en_attente",
        /// It is withdrawn.
        Retirer = "retirer",
        /// What was decided or withdrawn is studied again.
        Rouvrir = "rouvrir",
    }
}

/// Why a decision is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refus {
    /// It is deleted.
    Supprimee,
    /// No envelope pays it.
    HorsEnveloppe,
    /// Its envelope finances nothing now.
    EnveloppeFermee,
    /// It is withdrawn: it is to be opened again first.
    Retiree,
    /// It is cancelled.
    Annulee,
    /// The training was attended, or the account opened: the money is spent.
    Formee,
    /// Rules refuse the financing; what they say.
    Bloquante(Vec<String>),
    /// Rules doubt and no reason is given; what they say.
    MotifRequis(Vec<String>),
    /// The Aidants Connect team refused the eligibility: nobody is to be trained.
    EligibiliteRefusee,
    /// The amount is reached.
    Montant(Depassement),
}

impl Refus {
    /// Stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Supprimee => "supprimee",
            Self::HorsEnveloppe => "hors_enveloppe",
            Self::EnveloppeFermee => "enveloppe_fermee",
            Self::Retiree => "retiree",
            Self::Annulee => "annulee",
            Self::Formee => "formation_suivie",
            Self::Bloquante(_) => "bloquante",
            Self::MotifRequis(_) => "motif_requis",
            Self::EligibiliteRefusee => "eligibilite_refusee",
            Self::Montant(_) => "montant_depasse",
        }
    }
}

/// Whether a decision may be taken of a row: `Ok(false)` when it is taken already. The amount is checked apart, when the row is
/// entered in the account.
///
/// # Errors
/// Why it may not.
pub fn peser_decision(
    action: ActionFinancement,
    ligne: &Ligne,
    supprimee: bool,
    enveloppe: Option<EtatEnveloppe>,
    constats: &[Constat],
    motif: bool,
) -> Result<bool, Refus> {
    if supprimee {
        return Err(Refus::Supprimee);
    }
    let sienne = ligne.get(Colonne::Financement) == Financement::Enveloppe.as_str();
    let Some(etat) = enveloppe.filter(|_| sienne) else { return Err(Refus::HorsEnveloppe) };
    if est_prise(action, ligne) {
        return Ok(false);
    }
    if !ligne.get(Colonne::AnnuleePar).is_empty() {
        return Err(Refus::Annulee);
    }
    if ligne.get(Colonne::Retiree) == OuiNon::Oui.as_str() && action != ActionFinancement::Rouvrir {
        return Err(Refus::Retiree);
    }
    if est_formee(ligne) {
        return Err(Refus::Formee);
    }
    let engage = matches!(action, ActionFinancement::Accorder | ActionFinancement::MettreEnAttente);
    if engage && est_refusee(ligne) {
        return Err(Refus::EligibiliteRefusee);
    }
    if action != ActionFinancement::Accorder {
        return Ok(true);
    }
    if etat != EtatEnveloppe::Ouverte {
        return Err(Refus::EnveloppeFermee);
    }
    admettre(constats, motif)
}

/// What the rules say: a blocking constat blocks, a doubt asks for a written reason.
fn admettre(constats: &[Constat], motif: bool) -> Result<bool, Refus> {
    let phrases = |verdict| {
        let siens = constats.iter().filter(|constat| constat.verdict == verdict);
        siens.map(|constat| format!("{} : {}", constat.regle, constat.phrase)).collect::<Vec<_>>()
    };
    if bloque_financement(constats) {
        return Err(Refus::Bloquante(phrases(Verdict::Bloquant)));
    }
    let doutes = phrases(Verdict::AVerifier);
    if doutes.is_empty() || motif { Ok(true) } else { Err(Refus::MotifRequis(doutes)) }
}

fn est_prise(action: ActionFinancement, ligne: &Ligne) -> bool {
    use ActionFinancement as A;
    let decision = DecisionFinancement::parse(ligne.get(Colonne::DecisionFinancement));
    let retiree = ligne.get(Colonne::Retiree) == OuiNon::Oui.as_str();
    match action {
        A::Accorder => est_financee(ligne, false),
        A::MettreEnAttente => est_en_attente(ligne, false),
        A::Refuser => decision == Some(DecisionFinancement::Refuse) && !retiree,
        A::Retirer => retiree,
        A::Rouvrir => decision.is_none() && !retiree && ligne.get(Colonne::AnnuleePar).is_empty(),
    }
}

/// Whether the training took place for this person, in whole or in part: the session is to be paid.
pub fn est_formee(ligne: &Ligne) -> bool {
    let presence = Presence::parse(ligne.get(Colonne::Presence));
    matches!(presence, Some(Presence::Present | Presence::Partielle))
        || ligne.get(Colonne::Habilite) == OuiNon::Oui.as_str()
}

/// Writes a decision in a row.
pub fn appliquer(action: ActionFinancement, ligne: &mut Ligne) {
    use ActionFinancement as A;
    match action {
        A::Accorder => ligne.set(Colonne::DecisionFinancement, DecisionFinancement::Accorde.as_str()),
        A::Refuser => ligne.set(Colonne::DecisionFinancement, DecisionFinancement::Refuse.as_str()),
        A::MettreEnAttente => ligne.set(Colonne::DecisionFinancement, DecisionFinancement::ListeAttente.as_str()),
        A::Retirer => ligne.set(Colonne::Retiree, OuiNon::Oui.as_str()),
        A::Rouvrir => {
            ligne.set(Colonne::DecisionFinancement, "");
            ligne.set(Colonne::Retiree, "");
        }
    }
}
