//! Pasting cells of a spreadsheet: what would change is shown first, with what cannot be taken and why; beyond the last row, rows
//! are added.

use std::sync::Arc;

use domain::demande::lot::{ActionLot, Lot, LotTraite, OperationLot};
use domain::demande::{Colonne, DemandeSaisie, DemandeValide, Ligne};
use domain::permission::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Tableau;
use super::saisie;
use crate::api::{ClientError, demandes};
use crate::browser;
use crate::grid::edits::Change;
use crate::grid::{Column, Edits, Input, Pasted, Row};
use crate::pages::demande::changements;
use crate::reactive::{State, computed};
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure};
use crate::ui::plain::{Tag, button, dialog, element, nothing, paragraph, several, words};
use crate::ui::{Button, ButtonKind};

/// Most rows of a pasting.
const RANGEES_MAX: usize = 1_000;
/// Most cells shown before pasting, of each kind.
const MONTREES: usize = 20;

/// What a pasting comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Cells that change.
    pub changements: Vec<Change>,
    /// Rows to add.
    pub ajouts: Vec<DemandeSaisie>,
    /// What is not taken: where, the text, and why.
    pub refus: Vec<(String, String, String)>,
    /// Cells that stay as they are.
    pub inchangees: usize,
    /// Whether rows are still to be fetched.
    pub attend: bool,
}

/// The dialog of pasting, and what opens it.
pub fn collage(tableau: Tableau, saisies: Edits) -> (Callback<Pasted>, AnyView) {
    let colle = State::new(None::<Pasted>);
    let (ouvert, occupe, echec) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None::<ClientError>));
    let session = use_session();
    let plan = computed(move || {
        let colonnes = tableau.colonnes(session);
        let total = tableau.lignes.total().get().unwrap_or_default();
        colle.with(|colle| {
            let (ligne, titre) = (|place| tableau.lignes.row(place), |place| tableau.lignes.heading(place).is_some());
            colle.as_ref().map(|colle| prevoir(colle, &colonnes, total, (ligne, titre)))
        })
    });
    let recevoir = Callback::new(move |pasted: Pasted| {
        let premiere = pasted.at.row - 1;
        let titre = |place| tableau.lignes.heading(place).is_some();
        let total = tableau.lignes.total().get_untracked().unwrap_or_default();
        let derniere = places(premiere, pasted.cells.len(), total, titre).last().copied();
        tableau.lignes.want(premiere, derniere.unwrap_or(premiere) + 1);
        let seule = pasted.cells.len() == 1 && pasted.cells.iter().all(|rangee| rangee.len() == 1);
        colle.set(Some(pasted));
        let direct = untrack(|| plan.get()).filter(|plan| seule && plan.refus.is_empty() && plan.ajouts.is_empty());
        match direct {
            Some(plan) => saisies.put(plan.changements, None),
            None => {
                echec.set(None);
                ouvert.set(true);
            }
        }
    });
    let fermer = Callback::new(move |()| {
        ouvert.set(false);
        crate::grid::focus_later(super::GRILLE_ID);
    });
    let coller = Callback::new(move |()| {
        let Some(plan) = plan.get_untracked().filter(|_| !occupe.get_untracked()) else { return };
        occupe.set(true);
        spawn_local(async move {
            let fait = appliquer(saisies, plan).await;
            if occupe.try_set(false).is_some() {
                return;
            }
            match fait {
                Ok(()) => fermer.run(()),
                Err(error) => echec.set(Some(error)),
            }
        });
    });
    let contenu = Arc::new(move || {
        let ajoute = session.may(Operation::DemandeCreer);
        // Weighing thousands of cells again at each change of the table is for whoever looks at it.
        if !ouvert.get() {
            return nothing();
        }
        plan.get().map_or_else(nothing, |plan| apercu(plan, ajoute, occupe, coller, fermer))
    });
    let tout = Box::new(move || {
        let contenu = Arc::clone(&contenu);
        several(vec![failure(echec.into(), None), dynamic(move || contenu())])
    });
    (recevoir, dialog("collage", texte::COLLAGE_TITRE, ouvert, tout))
}

