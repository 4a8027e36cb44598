//! Checkboxes and radio buttons, alone or in a group with a legend.

use leptos::prelude::*;

use super::field::{Messages, error_class, invalid};

/// One checkbox.
#[component]
pub fn Checkbox(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Words beside the box.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// More words under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Smaller.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let hint_id = hint.as_ref().map(|_| format!("{id}-aide"));
    view! {
        <div class=if small { "fr-checkbox-group fr-checkbox-group--sm" } else { "fr-checkbox-group" }>
            <input
                type="checkbox"
                id=id.clone()
                name=id.clone()
                aria-describedby=hint_id.clone()
                prop:checked=checked
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label class="fr-label" for=id>
                {label}
                {hint.map(|hint| view! { <span class="fr-hint-text" id=hint_id>{hint}</span> })}
            </label>
        </div>
    }
}

/// What is common to groups: legend, hint, messages.
#[component]
fn Group(
    id: String,
    legend: Signal<String>,
    hint: Option<String>,
    error: Signal<Option<String>>,
    required: bool,
    radio: bool,
    children: Children,
) -> impl IntoView {
    let class = error_class(error, "fr-fieldset", "fr-fieldset fr-fieldset--error");
    let labelled = format!("{id}-legende {id}-messages");
    let legend_id = format!("{id}-legende");
    let own_id = id.clone();
    view! {
        <fieldset
            class=class
            id=own_id
            tabindex="-1"
            role=radio.then_some("radiogroup")
            aria-labelledby=labelled
            aria-required=(radio && required).then_some("true")
            aria-invalid=if radio { invalid(error) } else { Signal::stored(None) }
        >
            <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id=legend_id>
                {legend}
                {(!required).then(|| view! { <span class="pa-facultatif">{crate::text::fr::FACULTATIF}</span> })}
                {hint.map(|hint| view! { <span class="fr-hint-text">{hint}</span> })}
            </legend>
            {children()}
            <Messages id error success=Signal::stored(None) />
        </fieldset>
    }
}

/// Several boxes under one legend.
#[component]
pub fn CheckboxGroup(
    /// Identifier of the group, unique on the page.
    #[prop(into)]
    id: String,
    /// Question.
    #[prop(into)]
    legend: Signal<String>,
    /// Codes and labels.
    options: Vec<(String, String)>,
    /// Codes of the ticked boxes.
    value: RwSignal<Vec<String>>,
    /// Why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let boxes = options
        .into_iter()
        .map(|(code, words)| {
            let (compared, changed) = (code.clone(), code.clone());
            let checked = Signal::derive(move || value.read().contains(&compared));
            let on_change = move |ticked: bool| {
                value.update(|codes| {
                    codes.retain(|other| *other != changed);
                    if ticked {
                        codes.push(changed.clone());
                    }
                });
            };
            view! {
                <div class="fr-fieldset__element">
                    <Checkbox id=format!("{id}-{code}") label=words checked on_change=Callback::new(on_change) />
                </div>
            }
        })
        .collect_view();
    view! { <Group id legend hint error required radio=false>{boxes}</Group> }
}

/// Several answers of which one is chosen.
#[component]
pub fn RadioGroup(
    /// Identifier of the group, unique on the page.
    #[prop(into)]
    id: String,
    /// Question.
    #[prop(into)]
    legend: Signal<String>,
    /// Codes and labels.
    options: Vec<(String, String)>,
    /// Code of the chosen answer; empty for none.
    value: RwSignal<String>,
    /// Why it is asked.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether an answer is needed.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let radios = options
        .into_iter()
        .map(|(code, words)| {
            let (compared, chosen) = (code.clone(), code.clone());
            let radio_id = format!("{id}-{code}");
            view! {
                <div class="fr-fieldset__element pa-element-ligne">
                    <div class="fr-radio-group">
                        <input
                            type="radio"
                            id=radio_id.clone()
                            name=id.clone()
                            value=code
                            prop:checked=move || *value.read() == compared
                            on:change=move |_| value.set(chosen.clone())
                        />
                        <label class="fr-label" for=radio_id>{words}</label>
                    </div>
                </div>
            }
        })
        .collect_view();
    view! { <Group id legend hint error required radio=true>{radios}</Group> }
}
