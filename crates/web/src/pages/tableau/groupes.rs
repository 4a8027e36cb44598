//! The demandes of the table grouped by a column: how many have each value, and the table of one group at a press.

use domain::demande::{Colonne, Filtre, Operateur};
use domain::message::{Groupe, Groupes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Tableau;
use super::etat::Etat;
use super::lignes::lisible;
use crate::api::ClientError;
use crate::api::demandes::Liste;
use crate::api::messages;
use crate::grid;
use crate::reactive::{State, computed, effect};
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure};
use crate::ui::plain::{button, element, list, paragraph};
use crate::ui::{Button, ButtonKind, Dialog, Select};

/// The button and its dialog.
pub fn choix(tableau: Tableau) -> AnyView {
    let (ouvert, par) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (lus, echec) = (State::new(None::<Groupes>), RwSignal::new(None::<ClientError>));
    let liste = computed(move || {
        let etat = tableau.etat.read();
        Liste { filtre: etat.filtre.to_string(), tri: String::new(), q: etat.q.clone() }
    });
    effect(move || {
        let (colonne, liste) = (par.get(), liste.get());
        if !ouvert.get() || colonne.is_empty() {
            return;
        }
        echec.set(None);
        spawn_local(async move {
            match messages::groupes(&liste, &colonne).await {
                // Another column was chosen meanwhile.
                Ok(groupes) if par.try_get_untracked().as_ref() != Some(&groupes.par) => {}
                Ok(groupes) => lus.try_set(Some(groupes)),
                Err(error) => drop(echec.try_set(Some(error))),
            }
        });
    });
    let session = use_session();
    let lues = Colonne::ALL.iter().filter(|colonne| untrack(|| session.reads(**colonne)));
    let options: Vec<(String, String)> =
        lues.map(|c| (c.nom().to_owned(), domain::text::fr::colonne(*c).to_owned())).collect();
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=Callback::new(move |_| ouvert.set(true))>
            {texte::GROUPER}
        </Button>
        <Dialog id="groupes" title=texte::GROUPER open=ouvert>
            <Select id="grouper-par" label=texte::GROUPER_PAR value=par options=options.clone() />
            {failure(echec.into(), None)}
            {dynamic(move || lus.get().map_or_else(|| ().into_any(), |groupes| groupes_lus(tableau, ouvert, &groupes)))}
        </Dialog>
    }
    .into_any()
}

fn groupes_lus(tableau: Tableau, ouvert: RwSignal<bool>, groupes: &Groupes) -> AnyView {
    let Some(colonne) = Colonne::parse(&groupes.par) else { return ().into_any() };
    let lignes = groupes.groupes.iter().map(|groupe| un(tableau, ouvert, colonne, groupe)).collect();
    let mut contenu = vec![list("tableau__groupes", lignes)];
    if groupes.autres > 0 {
        contenu.push(paragraph("fr-hint-text", texte::autres_groupes(groupes.autres)));
    }
    element("div", "", None, contenu)
}

/// A group: pressed, the table shows it alone.
fn un(tableau: Tableau, ouvert: RwSignal<bool>, colonne: Colonne, groupe: &Groupe) -> AnyView {
    let valeur = groupe.valeur.clone();
    let mots = if valeur.is_empty() { texte::SANS_VALEUR.to_owned() } else { lisible(colonne, &valeur) };
    let voir = move || {
        let operateur = if valeur.is_empty() { Operateur::Empty } else { Operateur::Eq };
        let valeurs = if valeur.is_empty() { Vec::new() } else { vec![valeur.clone()] };
        let present = tableau.present();
        if let Ok(condition) = Filtre::condition(colonne, operateur, valeurs) {
            let filtre = Filtre::et(match present.filtre.clone() {
                Filtre::Et(parties) => parties.into_iter().chain([condition]).collect(),
                seule if seule == Filtre::default() => vec![condition],
                seule => vec![seule, condition],
            });
            ouvert.set(false);
            tableau.aller(Etat { filtre, ..present });
            grid::focus_later(super::GRILLE_ID);
        }
    };
    let occupe = RwSignal::new(false);
    let nom = texte::groupe(&mots, groupe.nombre);
    let bouton = button(
        ButtonKind::Tertiary,
        texte::VOIR_GROUPE,
        Some(format!("{} : {nom}", texte::VOIR_GROUPE)),
        occupe,
        Box::new(voir),
    );
    element("span", "", None, vec![element("strong", "", None, vec![crate::ui::plain::words(nom)]), bouton])
}
