//! The terms of use and the charter of one's role: reading and accepting them, what one accepted, and publishing a version.

use domain::engagement::{EngagementsVue, GenreTexte, TexteVue};
use domain::permission::Operation;
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
use crate::ui::dynamic::{dynamic, when};
use crate::ui::plain::{button, element, folded, form, heading, list, paragraph, send_button, title, waiting, words};
use crate::ui::{Announcer, ButtonKind, Select, TextArea, Tone, page, use_announcer};

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

    /// Accepts or publishes a text, then reads all of them again.
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
        when(move || session.may(Operation::TextePublier), move || publication(ecran)),
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

/// The form that publishes a version.
fn publication(ecran: Ecran) -> AnyView {
    let (genre, contenu) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options: Vec<(String, String)> =
        GenreTexte::ALL.into_iter().map(|un| (un.as_str().to_owned(), text::texte(un).to_owned())).collect();
    let publier = move || ecran.agir(api::publier(&genre.get_untracked(), &contenu.get_untracked()));
    let champs = vec![
        paragraph("", text::PUBLIER_AIDE),
        view! { <Select id="genre" label=text::TEXTE value=genre options=options required=true /> }.into_any(),
        view! { <TextArea id="contenu" label=text::CONTENU value=contenu maxlength=50_000 required=true /> }.into_any(),
        send_button(text::PUBLIER_VALIDER, ecran.essai.busy),
    ];
    folded("", text::PUBLIER, vec![form("", champs, Box::new(publier))])
}
