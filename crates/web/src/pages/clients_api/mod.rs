//! API clients: the list, a client to make, a key to add or to revoke, and the secret shown once.

mod cle;
mod liste;
mod nouveau;
mod secret;

use domain::client_api::ClientVu;
use leptos::prelude::*;

use self::secret::Montree;
use super::connexion::Attempt;
use crate::api::compte::Acte;
use crate::api::{ClientError, clients as api};
use crate::browser;
use crate::reactive::State;
use crate::text::{clients_api as text, fr};
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{element, paragraph, title};
use crate::ui::{Announcer, Tone, use_announcer};

/// What is being done to a client of the list, by its identifier.
#[derive(Clone, PartialEq, Eq)]
enum Etape {
    Rien,
    Ajouter(String),
    Revoquer(String),
    RevoquerCle(String, String),
}

impl Etape {
    /// Whether it is about this client.
    fn sur(&self, id: &str) -> bool {
        match self {
            Self::Rien => false,
            Self::Ajouter(client) | Self::Revoquer(client) | Self::RevoquerCle(client, _) => client == id,
        }
    }
}

/// What the parts share.
#[derive(Clone, Copy)]
struct Ecran {
    clients: State<Option<Vec<ClientVu>>>,
    essai: Attempt,
    etape: State<Etape>,
    montree: State<Option<Montree>>,
    annonces: Announcer,
}

impl Ecran {
    fn lire(self) {
        self.essai.run(Box::pin(self.relire()));
    }

    async fn relire(self) -> Result<(), ClientError> {
        self.clients.try_set(Some(api::lire().await?));
        Ok(())
    }

    /// Revokes something, says so, and shows what became of the list.
    fn revoquer(self, acte: Acte) {
        self.essai.run(Box::pin(async move {
            acte.await?;
            self.etape.set(Etape::Rien);
            self.annonces.show(Tone::Success, text::REVOQUE);
            browser::focus_later(liste::SECTION_ID);
            self.relire().await
        }));
    }

    /// Makes a key and shows it, even when the list cannot be read again: its secret comes only once.
    async fn montrer(self, nom: String, creation: api::Creation) -> Result<(), ClientError> {
        let cle = creation.await?;
        self.etape.set(Etape::Rien);
        self.montree.set(Some(Montree { nom, cle }));
        browser::focus_later(secret::TITRE_ID);
        Ok(())
    }
}

/// The screen `/administration/clients-api`.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let ecran = Ecran {
        clients: State::new(None),
        essai: Attempt::new(),
        etape: State::new(Etape::Rien),
        montree: State::new(None),
        annonces: use_announcer(),
    };
    ecran.lire();
    let contenu = vec![
        title(fr::CLIENTS_API),
        paragraph("", text::AIDE),
        ecran.essai.alert(),
        dynamic(move || ecran.montree.get().map_or_else(|| ().into_any(), |montree| secret::panneau(ecran, &montree))),
        liste::section(ecran),
        nouveau::section(ecran),
    ];
    element("div", "pa-texte", None, contenu)
}
