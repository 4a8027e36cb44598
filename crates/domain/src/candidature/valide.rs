//! A candidature that has been checked: its values in canonical form, and the rows of the table it becomes.

use crate::candidature::champs::{LONG, MOYEN, NUMERO};
use crate::candidature::request::{NouvelleCandidature, ProfessionnelSaisie, ReferentSaisie, StructureSaisie};
use crate::demande::{Colonne, Financement, Formation, Ligne, OuiNon, Source};
use crate::error::FieldError;
use crate::text::fr::refus;
use crate::values::texte::{texte_facultatif, texte_obligatoire};
use crate::values::{
    CodeDepartement, CodeInsee, CodePostal, Email, NomPersonne, Refus, Siret, Telephone, TypeStructure,
};

/// A valid candidature. Only [`NouvelleCandidature::valider`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidatureValide {
    enveloppe: Option<String>,
    lien: Option<String>,
    siret: Siret,
    departement: CodeDepartement,
    code_insee: Option<CodeInsee>,
    /// The columns of the structure, of the référent and of the filing, the same on every row.
    commun: Ligne,
    professionnels: Vec<(Ligne, Vec<Formation>)>,
}

impl CandidatureValide {
    /// Puts every value in canonical form. The fields were checked before: a refusal here names its object only.
    pub(super) fn construire(saisie: &NouvelleCandidature) -> Result<Self, FieldError> {
        let mut commun = Ligne::default();
        commun.set(Colonne::Source, Source::Candidature.as_str());
        commun.set(Colonne::Financement, Financement::Enveloppe.as_str());
        let (siret, departement, code_insee) =
            structure(&saisie.structure, &mut commun).map_err(|refus| refus.au_champ("/structure"))?;
        if let Some(saisi) = &saisie.referent {
            referent(saisi, &mut commun).map_err(|refus| refus.au_champ("/referent"))?;
        }
        let mut professionnels = Vec::with_capacity(saisie.professionnels.len());
        for (rang, saisi) in saisie.professionnels.iter().enumerate() {
            let mut ligne = commun.clone();
            professionnel(saisi, &mut ligne).map_err(|refus| refus.au_champ(format!("/professionnels/{rang}")))?;
            professionnels.push((ligne, saisi.formations.clone()));
        }
        let enveloppe = saisie.enveloppe.clone().filter(|id| !id.is_empty());
        let lien = saisie.lien.clone().filter(|code| !code.is_empty());
        Ok(Self { enveloppe, lien, siret, departement, code_insee, commun, professionnels })
    }

    /// Identifier of the envelope named by the link, if any.
    pub fn enveloppe(&self) -> Option<&str> {
        self.enveloppe.as_deref()
    }

    /// Code of the link that was followed, if any.
    pub fn lien(&self) -> Option<&str> {
        self.lien.as_deref()
    }

    /// SIRET of the structure.
    pub const fn siret(&self) -> Siret {
        self.siret
    }

    /// Département of the structure: of its commune when known, else of its postal code.
    pub const fn departement(&self) -> CodeDepartement {
        self.departement
    }

    /// Commune of the structure, when given.
    pub const fn code_insee(&self) -> Option<CodeInsee> {
        self.code_insee
    }

    /// What the candidature says of its structure and référent, whatever the professional.
    pub const fn structure(&self) -> &Ligne {
        &self.commun
    }

    /// The same, come with the habilitation request of a public structure.
    #[must_use]
    pub fn par_habilitation(mut self) -> Self {
        let siennes = self.professionnels.iter_mut().map(|(ligne, _)| ligne);
        for ligne in siennes.chain([&mut self.commun]) {
            ligne.set(Colonne::Source, Source::Habilitation.as_str());
        }
        self
    }

    /// One row per professional and training, in the order of the request, with the position of the professional. The
    /// date of the request is left empty: whoever has a clock sets it.
    pub fn lignes(&self) -> Vec<(u32, Formation, Ligne)> {
        let mut lignes = Vec::with_capacity(2 * self.professionnels.len());
        for (rang, (ligne, formations)) in (0_u32..).zip(&self.professionnels) {
            for formation in formations {
                let mut ligne = ligne.clone();
                ligne.set(Colonne::Formation, formation.as_str());
                lignes.push((rang, *formation, ligne));
            }
        }
        lignes
    }
}

