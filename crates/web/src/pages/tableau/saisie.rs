//! Typing in the table: what each column takes, and how the table saves, reads and undoes demandes.

use domain::demande::lot::{ActionLot, IssueLot, Lot, LotTraite, OperationLot, ResultatLot};
use domain::demande::request::cellule;
use domain::demande::{Colonne, DemandeSaisie, TypeColonne};
use domain::error::ErrorCode;
use domain::permission::{Operation, field};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Collegue, Tableau, lignes};
use crate::api::{ClientError, demandes};
use crate::grid::edits::{CellEdit, RowChange, RowSaved, State};
use crate::grid::saving::{RowNow, Saved, Undone};
use crate::grid::store::LocalFuture;
use crate::grid::{Cell, Edits, Input, Kit, Row};
use crate::pages::demande::brouillon::place_du_tableau;
use crate::pages::demande::changements;
use crate::pages::demande::formulaire::forme;
use crate::session::use_session;
use crate::text::{grille as mots, tableau as texte};
use crate::ui::dynamic::{optional, when, words};
use crate::ui::plain::{self, Tag, element, heading, list, paragraph, several, small_button};
use crate::ui::{Alert, Button, ButtonKind, Tone};

/// Most cells to look at again that are listed at once.
const LISTEES: usize = 10;

/// How a column is typed in the table, by who may (`ecrit`) or may not; `collegues` may be given demandes.
pub fn controle(colonne: Colonne, ecrit: bool, collegues: &[Collegue]) -> Input {
    if !ecrit {
        return Input::Locked(texte::fermee(colonne, field(colonne).change.is_empty()));
    }
    if colonne == Colonne::SuiviPar {
        let un = |(email, nom): &Collegue| (email.clone(), format!("{nom} ({email})"));
        return Input::Choice(collegues.iter().map(un).collect());
    }
    match colonne.genre() {
        TypeColonne::Date => Input::Date,
        TypeColonne::Choix | TypeColonne::OuiNon => {
            let codes = colonne.codes().into_iter();
            Input::Choice(codes.map(|code| (code.to_owned(), lignes::lisible(colonne, code))).collect())
        }
        TypeColonne::Texte | TypeColonne::Code => Input::Text(forme(colonne).2),
    }
}

/// The changes typed in the table; none for who does not change demandes.
pub fn saisies(tableau: Tableau) -> Option<Edits> {
    let modifie = untrack(|| use_session().may(Operation::DemandeModifier));
    modifie.then(|| Edits::new(kit(), tableau.lignes))
}

fn kit() -> Kit {
    Kit {
        parse: lire,
        show: montrer,
        text: ecrire,
        save: enregistrer,
        read: relire,
        undo: annuler,
        changed: changements::annoncer_cellules,
        place: place_du_tableau(),
    }
}

/// The canonical value of a text, or the sentence that refuses it.
pub fn lire(colonne: &str, saisi: &str) -> Result<String, String> {
    let colonne = Colonne::parse(colonne).ok_or_else(String::new)?;
    cellule(colonne, saisi).map_err(|refus| refus.message.to_owned())
}

fn montrer(colonne: &str, valeur: &str) -> Cell {
    Colonne::parse(colonne).map_or_else(|| Cell::Text(valeur.to_owned()), |colonne| lignes::cellule(colonne, valeur))
}

/// A value as people read it.
pub fn ecrire(colonne: &str, valeur: &str) -> String {
    Colonne::parse(colonne).map_or_else(|| valeur.to_owned(), |colonne| lignes::lisible(colonne, valeur))
}

fn enregistrer(rangees: Vec<RowChange>) -> LocalFuture<Result<Saved, ClientError>> {
    Box::pin(async move {
        let operations = rangees.iter().map(operation).collect();
        let traite = demandes::lot(&Lot { operations, atomique: false, essai: false }, None).await?;
        let rows = rangees.into_iter().zip(traite.resultats).map(|(rangee, resultat)| issue(rangee, resultat));
        Ok(Saved { rows: rows.collect(), gesture: traite.geste })
    })
}

fn operation(rangee: &RowChange) -> OperationLot {
    let mut valeurs = DemandeSaisie::default();
    for (nom, valeur) in &rangee.values {
        if let Some(colonne) = Colonne::parse(nom) {
            valeurs.set(colonne, valeur.as_str());
        }
    }
    OperationLot {
        action: ActionLot::Modifier,
        id: Some(rangee.key.clone()),
        version: Some(rangee.version),
        valeurs: Some(valeurs),
        commentaire: None,
    }
}

fn issue(rangee: RowChange, resultat: ResultatLot) -> RowSaved {
    let key = rangee.key;
    match (resultat.issue, resultat.probleme) {
        (IssueLot::Refusee, Some(probleme)) if probleme.code == ErrorCode::VersionPerimee.as_str() => {
            RowSaved::Stale(key)
        }
        (IssueLot::Refusee, probleme) => {
            let probleme = probleme.unwrap_or_else(|| domain::error::Problem::new(ErrorCode::ErreurInterne));
            let colonne = |champ: &str| champ.rsplit('/').next().unwrap_or_default().to_owned();
            let columns =
                probleme.errors.iter().map(|erreur| (colonne(&erreur.champ), erreur.message.clone())).collect();
            RowSaved::Refused { key, sentence: probleme.detail, columns }
        }
        _ => {
            let version = resultat.version.unwrap_or(rangee.version);
            RowSaved::Done { key, version, values: resultat.colonnes.into_iter().collect() }
        }
    }
}

