//! The tableau de gestion: search, filters, counters, the virtual table, and the demande opened beside it.

pub mod criteres;
pub mod etat;
pub mod lignes;

mod barre;
mod collage;
mod colonnes;
mod compteurs;
mod disposition;
mod filtres;
mod gestes;
mod groupes;
mod masse;
mod message;
pub mod saisie;
mod suivi;
mod tri;
mod vues;

use domain::demande::Colonne;
use domain::permission::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;

pub use self::colonnes::lues;
use self::etat::Etat;
use crate::api::demandes::{self, Liste};
use crate::browser;
use crate::grid::{Column, Edits, Grid, GridStore};
use crate::pages::demande::changements;
use crate::pages::demande::detail::Detail;
use crate::reactive::{Computed, State, computed};
use crate::routes::Route;
use crate::session::{Session, use_session};
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure, optional};
use crate::ui::plain::{Tag, button, element, heading, paragraph, several, title};
use crate::ui::{Alert, ButtonKind, Tone};

/// Identifier of the table in the page.
const GRILLE_ID: &str = "demandes";
/// Windows narrower than this, in pixels, show a demande on its own screen; `styles/tableau.css` says the same.
const LARGE: f64 = 992.0;

/// Somebody to whom a demande may be given: address and name.
pub type Collegue = (String, String);

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub struct Tableau {
    /// State, as the address says it.
    pub etat: Computed<Etat>,
    /// Rows.
    pub lignes: GridStore,
    /// Those to whom demandes may be given.
    pub collegues: State<Vec<Collegue>>,
    /// Goes to another state; `true` replaces the current entry of the browser's history.
    aller: Callback<(Etat, bool)>,
}

impl Tableau {
    /// Goes to another state, with an entry in the browser's history.
    pub fn aller(self, etat: Etat) {
        self.aller.run((etat, false));
    }

    /// Goes to another state in place of the current one: typing does not fill the history.
    pub fn remplacer(self, etat: Etat) {
        self.aller.run((etat, true));
    }

    /// Its columns, as this person may change them (tracked).
    fn colonnes(self, session: Session) -> Vec<Column> {
        let ecrit = |colonne| session.writes(colonne);
        self.collegues.with(|collegues| lignes::colonnes(&self.etat.read(), ecrit, collegues))
    }

    /// The current state, to change it.
    pub fn present(self) -> Etat {
        self.etat.get_untracked()
    }
}

/// The screen of the table.
#[component]
pub fn TableauPage() -> impl IntoView {
    let tableau = preparer();
    let saisies = saisie::saisies(tableau);
    suivi::suivre(tableau);
    vues::ouvrir_habituelle(tableau);
    let erreur = move || tableau.etat.read().erreur.clone();
    let mut contenu = vec![
        element("div", "tableau__tete", None, vec![title(texte::TITRE), barre::actions(tableau, saisies)]),
        optional(move || erreur().map(adresse_incomprise)),
        compteurs::compteurs(tableau),
        barre::outils(tableau, saisies),
        barre::filtres_actifs(tableau),
        vues::proposition(tableau),
    ];
    contenu.extend(saisies.map(|saisies| saisie::avis(tableau, saisies)));
    contenu.push(corps(tableau, saisies));
    let tout = Tag::new("div", "tableau");
    match saisies {
        Some(saisies) => tout.on("keydown", Box::new(move |event| raccourci(event, saisies))),
        None => tout,
    }
    .around(contenu)
}

fn adresse_incomprise(sentence: String) -> AnyView {
    view! {
        <Alert tone=Tone::Warning live=true>
            <p>{texte::ADRESSE_INCOMPRISE} " " {sentence}</p>
        </Alert>
    }
    .into_any()
}

/// Reads the address, and asks for the rows each time the list changes.
fn preparer() -> Tableau {
    // Not `use_query_map`: with one wildcard route it keeps the query of the screen before.
    let query = use_location().query;
    let navigate = use_navigate();
    let etat = computed(move || query.with(|query| Etat::lire(|nom| query.get(nom))));
    let aller = Callback::new(move |(etat, replace): (Etat, bool)| {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate(&etat.adresse(), options);
    });
    let tableau = Tableau { etat, lignes: GridStore::default(), collegues: State::new(Vec::new()), aller };
    if untrack(|| use_session().may(Operation::DemandeModifier)) {
        spawn_local(async move {
            // Without an answer nobody is proposed: the failure of the list itself says why.
            if let Ok(collegues) = demandes::collegues().await {
                tableau.collegues.try_set(collegues);
            }
        });
    }
    let liste = computed(move || {
        let etat = etat.read();
        let liste = Liste { filtre: etat.filtre.to_string(), tri: etat.ordre().to_string(), q: etat.q.clone() };
        (liste, etat.colonnes.clone(), etat.groupe.map(|colonne| (colonne, etat.descend(colonne))))
    });
    Effect::new(move |avant: Option<Vec<Colonne>>| {
        let (liste, colonnes, groupe) = liste.get();
        let autres_colonnes = avant.is_some_and(|avant| avant != colonnes);
        let noms = colonnes.iter().map(|colonne| colonne.nom().to_owned()).collect();
        tableau.lignes.load(lignes::chargeur(liste, colonnes.clone(), groupe), noms, autres_colonnes);
        colonnes
    });
    Effect::new(move |avant: Option<u64>| {
        let nombre = changements::nombre();
        if avant.is_some_and(|avant| avant != nombre) {
            tableau.lignes.refresh();
        }
        nombre
    });
    tableau
}

