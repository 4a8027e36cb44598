//! The structure: SIRET judged while it is typed, commune found by postal code.

use std::collections::BTreeMap;

use domain::demande::Colonne;
use domain::referentiel::CommuneVue;
use domain::text::fr::choix;
use domain::values::type_structure;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{FormText, forget_on_change, touch};
use super::logic::{LABEL_ID, VILLE_ID, complete_postal_code, siret_live};
use super::model::{Form, StructureSignals};
use crate::api;
use crate::forms::Faults;
use crate::reactive::{effect, memo};
use crate::text::{candidature as text, fr};
use crate::ui::dynamic::dynamic;
use crate::ui::{RadioGroup, Select, TextField, use_announcer};

/// Yes and no.
pub fn yes_no() -> Vec<(String, String)> {
    vec![("oui".to_owned(), fr::OUI.to_owned()), ("non".to_owned(), fr::NON.to_owned())]
}

/// The types of structure, by label.
fn types() -> Vec<(String, String)> {
    let label = |code: &str| choix(Colonne::StructureType, code).to_owned();
    let by_label: BTreeMap<String, String> = type_structure::codes()
        .into_iter()
        .map(|code| (domain::values::plier(&label(code)), code.to_owned()))
        .collect();
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
            <KindFields structure faults />
            <SiretField structure faults />
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
    let live = memo(move || siret_live(&structure.siret.read()));
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

/// Postal code, then the communes it names; the city is typed when none is found or the service does not answer.
#[component]
fn CommuneFields(structure: StructureSignals, faults: Faults) -> impl IntoView {
    const CODE_ID: &str = "structure-code_postal";
    let found = RwSignal::new(Vec::<CommuneVue>::new());
    forget_on_change(structure.ville, VILLE_ID, faults);
    search_communes(structure, found);
    effect(move || {
        let code = structure.code_insee.get();
        let name = found.with(|list| list.iter().find(|commune| commune.code_insee == code).map(|c| c.nom.clone()));
        if let Some(name) = name.filter(|name| *name != structure.ville.get_untracked()) {
            structure.ville.set(name);
        }
    });
    let options = Signal::derive(move || {
        found.with(|list| {
            list.iter().map(|commune| (commune.code_insee.clone(), commune.nom.clone())).collect::<Vec<_>>()
        })
    });
    let listed = memo(move || !found.read().is_empty());
    let city = move || {
        if listed.get() {
            view! {
                <Select
                    id=VILLE_ID
                    label=text::VILLE
                    value=structure.code_insee
                    options=options
                    required=true
                    error=faults.of(VILLE_ID)
                    on_blur=touch(VILLE_ID, faults)
                />
            }
            .into_any()
        } else {
            view! {
                <TextField
                    id=VILLE_ID
                    label=text::VILLE
                    hint=text::VILLE_AIDE
                    value=structure.ville
                    autocomplete="address-level2"
                    required=true
                    maxlength=150
                    error=faults.of(VILLE_ID)
                    on_blur=touch(VILLE_ID, faults)
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="pa-champs">
            <FormText
                id=CODE_ID
                label=text::CODE_POSTAL
                hint=text::CODE_POSTAL_AIDE
                value=structure.code_postal
                faults
                autocomplete="postal-code"
                inputmode="numeric"
                maxlength=20
            />
            {dynamic(city)}
        </div>
    }
}

/// Asks for the communes each time the postal code becomes another complete one.
fn search_communes(structure: StructureSignals, found: RwSignal<Vec<CommuneVue>>) {
    let announcer = use_announcer();
    let code = memo(move || complete_postal_code(&structure.code_postal.read()));
    Effect::new(move |previous: Option<Option<String>>| {
        let asked = code.get();
        // The first answer after a draft is taken up again confirms what was chosen: nothing to read out.
        let first = previous.is_none();
        if asked.is_none() {
            found.set(Vec::new());
        }
        if let Some(wanted) = asked.clone() {
            spawn_local(async move {
                let list = api::referentiel::communes(&wanted).await;
                // A late answer to an older question is dropped, and so is one to a screen that was left.
                if code.try_get_untracked().flatten().as_ref() != Some(&wanted) {
                    return;
                }
                let list = list.unwrap_or_default();
                if !first {
                    announcer.say(text::communes_trouvees(list.len()));
                }
                settle(structure, &list);
                found.set(list);
            });
        }
        asked
    });
}

/// Keeps the chosen commune if it is of this list, takes the only one there is, else leaves the choice open.
fn settle(structure: StructureSignals, list: &[CommuneVue]) {
    let chosen = structure.code_insee.get_untracked();
    if list.iter().any(|commune| commune.code_insee == chosen) {
        return;
    }
    match list {
        [] => structure.code_insee.set(String::new()),
        [only] => {
            structure.ville.set(only.nom.clone());
            structure.code_insee.set(only.code_insee.clone());
        }
        _ => {
            // The name typed before the list came is looked for in it.
            let typed = domain::values::plier(&structure.ville.get_untracked());
            let same = list.iter().find(|commune| domain::values::plier(&commune.nom) == typed);
            structure.code_insee.set(same.map(|commune| commune.code_insee.clone()).unwrap_or_default());
            if same.is_none() {
                structure.ville.set(String::new());
            }
        }
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
