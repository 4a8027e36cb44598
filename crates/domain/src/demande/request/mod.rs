//! A demande as typed by a récipiendaire or read from a file: wire type and valid form.

#[cfg(feature = "openapi")]
mod schema;
mod valide;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::demande::{Colonne, Ligne};
use crate::values::CodeDepartement;

#[cfg(feature = "openapi")]
pub use schema::DemandeNouvelle;
#[cfg(feature = "openapi")]
pub(crate) use schema::exemple;
pub(crate) use valide::est_code;
pub use valide::{
    ADRESSE_MAX, COMMENTAIRE_MAX, DemandeValide, NUMERO_HABILITATION_MAX, OBLIGATOIRES, TEXTE_MAX, cellule,
};

/// One member of a merge patch (RFC 7396): absent leaves the column as it is, `null` or the empty text clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Champ(Option<String>);

impl Champ {
    /// A member that sets the column; the empty text clears it.
    pub fn nouveau(valeur: impl Into<String>) -> Self {
        Self(Some(valeur.into()))
    }

    /// Whether the member is absent.
    pub const fn est_absent(&self) -> bool {
        self.0.is_none()
    }

    /// The new text of the column, empty when it is cleared; nothing when the member is absent.
    pub fn valeur(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl From<&str> for Champ {
    fn from(valeur: &str) -> Self {
        Self::nouveau(valeur)
    }
}

impl From<String> for Champ {
    fn from(valeur: String) -> Self {
        Self::nouveau(valeur)
    }
}

impl Serialize for Champ {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.valeur().filter(|valeur| !valeur.is_empty()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Champ {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<String>::deserialize(deserializer).map(|valeur| Self(Some(valeur.unwrap_or_default())))
    }
}

/// A member that may be absent but not `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

macro_rules! saisie {
    ($($(#[$doc:meta])* $champ:ident = $colonne:ident,)+) => {
        /// Body of `POST /demandes` and of `PATCH /demandes/{id}`: the columns a person may write, under their names.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct DemandeSaisie {
            $($(#[$doc])* #[serde(default, skip_serializing_if = "Champ::est_absent")] pub $champ: Champ,)+
            /// Envelope the demande belongs to: `POST` only, the service refuses it in a `PATCH`.
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            pub enveloppe_id: Option<String>,
        }

        impl DemandeSaisie {
            /// Every column a person may write, with what was sent for it.
            pub fn champs(&self) -> impl Iterator<Item = (Colonne, &Champ)> {
                [$((Colonne::$colonne, &self.$champ)),+].into_iter()
            }

            /// The member of a column; nothing when nobody may type that column.
            pub fn champ_mut(&mut self, colonne: Colonne) -> Option<&mut Champ> {
                match colonne { $(Colonne::$colonne => Some(&mut self.$champ),)+ _ => None }
            }
        }
    };
}

saisie! {
    /// Date of the request, ISO.
    date_demande = DateDemande,
    /// Last name of the professional.
    nom = Nom,
    /// First name of the professional.
    prenom = Prenom,
    /// E-mail of the professional.
    email = Email,
    /// Profession.
    profession = Profession,
    /// Status in the structure (code).
    statut_professionnel = StatutProfessionnel,
    /// Conseiller numérique: `oui` or `non`.
    conseiller_numerique = ConseillerNumerique,
    /// Regularly helps with online procedures: `oui` or `non`.
    accompagne_demarches = AccompagneDemarches,
    /// Training asked for (code).
    formation = Formation,
    /// Who pays (code).
    financement = Financement,
    /// Name of the structure.
    structure_nom = StructureNom,
    /// Type of structure (code).
    structure_type = StructureType,
    /// France Services label: `oui` or `non`.
    label_france_services = LabelFranceServices,
    /// Contact e-mail of the structure.
    structure_email = StructureEmail,
    /// Street address.
    adresse = Adresse,
    /// Postal code.
    code_postal = CodePostal,
    /// City.
    ville = Ville,
    /// Code of the département; derived from the postal code when empty.
    departement = Departement,
    /// SIRET.
    siret = Siret,
    /// Habilitation number of the structure.
    numero_habilitation = NumeroHabilitation,
    /// Last name of the référent.
    referent_nom = ReferentNom,
    /// First name of the référent.
    referent_prenom = ReferentPrenom,
    /// E-mail of the référent.
    referent_email = ReferentEmail,
    /// Profession of the référent.
    referent_profession = ReferentProfession,
    /// Mobile of the référent.
    referent_telephone = ReferentTelephone,
    /// Cohort.
    cohorte = Cohorte,
    /// Training session.
    session_formation = SessionFormation,
    /// Training body.
    organisme = Organisme,
    /// Effective date of the session, ISO.
    date_session = DateSession,
    /// E-mail of who takes care of it.
    suivi_par = SuiviPar,
    /// Comments.
    commentaire = Commentaire,
}

impl DemandeSaisie {
    /// Sets a column; says whether it is one that a person may write.
    pub fn set(&mut self, colonne: Colonne, valeur: impl Into<String>) -> bool {
        self.champ_mut(colonne).map(|champ| *champ = Champ::nouveau(valeur)).is_some()
    }

    /// Whether nothing was sent.
    pub fn est_vide(&self) -> bool {
        self.enveloppe_id.is_none() && self.champs().all(|(_, champ)| champ.est_absent())
    }

    /// Writes what was sent into a row. When the postal code changes and the département was only derived from the old
    /// one, the département is emptied so that it is derived anew.
    pub fn appliquer(&self, ligne: &mut Ligne) {
        let devine = CodeDepartement::deviner(ligne.get(Colonne::CodePostal)).map(|code| code.as_str());
        let derive = devine == Some(ligne.get(Colonne::Departement));
        if derive && self.code_postal.valeur().is_some_and(|code| code != ligne.get(Colonne::CodePostal)) {
            ligne.set(Colonne::Departement, "");
        }
        for (colonne, champ) in self.champs() {
            if let Some(valeur) = champ.valeur() {
                ligne.set(colonne, valeur);
            }
        }
    }
}
