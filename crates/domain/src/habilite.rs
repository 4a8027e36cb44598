//! The list of the professionals who are habilitated already (S6), with the columns of the beneficiaries' guide: who they are, what
//! they did with Aidants Connect, their structure and its référent.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::fr::refus;
use crate::text::fr_habilite as texte;
use crate::values::{CodeDepartement, CodePostal, Email, NomPersonne, Refus, Siret, plier};

/// Most characters of a text of the list.
pub const TEXTE_MAX: usize = 255;
/// Most people of one file: there are some tens of thousands of them in the country.
pub const LIGNES_MAX: usize = 100_000;
/// Most mistakes that are told of one file.
pub const ERREURS_MAX: usize = 100;

/// Somebody of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Habilite {
    /// Identifier.
    pub id: String,
    /// Code of the département.
    pub departement: String,
    /// Last name.
    pub nom: String,
    /// First name.
    pub prenom: String,
    /// E-mail address; empty when the list does not say it.
    pub email: String,
    /// Profession.
    pub profession: String,
    /// Mandates created.
    pub mandats: i64,
    /// Démarches done with Aidants Connect.
    pub demarches: i64,
    /// Name of the structure.
    pub structure_nom: String,
    /// Kind of structure, in words.
    pub structure_type: String,
    /// Street address of the structure.
    pub adresse: String,
    /// Its postal code.
    pub code_postal: String,
    /// Its city.
    pub ville: String,
    /// Its SIRET; empty when the list does not say it.
    pub siret: String,
    /// Last name of the référent.
    pub referent_nom: String,
    /// First name of the référent.
    pub referent_prenom: String,
    /// Profession of the référent.
    pub referent_profession: String,
    /// E-mail address of the référent.
    pub referent_email: String,
}

/// What an import of the list did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListeHabilites {
    /// People read.
    pub lignes: i64,
    /// Those that the list of these départements held before.
    pub remplacees: i64,
    /// The départements whose list it is.
    pub departements: Vec<String>,
}

macro_rules! champs {
    ($($variant:ident = $nom:literal;)+) => {
        /// A column of a file of the list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Champ { $($variant),+ }

        impl Champ {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Our name.
            const fn nom(self) -> &'static str {
                match self { $(Self::$variant => $nom),+ }
            }
        }
    };
}

champs! {
    Departement = "departement";
    Nom = "nom";
    Prenom = "prenom";
    Email = "email";
    Profession = "profession";
    Mandats = "mandats";
    Demarches = "demarches";
    StructureNom = "structure_nom";
    StructureType = "structure_type";
    Adresse = "adresse";
    CodePostal = "code_postal";
    Ville = "ville";
    Siret = "siret";
    ReferentNom = "referent_nom";
    ReferentPrenom = "referent_prenom";
    ReferentProfession = "referent_profession";
    ReferentEmail = "referent_email";
}

/// What the existing service writes in a cell for what it does not know.
const RIEN: &str = "None";
/// What it writes for no.
const FAUX: &str = "False";
/// The SIRET that it gives a structure that has none.
const SANS_SIRET: &str = "1";

/// The columns of a file, in its order.
#[derive(Clone, Debug)]
pub struct EntetesHabilites {
    champs: Vec<Option<Champ>>,
    /// Place of the column that says whether somebody is an aidant, where there is one.
    aidant: Option<usize>,
}

