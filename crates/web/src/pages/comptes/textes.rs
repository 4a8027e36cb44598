//! Publishing a version of the terms of use or of a charter.

use domain::engagement::GenreTexte;
use leptos::prelude::*;

use crate::api::comptes as api;
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::comptes as text;
use crate::ui::plain::{element, form, link, paragraph, send_button, title};
use crate::ui::{Select, TextArea, Tone, page, use_announcer};

/// The screen `/administration/textes`.
#[component]
pub fn TextesPage() -> impl IntoView {
    let (session, annonces, essai) = (use_session(), use_announcer(), Attempt::new());
    let (genre, contenu) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let publier = move || {
        essai.run(Box::pin(async move {
            api::publier(&genre.get_untracked(), &contenu.get_untracked()).await?;
            contenu.set(String::new());
            annonces.show(Tone::Success, text::FAIT);
            browser::focus_later(page::TITLE_ID);
            // Whoever publishes may have to accept it too.
            session.refresh();
            Ok(())
        }));
    };
    let contenu = vec![
        element("p", "", None, vec![link("fr-link", Route::Comptes.path(), text::RETOUR, false)]),
        title(text::PUBLIER),
        paragraph("", text::PUBLIER_AIDE),
        essai.alert(),
        form("", champs(genre, contenu, essai), Box::new(publier)),
    ];
    element("div", "pa-texte", None, contenu)
}

fn champs(genre: RwSignal<String>, contenu: RwSignal<String>, essai: Attempt) -> Vec<AnyView> {
    let options: Vec<(String, String)> =
        GenreTexte::ALL.into_iter().map(|un| (un.as_str().to_owned(), text::texte(un).to_owned())).collect();
    let (au_genre, au_contenu) = (essai.at("/genre"), essai.at("/contenu"));
    let choix =
        view! { <Select id="genre" label=text::TEXTE value=genre options=options required=true error=au_genre /> };
    let texte = view! {
        <TextArea
            id="texte-complet"
            label=text::CONTENU
            value=contenu
            maxlength=50_000
            required=true
            error=au_contenu
        />
    };
    vec![choix.into_any(), texte.into_any(), send_button(text::PUBLIER_VALIDER, essai.busy)]
}
