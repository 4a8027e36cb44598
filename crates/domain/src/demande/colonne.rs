//! The columns of the tableau de gestion, described once: the table, the filter grammar, imports and exports read this.

use crate::demande::choix::{
    AuteurAnnulation, DecisionEligibilite, DecisionFinancement, Financement, Formation, OuiNon, Presence, Source,
    StatutProfessionnel,
};
use crate::demande::etape::Etape;

/// What a column holds, which decides its filter, its editor and its cell in a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeColonne {
    /// Words: searched and sorted without accents nor case.
    Texte,
    /// Machine text (SIRET, e-mail, postal code): compared as it is, never a number.
    Code,
    /// ISO date, or empty.
    Date,
    /// One of a closed list.
    Choix,
    /// `oui`, `non` or empty.
    OuiNon,
}

/// How a column gets its value. Who may write it is in the access matrix (`permission`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ecriture {
    /// It is typed.
    Libre,
    /// It is decided, through the service that takes the decision (product §3).
    Decision,
    /// It is computed.
    Calculee,
}

/// What is known of a column.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Name on the wire, in the database and in our own files.
    pub nom: &'static str,
    /// What it holds.
    pub genre: TypeColonne,
    /// How it gets its value.
    pub ecriture: Ecriture,
    /// Identifiers of the column in the Grist document of the envelopes (domain facts §0.1), all spellings.
    pub grist: &'static [&'static str],
}

