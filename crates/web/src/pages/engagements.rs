//! The terms of use and the charter of one's role: reading and accepting them, and what one accepted.

use domain::engagement::{EngagementsVue, TexteVue};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::connexion::Attempt;
use crate::api::compte::Acte;
use crate::api::comptes as api;
use crate::browser;
use crate::reactive::State;
use crate::routes::after_sign_in;
use crate::session::{Session, use_session};
use crate::text::comptes as text;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{button, element, heading, list, paragraph, title, waiting, words};
use crate::ui::{Announcer, ButtonKind, Tone, page, use_announcer};

/// What the parts share.
#[derive(Clone, Copy)]
struct Ecran {
    lus: State<Option<EngagementsVue>>,
    essai: Attempt,
    session: Session,
    annonces: Announcer,
    /// Goes where the person wanted to, once everything is accepted.
    suite: Callback<()>,
}

impl Ecran {
    fn lire(self) {
        self.essai.run(Box::pin(async move {
            self.lus.try_set(Some(api::engagements().await?));
            Ok(())
        }));
    }

    /// Accepts a text, then reads all of them again.
    fn agir(self, acte: Acte) {
        self.essai.run(Box::pin(async move {
            acte.await?;
            let lus = api::engagements().await?;
            let tout = lus.textes.iter().all(|texte| texte.accepte_le.is_some());
            self.lus.try_set(Some(lus));
            self.annonces.show(Tone::Success, text::FAIT);
            browser::focus_later(page::TITLE_ID);
            if tout {
                self.suite.try_run(());
            }
            self.session.refresh();
            Ok(())
        }));
    }
}

/// The screen `/engagements`, also drawn in place of any other until everything is accepted.
#[component]
pub fn EngagementsPage() -> impl IntoView {
    let (session, navigate, query) = (use_session(), use_navigate(), use_location().query);
    let suite = Callback::new(move |()| {
        let wanted = query.read_untracked().get("suite");
        if let (Some(wanted), Some(open)) = (wanted, session.current_untracked()) {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&after_sign_in(Some(&wanted), open.role), options);
        }
    });
    let ecran = Ecran { lus: State::new(None), essai: Attempt::new(), session, annonces: use_announcer(), suite };
    ecran.lire();
    let contenu = vec![
        title(text::TEXTES),
        ecran.essai.alert(),
        dynamic(move || ecran.lus.get().map_or_else(waiting, |lus| tout(ecran, &lus))),
    ];
    element("div", "pa-texte", None, contenu)
}

fn tout(ecran: Ecran, lus: &EngagementsVue) -> AnyView {
    let reste = lus.textes.iter().any(|texte| texte.accepte_le.is_none());
    let mut contenu = vec![paragraph("", if reste { text::TEXTES_AIDE } else { "" })];
    contenu.extend(lus.textes.iter().map(|texte| article(ecran, texte)));
    if !lus.acceptations.is_empty() {
        let ligne = |une: &domain::engagement::AcceptationVue| {
            words(format!("{} – {}", text::version(une.genre, une.version), text::accepte(&une.accepte_le)))
        };
        contenu.push(heading("h2", "fr-h5", text::ACCEPTATIONS));
        contenu.push(list("", lus.acceptations.iter().map(ligne).collect()));
    }
    element("div", "", None, contenu)
}

/// A text, and the button that accepts it.
fn article(ecran: Ecran, texte: &TexteVue) -> AnyView {
    let nom = text::version(texte.genre, texte.version);
    let mut contenu =
        vec![heading("h2", "fr-h5", nom.clone()), paragraph("fr-hint-text", text::publie(&texte.publie_le))];
    contenu.extend(texte.contenu.split("\n\n").map(|partie| match partie.trim().strip_prefix("# ") {
        Some(titre) => heading("h3", "fr-h6", titre),
        None => paragraph("", partie.trim()),
    }));
    contenu.push(match &texte.accepte_le {
        Some(date) => paragraph("fr-hint-text", text::accepte(date)),
        None => {
            let id = texte.id.clone();
            let accepter = Box::new(move || ecran.agir(api::accepter(&id)));
            let nom = Some(text::sur(text::ACCEPTER, &nom));
            button(ButtonKind::Primary, text::ACCEPTER, nom, ecran.essai.busy, accepter)
        }
    });
    element("section", "pa-encadre", None, contenu)
}
