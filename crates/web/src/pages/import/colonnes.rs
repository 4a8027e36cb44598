//! What the headers of a file mean: guessed, taken up from the last file with the same headers, changed by the person.

use std::collections::BTreeMap;

use domain::demande::Colonne;
use domain::demande::colonne::Ecriture;
use domain::import::{ApercuImport, CleImport, Correspondance, EnteteApercu, ReglagesImport};
use leptos::prelude::*;

use super::rapport::noms;
use crate::reactive::State;
use crate::text::tableau as texte;
use crate::ui::Select;
use crate::ui::dynamic::optional;
use crate::ui::plain::{element, heading, paragraph, words};

/// Identifier of the title, which takes the focus when the headers arrive.
pub const TITRE_ID: &str = "colonnes-du-fichier";

/// The headers, each with the name of the column chosen for it.
type Choix = Vec<(EnteteApercu, RwSignal<String>)>;

/// The choices of the file being prepared; nothing until its headers were asked for.
#[derive(Clone, Copy)]
pub struct Colonnes {
    choix: State<Option<Choix>>,
    memorisee: RwSignal<bool>,
    /// Sheets that are not read.
    ignorees: State<Vec<String>>,
    cle: RwSignal<String>,
}

impl Colonnes {
    /// Nothing chosen yet.
    pub fn nouvelles() -> Self {
        Self {
            choix: State::new(None),
            memorisee: RwSignal::new(false),
            ignorees: State::new(Vec::new()),
            cle: RwSignal::new(CleImport::Complete.as_str().to_owned()),
        }
    }

    /// Another file.
    pub fn oublier(self) {
        self.choix.set(None);
    }

    /// Whether the headers of the file are known (tracked).
    pub fn connues(self) -> bool {
        self.choix.read().is_some()
    }

    /// The headers of the file.
    pub fn recevoir(self, apercu: ApercuImport) {
        self.memorisee.set(apercu.memorisee);
        self.ignorees.set(apercu.feuilles_ignorees);
        let un = |entete: EnteteApercu| {
            let colonne = RwSignal::new(entete.colonne.clone().unwrap_or_default());
            (entete, colonne)
        };
        self.choix.set(Some(apercu.entetes.into_iter().map(un).collect()));
    }

    /// How the file is to be read; as usual when its headers were not asked for.
    pub fn reglages(self) -> ReglagesImport {
        let choisies = self.choix.with_untracked(|choix| {
            let un = |(entete, colonne): &(EnteteApercu, RwSignal<String>)| {
                (entete.entete.trim().to_owned(), colonne.get_untracked())
            };
            choix.iter().flatten().map(un).collect::<BTreeMap<_, _>>()
        });
        let cle = CleImport::parse(&self.cle.get_untracked()).unwrap_or(CleImport::Complete);
        ReglagesImport { correspondance: Correspondance(choisies), cle }
    }

    /// The table of the headers, once they are known.
    pub fn vue(self) -> AnyView {
        optional(move || self.choix.get().map(|choix| tableau(self, &choix)))
    }
}

fn tableau(colonnes: Colonnes, choix: &Choix) -> AnyView {
    let options = options();
    let cellule = |contenu: Vec<AnyView>| element("td", "", None, contenu);
    let rangees = choix.iter().enumerate().map(|(rang, (entete, value))| {
        let label = texte::colonne_de(&entete.entete);
        let options = options.clone();
        let selecteur = view! {
            <Select id=format!("entete-{rang}") label value=*value options placeholder=Some(texte::NE_PAS_LIRE) required=true />
        };
        let contenu = vec![
            element("th", "", None, vec![words(entete.entete.clone())]),
            cellule(vec![words(entete.exemples.join(" ; "))]),
            cellule(vec![selecteur.into_any()]),
        ];
        element("tr", "", None, contenu)
    });
    let entetes = [texte::ENTETE, texte::EXEMPLES, texte::COLONNE_DU_TABLEAU];
    let entetes = entetes.map(|mots| element("th", "", None, vec![words(mots)])).into_iter().collect();
    let table = vec![
        element("thead", "", None, vec![element("tr", "", None, entetes)]),
        element("tbody", "", None, rangees.collect()),
    ];
    let memoire = if colonnes.memorisee.get_untracked() { texte::CHOIX_REPRIS } else { texte::CHOIX_RETENUS };
    let cles = CleImport::ALL.iter().map(|cle| (cle.as_str().to_owned(), texte::cle(*cle).to_owned()));
    let cles: Vec<(String, String)> = cles.collect();
    let cle = view! {
        <Select id="cle" label=texte::CLE hint=texte::CLE_AIDE.to_owned() value=colonnes.cle options=cles placeholder=None required=true />
    };
    let ignorees = colonnes.ignorees.with_untracked(|ignorees| noms(texte::FEUILLES_IGNOREES, ignorees));
    let region = view! {
        <div class="import__table" role="region" aria-labelledby=TITRE_ID tabindex="0">
            {element("table", "", None, table)}
        </div>
    };
    let titre = element("h2", "fr-h5", Some(TITRE_ID), vec![words(texte::COLONNES_DU_FICHIER)]);
    element("section", "", None, vec![titre, paragraph("", memoire), ignorees, region.into_any(), cle.into_any()])
}

/// The columns that may be written, then what names a demande.
fn options() -> Vec<(String, String)> {
    let ecrites = Colonne::ALL.iter().filter(|colonne| colonne.description().ecriture != Ecriture::Calculee);
    let mut options: Vec<(String, String)> =
        ecrites.map(|c| (c.nom().to_owned(), domain::text::fr::colonne(*c).to_owned())).collect();
    options
        .extend([("id", texte::IDENTIFIANT), ("version", texte::VERSION)].map(|(c, m)| (c.to_owned(), m.to_owned())));
    options
}

/// What would change, cell by cell, in the first lines that change something.
pub fn differences(lignes: &[domain::import::LigneImport]) -> AnyView {
    let cellule = |mots: String| element("td", "", None, vec![words(mots)]);
    let rangees = lignes.iter().flat_map(|ligne| {
        ligne.changements.iter().map(move |un| {
            let (nom, avant) = crate::pages::demande::nommer(&un.colonne, &un.avant);
            let (_, apres) = crate::pages::demande::nommer(&un.colonne, &un.apres);
            element(
                "tr",
                "",
                None,
                vec![cellule(ligne.ligne.to_string()), cellule(nom), cellule(avant), cellule(apres)],
            )
        })
    });
    let entetes = [texte::LIGNE, texte::COLONNE, texte::AVANT_IMPORT, texte::APRES_IMPORT];
    let entetes = entetes.map(|mots| element("th", "", None, vec![words(mots)])).into_iter().collect();
    let table = vec![
        element("thead", "", None, vec![element("tr", "", None, entetes)]),
        element("tbody", "", None, rangees.collect()),
    ];
    view! {
        <div class="import__table" role="region" aria-label=texte::DIFFERENCES tabindex="0">
            {element("table", "", None, table)}
        </div>
    }
    .into_any()
}

/// The title of what changes.
pub fn titre_differences() -> AnyView {
    heading("h3", "fr-h6", texte::DIFFERENCES)
}
