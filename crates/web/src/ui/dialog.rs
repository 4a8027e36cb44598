//! Modal dialog on the browser's own `<dialog>`: it traps the focus, closes with Escape and gives the focus back.

use leptos::html;
use leptos::prelude::*;

use crate::reactive::{click, effect};
use crate::text::fr;
use crate::ui::dynamic::when;

/// A modal dialog, open while `open` is true. What it holds is drawn only while it is open.
#[component]
pub fn Dialog(
    /// Identifier, unique on the page.
    #[prop(into)]
    id: String,
    /// Title, which names the dialog.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let wanted = open.get();
        if let Some(dialog) = node.get() {
            match (wanted, dialog.open()) {
                // It can fail only when the element is not in the page any more.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let title_id = format!("{id}-titre");
    let shown_title_id = title_id.clone();
    view! {
        <dialog node_ref=node id=id class="pa-dialogue" aria-labelledby=title_id.clone() on:close=move |_| open.set(false)>
            {when(move || open.get(), move || view! {
                <div class="pa-dialogue__entete">
                    <h2 class="fr-h4 pa-dialogue__titre" id=shown_title_id.clone() tabindex="-1" autofocus>
                        {title}
                    </h2>
                    <button type="button" class="fr-btn fr-btn--tertiary fr-btn--sm" on:click=click(move |_| open.set(false))>
                        {fr::FERMER}
                    </button>
                </div>
                {children()}
            }.into_any())}
        </dialog>
    }
}
