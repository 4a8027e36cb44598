//! How much of a file has been sent, while it is being sent.

use crate::reactive::State;
use leptos::prelude::*;

use super::logic::part;
use crate::text::tableau as texte;
use crate::ui::dynamic::{optional, when, words};

/// Bytes that have left, and bytes to send; nothing while no file is being sent.
#[derive(Clone, Copy)]
pub struct Progres(State<Option<(u64, u64)>>);

impl Progres {
    /// Nothing is being sent.
    pub fn nouveau() -> Self {
        Self(State::new(None))
    }

    /// A file of this size starts to be sent; gives what to tell the bytes that have left to.
    pub fn commencer(self, taille: f64) -> Box<dyn FnMut(f64)> {
        let total = octets(taille);
        self.0.set(Some((0, total)));
        Box::new(move |partis| {
            // The screen may have been left meanwhile.
            self.0.try_set(Some((octets(partis).min(total), total)));
        })
    }

    /// Nothing is being sent any more.
    pub fn finir(self) {
        self.0.try_set(None);
    }

    fn pour_cent(self) -> u64 {
        self.0.get().map_or(0, |(partis, total)| part(partis, total))
    }

    /// The bar and its words. The start is read out; the bar says the rest to who asks.
    pub fn vue(self) -> AnyView {
        let debut = move || if self.0.read().is_some() { texte::ENVOI.to_owned() } else { String::new() };
        let barre = move || {
            let mots = move || self.0.get().map(|(partis, total)| texte::envoye(partis, total)).unwrap_or_default();
            view! {
                <div class="import__progression">
                    <label class="fr-label" for="envoi">{texte::ENVOI_BARRE}</label>
                    <progress id="envoi" max="100" value=Signal::derive(move || self.pour_cent().to_string())></progress>
                    <p>{words(mots)}</p>
                    {optional(move || (self.pour_cent() == 100).then(|| view! { <p>{texte::ENVOI_RECU}</p> }.into_any()))}
                </div>
            }
            .into_any()
        };
        view! {
            <p role="status">{words(debut)}</p>
            {when(move || self.0.read().is_some(), barre)}
        }
        .into_any()
    }
}

/// A size as the browser gives it, in whole bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number of bytes")]
pub const fn octets(taille: f64) -> u64 {
    taille as u64
}
