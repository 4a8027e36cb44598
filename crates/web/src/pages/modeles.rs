//! The templates of the mails, for whoever proofreads them: each with its occasions, and its words on demand.

use domain::courriel::{ModeleApercu, ModeleResume};
use leptos::prelude::*;

use super::connexion::Attempt;
use crate::api::modeles as api;
use crate::browser;
use crate::reactive::State;
use crate::text::modeles as text;
use crate::ui::ButtonKind;
use crate::ui::dynamic::{dynamic, optional};
use crate::ui::plain::{button, element, folded, heading, list, paragraph, title, words};

/// Identifier of the mail that is shown.
const APERCU_ID: &str = "apercu";

#[derive(Clone, Copy)]
struct Ecran {
    modeles: State<Vec<ModeleResume>>,
    apercu: State<Option<ModeleApercu>>,
    essai: Attempt,
}

impl Ecran {
    fn montrer(self, code: String) {
        self.essai.run(Box::pin(async move {
            self.apercu.set(Some(api::lire(&code).await?));
            browser::focus_later(APERCU_ID);
            Ok(())
        }));
    }
}

/// The screen `/administration/courriels`.
#[component]
pub fn ModelesPage() -> impl IntoView {
    let ecran = Ecran { modeles: State::new(Vec::new()), apercu: State::new(None), essai: Attempt::new() };
    ecran.essai.read(Box::pin(async move {
        ecran.modeles.set(api::lister().await?);
        Ok(())
    }));
    let contenu = vec![
        title(text::MODELES),
        paragraph("", text::AIDE),
        ecran.essai.alert(),
        dynamic(move || {
            list("pa-liste-nue pa-entrees", ecran.modeles.read().iter().map(|un| modele(ecran, un)).collect())
        }),
    ];
    element("div", "pa-texte", None, contenu)
}

fn modele(ecran: Ecran, un: &ModeleResume) -> AnyView {
    let (code, choisi) = (un.code.clone(), un.code.clone());
    let lire = Box::new(move || ecran.montrer(code.clone()));
    let mut contenu = vec![heading("h2", "fr-h6", un.objet.clone()), paragraph("", text::envois(&un.envois))];
    if un.rappel {
        contenu.push(paragraph("fr-hint-text", text::RAPPEL));
    }
    contenu.push(button(ButtonKind::Tertiary, text::VOIR, Some(text::voir(&un.objet)), ecran.essai.busy, lire));
    contenu.push(optional(move || ecran.apercu.get().filter(|apercu| apercu.code == choisi).map(|lu| apercu(&lu))));
    element("div", "", None, contenu)
}

/// The mail as it leaves.
fn apercu(lu: &ModeleApercu) -> AnyView {
    let code = element("code", "", None, vec![words(lu.html.clone())]);
    let contenu = vec![
        element("p", "pa-lignes", Some(APERCU_ID), vec![words(lu.texte.clone())]),
        folded("", text::HTML, vec![element("p", "pa-lignes", None, vec![code])]),
    ];
    element("div", "pa-encadre", None, contenu)
}
