//! The page of the mailed link. Opening it changes nothing, for mail scanners follow links: a click opens the session.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::{ERROR_ID, text};
use crate::api::ClientError;
use crate::browser;
use crate::reactive::memo;
use crate::routes::{Route, after_sign_in};
use crate::session::use_session;
use crate::ui::dynamic::{dynamic, optional};
use crate::ui::{Alert, Button, PageTitle, Tone, use_announcer};

/// The screen `/connexion/lien`; the secret follows `#`, which no server sees.
#[component]
pub fn ConnexionLienPage() -> impl IntoView {
    let hash = use_location().hash;
    let secret = memo(move || hash.read().trim_start_matches('#').to_owned());
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
    let failure = RwSignal::new(None::<ClientError>);
    let busy = RwSignal::new(false);
    let open = Callback::new(move |_| {
        failure.set(None);
        busy.set(true);
        let (secret, navigate) = (secret.clone(), navigate.clone());
        spawn_local(async move {
            let answer = session.open(secret).await;
            busy.set(false);
            match answer {
                Ok((opened, wanted)) => {
                    announcer.say(text::bienvenue(&opened.nom));
                    let target = after_sign_in(wanted.as_deref(), opened.role);
                    navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(error) => {
                    failure.set(Some(error));
                    browser::focus_later(ERROR_ID);
                }
            }
        });
    });
    view! {
        <p>{text::LIEN_TEXTE}</p>
        {optional(move || {
            let sentence = failure.get()?.sentence();
            Some(view! { <Alert tone=Tone::Error live=true id=ERROR_ID><p>{sentence}</p></Alert> }.into_any())
        })}
        <p><Button busy on_click=open>{text::LIEN_VALIDER}</Button></p>
    }
}
