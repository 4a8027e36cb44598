//! Accessibility statement, due to the public (RGAA).

use leptos::prelude::*;

use crate::text::accessibilite as text;
use crate::ui::PageTitle;

/// The screen `/accessibilite`.
#[component]
pub fn AccessibilitePage() -> impl IntoView {
    const SECTIONS: [(&str, &str); 5] = [
        (text::ETAT_TITRE, text::ETAT),
        (text::CONTENUS_TITRE, text::CONTENUS),
        (text::ETABLISSEMENT_TITRE, text::ETABLISSEMENT),
        (text::CONTACT_TITRE, text::CONTACT),
        (text::RECOURS_TITRE, text::RECOURS),
    ];
    let sections = SECTIONS
        .into_iter()
        .map(|(title, words)| view! { <section><h2 class="fr-h4">{title}</h2><p>{words}</p></section> })
        .collect_view();
    view! {
        <div class="pa-texte">
            <PageTitle title=text::TITRE />
            <p>{text::ENGAGEMENT}</p>
            {sections}
        </div>
    }
}
