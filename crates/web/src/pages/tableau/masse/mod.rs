//! One thing done to many demandes: those of the range, or all those of the list. It is tried first, shows how far it is, stops
//! when asked, tells what was refused, and is undone as one.

use domain::demande::lot::{ActionLot, Lot, OPERATIONS_MAX, OperationLot};
use domain::demande::{Colonne, DemandeSaisie};
use domain::error::{ErrorCode, Problem};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::bilan::{Bilan, rapport};
use self::portee::Lue;
use super::{Tableau, saisie};
use crate::api::{ClientError, demandes};
use crate::grid::{Edits, Input};
use crate::pages::demande::changements;
use crate::reactive::{State, effect};
use crate::session::use_session;
use crate::text::masse as texte;
use crate::ui::dynamic::{failure, optional, when};
use crate::ui::plain::{dialog_button, form, several, words};
use crate::ui::{Button, ButtonKind, RadioGroup, Select, TextArea, TextField};

mod bilan;
pub(super) mod portee;

/// Rows of one request: few enough to show how far it is.
const PAQUET: usize = 250;
/// Codes of the choices.
const SELECTION: &str = "selection";
const RESULTATS: &str = "resultats";
const VALEUR: &str = "valeur";
const SUPPRIMER: &str = "supprimer";
const COMMENTER: &str = "commenter";
const PARTIE: &str = "partie";
const TOUT: &str = "tout";

#[derive(Clone, Copy)]
struct Masse {
    tableau: Tableau,
    saisies: Edits,
    portee: RwSignal<String>,
    /// Whether one refusal refuses them all.
    mode: RwSignal<String>,
    action: RwSignal<String>,
    colonne: RwSignal<String>,
    valeur: RwSignal<String>,
    commentaire: RwSignal<String>,
    refus: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    arret: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    bilan: State<Option<Bilan>>,
    /// Those that were last tried, and of what: what follows is done to the same ones, in the versions that were tried.
    essayees: StoredValue<Option<(String, Vec<Lue>)>>,
}

