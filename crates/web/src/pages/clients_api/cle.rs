//! What is asked of a key to make: its kind and how long it lasts.

use domain::client_api::{GenreCle, NouvelleCle};
use leptos::prelude::*;

use crate::text::clients_api as text;
use crate::ui::{RadioGroup, TextField};

/// How long a key lasts unless another duration is typed, in days.
const JOURS: &str = "90";

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Champs {
    genre: RwSignal<String>,
    jours: RwSignal<String>,
}

impl Champs {
    /// What is proposed at first.
    pub fn nouveau() -> Self {
        let champs = Self { genre: RwSignal::new(String::new()), jours: RwSignal::new(String::new()) };
        champs.vider();
        champs
    }

    /// Proposes it again.
    pub fn vider(self) {
        self.genre.set(GenreCle::Jeton.as_str().to_owned());
        self.jours.set(JOURS.to_owned());
    }

    /// What is asked for (tracked); what is not a number is no duration, which the rules refuse.
    pub fn saisie(self) -> NouvelleCle {
        NouvelleCle {
            genre: GenreCle::parse(&self.genre.read()).unwrap_or(GenreCle::Jeton),
            jours: self.jours.read().trim().parse().unwrap_or_default(),
        }
    }

    /// The fields.
    pub fn dessiner(self, genre: &'static str, jours: &'static str, error: Signal<Option<String>>) -> Vec<AnyView> {
        let option = |genre: GenreCle| (genre.as_str().to_owned(), text::genre_choix(genre));
        let options: Vec<_> = [GenreCle::Jeton, GenreCle::Secret].into_iter().map(option).collect();
        let (choix, duree) = (self.genre, self.jours);
        let choix = view! { <RadioGroup id=genre legend=text::GENRE options value=choix required=true /> };
        let duree = view! {
            <TextField
                id=jours label=text::JOURS hint=text::JOURS_AIDE value=duree inputmode="numeric" maxlength=3
                required=true error
            />
        };
        vec![choix.into_any(), duree.into_any()]
    }
}
