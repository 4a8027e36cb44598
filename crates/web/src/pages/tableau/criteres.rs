//! Filters as people set them, one per line, and the one grammar text they stand for (architecture, invariant 8).

use domain::demande::filtre::ErreurFiltre;
use domain::demande::{Colonne, Filtre, Operateur, TypeColonne};

/// How a person narrows a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// The cell contains these words.
    Contient,
    /// The cell is exactly this.
    Egal,
    /// The cell is one of these choices.
    Parmi,
    /// The date is from one day to another, both included; one of the two may miss.
    Entre,
    /// The cell is empty.
    Vide,
    /// The cell is filled.
    Rempli,
}

impl Genre {
    /// Code in the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contient => "contient",
            Self::Egal => "egal",
            Self::Parmi => "parmi",
            Self::Entre => "entre",
            Self::Vide => "vide",
            Self::Rempli => "rempli",
        }
    }

    /// The kinds a column takes, the usual one first.
    pub const fn de(genre: TypeColonne) -> &'static [Self] {
        match genre {
            TypeColonne::Texte | TypeColonne::Code => &[Self::Contient, Self::Egal, Self::Vide, Self::Rempli],
            TypeColonne::Date => &[Self::Entre, Self::Vide, Self::Rempli],
            TypeColonne::Choix | TypeColonne::OuiNon => &[Self::Parmi, Self::Vide, Self::Rempli],
        }
    }

    /// The kind of this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Contient, Self::Egal, Self::Parmi, Self::Entre, Self::Vide, Self::Rempli]
            .into_iter()
            .find(|genre| genre.code() == code)
    }
}

/// One filter as set by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Critere {
    /// Column.
    pub colonne: Colonne,
    /// How.
    pub genre: Genre,
    /// What is looked for: words, codes, or two dates of which one may be empty.
    pub valeurs: Vec<String>,
}

impl Critere {
    /// The filter it stands for.
    ///
    /// # Errors
    /// A sentence that says what to correct.
    pub fn filtre(&self) -> Result<Filtre, ErreurFiltre> {
        let condition = |operateur, valeurs| Filtre::condition(self.colonne, operateur, valeurs);
        match self.genre {
            Genre::Contient => condition(Operateur::Contains, self.valeurs.clone()),
            Genre::Egal => condition(Operateur::Eq, self.valeurs.clone()),
            Genre::Parmi => condition(Operateur::In, self.valeurs.clone()),
            Genre::Vide => condition(Operateur::Empty, Vec::new()),
            Genre::Rempli => condition(Operateur::Filled, Vec::new()),
            Genre::Entre => {
                let mut bornes = Vec::new();
                for (operateur, jour) in [Operateur::Ge, Operateur::Le].into_iter().zip(&self.valeurs) {
                    if !jour.is_empty() {
                        bornes.push(condition(operateur, vec![jour.clone()])?);
                    }
                }
                if bornes.is_empty() { condition(Operateur::Ge, Vec::new()) } else { Ok(Filtre::et(bornes)) }
            }
        }
    }
}

/// One line of the list of filters: a criterion, or a part only the address can say, shown as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ligne {
    /// Set in the panel.
    Critere(Critere),
    /// Written in the address.
    Autre(Filtre),
}

impl Ligne {
    fn filtre(&self) -> Filtre {
        match self {
            Self::Critere(critere) => critere.filtre().unwrap_or_default(),
            Self::Autre(filtre) => filtre.clone(),
        }
    }

    /// The criterion, when it is one.
    pub const fn critere(&self) -> Option<&Critere> {
        match self {
            Self::Critere(critere) => Some(critere),
            Self::Autre(_) => None,
        }
    }
}

/// The lines of a filter.
pub fn lignes(filtre: &Filtre) -> Vec<Ligne> {
    let parties = match filtre {
        Filtre::Et(parties) => parties.clone(),
        seule => vec![seule.clone()],
    };
    let mut lignes: Vec<Ligne> = Vec::with_capacity(parties.len());
    for partie in parties {
        match borne(&partie) {
            Some((colonne, rang, jour)) => ajouter_borne(&mut lignes, colonne, rang, jour),
            None => lignes.push(critere(&partie).map_or(Ligne::Autre(partie), Ligne::Critere)),
        }
    }
    lignes
}

/// The filter of these lines.
pub fn filtre(lignes: &[Ligne]) -> Filtre {
    let mut parties = Vec::with_capacity(lignes.len());
    for ligne in lignes {
        match ligne.filtre() {
            Filtre::Et(dedans) => parties.extend(dedans),
            autre => parties.push(autre),
        }
    }
    Filtre::et(parties)
}

