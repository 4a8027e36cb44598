//! Writing to the people of the range, or of all the rows of the table: shown first, then sent; what has left is not undone.

use domain::message::{MARQUES, MessageSaisie};
use leptos::prelude::*;

use super::Tableau;
use super::masse::portee::{self, Lue};
use crate::api::messages::{self as api, Traite};
use crate::browser;
use crate::grid::Edits;
use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::text::masse as texte;
use crate::ui::dynamic::optional;
use crate::ui::plain::{button, dialog_button, element, form, heading, list, paragraph, send_button, words};
use crate::ui::{Announcer, ButtonKind, TextArea, TextField, Tone, use_announcer};

/// What is written, and to whom.
#[derive(Clone, Copy)]
struct Message {
    tableau: Tableau,
    saisies: Edits,
    ouvert: RwSignal<bool>,
    objet: RwSignal<String>,
    texte: RwSignal<String>,
    /// Whether it is for the whole table, as the dialog said when it opened: what is left of a selection never becomes everything.
    toutes: StoredValue<bool>,
    /// What would leave, and the demandes it is for.
    montre: State<Option<(Traite, Vec<Lue>)>>,
    essai: Attempt,
    annonces: Announcer,
}

impl Message {
    /// What is typed, for no demande yet.
    fn saisie(self, essai: bool) -> MessageSaisie {
        let (objet, texte) = (self.objet.get_untracked(), self.texte.get_untracked());
        MessageSaisie { demandes: Vec::new(), objet, texte, essai }
    }

    /// Shows what the first person would read, and how many would get it.
    fn montrer(self) {
        self.montre.set(None);
        let mut saisie = self.saisie(true);
        self.essai.run(Box::pin(async move {
            let lues = portee::lire(self.tableau, self.saisies, self.toutes.get_value()).await?;
            saisie.demandes = lues.iter().map(|lue| lue.id.clone()).collect();
            let traite = api::ecrire(&saisie, None).await?;
            self.montre.try_set(Some((traite, lues)));
            browser::focus_later(APERCU_ID);
            Ok(())
        }));
    }

    fn envoyer(self, lues: &[Lue]) {
        let mut saisie = self.saisie(false);
        saisie.demandes = lues.iter().map(|lue| lue.id.clone()).collect();
        let cle = browser::random_uuid();
        self.essai.run(Box::pin(async move {
            let traite = api::ecrire(&saisie, cle.as_deref()).await?;
            self.annonces.show(Tone::Success, texte::envoyes(traite.destinataires));
            self.montre.set(None);
            self.objet.set(String::new());
            self.texte.set(String::new());
            self.ouvert.set(false);
            crate::grid::focus_later(super::GRILLE_ID);
            Ok(())
        }));
    }
}

/// Title of what would leave.
const APERCU_ID: &str = "message-apercu";

/// The button and its dialog.
pub fn ecrire(tableau: Tableau, saisies: Edits) -> AnyView {
    let message = Message {
        tableau,
        saisies,
        ouvert: RwSignal::new(false),
        objet: RwSignal::new(String::new()),
        texte: RwSignal::new(String::new()),
        toutes: StoredValue::new(true),
        montre: State::new(None),
        essai: Attempt::new(),
        annonces: use_announcer(),
    };
    let preparer = Box::new(move || {
        message.toutes.set_value(portee::choisies(tableau, saisies).is_none());
        message.montre.set(None);
    });
    let nom = ("message", texte::ECRIRE_TITRE);
    dialog_button(words(texte::ECRIRE), nom, message.ouvert, preparer, Box::new(move || contenu(message)))
}

fn contenu(message: Message) -> AnyView {
    let total = message.tableau.lignes.counted().get_untracked().unwrap_or_default();
    let choisies = portee::choisies(message.tableau, message.saisies);
    let a_qui = choisies.map_or_else(|| texte::les_resultats(total), texte::la_selection);
    let (objet, corps) = (message.objet, message.texte);
    let (faute_objet, faute_texte) = (message.essai.at("/objet"), message.essai.at("/texte"));
    let champs = view! {
        <TextField id="message-objet" label=texte::OBJET value=objet maxlength=120 required=true error=faute_objet />
        <TextArea
            id="message-texte" label=texte::TEXTE hint=texte::marques(&MARQUES) value=corps maxlength=5_000 required=true
            error=faute_texte
        />
    };
    let contenu = vec![
        paragraph("", texte::a_qui(&a_qui)),
        paragraph("fr-hint-text", texte::SANS_RETOUR),
        message.essai.alert(),
        form(
            "",
            vec![champs.into_any(), send_button(texte::MONTRER, message.essai.busy)],
            Box::new(move || message.montrer()),
        ),
        optional(move || message.montre.get().map(|(traite, lues)| apercu(message, &traite, lues))),
    ];
    element("div", "", None, contenu)
}

/// What would leave, and the button that sends it.
fn apercu(message: Message, traite: &Traite, lues: Vec<Lue>) -> AnyView {
    let titre =
        element("h3", "fr-h6", Some(APERCU_ID), vec![words(texte::destinataires(traite.destinataires, traite.reste))]);
    let mut contenu = vec![titre];
    if let Some(premier) = &traite.apercu {
        contenu.push(heading("h4", "fr-text--md", texte::premier(&premier.a)));
        contenu.push(paragraph("", premier.objet.clone()));
        contenu.push(paragraph("pa-lignes", premier.texte.clone()));
    }
    let nom = |id: &String| lues.iter().find(|lue| lue.id == *id).map_or("", |lue| lue.nom.as_str());
    let refus = traite.refuses.iter().take(20).map(|(id, raison)| words(texte::refus(nom(id), raison)));
    contenu.push(list("", refus.collect()));
    if traite.destinataires > 0 {
        let envoyer = Box::new(move || message.envoyer(&lues));
        contenu.push(button(ButtonKind::Primary, texte::ENVOYER, None, message.essai.busy, envoyer));
    }
    element("section", "pa-encadre", None, contenu)
}
