//! One account: its roles and organisations, its means, its sessions, and what an administrator does to them.

use std::sync::Arc;

use domain::compte::{
    CodeAccueil, CompteDetail, CompteModification, EtatCompte, MoyenCompte, Rattachement, RattachementSaisi,
};
use domain::error::ErrorCode;
use domain::permission::Role;
use domain::session::SessionOuverte;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::LIGNES;
use crate::api::compte::Acte;
use crate::api::{ClientError, comptes as api};
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::pages::demande::nouvelle::enveloppe;
use crate::reactive::State;
use crate::routes::Route;
use crate::session::use_session;
use crate::text::{compte as own, comptes as text, fr};
use crate::ui::dynamic::{dynamic, failure};
use crate::ui::plain::{
    Field, FieldKind, button, element, form, heading, link, list, paragraph, send_button, title, waiting, words,
};
use crate::ui::{Announcer, ButtonKind, CheckboxGroup, Tone, use_announcer};

const FORM_ID: &str = "a-confirmer";
const NOM_ID: &str = "nom-du-compte";

/// Something to confirm before it is done.
#[derive(Clone)]
struct Geste {
    titre: String,
    aide: String,
    acte: Arc<dyn Fn() -> Acte + Send + Sync>,
}

/// What the sections share.
#[derive(Clone, Copy)]
struct Fiche {
    id: StoredValue<String>,
    lu: State<Option<CompteDetail>>,
    /// The name and the roles as they are typed: a refusal leaves them, whatever became of the account.
    nom: RwSignal<String>,
    roles: RwSignal<Vec<String>>,
    echec: RwSignal<Option<ClientError>>,
    essai: Attempt,
    geste: State<Option<Geste>>,
    /// The code of a welcome kit just made, shown until one leaves.
    accueil: State<Option<CodeAccueil>>,
    annonces: Announcer,
}

impl Fiche {
    fn lire(self) {
        let id = self.id.get_value();
        spawn_local(async move {
            match api::lire(&id).await {
                Ok(lu) => self.montrer(lu, true),
                Err(error) => drop(self.echec.try_set(Some(error))),
            }
        });
    }

    /// Shows an account as it was read, and what may be typed of it when `saisie`.
    fn montrer(self, lu: CompteDetail, saisie: bool) {
        if saisie {
            self.nom.try_set(lu.nom.clone());
            self.roles.try_set(lu.roles.iter().map(|role| role.as_str().to_owned()).collect());
        }
        self.lu.try_set(Some(lu));
    }

    /// Does something, says so, and shows what became of the account; after a refusal too, for it may have changed.
    fn agir(self, acte: Acte) {
        let id = self.id.get_value();
        self.essai.run(Box::pin(async move {
            let fait = acte.await;
            // Whoever gives no code goes on where they were.
            if fait.as_ref().is_err_and(|error| error.is(ErrorCode::CodeRequis)) {
                return fait;
            }
            self.montrer(api::lire(&id).await?, fait.is_ok());
            fait?;
            self.geste.set(None);
            self.annonces.show(Tone::Success, text::FAIT);
            browser::focus_later(NOM_ID);
            Ok(())
        }));
    }

    /// A button that asks to confirm before it acts.
    fn bouton(
        self,
        mots: &'static str,
        objet: Option<String>,
        aide: impl Into<String>,
        acte: impl Fn() -> Acte + Send + Sync + 'static,
    ) -> AnyView {
        let titre = objet.map_or_else(|| mots.to_owned(), |objet| text::sur(mots, &objet));
        let geste = Geste { titre: titre.clone(), aide: aide.into(), acte: Arc::new(acte) };
        let demander = move || {
            self.essai.forget();
            self.geste.set(Some(geste.clone()));
            browser::focus_later(FORM_ID);
        };
        button(ButtonKind::Tertiary, mots, Some(titre), self.essai.busy, Box::new(demander))
    }
}

/// The screen `/administration/comptes/:id`.
#[component]
pub fn ComptePage(
    /// Its identifier.
    id: String,
) -> impl IntoView {
    let fiche = Fiche {
        id: StoredValue::new(id),
        lu: State::new(None),
        nom: RwSignal::new(String::new()),
        roles: RwSignal::new(Vec::new()),
        echec: RwSignal::new(None),
        essai: Attempt::new(),
        geste: State::new(None),
        accueil: State::new(None),
        annonces: use_announcer(),
    };
    fiche.lire();
    let contenu = vec![
        element("p", "", None, vec![link("fr-link", Route::Comptes.path(), text::RETOUR, false)]),
        title(text::COMPTE),
        failure(fiche.echec.into(), None),
        dynamic(move || match fiche.lu.get() {
            None if fiche.echec.read().is_some() => ().into_any(),
            None => waiting(),
            Some(lu) => tout(fiche, &lu),
        }),
    ];
    element("div", "pa-texte", None, contenu)
}

