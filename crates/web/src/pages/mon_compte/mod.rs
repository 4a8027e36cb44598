//! One's own account: who one is, the role one acts under, one's means of codes, sessions and last sign-ins.

mod moyens;
mod sessions;

use domain::mon_compte::{CompteVue, OrganisationVue};
use domain::permission::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::connexion::Attempt;
use crate::api::ClientError;
use crate::api::compte::{self, MonCompte};
use crate::browser;
use crate::reactive::State;
use crate::routes::after_sign_in;
use crate::session::use_session;
use crate::text::{compte as text, fr};
use crate::ui::dynamic::{dynamic, failure};
use crate::ui::plain::{button, element, list, paragraph, title, waiting, words};
use crate::ui::{Announcer, ButtonKind, Tone, use_announcer};

/// Class of the lists.
const LIGNES: &str = "pa-liste-nue pa-entrees";

/// What the sections share.
#[derive(Clone, Copy)]
struct Ecran {
    lu: State<Option<MonCompte>>,
    echec: RwSignal<Option<ClientError>>,
    essai: Attempt,
    etape: State<moyens::Etape>,
    annonces: Announcer,
}

impl Ecran {
    /// Reads everything (again), then moves the focus to this title, which is drawn anew.
    fn lire(self, puis: Option<&'static str>) {
        spawn_local(async move {
            match compte::lire().await {
                Ok(lu) => {
                    self.lu.try_set(Some(lu));
                    puis.into_iter().for_each(browser::focus_later);
                }
                Err(error) => drop(self.echec.try_set(Some(error))),
            }
        });
    }

    /// Does something, says so, shows what it became, and puts the focus back at the title of the section.
    fn agir(self, section: &'static str, action: compte::Acte) {
        self.essai.run(Box::pin(async move {
            action.await?;
            self.etape.set(moyens::Etape::Liste);
            self.annonces.show(Tone::Success, text::FAIT);
            self.lire(Some(section));
            Ok(())
        }));
    }
}

/// The screen `/mon-compte`.
#[component]
pub fn MonComptePage() -> impl IntoView {
    let ecran = Ecran {
        lu: State::new(None),
        echec: RwSignal::new(None),
        essai: Attempt::new(),
        etape: State::new(moyens::Etape::Liste),
        annonces: use_announcer(),
    };
    ecran.lire(None);
    let contenu = vec![
        title(text::TITRE),
        failure(ecran.echec.into(), None),
        dynamic(move || match ecran.lu.get() {
            None => waiting(),
            Some(lu) => tout(ecran, lu),
        }),
    ];
    element("div", "pa-texte", None, contenu)
}

fn tout(ecran: Ecran, lu: MonCompte) -> AnyView {
    let contenu = vec![
        identite(&lu.compte),
        ecran.essai.alert(),
        moyens::section(ecran, lu.moyens),
        sessions::section(ecran, &lu.sessions),
        sessions::connexions(&lu.connexions),
    ];
    element("div", "", None, contenu)
}

fn identite(compte: &CompteVue) -> AnyView {
    let session = use_session();
    let organisation = |one: &OrganisationVue| words(format!("{} : {}", fr::role(one.role), one.nom));
    let roles = compte.roles.clone();
    let mut contenu = vec![
        paragraph("", compte.nom.clone()),
        paragraph("", compte.email.clone()),
        list("", compte.organisations.iter().map(organisation).collect()),
    ];
    if roles.len() > 1 {
        contenu.push(paragraph("", text::ROLES_AIDE));
        contenu.push(dynamic(move || session.role().map_or_else(|| ().into_any(), |actif| choix_role(actif, &roles))));
    }
    element("div", "", None, contenu)
}

/// One button for each other role of the account.
pub fn choix_role(actif: Role, roles: &[Role]) -> AnyView {
    let (session, essai, navigate) = (use_session(), Attempt::new(), use_navigate());
    let aller = Callback::new(move |role| {
        navigate(&after_sign_in(None, role), NavigateOptions::default());
    });
    let bouton = |role: Role| {
        let changer = move || {
            essai.run(Box::pin(async move {
                session.switch(role).await?;
                aller.run(role);
                Ok(())
            }));
        };
        let nom = text::agir(fr::role(role));
        button(ButtonKind::Tertiary, fr::role(role), Some(nom), essai.busy, Box::new(changer))
    };
    let boutons = roles.iter().copied().filter(|role| *role != actif).map(bouton).collect();
    element("div", "", None, vec![essai.alert(), list("pa-liste-nue", boutons)])
}
