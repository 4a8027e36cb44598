//! What is said of a demande: read, written, taken back, with whom it is for.

use domain::commentaire::{Commentaire, CommentaireSaisie, Interlocuteur, TEXTE_MAX};
use domain::permission::Operation;
use leptos::prelude::*;

use crate::api::avis as api;
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::session::use_session;
use crate::text::avis as text;
use crate::text::fr::role;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::plain::{button, element, form, list, paragraph, send_button, words};
use crate::ui::{Announcer, ButtonKind, Select, TextArea, Tone, use_announcer};

/// Title of the section, which takes the focus when what it holds has changed.
const SECTION_ID: &str = "commentaires";

/// What the parts share.
#[derive(Clone, Copy)]
struct Fil {
    demande: StoredValue<String>,
    lus: State<Vec<Commentaire>>,
    /// Whom one may tell.
    proposes: State<Vec<Interlocuteur>>,
    texte: RwSignal<String>,
    /// Whom this comment tells.
    prevenus: State<Vec<Interlocuteur>>,
    choisi: RwSignal<String>,
    /// The first reading, during which one may write and send already.
    lecture: Attempt,
    /// Whether what is shown was read since: the first reading, if it comes later, is out of date.
    relus: StoredValue<bool>,
    essai: Attempt,
    annonces: Announcer,
}

impl Fil {
    fn lire(self) {
        let demande = self.demande.get_value();
        self.lecture.run(Box::pin(async move {
            let lus = api::lire_commentaires(&demande).await?;
            if self.relus.try_get_value() == Some(false) {
                self.lus.try_set(lus);
            }
            self.proposes.try_set(api::interlocuteurs(&demande).await?);
            Ok(())
        }));
    }

    /// Where what is being written is kept until it is sent.
    fn brouillon(self) -> String {
        format!("parcours.commentaire.{}", self.demande.get_value())
    }

    fn envoyer(self) {
        let demande = self.demande.get_value();
        let mentions = self.prevenus.get_untracked().into_iter().map(|un| un.id).collect();
        let saisie = CommentaireSaisie { texte: self.texte.get_untracked(), mentions };
        let brouillon = self.brouillon();
        self.lecture.forget();
        self.essai.run(Box::pin(async move {
            api::commenter(&demande, &saisie).await?;
            // First of all, and read before: the screen may be gone by now.
            browser::forget(&brouillon);
            self.texte.try_set(String::new());
            self.prevenus.try_set(Vec::new());
            self.montrer(&demande, text::ENVOYE).await
        }));
    }

    fn retirer(self, id: String) {
        let demande = self.demande.get_value();
        self.essai.run(Box::pin(async move {
            api::retirer(&demande, &id).await?;
            self.montrer(&demande, text::RETIRE_FAIT).await
        }));
    }

    async fn montrer(self, demande: &str, dit: &'static str) -> Result<(), crate::api::ClientError> {
        self.annonces.show(Tone::Success, dit);
        let lus = api::lire_commentaires(demande).await?;
        self.relus.try_set_value(true);
        self.lus.try_set(lus);
        browser::focus_later(SECTION_ID);
        Ok(())
    }

    /// Adds the chosen person to those who are told.
    fn prevenir(self) {
        let choisi = self.choisi.get_untracked();
        let trouve = self.proposes.with_untracked(|tous| tous.iter().find(|un| un.id == choisi).cloned());
        if let Some(un) = trouve {
            self.prevenus.update(|prevenus| {
                prevenus.retain(|autre| autre.id != un.id);
                prevenus.push(un);
            });
            self.choisi.set(String::new());
        }
    }
}

