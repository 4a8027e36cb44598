//! The form of what is set of an envelope: one field for each column of the national list, read and written as the list is.

use domain::enveloppe::tableau::{cellule, lire_euros, poser};
use domain::enveloppe::{EnveloppeNouvelle, EnveloppeReglages, EtatEnveloppe, MONTANT};
use domain::error::FieldError;
use leptos::prelude::*;

use crate::pages::connexion::Attempt;
use crate::reactive::State;
use crate::text::enveloppes as text;
use crate::ui::RadioGroup;
use crate::ui::plain::{Field, FieldKind, element, form, send_button};

/// Columns of a new envelope that are set once.
const FIXES: [&str; 3] = ["departement", "annee", "montant_euros"];
/// Columns that are set at any time, the state left out: it is a choice.
const REGLEES: [&str; 10] = [
    "libelle",
    "recipiendaire",
    "siret",
    "convention",
    "debut",
    "fin",
    "cible",
    "acces",
    "prix_aidants_numeriques_euros",
    "prix_aidants_connect_euros",
];

/// What is typed, by column.
#[derive(Clone, Copy)]
pub struct Formulaire {
    valeurs: StoredValue<Vec<(&'static str, RwSignal<String>)>>,
    etat: RwSignal<String>,
    /// What is not on the form: the prices of the organismes.
    autour: StoredValue<EnveloppeReglages>,
    /// What the browser refuses by itself: amounts that are none.
    refus: State<Vec<FieldError>>,
    /// The sending.
    pub essai: Attempt,
}

impl Formulaire {
    /// The form of these settings; `nouvelle`: with what is set once.
    pub fn new(reglages: EnveloppeReglages, nouvelle: bool) -> Self {
        let fixes = if nouvelle { FIXES.as_slice() } else { &[] };
        let colonnes = fixes.iter().chain(&REGLEES).copied();
        let valeurs = colonnes.map(|colonne| (colonne, RwSignal::new(cellule(&reglages, colonne)))).collect();
        Self {
            valeurs: StoredValue::new(valeurs),
            etat: RwSignal::new(reglages.etat.as_str().to_owned()),
            autour: StoredValue::new(reglages),
            refus: State::new(Vec::new()),
            essai: Attempt::new(),
        }
    }

    fn valeur(self, colonne: &str) -> String {
        self.valeurs.with_value(|valeurs| {
            valeurs
                .iter()
                .find(|(nom, _)| *nom == colonne)
                .map(|(_, valeur)| valeur.get_untracked())
                .unwrap_or_default()
        })
    }

    /// The settings that are typed; none when a cell cannot be read, which is told.
    pub fn lire(self) -> Option<EnveloppeReglages> {
        let mut reglages = self.autour.get_value();
        reglages.etat = EtatEnveloppe::parse(&self.etat.get_untracked()).unwrap_or(EtatEnveloppe::Brouillon);
        let pose = |colonne: &&str| poser(&mut reglages, colonne, self.valeur(colonne).trim()).err();
        let mut refus: Vec<FieldError> = REGLEES.iter().filter_map(pose).collect();
        let montant = self.valeur("montant_euros");
        if !montant.trim().is_empty() && lire_euros(&montant).is_none() {
            refus.push(FieldError::new("/montant_euros", "illisible", text::MONTANT_ILLISIBLE));
        }
        let lu = refus.is_empty();
        self.refus.set(refus);
        lu.then_some(reglages)
    }

    /// The envelope to make; none when a cell cannot be read.
    pub fn nouvelle(self) -> Option<EnveloppeNouvelle> {
        let reglages = self.lire()?;
        let montant = lire_euros(&self.valeur("montant_euros")).unwrap_or(MONTANT);
        let annee = self.valeur("annee").trim().parse().unwrap_or_default();
        let departement = self.valeur("departement").trim().to_ascii_uppercase();
        Some(EnveloppeNouvelle { departement, annee, montant, reglages })
    }

    /// What was refused of a column: by the browser, else by the server, which names the field as the API does.
    fn refuse(self, colonne: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let champ = format!("/{}", colonne.trim_end_matches("_euros"));
            let sien = |refus: &&FieldError| {
                let nom = refus.champ.trim_start_matches("/reglages").trim_end_matches("_euros");
                nom == champ
            };
            let local = self.refus.read();
            let serveur = self.essai.refused();
            local.iter().find(sien).or_else(|| serveur.iter().find(sien)).map(|refus| refus.message.clone())
        })
    }

    /// The form on the page.
    pub fn dessiner(self, bouton: &'static str, envoyer: Box<dyn FnMut()>) -> AnyView {
        let mut contenu = Vec::new();
        for (id, value) in self.valeurs.get_value() {
            let colonne = id;
            let (label, hint) = text::reglage(colonne);
            let kind = match colonne {
                "debut" | "fin" => FieldKind::Day,
                "libelle" | "recipiendaire" => FieldKind::Long,
                "siret" | "convention" | "montant_euros" => FieldKind::Optional,
                _ => FieldKind::Text,
            };
            contenu.push(Field { id, label, hint, kind, value }.draw(self.refuse(colonne)));
        }
        let etats = EtatEnveloppe::ALL.iter().map(|un| (un.as_str().to_owned(), text::etat(*un).to_owned())).collect();
        let etat = view! { <RadioGroup id="etat" legend=text::ETAT options=etats value=self.etat required=true /> };
        contenu.push(etat.into_any());
        contenu.push(send_button(bouton, self.essai.busy));
        element("div", "", None, vec![form("", contenu, envoyer), self.essai.alert()])
    }
}
