//! What people say to each other about a demande.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::permission::Role;
use crate::text::fr_commentaire as texte;

/// Most characters of a comment.
pub const TEXTE_MAX: usize = 2_000;
/// Most people mentioned in one comment.
pub const MENTIONS_MAX: usize = 20;
/// Most comments of one demande.
pub const COMMENTAIRES_MAX: i64 = 1_000;

/// A comment to write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommentaireSaisie {
    /// What is said.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2000))]
    pub texte: String,
    /// Accounts that it calls upon, among the interlocuteurs of the demande.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub mentions: Vec<String>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Commentaire {
    /// Identifier.
    pub id: String,
    /// Name of its author.
    pub auteur: String,
    /// Role under which it was written.
    pub role: Role,
    /// When (RFC 3339).
    pub date: String,
    /// What is said; empty once it was taken back.
    pub texte: String,
    /// Whether it is the caller's, who alone may take it back.
    pub mien: bool,
    /// Whether its author took it back.
    pub retire: bool,
}

/// Somebody who may be mentioned about a demande: who reaches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interlocuteur {
    /// Account.
    pub id: String,
    /// Name.
    pub nom: String,
    /// Role by which the demande is reached.
    pub role: Role,
}

/// Somebody to whom a demande may be given to take care of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collegue {
    /// E-mail address of the account, as `suivi_par` holds it.
    pub email: String,
    /// Name.
    pub nom: String,
}

/// Who else has a demande open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresenceVue {
    /// Their names.
    pub autres: Vec<String>,
}

impl CommentaireSaisie {
    /// What is wrong, by field.
    pub fn erreurs(&self) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        let longueur = self.texte.trim().chars().count();
        let interdit = |c: char| c.is_control() && c != '\n';
        if longueur == 0 || longueur > TEXTE_MAX || self.texte.chars().any(interdit) {
            erreurs.push(FieldError::new("/texte", "texte", texte::texte(TEXTE_MAX)));
        }
        if self.mentions.len() > MENTIONS_MAX {
            erreurs.push(FieldError::new("/mentions", "trop_de_mentions", texte::mentions(MENTIONS_MAX)));
        }
        erreurs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_has_words_and_may_have_lines() {
        let champs = |texte: &str, mentions: usize| {
            let saisie = CommentaireSaisie { texte: texte.to_owned(), mentions: vec![String::new(); mentions] };
            saisie.erreurs().into_iter().map(|erreur| erreur.champ).collect::<Vec<_>>()
        };
        assert_eq!(champs("Bonjour\nà vous", 20), [] as [&str; 0]);
        assert_eq!(champs(" \n ", 21), ["/texte", "/mentions"]);
        assert_eq!(champs("a\u{0}", 0), ["/texte"]);
        assert_eq!(champs(&"é".repeat(2_000), 0), [] as [&str; 0]);
        assert_eq!(champs(&"é".repeat(2_001), 0), ["/texte"]);
    }
}
