//! The valid form of a demande: every column in its one canonical form, the mandatory ones given.

use crate::demande::colonne::TypeColonne;
use crate::demande::{
    AuteurAnnulation, Colonne, DecisionEligibilite, DecisionFinancement, Etape, Financement, Formation, Ligne, OuiNon,
    Presence, Source, StatutProfessionnel,
};
use crate::error::FieldError;
use crate::text::fr::refus;
use crate::text::fr_demande as texte;
use crate::values::{CodeDepartement, CodePostal, DateIso, Email, NomPersonne, Refus, Siret, Telephone, TypeStructure};

/// Most signs of a text column that says nothing else.
pub const TEXTE_MAX: usize = 255;
/// Most signs of a street address.
pub const ADRESSE_MAX: usize = 500;
/// Most signs of a comment.
pub const COMMENTAIRE_MAX: usize = 2_000;
/// Most digits of a habilitation number.
pub const NUMERO_HABILITATION_MAX: usize = 20;
/// Years in which a demande or a session may fall.
const ANNEES: std::ops::RangeInclusive<u16> = 2000..=2099;

/// The columns no demande goes without, wherever it comes from. The public form asks for more.
pub const OBLIGATOIRES: [Colonne; 6] =
    [Colonne::StructureNom, Colonne::Siret, Colonne::Nom, Colonne::Prenom, Colonne::Email, Colonne::Formation];

/// A row whose every column is in canonical form. Cannot be built otherwise than by [`Self::valider`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandeValide {
    ligne: Ligne,
}

impl DemandeValide {
    /// Checks and normalises every column; an empty financing becomes the envelope, an empty département is derived from
    /// the postal code. Idempotent: a valid row comes back as it is.
    ///
    /// # Errors
    /// Every refused column with its reason, in the order of the columns.
    pub fn valider(mut ligne: Ligne) -> Result<Self, Vec<(Colonne, Refus)>> {
        let mut refuses = Vec::new();
        for colonne in Colonne::ALL.iter().copied() {
            let brut = ligne.get(colonne);
            let resultat = if brut.is_empty() { Ok(None) } else { normaliser(colonne, brut) };
            match resultat {
                Ok(Some(propre)) => ligne.set(colonne, propre),
                Ok(None) => {}
                Err(refus) => {
                    refuses.push((colonne, refus));
                    continue;
                }
            }
            if ligne.get(colonne).is_empty()
                && let Some(refus) = manquant(colonne)
            {
                refuses.push((colonne, refus));
            }
        }
        if !refuses.is_empty() {
            return Err(refuses);
        }
        completer(&mut ligne);
        Ok(Self { ligne })
    }

    /// The row.
    pub const fn ligne(&self) -> &Ligne {
        &self.ligne
    }

    /// The row, to change or store it.
    pub fn into_ligne(self) -> Ligne {
        self.ligne
    }

    /// The refusals as the wire carries them: each names the member of the body.
    pub fn erreurs(refuses: &[(Colonne, Refus)]) -> Vec<FieldError> {
        refuses.iter().map(|(colonne, refus)| refus.au_champ(format!("/{}", colonne.nom()))).collect()
    }
}

/// The canonical value of one column, from a text typed or pasted in a cell: read as an import reads it, then checked as
/// [`DemandeValide::valider`] does.
///
/// # Errors
/// Why this column does not take this text.
pub fn cellule(colonne: Colonne, texte: &str) -> Result<String, Refus> {
    let lu = crate::import::canonique(colonne, texte)?;
    if lu.is_empty() {
        return manquant(colonne).map_or_else(|| Ok(String::new()), Err);
    }
    Ok(normaliser(colonne, &lu)?.unwrap_or_else(|| lu.into_owned()))
}

/// What a demande may leave out and we know.
fn completer(ligne: &mut Ligne) {
    if ligne.get(Colonne::Financement).is_empty() {
        ligne.set(Colonne::Financement, Financement::Enveloppe.as_str());
    }
    if ligne.get(Colonne::Departement).is_empty()
        && let Some(departement) = CodeDepartement::deviner(ligne.get(Colonne::CodePostal))
    {
        ligne.set(Colonne::Departement, departement.as_str());
    }
}

/// Why an empty column is refused, when it is.
fn manquant(colonne: Colonne) -> Option<Refus> {
    match colonne {
        Colonne::StructureNom => Some(texte::STRUCTURE_NOM_VIDE),
        Colonne::Siret => Some(refus::SIRET_VIDE),
        Colonne::Nom => Some(texte::NOM_VIDE),
        Colonne::Prenom => Some(texte::PRENOM_VIDE),
        Colonne::Email => Some(texte::EMAIL_VIDE),
        Colonne::Formation => Some(texte::FORMATION_VIDE),
        _ => None,
    }
}

