//! What the company register says of the SIRET that is typed: empty fields are filled with it, and it is proposed beside what was
//! typed otherwise. Whatever the register does, nothing waits for it.

use domain::preuve::{Entreprise, EtatPreuve, StructureAnnuaire};
use domain::values::{Siret, plier};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::StructureSignals;
use crate::api;
use crate::reactive::{State, computed};
use crate::text::candidature as text;
use crate::ui::dynamic::dynamic;
use crate::ui::{Alert, Announcer, Button, ButtonKind, Tone, use_announcer};

/// What is shown under the SIRET.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Asking,
    /// The register does not know it.
    Unknown,
    /// It does; these fields were typed otherwise.
    Known(Entreprise, Vec<&'static str>),
}

/// Looks a SIRET up each time it becomes another one, and says what was found.
#[component]
pub fn Annuaire(structure: StructureSignals) -> impl IntoView {
    let said = State::new(Said::Nothing);
    let announcer = use_announcer();
    let siret = computed(move || Siret::parse(&structure.siret.read()).ok().map(|siret| siret.as_str().to_owned()));
    Effect::new(move |previous: Option<Option<String>>| {
        let wanted = siret.get();
        said.set(Said::Nothing);
        // A draft that is taken up again, or a link that fills the form, was looked up when it was typed.
        if let Some(wanted) = wanted.clone().filter(|_| previous.is_some()) {
            said.set(Said::Asking);
            spawn_local(async move {
                let found = api::candidatures::annuaire(&wanted).await.ok();
                // A late answer about an older number is dropped, and so is one to a screen that was left.
                if siret.try_get_untracked().flatten().as_ref() == Some(&wanted) {
                    said.set(take(structure, announcer, found));
                }
            });
        }
        wanted
    });
    dynamic(move || match said.get() {
        Said::Nothing => ().into_any(),
        Said::Asking => view! { <p class="fr-hint-text">{text::ANNUAIRE_INTERROGE}</p> }.into_any(),
        Said::Unknown => {
            view! { <Alert tone=Tone::Warning live=true><p>{text::ANNUAIRE_INCONNU}</p></Alert> }.into_any()
        }
        Said::Known(company, others) => known(structure, said, company, &others),
    })
}

/// Fills the empty fields with what was found.
fn take(structure: StructureSignals, announcer: Announcer, found: Option<StructureAnnuaire>) -> Said {
    let Some(found) = found else { return Said::Nothing };
    let company = match (found.etat, found.entreprise) {
        (EtatPreuve::Inconnue, _) => return Said::Unknown,
        (_, Some(company)) => company,
        _ => return Said::Nothing,
    };
    let (mut filled, mut others) = (Vec::new(), Vec::new());
    for (name, present, value) in fields(structure, &company) {
        if present.with_untracked(|typed| typed.trim().is_empty()) {
            present.set(value);
            filled.push(name);
        } else if present.with_untracked(|typed| plier(typed) != plier(&value)) {
            others.push(name);
        }
    }
    if filled.contains(&text::CODE_POSTAL) || filled.contains(&text::VILLE) {
        structure.code_insee.set(company.code_insee.clone());
    }
    announcer.say(text::annuaire_rempli(&filled, &others));
    Said::Known(company, others)
}

/// The fields that the register can fill, with what it says; the commune before the postal code, which asks for its list.
fn fields(structure: StructureSignals, company: &Entreprise) -> Vec<(&'static str, RwSignal<String>, String)> {
    let all = [
        (text::STRUCTURE_NOM, structure.nom, company.nom.clone()),
        (text::ADRESSE, structure.adresse, company.voie().to_owned()),
        (text::VILLE, structure.ville, company.commune.clone()),
        (text::CODE_POSTAL, structure.code_postal, company.code_postal.clone()),
    ];
    all.into_iter().filter(|(_, _, value)| !value.is_empty()).collect()
}

fn known(structure: StructureSignals, said: State<Said>, company: Entreprise, others: &[&str]) -> AnyView {
    let tone = if company.ouvert { Tone::Info } else { Tone::Warning };
    let words = text::annuaire_connait(&company);
    let closed = (!company.ouvert).then(|| view! { <p>{text::ANNUAIRE_FERME}</p> }.into_any());
    let differs = (!others.is_empty()).then(|| {
        let differ = text::annuaire_differe(others);
        let replace = Callback::new(move |_| {
            structure.code_insee.set(company.code_insee.clone());
            for (_, field, value) in fields(structure, &company) {
                field.set(value);
            }
            said.set(Said::Known(company.clone(), Vec::new()));
        });
        view! {
            <p>{differ}</p>
            <p><Button kind=ButtonKind::Secondary small=true on_click=replace>{text::ANNUAIRE_REPRENDRE}</Button></p>
        }
        .into_any()
    });
    view! { <Alert tone id="annuaire"><p>{words}</p>{closed}{differs}</Alert> }.into_any()
}
