//! One's means of codes: the list, and one form at a time to add, name, find again or remove one.

use domain::mon_compte::{GenreMoyen, MoyenVue};
use domain::session::ApplicationOtp;
use leptos::prelude::*;

use super::{Ecran, LIGNES};
use crate::api::compte;
use crate::browser;
use crate::pages::connexion::set_application;
use crate::text::{compte as text, connexion, fr};
use crate::ui::ButtonKind;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Field, FieldKind, button, element, form, list, paragraph, send_button, words};

const SECTION_ID: &str = "mes-moyens";
const FORM_ID: &str = "formulaire-moyen";

/// What is being done.
#[derive(Clone)]
pub enum Etape {
    /// Nothing.
    Liste,
    /// Naming an application to add.
    Nommer,
    /// Setting it.
    Regler(ApplicationOtp),
    /// Attaching a card.
    Rattacher,
    /// Something about this one.
    Sur(Action, MoyenVue),
}

/// What is done to a means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Changing its name.
    Renommer,
    /// Finding its clock again.
    Recaler,
    /// Removing it.
    Retirer,
}

impl Action {
    const fn mots(self) -> &'static str {
        match self {
            Self::Renommer => text::RENOMMER,
            Self::Recaler => text::RECALER,
            Self::Retirer => text::RETIRER,
        }
    }
}

/// The section: the list, and the form under it.
pub fn section(ecran: Ecran, moyens: Vec<MoyenVue>) -> AnyView {
    let seul = moyens.len() < 2;
    let boutons = vec![
        ouvrir(ecran, ButtonKind::Secondary, text::AJOUTER_APPLICATION, None, Etape::Nommer),
        ouvrir(ecran, ButtonKind::Secondary, text::RATTACHER_CARTE, None, Etape::Rattacher),
    ];
    let aide =
        if moyens.is_empty() { paragraph("pa-encadre", text::PREMIER_MOYEN) } else { paragraph("", text::MOYENS_AIDE) };
    let contenu = vec![
        element("h2", "fr-h5", Some(SECTION_ID), vec![words(text::MOYENS)]),
        aide,
        list(LIGNES, moyens.into_iter().map(|moyen| ligne(ecran, &moyen, seul)).collect()),
        element("div", "pa-actions", None, boutons),
        dynamic(move || formulaire(ecran, ecran.etape.get())),
    ];
    element("section", "", None, contenu)
}

/// A button that opens a form.
fn ouvrir(ecran: Ecran, kind: ButtonKind, mots: &'static str, nom: Option<String>, etape: Etape) -> AnyView {
    let ouvrir = move || {
        ecran.essai.forget();
        ecran.etape.set(etape.clone());
        browser::focus_later(FORM_ID);
    };
    button(kind, mots, nom, ecran.essai.busy, Box::new(ouvrir))
}

fn ligne(ecran: Ecran, moyen: &MoyenVue, seul: bool) -> AnyView {
    let nom = text::moyen(moyen);
    let possible = |action: &Action| match action {
        Action::Renommer => true,
        Action::Recaler => moyen.genre == GenreMoyen::Carte,
        Action::Retirer => !seul,
    };
    let mut contenu = vec![paragraph("", nom.clone()), paragraph("fr-hint-text", text::usage(moyen))];
    for action in [Action::Renommer, Action::Recaler, Action::Retirer].into_iter().filter(possible) {
        let etape = Etape::Sur(action, moyen.clone());
        let nom = Some(text::sur(action.mots(), &nom));
        contenu.push(ouvrir(ecran, ButtonKind::Tertiary, action.mots(), nom, etape));
    }
    element("div", "", None, contenu)
}

/// The form of a step: title, words, fields, and what it sends.
struct Formulaire {
    titre: String,
    avant: AnyView,
    champs: Vec<Field>,
    valider: &'static str,
}

impl Formulaire {
    fn nouveau(titre: impl Into<String>, valider: &'static str, champs: Vec<Field>) -> Self {
        Self { titre: titre.into(), avant: ().into_any(), champs, valider }
    }
}

fn deux_codes() -> Vec<Field> {
    let suivant = Field::new(FieldKind::Code, "code-suivant", text::CODE_SUIVANT, text::CODE_SUIVANT_AIDE);
    vec![Field::code("code-carte", text::CODE), suivant]
}

