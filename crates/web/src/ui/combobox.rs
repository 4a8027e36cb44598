//! A text field that proposes values while one types (ARIA combobox pattern). What is typed stays allowed.

use leptos::ev;
use leptos::prelude::*;

use super::dynamic::dynamic;
use super::field::{Label, Messages, error_class, group_class, invalid};
use crate::reactive::click;

/// What moves in the list.
#[derive(Clone, Copy)]
struct List {
    id: StoredValue<String>,
    options: RwSignal<Vec<String>>,
    /// The option that Enter would choose.
    active: RwSignal<Option<usize>>,
    on_choose: Callback<usize>,
}

impl List {
    fn close(self) {
        // A field that leaves the page loses the focus once its signals are gone.
        self.active.try_set(None);
        if self.options.try_with_untracked(Vec::is_empty) == Some(false) {
            self.options.set(Vec::new());
        }
    }

    fn choose(self, index: usize) {
        self.close();
        self.on_choose.run(index);
    }

    fn option_id(self, index: usize) -> String {
        self.id.with_value(|id| format!("{id}-{index}"))
    }

    fn view(self, label: Signal<String>) -> AnyView {
        let line = move |(index, words): (usize, String)| {
            let selected = Signal::derive(move || (self.active.get() == Some(index)).to_string());
            let choose = click(move |_| self.choose(index));
            view! {
                <li role="option" id=self.option_id(index) aria-selected=selected on:click=choose>
                    {words}
                </li>
            }
        };
        let lines = move || self.options.get().into_iter().enumerate().map(line).collect_view().into_any();
        view! {
            <ul
                class="pa-combo__liste"
                id=self.id.get_value()
                role="listbox"
                aria-label=label
                hidden=Signal::derive(move || self.options.read().is_empty())
                // The field keeps the focus while one presses on a proposal.
                on:mousedown=move |event| event.prevent_default()
            >
                {dynamic(lines)}
            </ul>
        }
        .into_any()
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let count = self.options.with_untracked(Vec::len);
        let at = self.active.get_untracked();
        match (event.key().as_str(), at) {
            _ if count == 0 => return,
            ("ArrowDown", None) => self.active.set(Some(0)),
            ("ArrowDown", Some(at)) => self.active.set(Some((at + 1) % count)),
            ("ArrowUp", None | Some(0)) => self.active.set(Some(count - 1)),
            ("ArrowUp", Some(at)) => self.active.set(Some(at - 1)),
            ("Enter", Some(at)) => self.choose(at),
            ("Escape", _) => self.close(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// A text field with proposals.
#[component]
pub fn Combobox(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Words above the field.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is proposed for it; emptied when one is chosen or none is wanted.
    options: RwSignal<Vec<String>>,
    /// Called with what is typed, at each change.
    on_type: Callback<String>,
    /// Called with the place of the chosen proposal.
    on_choose: Callback<usize>,
    /// Format expected.
    #[prop(into)]
    hint: String,
    /// What is wrong and what to do.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called when the field loses the focus.
    on_blur: Callback<()>,
) -> impl IntoView {
    let list = List { id: StoredValue::new(format!("{id}-liste")), options, active: RwSignal::new(None), on_choose };
    let no = Signal::stored(None);
    let typed = move |event| {
        list.active.set(None);
        value.set(event_target_value(&event));
        on_type.run(value.get_untracked());
    };
    view! {
        <div class=group_class(error, no)>
            <Label id=id.clone() label required=true hint=Some(hint) />
            <div class="pa-combo">
                <input
                    class=error_class(error, "fr-input", "fr-input fr-input--error")
                    id=id.clone()
                    name=id.clone()
                    type="text"
                    role="combobox"
                    maxlength="150"
                    autocomplete="off"
                    aria-autocomplete="list"
                    aria-required="true"
                    aria-invalid=invalid(error)
                    aria-describedby=format!("{id}-aide {id}-messages")
                    aria-expanded=Signal::derive(move || (!options.read().is_empty()).to_string())
                    aria-controls=list.id.get_value()
                    aria-activedescendant=Signal::derive(move || list.active.get().map(|index| list.option_id(index)))
                    prop:value=value
                    on:input=typed
                    on:keydown=move |event| list.on_key(&event)
                    on:blur=move |_| {
                        list.close();
                        on_blur.try_run(());
                    }
                />
                {list.view(label)}
            </div>
            <Messages id error success=no />
        </div>
    }
    .into_any()
}
