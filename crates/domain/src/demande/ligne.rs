//! A row of the table in memory: one text per column. The common form of what is typed, imported, stored and exported.

use crate::demande::Colonne;

/// Number of columns.
const TAILLE: usize = Colonne::ALL.len();

/// One text per column; the empty text means « not given ».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    valeurs: [String; TAILLE],
}

impl Default for Ligne {
    fn default() -> Self {
        Self { valeurs: std::array::from_fn(|_| String::new()) }
    }
}

impl Ligne {
    /// The text of a column.
    pub fn get(&self, colonne: Colonne) -> &str {
        self.valeurs.get(colonne as usize).map_or("", String::as_str)
    }

    /// Sets the text of a column.
    pub fn set(&mut self, colonne: Colonne, valeur: impl Into<String>) {
        if let Some(place) = self.valeurs.get_mut(colonne as usize) {
            *place = valeur.into();
        }
    }

    /// Takes the text of a column out, leaving it empty.
    pub fn take(&mut self, colonne: Colonne) -> String {
        self.valeurs.get_mut(colonne as usize).map(std::mem::take).unwrap_or_default()
    }

    /// Every column with its text, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Colonne, &str)> {
        Colonne::ALL.iter().copied().zip(self.valeurs.iter().map(String::as_str))
    }
}