/// Where each of so many pasted rows goes, from a place on: no row goes on the heading of a group.
fn places(premiere: usize, nombre: usize, total: usize, titre: impl Fn(usize) -> bool) -> Vec<usize> {
    (premiere..).filter(|place| *place >= total || !titre(*place)).take(nombre).collect()
}

/// Weighs each pasted cell against the table: its rows, and where its headings are.
fn prevoir(
    colle: &Pasted,
    colonnes: &[Column],
    total: usize,
    (ligne, titre): (impl Fn(usize) -> Option<Arc<Row>>, impl Fn(usize) -> bool),
) -> Plan {
    let mut plan = Plan::default();
    if colle.cells.len() > RANGEES_MAX {
        plan.refus.push((texte::COLLAGE_RANGEES.to_owned(), String::new(), texte::COLLAGE_TROP.to_owned()));
        return plan;
    }
    let rangees = places(colle.at.row - 1, colle.cells.len(), total, titre);
    for (index, cellules) in rangees.into_iter().zip(&colle.cells) {
        let places = cellules.iter().enumerate().map(|(place, saisi)| (colle.at.col + place, saisi));
        if index >= total {
            ajouter(&mut plan, index + 1, places, colonnes);
            continue;
        }
        let Some(row) = ligne(index) else {
            plan.attend = true;
            continue;
        };
        for (place, saisi) in places {
            peser(&mut plan, &row, (index + 1, place), saisi, colonnes);
        }
    }
    plan
}

fn peser(plan: &mut Plan, row: &Row, (rangee, place): (usize, usize), saisi: &str, colonnes: &[Column]) {
    let refuser = |plan: &mut Plan, libelle: &str, raison: String| {
        plan.refus.push((texte::a_la_ligne(rangee, libelle), saisi.to_owned(), raison));
    };
    let Some(colonne) = colonnes.get(place) else {
        return refuser(plan, "", texte::COLLAGE_DEHORS.to_owned());
    };
    let present = row.values.get(place).cloned().unwrap_or_default();
    if saisi.trim() == saisie::ecrire(&colonne.id, &present) {
        plan.inchangees += 1;
        return;
    }
    if let Input::Locked(raison) = colonne.input {
        return refuser(plan, &colonne.label, raison.to_owned());
    }
    match saisie::lire(&colonne.id, saisi) {
        Err(raison) => refuser(plan, &colonne.label, raison),
        Ok(valeur) if valeur == present => plan.inchangees += 1,
        Ok(valeur) => plan.changements.push(Change {
            key: row.key.clone(),
            version: row.version,
            column: colonne.id.clone(),
            before: present,
            value: valeur,
        }),
    }
}

/// A row beyond the last one: a new demande, if it is whole.
fn ajouter<'a>(plan: &mut Plan, rangee: usize, places: impl Iterator<Item = (usize, &'a String)>, colonnes: &[Column]) {
    let (mut saisie, mut ligne, mut refuse) = (DemandeSaisie::default(), Ligne::default(), false);
    for (place, saisi) in places.filter(|(_, saisi)| !saisi.trim().is_empty()) {
        let colonne = colonnes.get(place).and_then(|colonne| Some((colonne, Colonne::parse(&colonne.id)?)));
        let lue = match colonne {
            None => Err((String::new(), texte::COLLAGE_DEHORS.to_owned())),
            Some((colonne, _)) if matches!(colonne.input, Input::Locked(_)) => {
                Err((colonne.label.clone(), texte::COLLAGE_FERMEE.to_owned()))
            }
            Some((colonne, genre)) => {
                let valeur = saisie::lire(&colonne.id, saisi).map_err(|raison| (colonne.label.clone(), raison));
                valeur.map(|valeur| (genre, valeur))
            }
        };
        match lue {
            Ok((genre, valeur)) => {
                ligne.set(genre, valeur.as_str());
                saisie.set(genre, valeur);
            }
            Err((libelle, raison)) => {
                refuse = true;
                plan.refus.push((texte::a_la_ligne(rangee, &libelle), saisi.clone(), raison));
            }
        }
    }
    for (colonne, refus) in DemandeValide::valider(ligne).err().unwrap_or_default() {
        refuse = true;
        let libelle = domain::text::fr::colonne(colonne);
        plan.refus.push((texte::a_la_ligne(rangee, libelle), String::new(), refus.message.to_owned()));
    }
    if !refuse {
        plan.ajouts.push(saisie);
    }
}