macro_rules! colonnes {
    ($($(#[$doc:meta])* $variant:ident = $nom:literal, $genre:ident, $ecriture:ident, [$($grist:literal),*];)+) => {
        /// A column of the tableau de gestion, in the order in which it is shown and exported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Colonne { $($(#[$doc])* $variant),+ }

        impl Colonne {
            /// Every column, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// What is known of it.
            pub const fn description(self) -> Description {
                match self {
                    $(Self::$variant => Description {
                        nom: $nom,
                        genre: TypeColonne::$genre,
                        ecriture: Ecriture::$ecriture,
                        grist: &[$($grist),*],
                    }),+
                }
            }

            /// The column of this name.
            pub fn parse(nom: &str) -> Option<Self> {
                match nom { $($nom => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

colonnes! {
    /// Date of the request.
    DateDemande = "date_demande", Date, Libre, ["Date_de_la_demande"];
    /// Computed stage.
    Etape = "etape", Choix, Calculee, [];
    /// Overall verdict of the rules.
    Verdict = "verdict", Choix, Calculee, [];
    /// Last name of the professional.
    Nom = "nom", Texte, Libre, ["Nom_du_professionnel"];
    /// First name of the professional.
    Prenom = "prenom", Texte, Libre, ["Prenom_du_professionnel"];
    /// E-mail of the professional.
    Email = "email", Code, Libre, ["Adresse_e_mail"];
    /// Profession.
    Profession = "profession", Texte, Libre, ["Profession"];
    /// Status in the structure.
    StatutProfessionnel = "statut_professionnel", Choix, Libre, [];
    /// Conseiller numérique.
    ConseillerNumerique = "conseiller_numerique", OuiNon, Libre, [];
    /// Regularly helps with online procedures.
    AccompagneDemarches = "accompagne_demarches", OuiNon, Libre, [];
    /// Training asked for.
    Formation = "formation", Choix, Libre, ["Choix_de_la_formation"];
    /// Who pays.
    Financement = "financement", Choix, Libre, [];
    /// Name of the structure.
    StructureNom = "structure_nom", Texte, Libre, ["Nom_de_la_structure"];
    /// Type of structure (code).
    StructureType = "structure_type", Choix, Libre, ["Type_de_structure"];
    /// France Services label.
    LabelFranceServices = "label_france_services", OuiNon, Libre, ["Label_France_Services"];
    /// Contact e-mail of the structure.
    StructureEmail = "structure_email", Code, Libre, ["E_mail_de_contact"];
    /// Street address.
    Adresse = "adresse", Texte, Libre, ["Adresse"];
    /// Postal code.
    CodePostal = "code_postal", Code, Libre, ["Code_postal"];
    /// City.
    Ville = "ville", Texte, Libre, ["Ville"];
    /// Code of the département, derived from the commune or the postal code when not given.
    Departement = "departement", Code, Libre, ["Departement"];
    /// SIRET.
    Siret = "siret", Code, Libre, ["Numero_Siret"];
    /// Habilitation number of the structure.
    NumeroHabilitation = "numero_habilitation", Code, Libre, ["Numero_d_habilitation_Aidants_Connect"];
    /// Last name of the référent.
    ReferentNom = "referent_nom", Texte, Libre, ["Nom_du_referent_Aidants_Connect"];
    /// First name of the référent.
    ReferentPrenom = "referent_prenom", Texte, Libre, ["Prenom_du_referent_Aidants_Connect"];
    /// E-mail of the référent.
    ReferentEmail = "referent_email", Code, Libre, ["E_mail_du_referent_Aidants_Connect"];
    /// Profession of the référent.
    ReferentProfession = "referent_profession", Texte, Libre, ["Profession_du_referent_Aidants_Connect"];
    /// Mobile of the référent.
    ReferentTelephone = "referent_telephone", Code, Libre,
        ["Numero_de_telephone_du_referent_Aidants_Connect", "Numero_de_telephone_mobile_du_referent_Aidants_Connect"];
    /// Decision on the financing.
    DecisionFinancement = "decision_financement", Choix, Decision, ["Validation_du_financement"];
    /// Decision on the eligibility.
    DecisionEligibilite = "decision_eligibilite", Choix, Decision, ["Eligibilite_validee"];
    /// Cohort.
    Cohorte = "cohorte", Texte, Libre, ["Cohorte"];
    /// Training session.
    SessionFormation = "session_formation", Texte, Libre, ["Session"];
    /// Training body.
    Organisme = "organisme", Texte, Libre, ["Organisme_de_formation"];
    /// Effective date of the session.
    DateSession = "date_session", Date, Libre, ["Date_effective_de_la_session"];
    /// Attendance.
    Presence = "presence", Choix, Decision, ["A_participe_a_la_session"];
    /// Pix test taken.
    PixPasse = "pix_passe", OuiNon, Decision, ["Test_PIX_Passe"];
    /// Account opened.
    Habilite = "habilite", OuiNon, Decision, [];
    /// Who cancelled.
    AnnuleePar = "annulee_par", Choix, Decision, [];
    /// Withdrawn.
    Retiree = "retiree", OuiNon, Decision, [];
    /// E-mail of who takes care of it, among those who reach it.
    SuiviPar = "suivi_par", Code, Libre, ["Suivie_par"];
    /// Comments.
    Commentaire = "commentaire", Texte, Libre, ["Commentaire", "Commentaires"];
    /// Where the row comes from.
    Source = "source", Choix, Calculee, [];
    /// Reference of the candidature.
    Reference = "reference", Code, Calculee, [];
    /// Identifier of the envelope.
    EnveloppeId = "enveloppe_id", Code, Calculee, [];
}

impl Colonne {
    /// Name on the wire.
    pub const fn nom(self) -> &'static str {
        self.description().nom
    }

    /// What it holds.
    pub const fn genre(self) -> TypeColonne {
        self.description().genre
    }

    /// The codes a choice column may hold (`structure_type` excepted: see `values::type_structure`).
    pub fn codes(self) -> Vec<&'static str> {
        fn of<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(|value| code(*value)).collect()
        }
        match self {
            Self::Etape => of(Etape::ALL, Etape::as_str),
            Self::Verdict => vec!["ok", "a-verifier", "bloquant"],
            Self::StatutProfessionnel => of(StatutProfessionnel::ALL, StatutProfessionnel::as_str),
            Self::Formation => of(Formation::ALL, Formation::as_str),
            Self::Financement => of(Financement::ALL, Financement::as_str),
            Self::StructureType => crate::values::type_structure::codes(),
            Self::DecisionFinancement => of(DecisionFinancement::ALL, DecisionFinancement::as_str),
            Self::DecisionEligibilite => of(DecisionEligibilite::ALL, DecisionEligibilite::as_str),
            Self::Presence => of(Presence::ALL, Presence::as_str),
            Self::AnnuleePar => of(AuteurAnnulation::ALL, AuteurAnnulation::as_str),
            Self::Source => of(Source::ALL, Source::as_str),
            _ if matches!(self.genre(), TypeColonne::OuiNon) => of(OuiNon::ALL, OuiNon::as_str),
            _ => Vec::new(),
        }
    }
}
