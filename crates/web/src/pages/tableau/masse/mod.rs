//! One thing done to many demandes: those of the range, or all those of the list. It is tried first, shows how far it is, stops
//! when asked, tells what was refused, and is undone as one.

use domain::demande::lot::{ActionLot, IssueLot, Lot, LotTraite, OPERATIONS_MAX, OperationLot};
use domain::demande::{Colonne, DemandeSaisie};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Tableau, saisie};
use crate::api::ClientError;
use crate::api::demandes::{self, Liste};
use crate::grid::{Edits, Input};
use crate::pages::demande::changements;
use crate::reactive::{State, effect, submit};
use crate::session::use_session;
use crate::text::masse as texte;
use crate::ui::dynamic::{failure, optional, when, words};
use crate::ui::{Button, ButtonKind, Dialog, RadioGroup, Select, TextArea, TextField};

/// Rows of one request: few enough to show how far it is.
const PAQUET: usize = 250;
/// Most refusals listed.
const LISTES: usize = 20;
/// Codes of the choices.
const SELECTION: &str = "selection";
const RESULTATS: &str = "resultats";
const VALEUR: &str = "valeur";
const SUPPRIMER: &str = "supprimer";
const COMMENTER: &str = "commenter";

/// A demande and the version that was read.
pub(super) type Lue = (String, i64);

/// What became of all of them so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bilan {
    essai: bool,
    total: usize,
    faites: usize,
    inchangees: usize,
    refusees: usize,
    refus: Vec<String>,
    fini: bool,
}

impl Bilan {
    fn vues(&self) -> usize {
        self.faites + self.inchangees + self.refusees
    }

