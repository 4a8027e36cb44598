//! The mails that tell of an event: who is told of what, as a table that the server, the documentation and the tests read.

mod manques;
mod table;
mod vue;

pub use manques::manques;
pub use table::{Envoi, TABLE, envois};
pub use vue::{EnvoiVue, ModeleApercu, ModeleResume, ModelesVue};

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;

choix! {
    /// What happened that somebody is told of by mail.
    Evenement {
        /// A candidature was filed.
        CandidatureRecue = "candidature_recue",
        /// An envelope pays a training.
        FinancementAccorde = "financement_accorde",
        /// An envelope pays a training that waited for money.
        FinancementPromu = "financement_promu",
        /// An envelope does not pay a training.
        FinancementRefuse = "financement_refuse",
        /// A training waits for money.
        ListeAttente = "liste_attente",
        /// A demande is withdrawn.
        FinancementRetire = "financement_retire",
        /// Money comes back to an envelope, and the first demande of its waiting list now fits.
        FondsLiberes = "fonds_liberes",
        /// The eligibility of a professional is validated.
        EligibiliteValidee = "eligibilite_validee",
        /// The eligibility of a professional is refused.
        EligibiliteRefusee = "eligibilite_refusee",
        /// The Aidants Connect team asks for more.
        ComplementDemande = "complement_demande",
        /// What it asked for has come.
        ComplementRecu = "complement_recu",
        /// A structure is habilitated, with its number.
        StructureHabilitee = "structure_habilitee",
        /// A batch of eligibility is open.
        LotOuvert = "lot_ouvert",
        /// The next batch comes soon, and demandes are not decided.
        LotProche = "lot_proche",
        /// Demandes lack what their structure alone can give.
        InformationsManquantes = "informations_manquantes",
        /// A convention ends soon, and money is left.
        ConventionFinissante = "convention_finissante",
    }
}

choix! {
    /// Who is told.
    Destinataire {
        /// The person to train, at the address of the demande.
        Professionnel = "professionnel",
        /// The référent Aidants Connect of the demande.
        Referent = "referent",
        /// The contact address of the structure.
        Structure = "structure",
        /// Each named access of the envelope.
        Recipiendaire = "recipiendaire",
        /// Each instructor of the Aidants Connect team.
        InstructeursAidantsConnect = "instructeurs_aidants_connect",
        /// Each national administrator.
        Anct = "anct",
    }
}

impl Evenement {
    /// Whether its mails are reminders: they can be done without, and each says where to stop them.
    pub const fn est_rappel(self) -> bool {
        matches!(self, Self::LotProche | Self::InformationsManquantes | Self::ConventionFinissante)
    }
}