impl EntetesHabilites {
    /// What each header means; those that are not known are left out.
    ///
    /// # Errors
    /// When a column that the list needs is missing, or given twice: all of them.
    pub fn lire(entetes: &[String]) -> Result<Self, Vec<FieldError>> {
        let cle = |mots: &str| plier(&mots.replace('_', " "));
        let connu = |entete: &String| {
            let cherche = cle(entete);
            Champ::ALL.iter().copied().find(|champ| {
                let noms = std::iter::once(champ.nom()).chain(texte::libelles(champ.nom()).iter().copied());
                noms.map(cle).any(|nom| nom == cherche)
            })
        };
        let champs: Vec<Option<Champ>> = entetes.iter().map(connu).collect();
        let mut erreurs = Vec::new();
        for champ in Champ::ALL.iter().copied() {
            let nom = champ.nom();
            match champs.iter().filter(|lu| **lu == Some(champ)).count() {
                0 if matches!(champ, Champ::Nom | Champ::Prenom | Champ::StructureNom) => {
                    erreurs.push(FieldError::new(format!("/1/{nom}"), "colonne_manquante", texte::manquante(nom)));
                }
                0 | 1 => {}
                _ => erreurs.push(FieldError::new(format!("/1/{nom}"), "colonne_en_double", texte::double(nom))),
            }
        }
        let aidant = entetes.iter().position(|entete| cle(entete) == cle(texte::PEUT_CREER_DES_MANDATS));
        if erreurs.is_empty() { Ok(Self { champs, aidant }) } else { Err(erreurs) }
    }

    /// Whether a line is of somebody who is habilitated: the existing service lists référents who are no aidants too.
    pub fn retient(&self, cellules: &[String]) -> bool {
        let dit = self.aidant.and_then(|place| cellules.get(place));
        dit.is_none_or(|cellule| cellule.trim() != FAUX)
    }

    /// Somebody from the cells of a line, without identifier; `ligne` is its number in the file.
    ///
    /// # Errors
    /// What is wrong, cell by cell: `/ligne/colonne`.
    pub fn personne(&self, ligne: u64, cellules: &[String]) -> Result<Habilite, Vec<FieldError>> {
        let mut lue = Habilite::default();
        let mut erreurs = Vec::new();
        for (champ, cellule) in self.champs.iter().zip(cellules) {
            let Some(champ) = champ else { continue };
            if let Err(refus) = ecrire(&mut lue, *champ, cellule.trim()) {
                erreurs.push(refus.au_champ(format!("/{ligne}/{}", champ.nom())));
            }
        }
        if lue.departement.is_empty()
            && let Some(code) = CodeDepartement::deviner(&lue.code_postal)
        {
            code.as_str().clone_into(&mut lue.departement);
        }
        let vides = [
            (lue.nom.is_empty(), Champ::Nom, refus::NOM_VIDE),
            (lue.prenom.is_empty(), Champ::Prenom, refus::NOM_VIDE),
            (lue.structure_nom.is_empty(), Champ::StructureNom, texte::STRUCTURE_VIDE),
            (lue.departement.is_empty(), Champ::Departement, refus::DEPARTEMENT_VIDE),
        ];
        for (vide, champ, refus) in vides {
            let adresse = format!("/{ligne}/{}", champ.nom());
            if vide && erreurs.iter().all(|erreur: &FieldError| erreur.champ != adresse) {
                erreurs.push(refus.au_champ(adresse));
            }
        }
        if erreurs.is_empty() { Ok(lue) } else { Err(erreurs) }
    }
}

