//! What surrounds every screen.

use domain::permission::Operation;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use super::{API_DOCS, Instance, Program, sign_out};
use crate::browser;
use crate::pages::mon_compte::choix_role;
use crate::reactive::click;
use crate::routes::{Guard, LIST, Route};
use crate::session::use_session;
use crate::text::{
    avis as texte_avis, compte as text, comptes, eligibilite, enveloppes, fr, habilites, liens, modeles,
};
use crate::ui::dynamic::{dynamic, optional, when, words};
use crate::ui::theme::theme_choice;
use crate::ui::use_announcer;

/// Identifier of the content.
pub const CONTENT_ID: &str = "contenu";
const MENU_ID: &str = "menu";
const FOOTER_ID: &str = "pied";

/// Links that spare keyboard users the header.
#[component]
pub fn SkipLinks() -> impl IntoView {
    const LINKS: [(&str, &str); 3] =
        [(CONTENT_ID, fr::ALLER_AU_CONTENU), (MENU_ID, fr::ALLER_AU_MENU), (FOOTER_ID, fr::ALLER_AU_PIED)];
    let links = LINKS
        .into_iter()
        .map(|(id, words)| {
            let go = move |event: ev::MouseEvent| {
                event.prevent_default();
                browser::focus(id);
            };
            view! { <li><a class="fr-link" href=format!("#{id}") on:click=click(go)>{words}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="pa-evitement" aria-label=fr::ACCES_RAPIDE>
            <ul class="fr-container">{links}</ul>
        </nav>
    }
}

/// The entries of the menu, in order: a screen of the list, which says where it is and who may open it, and its words.
const ENTRIES: [(&str, &str); 13] = [
    ("accueil", fr::ACCUEIL),
    ("candidature", fr::DEPOSER),
    ("tableau", fr::TABLEAU),
    ("pilotage", fr::PILOTAGE),
    ("imports", fr::IMPORTER),
    ("liens", liens::LIENS),
    ("enveloppes", enveloppes::ENVELOPPES),
    ("lots", eligibilite::LOTS),
    ("habilites", habilites::HABILITES),
    ("comptes", comptes::COMPTES),
    ("clients-api", fr::CLIENTS_API),
    ("modeles", modeles::MODELES),
    ("journal", fr::JOURNAL),
];

/// Name of the service, navigation, account.
#[component]
pub fn Header(
    /// Which program this is.
    program: Program,
) -> impl IntoView {
    let session = use_session();
    let pathname = use_location().pathname;
    let entry = move |(name, words): (&str, &'static str)| {
        let (_, href, guard) = *LIST.iter().find(|(listed, _, _)| *listed == name)?;
        let link = move || {
            let current = Signal::derive(move || (*pathname.read() == href).then_some("page"));
            view! { <li><a class="pa-menu__lien" href=href aria-current=current>{words}</a></li> }.into_any()
        };
        Some(match guard {
            Guard::Operation(operation) => when(move || session.may(operation), link),
            Guard::Public | Guard::SignedIn => link(),
        })
    };
    let entries: Vec<AnyView> = ENTRIES.into_iter().filter_map(entry).collect();
    view! {
        <header class="pa-entete" role="banner">
            <div class="fr-container pa-entete__corps">
                // Shown by the style sheet of the State brand only.
                <p class="pa-marque">{fr::REPUBLIQUE}<br />{fr::FRANCAISE}</p>
                <p class="pa-entete__service">
                    <a href="/" title=format!("{} – {}", fr::RETOUR_ACCUEIL, fr::SERVICE)>{fr::SERVICE}</a>
                    <span class="pa-entete__devise">{fr::SERVICE_DEVISE}</span>
                </p>
                <Account program />
            </div>
            <nav class="pa-menu" id=MENU_ID tabindex="-1" aria-label=fr::MENU_PRINCIPAL>
                <ul class="fr-container pa-menu__liste">
                    {entries}
                </ul>
            </nav>
        </header>
    }
}

/// Who is signed in, or the link to sign in.
#[component]
fn Account(program: Program) -> impl IntoView {
    let session = use_session();
    let announcer = use_announcer();
    let navigate = use_navigate();
    dynamic(move || match session.current() {
        None => view! {
            <p class="pa-compte">
                <a class="fr-btn fr-btn--tertiary fr-btn--sm" href=Route::Connexion.path()>{fr::SE_CONNECTER}</a>
            </p>
        }
        .into_any(),
        Some(open) => {
            let navigate = navigate.clone();
            let leave = move |_| sign_out(program, session, announcer, navigate.clone());
            view! {
                <div class="pa-compte">
                    {when(move || session.may(Operation::Commenter), avis)}
                    <a class="pa-compte__nom" href=Route::MonCompte.path()>{fr::connecte(&open.nom, open.role)}</a>
                    {(open.roles.len() > 1).then(|| view! {
                        <details class="pa-roles">
                            <summary>{text::CHANGER_ROLE}</summary>
                            <div>{choix_role(open.role, &open.roles)}</div>
                        </details>
                    }.into_any())}
                    <button type="button" class="fr-btn fr-btn--tertiary fr-btn--sm" on:click=click(leave)>
                        {fr::SE_DECONNECTER}
                    </button>
                </div>
            }
            .into_any()
        }
    })
}

/// The link to what one is told of, with how much is not read.
fn avis() -> AnyView {
    let non_lus = use_session().non_lus();
    view! { <a class="pa-compte__nom" href=Route::Avis.path()>{words(move || texte_avis::mes_avis(non_lus.get()))}</a> }
        .into_any()
}

/// What holds for every screen: kind of instance, network cut.
#[component]
pub fn Banners() -> impl IntoView {
    let announcer = use_announcer();
    let offline = RwSignal::new(!browser::online());
    let lost = window_event_listener(ev::offline, move |_| offline.set(true));
    let back = window_event_listener(ev::online, move |_| {
        offline.set(false);
        announcer.say(fr::DE_RETOUR_EN_LIGNE);
    });
    on_cleanup(move || {
        lost.remove();
        back.remove();
    });
    let kind = move || {
        let Instance(instance) = use_context()?;
        let words = instance.with(|found| match found.as_ref().map(|found| found.mode.as_str()) {
            Some("demonstration") => Some(fr::DEMONSTRATION),
            Some("bac-a-sable") => Some(fr::BAC_A_SABLE),
            _ => None,
        })?;
        Some(view! { <p class="pa-bandeau"><span class="fr-container">{words}</span></p> }.into_any())
    };
    view! {
        <section aria-label=fr::INFORMATIONS>
            {optional(kind)}
            <div role="status">
                {when(move || offline.get(), offline_banner)}
            </div>
        </section>
    }
}

fn offline_banner() -> AnyView {
    view! {
        <p class="pa-bandeau pa-bandeau--alerte">
            <span class="fr-container">{fr::BANDEAU_HORS_LIGNE}</span>
        </p>
    }
    .into_any()
}

/// Links due on every page.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="pa-pied" role="contentinfo" id=FOOTER_ID tabindex="-1">
            <ul class="fr-container pa-pied__liste">
                <li><a href=Route::Accessibilite.path()>{fr::ACCESSIBILITE_MENTION}</a></li>
                <li><a href=API_DOCS rel="external">{fr::DOCUMENTATION_API}</a></li>
                <li>{fr::LICENCE}</li>
                <li>{theme_choice()}</li>
            </ul>
        </footer>
    }
}
