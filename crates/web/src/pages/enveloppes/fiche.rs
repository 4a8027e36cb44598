//! One envelope: its account, who holds it, what moves its amount.

use domain::enveloppe::EtatMouvement;
use domain::permission::Operation;
use leptos::prelude::*;

use super::proposer::proposer;
use super::reglages::Formulaire;
use super::solde;
use crate::api::Query;
use crate::api::enveloppes::{self as api, Compte, Mouvement};
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::enveloppes as text;
use crate::ui::dynamic::{dynamic, optional};
use crate::ui::plain::{button, element, folded, heading, link, list, paragraph, title, waiting};
use crate::ui::{Announcer, ButtonKind, Tone, page, use_announcer};

/// What is read of an envelope.
#[derive(Clone, Copy)]
pub(super) struct Fiche {
    pub(super) id: StoredValue<String>,
    compte: State<Option<Compte>>,
    pub(super) mouvements: State<Vec<Mouvement>>,
    essai: Attempt,
    pub(super) annonces: Announcer,
}

impl Fiche {
    fn lire(self) {
        let id = self.id.get_value();
        self.essai.read(Box::pin(async move {
            self.compte.set(Some(api::lire(&id).await?));
            self.mouvements.set(api::mouvements(&id).await?);
            Ok(())
        }));
    }

    fn trancher(self, mouvement: String, approuver: bool) {
        let (id, annonces) = (self.id.get_value(), self.annonces);
        self.essai.run(Box::pin(async move {
            api::trancher(&mouvement, approuver).await?;
            annonces.show(Tone::Success, text::TRANCHE);
            self.compte.set(Some(api::lire(&id).await?));
            self.mouvements.set(api::mouvements(&id).await?);
            Ok(())
        }));
    }
}

/// The screen `/administration/enveloppes/:id`.
#[component]
pub fn EnveloppePage(
    /// Identifier.
    id: String,
) -> impl IntoView {
    let essai = Attempt::new();
    let (compte, mouvements) = (State::new(None), State::new(Vec::new()));
    let fiche = Fiche { id: StoredValue::new(id), compte, mouvements, essai, annonces: use_announcer() };
    fiche.lire();
    let retour = link("fr-link", Route::Enveloppes.path(), text::RETOUR, false);
    let contenu = move || match fiche.compte.get() {
        Some(compte) => montrer(fiche, &compte),
        None if essai.busy.get() => waiting(),
        None => ().into_any(),
    };
    let tout = vec![element("p", "", None, vec![retour]), title(text::ENVELOPPE), essai.alert(), dynamic(contenu)];
    element("div", "pa-texte", None, tout)
}

fn montrer(fiche: Fiche, compte: &Compte) -> AnyView {
    let filtre = format!("enveloppe_id eq \"{}\"", compte.id);
    let tableau = Query::new().with("filtre", filtre).on(&Route::Tableau.path());
    let chiffres = Route::PilotageEnveloppe(compte.id.clone()).path();
    let mut liens =
        vec![link("fr-link", tableau, text::TABLEAU, false), link("fr-link", chiffres, text::CHIFFRES, false)];
    if untrack(|| use_session().may(Operation::Financer)) {
        let decider = Route::Financement(compte.id.clone()).path();
        liens.insert(0, link("fr-btn", decider, text::DECIDER, false));
    }
    let mut contenu = vec![
        heading("h2", "fr-h5", text::nom(compte)),
        element("div", "pa-actions", None, liens),
        heading("h3", "fr-h6", text::COMPTE),
        solde(compte),
        list("", text::reglages(compte).into_iter().map(|dit| paragraph("", dit)).collect()),
        heading("h3", "fr-h6", text::ACCES),
        list("", compte.acces.iter().map(|un| paragraph("", text::acces(un))).collect()),
        heading("h3", "fr-h6", text::MOUVEMENTS),
        paragraph("fr-hint-text", text::DEUX_PERSONNES),
        optional(move || fiche.mouvements.read().is_empty().then(|| paragraph("", text::AUCUN_MOUVEMENT))),
        dynamic(move || {
            list("pa-liste-nue pa-entrees", fiche.mouvements.read().iter().map(|un| mouvement(fiche, un)).collect())
        }),
    ];
    if untrack(|| use_session().may(Operation::MouvementDecider)) {
        contenu.push(proposer(fiche));
    }
    if untrack(|| use_session().may(Operation::EnveloppeGerer)) {
        contenu.push(regler(fiche, compte));
    }
    element("div", "", None, contenu)
}

/// The form of its settings, folded.
fn regler(fiche: Fiche, compte: &Compte) -> AnyView {
    let (formulaire, version) = (Formulaire::new(compte.reglages.clone(), false), compte.version);
    let enregistrer = move || {
        let Some(reglages) = formulaire.lire() else { return };
        formulaire.essai.run(Box::pin(async move {
            let id = fiche.id.get_value();
            api::regler(&id, version, &reglages).await?;
            fiche.annonces.show(Tone::Success, text::REGLEE);
            fiche.compte.set(Some(api::lire(&id).await?));
            browser::focus_later(page::TITLE_ID);
            Ok(())
        }));
    };
    folded("pa-repli", text::REGLER, vec![formulaire.dessiner(text::ENREGISTRER, Box::new(enregistrer))])
}

fn mouvement(fiche: Fiche, un: &Mouvement) -> AnyView {
    let dit = text::mouvement(un);
    let mut contenu = vec![paragraph("", dit.clone())];
    let decide = untrack(|| use_session().may(Operation::MouvementDecider));
    if decide && un.etat == Some(EtatMouvement::Propose) {
        let bouton = |approuver: bool, mots: &'static str, kind| {
            let id = un.id.clone();
            let nom = Some(format!("{mots} : {dit}"));
            button(kind, mots, nom, fiche.essai.busy, Box::new(move || fiche.trancher(id.clone(), approuver)))
        };
        let boutons = vec![
            bouton(true, text::APPROUVER, ButtonKind::Secondary),
            bouton(false, text::REFUSER, ButtonKind::Tertiary),
        ];
        contenu.push(element("div", "pa-actions", None, boutons));
    }
    element("div", "", None, contenu)
}
