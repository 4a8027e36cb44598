//! The candidature as filed: wire types, and the valid form that cannot be built otherwise.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::candidature::champs;
use crate::candidature::valide::CandidatureValide;
use crate::demande::{Formation, StatutProfessionnel};
use crate::error::FieldError;

/// Most professionals of one candidature.
pub const PROFESSIONNELS_MAX: usize = 50;

/// A candidature: one structure, its référent, 1 to 50 professionals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NouvelleCandidature {
    /// Identifier of the envelope named by the link that was followed; without it, the one open envelope of the
    /// structure's département is taken.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 64, example = "0198c0de-0000-7000-8000-000000000001"))]
    #[validate(custom(function = "champs::enveloppe"))]
    pub enveloppe: Option<String>,
    /// Code of the link that was followed, instead of an envelope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 16))]
    #[validate(custom(function = "champs::lien"))]
    pub lien: Option<String>,
    /// The structure the professionals work for.
    pub structure: StructureSaisie,
    /// Its référent: needed for the training Aidants Connect, not for filing.
    #[serde(default)]
    pub referent: Option<ReferentSaisie>,
    /// The professionals to train.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 50))]
    #[validate(custom(function = "champs::professionnels"))]
    pub professionnels: Vec<ProfessionnelSaisie>,
}

/// The structure, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StructureSaisie {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255, example = "Mairie de Bourg-en-Bresse"))]
    #[validate(custom(function = "champs::texte_long"))]
    pub nom: String,
    /// Code of the type of structure, one of `GET /referentiel/types-structure`.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64, example = "municipalites"))]
    #[validate(custom(function = "champs::type_structure"))]
    pub type_structure: String,
    /// Whether it bears the France Services label.
    pub label_france_services: bool,
    /// Contact e-mail; a shared box is fine.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 6, max_length = 254, pattern = "@", example = "contact@mairie.example")
    )]
    #[validate(custom(function = "champs::email"))]
    pub email_contact: String,
    /// Street address.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255, example = "6 rue de la Mairie"))]
    #[validate(custom(function = "champs::texte_long"))]
    pub adresse: String,
    /// Postal code: five digits.
    #[cfg_attr(feature = "openapi", schema(min_length = 5, max_length = 20, example = "01000"))]
    #[validate(custom(function = "champs::code_postal"))]
    pub code_postal: String,
    /// City.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150, example = "Bourg-en-Bresse"))]
    #[validate(custom(function = "champs::texte_moyen"))]
    pub ville: String,
    /// INSEE code of the commune, when known: it decides the département.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 20, example = "01053"))]
    #[validate(custom(function = "champs::code_insee"))]
    pub code_insee: Option<String>,
    /// SIRET: 14 digits, spaces allowed.
    #[cfg_attr(feature = "openapi", schema(min_length = 14, max_length = 40, example = "21010053300012"))]
    #[validate(custom(function = "champs::siret"))]
    pub siret: String,
    /// Habilitation number, when the structure is already habilitated.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "010042"))]
    #[validate(custom(function = "champs::numero_habilitation"))]
    pub numero_habilitation: Option<String>,
}

/// The référent, as typed. A field may be left empty; one that is filled must be well formed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReferentSaisie {
    /// Last name.
    #[cfg_attr(feature = "openapi", schema(max_length = 150, example = "Martin"))]
    #[validate(custom(function = "champs::nom_facultatif"))]
    pub nom: String,
    /// First name.
    #[cfg_attr(feature = "openapi", schema(max_length = 150, example = "Claude"))]
    #[validate(custom(function = "champs::nom_facultatif"))]
    pub prenom: String,
    /// Profession.
    #[cfg_attr(feature = "openapi", schema(max_length = 150, example = "Directrice générale des services"))]
    #[validate(custom(function = "champs::texte_facultatif"))]
    pub profession: String,
    /// E-mail.
    #[cfg_attr(feature = "openapi", schema(max_length = 254, example = "claude.martin@mairie.example"))]
    #[validate(custom(function = "champs::email_facultatif"))]
    pub email: String,
    /// Phone, a mobile one: the first code is sent there.
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "06 12 34 56 78"))]
    #[validate(custom(function = "champs::telephone_facultatif"))]
    pub telephone: String,
}

/// A professional to train, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfessionnelSaisie {
    /// Last name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150, example = "Dubois"))]
    #[validate(custom(function = "champs::nom"))]
    pub nom: String,
    /// First name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150, example = "Angela"))]
    #[validate(custom(function = "champs::nom"))]
    pub prenom: String,
    /// Personal e-mail at work, used by nobody else.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 6, max_length = 254, pattern = "@", example = "angela.dubois@mairie.example")
    )]
    #[validate(custom(function = "champs::email"))]
    pub email: String,
    /// Profession.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150, example = "Secrétaire de mairie"))]
    #[validate(custom(function = "champs::texte_moyen"))]
    pub profession: String,
    /// One or both trainings: one demande each.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 2))]
    #[validate(custom(function = "champs::formations"))]
    pub formations: Vec<Formation>,
    /// Status in the structure.
    #[serde(default)]
    pub statut: Option<StatutProfessionnel>,
    /// Whether the person is a conseiller numérique.
    #[serde(default)]
    pub conseiller_numerique: Option<bool>,
    /// Whether the person regularly helps with online procedures.
    #[serde(default)]
    pub accompagne_demarches: Option<bool>,
}

impl NouvelleCandidature {
    /// Checks every field, and gives the valid form.
    ///
    /// # Errors
    /// Every refused field, in the order of the form, each named by its JSON Pointer (`/professionnels/0/email`).
    pub fn valider(&self) -> Result<CandidatureValide, Vec<FieldError>> {
        let erreurs = self.erreurs();
        if erreurs.is_empty() {
            CandidatureValide::construire(self).map_err(|erreur| vec![erreur])
        } else {
            Err(erreurs)
        }
    }

    /// Every refused field, in the order of the form.
    fn erreurs(&self) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        champs::relever(self, "", &["enveloppe", "lien"], &mut erreurs);
        erreurs.extend(champs::lien_seul(self));
        champs::relever(&self.structure, "/structure", &champs::STRUCTURE, &mut erreurs);
        erreurs.extend(champs::commune_coherente(&self.structure));
        if let Some(referent) = &self.referent {
            champs::relever(referent, "/referent", &champs::REFERENT, &mut erreurs);
        }
        champs::relever(self, "", &["professionnels"], &mut erreurs);
        for (rang, professionnel) in self.professionnels.iter().take(PROFESSIONNELS_MAX).enumerate() {
            let base = format!("/professionnels/{rang}");
            champs::relever(professionnel, &base, &champs::PROFESSIONNEL, &mut erreurs);
        }
        erreurs.extend(champs::doublons(&self.professionnels));
        erreurs
    }
}
