//! The order of the rows: up to three columns, ascending or descending. The server adds the id so that it is total.

use std::fmt;

use crate::demande::Colonne;
use crate::demande::filtre::{CARACTERES_MAX, ErreurFiltre, noms_proches};
use crate::text::fr_demande as texte;

/// Most columns of a sort.
pub const CLES_MAX: usize = 3;

/// One column of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cle {
    /// Column; a text is sorted folded.
    pub colonne: Colonne,
    /// Largest first.
    pub descendant: bool,
}

/// A sort: one to three different columns, or the order of arrival. By default the newest demandes come first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tri(Vec<Cle>);

impl Default for Tri {
    fn default() -> Self {
        Self(vec![Cle { colonne: Colonne::DateDemande, descendant: true }])
    }
}

impl Tri {
    /// The order in which the rows came, and nothing else.
    pub const fn arrivee() -> Self {
        Self(Vec::new())
    }

    /// Reads `-date_demande,structure_nom`; the blank text is the default sort.
    ///
    /// # Errors
    /// An [`ErreurFiltre`] with its position: unknown column, column given twice, more than [`CLES_MAX`] columns.
    pub fn parse(tri: &str) -> Result<Self, ErreurFiltre> {
        if tri.trim().is_empty() {
            return Ok(Self::default());
        }
        if tri.chars().count() > CARACTERES_MAX {
            let message = texte::trop_long(CARACTERES_MAX);
            return Err(ErreurFiltre { position: CARACTERES_MAX + 1, code: "trop_long", message });
        }
        let mut cles: Vec<Cle> = Vec::with_capacity(CLES_MAX);
        let mut position = 1;
        for morceau in tri.split(',') {
            let cle = lire(morceau).map_err(|(code, message)| ErreurFiltre { position, code, message })?;
            if cles.iter().any(|autre| autre.colonne == cle.colonne) {
                let message = texte::tri_en_double(cle.colonne);
                return Err(ErreurFiltre { position, code: "tri_en_double", message });
            }
            if cles.len() == CLES_MAX {
                let message = texte::tri_trop_de_cles(CLES_MAX);
                return Err(ErreurFiltre { position, code: "tri_trop_de_cles", message });
            }
            cles.push(cle);
            position += morceau.chars().count() + 1;
        }
        Ok(Self(cles))
    }

    /// The columns, the first one deciding first.
    pub fn cles(&self) -> &[Cle] {
        &self.0
    }
}

fn lire(morceau: &str) -> Result<Cle, (&'static str, String)> {
    let nom = morceau.trim();
    let (nom, descendant) = nom.strip_prefix('-').map_or((nom, false), |nom| (nom, true));
    if nom.is_empty() {
        return Err(("tri_vide", texte::TRI_VIDE.to_owned()));
    }
    match Colonne::parse(nom) {
        Some(colonne) => Ok(Cle { colonne, descendant }),
        None => Err(("colonne_inconnue", colonne_inconnue(nom))),
    }
}

/// The sentence for a column that does not exist.
pub(super) fn colonne_inconnue(nom: &str) -> String {
    let noms: Vec<&str> = Colonne::ALL.iter().map(|colonne| colonne.nom()).collect();
    texte::colonne_inconnue(nom, &noms_proches(nom, &noms))
}

impl fmt::Display for Tri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rang, cle) in self.0.iter().enumerate() {
            let virgule = if rang > 0 { "," } else { "" };
            let moins = if cle.descendant { "-" } else { "" };
            write!(f, "{virgule}{moins}{}", cle.colonne.nom())?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Tri {
    type Err = ErreurFiltre;

    fn from_str(texte: &str) -> Result<Self, Self::Err> {
        Self::parse(texte)
    }
}
