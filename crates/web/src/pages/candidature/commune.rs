//! The commune of the structure: by its postal code, or by its name.

use domain::referentiel::CommuneVue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{forget_on_change, touch};
use super::logic::{Proposal, VILLE_ID, complete_postal_code, proposals};
use super::model::StructureSignals;
use crate::api;
use crate::browser;
use crate::forms::{Faults, Proposals};
use crate::reactive::{State, computed, effect};
use crate::text::candidature as text;
use crate::ui::combobox::Combobox;
use crate::ui::dynamic::dynamic;
use crate::ui::{Select, TextField, use_announcer};

/// Postal code, then the communes it names. Without a postal code the commune is found by its name; the name is kept as typed
/// when nothing is found or the service does not answer.
#[component]
pub fn CommuneFields(structure: StructureSignals, faults: Faults) -> impl IntoView {
    const CODE_ID: &str = "structure-code_postal";
    let found = State::new(Vec::<CommuneVue>::new());
    forget_on_change(structure.ville, VILLE_ID, faults);
    forget_on_change(structure.code_postal, CODE_ID, faults);
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
    let named = Proposals::new(|proposal: &Proposal| proposal.words.clone(), text::communes_proposees);
    // Left empty it is not wrong yet: the name of the commune, asked next, may give it.
    let left = Callback::new(move |()| {
        if !structure.code_postal.with_untracked(String::is_empty) {
            faults.touch(CODE_ID);
        }
    });
    let listed = computed(move || !found.read().is_empty());
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
            named_field(named, structure, faults)
        }
    };
    view! {
        <div class="pa-champs">
            <TextField
                id=CODE_ID
                label=text::CODE_POSTAL
                hint=text::CODE_POSTAL_AIDE
                value=structure.code_postal
                autocomplete="postal-code"
                inputmode="numeric"
                maxlength=20
                required=true
                error=faults.of(CODE_ID)
                on_blur=left
            />
            {dynamic(city)}
        </div>
    }
}

/// Asks for the communes each time the postal code becomes another complete one.
fn search_communes(structure: StructureSignals, found: State<Vec<CommuneVue>>) {
    let announcer = use_announcer();
    let code = computed(move || complete_postal_code(&structure.code_postal.read()));
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
                let code_insee = structure.code_insee.get_untracked();
                let known = list.iter().any(|commune| commune.code_insee == code_insee);
                if !first && !known {
                    announcer.say(text::communes_trouvees(list.len()));
                }
                settle(structure, &list);
                // The field becomes a list, or the reverse: who stands there stays there.
                let here = browser::active_element().is_some_and(|element| element.id() == VILLE_ID);
                found.set(list);
                if here {
                    browser::focus_later(VILLE_ID);
                }
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

/// The name of the commune, with the communes proposed for what is typed.
fn named_field(named: Proposals<Proposal>, structure: StructureSignals, faults: Faults) -> AnyView {
    let on_type = Callback::new(move |typed: String| {
        if !structure.code_insee.with_untracked(String::is_empty) {
            structure.code_insee.set(String::new());
        }
        // Without an answer the name stays as typed, which is enough to file.
        named.search(structure.ville, typed, async |words| {
            proposals(&api::referentiel::communes_nommees(&words).await.unwrap_or_default())
        });
    });
    // The postal code of the one chosen then confirms it.
    let on_choose = Callback::new(move |place| {
        let Some(Proposal { commune, code_postal, .. }) = named.at(place) else { return };
        structure.ville.set(commune.nom);
        structure.code_insee.set(commune.code_insee);
        structure.code_postal.set(code_postal);
    });
    view! {
        <Combobox
            id=VILLE_ID
            label=text::VILLE
            hint=text::VILLE_AIDE
            value=structure.ville
            options=named.shown
            on_type
            on_choose
            error=faults.of(VILLE_ID)
            on_blur=touch(VILLE_ID, faults)
        />
    }
    .into_any()
}
