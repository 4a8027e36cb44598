//! An envelope as it is made, set and shown. Amounts are in cents.

use serde::{Deserialize, Serialize};

use super::{CIBLE, EtatEnveloppe, MONTANT, MONTANT_MAX, PRIX};
use crate::demande::Formation;
use crate::error::FieldError;
use crate::session::EnveloppeVue;
use crate::text::fr_enveloppe as texte;
use crate::values::texte::{plier, texte_facultatif, texte_obligatoire};
use crate::values::{CodeDepartement, DateIso, Siret};

/// Most characters of a label, a name or a reference.
pub const LIBELLE_MAX: usize = 150;
/// Most organismes that have their own price in an envelope.
pub const TARIFS_MAX: usize = 200;
/// Most named accesses of an envelope.
pub const ACCES_MAX: i64 = 20;
/// Named accesses of an envelope that says none.
pub const ACCES: i64 = 2;
/// First and last years of an envelope.
pub const ANNEES: std::ops::RangeInclusive<i64> = 2020..=2100;

/// The price of an organisme for a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TarifSaisi {
    /// Training.
    pub formation: Formation,
    /// Name of the organisme, as in the column `organisme` of the demandes.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150))]
    pub organisme: String,
    /// Price.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000_000_000_i64))]
    pub prix: i64,
}

/// What may be set of an envelope at any time; its amount moves apart, by two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnveloppeReglages {
    /// Label, alone of its kind in a département and a year.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150))]
    pub libelle: String,
    /// Name of the récipiendaire.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 150))]
    pub recipiendaire: String,
    /// SIRET of the récipiendaire; empty when not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub siret: String,
    /// Where it stands.
    #[serde(default = "brouillon")]
    pub etat: EtatEnveloppe,
    /// Reference of the convention; empty when not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub convention: String,
    /// First day of the convention; empty when not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 10, pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"))]
    pub debut: String,
    /// Last day of the convention; empty when not known.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 10, pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"))]
    pub fin: String,
    /// Trainings aimed at.
    #[serde(default = "cible")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 100_000))]
    pub cible: i64,
    /// Most people who may hold it, invitations included.
    #[serde(default = "acces")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 20))]
    pub acces: i64,
    /// Price of the training Aidants Numériques.
    #[serde(default = "prix")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000_000_000_i64))]
    pub prix_aidants_numeriques: i64,
    /// Price of the training Aidants Connect.
    #[serde(default = "prix")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000_000_000_i64))]
    pub prix_aidants_connect: i64,
    /// Prices of the organismes that have their own.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub tarifs: Vec<TarifSaisi>,
}

const fn brouillon() -> EtatEnveloppe {
    EtatEnveloppe::Brouillon
}
const fn cible() -> i64 {
    CIBLE
}
const fn acces() -> i64 {
    ACCES
}
const fn prix() -> i64 {
    PRIX
}
const fn montant() -> i64 {
    MONTANT
}

/// An envelope to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnveloppeNouvelle {
    /// Code of the département.
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 3))]
    pub departement: String,
    /// Year.
    #[cfg_attr(feature = "openapi", schema(minimum = 2020, maximum = 2100))]
    pub annee: i64,
    /// Amount.
    #[serde(default = "montant")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 10_000_000_000_i64))]
    pub montant: i64,
    /// The rest.
    pub reglages: EnveloppeReglages,
}

/// An envelope in a list, with its account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnveloppeResume {
    /// The envelope.
    #[serde(flatten)]
    pub enveloppe: EnveloppeVue,
    /// Version, as in the `ETag`.
    pub version: i64,
    /// Where it stands.
    pub etat: EtatEnveloppe,
    /// Amount.
    pub montant: i64,
    /// Engaged.
    pub engage: i64,
    /// Consumed.
    pub consomme: i64,
    /// Left.
    pub reste: i64,
    /// Trainings financed.
    pub departs: i64,
    /// Trainings aimed at.
    pub cible: i64,
}

/// Who holds an envelope, or is invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccesVue {
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub email: String,
    /// Whether the invitation is not accepted yet.
    pub invitation: bool,
}

/// An envelope whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnveloppeDetail {
    /// The envelope and its account.
    #[serde(flatten)]
    pub resume: EnveloppeResume,
    /// What is set of it.
    pub reglages: EnveloppeReglages,
    /// Who holds it.
    pub acces: Vec<AccesVue>,
    /// Demandes on its waiting list.
    pub en_attente: i64,
}

/// Puts a tidied value in its place, or says what is wrong with it.
fn lire(erreurs: &mut Vec<FieldError>, champ: &str, place: &mut String, lu: Result<String, crate::values::Refus>) {
    match lu {
        Ok(propre) => *place = propre,
        Err(refus) => erreurs.push(refus.au_champ(champ)),
    }
}

