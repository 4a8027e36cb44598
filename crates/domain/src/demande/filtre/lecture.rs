//! From the text of a filter to its tree: words, then a descent of bounded depth.

use crate::demande::Colonne;
use crate::demande::filtre::controle::{self, RefusFiltre};
use crate::demande::filtre::tri::colonne_inconnue;
use crate::demande::filtre::{
    CARACTERES_MAX, CONDITIONS_MAX, ErreurFiltre, Filtre, MOTIF, Operateur, PROFONDEUR_MAX, VALEURS_MAX,
};
use crate::text::fr_demande as texte;

/// A word of the grammar.
#[derive(Debug, PartialEq, Eq)]
enum Mot {
    /// Letters, digits and `_.@+-`: a keyword, a column or a bare value.
    Nu(String),
    /// A value between quotes, escapes undone.
    Cite(String),
    Ouvre,
    Ferme,
    Virgule,
}

/// A word and the character at which it begins, from 1.
struct Jeton {
    mot: Mot,
    position: usize,
}

/// Reads a whole filter.
pub(super) fn lire(filtre: &str) -> Result<Filtre, ErreurFiltre> {
    if filtre.chars().nth(CARACTERES_MAX).is_some() {
        return Err(RefusFiltre::new("trop_long", texte::trop_long(CARACTERES_MAX)).a(CARACTERES_MAX + 1));
    }
    let jetons = decouper(filtre)?;
    if jetons.is_empty() {
        return Ok(Filtre::default());
    }
    let mut lecteur = Lecteur {
        jetons: jetons.into_iter().peekable(),
        fin: filtre.chars().count() + 1,
        profondeur: 0,
        conditions: 0,
    };
    let arbre = lecteur.ou()?;
    match lecteur.jetons.next() {
        None => Ok(arbre),
        Some(reste) => Err(RefusFiltre::new("lien_attendu", texte::LIEN_ATTENDU.to_owned()).a(reste.position)),
    }
}

/// Cuts the text into words.
fn decouper(filtre: &str) -> Result<Vec<Jeton>, ErreurFiltre> {
    let mut signes = filtre.chars().zip(1..).peekable();
    let mut jetons = Vec::new();
    while let Some((signe, position)) = signes.next() {
        let mot = match signe {
            _ if signe.is_whitespace() => continue,
            '(' => Mot::Ouvre,
            ')' => Mot::Ferme,
            ',' => Mot::Virgule,
            '"' => Mot::Cite(citation(&mut signes, position)?),
            _ if est_nu(signe) => {
                let mut nu = String::from(signe);
                while let Some((suite, _)) = signes.next_if(|(suite, _)| est_nu(*suite)) {
                    nu.push(suite);
                }
                Mot::Nu(nu)
            }
            _ => {
                let message = texte::signe_inattendu(signe);
                return Err(RefusFiltre::new("signe_inattendu", message).a(position));
            }
        };
        jetons.push(Jeton { mot, position });
    }
    Ok(jetons)
}

const fn est_nu(signe: char) -> bool {
    signe.is_ascii_alphanumeric() || matches!(signe, '_' | '.' | '@' | '+' | '-')
}

/// What stands between quotes, the first one being already read.
fn citation(signes: &mut impl Iterator<Item = (char, usize)>, debut: usize) -> Result<String, ErreurFiltre> {
    let mut valeur = String::new();
    while let Some((signe, position)) = signes.next() {
        match signe {
            '"' => return Ok(valeur),
            '\\' => match signes.next() {
                Some((echappe @ ('"' | '\\'), _)) => valeur.push(echappe),
                _ => {
                    return Err(RefusFiltre::new("echappement", texte::ECHAPPEMENT.to_owned()).a(position));
                }
            },
            _ => valeur.push(signe),
        }
    }
    Err(RefusFiltre::new("guillemet_ouvert", texte::GUILLEMET_OUVERT.to_owned()).a(debut))
}

struct Lecteur {
    jetons: std::iter::Peekable<std::vec::IntoIter<Jeton>>,
    /// Position behind the last character.
    fin: usize,
    profondeur: usize,
    conditions: usize,
}

impl Lecteur {
    fn position(&mut self) -> usize {
        self.jetons.peek().map_or(self.fin, |jeton| jeton.position)
    }

    fn refus<T>(&mut self, code: &'static str, message: &str) -> Result<T, ErreurFiltre> {
        let position = self.position();
        Err(RefusFiltre::new(code, message.to_owned()).a(position))
    }

    /// Takes the next word when it is this keyword, whatever its case.
    fn mot_cle(&mut self, cle: &str) -> bool {
        self.jetons.next_if(|jeton| matches!(&jeton.mot, Mot::Nu(nu) if nu.eq_ignore_ascii_case(cle))).is_some()
    }

    /// Takes the next word when it is this sign.
    fn signe(&mut self, signe: &Mot) -> bool {
        self.jetons.next_if(|jeton| jeton.mot == *signe).is_some()
    }

    fn ou(&mut self) -> Result<Filtre, ErreurFiltre> {
        let premier = self.et()?;
        let mut parties = vec![premier];
        while self.mot_cle("or") {
            parties.push(self.et()?);
        }
        Ok(groupe(parties, Filtre::Ou))
    }

