//! The whole state of the table as its address says it: filter, sort, search, columns shown, demande opened. Reloading,
//! going back and sharing the address therefore show the same thing.

use domain::demande::filtre::Cle;
use domain::demande::{Colonne, Filtre, Tri};

use crate::api::Query;
use crate::routes::Route;

/// Columns shown when the address does not say.
pub const PAR_DEFAUT: [Colonne; 13] = [
    Colonne::Nom,
    Colonne::Prenom,
    Colonne::Etape,
    Colonne::Verdict,
    Colonne::Formation,
    Colonne::StructureNom,
    Colonne::Ville,
    Colonne::Departement,
    Colonne::DateDemande,
    Colonne::Email,
    Colonne::Siret,
    Colonne::Organisme,
    Colonne::DateSession,
];

/// State of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Etat {
    /// Which rows.
    pub filtre: Filtre,
    /// In which order.
    pub tri: Tri,
    /// Words searched.
    pub q: String,
    /// Columns shown, in order.
    pub colonnes: Vec<Colonne>,
    /// Demande opened beside the table.
    pub ouverte: Option<String>,
    /// What the address asked for and cannot be understood, in French.
    pub erreur: Option<String>,
}

impl Default for Etat {
    fn default() -> Self {
        Self {
            filtre: Filtre::default(),
            tri: Tri::default(),
            q: String::new(),
            colonnes: PAR_DEFAUT.to_vec(),
            ouverte: None,
            erreur: None,
        }
    }
}

impl Etat {
    /// Reads the parameters of an address. What is not understood is left out and told in `erreur`.
    pub fn lire(parametre: impl Fn(&str) -> Option<String>) -> Self {
        let mut etat = Self::default();
        match Filtre::parse(&parametre("filtre").unwrap_or_default()) {
            Ok(filtre) => etat.filtre = filtre,
            Err(erreur) => etat.erreur = Some(erreur.to_string()),
        }
        match Tri::parse(&parametre("tri").unwrap_or_default()) {
            Ok(tri) => etat.tri = tri,
            Err(erreur) => etat.erreur = Some(erreur.to_string()),
        }
        let colonnes: Vec<Colonne> =
            parametre("colonnes").unwrap_or_default().split(',').filter_map(Colonne::parse).collect();
        if !colonnes.is_empty() {
            etat.colonnes = ordonnees(&colonnes);
        }
        etat.q = parametre("q").unwrap_or_default();
        etat.ouverte = parametre("demande").filter(|id| !id.is_empty());
        etat
    }

    /// The address of this state. What is as by default is not written.
    pub fn adresse(&self) -> String {
        let colonnes = if self.colonnes == PAR_DEFAUT { String::new() } else { self.champs() };
        Query::new()
            .with_some("filtre", &self.filtre.to_string())
            .with_some("tri", &self.tri_ecrit())
            .with_some("q", &self.q)
            .with_some("colonnes", &colonnes)
            .with_some("demande", self.ouverte.as_deref().unwrap_or_default())
            .on(&Route::Tableau.path())
    }

    /// The address of a file with exactly the rows and the columns shown.
    pub fn adresse_export(&self, format: &str) -> String {
        Query::new()
            .with("format", format)
            .with_some("filter", &self.filtre.to_string())
            .with_some("sort", &self.tri.to_string())
            .with_some("q", &self.q)
            .with("fields", self.champs())
            .on("/api/v1/demandes/export")
    }

    /// Names of the columns shown, as `fields` takes them.
    pub fn champs(&self) -> String {
        let noms: Vec<&str> = self.colonnes.iter().map(|colonne| colonne.nom()).collect();
        noms.join(",")
    }

    fn tri_ecrit(&self) -> String {
        if self.tri == Tri::default() { String::new() } else { self.tri.to_string() }
    }