fn borner(erreurs: &mut Vec<FieldError>, champ: &str, valeur: i64, bornes: std::ops::RangeInclusive<i64>) {
    if !bornes.contains(&valeur) {
        let message = texte::bornes(*bornes.start(), *bornes.end());
        erreurs.push(FieldError::new(champ, "hors_limites", message));
    }
}

impl EnveloppeReglages {
    /// The same, tidied; or all that is wrong with it.
    ///
    /// # Errors
    /// The refusals of its fields.
    pub fn valider(mut self) -> Result<Self, Vec<FieldError>> {
        let mut erreurs = Vec::new();
        let texte_lu = texte_obligatoire(&self.libelle, LIBELLE_MAX);
        lire(&mut erreurs, "/libelle", &mut self.libelle, texte_lu);
        let texte_lu = texte_obligatoire(&self.recipiendaire, LIBELLE_MAX);
        lire(&mut erreurs, "/recipiendaire", &mut self.recipiendaire, texte_lu);
        let texte_lu = texte_facultatif(&self.convention, LIBELLE_MAX);
        lire(&mut erreurs, "/convention", &mut self.convention, texte_lu);
        if !self.siret.trim().is_empty() {
            let lu = Siret::parse(&self.siret).map(|siret| siret.as_str().to_owned());
            lire(&mut erreurs, "/siret", &mut self.siret, lu);
        } else {
            self.siret.clear();
        }
        self.dates(&mut erreurs);
        borner(&mut erreurs, "/cible", self.cible, 0..=100_000);
        borner(&mut erreurs, "/acces", self.acces, 1..=ACCES_MAX);
        borner(&mut erreurs, "/prix_aidants_numeriques", self.prix_aidants_numeriques, 0..=MONTANT_MAX);
        borner(&mut erreurs, "/prix_aidants_connect", self.prix_aidants_connect, 0..=MONTANT_MAX);
        self.prix_des_organismes(&mut erreurs);
        if erreurs.is_empty() { Ok(self) } else { Err(erreurs) }
    }

    fn dates(&self, erreurs: &mut Vec<FieldError>) {
        for (champ, jour) in [("/debut", &self.debut), ("/fin", &self.fin)] {
            if let Some(refus) = (!jour.is_empty()).then(|| DateIso::parse_iso(jour).err()).flatten() {
                erreurs.push(refus.au_champ(champ));
            }
        }
        if !self.debut.is_empty() && !self.fin.is_empty() && self.fin < self.debut {
            erreurs.push(FieldError::new("/fin", "dates_inversees", texte::DATES_INVERSEES));
        }
    }

    fn prix_des_organismes(&mut self, erreurs: &mut Vec<FieldError>) {
        if self.tarifs.len() > TARIFS_MAX {
            erreurs.push(FieldError::new("/tarifs", "trop_nombreux", texte::tarifs(TARIFS_MAX)));
        }
        let mut connus = Vec::new();
        for (place, tarif) in self.tarifs.iter_mut().enumerate() {
            let champ = format!("/tarifs/{place}/organisme");
            let lu = texte_obligatoire(&tarif.organisme, LIBELLE_MAX);
            lire(erreurs, &champ, &mut tarif.organisme, lu);
            borner(erreurs, &format!("/tarifs/{place}/prix"), tarif.prix, 0..=MONTANT_MAX);
            let cle = (tarif.formation, plier(&tarif.organisme));
            if connus.contains(&cle) {
                erreurs.push(FieldError::new(champ, "en_double", texte::TARIF_DOUBLE));
            }
            connus.push(cle);
        }
        self.tarifs.sort_by_cached_key(|tarif| (plier(&tarif.organisme), tarif.formation.as_str()));
    }
}

impl EnveloppeNouvelle {
    /// The same, tidied; or all that is wrong with it.
    ///
    /// # Errors
    /// The refusals of its fields.
    pub fn valider(mut self) -> Result<Self, Vec<FieldError>> {
        let mut erreurs = Vec::new();
        let lu = CodeDepartement::parse(&self.departement).map(|code| code.as_str().to_owned());
        lire(&mut erreurs, "/departement", &mut self.departement, lu);
        borner(&mut erreurs, "/annee", self.annee, ANNEES);
        borner(&mut erreurs, "/montant", self.montant, 0..=MONTANT_MAX);
        let prefixer = |refus: FieldError| FieldError { champ: format!("/reglages{}", refus.champ), ..refus };
        match self.reglages.clone().valider() {
            Ok(reglages) => self.reglages = reglages,
            Err(refus) => erreurs.extend(refus.into_iter().map(prefixer)),
        }
        if erreurs.is_empty() { Ok(self) } else { Err(erreurs) }
    }
}
