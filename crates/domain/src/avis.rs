//! What an account is told of — mentions, answers, demandes that are given to it or move on, its imports — and how it wants to
//! be told of each (UX-12).

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;

choix! {
    /// What one is told of.
    GenreAvis {
        /// Somebody mentioned the person.
        Mention = "mention",
        /// Somebody commented a demande that the person had commented.
        Reponse = "reponse",
        /// Somebody gave the person demandes to take care of.
        Confiee = "confiee",
        /// A demande that the person takes care of reached another stage, by somebody else.
        Etape = "etape",
        /// An import of the person is over.
        Import = "import",
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

choix! {
    /// What one may be told of no more by mail.
    GenreDesabonne {
        /// Somebody mentioned the person.
        Mention = "mention",
        /// Somebody commented a demande that the person had commented.
        Reponse = "reponse",
        /// Somebody gave the person demandes to take care of.
        Confiee = "confiee",
        /// A demande that the person takes care of reached another stage.
        Etape = "etape",
        /// An import of the person is over.
        Import = "import",
        /// The daily summaries, of whatever they tell.
        Resume = "resume",
        /// The reminders: what is missing, what comes, what ends.
        Rappel = "rappel",
    }
}

impl GenreAvis {
    /// How one is told when one has not chosen.
    pub const fn moyen_habituel(self) -> MoyenAvis {
        match self {
            Self::Mention => MoyenAvis::Courriel,
            Self::Reponse | Self::Confiee => MoyenAvis::Resume,
            Self::Etape | Self::Import => MoyenAvis::Application,
        }
    }
}

impl From<GenreAvis> for GenreDesabonne {
    fn from(genre: GenreAvis) -> Self {
        match genre {
            GenreAvis::Mention => Self::Mention,
            GenreAvis::Reponse => Self::Reponse,
            GenreAvis::Confiee => Self::Confiee,
            GenreAvis::Etape => Self::Etape,
            GenreAvis::Import => Self::Import,
        }
    }
}

/// Something one is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Avis {
    /// Identifier.
    pub id: String,
    /// What of.
    pub genre: GenreAvis,
    /// Name of who did it; empty when the program did.
    pub auteur: String,
    /// When (RFC 3339).
    pub date: String,
    /// The demande it is about; none when it is about several, or about an import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demande_id: Option<String>,
    /// The import it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_id: Option<String>,
    /// How many demandes it is about.
    pub nombre: i64,
    /// Whom the one demande is about: first and last name; empty when there are several.
    pub personne: String,
    /// The comment, empty once it was taken back; the stage that was reached; what the import did.
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

/// How one is told of each kind of thing; what is not said is as by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PreferencesAvis {
    /// When somebody mentions the person.
    pub mention: MoyenAvis,
    /// When somebody comments a demande that the person had commented.
    pub reponse: MoyenAvis,
    /// When somebody gives the person demandes to take care of.
    pub confiee: MoyenAvis,
    /// When a demande that the person takes care of reaches another stage.
    pub etape: MoyenAvis,
    /// When an import of the person is over.
    pub import: MoyenAvis,
}

impl Default for PreferencesAvis {
    fn default() -> Self {
        Self {
            mention: GenreAvis::Mention.moyen_habituel(),
            reponse: GenreAvis::Reponse.moyen_habituel(),
            confiee: GenreAvis::Confiee.moyen_habituel(),
            etape: GenreAvis::Etape.moyen_habituel(),
            import: GenreAvis::Import.moyen_habituel(),
        }
    }
}

impl PreferencesAvis {
    /// Each kind, with how one is told of it.
    pub fn par_genre(self) -> Vec<(GenreAvis, MoyenAvis)> {
        GenreAvis::ALL.iter().map(|genre| (*genre, self.moyen(*genre))).collect()
    }

    /// How one is told of a kind.
    pub const fn moyen(self, genre: GenreAvis) -> MoyenAvis {
        match genre {
            GenreAvis::Mention => self.mention,
            GenreAvis::Reponse => self.reponse,
            GenreAvis::Confiee => self.confiee,
            GenreAvis::Etape => self.etape,
            GenreAvis::Import => self.import,
        }
    }

    /// Sets how one is told of a kind.
    pub const fn regler(&mut self, genre: GenreAvis, moyen: MoyenAvis) {
        match genre {
            GenreAvis::Mention => self.mention = moyen,
            GenreAvis::Reponse => self.reponse = moyen,
            GenreAvis::Confiee => self.confiee = moyen,
            GenreAvis::Etape => self.etape = moyen,
            GenreAvis::Import => self.import = moyen,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_of_each_kind_as_by_default_until_one_chooses() {
        use MoyenAvis::{Application, Courriel, Resume};
        let moyens = |choix: PreferencesAvis| choix.par_genre().into_iter().map(|(_, moyen)| moyen).collect::<Vec<_>>();
        let mut choix = PreferencesAvis::default();
        assert_eq!(moyens(choix), [Courriel, Resume, Resume, Application, Application]);
        for genre in GenreAvis::ALL {
            choix.regler(*genre, Courriel);
            assert_eq!(choix.moyen(*genre), Courriel);
        }
        assert_eq!(moyens(choix), [Courriel; 5]);
    }
}
