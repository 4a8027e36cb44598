//! Closed list in which one value is chosen.

use leptos::prelude::*;

use super::dynamic::dynamic;
use super::field::{Label, Messages, error_class, group_class, invalid};

/// A native select: complete for keyboards, phones and screen readers as it is.
#[component]
pub fn Select(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Words above the control.
    #[prop(into)]
    label: Signal<String>,
    /// Code of the chosen option; empty for none.
    value: RwSignal<String>,
    /// Codes and labels.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Words of the empty option; without them an option is always chosen.
    #[prop(default = Some(crate::text::fr::CHOISIR))]
    placeholder: Option<&'static str>,
    /// Format expected, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Whether nothing can be chosen now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when the control loses the focus.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let describedby = if hint.is_some() { format!("{id}-aide {id}-messages") } else { format!("{id}-messages") };
    let success = Signal::stored(None);
    let class = error_class(error, "fr-select", "fr-select fr-select--error");
    let option = move |(code, words): (String, String)| {
        let compared = code.clone();
        view! { <option value=code selected=move || value.get() == compared>{words}</option> }
    };
    view! {
        <div class=group_class(error, success)>
            <Label id=id.clone() label required hint />
            <select
                class=class
                id=id.clone()
                name=id.clone()
                disabled=disabled
                aria-required=required.then_some("true")
                aria-invalid=invalid(error)
                aria-describedby=describedby
                on:change=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        // A field that leaves the page loses the focus once its screen is gone.
                        on_blur.try_run(());
                    }
                }
            >
                {placeholder.map(|words| option((String::new(), words.to_owned())))}
                {dynamic(move || options.get().into_iter().map(option).collect_view().into_any())}
            </select>
            <Messages id error success />
        </div>
    }
}