fn relire(id: String) -> LocalFuture<Result<RowNow, ClientError>> {
    Box::pin(async move {
        let lue = demandes::lire(&id).await?.demande;
        Ok(RowNow { version: lue.version, values: lue.colonnes.into_iter().collect() })
    })
}

fn annuler(geste: String) -> LocalFuture<Result<Undone, ClientError>> {
    Box::pin(async move { demandes::annuler(&geste).await.map(defait) })
}

/// What undoing a batch gave.
pub fn defait(traite: LotTraite) -> Undone {
    let rows = traite.resultats.into_iter().filter_map(|resultat| {
        let changees = (resultat.issue == IssueLot::Faite).then(|| resultat.colonnes.into_iter().collect());
        Some((resultat.id?, resultat.version?, changees?))
    });
    Undone { done: traite.faites, left: traite.refusees, gesture: traite.geste, rows: rows.collect() }
}

/// The buttons that undo and do again.
pub fn boutons(saisies: Edits) -> AnyView {
    let bouton = |mots: &'static str, encore: bool| {
        let inerte = Signal::derive(move || {
            let (annulable, retablissable) = saisies.may_step();
            !(if encore { retablissable } else { annulable })
        });
        let agir = Callback::new(move |_| spawn_local(saisies.undo(encore)));
        view! {
            <Button kind=ButtonKind::Tertiary small=true disabled=inerte on_click=agir>
                {mots}
            </Button>
        }
        .into_any()
    };
    view! { {bouton(mots::ANNULER, false)} {bouton(mots::RETABLIR, true)} }.into_any()
}

/// What is told of typed cells: those that wait, the cut, and those that ask for something.
pub fn avis(tableau: Tableau, saisies: Edits) -> AnyView {
    let attente = move || match saisies.counts().0 {
        0 => String::new(),
        nombre => mots::en_attente(nombre),
    };
    let coupure = || view! { <Alert tone=Tone::Warning live=true><p>{mots::COUPURE}</p></Alert> }.into_any();
    let a_revoir = move || {
        let cellules = saisies.unsettled();
        (!cellules.is_empty()).then(|| liste(tableau, saisies, cellules))
    };
    several(vec![
        Tag::new("p", "tableau__attente").with("role", "status".to_owned()).around(vec![words(attente)]),
        when(move || saisies.cut(), coupure),
        optional(a_revoir),
    ])
}

fn liste(tableau: Tableau, saisies: Edits, cellules: Vec<(String, String, CellEdit)>) -> AnyView {
    let reste = cellules.len().saturating_sub(LISTEES);
    let lignes = cellules.into_iter().take(LISTEES).map(|cellule| a_revoir(tableau, saisies, cellule));
    let mut contenu = vec![heading("h2", "fr-h6", mots::A_REVOIR), list("", lignes.collect())];
    if reste > 0 {
        contenu.push(paragraph("", texte::et_autres(reste)));
    }
    Tag::new("section", "tableau__a-revoir").with("aria-label", mots::A_REVOIR.to_owned()).around(contenu)
}

/// A refused cell, or both values of one in conflict.
fn a_revoir(tableau: Tableau, saisies: Edits, (cle, colonne, saisie): (String, String, CellEdit)) -> AnyView {
    let libelle = Colonne::parse(&colonne).map_or("", domain::text::fr::colonne);
    let ligne = nom_de_ligne(tableau, &cle);
    let lisible = |valeur: &str| ecrire(&colonne, valeur);
    let place = StoredValue::new((cle, colonne.clone()));
    let bouton = |libelle: &'static str, mienne: bool| {
        let trancher = move || place.with_value(|(cle, colonne)| saisies.settle(cle, colonne, mienne));
        small_button(ButtonKind::Secondary, plain::words(libelle), None, None, Box::new(trancher))
    };
    let (phrase, boutons) = match &saisie.state {
        State::Conflict(autre) => (
            mots::conflit(libelle, &ligne, &lisible(&saisie.value), &lisible(autre)),
            vec![bouton(mots::GARDER, true), bouton(mots::PRENDRE, false)],
        ),
        State::Refused(raison) => {
            (mots::refusee(libelle, &ligne, &saisie.value, raison), vec![bouton(mots::RENONCER, false)])
        }
        State::Waiting | State::Sent => (String::new(), Vec::new()),
    };
    several(vec![paragraph("", phrase), element("div", "demande__boutons", None, boutons)])
}

/// What a row is called, when it is in memory.
pub fn nom_de_ligne(tableau: Tableau, cle: &str) -> String {
    tableau.lignes.row_of(cle).map_or_else(|| texte::DEMANDE.to_owned(), |row| nommer(&row))
}

/// What a row is called: its first two columns.
pub fn nommer(row: &Row) -> String {
    row.cells.iter().take(2).map(Cell::words).collect::<Vec<_>>().join(" ")
}