fn tout(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let sien = use_session().current_untracked().is_some_and(|open| open.email == lu.email);
    let mut contenu = vec![
        element("h2", "fr-h5", Some(NOM_ID), vec![words(lu.nom.clone())]),
        paragraph("", lu.email.clone()),
        paragraph("", text::etat(lu.etat)),
        paragraph("", text::roles(&lu.roles)),
        fiche.essai.alert(),
        dynamic(move || fiche.geste.get().map_or_else(|| ().into_any(), |geste| confirmation(fiche, geste))),
        code_accueil(fiche),
    ];
    if sien {
        contenu.extend([paragraph("", text::LE_VOTRE), nom(fiche, lu)]);
    } else {
        contenu.extend([etat(fiche, lu), nom(fiche, lu), roles(fiche, lu), organisations(fiche, lu)]);
    }
    contenu.extend([moyens(fiche, lu, sien), sessions(fiche, lu)]);
    element("div", "", None, contenu)
}

/// What is about to be done, to confirm or to give up.
fn confirmation(fiche: Fiche, geste: Geste) -> AnyView {
    let renoncer = move || {
        fiche.geste.set(None);
        browser::focus_later(NOM_ID);
    };
    let boutons = vec![
        send_button(text::CONFIRMER, fiche.essai.busy),
        button(ButtonKind::Tertiary, fr::ANNULER, None, fiche.essai.busy, Box::new(renoncer)),
    ];
    let contenu = vec![
        element("h3", "fr-h6", Some(FORM_ID), vec![words(geste.titre)]),
        paragraph("", geste.aide),
        element("div", "pa-actions", None, boutons),
    ];
    let acte = geste.acte;
    form("pa-encadre", contenu, Box::new(move || fiche.agir(acte())))
}

/// Changes the account as it was read.
fn modifier(lu: &CompteDetail) -> impl Fn(CompteModification) -> Acte + Clone + Send + Sync + 'static {
    let (id, version) = (lu.id.clone(), lu.version);
    move |change| api::modifier(&id, version, &change)
}

fn etat(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let modifier = modifier(lu);
    let (mots, aide, etat) = if lu.etat == EtatCompte::Desactive {
        (text::REACTIVER, text::REACTIVER_AIDE.to_owned(), EtatCompte::Actif)
    } else {
        (text::DESACTIVER, text::avec_cles(text::DESACTIVER_AIDE, lu.cles_api), EtatCompte::Desactive)
    };
    let acte = move || modifier(CompteModification { etat: Some(etat), ..CompteModification::default() });
    fiche.bouton(mots, None, aide, acte)
}

fn nom(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let champ = Field { kind: FieldKind::Long, id: "nom", label: text::NOM, hint: "", value: fiche.nom };
    let modifier = modifier(lu);
    let enregistrer = move || {
        let nom = Some(fiche.nom.get_untracked());
        fiche.agir(modifier(CompteModification { nom, ..CompteModification::default() }));
    };
    let champs = vec![champ.draw(fiche.essai.at("/nom")), send_button(text::ENREGISTRER_NOM, fiche.essai.busy)];
    form("", champs, Box::new(enregistrer))
}

fn roles(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let tenus = fiche.roles;
    let options: Vec<(String, String)> =
        Role::COMPTES.into_iter().map(|role| (role.as_str().to_owned(), fr::role(role).to_owned())).collect();
    let modifier = modifier(lu);
    let enregistrer = move || {
        let roles = tenus.get_untracked().iter().filter_map(|code| Role::parse(code)).collect();
        fiche.agir(modifier(CompteModification { roles: Some(roles), ..CompteModification::default() }));
    };
    let groupe = view! {
        <CheckboxGroup
            id="roles"
            legend=text::ROLES
            hint=text::ROLES_AIDE
            options
            value=tenus
            required=true
            error=fiche.essai.at("/roles")
        />
    };
    form("", vec![groupe.into_any(), send_button(text::ENREGISTRER, fiche.essai.busy)], Box::new(enregistrer))
}

