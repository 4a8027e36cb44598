//! The dialog that asks for a code again before a sensitive act, whatever the screen under it.

use domain::error::ErrorCode;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::reactive::effect;
use crate::text::connexion as text;
use crate::ui::Dialog;
use crate::ui::plain::{Field, form, paragraph, send_button};
use crate::{api, browser};

const CODE_ID: &str = "code-encore";

/// Drawn once by the app: requests that are refused for want of a recent code open it.
#[component]
pub fn CodeDialog() -> impl IntoView {
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (code, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    api::step_up::on_required(move || {
        code.set(String::new());
        error.set(None);
        open.set(true);
        browser::focus_later(CODE_ID);
    });
    effect(move || {
        if !open.get() {
            api::step_up::settle(false);
        }
    });
    let refuse = move |message: String| {
        error.set(Some(message));
        browser::focus(CODE_ID);
    };
    let give = move || {
        let typed = code.get_untracked();
        if typed.trim().is_empty() {
            refuse(text::CODE_VIDE.to_owned());
        } else if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                let answer = api::session::give_code(typed).await;
                busy.set(false);
                match answer {
                    Ok(()) => {
                        api::step_up::settle(true);
                        open.set(false);
                    }
                    Err(error) if error.is(ErrorCode::NonAuthentifie) => open.set(false),
                    Err(error) => refuse(error.message()),
                }
            });
        }
    };
    let give = StoredValue::new(give);
    view! {
        <Dialog id="code-requis" title=text::CODE_ENCORE_TITRE open>
            {paragraph("", text::CODE_ENCORE_TEXTE)}
            {form(
                "",
                vec![
                    Field { value: code, ..Field::code(CODE_ID, text::CODE) }.draw(error.into()),
                    send_button(text::CODE_ENCORE_VALIDER, busy),
                ],
                Box::new(move || give.with_value(|give| give())),
            )}
        </Dialog>
    }
}
