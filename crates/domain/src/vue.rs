//! A named view of the table: which rows, in which order, with which columns. Personal, or shown to colleagues, who cannot change it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::demande::{Colonne, Filtre, Tri};
use crate::error::FieldError;
use crate::text::fr_vue as texte;

/// Most characters of a name.
pub const NOM_MAX: usize = 60;
/// Most characters of a search.
pub const RECHERCHE_MAX: usize = 200;
/// Widths that a column may have, in tenths of `rem`.
pub const LARGEURS: std::ops::RangeInclusive<u16> = 40..=600;
/// Most columns that stay in sight.
pub const FIGEES_MAX: u8 = 6;
/// Most views of one person.
pub const VUES_MAX: i64 = 200;

/// What a view shows, in the grammar of the list of demandes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EtatVue {
    /// Filter; empty for every row.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub filtre: String,
    /// Sort; empty for the most recent first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub tri: String,
    /// Column whose values are the headings of the rows; empty when they are not grouped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub groupe: String,
    /// Words searched.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub q: String,
    /// Columns shown, in order; none for the usual ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 60))]
    pub colonnes: Vec<String>,
    /// Widths set by hand, in tenths of `rem`; a column that is not named has its usual one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub largeurs: BTreeMap<String, u16>,
    /// How many of the first columns stay in sight when the table scrolls sideways; none for the usual ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 6))]
    pub figees: Option<u8>,
    /// Whether lines are closer together.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub serre: bool,
}

/// A view to keep, or what an existing one becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VueSaisie {
    /// Name, unique among one's own.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub nom: String,
    /// What it shows.
    pub etat: EtatVue,
    /// Whether colleagues see it: those of the same role and, for a récipiendaire, of the same envelope.
    #[serde(default)]
    pub partagee: bool,
    /// Whether its owner finds it when opening the table; another one then no longer is.
    #[serde(default)]
    pub habituelle: bool,
}

/// A view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vue {
    /// Identifier.
    pub id: String,
    /// Version, as in the `ETag`.
    pub version: i64,
    /// Name.
    pub nom: String,
    /// What it shows.
    pub etat: EtatVue,
    /// Whether colleagues see it.
    pub partagee: bool,
    /// Whether it is one's own: only its owner changes it.
    pub mienne: bool,
    /// Whether its owner finds it when opening the table.
    #[serde(default)]
    pub habituelle: bool,
    /// Name of its owner.
    pub auteur: String,
}

impl VueSaisie {
    /// What is wrong, by field; `lit` says whether the person reads a column.
    pub fn erreurs(&self, lit: impl Fn(Colonne) -> bool) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        let mut refuser =
            |champ: &str, code: &str, message: String| erreurs.push(FieldError::new(champ, code, message));
        let longueur = self.nom.trim().chars().count();
        if longueur == 0 || longueur > NOM_MAX || self.nom.chars().any(char::is_control) {
            refuser("/nom", "nom", texte::nom(NOM_MAX));
        }
        if self.etat.q.chars().count() > RECHERCHE_MAX {
            refuser("/etat/q", "trop_long", texte::RECHERCHE.to_owned());
        }
        match Filtre::parse(&self.etat.filtre) {
            Ok(filtre) if filtre.colonnes().into_iter().all(&lit) => {}
            Ok(_) => refuser("/etat/filtre", "colonne_reservee", texte::RESERVEE.to_owned()),
            Err(erreur) => refuser("/etat/filtre", "filtre", erreur.to_string()),
        }
        match Tri::parse(&self.etat.tri) {
            Ok(tri) if tri.cles().iter().all(|cle| lit(cle.colonne)) => {}
            Ok(_) => refuser("/etat/tri", "colonne_reservee", texte::RESERVEE.to_owned()),
            Err(erreur) => refuser("/etat/tri", "tri", erreur.to_string()),
        }
        if !self.etat.groupe.is_empty() && !Colonne::parse(&self.etat.groupe).is_some_and(&lit) {
            refuser("/etat/groupe", "colonne_inconnue", texte::COLONNE.to_owned());
        }
        for (nom, largeur) in &self.etat.largeurs {
            let champ = format!("/etat/largeurs/{nom}");
            if !Colonne::parse(nom).is_some_and(&lit) {
                refuser(&champ, "colonne_inconnue", texte::COLONNE.to_owned());
            } else if !LARGEURS.contains(largeur) {
                refuser(&champ, "largeur", texte::largeur(&LARGEURS));
            }
        }
        if self.etat.figees.is_some_and(|figees| figees > FIGEES_MAX) {
            refuser("/etat/figees", "figees", texte::figees(FIGEES_MAX));
        }
        for (rang, nom) in self.etat.colonnes.iter().enumerate() {
            if !Colonne::parse(nom).is_some_and(&lit) {
                refuser(&format!("/etat/colonnes/{rang}"), "colonne_inconnue", texte::COLONNE.to_owned());
            }
        }
        erreurs
    }
}
