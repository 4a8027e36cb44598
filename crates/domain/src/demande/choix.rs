//! The closed lists a demande is made of. Each value has a code (wire, database) and a French label (`text::fr`).

use serde::{Deserialize, Serialize};

/// Declares an enum whose values travel as text codes.
macro_rules! choix {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in the order of the trade.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value that has this code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        // By hand: the derive does not see through `serde(rename)` in a macro, and would publish the names of the variants.
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let codes = Self::ALL.iter().map(|value| value.as_str());
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(codes))
                    .build()
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str { self.as_str() }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::parse(code).ok_or_else(|| format!(concat!(stringify!($name), ": {}"), code))
            }
        }
    };
}

pub(crate) use choix;

choix! {
    /// One of the two trainings (FOR-1).
    Formation {
        /// Awareness of the eight themes.
        AidantsNumeriques = "aidants_numeriques",
        /// Tool, legal frame, sandbox, OTP and Pix.
        AidantsConnect = "aidants_connect",
    }
}

choix! {
    /// Who pays.
    Financement {
        /// A training envelope of the département.
        Enveloppe = "enveloppe",
        /// The market of the conseillers numériques.
        MarcheConseillersNumeriques = "marche_conseillers_numeriques",
        /// An OPCO.
        Opco = "opco",
        /// The structure itself.
        FondsPropres = "fonds_propres",
        /// Nobody: peers train each other.
        EntrePairs = "entre_pairs",
    }
}

choix! {
    /// Where the row comes from.
    Source {
        /// Public form.
        Candidature = "candidature",
        /// Habilitation request of a public structure.
        Habilitation = "habilitation",
        /// Added by the récipiendaire.
        Saisie = "saisie",
        /// Added by a référent.
        Referent = "referent",
        /// File or API.
        Import = "import",
    }
}

choix! {
    /// Status of the person in the structure (ELI-1, ELI-8).
    StatutProfessionnel {
        /// Agent of a public body or salaried.
        Salarie = "salarie",
        /// Elected.
        Elu = "elu",
        /// Volunteer.
        Benevole = "benevole",
        /// Civic service.
        ServiceCivique = "service_civique",
        /// Apprentice.
        Apprenti = "apprenti",
        /// Trainee.
        Stagiaire = "stagiaire",
    }
}

choix! {
    /// Declared yes or no; an absent answer is neither.
    OuiNon {
        /// Yes.
        Oui = "oui",
        /// No.
        Non = "non",
    }
}

choix! {
    /// Decision on the financing, taken by the récipiendaire.
    DecisionFinancement {
        /// On the waiting list.
        ListeAttente = "liste_attente",
        /// Granted.
        Accorde = "accorde",
        /// Refused.
        Refuse = "refuse",
    }
}

choix! {
    /// Decision on the eligibility, taken by the Aidants Connect team (BAT-1).
    DecisionEligibilite {
        /// Validated.
        Validee = "validee",
        /// Refused.
        Refusee = "refusee",
    }
}

choix! {
    /// Attendance of the session (PRE-1).
    Presence {
        /// All half-days.
        Present = "present",
        /// Some half-days.
        Partielle = "partielle",
        /// None.
        Absent = "absent",
    }
}

choix! {
    /// Who cancelled the request.
    AuteurAnnulation {
        /// The person or its structure.
        Structure = "structure",
        /// The référent.
        Referent = "referent",
        /// The récipiendaire.
        Recipiendaire = "recipiendaire",
        /// The national team.
        Anct = "anct",
    }
}
