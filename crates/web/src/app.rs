//! The layout (skip links, header, navigation, content, footer, live regions) and the screen of the current address.

use domain::session::InstanceVue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::pages::demande::brouillon;
use crate::pages::engagements::EngagementsPage;
use crate::pages::introuvable::InterditPage;
use crate::reactive::{State, computed, effect};
use crate::routes::{Guard, Route, Space, sign_in_path};
use crate::session::{Session, SessionState, use_session};
use crate::text::fr;
use crate::ui::dynamic::dynamic;
use crate::ui::live::LiveRegions;
use crate::ui::page::FirstScreen;
use crate::ui::{Announcer, Failure, PageTitle, Skeleton};
use crate::{api, browser};

pub mod administration;
mod code;
pub mod gestion;
mod layout;
pub mod pilotage;
pub mod service;

/// The documentation of the API, served beside the app.
pub const API_DOCS: &str = "/api/docs";

/// What kind of instance answers, once known.
#[derive(Clone, Copy)]
pub struct Instance(pub State<Option<InstanceVue>>);

impl Instance {
    fn provide() {
        let instance = Self(State::new(None));
        provide_context(instance);
        spawn_local(async move {
            // Without an answer no banner is shown; the screens say by themselves that the service does not answer.
            if let Ok(found) = api::session::instance().await {
                instance.0.set(Some(found));
            }
        });
    }
}

/// Which program this is, and how it draws its screens.
#[derive(Clone, Copy)]
pub struct Program {
    /// Its part of the addresses.
    pub space: Space,
    /// The screen of an address of that part.
    pub draw: fn(Route) -> AnyView,
}

/// The whole app.
#[component]
pub fn App(
    /// Which program this is.
    program: Program,
) -> impl IntoView {
    Session::provide();
    let announcer = Announcer::provide();
    let signed_out = browser::signed_out_elsewhere();
    if signed_out {
        announcer.show(crate::ui::Tone::Success, fr::DECONNECTE);
    }
    Instance::provide();
    let sent_here = browser::came_by_link() || signed_out;
    provide_context(FirstScreen(StoredValue::new(!sent_here)));
    view! {
        <Router>
            <layout::SkipLinks />
            <layout::Header program />
            <layout::Banners />
            <main class="fr-container pa-contenu" id=layout::CONTENT_ID tabindex="-1">
                <Screen program />
            </main>
            <layout::Footer />
            <LiveRegions />
            <code::CodeDialog />
        </Router>
    }
}

/// The screen of the current address. It changes with the path only: what follows `?` belongs to the screen. The router
/// keeps the address and follows the links; the list of screens is ours (`routes`), so its own list stays out of the WASM.
#[component]
fn Screen(program: Program) -> impl IntoView {
    let pathname = use_location().pathname;
    let browser_url = use_context::<BrowserUrl>();
    let elsewhere = computed(move || Space::of(&pathname.read()) != program.space);
    effect(move || {
        pathname.track();
        // A followed link waits for its screen before it changes the address.
        if let Some(url) = &browser_url {
            url.ready_to_complete();
        }
        if elsewhere.get() {
            browser::load_anew();
        }
    });
    let route = computed(move || Route::parse(&pathname.read()));
    dynamic(move || {
        let route = route.get();
        match route.guard() {
            _ if elsewhere.get() => view! { <Skeleton /> }.into_any(),
            Guard::Public => (program.draw)(route),
            Guard::SignedIn | Guard::Operation(_) => view! { <Guarded program route /> }.into_any(),
        }
    })
}

/// Whether a guarded screen may be drawn.
#[derive(Clone, PartialEq, Eq)]
enum Entry {
    Waiting,
    SignIn,
    Failed(api::ClientError),
    Granted,
    Denied,
    /// The terms or the charter come first.
    Texts,
}

fn entry(session: Session, guard: Guard) -> Entry {
    match (session.state(), guard) {
        (SessionState::Unknown, _) => Entry::Waiting,
        (SessionState::Closed, _) => Entry::SignIn,
        (SessionState::Failed(error), _) => Entry::Failed(error),
        (SessionState::Open(_), Guard::Operation(operation)) if !session.may(operation) => Entry::Denied,
        (SessionState::Open(open), _) if open.engagement_requis => Entry::Texts,
        (SessionState::Open(_), _) => Entry::Granted,
    }
}

/// A screen for those who may open it; the others sign in first, and come back.
#[component]
fn Guarded(program: Program, route: Route) -> impl IntoView {
    let session = use_session();
    let location = use_location();
    let navigate = use_navigate();
    let guard = route.guard();
    if session.state() == SessionState::Unknown {
        session.refresh();
    }
    let entry = computed(move || entry(session, guard));
    effect(move || {
        if entry.get() == Entry::SignIn {
            let search = location.search.get_untracked();
            let path = location.pathname.get_untracked();
            let wanted = if search.is_empty() { path } else { format!("{path}?{search}") };
            navigate(&sign_in_path(&wanted), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    dynamic(move || match entry.get() {
        Entry::Waiting | Entry::SignIn => view! { <Skeleton /> }.into_any(),
        Entry::Failed(error) => view! {
            <PageTitle title=fr::VERIFICATION_TITRE />
            <Failure error on_retry=Callback::new(move |()| session.refresh()) />
        }
        .into_any(),
        Entry::Denied => view! { <InterditPage /> }.into_any(),
        Entry::Texts => view! { <EngagementsPage /> }.into_any(),
        Entry::Granted => (program.draw)(route.clone()),
    })
}

/// Signs out and goes home. Within the program of the home, home first, or the guard of the current screen would ask to
/// sign in again; from another, once the session is closed, for the page that is left asks nothing more.
fn sign_out(
    program: Program,
    session: Session,
    announcer: Announcer,
    navigate: impl Fn(&str, NavigateOptions) + 'static,
) {
    let home = Route::Accueil.path();
    let stays = Space::of(&home) == program.space;
    if stays {
        navigate(&home, NavigateOptions::default());
    }
    spawn_local(async move {
        match session.close(stays).await {
            Ok(()) => {
                brouillon::tout_effacer();
                if stays {
                    announcer.show(crate::ui::Tone::Success, fr::DECONNECTE);
                } else {
                    browser::tell_signed_out();
                }
            }
            Err(error) => return announcer.show(crate::ui::Tone::Error, error.sentence()),
        }
        if stays {
            browser::focus(crate::ui::page::TITLE_ID);
        } else {
            browser::open(&home);
        }
    });
}
