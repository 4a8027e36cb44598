//! The whole state of the table as its address says it: filter, sort, search, columns shown, demande opened. Reloading,
//! going back and sharing the address therefore show the same thing.

use domain::demande::filtre::{CLES_MAX, Cle};
use domain::demande::{Colonne, Filtre, Tri};
use domain::vue::{FIGEES_MAX, LARGEURS};

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
    /// Column whose values are the headings of the rows.
    pub groupe: Option<Colonne>,
    /// Words searched.
    pub q: String,
    /// Columns shown, in order.
    pub colonnes: Vec<Colonne>,
    /// Widths set by hand, in tenths of `rem`.
    pub largeurs: Vec<(Colonne, u16)>,
    /// How many of the first columns stay in sight; none for the usual ones.
    pub figees: Option<u8>,
    /// Whether lines are closer together.
    pub serre: bool,
    /// Demande opened beside the table.
    pub ouverte: Option<String>,
    /// What is shown of what was done lately.
    pub changements: Option<Changements>,
    /// What the address asked for and cannot be understood, in French.
    pub erreur: Option<String>,
}

/// The parts of what was done lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changements {
    /// What one did.
    Miens,
    /// The demandes that were deleted, by anybody.
    Supprimees,
}

impl Changements {
    /// As the address writes it.
    const fn nom(self) -> &'static str {
        match self {
            Self::Miens => "miens",
            Self::Supprimees => "supprimees",
        }
    }
}

impl Default for Etat {
    fn default() -> Self {
        Self {
            filtre: Filtre::default(),
            tri: Tri::default(),
            groupe: None,
            q: String::new(),
            colonnes: PAR_DEFAUT.to_vec(),
            largeurs: Vec::new(),
            figees: None,
            serre: false,
            ouverte: None,
            changements: None,
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
            etat.colonnes = uniques(colonnes);
        }
        etat.largeurs = parametre("largeurs").unwrap_or_default().split(',').filter_map(largeur).collect();
        etat.figees = parametre("figees").and_then(|nombre| nombre.parse().ok()).filter(|nombre| *nombre <= FIGEES_MAX);
        etat.serre = parametre("serre").is_some();
        etat.groupe = parametre("groupe").as_deref().and_then(Colonne::parse);
        etat.q = parametre("q").unwrap_or_default();
        etat.ouverte = parametre("demande").filter(|id| !id.is_empty());
        let partie = parametre("changements").unwrap_or_default();
        etat.changements =
            [Changements::Miens, Changements::Supprimees].into_iter().find(|connue| connue.nom() == partie);
        etat
    }

    /// The address of this state. What is as by default is not written.
    pub fn adresse(&self) -> String {
        let colonnes = if self.colonnes == PAR_DEFAUT { String::new() } else { self.champs() };
        Query::new()
            .with_some("filtre", &self.filtre.to_string())
            .with_some("tri", &self.tri_ecrit())
            .with_some("groupe", self.groupe.map_or("", Colonne::nom))
            .with_some("q", &self.q)
            .with_some("colonnes", &colonnes)
            .with_some("largeurs", &self.largeurs_ecrites())
            .with_some("figees", &self.figees.map(|nombre| nombre.to_string()).unwrap_or_default())
            .with_some("serre", if self.serre { "oui" } else { "" })
            .with_some("demande", self.ouverte.as_deref().unwrap_or_default())
            .with_some("changements", self.changements.map_or("", Changements::nom))
            .on(&Route::Tableau.path())
    }

    /// The address of a file with exactly the rows and the columns shown.
    pub fn adresse_export(&self, format: &str) -> String {
        Query::new()
            .with("format", format)
            .with_some("filter", &self.filtre.to_string())
            .with_some("sort", &self.ordre().to_string())
            .with_some("q", &self.q)
            .with("fields", self.champs())
            .on("/api/v1/demandes/export")
    }

    /// Names of the columns shown, as `fields` takes them.
    pub fn champs(&self) -> String {
        let noms: Vec<&str> = self.colonnes.iter().map(|colonne| colonne.nom()).collect();
        noms.join(",")
    }

    fn largeurs_ecrites(&self) -> String {
        let une = |(colonne, largeur): &(Colonne, u16)| format!("{}.{largeur}", colonne.nom());
        self.largeurs.iter().map(une).collect::<Vec<_>>().join(",")
    }

