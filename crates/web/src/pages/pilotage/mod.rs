//! Dashboards: the country, a département, an envelope; each figure opens its rows, each chart has its table beside.

mod dessin;
mod tables;

use domain::pilotage::TableauDeBord;
use domain::text::fr;
use leptos::html;
use leptos::prelude::*;

use self::dessin::Barre;
use super::connexion::Attempt;
use crate::api::pilotage as api;
use crate::api::query::encode;
use crate::reactive::State;
use crate::routes::Route;
use crate::text::pilotage as texte;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{button, element, folded, heading, link, paragraph, title, waiting};
use crate::ui::{ButtonKind, Select};

/// What a dashboard covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lieu {
    /// The whole country.
    Pays,
    /// The département of this code.
    Departement(String),
    /// The envelope of this identifier.
    Enveloppe(String),
}

impl Lieu {
    /// Its part of the addresses of the API.
    fn quoi(&self) -> String {
        match self {
            Self::Pays => "national".to_owned(),
            Self::Departement(code) => format!("departements/{}", encode(code)),
            Self::Enveloppe(id) => format!("enveloppes/{}", encode(id)),
        }
    }

    const fn titre(&self) -> &'static str {
        match self {
            Self::Pays => texte::PAYS,
            Self::Departement(_) => texte::UN_DEPARTEMENT,
            Self::Enveloppe(_) => texte::UNE_ENVELOPPE,
        }
    }

    fn retour(&self) -> AnyView {
        let (page, mots) = match self {
            Self::Pays => return ().into_any(),
            Self::Departement(_) => (Route::Pilotage, texte::RETOUR_PAYS),
            Self::Enveloppe(id) => (Route::Enveloppe(id.clone()), texte::RETOUR_ENVELOPPE),
        };
        element("p", "", None, vec![link("fr-link", page.path(), mots, false)])
    }

    /// The files that may be taken away.
    fn fichiers(&self) -> Vec<AnyView> {
        let mut liens = vec![link("fr-link", api::fichier(&self.quoi()), texte::CSV, true)];
        if let Self::Enveloppe(id) = self {
            for (format, mots) in [("pdf", texte::PDF), ("xlsx", texte::XLSX)] {
                liens.push(link("fr-link", api::rapport(id, format), mots, true));
            }
        }
        liens
    }
}

/// The screens `/pilotage`, `/pilotage/departements/:code` and `/pilotage/enveloppes/:id`.
#[component]
pub fn PilotagePage(
    /// What it covers.
    lieu: Lieu,
) -> impl IntoView {
    let (lu, essai) = (State::new(None::<TableauDeBord>), Attempt::new());
    let (quoi, indicateur) = (lieu.quoi(), RwSignal::new(texte::INDICATEURS[0].0.to_owned()));
    let lire = move || {
        let quoi = quoi.clone();
        essai.read(Box::pin(async move {
            lu.set(Some(api::lire(&quoi).await?));
            Ok(())
        }));
    };
    lire();
    let mut actions = vec![button(ButtonKind::Secondary, texte::RELIRE, None, essai.busy, Box::new(lire))];
    actions.extend(lieu.fichiers());
    let contenu = move || match lu.get() {
        Some(lu) => montrer(&lu, indicateur),
        None if essai.busy.get() => waiting(),
        None => ().into_any(),
    };
    let tout = vec![
        lieu.retour(),
        title(lieu.titre()),
        paragraph("", texte::AIDE),
        element("div", "pa-actions pa-actions--haut", None, actions),
        essai.alert(),
        dynamic(contenu),
    ];
    element("div", "", None, tout)
}

/// A chart, given as SVG text that holds nothing but what `dessin` writes.
fn image(svg: String) -> AnyView {
    html::div().attr("class", "pa-dessin-cadre").inner_html(svg).into_any()
}

fn montrer(lu: &TableauDeBord, indicateur: RwSignal<String>) -> AnyView {
    let etapes = lu.etapes.iter().filter(|une| une.demandes.nombre > 0).map(|une| Barre {
        nom: fr::etape(une.etape).to_owned(),
        nombre: une.demandes.nombre,
        dont: Some(une.departs.nombre),
    });
    let structures = lu.structures.iter().map(|une| Barre {
        nom: texte::structure(&une.type_structure).to_owned(),
        nombre: une.demandes.nombre,
        dont: None,
    });
    let etapes = dessin::barres("etapes", texte::ETAPES, &etapes.collect::<Vec<_>>());
    let structures = dessin::barres("structures", texte::STRUCTURES, &structures.collect::<Vec<_>>());
    let cote = |gauche, droite| element("div", "pa-face", None, vec![gauche, droite]);
    let section = |titre: &'static str, contenu: Vec<AnyView>| {
        let titre = heading("h3", "fr-h5", titre);
        element("section", "pa-bloc", None, std::iter::once(titre).chain(contenu).collect())
    };
    let mut tout = vec![heading("h2", "fr-h4", lu.titre.clone()), section(texte::CLES, vec![tables::cles(lu)])];
    if !lu.departements.is_empty() {
        tout.push(section(texte::CARTE, carte(lu, indicateur)));
    }
    tout.extend([
        section(
            texte::ETAPES,
            vec![paragraph("fr-hint-text", texte::BARRES_AIDE), cote(image(etapes), tables::etapes(lu))],
        ),
        section(texte::DELAIS, vec![paragraph("fr-hint-text", texte::DELAIS_AIDE), tables::delais(lu)]),
        section(texte::JALONS, vec![tables::jalons(lu)]),
        section(texte::STRUCTURES, vec![cote(image(structures), tables::structures(lu))]),
        section(
            texte::REFUS,
            match tables::refus(lu) {
                Some(table) => vec![paragraph("fr-hint-text", texte::REFUS_AIDE), table],
                None => vec![paragraph("", texte::AUCUN_REFUS)],
            },
        ),
    ]);
    if lu.etendue == domain::pilotage::Etendue::Departement {
        let enveloppes =
            if lu.enveloppes.is_empty() { paragraph("", texte::AUCUNE_ENVELOPPE) } else { tables::enveloppes(lu) };
        tout.push(section(texte::ENVELOPPES, vec![enveloppes]));
    }
    element("div", "", None, tout)
}

/// The map of the départements, and their table.
fn carte(lu: &TableauDeBord, indicateur: RwSignal<String>) -> Vec<AnyView> {
    let options = texte::INDICATEURS.map(|(code, mots)| (code.to_owned(), mots.to_owned())).to_vec();
    let choix = view! { <Select id="indicateur" label=texte::INDICATEUR options placeholder=None required=true value=indicateur /> }
        .into_any();
    let departements = lu.departements.clone();
    let dessin = move || {
        let quoi = indicateur.get();
        let nombres: Vec<(String, String, i64)> = departements
            .iter()
            .map(|un| {
                let chiffre = match quoi.as_str() {
                    "departs" => &un.departs,
                    "habilitees" => &un.habilitees,
                    _ => &un.demandes,
                };
                (un.code.clone(), un.nom.clone(), chiffre.nombre)
            })
            .collect();
        let mots = texte::INDICATEURS.iter().find(|(code, _)| *code == quoi).map_or("", |(_, mots)| mots);
        image(dessin::carreaux("carte", &format!("{} : {mots}", texte::CARTE), &nombres))
    };
    vec![
        paragraph("fr-hint-text", texte::CARTE_AIDE),
        choix,
        dynamic(dessin),
        folded("pa-bloc", texte::VOIR_DEPARTEMENTS, vec![tables::departements(lu)]),
    ]
}
