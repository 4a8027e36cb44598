//! Who else has the demande open: said and asked from time to time while it is shown.

use std::time::Duration;

use domain::permission::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::avis as api;
use crate::session::use_session;
use crate::text::avis as text;
use crate::ui::dynamic::words;

/// Time between two sayings; the server forgets who has been silent for more than two.
const PAUSE: Duration = Duration::from_secs(20);

/// The names of the others, read out when they come.
pub fn presence(demande: String) -> AnyView {
    let session = use_session();
    if untrack(|| !session.may(Operation::Commenter)) {
        return ().into_any();
    }
    let autres = RwSignal::new(Vec::<String>::new());
    let dire = move || {
        let demande = demande.clone();
        spawn_local(async move {
            // Without an answer, whoever was there may still be.
            if let Ok(presents) = api::dire_presence(&demande).await {
                autres.try_set(presents);
            }
        });
    };
    dire();
    if let Ok(rythme) = set_interval_with_handle(dire, PAUSE) {
        on_cleanup(move || rythme.clear());
    }
    view! { <p class="fr-hint-text" role="status">{words(move || text::presents(&autres.get()))}</p> }.into_any()
}