impl Masse {
    /// What is sent for one demande; none when the value is refused, which is said.
    fn operation(self) -> Option<impl Fn(&Lue) -> OperationLot + 'static> {
        let action = match self.action.get_untracked().as_str() {
            SUPPRIMER => ActionLot::Supprimer,
            COMMENTER => ActionLot::Commenter,
            _ => ActionLot::Modifier,
        };
        let commentaire = (action == ActionLot::Commenter).then(|| self.commentaire.get_untracked());
        if commentaire.as_ref().is_some_and(|texte| texte.trim().is_empty()) {
            self.refus.set(Some(texte::COMMENTAIRE_VIDE.to_owned()));
            return None;
        }
        let mut valeurs = DemandeSaisie::default();
        if action == ActionLot::Modifier {
            let nom = self.colonne.get_untracked();
            match (Colonne::parse(&nom), saisie::lire(&nom, &self.valeur.get_untracked())) {
                (Some(colonne), Ok(valeur)) => drop(valeurs.set(colonne, valeur)),
                (_, refus) => {
                    self.refus.set(Some(
                        refus.err().filter(|raison| !raison.is_empty()).unwrap_or(texte::COLONNE_VIDE.to_owned()),
                    ));
                    return None;
                }
            }
        }
        self.refus.set(None);
        Some(move |lue: &Lue| OperationLot {
            action,
            id: Some(lue.id.clone()),
            version: Some(lue.version),
            valeurs: (action == ActionLot::Modifier).then(|| valeurs.clone()),
            commentaire: commentaire.clone(),
        })
    }

    /// Tries, or does, the same thing to each.
    fn lancer(self, essai: bool) {
        if self.occupe.get_untracked() {
            return;
        }
        let Some(operation) = self.operation() else { return };
        self.occupe.set(true);
        self.arret.set(false);
        self.echec.set(None);
        self.bilan.set(Some(Bilan { essai, ..Bilan::default() }));
        spawn_local(async move {
            let mut gestes = Vec::new();
            let fait = self.faire(essai, operation, &mut gestes).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            // What was done before a failure is done: it is shown, and undone, all the same.
            if !gestes.is_empty() {
                self.saisies.note_step(gestes);
                self.saisies.offer_undo(texte::fait(
                    self.bilan.with_untracked(|bilan| bilan.as_ref().map_or(0, |bilan| bilan.faites)),
                ));
                changements::annoncer();
            }
            if let Err(error) = fait {
                self.echec.set(Some(error));
            }
        });
    }

    /// Sends them packet by packet; `gestes` gets the name of each that was written, were the next one to fail.
    async fn faire(
        self,
        essai: bool,
        operation: impl Fn(&Lue) -> OperationLot,
        gestes: &mut Vec<String>,
    ) -> Result<(), ClientError> {
        let (portee, atomique) = (self.portee.get_untracked(), self.mode.get_untracked() == TOUT);
        let essayees = self.essayees.try_update_value(Option::take).flatten();
        let lues = match essayees {
            Some((laquelle, lues)) if !essai && laquelle == portee => lues,
            _ => portee::lire(self.tableau, self.saisies, portee != SELECTION).await?,
        };
        if atomique && lues.len() > OPERATIONS_MAX {
            let refus = Problem::with_detail(ErrorCode::ChampsInvalides, texte::trop_pour_tout(OPERATIONS_MAX));
            return Err(ClientError::Problem(Box::new(refus)));
        }
        self.changer(|bilan| (bilan.total, bilan.atomique) = (lues.len(), atomique));
        for paquet in lues.chunks(if atomique { OPERATIONS_MAX } else { PAQUET }) {
            if self.arret.try_get_untracked() != Some(false) {
                break;
            }
            let operations = paquet.iter().map(&operation).collect();
            let traite = demandes::lot(&Lot { operations, atomique, essai }, None).await;
            if let (true, Err(ClientError::Problem(probleme))) = (atomique, &traite) {
                self.changer(|bilan| bilan.refuser(&probleme.errors, paquet));
            }
            let traite = traite?;
            gestes.extend(traite.geste.clone());
            self.changer(|bilan| bilan.ajouter(&traite, paquet));
        }
        self.changer(|bilan| bilan.fini = true);
        if essai {
            self.essayees.try_set_value(Some((portee, lues)));
        }
        Ok(())
    }

    /// Changes the report, while the screen is there.
    fn changer(self, changer: impl FnOnce(&mut Bilan)) {
        if self.occupe.try_get_untracked().is_some() {
            self.bilan.update(|bilan| {
                if let Some(bilan) = bilan {
                    changer(bilan);
                }
            });
        }
    }
}

/// The button and its dialog.
pub fn agir(tableau: Tableau, saisies: Edits) -> AnyView {
    let masse = Masse {
        tableau,
        saisies,
        portee: RwSignal::new(RESULTATS.to_owned()),
        mode: RwSignal::new(PARTIE.to_owned()),
        action: RwSignal::new(VALEUR.to_owned()),
        colonne: RwSignal::new(String::new()),
        valeur: RwSignal::new(String::new()),
        commentaire: RwSignal::new(String::new()),
        refus: RwSignal::new(None),
        occupe: RwSignal::new(false),
        arret: RwSignal::new(false),
        echec: RwSignal::new(None),
        bilan: State::new(None),
        essayees: StoredValue::new(None),
    };
    let preparer = move || {
        let choisies = portee::choisies(tableau, saisies).is_some();
        masse.portee.set(if choisies { SELECTION } else { RESULTATS }.to_owned());
        masse.bilan.set(None);
        masse.echec.set(None);
        masse.essayees.set_value(None);
    };
    let ouvert = RwSignal::new(false);
    let contenu = Box::new(move || contenu(masse));
    dialog_button(words(texte::AGIR), ("masse", texte::TITRE), ouvert, Box::new(preparer), contenu)
}