    /// The width set by hand for this column.
    pub fn largeur(&self, colonne: Colonne) -> Option<u16> {
        self.largeurs.iter().find(|(connue, _)| *connue == colonne).map(|(_, largeur)| *largeur)
    }

    /// The same table with this width; without one, the usual one.
    #[must_use]
    pub fn avec_largeur(&self, colonne: Colonne, largeur: Option<u16>) -> Self {
        let mut largeurs = self.largeurs.clone();
        largeurs.retain(|(connue, _)| *connue != colonne);
        largeurs.extend(largeur.map(|largeur| (colonne, largeur.clamp(*LARGEURS.start(), *LARGEURS.end()))));
        Self { largeurs, ..self.clone() }
    }

    /// The same table with this column one place further, or one place before.
    #[must_use]
    pub fn deplacee(&self, colonne: Colonne, plus_loin: bool) -> Self {
        let mut colonnes = self.colonnes.clone();
        if let Some(place) = colonnes.iter().position(|connue| *connue == colonne) {
            let autre = if plus_loin { place + 1 } else { place.saturating_sub(1) };
            if autre < colonnes.len() {
                colonnes.swap(place, autre);
            }
        }
        Self { colonnes, ..self.clone() }
    }

    /// The same table with these columns: those that were shown keep their places, the others come after.
    #[must_use]
    pub fn avec_colonnes(&self, voulues: &[Colonne]) -> Self {
        let gardees = self.colonnes.iter().copied().filter(|colonne| voulues.contains(colonne));
        Self { colonnes: uniques(gardees.chain(voulues.iter().copied()).collect()), ..self.clone() }
    }

    fn tri_ecrit(&self) -> String {
        if self.tri == Tri::default() { String::new() } else { self.tri.to_string() }
    }

    /// How the rows are sorted by this column: `true` for largest first, and its rank from 1; nothing when they are not.
    pub fn sens(&self, colonne: Colonne) -> Option<(bool, usize)> {
        let place = self.tri.cles().iter().position(|cle| cle.colonne == colonne)?;
        self.tri.cles().get(place).map(|cle| (cle.descendant, place + 1))
    }

    /// The same table sorted by this column, the other way when it already is; with `ensuite`, after the columns that sort already.
    #[must_use]
    pub fn trie_par(&self, colonne: Colonne, ensuite: bool) -> Self {
        let mut cles: Vec<Cle> = if ensuite { self.tri.cles().to_vec() } else { Vec::new() };
        let present = self.sens(colonne).filter(|(_, rang)| ensuite || *rang == 1);
        let cle = Cle { colonne, descendant: present.is_some_and(|(descendant, _)| !descendant) };
        match cles.iter_mut().find(|connue| connue.colonne == colonne) {
            Some(connue) => *connue = cle,
            // The last one makes room.
            None => {
                cles.truncate(CLES_MAX - 1);
                cles.push(cle);
            }
        }
        self.trie(&cles)
    }

    /// The order of the rows: the groups first, each in the order asked.
    pub fn ordre(&self) -> Tri {
        let Some(colonne) = self.groupe else { return self.tri.clone() };
        let groupe = Cle { colonne, descendant: self.descend(colonne) };
        let suivantes = self.tri.cles().iter().copied().filter(|cle| cle.colonne != colonne);
        let cles: Vec<Cle> = std::iter::once(groupe).chain(suivantes).take(CLES_MAX).collect();
        self.trie(&cles).tri
    }

    /// Whether this column sorts with its largest first.
    pub fn descend(&self, colonne: Colonne) -> bool {
        self.sens(colonne).is_some_and(|(descendant, _)| descendant)
    }

    /// The same table in this order.
    #[must_use]
    pub fn trie(&self, cles: &[Cle]) -> Self {
        let une = |cle: &Cle| format!("{}{}", if cle.descendant { "-" } else { "" }, cle.colonne.nom());
        let texte = cles.iter().map(une).collect::<Vec<_>>().join(",");
        Self { tri: Tri::parse(&texte).unwrap_or_default(), ..self.clone() }
    }

    /// Whether the list is narrowed.
    pub fn restreint(&self) -> bool {
        self.filtre != Filtre::default() || !self.q.is_empty()
    }
}

