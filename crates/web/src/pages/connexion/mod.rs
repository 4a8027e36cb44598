//! Sign-in: an e-mail and a code ask for a link, whose page opens the session.

mod attempt;
mod envoye;
mod inscription;
mod invitation;
mod lien;
mod premier_acces;

pub use inscription::InscriptionPage;
pub use invitation::InvitationPage;
pub use lien::{ConnexionLienPage, secret};
pub use premier_acces::{PremierAccesPage, set_application};

pub use attempt::Attempt;
use domain::session::{CompteDemonstration, DemandeConnexion};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::app::Instance;
use crate::browser;
use crate::forms::{Fault, Faults, Summary};
use crate::reactive::{memo, submit};
use crate::routes::{Route, after_sign_in};
use crate::session::use_session;
use crate::text::{comptes, connexion as text, fr};
use crate::ui::dynamic::{dynamic, optional, when};
use crate::ui::plain::{element, link};
use crate::ui::{Alert, Button, ButtonKind, PageTitle, TextField, Tone, use_announcer};

const EMAIL_ID: &str = "email";
const CODE_ID: &str = "code";

/// What is typed, and the address a link was asked for.
#[derive(Clone, Copy)]
struct Form {
    email: RwSignal<String>,
    code: RwSignal<String>,
    /// The code after, of a card that is lost in time.
    next: RwSignal<String>,
    sent: RwSignal<Option<String>>,
    wanted: Memo<Option<String>>,
}

/// What is missing before asking the server.
fn missing(email: &str, code: &str) -> Vec<Fault> {
    let fault = |id: &str, label: &str, message: &str| Fault {
        id: id.to_owned(),
        label: label.to_owned(),
        message: message.to_owned(),
    };
    let mut faults = Vec::new();
    if email.trim().is_empty() {
        faults.push(fault(EMAIL_ID, text::EMAIL, text::EMAIL_VIDE));
    }
    if code.trim().is_empty() {
        faults.push(fault(CODE_ID, text::CODE, text::CODE_VIDE));
    }
    faults
}

/// The screen `/connexion`.
#[component]
pub fn ConnexionPage() -> impl IntoView {
    let session = use_session();
    // Not `use_query_map`: with one wildcard route it keeps the query of the screen before.
    let query = use_location().query;
    let form = Form {
        email: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        next: RwSignal::new(String::new()),
        sent: RwSignal::new(None),
        wanted: memo(move || query.read().get("suite")),
    };
    let role = memo(move || session.role());
    view! {
        <div class="pa-texte">
            <PageTitle title=text::TITRE />
            {dynamic(move || match role.get() {
                Some(role) => view! {
                    <p>{text::DEJA}</p>
                    <p><a class="fr-btn" href=after_sign_in(form.wanted.get().as_deref(), role)>{text::CONTINUER}</a></p>
                }
                .into_any(),
                None => view! { <SignIn form /> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn SignIn(form: Form) -> impl IntoView {
    let why = move || view! { <Alert tone=Tone::Info><p>{text::SUITE}</p></Alert> }.into_any();
    dynamic(move || {
        match form.sent.get() {
        Some(email) => view! { <envoye::Sent email sent=form.sent /> }.into_any(),
        None => view! {
            <p>{text::INTRODUCTION}</p>
            {when(move || form.wanted.read().is_some(), why)}
            <SignInForm form />
            <p>{comptes::PAS_DE_COMPTE} " " <a class="fr-link" href=Route::Inscription.path()>{comptes::INSCRIPTION}</a></p>
            <DemoAccounts form />
        }
        .into_any(),
    }
    })
}

#[component]
fn SignInForm(form: Form) -> impl IntoView {
    let session = use_session();
    let Form { email, code, next, sent, wanted } = form;
    let faults = Faults::new(memo(move || missing(&email.read(), &code.read())));
    let attempt = Attempt::new();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if !faults.submit().is_empty() {
            attempt.forget();
            browser::focus_later(crate::forms::summary::SUMMARY_ID);
            return;
        }
        let request = DemandeConnexion {
            email: email.get_untracked().trim().to_owned(),
            code: code.get_untracked().trim().to_owned(),
            code_suivant: Some(next.get_untracked().trim().to_owned()).filter(|next| !next.is_empty()),
        };
        attempt.run(Box::pin(async move {
            session.ask(&request, wanted.get_untracked().as_deref()).await?;
            // The next attempt takes the next code.
            code.set(String::new());
            next.set(String::new());
            sent.set(Some(request.email));
            Ok(())
        }));
    };
    view! {
        <form novalidate on:submit=submit(send)>
            <Summary faults />
            {attempt.alert()}
            <TextField
                id=EMAIL_ID
                label=text::EMAIL
                hint=text::EMAIL_AIDE
                value=email
                kind="email"
                autocomplete="username"
                required=true
                error=faults.of(EMAIL_ID)
            />
            <TextField
                id=CODE_ID
                label=text::CODE
                hint=text::CODE_CONNEXION_AIDE
                value=code
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength=16
                required=true
                error=faults.of(CODE_ID)
            />
            <details class="pa-repli">
                <summary>{text::CARTE_PERDUE}</summary>
                <p>{text::CARTE_PERDUE_TEXTE}</p>
                <TextField
                    id="code-suivant"
                    label=text::CODE_SUIVANT
                    value=next
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength=16
                />
            </details>
            <Button submit=true busy=attempt.busy>{text::VALIDER}</Button>
        </form>
    }
}

/// The link to the mails of a demonstration instance.
fn demo_mails() -> AnyView {
    let shown = || {
        use_context::<Instance>().is_some_and(|Instance(instance)| {
            instance.with(|found| found.as_ref().is_some_and(|found| !found.comptes_demonstration.is_empty()))
        })
    };
    when(shown, || element("p", "", None, vec![link("fr-link", Route::Courriels.path(), text::DEMO_COURRIELS, false)]))
}

/// The accounts of a demonstration instance: one click fills the form.
#[component]
fn DemoAccounts(form: Form) -> impl IntoView {
    let Form { email, code, .. } = form;
    let announcer = use_announcer();
    let accounts = move || {
        let Instance(instance) = use_context()?;
        let accounts = instance.with(|found| found.as_ref().map(|found| found.comptes_demonstration.clone()))?;
        if accounts.is_empty() { None } else { Some(accounts) }
    };
    let fill = move |account: CompteDemonstration| {
        Callback::new(move |_| {
            email.set(account.email.clone());
            code.set(text::DEMO_CODE.to_owned());
            announcer.say(text::demo_rempli(&account.email));
        })
    };
    let line = move |account: CompteDemonstration| {
        let words = text::demo_choisir(&account.nom, fr::role(account.role));
        view! {
            <li>
                <Button kind=ButtonKind::Tertiary small=true on_click=fill(account)>{words}</Button>
            </li>
        }
    };
    optional(move || {
        accounts().map(|accounts| {
            view! {
                <section class="pa-encadre">
                    <h2 class="fr-h5">{text::DEMO_TITRE}</h2>
                    <p>{text::DEMO_TEXTE}</p>
                    {demo_mails()}
                    <ul class="pa-liste-nue">{accounts.into_iter().map(line).collect_view()}</ul>
                </section>
            }
            .into_any()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn both_answers_are_needed() {
        let ids = |email: &str, code: &str| missing(email, code).into_iter().map(|fault| fault.id).collect::<Vec<_>>();
        assert_eq!(ids(" ", ""), ["email", "code"]);
        assert_eq!(ids("a@b.example", " "), ["code"]);
        assert!(ids("a@b.example", "123456").is_empty());
    }
}
