//! Labels of the columns, stages, verdicts and closed lists.

use crate::demande::{
    AuteurAnnulation, Colonne, DecisionEligibilite, DecisionFinancement, Etape, Financement, Formation, OuiNon,
    Presence, Source, StatutProfessionnel, TypeColonne,
};
use crate::permission::Role;
use crate::rules::Verdict;
use crate::text::fr::types_structure;

/// Header of a column: the label its Grist identifier is folded from, where there is one.
pub const fn colonne(colonne: Colonne) -> &'static str {
    match colonne {
        Colonne::DateDemande => "Date de la demande",
        Colonne::Etape => "Étape",
        Colonne::Verdict => "Verdict des règles",
        Colonne::Nom => "Nom du professionnel",
        Colonne::Prenom => "Prénom du professionnel",
        Colonne::Email => "Adresse e-mail",
        Colonne::Profession => "Profession",
        Colonne::StatutProfessionnel => "Statut du professionnel",
        Colonne::ConseillerNumerique => "Conseiller numérique",
        Colonne::AccompagneDemarches => "Accompagne régulièrement des démarches en ligne",
        Colonne::Formation => "Choix de la formation",
        Colonne::Financement => "Financement",
        Colonne::StructureNom => "Nom de la structure",
        Colonne::StructureType => "Type de structure",
        Colonne::LabelFranceServices => "Label France Services",
        Colonne::StructureEmail => "E-mail de contact",
        Colonne::Adresse => "Adresse",
        Colonne::CodePostal => "Code postal",
        Colonne::Ville => "Ville",
        Colonne::Departement => "Département",
        Colonne::Siret => "Numéro Siret",
        Colonne::NumeroHabilitation => "Numéro d’habilitation Aidants Connect",
        Colonne::ReferentNom => "Nom du référent Aidants Connect",
        Colonne::ReferentPrenom => "Prénom du référent Aidants Connect",
        Colonne::ReferentEmail => "E-mail du référent Aidants Connect",
        Colonne::ReferentProfession => "Profession du référent Aidants Connect",
        Colonne::ReferentTelephone => "Numéro de téléphone mobile du référent Aidants Connect",
        Colonne::DecisionFinancement => "Validation du financement",
        Colonne::DecisionEligibilite => "Éligibilité validée",
        Colonne::Cohorte => "Cohorte",
        Colonne::SessionFormation => "Session",
        Colonne::Organisme => "Organisme de formation",
        Colonne::DateSession => "Date effective de la session",
        Colonne::Presence => "A participé à la session",
        Colonne::PixPasse => "Test PIX Passé",
        Colonne::Habilite => "Habilité",
        Colonne::AnnuleePar => "Annulée par",
        Colonne::Retiree => "Retirée",
        Colonne::SuiviPar => "Suivie par",
        Colonne::Commentaire => "Commentaire",
        Colonne::Source => "Origine de la demande",
        Colonne::Reference => "Référence de la candidature",
        Colonne::EnveloppeId => "Identifiant de l’enveloppe",
    }
}

/// Label of a stage.
pub const fn etape(etape: Etape) -> &'static str {
    match etape {
        Etape::Recue => "Reçue",
        Etape::ListeAttente => "Liste d’attente",
        Etape::FinancementAccorde => "Financement accordé",
        Etape::FinancementRefuse => "Financement refusé",
        Etape::EligibiliteEnAttente => "Éligibilité en attente",
        Etape::EligibiliteValidee => "Éligibilité validée",
        Etape::EligibiliteRefusee => "Éligibilité refusée",
        Etape::Planifiee => "Session planifiée",
        Etape::Presente => "Présent à la session",
        Etape::PresencePartielle => "Présence partielle",
        Etape::Absente => "Absent à la session",
        Etape::PixPasse => "Test Pix passé",
        Etape::Habilitee => "Habilité",
        Etape::Annulee => "Annulée",
        Etape::Retiree => "Retirée",
    }
}

/// Label of a verdict.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "En ordre",
        Verdict::AVerifier => "À vérifier",
        Verdict::Bloquant => "Bloquant",
    }
}

/// Name of a training.
pub const fn formation(formation: Formation) -> &'static str {
    match formation {
        Formation::AidantsNumeriques => "Aidants Numériques",
        Formation::AidantsConnect => "Aidants Connect",
    }
}

