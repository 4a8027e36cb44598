//! The page of the mailed link of an invitation or of a registration. Opening it changes nothing: a click shows what is
//! proposed, a code accepts it.

use domain::compte::InvitationOuverte;
use leptos::prelude::*;

use super::attempt::Attempt;
use super::{lien, set_application, text as sign_in};
use crate::api::comptes as api;
use crate::browser;
use crate::reactive::State;
use crate::routes::Route;
use crate::text::comptes as text;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Field, button, element, form, link, paragraph, send_button, title};
use crate::ui::{Alert, ButtonKind, Tone, page};

const DONE_ID: &str = "invitation-acceptee";

/// Where the person is.
#[derive(Clone)]
enum Step {
    Begin,
    Open(InvitationOuverte),
    Done,
}

/// The screen `/invitation`.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let (secret, step, attempt) = (lien::secret(), State::new(Step::Begin), Attempt::new());
    let contenu = vec![
        title(text::INVITATION),
        attempt.alert(),
        dynamic(move || match step.get() {
            _ if secret.read().is_empty() => paragraph("", sign_in::LIEN_INCOMPLET),
            Step::Begin => begin(secret, step, attempt),
            Step::Open(invitation) => open(secret, step, attempt, invitation),
            Step::Done => done(),
        }),
    ];
    element("div", "pa-texte", None, contenu)
}

fn begin(secret: Memo<String>, step: State<Step>, attempt: Attempt) -> AnyView {
    let ask = move || {
        attempt.run(Box::pin(async move {
            step.set(Step::Open(api::ouvrir_invitation(&secret.get_untracked()).await?));
            browser::focus_later(page::TITLE_ID);
            Ok(())
        }));
    };
    let bouton = button(ButtonKind::Primary, text::OUVRIR, None, attempt.busy, Box::new(ask));
    element("div", "", None, vec![paragraph("", text::INVITATION_TEXTE), bouton])
}

fn open(secret: Memo<String>, step: State<Step>, attempt: Attempt, invitation: InvitationOuverte) -> AnyView {
    let quoi = text::propose(invitation.role, invitation.organisation.as_deref());
    let (moyen, label) = match invitation.application {
        Some(application) => (set_application(application), sign_in::ACCES_CODE),
        None => (paragraph("", text::AVEC_MOYEN), sign_in::CODE),
    };
    let code = Field::code("code", label);
    let value = code.value;
    let accept = move || {
        attempt.run(Box::pin(async move {
            api::accepter_invitation(&secret.get_untracked(), &value.get_untracked()).await?;
            step.set(Step::Done);
            browser::focus_later(DONE_ID);
            Ok(())
        }));
    };
    let champs = vec![code.draw(attempt.at("/code")), send_button(text::ACCEPTER_INVITATION, attempt.busy)];
    let contenu =
        vec![paragraph("", text::invite_comme(&invitation.email, &quoi)), moyen, form("", champs, Box::new(accept))];
    element("div", "", None, contenu)
}

fn done() -> AnyView {
    let fini = view! { <Alert tone=Tone::Success live=true id=DONE_ID><p>{text::INVITATION_FINIE}</p></Alert> };
    let suite = element("p", "", None, vec![link("fr-btn", Route::Connexion.path(), sign_in::TITRE, false)]);
    element("div", "", None, vec![fini.into_any(), suite])
}