    fn ajouter(&mut self, traite: &LotTraite, nom: impl Fn(&str) -> String) {
        self.faites += traite.faites;
        self.inchangees += traite.inchangees;
        self.refusees += traite.refusees;
        for resultat in traite.resultats.iter().filter(|resultat| resultat.issue == IssueLot::Refusee) {
            if let (true, Some(probleme)) = (self.refus.len() < LISTES, &resultat.probleme) {
                let raison = probleme.errors.first().map_or(&probleme.detail, |faute| &faute.message);
                self.refus.push(texte::refus(&nom(resultat.id.as_deref().unwrap_or_default()), raison));
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Masse {
    tableau: Tableau,
    saisies: Edits,
    portee: RwSignal<String>,
    action: RwSignal<String>,
    colonne: RwSignal<String>,
    valeur: RwSignal<String>,
    commentaire: RwSignal<String>,
    refus: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    arret: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    bilan: State<Option<Bilan>>,
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
        Some(move |(id, version): &Lue| OperationLot {
            action,
            id: Some(id.clone()),
            version: Some(*version),
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
        let lues = if self.portee.get_untracked() == SELECTION {
            selection(self.tableau, self.saisies).unwrap_or_default()
        } else {
            lire_toutes(self.tableau).await?
        };
        self.changer(|bilan| bilan.total = lues.len());
        for paquet in lues.chunks(PAQUET.min(OPERATIONS_MAX)) {
            if self.arret.try_get_untracked() != Some(false) {
                break;
            }
            let operations = paquet.iter().map(&operation).collect();
            let traite = demandes::lot(&Lot { operations, atomique: false, essai }, None).await?;
            gestes.extend(traite.geste.clone());
            self.changer(|bilan| bilan.ajouter(&traite, |id| saisie::nom_de_ligne(self.tableau, id)));
        }
        self.changer(|bilan| bilan.fini = true);
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

/// The demandes of the range; none when some are not in memory.
pub(super) fn selection(tableau: Tableau, saisies: Edits) -> Option<Vec<Lue>> {
    let (haut, bas) = saisies.range.with_untracked(|range| range.map(|range| range.rows()))?;
    let rangees = tableau.lignes.rows_untracked(haut - 1..=bas - 1)?;
    Some(rangees.iter().map(|row| (row.key.clone(), row.version)).collect())
}

/// Every demande of the list, with its version.
pub(super) async fn lire_toutes(tableau: Tableau) -> Result<Vec<Lue>, ClientError> {
    let etat = tableau.present();
    let liste = Liste { filtre: etat.filtre.to_string(), tri: etat.ordre().to_string(), q: etat.q };
    let (mut lues, mut curseur) = (Vec::new(), None::<String>);
    loop {
        let page = demandes::page(&liste, "nom", curseur.as_deref(), 1_000).await?;
        lues.extend(page.items.into_iter().map(|demande| (demande.id, demande.version)));
        match page.next {
            Some(next) => curseur = Some(next),
            None => return Ok(lues),
        }
    }
}

/// The button and its dialog.
pub fn agir(tableau: Tableau, saisies: Edits) -> AnyView {
    let masse = Masse {
        tableau,
        saisies,
        portee: RwSignal::new(RESULTATS.to_owned()),
        action: RwSignal::new(VALEUR.to_owned()),
        colonne: RwSignal::new(String::new()),
        valeur: RwSignal::new(String::new()),
        commentaire: RwSignal::new(String::new()),
        refus: RwSignal::new(None),
        occupe: RwSignal::new(false),
        arret: RwSignal::new(false),
        echec: RwSignal::new(None),
        bilan: State::new(None),
    };
    let ouvert = RwSignal::new(false);
    let ouvrir = Callback::new(move |_| {
        let plusieurs =
            saisies.range.with_untracked(|range| range.is_some_and(|range| range.rows().0 < range.rows().1));
        masse.portee.set(if plusieurs { SELECTION } else { RESULTATS }.to_owned());
        masse.bilan.set(None);
        masse.echec.set(None);
        ouvert.set(true);
    });
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=ouvrir>
            {texte::AGIR}
        </Button>
        <Dialog id="masse" title=texte::TITRE open=ouvert>
            {contenu(masse)}
        </Dialog>
    }
    .into_any()
}

fn contenu(masse: Masse) -> AnyView {
    let rangees = masse.saisies.range.with_untracked(|range| range.map(|range| range.rows()));
    let choisies = rangees.map_or(0, |(haut, bas)| bas - haut + 1);
    let total = masse.tableau.lignes.counted().get_untracked().unwrap_or_default();
    let mut portees = vec![(RESULTATS.to_owned(), texte::les_resultats(total))];
    if choisies > 1 {
        portees.insert(0, (SELECTION.to_owned(), texte::la_selection(choisies)));
    }
    let actions = [(VALEUR, texte::METTRE), (COMMENTER, texte::COMMENTER), (SUPPRIMER, texte::SUPPRIMER)];
    let actions = actions.map(|(code, mots)| (code.to_owned(), mots.to_owned())).to_vec();
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        masse.lancer(true);
    };
    view! {
        <form on:submit=submit(envoyer) novalidate>
            <RadioGroup id="masse-portee" legend=texte::SUR options=portees value=masse.portee required=true />
            <RadioGroup id="masse-action" legend=texte::QUOI options=actions value=masse.action required=true />
            {when(move || masse.action.get() == VALEUR, move || valeur(masse))}
            {when(move || masse.action.get() == COMMENTER, move || commentaire(masse))}
            <Button submit=true busy=masse.occupe kind=ButtonKind::Secondary>
                {texte::ESSAYER}
            </Button>
        </form>
        {failure(masse.echec.into(), None)}
        {optional(move || masse.bilan.get().map(|bilan| rapport(masse, bilan)))}
    }
    .into_any()
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

/// How far it is, what it gave, and what may follow.
fn rapport(masse: Masse, bilan: Bilan) -> AnyView {
    let (vues, total) = (bilan.vues(), bilan.total);
    let arreter = move || {
        view! {
            <progress max=total.max(1).to_string() value=vues.to_string()></progress>
            <Button kind=ButtonKind::Tertiary small=true on_click=Callback::new(move |_| masse.arret.set(true))>
                {texte::ARRETER}
            </Button>
        }
        .into_any()
    };
    let resume = texte::resume(bilan.essai, vues, total, bilan.faites, bilan.inchangees, bilan.refusees);
    let refus = bilan.refus.iter().map(|refus| view! { <li>{refus.clone()}</li> }).collect_view();
    let faire = (bilan.essai && bilan.fini && bilan.faites > 0).then(|| {
        view! {
            <Button busy=masse.occupe on_click=Callback::new(move |_| masse.lancer(false))>
                {texte::faire(bilan.faites)}
            </Button>
        }
    });
    view! {
        <div class="tableau__a-revoir">
            <p role="status">{words(move || resume.clone())}</p>
            {when(move || masse.occupe.get(), arreter)}
            <ul>{refus}</ul>
            {faire}
        </div>
    }
    .into_any()
}
