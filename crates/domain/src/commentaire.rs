//! What people say to each other about a demande, and how each is told of it.

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;
use crate::error::FieldError;
use crate::permission::Role;
use crate::text::fr_commentaire as texte;

/// Most characters of a comment.
pub const TEXTE_MAX: usize = 2_000;
/// Most people mentioned in one comment.
pub const MENTIONS_MAX: usize = 20;
/// Most comments of one demande.
pub const COMMENTAIRES_MAX: i64 = 1_000;

choix! {
    /// What one is told of.
    GenreAvis {
        /// Somebody mentioned the person.
        Mention = "mention",
        /// Somebody commented a demande that the person had commented.
        Reponse = "reponse",
    }
}

choix! {
    /// How one is told.
    MoyenAvis {
        /// In the application, and by a mail at once.
        Courriel = "courriel",
        /// In the application, and in a daily mail.
        Resume = "resume",
        /// In the application only.
        Application = "application",
    }
}

impl GenreAvis {
    /// How one is told when one has not chosen.
    pub const fn moyen_habituel(self) -> MoyenAvis {
        match self {
            Self::Mention => MoyenAvis::Courriel,
            Self::Reponse => MoyenAvis::Resume,
        }
    }
}

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

/// Something one is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Avis {
    /// Identifier.
    pub id: String,
    /// What of.
    pub genre: GenreAvis,
    /// Name of who did it.
    pub auteur: String,
    /// When (RFC 3339).
    pub date: String,
    /// The demande it is about.
    pub demande_id: String,
    /// Whom that demande is about: first and last name.
    pub personne: String,
    /// The comment; empty once it was taken back.
    pub texte: String,
    /// Whether it was read.
    pub lu: bool,
}

/// Which avis were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AvisLus {
    /// These; all of them when there is none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
    pub ids: Vec<String>,
}

/// How many are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AvisNonLus {
    /// How many.
    pub non_lus: i64,
}

/// How one is told of each kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreferencesAvis {
    /// When somebody mentions the person.
    pub mention: MoyenAvis,
    /// When somebody comments a demande that the person had commented.
    pub reponse: MoyenAvis,
}

impl Default for PreferencesAvis {
    fn default() -> Self {
        Self { mention: GenreAvis::Mention.moyen_habituel(), reponse: GenreAvis::Reponse.moyen_habituel() }
    }
}

impl PreferencesAvis {
    /// Each kind, with how one is told of it.
    pub const fn par_genre(self) -> [(GenreAvis, MoyenAvis); 2] {
        [(GenreAvis::Mention, self.mention), (GenreAvis::Reponse, self.reponse)]
    }

    /// Sets how one is told of a kind.
    pub const fn regler(&mut self, genre: GenreAvis, moyen: MoyenAvis) {
        match genre {
            GenreAvis::Mention => self.mention = moyen,
            GenreAvis::Reponse => self.reponse = moyen,
        }
    }
}

/// Wants no more mail of a kind: the secret of the link at the foot of each.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Desabonnement {
    /// The secret.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub jeton: String,
}

/// What one is no longer told of by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Desabonne {
    /// What.
    pub genre: GenreDesabonne,
}

choix! {
    /// What one may be told of no more by mail.
    GenreDesabonne {
        /// Somebody mentioned the person.
        Mention = "mention",
        /// Somebody commented a demande that the person had commented.
        Reponse = "reponse",
        /// The reminders: what is missing, what comes, what ends.
        Rappel = "rappel",
    }
}

impl From<GenreAvis> for GenreDesabonne {
    fn from(genre: GenreAvis) -> Self {
        match genre {
            GenreAvis::Mention => Self::Mention,
            GenreAvis::Reponse => Self::Reponse,
        }
    }
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

    #[test]
    fn one_is_told_at_once_of_mentions_and_daily_of_answers_until_one_chooses() {
        let mut choix = PreferencesAvis::default();
        assert_eq!(choix.par_genre().map(|(_, moyen)| moyen), [MoyenAvis::Courriel, MoyenAvis::Resume]);
        choix.regler(GenreAvis::Mention, MoyenAvis::Application);
        assert_eq!(choix.par_genre().map(|(_, moyen)| moyen), [MoyenAvis::Application, MoyenAvis::Resume]);
    }
}
