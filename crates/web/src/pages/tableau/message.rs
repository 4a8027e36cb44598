//! Writing to the people of the range, or of all the rows of the table: shown first, then sent; what has left is not undone.

use domain::message::{MARQUES, MessageSaisie};
use leptos::prelude::*;

use super::masse::{lire_toutes, selection};
use super::{Tableau, saisie};
use crate::api::ClientError;
use crate::api::messages::{self as api, Traite};
use crate::browser;
use crate::grid::Edits;
use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::text::masse as texte;
use crate::ui::dynamic::optional;
use crate::ui::plain::{button, element, form, heading, list, paragraph, send_button, words};
use crate::ui::{Announcer, Button, ButtonKind, Dialog, TextArea, TextField, Tone, use_announcer};

/// What is written, and to whom.
#[derive(Clone, Copy)]
struct Message {
    tableau: Tableau,
    saisies: Edits,
    ouvert: RwSignal<bool>,
    objet: RwSignal<String>,
    texte: RwSignal<String>,
    /// What would leave, and the demandes it is for.
    montre: State<Option<(Traite, Vec<String>)>>,
    essai: Attempt,
    annonces: Announcer,
}

impl Message {
    /// Those of the range when it has several rows, else those of the whole table.
    async fn demandes(self) -> Result<Vec<String>, ClientError> {
        let choisies = selection(self.tableau, self.saisies).filter(|lues| lues.len() > 1);
        let lues = match choisies {
            Some(lues) => lues,
            None => lire_toutes(self.tableau).await?,
        };
        Ok(lues.into_iter().map(|(id, _)| id).collect())
    }

    fn saisie(self, demandes: Vec<String>, essai: bool) -> MessageSaisie {
        MessageSaisie { demandes, objet: self.objet.get_untracked(), texte: self.texte.get_untracked(), essai }
    }

    /// Shows what the first person would read, and how many would get it.
    fn montrer(self) {
        self.montre.set(None);
        self.essai.run(Box::pin(async move {
            let demandes = self.demandes().await?;
            let traite = api::ecrire(&self.saisie(demandes.clone(), true), None).await?;
            self.montre.try_set(Some((traite, demandes)));
            browser::focus_later(APERCU_ID);
            Ok(())
        }));
    }

    fn envoyer(self, demandes: Vec<String>) {
        let cle = browser::random_uuid();
        self.essai.run(Box::pin(async move {
            let traite = api::ecrire(&self.saisie(demandes, false), cle.as_deref()).await?;
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
        montre: State::new(None),
        essai: Attempt::new(),
        annonces: use_announcer(),
    };
    let ouvrir = Callback::new(move |_| {
        message.montre.set(None);
        message.ouvert.set(true);
    });
    view! {
        <Button kind=ButtonKind::Tertiary small=true on_click=ouvrir>
            {texte::ECRIRE}
        </Button>
        <Dialog id="message" title=texte::ECRIRE_TITRE open=message.ouvert>
            {contenu(message)}
        </Dialog>
    }
    .into_any()
}

fn contenu(message: Message) -> AnyView {
    let rangees = message.saisies.range.with_untracked(|range| range.map(|range| range.rows()));
    let choisies = rangees.map_or(1, |(haut, bas)| bas - haut + 1);
    let total = message.tableau.lignes.counted().get_untracked().unwrap_or_default();
    let a_qui = if choisies > 1 { texte::la_selection(choisies) } else { texte::les_resultats(total) };
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
        optional(move || message.montre.get().map(|(traite, demandes)| apercu(message, &traite, demandes))),
    ];
    element("div", "", None, contenu)
}

/// What would leave, and the button that sends it.
fn apercu(message: Message, traite: &Traite, demandes: Vec<String>) -> AnyView {
    let titre =
        element("h3", "fr-h6", Some(APERCU_ID), vec![words(texte::destinataires(traite.destinataires, traite.reste))]);
    let mut contenu = vec![titre];
    if let Some(premier) = &traite.apercu {
        contenu.push(heading("h4", "fr-text--md", texte::premier(&premier.a)));
        contenu.push(paragraph("", premier.objet.clone()));
        contenu.push(paragraph("pa-lignes", premier.texte.clone()));
    }
    let refus = traite
        .refuses
        .iter()
        .take(20)
        .map(|(id, raison)| words(texte::refus(&saisie::nom_de_ligne(message.tableau, id), raison)));
    contenu.push(list("", refus.collect()));
    if traite.destinataires > 0 {
        let envoyer = Box::new(move || message.envoyer(demandes.clone()));
        contenu.push(button(ButtonKind::Primary, texte::ENVOYER, None, message.essai.busy, envoyer));
    }
    element("section", "pa-encadre", None, contenu)
}
