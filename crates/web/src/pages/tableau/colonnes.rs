//! Which columns are shown, in which order, how wide, which stay in sight; how close the lines are.

use domain::demande::Colonne;
use domain::vue::FIGEES_MAX;
use leptos::prelude::*;

use super::Tableau;
use super::etat::{Etat, PAR_DEFAUT};
use crate::reactive::{computed, effect};
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{button, dialog_button, element, folded, small_button, words};
use crate::ui::{ButtonKind, Checkbox, CheckboxGroup, Select};

/// Widths that the dialog proposes, in tenths of `rem`; the mouse and the keys give any.
const LARGEURS: [u16; 4] = [60, 120, 200, 320];

/// The columns that the person reads, to choose among them: names and words.
#[inline(never)]
pub fn lues() -> Vec<(String, String)> {
    let session = use_session();
    let lues = Colonne::ALL.iter().filter(|colonne| untrack(|| session.reads(**colonne)));
    lues.map(|c| (c.nom().to_owned(), domain::text::fr::colonne(*c).to_owned())).collect()
}

/// The button and its dialog. At least one column stays.
pub fn choix(tableau: Tableau) -> AnyView {
    let ouvert = RwSignal::new(false);
    let noms = |colonnes: &[Colonne]| colonnes.iter().map(|colonne| colonne.nom().to_owned()).collect::<Vec<_>>();
    let choisies = RwSignal::new(Vec::<String>::new());
    let preparer = move || choisies.set(noms(&tableau.present().colonnes));
    let revenir = move || {
        let colonnes = PAR_DEFAUT.to_vec();
        tableau.remplacer(Etat { colonnes, largeurs: Vec::new(), figees: None, ..tableau.present() });
        choisies.set(noms(&PAR_DEFAUT));
    };
    effect(move || {
        let voulues: Vec<Colonne> = choisies.read().iter().filter_map(|nom| Colonne::parse(nom)).collect();
        let present = tableau.present();
        let suivant = present.avec_colonnes(&voulues);
        if ouvert.get_untracked() && !voulues.is_empty() && suivant != present {
            tableau.remplacer(suivant);
        }
    });
    let options = lues();
    let serre = Signal::derive(move || tableau.etat.read().serre);
    let serrer = Callback::new(move |serre| tableau.remplacer(Etat { serre, ..tableau.present() }));
    let contenu = move || {
        let bouton = small_button(ButtonKind::Secondary, words(texte::COLONNES_DEFAUT), None, None, Box::new(revenir));
        view! {
            {element("p", "", None, vec![bouton])}
            <Checkbox id="lignes-serrees" label=texte::LIGNES_SERREES checked=serre on_change=serrer small=true />
            {folded("pa-repli", texte::ORDRE_ET_LARGEUR, vec![figees(tableau), ordre(tableau)])}
            <CheckboxGroup
                id="colonnes-affichees"
                legend=texte::COLONNES_AFFICHEES
                options=options.clone()
                value=choisies
                required=true
            />
        }
        .into_any()
    };
    let nom = ("colonnes", texte::COLONNES);
    dialog_button(words(texte::COLONNES), nom, ouvert, Box::new(preparer), Box::new(contenu))
}

/// How many columns stay in sight.
fn figees(tableau: Tableau) -> AnyView {
    let value = RwSignal::new(tableau.present().figees.map(|nombre| nombre.to_string()).unwrap_or_default());
    effect(move || {
        let figees = value.read().parse().ok();
        let present = tableau.present();
        if present.figees != figees {
            tableau.remplacer(Etat { figees, ..present });
        }
    });
    let options: Vec<(String, String)> =
        (0..=FIGEES_MAX).map(|nombre| (nombre.to_string(), texte::figees(nombre))).collect();
    view! { <Select id="figees" label=texte::FIGEES value options placeholder=Some(texte::FIGEES_HABITUELLES) /> }
        .into_any()
}

/// The columns shown, in order.
fn ordre(tableau: Tableau) -> AnyView {
    let colonnes = computed(move || tableau.etat.read().colonnes.clone());
    let lignes = move || {
        let lignes = colonnes.get().into_iter().map(|colonne| element("li", "", None, ligne(tableau, colonne)));
        element("ol", "tableau__ordre", None, lignes.collect())
    };
    dynamic(lignes)
}

/// A column: moved, widened.
fn ligne(tableau: Tableau, colonne: Colonne) -> Vec<AnyView> {
    let nom = domain::text::fr::colonne(colonne);
    let occupe = RwSignal::new(false);
    let deplacer = |plus_loin: bool, mots: &'static str| {
        let act = move || {
            tableau.remplacer(tableau.present().deplacee(colonne, plus_loin));
            // The list is drawn anew: the focus goes to the same button of the same column.
            crate::browser::focus_later(identifiant(colonne, plus_loin));
        };
        let bouton = button(ButtonKind::Tertiary, mots, Some(texte::sur_colonne(mots, nom)), occupe, Box::new(act));
        view! { <span id=identifiant(colonne, plus_loin) tabindex="-1">{bouton}</span> }.into_any()
    };
    vec![
        element("span", "tableau__ordre-nom", None, vec![words(nom)]),
        deplacer(false, texte::AVANT),
        deplacer(true, texte::APRES),
        largeur(tableau, colonne, nom),
    ]
}

fn identifiant(colonne: Colonne, plus_loin: bool) -> String {
    format!("ordre-{}-{}", colonne.nom(), if plus_loin { "apres" } else { "avant" })
}

fn largeur(tableau: Tableau, colonne: Colonne, nom: &'static str) -> AnyView {
    let present = tableau.present().largeur(colonne);
    let proposees = LARGEURS.into_iter().chain(present.filter(|largeur| !LARGEURS.contains(largeur)));
    let option = move |largeur: u16| {
        view! { <option value=largeur.to_string() selected=present == Some(largeur)>{texte::largeur(largeur)}</option> }
    };
    let changer = move |event| {
        let largeur = event_target_value(&event).parse().ok();
        tableau.remplacer(tableau.present().avec_largeur(colonne, largeur));
    };
    view! {
        <select class="fr-select" aria-label=texte::sur_colonne(texte::LARGEUR, nom) on:change=changer>
            <option value="" selected=present.is_none()>{texte::LARGEUR_HABITUELLE}</option>
            {proposees.map(option).collect_view()}
        </select>
    }
    .into_any()
}
