//! The professionals: added and removed with the focus where one expects it, and what the rules say of each.

use std::time::Duration;

use domain::candidature::PROFESSIONNELS_MAX;
use domain::demande::{Colonne, Formation, StatutProfessionnel};
use domain::text::fr::{choix, formation};
use leptos::prelude::*;

use super::avis::{Point, avis, spoken};
use super::fields::{FormText, forget_on_change, touch};
use super::logic::PROFESSIONNELS_ID;
use super::model::{Answers, Form, ProfessionnelSignals, field_id};
use super::structure::yes_no;
use crate::browser;
use crate::forms::Faults;
use crate::reactive::{Computed, State, click, computed, effect};
use crate::text::candidature as text;
use crate::ui::dynamic::{dynamic, each, optional, when, words};
use crate::ui::{Button, ButtonKind, CheckboxGroup, RadioGroup, Select, VerdictBadge, use_announcer};

/// The rules speak once the person pauses, in milliseconds.
const PAUSE: Duration = Duration::from_millis(500);

/// The section of the professionals.
#[component]
pub fn ProfessionnelsSection(
    /// The form.
    form: Form,
    /// Everything typed.
    answers: Computed<Answers>,
    /// The faults of the form.
    faults: Faults,
) -> impl IntoView {
    let settled = after_pause(answers);
    let full = computed(move || form.professionnels.read().len() >= PROFESSIONNELS_MAX);
    let add = Callback::new(move |_| {
        let key = form.add();
        browser::focus_later(field_id(key, "nom"));
    });
    let one = move |key: usize| match form.with_key(key) {
        Some(professionnel) => view! { <Professionnel form professionnel settled faults /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <section aria-labelledby=PROFESSIONNELS_ID>
            <h2 class="fr-h4" id=PROFESSIONNELS_ID tabindex="-1">{text::PROFESSIONNELS}</h2>
            <p>{text::PROFESSIONNELS_TEXTE}</p>
            {each(move || form.keys().into_iter().map(|key| key as usize).collect(), one)}
            {dynamic(move || match full.get() {
                true => view! { <p>{text::AJOUTER_MAXIMUM}</p> }.into_any(),
                false => view! {
                    <p>
                        <Button kind=ButtonKind::Secondary on_click=add id="ajouter">{text::AJOUTER}</Button>
                    </p>
                }
                .into_any(),
            })}
        </section>
    }
    .into_any()
}

/// The answers, once the person has paused.
fn after_pause(answers: Computed<Answers>) -> State<Answers> {
    let settled = State::new(answers.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    effect(move || {
        let latest = answers.get();
        if let Some(waiting) = timer.get_value() {
            waiting.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                // The screen may have been left during the pause.
                settled.try_set(latest.clone());
            },
            PAUSE,
        );
        timer.set_value(handle.ok());
    });
    settled
}

#[component]
fn Professionnel(
    form: Form,
    professionnel: ProfessionnelSignals,
    settled: State<Answers>,
    faults: Faults,
) -> impl IntoView {
    let announcer = use_announcer();
    let key = professionnel.key;
    let rank = computed(move || form.keys().iter().position(|other| *other == key).map_or(0, |rank| rank + 1));
    let heading = move || {
        let personne = professionnel.personne;
        text::professionnel(rank.get(), &personne.prenom.read(), &personne.nom.read())
    };
    let remove = move |_| {
        let removed = rank.get_untracked();
        form.remove(key);
        announcer.say(text::retire(removed, form.professionnels.with_untracked(Vec::len)));
        browser::focus_later(PROFESSIONNELS_ID);
    };
    let remove_button = move || {
        view! {
            <button
                type="button"
                class="fr-btn fr-btn--tertiary fr-btn--sm"
                aria-label=move || text::retirer(rank.get())
                on:click=click(remove)
            >
                {text::RETIRER}
            </button>
        }
        .into_any()
    };
    let title_id = professionnel.id("titre");
    view! {
        <section class="pa-professionnel" aria-labelledby=title_id.clone()>
            <div class="pa-professionnel__entete">
                <h3 class="fr-h6" id=title_id.clone()>{words(heading)}</h3>
                {when(move || form.professionnels.read().len() > 1, remove_button)}
            </div>
            <Identity professionnel faults />
            <Situation professionnel faults />
            <AvisPanel professionnel rank settled form />
        </section>
    }
    .into_any()
}

#[component]
fn Identity(professionnel: ProfessionnelSignals, faults: Faults) -> impl IntoView {
    let personne = professionnel.personne;
    view! {
        <div class="pa-champs">
            <FormText id=professionnel.id("nom") label=text::NOM value=personne.nom faults maxlength=150 />
            <FormText id=professionnel.id("prenom") label=text::PRENOM value=personne.prenom faults maxlength=150 />
            <FormText
                id=professionnel.id("email")
                label=text::EMAIL
                hint=text::EMAIL_PRO_AIDE
                value=personne.email
                faults
                kind="email"
                maxlength=254
            />
            <FormText
                id=professionnel.id("profession")
                label=text::PROFESSION
                value=personne.profession
                faults
                maxlength=150
            />
        </div>
    }
    .into_any()
}

#[component]
fn Situation(professionnel: ProfessionnelSignals, faults: Faults) -> impl IntoView {
    let personne = professionnel.personne;
    let trainings_id = professionnel.id("formations");
    forget_on_change(professionnel.formations, &trainings_id, faults);
    let trainings =
        Formation::ALL.iter().map(|training| (training.as_str().to_owned(), formation(*training).to_owned())).collect();
    let statuses: Vec<_> = StatutProfessionnel::ALL
        .iter()
        .map(|status| {
            let code = status.as_str();
            (code.to_owned(), choix(Colonne::StatutProfessionnel, code).to_owned())
        })
        .collect();
    let status_id = professionnel.id("statut");
    view! {
        <CheckboxGroup
            legend=text::FORMATIONS
            hint=text::FORMATIONS_AIDE
            options=trainings
            value=professionnel.formations
            required=true
            error=faults.of(trainings_id.clone())
            id=trainings_id
        />
        <Select
            label=text::STATUT
            value=personne.statut
            options=statuses
            error=faults.of(status_id.clone())
            on_blur=touch(&status_id, faults)
            id=status_id
        />
        <RadioGroup
            id=professionnel.id("conseiller")
            legend=text::CONSEILLER
            options=yes_no()
            value=personne.conseiller
        />
        <RadioGroup
            id=professionnel.id("accompagne")
            legend=text::ACCOMPAGNE
            options=yes_no()
            value=personne.accompagne
        />
    }
    .into_any()
}

/// What the rules say of a professional; a change is read out in one sentence.
#[component]
fn AvisPanel(
    professionnel: ProfessionnelSignals,
    rank: Computed<usize>,
    settled: State<Answers>,
    form: Form,
) -> impl IntoView {
    let announcer = use_announcer();
    let found = computed(move || {
        let answers = settled.read();
        // The answers follow the list on screen with a delay: a professional just added is not among them yet.
        let place = form.keys().iter().position(|key| *key == professionnel.key);
        place
            .and_then(|place| answers.professionnels.get(place))
            .map(|values| avis(&answers, values))
            .unwrap_or_default()
    });
    Effect::new(move |previous: Option<String>| {
        let sentence = found
            .with(|found| if found.verdicts.is_empty() { String::new() } else { spoken(rank.get_untracked(), found) });
        if previous.is_some_and(|previous| previous != sentence) && !sentence.is_empty() {
            announcer.say(sentence.clone());
        }
        sentence
    });
    optional(move || {
        let found = found.get();
        if found.verdicts.is_empty() {
            return None;
        }
        let verdict = |(training, verdict)| view! { <li>{formation(training)}" "<VerdictBadge verdict /></li> };
        let verdicts = found.verdicts.into_iter().map(verdict).collect_view();
        let nothing = found.points.is_empty().then_some(text::AVIS_RAS);
        let points = found.points.into_iter().map(|point| view! { <PointLine point /> }).collect_view();
        let panel = view! {
            <div class="pa-avis">
                <h4 class="fr-text--md pa-avis__titre">{text::AVIS_TITRE}</h4>
                <ul class="pa-avis__verdicts">{verdicts}</ul>
                <ul class="pa-avis__liste">{points}</ul>
                <p class="pa-avis__fin">{nothing}</p>
            </div>
        };
        Some(panel.into_any())
    })
}

/// Something to correct or to look at, with the training it is about.
#[component]
fn PointLine(point: Point) -> impl IntoView {
    let only = point.only.map(|training| text::avis_formation(formation(training)));
    view! { <li><VerdictBadge verdict=point.constat.verdict />" "{only}{point.constat.phrase}</li> }
}
