//! Event × recipient, and the template that each reads.

use super::{Destinataire, Evenement};

/// One row of the table: whom an event is told to, and in which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envoi {
    /// What happened.
    pub evenement: Evenement,
    /// Who is told.
    pub destinataire: Destinataire,
    /// Code of the template.
    pub modele: &'static str,
}

const fn envoi(evenement: Evenement, destinataire: Destinataire, modele: &'static str) -> Envoi {
    Envoi { evenement, destinataire, modele }
}

use Destinataire::{Anct, InstructeursAidantsConnect, Professionnel, Recipiendaire, Referent, Structure};
use Evenement::{
    CandidatureRecue, ComplementDemande, ComplementRecu, ConventionFinissante, EligibiliteRefusee, EligibiliteValidee,
    FinancementAccorde, FinancementPromu, FinancementRefuse, FinancementRetire, FondsLiberes, InformationsManquantes,
    ListeAttente, LotOuvert, LotProche, StructureHabilitee,
};

/// Every mail that tells of an event. Of the rows of an event, the first that reaches an address is the only one for it: a
/// référent who is trained reads the mail of the professional.
pub const TABLE: &[Envoi] = &[
    envoi(CandidatureRecue, Structure, "candidature_recue"),
    envoi(FinancementAccorde, Professionnel, "financement_accorde_professionnel"),
    envoi(FinancementAccorde, Referent, "financement_accorde_structure"),
    envoi(FinancementAccorde, Structure, "financement_accorde_structure"),
    envoi(FinancementPromu, Professionnel, "financement_promu_professionnel"),
    envoi(FinancementPromu, Referent, "financement_promu_structure"),
    envoi(FinancementPromu, Structure, "financement_promu_structure"),
    envoi(FinancementRefuse, Professionnel, "financement_refuse_professionnel"),
    envoi(FinancementRefuse, Structure, "financement_refuse_structure"),
    envoi(ListeAttente, Professionnel, "liste_attente_professionnel"),
    envoi(ListeAttente, Structure, "liste_attente_structure"),
    envoi(FinancementRetire, Professionnel, "financement_retire_professionnel"),
    envoi(FinancementRetire, Referent, "financement_retire_structure"),
    envoi(FinancementRetire, Structure, "financement_retire_structure"),
    envoi(FondsLiberes, Recipiendaire, "fonds_liberes"),
    envoi(EligibiliteValidee, Professionnel, "eligibilite_validee_professionnel"),
    envoi(EligibiliteValidee, Referent, "eligibilite_validee_structure"),
    envoi(EligibiliteValidee, Structure, "eligibilite_validee_structure"),
    envoi(EligibiliteValidee, Recipiendaire, "eligibilite_validee_recipiendaire"),
    envoi(EligibiliteRefusee, Professionnel, "eligibilite_refusee_professionnel"),
    envoi(EligibiliteRefusee, Referent, "eligibilite_refusee_structure"),
    envoi(EligibiliteRefusee, Structure, "eligibilite_refusee_structure"),
    envoi(EligibiliteRefusee, Recipiendaire, "eligibilite_refusee_recipiendaire"),
    envoi(ComplementDemande, Referent, "complement_demande_structure"),
    envoi(ComplementDemande, Structure, "complement_demande_structure"),
    envoi(ComplementDemande, Recipiendaire, "complement_demande_recipiendaire"),
    envoi(ComplementRecu, InstructeursAidantsConnect, "complement_recu"),
    envoi(StructureHabilitee, Referent, "structure_habilitee"),
    envoi(StructureHabilitee, Structure, "structure_habilitee"),
    envoi(LotOuvert, InstructeursAidantsConnect, "lot_ouvert"),
    envoi(LotProche, Recipiendaire, "lot_proche"),
    envoi(InformationsManquantes, Structure, "informations_manquantes_structure"),
    envoi(InformationsManquantes, Recipiendaire, "informations_manquantes_recipiendaire"),
    envoi(ConventionFinissante, Recipiendaire, "convention_finissante_recipiendaire"),
    envoi(ConventionFinissante, Anct, "convention_finissante_anct"),
];

/// The rows of an event, in order.
pub fn envois(evenement: Evenement) -> impl Iterator<Item = &'static Envoi> {
    TABLE.iter().filter(move |envoi| envoi.evenement == evenement)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_event_and_every_recipient_is_in_the_table_once_by_pair() {
        let events: BTreeSet<_> = TABLE.iter().map(|row| row.evenement).collect();
        assert_eq!(events, Evenement::ALL.iter().copied().collect());
        let recipients: BTreeSet<_> = TABLE.iter().map(|row| row.destinataire).collect();
        assert_eq!(recipients, Destinataire::ALL.iter().copied().collect());
        let pairs: BTreeSet<_> = TABLE.iter().map(|row| (row.evenement, row.destinataire)).collect();
        assert_eq!(pairs.len(), TABLE.len());
    }

    #[test]
    fn a_template_tells_of_one_event_only() {
        for row in TABLE {
            assert!(row.modele.starts_with(row.evenement.as_str()), "{row:?}");
        }
    }
}
