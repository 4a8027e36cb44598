//! Text fields: label, hint, control and messages tied together for assistive techniques.

use leptos::html;
use leptos::prelude::*;

use super::dynamic::optional;
use crate::reactive::effect;

/// Writes a value in its control when the control holds another one. Not `bind:value`: a date of which one part is being typed reads as
/// empty, and writing that back would erase its other parts.
pub fn follow_value(node: NodeRef<html::Input>, value: RwSignal<String>) {
    effect(move || {
        // The value of a row that has gone may go before its field does.
        let Some(wanted) = value.try_get() else { return };
        if let Some(input) = node.get().filter(|input| input.value() != wanted) {
            input.set_value(&wanted);
        }
    });
}

/// Ids of what describes the control: hint and messages (the messages' element is always there).
fn described_by(id: &str, has_hint: bool) -> String {
    if has_hint { format!("{id}-aide {id}-messages") } else { format!("{id}-messages") }
}

/// The label of a control with its hint and the mention of optional fields.
#[component]
pub fn Label(
    /// Identifier of the control.
    id: String,
    /// Words.
    label: Signal<String>,
    /// Whether an answer is needed.
    required: bool,
    /// Format expected, or why it is asked.
    hint: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-aide");
    view! {
        <label class="fr-label" for=id>
            {label}
            {(!required).then(|| view! { <span class="pa-facultatif">{crate::text::fr::FACULTATIF}</span> })}
            {hint.map(|hint| view! { <span class="fr-hint-text" id=hint_id>{hint}</span> })}
        </label>
    }
}

/// What is said of a control: an error, else a confirmation.
#[component]
pub fn Messages(
    /// Identifier of the control.
    id: String,
    /// What is wrong and what to do.
    error: Signal<Option<String>>,
    /// What was found right.
    success: Signal<Option<String>>,
) -> impl IntoView {
    let message = move || {
        let (class, words) = match (error.get(), success.get()) {
            (Some(error), _) => ("fr-message fr-message--error", error),
            (None, Some(success)) => ("fr-message fr-message--valid", success),
            (None, None) => return None,
        };
        Some(view! { <p class=class>{words}</p> }.into_any())
    };
    view! { <div class="fr-messages-group" id=format!("{id}-messages")>{optional(message)}</div> }
}

/// Class of the group around a control.
pub fn group_class(error: Signal<Option<String>>, success: Signal<Option<String>>) -> Signal<&'static str> {
    Signal::derive(move || match (error.read().is_some(), success.read().is_some()) {
        (true, _) => "fr-input-group fr-input-group--error",
        (false, true) => "fr-input-group fr-input-group--valid",
        (false, false) => "fr-input-group",
    })
}

/// One class or the other, according to whether something is wrong.
pub fn error_class(error: Signal<Option<String>>, right: &'static str, wrong: &'static str) -> Signal<&'static str> {
    Signal::derive(move || if error.read().is_some() { wrong } else { right })
}

/// Value of `aria-invalid`.
pub fn invalid(error: Signal<Option<String>>) -> Signal<Option<&'static str>> {
    Signal::derive(move || error.read().is_some().then_some("true"))
}

/// A field of one line.
#[component]
pub fn TextField(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Words above the field.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// Type of the input: `text`, `email`, `tel`, `search`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Format expected, or why it is asked.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What was found right.
    #[prop(optional, into)]
    success: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Token of the HTML `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Keyboard shown on a phone.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// Most characters taken.
    #[prop(default = 250)]
    maxlength: u32,
    /// Called when the field loses the focus.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let hint = Some(hint).filter(|hint| !hint.is_empty());
    let describedby = described_by(&id, hint.is_some());
    let class = error_class(error, "fr-input", "fr-input fr-input--error");
    let node = NodeRef::<html::Input>::new();
    follow_value(node, value);
    view! {
        <div class=group_class(error, success)>
            <Label id=id.clone() label required hint />
            <input
                node_ref=node
                class=class
                id=id.clone()
                name=id.clone()
                type=kind
                maxlength=maxlength.to_string()
                aria-required=required.then_some("true")
                aria-invalid=invalid(error)
                aria-describedby=describedby
                autocomplete=autocomplete
                inputmode=inputmode
                prop:value=value.get_untracked()
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        // A field that leaves the page loses the focus once its screen is gone.
                        on_blur.try_run(());
                    }
                }
            />
            <Messages id error success />
        </div>
    }
}

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Words above the field.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// Format expected, or why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
    /// Most characters taken.
    #[prop(default = 2_000)]
    maxlength: u32,
) -> impl IntoView {
    let describedby = described_by(&id, hint.is_some());
    let success = Signal::stored(None);
    view! {
        <div class=group_class(error, success)>
            <Label id=id.clone() label required hint />
            <textarea
                class="fr-input"
                id=id.clone()
                name=id.clone()
                rows="4"
                maxlength=maxlength.to_string()
                aria-required=required.then_some("true")
                aria-invalid=invalid(error)
                aria-describedby=describedby
                bind:value=value
            ></textarea>
            <Messages id error success />
        </div>
    }
}
