//! One's open sessions and last sign-ins.

use domain::mon_compte::ConnexionVue;
use domain::session::SessionOuverte;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::{Ecran, LIGNES};
use crate::api::compte;
use crate::pages::demande::brouillon;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::{compte as text, fr};
use crate::ui::plain::{button, element, heading, list, paragraph, words};
use crate::ui::{ButtonKind, Tone};

const SECTION_ID: &str = "mes-sessions";

/// The open sessions: one may close one, the others, or all.
pub fn section(ecran: Ecran, sessions: &[SessionOuverte]) -> AnyView {
    let (session, navigate) = (use_session(), use_navigate());
    let partir = Callback::new(move |()| navigate(&Route::Accueil.path(), NavigateOptions::default()));
    let busy = ecran.essai.busy;
    let autres = move || ecran.agir(SECTION_ID, compte::fermer_partout(true));
    let partout = move || {
        ecran.essai.run(Box::pin(async move {
            // Home first, or the guard of this screen would ask to sign in again.
            partir.run(());
            session.close_everywhere().await?;
            brouillon::tout_effacer();
            ecran.annonces.show(Tone::Success, fr::DECONNECTE);
            Ok(())
        }));
    };
    let boutons = vec![
        button(ButtonKind::Secondary, text::FERMER_AUTRES, None, busy, Box::new(autres)),
        button(ButtonKind::Secondary, text::PARTOUT, None, busy, Box::new(partout)),
    ];
    let contenu = vec![
        element("h2", "fr-h5", Some(SECTION_ID), vec![words(text::SESSIONS)]),
        list(LIGNES, sessions.iter().map(|session| ligne(ecran, session)).collect()),
        element("div", "pa-actions", None, boutons),
    ];
    element("section", "", None, contenu)
}

fn ligne(ecran: Ecran, session: &SessionOuverte) -> AnyView {
    let nom = text::session(session);
    let mut contenu = vec![paragraph("", nom.clone()), paragraph("fr-hint-text", text::session_dates(session))];
    if !session.actuelle {
        let id = session.id.clone();
        let fermer = Box::new(move || ecran.agir(SECTION_ID, compte::fermer(&id)));
        let nom = Some(text::sur(text::FERMER, &nom));
        contenu.push(button(ButtonKind::Tertiary, text::FERMER, nom, ecran.essai.busy, fermer));
    }
    element("div", "", None, contenu)
}

/// The last sign-ins.
pub fn connexions(connexions: &[ConnexionVue]) -> AnyView {
    let contenu = vec![
        heading("h2", "fr-h5", text::CONNEXIONS),
        paragraph("", text::CONNEXIONS_AIDE),
        list("", connexions.iter().map(|connexion| words(text::connexion(connexion))).collect()),
    ];
    element("section", "", None, contenu)
}
