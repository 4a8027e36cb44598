//! A mail written once to the people of several demandes, and the groups of a list.

use serde::{Deserialize, Serialize};

use crate::error::{FieldError, Problem};
use crate::text::fr_message as texte;

/// Most demandes of one sending.
pub const DEMANDES_MAX: usize = 1_000;
/// Most mails that one person sends in a day.
pub const PAR_JOUR: i64 = 500;
/// Most characters of a subject.
pub const OBJET_MAX: usize = 120;
/// Most characters of a text.
pub const TEXTE_MAX: usize = 5_000;
/// What stands for something of the person, in a subject or a text.
pub const MARQUES: [&str; 5] = ["{prenom}", "{nom}", "{structure}", "{formation}", "{reference}"];

/// A mail to write to the people of demandes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageSaisie {
    /// The demandes: each person is written to once.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub demandes: Vec<String>,
    /// Subject; may hold marks.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
    pub objet: String,
    /// Text; may hold marks.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 5000))]
    pub texte: String,
    /// Only shows what would leave.
    #[serde(default = "vrai")]
    pub essai: bool,
}

fn vrai() -> bool {
    true
}

/// A mail as one person would read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageApercu {
    /// Address.
    pub a: String,
    /// Subject.
    pub objet: String,
    /// Text.
    pub texte: String,
}

/// A demande whose person is not written to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageRefuse {
    /// The demande.
    pub id: String,
    /// Why.
    pub probleme: Problem,
}

/// What became of a sending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTraite {
    /// Whether it was only shown.
    pub essai: bool,
    /// People written to, or who would be.
    pub destinataires: usize,
    /// What the first of them reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apercu: Option<MessageApercu>,
    /// Mails that the person may still send today, these not counted when it was only shown.
    pub reste: i64,
    /// The demandes left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refuses: Vec<MessageRefuse>,
}

impl MessageSaisie {
    /// What is wrong, by field.
    pub fn erreurs(&self) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        if self.demandes.is_empty() || self.demandes.len() > DEMANDES_MAX {
            erreurs.push(FieldError::new("/demandes", "nombre", texte::nombre(DEMANDES_MAX)));
        }
        let parties = [("/objet", &self.objet, OBJET_MAX, false), ("/texte", &self.texte, TEXTE_MAX, true)];
        for (champ, valeur, max, lignes) in parties {
            let longueur = valeur.trim().chars().count();
            let interdit = |c: char| c.is_control() && !(lignes && c == '\n');
            if longueur == 0 || longueur > max || valeur.chars().any(interdit) {
                erreurs.push(FieldError::new(champ, "texte", texte::longueur(max)));
            } else if let Some(marque) = marque_inconnue(valeur) {
                erreurs.push(FieldError::new(champ, "marque_inconnue", texte::marque(marque, &MARQUES)));
            }
        }
        erreurs
    }
}

/// The first `{…}` that stands for nothing we know.
fn marque_inconnue(texte: &str) -> Option<&str> {
    let mut reste = texte;
    while let Some(debut) = reste.find('{') {
        let suite = reste.get(debut..)?;
        let fin = suite.find('}').map_or(suite.len(), |fin| fin + 1);
        let marque = suite.get(..fin)?;
        if !MARQUES.contains(&marque) {
            return Some(marque);
        }
        reste = suite.get(fin..)?;
    }
    None
}

/// Puts what the marks stand for in a text: first name, last name, structure, training, reference.
pub fn remplir(texte: &str, valeurs: [&str; 5]) -> String {
    MARQUES.iter().zip(valeurs).fold(texte.to_owned(), |texte, (marque, valeur)| texte.replace(marque, valeur))
}

/// The demandes of one value of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Groupe {
    /// The value; empty for the demandes that have none.
    pub valeur: String,
    /// How many.
    pub nombre: u64,
}

/// The groups of a list, the largest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Groupes {
    /// Name of the column.
    pub par: String,
    /// The groups.
    pub groupes: Vec<Groupe>,
    /// Demandes of the smaller groups that are not listed.
    pub autres: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(objet: &str, texte: &str) -> MessageSaisie {
        MessageSaisie { demandes: vec!["a".into()], objet: objet.into(), texte: texte.into(), essai: true }
    }

    #[test]
    fn marks_stand_for_what_is_known_of_the_person() {
        let valeurs = ["Zoé", "Le Goff", "Mairie", "Aidants Connect", "PA-1"];
        assert_eq!(remplir("Bonjour {prenom} {nom} ({reference})", valeurs), "Bonjour Zoé Le Goff (PA-1)");
        assert_eq!(message("{structure}", "Bonjour\n{formation}").erreurs(), []);
    }

    #[test]
    fn what_cannot_leave_is_refused_by_field() {
        let champs = |saisie: MessageSaisie| saisie.erreurs().into_iter().map(|e| e.champ).collect::<Vec<_>>();
        assert_eq!(champs(message(" ", "a\u{0}")), ["/objet", "/texte"]);
        assert_eq!(champs(message("a\nb", "{siret}")), ["/objet", "/texte"]);
        assert_eq!(champs(message("{prenom", "fini")), ["/objet"]);
        let vide = MessageSaisie { demandes: Vec::new(), ..message("a", "b") };
        assert_eq!(champs(vide), ["/demandes"]);
    }
}
