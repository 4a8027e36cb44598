//! The key that was just made: its secret, shown this once, and how to use it.

use domain::client_api::{CleCreee, GenreCle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Ecran, liste};
use crate::browser;
use crate::text::clients_api as text;
use crate::ui::plain::{button, element, paragraph, words};
use crate::ui::{ButtonKind, Tone};

/// Its title, which takes the focus.
pub const TITRE_ID: &str = "cle-montree";

/// A key to show, and the name of its client.
#[derive(Clone)]
pub struct Montree {
    /// Name of the client.
    pub nom: String,
    /// The key.
    pub cle: CleCreee,
}

fn code(texte: String) -> AnyView {
    element("p", "", None, vec![element("code", "pa-secret", None, vec![words(texte)])])
}

/// The panel; it stays until the person says that the key is kept.
pub fn panneau(ecran: Ecran, montree: &Montree) -> AnyView {
    let (cle, secret) = (&montree.cle, montree.cle.secret.clone());
    let copier = move || {
        let secret = secret.clone();
        spawn_local(async move {
            if browser::copy(&secret).await {
                ecran.annonces.show(Tone::Success, text::COPIEE);
            } else {
                ecran.annonces.show(Tone::Error, text::NON_COPIEE);
            }
        });
    };
    let gardee = move || {
        ecran.montree.set(None);
        browser::focus_later(liste::SECTION_ID);
    };
    let libre = RwSignal::new(false);
    let copier = button(ButtonKind::Primary, text::COPIER, None, libre, Box::new(copier));
    let gardee = button(ButtonKind::Secondary, text::GARDEE, None, libre, Box::new(gardee));
    let mut contenu = vec![
        element("h2", "fr-h5", Some(TITRE_ID), vec![words(text::SECRET)]),
        paragraph("", text::secret_de(&montree.nom, cle)),
        code(cle.secret.clone()),
        element("p", "", None, vec![copier]),
        element("p", "", None, vec![element("strong", "", None, vec![words(text::SECRET_AIDE)])]),
    ];
    let exemple = [paragraph("", text::EXEMPLE), code(text::exemple(cle, &browser::origin()))];
    if cle.genre == GenreCle::Secret {
        contenu.push(paragraph("", text::identifiant(&cle.client)));
        contenu.extend(exemple);
        contenu.push(paragraph("", text::EXEMPLE_SUITE));
    } else {
        contenu.extend(exemple);
    }
    contenu.push(gardee);
    element("section", "pa-encadre", None, contenu)
}
