//! The columns of a demande in groups a person can read.

use domain::demande::Colonne;

use crate::text::tableau as texte;

/// The groups, in order: title and columns. Every column is in one.
pub const GROUPES: [(&str, &[Colonne]); 5] = [
    (
        texte::GROUPE_PROFESSIONNEL,
        &[
            Colonne::Nom,
            Colonne::Prenom,
            Colonne::Email,
            Colonne::Profession,
            Colonne::StatutProfessionnel,
            Colonne::ConseillerNumerique,
            Colonne::AccompagneDemarches,
            Colonne::Formation,
            Colonne::Financement,
        ],
    ),
    (
        texte::GROUPE_STRUCTURE,
        &[
            Colonne::StructureNom,
            Colonne::StructureType,
            Colonne::Siret,
            Colonne::LabelFranceServices,
            Colonne::StructureEmail,
            Colonne::Adresse,
            Colonne::CodePostal,
            Colonne::Ville,
            Colonne::Departement,
            Colonne::NumeroHabilitation,
        ],
    ),
    (
        texte::GROUPE_REFERENT,
        &[
            Colonne::ReferentNom,
            Colonne::ReferentPrenom,
            Colonne::ReferentEmail,
            Colonne::ReferentTelephone,
            Colonne::ReferentProfession,
        ],
    ),
    (
        texte::GROUPE_SUIVI,
        &[
            Colonne::DateDemande,
            Colonne::SuiviPar,
            Colonne::Cohorte,
            Colonne::SessionFormation,
            Colonne::Organisme,
            Colonne::DateSession,
            Colonne::Commentaire,
        ],
    ),
    (
        texte::GROUPE_DECISIONS,
        &[
            Colonne::Etape,
            Colonne::Verdict,
            Colonne::DecisionFinancement,
            Colonne::DecisionEligibilite,
            Colonne::Presence,
            Colonne::PixPasse,
            Colonne::Habilite,
            Colonne::AnnuleePar,
            Colonne::Retiree,
            Colonne::Source,
            Colonne::Reference,
            Colonne::EnveloppeId,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_shown_once() {
        let mut groupees: Vec<Colonne> = GROUPES.iter().flat_map(|(_, colonnes)| colonnes.iter().copied()).collect();
        groupees.sort();
        assert_eq!(groupees, Colonne::ALL);
    }
}
