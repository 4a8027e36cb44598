//! Home: what waits for the person, what this is, and where to go by need.

use domain::demande::Colonne;
use domain::permission::Operation;
use domain::session::SessionVue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ClientError, Query};
use crate::browser;
use crate::reactive::computed;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::accueil as text;
use crate::text::tableau::milliers;
use crate::text::vues::{HABILITES, proposees};
use crate::ui::dynamic::{failure, optional, when, words as dynamic_words};
use crate::ui::plain::{Tag, element, heading, link, paragraph, title, waiting, words};

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

/// Something that waits for the person, once it is counted.
#[derive(Clone)]
struct Ligne {
    nom: &'static str,
    adresse: String,
    /// The demandes to count; none for the avis.
    filtre: Option<String>,
    nombre: RwSignal<Option<u64>>,
}

/// What may wait: avis to read, demandes that the person takes care of, and the rows of the views proposed to its role.
fn lignes(moi: &SessionVue, lit: bool) -> Vec<Ligne> {
    let nombre = || RwSignal::new(None);
    let mut lignes = vec![Ligne { nom: text::AVIS, adresse: Route::Avis.path(), filtre: None, nombre: nombre() }];
    if lit {
        let suivies = (text::SUIVIES, format!("suivi_par eq \"{}\" and etape ne \"habilitee\"", moi.email));
        // The last one is what is done, not what is to be.
        let vues = proposees(moi.role, &browser::today()).into_iter().filter(|(nom, _)| *nom != HABILITES);
        lignes.extend(std::iter::once(suivies).chain(vues).map(|(nom, filtre)| {
            let adresse = Query::new().with("filtre", filtre.clone()).on(&Route::Tableau.path());
            Ligne { nom, adresse, filtre: Some(filtre), nombre: nombre() }
        }));
    }
    lignes
}

/// Counts all that is not counted yet at once: each is shown as soon as it is.
fn compter(lignes: &[Ligne], echec: RwSignal<Option<ClientError>>) {
    echec.set(None);
    for Ligne { filtre, nombre, .. } in lignes.iter().filter(|ligne| ligne.nombre.get_untracked().is_none()).cloned() {
        spawn_local(async move {
            let compte = match filtre {
                None => api::avis::non_lus().await.map(|compte| u64::try_from(compte).unwrap_or_default()),
                Some(filtre) => api::demandes::total(&filtre).await,
            };
            match compte {
                Ok(compte) => drop(nombre.try_set(Some(compte))),
                Err(error) => drop(echec.try_set(Some(error))),
            }
        });
    }
}

/// What there is to do, for who is signed in.
fn a_faire() -> AnyView {
    let session = use_session();
    optional(move || {
        let moi = session.current()?;
        let lit = untrack(|| session.may(Operation::DemandeLire) && session.reads(Colonne::SuiviPar));
        Some(attendues(lignes(&moi, lit)))
    })
}

fn attendues(lignes: Vec<Ligne>) -> AnyView {
    let echec = RwSignal::new(None::<ClientError>);
    compter(&lignes, echec);
    // What comes does not move what has come: each has its line, shown when it holds something.
    let entrees = element("ul", "pa-liste-nue", None, lignes.iter().map(ligne).collect());
    let nombres: Vec<_> = lignes.iter().map(|ligne| ligne.nombre).collect();
    let etat = computed(move || {
        let attendu = nombres.iter().any(|nombre| nombre.get().is_none());
        let rien = nombres.iter().all(|nombre| nombre.get() == Some(0));
        (attendu && echec.read().is_none(), rien)
    });
    let recompter = Callback::new(move |()| compter(&lignes, echec));
    let contenu = vec![
        heading("h2", "fr-h3", text::A_FAIRE),
        entrees,
        when(move || etat.read().0, waiting),
        when(move || etat.read().1, || paragraph("", text::RIEN)),
        failure(echec.into(), Some(recompter)),
    ];
    element("section", "pa-encadre", None, contenu)
}

fn ligne(ligne: &Ligne) -> AnyView {
    let (nom, nombre) = (ligne.nom, ligne.nombre);
    let cachee = move || nombre.get().unwrap_or_default() == 0;
    let mots = dynamic_words(move || format!("{nom} : {}", milliers(nombre.get().unwrap_or_default())));
    let lien = Tag::new("a", "fr-link").with("href", ligne.adresse.clone()).around(vec![mots]);
    Tag::new("li", "").live("hidden", Signal::derive(move || cachee().then(String::new))).around(vec![lien])
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
