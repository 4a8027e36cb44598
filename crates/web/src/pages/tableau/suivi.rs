//! The changes of others, shown as they come: the table follows the feed of the server while it is in sight.

use std::time::Duration;

use domain::demande::lot::{Changements, PresenceDemande};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Tableau;
use crate::pages::demande::changements;

/// Changes that come close together are shown together.
const ENSEMBLE: Duration = Duration::from_millis(250);

/// The feed being followed.
#[derive(Clone, Copy)]
struct Suivi {
    tableau: Tableau,
    source: StoredValue<Option<web_sys::EventSource>, LocalStorage>,
    /// Last entry received: from there one goes on.
    dernier: StoredValue<Option<String>>,
    /// Whether the table is about to be read again.
    prevu: StoredValue<bool>,
}

/// Follows the feed until the table leaves the page. A tab that is not in sight follows nothing, and catches up when it is.
pub fn suivre(tableau: Tableau) {
    let suivi = Suivi {
        tableau,
        source: StoredValue::new_local(None),
        dernier: StoredValue::new(None),
        prevu: StoredValue::new(false),
    };
    suivi.ouvrir();
    let visible = window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| {
        if document().hidden() { suivi.fermer() } else { suivi.ouvrir() }
    });
    on_cleanup(move || {
        visible.remove();
        suivi.fermer();
    });
}

impl Suivi {
    fn ouvrir(self) {
        self.fermer();
        let depuis = self.dernier.get_value().map_or_else(String::new, |dernier| format!("?depuis={dernier}"));
        let Ok(source) = web_sys::EventSource::new(&format!("/api/v1/demandes/flux{depuis}")) else { return };
        let recevoir = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            // What comes after the table has left the page is for nobody.
            if self.prevu.try_get_value().is_none() {
                return;
            }
            self.dernier.set_value(Some(event.last_event_id()));
            let lus: Option<Changements> = event.data().as_string().and_then(|texte| serde_json::from_str(&texte).ok());
            let Some(lus) = lus else { return };
            self.recevoir(&lus);
            if let Some(presences) = &lus.presences {
                self.accompagner(presences);
            }
        });
        source.set_onmessage(Some(recevoir.as_ref().unchecked_ref()));
        // It lives as long as the feed may call it.
        recevoir.forget();
        self.source.set_value(Some(source));
    }

    fn fermer(self) {
        self.source.try_update_value(|source| source.take().map(|source| source.close()));
    }

    /// Shows who else has which demande open, when it is told.
    fn accompagner(self, presences: &[PresenceDemande]) {
        let beside = presences.iter().map(|une| (une.id.clone(), une.noms.join(", ")));
        self.tableau.lignes.tell_beside(beside.collect());
    }

    /// Reads the table again, unless it shows these changes already: they are one's own.
    fn recevoir(self, changements: &Changements) {
        let connue = |id: &str, version: i64| self.tableau.lignes.version_of(id).is_some_and(|known| known >= version);
        let nouveau = changements.demandes.iter().any(|un| !connue(&un.id, un.version));
        if !(changements.tout || nouveau) || self.prevu.get_value() {
            return;
        }
        self.prevu.set_value(true);
        set_timeout(
            move || {
                if self.prevu.try_set_value(false).is_none() {
                    changements::annoncer();
                }
            },
            ENSEMBLE,
        );
    }
}