/// Label of the code of a choice column; the code itself when it is none of the list.
pub fn choix(colonne: Colonne, code: &str) -> &str {
    let libelle = match colonne {
        Colonne::Etape => Etape::parse(code).map(etape),
        Colonne::Verdict => verdict_du_code(code),
        Colonne::StatutProfessionnel => StatutProfessionnel::parse(code).map(statut),
        Colonne::Formation => Formation::parse(code).map(formation),
        Colonne::Financement => Financement::parse(code).map(financement),
        Colonne::StructureType => Some(types_structure::libelle(code)).filter(|nom| !nom.is_empty()),
        Colonne::DecisionFinancement => DecisionFinancement::parse(code).map(decision_financement),
        Colonne::DecisionEligibilite => DecisionEligibilite::parse(code).map(decision_eligibilite),
        Colonne::Presence => Presence::parse(code).map(presence),
        Colonne::AnnuleePar => AuteurAnnulation::parse(code).map(auteur),
        Colonne::Source => Source::parse(code).map(source),
        _ if matches!(colonne.genre(), TypeColonne::OuiNon) => OuiNon::parse(code).map(oui_non),
        _ => None,
    };
    libelle.unwrap_or(code)
}

/// Label of the code of a verdict.
fn verdict_du_code(code: &str) -> Option<&'static str> {
    match code {
        "ok" => Some(verdict(Verdict::Ok)),
        "a-verifier" => Some(verdict(Verdict::AVerifier)),
        "bloquant" => Some(verdict(Verdict::Bloquant)),
        _ => None,
    }
}

/// Label of a status.
const fn statut(statut: StatutProfessionnel) -> &'static str {
    match statut {
        StatutProfessionnel::Salarie => "Salarié ou agent public",
        StatutProfessionnel::Elu => "Élu",
        StatutProfessionnel::Benevole => "Bénévole",
        StatutProfessionnel::ServiceCivique => "Service civique",
        StatutProfessionnel::Apprenti => "Apprenti",
        StatutProfessionnel::Stagiaire => "Stagiaire",
    }
}

/// Label of a financing.
const fn financement(financement: Financement) -> &'static str {
    match financement {
        Financement::Enveloppe => "Enveloppe départementale",
        Financement::MarcheConseillersNumeriques => "Marché des conseillers numériques",
        Financement::Opco => "OPCO",
        Financement::FondsPropres => "Fonds propres",
        Financement::EntrePairs => "Entre pairs",
    }
}

/// Label of a decision on the financing.
const fn decision_financement(decision: DecisionFinancement) -> &'static str {
    match decision {
        DecisionFinancement::ListeAttente => "Liste d’attente",
        DecisionFinancement::Accorde => "Accordé",
        DecisionFinancement::Refuse => "Refusé",
    }
}

/// Label of a decision on the eligibility.
const fn decision_eligibilite(decision: DecisionEligibilite) -> &'static str {
    match decision {
        DecisionEligibilite::Validee => "Validée",
        DecisionEligibilite::Refusee => "Refusée",
    }
}

/// Label of an attendance.
const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "Présent",
        Presence::Partielle => "Présence partielle",
        Presence::Absent => "Absent",
    }
}

/// Label of who cancelled.
const fn auteur(auteur: AuteurAnnulation) -> &'static str {
    match auteur {
        AuteurAnnulation::Structure => "La structure",
        AuteurAnnulation::Referent => "Le référent",
        AuteurAnnulation::Recipiendaire => "Le récipiendaire",
        AuteurAnnulation::Anct => "L’ANCT",
    }
}

/// Label of where a row comes from.
const fn source(source: Source) -> &'static str {
    match source {
        Source::Candidature => "Formulaire de candidature",
        Source::Habilitation => "Demande d’habilitation",
        Source::Saisie => "Saisie du récipiendaire",
        Source::Referent => "Ajout du référent",
        Source::Import => "Import",
    }
}

/// Label of yes and no.
const fn oui_non(reponse: OuiNon) -> &'static str {
    match reponse {
        OuiNon::Oui => "Oui",
        OuiNon::Non => "Non",
    }
}

/// Name of a role.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Demandeur => "Demandeur",
        Role::Recipiendaire => "Récipiendaire",
        Role::Organisme => "Organisme de formation",
        Role::Formateur => "Formateur",
        Role::Referent => "Référent",
        Role::CoReferent => "Co-référent",
        Role::Aidant => "Aidant",
        Role::Instructeur => "Équipe Aidants Connect",
        Role::Anct => "ANCT, administration nationale",
        Role::Usager => "Usager",
    }
}