/// Reads the structure into the row.
fn structure(
    saisie: &StructureSaisie,
    ligne: &mut Ligne,
) -> Result<(Siret, CodeDepartement, Option<CodeInsee>), Refus> {
    let siret = Siret::parse(&saisie.siret)?;
    let code_postal = CodePostal::parse(&saisie.code_postal)?;
    let code_insee = saisie.code_insee.as_deref().filter(|c| !c.is_empty()).map(CodeInsee::parse).transpose()?;
    let departement = match code_insee {
        Some(code) => code.departement().ok_or(refus::CODE_INSEE_DEPARTEMENT)?,
        None => CodeDepartement::deviner(code_postal.as_str()).ok_or(refus::CODE_POSTAL_DEPARTEMENT)?,
    };
    let genre = TypeStructure::par_code(&saisie.type_structure).ok_or(refus::TYPE_STRUCTURE_INCONNU)?;
    ligne.set(Colonne::StructureNom, texte_obligatoire(&saisie.nom, LONG)?);
    ligne.set(Colonne::StructureType, genre.code);
    ligne.set(Colonne::LabelFranceServices, oui_non(saisie.label_france_services));
    ligne.set(Colonne::StructureEmail, Email::parse(&saisie.email_contact)?.as_str());
    ligne.set(Colonne::Adresse, texte_obligatoire(&saisie.adresse, LONG)?);
    ligne.set(Colonne::CodePostal, code_postal.as_str());
    ligne.set(Colonne::Ville, texte_obligatoire(&saisie.ville, MOYEN)?);
    ligne.set(Colonne::Departement, departement.as_str());
    ligne.set(Colonne::Siret, siret.as_str());
    let numero = saisie.numero_habilitation.as_deref().unwrap_or_default();
    ligne.set(Colonne::NumeroHabilitation, texte_facultatif(numero, NUMERO)?);
    Ok((siret, departement, code_insee))
}

/// Reads the référent into the row; an empty field stays empty.
fn referent(saisie: &ReferentSaisie, ligne: &mut Ligne) -> Result<(), Refus> {
    if !saisie.nom.is_empty() {
        ligne.set(Colonne::ReferentNom, NomPersonne::parse(&saisie.nom)?.as_str());
    }
    if !saisie.prenom.is_empty() {
        ligne.set(Colonne::ReferentPrenom, NomPersonne::parse(&saisie.prenom)?.as_str());
    }
    if !saisie.email.is_empty() {
        ligne.set(Colonne::ReferentEmail, Email::parse(&saisie.email)?.as_str());
    }
    if !saisie.telephone.is_empty() {
        ligne.set(Colonne::ReferentTelephone, Telephone::parse(&saisie.telephone)?.as_str());
    }
    ligne.set(Colonne::ReferentProfession, texte_facultatif(&saisie.profession, MOYEN)?);
    Ok(())
}

/// Reads a professional into the row.
fn professionnel(saisie: &ProfessionnelSaisie, ligne: &mut Ligne) -> Result<(), Refus> {
    ligne.set(Colonne::Nom, NomPersonne::parse(&saisie.nom)?.as_str());
    ligne.set(Colonne::Prenom, NomPersonne::parse(&saisie.prenom)?.as_str());
    ligne.set(Colonne::Email, Email::parse(&saisie.email)?.as_str());
    ligne.set(Colonne::Profession, texte_obligatoire(&saisie.profession, MOYEN)?);
    ligne.set(Colonne::StatutProfessionnel, saisie.statut.map_or("", |statut| statut.as_str()));
    ligne.set(Colonne::ConseillerNumerique, saisie.conseiller_numerique.map_or("", oui_non));
    ligne.set(Colonne::AccompagneDemarches, saisie.accompagne_demarches.map_or("", oui_non));
    Ok(())
}

/// The code of an answer.
const fn oui_non(reponse: bool) -> &'static str {
    if reponse { OuiNon::Oui.as_str() } else { OuiNon::Non.as_str() }
}