/// Adds the new rows, then changes the cells: one thing to undo.
async fn appliquer(saisies: Edits, plan: Plan) -> Result<(), ClientError> {
    let dit = texte::collees(plan.changements.len(), plan.ajouts.len());
    if plan.ajouts.is_empty() {
        saisies.put(plan.changements, Some(dit));
        return Ok(());
    }
    let operations = plan.ajouts.into_iter().map(|valeurs| OperationLot {
        action: ActionLot::Ajouter,
        id: None,
        version: None,
        valeurs: Some(valeurs),
        commentaire: None,
    });
    let lot = Lot { operations: operations.collect(), atomique: true, essai: false };
    let traite: LotTraite = demandes::lot(&lot, browser::random_uuid().as_deref()).await?;
    changements::annoncer();
    if !saisies.here() {
        return Ok(());
    }
    if let Some(geste) = traite.geste {
        saisies.note(geste);
    }
    if plan.changements.is_empty() {
        saisies.offer_undo(dit);
    } else {
        saisies.put_too(plan.changements, Some(dit));
    }
    Ok(())
}

/// What is shown before pasting.
fn apercu(plan: Plan, ajoute: bool, occupe: RwSignal<bool>, coller: Callback<()>, fermer: Callback<()>) -> AnyView {
    let rien = plan.changements.is_empty() && (plan.ajouts.is_empty() || !ajoute);
    let inerte = Signal::derive(move || rien || plan.attend);
    let refus = plan
        .refus
        .iter()
        .take(MONTREES)
        .map(|(place, saisi, raison)| rangee([place.clone(), saisi.clone(), raison.clone()]));
    let changements = plan.changements.iter().take(MONTREES).map(|change| {
        let libelle = Colonne::parse(&change.column).map_or("", domain::text::fr::colonne);
        let (avant, apres) =
            (saisie::ecrire(&change.column, &change.before), saisie::ecrire(&change.column, &change.value));
        rangee([libelle.to_owned(), avant, apres])
    });
    let (nombre, refusees) = (plan.changements.len(), plan.refus.len());
    let resume = texte::collage_resume(nombre, plan.inchangees, plan.ajouts.len(), refusees, plan.attend);
    let mut contenu = vec![Tag::new("p", "").with("role", "status".to_owned()).around(vec![words(resume)])];
    if refusees > 0 {
        tableau_de(&mut contenu, texte::COLLAGE_REFUS, texte::COLLAGE_REFUS_TETES, refus.collect(), refusees);
    }
    if nombre > 0 {
        tableau_de(&mut contenu, texte::COLLAGE_CHANGE, texte::COLLAGE_CHANGE_TETES, changements.collect(), nombre);
    }
    let libre = RwSignal::new(false);
    let coller = view! {
        <Button busy=occupe disabled=inerte on_click=Callback::new(move |_| coller.run(()))>{texte::COLLER}</Button>
    };
    let fermer = Box::new(move || fermer.run(()));
    let boutons = vec![coller.into_any(), button(ButtonKind::Secondary, texte::NE_PAS_COLLER, None, libre, fermer)];
    contenu.push(element("div", "demande__pied", None, boutons));
    several(contenu)
}

/// A line of what is shown: the first cell says what it is about.
fn rangee([tete, avant, apres]: [String; 3]) -> AnyView {
    let tete = Tag::new("th", "").with("scope", "row".to_owned()).around(vec![words(tete)]);
    let cellule = |mots: String| element("td", "", None, vec![words(mots)]);
    element("tr", "", None, vec![tete, cellule(avant), cellule(apres)])
}