    /// How the rows are sorted by this column: `Some(true)` for largest first; nothing when it does not decide first.
    pub fn sens(&self, colonne: Colonne) -> Option<bool> {
        self.tri.cles().first().filter(|cle| cle.colonne == colonne).map(|cle| cle.descendant)
    }

    /// The same table sorted by this column, the other way when it already is.
    #[must_use]
    pub fn trie_par(&self, colonne: Colonne) -> Self {
        let Cle { descendant, .. } = match self.sens(colonne) {
            Some(descendant) => Cle { colonne, descendant: !descendant },
            None => Cle { colonne, descendant: false },
        };
        let texte = format!("{}{}", if descendant { "-" } else { "" }, colonne.nom());
        Self { tri: Tri::parse(&texte).unwrap_or_default(), ..self.clone() }
    }

    /// Whether the list is narrowed.
    pub fn restreint(&self) -> bool {
        self.filtre != Filtre::default() || !self.q.is_empty()
    }
}

/// The columns in the order of the trade, each once.
pub fn ordonnees(colonnes: &[Colonne]) -> Vec<Colonne> {
    let par_defaut = PAR_DEFAUT.iter().copied().filter(|colonne| colonnes.contains(colonne));
    let autres =
        Colonne::ALL.iter().copied().filter(|colonne| colonnes.contains(colonne) && !PAR_DEFAUT.contains(colonne));
    par_defaut.chain(autres).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::query::decode;
    use domain::demande::Operateur;

    /// Reads an address as the browser would.
    fn relire(adresse: &str) -> Etat {
        let requete = adresse.split_once('?').map_or("", |(_, requete)| requete).to_owned();
        Etat::lire(|nom| {
            requete
                .split('&')
                .filter_map(|paire| paire.split_once('='))
                .find(|(n, _)| *n == nom)
                .map(|(_, v)| decode(v))
        })
    }

    #[test]
    fn by_default_the_address_is_bare() {
        assert_eq!(Etat::default().adresse(), "/tableau");
        assert_eq!(relire("/tableau"), Etat::default());
    }

    #[test]
    fn a_state_survives_its_address() {
        let condition = Filtre::condition(Colonne::Ville, Operateur::Contains, vec!["Saint \"Cyr\" & Co".into()]);
        let etat = Etat {
            filtre: condition.unwrap(),
            tri: Tri::parse("-structure_nom,nom").unwrap(),
            q: "Zoé + 100 %".into(),
            colonnes: vec![Colonne::Nom, Colonne::Siret, Colonne::Presence],
            ouverte: Some("0192-a".into()),
            erreur: None,
        };
        assert_eq!(relire(&etat.adresse()), etat);
    }

    #[test]
    fn the_export_asks_for_what_is_shown() {
        let etat = Etat { q: "lyon".into(), colonnes: vec![Colonne::Nom, Colonne::Ville], ..Etat::default() };
        let attendue = "/api/v1/demandes/export?format=csv&sort=-date_demande&q=lyon&fields=nom%2Cville";
        assert_eq!(etat.adresse_export("csv"), attendue);
    }

    #[test]
    fn a_broken_address_is_told_and_the_rest_kept() {
        let etat = relire("/tableau?filtre=ville%20contient&q=abc&colonnes=nom,inconnue");
        assert!(etat.erreur.is_some());
        assert_eq!(etat.q, "abc");
        assert_eq!(etat.colonnes, vec![Colonne::Nom]);
    }

    #[test]
    fn a_header_sorts_upwards_then_downwards() {
        let etat = Etat::default().trie_par(Colonne::Ville);
        assert_eq!(etat.tri.to_string(), "ville");
        let etat = etat.trie_par(Colonne::Ville);
        assert_eq!((etat.tri.to_string(), etat.sens(Colonne::Ville)), ("-ville".into(), Some(true)));
        assert_eq!(etat.trie_par(Colonne::Ville).tri.to_string(), "ville");
        assert_eq!(Etat::default().sens(Colonne::DateDemande), Some(true));
    }
}
