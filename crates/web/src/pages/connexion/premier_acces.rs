//! The first access: an application of codes is set from a QR code or a typed key, then confirmed by a code it shows.

use domain::session::{ApplicationOtp, ConfirmationAcces};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::{ERROR_ID, text};
use crate::api::{self, ClientError};
use crate::browser;
use crate::reactive::{memo, submit};
use crate::routes::Route;
use crate::ui::dynamic::{dynamic, optional};
use crate::ui::{Alert, Button, PageTitle, TextField, Tone};

const CODE_ID: &str = "code-application";
const DONE_ID: &str = "acces-fini";

/// Where the person is.
#[derive(Clone, PartialEq, Eq)]
enum Step {
    Begin,
    Set(ApplicationOtp),
    Done,
}

/// What the steps share.
#[derive(Clone, Copy)]
struct Access {
    secret: Memo<String>,
    step: RwSignal<Step>,
    failure: RwSignal<Option<ClientError>>,
    busy: RwSignal<bool>,
}

impl Access {
    fn fail(self, error: ClientError) {
        self.failure.set(Some(error));
        browser::focus_later(ERROR_ID);
    }
}

/// The screen `/premier-acces`; the secret of the link follows `#`, which no server sees.
#[component]
pub fn PremierAccesPage() -> impl IntoView {
    let hash = use_location().hash;
    let access = Access {
        secret: memo(move || hash.read().trim_start_matches('#').to_owned()),
        step: RwSignal::new(Step::Begin),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    view! {
        <div class="pa-texte">
            <PageTitle title=text::ACCES_TITRE />
            {optional(move || {
                let sentence = sentence(&access.failure.get()?);
                Some(view! { <Alert tone=Tone::Error live=true id=ERROR_ID><p>{sentence}</p></Alert> }.into_any())
            })}
            {dynamic(move || match access.step.get() {
                _ if access.secret.read().is_empty() => view! { <p>{text::LIEN_INCOMPLET}</p> }.into_any(),
                Step::Begin => view! { <Begin access /> }.into_any(),
                Step::Set(application) => view! { <Set access application /> }.into_any(),
                Step::Done => view! {
                    <Alert tone=Tone::Success live=true id=DONE_ID><p>{text::ACCES_FINI}</p></Alert>
                    <p><a class="fr-btn" href=Route::Connexion.path()>{text::TITRE}</a></p>
                }
                .into_any(),
            })}
        </div>
    }
}

/// A refused field says more than the problem it is in.
fn sentence(error: &ClientError) -> String {
    let field = error.problem().and_then(|problem| problem.errors.first());
    field.map_or_else(|| error.sentence(), |field| field.message.clone())
}

#[component]
fn Begin(access: Access) -> impl IntoView {
    let begin = Callback::new(move |_| {
        access.failure.set(None);
        access.busy.set(true);
        spawn_local(async move {
            let answer = api::session::prepare_access(&access.secret.get_untracked()).await;
            access.busy.set(false);
            match answer {
                Ok(application) => {
                    access.step.set(Step::Set(application));
                    browser::focus_later(crate::ui::page::TITLE_ID);
                }
                Err(error) => access.fail(error),
            }
        });
    });
    view! {
        <p>{text::ACCES_TEXTE}</p>
        <p><Button busy=access.busy on_click=begin>{text::ACCES_COMMENCER}</Button></p>
    }
}

#[component]
fn Set(access: Access, application: ApplicationOtp) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let confirm = move |event: SubmitEvent| {
        event.prevent_default();
        access.failure.set(None);
        access.busy.set(true);
        let request =
            ConfirmationAcces { jeton: access.secret.get_untracked(), code: code.get_untracked().trim().to_owned() };
        spawn_local(async move {
            let answer = api::session::confirm_access(&request).await;
            access.busy.set(false);
            match answer {
                Ok(()) => {
                    access.step.set(Step::Done);
                    browser::focus_later(DONE_ID);
                }
                Err(error) => access.fail(error),
            }
        });
    };
    view! {
        <p>{text::acces_compte(&application.email)}</p>
        <p>{text::ACCES_QR}</p>
        // The image is made by our server and holds rectangles only.
        <div role="img" aria-label=text::ACCES_QR_NOM inner_html=application.qr></div>
        <p>{text::ACCES_SECRET} " " <code class="pa-secret">{application.secret}</code></p>
        <form novalidate on:submit=submit(confirm)>
            <TextField
                id=CODE_ID
                label=text::ACCES_CODE
                value=code
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength=16
                required=true
            />
            <Button submit=true busy=access.busy>{text::ACCES_CONFIRMER}</Button>
        </form>
    }
}