/// Each column once.
pub fn uniques(colonnes: Vec<Colonne>) -> Vec<Colonne> {
    let mut uniques = Vec::with_capacity(colonnes.len());
    for colonne in colonnes {
        if !uniques.contains(&colonne) {
            uniques.push(colonne);
        }
    }
    uniques
}

/// Reads `ville.200`.
fn largeur(texte: &str) -> Option<(Colonne, u16)> {
    let (nom, largeur) = texte.split_once('.')?;
    Some((Colonne::parse(nom)?, largeur.parse().ok().filter(|largeur| LARGEURS.contains(largeur))?))
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
            groupe: Some(Colonne::Etape),
            q: "Zoé + 100 %".into(),
            colonnes: vec![Colonne::Siret, Colonne::Nom, Colonne::Presence],
            largeurs: vec![(Colonne::Siret, 140), (Colonne::Ville, 220)],
            figees: Some(3),
            serre: true,
            ouverte: Some("0192-a".into()),
            changements: Some(Changements::Supprimees),
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
    fn rows_are_sorted_by_their_group_first() {
        let tri = |tri: &str| Etat { tri: Tri::parse(tri).unwrap(), groupe: Some(Colonne::Etape), ..Etat::default() };
        assert_eq!(tri("").ordre().to_string(), "etape,-date_demande");
        assert_eq!(tri("nom,-etape").ordre().to_string(), "-etape,nom", "in the order asked for that column");
        assert_eq!(tri("nom,prenom,ville").ordre().to_string(), "etape,nom,prenom", "three at most");
        assert_eq!(Etat { groupe: None, ..tri("nom") }.ordre().to_string(), "nom");
    }

    #[test]
    fn a_broken_address_is_told_and_the_rest_kept() {
        let etat = relire(
            "/tableau?filtre=ville%20contient&q=abc&colonnes=nom,inconnue,nom&largeurs=nom.9,x.100,ville&figees=7",
        );
        assert!(etat.erreur.is_some());
        assert_eq!(etat.q, "abc");
        assert_eq!((etat.colonnes, etat.largeurs, etat.figees), (vec![Colonne::Nom], Vec::new(), None));
    }

    #[test]
    fn columns_are_moved_widened_and_chosen_without_losing_the_others() {
        let etat = Etat { colonnes: vec![Colonne::Nom, Colonne::Ville, Colonne::Email], ..Etat::default() };
        assert_eq!(etat.deplacee(Colonne::Nom, true).colonnes, [Colonne::Ville, Colonne::Nom, Colonne::Email]);
        assert_eq!(etat.deplacee(Colonne::Nom, false).colonnes, etat.colonnes, "the first one");
        assert_eq!(etat.deplacee(Colonne::Email, true).colonnes, etat.colonnes, "the last one");
        let large = etat.avec_largeur(Colonne::Ville, Some(9_999));
        assert_eq!(large.largeur(Colonne::Ville), Some(600));
        assert_eq!(large.avec_largeur(Colonne::Ville, None), etat);
        let choisies = etat.avec_colonnes(&[Colonne::Siret, Colonne::Email, Colonne::Nom]);
        assert_eq!(choisies.colonnes, [Colonne::Nom, Colonne::Email, Colonne::Siret]);
    }

    #[test]
    fn a_header_sorts_upwards_then_downwards_alone_or_after_others() {
        let etat = Etat::default().trie_par(Colonne::Ville, false);
        assert_eq!(etat.tri.to_string(), "ville");
        let etat = etat.trie_par(Colonne::Ville, false);
        assert_eq!((etat.tri.to_string(), etat.sens(Colonne::Ville)), ("-ville".into(), Some((true, 1))));
        assert_eq!(etat.trie_par(Colonne::Ville, false).tri.to_string(), "ville");
        assert_eq!(Etat::default().sens(Colonne::DateDemande), Some((true, 1)));
        let etat = etat.trie_par(Colonne::Nom, true).trie_par(Colonne::Prenom, true);
        assert_eq!((etat.tri.to_string(), etat.sens(Colonne::Nom)), ("-ville,nom,prenom".into(), Some((false, 2))));
        assert_eq!(etat.trie_par(Colonne::Nom, true).tri.to_string(), "-ville,-nom,prenom");
        assert_eq!(etat.trie_par(Colonne::Siret, true).tri.to_string(), "-ville,nom,siret", "three at most");
        assert_eq!(etat.trie_par(Colonne::Nom, false).tri.to_string(), "nom");
    }
}