/// The regions of the screen, in the order that F6 visits them.
const REGIONS: &[&str] = &[".tableau__actions", ".tableau__outils", ".tableau__liste", ".tableau__panneau"];

/// Undoes and does again, wherever the focus is on this screen: a text being typed keeps its own undoing.
fn raccourci(event: web_sys::Event, saisies: Edits) {
    let Ok(event) = event.dyn_into::<web_sys::KeyboardEvent>() else { return };
    let texte_en_cours = browser::active_element().is_some_and(|element| browser::takes_text(&element));
    if texte_en_cours || !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    match event.key().as_str() {
        "z" | "Z" => spawn_local(saisies.undo(event.shift_key())),
        "y" | "Y" => spawn_local(saisies.undo(true)),
        _ => return,
    }
    event.prevent_default();
}

fn corps(tableau: Tableau, saisies: Option<Edits>) -> AnyView {
    let ouverte = computed(move || tableau.etat.read().ouverte.clone());
    let vide = computed(move || tableau.lignes.total().get() == Some(0) && !tableau.lignes.busy().get());
    let recommencer = Callback::new(move |()| tableau.lignes.start());
    let classe = Signal::derive(move || {
        let ouvert = if ouverte.read().is_some() { " tableau__corps--ouvert" } else { "" };
        Some(format!("tableau__corps{ouvert}"))
    });
    let liste = vec![
        paragraph("fr-sr-only", texte::GRILLE_AIDE),
        dynamic(move || if vide.get() { rien(tableau) } else { grille(tableau, saisies, ouverte) }),
    ];
    several(vec![
        failure(tableau.lignes.failure(), Some(recommencer)),
        Tag::new("div", "").live("class", classe).around(vec![
            element("div", "tableau__liste", None, liste),
            optional(move || ouverte.get().map(|id| panneau(tableau, id))),
        ]),
    ])
}

/// Whether there is room for a demande beside the table.
fn large() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width >= LARGE)
}

fn grille(tableau: Tableau, saisies: Option<Edits>, ouverte: Computed<Option<String>>) -> AnyView {
    let (navigate, session) = (use_navigate(), use_session());
    let layout = disposition::disposition(tableau);
    let columns = computed(move || disposition::en_vue(tableau.colonnes(session), layout.density.get()));
    let on_sort = Callback::new(move |(nom, ensuite): (String, bool)| {
        if let Some(colonne) = Colonne::parse(&nom) {
            tableau.aller(tableau.present().trie_par(colonne, ensuite));
        }
    });
    let on_open = Callback::new(move |id: String| {
        if large() {
            tableau.aller(Etat { ouverte: Some(id), ..tableau.present() });
        } else {
            navigate(&Route::Demande(id).path(), NavigateOptions::default());
        }
    });
    let (store, current) = (tableau.lignes, ouverte);
    match saisies {
        None => {
            view! { <Grid id=GRILLE_ID label=texte::GRILLE store columns current on_sort on_open layout /> }.into_any()
        }
        Some(edits) => {
            let (on_paste, dialogue) = collage::collage(tableau, edits);
            view! {
                <Grid id=GRILLE_ID label=texte::GRILLE store columns current on_sort on_open edits on_paste layout />
                {dialogue}
            }
            .into_any()
        }
    }
}

/// What stands instead of the table when it has no row: why, and what to do.
fn rien(tableau: Tableau) -> AnyView {
    let session = use_session();
    let (titre, suite) = match (tableau.etat.read().restreint(), session.may(Operation::DemandeCreer)) {
        (true, _) => (texte::AUCUN_RESULTAT, texte::AUCUN_RESULTAT_SUITE),
        (false, true) => (texte::AUCUNE_DEMANDE, texte::AUCUNE_DEMANDE_SUITE),
        (false, false) => (texte::AUCUNE_DEMANDE, texte::AUCUNE_DEMANDE_LECTURE),
    };
    let mut contenu = vec![heading("h2", "fr-h4", titre), paragraph("", suite)];
    if tableau.etat.read().restreint() {
        let effacer = Box::new(move || tableau.aller(barre::efface(&tableau.present())));
        let occupe = RwSignal::new(false);
        contenu.push(button(ButtonKind::Primary, texte::TOUT_EFFACER, None, occupe, effacer));
    }
    element("div", "tableau__rien", None, contenu)
}

fn panneau(tableau: Tableau, id: String) -> AnyView {
    let fermer = Callback::new(move |()| tableau.aller(Etat { ouverte: None, ..tableau.present() }));
    let detail = view! { <Detail id on_close=fermer /> }.into_any();
    Tag::new("aside", "tableau__panneau").with("aria-label", texte::PANNEAU.to_owned()).around(vec![detail])
}
