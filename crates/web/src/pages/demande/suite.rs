//! A list read page by page.

use std::pin::Pin;
use std::sync::Arc;

use domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ClientError;
use crate::reactive::State;
use crate::ui::ButtonKind;
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::pagination::more;
use crate::ui::plain::{element, paragraph, several, waiting};

/// A list, what is read of it, and how its pages are asked for.
pub struct Suite<T: 'static> {
    lus: State<Vec<T>>,
    suite: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    /// How many times it was read from its beginning: a page asked for before comes too late.
    tour: StoredValue<u32>,
    /// Reads the page of a cursor.
    page: StoredValue<Lecture<T>>,
}

/// A page on its way.
pub type Attendue<T> = Pin<Box<dyn Future<Output = Result<Page<T>, ClientError>>>>;

/// How the page of a cursor is asked for.
type Lecture<T> = Arc<dyn Fn(Option<String>) -> Attendue<T> + Send + Sync>;

impl<T> Clone for Suite<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Suite<T> {}

impl<T: Clone + Send + Sync + 'static> Suite<T> {
    /// A list of which nothing is read yet.
    pub fn nouvelle(page: impl Fn(Option<String>) -> Attendue<T> + Send + Sync + 'static) -> Self {
        let (suite, occupe, echec) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(None));
        let page: Lecture<T> = Arc::new(page);
        let (tour, page) = (StoredValue::new(0), StoredValue::new(page));
        Self { lus: State::new(Vec::new()), suite, occupe, echec, tour, page }
    }

    /// Reads the list from its beginning, or its next page.
    pub fn lire(self, debut: bool) {
        let Some(page) = self.page.try_get_value() else {
            // Its screen was left.
            return;
        };
        if debut {
            self.lus.set(Vec::new());
            self.suite.set(None);
            self.tour.update_value(|tour| *tour += 1);
        }
        let (tour, attendue) = (self.tour.get_value(), page(self.suite.get_untracked()));
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = attendue.await;
            // Gone, or read anew meanwhile.
            if self.tour.try_get_value() != Some(tour) {
                return;
            }
            match page {
                Ok(Page { items, next, .. }) => {
                    self.lus.update(|lus| lus.extend(items));
                    self.suite.set(next);
                }
                Err(error) => self.echec.set(Some(error)),
            }
            self.occupe.set(false);
        });
    }

    /// The lines, in a list of this identifier, and what leads to more of them; `aucune` is said when there is none.
    pub fn vue(
        self,
        id: &'static str,
        ligne: fn(Self, &T) -> AnyView,
        aucune: &'static str,
        plus: &'static str,
    ) -> AnyView {
        let lignes = move || {
            let lus = self.lus.get();
            if lus.is_empty() {
                return if self.occupe.get() || self.echec.read().is_some() {
                    several(Vec::new())
                } else {
                    paragraph("", aucune)
                };
            }
            element("ol", "demande__histoire", Some(id), lus.iter().map(|une| ligne(self, une)).collect())
        };
        let suite = Box::new(move || self.lire(false));
        several(vec![
            failure(self.echec.into(), Some(Callback::new(move |()| self.lire(false)))),
            dynamic(lignes),
            when(move || self.occupe.get(), waiting),
            more(id, (ButtonKind::Tertiary, plus), (self.suite, self.occupe), suite),
        ])
    }
}