/// Puts the one form of a cell in its place.
fn ecrire(lue: &mut Habilite, champ: Champ, brut: &str) -> Result<(), Refus> {
    // « None » may be the name of somebody.
    let inconnu = (brut == RIEN && !matches!(champ, Champ::Nom | Champ::Prenom))
        || (brut == SANS_SIRET && matches!(champ, Champ::Siret));
    if brut.is_empty() || inconnu {
        return Ok(());
    }
    let nom = || NomPersonne::parse(brut).map(|nom| nom.as_str().to_owned());
    let email = || Email::parse(brut).map(|email| email.as_str().to_owned());
    match champ {
        Champ::Nom => lue.nom = nom()?,
        Champ::Prenom => lue.prenom = nom()?,
        Champ::ReferentNom => lue.referent_nom = nom()?,
        Champ::ReferentPrenom => lue.referent_prenom = nom()?,
        Champ::Email => lue.email = email()?,
        Champ::ReferentEmail => lue.referent_email = email()?,
        Champ::Departement => lue.departement = CodeDepartement::parse_code_ou_nom(brut)?.as_str().to_owned(),
        Champ::CodePostal => lue.code_postal = CodePostal::parse(brut)?.as_str().to_owned(),
        Champ::Siret => lue.siret = Siret::parse(brut)?.as_str().to_owned(),
        Champ::Mandats => lue.mandats = nombre(brut)?,
        Champ::Demarches => lue.demarches = nombre(brut)?,
        Champ::Profession => lue.profession = mots(brut)?,
        Champ::StructureNom => lue.structure_nom = mots(brut)?,
        Champ::StructureType => lue.structure_type = mots(brut)?,
        Champ::Adresse => lue.adresse = mots(brut)?,
        Champ::Ville => lue.ville = mots(brut)?,
        Champ::ReferentProfession => lue.referent_profession = mots(brut)?,
    }
    Ok(())
}

fn nombre(brut: &str) -> Result<i64, Refus> {
    let chiffres: String = brut.chars().filter(|c| !c.is_whitespace()).collect();
    let correct = !chiffres.is_empty() && chiffres.len() <= 9 && chiffres.bytes().all(|b| b.is_ascii_digit());
    chiffres.parse().ok().filter(|_| correct).ok_or(texte::NOMBRE)
}

fn mots(brut: &str) -> Result<String, Refus> {
    if brut.chars().count() > TEXTE_MAX {
        return Err(refus::TEXTE_TROP_LONG);
    }
    if brut.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(refus::TEXTE_CONTROLE);
    }
    Ok(brut.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Habilite {
    /// What tells a person from another, when the address does not: folded last and first name.
    pub fn cle(nom: &str, prenom: &str) -> String {
        plier(&format!("{nom} {prenom}"))
    }

    /// Whether this is the person of a demande (ELI-5): the same address, or the same name in the same structure, by its SIRET
    /// when both are known, else by its name.
    pub fn est(&self, demande: &crate::demande::Ligne) -> bool {
        use crate::demande::Colonne as C;
        if !self.email.is_empty() && self.email == demande.get(C::Email) {
            return true;
        }
        let structure = match (self.siret.as_str(), demande.get(C::Siret)) {
            ("", _) | (_, "") => plier(&self.structure_nom) == plier(demande.get(C::StructureNom)),
            (siret, autre) => siret == autre,
        };
        structure && Self::cle(&self.nom, &self.prenom) == Self::cle(demande.get(C::Nom), demande.get(C::Prenom))
    }
}

/// The columns of an exported file, in order: each with its value.
pub fn colonnes(un: &Habilite) -> Vec<(&'static str, String)> {
    let valeur = |champ: &Champ| match champ {
        Champ::Departement => un.departement.clone(),
        Champ::Nom => un.nom.clone(),
        Champ::Prenom => un.prenom.clone(),
        Champ::Email => un.email.clone(),
        Champ::Profession => un.profession.clone(),
        Champ::Mandats => un.mandats.to_string(),
        Champ::Demarches => un.demarches.to_string(),
        Champ::StructureNom => un.structure_nom.clone(),
        Champ::StructureType => un.structure_type.clone(),
        Champ::Adresse => un.adresse.clone(),
        Champ::CodePostal => un.code_postal.clone(),
        Champ::Ville => un.ville.clone(),
        Champ::Siret => un.siret.clone(),
        Champ::ReferentNom => un.referent_nom.clone(),
        Champ::ReferentPrenom => un.referent_prenom.clone(),
        Champ::ReferentProfession => un.referent_profession.clone(),
        Champ::ReferentEmail => un.referent_email.clone(),
    };
    Champ::ALL.iter().map(|champ| (champ.nom(), valeur(champ))).collect()
}