    fn et(&mut self) -> Result<Filtre, ErreurFiltre> {
        let premier = self.facteur()?;
        let mut parties = vec![premier];
        while self.mot_cle("and") {
            parties.push(self.facteur()?);
        }
        Ok(groupe(parties, Filtre::Et))
    }

    fn facteur(&mut self) -> Result<Filtre, ErreurFiltre> {
        let position = self.position();
        if self.mot_cle("not") {
            self.descendre(position)?;
            let partie = self.facteur()?;
            self.profondeur -= 1;
            return Ok(Filtre::Non(Box::new(partie)));
        }
        if self.signe(&Mot::Ouvre) {
            self.descendre(position)?;
            let partie = self.ou()?;
            self.profondeur -= 1;
            return if self.signe(&Mot::Ferme) {
                Ok(partie)
            } else {
                self.refus("parenthese_ouverte", &texte::parenthese_ouverte(position))
            };
        }
        self.condition()
    }

    fn descendre(&mut self, position: usize) -> Result<(), ErreurFiltre> {
        self.profondeur += 1;
        if self.profondeur <= PROFONDEUR_MAX {
            return Ok(());
        }
        Err(RefusFiltre::new("trop_profond", texte::trop_profond(PROFONDEUR_MAX)).a(position))
    }

    fn condition(&mut self) -> Result<Filtre, ErreurFiltre> {
        let ou = self.position();
        self.conditions += 1;
        if self.conditions > CONDITIONS_MAX {
            return self.refus("trop_de_conditions", &texte::trop_de_conditions(CONDITIONS_MAX));
        }
        let Some(nom) = self.nu() else {
            return self.refus("colonne_attendue", texte::COLONNE_ATTENDUE);
        };
        if nom == MOTIF {
            return self.motif();
        }
        let Some(colonne) = Colonne::parse(&nom) else {
            return Err(RefusFiltre::new("colonne_inconnue", colonne_inconnue(&nom)).a(ou));
        };
        let ou = self.position();
        let mot = self.nu().unwrap_or_default().to_ascii_lowercase();
        let Some(operateur) = Operateur::parse(&mot) else {
            let permis = controle::operateurs(colonne.genre());
            return Err(RefusFiltre::new("operateur_attendu", texte::operateur_attendu(colonne, permis)).a(ou));
        };
        controle::operateur(colonne, operateur).map_err(|refus| refus.a(ou))?;
        let valeurs = match operateur {
            Operateur::Empty | Operateur::Filled => Vec::new(),
            Operateur::In => self.liste(colonne)?,
            _ => vec![self.valeur(colonne)?],
        };
        Ok(Filtre::Condition { colonne, operateur, valeurs })
    }

    /// The reason of a refusal, as it stands.
    fn motif(&mut self) -> Result<Filtre, ErreurFiltre> {
        if !self.mot_cle(Operateur::Eq.as_str()) {
            return self.refus("operateur_attendu", texte::OPERATEUR_DU_MOTIF);
        }
        let position = self.position();
        match self.mot_de_valeur() {
            Some(valeur) => match controle::sans_nul(valeur) {
                Ok(motif) => Ok(Filtre::Motif(motif)),
                Err(refus) => Err(refus.a(position)),
            },
            None => self.refus("valeur_attendue", texte::VALEUR_ATTENDUE),
        }
    }

    /// Takes the next word when it is a bare one.
    fn nu(&mut self) -> Option<String> {
        match self.jetons.next_if(|jeton| matches!(jeton.mot, Mot::Nu(_)))?.mot {
            Mot::Nu(nu) => Some(nu),
            _ => None,
        }
    }

    fn valeur(&mut self, colonne: Colonne) -> Result<String, ErreurFiltre> {
        let position = self.position();
        match self.mot_de_valeur() {
            Some(valeur) => controle::valeur(colonne, valeur).map_err(|refus| refus.a(position)),
            None => self.refus("valeur_attendue", texte::VALEUR_ATTENDUE),
        }
    }

    /// Takes the next word when it can be a value.
    fn mot_de_valeur(&mut self) -> Option<String> {
        match self.jetons.next_if(|jeton| matches!(jeton.mot, Mot::Nu(_) | Mot::Cite(_)))?.mot {
            Mot::Nu(valeur) | Mot::Cite(valeur) => Some(valeur),
            _ => None,
        }
    }

    fn liste(&mut self, colonne: Colonne) -> Result<Vec<String>, ErreurFiltre> {
        if !self.signe(&Mot::Ouvre) {
            return self.refus("liste_attendue", texte::LISTE_ATTENDUE);
        }
        let mut valeurs = vec![self.valeur(colonne)?];
        while self.signe(&Mot::Virgule) {
            if valeurs.len() == VALEURS_MAX {
                return self.refus("trop_de_valeurs", &texte::trop_de_valeurs(VALEURS_MAX));
            }
            valeurs.push(self.valeur(colonne)?);
        }
        if self.signe(&Mot::Ferme) { Ok(valeurs) } else { self.refus("liste_ouverte", texte::LISTE_OUVERTE) }
    }
}

/// A group of several; a lone part stands for itself.
fn groupe(mut parties: Vec<Filtre>, fait: fn(Vec<Filtre>) -> Filtre) -> Filtre {
    match parties.pop() {
        Some(seule) if parties.is_empty() => seule,
        Some(derniere) => {
            parties.push(derniere);
            fait(parties)
        }
        None => Filtre::default(),
    }
}
