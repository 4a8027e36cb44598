//! What was typed in the form of a demande and is not saved yet: kept on the device, so that neither a reload nor a
//! network cut loses it. Only what was changed is kept, for the account that typed it, until it is saved, given up, or the
//! account signs out.

use std::collections::BTreeMap;

use domain::demande::{Colonne, Ligne};

use super::fusion::libres;
use crate::browser;
use crate::session::use_session;

/// Every key of a draft begins so.
const PREFIXE: &str = "parcours.demande.";
/// Place of the version that was read.
const VERSION: &str = "version";
/// Place of the envelope of a demande being added.
const ENVELOPPE: &str = "enveloppe";
/// Place of the `Idempotency-Key` of a sending whose outcome is not known.
const ENVOI: &str = "envoi";
/// Before the name of a column: its value when the demande was read, and its value as typed.
const AVANT: &str = "avant.";
const TAPE: &str = "tape.";

/// A column that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Champ {
    /// Column.
    pub colonne: Colonne,
    /// Value when the demande was read.
    pub avant: String,
    /// Value as typed.
    pub tape: String,
}

/// What is not saved yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brouillon {
    /// Version that was read; 0 for a demande being added.
    pub version: i64,
    /// What was changed.
    pub champs: Vec<Champ>,
    /// Envelope chosen for a demande being added.
    pub enveloppe: String,
    /// `Idempotency-Key` of a sending whose outcome is not known.
    pub envoi: Option<String>,
}

impl Brouillon {
    /// What was changed between two rows.
    pub fn entre(avant: &Ligne, tapee: &Ligne) -> Vec<Champ> {
        libres()
            .filter(|colonne| avant.get(*colonne) != tapee.get(*colonne))
            .map(|colonne| Champ { colonne, avant: avant.get(colonne).to_owned(), tape: tapee.get(colonne).to_owned() })
            .collect()
    }

    fn ecrire(&self) -> Option<String> {
        let mut textes = BTreeMap::new();
        textes.insert(VERSION.to_owned(), self.version.to_string());
        textes.insert(ENVELOPPE.to_owned(), self.enveloppe.clone());
        for champ in &self.champs {
            textes.insert(format!("{AVANT}{}", champ.colonne.nom()), champ.avant.clone());
            textes.insert(format!("{TAPE}{}", champ.colonne.nom()), champ.tape.clone());
        }
        if let Some(envoi) = &self.envoi {
            textes.insert(ENVOI.to_owned(), envoi.clone());
        }
        serde_json::to_string(&textes).ok()
    }

    /// The draft written in this text, when it says something.
    fn lire(texte: &str) -> Option<Self> {
        let mut textes: BTreeMap<String, String> = serde_json::from_str(texte).ok()?;
        let mut prendre = |place: &str| textes.remove(place);
        let champs: Vec<Champ> = libres()
            .filter_map(|colonne| {
                let avant = prendre(&format!("{AVANT}{}", colonne.nom()))?;
                Some(Champ { colonne, avant, tape: prendre(&format!("{TAPE}{}", colonne.nom()))? })
            })
            .collect();
        let version = prendre(VERSION)?.parse().ok()?;
        let (enveloppe, envoi) = (prendre(ENVELOPPE).unwrap_or_default(), prendre(ENVOI));
        let brouillon = Self { version, champs, enveloppe, envoi };
        (!brouillon.champs.is_empty()).then_some(brouillon)
    }

    /// The row that was read: what stands on the server now, but for the columns that were changed.
    pub fn base(&self, mut serveur: Ligne) -> Ligne {
        for champ in &self.champs {
            serveur.set(champ.colonne, champ.avant.clone());
        }
        serveur
    }
}

/// Where the draft of a demande is kept, for one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The place of this demande for whoever is signed in.
    pub fn de(id: &str) -> Self {
        let compte = use_session().current_untracked().map(|session| session.email).unwrap_or_default();
        Self(format!("{PREFIXE}{id}.{compte}"))
    }

    /// The draft that was left here.
    pub fn lire(&self) -> Option<Brouillon> {
        Brouillon::lire(&browser::stored(&self.0)?)
    }

    /// Keeps a draft; one that says nothing leaves none. False when the browser refuses.
    pub fn garder(&self, brouillon: &Brouillon) -> bool {
        if brouillon.champs.is_empty() {
            self.effacer();
            return true;
        }
        brouillon.ecrire().is_some_and(|texte| browser::store(&self.0, &texte))
    }

    /// Erases the draft.
    pub fn effacer(&self) {
        browser::forget(&self.0);
    }
}

/// Where what this account types in the table is kept until it is saved.
pub fn place_du_tableau() -> String {
    Place::de("tableau").0
}

/// Erases every draft of a demande: nothing of anybody stays on a device one signs out of.
#[inline(never)]
pub fn tout_effacer() {
    browser::forget_all(PREFIXE);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ligne(valeurs: &[(Colonne, &str)]) -> Ligne {
        let mut ligne = Ligne::default();
        for (colonne, valeur) in valeurs {
            ligne.set(*colonne, *valeur);
        }
        ligne
    }

    fn brouillon() -> Brouillon {
        let avant = ligne(&[(Colonne::Nom, "Dubois"), (Colonne::Ville, "Lyon"), (Colonne::Etape, "recue")]);
        let tapee = ligne(&[(Colonne::Nom, "Dubois"), (Colonne::Commentaire, "« à \"rappeler\" »\nlundi")]);
        Brouillon {
            version: 3,
            champs: Brouillon::entre(&avant, &tapee),
            enveloppe: "e1".to_owned(),
            envoi: Some("cle".to_owned()),
        }
    }

    #[test]
    fn only_what_was_changed_is_kept_and_emptying_is_a_change() {
        let changes: Vec<_> = brouillon().champs.into_iter().map(|champ| (champ.colonne, champ.avant)).collect();
        assert_eq!(changes, [(Colonne::Ville, "Lyon".to_owned()), (Colonne::Commentaire, String::new())]);
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        assert_eq!(Brouillon::lire(&brouillon().ecrire().unwrap()), Some(brouillon()));
    }

    #[test]
    fn the_row_that_was_read_is_found_again_though_the_server_has_changed() {
        let serveur = ligne(&[(Colonne::Ville, "Bron"), (Colonne::Nom, "Roy")]);
        let base = brouillon().base(serveur);
        assert_eq!((base.get(Colonne::Ville), base.get(Colonne::Nom)), ("Lyon", "Roy"));
    }

    #[test]
    fn what_is_not_a_draft_is_dropped() {
        for texte in ["", "[]", "{}", "{\"version\":\"x\"}"] {
            assert_eq!(Brouillon::lire(texte), None, "{texte}");
        }
        let vide = Brouillon { champs: Vec::new(), ..brouillon() };
        assert_eq!(Brouillon::lire(&vide.ecrire().unwrap()), None);
    }
}