fn contenu(masse: Masse) -> AnyView {
    let total = masse.tableau.lignes.counted().get_untracked().unwrap_or_default();
    let mut portees = vec![(RESULTATS.to_owned(), texte::les_resultats(total))];
    if let Some(choisies) = portee::choisies(masse.tableau, masse.saisies) {
        portees.insert(0, (SELECTION.to_owned(), texte::la_selection(choisies)));
    }
    let actions = [(VALEUR, texte::METTRE), (COMMENTER, texte::COMMENTER), (SUPPRIMER, texte::SUPPRIMER)];
    let modes = [(PARTIE, texte::CE_QUI_PEUT), (TOUT, texte::TOUT_OU_RIEN)];
    let champs = vec![
        choix("masse-portee", texte::SUR, portees, masse.portee),
        choix("masse-action", texte::QUOI, ecrits(&actions), masse.action),
        when(move || masse.action.get() == VALEUR, move || valeur(masse)),
        when(move || masse.action.get() == COMMENTER, move || commentaire(masse)),
        choix("masse-mode", texte::SI_REFUS, ecrits(&modes), masse.mode),
        view! { <Button submit=true busy=masse.occupe kind=ButtonKind::Secondary>{texte::ESSAYER}</Button> }.into_any(),
    ];
    several(vec![
        form("", champs, Box::new(move || masse.lancer(true))),
        failure(masse.echec.into(), None),
        optional(move || masse.bilan.get().map(|bilan| rapport(masse, bilan))),
    ])
}

fn ecrits(choix: &[(&str, &str)]) -> Vec<(String, String)> {
    choix.iter().map(|(code, mots)| ((*code).to_owned(), (*mots).to_owned())).collect()
}

#[inline(never)]
fn choix(id: &'static str, legend: &'static str, options: Vec<(String, String)>, value: RwSignal<String>) -> AnyView {
    view! { <RadioGroup id legend options value required=true /> }.into_any()
}

/// What is said of each.
fn commentaire(masse: Masse) -> AnyView {
    let (value, error) = (masse.commentaire, masse.refus);
    let label = texte::COMMENTAIRE;
    view! { <TextArea id="masse-commentaire" label hint=texte::COMMENTAIRE_AIDE value error required=true /> }
        .into_any()
}

/// The column and its value.
fn valeur(masse: Masse) -> AnyView {
    let session = use_session();
    let ecrites = untrack(|| {
        let ecrites = Colonne::ALL.iter().filter(|colonne| session.writes(**colonne));
        ecrites
            .map(|colonne| (colonne.nom().to_owned(), domain::text::fr::colonne(*colonne).to_owned()))
            .collect::<Vec<_>>()
    });
    let champ = move || {
        let colonne = Colonne::parse(&masse.colonne.get())?;
        let (id, label, value, error) = ("masse-valeur", texte::VALEUR, masse.valeur, masse.refus);
        let control = masse.tableau.collegues.with(|collegues| saisie::controle(colonne, true, collegues));
        Some(match control {
            Input::Choice(options) => view! { <Select id label value options error /> }.into_any(),
            Input::Date => view! { <TextField id label value error kind="date" maxlength=10 /> }.into_any(),
            Input::Text(maxlength) => view! { <TextField id label value error maxlength /> }.into_any(),
            Input::Locked(_) => return None,
        })
    };
    // A value of one column is none of another.
    effect(move || {
        masse.colonne.track();
        masse.valeur.set(String::new());
    });
    let sans_colonne = Signal::derive(move || masse.refus.get().filter(|_| masse.colonne.read().is_empty()));
    view! {
        <Select
            id="masse-colonne"
            label=texte::COLONNE
            value=masse.colonne
            options=ecrites
            error=sans_colonne
            required=true
        />
        {optional(champ)}
    }
    .into_any()
}