/// The same filter with this criterion, instead of the one of the same column and kind.
pub fn avec(avant: &Filtre, nouveau: Critere) -> Filtre {
    let mut lignes = lignes(avant);
    let meme = |ligne: &Ligne| {
        ligne.critere().is_some_and(|ancien| ancien.colonne == nouveau.colonne && ancien.genre == nouveau.genre)
    };
    lignes.retain(|ligne| !meme(ligne));
    lignes.push(Ligne::Critere(nouveau));
    filtre(&lignes)
}

/// The same filter without what is asked of this column.
pub fn sans(avant: &Filtre, colonne: Colonne) -> Filtre {
    let mut lignes = lignes(avant);
    lignes.retain(|ligne| ligne.critere().is_none_or(|critere| critere.colonne != colonne));
    filtre(&lignes)
}

/// The codes asked of a choice column.
pub fn codes(filtre: &Filtre, colonne: Colonne) -> Vec<String> {
    let de_la_colonne = |ligne: Ligne| {
        ligne.critere().filter(|c| c.colonne == colonne && c.genre == Genre::Parmi).map(|c| c.valeurs.clone())
    };
    lignes(filtre).into_iter().find_map(de_la_colonne).unwrap_or_default()
}

/// The same filter with this code of a choice column asked, or no longer.
pub fn bascule(avant: &Filtre, colonne: Colonne, code: &str) -> Filtre {
    let mut valeurs = codes(avant, colonne);
    if valeurs.iter().any(|valeur| valeur == code) {
        valeurs.retain(|valeur| valeur != code);
    } else {
        valeurs.push(code.to_owned());
    }
    if valeurs.is_empty() {
        return sans(avant, colonne);
    }
    avec(avant, Critere { colonne, genre: Genre::Parmi, valeurs })
}

/// The same filter with this column asked to be exactly this, and nothing else of it.
pub fn egal(avant: &Filtre, colonne: Colonne, valeur: &str) -> Filtre {
    avec(&sans(avant, colonne), Critere { colonne, genre: Genre::Egal, valeurs: vec![valeur.to_owned()] })
}

/// Whether a filter asks of a column that it be exactly this.
pub fn demande(filtre: &Filtre, colonne: Colonne, valeur: &str) -> bool {
    let voulu =
        |critere: &Critere| critere.colonne == colonne && critere.genre == Genre::Egal && critere.valeurs == [valeur];
    lignes(filtre).iter().any(|ligne| ligne.critere().is_some_and(voulu))
}

/// A bound of a date: column, 0 for the first day or 1 for the last, day.
fn borne(filtre: &Filtre) -> Option<(Colonne, usize, String)> {
    let Filtre::Condition { colonne, operateur, valeurs } = filtre else {
        return None;
    };
    let rang = match operateur {
        Operateur::Ge => 0,
        Operateur::Le => 1,
        _ => return None,
    };
    let jour = valeurs.first().filter(|_| colonne.genre() == TypeColonne::Date)?;
    Some((*colonne, rang, jour.clone()))
}

/// Joins the two bounds of a column on one line.
fn ajouter_borne(lignes: &mut Vec<Ligne>, colonne: Colonne, rang: usize, jour: String) {
    let libre = lignes.iter_mut().find_map(|ligne| match ligne {
        Ligne::Critere(c) if c.colonne == colonne && c.genre == Genre::Entre => {
            c.valeurs.get_mut(rang).filter(|valeur| valeur.is_empty())
        }
        _ => None,
    });
    if let Some(place) = libre {
        *place = jour;
        return;
    }
    let mut valeurs = vec![String::new(), String::new()];
    if let Some(place) = valeurs.get_mut(rang) {
        *place = jour;
    }
    lignes.push(Ligne::Critere(Critere { colonne, genre: Genre::Entre, valeurs }));
}

fn critere(filtre: &Filtre) -> Option<Critere> {
    let Filtre::Condition { colonne, operateur, valeurs } = filtre else {
        return None;
    };
    let type_colonne = colonne.genre();
    let genre = match operateur {
        Operateur::Contains => Genre::Contient,
        Operateur::Eq if matches!(type_colonne, TypeColonne::Texte | TypeColonne::Code) => Genre::Egal,
        Operateur::Eq | Operateur::In if matches!(type_colonne, TypeColonne::Choix | TypeColonne::OuiNon) => {
            Genre::Parmi
        }
        Operateur::Empty => Genre::Vide,
        Operateur::Filled => Genre::Rempli,
        _ => return None,
    };
    Some(Critere { colonne: *colonne, genre, valeurs: valeurs.clone() })
}

#[cfg(test)]
mod tests;
