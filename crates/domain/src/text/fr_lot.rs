//! What is said of the eligibility batches.

use crate::lot_eligibilite::RefusEligibilite;

/// A refusal tells its reason.
pub const MOTIF_REFUS: &str =
    "Écrivez le motif du refus : il est envoyé à la structure, et le récipiendaire le lit dans l’historique.";
/// Asking for information needs a question.
pub const QUESTION: &str = "Écrivez votre question : elle est envoyée au référent de la structure.";
/// Validating in spite of a doubt.
pub const MOTIF_REQUIS: &str =
    "Des règles demandent une vérification : écrivez ce que vous avez vérifié, ou pourquoi vous validez quand même.";
/// The batch is closed.
pub const LOT_CLOS: &str =
    "Ce lot est clos : ce qui n’y était pas décidé est passé dans le lot suivant. Décidez dans le lot ouvert.";
/// There is nothing to take.
pub const RIEN_A_PRENDRE: &str =
    "Aucune demande n’attend de décision d’éligibilité en dehors du lot ouvert : aucun autre n’a été ouvert.";
/// No question waits for an answer.
pub const SANS_QUESTION: &str = "Aucune question n’attend de réponse sur cette demande.";
/// Too many answers to one question.
pub const TROP_DE_REPONSES: &str =
    "Vous avez déjà répondu plusieurs fois à cette question : l’équipe Aidants Connect va lire vos réponses.";
/// Nobody can be asked.
pub const SANS_REFERENT: &str =
    "Cette demande n’a pas d’adresse de référent : personne ne recevrait la question. Faites compléter la demande.";
/// A first day that is out of the programme.
pub const PREMIER_JOUR: &str = "Donnez un premier jour à partir de l’an 2000.";
/// Who asks, as the structure reads it.
pub const EQUIPE: &str = "Équipe Aidants Connect";
/// Who set the first schedule.
pub const PROGRAMME: &str = "Rythme du programme";
/// A structure that is not public.
pub const STRUCTURE_PRIVEE: &str =
    "Seule une structure de droit public passe par sa demande d’habilitation : celle-ci dépose une candidature.";

/// How long a period may be.
pub fn periode(max: i64) -> String {
    format!("Donnez un nombre entier de jours, de 1 à {max}.")
}

/// An answer is empty, too long or unreadable.
pub fn reponse(max: usize) -> String {
    format!("Écrivez votre réponse, en {max} caractères au plus, sans caractère de contrôle.")
}

/// Why a decision is refused, and what to do.
pub fn refus(refus: &RefusEligibilite) -> String {
    match refus {
        RefusEligibilite::Supprimee => "Cette demande est supprimée : il n’y a plus rien à décider.".to_owned(),
        RefusEligibilite::AutreFormation => {
            "Seule la formation Aidants Connect demande une décision d’éligibilité.".to_owned()
        }
        RefusEligibilite::Terminee => "Cette demande est retirée ou annulée : il n’y a plus rien à décider.".to_owned(),
        RefusEligibilite::Formee => "La formation a été suivie : cette décision ne change plus.".to_owned(),
        RefusEligibilite::SansFinancement => {
            "Le financement de cette demande n’est pas, ou plus, accordé : attendez la décision du récipiendaire."
                .to_owned()
        }
        RefusEligibilite::DejaDecidee => {
            "Une autre décision a été prise : remettez d’abord cette demande à l’étude.".to_owned()
        }
        RefusEligibilite::Bloquante(phrases) => format!("Des règles refusent cette validation. {}", phrases.join(" ")),
        RefusEligibilite::MotifRequis(phrases) => format!("{MOTIF_REQUIS} {}", phrases.join(" ")),
    }
}
