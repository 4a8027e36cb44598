//! One batch: its demandes with what the rules say of each, ticked, tried, decided.

use domain::lot_eligibilite::{ActionEligibilite, DecisionLotSaisie};
use domain::permission::Operation;
use leptos::prelude::*;

use crate::api::eligibilite::{self as api, Choix, Ligne, Lot, Message, Traitee};
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::reactive::{State, effect};
use crate::routes::Route;
use crate::session::use_session;
use crate::text::eligibilite as text;
use crate::ui::dynamic::{dynamic, optional, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{
    Field, FieldKind, button, element, folded, form, heading, link, list, paragraph, search_button, title, words,
};
use crate::ui::{ButtonKind, Checkbox, RadioGroup, TextArea};

/// Identifier of what a decision gives.
const BILAN_ID: &str = "bilan";

#[derive(Clone, Copy)]
struct Travail {
    id: StoredValue<String>,
    lot: State<Option<Lot>>,
    liste: RwSignal<String>,
    verdict: RwSignal<String>,
    mots: RwSignal<String>,
    lignes: State<Vec<Ligne>>,
    cochees: RwSignal<Vec<String>>,
    suite: RwSignal<Option<String>>,
    action: RwSignal<String>,
    motif: RwSignal<String>,
    aucune: RwSignal<bool>,
    lecture: Attempt,
    decision: Attempt,
    bilan: State<Option<(Traitee, DecisionLotSaisie)>>,
}

impl Travail {
    fn new(id: String) -> Self {
        Self {
            id: StoredValue::new(id),
            lot: State::new(None),
            liste: RwSignal::new(text::LISTES[0].0.to_owned()),
            verdict: RwSignal::new(String::new()),
            mots: RwSignal::new(String::new()),
            lignes: State::new(Vec::new()),
            cochees: RwSignal::new(Vec::new()),
            suite: RwSignal::new(None),
            action: RwSignal::new(ActionEligibilite::Valider.as_str().to_owned()),
            motif: RwSignal::new(String::new()),
            aucune: RwSignal::new(false),
            lecture: Attempt::new(),
            decision: Attempt::new(),
            bilan: State::new(None),
        }
    }

    /// Reads the list from its beginning, with the counters, or its next page.
    fn lire(self, suite: bool) {
        let id = self.id.get_value();
        let choix = Choix {
            liste: self.liste.get_untracked(),
            verdict: self.verdict.get_untracked(),
            mots: self.mots.get_untracked().trim().to_owned(),
        };
        let cursor = self.suite.get_untracked().filter(|_| suite).unwrap_or_default();
        self.lecture.read(Box::pin(async move {
            let (lues, next) = api::demandes(&id, &choix, &cursor).await?;
            self.lignes.update(|lignes| {
                lignes.truncate(if suite { lignes.len() } else { 0 });
                lignes.extend(lues);
            });
            self.suite.set(next);
            self.lot.set(Some(api::lire(&id).await?));
            Ok(())
        }));
    }

    /// Looks for something else: what was ticked and tried no longer holds.
    fn chercher(self) {
        self.cochees.set(Vec::new());
        self.bilan.set(None);
        self.lire(false);
    }

    fn cocher(self, id: &str, oui: bool) {
        self.cochees.update(|cochees| {
            cochees.retain(|autre| autre != id);
            if oui {
                cochees.push(id.to_owned());
            }
        });
    }

    /// Tries what the form says.
    fn essayer(self) {
        let demandes = self.cochees.get_untracked();
        self.aucune.set(demandes.is_empty());
        let Some(action) = ActionEligibilite::parse(&self.action.get_untracked()) else { return };
        if !demandes.is_empty() {
            let motif = self.motif.get_untracked();
            self.demander(DecisionLotSaisie { action, demandes, motif, atomique: false, essai: true });
        }
    }

    /// Tries, or does what was tried: never something else, whatever the form says by then.
    fn demander(self, saisie: DecisionLotSaisie) {
        let id = self.id.get_value();
        self.decision.run(Box::pin(async move {
            let cle = browser::random_uuid().filter(|_| !saisie.essai);
            let traitee = api::decider(&id, &saisie, cle.as_deref()).await?;
            self.bilan.set(Some((traitee, saisie.clone())));
            if !saisie.essai && self.decision.here() {
                self.cochees.set(Vec::new());
                self.lire(false);
            }
            browser::focus_later(BILAN_ID);
            Ok(())
        }));
    }
}

/// The screen `/administration/eligibilite/:id`.
#[component]
pub fn LotPage(
    /// Identifier of the batch.
    id: String,
) -> impl IntoView {
    let travail = Travail::new(id);
    effect(move || {
        travail.liste.track();
        travail.verdict.track();
        untrack(|| travail.chercher());
    });
    let decide = untrack(|| use_session().may(Operation::EligibiliteDecider));
    let retour = link("fr-link", Route::Lots.path(), text::RETOUR, false);
    let vide = move || !travail.lecture.busy.get() && travail.lignes.read().is_empty();
    let mut contenu = vec![
        element("p", "", None, vec![retour]),
        title(text::LOT),
        optional(move || travail.lot.get().map(|lot| compte(&lot))),
        recherche(travail),
        travail.lecture.alert(),
        when(vide, || paragraph("", text::RIEN)),
        dynamic(move || lines(travail.lignes.read().iter().map(|une| rangee(travail, une, decide)).collect())),
        more(LINES_ID, MORE, (travail.suite, travail.lecture.busy), Box::new(move || travail.lire(true))),
    ];
    if decide {
        contenu.extend([
            formulaire(travail),
            travail.decision.alert(),
            optional(move || travail.bilan.get().map(|(traitee, saisie)| bilan(travail, &traitee, saisie))),
        ]);
    } else {
        contenu.push(paragraph("", text::LECTURE));
    }
    element("div", "pa-texte", None, contenu)
}

fn compte(lot: &Lot) -> AnyView {
    let contenu = vec![
        heading("h2", "fr-h5", text::nom(lot)),
        paragraph("", text::nombres(lot)),
        paragraph("", text::complements(lot)),
    ];
    element("div", "", None, contenu)
}

fn recherche(travail: Travail) -> AnyView {
    let paires = |liste: &[(&str, &str)]| -> Vec<(String, String)> {
        liste.iter().map(|(code, mots)| ((*code).to_owned(), (*mots).to_owned())).collect()
    };
    let mut verdicts = paires(&text::VERDICTS);
    verdicts.insert(0, (String::new(), text::TOUS.to_owned()));
    let (listes, liste, verdict, mots) = (paires(&text::LISTES), travail.liste, travail.verdict, travail.mots);
    let choix = view! {
        <RadioGroup id="liste" legend=text::QUELLES options=listes value=liste required=true />
        <RadioGroup id="verdict" legend=text::VERDICT options=verdicts value=verdict required=true />
    };
    let champ = Field { kind: FieldKind::Optional, id: "mots", label: text::MOTS, hint: text::MOTS_AIDE, value: mots };
    let champs = vec![champ.draw(travail.lecture.at("q")), search_button(text::CHERCHER)];
    element("div", "", None, vec![choix.into_any(), form("", champs, Box::new(move || travail.chercher()))])
}

fn rangee(travail: Travail, ligne: &Ligne, decide: bool) -> AnyView {
    let mut contenu = vec![if decide {
        let (id, lue) = (ligne.id.clone(), ligne.id.clone());
        let checked = Signal::derive(move || travail.cochees.read().contains(&lue));
        let on_change = Callback::new(move |oui: bool| travail.cocher(&id, oui));
        let hint = text::etat(ligne);
        view! { <Checkbox id=format!("demande-{}", ligne.id) label=text::qui(ligne) checked on_change hint /> }
            .into_any()
    } else {
        let dites = [text::qui(ligne), text::etat(ligne)].map(|dit| paragraph("", dit));
        element("div", "", None, dites.into())
    }];
    contenu.extend(text::motif(ligne).map(|dit| paragraph("fr-hint-text", dit)));
    let constats = ligne.constats.iter().map(|dit| words(text::constat(dit))).collect();
    contenu.push(folded("", text::CONSTATS, vec![list("", constats)]));
    contenu.push(fil(&ligne.id));
    contenu.push(link("fr-btn fr-btn--tertiary", Route::Demande(ligne.id.clone()).path(), text::DETAIL, false));
    element("div", "", None, contenu)
}

/// The thread of a demande, read when it is asked for.
fn fil(id: &str) -> AnyView {
    let (lus, essai, id) = (State::new(None::<Vec<Message>>), Attempt::new(), StoredValue::new(id.to_owned()));
    let lire = move || {
        essai.read(Box::pin(async move {
            lus.set(Some(api::echanges(&id.get_value()).await?));
            Ok(())
        }));
    };
    let bouton = button(ButtonKind::Tertiary, text::ECHANGES, None, essai.busy, Box::new(lire));
    let montres = move || {
        let lus = lus.get()?;
        Some(if lus.is_empty() {
            paragraph("", text::AUCUN_ECHANGE)
        } else {
            list("", lus.iter().map(|un| words(text::message(un))).collect())
        })
    };
    let reponse = view! { <div role="status">{optional(montres)}</div> }.into_any();
    element("div", "", None, vec![bouton, essai.alert(), reponse])
}

fn formulaire(travail: Travail) -> AnyView {
    let actions = ActionEligibilite::ALL.iter();
    let actions = actions.map(|une| (une.as_str().to_owned(), text::action(*une).to_owned())).collect::<Vec<_>>();
    let (action, motif) = (travail.action, travail.motif);
    let sans = Signal::derive(move || travail.aucune.get().then(|| text::AUCUNE_COCHEE.to_owned()));
    let champs = view! {
        <RadioGroup id="action" legend=text::QUOI options=actions value=action error=sans required=true />
        <TextArea id="motif" label=text::MOTIF hint=text::MOTIF_AIDE value=motif error=travail.decision.at("/motif") maxlength=1_000 />
    };
    let tout = move || {
        let ids = travail.lignes.with_untracked(|lignes| lignes.iter().map(|une| une.id.clone()).collect::<Vec<_>>());
        travail.cochees.set(ids);
    };
    let cocher = button(ButtonKind::Tertiary, text::COCHER, None, travail.lecture.busy, Box::new(tout));
    let essayer =
        button(ButtonKind::Secondary, text::ESSAYER, None, travail.decision.busy, Box::new(move || travail.essayer()));
    let boutons = element("div", "pa-actions", None, vec![essayer, cocher]);
    form("", vec![champs.into_any(), boutons], Box::new(move || travail.essayer()))
}

/// What a decision gives, and the button that takes it for real.
fn bilan(travail: Travail, traitee: &Traitee, saisie: DecisionLotSaisie) -> AnyView {
    let nom = |id: &str| {
        travail.lignes.with_untracked(|lignes| {
            let une = lignes.iter().find(|une| une.id == id);
            une.map_or_else(String::new, |une| format!("{} : ", text::qui(une)))
        })
    };
    let refusees = traitee.refusees.iter().map(|(id, raison)| words(format!("{}{raison}", nom(id)))).collect();
    let mut contenu = vec![element("p", "", Some(BILAN_ID), vec![words(text::resume(traitee))]), list("", refusees)];
    if traitee.essai && traitee.nombres[0] > 0 {
        let faire = text::faire(traitee.nombres[0]);
        let on_click = Callback::new(move |_| travail.demander(DecisionLotSaisie { essai: false, ..saisie.clone() }));
        let bouton = view! { <crate::ui::Button busy=travail.decision.busy on_click>{faire}</crate::ui::Button> };
        contenu.push(bouton.into_any());
    }
    element("div", "pa-encadre", None, contenu)
}
