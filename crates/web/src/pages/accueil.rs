//! Home: what this is, and where to go by need.

use leptos::prelude::*;

use crate::routes::Route;
use crate::text::accueil as text;
use crate::ui::PageTitle;

/// One entry by need. `external`: the address is not a screen of the app.
#[component]
fn Entree(
    titre: &'static str,
    texte: &'static str,
    action: &'static str,
    href: String,
    external: bool,
) -> impl IntoView {
    view! {
        <li class="pa-carte">
            <h3 class="fr-h5">{titre}</h3>
            <p>{texte}</p>
            <p class="pa-carte__action">
                <a class="fr-btn fr-btn--secondary" href=href rel=external.then_some("external")>{action}</a>
            </p>
        </li>
    }
}

/// The screen `/`.
#[component]
pub fn AccueilPage() -> impl IntoView {
    let etapes = text::ETAPES.into_iter().map(|etape| view! { <li>{etape}</li> }).collect_view();
    view! {
        <div class="pa-texte">
            <PageTitle title=text::TITRE />
            <p class="fr-text--lead">{text::INTRODUCTION}</p>
        </div>
        <h2 class="fr-h3">{text::ENTREES}</h2>
        <ul class="pa-cartes">
            <Entree
                titre=text::STRUCTURE_TITRE
                texte=text::STRUCTURE_TEXTE
                action=text::STRUCTURE_ACTION
                href=Route::Candidature.path()
                external=false
            />
            <Entree
                titre=text::ENVELOPPE_TITRE
                texte=text::ENVELOPPE_TEXTE
                action=text::ENVELOPPE_ACTION
                href=Route::Tableau.path()
                external=false
            />
            <Entree
                titre=text::API_TITRE
                texte=text::API_TEXTE
                action=text::API_ACTION
                href=crate::app::API_DOCS.to_owned()
                external=true
            />
        </ul>
        <div class="pa-colonnes">
            <section>
                <h2 class="fr-h4">{text::ETAPES_TITRE}</h2>
                <ol>{etapes}</ol>
            </section>
            <section>
                <h2 class="fr-h4">{text::FORMATIONS_TITRE}</h2>
                <p><strong>{text::FORMATION_AN}</strong><br />{text::FORMATION_AN_TEXTE}</p>
                <p><strong>{text::FORMATION_AC}</strong><br />{text::FORMATION_AC_TEXTE}</p>
            </section>
        </div>
    }
}
