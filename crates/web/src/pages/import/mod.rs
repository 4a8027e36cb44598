//! Importing demandes: choosing a file, the rehearsal, the import, its progress and its report.

mod choix;
mod colonnes;
mod etapes;
mod liste;
mod logic;
mod progres;
mod rapport;
mod suivi;

use std::cell::RefCell;

use domain::import::{ImportVue, ReglagesImport};
use leptos::prelude::*;

use self::progres::Progres;
use crate::api::{ClientError, imports, session};
use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::plain::{element, link, paragraph, title};

/// A file chosen by the person, and where its rows go.
#[derive(Clone)]
struct Fichier {
    contenu: web_sys::File,
    mime: &'static str,
    enveloppe: String,
    reglages: ReglagesImport,
}

thread_local! {
    /// The file of the last rehearsal, by its identifier: it can be imported for real without choosing it again.
    static ESSAYE: RefCell<Option<(String, Fichier)>> = const { RefCell::new(None) };
}

/// The file of this rehearsal, when it is still at hand.
fn essaye(id: &str) -> Option<Fichier> {
    ESSAYE.with(|place| place.borrow().as_ref().filter(|(autre, _)| autre == id).map(|(_, fichier)| fichier.clone()))
}

/// Sends a file, showing what has left; a rehearsal keeps it at hand.
async fn envoyer(fichier: Fichier, essai: bool, progres: Progres) -> Result<ImportVue, ClientError> {
    if !essai {
        // Asked for before the file leaves, which would have to leave twice.
        session::recent_code().await?;
    }
    let partis = progres.commencer(fichier.contenu.size());
    let envoye =
        imports::envoyer(&fichier.contenu, fichier.mime, essai, (&fichier.enveloppe, &fichier.reglages), partis).await;
    progres.finir();
    let import = envoye?;
    let garde = essai.then(|| (import.id.clone(), fichier));
    ESSAYE.with(|place| *place.borrow_mut() = garde);
    Ok(import)
}

/// The screen that chooses a file.
#[component]
pub fn ImportsPage() -> impl IntoView {
    ecran(vec![paragraph("", texte::IMPORT_AIDE), choix::choix(), liste::liste()])
}

/// The screen of one import.
#[component]
pub fn ImportPage(
    /// Its identifier.
    id: String,
) -> impl IntoView {
    ecran(vec![suivi::suivi(id)])
}

fn ecran(contenu: Vec<AnyView>) -> AnyView {
    let retour = link("fr-link", Route::Tableau.path(), texte::RETOUR, false);
    let mut tout = vec![element("p", "", None, vec![retour]), title(texte::IMPORT)];
    tout.extend(contenu);
    element("div", "import", None, tout)
}
