//! The structure: what it is, its SIRET judged while it is typed, its addresses.

use std::collections::BTreeMap;

use domain::demande::Colonne;
use domain::text::fr::choix;
use domain::values::type_structure;
use leptos::prelude::*;

use super::annuaire::Annuaire;
use super::commune::CommuneFields;
use super::fields::{FormText, forget_on_change, touch};
use super::logic::{LABEL_ID, siret_live};
use super::model::{Form, StructureSignals};
use crate::forms::Faults;
use crate::reactive::computed;
use crate::text::{candidature as text, fr};
use crate::ui::{RadioGroup, Select, TextField};

/// Yes and no.
pub fn yes_no() -> Vec<(String, String)> {
    vec![("oui".to_owned(), fr::OUI.to_owned()), ("non".to_owned(), fr::NON.to_owned())]
}

/// The types of structure, by label.
fn types() -> Vec<(String, String)> {
    let label = |code: &str| choix(Colonne::StructureType, code).to_owned();
    // Inserted one by one: collecting into a map sorts first, and brings the whole machinery of sorts into the WASM.
    let mut by_label = BTreeMap::new();
    for code in type_structure::codes() {
        by_label.insert(domain::values::plier(&label(code)), code.to_owned());
    }
    by_label.into_values().map(|code| (code.clone(), label(&code))).collect()
}

/// The section of the structure.
#[component]
pub fn StructureSection(
    /// The form.
    form: Form,
    /// Its faults.
    faults: Faults,
) -> impl IntoView {
    let structure = form.structure;
    view! {
        <section aria-labelledby="structure">
            <h2 class="fr-h4" id="structure">{text::STRUCTURE}</h2>
            <SiretField structure faults />
            <Annuaire structure />
            <KindFields structure faults />
            <FormText
                id="structure-email_contact"
                label=text::EMAIL_CONTACT
                hint=text::EMAIL_CONTACT_AIDE
                value=structure.email_contact
                faults
                kind="email"
                autocomplete="email"
                maxlength=254
            />
            <FormText
                id="structure-adresse"
                label=text::ADRESSE
                hint=text::ADRESSE_AIDE
                value=structure.adresse
                faults
                autocomplete="street-address"
            />
            <CommuneFields structure faults />
            <FormText
                id="structure-numero_habilitation"
                label=text::NUMERO_HABILITATION
                hint=text::NUMERO_HABILITATION_AIDE
                value=structure.numero_habilitation
                faults
                required=false
                maxlength=40
            />
        </section>
    }
    .into_any()
}

/// What the structure is: name, type, label.
#[component]
fn KindFields(structure: StructureSignals, faults: Faults) -> impl IntoView {
    const TYPE_ID: &str = "structure-type_structure";
    forget_on_change(structure.type_structure, TYPE_ID, faults);
    forget_on_change(structure.label, LABEL_ID, faults);
    view! {
        <FormText
            id="structure-nom"
            label=text::STRUCTURE_NOM
            value=structure.nom
            faults
            autocomplete="organization"
        />
        <Select
            id=TYPE_ID
            label=text::STRUCTURE_TYPE
            value=structure.type_structure
            options=types()
            required=true
            error=faults.of(TYPE_ID)
            on_blur=touch(TYPE_ID, faults)
        />
        <RadioGroup
            id=LABEL_ID
            legend=text::LABEL
            options=yes_no()
            value=structure.label
            required=true
            error=faults.of(LABEL_ID)
        />
    }
    .into_any()
}

#[component]
fn SiretField(structure: StructureSignals, faults: Faults) -> impl IntoView {
    const ID: &str = "structure-siret";
    forget_on_change(structure.siret, ID, faults);
    let live = computed(move || siret_live(&structure.siret.read()));
    let shown = faults.of(ID);
    view! {
        <TextField
            id=ID
            label=text::SIRET
            hint=text::SIRET_AIDE
            value=structure.siret
            inputmode="numeric"
            autocomplete="off"
            maxlength=40
            required=true
            error=Signal::derive(move || shown.get().or_else(|| live.get().0))
            success=Signal::derive(move || live.get().1)
            on_blur=touch(ID, faults)
        />
    }
}

#[cfg(test)]
mod tests {
    use super::types;

    #[test]
    fn no_type_of_structure_is_lost_in_the_list() {
        assert_eq!(types().len(), domain::values::type_structure::TYPES.len());
        assert!(types().iter().all(|(code, label)| !code.is_empty() && !label.is_empty() && code != label));
    }
}
