//! Deciding on the financing: the demandes of an envelope list by list, ticked or taken in their order; tried first, then decided.

use domain::demande::{Colonne, DemandeVue};
use domain::enveloppe::{ActionFinancement, DecisionSaisie, PromotionSaisie, SelectionSaisie};
use leptos::prelude::*;

use super::solde;
use crate::api::demandes::{self, Liste};
use crate::api::enveloppes::{self as api, Compte, ConstatLu, Traitee};
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::pages::tableau::lignes::lisible;
use crate::reactive::{State, effect};
use crate::routes::Route;
use crate::text::enveloppes as text;
use crate::ui::dynamic::{dynamic, optional, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{button, element, form, link, list, paragraph, title, words};
use crate::ui::{ButtonKind, Checkbox, RadioGroup, TextArea};

/// Columns that are read of each demande.
const CHAMPS: &str = "nom,prenom,profession,structure_nom,ville,formation,verdict,date_demande,decision_financement";
/// Oldest first: the order in which they are served.
const TRI: &str = "date_demande";
/// Rows read at once.
const PAGE: usize = 20;
/// Identifier of what a decision gives.
const BILAN_ID: &str = "bilan";
/// Codes of « on which ».
const COCHEES: &str = "cochees";
const TOUTES: &str = "toutes";
const PREMIERES: &str = "premieres";

#[derive(Clone, Copy)]
struct Travail {
    enveloppe: StoredValue<String>,
    compte: State<Option<Compte>>,
    liste: RwSignal<String>,
    rangees: State<Vec<DemandeVue>>,
    cochees: RwSignal<Vec<String>>,
    suite: RwSignal<Option<String>>,
    action: RwSignal<String>,
    portee: RwSignal<String>,
    motif: RwSignal<String>,
    aucune: RwSignal<bool>,
    lecture: Attempt,
    decision: Attempt,
    bilan: State<Option<(Traitee, Demande)>>,
}

/// What is asked for.
#[derive(Clone)]
enum Demande {
    Decision(DecisionSaisie),
    Promotion(PromotionSaisie),
}

impl Demande {
    /// The same, for real.
    fn faire(mut self) -> Self {
        match &mut self {
            Self::Decision(saisie) => saisie.essai = false,
            Self::Promotion(saisie) => saisie.essai = false,
        }
        self
    }
}

impl Travail {
    /// The filter of the list being looked at, in this envelope.
    fn filtre(self) -> String {
        let choisie = self.liste.get_untracked();
        let filtre = text::LISTES.iter().find(|(code, ..)| *code == choisie).map_or("", |(.., filtre)| filtre);
        format!("enveloppe_id eq \"{}\" and ({filtre})", self.enveloppe.get_value())
    }

    /// Reads the list from its beginning, with the account, or its next page.
    fn lire(self, suite: bool) {
        let (id, filtre) = (self.enveloppe.get_value(), self.filtre());
        let cursor = self.suite.get_untracked().filter(|_| suite);
        self.lecture.read(Box::pin(async move {
            let liste = Liste { filtre, tri: TRI.to_owned(), q: String::new() };
            let page = demandes::page(&liste, CHAMPS, cursor.as_deref(), PAGE).await?;
            self.rangees.update(|rangees| {
                rangees.truncate(if suite { rangees.len() } else { 0 });
                rangees.extend(page.items);
            });
            self.suite.set(page.next);
            self.compte.set(Some(api::lire(&id).await?));
            Ok(())
        }));
    }

    /// What is asked; none when nothing is ticked, which is said.
    fn saisie(self) -> Option<DecisionSaisie> {
        let action = ActionFinancement::parse(&self.action.get_untracked())?;
        let portee = self.portee.get_untracked();
        let cochees = self.cochees.get_untracked();
        let nommees = portee == COCHEES;
        self.aucune.set(nommees && cochees.is_empty());
        if nommees && cochees.is_empty() {
            return None;
        }
        let selection = SelectionSaisie { filter: self.filtre(), sort: TRI.to_owned(), q: String::new() };
        Some(DecisionSaisie {
            action,
            demandes: nommees.then_some(cochees),
            selection: (!nommees).then_some(selection),
            premieres: portee == PREMIERES && action == ActionFinancement::Accorder,
            motif: self.motif.get_untracked(),
            atomique: false,
            essai: true,
        })
    }

    /// Tries what the form says.
    fn essayer(self) {
        if let Some(saisie) = self.saisie() {
            self.demander(Demande::Decision(saisie));
        }
    }

    /// Tries to serve the waiting list.
    fn servir(self) {
        self.demander(Demande::Promotion(PromotionSaisie { motif: self.motif.get_untracked(), essai: true }));
    }

    /// Tries, or does what was tried: never something else, whatever the form says by then.
    fn demander(self, demande: Demande) {
        let id = self.enveloppe.get_value();
        self.decision.run(Box::pin(async move {
            let traitee = match &demande {
                Demande::Decision(saisie) => {
                    let cle = browser::random_uuid().filter(|_| !saisie.essai);
                    api::decider(saisie, cle.as_deref()).await?
                }
                Demande::Promotion(saisie) => api::promouvoir(&id, saisie).await?,
            };
            let essai = traitee.essai;
            self.bilan.set(Some((traitee, demande)));
            if !essai && self.decision.here() {
                self.cochees.set(Vec::new());
                self.lire(false);
            }
            browser::focus_later(BILAN_ID);
            Ok(())
        }));
    }
}

/// The screen `/administration/enveloppes/:id/financement`.
#[component]
pub fn FinancementPage(
    /// Identifier of the envelope.
    id: String,
) -> impl IntoView {
    let travail = Travail {
        enveloppe: StoredValue::new(id.clone()),
        compte: State::new(None),
        liste: RwSignal::new(text::LISTES[0].0.to_owned()),
        rangees: State::new(Vec::new()),
        cochees: RwSignal::new(Vec::new()),
        suite: RwSignal::new(None),
        action: RwSignal::new(ActionFinancement::Accorder.as_str().to_owned()),
        portee: RwSignal::new(COCHEES.to_owned()),
        motif: RwSignal::new(String::new()),
        aucune: RwSignal::new(false),
        lecture: Attempt::new(),
        decision: Attempt::new(),
        bilan: State::new(None),
    };
    effect(move || {
        travail.liste.track();
        travail.cochees.set(Vec::new());
        travail.bilan.set(None);
        untrack(|| travail.lire(false));
    });
    let listes = text::LISTES.map(|(code, mots, _)| (code.to_owned(), mots.to_owned())).to_vec();
    let choix =
        view! { <RadioGroup id="liste" legend=text::QUELLES options=listes value=travail.liste required=true /> };
    let retour = link("fr-link", Route::Enveloppe(id).path(), text::ENVELOPPE, false);
    let vide = move || !travail.lecture.busy.get() && travail.rangees.read().is_empty();
    let contenu = vec![
        element("p", "", None, vec![retour]),
        title(text::FINANCEMENT),
        optional(move || travail.compte.get().map(|compte| solde(&compte))),
        choix.into_any(),
        travail.lecture.alert(),
        when(vide, || paragraph("", text::RIEN)),
        dynamic(move || lines(travail.rangees.read().iter().map(|une| rangee(travail, une)).collect())),
        more(LINES_ID, MORE, (travail.suite, travail.lecture.busy), Box::new(move || travail.lire(true))),
        formulaire(travail),
        travail.decision.alert(),
        optional(move || travail.bilan.get().map(|(traitee, demande)| bilan(travail, &traitee, demande))),
    ];
    element("div", "pa-texte", None, contenu)
}

fn rangee(travail: Travail, demande: &DemandeVue) -> AnyView {
    let valeur = |colonne: Colonne| {
        lisible(colonne, demande.colonnes.get(colonne.nom()).map(String::as_str).unwrap_or_default())
    };
    let nom = format!("{} {} – {}", valeur(Colonne::Prenom), valeur(Colonne::Nom), valeur(Colonne::StructureNom));
    let (id, lue) = (demande.id.clone(), demande.id.clone());
    let checked = Signal::derive(move || travail.cochees.read().contains(&lue));
    let on_change = Callback::new(move |oui: bool| {
        travail.cochees.update(|cochees| {
            cochees.retain(|autre| *autre != id);
            if oui {
                cochees.push(id.clone());
            }
        });
    });
    let dites = [Colonne::Formation, Colonne::Verdict, Colonne::DateDemande].map(valeur);
    let hint = dites.into_iter().filter(|mots| !mots.is_empty()).collect::<Vec<_>>().join(" · ");
    let case = view! { <Checkbox id=format!("demande-{}", demande.id) label=nom.clone() checked on_change hint /> };
    let detail = link("fr-link", Route::Demande(demande.id.clone()).path(), text::DETAIL, false);
    element("div", "", None, vec![case.into_any(), detail, preuves(demande.id.clone(), &nom)])
}

/// What the rules say of a demande and on what that rests, read on demand.
fn preuves(demande: String, nom: &str) -> AnyView {
    let (lus, essai) = (State::new(Vec::<ConstatLu>::new()), Attempt::new());
    let lire = move || {
        let demande = demande.clone();
        essai.run(Box::pin(async move {
            lus.set(api::constats(&demande).await?);
            Ok(())
        }));
    };
    let accessible = Some(format!("{} : {nom}", text::PREUVES));
    let un = |un: &ConstatLu| {
        let dits = vec![words(text::constat(un)), paragraph("fr-hint-text", text::preuve(un))];
        element("div", "", None, dits)
    };
    let contenu = vec![
        button(ButtonKind::Tertiary, text::PREUVES, accessible, essai.busy, Box::new(lire)),
        essai.alert(),
        dynamic(move || list("", lus.read().iter().map(un).collect())),
    ];
    element("div", "", None, contenu)
}

fn formulaire(travail: Travail) -> AnyView {
    let actions = ActionFinancement::ALL.iter();
    let actions = actions.map(|une| (une.as_str().to_owned(), text::action(*une).to_owned())).collect::<Vec<_>>();
    let portees = [(COCHEES, text::COCHEES), (TOUTES, text::TOUTES), (PREMIERES, text::PREMIERES)];
    let portees = portees.map(|(code, mots)| (code.to_owned(), mots.to_owned())).to_vec();
    let (action, portee, motif) = (travail.action, travail.portee, travail.motif);
    let sans = Signal::derive(move || travail.aucune.get().then(|| text::AUCUNE_COCHEE.to_owned()));
    let champs = view! {
        <RadioGroup id="action" legend=text::QUOI options=actions value=action required=true />
        <RadioGroup id="portee" legend=text::SUR options=portees value=portee error=sans required=true />
        <TextArea id="motif" label=text::MOTIF hint=text::MOTIF_AIDE value=motif error=travail.decision.at("/motif") maxlength=1_000 />
    };
    let essayer =
        button(ButtonKind::Secondary, text::ESSAYER, None, travail.decision.busy, Box::new(move || travail.essayer()));
    let promouvoir = move || {
        button(ButtonKind::Tertiary, text::PROMOUVOIR, None, travail.decision.busy, Box::new(move || travail.servir()))
    };
    let attend = move || travail.compte.read().as_ref().is_some_and(|compte| compte.en_attente > 0);
    let boutons = element("div", "pa-actions", None, vec![essayer, when(attend, promouvoir)]);
    form("", vec![champs.into_any(), boutons], Box::new(move || travail.essayer()))
}

/// What a decision gives, and the button that takes it for real.
fn bilan(travail: Travail, traitee: &Traitee, demande: Demande) -> AnyView {
    let nom = |id: &str| {
        travail.rangees.with(|rangees| {
            let une = rangees.iter().find(|une| une.id == id);
            let valeur = |une: &DemandeVue, nom: &str| une.colonnes.get(nom).cloned().unwrap_or_default();
            une.map_or_else(String::new, |une| format!("{} {} : ", valeur(une, "prenom"), valeur(une, "nom")))
        })
    };
    let refusees = traitee.refusees.iter().map(|(id, raison)| words(format!("{}{raison}", nom(id)))).collect();
    let resume = element("p", "", Some(BILAN_ID), vec![words(text::resume(traitee))]);
    let mut contenu = vec![resume, list("", refusees)];
    if traitee.essai && traitee.nombres[0] > 0 {
        let faire = text::faire(traitee.nombres[0]);
        let on_click = Callback::new(move |_| travail.demander(demande.clone().faire()));
        contenu.push(
            view! { <crate::ui::Button busy=travail.decision.busy on_click>{faire}</crate::ui::Button> }.into_any(),
        );
    }
    element("div", "pa-encadre", None, contenu)
}