fn formulaire(ecran: Ecran, etape: Etape) -> AnyView {
    let vu = match &etape {
        Etape::Liste => return ().into_any(),
        Etape::Nommer => {
            let nom = Field::new(FieldKind::Text, "nom-moyen", text::NOM, text::NOM_AIDE);
            let vide = Formulaire::nouveau(text::AJOUTER_APPLICATION, text::SUITE, vec![nom]);
            Formulaire { avant: paragraph("", text::AJOUTER_AIDE), ..vide }
        }
        Etape::Regler(application) => {
            let code = Field::code("code-application", connexion::ACCES_CODE);
            let vide = Formulaire::nouveau(text::AJOUTER_APPLICATION, connexion::ACCES_CONFIRMER, vec![code]);
            Formulaire { avant: set_application(application.clone()), ..vide }
        }
        Etape::Rattacher => {
            let mut champs = vec![Field::new(FieldKind::Text, "serie", text::SERIE, text::SERIE_AIDE)];
            champs.extend(deux_codes());
            let vide = Formulaire::nouveau(text::RATTACHER_CARTE, text::ENREGISTRER, champs);
            Formulaire { avant: paragraph("", text::AJOUTER_AIDE), ..vide }
        }
        Etape::Sur(action, moyen) => {
            let titre = text::sur(action.mots(), &text::moyen(moyen));
            let champs = match action {
                Action::Renommer => {
                    let nom = Field::new(FieldKind::Text, "nom-moyen", text::NOM, text::NOM_AIDE);
                    nom.value.set(moyen.nom.clone());
                    vec![nom]
                }
                Action::Recaler => deux_codes(),
                Action::Retirer => Vec::new(),
            };
            let aide = if *action == Action::Retirer { text::RETIRER_AIDE } else { "" };
            Formulaire { avant: paragraph("", aide), ..Formulaire::nouveau(titre, action.mots(), champs) }
        }
    };
    dessiner(ecran, etape, vu)
}

/// Sends what was typed at a step.
fn envoyer(ecran: Ecran, etape: &Etape, valeurs: &[RwSignal<String>]) {
    let valeur = |rang: usize| valeurs.get(rang).map(|valeur| valeur.get_untracked()).unwrap_or_default();
    let acte = match etape {
        Etape::Liste => return,
        Etape::Nommer => return preparer(ecran, valeur(0)),
        Etape::Regler(_) => compte::confirmer_application(&valeur(0)),
        Etape::Rattacher => compte::rattacher_carte(&valeur(0), &valeur(1), &valeur(2)),
        Etape::Sur(Action::Renommer, moyen) => compte::renommer(&moyen.id, &valeur(0)),
        Etape::Sur(Action::Recaler, moyen) => compte::recaler(&moyen.id, &valeur(0), &valeur(1)),
        Etape::Sur(Action::Retirer, moyen) => compte::retirer(&moyen.id),
    };
    ecran.agir(SECTION_ID, acte);
}

fn preparer(ecran: Ecran, nom: String) {
    ecran.essai.run(Box::pin(async move {
        ecran.etape.set(Etape::Regler(compte::preparer_application(nom).await?));
        browser::focus_later(FORM_ID);
        Ok(())
    }));
}

fn dessiner(ecran: Ecran, etape: Etape, vu: Formulaire) -> AnyView {
    let valeurs: Vec<_> = vu.champs.iter().map(|champ| champ.value).collect();
    let renoncer = move || {
        ecran.essai.forget();
        ecran.etape.set(Etape::Liste);
        browser::focus_later(SECTION_ID);
    };
    let boutons = vec![
        send_button(vu.valider, ecran.essai.busy),
        button(ButtonKind::Tertiary, fr::ANNULER, None, ecran.essai.busy, Box::new(renoncer)),
    ];
    let mut contenu = vec![element("h3", "fr-h6", Some(FORM_ID), vec![words(vu.titre)]), vu.avant];
    contenu.extend(vu.champs.into_iter().map(|champ| champ.draw(Signal::stored(None))));
    contenu.push(element("div", "pa-actions", None, boutons));
    form("pa-encadre", contenu, Box::new(move || envoyer(ecran, &etape, &valeurs)))
}