fn tableau_de(
    contenu: &mut Vec<AnyView>,
    titre: &'static str,
    tetes: [&'static str; 3],
    lignes: Vec<AnyView>,
    nombre: usize,
) {
    let tete = |tete: &'static str| Tag::new("th", "").with("scope", "col".to_owned()).around(vec![words(tete)]);
    let tetes = element("tr", "", None, tetes.into_iter().map(tete).collect());
    let table = vec![
        element("caption", "", None, vec![words(titre)]),
        element("thead", "", None, vec![tetes]),
        element("tbody", "", None, lignes),
    ];
    let cadre = Tag::new("div", "tableau__apercu").with("tabindex", "0".to_owned()).with("role", "region".to_owned());
    contenu.push(cadre.with("aria-label", titre.to_owned()).around(vec![element("table", "", None, table)]));
    if nombre > MONTREES {
        contenu.push(paragraph("", texte::et_autres(nombre - MONTREES)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::keys::Place;

    fn colonnes() -> Vec<Column> {
        let etat = super::super::etat::Etat {
            colonnes: vec![Colonne::Nom, Colonne::Ville, Colonne::Formation, Colonne::Verdict],
            ..Default::default()
        };
        super::super::lignes::colonnes(&etat, |colonne| colonne != Colonne::Verdict, &[])
    }

    fn ligne() -> Arc<Row> {
        let values = ["Dubois", "Lyon", "aidants_connect", "ok"].map(str::to_owned).to_vec();
        Arc::new(Row { key: "a".into(), version: 3, cells: Vec::new(), values })
    }

    fn plan(cells: &[&[&str]], at: Place) -> Plan {
        let cells = cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        prevoir(&Pasted { at, cells }, &colonnes(), 1, (|index| (index == 0).then(ligne), |_| false))
    }

    #[test]
    fn rows_go_past_the_headings_of_groups() {
        let titre = |place: usize| matches!(place, 0 | 3);
        assert_eq!(places(0, 4, 6, titre), [1, 2, 4, 5]);
        assert_eq!(places(2, 3, 5, titre), [2, 4, 5], "the last one is beyond the table: it is added");
        let colle =
            Pasted { at: Place { row: 1, col: 1 }, cells: vec![vec!["Bron".to_owned()], vec!["Caen".to_owned()]] };
        let rangees = (|place: usize| (!titre(place)).then(ligne), titre);
        let plan = prevoir(&colle, &colonnes(), 6, rangees);
        assert_eq!((plan.changements.len(), plan.attend), (2, false));
    }

    #[test]
    fn each_cell_changes_stays_or_is_refused_with_its_reason() {
        let plan = plan(&[&["Dubois", "Bron", "Aidants numériques", "Bloquant", "trop"]], Place { row: 1, col: 0 });
        let changes: Vec<(&str, &str)> =
            plan.changements.iter().map(|change| (change.column.as_str(), change.value.as_str())).collect();
        assert_eq!(changes, [("ville", "Bron"), ("formation", "aidants_numeriques")]);
        assert_eq!((plan.inchangees, plan.refus.len(), plan.attend), (1, 2, false));
    }

    #[test]
    fn a_cell_that_is_not_pasted_stays_and_an_empty_one_clears() {
        let rangees = (|place: usize| (place < 3).then(ligne), |_: usize| false);
        let cells = crate::grid::clipboard::parse("Bron\tAidants numériques\n\n\t");
        let plan = prevoir(&Pasted { at: Place { row: 1, col: 1 }, cells }, &colonnes(), 3, rangees);
        let changes: Vec<(&str, &str)> =
            plan.changements.iter().map(|change| (change.column.as_str(), change.value.as_str())).collect();
        assert_eq!(changes[..2], [("ville", "Bron"), ("formation", "aidants_numeriques")]);
        let reste = plan.changements.len() - 2 + plan.refus.len();
        assert_eq!(
            (reste, plan.inchangees),
            (2, 0),
            "the two empty cells of the last row, and nothing of the blank one"
        );
    }

    #[test]
    fn what_is_read_as_it_stands_changes_nothing() {
        let verdict = saisie::ecrire("verdict", "ok");
        let plan = plan(&[&["Dubois", " Lyon ", "Aidants Connect", &verdict]], Place { row: 1, col: 0 });
        assert_eq!((plan.changements, plan.inchangees, plan.refus.len()), (vec![], 4, 0));
    }

    #[test]
    fn beyond_the_last_row_a_whole_row_is_added_and_another_one_says_what_it_lacks() {
        let plan = plan(&[&["Bron"], &["Caen"]], Place { row: 1, col: 1 });
        assert_eq!((plan.changements.len(), plan.ajouts.len()), (1, 0));
        assert!(plan.refus.iter().any(|(place, ..)| place.contains("Siret")), "{:?}", plan.refus);
    }
}
