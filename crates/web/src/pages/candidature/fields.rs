//! Fields of the form: a text field that knows its faults, and the section of the référent.

use leptos::prelude::*;

use super::model::Form;
use crate::forms::Faults;
use crate::reactive::effect;
use crate::text::candidature as text;
use crate::ui::TextField;

/// Forgets what the server said of a field as soon as it changes.
pub fn forget_on_change<T: Send + Sync + 'static>(value: RwSignal<T>, id: &str, faults: Faults) {
    let id = id.to_owned();
    effect(move || {
        value.track();
        faults.changed(&id);
    });
}

/// Records that the person has left a field.
pub fn touch(id: &str, faults: Faults) -> Callback<()> {
    let id = id.to_owned();
    Callback::new(move |()| faults.touch(&id))
}

/// A text field of the form.
#[component]
pub fn FormText(
    /// Identifier of the control.
    #[prop(into)]
    id: String,
    /// Words above the field.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// The faults of the form.
    faults: Faults,
    /// Type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// Format expected.
    #[prop(default = "")]
    hint: &'static str,
    /// Token of the `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Keyboard shown on a phone.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// Whether an answer is needed.
    #[prop(default = true)]
    required: bool,
    /// Most characters taken.
    #[prop(default = 255)]
    maxlength: u32,
) -> impl IntoView {
    forget_on_change(value, &id, faults);
    view! {
        <TextField
            label=label
            value=value
            kind=kind
            hint=hint
            autocomplete=autocomplete
            inputmode=inputmode
            required=required
            maxlength=maxlength
            error=faults.of(id.clone())
            on_blur=touch(&id, faults)
            id=id
        />
    }
}

/// The référent.
#[component]
pub fn ReferentSection(
    /// The form.
    form: Form,
    /// Its faults.
    faults: Faults,
) -> impl IntoView {
    let referent = form.referent;
    view! {
        <section aria-labelledby="referent">
            <h2 class="fr-h4" id="referent">{text::REFERENT}</h2>
            <p>{text::REFERENT_TEXTE}</p>
            <div class="pa-champs">
                <FormText
                    id="referent-nom"
                    label=text::NOM
                    value=referent.nom
                    faults
                    autocomplete="section-referent family-name"
                    required=false
                    maxlength=150
                />
                <FormText
                    id="referent-prenom"
                    label=text::PRENOM
                    value=referent.prenom
                    faults
                    autocomplete="section-referent given-name"
                    required=false
                    maxlength=150
                />
                <FormText
                    id="referent-profession"
                    label=text::PROFESSION
                    value=referent.profession
                    faults
                    autocomplete="section-referent organization-title"
                    required=false
                    maxlength=150
                />
                <FormText
                    id="referent-email"
                    label=text::EMAIL
                    value=referent.email
                    faults
                    kind="email"
                    autocomplete="section-referent email"
                    required=false
                    maxlength=254
                />
                <FormText
                    id="referent-telephone"
                    label=text::TELEPHONE
                    hint=text::TELEPHONE_AIDE
                    value=referent.telephone
                    faults
                    kind="tel"
                    autocomplete="section-referent tel"
                    required=false
                    maxlength=40
                />
            </div>
        </section>
    }
    .into_any()
}
