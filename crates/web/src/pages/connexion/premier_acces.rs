//! The first access: an application of codes is set from a QR code or a typed key, then confirmed by a code it shows.

use domain::session::{ApplicationOtp, ConfirmationAcces};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::attempt::Attempt;
use super::{lien, text};
use crate::api;
use crate::browser;
use crate::reactive::submit;
use crate::routes::Route;
use crate::ui::dynamic::dynamic;
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
    attempt: Attempt,
}

/// The screen `/premier-acces`.
#[component]
pub fn PremierAccesPage() -> impl IntoView {
    let access = Access { secret: lien::secret(), step: RwSignal::new(Step::Begin), attempt: Attempt::new() };
    view! {
        <div class="pa-texte">
            <PageTitle title=text::ACCES_TITRE />
            {access.attempt.alert()}
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

#[component]
fn Begin(access: Access) -> impl IntoView {
    let begin = Callback::new(move |_| {
        access.attempt.run(Box::pin(async move {
            let application = api::session::prepare_access(&access.secret.get_untracked()).await?;
            access.step.set(Step::Set(application));
            browser::focus_later(crate::ui::page::TITLE_ID);
            Ok(())
        }));
    });
    view! {
        <p>{text::ACCES_TEXTE}</p>
        <p><Button busy=access.attempt.busy on_click=begin>{text::ACCES_COMMENCER}</Button></p>
    }
}

#[component]
fn Set(access: Access, application: ApplicationOtp) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let confirm = move |event: SubmitEvent| {
        event.prevent_default();
        let request = ConfirmationAcces { jeton: access.secret.get_untracked(), code: code.get_untracked() };
        access.attempt.run(Box::pin(async move {
            api::session::confirm_access(&request).await?;
            access.step.set(Step::Done);
            browser::focus_later(DONE_ID);
            Ok(())
        }));
    };
    view! {
        {set_application(application)}
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
            <Button submit=true busy=access.attempt.busy>{text::ACCES_CONFIRMER}</Button>
        </form>
    }
}

/// What an application of codes is set with.
pub fn set_application(application: ApplicationOtp) -> AnyView {
    view! {
        <p>{text::acces_compte(&application.email)}</p>
        <p>{text::ACCES_QR}</p>
        // The image is made by our server and holds rectangles only.
        <div class="pa-qr" role="img" aria-label=text::ACCES_QR_NOM inner_html=application.qr></div>
        <p>{text::ACCES_SECRET} " " <code class="pa-secret">{application.secret}</code></p>
    }
    .into_any()
}
