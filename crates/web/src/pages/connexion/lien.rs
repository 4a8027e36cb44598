//! The page of the mailed link. Opening it changes nothing, for mail scanners follow links: a click opens the session.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::attempt::Attempt;
use super::text;
use crate::api::Query;
use crate::reactive::memo;
use crate::routes::{Route, after_sign_in};
use crate::session::use_session;
use crate::ui::dynamic::dynamic;
use crate::ui::{Button, PageTitle, use_announcer};

/// The secret of a link, which follows `#`: no server sees it.
pub fn secret() -> Memo<String> {
    let hash = use_location().hash;
    memo(move || hash.read().trim_start_matches('#').to_owned())
}

/// The screen `/connexion/lien`.
#[component]
pub fn ConnexionLienPage() -> impl IntoView {
    let secret = secret();
    view! {
        <div class="pa-texte">
            <PageTitle title=text::LIEN_TITRE />
            {dynamic(move || match secret.get() {
                secret if secret.is_empty() => view! { <p>{text::LIEN_INCOMPLET}</p> }.into_any(),
                secret => view! { <OpenLink secret /> }.into_any(),
            })}
            <p><a class="fr-link" href=Route::Connexion.path()>{text::LIEN_AUTRE}</a></p>
        </div>
    }
}

#[component]
fn OpenLink(secret: String) -> impl IntoView {
    let session = use_session();
    let announcer = use_announcer();
    let navigate = use_navigate();
    let attempt = Attempt::new();
    let open = Callback::new(move |_| {
        let (secret, navigate) = (secret.clone(), navigate.clone());
        attempt.run(Box::pin(async move {
            let (opened, wanted) = session.open(secret).await?;
            announcer.say(text::bienvenue(&opened.nom));
            let target = match after_sign_in(wanted.as_deref(), opened.role) {
                _ if opened.moyen_requis => Route::MonCompte.path(),
                target => target,
            };
            let target = match target {
                target if opened.engagement_requis => Query::new().with("suite", target).on(&Route::Engagements.path()),
                target => target,
            };
            navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
            Ok(())
        }));
    });
    view! {
        <p>{text::LIEN_TEXTE}</p>
        {attempt.alert()}
        <p><Button busy=attempt.busy on_click=open>{text::LIEN_VALIDER}</Button></p>
    }
}