/// The section of a demande.
pub fn commentaires(demande: String) -> AnyView {
    let fil = Fil {
        demande: StoredValue::new(demande),
        lus: State::new(Vec::new()),
        proposes: State::new(Vec::new()),
        texte: RwSignal::new(String::new()),
        prevenus: State::new(Vec::new()),
        choisi: RwSignal::new(String::new()),
        lecture: Attempt::new(),
        relus: StoredValue::new(false),
        essai: Attempt::new(),
        annonces: use_announcer(),
    };
    let session = use_session();
    if untrack(|| !session.may(Operation::Commenter)) {
        return ().into_any();
    }
    fil.texte.set(browser::stored(&fil.brouillon()).unwrap_or_default());
    crate::reactive::effect(move || garder(fil, &fil.texte.get()));
    fil.lire();
    let titre = element("h3", "fr-h6", Some(SECTION_ID), vec![words(text::COMMENTAIRES)]);
    let lus = dynamic(move || liste(fil, &fil.lus.get()));
    element("section", "demande__section", None, vec![titre, fil.lecture.alert(), fil.essai.alert(), lus, ecrire(fil)])
}

/// Nothing typed is lost when one leaves the demande or the page.
fn garder(fil: Fil, texte: &str) {
    if texte.is_empty() {
        browser::forget(&fil.brouillon());
    } else {
        browser::store(&fil.brouillon(), texte);
    }
}

fn liste(fil: Fil, lus: &[Commentaire]) -> AnyView {
    if lus.is_empty() {
        return paragraph("fr-hint-text", text::AUCUN_COMMENTAIRE);
    }
    list("pa-liste-nue pa-entrees", lus.iter().map(|commentaire| un(fil, commentaire)).collect())
}

fn un(fil: Fil, commentaire: &Commentaire) -> AnyView {
    let dit = if commentaire.retire { text::RETIRE } else { &commentaire.texte };
    let mut contenu = vec![paragraph("fr-hint-text", text::auteur(commentaire)), paragraph("pa-lignes", dit)];
    if commentaire.mien && !commentaire.retire {
        let (id, nom) = (commentaire.id.clone(), text::retirer(commentaire));
        let retirer = Box::new(move || fil.retirer(id.clone()));
        contenu.push(button(ButtonKind::Tertiary, text::RETIRER, Some(nom), fil.essai.busy, retirer));
    }
    element("div", "", None, contenu)
}

/// The form of a new comment.
fn ecrire(fil: Fil) -> AnyView {
    let (value, error) = (fil.texte, fil.essai.at("/texte"));
    let maxlength = u32::try_from(TEXTE_MAX).unwrap_or(u32::MAX);
    let texte = view! {
        <TextArea id="commentaire" label=text::ECRIRE hint=text::ECRIRE_AIDE value maxlength required=true error />
    };
    let contenu = vec![
        texte.into_any(),
        when(move || !fil.proposes.with(Vec::is_empty), move || prevenir(fil)),
        dynamic(move || prevenus(fil, &fil.prevenus.get())),
        send_button(text::ENVOYER, fil.essai.busy),
    ];
    form("", contenu, Box::new(move || fil.envoyer()))
}

/// Chooses whom to tell.
fn prevenir(fil: Fil) -> AnyView {
    let un = |un: &Interlocuteur| (un.id.clone(), format!("{} ({})", un.nom, role(un.role)));
    let options: Vec<(String, String)> = fil.proposes.with(|tous| tous.iter().map(un).collect());
    let value = fil.choisi;
    let choix = view! { <Select id="prevenir" label=text::PREVENIR value options placeholder=Some(text::PERSONNE) /> };
    let ajouter = Box::new(move || fil.prevenir());
    let nom = format!("{} : {}", text::AJOUTER, text::PREVENIR);
    let bouton = button(ButtonKind::Tertiary, text::AJOUTER, Some(nom), fil.essai.busy, ajouter);
    element("div", "", None, vec![choix.into_any(), bouton])
}

/// Those who will be told.
fn prevenus(fil: Fil, prevenus: &[Interlocuteur]) -> AnyView {
    let un = |un: &Interlocuteur| {
        let (id, nom) = (un.id.clone(), text::ne_pas_prevenir(&un.nom));
        let retirer = Box::new(move || fil.prevenus.update(|prevenus| prevenus.retain(|autre| autre.id != id)));
        let bouton = button(ButtonKind::Tertiary, text::NE_PAS_PREVENIR, Some(nom), fil.essai.busy, retirer);
        element("span", "", None, vec![words(format!("{} ", un.nom)), bouton])
    };
    list("pa-liste-nue", prevenus.iter().map(un).collect())
}
