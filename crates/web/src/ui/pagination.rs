//! Going on in a list read page by page.

use leptos::prelude::*;

use super::dynamic::when;
use super::{Button, ButtonKind};
use crate::text::fr;

/// A button that loads the next page below the current one, since keyset pages have no number.
#[component]
pub fn Pagination(
    /// Whether there is more.
    #[prop(into)]
    more: Signal<bool>,
    /// Whether more is being loaded.
    #[prop(into)]
    busy: Signal<bool>,
    /// Loads more.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    let button = move || {
        view! {
            <p>
                <Button kind=ButtonKind::Secondary busy on_click=Callback::new(move |_| on_more.run(()))>
                    {fr::AFFICHER_LA_SUITE}
                </Button>
            </p>
        }
        .into_any()
    };
    when(move || more.get(), button)
}
