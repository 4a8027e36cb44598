//! Home: what waits for the person, what this is, and where to go by need.

use domain::demande::Colonne;
use domain::permission::Operation;
use domain::session::SessionVue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ClientError, Query};
use crate::browser;
use crate::reactive::{State, effect};
use crate::routes::Route;
use crate::session::use_session;
use crate::text::accueil as text;
use crate::text::tableau::milliers;
use crate::text::vues::{HABILITES, proposees};
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::plain::{Tag, element, heading, link, list, paragraph, several, title, waiting, words};

/// One entry by need. `external`: the address is not a screen of the app.
fn entree(titre: &'static str, texte: &'static str, action: &'static str, href: String, external: bool) -> AnyView {
    let lien = link("fr-btn fr-btn--secondary", href, action, external);
    let contenu =
        vec![heading("h3", "fr-h5", titre), paragraph("", texte), element("p", "pa-carte__action", None, vec![lien])];
    element("li", "pa-carte", None, contenu)
}

fn formation(nom: &'static str, texte: &'static str) -> AnyView {
    let nom = element("strong", "", None, vec![words(nom)]);
    element("p", "", None, vec![nom, element("br", "", None, Vec::new()), words(texte)])
}

/// What waits for the person: avis to read, demandes that it takes care of, and the rows of the views proposed to its role.
#[derive(Clone, Default)]
struct AFaire {
    /// Number, name and address; those that hold nothing left out.
    lignes: Vec<(u64, String, String)>,
}

/// Counts what waits, each in one request.
async fn compter(moi: &SessionVue, lit: bool) -> Result<AFaire, ClientError> {
    let mut vues = Vec::new();
    if lit {
        vues.push((text::SUIVIES, format!("suivi_par eq \"{}\" and etape ne \"habilitee\"", moi.email)));
        // The last one is what is done, not what is to be.
        vues.extend(proposees(moi.role, &browser::today()).into_iter().filter(|(nom, _)| *nom != HABILITES));
    }
    let mut lignes = Vec::new();
    let avis = u64::try_from(api::avis::non_lus().await?).unwrap_or_default();
    lignes.push((avis, text::AVIS.to_owned(), Route::Avis.path()));
    for (nom, filtre) in vues {
        let total = api::demandes::total(&filtre).await?;
        lignes.push((total, nom.to_owned(), Query::new().with("filtre", filtre).on(&Route::Tableau.path())));
    }
    lignes.retain(|(nombre, ..)| *nombre > 0);
    Ok(AFaire { lignes })
}

/// What there is to do, for who is signed in.
fn a_faire() -> AnyView {
    let session = use_session();
    let (compte, echec) = (State::new(None::<AFaire>), RwSignal::new(None::<ClientError>));
    let lire = Callback::new(move |()| {
        echec.set(None);
        let Some(moi) = session.current_untracked() else { return };
        let lit = untrack(|| session.may(Operation::DemandeLire) && session.reads(Colonne::SuiviPar));
        spawn_local(async move {
            match compter(&moi, lit).await {
                Ok(lu) => compte.try_set(Some(lu)),
                Err(error) => drop(echec.try_set(Some(error))),
            }
        });
    });
    effect(move || {
        if session.current().is_some() {
            lire.run(());
        }
    });
    let lignes = move || match compte.get() {
        None if echec.read().is_some() => several(Vec::new()),
        None => waiting(),
        Some(compte) if compte.lignes.is_empty() => paragraph("", text::RIEN),
        Some(compte) => list("pa-liste-nue", compte.lignes.iter().map(ligne).collect()),
    };
    let contenu = move || {
        let contenu = vec![heading("h2", "fr-h3", text::A_FAIRE), dynamic(lignes), failure(echec.into(), Some(lire))];
        element("section", "pa-encadre", None, contenu)
    };
    when(move || session.current().is_some(), contenu)
}

fn ligne((nombre, nom, adresse): &(u64, String, String)) -> AnyView {
    let mots = words(format!("{nom} : {}", milliers(*nombre)));
    Tag::new("a", "fr-link").with("href", adresse.clone()).around(vec![mots])
}

/// The screen `/`.
#[component]
pub fn AccueilPage() -> impl IntoView {
    let entrees = vec![
        entree(text::STRUCTURE_TITRE, text::STRUCTURE_TEXTE, text::STRUCTURE_ACTION, Route::Candidature.path(), false),
        entree(text::ENVELOPPE_TITRE, text::ENVELOPPE_TEXTE, text::ENVELOPPE_ACTION, Route::Tableau.path(), false),
        entree(text::API_TITRE, text::API_TEXTE, text::API_ACTION, crate::app::API_DOCS.to_owned(), true),
    ];
    let etapes = text::ETAPES.map(|etape| element("li", "", None, vec![words(etape)]));
    let formations = vec![
        heading("h2", "fr-h4", text::FORMATIONS_TITRE),
        formation(text::FORMATION_AN, text::FORMATION_AN_TEXTE),
        formation(text::FORMATION_AC, text::FORMATION_AC_TEXTE),
    ];
    let parcours = vec![heading("h2", "fr-h4", text::ETAPES_TITRE), element("ol", "", None, etapes.into())];
    let colonnes = vec![element("section", "", None, parcours), element("section", "", None, formations)];
    let contenu = vec![
        element("div", "pa-texte", None, vec![title(text::TITRE), paragraph("fr-text--lead", text::INTRODUCTION)]),
        a_faire(),
        heading("h2", "fr-h3", text::ENTREES),
        element("ul", "pa-cartes", None, entrees),
        element("div", "pa-colonnes", None, colonnes),
    ];
    element("div", "", None, contenu)
}
