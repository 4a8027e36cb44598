//! The form of a client to make.

use domain::client_api::{NouveauClient, portees_du_role};
use domain::error::FieldError;
use domain::permission::{Portee, Role};
use leptos::prelude::*;

use super::Ecran;
use super::cle::Champs;
use crate::api::{ClientError, clients as api, referentiel};
use crate::browser;
use crate::forms::summary::SUMMARY_ID;
use crate::forms::{Fault, Faults, Summary};
use crate::pages::connexion::Attempt;
use crate::reactive::{State, computed};
use crate::session::use_session;
use crate::text::clients_api as text;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Field, FieldKind, folded, form, send_button};
use crate::ui::{CheckboxGroup, TextArea};

const NOM: &str = "nom";
const PORTEES: &str = "portees";
const ENVELOPPES: &str = "enveloppes";
const ORIGINES: &str = "origines";
const JOURS: &str = "jours";

/// What is typed.
#[derive(Clone, Copy)]
struct Saisie {
    nom: RwSignal<String>,
    portees: RwSignal<Vec<String>>,
    enveloppes: RwSignal<Vec<String>>,
    origines: RwSignal<String>,
    cle: Champs,
}

impl Saisie {
    fn vide() -> Self {
        Self {
            nom: RwSignal::new(String::new()),
            portees: RwSignal::new(Vec::new()),
            enveloppes: RwSignal::new(Vec::new()),
            origines: RwSignal::new(String::new()),
            cle: Champs::nouveau(),
        }
    }

    fn vider(self) {
        self.nom.set(String::new());
        self.portees.set(Vec::new());
        self.enveloppes.set(Vec::new());
        self.origines.set(String::new());
        self.cle.vider();
    }

    /// The client asked for (tracked).
    fn client(self) -> NouveauClient {
        let origines = self.origines.get();
        NouveauClient {
            nom: self.nom.get(),
            portees: self.portees.get().iter().filter_map(|code| Portee::parse(code)).collect(),
            enveloppes: self.enveloppes.get(),
            origines: origines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            cle: self.cle.saisie(),
        }
    }
}

/// The control that a refusal is about.
fn faute(refus: &FieldError) -> Option<Fault> {
    let (id, label) = match refus.champ.as_str() {
        "/nom" => (NOM, text::NOM),
        "/portees" => (PORTEES, text::PORTEES),
        "/enveloppes" => (ENVELOPPES, text::ENVELOPPES),
        "/origines" => (ORIGINES, text::ORIGINES),
        "/cle/jours" => (JOURS, text::JOURS),
        _ => return None,
    };
    Some(Fault { id: id.to_owned(), label: label.to_owned(), message: refus.message.clone() })
}

/// Sends what is typed, once the rules accept it.
fn envoyer(ecran: Ecran, saisie: Saisie, faults: Faults) {
    if !faults.submit().is_empty() {
        browser::focus_later(SUMMARY_ID);
        return;
    }
    let client = untrack(|| saisie.client());
    ecran.essai.run(Box::pin(async move {
        match ecran.montrer(client.nom.clone(), api::creer(&client)).await {
            Ok(()) => {
                faults.reset();
                saisie.vider();
                ecran.relire().await
            }
            Err(error) => refuser(faults, error),
        }
    }));
}

/// Shows at their fields what the server refused; what is about no field is told as a whole.
fn refuser(faults: Faults, error: ClientError) -> Result<(), ClientError> {
    let fautes: Vec<Fault> =
        error.problem().map(|problem| problem.errors.iter().filter_map(faute).collect()).unwrap_or_default();
    if fautes.is_empty() {
        return Err(error);
    }
    faults.refuse(fautes);
    browser::focus_later(SUMMARY_ID);
    Ok(())
}

/// The section.
pub fn section(ecran: Ecran) -> AnyView {
    let session = use_session();
    let role = session.current_untracked().map_or(Role::Usager, |open| open.role);
    let saisie = Saisie::vide();
    let faults = Faults::new(computed(move || saisie.client().refus(role).iter().filter_map(faute).collect()));
    let portees = portees_du_role(role).into_iter().map(|one| (one.as_str().to_owned(), text::portee(one).to_owned()));
    let portees: Vec<(String, String)> = portees.collect();
    let portees = view! {
        <CheckboxGroup
            id=PORTEES legend=text::PORTEES hint=text::PORTEES_AIDE options=portees value=saisie.portees
            error=faults.of(PORTEES) required=true
        />
    };
    let origines = view! {
        <TextArea
            id=ORIGINES label=text::ORIGINES hint=text::ORIGINES_AIDE value=saisie.origines error=faults.of(ORIGINES)
        />
    };
    let nom = Field { kind: FieldKind::Long, id: NOM, label: text::NOM, hint: text::NOM_AIDE, value: saisie.nom };
    let mut champs = vec![view! { <Summary faults /> }.into_any(), nom.draw(faults.of(NOM)), portees.into_any()];
    if role == Role::Recipiendaire {
        champs.push(enveloppes(saisie.enveloppes, faults.of(ENVELOPPES)));
    }
    champs.push(origines.into_any());
    champs.extend(saisie.cle.dessiner("genre", JOURS, faults.of(JOURS)));
    champs.push(send_button(text::CREER_VALIDER, ecran.essai.busy));
    folded("pa-repli", text::CREER, vec![form("", champs, Box::new(move || envoyer(ecran, saisie, faults)))])
}

/// The envelopes of the person, to choose among.
fn enveloppes(value: RwSignal<Vec<String>>, error: Signal<Option<String>>) -> AnyView {
    let (lues, essai) = (State::new(Vec::<(String, String)>::new()), Attempt::new());
    essai.run(Box::pin(async move {
        let enveloppes = referentiel::enveloppes().await?;
        lues.try_set(enveloppes.into_iter().map(|une| (une.id, une.libelle)).collect());
        Ok(())
    }));
    let groupe = move || {
        let options = lues.get();
        view! { <CheckboxGroup id=ENVELOPPES legend=text::ENVELOPPES options value error required=true /> }.into_any()
    };
    vec![essai.alert(), dynamic(groupe)].into_any()
}