fn organisations(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let tenues: Vec<RattachementSaisi> =
        lu.rattachements.iter().map(|un| RattachementSaisi { id: un.id.clone(), role: un.role }).collect();
    let modifier = modifier(lu);
    let devenir = move |tenues: Vec<RattachementSaisi>| {
        modifier(CompteModification { rattachements: Some(tenues), ..CompteModification::default() })
    };
    let ligne = |(rang, un): (usize, &Rattachement)| {
        let (nom, devenir, mut reste) = (text::rattachement(un), devenir.clone(), tenues.clone());
        reste.remove(rang);
        let retirer = move || devenir(reste.clone());
        let bouton = fiche.bouton(text::RETIRER, Some(nom.clone()), text::ROLES_AIDE, retirer);
        element("div", "", None, vec![paragraph("", nom), bouton])
    };
    let lignes: Vec<AnyView> = lu.rattachements.iter().enumerate().map(ligne).collect();
    let mut contenu = vec![heading("h2", "fr-h5", text::ORGANISATIONS)];
    contenu.push(if lignes.is_empty() { paragraph("", text::SANS_ORGANISATION) } else { list(LIGNES, lignes) });
    if lu.roles.contains(&Role::Recipiendaire) {
        let choisie = RwSignal::new(String::new());
        let ajouter = move || {
            let ajout = RattachementSaisi { id: choisie.get_untracked(), role: Role::Recipiendaire };
            fiche.agir(devenir(tenues.iter().cloned().chain([ajout]).collect()));
        };
        let champs = vec![enveloppe(choisie, text::ENVELOPPE, None), send_button(text::AJOUTER, fiche.essai.busy)];
        contenu.push(form("", champs, Box::new(ajouter)));
    }
    element("section", "", None, contenu)
}

fn moyens(fiche: Fiche, lu: &CompteDetail, sien: bool) -> AnyView {
    let mut contenu = vec![heading("h2", "fr-h5", text::MOYENS)];
    let ligne = |moyen: &MoyenCompte| {
        let (nom, id, moyen_id) = (text::moyen(moyen), lu.id.clone(), moyen.id.clone());
        let mut contenu = vec![paragraph("", nom.clone())];
        if !sien {
            let revoquer = move || api::revoquer(&id, &moyen_id);
            contenu.push(fiche.bouton(
                text::REVOQUER,
                Some(nom),
                text::avec_cles(text::REVOQUER_AIDE, lu.cles_api),
                revoquer,
            ));
        }
        element("div", "", None, contenu)
    };
    if !lu.moyens.is_empty() {
        contenu.push(list(LIGNES, lu.moyens.iter().map(ligne).collect()));
    } else {
        contenu.push(paragraph("", text::SANS_MOYEN));
        if lu.etat != EtatCompte::Desactive {
            let id = lu.id.clone();
            let envoyer = move || api::premier_acces(&id);
            contenu.push(fiche.bouton(text::PREMIER_ACCES, None, text::PREMIER_ACCES_AIDE, envoyer));
            contenu.extend(accueil(fiche, lu));
        }
    }
    element("section", "", None, contenu)
}

/// The code of a welcome kit just made, where the act was confirmed.
fn code_accueil(fiche: Fiche) -> AnyView {
    dynamic(move || {
        let Some(cree) = fiche.accueil.get() else { return ().into_any() };
        let code = element("p", "fr-h3", Some("code-accueil"), vec![words(cree.code.clone())]);
        let contenu = vec![paragraph("", text::CODE_ACCUEIL_CREE), code, paragraph("", text::code_accueil(&cree))];
        element("div", "pa-encadre", None, contenu)
    })
}

/// The welcome kit of a référent: until when its code is good, and the button that makes one.
fn accueil(fiche: Fiche, lu: &CompteDetail) -> Vec<AnyView> {
    if !lu.roles.iter().any(|role| matches!(role, Role::Referent | Role::CoReferent)) {
        return Vec::new();
    }
    let id = lu.id.clone();
    let creer = move || -> Acte {
        let id = id.clone();
        Box::pin(async move {
            fiche.accueil.try_set(Some(api::code_accueil(&id).await?));
            Ok(())
        })
    };
    let mut contenu = Vec::new();
    contenu.extend(lu.code_accueil_expire_le.as_deref().map(|jusque| paragraph("", text::code_en_cours(jusque))));
    contenu.push(fiche.bouton(text::CODE_ACCUEIL, None, text::CODE_ACCUEIL_AIDE, creer));
    contenu
}

fn sessions(fiche: Fiche, lu: &CompteDetail) -> AnyView {
    let ligne = |session: &SessionOuverte| {
        let (id, session_id) = (lu.id.clone(), session.id.clone());
        let nom = Some(text::sur(text::FERMER, &own::session(session)));
        let fermer = Box::new(move || fiche.agir(api::fermer(&id, Some(&session_id))));
        let contenu = vec![
            paragraph("", own::session(session)),
            paragraph("fr-hint-text", own::session_dates(session)),
            button(ButtonKind::Tertiary, text::FERMER, nom, fiche.essai.busy, fermer),
        ];
        element("div", "", None, contenu)
    };
    let mut contenu = vec![heading("h2", "fr-h5", text::SESSIONS)];
    if lu.sessions.is_empty() {
        contenu.push(paragraph("", text::SANS_SESSION));
    } else {
        let id = lu.id.clone();
        contenu.push(list(LIGNES, lu.sessions.iter().map(ligne).collect()));
        contenu.push(fiche.bouton(text::FERMER_TOUT, None, text::FERMER_TOUT_AIDE, move || api::fermer(&id, None)));
    }
    element("section", "", None, contenu)
}