/// The canonical form of a text that is not empty; nothing when it has it already.
fn normaliser(colonne: Colonne, brut: &str) -> Result<Option<String>, Refus> {
    match colonne {
        Colonne::Nom | Colonne::Prenom | Colonne::ReferentNom | Colonne::ReferentPrenom => {
            NomPersonne::parse(brut).map(|nom| change(brut, nom.as_str()))
        }
        Colonne::Email | Colonne::StructureEmail | Colonne::ReferentEmail | Colonne::SuiviPar => {
            Email::parse(brut).map(|email| change(brut, email.as_str()))
        }
        Colonne::Siret => Siret::parse(brut).map(|siret| change(brut, siret.as_str())),
        Colonne::CodePostal => CodePostal::parse(brut).map(|code| change(brut, code.as_str())),
        Colonne::Departement => CodeDepartement::parse(brut).map(|code| change(brut, code.as_str())),
        Colonne::ReferentTelephone => Telephone::parse(brut).map(|numero| change(brut, numero.as_str())),
        Colonne::NumeroHabilitation => habilitation(brut),
        Colonne::Reference | Colonne::EnveloppeId => Ok(None),
        Colonne::Commentaire => commentaire(brut),
        Colonne::Adresse => ligne_de_texte(brut, ADRESSE_MAX),
        _ => match colonne.genre() {
            TypeColonne::Date => date(brut),
            TypeColonne::Choix | TypeColonne::OuiNon => choix(colonne, brut),
            TypeColonne::Texte | TypeColonne::Code => ligne_de_texte(brut, TEXTE_MAX),
        },
    }
}

fn change(brut: &str, propre: &str) -> Option<String> {
    (brut != propre).then(|| propre.to_owned())
}

fn habilitation(brut: &str) -> Result<Option<String>, Refus> {
    let correct = brut.len() <= NUMERO_HABILITATION_MAX && brut.bytes().all(|b| b.is_ascii_digit());
    if correct { Ok(None) } else { Err(texte::NUMERO_HABILITATION) }
}

fn date(brut: &str) -> Result<Option<String>, Refus> {
    let jour = DateIso::parse_iso(brut)?;
    if ANNEES.contains(&jour.annee()) { Ok(None) } else { Err(texte::DATE_HORS_LIMITES) }
}

/// A code of the column's list.
fn choix(colonne: Colonne, code: &str) -> Result<Option<String>, Refus> {
    if est_code(colonne, code) {
        return Ok(None);
    }
    Err(match colonne {
        Colonne::Formation => texte::FORMATION_INCONNUE,
        Colonne::StructureType => refus::TYPE_STRUCTURE_INCONNU,
        _ if colonne.genre() == TypeColonne::OuiNon => texte::OUI_NON_INCONNU,
        _ => texte::CHOIX_INCONNU,
    })
}

/// Whether a choice column may hold this code: [`Colonne::codes`] without building the list.
pub(crate) fn est_code(colonne: Colonne, code: &str) -> bool {
    match colonne {
        Colonne::Etape => Etape::parse(code).is_some(),
        Colonne::Verdict => matches!(code, "ok" | "a-verifier" | "bloquant"),
        Colonne::StatutProfessionnel => StatutProfessionnel::parse(code).is_some(),
        Colonne::Formation => Formation::parse(code).is_some(),
        Colonne::Financement => Financement::parse(code).is_some(),
        Colonne::StructureType => TypeStructure::par_code(code).is_some(),
        Colonne::DecisionFinancement => DecisionFinancement::parse(code).is_some(),
        Colonne::DecisionEligibilite => DecisionEligibilite::parse(code).is_some(),
        Colonne::Presence => Presence::parse(code).is_some(),
        Colonne::AnnuleePar => AuteurAnnulation::parse(code).is_some(),
        Colonne::Source => Source::parse(code).is_some(),
        _ => colonne.genre() == TypeColonne::OuiNon && OuiNon::parse(code).is_some(),
    }
}

/// One line of words with single spaces, of at most `max` signs as typed.
fn ligne_de_texte(brut: &str, max: usize) -> Result<Option<String>, Refus> {
    mesurer(brut, max)?;
    let mut avant = ' ';
    let mut net = true;
    for c in brut.chars() {
        let espace = c.is_whitespace();
        if c.is_control() && !espace {
            return Err(refus::TEXTE_CONTROLE);
        }
        net &= !espace || (c == ' ' && avant != ' ');
        avant = c;
    }
    if net && avant != ' ' {
        return Ok(None);
    }
    let mut propre = String::with_capacity(brut.len());
    for mot in brut.split_whitespace() {
        if !propre.is_empty() {
            propre.push(' ');
        }
        propre.push_str(mot);
    }
    Ok(Some(propre))
}

/// A comment keeps its lines.
fn commentaire(brut: &str) -> Result<Option<String>, Refus> {
    mesurer(brut, COMMENTAIRE_MAX)?;
    if brut.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(refus::TEXTE_CONTROLE);
    }
    let net = brut.trim();
    if net.contains('\r') {
        return Ok(Some(net.replace("\r\n", "\n").replace('\r', "\n")));
    }
    Ok(change(brut, net))
}

/// The length is that of the text as typed, so that what the schema refuses is refused.
fn mesurer(brut: &str, max: usize) -> Result<(), Refus> {
    if brut.len() > max && brut.chars().count() > max { Err(refus::TEXTE_TROP_LONG) } else { Ok(()) }
}
