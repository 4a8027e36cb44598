//! What a screen shows instead of content it could not get.

use leptos::prelude::*;

use super::{Alert, Button, ButtonKind, Tone};
use crate::api::ClientError;
use crate::text::fr;

/// What failed, what to do, and a button to try again. The reference helps whoever is asked for help.
#[component]
pub fn Failure(
    /// What failed.
    error: ClientError,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let reference = error.problem().and_then(|problem| problem.instance.clone());
    view! {
        <div class="pa-echec">
            <Alert tone=Tone::Error live=true>
                <p>{error.sentence()}</p>
                {reference.map(|id| view! { <p class="fr-text--sm">{fr::reference_incident(&id)}</p> })}
            </Alert>
            {on_retry
                .map(|retry| {
                    view! {
                        <p>
                            <Button kind=ButtonKind::Secondary on_click=Callback::new(move |_| retry.run(()))>
                                {fr::REESSAYER}
                            </Button>
                        </p>
                    }
                })}
        </div>
    }
}
